/* Descriptions: what is told of the looks of missing, found and dead people, when and where, for finding who
 * among those found is who is missed. Sex, age and name are those of the person; whether he is still looked
 * for is his standing in the case. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "view/views.h"

static const char schema[] =
    /* marks: a line each, kind and part of the body. */
    "CREATE TABLE description(seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, person TEXT NOT NULL,"
    "  side TEXT NOT NULL, at INTEGER, height_from INTEGER, height_to INTEGER, build TEXT, complexion TEXT,"
    "  district TEXT, marks TEXT) STRICT;";

static const char indexes[] = "CREATE INDEX description_case ON description(case_id);"
                              "CREATE INDEX description_side ON description(side, at);";

static const char *const tables[] = {"description", NULL};

static const struct telling {
    const char *form, *side, *person, *looks, *at, *place;
} tellings[] = {
    {"missing_person", "missing", "person.who", "person.features", "missing.details.last_seen_at",
        "missing.details.last_seen_place"},
    {"missing_child", "missing", "person.who", "person.features", "missing.details.last_seen_at",
        "missing.details.last_seen_place"},
    {"found_person", "found", "person.who", "person.features", "found.found_at", "found.place"},
    {"unidentified_body", "body", "body.who", "body.features", "found.found_at", "found.place"},
};

static const struct telling *telling_of(const struct view_step *step)
{
    for (size_t i = 0; step->case_id && step->body && i < sizeof tellings / sizeof tellings[0]; i++)
        if (strcmp(tellings[i].form, step->form->name) == 0) return &tellings[i];
    return NULL;
}

static const char *marks_of(struct arena *arena, const json_t *looks)
{
    const char *lines = NULL;
    size_t i;
    const json_t *mark;
    json_array_foreach(json_object_get(looks, "marks"), i, mark)
    {
        const char *kind = json_text(mark, "kind"), *part = json_text(mark, "body_part");
        if (kind && part) lines = lines_with(arena, lines, arena_printf(arena, "%s %s", kind, part));
    }
    return lines;
}

static void description_set(struct view_step *step, const struct telling *telling)
{
    const struct mention *who = mention_at(step, telling->person);
    const json_t *looks = json_at(step->body, telling->looks), *place = json_at(step->body, telling->place);
    const char *at = json_string_value(json_at(step->body, telling->at));
    int64_t instant = 0, from = json_int(looks, "height_from", 0), to = json_int(looks, "height_to", 0);
    if (!at || !time_parse(at, &instant)) instant = 0;
    if (!who) return;
    db_run(step->db,
        "INSERT INTO description(seq, case_id, person, side, at, height_from, height_to, build, complexion,"
        " district, marks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        V(step->entry->seq), V(step->case_id), V(who->id), V(telling->side), V(instant), V(from ? from : to),
        V(to ? to : from), V(json_text(looks, "build")), V(json_text(looks, "complexion")),
        V(json_text(place, "district")), V(marks_of(step->arena, looks)));
}

static void apply(struct view_step *step)
{
    const struct telling *telling = telling_of(step);
    if (telling) description_set(step, telling);
}

void descriptions_correct(struct view_step *step)
{
    const struct telling *telling = telling_of(step);
    if (!telling) return;
    db_run(step->db, "DELETE FROM description WHERE seq = $1", V(step->entry->seq));
    description_set(step, telling);
}

const struct view view_descriptions = {schema, tables, apply, indexes};

/* ---- reading ---- */

#define DESCRIPTION_COLUMNS                                                                                  \
    "SELECT d.seq, d.case_id, d.person, d.side, d.at, d.height_from, d.height_to, d.build, d.complexion,"    \
    " d.district, d.marks, p.gender, p.age_low, p.age_high, p.at, o.district, p.name FROM description d"     \
    " JOIN person p ON p.id = d.person JOIN entry_index i ON i.seq = d.seq"                                  \
    " LEFT JOIN office o ON o.code = i.office"

/* Nobody has traced, identified or handed over the person. */
#define STILL_OPEN                                                                                           \
    " EXISTS (SELECT 1 FROM party t WHERE t.case_id = d.case_id AND t.person = d.person"                     \
    "  AND t.status IN ('missing', 'found', 'unidentified'))"

static void description_rows(
    struct rows *rows, struct arena *arena, struct description_row **ret, size_t *ret_count)
{
    struct description_row *list = NULL;
    size_t count = 0;
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = (struct description_row){
            .seq = row_int(rows, 0),
            .case_id = row_dup(rows, 1, arena),
            .person = row_dup(rows, 2, arena),
            .side = row_dup(rows, 3, arena),
            .at = row_int(rows, 4),
            .height_from = (int)row_int(rows, 5),
            .height_to = (int)row_int(rows, 6),
            .build = row_dup(rows, 7, arena),
            .complexion = row_dup(rows, 8, arena),
            .district = row_dup(rows, 9, arena),
            .marks = row_dup(rows, 10, arena),
            .gender = row_dup(rows, 11, arena),
            .age_low = (int)row_int(rows, 12),
            .age_high = (int)row_int(rows, 13),
            .aged_at = row_int(rows, 14),
            .office_district = row_dup(rows, 15, arena),
            .name = row_dup(rows, 16, arena),
        };
    }
    *ret = list;
    *ret_count = count;
}

enum err descriptions_of_case(struct db *db, struct arena *arena, const char *case_id,
    struct description_row **ret, size_t *ret_count)
{
    description_rows(
        db_query(db, DESCRIPTION_COLUMNS " WHERE d.case_id = $1 AND" STILL_OPEN " ORDER BY d.seq",
            V(case_id)),
        arena, ret, ret_count);
    return db_status(db);
}

enum err descriptions_against(struct db *db, struct arena *arena, const struct description_row *row,
    size_t limit, struct description_row **ret, size_t *ret_count)
{
    bool missing = strcmp(row->side, "missing") == 0;
    description_rows(
        db_query(db,
            DESCRIPTION_COLUMNS
            " WHERE (($1 AND d.side <> 'missing' AND d.at >= $2 - $5)"
            "  OR (NOT $1 AND d.side = 'missing' AND d.at <= $2 + $5))"
            " AND (p.gender IS NULL OR $3 IS NULL OR p.gender = $3) AND" STILL_OPEN
            " ORDER BY abs(d.at - $2), d.seq LIMIT $4",
            V(missing), V(row->at), V(row->gender), V(limit), V((int64_t)TIME_DAY_MS)),
        arena, ret, ret_count);
    return db_status(db);
}
