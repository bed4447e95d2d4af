/* base/lines: the one reader of our line files (.form, lists, rules, words): comments, bars, words.
 *
 * '#' at the start of a line, or after a blank outside a bar column, starts a comment. A line is words, then
 * any number of columns behind '|'. Leading blanks give the indent. */
#ifndef PANJI_BASE_LINES_H
#define PANJI_BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define LINE_WORDS_MAX 64
#define LINE_COLUMNS_MAX 12

struct line {
    int number;                              /* from 1 */
    int indent;                              /* blanks before the first word */
    size_t word_count;
    const char *words[LINE_WORDS_MAX];       /* before the first bar, split at blanks */
    int word_at[LINE_WORDS_MAX];             /* column of each word, from 1 */
    size_t column_count;
    const char *columns[LINE_COLUMNS_MAX];   /* behind each bar, trimmed */
};

struct lines {
    struct arena *arena;
    const char *name; /* for messages */
    const char *at, *end;
    int number;
    bool too_long; /* a line held more words or columns than the limits: stop and report lines->number */
};

void lines_init(struct lines *lines, struct arena *arena, const char *name, const char *text, size_t n);

/* The next line that is not empty or a comment; false at the end. The strings live in the arena. */
bool lines_next(struct lines *lines, struct line *ret_line);

#endif
