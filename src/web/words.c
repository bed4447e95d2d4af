/* web/words: a sorted table, read once and kept for the life of the process. */
#include "web/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/builtin.h"
#include "base/lines.h"

#define WORDS_PATH "lang/messages"
#define WORDS_MAX 1000

struct words {
    const char *key;
    const char *text[LANG_COUNT];
};

static struct {
    struct arena *arena;
    struct words *rows;
    size_t count;
} table;

static _Noreturn void fail(int line, const char *why)
{
    fprintf(stderr, "panji: %s:%d: %s\n", WORDS_PATH, line, why);
    abort();
}

static int words_compare(const void *a, const void *b)
{
    return strcmp(((const struct words *)a)->key, ((const struct words *)b)->key);
}

void words_load(void)
{
    if (table.rows) return;
    const struct builtin *file = builtin_find(WORDS_PATH);
    if (!file) fail(0, "the file is not built in");
    struct arena *arena = arena_new((size_t)4 << 20);
    struct words *rows = ARENA_ARRAY(arena, struct words, WORDS_MAX);
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, WORDS_PATH, file->data, file->len);
    while (lines_next(&lines, &line)) {
        if (line.word_count != 1 || line.column_count != 2 || !line.columns[0][0] || !line.columns[1][0])
            fail(line.number, "a row is: key | English | Hindi");
        if (table.count == WORDS_MAX) fail(line.number, "too many rows");
        rows[table.count++] = (struct words){line.words[0], {line.columns[0], line.columns[1]}};
    }
    qsort(rows, table.count, sizeof *rows, words_compare);
    table.arena = arena;
    table.rows = rows;
}

const char *word(enum lang lang, const char *key)
{
    struct words wanted = {.key = key};
    const struct words *row = bsearch(&wanted, table.rows, table.count, sizeof wanted, words_compare);
    if (!row) fail(0, key);
    return row->text[lang];
}

enum lang lang_read(const char *text)
{
    return text && strcmp(text, "hi") == 0 ? LANG_HI : LANG_EN;
}
