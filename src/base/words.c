/* base/words: sorted tables, read once and kept for the life of the process. */
#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/builtin.h"
#include "base/lines.h"

#define WORDS_FOLDER "lang/messages/"
#define WORDS_MAX 4000

struct words {
    const char *key;
    const char *text[LANG_COUNT];
};

static struct {
    struct arena *arena;
    struct words *rows;
    size_t count;
} table;

static _Noreturn void fail(const char *path, int line, const char *why)
{
    fprintf(stderr, "panji: %s:%d: %s\n", path, line, why);
    abort();
}

static int words_compare(const void *a, const void *b)
{
    return strcmp(((const struct words *)a)->key, ((const struct words *)b)->key);
}

static void file_read(struct arena *arena, const struct builtin *file)
{
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, file->path, file->data, file->len);
    while (lines_next(&lines, &line)) {
        if (line.word_count != 1 || line.column_count != 2 || !line.columns[0][0] || !line.columns[1][0])
            fail(file->path, line.number, "a row is: key | English | Hindi");
        if (table.count == WORDS_MAX) fail(file->path, line.number, "too many rows");
        table.rows[table.count++] = (struct words){line.words[0], {line.columns[0], line.columns[1]}};
    }
}

void words_load(void)
{
    if (table.rows) return;
    table.arena = arena_new((size_t)4 << 20);
    table.rows = ARENA_ARRAY(table.arena, struct words, WORDS_MAX);
    for (size_t i = 0; i < builtin_files_count; i++)
        if (strncmp(builtin_files[i].path, WORDS_FOLDER, strlen(WORDS_FOLDER)) == 0)
            file_read(table.arena, &builtin_files[i]);
    qsort(table.rows, table.count, sizeof *table.rows, words_compare);
    for (size_t i = 1; i < table.count; i++)
        if (strcmp(table.rows[i - 1].key, table.rows[i].key) == 0)
            fail(WORDS_FOLDER, 0, arena_printf(table.arena, "%s stands there twice", table.rows[i].key));
}

const char *word(enum lang lang, const char *key)
{
    struct words wanted = {.key = key};
    const struct words *row = bsearch(&wanted, table.rows, table.count, sizeof wanted, words_compare);
    if (!row) fail(WORDS_FOLDER, 0, key);
    return row->text[lang];
}

enum lang lang_read(const char *text)
{
    return text && strcmp(text, "hi") == 0 ? LANG_HI : LANG_EN;
}
