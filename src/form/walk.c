/* form/walk: conditions, and ways through a body. */
#include <string.h>

#include "base/json.h"
#include "form/check.h"
#include "form/form.h"

static bool value_is(const json_t *given, const char *value)
{
    if (strcmp(value, "filled") == 0) return !value_is_empty(given);
    if (json_is_boolean(given)) return strcmp(value, json_is_true(given) ? "yes" : "no") == 0;
    const char *text = json_string_value(given);
    return text && strcmp(text, value) == 0;
}

static bool value_fits(const struct condition *condition, const json_t *given)
{
    for (size_t i = 0; i < condition->value_count; i++) {
        const char *value = condition->values[i];
        bool fits = value_is(given, value);
        for (size_t j = 0; !fits && j < json_array_size(given); j++)
            fits = value_is(json_array_get(given, j), value);
        if (fits) return true;
    }
    return false;
}

bool condition_holds(const struct condition *condition, const json_t *section, const json_t *body)
{
    const char *name = condition->field;
    if (!name) return true;
    if (name[0] == '.') return value_fits(condition, json_object_get(body, name + 1));
    const char *dot = strchr(name, '.');
    if (!dot) return value_fits(condition, json_object_get(section, name));
    const json_t *other = json_object_getn(body, name, (size_t)(dot - name));
    return value_fits(condition, json_object_get(other, dot + 1));
}

struct walk {
    struct form_visit visit;
    struct arena *arena;
    bool (*tell)(void *context, const struct form_visit *visit);
    void *context;
};

static const char *path_join(struct arena *arena, const char *path, const char *name)
{
    return *path ? arena_printf(arena, "%s.%s", path, name) : name;
}

static void walk_members(struct walk *walk, const char *path, const struct members *members,
    const json_t *object, int depth);

static void walk_value(struct walk *walk, const char *path, const struct field *field, const json_t *value,
    int depth)
{
    walk->visit.field = field;
    walk->visit.path = path;
    walk->visit.value = value;
    walk->visit.depth = depth;
    bool enter = walk->tell(walk->context, &walk->visit);
    const struct composite *composite = field->composite;
    if (!enter || !composite || !json_is_object(value)) return;
    const struct members members = {.field_count = composite->field_count,
        .fields = composite->fields,
        .section_count = composite->section_count,
        .sections = composite->sections};
    walk_members(walk, path, &members, value, depth + 1);
}

static void walk_field(struct walk *walk, const char *path, const struct field *field, const json_t *value,
    int depth)
{
    if (!field->many || !json_is_array(value)) {
        walk_value(walk, path, field, value, depth);
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        walk_value(walk, arena_printf(walk->arena, "%s.%zu", path, i), field, json_array_get(value, i),
            depth);
}

static void walk_section(struct walk *walk, const char *path, const struct section *section,
    const json_t *value, int depth)
{
    const struct members members = {.field_count = section->field_count, .fields = section->fields};
    if (json_is_object(value)) walk_members(walk, path, &members, value, depth);
    for (size_t i = 0; i < json_array_size(value); i++)
        walk_members(walk, arena_printf(walk->arena, "%s.%zu", path, i), &members, json_array_get(value, i),
            depth);
}

static void walk_members(struct walk *walk, const char *path, const struct members *members,
    const json_t *object, int depth)
{
    for (size_t i = 0; i < members->field_count; i++) {
        const struct field *field = &members->fields[i];
        const json_t *value = json_object_get(object, field->name);
        if (value) walk_field(walk, path_join(walk->arena, path, field->name), field, value, depth);
    }
    for (size_t i = 0; i < members->section_count; i++) {
        const struct section *section = &members->sections[i];
        const json_t *value = json_object_get(object, section->name);
        if (!*path) walk->visit.section = section;
        if (value) walk_section(walk, path_join(walk->arena, path, section->name), section, value, depth);
    }
}

void form_walk(const struct form *form, const json_t *body, struct arena *arena,
    bool (*visit)(void *context, const struct form_visit *visit), void *context)
{
    struct walk walk = {.visit = {.form = form}, .arena = arena, .tell = visit, .context = context};
    const struct members members = {.section_count = form->section_count, .sections = form->sections};
    walk_members(&walk, "", &members, body, 0);
}

struct each {
    struct arena *arena;
    void (*visit)(void *context, const char *full_path, const json_t *value);
    void *context;
};

/* `done` is the full path so far, `rest` what is left of the directive's path. */
static void each_step(const struct each *each, const char *done, const char *rest, const json_t *value)
{
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            each_step(each, arena_printf(each->arena, "%s.%zu", done, i), rest, json_array_get(value, i));
        return;
    }
    if (!*rest) {
        if (value) each->visit(each->context, done, value);
        return;
    }
    size_t n = strcspn(rest, ".");
    const json_t *next = json_object_getn(value, rest, n);
    const char *name = arena_strndup(each->arena, rest, n);
    if (next) each_step(each, path_join(each->arena, done, name), rest + n + (rest[n] == '.'), next);
}

void form_each(const json_t *body, const char *path, struct arena *arena,
    void (*visit)(void *context, const char *full_path, const json_t *value), void *context)
{
    const struct each each = {.arena = arena, .visit = visit, .context = context};
    each_step(&each, "", path, body);
}
