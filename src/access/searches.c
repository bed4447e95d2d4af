/* access/searches: see the header. One handle: a search takes longer than its row. */
#include "access/searches.h"

#include "db/side.h"

#define SEARCHES_BYTES_MAX ((size_t)1 << 20)
#define OPENINGS_MAX 1000

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS search(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, officer TEXT NOT NULL,"
    "  office TEXT NOT NULL, role TEXT, kind TEXT NOT NULL, wide INTEGER NOT NULL, purpose TEXT, reason TEXT,"
    "  query TEXT NOT NULL, shown INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS search_officer ON search(officer, id);"
    "CREATE TABLE IF NOT EXISTS opening(search INTEGER NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL)"
    "  STRICT;"
    "CREATE INDEX IF NOT EXISTS opening_search ON opening(search);"
    "CREATE INDEX IF NOT EXISTS opening_person ON opening(person);";

struct searches {
    struct side *side; /* its arena holds this struct, its lock guards the database */
    struct db *db;
};

enum err searches_open(const char *folder, struct searches **ret)
{
    struct side *side;
    TRY(side_open(folder, "searches.db", false, SEARCHES_BYTES_MAX, schema, &side));
    *ret = ARENA_NEW(side->arena, struct searches);
    **ret = (struct searches){side, side->db};
    return E_OK;
}

void searches_close(struct searches *searches)
{
    if (searches) side_close(searches->side);
}

static enum err note_write(struct searches *searches, const struct search_note *note, int64_t *ret_id)
{
    TRY(db_begin(searches->db));
    db_run(searches->db,
        "INSERT INTO search(at, officer, office, role, kind, wide, purpose, reason, query, shown)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        V(note->at), V(note->officer), V(note->office), V(note->role), V(note->kind), V(note->wide),
        V(note->purpose), V(note->reason), V(note->query), V(note->shown));
    *ret_id = db_int_values(searches->db, "SELECT max(id) FROM search", 0, NULL, 0);
    enum err err = db_commit(searches->db);
    if (err != E_OK) db_rollback(searches->db);
    return err;
}

enum err searches_note(struct searches *searches, const struct search_note *note, int64_t *ret_id)
{
    side_hold(searches->side);
    enum err err = note_write(searches, note, ret_id);
    enum err settled = side_release(searches->side);
    return err != E_OK ? err : settled;
}

enum err searches_opened(struct searches *searches, int64_t id, const char *person, int64_t at)
{
    side_hold(searches->side);
    db_run(searches->db, "INSERT INTO opening(search, person, at) VALUES ($1, $2, $3)", V(id), V(person),
        V(at));
    enum err err = side_release(searches->side);
    return err;
}

#define NOTE_COLUMNS                                                                                         \
    "SELECT id, at, officer, office, role, kind, wide, purpose, reason, query, shown FROM search"

static bool note_next(struct rows *rows, struct arena *arena, struct search_note *ret)
{
    if (!db_next(rows)) return false;
    *ret = (struct search_note){
        .id = row_int(rows, 0),
        .at = row_int(rows, 1),
        .officer = row_dup(rows, 2, arena),
        .office = row_dup(rows, 3, arena),
        .role = row_dup(rows, 4, arena),
        .kind = row_dup(rows, 5, arena),
        .wide = row_int(rows, 6) != 0,
        .purpose = row_dup(rows, 7, arena),
        .reason = row_dup(rows, 8, arena),
        .query = row_dup(rows, 9, arena),
        .shown = row_int(rows, 10),
    };
    return true;
}

enum err searches_get(struct searches *searches, struct arena *arena, int64_t id, struct search_note *ret)
{
    side_hold(searches->side);
    struct rows *rows = db_query(searches->db, NOTE_COLUMNS " WHERE id = $1", V(id));
    bool found = note_next(rows, arena, ret);
    if (found) db_end(rows);
    enum err err = side_release(searches->side);
    return err != E_OK ? err : found ? E_OK : E_NOT_FOUND;
}

enum err searches_first_opened(
    struct searches *searches, struct arena *arena, const char *person, struct search_note *ret)
{
    side_hold(searches->side);
    struct rows *rows = db_query(searches->db,
        "SELECT s.id, o.at, s.officer, s.office, s.role, s.kind, s.wide, s.purpose, s.reason, s.query, "
        "s.shown"
        " FROM opening o JOIN search s ON s.id = o.search WHERE o.person = $1 ORDER BY o.rowid LIMIT 1",
        V(person));
    bool found = note_next(rows, arena, ret);
    if (found) db_end(rows);
    enum err err = side_release(searches->side);
    return err != E_OK ? err : found ? E_OK : E_NOT_FOUND;
}

enum err searches_list(struct searches *searches, struct arena *arena, const struct searches_filter *filter,
    struct search_note **ret, size_t *ret_count)
{
    struct search_note *list = ARENA_ARRAY(arena, struct search_note, filter->limit + 1);
    size_t count = 0;
    side_hold(searches->side);
    struct rows *rows = db_query(searches->db,
        NOTE_COLUMNS " WHERE ($1 IS NULL OR officer = $1) AND id < $2 AND at >= $3 AND at < $4"
                     " ORDER BY id DESC LIMIT $5",
        V(filter->officer), V(filter->before ? filter->before : INT64_MAX), V(filter->from),
        V(filter->to ? filter->to : INT64_MAX), V(filter->limit));
    while (note_next(rows, arena, &list[count])) count++;
    enum err err = side_release(searches->side);
    *ret = list;
    *ret_count = count;
    return err;
}

enum err searches_openings(struct searches *searches, struct arena *arena, int64_t id,
    struct search_opening **ret, size_t *ret_count)
{
    struct search_opening *list = ARENA_ARRAY(arena, struct search_opening, OPENINGS_MAX);
    size_t count = 0;
    side_hold(searches->side);
    struct rows *rows = db_query(searches->db,
        "SELECT person, at FROM opening WHERE search = $1 ORDER BY rowid LIMIT $2", V(id),
        V((size_t)OPENINGS_MAX));
    while (db_next(rows))
        list[count++] = (struct search_opening){row_dup(rows, 0, arena), row_int(rows, 1)};
    enum err err = side_release(searches->side);
    *ret = list;
    *ret_count = count;
    return err;
}
