/* view/clock_compliance: the two months of sexual offences as the national dashboard counts them, and the
 * cases behind each figure: the same test counts a case and lists it. */
#include <string.h>

#include "base/time.h"
#include "view/clock_line.h"

/* How the one clock of a case stands. */
enum standing {
    STANDS_ENDED = 1, /* the clock no longer matters: transferred, sections dropped; in no figure */
    STANDS_IN_TIME = 2,
    STANDS_LATE = 4,
    STANDS_RUNNING = 8,
    STANDS_OVERDUE = 16,
    STANDS_ALL = STANDS_IN_TIME | STANDS_LATE | STANDS_RUNNING | STANDS_OVERDUE
};

static const struct {
    const char *word;
    unsigned standings; /* counted in it */
    bool mature;        /* only when the two months are over */
} figures[CLOCK_FIGURE_COUNT] = {
    [FIGURE_REGISTERED] = {"registered", STANDS_ALL, false},
    [FIGURE_FINISHED] = {"finished", STANDS_IN_TIME | STANDS_LATE, false},
    [FIGURE_IN_TIME] = {"in_time", STANDS_IN_TIME, false},
    [FIGURE_LATE] = {"late", STANDS_LATE, false},
    [FIGURE_RUNNING] = {"running", STANDS_RUNNING, false},
    [FIGURE_OVERDUE] = {"overdue", STANDS_OVERDUE, false},
    [FIGURE_MATURE] = {"mature", STANDS_ALL, true},
    [FIGURE_MATURE_IN_TIME] = {"mature_in_time", STANDS_IN_TIME, true},
};

const char *clock_figure_word(enum clock_figure figure)
{
    return figures[figure].word;
}

static enum standing standing_of(const struct clock_row *row, int64_t at)
{
    bool closed = row->closing != CLOCK_OPEN && row->closed <= at;
    if (closed && row->closing == CLOSED_ENDED && row->closed <= row->due) return STANDS_ENDED;
    if (closed && row->closing == CLOSED_MET) return row->closed <= row->due ? STANDS_IN_TIME : STANDS_LATE;
    return at <= row->due ? STANDS_RUNNING : STANDS_OVERDUE;
}

static bool figure_counts(enum clock_figure figure, const struct clock_row *row, int64_t at)
{
    return figures[figure].standings & standing_of(row, at) && (!figures[figure].mature || row->due < at);
}

/* ---- the rows ---- */

/* The district or State of the office met last: rows come office by office. */
struct grouping {
    const struct clock_reading *reading;
    enum clock_grouping by;
    const char *office, *name;
};

static const char *group_of(struct grouping *grouping, const char *office, const struct clock_row *row)
{
    struct arena *arena = grouping->reading->arena;
    if (grouping->by == BY_OFFICE) return office;
    if (grouping->by == BY_MONTH)
        return arena_strndup(arena, time_date_text(arena, time_day_number(row->start)), 7);
    if (grouping->office && strcmp(grouping->office, office) == 0) return grouping->name;
    struct office found;
    const char *name = office;
    if (office_get(grouping->reading->db, arena, office, &found) == E_OK)
        name = grouping->by == BY_DISTRICT ? found.district : found.state;
    grouping->office = office;
    grouping->name = name ? name : "";
    return grouping->name;
}

struct counting {
    struct grouping grouping;
    const struct clock_compliance_filter *filter;
    struct clock_compliance *list;
    struct clock_line *lines; /* of the cases behind a figure; NULL: groups are counted */
    size_t count, skipped;
    bool more;
};

/* Calls each for every clock of the list that started in the stretch, under the office. */
static enum err rows_each(struct counting *counting,
    void (*each)(struct counting *, const char *, int64_t, const struct clock_row *))
{
    const struct clock_reading *reading = counting->grouping.reading;
    const struct clock_compliance_filter *filter = counting->filter;
    const char **offices;
    size_t count;
    TRY(clock_offices(reading, filter->office, &offices, &count));
    int list = clocks_list_find(reading->context->clocks, "two_months");
    for (size_t i = 0; i < count; i++) {
        struct rows *rows = db_query(reading->db,
            "SELECT clock, subject, seq, office, start_at, due_at, other_at, span_ms, paused_at, closed_at,"
            " closed_seq, closing, flags, moved_seq, id FROM clock"
            " WHERE list = $1 AND office = $2 AND start_at >= $3 AND start_at < $4 ORDER BY start_at, id",
            V(list), V(offices[i]), V(filter->from), V(filter->to ? filter->to : CLOCK_NEVER));
        while (db_next(rows)) {
            struct clock_row row = clock_row_read(rows, 0);
            each(counting, offices[i], row_int(rows, 14), &row);
        }
    }
    return db_status(reading->db);
}

/* ---- figures ---- */

static struct clock_compliance *group_find(struct counting *counting, const char *name)
{
    size_t k = 0;
    while (k < counting->count && strcmp(counting->list[k].group, name) < 0) k++;
    if (k < counting->count && strcmp(counting->list[k].group, name) == 0) return &counting->list[k];
    ROWS_GROW(counting->grouping.reading->arena, counting->list, counting->count);
    memmove(&counting->list[k + 1], &counting->list[k], (counting->count++ - k) * sizeof *counting->list);
    counting->list[k] = (struct clock_compliance){.group = name, .per_mille = -1};
    return &counting->list[k];
}

static void row_count(
    struct counting *counting, const char *office, int64_t id, const struct clock_row *row)
{
    (void)id;
    int64_t at = counting->grouping.reading->at;
    if (!figure_counts(FIGURE_REGISTERED, row, at)) return;
    struct clock_compliance *group = group_find(counting, group_of(&counting->grouping, office, row));
    for (int i = 0; i < CLOCK_FIGURE_COUNT; i++)
        group->figures[i] += figure_counts((enum clock_figure)i, row, at);
    if (group->figures[FIGURE_MATURE] > 0)
        group->per_mille = 1000 * group->figures[FIGURE_MATURE_IN_TIME] / group->figures[FIGURE_MATURE];
}

enum err clock_compliance_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const struct clock_compliance_filter *filter, int64_t at,
    struct clock_compliance **ret, size_t *ret_count)
{
    const struct clock_reading reading = {db, context, arena, viewer, at};
    struct counting counting = {.grouping = {.reading = &reading, .by = filter->by}, .filter = filter};
    TRY(rows_each(&counting, row_count));
    *ret = counting.list;
    *ret_count = counting.count;
    return E_OK;
}

/* ---- cases ---- */

static void row_pick(
    struct counting *counting, const char *office, int64_t id, const struct clock_row *row)
{
    const struct clock_compliance_filter *filter = counting->filter;
    const struct clock_reading *reading = counting->grouping.reading;
    if (!figure_counts(filter->figure, row, reading->at)) return;
    if (filter->group && strcmp(group_of(&counting->grouping, office, row), filter->group) != 0) return;
    if (counting->skipped < filter->skip) {
        counting->skipped++;
        return;
    }
    counting->more = counting->count == filter->limit;
    if (counting->more) return;
    if (clock_line_get(reading, id, &counting->lines[counting->count]) == E_OK) counting->count++;
}

enum err clock_compliance_cases(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const struct clock_compliance_filter *filter, int64_t at,
    struct clock_line **ret, size_t *ret_count, bool *ret_more)
{
    const struct clock_reading reading = {db, context, arena, viewer, at};
    struct counting counting = {.grouping = {.reading = &reading, .by = filter->by},
        .filter = filter,
        .lines = ARENA_ARRAY(arena, struct clock_line, filter->limit)};
    TRY(rows_each(&counting, row_pick));
    *ret = counting.lines;
    *ret_count = counting.count;
    *ret_more = counting.more;
    return E_OK;
}
