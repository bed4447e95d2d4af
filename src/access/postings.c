/* access/postings: who held which post when, and who was on leave. Days are Indian calendar days, both ends
 * included; they are kept as the instants at which the first begins and the last is over. */
#include "access/apply.h"

#include "base/json.h"
#include "base/time.h"

#define POSTINGS_MAX 32 /* in force at one instant for one officer */

/* ---- applying ---- */

bool day_edge(const json_t *section, const char *name, int days_on, int64_t *ret)
{
    int32_t day;
    const char *text = json_text(section, name);
    if (!text || !time_parse_date(text, &day)) return false;
    *ret = (int64_t)(day + days_on) * TIME_DAY_MS - TIME_IST_OFFSET_MS;
    return true;
}

void posting_apply(struct db *db, const struct entry *entry, const json_t *posting)
{
    const char *officer = json_text(posting, "officer"), *office = json_text(posting, "office");
    const char *role = json_text(posting, "role");
    int64_t from, to;
    if (!officer || !office || !role || !day_edge(posting, "from", 0, &from)) return;
    bool closed = day_edge(posting, "to", 1, &to);
    db_run(db,
        "INSERT INTO posting(entry, officer, office, role, from_at, to_at) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT(entry) DO UPDATE SET officer = excluded.officer, office = excluded.office,"
        " role = excluded.role, from_at = excluded.from_at, to_at = excluded.to_at",
        V(entry->id), V(officer), V(office), V(role), V(from), closed ? V(to) : V((const char *)NULL));
}

void posting_end_apply(struct db *db, const struct entry *entry, const json_t *end)
{
    int64_t ended;
    db_run(db, "UPDATE posting SET ended_at = NULL, ended_by = NULL WHERE ended_by = $1", V(entry->id));
    if (day_edge(end, "to", 1, &ended))
        db_run(db, "UPDATE posting SET ended_at = $1, ended_by = $2 WHERE entry = $3", V(ended), V(entry->id),
            V(json_text(end, "posting")));
}

void leave_apply(struct db *db, const struct entry *entry, const json_t *leave)
{
    const char *officer = json_text(leave, "officer");
    int64_t from, to;
    if (!officer || !day_edge(leave, "from", 0, &from) || !day_edge(leave, "to", 1, &to)) return;
    db_run(db,
        "INSERT INTO leave(entry, officer, from_at, to_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT(entry) DO UPDATE SET officer = excluded.officer, from_at = excluded.from_at,"
        " to_at = excluded.to_at",
        V(entry->id), V(officer), V(from), V(to));
}

void leave_end_apply(struct db *db, const struct entry *entry, const json_t *end)
{
    int64_t ended;
    db_run(db, "UPDATE leave SET ended_at = NULL, ended_by = NULL WHERE ended_by = $1", V(entry->id));
    if (day_edge(end, "to", 1, &ended))
        db_run(db, "UPDATE leave SET ended_at = $1, ended_by = $2 WHERE entry = $3", V(ended), V(entry->id),
            V(json_text(end, "leave")));
}

/* ---- reading ---- */

/* A posting counts only at an office that is there and not closed. */
static const char posting_query[] =
    "SELECT p.officer, p.office, o.kind, o.pillar, p.role FROM posting p JOIN office o ON o.code = p.office"
    " WHERE p.officer = $1 AND p.from_at <= $2 AND (p.to_at IS NULL OR p.to_at > $2)"
    " AND (p.ended_at IS NULL OR p.ended_at > $2) AND (o.closed_at IS NULL OR o.closed_at > $2)"
    " AND ($3 IS NULL OR p.office = $3)"
    " ORDER BY p.from_at, p.entry LIMIT $4";

static struct posting posting_row(struct rows *rows, struct arena *arena)
{
    return (struct posting){
        .officer = row_dup(rows, 0, arena),
        .office = row_dup(rows, 1, arena),
        .office_kind = row_dup(rows, 2, arena),
        .pillar = row_dup(rows, 3, arena),
        .role = row_dup(rows, 4, arena),
    };
}

size_t postings_at(struct db *db, struct arena *arena, const char *officer, int64_t at, struct posting **ret)
{
    struct posting *postings = ARENA_ARRAY(arena, struct posting, POSTINGS_MAX);
    size_t count = 0;
    struct rows *rows = db_query(db, posting_query, V(officer), V(at), V((const char *)NULL),
        V(POSTINGS_MAX));
    while (db_next(rows)) postings[count++] = posting_row(rows, arena);
    *ret = postings;
    return count;
}

bool posting_at(struct db *db, struct arena *arena, const char *officer, const char *office, int64_t at,
    struct posting *ret)
{
    struct rows *rows = db_query(db, posting_query, V(officer), V(at), V(office), V(1));
    if (!db_next(rows)) return false;
    *ret = posting_row(rows, arena);
    db_end(rows);
    return true;
}

bool on_leave(struct db *db, const char *officer, int64_t at)
{
    return db_int(db,
        "SELECT 1 FROM leave WHERE officer = $1 AND from_at <= $2 AND to_at > $2"
        " AND (ended_at IS NULL OR ended_at > $2)",
        0, V(officer), V(at)) == 1;
}
