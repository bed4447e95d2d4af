/* base/lines: cuts one line at a time into words and columns. Blanks are space, tab and the CR of files that
 * came by way of Windows. */
#include "base/lines.h"

#include <string.h>

void lines_init(struct lines *lines, struct arena *arena, const char *name, const char *text, size_t n)
{
    static const char mark[] = "\xEF\xBB\xBF";
    *lines = (struct lines){.arena = arena, .name = name, .at = text, .end = text + n};
    if (n >= 3 && memcmp(text, mark, 3) == 0) lines->at += 3;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The words before the first bar. Returns where they end: the bar, a comment, or the line's end. */
static const char *words_read(struct lines *lines, struct line *line, const char *start, const char *end)
{
    const char *at = start;
    for (;;) {
        while (at < end && is_blank(*at)) at++;
        if (at == end || *at == '|') return at;
        if (*at == '#') return end;
        const char *word = at;
        while (at < end && !is_blank(*at) && *at != '|') at++;
        if (line->word_count == LINE_WORDS_MAX) {
            lines->too_long = true;
            return end;
        }
        line->word_at[line->word_count] = (int)(word - start) + 1;
        line->words[line->word_count++] = arena_strndup(lines->arena, word, (size_t)(at - word));
    }
}

/* `at` stands on the first bar. */
static void columns_read(struct lines *lines, struct line *line, const char *at, const char *end)
{
    while (at < end) {
        const char *from = at + 1;
        const char *to = memchr(from, '|', (size_t)(end - from));
        if (!to) to = end;
        at = to;
        while (from < to && is_blank(*from)) from++;
        while (to > from && is_blank(to[-1])) to--;
        if (line->column_count == LINE_COLUMNS_MAX) {
            lines->too_long = true;
            return;
        }
        line->columns[line->column_count++] = arena_strndup(lines->arena, from, (size_t)(to - from));
    }
}

bool lines_next(struct lines *lines, struct line *ret_line)
{
    while (lines->at < lines->end && !lines->too_long) {
        const char *start = lines->at;
        const char *end = memchr(start, '\n', (size_t)(lines->end - start));
        lines->at = end ? end + 1 : lines->end;
        if (!end) end = lines->end;
        *ret_line = (struct line){.number = ++lines->number};
        const char *first = start;
        while (first < end && is_blank(*first)) first++;
        ret_line->indent = (int)(first - start);
        columns_read(lines, ret_line, words_read(lines, ret_line, start, end), end);
        if (lines->too_long) return false;
        if (ret_line->word_count > 0 || ret_line->column_count > 0) return true;
    }
    return false;
}
