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

static const char *const groups[] = {"office", "district", "state", "month"};

static enum clock_grouping grouping_asked(const struct request *request)
{
    const char *asked = query_value(request, "by");
    for (int i = 0; asked && i < 4; i++)
        if (strcmp(groups[i], asked) == 0) return (enum clock_grouping)i;
    return BY_OFFICE;
}

static void figure_cell(struct table *table, const struct clock_compliance *row, enum clock_grouping grouping,
    const char *figure, int64_t number)
{
    struct request *request = table->page->request;
    const char *text = arena_printf(request->arena, "%lld", (long long)number);
    if (grouping != BY_OFFICE || number == 0) {
        table_cell(table, text);
        return;
    }
    table_cell_link(table,
        url_make(request->arena, "/clocks/compliance/cases?office=%&figure=%&from=%&to=%", row->office,
            figure, query_value(request, "from"), query_value(request, "to")),
        text);
}

static const char *group_words(struct request *request, const char *group, enum clock_grouping grouping)
{
    if (grouping == BY_OFFICE) return office_words(request, group);
    if (grouping == BY_DISTRICT) return place_district_words(group, request->lang);
    return grouping == BY_STATE ? list_words(request, "state", group) : group;
}

static void compliance_rows(
    struct page *page, const struct clock_compliance *rows, size_t count, enum clock_grouping grouping)
{
    static const struct column columns[] = {{.key = "clock_column_group"},
        {.key = "clock_column_registered", .figure = true}, {.key = "clock_column_in_time", .figure = true},
        {.key = "clock_column_late", .figure = true}, {.key = "clock_column_running", .figure = true},
        {.key = "clock_column_overdue", .figure = true}, {.key = "clock_column_mature", .figure = true},
        {.key = "compliance_rate", .figure = true}, {0}};
    struct request *request = page->request;
    struct table table = {.page = page, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct clock_compliance *row = &rows[i];
        table_row_begin(&table);
        table_cell(&table, group_words(request, row->office, grouping));
        table_cell(&table, arena_printf(request->arena, "%lld", (long long)row->registered));
        figure_cell(&table, row, grouping, "in_time", row->in_time);
        figure_cell(&table, row, grouping, "late", row->late);
        figure_cell(&table, row, grouping, "running", row->running);
        figure_cell(&table, row, grouping, "overdue", row->overdue);
        table_cell(&table, arena_printf(request->arena, "%lld", (long long)row->mature));
        table_cell(&table, row->per_mille < 0
                               ? "—"
                               : arena_printf(request->arena, "%lld.%lld %%", (long long)row->per_mille / 10,
                                     (long long)row->per_mille % 10));
        table_row_end(&table);
    }
    table_end(&table);
}

void page_compliance(struct request *request)
{
    enum clock_grouping grouping = grouping_asked(request);
    int64_t from = query_time(request, "from", false), to = query_time(request, "to", true);
    struct clock_compliance *rows = NULL;
    size_t count = 0;
    enum err err = request->problems.count > 0
                       ? E_OK
                       : clock_compliance_list(request->db, node_views(request->node), request->arena,
                             &request->viewer, query_value(request, "office"), grouping, from, to,
                             request->now, &rows, &count);
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
            .current = i == (int)grouping};
    tabs_draw(&page, page_word(&page, "compliance"), tabs, 4);
    filter_begin(&page, "/clocks/compliance");
    filter_text(&page, "from", "from");
    filter_text(&page, "to", "until");
    filter_end(&page, "by office", page_word(&page, "show"));
    compliance_rows(&page, rows, count, grouping);
    page_end(&page, request->problems.count > 0 ? 422 : 200);
}

void page_compliance_cases(struct request *request)
{
    struct clock_line *lines;
    size_t count;
    enum err err = compliance_cases_asked(request, &lines, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, word(request->lang, "compliance_cases"),
        (const struct crumb[]){{"/clocks/compliance", word(request->lang, "compliance")}, {NULL, NULL}});
    clock_rows(&page, NULL, lines, count);
    page_end(&page, 200);
}
