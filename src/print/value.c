/* print/value: values in words. What was masked stays a bar, wherever it stands in a text. */
#include <string.h>

#include "base/json.h"
#include "print/compose.h"

#define WORDS_BYTES_MAX ((size_t)4 << 20)

/* Composites whose fields speak for themselves: told without labels. */
static const char *const plain_composites[] = {"address"};

static bool is_plain(const struct composite *composite)
{
    for (size_t i = 0; i < sizeof plain_composites / sizeof plain_composites[0]; i++)
        if (strcmp(plain_composites[i], composite->name) == 0) return true;
    return false;
}

bool composite_is_small(const struct composite *composite)
{
    return is_plain(composite) || (composite->section_count == 0 && composite->field_count <= 12 &&
                                      !(composite->types & (1U << FIELD_LONGTEXT | 1U << FIELD_COMPOSITE)));
}

/* The body goes before the paper is drawn: what comes from it is copied. */
static const char *asked(
    struct compose *compose, const char *(*ask)(void *context, const char *name), const char *text)
{
    const char *words = ask && text ? ask(compose->paper->lookup.context, text) : NULL;
    return words ? words : arena_strdup(compose->arena, text ? text : "");
}

static const char *plain_words(struct compose *compose, const struct field *field, const json_t *value)
{
    const struct print_paper *paper = compose->paper;
    const char *text = json_string_value(value);
    if (text && strcmp(text, PRINT_MASKED) == 0) return BAR_TEXT;
    if (!field) return asked(compose, NULL, text);
    switch (field->type) {
    case FIELD_OFFICE: return asked(compose, paper->lookup.office, text);
    case FIELD_OFFICER: return asked(compose, paper->lookup.officer, text);
    case FIELD_OFFENCE: return asked(compose, paper->lookup.offence, text);
    case FIELD_ENTRY: return asked(compose, paper->lookup.entry, text);
    case FIELD_BLOB: return arena_printf(compose->arena, "SHA-256 %s", text);
    default: return field_words(compose->forms, field, value, paper->lang, compose->arena);
    }
}

/* ---- composites in one text ---- */

struct telling {
    struct compose *compose;
    struct buf *text;
    bool plain; /* without labels */
    const char *between;
};

static void part_begin(struct telling *telling)
{
    if (telling->text->len > 0) buf_puts(telling->text, telling->between);
}

static void fields_tell(struct telling *telling, const struct field *fields, size_t count,
    const json_t *object, const char *path);

/* The rows of a section, or the one object of it, after one another. */
static void rows_tell(
    struct telling *telling, const struct section *section, const json_t *value, const char *path)
{
    struct compose *compose = telling->compose;
    bool many = json_is_array(value);
    size_t rows = many ? json_array_size(value) : 1;
    for (size_t row = 0; row < rows; row++) {
        struct buf inner;
        buf_init(&inner, compose->arena, WORDS_BYTES_MAX);
        struct telling deeper = {.compose = compose, .text = &inner, .plain = true, .between = ", "};
        fields_tell(&deeper, section->fields, section->field_count, many ? json_array_get(value, row) : value,
            many ? arena_printf(compose->arena, "%s.%zu", path, row) : path);
        if (inner.len == 0) continue;
        part_begin(telling);
        buf_add(telling->text, inner.data, inner.len);
    }
}

static void sections_tell(struct telling *telling, const struct section *sections, size_t count,
    const json_t *object, const char *path)
{
    struct compose *compose = telling->compose;
    for (size_t i = 0; i < count; i++) {
        const struct section *section = &sections[i];
        const json_t *value = json_object_get(object, section->name);
        const char *here = arena_printf(compose->arena, "%s.%s", path, section->name);
        if (!value || path_taken(compose, here)) continue;
        struct buf inner;
        buf_init(&inner, compose->arena, WORDS_BYTES_MAX);
        struct telling deeper = {.compose = compose, .text = &inner, .plain = true, .between = "; "};
        rows_tell(&deeper, section, value, here);
        if (inner.len == 0) continue;
        part_begin(telling);
        buf_printf(telling->text, "%s: %s", section->label.text[compose->paper->lang], inner.data);
    }
}

/* Numbers, dates and answers say nothing without their label. */
static bool needs_label(const struct telling *telling, const struct field *field)
{
    if (!telling->plain) return true;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_LONGTEXT:
    case FIELD_CODE:
    case FIELD_OFFICE:
    case FIELD_COMPOSITE: return false;
    default: return true;
    }
}

static void field_tell(
    struct telling *telling, const struct field *field, const json_t *value, const char *path)
{
    struct compose *compose = telling->compose;
    const char *words = value_words(compose, field, value, path);
    if (!words[0]) return;
    part_begin(telling);
    if (needs_label(telling, field))
        buf_printf(telling->text, "%s: ", field->label.text[compose->paper->lang]);
    buf_puts(telling->text, words);
}

static void fields_tell(
    struct telling *telling, const struct field *fields, size_t count, const json_t *object, const char *path)
{
    struct compose *compose = telling->compose;
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(object, fields[i].name);
        const char *here = value ? arena_printf(compose->arena, "%s.%s", path, fields[i].name) : NULL;
        if (!value || path_taken(compose, here)) continue;
        field_tell(telling, &fields[i], value, here);
    }
}

/* A person begins with the name, which needs no label. */
static const char *composite_words(
    struct compose *compose, const struct composite *composite, const json_t *object, const char *path)
{
    struct buf text;
    buf_init(&text, compose->arena, WORDS_BYTES_MAX);
    bool plain = is_plain(composite);
    struct telling telling = {
        .compose = compose, .text = &text, .plain = plain, .between = plain ? ", " : "; "};
    size_t first = 0;
    const char *here = composite->field_count > 0
                           ? arena_printf(compose->arena, "%s.%s", path, composite->fields[0].name)
                           : path;
    if (!plain && composite->field_count > 0 && strcmp(composite->fields[0].name, "name") == 0 &&
        !path_taken(compose, here)) {
        const json_t *name = json_object_get(object, "name");
        if (name) buf_puts(&text, value_words(compose, &composite->fields[0], name, here));
        first = 1;
    }
    fields_tell(&telling, composite->fields + first, composite->field_count - first, object, path);
    sections_tell(&telling, composite->sections, composite->section_count, object, path);
    return text.data;
}

const char *value_words(
    struct compose *compose, const struct field *field, const json_t *value, const char *path)
{
    if (json_is_array(value)) {
        struct buf text;
        buf_init(&text, compose->arena, WORDS_BYTES_MAX);
        for (size_t i = 0; i < json_array_size(value); i++) {
            const char *here = arena_printf(compose->arena, "%s.%zu", path, i);
            const char *words = value_words(compose, field, json_array_get(value, i), here);
            if (words[0]) buf_printf(&text, "%s%s", text.len > 0 ? "; " : "", words);
        }
        path_take(compose, path);
        return text.data;
    }
    const char *words = field && field->composite && json_is_object(value)
                            ? composite_words(compose, field->composite, value, path)
                            : plain_words(compose, field, value);
    path_take(compose, path);
    return words;
}

const char *spot_words(struct compose *compose, const struct spot *spot)
{
    if (spot->list) path_take(compose, spot->list); /* all of its elements are asked for together */
    if (!spot->section) return value_words(compose, spot->field, spot->value, spot->path);
    struct buf text;
    buf_init(&text, compose->arena, WORDS_BYTES_MAX);
    struct telling telling = {.compose = compose, .text = &text, .plain = true, .between = "; "};
    rows_tell(&telling, spot->section, spot->value, spot->path);
    path_take(compose, spot->path);
    return text.data;
}

const char *paths_words(struct compose *compose, const struct section *in, const json_t *object,
    const char *prefix, const char *const *paths, size_t count, const char *between)
{
    struct buf text;
    buf_init(&text, compose->arena, WORDS_BYTES_MAX);
    bool counted = false; /* a quantity stands last, and its unit may follow it: 2.5 kg */
    for (size_t i = 0; i < count; i++) {
        if (paths[i][0] == '.') {
            const char *fact = fact_find(compose->record, paths[i]);
            if (fact) buf_printf(&text, "%s%s", text.len > 0 ? between : "", fact);
            continue;
        }
        for (struct spot *spot = spots_find(compose, in, object, prefix, paths[i]); spot; spot = spot->next) {
            const char *words = spot_words(compose, spot);
            if (!words[0]) continue;
            bool unit = counted && spot->field && spot->field->type == FIELD_CODE;
            buf_puts(&text, text.len == 0 ? "" : unit ? " " : between);
            counted = spot->field && spot->field->type == FIELD_DECIMAL;
            if (count > 1 && spot->field && spot->field->type == FIELD_YESNO)
                buf_printf(&text, "%s: ", spot->field->label.text[compose->paper->lang]);
            buf_puts(&text, words);
        }
    }
    return text.data;
}
