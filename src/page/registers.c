/* page/registers: lists to look through: an office's registers by form, and cases. */
#include "kit/nav.h"
#include "kit/notice.h"
#include "kit/rows.h"
#include "page/pages.h"

#define ROWS_PER_PAGE 50

/* ---- filters ---- */

static void filter_forms(struct page *page)
{
    const struct forms *forms = node_forms(page->request->node);
    filter_select_begin(page, "form", "form", "all");
    for (size_t i = 0; i < forms_count(forms); i++)
        filter_option(
            page, "form", forms_at(forms, i)->name, forms_at(forms, i)->label.text[page->request->lang]);
    filter_select_end(page);
}

static void filter_stages(struct page *page)
{
    const struct code_list *list = list_find(node_forms(page->request->node), "case_stage");
    filter_select_begin(page, "stage", "stage", "all");
    for (size_t i = 0; list && i < list->count; i++)
        filter_option(page, "stage", list->codes[i].name, list->codes[i].label.text[page->request->lang]);
    filter_select_end(page);
}

static const char *cursor(struct request *request, bool more, int64_t after)
{
    return more ? arena_printf(request->arena, "%lld", (long long)after) : NULL;
}

/* ---- pages ---- */

void page_entries(struct request *request)
{
    const char *office = query_value(request, "office"), *form = query_value(request, "form");
    struct entry_filter filter = {
        .office = office ? office : request->viewer.office,
        .forms = form ? &form : NULL,
        .form_count = form != NULL,
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
        arena_printf(request->arena, "%s, %s", word(request->lang, "book_all"),
            office_words(request, filter.office)));
    errors_draw(&page, NULL);
    filter_begin(&page, "/entries");
    filter_forms(&page);
    filter_text(&page, "from", "from");
    filter_text(&page, "to", "until");
    filter_end(&page, "office", page_word(&page, "show"));
    rows_entries(&page, NULL, rows, count, false);
    paging_draw(&page, cursor(request, next >= 0, next), "earlier");
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
    errors_draw(&page, NULL);
    filter_begin(&page, "/cases");
    filter_stages(&page);
    filter_text(&page, "number", "number");
    filter_text(&page, "from", "from");
    filter_text(&page, "to", "until");
    filter_end(&page, "office", page_word(&page, "show"));
    rows_cases(&page, NULL, rows, count);
    paging_draw(
        &page, cursor(request, more && count > 0, count > 0 ? rows[count - 1].opened_seq : 0), "earlier");
    page_end(&page, request->problems.count > 0 ? 422 : 200);
}
