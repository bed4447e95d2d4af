/* form/check: walks a body along its declaration. Every fault is told and the walk goes on, so that a person
 * sees all of them at once. The body given is never changed. Most of what is given is in its normal form
 * already and is taken as it is, object by object; a new one is built only where something differs. */
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

json_t *value_text_same(const json_t *value, const char *text)
{
    return strcmp(json_string_value(value), text) == 0 ? json_incref((json_t *)(uintptr_t)value)
                                                       : json_string(text);
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

/* The normal form of an array as it grows: the given one as long as nothing differs. */
struct rows_taken {
    const json_t *given; /* NULL: nothing there */
    size_t count;
    json_t *built; /* NULL: the first `count` of the given rows */
};

static void rows_build(struct rows_taken *taken)
{
    taken->built = json_array();
    for (size_t i = 0; i < taken->count; i++)
        json_array_append(taken->built, json_array_get(taken->given, i));
}

/* The normal form of the given row at `place`, a new reference; NULL when there is nothing in it. */
static void row_take(struct rows_taken *taken, size_t place, json_t *one)
{
    if (!one) return;
    bool same = taken->count == place && one == json_array_get(taken->given, place);
    if (!taken->built && !same) rows_build(taken);
    if (taken->built) json_array_append_new(taken->built, one);
    else json_decref(one);
    taken->count++;
}

/* All that was taken, a new reference; NULL when it is nothing. */
static json_t *rows_normal(struct rows_taken *taken)
{
    if (taken->count == 0) return NULL;
    if (!taken->built && taken->count < json_array_size(taken->given)) rows_build(taken);
    return taken->built ? taken->built : json_incref((json_t *)(uintptr_t)taken->given);
}

static json_t *values_check(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    size_t faults = check->fault_count;
    struct rows_taken taken = {.given = rows_of(check, at, value, field->many_max)};
    for (size_t i = 0; i < json_array_size(taken.given); i++) {
        struct step row = {.up = at, .row = i};
        row_take(&taken, i, value_check(check, &row, field, json_array_get(taken.given, i), scope));
    }
    if (check->fault_count == faults && taken.count > 0)
        rows_count_check(check, at, taken.count, field->many_min, field->many_max);
    return rows_normal(&taken);
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
        problem_add(check->problems, "field_required", fault_at(check, at), "field",
            field->label.text[LANG_EN], "field_hi", field->label.text[LANG_HI], NULL);
    return normal;
}

static json_t *row_check(struct check *check, const struct step *at, const struct section *section,
    const json_t *row, const json_t *root)
{
    const struct members members = {
        .field_count = section->field_count, .fields = section->fields, .names = section->names};
    if (json_is_object(row)) return members_check(check, at, &members, row, root);
    problem_add(check->problems, "field_type", fault_at(check, at), NULL);
    return NULL;
}

static json_t *rows_check(struct check *check, const struct step *at, const struct section *section,
    const json_t *value, const json_t *root)
{
    size_t faults = check->fault_count;
    struct rows_taken taken = {.given = rows_of(check, at, value, section->many_max)};
    for (size_t i = 0; i < json_array_size(taken.given); i++) {
        struct step step = {.up = at, .row = i};
        const json_t *row = json_array_get(taken.given, i);
        if (!value_is_empty(row)) row_take(&taken, i, row_check(check, &step, section, row, root));
    }
    if (check->fault_count == faults)
        rows_count_check(check, at, taken.count, section->many_min, section->many_max);
    return rows_normal(&taken);
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
    if (section->many) return rows_check(check, at, section, value, scope->root);
    return row_check(check, at, section, empty ? check->nothing : value, scope->root);
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
    const json_t *value)
{
    const struct form_lookup *lookup = check->lookup;
    struct step step = {.up = at, .name = "ref"};
    const char *id = json_string_value(value);
    size_t n = id ? strlen(id) : 0;
    if (!id || n > 64 || strspn(id, "0123456789abcdef-.") != n)
        problem_add(check->problems, "field_type", fault_at(check, &step), NULL);
    else if (lookup && lookup->reference && !lookup->reference(lookup->context, members->composite, id))
        problem_add(check->problems, "ref_unknown", fault_at(check, &step), "id", id, NULL);
}

/* The normal form of an object from those of its members, new references in declared order, which are given
 * up. */
static json_t *members_build(const struct members *members, const json_t **taken, const json_t *ref)
{
    json_t *normal = json_object();
    if (ref) json_object_set_nocheck(normal, "ref", (json_t *)(uintptr_t)ref);
    for (size_t i = 0; i < members->field_count + members->section_count; i++) {
        const char *name = i < members->field_count ? members->fields[i].name
                                                    : members->sections[i - members->field_count].name;
        if (taken[i]) json_object_set_new_nocheck(normal, name, (json_t *)(uintptr_t)taken[i]);
    }
    if (json_object_size(normal) > 0) return normal;
    json_decref(normal);
    return NULL;
}

/* The object as given, whose members were all taken as they are. */
static json_t *members_keep(const struct members *members, const json_t **taken, const json_t *object)
{
    for (size_t i = 0; i < members->field_count + members->section_count; i++)
        json_decref((json_t *)(uintptr_t)taken[i]);
    return json_object_size(object) > 0 ? json_incref((json_t *)(uintptr_t)object) : NULL;
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
    size_t seen = 0, same = 0;
    const json_t **values = names_lay(members->names, object, check->arena, &seen);
    if (scope.referred) reference_check(check, at, members, ref);
    for (size_t i = 0; i < members->field_count + members->section_count; i++) {
        const json_t *given = values[i];
        const struct field *field = i < members->field_count ? &members->fields[i] : NULL;
        const struct section *section = field ? NULL : &members->sections[i - members->field_count];
        if (!given && field && !field->required && !field->required_when.field) continue;
        struct step step = {.up = at, .name = field ? field->name : section->name};
        values[i] = field ? field_check(check, &step, field, given, &scope)
                          : section_check(check, &step, section, given, &scope);
        same += given && values[i] == given;
    }
    if (seen + (ref != NULL) != json_object_size(object)) unknown_tell(check, at, members, object);
    if (same + scope.referred == json_object_size(object)) return members_keep(members, values, object);
    return members_build(members, values, scope.referred ? ref : NULL);
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
    json_t *nothing = json_object();
    check.nothing = nothing;
    json_t *normal = members_check(&check, NULL, &members, body, NULL);
    if (check.fault_count == 0) {
        *ret_body = normal ? normal : json_incref(nothing);
        json_decref(nothing);
        return E_OK;
    }
    json_decref(nothing);
    json_decref(normal);
    return E_PROBLEM;
}
