/* Corrections: nothing is edited, so what an entry says today is its body with every correction laid over it, oldest
 * first. People and property show what they are corrected to; stages, tasks and numbers never change backwards. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "view/correction.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE correction(target_seq INTEGER NOT NULL, seq INTEGER NOT NULL,"
    "  PRIMARY KEY(target_seq, seq)) STRICT;";

static const char *const tables[] = { "correction", NULL };

/* What was typed becomes a value of the kind that stood there: a whole number or yes and no; anything else is text. */
static json_t *typed_value(const json_t *old, const char *typed)
{
    char *end;
    if (json_is_integer(old)) {
        long long number = strtoll(typed, &end, 10);
        if (end != typed && !*end) return json_integer(number);
    }
    if (json_is_boolean(old)) return json_boolean(strcmp(typed, "yes") == 0 || strcmp(typed, "true") == 0);
    return json_string(typed);
}

static void value_set(json_t *body, const char *path, const char *typed, struct arena *arena)
{
    const char *dot = strrchr(path, '.');
    if (!dot) return;
    json_t *parent = json_at(body, arena_strndup(arena, path, (size_t)(dot - path)));
    const char *key = dot + 1;
    if (json_is_array(parent)) {
        size_t place = (size_t)strtoul(key, NULL, 10);
        if (place < json_array_size(parent))
            json_array_set_new(parent, place, typed_value(json_array_get(parent, place), typed));
    } else if (json_is_object(parent)) {
        if (*typed) json_object_set_new(parent, key, typed_value(json_object_get(parent, key), typed));
        else json_object_del(parent, key);
    }
}

void correction_lay(json_t *body, const json_t *correction, struct arena *arena)
{
    size_t i;
    const json_t *change;
    json_array_foreach(json_object_get(correction, "changes"), i, change) {
        const char *typed = json_text(change, "value");
        value_set(body, json_text(change, "path"), typed ? typed : "", arena);
    }
}

json_t *corrected_body(struct db *db, struct arena *arena, const struct entry *entry)
{
    struct problems problems = { .arena = arena };
    json_t *body = entry->body ? json_read(entry->body, entry->body_len, &problems) : NULL;
    if (!body) return NULL;
    struct rows *rows = db_query(db, "SELECT seq FROM correction WHERE target_seq = $1 ORDER BY seq", V(entry->seq));
    while (db_next(rows)) {
        struct entry correction;
        if (entry_by_seq(db, arena, row_int(rows, 0), &correction) != E_OK || !correction.body) continue;
        json_t *changes CLEANUP(json_drop) = json_read(correction.body, correction.body_len, &problems);
        correction_lay(body, changes, arena);
    }
    return body;
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

/* Brings what depends on the corrected words up to date: officers and offices, people, property. */
static void corrected_again(struct view_step *step, int64_t target_seq)
{
    struct entry target;
    if (entry_by_seq(step->db, step->arena, target_seq, &target) != E_OK) return;
    const struct form *form = form_version(step->context->forms, target.form, target.form_version);
    json_t *body CLEANUP(json_drop) = form ? corrected_body(step->db, step->arena, &target) : NULL;
    if (!body) return;
    struct view_step again = *step;
    again.entry = &target;
    again.form = form;
    again.body = body;
    again.case_id = form->opens ? target.id : target.case_id;
    mentions_find(&again);
    access_apply(step->db, &target, body);
    people_correct(&again);
    property_correct(&again);
}

static void apply(struct view_step *step)
{
    int64_t target = referred_seq(step, step->form->amends);
    if (target < 0) return;
    db_run(step->db, "INSERT INTO correction(target_seq, seq) VALUES ($1, $2)", V(target), V(step->entry->seq));
    db_run(step->db, "UPDATE entry_index SET corrected_by = $1 WHERE seq = $2", V(step->entry->seq), V(target));
    corrected_again(step, target);
}

const struct view view_corrections = { schema, tables, apply };
