/* print/compose: see the header. */
#include "print/compose.h"

#include <string.h>

#include "base/json.h"
#include "base/words.h"

#define TEXT_BYTES_MAX ((size_t)4 << 20)

struct block *compose_block(struct compose *compose, enum block_kind kind)
{
    struct block *block = ARENA_NEW(compose->arena, struct block);
    block->kind = kind;
    if (compose->blocks->last)
        compose->blocks->last->next = block;
    else
        compose->blocks->first = block;
    compose->blocks->last = block;
    return block;
}

/* ---- rows of a layout ---- */

struct label label_of(const struct form *form, const struct label *own, const char *path)
{
    const struct field *field = form && path && !own->text[0] ? field_at(form, path) : NULL;
    return own->text[0] ? *own : field ? field->label : (struct label){{"", ""}};
}

/* A field that holds a person or another large thing is told as its own cells. */
static bool field_large(struct compose *compose, const struct print_row *row)
{
    const struct form *form = compose->record->form;
    if (!form || row->path_count != 1 || row->paths[0][0] == '.') return false;
    const struct field *field = field_at(form, row->paths[0]);
    return field && field->composite && !composite_is_small(field->composite);
}

static void row_field(struct compose *compose, const struct print_row *row, struct cells *cells)
{
    struct label label = label_of(compose->record->form, &row->label, row->paths[0]);
    if (!field_large(compose, row)) {
        const char *words = paths_words(compose, NULL, NULL, "", row->paths, row->path_count, ", ");
        if (words[0]) compose_cell(compose, cells, &label, words, false);
        return;
    }
    size_t serial = 0;
    for (struct spot *spot = spots_find(compose, NULL, NULL, "", row->paths[0]); spot; spot = spot->next) {
        if (!json_is_object(spot->value)) {
            compose_cell(compose, cells, &label, spot_words(compose, spot), false);
            continue;
        }
        compose_cells(compose, cells);
        struct block *before = compose->blocks->last, *heading = NULL;
        bool alone = serial++ == 0 && !spot->next;
        if (!alone || !before ||
            before->kind != BLOCK_HEADING) /* under an item's heading one alone needs no other */
            heading = compose_heading(compose, &label, alone ? 0 : serial, 1);
        compose_composite(compose, spot->field->composite, spot->value, spot->path, 1);
        compose_heading_drop(compose, before, heading);
        path_take(compose, spot->path);
    }
}

/* A sentence with values in it. What a place leaves empty becomes dots to write on. */
static const char *sentence(struct compose *compose, const char *pattern)
{
    struct buf text;
    buf_init(&text, compose->arena, TEXT_BYTES_MAX);
    for (const char *at = pattern; *at;) {
        size_t n = strcspn(at, "{");
        buf_add(&text, at, n);
        at += n;
        const char *close = *at ? strchr(at, '}') : NULL;
        if (!close) break;
        const char *path = arena_strndup(compose->arena, at + 1, (size_t)(close - at - 1));
        const char *words = paths_words(compose, NULL, NULL, "", &path, 1, ", ");
        buf_puts(&text, words[0] ? words : "..................");
        at = close + 1;
    }
    return text.data;
}

static void row_words(struct compose *compose, const struct print_row *row)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        bool first = i == 0;
        enum lang lang = first ? compose->paper->lang : compose->paper->lang == LANG_HI ? LANG_EN : LANG_HI;
        struct block *block = compose_block(compose, BLOCK_TEXT);
        block->text = sentence(compose, row->label.text[lang]);
        block->level = i;
    }
}

/* One room for every value at the path; one with nobody's name when there is none. */
static void row_sign(struct compose *compose, const struct print_row *row, struct cells *signs)
{
    size_t before = signs->count;
    for (size_t i = 0; i < row->path_count; i++) {
        if (row->paths[i][0] == '.') {
            const char *fact = fact_find(compose->record, row->paths[i]);
            if (fact) compose_cell(compose, signs, &row->label, fact, false);
            continue;
        }
        for (struct spot *spot = spots_find(compose, NULL, NULL, "", row->paths[i]); spot; spot = spot->next)
            compose_cell(compose, signs, &row->label, spot_words(compose, spot), false);
    }
    if (signs->count == before) compose_cell(compose, signs, &row->label, "", true);
}

static void signs_end(struct compose *compose, struct cells *signs)
{
    if (signs->count == 0) return;
    struct block *block = compose_block(compose, BLOCK_SIGNS);
    block->cells = signs->list;
    block->count = signs->count;
    *signs = (struct cells){.list = NULL};
}

/* What rows name that are still to come is theirs. */
static void later_take(struct compose *compose, const struct print_row *row)
{
    const struct print *print = compose->paper->print;
    for (; print && row && row < print->rows + print->row_count; row++) {
        if (row->kind == ROW_WORDS || row->kind == ROW_SIGN) continue;
        if (!condition_holds(&row->when, NULL, compose->body)) continue;
        for (size_t i = 0; i < row->path_count; i++) {
            if (row->kind != ROW_FIELD) path_take(compose, row->paths[i]);
            struct spot *spot = row->kind == ROW_FIELD && row->paths[i][0] != '.'
                                    ? spots_find(compose, NULL, NULL, "", row->paths[i])
                                    : NULL;
            for (; spot; spot = spot->next) path_take(compose, spot->list ? spot->list : spot->path);
        }
    }
}

/* What no row has named, section by section: nothing is cut. after: the row of the layout it stands at; NULL:
 * none comes later. */
static void rest_compose(struct compose *compose, const struct print_row *after)
{
    const struct form *form = compose->record->form;
    if (!form || compose->only) return;
    later_take(compose, after);
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        const json_t *value = json_object_get(compose->body, section->name);
        if (value && !path_taken(compose, section->name))
            compose_section(compose, section, value, section->name, 0);
    }
}

static void row_heading(struct compose *compose, const struct print_row *row)
{
    struct block *block = compose_block(compose, BLOCK_HEADING);
    block->number = row->number;
    block->label = row->label;
}

static void row_section(struct compose *compose, const struct print_row *row)
{
    const struct form *form = compose->record->form;
    const struct section *section = form ? section_find(form, row->paths[0]) : NULL;
    const json_t *value = json_at(compose->body, row->paths[0]);
    if (section && value) compose_section(compose, section, value, row->paths[0], 0);
}

/* An item or heading under which nothing was said, says so. */
static void nothing_said(struct compose *compose, const struct block *heading, struct cells *cells)
{
    if (!heading || compose->blocks->last != heading || cells->count > 0) return;
    struct block *block = compose_block(compose, BLOCK_TEXT);
    block->text = word(compose->paper->lang, "print_nothing");
}

struct state {
    struct cells cells, signs;
    const struct block *item; /* the numbered heading above; NULL */
    bool rested;
};

static bool is_heading(const struct print_row *row)
{
    return row->kind == ROW_ITEM || row->kind == ROW_HEADING;
}

static bool section_said(const struct compose *compose, const struct print_row *row)
{
    return json_at(compose->body, row->paths[0]) && !path_taken(compose, row->paths[0]);
}

static void row_compose(struct compose *compose, const struct print_row *row, struct state *state)
{
    if (!condition_holds(&row->when, NULL, compose->body)) return;
    bool cell = row->kind == ROW_FIELD || row->kind == ROW_BLANK;
    if (is_heading(row) || row->kind == ROW_REST)
        nothing_said(compose, state->item, &state->cells);
    if (!cell) compose_cells(compose, &state->cells);
    if (row->kind == ROW_SIGN && !state->rested) {
        rest_compose(compose, row); /* before anybody signs */
        state->rested = true;
    }
    if (row->kind != ROW_SIGN) signs_end(compose, &state->signs);
    switch (row->kind) {
    case ROW_ITEM:
    case ROW_HEADING: row_heading(compose, row); break;
    case ROW_FIELD: row_field(compose, row, &state->cells); break;
    case ROW_BLANK: compose_cell(compose, &state->cells, &row->label, "", true); break;
    case ROW_SECTION:
        /* Its own heading stands under one of the layout only where that says nothing of its own. */
        if (row > compose->paper->print->rows && !is_heading(row - 1) && section_said(compose, row))
            nothing_said(compose, state->item, &state->cells);
        row_section(compose, row);
        break;
    case ROW_TABLE:
        if (compose->paper->next)
            compose_records(compose, row);
        else
            compose_table(compose, row);
        break;
    case ROW_WORDS: row_words(compose, row); break;
    case ROW_SIGN: row_sign(compose, row, &state->signs); break;
    case ROW_LINES: compose_block(compose, BLOCK_LINES)->count = (size_t)row->lines; break;
    case ROW_REST:
        rest_compose(compose, row);
        state->rested = true;
        break;
    }
    if (is_heading(row))
        state->item = compose->blocks->last;
    else if (!cell && (row->kind == ROW_SIGN || compose->blocks->last != state->item))
        state->item = NULL;
}

static void layout_compose(struct compose *compose)
{
    const struct print *print = compose->paper->print;
    struct state state = {.rested = false};
    for (size_t i = 0; i < print->row_count; i++) row_compose(compose, &print->rows[i], &state);
    nothing_said(compose, state.item, &state.cells);
    compose_cells(compose, &state.cells);
    if (!state.rested) rest_compose(compose, NULL);
    signs_end(compose, &state.signs);
}

/* ---- papers ---- */

/* A form without a layout: everything, and room for the one who filed it to sign. */
static void plain_compose(struct compose *compose)
{
    struct cells signs = {.list = NULL};
    struct label label = {{word(LANG_EN, "print_filed_by"), word(LANG_HI, "print_filed_by")}};
    rest_compose(compose, NULL);
    const char *officer = fact_find(compose->record, ".officer");
    compose_cell(compose, &signs, &label, officer ? officer : "", !officer);
    signs_end(compose, &signs);
}

/* The id of the first person or property in the row that a label is about. */
static const char *code_of_row(const struct compose *compose)
{
    const char *path;
    const json_t *id;
    size_t n = strlen(compose->only);
    json_object_foreach(compose->ids, path,
        id) if (strncmp(path, compose->only, n) == 0 && path[n] == '.') return arena_strdup(compose->arena,
        json_string_value(id));
    return NULL;
}

void compose_paper(struct compose *compose)
{
    const struct print *print = compose->paper->print;
    if (compose->paper->table) {
        compose_given(compose, compose->paper->table);
        return;
    }
    if (!compose->body && compose->record->form) {
        compose_block(compose, BLOCK_TEXT)->text = word(compose->paper->lang, "print_erased");
        return;
    }
    if (!print) {
        plain_compose(compose);
        return;
    }
    const json_t *rows = print->each ? json_at(compose->body, print->each) : NULL;
    if (!print->each || print->kind != PRINT_ENTRY) {
        layout_compose(compose);
        return;
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        compose->only = arena_printf(compose->arena, "%s.%zu", print->each, i);
        compose_block(compose, BLOCK_PAGE)->text = code_of_row(compose);
        layout_compose(compose);
    }
}
