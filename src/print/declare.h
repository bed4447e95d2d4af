/* print/declare: layouts as they are read, private to the room. */
#ifndef PANJI_PRINT_DECLARE_H
#define PANJI_PRINT_DECLARE_H

#include "base/lines.h"
#include "print/print.h"

#define ROW_PATHS_MAX 8
#define COLUMNS_MAX 16
#define ROWS_MAX 120
#define PRINT_FORMS_MAX 12
#define PRINTS_MAX 400

enum row_kind {
    ROW_ITEM,    /* a numbered heading: item 6 | … */
    ROW_HEADING, /* heading | … */
    ROW_FIELD,   /* values in a cell: field PATH… [| …] */
    ROW_SECTION, /* a section as it is declared: section NAME */
    ROW_TABLE,   /* a table of a section's rows, with its columns */
    ROW_WORDS,   /* a sentence with values in it: words | … {path} … */
    ROW_SIGN,    /* room for a signature: sign [PATH] | … */
    ROW_BLANK,   /* a cell to fill in by hand: blank | … */
    ROW_LINES,   /* ruled lines to write on: lines N */
    ROW_REST,    /* everything not named yet */
};

struct print_column {
    const char *paths[ROW_PATHS_MAX];
    size_t path_count;
    int width;          /* parts of the whole */
    struct label label; /* text NULL: the field's own */
};

struct print_row {
    enum row_kind kind;
    const char *number; /* of an item */
    const char *paths[ROW_PATHS_MAX];
    size_t path_count;
    struct label label; /* text NULL: the field's own */
    int lines;
    struct condition when;
    size_t column_count;
    struct print_column *columns;
};

struct print {
    const char *name;
    struct label label, under; /* under.text NULL: nothing beneath the title */
    enum print_kind kind;
    enum print_period period;
    const char *forms[PRINT_FORMS_MAX];
    size_t form_count;
    double width, height;     /* of the paper in points; 0: A4 */
    const char *each;         /* a paper for every row of this section; NULL */
    const char *draft_unless; /* path; a paper without it says that it is a draft */
    struct label draft;
    struct print_row *rows;
    size_t row_count;
    const char *file;
};

struct prints {
    struct arena *arena;
    struct print *list;
    size_t count;
};

/* What is being read. */
struct reading {
    struct prints *prints;
    const struct forms *forms;
    struct problems *problems;
    const char *file;
    const struct line *line;
    struct print *print;   /* being read; NULL before the first */
    struct print_row *row; /* that columns belong to */
    size_t fault_count;
};

/* Takes one line; faults are told and counted. */
void declare_line(struct reading *reading);
/* Word `at` of the line at hand is wrong. */
void declare_fault(struct reading *reading, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

const struct label *print_under(const struct print *print); /* beneath the title; NULL. print NULL allowed */
const struct label *print_draft(const struct print *print);

/* Whether a layout path leads to something in the form: a field, or a section inside a composite. */
bool path_leads(struct arena *arena, const struct form *form, const char *path);
/* A section by name; NULL. */
const struct section *section_find(const struct form *form, const char *name);

#endif
