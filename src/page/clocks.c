/* page/clocks: the law's clocks of an office tree, with what is broken and what falls due. */
#include <string.h>

#include "base/time.h"
#include "kit/frame.h"
#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/rows.h"
#include "kit/table.h"
#include "law/law.h"
#include "page/pages.h"
#include "web/clocks.h"

#define ROWS_PER_PAGE 25

static enum tone tone_of(const struct clock_line *line)
{
    static const enum tone tones[CLOCK_STATE_COUNT] = {[CLOCK_DUE] = TONE_NOTE,
        [CLOCK_PAUSED] = TONE_PLAIN, [CLOCK_MET] = TONE_GOOD, [CLOCK_BREACHED] = TONE_BAD,
        [CLOCK_ARISEN] = TONE_WARN, [CLOCK_LAPSED] = TONE_BAD, [CLOCK_ENDED] = TONE_PLAIN};
    return tones[line->state];
}

void clock_state_draw(struct page *page, const struct clock_line *line)
{
    tag_draw(page, page_word(page, clock_state_key(page->request, line)), tone_of(line));
}

const char *clock_due_words(struct page *page, const struct clock_line *line)
{
    if (line->row.due == CLOCK_NEVER) return page_word(page, "clock_no_date");
    const char *words = page_time(page, line->row.due);
    return line->row.days ? arena_strndup(page->request->arena, words, strcspn(words, ",")) : words;
}

void clock_law_draw(struct page *page, const struct clock_words *words)
{
    const char *law = law_citation(page->request->arena, words->law, page->request->lang);
    html_element(&page->html, "span", law, "class", "law", NULL);
    html_text(&page->html, " ");
    if (strcmp(words->mark, "V") != 0 && strcmp(words->mark, "S") != 0)
        tag_draw(page, page_word(page, "clock_unconfirmed"), TONE_WARN);
    if (words->custom) tag_draw(page, page_word(page, "clock_custom"), TONE_PLAIN);
}

/* Who owes it; where the office of the case stands in, since no other has taken it up yet, there is nobody of
 * that role. */
static const char *owner_words(struct page *page, const struct clock_line *line)
{
    struct request *request = page->request;
    if (line->officer) return officer_words(request, line->officer);
    struct office owing;
    bool fits = line->words->role &&
                office_get(request->db, request->arena, line->office, &owing) == E_OK &&
                role_of_pillar(line->words->role, owing.pillar);
    const char *role = fits ? list_words(request, "role", line->words->role) : NULL;
    if (role && strcmp(line->office, request->viewer.office) == 0) return role;
    const char *office = office_words(request, line->office);
    return role ? arena_printf(request->arena, "%s, %s", role, office) : office;
}

/* ---- of an office tree ---- */

enum stretch { STRETCH_LATE, STRETCH_1, STRETCH_3, STRETCH_7, STRETCH_ARISEN, STRETCH_OPEN, STRETCH_COUNT };

static const struct {
    const char *word, *key;
    int days;
} stretches[STRETCH_COUNT] = {
    [STRETCH_LATE] = {"late", "clocks_late", 0},
    [STRETCH_1] = {"1", "clocks_in_1", 1},
    [STRETCH_3] = {"3", "clocks_in_3", 3},
    [STRETCH_7] = {"7", "clocks_in_7", 7},
    [STRETCH_ARISEN] = {"arisen", "clocks_arisen", 0},
    [STRETCH_OPEN] = {"open", "clocks_open", 0},
};

/* Who has lists alone owes nothing that could be late. */
static enum stretch stretch_asked(const struct request *request)
{
    const char *asked = query_value(request, "due");
    for (int i = 0; asked && i < STRETCH_COUNT; i++)
        if (strcmp(stretches[i].word, asked) == 0) return (enum stretch)i;
    return sees_lists(&request->viewer) ? STRETCH_OPEN : STRETCH_LATE;
}

static struct clock_filter filter_of(struct request *request, enum stretch stretch)
{
    struct clock_filter filter = {
        .office = query_value(request, "office"),
        .list = query_value(request, "list"),
        .kind = stretch == STRETCH_ARISEN ? CLOCK_RIGHT : -1,
        .which = CLOCKS_OPEN,
        .limit = ROWS_PER_PAGE,
        .skip = (size_t)query_int(request, "after", 0),
    };
    if (stretch == STRETCH_LATE) filter.which = CLOCKS_LATE;
    if (stretch == STRETCH_ARISEN) filter.state = clock_state_word(CLOCK_ARISEN);
    if (stretches[stretch].days > 0) {
        filter.which = CLOCKS_COMING;
        filter.until = request->now + stretches[stretch].days * TIME_DAY_MS;
    }
    return filter;
}

/* Who sees lists alone is led nowhere. */
static void case_cell(struct table *table, const struct clock_line *line)
{
    struct request *request = table->page->request;
    const char *paper = page_word(table->page, "notice_paper");
    const char *number =
        line->number ? case_number_words(request, line->kind, line->number, line->case_office) : NULL;
    if (number && !line->thread_id)
        table_cell(table, number);
    else if (number)
        table_cell_link(table, url_make(request->arena, "/cases/%?show=clocks", line->thread_id), number);
    else if (line->trigger)
        table_cell_link(table, url_make(request->arena, "/entries/%", line->trigger), paper);
    else
        table_cell(table, paper);
}

static bool names_nobody(const struct clock_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].name) return false;
    return true;
}

static bool all_are_own(const struct request *request, const struct clock_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!lines[i].officer || strcmp(lines[i].officer, request->viewer.officer) != 0) return false;
    return true;
}

/* The next form from *at on that the viewer may file to meet the limit; NULL: there is none. */
static const struct form *form_meeting(
    const struct request *request, const struct clock_line *line, size_t *at)
{
    const struct forms *forms = node_forms(request->node);
    const struct clocks *clocks = node_views(request->node)->clocks;
    while (line->kind && *at < forms_count(forms)) {
        const struct form *form = forms_at(forms, (*at)++);
        if (clock_met_by(clocks, line->row.clock, form->name) &&
            !clock_begun_by(clocks, line->row.clock, form->name) && form_offered(request, form, line->kind))
            return form;
    }
    return NULL;
}

static void clock_links(struct page *page, const struct clock_line *line)
{
    size_t at = 0;
    for (const struct form *form; (form = form_meeting(page->request, line, &at));)
        form_link(page, form->name, line->thread_id, line->kind);
}

static bool nothing_to_do(const struct request *request, const struct clock_line *lines, size_t count,
    const struct task_row *const *tasks)
{
    for (size_t i = 0; i < count; i++)
        if (tasks[i] || form_meeting(request, &lines[i], &(size_t){0})) return false;
    return true;
}

void clock_rows(struct page *page, const char *caption, const struct clock_line *lines, size_t count,
    const struct task_row *const *tasks)
{
    struct request *request = page->request;
    bool lists = sees_lists(&request->viewer);
    if (tasks && nothing_to_do(request, lines, count, tasks)) tasks = NULL;
    const struct column columns[] = {{.key = "clock_column_clock"}, {.key = "case_number"},
        {.key = "clock_column_person", .left_out = names_nobody(lines, count)},
        {.key = "clock_column_due", .whole = true}, {.key = "clock_column_state"},
        {.key = lists ? "clock_column_prison" : "clock_column_officer",
            .left_out = !lists && all_are_own(request, lines, count)},
        {.key = tasks ? "do_it" : NULL}, {0}};
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct clock_line *line = &lines[i];
        table_row_begin(&table);
        table_cell_begin(&table);
        html_text(&page->html, line->words->label[request->lang]);
        html_text(&page->html, " ");
        clock_law_draw(page, line->words);
        html_close(&page->html);
        case_cell(&table, line);
        table_cell(&table, line->name);
        if (line->row.due < request->now) table_cell_late(&table, clock_due_words(page, line));
        else table_cell(&table, clock_due_words(page, line));
        table_cell_begin(&table);
        clock_state_draw(page, line);
        html_close(&page->html);
        if (lists)
            table_cell(&table, line->prison ? office_words(request, line->prison) : NULL);
        else
            table_cell(&table, owner_words(page, line));
        if (tasks) {
            table_cell_begin(&table);
            if (tasks[i]) task_links(page, tasks[i]);
            else clock_links(page, line);
            html_close(&page->html);
        }
        table_row_end(&table);
    }
    table_end(&table);
}

static void stretches_draw(struct page *page, const struct clock_counts *counts, enum stretch shown)
{
    const int64_t numbers[STRETCH_COUNT] = {[STRETCH_LATE] = counts->broken,
        [STRETCH_1] = counts->days_1,
        [STRETCH_3] = counts->days_3,
        [STRETCH_7] = counts->days_7,
        [STRETCH_ARISEN] = counts->arisen,
        [STRETCH_OPEN] = -1};
    /* The numbers are of all lists, and of what one's own line owes. */
    bool narrowed = query_value(page->request, "list") || sees_lists(&page->request->viewer);
    struct tab tabs[STRETCH_COUNT];
    for (int i = 0; i < STRETCH_COUNT; i++)
        tabs[i] = (struct tab){.address = page_address(page, "due", stretches[i].word),
            .text = page_word(page, stretches[i].key),
            .count = narrowed ? -1 : numbers[i],
            .current = i == (int)shown};
    tabs_draw(page, page_word(page, "clocks"), tabs, STRETCH_COUNT);
}

/* Whether a clock of the list names the viewer's role for its district. */
static bool district_told(const struct page *page, const char *list)
{
    const struct clocks *clocks = node_views(page->request->node)->clocks;
    int place = clocks_list_find(clocks, list);
    for (size_t i = 0; i < clocks_count(clocks); i++) {
        const char *role = clock_at(clocks, i)->district;
        if (role && clocks_list_of(clocks, i) == place && role_may(page->request->viewer.role, role))
            return true;
    }
    return false;
}

static void lists_draw(struct page *page)
{
    static const char *const lists[] = {"production", "default_bail", "undertrial", "two_months"};
    struct filter_choice choices[5] = {{.text = page_word(page, "all"), .count = -1}};
    size_t count = 1;
    for (size_t i = 0; i < 4; i++)
        if (!sees_lists(&page->request->viewer) || district_told(page, lists[i]))
            choices[count++] = (struct filter_choice){.value = lists[i],
                .text = page_word(page, arena_printf(page->request->arena, "clocks_list_%s", lists[i])),
                .count = -1};
    filter_links(page, "list", page_word(page, "clocks_list"), choices, count);
}

/* The same list for programs and spreadsheets. */
void clock_files_draw(struct page *page, const char *address, const char *query)
{
    static const struct {
        const char *ending, *text;
    } kinds[] = {{".csv", "CSV"}, {".xlsx", "XLSX"}, {"", "JSON"}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        page_button_link(page, BUTTON_SECOND, kinds[i].text,
            arena_printf(page->request->arena, "%s%s?%s", address, kinds[i].ending, query));
}

static void ways_on_draw(struct page *page, enum stretch stretch, bool any)
{
    struct request *request = page->request;
    const struct clock_filter filter = filter_of(request, stretch);
    page_buttons_begin(page);
    if (any)
        clock_files_draw(page, "/api/v1/clocks",
            url_make(request->arena, "office=%&list=%&which=%&state=%&kind=%&until=%",
                filter.office || sees_lists(&request->viewer) ? filter.office : request->viewer.office,
                filter.list,
                stretch == STRETCH_LATE ? "late" : stretches[stretch].days > 0 ? "coming" : "open",
                filter.state, filter.kind < 0 ? NULL : clock_kind_word((enum clock_kind)filter.kind),
                filter.until ? time_text(request->arena, filter.until) : NULL));
    if (!sees_lists(&request->viewer))
        page_button_link(page, BUTTON_SECOND, page_word(page, "compliance"), "/clocks/compliance");
    html_close(&page->html);
}

void page_clocks(struct request *request)
{
    enum stretch stretch = stretch_asked(request);
    struct clock_filter filter = filter_of(request, stretch);
    struct clock_counts counts = {0};
    struct clock_line *lines;
    size_t count;
    bool more;
    enum err err = request->problems.count > 0 ? E_PROBLEM : E_OK;
    if (err == E_OK && !sees_lists(&request->viewer))
        err = clock_count(
            request->db, node_views(request->node), &request->viewer, filter.office, request->now, &counts);
    if (err == E_OK)
        err = clock_list(request->db, node_views(request->node), request->arena, &request->viewer, &filter,
            request->now, &lines, &count, &more);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request,
        arena_printf(request->arena, "%s, %s", word(request->lang, "clocks"),
            office_words(request, filter.office ? filter.office : request->viewer.office)));
    stretches_draw(&page, &counts, stretch);
    lists_draw(&page);
    if (count > 0) clock_rows(&page, NULL, lines, count, NULL);
    else page_text(&page, page_word(&page, "clocks_none"));
    paging_draw(
        &page, more ? arena_printf(request->arena, "%zu", filter.skip + count) : NULL, "clocks_further");
    ways_on_draw(&page, stretch, count > 0);
    page_end(&page, 200);
}
