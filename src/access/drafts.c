/* access/drafts: two tables; a value stands once for each version it changed in, the last few of them. */
#include "access/drafts.h"

#include <assert.h>
#include <string.h>

#include "base/time.h"
#include "db/side.h"

#define DRAFTS_ARENA_MAX ((size_t)1 << 20)
#define VALUES_KEPT 10 /* versions of one field: a page made before them is told of a conflict */

struct drafts {
    struct side *side; /* its arena holds this struct, its lock guards the database */
    struct db *db;
    int64_t keep_ms;
};

/* Values deleted are overwritten in the file, and the log does not keep them for long. */
static const char schema[] =
    "PRAGMA secure_delete = ON;"
    "CREATE TABLE IF NOT EXISTS draft(id TEXT PRIMARY KEY, officer TEXT NOT NULL, office TEXT NOT NULL,"
    "  form TEXT NOT NULL, case_id TEXT, version INTEGER NOT NULL, begun_at INTEGER NOT NULL,"
    "  saved_at INTEGER NOT NULL, seen_size INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS draft_officer ON draft(officer, office, saved_at);"
    "CREATE INDEX IF NOT EXISTS draft_saved ON draft(saved_at);"
    "CREATE TABLE IF NOT EXISTS draft_value(draft TEXT NOT NULL, name TEXT NOT NULL,"
    "  version INTEGER NOT NULL, tab TEXT NOT NULL, value TEXT NOT NULL,"
    "  PRIMARY KEY(draft, name, version)) STRICT;";

/* ---- opening ---- */

enum err drafts_open(const char *folder, int days, struct drafts **ret)
{
    struct side *side;
    TRY(side_open(folder, "drafts.db", false, DRAFTS_ARENA_MAX, schema, &side));
    *ret = ARENA_NEW(side->arena, struct drafts);
    **ret = (struct drafts){.side = side, .db = side->db, .keep_ms = days * TIME_DAY_MS};
    return E_OK;
}

void drafts_close(struct drafts *drafts)
{
    if (drafts) side_close(drafts->side);
}

/* ---- reading ---- */

#define HEAD_COLUMNS "id, officer, office, form, case_id, version, begun_at, saved_at, seen_size"

static struct draft_head head_read(struct rows *rows, struct arena *arena)
{
    return (struct draft_head){
        .id = row_dup(rows, 0, arena),
        .officer = row_dup(rows, 1, arena),
        .office = row_dup(rows, 2, arena),
        .form = row_dup(rows, 3, arena),
        .case_id = row_dup(rows, 4, arena),
        .version = row_int(rows, 5),
        .begun_at = row_int(rows, 6),
        .saved_at = row_int(rows, 7),
        .seen_size = row_int(rows, 8),
    };
}

static enum err head_find(struct drafts *drafts, struct arena *arena, const char *id, struct draft_head *ret)
{
    struct rows *rows = db_query(drafts->db, "SELECT " HEAD_COLUMNS " FROM draft WHERE id = $1", V(id));
    if (!db_next(rows)) return db_status(drafts->db) != E_OK ? db_status(drafts->db) : E_NOT_FOUND;
    *ret = head_read(rows, arena);
    db_end(rows);
    return E_OK;
}

/* The newest value of every field. */
static void values_read(
    struct drafts *drafts, struct arena *arena, const char *id, struct pair **ret_pairs, size_t *ret_count)
{
    int64_t room =
        db_int(drafts->db, "SELECT count(DISTINCT name) FROM draft_value WHERE draft = $1", 0, V(id));
    struct pair *pairs = ARENA_ARRAY(arena, struct pair, room + 1);
    size_t count = 0;
    struct rows *rows = db_query(drafts->db,
        "SELECT name, value, max(version) FROM draft_value WHERE draft = $1 GROUP BY name ORDER BY name",
        V(id));
    while (db_next(rows)) {
        assert(count < (size_t)room); /* the lock keeps everybody else out */
        pairs[count++] = (struct pair){row_dup(rows, 0, arena), row_dup(rows, 1, arena)};
    }
    *ret_pairs = pairs;
    *ret_count = count;
}

enum err drafts_read(struct drafts *drafts, struct arena *arena, const char *officer, const char *id,
    struct draft_head *ret, struct pair **ret_pairs, size_t *ret_count)
{
    side_hold(drafts->side);
    enum err err = head_find(drafts, arena, id, ret);
    if (err == E_OK && strcmp(ret->officer, officer) != 0) err = E_NOT_FOUND;
    if (err == E_OK) values_read(drafts, arena, id, ret_pairs, ret_count);
    enum err left = side_release(drafts->side);
    return err != E_OK ? err : left;
}

/* Deletes what nobody touched for too long. A disk that refuses it keeps nobody from his drafts. */
static void expire(struct drafts *drafts, int64_t now)
{
    int64_t before = now - drafts->keep_ms;
    if (db_int(drafts->db, "SELECT 1 FROM draft WHERE saved_at < $1 LIMIT 1", 0, V(before)) == 0) return;
    if (db_begin(drafts->db) == E_OK) {
        db_run(drafts->db,
            "DELETE FROM draft_value WHERE draft IN (SELECT id FROM draft WHERE saved_at < $1)", V(before));
        db_run(drafts->db, "DELETE FROM draft WHERE saved_at < $1", V(before));
        if (db_status(drafts->db) != E_OK || db_commit(drafts->db) != E_OK) db_rollback(drafts->db);
    }
    (void)side_settle(drafts->side);
}

enum err drafts_list(struct drafts *drafts, struct arena *arena, const char *officer, const char *office,
    int64_t now, struct draft_head **ret, size_t *ret_count)
{
    side_hold(drafts->side);
    expire(drafts, now);
    struct draft_head *heads = ARENA_ARRAY(arena, struct draft_head, DRAFTS_EACH_MAX);
    size_t count = 0;
    struct rows *rows = db_query(drafts->db,
        "SELECT " HEAD_COLUMNS " FROM draft WHERE officer = $1 AND office = $2"
        " ORDER BY saved_at DESC, id DESC LIMIT $3",
        V(officer), V(office), V(DRAFTS_EACH_MAX));
    while (db_next(rows)) heads[count++] = head_read(rows, arena);
    enum err err = side_release(drafts->side);
    *ret = heads;
    *ret_count = count;
    return err;
}

/* ---- saving ---- */

struct saving {
    struct drafts *drafts;
    struct arena *arena;
    const struct draft_save *save;
    struct draft_saved *saved;
    int64_t version; /* what changes now gets it */
    bool changed;
};

struct stored {
    const char *value; /* "" when there is none */
    const char *tab;
    int64_t version;
};

static struct stored stored_read(struct saving *saving, const char *name, int64_t version_max)
{
    struct stored stored = {"", "", 0};
    struct rows *rows = db_query(saving->drafts->db,
        "SELECT value, tab, version FROM draft_value WHERE draft = $1 AND name = $2 AND version <= $3"
        " ORDER BY version DESC LIMIT 1",
        V(saving->save->head.id), V(name), V(version_max));
    if (db_next(rows)) {
        stored = (struct stored){
            row_dup(rows, 0, saving->arena), row_dup(rows, 1, saving->arena), row_int(rows, 2)};
        db_end(rows);
    }
    return stored;
}

static void value_store(struct saving *saving, const char *name, const char *value)
{
    struct db *db = saving->drafts->db;
    const struct draft_save *save = saving->save;
    db_run(db,
        "INSERT INTO draft_value(draft, name, version, tab, value) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT(draft, name, version) DO UPDATE SET tab = excluded.tab, value = excluded.value",
        V(save->head.id), V(name), V(saving->version), V(save->tab), V(value));
    db_run(db,
        "DELETE FROM draft_value WHERE draft = $1 AND name = $2 AND version <="
        " (SELECT version FROM draft_value WHERE draft = $1 AND name = $2"
        "  ORDER BY version DESC LIMIT 1 OFFSET $3)",
        V(save->head.id), V(name), V(VALUES_KEPT));
    saving->changed = true;
}

static void value_save(struct saving *saving, const struct pair *pair)
{
    const struct draft_save *save = saving->save;
    struct stored stored = stored_read(saving, pair->name, INT64_MAX);
    bool other = stored.version > save->base && strcmp(stored.tab, save->tab) != 0;
    if (other) saving->saved->other_at = saving->saved->head.saved_at;
    if (strcmp(stored.value, pair->value) == 0) return;
    if (other) {
        struct stored base = stored_read(saving, pair->name, save->base);
        if (strcmp(base.value, pair->value) == 0) return; /* changed over there alone */
        saving->saved->conflicts[saving->saved->conflict_count++] = (struct pair){pair->name, stored.value};
        return;
    }
    value_store(saving, pair->name, pair->value);
}

static enum err limits_check(struct saving *saving, struct problems *problems)
{
    struct db *db = saving->drafts->db;
    int64_t bytes = db_int(db,
        "SELECT sum(length(CAST(value AS BLOB)) + length(name)) FROM draft_value AS v WHERE draft = $1"
        " AND version = (SELECT max(version) FROM draft_value WHERE draft = $1 AND name = v.name)",
        0, V(saving->save->head.id));
    if (bytes > DRAFT_BYTES_MAX) problem_add(problems, "draft_large", NULL, "max", "1 MB", NULL);
    int64_t count =
        db_int(db, "SELECT count(*) FROM draft WHERE officer = $1", 0, V(saving->save->head.officer));
    if (count > DRAFTS_EACH_MAX) problem_add(problems, "drafts_many", NULL, "max", "200", NULL);
    TRY(db_status(db));
    return bytes > DRAFT_BYTES_MAX || count > DRAFTS_EACH_MAX ? E_PROBLEM : E_OK;
}

/* The draft as it stands, or a new one in the open transaction. */
static enum err head_make(struct saving *saving)
{
    const struct draft_save *save = saving->save;
    struct draft_head *head = &saving->saved->head;
    enum err err = head_find(saving->drafts, saving->arena, save->head.id, head);
    if (err == E_OK) {
        bool ours =
            strcmp(head->officer, save->head.officer) == 0 && strcmp(head->form, save->head.form) == 0;
        return ours ? E_OK : E_NOT_FOUND;
    }
    if (err != E_NOT_FOUND) return err;
    *head = save->head;
    head->version = 0;
    head->begun_at = head->saved_at = save->now;
    db_run(saving->drafts->db,
        "INSERT INTO draft(" HEAD_COLUMNS ") VALUES ($1, $2, $3, $4, $5, 0, $6, $6, $7)", V(head->id),
        V(head->officer), V(head->office), V(head->form), V(head->case_id), V(save->now), V(head->seen_size));
    return db_status(saving->drafts->db);
}

static enum err save_run(struct saving *saving, struct problems *problems)
{
    const struct draft_save *save = saving->save;
    struct draft_head *head = &saving->saved->head;
    TRY(head_make(saving));
    saving->version = head->version + 1;
    for (size_t i = 0; i < save->count; i++) value_save(saving, &save->pairs[i]);
    TRY(db_status(saving->drafts->db));
    TRY(limits_check(saving, problems));
    /* A page that changed nothing has still been saved: everything on it stands here. */
    head->saved_at = save->now;
    if (saving->changed) head->version = saving->version;
    db_run(saving->drafts->db, "UPDATE draft SET version = $1, saved_at = $2 WHERE id = $3", V(head->version),
        V(head->saved_at), V(head->id));
    return db_status(saving->drafts->db);
}

enum err drafts_save(struct drafts *drafts, struct arena *arena, const struct draft_save *save,
    struct problems *problems, struct draft_saved *ret)
{
    assert(save->head.id && save->head.officer && save->head.office && save->head.form && save->tab);
    *ret = (struct draft_saved){.conflicts = ARENA_ARRAY(arena, struct pair, save->count + 1)};
    struct saving saving = {.drafts = drafts, .arena = arena, .save = save, .saved = ret};
    side_hold(drafts->side);
    enum err err = db_begin(drafts->db);
    if (err == E_OK) err = save_run(&saving, problems);
    if (err == E_OK) err = db_commit(drafts->db);
    if (err != E_OK) db_rollback(drafts->db);
    enum err left = side_release(drafts->side);
    return err != E_OK ? err : left;
}

enum err drafts_drop(struct drafts *drafts, const char *officer, const char *id)
{
    side_hold(drafts->side);
    enum err err = db_begin(drafts->db);
    if (err == E_OK) {
        db_run(drafts->db,
            "DELETE FROM draft_value WHERE draft = (SELECT id FROM draft WHERE id = $1 AND officer = $2)",
            V(id), V(officer));
        db_run(drafts->db, "DELETE FROM draft WHERE id = $1 AND officer = $2", V(id), V(officer));
        err = db_status(drafts->db);
        if (err == E_OK) err = db_commit(drafts->db);
        if (err != E_OK) db_rollback(drafts->db);
    }
    /* The pages as they were before still lie in the log; without it they are gone. */
    if (err == E_OK) err = db_script(drafts->db, "PRAGMA wal_checkpoint(TRUNCATE)");
    enum err left = side_release(drafts->side);
    return err != E_OK ? err : left;
}
