/* access/directory: offices and officers to look through and to choose from. */
#include <assert.h>
#include <string.h>

#include "access/apply.h"

#define KINDS_MAX 24
#define POSTINGS_MAX 500

/* A text in which nothing stands for other letters. */
static const char *like_escaped(struct arena *arena, const char *text)
{
    struct buf buf;
    buf_init(&buf, arena, 2 * strlen(text) + 1);
    for (; *text; text++) {
        if (strchr("%_!", *text)) buf_putc(&buf, '!');
        buf_putc(&buf, *text);
    }
    return buf.data;
}

size_t offices_list(
    struct db *db, struct arena *arena, const struct office_filter *filter, struct office **ret)
{
    struct value values[KINDS_MAX + 6];
    size_t count = 0, found = 0;
    struct buf sql;
    assert(filter->kind_count <= KINDS_MAX);
    buf_init(&sql, arena, 1000);
    buf_puts(&sql, "SELECT " OFFICE_COLUMNS " FROM office WHERE 1 = 1");
    for (size_t i = 0; i < filter->kind_count; i++) {
        values[count++] = V(filter->kinds[i]);
        buf_printf(&sql, "%s$%zu", i == 0 ? " AND kind IN (" : ", ", count);
    }
    if (filter->kind_count > 0) buf_putc(&sql, ')');
    if (filter->parent) {
        values[count++] = V(filter->parent);
        buf_printf(&sql, " AND parent = $%zu", count);
    }
    if (filter->words) {
        values[count++] = V(arena_printf(arena, "%%%s%%", like_escaped(arena, filter->words)));
        values[count++] = V(arena_printf(arena, "%s%%", like_escaped(arena, filter->words)));
        buf_printf(&sql,
            " AND (name LIKE $%zu ESCAPE '!' OR name_hi LIKE $%zu ESCAPE '!' OR code LIKE $%zu ESCAPE '!')",
            count - 1, count - 1, count);
    }
    if (filter->after) {
        values[count++] = V(filter->after);
        buf_printf(&sql, " AND (name, code) > (SELECT name, code FROM office WHERE code = $%zu)", count);
    }
    values[count++] = V(filter->limit);
    buf_printf(&sql, " ORDER BY name, code LIMIT $%zu", count);
    struct office *offices = ARENA_ARRAY(arena, struct office, filter->limit);
    struct rows *rows = db_query_composed(db, sql.data, values, count);
    while (db_next(rows))
        offices[found++] = office_of_row(rows, arena);
    *ret = offices;
    return found;
}

size_t postings_of_office(
    struct db *db, struct arena *arena, const char *office, int64_t at, struct posting **ret)
{
    struct posting *postings = ARENA_ARRAY(arena, struct posting, POSTINGS_MAX);
    size_t count = 0;
    struct rows *rows = db_query(db,
        "SELECT p.officer, p.office, o.kind, o.pillar, p.role FROM posting p JOIN office o ON o.code = "
        "p.office"
        " WHERE p.office = $1 AND p.from_at <= $2 AND (p.to_at IS NULL OR p.to_at > $2)"
        " AND (p.ended_at IS NULL OR p.ended_at > $2) AND (o.closed_at IS NULL OR o.closed_at > $2)"
        " ORDER BY p.from_at, p.entry LIMIT $3",
        V(office), V(at), V(POSTINGS_MAX));
    while (db_next(rows))
        postings[count++] = (struct posting){
            .officer = row_dup(rows, 0, arena),
            .office = row_dup(rows, 1, arena),
            .office_kind = row_dup(rows, 2, arena),
            .pillar = row_dup(rows, 3, arena),
            .role = row_dup(rows, 4, arena),
        };
    *ret = postings;
    return count;
}

size_t postings_of_officer(
    struct db *db, struct arena *arena, const char *officer, struct posting_past **ret)
{
    struct posting_past *list = ARENA_ARRAY(arena, struct posting_past, HISTORY_MAX);
    size_t count = 0;
    struct rows *rows = db_query(db,
        "SELECT entry, office, role, from_at, coalesce(ended_at, to_at, 0) FROM posting WHERE officer = $1"
        " ORDER BY from_at DESC, entry DESC LIMIT $2",
        V(officer), V(HISTORY_MAX));
    while (db_next(rows))
        list[count++] = (struct posting_past){
            .entry = row_dup(rows, 0, arena),
            .office = row_dup(rows, 1, arena),
            .role = row_dup(rows, 2, arena),
            .from_at = row_int(rows, 3),
            .until_at = row_int(rows, 4),
        };
    *ret = list;
    return count;
}

size_t leave_of_officer(struct db *db, struct arena *arena, const char *officer, struct leave_past **ret)
{
    struct leave_past *list = ARENA_ARRAY(arena, struct leave_past, HISTORY_MAX);
    size_t count = 0;
    struct rows *rows = db_query(db,
        "SELECT entry, from_at, coalesce(ended_at, to_at) FROM leave WHERE officer = $1"
        " ORDER BY from_at DESC, entry DESC LIMIT $2",
        V(officer), V(HISTORY_MAX));
    while (db_next(rows))
        list[count++] = (struct leave_past){
            .entry = row_dup(rows, 0, arena), .from_at = row_int(rows, 1), .until_at = row_int(rows, 2)};
    *ret = list;
    return count;
}

size_t officers_find(
    struct db *db, struct arena *arena, const char *typed, size_t limit, struct officer **ret)
{
    struct officer *officers = ARENA_ARRAY(arena, struct officer, limit + 1);
    size_t count = 0;
    /* instr() knows no signs with a meaning of their own; names are compared without case. */
    struct rows *rows = db_query(db,
        "SELECT id, name, name_hi, rank, belt FROM officer WHERE $1 <> '' AND ("
        " instr(' ' || lower(name), ' ' || lower($1)) > 0 OR instr(' ' || name_hi, ' ' || $1) > 0"
        " OR lower(id) = lower($1) OR belt = $1) ORDER BY name, id LIMIT $2",
        V(typed), V(limit));
    while (db_next(rows))
        officers[count++] = (struct officer){
            .id = row_dup(rows, 0, arena),
            .name = row_dup(rows, 1, arena),
            .name_hi = row_dup(rows, 2, arena),
            .rank = row_dup(rows, 3, arena),
            .belt = row_dup(rows, 4, arena),
        };
    *ret = officers;
    return count;
}
