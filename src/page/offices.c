/* page/offices: the office tree and who is posted where. */
#include "kit/lists.h"
#include "kit/table.h"
#include "page/pages.h"

#define OFFICES_MAX 500

static void office_rows(struct page *page, const char *caption, const struct office_filter *filter)
{
    static const struct column columns[] = {{.key = "office"}, {.key = "kind"}, {.key = "code"}, {0}};
    struct request *request = page->request;
    struct office *offices;
    size_t count = offices_list(request->db, request->arena, filter, &offices);
    if (count == 0) return;
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct office *office = &offices[i];
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/offices/%", office->code),
            request->lang == LANG_HI && office->name_hi ? office->name_hi : office->name);
        table_cell(&table, list_words(request, "office_kind", office->kind));
        table_cell(&table, office->code);
        table_row_end(&table);
    }
    table_end(&table);
}

void page_offices(struct request *request)
{
    struct page page;
    page_begin(&page, request, word(request->lang, "offices"));
    office_rows(&page, NULL, &(struct office_filter){.limit = OFFICES_MAX});
    page_end(&page, 200);
}

static void officer_rows(struct page *page, const char *office)
{
    static const struct column columns[] = {{.key = "officer"}, {.key = "role"}, {.key = "status"}, {0}};
    struct request *request = page->request;
    struct posting *postings;
    size_t count = postings_of_office(request->db, request->arena, office, request->now, &postings);
    if (count == 0) return;
    struct table table = {.page = page, .caption = page_word(page, "officers"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        table_row_begin(&table);
        table_cell(&table, officer_words(request, postings[i].officer));
        table_cell(&table, list_words(request, "role", postings[i].role));
        table_cell(&table,
            on_leave(request->db, postings[i].officer, request->now) ? page_word(page, "on_leave") : "");
        table_row_end(&table);
    }
    table_end(&table);
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
    identity_begin(&page);
    identity_fact(&page, "kind", list_words(request, "office_kind", office.kind));
    identity_fact(&page, "code", office.code);
    identity_fact(&page, "above", office_words(request, office.parent));
    identity_end(&page);
    page_buttons_begin(&page);
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "registers"),
        url_make(request->arena, "/registers?office=%", office.code));
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "cases"),
        url_make(request->arena, "/cases?office=%", office.code));
    html_close(&page.html);
    officer_rows(&page, office.code);
    office_rows(&page, page_word(&page, "below"),
        &(struct office_filter){.parent = office.code, .limit = OFFICES_MAX});
    page_end(&page, 200);
}
