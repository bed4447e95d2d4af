/* view/clock_line: one row of the table of clocks becomes what people read: the case's number, the officer
 * who owes it, the name of the person when the viewer may see it. */
#include "view/clock_line.h"

#include <string.h>

struct clock_row clock_row_read(struct rows *rows, int column)
{
    int flags = (int)row_int(rows, column + 12);
    return (struct clock_row){
        .clock = (uint16_t)row_int(rows, column),
        .seq = row_int(rows, column + 2),
        .start = row_int(rows, column + 4),
        .due = row_null(rows, column + 5) ? CLOCK_NEVER : row_int(rows, column + 5),
        .other = row_int(rows, column + 6),
        .span = row_int(rows, column + 7),
        .paused = row_int(rows, column + 8),
        .closed = row_int(rows, column + 9),
        .closed_seq = row_int(rows, column + 10),
        .closing = (enum clock_closing)row_int(rows, column + 11),
        .moved_seq = row_int(rows, column + 13),
        .start_day = flags & CLOCK_ROW_START_DAY,
        .days = flags & CLOCK_ROW_DAYS,
        .doubtful = flags & CLOCK_ROW_DOUBTFUL,
    };
}

/* Of a case by the rule of its people; outside cases, and for who sees lists alone, by the fields that named
 * him. */
static const char *subject_name(const struct clock_reading *reading, const struct clock_line *line)
{
    if (!reading->viewer || !line->subject) return NULL;
    struct rows *rows =
        db_query(reading->db, "SELECT name, confidential FROM person WHERE id = $1", V(line->subject));
    if (!db_next(rows)) return NULL;
    const char *name = row_dup(rows, 0, reading->arena), *kinds = row_dup(rows, 1, reading->arena);
    db_end(rows);
    bool of_case = line->number && !sees_lists(reading->viewer);
    bool open = of_case ? party_read(reading->db, reading->arena, reading->context->forms, reading->viewer,
                              line->thread_id, line->subject)
                        : kinds_open(reading->viewer, reading->arena, kinds,
                              line->case_office ? line->case_office : "");
    return open ? name : NULL;
}

static bool owed_by_io(const struct clock_words *words)
{
    return words->place == CLOCK_AT_CASE && strcmp(words->role, "io") == 0;
}

#define LINES                                                                                                \
    "SELECT k.clock, k.subject, k.seq, k.office, k.start_at, k.due_at, k.other_at, k.span_ms, k.paused_at,"  \
    " k.closed_at, k.closed_seq, k.closing, k.flags, k.moved_seq, t.id, c.number, c.kind, c.office, c.io,"   \
    " g.id, k.shown,"                                                                                        \
    " (SELECT p.code FROM office p WHERE p.code IN (k.shown, k.office) AND p.pillar = 'prison'), k.id"       \
    " FROM clock k JOIN entry_index t ON t.seq = k.id / 65536"                                               \
    " LEFT JOIN case_file c ON c.opened_seq = t.seq LEFT JOIN entry_index g ON g.seq = k.seq"

static void line_read(const struct clock_reading *reading, struct rows *rows, struct clock_line *ret)
{
    struct arena *arena = reading->arena;
    int64_t id = row_int(rows, 22);
    struct clock_row row = clock_row_read(rows, 0);
    const struct clock_words *words = clock_at(reading->context->clocks, row.clock);
    *ret = (struct clock_line){
        .id = id,
        .thread = id / CLOCK_ROWS_MAX,
        .thread_id = row_dup(rows, 14, arena),
        .number = row_dup(rows, 15, arena),
        .kind = row_dup(rows, 16, arena),
        .words = words,
        .subject = row_dup(rows, 1, arena),
        .case_office = row_dup(rows, 17, arena),
        .office = row_dup(rows, 3, arena),
        .officer = owed_by_io(words) ? row_dup(rows, 18, arena) : NULL,
        .trigger = row_dup(rows, 19, arena),
        .shown = row_dup(rows, 20, arena),
        .prison = row_dup(rows, 21, arena),
        .row = row,
        .state = clock_state_at(words->kind, &row, reading->at),
    };
}

enum err clock_line_get(const struct clock_reading *reading, int64_t id, struct clock_line *ret)
{
    struct rows *rows = db_query(reading->db, LINES " WHERE k.id = $1", V(id));
    if (!db_next(rows)) return db_status(reading->db) == E_OK ? E_NOT_FOUND : db_status(reading->db);
    line_read(reading, rows, ret);
    db_end(rows);
    ret->name = subject_name(reading, ret);
    if (reading->viewer && sees_lists(reading->viewer))
        ret->thread_id = ret->subject = ret->officer = ret->trigger = NULL;
    return db_status(reading->db);
}

enum err clock_thread_lines(
    const struct clock_reading *reading, int64_t thread, struct clock_line **ret, size_t *ret_count)
{
    struct clock_line *lines = NULL;
    size_t count = 0;
    struct rows *rows = db_query(reading->db, LINES " WHERE k.id BETWEEN $1 AND $2 ORDER BY k.id",
        V(CLOCK_ROW_ID(thread, 0)), V(CLOCK_ROW_ID(thread + 1, 0) - 1));
    while (db_next(rows)) {
        ROWS_GROW(reading->arena, lines, count);
        line_read(reading, rows, &lines[count++]);
    }
    *ret = lines;
    *ret_count = count;
    return db_status(reading->db);
}

void clock_lines_name(const struct clock_reading *reading, struct clock_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) lines[i].name = subject_name(reading, &lines[i]);
}

/* The codes in the rows of a query. */
static size_t codes_read(struct arena *arena, struct rows *rows, const char ***ret)
{
    const char **list = NULL;
    size_t count = 0;
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = row_dup(rows, 0, arena);
    }
    *ret = list;
    return count;
}

enum err clock_offices(
    const struct clock_reading *reading, const char *office, const char ***ret, size_t *ret_count)
{
    const struct viewer *viewer = reading->viewer;
    *ret_count = 0;
    if (viewer && !sees_cases(viewer)) return office ? E_NOT_FOUND : E_OK;
    if (viewer && office && !office_under(reading->db, office, viewer->office)) return E_NOT_FOUND;
    const char *top = office ? office : viewer ? viewer->office : NULL;
    struct rows *rows = db_query(reading->db,
        "SELECT o.code FROM office o WHERE ($1 IS NULL OR EXISTS (SELECT 1 FROM office_above a"
        " WHERE a.office = o.code AND a.above = $1)) AND ($2 IS NULL OR o.pillar = $2) ORDER BY o.code",
        V(top), V(viewer ? viewer->pillar : NULL));
    *ret_count = codes_read(reading->arena, rows, ret);
    return *ret_count == 0 && office ? E_NOT_FOUND : db_status(reading->db);
}

size_t clock_district_offices(
    struct db *db, struct arena *arena, const char *office, const char *role, const char ***ret)
{
    struct rows *rows = db_query(db,
        "SELECT o.code FROM office d JOIN office o ON o.state = d.state AND o.district = d.district"
        " WHERE d.code = $1 AND ($2 IS NULL OR EXISTS (SELECT 1 FROM posting p"
        " WHERE p.office = o.code AND p.role = $2)) ORDER BY o.code",
        V(office), V(role));
    return codes_read(arena, rows, ret);
}
