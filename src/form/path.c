/* form/path: the field that stands at a path. */
#include <string.h>

#include "form/form.h"
#include "form/type.h"

/* The next piece of a path; digits (rows) are passed over. NULL at the end. */
static const char *step(const char **at, char *piece, size_t size)
{
    while (**at) {
        size_t n = strcspn(*at, ".");
        const char *from = *at;
        *at += n + ((*at)[n] == '.');
        if (n > 0 && from[strspn(from, "0123456789")] != '.' && from[strspn(from, "0123456789")] != '\0') {
            if (n >= size) return NULL;
            memcpy(piece, from, n);
            piece[n] = '\0';
            return piece;
        }
    }
    return NULL;
}

static const struct section *section_named(const struct section *sections, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sections[i].name, name) == 0) return &sections[i];
    return NULL;
}

static const struct field *field_named(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0) return &fields[i];
    return NULL;
}

const struct field *field_at(const struct form *form, const char *path)
{
    char piece[FORM_NAME_MAX + 1];
    const struct field *field = NULL;
    const struct section *section =
        step(&path, piece, sizeof piece) ? section_named(form->sections, form->section_count, piece) : NULL;
    while ((section || (field && field->composite)) && step(&path, piece, sizeof piece)) {
        const struct composite *composite = section ? NULL : field->composite;
        const struct field *fields = section ? section->fields : composite->fields;
        field = field_named(fields, section ? section->field_count : composite->field_count, piece);
        section =
            !field && composite ? section_named(composite->sections, composite->section_count, piece) : NULL;
    }
    if (field && field->many) path += strspn(path, "0123456789"); /* one of its values */
    return *path ? NULL : field;
}
