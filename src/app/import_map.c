/* The map of an old register: a small line file that a person writes once per register.
 *
 *   source | Register of Kasdol 2015-2024
 *   column unit   | Police Station
 *   column number | FIR No.
 *   unit  33302006       | Kasdol | PS Kasdol | कसडोल
 *   stage charge_sheeted | Challan | चालान
 *   means | आबकारी एक्ट | छ.ग. आबकारी एक्ट
 *   dates month_first
 */
#include <string.h>

#include "app/import.h"
#include "base/lines.h"
#include "base/text.h"

static const char *const names[CELL_COUNT] = {
    [CELL_UNIT] = "unit",
    [CELL_NUMBER] = "number",
    [CELL_YEAR] = "year",
    [CELL_REGISTERED] = "registered",
    [CELL_OCCURRED] = "occurred",
    [CELL_OCCURRED_TIME] = "occurred_time",
    [CELL_SECTIONS] = "sections",
    [CELL_COMPLAINANT] = "complainant",
    [CELL_ACCUSED] = "accused",
    [CELL_OFFICER] = "officer",
    [CELL_STAGE] = "stage",
    [CELL_COURT_NUMBER] = "court_number",
    [CELL_REPORT_NUMBER] = "report_number",
    [CELL_REPORT_DATE] = "report_date",
    [CELL_NATIONAL_NUMBER] = "national_number",
    [CELL_PLACE] = "place",
    [CELL_GIST] = "gist",
    [CELL_REMARKS] = "remarks",
};

static const enum cell needed[] = {CELL_UNIT, CELL_NUMBER, CELL_REGISTERED, CELL_SECTIONS};

const char *cell_name(enum cell cell)
{
    return names[cell];
}

/* What is compared: folded, without blanks and full stops. */
static const char *word_key(struct arena *arena, const char *word)
{
    char *key = arena_strdup(arena, text_fold(arena, word)), *to = key;
    for (const char *from = key; *from; from++)
        if (!strchr(" .-", *from)) *to++ = *from;
    *to = '\0';
    return key;
}

const char *import_word(struct arena *arena, const struct import_word *words, size_t count, const char *typed)
{
    const char *key = word_key(arena, typed);
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].typed, key) == 0) return words[i].ours;
    return NULL;
}

struct map_reader {
    struct arena *arena;
    struct import_map *map;
    const struct line *line;
};

static const char *words_add(struct map_reader *reader, struct import_word *words, size_t *count)
{
    if (reader->line->word_count != 2 || reader->line->column_count == 0)
        return "the line is: unit CODE | name | name, or stage CODE | word | word";
    for (size_t i = 0; i < reader->line->column_count; i++) {
        if (*count == IMPORT_WORDS_MAX) return "too many words";
        words[(*count)++] =
            (struct import_word){word_key(reader->arena, reader->line->columns[i]), reader->line->words[1]};
    }
    return NULL;
}

static const char *read_column(struct map_reader *reader)
{
    if (reader->line->word_count != 2 || reader->line->column_count != 1)
        return "the line is: column CELL | heading";
    for (size_t i = 0; i < CELL_COUNT; i++) {
        if (strcmp(names[i], reader->line->words[1]) != 0) continue;
        if (reader->map->columns[i]) return "the cell stands here twice";
        reader->map->columns[i] = text_clean(reader->arena, reader->line->columns[0], false);
        return NULL;
    }
    return "there is no such cell";
}

static const char *read_unit(struct map_reader *reader)
{
    return words_add(reader, reader->map->units, &reader->map->unit_count);
}

static const char *read_stage(struct map_reader *reader)
{
    return words_add(reader, reader->map->stages, &reader->map->stage_count);
}

static const char *read_means(struct map_reader *reader)
{
    struct import_map *map = reader->map;
    if (reader->line->word_count != 1 || reader->line->column_count != 2)
        return "the line is: means | typed | meant";
    if (map->meaning_count == IMPORT_WORDS_MAX) return "too many words";
    if (!*reader->line->columns[0]) return "nothing is typed";
    map->meanings[map->meaning_count++] =
        (struct import_word){text_clean(reader->arena, reader->line->columns[0], false),
            text_clean(reader->arena, reader->line->columns[1], false)};
    return NULL;
}

static const char *read_dates(struct map_reader *reader)
{
    const char *order = reader->line->word_count == 2 ? reader->line->words[1] : "";
    reader->map->month_first = strcmp(order, "month_first") == 0;
    return reader->map->month_first || strcmp(order, "day_first") == 0 ? NULL
                                                                       : "dates are day_first or month_first";
}

static const char *read_source(struct map_reader *reader)
{
    if (reader->line->column_count != 1) return "the line is: source | name of the register";
    reader->map->source = text_clean(reader->arena, reader->line->columns[0], false);
    return NULL;
}

static const struct {
    const char *word;
    const char *(*read)(struct map_reader *reader);
} readers[] = {{"column", read_column}, {"unit", read_unit}, {"stage", read_stage}, {"means", read_means},
    {"dates", read_dates}, {"source", read_source}};

static const char *line_read(struct map_reader *reader)
{
    if (reader->line->word_count == 0) return "a line begins with a word";
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (strcmp(readers[i].word, reader->line->words[0]) == 0) return readers[i].read(reader);
    return "the word is not known";
}

static void wrong(struct problems *problems, const char *path, int line, const char *what)
{
    const char *where = arena_printf(problems->arena, "%s:%d: %s", path, line, what);
    problem_add(problems, "map_wrong", NULL, "what", where, NULL);
}

enum err import_map_read(struct arena *arena, const char *path, const char *text, size_t n,
    struct problems *problems, struct import_map *ret)
{
    size_t before = problems->count;
    *ret = (struct import_map){.units = ARENA_ARRAY(arena, struct import_word, IMPORT_WORDS_MAX),
        .stages = ARENA_ARRAY(arena, struct import_word, IMPORT_WORDS_MAX),
        .meanings = ARENA_ARRAY(arena, struct import_word, IMPORT_WORDS_MAX)};
    if (!text_valid(text, n)) {
        wrong(problems, path, 0, "not UTF-8 text");
        return E_PROBLEM;
    }
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, path, text, n);
    struct map_reader reader = {.arena = arena, .map = ret, .line = &line};
    while (lines_next(&lines, &line)) {
        const char *what = line_read(&reader);
        if (what) wrong(problems, path, line.number, what);
    }
    if (lines.too_long) wrong(problems, path, lines.number, "too many words or columns");
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (!ret->columns[needed[i]])
            wrong(
                problems, path, lines.number, arena_printf(arena, "there is no column %s", names[needed[i]]));
    return problems->count > before ? E_PROBLEM : E_OK;
}
