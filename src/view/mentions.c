/* What a body names, and of it the persons and property with the ids they have. A new one is "<entry
 * id>.<place>", where place counts every composite that may be given by reference in the form's order, from
 * 1: the same wherever it is computed. With the persons what stands for one human or thing exactly: phones,
 * numbers of documents, vehicles. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

#define NAMING_TYPES                                                                                         \
    (TYPE_BIT(FIELD_OFFICE) | TYPE_BIT(FIELD_OFFICER) | TYPE_BIT(FIELD_ENTRY) | TYPE_BIT(FIELD_BLOB) |       \
        TYPE_BIT_REFERENCE | TYPE_BIT_KEY)

struct collecting {
    struct body_names names;
    struct arena *arena;
};

static bool collect(void *context, const struct form_visit *visit)
{
    struct collecting *into = context;
    if (!(field_types(visit->field) & NAMING_TYPES)) return true;
    ROWS_GROW(into->arena, into->names.list, into->names.count);
    struct form_visit *name = &into->names.list[into->names.count++];
    *name = *visit;
    name->path = arena_strdup(into->arena, visit->path);
    return true;
}

struct body_names body_names_find(const struct form *form, const json_t *body, struct arena *arena)
{
    struct collecting into = {.arena = arena};
    form_walk_types(form, body, NAMING_TYPES, arena, collect, &into);
    return into.names;
}

/* A key belongs to the person right in whom it stands (what is said of his address is not he); a vehicle to
 * everybody the entry names. */
static void key_add(struct view_step *step, const struct form_visit *name)
{
    const char *text = json_string_value(name->value);
    if (!(field_types(name->field) & TYPE_BIT_KEY) || !text || strchr(text, '\n')) return;
    bool vehicle = name->field->type == FIELD_VEHICLE;
    const char **keys = vehicle ? &step->vehicles : NULL;
    for (size_t i = step->mention_count; !keys && i > 0; i--) {
        struct mention *mention = &step->mentions[i - 1];
        size_t n = strlen(mention->path);
        if (strncmp(name->path, mention->path, n) != 0 || name->path[n] != '.') continue;
        bool his = strcmp(mention->composite, "person") == 0 && name->depth == mention->depth + 1;
        if (!his) return;
        keys = &mention->keys;
    }
    if (keys)
        *keys = arena_printf(step->arena, "%s%c %s %s\n", *keys ? *keys : "",
            vehicle ? 'v' : name->field->type == FIELD_PHONE ? 'p' : 'i',
            name->field->confidential ? name->field->confidential : "-", text);
}

static void mention_add(struct view_step *step, const struct form_visit *name)
{
    const char *ref = json_text(name->value, "ref");
    size_t place = step->mention_count + 1;
    step->mentions[step->mention_count++] = (struct mention){
        .path = name->path,
        .composite = name->field->composite->name,
        .role = name->field->role,
        .confidential = name->spared ? NULL : name->field->confidential,
        .spared = name->spared ? name->field->confidential : NULL,
        .id = ref ? ref : arena_printf(step->arena, "%s.%zu", step->entry->id, place),
        .known = ref != NULL,
        .depth = name->depth,
        .value = name->value,
    };
}

void mentions_find(struct view_step *step)
{
    step->mentions = ARENA_ARRAY(step->arena, struct mention, step->names.count);
    step->mention_count = 0;
    step->vehicles = NULL;
    for (size_t i = 0; i < step->names.count; i++)
        if (step->names.list[i].field->type == FIELD_COMPOSITE)
            mention_add(step, &step->names.list[i]);
        else
            key_add(step, &step->names.list[i]);
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
