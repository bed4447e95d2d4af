/* Corrections: nothing is edited, so what an entry says today is its body with every correction laid over it,
 * oldest first. People and property show what they are corrected to, and a case becomes sensitive when the
 * corrected words make it so; stages, tasks and numbers never change backwards. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "view/correction.h"
#include "view/views.h"

static const char schema[] = "CREATE TABLE correction(target_seq INTEGER NOT NULL, seq INTEGER NOT NULL,"
                             "  PRIMARY KEY(target_seq, seq)) STRICT;";

static const char *const tables[] = {"correction", NULL};

/* ---- paths ---- */

/* What may be named next on the way down a path. */
struct level {
    size_t field_count, section_count;
    const struct field *fields;
    const struct section *sections;
};

static const struct field *level_field(const struct level *level, const char *name, size_t n)
{
    for (size_t i = 0; i < level->field_count; i++)
        if (strncmp(level->fields[i].name, name, n) == 0 && !level->fields[i].name[n])
            return &level->fields[i];
    return NULL;
}

static const struct section *level_section(const struct level *level, const char *name, size_t n)
{
    for (size_t i = 0; i < level->section_count; i++)
        if (strncmp(level->sections[i].name, name, n) == 0 && !level->sections[i].name[n])
            return &level->sections[i];
    return NULL;
}

static struct level level_below(const struct field *field, const struct section *section)
{
    if (section) return (struct level){.field_count = section->field_count, .fields = section->fields};
    const struct composite *c = field->composite;
    if (!c) return (struct level){0};
    return (struct level){c->field_count, c->section_count, c->fields, c->sections};
}

const struct field *correction_field(const struct form *form, const char *path, bool *ret_fixed)
{
    struct level level = {.section_count = form->section_count, .sections = form->sections};
    const struct field *field = NULL;
    *ret_fixed = false;
    for (size_t n; *path; path += n + (path[n] == '.')) {
        n = strcspn(path, ".");
        if (n > 0 && strspn(path, "0123456789") >= n) continue; /* a row */
        if (field && field->composite && field->composite->by_reference && strcmp(path, "ref") == 0)
            *ret_fixed = true;
        const struct field *next = level_field(&level, path, n);
        const struct section *section = next ? NULL : level_section(&level, path, n);
        if (!next && !section) return NULL;
        field = next;
        if (field && field->fixed) *ret_fixed = true;
        level = level_below(next, section);
    }
    return field;
}

/* ---- laying changes over a body ---- */

static json_t *typed_value(const struct field *field, const char *typed)
{
    if (field->type == FIELD_INT || field->type == FIELD_MONEY) {
        char *end;
        long long number = strtoll(typed, &end, 10);
        if (end != typed && !*end) return json_integer(number);
    }
    if (field->type == FIELD_YESNO) {
        if (strcmp(typed, "yes") == 0 || strcmp(typed, "true") == 0) return json_true();
        if (strcmp(typed, "no") == 0 || strcmp(typed, "false") == 0) return json_false();
    }
    return json_string(typed);
}

/* Whether the object at the path may be made when it is not there: a section that stands once, or a composite
 * that is nobody's identity. A person or thing made by a correction would have no place among the ids of the
 * entry. */
static bool may_be_made(const struct form *form, const char *path)
{
    const struct level top = {.section_count = form->section_count, .sections = form->sections};
    const struct section *section = level_section(&top, path, strlen(path));
    if (section) return !section->many;
    bool fixed;
    const struct field *field = correction_field(form, path, &fixed);
    return field && !fixed && !field->many && field->composite && !field->composite->by_reference;
}

static json_t *parent_at(
    json_t *body, const struct form *form, const char *path, bool make, struct arena *arena)
{
    json_t *found = json_at(body, path);
    if (found || !make || !may_be_made(form, path)) return found;
    const char *dot = strrchr(path, '.');
    json_t *above =
        dot ? parent_at(body, form, arena_strndup(arena, path, (size_t)(dot - path)), make, arena) : body;
    if (!json_is_object(above)) return NULL;
    json_object_set_new(above, dot ? dot + 1 : path, json_object());
    return json_at(body, path);
}

static void value_set(
    json_t *body, const struct form *form, const char *path, const char *typed, struct arena *arena)
{
    bool fixed;
    const struct field *field = correction_field(form, path, &fixed);
    const char *dot = strrchr(path, '.');
    if (!field || !dot) return;
    json_t *parent =
        parent_at(body, form, arena_strndup(arena, path, (size_t)(dot - path)), *typed != '\0', arena);
    const char *key = dot + 1;
    if (json_is_array(parent)) {
        size_t place = (size_t)strtoul(key, NULL, 10);
        if (place >= json_array_size(parent)) return;
        if (*typed)
            json_array_set_new(parent, place, typed_value(field, typed));
        else
            json_array_remove(parent, place);
    } else if (json_is_object(parent)) {
        if (*typed)
            json_object_set_new(parent, key, typed_value(field, typed));
        else
            json_object_del(parent, key);
    }
}

void correction_lay(json_t *body, const struct form *form, const json_t *correction, struct arena *arena)
{
    size_t i;
    const json_t *change;
    json_array_foreach(json_object_get(correction, "changes"), i, change)
    {
        const char *typed = json_text(change, "value");
        value_set(body, form, json_text(change, "path"), typed ? typed : "", arena);
    }
}

/* The body as it stood before the entry at `until`. */
static json_t *body_before(
    struct db *db, struct arena *arena, const struct form *form, const struct entry *entry, int64_t until)
{
    struct problems problems = {.arena = arena};
    json_t *body = entry->body ? json_read(entry->body, entry->body_len, &problems) : NULL;
    if (!body) return NULL;
    struct rows *rows =
        db_query(db, "SELECT seq FROM correction WHERE target_seq = $1 AND seq < $2 ORDER BY seq",
            V(entry->seq), V(until));
    while (db_next(rows)) {
        struct entry correction;
        if (entry_by_seq(db, arena, row_int(rows, 0), &correction) != E_OK || !correction.body) continue;
        json_t *changes CLEANUP(json_drop) = json_read(correction.body, correction.body_len, &problems);
        correction_lay(body, form, changes, arena);
    }
    return body;
}

json_t *corrected_body(struct db *db, struct arena *arena, const struct form *form, const struct entry *entry)
{
    return body_before(db, arena, form, entry, INT64_MAX);
}

size_t corrections_of(struct db *db, struct arena *arena, int64_t seq, int64_t **ret_seqs)
{
    int64_t *seqs = NULL;
    size_t count = 0;
    struct rows *rows = db_query(db, "SELECT seq FROM correction WHERE target_seq = $1 ORDER BY seq", V(seq));
    while (db_next(rows)) {
        ROWS_GROW(arena, seqs, count);
        seqs[count++] = row_int(rows, 0);
    }
    *ret_seqs = seqs;
    return count;
}

bool member_changed(const json_t *before, const json_t *after, const char *member)
{
    const json_t *old = json_object_get(before, member), *new = json_object_get(after, member);
    return !(old && new ? json_equal(old, new) : old == new);
}

/* Brings what depends on the corrected words up to date: officers and offices, people, property, sensitivity.
 */
static void corrected_again(struct view_step *step, int64_t target_seq)
{
    struct entry target;
    if (entry_by_seq(step->db, step->arena, target_seq, &target) != E_OK) return;
    const struct form *form = form_version(step->context->forms, target.form, target.form_version);
    if (!form || !target.body) return;
    struct view_step again = *step;
    again.entry = &target;
    again.form = form;
    again.case_id = form->opens ? target.id : target.case_id;
    json_t *first CLEANUP(json_drop) = body_before(step->db, step->arena, form, &target, 0);
    json_t *before CLEANUP(json_drop) = body_before(step->db, step->arena, form, &target, step->entry->seq);
    json_t *after CLEANUP(json_drop) = corrected_body(step->db, step->arena, form, &target);
    if (!first || !before || !after) return;
    again.body = first; /* ids count places in the entry as it was filed, for ever */
    again.names = body_names_find(form, first, step->arena);
    mentions_find(&again);
    again.body = after;
    mentions_follow(&again);
    access_apply(step->db, &target, after);
    people_correct(&again, before);
    namings_correct(&again, before, step->entry->seq);
    property_correct(&again, before);
    cases_correct(&again);
    listings_correct(&again);
    deliveries_correct(&again);
    descriptions_correct(&again);
    again.case_opened_seq = form->opens ? target_seq : step->case_opened_seq;
    clocks_correct(&again);
}

static void apply(struct view_step *step)
{
    int64_t target = referred_seq(step, step->form->amends);
    if (target < 0) return;
    db_run(
        step->db, "INSERT INTO correction(target_seq, seq) VALUES ($1, $2)", V(target), V(step->entry->seq));
    db_run(
        step->db, "UPDATE entry_index SET corrected_by = $1 WHERE seq = $2", V(step->entry->seq), V(target));
    corrected_again(step, target);
}

const struct view view_corrections = {schema, tables, apply, NULL};
