/* What the tests of forms share: reading files of the tree, loading texts, problems as lines. */
#ifndef PANJI_TESTS_FORM_WORLD_H
#define PANJI_TESTS_FORM_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "form/form.h"

static inline const char *tree_path(struct arena *arena, const char *path)
{
    const char *root = getenv("PANJI_SOURCE");
    return arena_printf(arena, "%s/%s", root ? root : ".", path);
}

static inline const char *file_text(struct arena *arena, const char *path)
{
    static const size_t largest = (size_t)1 << 20;
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s cannot be read", path);
    char *text = arena_alloc(arena, largest);
    size_t n = fread(text, 1, largest - 1, file);
    fclose(file);
    text[n] = '\0';
    return text;
}

/* The set of one text called "x.form"; the test fails when it is refused. */
static inline struct forms *forms_of(struct arena *arena, const char *text)
{
    static const char *const name = "x.form";
    struct problems problems = {.arena = arena};
    struct forms *forms = NULL;
    if (forms_load_texts(&name, &text, 1, &problems, &forms) != E_OK)
        fail_msg("refused: %s", problems.list[0].text[LANG_EN]);
    return forms;
}

/* "code path" of every problem, one a line. */
static inline const char *problem_lines(struct arena *arena, const struct problems *problems)
{
    const char *lines = "";
    for (size_t i = 0; i < problems->count; i++)
        lines = arena_printf(arena, "%s%s %s\n", lines, problems->list[i].code, problems->list[i].path);
    return lines;
}

static inline json_t *json_of(const char *text)
{
    json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
    if (!json) fail_msg("not JSON: %s", text);
    return json;
}

static inline const char *json_line(struct arena *arena, const json_t *json)
{
    struct buf buf;
    buf_init(&buf, arena, FORM_BODY_BYTES_MAX);
    json_canonical(&buf, json);
    return buf.data;
}

static inline int arena_setup(void **state)
{
    *state = arena_new((size_t)256 << 20);
    return 0;
}

static inline int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#endif
