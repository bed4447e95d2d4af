/* view/clock_lists: what is due, broken and alerted in an office tree, from the indexes alone: the offices of
 * the tree are gone through one by one, and each gives its rows in the order wanted. */
#include "view/clock_lists.h"

#include <assert.h>
#include <string.h>

#include "base/time.h"
#include "view/clock_line.h"

/* ---- one case ---- */

static bool is_pressing(enum clock_state state)
{
    return state == CLOCK_BREACHED || state == CLOCK_ARISEN;
}

static bool presses_more(const struct clock_line *a, const struct clock_line *b)
{
    bool open_a = a->row.closing == CLOCK_OPEN, open_b = b->row.closing == CLOCK_OPEN;
    if (open_a != open_b) return open_a;
    if (is_pressing(a->state) != is_pressing(b->state)) return is_pressing(a->state);
    return a->row.due != b->row.due ? a->row.due < b->row.due : a->id < b->id;
}

static void lines_sort(struct clock_line *lines, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct clock_line line = lines[i];
        size_t k = i;
        for (; k > 0 && presses_more(&line, &lines[k - 1]); k--) lines[k] = lines[k - 1];
        lines[k] = line;
    }
}

enum err clock_case_lines(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const char *case_id, int64_t at, struct clock_line **ret, size_t *ret_count)
{
    const struct clock_reading reading = {db, context, arena, viewer, at};
    int64_t thread = db_int(db, "SELECT opened_seq FROM case_file WHERE id = $1", -1, V(case_id));
    *ret = NULL;
    *ret_count = 0;
    if (thread < 0) return db_status(db);
    TRY(clock_thread_lines(&reading, thread, ret, ret_count));
    lines_sort(*ret, *ret_count);
    return E_OK;
}

enum err clock_lines_tell(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, struct clock_line *lines, size_t count)
{
    const struct clock_reading reading = {.db = db, .context = context, .arena = arena, .viewer = viewer};
    clock_lines_name(&reading, lines, count);
    return db_status(db);
}

/* The working is not kept: the facts are run again, and each row finds its own. */
enum err clock_lines_work(struct db *db, const struct view_context *context, struct arena *arena,
    struct clock_line *lines, size_t count)
{
    if (count == 0) return E_OK;
    struct rows *rows =
        db_query(db, "SELECT facts FROM clock_case WHERE thread = $1", V(lines[0].thread));
    if (!db_next(rows)) return db_status(db);
    size_t n;
    const void *facts = row_blob(rows, 0, &n);
    struct clock_case of;
    bool good = clock_unpack(facts, n, arena, &of);
    db_end(rows);
    if (!good) return E_CORRUPT;
    struct clock_result result;
    if (count == 1) clock_run_one(context->clocks, &of, lines[0].row.clock, arena, &result);
    else clock_run(context->clocks, &of, CLOCK_NEVER, true, arena, &result);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < result.count; k++) {
            const struct clock_row *row = &result.rows[k];
            const char *subject = row->subject ? of.subjects[row->subject - 1].id : "";
            if (row->clock == lines[i].row.clock && row->seq == lines[i].row.seq &&
                strcmp(subject, lines[i].subject ? lines[i].subject : "") == 0)
                lines[i].working = &result.workings[k];
        }
    return E_OK;
}

/* ---- an office tree ---- */

struct found {
    int64_t due, id;
};

/* The rows wanted so far, earliest due first; once there are enough, later ones are not looked at. */
struct collecting {
    const struct clock_reading *reading;
    const struct clock_filter *filter;
    int64_t from, until;
    int clock, list, state;
    bool district; /* for who sees the lists of his district alone */
    struct found *found;
    size_t count, room;
};

static bool stands_before(struct found a, struct found b)
{
    return a.due != b.due ? a.due < b.due : a.id < b.id;
}

/* When there is no more room the last one gives way, or the new one is not taken. A clock that one office
 * owes and another is shown is taken once. */
static void found_add(struct collecting *collecting, struct found found)
{
    size_t place = collecting->count, count = collecting->count;
    while (place > 0 && stands_before(found, collecting->found[place - 1])) place--;
    if (place > 0 && collecting->found[place - 1].id == found.id) return;
    if (place == collecting->room) return;
    if (count < collecting->room) collecting->count = ++count;
    memmove(&collecting->found[place + 1], &collecting->found[place],
        (count - 1 - place) * sizeof *collecting->found);
    collecting->found[place] = found;
}

/* Whether the district is told of the clock: once its last day has passed, or before when the law says so,
 * but not while no end can be told. */
static bool district_told(
    const struct collecting *collecting, const struct clock_words *words, const struct clock_row *row)
{
    if (!words->district || !role_may(collecting->reading->viewer->role, words->district)) return false;
    return words->district_before ? row->due != CLOCK_NEVER : row->due < collecting->reading->at;
}

/* Which kinds a list holds when none is asked for: a right that arose is not late, a bar that ends not
 * due. */
static bool kind_stands(enum clock_which which, enum clock_kind kind)
{
    if (which == CLOCKS_LATE) return kind == CLOCK_DUTY || kind == CLOCK_LIMIT;
    return which == CLOCKS_OPEN || kind != CLOCK_BAR;
}

/* What the row's own columns do not tell is looked up last. */
static bool row_wanted(
    const struct collecting *collecting, int clock, const struct clock_row *row, int64_t id)
{
    const struct clock_filter *filter = collecting->filter;
    const struct view_context *context = collecting->reading->context;
    const struct clock_words *words = clock_at(context->clocks, (size_t)clock);
    if (collecting->clock >= 0 && clock != collecting->clock) return false;
    if (collecting->list && clocks_list_of(context->clocks, (size_t)clock) != collecting->list) return false;
    if (filter->kind >= 0 && (int)words->kind != filter->kind) return false;
    if (filter->kind < 0 && !kind_stands(filter->which, words->kind)) return false;
    if (collecting->state >= 0 &&
        (int)clock_state_at(words->kind, row, collecting->reading->at) != collecting->state)
        return false;
    if (collecting->district && !district_told(collecting, words, row)) return false;
    bool acts = collecting->district || !filter->acting || !words->role;
    if (!acts && !role_may(filter->acting, words->role)) return false;
    if (!filter->officer) return true;
    if (collecting->district)
        return false; /* who investigates is not told by asking for each officer in turn */
    return words->place == CLOCK_AT_CASE && strcmp(words->role, "io") == 0 &&
           db_int(collecting->reading->db, "SELECT 1 FROM case_file WHERE opened_seq = $1 AND io = $2", 0,
               V(id / CLOCK_ROWS_MAX), V(filter->officer)) == 1;
}

/* Rows of clock, due_at, id, paused_at in the order of their due time. */
static void rows_collect(struct collecting *collecting, struct rows *rows)
{
    size_t taken = 0;
    while (db_next(rows)) {
        const struct clock_row row = {
            .due = row_null(rows, 1) ? CLOCK_NEVER : row_int(rows, 1), .paused = row_int(rows, 3)};
        int64_t id = row_int(rows, 2);
        if (!row_wanted(collecting, (int)row_int(rows, 0), &row, id)) continue;
        found_add(collecting, (struct found){row.due, id});
        if (++taken < collecting->room) continue;
        db_end(rows);
        return;
    }
}

/* What the office owes, and what others owe that it has on its list too. What has no end now, standing still,
 * comes last. */
static void office_collect(struct collecting *collecting, const char *office)
{
    bool full = collecting->count == collecting->room;
    int64_t until = full && collecting->found[collecting->count - 1].due < collecting->until
                        ? collecting->found[collecting->count - 1].due
                        : collecting->until;
    struct db *db = collecting->reading->db;
    rows_collect(
        collecting, db_query(db,
                        "SELECT clock, due_at, id, paused_at FROM clock WHERE office = $1"
                        " AND closed_at IS NULL AND due_at >= $2 AND due_at <= $3 ORDER BY due_at, id",
                        V(office), V(collecting->from), V(until)));
    if (collecting->filter->which == CLOCKS_OPEN && until == CLOCK_NEVER)
        rows_collect(collecting, db_query(db,
                                     "SELECT clock, due_at, id, paused_at FROM clock WHERE office = $1"
                                     " AND closed_at IS NULL AND due_at IS NULL ORDER BY id",
                                     V(office)));
    if (!collecting->list && !collecting->district) return;
    rows_collect(
        collecting, db_query(db,
                        "SELECT clock, due_at, id, paused_at FROM clock WHERE shown = $1"
                        " AND closed_at IS NULL AND due_at >= $2 AND due_at <= $3 ORDER BY due_at, id",
                        V(office), V(collecting->from), V(until)));
}

/* E_NOT_FOUND: the office asked for is not of the district. */
static enum err district_offices(
    const struct clock_reading *reading, const char *office, const char ***ret, size_t *ret_count)
{
    size_t count =
        clock_district_offices(reading->db, reading->arena, reading->viewer->office, NULL, ret);
    *ret_count = count;
    if (!office) return db_status(reading->db);
    for (size_t i = 0; i < count; i++) {
        if (strcmp((*ret)[i], office) != 0) continue;
        *ret += i;
        *ret_count = 1;
        return db_status(reading->db);
    }
    return E_NOT_FOUND;
}

static int state_find(const char *word)
{
    for (int i = 0; word && i < CLOCK_STATE_COUNT; i++)
        if (strcmp(clock_state_word((enum clock_state)i), word) == 0) return i;
    return -1;
}

enum err clock_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const struct clock_filter *filter, int64_t at, struct clock_line **ret,
    size_t *ret_count, bool *ret_more)
{
    const struct clock_reading reading = {db, context, arena, viewer, at};
    const char **offices;
    size_t office_count;
    *ret_count = 0;
    *ret_more = false;
    bool district = viewer && sees_lists(viewer);
    TRY(district ? district_offices(&reading, filter->office, &offices, &office_count)
                 : clock_offices(&reading, filter->office, &offices, &office_count));
    struct collecting collecting = {.reading = &reading,
        .district = district,
        .filter = filter,
        .from = INT64_MIN,
        .until = CLOCK_NEVER,
        .clock = filter->clock ? clock_find(context->clocks, filter->clock) : -1,
        .list = filter->list ? clocks_list_find(context->clocks, filter->list) : 0,
        .state = state_find(filter->state),
        .room = filter->skip + filter->limit + 1};
    if ((filter->clock && collecting.clock < 0) || (filter->list && !collecting.list)) return E_OK;
    if (filter->which == CLOCKS_LATE) collecting.until = at - 1;
    if (filter->which == CLOCKS_COMING) collecting.from = at;
    if (filter->which == CLOCKS_COMING && filter->until) collecting.until = filter->until;
    collecting.found = ARENA_ARRAY(arena, struct found, collecting.room);
    for (size_t i = 0; i < office_count; i++) office_collect(&collecting, offices[i]);
    *ret_more = collecting.count > filter->skip + filter->limit;
    *ret = ARENA_ARRAY(arena, struct clock_line, filter->limit);
    for (size_t i = filter->skip; i < collecting.count && *ret_count < filter->limit; i++)
        if (clock_line_get(&reading, collecting.found[i].id, &(*ret)[*ret_count]) == E_OK) ++*ret_count;
    return db_status(db);
}

/* ---- counts ---- */

static void count_row(const struct clock_reading *reading, struct rows *rows, struct clock_counts *counts)
{
    enum clock_kind kind = clock_at(reading->context->clocks, (size_t)row_int(rows, 0))->kind;
    if (kind_stands(CLOCKS_LATE, kind)) counts->broken += row_int(rows, 1);
    if (kind == CLOCK_RIGHT) counts->arisen += row_int(rows, 1);
    if (!kind_stands(CLOCKS_COMING, kind)) return;
    counts->today += row_int(rows, 2);
    counts->days_1 += row_int(rows, 3);
    counts->days_3 += row_int(rows, 4);
    counts->days_7 += row_int(rows, 5);
}

enum err clock_count(struct db *db, const struct view_context *context, const struct viewer *viewer,
    const char *office, int64_t at, struct clock_counts *ret)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    const struct clock_reading reading = {db, context, arena, viewer, at};
    const char **offices;
    size_t count;
    *ret = (struct clock_counts){0};
    enum err err = clock_offices(&reading, office, &offices, &count);
    for (size_t i = 0; err == E_OK && i < count; i++) {
        struct rows *rows = db_query(db,
            "SELECT clock, count(*) FILTER (WHERE due_at < $2), count(*) FILTER (WHERE due_at BETWEEN $2 AND "
            "$3),"
            " count(*) FILTER (WHERE due_at BETWEEN $2 AND $4), count(*) FILTER (WHERE due_at BETWEEN $2 AND "
            "$5),"
            " count(*) FILTER (WHERE due_at >= $2) FROM clock"
            " WHERE office = $1 AND closed_at IS NULL AND due_at <= $6 GROUP BY clock",
            V(offices[i]), V(at), V(clock_day_end(time_day_number(at))), V(at + TIME_DAY_MS),
            V(at + 3 * TIME_DAY_MS), V(at + 7 * TIME_DAY_MS));
        while (db_next(rows)) count_row(&reading, rows, ret);
    }
    arena_free(arena);
    return err != E_OK ? err : db_status(db);
}
