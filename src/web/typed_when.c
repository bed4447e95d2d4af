/* web/typed_when: conditions by what was typed, before it is a body: which parts of a form are asked for now.
 * What was typed into a part that is no longer asked for is kept in the draft and left out of the body. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/time.h"
#include "web/typed.h"

#define PRUNE_ROUNDS 4 /* a condition may hang on a field that hangs on another */

static bool value_is(const char *value, const char *wanted)
{
    static const char *const yes[] = {"true", "on", "1"}, *const no[] = {"false", "off", "0"};
    if (strcmp(value, wanted) == 0) return true;
    bool is_yes = strcmp(wanted, "yes") == 0, is_no = strcmp(wanted, "no") == 0;
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        if ((is_yes && strcasecmp(value, yes[i]) == 0) || (is_no && strcasecmp(value, no[i]) == 0))
            return true;
    return false;
}

const char *typed_condition_path(
    struct arena *arena, const struct condition *condition, const struct typed_place *place)
{
    const char *name = condition->field;
    bool dotted = strchr(name, '.') != NULL;
    const char *before = dotted ? place->root : place->prefix;
    if (name[0] == '.') name++;
    return before[0] ? arena_printf(arena, "%s.%s", before, name) : name;
}

/* With somebody already known chosen, what was not typed again is not known here: no condition is against it.
 */
static bool referred(const struct typed *typed, const struct typed_place *place, const char *path)
{
    if (!place->root[0] || typed_any(typed, path)) return false;
    return typed_any(typed, arena_printf(typed->arena, "%s.ref", place->root));
}

bool typed_holds(
    const struct typed *typed, const struct condition *condition, const struct typed_place *place)
{
    if (!condition->field) return true;
    const char *path = typed_condition_path(typed->arena, condition, place);
    size_t rows = typed_rows(typed, path, 0);
    for (size_t i = 0; i < condition->value_count; i++) {
        const char *wanted = condition->values[i], *value = typed_value(typed, path);
        if (strcmp(wanted, "filled") == 0 ? typed_any(typed, path) : value && value_is(value, wanted))
            return true;
        for (size_t row = 0; row < rows; row++) {
            value = typed_value(typed, arena_printf(typed->arena, "%s.%zu", path, row));
            if (value && value_is(value, wanted)) return true;
        }
    }
    return strchr(condition->field, '.') ? false : referred(typed, place, path);
}

/* ---- whole paths ---- */

struct step_members {
    const struct field *fields;
    size_t field_count;
    const struct section *sections;
    size_t section_count;
};

/* Takes a row number off the path, when one stands there; `here` grows by it. */
static const char *row_take(struct arena *arena, const char *rest, const char **here)
{
    size_t digits = strspn(rest, "0123456789");
    if (digits == 0 || (rest[digits] != '.' && rest[digits] != '\0')) return rest;
    *here = arena_printf(arena, "%s.%.*s", *here, (int)digits, rest);
    return rest + digits + (rest[digits] == '.');
}

static bool names(const char *name, size_t n, const char *wanted)
{
    return strlen(wanted) == n && memcmp(wanted, name, n) == 0;
}

static bool members_apply(const struct typed *typed, const struct step_members *members, const char *rest,
    const struct typed_place *place)
{
    struct arena *arena = typed->arena;
    size_t n = strcspn(rest, ".");
    const char *name = rest;
    rest += n + (rest[n] == '.');
    const char *here =
        arena_printf(arena, "%s%s%.*s", place->prefix, place->prefix[0] ? "." : "", (int)n, name);
    for (size_t i = 0; i < members->field_count; i++) {
        const struct field *field = &members->fields[i];
        if (!names(name, n, field->name)) continue;
        if (!typed_holds(typed, &field->only_when, place)) return false;
        rest = row_take(arena, rest, &here);
        const struct composite *composite = field->composite;
        if (!composite || !*rest) return true;
        const struct step_members inner = {
            composite->fields, composite->field_count, composite->sections, composite->section_count};
        return members_apply(typed, &inner, rest, &(struct typed_place){here, here});
    }
    for (size_t i = 0; i < members->section_count; i++) {
        const struct section *section = &members->sections[i];
        if (!names(name, n, section->name)) continue;
        if (!typed_holds(typed, &section->only_when, place)) return false;
        rest = row_take(arena, rest, &here);
        const struct step_members inner = {.fields = section->fields, .field_count = section->field_count};
        return !*rest || members_apply(typed, &inner, rest, &(struct typed_place){here, place->root});
    }
    return true; /* "ref", and names that lead nowhere: the body takes care of them */
}

bool typed_applies(const struct typed *typed, const struct form *form, const char *path)
{
    const struct step_members members = {.sections = form->sections, .section_count = form->section_count};
    return members_apply(typed, &members, path, &(struct typed_place){"", ""});
}

void typed_prune(struct typed *typed, const struct form *form)
{
    for (int round = 0; round < PRUNE_ROUNDS; round++) {
        struct pair *left = ARENA_ARRAY(typed->arena, struct pair, typed->count + 1);
        size_t count = 0;
        for (size_t i = 0; i < typed->count; i++)
            if (typed_applies(typed, form, typed->pairs[i].name)) left[count++] = typed->pairs[i];
        bool settled = count == typed->count;
        typed->pairs = left;
        typed->count = count;
        if (settled) return;
    }
}

void typed_times(struct typed *typed, const struct form *form, int64_t now)
{
    struct pair *pairs = ARENA_ARRAY(typed->arena, struct pair, typed->count + 1);
    if (typed->count > 0) memcpy(pairs, typed->pairs, typed->count * sizeof *pairs);
    for (size_t i = 0; i < typed->count; i++) {
        const struct field *field = field_at(form, pairs[i].name);
        if (!field || (field->type != FIELD_DATE && field->type != FIELD_DATETIME)) continue;
        bool with_time = field->type == FIELD_DATETIME;
        int64_t at;
        if (time_parse_typed(pairs[i].value, now, with_time, &at) ||
            time_parse_typed(text_fold(typed->arena, pairs[i].value), now, with_time, &at))
            pairs[i].value = time_typed_text(typed->arena, at, with_time);
    }
    typed->pairs = pairs;
}
