/* print/sections: sections and composites as they are declared, for forms and parts of forms that no layout
 * names. */
#include <string.h>

#include "base/json.h"
#include "print/compose.h"

#define TABLE_COLUMNS_MAX 7 /* more would be too narrow to read */
#define CELL_WIDE_PARTS 3

void compose_cell(
    struct compose *compose, struct cells *cells, const struct label *label, const char *text, bool blank)
{
    if (cells->count == cells->cap) {
        size_t cap = cells->cap ? cells->cap * 2 : 16;
        struct block_cell *list = ARENA_ARRAY(compose->arena, struct block_cell, cap);
        if (cells->count > 0) memcpy(list, cells->list, cells->count * sizeof *list);
        cells->list = list;
        cells->cap = cap;
    }
    cells->list[cells->count++] = (struct block_cell){.label = *label, .text = text, .blank = blank};
}

void compose_cells(struct compose *compose, struct cells *cells)
{
    if (cells->count == 0) return;
    struct block *block = compose_block(compose, BLOCK_CELLS);
    block->cells = cells->list;
    block->count = cells->count;
    *cells = (struct cells){.list = NULL};
}

static bool is_large(const struct field *field)
{
    return field->composite && !composite_is_small(field->composite);
}

struct block *compose_heading(struct compose *compose, const struct label *label, size_t serial, int level)
{
    struct block *block = compose_block(compose, BLOCK_HEADING);
    block->level = level > 0;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        block->label.text[lang] = serial > 0
                                      ? arena_printf(compose->arena, "%s %zu", label->text[lang], serial)
                                      : label->text[lang];
    return block;
}

/* Right under a heading of the layout a section that stands there alone needs no second one: then NULL. */
static struct block *heading_unless(
    struct compose *compose, const struct label *label, size_t serial, int level)
{
    const struct block *last = compose->blocks->last;
    if (serial == 0 && last && last->kind == BLOCK_HEADING && last->level == 0) return NULL;
    return compose_heading(compose, label, serial, level);
}

void compose_heading_drop(struct compose *compose, struct block *before, const struct block *heading)
{
    if (!heading || compose->blocks->last != heading) return;
    compose->blocks->last = before;
    if (before)
        before->next = NULL;
    else
        compose->blocks->first = NULL;
}

/* A large value as cells of its own, under its own heading unless it is the only one here. */
static void large_compose(struct compose *compose, struct cells *cells, const struct field *field,
    const json_t *value, const char *path, int level, bool headed)
{
    size_t rows = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < rows; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        const char *here = json_is_array(value) ? arena_printf(compose->arena, "%s.%zu", path, i) : path;
        if (path_taken(compose, here)) continue;
        if (!json_is_object(one)) {
            compose_cell(compose, cells, &field->label, value_words(compose, field, one, here), false);
            continue;
        }
        compose_cells(compose, cells);
        struct block *before = compose->blocks->last, *heading = NULL;
        if (headed || rows > 1) {
            heading = compose_heading(compose, &field->label, rows > 1 ? i + 1 : 0, level + 1);
        }
        compose_composite(compose, field->composite, one, here, level + 1);
        compose_heading_drop(compose, before, heading);
    }
}

static void small_compose(struct compose *compose, struct cells *cells, const struct field *field,
    const json_t *value, const char *path)
{
    const char *words = value_words(compose, field, value, path);
    if (words[0]) compose_cell(compose, cells, &field->label, words, false);
}

/* Small values first; but one large value among them is what the others are about, and goes before them. */
static void fields_compose(struct compose *compose, const struct field *fields, size_t count,
    const json_t *object, const char *path, int level)
{
    struct cells cells = {.list = NULL};
    size_t larges = 0;
    for (size_t i = 0; i < count; i++)
        larges += is_large(&fields[i]) && json_object_get(object, fields[i].name);
    for (int pass = 0; pass < 2; pass++) {
        bool large = (pass == 0) == (larges == 1);
        for (size_t i = 0; i < count; i++) {
            const json_t *value = json_object_get(object, fields[i].name);
            if (!value || is_large(&fields[i]) != large) continue;
            const char *here = arena_printf(compose->arena, "%s.%s", path, fields[i].name);
            if (path_taken(compose, here)) continue;
            if (large)
                large_compose(compose, &cells, &fields[i], value, here, level, larges > 1);
            else
                small_compose(compose, &cells, &fields[i], value, here);
        }
    }
    compose_cells(compose, &cells);
}

static bool is_short(const struct section *section)
{
    for (size_t i = 0; i < section->field_count; i++)
        if (is_large(&section->fields[i])) return false;
    return true;
}

void compose_composite(struct compose *compose, const struct composite *composite, const json_t *object,
    const char *path, int level)
{
    struct cells cells = {.list = NULL};
    fields_compose(compose, composite->fields, composite->field_count, object, path, level);
    for (size_t i = 0; i < composite->section_count; i++) {
        const struct section *section = &composite->sections[i];
        const json_t *value = json_object_get(object, section->name);
        const char *here = arena_printf(compose->arena, "%s.%s", path, section->name);
        if (!value || path_taken(compose, here)) continue;
        if (!is_short(section)) {
            compose_section(compose, section, value, here, level + 1);
            continue;
        }
        const struct spot spot = {.section = section, .value = value, .path = here};
        const char *words = spot_words(compose, &spot);
        if (words[0]) compose_cell(compose, &cells, &section->label, words, false);
    }
    compose_cells(compose, &cells);
}

/* ---- rows ---- */

/* Fields that any row of the section has and that are not on the paper yet. */
static size_t columns_used(struct compose *compose, const struct section *section, const json_t *rows,
    const char *path, const struct field **ret)
{
    size_t count = 0;
    for (size_t i = 0; i < section->field_count; i++) {
        bool used = false;
        for (size_t row = 0; row < json_array_size(rows) && !used; row++) {
            const char *here = arena_printf(compose->arena, "%s.%zu.%s", path, row, section->fields[i].name);
            used = json_object_get(json_array_get(rows, row), section->fields[i].name) &&
                   !path_taken(compose, here);
        }
        if (used) ret[count++] = &section->fields[i];
    }
    return count;
}

static bool fits_table(const struct field *const *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_large(fields[i])) return false;
    return count <= TABLE_COLUMNS_MAX;
}

static void table_compose(struct compose *compose, const json_t *rows, const char *path,
    const struct field *const *fields, size_t count)
{
    static const struct label serial = {{"No.", "क्र."}};
    struct block *block = compose_block(compose, BLOCK_TABLE);
    block->column_count = count + 1;
    block->columns = ARENA_ARRAY(compose->arena, struct block_column, count + 1);
    block->count = json_array_size(rows);
    block->texts = ARENA_ARRAY(compose->arena, const char *, block->count *(count + 1));
    block->columns[0] = (struct block_column){.label = serial, .width = 1};
    for (size_t i = 0; i < count; i++) {
        bool wide = fields[i]->type == FIELD_LONGTEXT || fields[i]->type == FIELD_COMPOSITE ||
                    fields[i]->type == FIELD_BLOB;
        block->columns[i + 1] = (struct block_column){
            .label = fields[i]->label, .width = wide ? 2 * CELL_WIDE_PARTS : CELL_WIDE_PARTS};
    }
    for (size_t row = 0; row < block->count; row++) {
        const char **texts = block->texts + row * (count + 1);
        texts[0] = arena_printf(compose->arena, "%zu", row + 1);
        for (size_t i = 0; i < count; i++) {
            const char *here = arena_printf(compose->arena, "%s.%zu.%s", path, row, fields[i]->name);
            const json_t *value = json_object_get(json_array_get(rows, row), fields[i]->name);
            texts[i + 1] =
                value && !path_taken(compose, here) ? value_words(compose, fields[i], value, here) : "";
        }
    }
}

static void rows_compose(
    struct compose *compose, const struct section *section, const json_t *rows, const char *path, int level)
{
    const struct field **fields = ARENA_ARRAY(compose->arena, const struct field *, section->field_count);
    size_t count = columns_used(compose, section, rows, path, fields);
    if (count == 0) return;
    if (fits_table(fields, count)) {
        heading_unless(compose, &section->label, 0, level);
        table_compose(compose, rows, path, fields, count);
        return;
    }
    size_t size = json_array_size(rows);
    for (size_t i = 0; i < size; i++) {
        struct block *before = compose->blocks->last;
        struct block *heading = heading_unless(compose, &section->label, size > 1 ? i + 1 : 0, level);
        fields_compose(compose, section->fields, section->field_count, json_array_get(rows, i),
            arena_printf(compose->arena, "%s.%zu", path, i), level);
        compose_heading_drop(compose, before, heading);
    }
}

void compose_section(
    struct compose *compose, const struct section *section, const json_t *value, const char *path, int level)
{
    if (json_is_array(value)) {
        rows_compose(compose, section, value, path, level);
        return;
    }
    struct block *before = compose->blocks->last;
    struct block *heading = heading_unless(compose, &section->label, 0, level);
    fields_compose(compose, section->fields, section->field_count, value, path, level);
    compose_heading_drop(compose, before, heading);
}
