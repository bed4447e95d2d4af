/* access/outlines: reads places/outlines when the first map is drawn and keeps it for the life of the
 * process. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/places.h"
#include "base/arena.h"
#include "base/builtin.h"
#include "base/lines.h"

#define OUTLINES_PATH "places/outlines"
#define OUTLINES_MAX 1000

static struct {
    pthread_once_t once;
    struct arena *arena;
    struct place_outline *rows;
    size_t count;
} outlines = {.once = PTHREAD_ONCE_INIT};

static int number(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

static void outlines_read(void)
{
    struct arena *arena = outlines.arena = arena_new((size_t)8 << 20);
    const struct builtin *file = builtin_find(OUTLINES_PATH);
    outlines.rows = ARENA_ARRAY(arena, struct place_outline, OUTLINES_MAX);
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, OUTLINES_PATH, file ? file->data : "", file ? file->len : 0);
    while (lines_next(&lines, &line)) {
        if (line.word_count != 6 || line.column_count != 1 || outlines.count == OUTLINES_MAX) {
            fprintf(stderr, "panji: " OUTLINES_PATH ":%d: not an outline\n", line.number);
            abort();
        }
        outlines.rows[outlines.count++] = (struct place_outline){.state_lgd = line.words[0],
            .lgd = strcmp(line.words[1], "0") == 0 ? NULL : line.words[1],
            .x0 = number(line.words[2]),
            .y0 = number(line.words[3]),
            .x1 = number(line.words[4]),
            .y1 = number(line.words[5]),
            .path = line.columns[0]};
    }
}

/* The rows of a State stand together. */
size_t place_outlines(const char *state_lgd, const struct place_outline **ret)
{
    pthread_once(&outlines.once, outlines_read);
    size_t first = 0, count = 0;
    while (first < outlines.count && strcmp(outlines.rows[first].state_lgd, state_lgd) != 0) first++;
    while (first + count < outlines.count && strcmp(outlines.rows[first + count].state_lgd, state_lgd) == 0)
        count++;
    *ret = outlines.rows + first;
    return count;
}

const struct place_outline *place_outline(const char *lgd)
{
    pthread_once(&outlines.once, outlines_read);
    for (size_t i = 0; i < outlines.count; i++)
        if (outlines.rows[i].lgd && strcmp(outlines.rows[i].lgd, lgd) == 0) return &outlines.rows[i];
    return NULL;
}
