/* Persons and property named in a body, and the ids they have. A new one is "<entry id>.<place>", where place
 * counts every composite that may be given by reference in the form's order, from 1: the same wherever it is
 * computed. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

struct collecting {
    struct view_step *step;
    struct mention *list;
    size_t count;
    int place;
};

static bool collect(void *context, const struct form_visit *visit)
{
    struct collecting *into = context;
    if (visit->field->type != FIELD_COMPOSITE) return false;
    if (!visit->field->composite->by_reference) return true;
    struct arena *arena = into->step->arena;
    into->place++;
    const char *ref = json_text(visit->value, "ref");
    ROWS_GROW(arena, into->list, into->count);
    into->list[into->count++] = (struct mention){
        .path = arena_strdup(arena, visit->path),
        .composite = visit->field->composite->name,
        .role = visit->field->role,
        .confidential = visit->field->confidential,
        .id = ref ? ref : arena_printf(arena, "%s.%d", into->step->entry->id, into->place),
        .known = ref != NULL,
        .value = visit->value,
    };
    return true;
}

void mentions_find(struct view_step *step)
{
    struct collecting into = {.step = step};
    form_walk(step->form, step->body, step->arena, collect, &into);
    step->mentions = into.list;
    step->mention_count = into.count;
}

void mentions_follow(struct view_step *step)
{
    size_t kept = 0;
    for (size_t i = 0; i < step->mention_count; i++) {
        struct mention mention = step->mentions[i];
        mention.value = json_at(step->body, mention.path);
        if (mention.value) step->mentions[kept++] = mention;
    }
    step->mention_count = kept;
}

const struct mention *mention_at(const struct view_step *step, const char *path)
{
    for (size_t i = 0; i < step->mention_count; i++)
        if (strcmp(step->mentions[i].path, path) == 0) return &step->mentions[i];
    return NULL;
}

struct visiting {
    struct view_step *step;
    void (*visit)(struct view_step *step, const struct mention *mention, const struct form_effect *effect);
    const struct form_effect *effect;
};

static void visit_value(void *context, const char *full_path, const json_t *value)
{
    (void)value;
    struct visiting *visiting = context;
    const struct mention *mention = mention_at(visiting->step, full_path);
    if (mention) visiting->visit(visiting->step, mention, visiting->effect);
}

void mentions_each(struct view_step *step, const char *path,
    void (*visit)(struct view_step *step, const struct mention *mention, const struct form_effect *effect),
    const struct form_effect *effect)
{
    struct visiting visiting = {.step = step, .visit = visit, .effect = effect};
    form_each(step->body, path, step->arena, visit_value, &visiting);
}
