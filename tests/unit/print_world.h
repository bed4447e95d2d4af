/* What the tests of prints share: the built-in forms and layouts, bodies that fill every field, and the words
 * of a composed paper. */
#ifndef PANJI_TESTS_PRINT_WORLD_H
#define PANJI_TESTS_PRINT_WORLD_H

#include "form_world.h"

#include "base/words.h"
#include "print/compose.h"

struct world {
    struct arena *arena;
    struct forms *forms;
    struct press *press;
};

static struct world world;

static inline int world_begin(void **state)
{
    (void)state;
    world.arena = arena_new((size_t)512 << 20);
    struct problems problems = {.arena = world.arena};
    words_load();
    assert_int_equal(forms_load(NULL, NULL, &problems, &world.forms), E_OK);
    enum err err = press_open(NULL, world.forms, &problems, &world.press);
    for (size_t i = 0; i < problems.count; i++) print_message("%s\n", problems.list[i].text[LANG_EN]);
    assert_int_equal(err, E_OK);
    return 0;
}

static inline int world_end(void **state)
{
    (void)state;
    press_close(world.press);
    forms_free(world.forms);
    arena_free(world.arena);
    return 0;
}

/* ---- bodies with something in every field ---- */

struct filling {
    int count; /* markers so far: "mark17." */
    size_t rows;
};

static inline json_t *filled_fields(struct filling *filling, const struct field *fields, size_t count);

static inline json_t *filled_section(struct filling *filling, const struct section *section)
{
    if (!section->many) return filled_fields(filling, section->fields, section->field_count);
    json_t *rows = json_array();
    for (size_t i = 0; i < filling->rows; i++)
        json_array_append_new(rows, filled_fields(filling, section->fields, section->field_count));
    return rows;
}

static inline json_t *filled_value(struct filling *filling, const struct field *field)
{
    switch (field->type) {
    case FIELD_INT:
    case FIELD_MONEY: return json_integer(1234500);
    case FIELD_DATE: return json_string("2026-11-22");
    case FIELD_DATETIME: return json_string("2026-11-22T14:30:00+05:30");
    case FIELD_YESNO: return json_true();
    case FIELD_CODE: return json_string(field->codes->codes[0].name);
    case FIELD_COMPOSITE: {
        json_t *object = filled_fields(filling, field->composite->fields, field->composite->field_count);
        for (size_t i = 0; i < field->composite->section_count; i++)
            json_object_set_new(object, field->composite->sections[i].name,
                filled_section(filling, &field->composite->sections[i]));
        return object;
    }
    default: return json_string(arena_printf(world.arena, "mark%d.", filling->count++));
    }
}

static inline json_t *filled_fields(struct filling *filling, const struct field *fields, size_t count)
{
    json_t *object = json_object();
    for (size_t i = 0; i < count; i++) {
        json_t *value = NULL;
        if (fields[i].many) {
            value = json_array();
            for (size_t row = 0; row < filling->rows; row++)
                json_array_append_new(value, filled_value(filling, &fields[i]));
        } else {
            value = filled_value(filling, &fields[i]);
        }
        json_object_set_new(object, fields[i].name, value);
    }
    return object;
}

static inline json_t *filled_body(struct filling *filling, const struct form *form)
{
    json_t *body = json_object();
    for (size_t i = 0; i < form->section_count; i++)
        json_object_set_new(body, form->sections[i].name, filled_section(filling, &form->sections[i]));
    return body;
}

/* ---- papers ---- */

static const struct pair paper_facts_given[] = {
    {".number", "0012/2026"}, {".officer", "A. Verma (Inspector)"}, {".case", "FIR No. 0007/2026"}};

static inline struct print_paper paper_of(
    const struct print *print, const struct form *form, const json_t *body, enum lang lang)
{
    return (struct print_paper){.print = print,
        .lang = lang,
        .record = {.form = form,
            .body = body,
            .facts = paper_facts_given,
            .fact_count = sizeof paper_facts_given / sizeof paper_facts_given[0]},
        .station = {{"Palari police station", "थाना पलारी"}},
        .above = {{"District Baloda Bazar", "जिला बलौदाबाजार"}},
        .number = "0012/2026",
        .case_words = "FIR No. 0007/2026",
        .filed = "22 Nov 2026, 14:30",
        .id = "01a2021f-f25f-7c57-974b-82c67e6876fe",
        .leaf = "a99c56cbeb2461bb9f38caf94d3b3a4792f60268686ed6d9df88e08e76433dbc",
        .printed_at = "22 Nov 2026, 15:00",
        .printed_by = "A. Verma",
        .copy = "b029789-28"};
}

/* Every text of the composed paper, a line each. */
static inline const char *paper_words(const struct print_paper *paper)
{
    struct blocks blocks = {.first = NULL};
    struct compose compose = {.forms = world.forms, .paper = paper, .arena = world.arena, .blocks = &blocks};
    struct buf text;
    buf_init(&text, world.arena, (size_t)64 << 20);
    compose_record(&compose, &paper->record);
    compose_paper(&compose);
    compose_record_drop(&compose);
    for (const struct block *block = blocks.first; block; block = block->next) {
        if (block->kind == BLOCK_HEADING) buf_printf(&text, "%s\n", block->label.text[LANG_EN]);
        if (block->kind == BLOCK_TEXT) buf_printf(&text, "%s\n", block->text);
        for (size_t i = 0; block->cells && i < block->count; i++)
            buf_printf(&text, "%s: %s\n", block->cells[i].label.text[LANG_EN], block->cells[i].text);
        for (size_t i = 0; block->texts && i < block->count * block->column_count; i++)
            buf_printf(&text, "%s\n", block->texts[i]);
    }
    return text.data;
}

#endif
