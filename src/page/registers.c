/* page/registers: lists to look through: an office's registers by form, cases, and search by number and
 * name. */
#include <string.h>

#include "base/text.h"
#include "page/pages.h"

#define ROWS_PER_PAGE 50
#define FOUND_MAX 50

/* ---- filters ---- */

static void filter_open(struct page *page, const char *action)
{
    html_open(&page->html, "form", "method", "get", "action", action, "class", "line", NULL);
}

static void filter_text(struct page *page, const char *name, const char *key)
{
    html_open(&page->html, "label", NULL);
    html_text(&page->html, page_word(page, key));
    html_void(
        &page->html, "input", "type", "text", "name", name, "value", query_value(page->request, name), NULL);
    html_close(&page->html);
}

static void filter_option(struct page *page, const char *name, const char *value, const char *text)
{
    const char *chosen = query_value(page->request, name);
    bool selected = chosen && strcmp(chosen, value) == 0;
    html_element(&page->html, "option", text, "value", value, "selected", selected ? "" : NULL, NULL);
}

static void filter_forms(struct page *page)
{
    const struct forms *forms = node_forms(page->request->node);
    html_open(&page->html, "label", NULL);
    html_text(&page->html, page_word(page, "form"));
    html_open(&page->html, "select", "name", "form", NULL);
    filter_option(page, "form", "", page_word(page, "all"));
    for (size_t i = 0; i < forms_count(forms); i++)
        filter_option(
            page, "form", forms_at(forms, i)->name, forms_at(forms, i)->label.text[page->request->lang]);
    html_close(&page->html);
    html_close(&page->html);
}

static void filter_stages(struct page *page)
{
    const struct code_list *list = list_find(node_forms(page->request->node), "case_stage");
    html_open(&page->html, "label", NULL);
    html_text(&page->html, page_word(page, "stage"));
    html_open(&page->html, "select", "name", "stage", NULL);
    filter_option(page, "stage", "", page_word(page, "all"));
    for (size_t i = 0; list && i < list->count; i++)
        filter_option(page, "stage", list->codes[i].name, list->codes[i].label.text[page->request->lang]);
    html_close(&page->html);
    html_close(&page->html);
}

static void filter_close(struct page *page)
{
    const char *office = query_value(page->request, "office");
    if (office) page_hidden(page, "office", office);
    page_button(page, page_word(page, "show"), NULL, NULL, "second");
    html_close(&page->html);
}

/* The same list from the row after the last one shown. */
static void next_link(struct page *page, int64_t after)
{
    struct request *request = page->request;
    struct buf address;
    buf_init(&address, request->arena, 8000);
    buf_printf(&address, "?after=%lld", (long long)after);
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->query[i].name, "after") != 0)
            buf_puts(
                &address, url_make(request->arena, "&%=%", request->query[i].name, request->query[i].value));
    html_open(&page->html, "p", NULL);
    page_link(page, address.data, page_word(page, "earlier"));
    html_close(&page->html);
}

/* ---- pages ---- */

void page_registers(struct request *request)
{
    const char *office = query_value(request, "office");
    struct entry_filter filter = {
        .office = office ? office : request->viewer.office,
        .form = query_value(request, "form"),
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .after = query_int(request, "after", -1),
        .limit = ROWS_PER_PAGE,
    };
    struct entry_row *rows = NULL;
    size_t count = 0;
    int64_t next = -1;
    enum err err = request->problems.count > 0 ? E_OK : entries_seen(request, &filter, &rows, &count, &next);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request,
        arena_printf(request->arena, "%s, %s", word(request->lang, "registers"),
            office_words(request, filter.office)));
    page_error_summary(&page, NULL);
    filter_open(&page, "/registers");
    filter_forms(&page);
    filter_text(&page, "from", "from");
    filter_text(&page, "to", "until");
    filter_close(&page);
    page_entry_rows(&page, rows, count, false);
    if (next >= 0) next_link(&page, next);
    page_end(&page, request->problems.count > 0 ? 422 : 200);
}

void page_cases(struct request *request)
{
    struct case_filter filter = {
        .office = query_value(request, "office"),
        .stage = query_value(request, "stage"),
        .number = query_value(request, "number"),
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .after = query_int(request, "after", 0),
        .limit = ROWS_PER_PAGE,
    };
    struct case_row *rows = NULL;
    size_t count = 0;
    bool more = false;
    enum err err = request->problems.count > 0 ? E_OK
                                               : case_list(request->db, request->arena, &request->viewer,
                                                     &filter, &rows, &count, &more);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "cases"));
    page_error_summary(&page, NULL);
    filter_open(&page, "/cases");
    filter_stages(&page);
    filter_text(&page, "number", "number");
    filter_text(&page, "from", "from");
    filter_text(&page, "to", "until");
    filter_close(&page);
    page_case_rows(&page, rows, count);
    if (more && count > 0) next_link(&page, rows[count - 1].opened_seq);
    page_end(&page, request->problems.count > 0 ? 422 : 200);
}

void page_search(struct request *request)
{
    const char *asked = query_value(request, "q");
    struct case_row *cases = NULL;
    struct party_row *people = NULL;
    size_t case_count = 0, people_count = 0;
    bool more = false;
    enum err err = E_OK;
    bool number = asked && strcspn(asked, "0123456789") < strlen(asked);
    if (number) {
        struct case_filter filter = {.number = asked, .limit = FOUND_MAX};
        err = case_list(request->db, request->arena, &request->viewer, &filter, &cases, &case_count, &more);
    } else if (asked && text_length(asked) >= 2) {
        err = people_seen(request, asked, FOUND_MAX, &people, &people_count);
    }
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "search"));
    filter_open(&page, "/search");
    filter_text(&page, "q", "search_what");
    page_button(&page, page_word(&page, "search"), NULL, NULL, NULL);
    html_close(&page.html);
    if (case_count > 0) page_case_rows(&page, cases, case_count);
    if (people_count > 0) page_party_rows(&page, people, people_count, true);
    if (asked && case_count + people_count == 0)
        html_element(&page.html, "p", page_word(&page, "found_none"), NULL);
    page_end(&page, 200);
}
