/* form/walk: conditions, and ways through a body. */
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "form/check.h"
#include "form/form.h"
#include "form/names.h"

#define PATH_BYTES_MAX ((size_t)64 * 1024) /* names are short and composites do not nest in themselves */

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

bool field_spares(const struct field *field, const json_t *value, const json_t *object, const json_t *root)
{
    return field->spared_when.field && json_object_get(value, "ref") &&
           condition_holds(&field->spared_when, object, root);
}

struct walk {
    struct form_visit visit;
    uint32_t types; /* what is of none of them, and holds none, is left out */
    struct buf path; /* of the value at hand: grows and shrinks with the walk, so that a step costs no copy */
    bool (*tell)(void *context, const struct form_visit *visit);
    void *context;
};

/* Steps into a member; gives the length that path_leave() goes back to. */
static size_t path_enter(struct buf *path, const char *name)
{
    size_t before = path->len;
    if (before > 0) buf_putc(path, '.');
    buf_puts(path, name);
    return before;
}

static size_t path_enter_row(struct buf *path, size_t row)
{
    size_t before = path->len;
    buf_putc(path, '.');
    buf_put_int(path, (int64_t)row);
    return before;
}

static void path_leave(struct buf *path, size_t before)
{
    path->len = before;
    path->data[before] = '\0';
}

/* What conditions look at: the object a value stands in, and the body or the composite around that. */
struct around { const json_t *object, *root; };

static void walk_members(
    struct walk *walk, const struct members *members, const struct around *around, int depth);

static void walk_value(struct walk *walk, const struct field *field, const json_t *value,
    const struct around *around, int depth)
{
    walk->visit.field = field;
    walk->visit.spared = field_spares(field, value, around->object, around->root);
    walk->visit.path = walk->path.data;
    walk->visit.value = value;
    walk->visit.depth = depth;
    bool enter = walk->tell(walk->context, &walk->visit);
    const struct composite *composite = field->composite;
    if (!enter || !composite || !json_is_object(value)) return;
    const struct members members = {.field_count = composite->field_count,
        .fields = composite->fields,
        .section_count = composite->section_count,
        .sections = composite->sections,
        .names = composite->names};
    walk_members(walk, &members, &(struct around){value, value}, depth + 1);
}

static void walk_field(struct walk *walk, const struct field *field, const json_t *value,
    const struct around *around, int depth)
{
    if (!field->many || !json_is_array(value)) {
        walk_value(walk, field, value, around, depth);
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        size_t before = path_enter_row(&walk->path, i);
        walk_value(walk, field, json_array_get(value, i), around, depth);
        path_leave(&walk->path, before);
    }
}

static void walk_section(struct walk *walk, const struct section *section, const json_t *value,
    const json_t *root, int depth)
{
    const struct members members = {
        .field_count = section->field_count, .fields = section->fields, .names = section->names};
    if (json_is_object(value)) walk_members(walk, &members, &(struct around){value, root}, depth);
    for (size_t i = 0; i < json_array_size(value); i++) {
        size_t before = path_enter_row(&walk->path, i);
        walk_members(walk, &members, &(struct around){json_array_get(value, i), root}, depth);
        path_leave(&walk->path, before);
    }
}

static void walk_members(
    struct walk *walk, const struct members *members, const struct around *around, int depth)
{
    size_t known;
    const json_t *const *values = names_lay(members->names, around->object, walk->path.arena, &known);
    for (size_t i = 0; i < members->field_count && known > 0; i++) {
        if (!values[i]) continue;
        known--;
        const struct field *field = &members->fields[i];
        uint32_t types = field_types(field) | (field->composite ? field->composite->types : 0);
        if (!(types & walk->types)) continue;
        size_t before = path_enter(&walk->path, field->name);
        walk_field(walk, field, values[i], around, depth);
        path_leave(&walk->path, before);
    }
    for (size_t i = 0; i < members->section_count && known > 0; i++) {
        const json_t *value = values[members->field_count + i];
        if (!value) continue;
        known--;
        const struct section *section = &members->sections[i];
        if (!(section->types & walk->types)) continue;
        if (walk->path.len == 0) walk->visit.section = section;
        size_t before = path_enter(&walk->path, section->name);
        walk_section(walk, section, value, around->object, depth);
        path_leave(&walk->path, before);
    }
}

uint32_t field_types(const struct field *field)
{
    bool referred = field->composite && field->composite->by_reference;
    bool key = field->index && (field->type == FIELD_PHONE || field->type == FIELD_VEHICLE ||
                                   field->type == FIELD_TEXT);
    return TYPE_BIT(field->type) | (referred ? TYPE_BIT_REFERENCE : 0) | (key ? TYPE_BIT_KEY : 0);
}

void form_walk_types(const struct form *form, const json_t *body, uint32_t types, struct arena *arena,
    bool (*visit)(void *context, const struct form_visit *visit), void *context)
{
    struct walk walk = {.visit = {.form = form}, .types = types, .tell = visit, .context = context};
    buf_init(&walk.path, arena, PATH_BYTES_MAX);
    const struct members members = {
        .section_count = form->section_count, .sections = form->sections, .names = form->names};
    walk_members(&walk, &members, &(struct around){body, body}, 0);
}

void form_walk(const struct form *form, const json_t *body, struct arena *arena,
    bool (*visit)(void *context, const struct form_visit *visit), void *context)
{
    form_walk_types(form, body, UINT32_MAX, arena, visit, context);
}

struct each {
    struct buf path; /* the full path so far */
    void (*visit)(void *context, const char *full_path, const json_t *value);
    void *context;
};

/* `rest` is what is left of the directive's path. */
static void each_step(struct each *each, const char *rest, const json_t *value)
{
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            size_t before = path_enter_row(&each->path, i);
            each_step(each, rest, json_array_get(value, i));
            path_leave(&each->path, before);
        }
        return;
    }
    if (!*rest) {
        if (value) each->visit(each->context, arena_strdup(each->path.arena, each->path.data), value);
        return;
    }
    size_t n = strcspn(rest, ".");
    const json_t *next = json_object_getn(value, rest, n);
    if (!next) return;
    size_t before = each->path.len;
    if (before > 0) buf_putc(&each->path, '.');
    buf_add(&each->path, rest, n);
    each_step(each, rest + n + (rest[n] == '.'), next);
    path_leave(&each->path, before);
}

void form_each(const json_t *body, const char *path, struct arena *arena,
    void (*visit)(void *context, const char *full_path, const json_t *value), void *context)
{
    struct each each = {.visit = visit, .context = context};
    buf_init(&each.path, arena, PATH_BYTES_MAX);
    each_step(&each, path, body);
}
