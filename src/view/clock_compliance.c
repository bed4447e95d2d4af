/* view/clock_compliance: the two months of sexual offences as the national dashboard counts them, and the
 * cases behind each figure. */
#include <string.h>

#include "base/time.h"
#include "view/clock_line.h"

enum figure { FIGURE_ENDED, FIGURE_IN_TIME, FIGURE_LATE, FIGURE_RUNNING, FIGURE_OVERDUE, FIGURE_COUNT };

static enum figure figure_of(const struct clock_row *row, int64_t at)
{
    bool closed = row->closing != CLOCK_OPEN && row->closed <= at;
    if (closed && row->closing == CLOSED_ENDED && row->closed <= row->due) return FIGURE_ENDED;
    if (closed && row->closing == CLOSED_MET) return row->closed <= row->due ? FIGURE_IN_TIME : FIGURE_LATE;
    return at <= row->due ? FIGURE_RUNNING : FIGURE_OVERDUE;
}

struct counting {
    const struct clock_reading *reading;
    enum clock_grouping grouping;
    struct clock_compliance *list;
    size_t count;
};

static const char *group_name(
    const struct counting *counting, const char *office, const struct clock_row *row)
{
    struct arena *arena = counting->reading->arena;
    if (counting->grouping == BY_OFFICE) return office;
    if (counting->grouping == BY_MONTH)
        return arena_strndup(arena, time_date_text(arena, time_day_number(row->start)), 7);
    struct office found;
    if (office_get(counting->reading->db, arena, office, &found) != E_OK) return office;
    const char *name = counting->grouping == BY_DISTRICT ? found.district : found.state;
    return name ? name : "";
}

static struct clock_compliance *group_find(struct counting *counting, const char *name)
{
    size_t k = 0;
    while (k < counting->count && strcmp(counting->list[k].office, name) < 0) k++;
    if (k < counting->count && strcmp(counting->list[k].office, name) == 0) return &counting->list[k];
    ROWS_GROW(counting->reading->arena, counting->list, counting->count);
    memmove(&counting->list[k + 1], &counting->list[k], (counting->count++ - k) * sizeof *counting->list);
    counting->list[k] = (struct clock_compliance){.office = name};
    return &counting->list[k];
}

static void row_count(struct clock_compliance *group, const struct clock_row *row, int64_t at)
{
    enum figure figure = figure_of(row, at);
    bool mature = row->due < at;
    group->registered++;
    group->finished += figure == FIGURE_IN_TIME || figure == FIGURE_LATE;
    group->in_time += figure == FIGURE_IN_TIME;
    group->late += figure == FIGURE_LATE;
    group->running += figure == FIGURE_RUNNING;
    group->overdue += figure == FIGURE_OVERDUE;
    group->mature += mature;
    group->mature_in_time += mature && figure == FIGURE_IN_TIME;
    group->per_mille = group->mature ? 1000 * group->mature_in_time / group->mature : -1;
}

/* Calls each for every clock of the list that started in the stretch, under the office. */
static enum err rows_each(const struct clock_reading *reading, const char *office, int64_t from, int64_t to,
    void (*each)(void *context, const char *owing, int64_t id, const struct clock_row *row), void *context)
{
    const char **offices;
    size_t count;
    TRY(clock_offices(reading, office, &offices, &count));
    int list = clocks_list_find(reading->context->clocks, "two_months");
    for (size_t i = 0; i < count; i++) {
        struct rows *rows = db_query(reading->db,
            "SELECT clock, subject, seq, office, start_at, due_at, other_at, span_ms, paused_at, closed_at,"
            " closed_seq, closing, flags, moved_seq, id FROM clock"
            " WHERE list = $1 AND office = $2 AND start_at >= $3 AND start_at < $4 ORDER BY start_at, id",
            V(list), V(offices[i]), V(from), V(to ? to : CLOCK_NEVER));
        while (db_next(rows)) {
            struct clock_row row = clock_row_read(rows, 0);
            if (figure_of(&row, reading->at) != FIGURE_ENDED)
                each(context, offices[i], row_int(rows, 14), &row);
        }
    }
    return db_status(reading->db);
}

static void row_group(void *context, const char *owing, int64_t id, const struct clock_row *row)
{
    (void)id;
    struct counting *counting = context;
    row_count(group_find(counting, group_name(counting, owing, row)), row, counting->reading->at);
}

enum err clock_compliance_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const char *office, enum clock_grouping grouping, int64_t from, int64_t to,
    int64_t at, struct clock_compliance **ret, size_t *ret_count)
{
    const struct clock_reading reading = {db, context, arena, viewer, at};
    struct counting counting = {.reading = &reading, .grouping = grouping};
    TRY(rows_each(&reading, office, from, to, row_group, &counting));
    *ret = counting.list;
    *ret_count = counting.count;
    return E_OK;
}

struct picking {
    const struct clock_reading *reading;
    int figure; /* -1: all */
    struct clock_line *list;
    size_t count;
};

static void row_pick(void *context, const char *owing, int64_t id, const struct clock_row *row)
{
    (void)owing;
    struct picking *picking = context;
    if (picking->figure >= 0 && (int)figure_of(row, picking->reading->at) != picking->figure) return;
    ROWS_GROW(picking->reading->arena, picking->list, picking->count);
    if (clock_line_get(picking->reading, id, &picking->list[picking->count]) == E_OK) picking->count++;
}

enum err clock_compliance_cases(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const char *office, const char *figure, int64_t from, int64_t to, int64_t at,
    struct clock_line **ret, size_t *ret_count)
{
    static const char *const figures[FIGURE_COUNT] = {"ended", "in_time", "late", "running", "overdue"};
    const struct clock_reading reading = {db, context, arena, viewer, at};
    struct picking picking = {.reading = &reading, .figure = -1};
    for (int i = 0; figure && i < FIGURE_COUNT; i++)
        if (strcmp(figures[i], figure) == 0) picking.figure = i;
    *ret = NULL;
    *ret_count = 0;
    if (figure && picking.figure < 0) return E_OK;
    TRY(rows_each(&reading, office, from, to, row_pick, &picking));
    *ret = picking.list;
    *ret_count = picking.count;
    return E_OK;
}
