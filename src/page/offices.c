/* page/offices: the office tree and who is posted where. */
#include "page/pages.h"

#define OFFICES_MAX 500

static void office_rows(struct page *page, const struct office_filter *filter)
{
    struct request *request = page->request;
    struct office *offices;
    size_t count = offices_list(request->db, request->arena, filter, &offices);
    if (count == 0) return;
    page_table_begin(page, "office", "kind", "code", NULL);
    for (size_t i = 0; i < count; i++) {
        const struct office *office = &offices[i];
        html_open(&page->html, "tr", NULL);
        page_cell_link(page, url_make(request->arena, "/offices/%", office->code),
            request->lang == LANG_HI && office->name_hi ? office->name_hi : office->name);
        page_cell(page, list_words(request, "office_kind", office->kind));
        page_cell(page, office->code);
        html_close(&page->html);
    }
    page_table_end(page);
}

void page_offices(struct request *request)
{
    struct page page;
    page_begin(&page, request, word(request->lang, "offices"));
    office_rows(&page, &(struct office_filter){.limit = OFFICES_MAX});
    page_end(&page, 200);
}

static void officer_rows(struct page *page, const char *office)
{
    struct request *request = page->request;
    struct posting *postings;
    size_t count = postings_of_office(request->db, request->arena, office, request->now, &postings);
    if (count == 0) return;
    page_heading(page, "officers");
    page_table_begin(page, "officer", "role", "status", NULL);
    for (size_t i = 0; i < count; i++) {
        html_open(&page->html, "tr", NULL);
        page_cell(page, officer_words(request, postings[i].officer));
        page_cell(page, list_words(request, "role", postings[i].role));
        page_cell(page,
            on_leave(request->db, postings[i].officer, request->now) ? page_word(page, "on_leave") : "");
        html_close(&page->html);
    }
    page_table_end(page);
}

void page_office(struct request *request)
{
    struct office office;
    enum err err = office_get(request->db, request->arena, request->captures[0], &office);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, office_words(request, office.code));
    html_open(&page.html, "dl", NULL);
    page_fact(&page, "kind", list_words(request, "office_kind", office.kind));
    page_fact(&page, "code", office.code);
    page_fact(&page, "above", office_words(request, office.parent));
    html_close(&page.html);
    html_open(&page.html, "p", NULL);
    page_link(
        &page, url_make(request->arena, "/registers?office=%", office.code), page_word(&page, "registers"));
    html_text(&page.html, " ");
    page_link(&page, url_make(request->arena, "/cases?office=%", office.code), page_word(&page, "cases"));
    html_close(&page.html);
    officer_rows(&page, office.code);
    page_heading(&page, "below");
    office_rows(&page, &(struct office_filter){.parent = office.code, .limit = OFFICES_MAX});
    page_end(&page, 200);
}
