/* form/names: a body has few of the members its form declares, so it is quicker to find each of them in the
 * declaration than to ask the body for every declared one. */
#include "form/names.h"

#include <string.h>

struct names {
    size_t count;
    size_t size;         /* of the table, a power of two, at most half full */
    const char **texts;  /* the table; NULL is free */
    size_t *places;      /* beside it */
};

/* Names of one object are few and differ in length, ends and middle. */
static size_t names_slot(const struct names *names, const char *text, size_t n)
{
    if (n == 0) return 0;
    const unsigned char *at = (const unsigned char *)text;
    size_t slot = ((n * 31 + at[0]) * 31 + at[n / 2]) * 31 + at[n - 1];
    for (slot &= names->size - 1; names->texts[slot]; slot = (slot + 1) & (names->size - 1))
        if (strcmp(names->texts[slot], text) == 0) break;
    return slot;
}

static void name_put(struct names *names, const char *text)
{
    size_t slot = names_slot(names, text, strlen(text));
    names->texts[slot] = text;
    names->places[slot] = names->count++;
}

const struct names *names_make(struct arena *arena, const struct field *fields, size_t field_count,
    const struct section *sections, size_t section_count)
{
    struct names *names = ARENA_NEW(arena, struct names);
    for (names->size = 4; names->size < 2 * (field_count + section_count); names->size *= 2) continue;
    names->texts = ARENA_ARRAY(arena, const char *, names->size);
    names->places = ARENA_ARRAY(arena, size_t, names->size);
    for (size_t i = 0; i < field_count; i++) name_put(names, fields[i].name);
    for (size_t i = 0; i < section_count; i++) name_put(names, sections[i].name);
    return names;
}

const json_t **names_lay(
    const struct names *names, const json_t *object, struct arena *arena, size_t *ret_known)
{
    const json_t **values = ARENA_ARRAY(arena, const json_t *, names->count + 1);
    const char *key;
    size_t length;
    json_t *value;
    *ret_known = 0;
    json_object_keylen_foreach((json_t *)(uintptr_t)object, key, length, value) {
        size_t slot = names_slot(names, key, length);
        if (!names->texts[slot] || !*key) continue;
        values[names->places[slot]] = value;
        (*ret_known)++;
    }
    return values;
}
