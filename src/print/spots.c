/* print/spots: values by layout path, and which of them stand on the paper already. */
#include <string.h>

#include "base/json.h"
#include "print/compose.h"

struct finding {
    struct compose *compose;
    struct spot *first, *last;
};

static void spot_add(struct finding *finding, const struct field *field, const struct section *section,
    const json_t *value, const char *path)
{
    struct spot *spot = ARENA_NEW(finding->compose->arena, struct spot);
    *spot = (struct spot){.field = field, .section = section, .value = value, .path = path};
    if (finding->last)
        finding->last->next = spot;
    else
        finding->first = spot;
    finding->last = spot;
}

static const char *path_join(struct compose *compose, const char *prefix, const char *name, size_t n)
{
    return arena_printf(compose->arena, "%s%s%.*s", prefix, prefix[0] ? "." : "", (int)n, name);
}

static void find_in(struct finding *finding, const struct field *fields, size_t field_count,
    const struct section *sections, size_t section_count, const json_t *object, const char *prefix,
    const char *path);

static void find_field(struct finding *finding, const struct field *field, const json_t *value,
    const char *prefix, const char *rest)
{
    struct compose *compose = finding->compose;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            find_field(finding, field, json_array_get(value, i),
                arena_printf(compose->arena, "%s.%zu", prefix, i), rest);
            if (!rest && finding->last) finding->last->list = prefix;
        }
        return;
    }
    const struct composite *inner = field->composite;
    if (!rest)
        spot_add(finding, field, NULL, value, prefix);
    else if (inner && json_is_object(value))
        find_in(finding, inner->fields, inner->field_count, inner->sections, inner->section_count, value,
            prefix, rest);
    else if (inner && json_is_string(value)) /* masked whole: so is what it holds */
        spot_add(finding, field, NULL, value, prefix);
}

static void find_section(struct finding *finding, const struct section *section, const json_t *value,
    const char *prefix, const char *rest)
{
    const char *only = finding->compose->only;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            const char *path = arena_printf(finding->compose->arena, "%s.%zu", prefix, i);
            bool other = only && strncmp(only, prefix, strlen(prefix)) == 0 && strcmp(only, path) != 0;
            if (!other) find_section(finding, section, json_array_get(value, i), path, rest);
        }
        return;
    }
    find_in(finding, section->fields, section->field_count, NULL, 0, value, prefix, rest);
}

static void find_in(struct finding *finding, const struct field *fields, size_t field_count,
    const struct section *sections, size_t section_count, const json_t *object, const char *prefix,
    const char *path)
{
    size_t n = strcspn(path, ".");
    const char *rest = path[n] ? path + n + 1 : NULL;
    const json_t *value = json_object_getn(object, path, n);
    if (!value) return;
    const char *here = path_join(finding->compose, prefix, path, n);
    for (size_t i = 0; i < field_count; i++)
        if (strlen(fields[i].name) == n && memcmp(fields[i].name, path, n) == 0)
            find_field(finding, &fields[i], value, here, rest);
    for (size_t i = 0; i < section_count; i++) {
        if (strlen(sections[i].name) != n || memcmp(sections[i].name, path, n) != 0) continue;
        if (rest)
            find_section(finding, &sections[i], value, here, rest);
        else
            spot_add(finding, NULL, &sections[i], value, here);
    }
}

/* A body without a form holds texts under the names themselves. */
static void find_plain(struct finding *finding, const char *path)
{
    const json_t *value = json_at(finding->compose->body, path);
    if (json_is_string(value)) spot_add(finding, NULL, NULL, value, path);
}

struct spot *spots_find(struct compose *compose, const struct section *in, const json_t *object,
    const char *prefix, const char *path)
{
    struct finding finding = {.compose = compose};
    const struct form *form = compose->record->form;
    if (in)
        find_in(&finding, in->fields, in->field_count, NULL, 0, object, prefix, path);
    else if (form)
        find_in(&finding, NULL, 0, form->sections, form->section_count, compose->body, "", path);
    else
        find_plain(&finding, path);
    return finding.first;
}

const char *fact_find(const struct print_record *record, const char *path)
{
    for (size_t i = 0; i < record->fact_count; i++)
        if (strcmp(record->facts[i].name, path) == 0) return record->facts[i].value;
    return NULL;
}

void path_take(struct compose *compose, const char *path)
{
    json_object_set_new(compose->taken, path, json_true());
}

bool path_taken(const struct compose *compose, const char *path)
{
    return json_object_get(compose->taken, path) != NULL;
}
