/* print/tables: tables with the columns of a layout. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "print/compose.h"

/* Letters that a column of a given table makes room for. */
#define WIDTH_LEAST 8
#define WIDTH_MOST 40

/* Whether the column shows a whole person or thing: then only what no other column shows. */
static bool column_is_whole(
    const struct compose *compose, const struct print_row *row, const struct print_column *column)
{
    const struct form *form = compose->record->form;
    for (size_t i = 0; i < column->path_count && form; i++) {
        const char *path = row->paths[0]
                               ? arena_printf(compose->arena, "%s.%s", row->paths[0], column->paths[i])
                               : column->paths[i];
        const struct field *field = field_at(form, path);
        if (field && field->composite) return true;
    }
    return false;
}

static void columns_fill(struct compose *compose, const struct print_row *row, const struct section *section,
    const json_t *object, const char *prefix, size_t serial, const char **ret_texts)
{
    for (int whole = 0; whole < 2; whole++)
        for (size_t i = 0; i < row->column_count; i++) {
            const struct print_column *column = &row->columns[i];
            if (column_is_whole(compose, row, column) != (whole == 1)) continue;
            ret_texts[i] = column->path_count == 0
                               ? arena_printf(compose->arena, "%zu", serial)
                               : paths_words(compose, section, object, prefix, column->paths,
                                     column->path_count, section ? ", " : "\n");
        }
}

void compose_table(struct compose *compose, const struct print_row *row)
{
    const struct form *form = compose->record->form;
    const struct section *section = form ? section_find(form, row->paths[0]) : NULL;
    const json_t *rows = json_at(compose->body, row->paths[0]);
    size_t count = json_is_array(rows) ? json_array_size(rows) : rows != NULL;
    if (!section || count == 0) return;
    if (row->column_count == 0) {
        compose_section(compose, section, rows, row->paths[0], 1);
        return;
    }
    struct block *block = compose_block(compose, BLOCK_TABLE);
    block->column_count = row->column_count;
    block->columns = ARENA_ARRAY(compose->arena, struct block_column, row->column_count);
    for (size_t i = 0; i < row->column_count; i++) {
        const struct print_column *column = &row->columns[i];
        block->columns[i].width = column->width;
        const char *path = column->path_count > 0
                               ? arena_printf(compose->arena, "%s.%s", row->paths[0], column->paths[0])
                               : NULL;
        block->columns[i].label = label_of(form, &column->label, path);
    }
    block->texts = ARENA_ARRAY(compose->arena, const char *, count * row->column_count);
    for (size_t n = 0; n < count; n++) {
        bool many = json_is_array(rows);
        const char *prefix = many ? arena_printf(compose->arena, "%s.%zu", row->paths[0], n) : row->paths[0];
        if (compose->only && many && strcmp(prefix, compose->only) != 0) continue;
        columns_fill(compose, row, section, many ? json_array_get(rows, n) : rows, prefix, n + 1,
            block->texts + block->count * row->column_count);
        block->count++;
    }
    if (!compose->only) compose_section(compose, section, rows, row->paths[0], 1); /* what no column shows */
}

struct text_row {
    struct text_row *next;
    const char **texts;
};

struct text_rows {
    struct text_row *first, **end;
    size_t count;
};

static void row_add(
    struct compose *compose, const struct print_row *row, const char *only, struct text_rows *rows)
{
    struct text_row *one = ARENA_NEW(compose->arena, struct text_row);
    one->texts = ARENA_ARRAY(compose->arena, const char *, row->column_count);
    compose->only = only;
    columns_fill(compose, row, NULL, NULL, "", ++rows->count, one->texts);
    *rows->end = one;
    rows->end = &one->next;
}

/* One row, or one for each row of the section that the register counts. */
static void record_rows(const struct compose *compose, const struct print_row *row,
    const struct print_record *record, struct text_rows *rows)
{
    const char *each = compose->paper->print->each;
    struct compose inner = *compose;
    compose_record(&inner, record);
    const json_t *list = each ? json_at(inner.body, each) : NULL;
    for (size_t i = 0; i < json_array_size(list); i++)
        row_add(&inner, row, arena_printf(inner.arena, "%s.%zu", each, i), rows);
    if (!json_is_array(list)) row_add(&inner, row, NULL, rows);
    compose_record_drop(&inner);
}

/* Every record is read, put into words and forgotten, so that a register of any length needs only its words.
 */
void compose_records(struct compose *compose, const struct print_row *row)
{
    const struct print_paper *paper = compose->paper;
    struct text_rows rows = {.count = 0};
    struct print_record record;
    rows.end = &rows.first;
    const struct form *form =
        paper->print->form_count > 0 ? form_find(compose->forms, paper->print->forms[0]) : NULL;
    while (paper->next(paper->next_context, &record)) record_rows(compose, row, &record, &rows);
    size_t count = rows.count;
    struct block *block = compose_block(compose, BLOCK_TABLE);
    block->count = count;
    block->column_count = row->column_count;
    block->columns = ARENA_ARRAY(compose->arena, struct block_column, row->column_count);
    for (size_t i = 0; i < row->column_count; i++) {
        const struct print_column *column = &row->columns[i];
        const char *path = column->path_count > 0 ? column->paths[0] : NULL;
        block->columns[i] =
            (struct block_column){.label = label_of(form, &column->label, path), .width = column->width};
    }
    block->texts = ARENA_ARRAY(compose->arena, const char *, count * row->column_count);
    size_t at = 0;
    for (struct text_row *one = rows.first; one; one = one->next, at += row->column_count)
        memcpy(block->texts + at, one->texts, row->column_count * sizeof *one->texts);
}

/* Columns are as wide as what stands in them, within reason. */
void compose_given(struct compose *compose, const struct print_table *table)
{
    struct block *block = compose_block(compose, BLOCK_TABLE);
    size_t columns = table->column_count;
    block->count = table->row_count;
    block->column_count = columns;
    block->columns = ARENA_ARRAY(compose->arena, struct block_column, columns);
    block->texts = ARENA_ARRAY(compose->arena, const char *, table->row_count *columns + 1);
    for (size_t i = 0; i < columns; i++) {
        size_t longest = 0;
        for (size_t row = 0; row < table->row_count; row++) {
            const char *text = table->texts[row * columns + i];
            size_t length = text_length(text);
            if (length > longest) longest = length;
            block->texts[row * columns + i] = text;
        }
        int width = longest < WIDTH_LEAST ? WIDTH_LEAST : longest > WIDTH_MOST ? WIDTH_MOST : (int)longest;
        block->columns[i] = (struct block_column){.label = table->labels[i], .width = width};
    }
    if (table->row_count == 0)
        compose_block(compose, BLOCK_TEXT)->text = word(compose->paper->lang, "print_nothing");
}
