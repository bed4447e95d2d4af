/* How the files of practice/ are read: a line, its words one by one, and faults told with file and line. */
#include <stdlib.h>
#include <string.h>

#include "app/practice/tables.h"
#include "base/builtin.h"
#include "base/time.h"

bool reading_open(struct reading *reading, struct tables *tables, const char *file)
{
    const struct builtin *builtin = builtin_find(file);
    *reading = (struct reading){.tables = tables, .file = file};
    if (builtin)
        lines_init(&reading->lines, tables->arena, file, builtin->data, builtin->len);
    else
        reading_wrong(reading, "the file is not built in");
    return builtin != NULL;
}

bool reading_next(struct reading *reading)
{
    reading->at = 0;
    if (reading->wrong || !lines_next(&reading->lines, &reading->line)) {
        if (!reading->wrong && reading->lines.too_long) reading_wrong(reading, "too many words");
        return false;
    }
    return true;
}

void reading_wrong(struct reading *reading, const char *what)
{
    if (!reading->wrong)
        problem_add(reading->tables->problems, "practice_wrong", NULL, "what",
            arena_printf(reading->tables->arena, "%s:%d: %s", reading->file, reading->line.number, what),
            NULL);
    reading->wrong = true;
}

const char *reading_word(struct reading *reading)
{
    return reading->at < reading->line.word_count ? reading->line.words[reading->at++] : "";
}

bool reading_is(struct reading *reading, const char *word)
{
    if (reading->at >= reading->line.word_count || strcmp(reading->line.words[reading->at], word) != 0)
        return false;
    reading->at++;
    return true;
}

/* A whole number at the start of text; what stands behind it. */
static bool number_take(const char **text, int *ret)
{
    char *end;
    long number = strtol(*text, &end, 10);
    if (end == *text || number < 0 || number > 100000000) return false;
    *text = end;
    *ret = (int)number;
    return true;
}

int reading_int(struct reading *reading)
{
    const char *word = reading_word(reading);
    int number = 0;
    if (!number_take(&word, &number) || *word) reading_wrong(reading, "a whole number belongs here");
    return number;
}

void reading_range(struct reading *reading, int *ret_min, int *ret_max)
{
    const char *word = reading_word(reading);
    if (!number_take(&word, ret_min)) reading_wrong(reading, "a number or a range like 2-5 belongs here");
    *ret_max = *ret_min;
    if (*word == '-') {
        word++;
        if (!number_take(&word, ret_max) || *ret_max < *ret_min) reading_wrong(reading, "the range is wrong");
    }
}

bool duration_read(const char *text, int64_t *ret_ms)
{
    int number = 0;
    if (!number_take(&text, &number) || !*text || text[1]) return false;
    const int64_t unit = *text == 'm'   ? 60 * TIME_SECOND_MS
                         : *text == 'h' ? TIME_HOUR_MS
                         : *text == 'd' ? TIME_DAY_MS
                                        : 0;
    *ret_ms = number * unit;
    return unit != 0;
}

int64_t reading_duration(struct reading *reading)
{
    int64_t ms = 0;
    if (!duration_read(reading_word(reading), &ms))
        reading_wrong(reading, "a time like 20m, 6h or 3d belongs here");
    return ms;
}

double reading_spread(struct reading *reading)
{
    const char *word = reading_word(reading);
    double spread = *word == 'x' ? strtod(word + 1, NULL) : 0;
    if (spread < 1 || spread > 10) reading_wrong(reading, "a spread like x1.8 belongs here");
    return spread;
}

static void list_add(struct reading *reading, struct word_list *list, const char *word)
{
    if (list->count == TABLE_WORDS_MAX)
        reading_wrong(reading, "the list is too long");
    else
        list->words[list->count++] = word;
}

void reading_list(struct reading *reading, struct word_list *ret, const char *text)
{
    while (*text) {
        while (*text == ' ') text++;
        size_t n = strcspn(text, ",");
        size_t used = n;
        while (used > 0 && text[used - 1] == ' ') used--;
        if (used) list_add(reading, ret, arena_strndup(reading->tables->arena, text, used));
        text += n + (text[n] == ',');
    }
}

void reading_test(struct reading *reading, struct test *test)
{
    for (;;) {
        if (reading_is(reading, "if"))
            reading_list(reading, &test->wanted, reading_word(reading));
        else if (reading_is(reading, "unless"))
            reading_list(reading, &test->unwanted, reading_word(reading));
        else
            return;
    }
}

struct table_text reading_text(struct reading *reading, size_t column)
{
    const struct line *line = &reading->line;
    const char *english = column < line->column_count ? line->columns[column] : "";
    const char *hindi = column + 1 < line->column_count ? line->columns[column + 1] : english;
    return (struct table_text){{english, hindi}};
}

bool words_hold(const struct word_list *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->words[i], word) == 0) return true;
    return false;
}
