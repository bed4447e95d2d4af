/* report/book: reads the files of registers/. */
#include "report/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "base/lines.h"

#define BOOKS_FOLDER "registers/"
#define BOOKS_MAX 120

struct reading {
    struct arena *arena;
    const struct forms *forms;
    struct book *books;
    size_t count;
    const char *path;
    const struct line *line;
};

static _Noreturn void fail(const struct reading *reading, const char *why, const char *word)
{
    fprintf(stderr, "panji: %s:%d: %s%s%s\n", reading->path, reading->line->number, why, word ? ": " : "",
        word ? word : "");
    abort();
}

static struct label label_of(const struct line *line)
{
    return (struct label){.text = {[LANG_EN] = line->columns[0], [LANG_HI] = line->columns[1]}};
}

static size_t words_copy(struct reading *reading, size_t from, const char **to)
{
    size_t count = reading->line->word_count - from;
    if (count > BOOK_WORDS_MAX) fail(reading, "too many words", NULL);
    for (size_t i = 0; i < count; i++) to[i] = reading->line->words[from + i];
    return count;
}

/* ---- rows ---- */

static const struct {
    const char *word;
    const char *list; /* of the words behind it; NULL: forms */
} sources[] = {
    [BOOK_ENTRIES] = {"entries", NULL},
    [BOOK_RECEIVED] = {"received", NULL},
    [BOOK_UNANSWERED] = {"unanswered", NULL},
    [BOOK_CASES] = {"cases", "case_kind"},
    [BOOK_PROPERTY] = {"property", "custody"},
    [BOOK_LISTED] = {"listed", "case_kind"},
};

static void word_check(struct reading *reading, const char *list, const char *word)
{
    bool known = list ? list_find(reading->forms, list) && code_find(list_find(reading->forms, list), word)
                      : form_find(reading->forms, word) != NULL;
    if (!known) fail(reading, list ? "no such code" : "no such form", word);
}

static void read_rows(struct reading *reading, struct book *book)
{
    const char *source = reading->line->word_count > 1 ? reading->line->words[1] : "";
    size_t i = 0;
    while (i < sizeof sources / sizeof *sources && strcmp(sources[i].word, source) != 0) i++;
    if (i == sizeof sources / sizeof *sources) fail(reading, "no such rows", source);
    book->rows = (enum book_rows)i;
    book->word_count = words_copy(reading, 2, book->words);
    for (size_t k = 0; k < book->word_count; k++) word_check(reading, sources[i].list, book->words[k]);
    if (book->word_count == 0 && !sources[i].list) fail(reading, "the forms are missing", NULL);
}

/* ---- columns ---- */

static const char *const cells[] = {
    [CELL_NUMBER] = "number",
    [CELL_TIME] = "time",
    [CELL_DAY] = "day",
    [CELL_FORM] = "form",
    [CELL_FROM] = "from",
    [CELL_OFFICER] = "officer",
    [CELL_CASE] = "case",
    [CELL_STAGE] = "stage",
    [CELL_SECTIONS] = "sections",
    [CELL_IO] = "io",
    [CELL_NEXT] = "next",
    [CELL_PURPOSE] = "purpose",
    [CELL_PEOPLE] = "people",
    [CELL_STATUS] = "status",
    [CELL_TAKEN] = "taken",
    [CELL_ACTED] = "acted",
    [CELL_THING] = "thing",
    [CELL_CATEGORY] = "category",
    [CELL_QUANTITY] = "quantity",
    [CELL_DEPOSIT] = "deposit",
    [CELL_CUSTODY] = "custody",
    [CELL_FIELD] = "field",
};

/* In the first form that brings things into one of the book's states. */
static const struct field *custody_field(
    const struct reading *reading, const struct book *book, const char *path)
{
    for (size_t i = 0; i < forms_count(reading->forms); i++) {
        const struct form *form = forms_at(reading->forms, i);
        for (size_t k = 0; k < form->property_count; k++)
            for (size_t n = 0; n < book->word_count; n++)
                if (strcmp(form->properties[k].word, book->words[n]) == 0 && field_at(form, path))
                    return field_at(form, path);
    }
    return NULL;
}

/* The field at a path without row numbers, in the first form of the book that has it. */
static const struct field *path_field(struct reading *reading, const struct book *book, const char *path)
{
    if (book->rows == BOOK_PROPERTY) return custody_field(reading, book, path);
    for (size_t i = 0; i < book->word_count; i++) {
        const struct form *form = form_find(reading->forms, book->words[i]);
        const struct field *field = form ? field_at(form, path) : NULL;
        if (field) return field;
    }
    return NULL;
}

static void read_paths(struct reading *reading, const struct book *book, struct book_column *column)
{
    column->path_count = reading->line->word_count - 2;
    if (column->path_count == 0 || column->path_count > BOOK_PATHS_MAX)
        fail(reading, "one to four paths are wanted", NULL);
    for (size_t i = 0; i < column->path_count; i++) {
        column->paths[i] = reading->line->words[2 + i];
        const struct field *field = path_field(reading, book, column->paths[i]);
        if (!field) fail(reading, "no form of the book has this field", column->paths[i]);
        if (!column->label.text[LANG_EN]) column->label = field->label;
    }
}

static void read_column(struct reading *reading, struct book *book)
{
    const struct line *line = reading->line;
    if (book->column_count == BOOK_COLUMNS_MAX) fail(reading, "too many columns", NULL);
    struct book_column *column = &book->columns[book->column_count++];
    const char *word = line->word_count > 1 ? line->words[1] : "";
    size_t i = 0;
    while (i < sizeof cells / sizeof *cells && strcmp(cells[i], word) != 0) i++;
    if (i == sizeof cells / sizeof *cells) fail(reading, "no such cell", word);
    column->cell = (enum book_cell)i;
    if (line->column_count == 2) column->label = label_of(line);
    if (column->cell == CELL_FIELD) {
        read_paths(reading, book, column);
    } else if (column->cell == CELL_PEOPLE || column->cell == CELL_STATUS) {
        bool of_one = column->cell == CELL_STATUS && line->word_count == 4;
        if (line->word_count != 3 && !of_one) fail(reading, "the role is missing", NULL);
        word_check(reading, "person_role", line->words[2]);
        column->role = line->words[2];
        if (!of_one) return;
        column->path_count = 1;
        column->paths[0] = line->words[3];
        if (!path_field(reading, book, line->words[3]))
            fail(reading, "no form of the book has this field", line->words[3]);
    }
}

/* ---- books ---- */

static void read_kept(struct reading *reading, struct book *book)
{
    book->kind_count = words_copy(reading, 1, book->kinds);
    for (size_t i = 0; i < book->kind_count; i++) word_check(reading, "office_kind", book->kinds[i]);
}

static void read_narrow(struct reading *reading, struct book *book)
{
    book->narrow = reading->line->word_count == 2 ? reading->line->words[1] : "";
    const struct field *field = path_field(reading, book, book->narrow);
    if (!field || field->type != FIELD_CODE) fail(reading, "a code field is wanted", book->narrow);
}

/* Only what came from others waits for somebody here. */
static void read_order(struct reading *reading, struct book *book)
{
    const struct line *line = reading->line;
    if (line->word_count != 2 || strcmp(line->words[1], "waiting") != 0) fail(reading, "order waiting", NULL);
    if (book->rows != BOOK_RECEIVED && book->rows != BOOK_UNANSWERED)
        fail(reading, "nothing waits in rows of this kind", NULL);
    book->as_worked = true;
}

static void read_book(struct reading *reading)
{
    const struct line *line = reading->line;
    if (line->word_count != 2 || line->column_count != 2) fail(reading, "book NAME | English | Hindi", NULL);
    if (reading->count == BOOKS_MAX) fail(reading, "too many books", NULL);
    if (book_find(reading->books, reading->count, line->words[1]))
        fail(reading, "there are two of this name", line->words[1]);
    reading->books[reading->count++] = (struct book){.name = line->words[1], .label = label_of(line)};
}

static const struct {
    const char *word;
    void (*read)(struct reading *reading, struct book *book);
} book_lines[] = {
    {"kept", read_kept},
    {"rows", read_rows},
    {"order", read_order},
    {"narrow", read_narrow},
    {"column", read_column},
};

static void line_read(struct reading *reading)
{
    const char *word = reading->line->word_count > 0 ? reading->line->words[0] : "";
    if (reading->line->indent == 0 && strcmp(word, "book") == 0) {
        read_book(reading);
        return;
    }
    size_t i = 0;
    while (i < sizeof book_lines / sizeof *book_lines && strcmp(book_lines[i].word, word) != 0) i++;
    if (reading->count == 0 || i == sizeof book_lines / sizeof *book_lines)
        fail(reading, "no such line", word);
    book_lines[i].read(reading, &reading->books[reading->count - 1]);
}

static void file_read(struct reading *reading, const struct builtin *file)
{
    struct lines lines;
    struct line line;
    lines_init(&lines, reading->arena, file->path, file->data, file->len);
    reading->path = file->path;
    reading->line = &line;
    while (lines_next(&lines, &line)) line_read(reading);
}

size_t books_load(struct arena *arena, const struct forms *forms, const struct book **ret_books)
{
    struct reading reading = {
        .arena = arena, .forms = forms, .books = ARENA_ARRAY(arena, struct book, BOOKS_MAX)};
    for (size_t i = 0; i < builtin_files_count; i++)
        if (strncmp(builtin_files[i].path, BOOKS_FOLDER, strlen(BOOKS_FOLDER)) == 0)
            file_read(&reading, &builtin_files[i]);
    *ret_books = reading.books;
    return reading.count;
}

const struct book *book_find(const struct book *books, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(books[i].name, name) == 0) return &books[i];
    return NULL;
}

bool book_kept_at(const struct book *book, const char *office_kind)
{
    for (size_t i = 0; i < book->kind_count; i++)
        if (strcmp(book->kinds[i], office_kind) == 0) return true;
    return false;
}
