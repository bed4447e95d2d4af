/* page/compliance: the compliance with the two months of sexual offences, and the cases behind its
 * figures. */
#include <string.h>

#include "access/places.h"
#include "kit/frame.h"
#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/table.h"
#include "page/pages.h"
#include "web/clocks.h"

#define ROWS_PER_PAGE 25

static const char *const groups[] = {"office", "district", "state", "month"};

/* The cases that a figure counts. */
static void figure_cell(struct table *table, const struct clock_compliance *row,
    const struct clock_compliance_filter *filter, enum clock_figure figure)
{
    struct request *request = table->page->request;
    const char *text = arena_printf(request->arena, "%lld", (long long)row->figures[figure]);
    if (row->figures[figure] == 0)
        table_cell(table, text);
    else
        table_cell_link(table,
            url_make(request->arena, "/clocks/compliance/cases?office=%&by=%&group=%&figure=%&from=%&to=%",
                filter->office, groups[filter->by], row->group, clock_figure_word(figure),
                query_value(request, "from"), query_value(request, "to")),
            text);
}

static const char *group_words(struct request *request, const char *group, enum clock_grouping grouping)
{
    if (grouping == BY_OFFICE) return office_words(request, group);
    if (grouping == BY_DISTRICT) return place_district_words(group, request->lang);
    return grouping == BY_STATE ? list_words(request, "state", group) : group;
}

static void compliance_rows(struct page *page, const struct clock_compliance *rows, size_t count,
    const struct clock_compliance_filter *filter)
{
    static const char *const headings[] = {[BY_OFFICE] = "compliance_of_office",
        [BY_DISTRICT] = "compliance_of_district", [BY_STATE] = "compliance_of_state",
        [BY_MONTH] = "compliance_of_month"};
    const struct column columns[] = {{.key = headings[filter->by]},
        {.key = "clock_column_registered", .figure = true}, {.key = "clock_column_in_time", .figure = true},
        {.key = "clock_column_late", .figure = true}, {.key = "clock_column_running", .figure = true},
        {.key = "clock_column_overdue", .figure = true}, {.key = "clock_column_mature", .figure = true},
        {.key = "compliance_rate", .figure = true}, {0}};
    static const enum clock_figure figures[] = {FIGURE_REGISTERED, FIGURE_IN_TIME, FIGURE_LATE,
        FIGURE_RUNNING, FIGURE_OVERDUE, FIGURE_MATURE};
    struct request *request = page->request;
    struct table table = {.page = page, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct clock_compliance *row = &rows[i];
        table_row_begin(&table);
        table_cell(&table, group_words(request, row->group, filter->by));
        for (size_t k = 0; k < sizeof figures / sizeof figures[0]; k++)
            figure_cell(&table, row, filter, figures[k]);
        table_cell(&table, row->per_mille < 0
                               ? "—"
                               : arena_printf(request->arena, "%lld.%lld %%", (long long)row->per_mille / 10,
                                     (long long)row->per_mille % 10));
        table_row_end(&table);
    }
    table_end(&table);
}

/* What is asked about the compliance, for the API. */
static const char *asked_query(struct request *request)
{
    static const char *const names[] = {"office", "by", "group", "figure", "from", "to"};
    const char *query = "";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = query_value(request, names[i]);
        if (value)
            query = arena_printf(request->arena, "%s%s%s", query, *query ? "&" : "",
                url_make(request->arena, "%=%", names[i], value));
    }
    return query;
}

static void files_draw(struct page *page, const char *address)
{
    page_buttons_begin(page);
    clock_files_draw(page, address, asked_query(page->request));
    html_close(&page->html);
}

void page_compliance(struct request *request)
{
    struct clock_compliance_filter filter;
    struct clock_compliance *rows = NULL;
    size_t count = 0;
    compliance_asked(request, &filter);
    enum err err = request->problems.count > 0
                       ? E_OK
                       : clock_compliance_list(request->db, node_views(request->node), request->arena,
                             &request->viewer, &filter, request->now, &rows, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, word(request->lang, "compliance"),
        (const struct crumb[]){{"/clocks", word(request->lang, "clocks")}, {NULL, NULL}});
    errors_draw(&page, NULL);
    page_text(&page, page_word(&page, "compliance_explained"));
    struct tab tabs[4];
    for (int i = 0; i < 4; i++)
        tabs[i] = (struct tab){.address = page_address(&page, "by", groups[i]),
            .text = page_word(&page, arena_printf(request->arena, "compliance_by_%s", groups[i])),
            .count = -1,
            .current = i == (int)filter.by};
    tabs_draw(&page, page_word(&page, "compliance"), tabs, 4);
    filter_begin(&page, "/clocks/compliance");
    filter_text(&page, "from", "from");
    filter_text(&page, "to", "until");
    filter_end(&page, "by office", page_word(&page, "show"));
    compliance_rows(&page, rows, count, &filter);
    if (count > 0) files_draw(&page, "/api/v1/clocks/compliance");
    page_end(&page, request->problems.count > 0 ? 422 : 200);
}

/* Which figure of whom. */
static const char *figure_told(struct request *request, const struct clock_compliance_filter *filter)
{
    const char *figure = word(request->lang,
        arena_printf(request->arena, "clock_column_%s", clock_figure_word(filter->figure)));
    if (!filter->group) return figure;
    return arena_printf(
        request->arena, "%s: %s", group_words(request, filter->group, filter->by), figure);
}

void page_compliance_cases(struct request *request)
{
    struct clock_compliance_filter filter;
    struct clock_line *lines;
    size_t count;
    bool more;
    compliance_asked(request, &filter);
    filter.limit = ROWS_PER_PAGE;
    filter.skip = (size_t)query_int(request, "after", 0);
    enum err err = request->problems.count > 0
                       ? E_PROBLEM
                       : clock_compliance_cases(request->db, node_views(request->node), request->arena,
                             &request->viewer, &filter, request->now, &lines, &count, &more);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, word(request->lang, "compliance_cases"),
        (const struct crumb[]){{"/clocks/compliance", word(request->lang, "compliance")}, {NULL, NULL}});
    clock_rows(&page, figure_told(request, &filter), lines, count, NULL);
    paging_draw(
        &page, more ? arena_printf(request->arena, "%zu", filter.skip + count) : NULL, "clocks_further");
    if (count > 0) files_draw(&page, "/api/v1/clocks/compliance/cases");
    page_end(&page, 200);
}
