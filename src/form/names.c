/* form/names: a body has few of the members its form declares, so it is quicker to find each of them in the declaration
 * than to ask the body for every declared one. */
#include "form/names.h"

#include <stdlib.h>
#include <string.h>

struct name { const char *text; size_t place; };

struct names {
    size_t count;
    struct name *list; /* sorted by text */
};

static int compare_names(const void *left, const void *right)
{
    return strcmp(((const struct name *)left)->text, ((const struct name *)right)->text);
}

const struct names *names_make(struct arena *arena, const struct field *fields, size_t field_count,
    const struct section *sections, size_t section_count)
{
    struct names *names = ARENA_NEW(arena, struct names);
    names->count = field_count + section_count;
    names->list = ARENA_ARRAY(arena, struct name, names->count + 1);
    for (size_t i = 0; i < field_count; i++) names->list[i] = (struct name){fields[i].name, i};
    for (size_t i = 0; i < section_count; i++)
        names->list[field_count + i] = (struct name){sections[i].name, field_count + i};
    qsort(names->list, names->count, sizeof *names->list, compare_names);
    return names;
}

/* The keys of a stored body are sorted too, so the search begins behind the name found last. */
static const struct name *name_find(const struct names *names, size_t from, const char *text)
{
    if (from < names->count && strcmp(names->list[from].text, text) == 0) return &names->list[from];
    const struct name key = {.text = text};
    return bsearch(&key, names->list, names->count, sizeof key, compare_names);
}

const json_t *const *names_lay(const struct names *names, const json_t *object, struct arena *arena, size_t *ret_known)
{
    const json_t **values = ARENA_ARRAY(arena, const json_t *, names->count + 1);
    const char *key;
    json_t *value;
    size_t next = 0;
    *ret_known = 0;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        const struct name *name = name_find(names, next, key);
        if (!name) continue;
        next = (size_t)(name - names->list) + 1;
        values[name->place] = value;
        (*ret_known)++;
    }
    return values;
}
