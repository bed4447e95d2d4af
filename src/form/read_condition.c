/* form/read_condition: paths and conditions, looked at when a whole form is there. */
#include <string.h>

#include "form/read.h"

static const struct field *field_find(const struct field *fields, size_t count, const char *name, size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(fields[i].name) == n && memcmp(fields[i].name, name, n) == 0) return &fields[i];
    return NULL;
}

static const struct section *section_find(const struct section *sections, size_t count, const char *name,
    size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(sections[i].name) == n && memcmp(sections[i].name, name, n) == 0) return &sections[i];
    return NULL;
}

/* The field of a composite at a path below it: "name", "documents.kind", "address.village". */
static const struct field *composite_path(const struct composite *composite, const char *path, bool *many)
{
    const struct field *field = NULL;
    while (composite) {
        size_t n = strcspn(path, ".");
        const struct section *section = section_find(composite->sections, composite->section_count, path, n);
        if (section && path[n]) {
            *many = *many || section->many;
            path += n + 1;
            n = strcspn(path, ".");
            field = field_find(section->fields, section->field_count, path, n);
        } else {
            field = field_find(composite->fields, composite->field_count, path, n);
        }
        if (!field) return NULL;
        *many = *many || field->many;
        if (!path[n]) return field;
        path += n + 1;
        composite = field->composite;
    }
    return NULL;
}

struct path_end path_find(const struct draft *draft, const char *path)
{
    struct path_end end = {0};
    size_t n = strcspn(path, ".");
    const struct section *section = section_find(draft->sections, draft->section_count, path, n);
    if (!section || !path[n]) return end;
    path += n + 1;
    n = strcspn(path, ".");
    const struct field *field = field_find(section->fields, section->field_count, path, n);
    if (!field) return end;
    end.many = section->many || field->many;
    if (path[n]) field = composite_path(field->composite, path + n + 1, &end.many);
    if (field) end.section = section, end.field = field;
    return end;
}

static bool value_possible(const struct field *field, const char *value)
{
    if (strcmp(value, "filled") == 0) return true;
    if (field->type == FIELD_YESNO) return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
    return field->type == FIELD_CODE && (!field->codes || code_find(field->codes, value));
}

static void values_check(const struct draft *draft, const struct pending *pending, const struct field *field)
{
    for (size_t i = 0; i < pending->condition->value_count; i++) {
        const char *value = pending->condition->values[i];
        if (value_possible(field, value)) continue;
        draft_fault(draft, pending->line, pending->at + 1, "field '%s' cannot be '%.60s'", field->name,
            value);
    }
}

/* "name": a field beside, or, in a section inside a composite, one of the composite itself, kept as ".name".
 */
static const struct field *sibling_find(const struct draft *draft, const struct pending *pending)
{
    const char *name = pending->condition->field;
    size_t n = strlen(name);
    const struct section *section = pending->section;
    const struct field *found = section && pending->owner
                                    ? field_find(section->fields, section->field_count, name, n)
                                    : NULL;
    if (found || !draft->is_composite) return found;
    found = field_find(draft->fields, draft->field_count, name, n);
    if (found && section && pending->owner)
        pending->condition->field = arena_printf(draft->reader->arena, ".%s", name);
    return found;
}

/* "section.field": the field's own section, kept as "field", or another that is not many. */
static const struct field *cousin_find(const struct draft *draft, const struct pending *pending)
{
    const char *name = pending->condition->field, *dot = strchr(name, '.');
    const struct section *section = section_find(draft->sections, draft->section_count, name,
        (size_t)(dot - name));
    if (!section || strchr(dot + 1, '.')) return NULL;
    const struct field *found = field_find(section->fields, section->field_count, dot + 1, strlen(dot + 1));
    if (found && section == pending->section && pending->owner) pending->condition->field = dot + 1;
    else if (found && section->many)
        draft_fault(draft, pending->line, pending->at, "section '%s' has many rows: which one is meant?",
            section->name);
    return found;
}

static void condition_resolve(const struct draft *draft, const struct pending *pending)
{
    const char *name = pending->condition->field;
    bool dotted = strchr(name, '.') != NULL;
    const struct field *field = dotted ? cousin_find(draft, pending) : sibling_find(draft, pending);
    if (!field && !dotted && !draft->is_composite && !pending->owner)
        draft_fault(draft, pending->line, pending->at, "'%.60s' is not a path: section.field is wanted",
            name);
    else if (!field) draft_fault(draft, pending->line, pending->at, "there is no field '%.100s'", name);
    else if (field == pending->owner)
        draft_fault(draft, pending->line, pending->at, "field '%s' cannot hang on itself", field->name);
    else values_check(draft, pending, field);
}

void conditions_resolve(struct draft *draft)
{
    for (size_t i = 0; i < draft->pending_count; i++) condition_resolve(draft, &draft->pending[i]);
}

void cursor_end(struct cursor *cursor)
{
    const char *rest = cursor_next(cursor);
    if (rest) draft_fault(cursor->draft, cursor->line, cursor->at - 1, "'%.60s' does not belong here", rest);
}

const char *cursor_path(struct cursor *cursor, enum field_type type, const char *wanted, bool one)
{
    size_t at = cursor->at;
    const char *path = cursor_need(cursor, "the field");
    if (!path[0]) return NULL;
    struct path_end end = path_find(cursor->draft, path);
    bool composite = end.field && type == FIELD_COMPOSITE && end.field->composite;
    bool fits = end.field && end.field->type == type &&
                (!composite || strcmp(end.field->composite->name, wanted) == 0);
    if (!end.field) draft_fault(cursor->draft, cursor->line, at, "there is no field '%.100s'", path);
    else if (!fits)
        draft_fault(cursor->draft, cursor->line, at, "field '%.100s' is not of type %s", path, wanted);
    else if (one && end.many)
        draft_fault(cursor->draft, cursor->line, at,
            "field '%.100s' may have several values: which one is meant?", path);
    return path;
}

void cursor_when(struct cursor *cursor, struct condition *condition)
{
    if (cursor_take(cursor, "when")) cursor_condition(cursor, condition, NULL, NULL);
    cursor_end(cursor);
}
