/* Watches: whom, which phone or vehicle an office looks for on a case, and until when. A watch ends on its
 * last day without any entry, or earlier by a watch_end; both are told by the row, so that whether it ran
 * when an entry came can be said of any entry at any time. What matches a watch is no view: it hangs on
 * the rules of names, which change with the program (people/watching.c). */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "view/views.h"
#include "view/watches.h"

static const char schema[] =
    /* home: the office that had the case then */
    "CREATE TABLE watch(seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, office TEXT NOT NULL,"
    "  home TEXT NOT NULL, until_day INTEGER NOT NULL, ended INTEGER,"
    "  purpose TEXT NOT NULL, person TEXT, name TEXT, name_other TEXT, relation TEXT,"
    "  relative TEXT, gender TEXT, age_from INTEGER, age_to INTEGER, district TEXT, keys TEXT) STRICT;"
    "CREATE INDEX watch_case ON watch(case_id);"
    "CREATE INDEX watch_office ON watch(office);"
    "CREATE INDEX watch_home ON watch(home);"
    "CREATE INDEX watch_until ON watch(until_day);"
    "CREATE TABLE watch_key(text TEXT NOT NULL, watch INTEGER NOT NULL, PRIMARY KEY(text, watch)) STRICT,"
    "  WITHOUT ROWID;";

static const char *const tables[] = {"watch", "watch_key", NULL};

/* Each phone or vehicle once, and a line of the row's list for it. */
static const char *keys_add(struct view_step *step, const char *path, char letter, const char *keys)
{
    const json_t *list = json_at(step->body, path), *value;
    size_t i;
    json_array_foreach (list, i, value) {
        const char *text = json_string_value(value);
        db_run(step->db,
            "INSERT INTO watch_key(text, watch) VALUES ($1, $2) ON CONFLICT(text, watch) DO NOTHING", V(text),
            V(step->entry->seq));
        keys = lines_with(step->arena, keys, arena_printf(step->arena, "%c %s\n", letter, text));
    }
    return keys;
}

static const char *text_of(const struct view_step *step, const char *path)
{
    return json_string_value(json_at(step->body, path));
}

static struct value age_of(const struct view_step *step, const char *path)
{
    const json_t *age = json_at(step->body, path);
    return json_is_integer(age) ? V((int64_t)json_integer_value(age)) : value_text(NULL);
}

static void watch_add(struct view_step *step)
{
    int32_t until;
    const char *keys = keys_add(step, "watched.phones", 'p', NULL);
    keys = keys_add(step, "watched.vehicles", 'v', keys);
    if (!time_parse_date(text_of(step, "watch.until"), &until))
        return; /* the form's check lets none through */
    db_run(step->db,
        "INSERT INTO watch(seq, case_id, office, home, until_day, ended, purpose, person, name, name_other,"
        " relation, relative, gender, age_from, age_to, district, keys)"
        " VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        V(step->entry->seq), V(step->case_id), V(step->entry->office), V(step->case_office),
        V((int64_t)until), V(text_of(step, "watch.purpose")), V(text_of(step, "watched.person")),
        V(text_of(step, "watched.name")), V(text_of(step, "watched.name_other")),
        V(text_of(step, "watched.relation")), V(text_of(step, "watched.relative_name")),
        V(text_of(step, "watched.gender")), age_of(step, "watched.age_from"), age_of(step, "watched.age_to"),
        V(text_of(step, "watched.district")), V(keys));
}

static void apply(struct view_step *step)
{
    if (!step->body) return;
    if (strcmp(step->form->name, "watch") == 0) watch_add(step);
    if (strcmp(step->form->name, "watch_end") == 0)
        db_run(step->db, "UPDATE watch SET ended = $1 WHERE seq = $2", V(step->entry->seq),
            V(referred_seq(step, "end.watch")));
}

const struct view view_watches = {schema, tables, apply, NULL};

/* ---- reading ---- */

#define WATCH_COLUMNS                                                                                        \
    "SELECT w.seq, i.id, i.officer, i.office, i.filed_at, w.case_id, w.until_day, w.ended, w.purpose,"       \
    " w.person, w.name, w.name_other, w.relation, w.relative, w.gender, w.age_from, w.age_to, w.district,"   \
    " w.keys, i.number, w.home FROM watch w JOIN entry_index i ON i.seq = w.seq"

static int age_in(struct rows *rows, int column)
{
    return row_null(rows, column) ? -1 : (int)row_int(rows, column);
}

static bool watch_next(struct rows *rows, struct arena *arena, struct watch_row *ret)
{
    if (!db_next(rows)) return false;
    *ret = (struct watch_row){
        .seq = row_int(rows, 0),
        .id = row_dup(rows, 1, arena),
        .officer = row_dup(rows, 2, arena),
        .office = row_dup(rows, 3, arena),
        .filed_at = row_int(rows, 4),
        .case_id = row_dup(rows, 5, arena),
        .until = (int32_t)row_int(rows, 6),
        .ended = row_int(rows, 7),
        .purpose = row_dup(rows, 8, arena),
        .person = row_dup(rows, 9, arena),
        .name = row_dup(rows, 10, arena),
        .name_other = row_dup(rows, 11, arena),
        .relation = row_dup(rows, 12, arena),
        .relative = row_dup(rows, 13, arena),
        .gender = row_dup(rows, 14, arena),
        .age_from = age_in(rows, 15),
        .age_to = age_in(rows, 16),
        .district = row_dup(rows, 17, arena),
        .keys = row_dup(rows, 18, arena),
        .number = row_dup(rows, 19, arena),
        .home = row_dup(rows, 20, arena),
    };
    return true;
}

static enum err watches_read(
    struct db *db, struct arena *arena, struct rows *rows, struct watch_row **ret, size_t *ret_count)
{
    struct watch_row *list = NULL, row;
    size_t count = 0;
    while (watch_next(rows, arena, &row)) {
        ROWS_GROW(arena, list, count);
        list[count++] = row;
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}

enum err watch_get(struct db *db, struct arena *arena, const char *id, struct watch_row *ret)
{
    struct rows *rows =
        db_query(db, WATCH_COLUMNS " WHERE w.seq = (SELECT seq FROM entry WHERE id = $1)", V(id));
    if (!watch_next(rows, arena, ret)) return db_status(db) != E_OK ? db_status(db) : E_NOT_FOUND;
    db_end(rows);
    return E_OK;
}

enum err watches_running(struct db *db, struct arena *arena, int32_t day, int64_t after, int64_t before,
    struct watch_row **ret, size_t *ret_count)
{
    return watches_read(db, arena,
        db_query(db,
            WATCH_COLUMNS " WHERE w.until_day >= $1 AND w.seq < $3 AND (w.ended IS NULL OR w.ended > $2)"
                          " ORDER BY w.seq",
            V((int64_t)day), V(after), V(before)),
        ret, ret_count);
}

enum err watches_of_office(struct db *db, struct arena *arena, const char *office, int32_t since,
    size_t limit, struct watch_row **ret, size_t *ret_count)
{
    return watches_read(db, arena,
        db_query(db,
            WATCH_COLUMNS " WHERE w.seq IN (SELECT seq FROM watch WHERE office = $1"
                          " UNION SELECT seq FROM watch WHERE home = $1)"
                          " AND w.until_day >= $2 ORDER BY w.seq DESC LIMIT $3",
            V(office), V((int64_t)since), V(limit)),
        ret, ret_count);
}

enum err watches_of_case(
    struct db *db, struct arena *arena, const char *case_id, struct watch_row **ret, size_t *ret_count)
{
    return watches_read(db, arena,
        db_query(db, WATCH_COLUMNS " WHERE w.case_id = $1 ORDER BY w.seq DESC", V(case_id)), ret, ret_count);
}

size_t watches_of_key(struct db *db, struct arena *arena, const char *text, int64_t **ret_seqs)
{
    int64_t *seqs = NULL;
    size_t count = 0;
    struct rows *rows = db_query(db, "SELECT watch FROM watch_key WHERE text = $1", V(text));
    while (db_next(rows)) {
        ROWS_GROW(arena, seqs, count);
        seqs[count++] = row_int(rows, 0);
    }
    *ret_seqs = seqs;
    return count;
}

bool watch_ran(const struct watch_row *watch, int64_t seq, int64_t filed_at)
{
    return seq > watch->seq && (!watch->ended || seq < watch->ended) &&
           time_day_number(filed_at) <= watch->until;
}

bool watch_runs(const struct watch_row *watch, int64_t now)
{
    return !watch->ended && time_day_number(now) <= watch->until;
}
