/* form/check: walks a body along its declaration. Every fault is told and the walk goes on, so that a person
 * sees all of them at once. The body given is never changed; its normal form is built beside it. */
#include "form/check.h"

#include <string.h>

#include "base/json.h"
#include "form/names.h"
#include "form/type.h"

const char *fault_at(struct check *check, const struct step *at)
{
    const char *path = "";
    for (const struct step *step = at; step; step = step->up) {
        const char *dot = *path ? "." : "";
        path = step->name ? arena_printf(check->arena, "%s%s%s", step->name, dot, path)
                          : arena_printf(check->arena, "%zu%s%s", step->row, dot, path);
    }
    check->fault_count++;
    return path;
}

bool value_is_empty(const json_t *value)
{
    if (!value || json_is_null(value)) return true;
    if (json_is_array(value)) return json_array_size(value) == 0;
    if (json_is_object(value)) return json_object_size(value) == 0;
    const char *text = json_string_value(value);
    return text && text[strspn(text, " \t\r\n")] == '\0';
}

static json_t *value_check(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    if (value_is_empty(value)) return NULL;
    if (json_is_array(value)) {
        problem_add(check->problems, "field_many", fault_at(check, at), NULL);
        return NULL;
    }
    json_t *normal = field_kinds[field->type].check(check, at, field, value, scope);
    if (normal && value_is_empty(normal)) {
        json_decref(normal);
        return NULL;
    }
    return normal;
}

/* Tells how many rows there are when there are too few or too many. */
static void rows_count_check(struct check *check, const struct step *at, size_t count, int min, int max)
{
    if (count < (size_t)min)
        problem_add(check->problems, "section_few", fault_at(check, at), "min",
            arena_printf(check->arena, "%d", min), NULL);
    if (count > (size_t)max)
        problem_add(check->problems, "section_many", fault_at(check, at), "max",
            arena_printf(check->arena, "%d", max), NULL);
}

/* An array within the limit, or NULL: nothing there, or told. */
static const json_t *rows_of(struct check *check, const struct step *at, const json_t *value, int max)
{
    if (value_is_empty(value)) return NULL;
    if (!json_is_array(value)) problem_add(check->problems, "field_type", fault_at(check, at), NULL);
    else if (json_array_size(value) > SECTION_ROWS_MAX)
        rows_count_check(check, at, json_array_size(value), 0, max);
    else return value;
    return NULL;
}

static json_t *values_check(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    size_t faults = check->fault_count;
    const json_t *given = rows_of(check, at, value, field->many_max);
    json_t *normal = json_array();
    for (size_t i = 0; given && i < json_array_size(given); i++) {
        struct step row = {.up = at, .row = i};
        json_t *one = value_check(check, &row, field, json_array_get(given, i), scope);
        if (one) json_array_append_new(normal, one);
    }
    size_t count = json_array_size(normal);
    if (check->fault_count == faults && count > 0)
        rows_count_check(check, at, count, field->many_min, field->many_max);
    if (count > 0) return normal;
    json_decref(normal);
    return NULL;
}

/* With "ref" the rest of the object may be known already: a condition is only against it when its field is
 * given and says otherwise. */
static bool field_applies(const struct field *field, const struct scope *scope)
{
    const struct condition *when = &field->only_when;
    if (!when->field || condition_holds(when, scope->object, scope->root)) return true;
    return scope->referred && !strchr(when->field, '.') && !json_object_get(scope->object, when->field);
}

static bool field_is_required(const struct field *field, const struct scope *scope)
{
    if (scope->referred) return false;
    const struct condition *when = &field->required_when;
    return field->required || (when->field && condition_holds(when, scope->object, scope->root));
}

/* Words of the field a condition hangs on, when it stands beside; else its path. */
static const char *condition_words(const struct condition *when, const struct scope *scope, enum lang lang)
{
    for (size_t i = 0; i < scope->field_count; i++)
        if (strcmp(scope->fields[i].name, when->field) == 0) return scope->fields[i].label.text[lang];
    return when->field;
}

static json_t *field_check(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    bool applies = field_applies(field, scope);
    if (!applies && value_is_empty(value)) return NULL;
    if (!applies) {
        problem_add(check->problems, "field_when", fault_at(check, at), "field",
            condition_words(&field->only_when, scope, LANG_EN), "field_hi",
            condition_words(&field->only_when, scope, LANG_HI), NULL);
        return NULL;
    }
    size_t faults = check->fault_count;
    json_t *normal = field->many ? values_check(check, at, field, value, scope)
                                 : value_check(check, at, field, value, scope);
    if (!normal && check->fault_count == faults && field_is_required(field, scope))
        problem_add(check->problems, "field_required", fault_at(check, at), NULL);
    return normal;
}

static json_t *row_check(struct check *check, const struct step *at, const struct section *section,
    const json_t *row, const json_t *root)
{
    const struct members members = {
        .field_count = section->field_count, .fields = section->fields, .names = section->names};
    if (json_is_object(row)) return members_check(check, at, &members, row, root);
    problem_add(check->problems, "field_type", fault_at(check, at), NULL);
    return json_object();
}

static json_t *rows_check(struct check *check, const struct step *at, const struct section *section,
    const json_t *value, const json_t *root)
{
    size_t faults = check->fault_count;
    const json_t *given = rows_of(check, at, value, section->many_max);
    json_t *normal = json_array();
    for (size_t i = 0; given && i < json_array_size(given); i++) {
        struct step step = {.up = at, .row = i};
        const json_t *row = json_array_get(given, i);
        if (value_is_empty(row)) continue;
        json_t *one = row_check(check, &step, section, row, root);
        if (json_object_size(one) > 0) json_array_append_new(normal, one);
        else json_decref(one);
    }
    if (check->fault_count == faults)
        rows_count_check(check, at, json_array_size(normal), section->many_min, section->many_max);
    return normal;
}

/* An absent section is checked as an empty one, which tells what is required in it. */
static json_t *section_check(struct check *check, const struct step *at, const struct section *section,
    const json_t *value, const struct scope *scope)
{
    bool empty = value_is_empty(value);
    if (section->only_when.field && !condition_holds(&section->only_when, scope->object, scope->root)) {
        if (!empty && !scope->referred)
            problem_add(check->problems, "field_when", fault_at(check, at), "field", section->only_when.field,
                "field_hi", section->only_when.field, NULL);
        if (empty || !scope->referred) return NULL;
    }
    if (empty && scope->referred) return NULL;
    json_t *normal, *nothing = empty ? json_object() : NULL;
    if (section->many) normal = rows_check(check, at, section, value, scope->root);
    else normal = row_check(check, at, section, empty ? nothing : value, scope->root);
    json_decref(nothing);
    if (!value_is_empty(normal)) return normal;
    json_decref(normal);
    return NULL;
}

static bool is_declared(const struct members *members, const char *name)
{
    if (members->by_reference && strcmp(name, "ref") == 0) return true;
    for (size_t i = 0; i < members->field_count; i++)
        if (strcmp(members->fields[i].name, name) == 0) return true;
    for (size_t i = 0; i < members->section_count; i++)
        if (strcmp(members->sections[i].name, name) == 0) return true;
    return false;
}

static void unknown_tell(struct check *check, const struct step *at, const struct members *members,
    const json_t *object)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        struct step step = {.up = at, .name = name};
        if (!is_declared(members, name))
            problem_add(check->problems, "field_unknown", fault_at(check, &step), "name", name, NULL);
    }
}

/* An id is filing's business; here only that it looks like one and is known. */
static void reference_check(struct check *check, const struct step *at, const struct members *members,
    const json_t *value, json_t *normal)
{
    const struct form_lookup *lookup = check->lookup;
    struct step step = {.up = at, .name = "ref"};
    const char *id = json_string_value(value);
    size_t n = id ? strlen(id) : 0;
    if (!id || n > 64 || strspn(id, "0123456789abcdef-.") != n)
        problem_add(check->problems, "field_type", fault_at(check, &step), NULL);
    else if (lookup && lookup->reference && !lookup->reference(lookup->context, members->composite, id))
        problem_add(check->problems, "ref_unknown", fault_at(check, &step), "id", id, NULL);
    else json_object_set_new_nocheck(normal, "ref", json_string(id));
}

json_t *members_check(struct check *check, const struct step *at, const struct members *members,
    const json_t *object, const json_t *root)
{
    const json_t *ref = members->by_reference ? json_object_get(object, "ref") : NULL;
    struct scope scope = {.object = object,
        .root = root ? root : object,
        .field_count = members->field_count,
        .fields = members->fields,
        .referred = !value_is_empty(ref)};
    json_t *normal = json_object();
    size_t seen = 0;
    const json_t *const *values = names_lay(members->names, object, check->arena, &seen);
    seen += ref != NULL;
    if (scope.referred) reference_check(check, at, members, ref, normal);
    for (size_t i = 0; i < members->field_count; i++) {
        const struct field *field = &members->fields[i];
        struct step step = {.up = at, .name = field->name};
        json_t *one = field_check(check, &step, field, values[i], &scope);
        if (one) json_object_set_new_nocheck(normal, field->name, one);
    }
    for (size_t i = 0; i < members->section_count; i++) {
        const struct section *section = &members->sections[i];
        struct step step = {.up = at, .name = section->name};
        json_t *one = section_check(check, &step, section, values[members->field_count + i], &scope);
        if (one) json_object_set_new_nocheck(normal, section->name, one);
    }
    if (seen != json_object_size(object)) unknown_tell(check, at, members, object);
    return normal;
}

json_t *check_composite(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)scope;
    const struct composite *composite = field->composite;
    const struct members members = {.field_count = composite->field_count,
        .fields = composite->fields,
        .section_count = composite->section_count,
        .sections = composite->sections,
        .by_reference = composite->by_reference,
        .composite = composite->name,
        .names = composite->names};
    if (json_is_object(value)) return members_check(check, at, &members, value, NULL);
    problem_add(check->problems, "field_type", fault_at(check, at), NULL);
    return NULL;
}

enum err form_check(const struct forms *forms, const struct form *form, const json_t *body, int64_t now,
    const struct form_lookup *lookup, struct problems *problems, json_t **ret_body)
{
    struct check check = {.forms = forms,
        .now = now,
        .lookup = lookup,
        .problems = problems,
        .arena = problems->arena};
    const struct members members = {
        .section_count = form->section_count, .sections = form->sections, .names = form->names};
    if (!json_is_object(body)) {
        problem_add(problems, "field_type", "", NULL);
        return E_PROBLEM;
    }
    json_t *normal = members_check(&check, NULL, &members, body, NULL);
    if (check.fault_count == 0) {
        *ret_body = normal;
        return E_OK;
    }
    json_decref(normal);
    return E_PROBLEM;
}
