/* access/offices: offices, the tree they form, and officers. The tree is kept as one row for every office and
 * ancestor, so that "is it below us" is one look-up on every page and list row. */
#include <string.h>

#include "access/apply.h"
#include "base/json.h"

/* ---- applying ---- */

/* Ancestors of the office and of all below it, made anew. A parent may be filed after its child: it counts
 * as soon as it is there, and its own ancestors with it. */
static void office_above_renew(struct db *db, const char *code)
{
    db_run(db,
        "WITH RECURSIVE below(code) AS (SELECT $1 UNION"
        " SELECT o.code FROM office o JOIN below b ON o.parent = b.code)"
        " DELETE FROM office_above WHERE office IN (SELECT code FROM below)",
        V(code));
    db_run(db,
        "WITH RECURSIVE below(code) AS (SELECT $1 UNION"
        " SELECT o.code FROM office o JOIN below b ON o.parent = b.code),"
        " climb(office, above) AS (SELECT o.code, o.code FROM office o JOIN below b ON b.code = o.code UNION"
        " SELECT c.office, o.parent FROM climb c JOIN office o ON o.code = c.above"
        " WHERE o.parent IS NOT NULL)"
        " INSERT INTO office_above(office, above) SELECT office, above FROM climb",
        V(code));
}

/* A correction may have changed the code: what stood under the old one goes. */
static void office_recoded(struct db *db, const char *entry, const char *code)
{
    struct arena *arena = arena_new((size_t)64 * 1024);
    const char *old =
        db_text(db, arena, "SELECT code FROM office WHERE entry = $1 AND code <> $2", V(entry), V(code));
    if (old) {
        db_run(db, "DELETE FROM office WHERE code = $1", V(old));
        office_above_renew(db, old);
    }
    arena_free(arena);
}

void office_apply(struct db *db, const struct entry *entry, const json_t *office)
{
    const char *code = json_text(office, "code"), *kind = json_text(office, "kind");
    const char *parent = json_text(office, "parent"), *name = json_text(office, "name");
    if (!code || !kind || !name) return;
    office_recoded(db, entry->id, code);
    bool ring = parent && office_under(db, parent, code); /* it would let each see all of the other */
    if (ring) parent = NULL;
    db_run(db,
        "INSERT INTO office(code, entry, kind, pillar, parent, name, name_hi, state, district, station_code)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT(code) DO UPDATE SET entry = excluded.entry, kind = excluded.kind,"
        " pillar = excluded.pillar, parent = excluded.parent, name = excluded.name,"
        " name_hi = excluded.name_hi, state = excluded.state, district = excluded.district,"
        " station_code = excluded.station_code",
        V(code), V(entry->id), V(kind), V(office_kind_pillar(kind)), V(parent), V(name),
        V(json_text(office, "name_hi")), V(json_text(office, "state")), V(json_text(office, "district")),
        V(json_text(office, "station_code")));
    office_above_renew(db, code);
}

/* From the day after its last one nobody can be posted there. */
void office_close_apply(struct db *db, const struct entry *entry, const json_t *closing)
{
    int64_t closed;
    db_run(db, "UPDATE office SET closed_at = NULL, closed_by = NULL WHERE closed_by = $1", V(entry->id));
    if (day_edge(closing, "closed_on", 1, &closed))
        db_run(db, "UPDATE office SET closed_at = $1, closed_by = $2 WHERE code = $3", V(closed),
            V(entry->id), V(json_text(closing, "office")));
}

void officer_apply(struct db *db, const struct entry *entry, const json_t *officer)
{
    const char *id = json_text(officer, "id"), *name = json_text(officer, "name");
    if (!id || !name) return;
    db_run(db, "DELETE FROM officer WHERE entry = $1 AND id <> $2", V(entry->id), V(id));
    db_run(db,
        "INSERT INTO officer(id, entry, name, name_hi, rank, belt) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT(id) DO UPDATE SET entry = excluded.entry, name = excluded.name,"
        " name_hi = excluded.name_hi, rank = excluded.rank, belt = excluded.belt",
        V(id), V(entry->id), V(name), V(json_text(officer, "name_hi")), V(json_text(officer, "rank")),
        V(json_text(officer, "belt")));
}

/* ---- reading ---- */

struct office office_of_row(struct rows *rows, struct arena *arena)
{
    return (struct office){
        .code = row_dup(rows, 0, arena),
        .kind = row_dup(rows, 1, arena),
        .pillar = row_dup(rows, 2, arena),
        .parent = row_dup(rows, 3, arena),
        .name = row_dup(rows, 4, arena),
        .name_hi = row_dup(rows, 5, arena),
        .state = row_dup(rows, 6, arena),
        .district = row_dup(rows, 7, arena),
        .closed_at = row_int(rows, 8),
    };
}

enum err office_get(struct db *db, struct arena *arena, const char *code, struct office *ret)
{
    struct rows *rows = db_query(db,
        "SELECT " OFFICE_COLUMNS " FROM office WHERE code = $1",
        V(code));
    if (!db_next(rows)) return db_status(db) != E_OK ? db_status(db) : E_NOT_FOUND;
    *ret = office_of_row(rows, arena);
    db_end(rows);
    return E_OK;
}

enum err officer_get(struct db *db, struct arena *arena, const char *id, struct officer *ret)
{
    struct rows *rows =
        db_query(db, "SELECT id, name, name_hi, rank, belt FROM officer WHERE id = $1", V(id));
    if (!db_next(rows)) return db_status(db) != E_OK ? db_status(db) : E_NOT_FOUND;
    *ret = (struct officer){
        .id = row_dup(rows, 0, arena),
        .name = row_dup(rows, 1, arena),
        .name_hi = row_dup(rows, 2, arena),
        .rank = row_dup(rows, 3, arena),
        .belt = row_dup(rows, 4, arena),
    };
    db_end(rows);
    return E_OK;
}

bool office_under(struct db *db, const char *code, const char *above)
{
    if (strcmp(code, above) == 0) return true;
    return db_int(db, "SELECT 1 FROM office_above WHERE office = $1 AND above = $2", 0,
        V(code), V(above)) == 1;
}
