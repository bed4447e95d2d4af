/* print/record: the body of an entry made ready for its paper. */
#include "base/json.h"
#include "print/compose.h"

struct reference {
    struct reference *next;
    const char *path, *composite, *id;
};

struct references {
    const struct compose *compose;
    struct reference *first, **end;
    int place;
};

/* Ids are counted as views count them: "<entry id>.<place>", every composite that may be given by reference,
 * from 1. */
static bool reference_collect(void *context, const struct form_visit *visit)
{
    struct references *into = context;
    struct arena *arena = into->compose->arena;
    if (!visit->field->composite) return false;
    if (!visit->field->composite->by_reference) return true;
    into->place++;
    const char *id = json_text(visit->value, "ref"), *entry = into->compose->paper->id;
    const char *path = arena_strdup(arena, visit->path);
    if (id) {
        struct reference *one = ARENA_NEW(arena, struct reference);
        *one = (struct reference){NULL, path, visit->field->composite->name, arena_strdup(arena, id)};
        *into->end = one;
        into->end = &one->next;
    } else if (entry) {
        id = arena_printf(arena, "%s.%d", entry, into->place);
    }
    if (id) json_object_set_new(into->compose->ids, path, json_string(id));
    return true;
}

/* What this entry says itself goes before what is known from elsewhere. */
static void references_fill(struct compose *compose)
{
    const struct print_lookup *lookup = &compose->paper->lookup;
    struct references found = {.compose = compose};
    found.end = &found.first;
    form_walk(compose->record->form, compose->body, compose->arena, reference_collect, &found);
    for (struct reference *one = found.first; one && lookup->reference; one = one->next) {
        json_t *value = json_at(compose->body, one->path);
        json_t *known CLEANUP(json_drop) = lookup->reference(lookup->context, one->composite, one->id);
        if (known) json_object_update_missing(value, known);
    }
}

void compose_record(struct compose *compose, const struct print_record *record)
{
    compose->record = record;
    compose->body = json_deep_copy(record->body);
    compose->taken = json_object();
    compose->ids = json_object();
    if (record->form && compose->body) references_fill(compose);
}

void compose_record_drop(struct compose *compose)
{
    json_decref(compose->body);
    json_decref(compose->taken);
    json_decref(compose->ids);
    compose->body = compose->taken = compose->ids = NULL;
}
