/* people/watching: see the header. What is kept is only which mentions and entries are worth a look; whether
 * they match is judged again, by what the register says then, whenever somebody looks (watches.c). So a
 * correction needs nothing here, and what is made anew answers the same. */
#include "people/watching.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "db/side.h"

#define WATCHING_BYTES_MAX ((size_t)1 << 20)
#define STEP_BYTES_MAX ((size_t)256 << 20)
#define POSITION_EVERY 5000 /* entries without a find after which the position is written down */
#define RULES 1             /* of what is a candidate: another number has everything looked at again */

struct watching {
    struct side *side; /* its arena holds this struct, its lock guards all of it */
    struct db *db;
    struct arena *scratch, *row;
    int64_t at, written; /* entries looked at; as written down */
    int64_t loaded;      /* seq of the newest watch in the small index */
    struct watched_names *names;
};

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS state(one INTEGER PRIMARY KEY CHECK(one = 1), origin TEXT NOT NULL,"
    "  rules INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS candidate(watch INTEGER NOT NULL, mention INTEGER NOT NULL,"
    "  PRIMARY KEY(watch, mention)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS key_entry(watch INTEGER NOT NULL, seq INTEGER NOT NULL,"
    "  news INTEGER NOT NULL, PRIMARY KEY(watch, seq, news)) STRICT, WITHOUT ROWID;";

/* ---- opening ---- */

enum err watching_restart(struct watching *watching)
{
    TRY(db_begin(watching->db));
    db_do(watching->db, "DELETE FROM candidate");
    db_do(watching->db, "DELETE FROM key_entry");
    db_do(watching->db, "UPDATE state SET at = 0");
    TRY(db_commit(watching->db));
    watching->at = watching->written = 0;
    return E_OK;
}

/* The file, made anew when it is torn: all that stands in it can be found again. */
static enum err file_open(const char *folder, struct side **ret)
{
    static const char *const names[] = {"watches.db", "watches.db-wal", "watches.db-shm"};
    enum err err = side_open(folder, names[0], false, WATCHING_BYTES_MAX, schema, ret);
    if (err != E_CORRUPT) return err;
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (size_t i = 0; fd >= 0 && i < 3; i++) unlinkat(fd, names[i], 0);
    if (fd >= 0) close(fd);
    return side_open(folder, names[0], false, WATCHING_BYTES_MAX, schema, ret);
}

static enum err position_read(struct watching *watching, const char *origin)
{
    watching->at = db_int(watching->db, "SELECT at FROM state WHERE origin = $1 AND rules = $2", -1,
        V(origin), V(RULES));
    watching->written = watching->at;
    if (watching->at >= 0) return db_status(watching->db);
    db_run(watching->db, "INSERT OR REPLACE INTO state(one, origin, rules, at) VALUES (1, $1, $2, 0)",
        V(origin), V(RULES));
    return watching_restart(watching);
}

enum err watching_open(const char *folder, const char *origin, struct watching **ret)
{
    struct side *side;
    TRY(file_open(folder, &side));
    struct watching *watching = ARENA_NEW(side->arena, struct watching);
    *watching = (struct watching){.side = side,
        .db = side->db,
        .scratch = arena_new(STEP_BYTES_MAX),
        .row = arena_new(STEP_BYTES_MAX),
        .loaded = -1,
        .names = watched_names_new(folder)};
    enum err err = position_read(watching, origin);
    if (err == E_OK) *ret = watching;
    else watching_close(watching);
    return err;
}

static void position_write(struct watching *watching)
{
    if (watching->at == watching->written) return;
    db_run(watching->db, "UPDATE state SET at = $1", V(watching->at));
    if (db_status(watching->db) == E_OK) watching->written = watching->at;
}

void watching_close(struct watching *watching)
{
    if (!watching) return;
    position_write(watching);
    watched_names_free(watching->names);
    arena_free(watching->row);
    arena_free(watching->scratch);
    side_close(watching->side);
}

int64_t watching_at(const struct watching *watching)
{
    return watching->at;
}

/* ---- following ---- */

struct looking {
    struct watching *watching;
    struct db *db;
    int64_t seq, news;
};

static void candidate_add(struct watching *watching, int64_t watch, int64_t mention)
{
    db_run(watching->db,
        "INSERT INTO candidate(watch, mention) VALUES ($1, $2) ON CONFLICT(watch, mention) DO NOTHING",
        V(watch), V(mention));
}

static void mention_look(struct looking *looking, const struct mention_row *row)
{
    struct watching *watching = looking->watching;
    const int64_t *alike;
    size_t count = watched_names_find(watching->names, watching->row, row, &alike);
    for (size_t i = 0; i < count; i++) candidate_add(watching, alike[i], row->id);
    char *rest = row->keys ? arena_strdup(watching->row, row->keys) : NULL;
    for (char *line; rest && (line = strtok_r(rest, "\n", &rest));) {
        const char *text = line[0] != 'i' && strlen(line) > 2 ? strchr(line + 2, ' ') : NULL;
        int64_t *seqs;
        count = text ? watches_of_key(looking->db, watching->row, text + 1, &seqs) : 0;
        for (size_t i = 0; i < count; i++) candidate_add(watching, seqs[i], row->id);
    }
}

static void mentions_look(struct looking *looking, int64_t from, int64_t until)
{
    struct watching *watching = looking->watching;
    struct rows *rows = mentions_between(looking->db, from - 1, until - 1);
    struct mention_row row;
    while (mention_next(rows, watching->row, &row)) {
        mention_look(looking, &row);
        arena_reset(watching->row);
    }
}

/* ---- keys that stand in entries ---- */

struct keying {
    void (*visit)(void *context, const struct form_visit *visit);
    void *context;
};

static bool key_visit(void *context, const struct form_visit *visit)
{
    const struct keying *keying = context;
    bool key = visit->field->type == FIELD_PHONE || visit->field->type == FIELD_VEHICLE;
    if (key && json_is_string(visit->value)) keying->visit(keying->context, visit);
    return true;
}

void body_keys_each(const struct form *form, const json_t *body, struct arena *arena,
    void (*visit)(void *context, const struct form_visit *visit), void *context)
{
    struct keying keying = {visit, context};
    form_walk_types(
        form, body, TYPE_BIT(FIELD_PHONE) | TYPE_BIT(FIELD_VEHICLE), arena, key_visit, &keying);
}

static void key_look(void *context, const struct form_visit *visit)
{
    const struct looking *looking = context;
    struct watching *watching = looking->watching;
    int64_t *seqs;
    size_t count =
        watches_of_key(looking->db, watching->row, json_string_value(visit->value), &seqs);
    for (size_t i = 0; i < count; i++)
        db_run(watching->db,
            "INSERT INTO key_entry(watch, seq, news) VALUES ($1, $2, $3)"
            " ON CONFLICT(watch, seq, news) DO NOTHING",
            V(seqs[i]), V(looking->seq), V(looking->news));
}

/* What a correction corrects is looked at as it reads now. A watch does not match itself. */
static void entry_look(struct looking *looking, const struct forms *forms, int64_t seq)
{
    struct arena *arena = looking->watching->row;
    struct entry entry;
    if (entry_by_seq(looking->db, arena, seq, &entry) != E_OK) return;
    if (entry.amends && entry_by_id(looking->db, arena, entry.amends, &entry) != E_OK) return;
    const struct form *form = form_version(forms, entry.form, entry.form_version);
    if (!form || strcmp(form->name, "watch") == 0) return;
    json_t *body CLEANUP(json_drop) = corrected_body(looking->db, arena, form, &entry);
    looking->seq = entry.seq;
    looking->news = seq;
    if (body) body_keys_each(form, body, arena, key_look, looking);
}

static enum err entries_look(struct watching *watching, struct db *db, const struct forms *forms,
    const struct watch_row *watches, size_t count, int64_t until)
{
    struct looking looking = {.watching = watching, .db = db};
    bool keys = false;
    for (size_t i = 0; i < count; i++) {
        keys = keys || watches[i].keys;
        if (watches[i].seq > watching->loaded) TRY(watched_names_add(watching->names, &watches[i]));
        if (watches[i].seq > watching->loaded) watching->loaded = watches[i].seq;
    }
    TRY(db_begin(watching->db));
    mentions_look(&looking, watching->at, until);
    for (int64_t seq = watching->at; keys && seq < until; seq++) {
        entry_look(&looking, forms, seq);
        arena_reset(watching->row);
    }
    enum err err = db_status(db);
    if (err != E_OK) {
        db_rollback(watching->db);
        return err;
    }
    db_run(watching->db, "UPDATE state SET at = $1", V(until));
    TRY(db_commit(watching->db));
    watching->written = until;
    return E_OK;
}

static enum err step(struct watching *watching, struct db *db, const struct forms *forms, int64_t until)
{
    struct watch_row *watches;
    size_t count;
    arena_reset(watching->scratch);
    int64_t filed_at = db_int(db, "SELECT filed_at FROM entry_index WHERE seq = $1", 0, V(watching->at));
    TRY(watches_running(
        db, watching->scratch, time_day_number(filed_at), watching->at, until, &watches, &count));
    if (count > 0) TRY(entries_look(watching, db, forms, watches, count, until));
    watching->at = until;
    if (watching->at - watching->written >= POSITION_EVERY) position_write(watching);
    return E_OK;
}

enum err watching_step(struct watching *watching, struct db *db, const struct forms *forms, int64_t until)
{
    side_hold(watching->side);
    enum err err = step(watching, db, forms, until), settled = side_release(watching->side);
    return err != E_OK ? err : settled;
}

/* ---- telling ---- */

static enum err candidates_read(
    struct watching *watching, struct arena *arena, int64_t watch, struct watch_candidates *ret)
{
    size_t mentions = (size_t)db_int(
        watching->db, "SELECT count(*) FROM candidate WHERE watch = $1", 0, V(watch));
    size_t entries = (size_t)db_int(
        watching->db, "SELECT count(*) FROM key_entry WHERE watch = $1", 0, V(watch));
    *ret = (struct watch_candidates){.mentions = ARENA_ARRAY(arena, int64_t, mentions + 1),
        .entries = ARENA_ARRAY(arena, struct watch_entry, entries + 1)};
    struct rows *rows = db_query(
        watching->db, "SELECT mention FROM candidate WHERE watch = $1 ORDER BY mention DESC", V(watch));
    while (db_next(rows)) ret->mentions[ret->mention_count++] = row_int(rows, 0);
    rows = db_query(
        watching->db, "SELECT seq, news FROM key_entry WHERE watch = $1 ORDER BY news DESC", V(watch));
    while (db_next(rows))
        ret->entries[ret->entry_count++] = (struct watch_entry){row_int(rows, 0), row_int(rows, 1)};
    return db_status(watching->db);
}

enum err watching_candidates(
    struct watching *watching, struct arena *arena, int64_t watch, struct watch_candidates *ret)
{
    side_hold(watching->side);
    enum err err = candidates_read(watching, arena, watch, ret), settled = side_release(watching->side);
    return err != E_OK ? err : settled;
}

bool watching_compare(struct watching *watching, struct arena *arena, const struct watch_row *watch,
    const struct mention_row *mention, struct search_hit *ret)
{
    side_hold(watching->side);
    bool alike = watched_names_compare(watching->names, arena, watch, mention, ret);
    (void)side_release(watching->side); /* names alone were asked */
    return alike;
}
