/* access/mask: confidential fields, and bodies with what the viewer may not read covered. Nothing is said
 * in the code about who reads what: law/access says it. A kind nobody declared shows at the case's own
 * office only. */
#include <assert.h>
#include <string.h>

#include "access/rules.h"

#define COVER "••••"

enum mask mask_for(const struct viewer *viewer, const char *kind, const char *case_office)
{
    bool own = case_office && strcmp(viewer->office, case_office) == 0;
    bool known;
    enum mask mask = confidential_mask(kind, viewer->role, viewer->pillar, own, &known);
    return !known && own ? MASK_OPEN : mask;
}

struct masking {
    const struct viewer *viewer;
    const char *case_office;
    const char *const *opened;
    size_t opened_count;
    struct arena *arena;
    json_t *masked; /* paths that may be opened; NULL: nobody asks */
};

static bool path_opened(const struct masking *masking, const char *path)
{
    for (size_t i = 0; i < masking->opened_count; i++)
        if (strcmp(masking->opened[i], path) == 0) return true;
    return false;
}

/* Where the field's "unless" holds, the reference stays: it leads to the person as far as the register lets.
 * What is told of him beside it does not. */
static json_t *cover_of_spared(const json_t *value)
{
    return json_pack("{s:O}", "ref", json_object_get(value, "ref"));
}

/* A person stays a person without its name; everything else becomes dots. A reference goes too: it would
 * lead to the person. */
static json_t *cover_of(const struct field *field)
{
    bool named = false;
    for (size_t i = 0; field->composite && i < field->composite->field_count; i++)
        named = named || strcmp(field->composite->fields[i].name, "name") == 0;
    return named ? json_pack("{s:s}", "name", COVER) : json_string(COVER);
}

/* What stands together: the fields of an object and the body, or the composite, around it. */
struct group {
    const struct field *fields;
    size_t count;
    json_t *object;
    const json_t *root;
};

static void sections_mask(struct masking *masking, const struct section *sections, size_t count,
    json_t *object, const char *path);
static void group_mask(struct masking *masking, const struct group *group, const char *path);

/* Masks one value in place, or goes into it. Returns what to put in its stead, NULL to leave it. */
static json_t *value_mask(struct masking *masking, const struct field *field, json_t *value,
    const struct group *group, const char *path)
{
    enum mask mask = MASK_OPEN;
    if (field->confidential) mask = mask_for(masking->viewer, field->confidential, masking->case_office);
    if (mask == MASK_ASK && path_opened(masking, path)) mask = MASK_OPEN;
    bool spared = mask != MASK_OPEN && field_spares(field, value, group->object, group->root);
    if (spared && json_object_size(value) == 1) return NULL;
    if (mask == MASK_ASK && masking->masked) json_array_append_new(masking->masked, json_string(path));
    if (mask != MASK_OPEN) return spared ? cover_of_spared(value) : cover_of(field);
    if (field->composite && json_is_object(value)) {
        group_mask(masking,
            &(struct group){field->composite->fields, field->composite->field_count, value, value}, path);
        sections_mask(masking, field->composite->sections, field->composite->section_count, value, path);
    }
    return NULL;
}

static void group_mask(struct masking *masking, const struct group *group, const char *path)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct field *field = &group->fields[i];
        json_t *value = json_object_get(group->object, field->name);
        if (!value || (!field->confidential && !field->composite)) continue;
        const char *here = arena_printf(masking->arena, "%s.%s", path, field->name);
        if (!json_is_array(value)) {
            json_t *cover = value_mask(masking, field, value, group, here);
            if (cover) json_object_set_new(group->object, field->name, cover);
            continue;
        }
        for (size_t row = 0; row < json_array_size(value); row++) {
            const char *place = arena_printf(masking->arena, "%s.%zu", here, row);
            json_t *cover = value_mask(masking, field, json_array_get(value, row), group, place);
            if (cover) json_array_set_new(value, row, cover);
        }
    }
}

static void sections_mask(struct masking *masking, const struct section *sections, size_t count,
    json_t *object, const char *path)
{
    for (size_t i = 0; i < count; i++) {
        const struct section *section = &sections[i];
        json_t *value = json_object_get(object, section->name);
        if (!value) continue;
        const char *here = arena_printf(masking->arena, "%s%s%s", path, path[0] ? "." : "", section->name);
        struct group group = {section->fields, section->field_count, value, object};
        if (!json_is_array(value)) {
            group_mask(masking, &group, here);
            continue;
        }
        for (size_t row = 0; row < json_array_size(value); row++) {
            group.object = json_array_get(value, row);
            group_mask(masking, &group, arena_printf(masking->arena, "%s.%zu", here, row));
        }
    }
}

json_t *body_masked(const struct forms *forms, const struct form *form, const json_t *body,
    const struct viewer *viewer, const char *case_office, const char *const *opened, size_t opened_count,
    struct arena *arena, json_t *ret_masked)
{
    (void)forms; /* the declaration at hand names its composites itself */
    struct masking masking = {
        .viewer = viewer,
        .case_office = case_office,
        .opened = opened,
        .opened_count = opened_count,
        .arena = arena,
        .masked = ret_masked,
    };
    json_t *copy = json_deep_copy(body);
    assert(copy);
    sections_mask(&masking, form->sections, form->section_count, copy, "");
    return copy;
}
