/* print/declare: reads .print files. Every fault is told with file, line and column; what a layout names must
 * be in the newest form, so that a misspelt path is found at start and not by a clerk with an empty paper. */
#include "print/declare.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"

#define MILLIMETRE (72 / 25.4)

void declare_fault(struct reading *reading, size_t at, const char *format, ...)
{
    const struct line *line = reading->line;
    struct arena *arena = reading->prints->arena;
    va_list args;
    va_start(args, format);
    const char *words = arena_vprintf(arena, format, args);
    va_end(args);
    reading->fault_count++;
    int column = at < line->word_count ? line->word_at[at] : line->indent + 1;
    problem_add(reading->problems, "print_wrong", NULL, "what",
        arena_printf(arena, "%s:%d:%d: %s", reading->file, line->number, column, words), NULL);
}

/* Two columns, or none where the form's own label will do. */
static void labels_read(struct reading *reading, struct label *ret, bool wanted)
{
    const struct line *line = reading->line;
    if (line->column_count == 0 && !wanted) return;
    if (line->column_count != 2 || !line->columns[0][0] || !line->columns[1][0]) {
        declare_fault(reading, line->word_count, "two columns are wanted: English and Hindi");
        return;
    }
    *ret = (struct label){{line->columns[0], line->columns[1]}};
}

static int number_read(struct reading *reading, size_t at, int max)
{
    const struct line *line = reading->line;
    const char *word = at < line->word_count ? line->words[at] : "";
    size_t n = strlen(word);
    int number = n > 0 && n < 6 && strspn(word, "0123456789") == n ? (int)strtol(word, NULL, 10) : 0;
    if (number < 1 || number > max) {
        declare_fault(reading, at, "a number from 1 to %d is wanted", max);
        return 1;
    }
    return number;
}

/* ---- paths ---- */

/* Facts (".number") and the texts of a view have no declaration to be looked up in. */
static bool path_known(const struct reading *reading, const char *table, const char *path, bool section)
{
    const struct print *print = reading->print;
    if (path[0] == '.' || print->kind == PRINT_VIEW) return true;
    const char *whole = table ? arena_printf(reading->prints->arena, "%s.%s", table, path) : path;
    for (size_t i = 0; i < print->form_count; i++) {
        const struct form *form = form_find(reading->forms, print->forms[i]);
        if (!form) continue;
        if (section ? section_find(form, path) != NULL : path_leads(reading->prints->arena, form, whole))
            return true;
    }
    return false;
}

/* The words from `at` on, up to "when". table: the section whose rows they start in; NULL. */
static size_t paths_read(
    struct reading *reading, size_t at, const char *table, const char **ret, size_t *ret_count)
{
    const struct line *line = reading->line;
    for (; at < line->word_count && strcmp(line->words[at], "when") != 0; at++) {
        if (!path_known(reading, table, line->words[at], false))
            declare_fault(reading, at, "the form has no field %s", line->words[at]);
        if (*ret_count == ROW_PATHS_MAX)
            declare_fault(reading, at, "at most %d paths", ROW_PATHS_MAX);
        else
            ret[(*ret_count)++] = line->words[at];
    }
    return at;
}

/* "when FIELD VALUE,VALUE", with the whole path of the field. */
static void when_read(struct reading *reading, size_t at, struct condition *ret)
{
    const struct line *line = reading->line;
    if (at == line->word_count) return;
    if (at + 3 != line->word_count || strcmp(line->words[at], "when") != 0) {
        declare_fault(reading, at, "only \"when FIELD VALUES\" may stand here");
        return;
    }
    if (!path_known(reading, NULL, line->words[at + 1], false))
        declare_fault(reading, at + 1, "the form has no field %s", line->words[at + 1]);
    ret->field = line->words[at + 1];
    for (const char *rest = line->words[at + 2]; *rest && ret->value_count < 16;) {
        size_t n = strcspn(rest, ",");
        ret->values[ret->value_count++] = arena_strndup(reading->prints->arena, rest, n);
        rest += n + (rest[n] == ',');
    }
}

/* ---- lines about the whole paper ---- */

static void forms_read(struct reading *reading, size_t at)
{
    struct print *print = reading->print;
    const struct line *line = reading->line;
    for (; at < line->word_count; at++) {
        if (!form_find(reading->forms, line->words[at]))
            declare_fault(reading, at, "there is no such form");
        else if (print->form_count == PRINT_FORMS_MAX)
            declare_fault(reading, at, "at most %d forms", PRINT_FORMS_MAX);
        else
            print->forms[print->form_count++] = line->words[at];
    }
    if (print->form_count == 0) declare_fault(reading, at, "a form is wanted");
}

static void line_of(struct reading *reading)
{
    forms_read(reading, 1);
}

static void line_register(struct reading *reading)
{
    const struct line *line = reading->line;
    struct print *print = reading->print;
    print->kind = PRINT_REGISTER;
    bool of = line->word_count > 2 && strcmp(line->words[2], "of") == 0;
    bool day = line->word_count > 1 && strcmp(line->words[1], "day") == 0;
    if (!day && (line->word_count < 2 || strcmp(line->words[1], "month") != 0))
        declare_fault(reading, 1, "\"month\" or \"day\" is wanted");
    if (!of) declare_fault(reading, 2, "\"of FORM\" is wanted");
    print->period = day ? PERIOD_DAY : PERIOD_MONTH;
    forms_read(reading, 3);
}

static void line_view(struct reading *reading)
{
    reading->print->kind = PRINT_VIEW;
}
static void line_under(struct reading *reading)
{
    labels_read(reading, &reading->print->under, true);
}

static void line_paper(struct reading *reading)
{
    reading->print->width = number_read(reading, 1, 500) * MILLIMETRE;
    reading->print->height = number_read(reading, 2, 500) * MILLIMETRE;
}

static void line_each(struct reading *reading)
{
    const struct line *line = reading->line;
    const char *path = line->word_count == 2 ? line->words[1] : "";
    if (!path_known(reading, NULL, path, true)) declare_fault(reading, 1, "the form has no such section");
    reading->print->each = path;
}

static void line_draft(struct reading *reading)
{
    const struct line *line = reading->line;
    if (line->word_count != 3 || strcmp(line->words[1], "unless") != 0)
        declare_fault(reading, 1, "\"draft unless FIELD\" is meant");
    else if (!path_known(reading, NULL, line->words[2], false))
        declare_fault(reading, 2, "the form has no field %s", line->words[2]);
    else
        reading->print->draft_unless = line->words[2];
    labels_read(reading, &reading->print->draft, true);
}

/* ---- rows ---- */

static struct print_row *row_add(struct reading *reading, enum row_kind kind, bool labelled)
{
    struct print *print = reading->print;
    if (print->row_count == ROWS_MAX) {
        declare_fault(reading, 0, "at most %d rows", ROWS_MAX);
        return ARENA_NEW(reading->prints->arena, struct print_row); /* of a layout that is refused anyway */
    }
    struct print_row *row = &print->rows[print->row_count++];
    row->kind = kind;
    labels_read(reading, &row->label, labelled);
    reading->row = row;
    return row;
}

static void line_item(struct reading *reading)
{
    const struct line *line = reading->line;
    struct print_row *row = row_add(reading, ROW_ITEM, true);
    if (line->word_count < 2)
        declare_fault(reading, 0, "the number of the item is missing");
    else
        row->number = line->words[1];
    when_read(reading, line->word_count < 2 ? 1 : 2, &row->when);
}

static void line_heading(struct reading *reading)
{
    when_read(reading, 1, &row_add(reading, ROW_HEADING, true)->when);
}

static void line_field(struct reading *reading)
{
    struct print_row *row = row_add(reading, ROW_FIELD, false);
    when_read(reading, paths_read(reading, 1, NULL, row->paths, &row->path_count), &row->when);
    if (row->path_count == 0)
        declare_fault(reading, 1, "a field is wanted");
    else if (!row->label.text[0] && (row->paths[0][0] == '.' || reading->print->kind == PRINT_VIEW))
        declare_fault(reading, 1, "%s has no label of its own: give one", row->paths[0]);
}

static void line_section(struct reading *reading)
{
    const struct line *line = reading->line;
    struct print_row *row = row_add(reading, ROW_SECTION, false);
    const char *path = line->word_count > 1 ? line->words[1] : "";
    if (!path_known(reading, NULL, path, true)) declare_fault(reading, 1, "the form has no section %s", path);
    row->paths[row->path_count++] = path;
    when_read(reading, line->word_count > 1 ? 2 : 1, &row->when);
}

static void line_table(struct reading *reading)
{
    const struct line *line = reading->line;
    struct print_row *row = row_add(reading, ROW_TABLE, false);
    row->columns = ARENA_ARRAY(reading->prints->arena, struct print_column, COLUMNS_MAX);
    const char *path = line->word_count > 1 ? line->words[1] : "";
    bool rows = reading->print->kind != PRINT_ENTRY;
    if (rows ? line->word_count != 1 : !path_known(reading, NULL, path, true))
        declare_fault(
            reading, 1, rows ? "the rows are those of the register" : "the form has no section %s", path);
    row->paths[0] = rows ? NULL : path;
    row->path_count = !rows;
    if (!rows) when_read(reading, line->word_count > 1 ? 2 : 1, &row->when);
}

static void line_column(struct reading *reading)
{
    struct print_row *row = reading->row;
    if (!row || row->kind != ROW_TABLE || row->column_count == COLUMNS_MAX) {
        declare_fault(reading, 0, "a column stands under a table, at most %d", COLUMNS_MAX);
        return;
    }
    struct print_column *column = &row->columns[row->column_count++];
    column->width = number_read(reading, 1, 1000);
    labels_read(reading, &column->label, false);
    paths_read(reading, 2, row->paths[0], column->paths, &column->path_count);
    bool plain = column->path_count == 0 || column->paths[0][0] == '.' || reading->print->kind == PRINT_VIEW;
    if (!column->label.text[0] && plain)
        declare_fault(reading, 1, "the column has no label of its own: give one");
}

static void line_words(struct reading *reading)
{
    when_read(reading, 1, &row_add(reading, ROW_WORDS, true)->when);
}

static void line_sign(struct reading *reading)
{
    struct print_row *row = row_add(reading, ROW_SIGN, true);
    when_read(reading, paths_read(reading, 1, NULL, row->paths, &row->path_count), &row->when);
}

static void line_blank(struct reading *reading)
{
    when_read(reading, 1, &row_add(reading, ROW_BLANK, true)->when);
}

static void line_lines(struct reading *reading)
{
    row_add(reading, ROW_LINES, false)->lines = number_read(reading, 1, 40);
}

static void line_rest(struct reading *reading)
{
    row_add(reading, ROW_REST, false);
}

static const struct {
    const char *word;
    void (*read)(struct reading *reading);
} line_kinds[] = {
    {"blank", line_blank},
    {"column", line_column},
    {"draft", line_draft},
    {"each", line_each},
    {"field", line_field},
    {"heading", line_heading},
    {"item", line_item},
    {"lines", line_lines},
    {"of", line_of},
    {"paper", line_paper},
    {"register", line_register},
    {"rest", line_rest},
    {"section", line_section},
    {"sign", line_sign},
    {"table", line_table},
    {"under", line_under},
    {"view", line_view},
    {"words", line_words},
};

static void print_begin(struct reading *reading)
{
    struct prints *prints = reading->prints;
    const struct line *line = reading->line;
    const char *name = line->word_count == 2 ? line->words[1] : "";
    if (!name[0] || strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") != strlen(name))
        declare_fault(reading, 1, "\"print NAME | English | Hindi\" is meant");
    if (print_find(prints, name)) declare_fault(reading, 1, "%s is there already", name);
    if (prints->count == PRINTS_MAX) {
        declare_fault(reading, 0, "at most %d layouts", PRINTS_MAX);
        return;
    }
    struct print *print = &prints->list[prints->count++];
    *print = (struct print){.name = name, .file = reading->file, .label = {{name, name}}};
    print->rows = ARENA_ARRAY(prints->arena, struct print_row, ROWS_MAX);
    labels_read(reading, &print->label, true);
    reading->print = print;
    reading->row = NULL;
}

void declare_line(struct reading *reading)
{
    const struct line *line = reading->line;
    const char *word = line->word_count > 0 ? line->words[0] : "";
    if (strcmp(word, "print") == 0) {
        print_begin(reading);
        return;
    }
    for (size_t i = 0; reading->print && i < sizeof line_kinds / sizeof line_kinds[0]; i++) {
        if (strcmp(line_kinds[i].word, word) != 0) continue;
        line_kinds[i].read(reading);
        return;
    }
    declare_fault(reading, 0, "'%.40s' is not a word of layouts", word);
}
