/* report/book: the registers an office keeps, as data: the books of paper they replace.
 *
 * A book says whose it is, which rows stand in it, and what each column shows; `registers/` holds them.
 * Reading the rows is the business of whoever knows what the viewer may see (web/book_rows). */
#ifndef PANJI_REPORT_BOOK_H
#define PANJI_REPORT_BOOK_H

#include "form/form.h"

#define BOOK_WORDS_MAX 12
#define BOOK_COLUMNS_MAX 10
#define BOOK_PATHS_MAX 4

enum book_rows {
    BOOK_ENTRIES,  /* entries of these forms that the office filed, newest first */
    BOOK_RECEIVED, /* entries of these forms that came to the office, newest first */
    BOOK_UNANSWERED, /* of those the ones nobody here has acted on */
    BOOK_CASES,    /* cases of these kinds that the office holds, newest first */
    BOOK_PROPERTY, /* things the office had last, in these states of custody, what moved last first */
    BOOK_LISTED,   /* cases that come up before the office, by day */
};

enum book_cell {
    CELL_NUMBER,   /* of the entry, or of the case in books of cases */
    CELL_TIME,     /* filed, opened, or last moved */
    CELL_DAY,      /* the day a case is listed for */
    CELL_FORM,     /* kind of entry */
    CELL_FROM,     /* the office that sent or filed it */
    CELL_OFFICER,  /* who filed it */
    CELL_CASE,     /* number of the case, leading to it */
    CELL_STAGE,    /* of the case */
    CELL_SECTIONS, /* of the case now */
    CELL_IO,       /* of the case now */
    CELL_NEXT,     /* next date of the case */
    CELL_PURPOSE,  /* what the case is listed for */
    CELL_PEOPLE,   /* names of the people of the case in a role */
    CELL_STATUS,   /* what became of the people of the case in a role */
    CELL_TAKEN,    /* when the addressee took it into his register, and its number there */
    CELL_ACTED,    /* when the addressee acted on it */
    CELL_THING,    /* description of the thing */
    CELL_CATEGORY, /* kind of thing */
    CELL_QUANTITY, /* of the thing */
    CELL_DEPOSIT,  /* number under which the malkhana took it in, leading to the deposit */
    CELL_CUSTODY,  /* last event of custody */
    CELL_FIELD,    /* values of the body at paths; of a thing, what its last event of custody says of it */
};

struct book_column {
    enum book_cell cell;
    const char *role; /* CELL_PEOPLE, CELL_STATUS */
    size_t path_count;
    /* CELL_FIELD: the first one filled in the entry is shown. CELL_STATUS: of the person there alone. */
    const char *paths[BOOK_PATHS_MAX];
    struct label label;                /* empty: what the cell or its field is called */
};

struct book {
    const char *name;
    struct label label;
    size_t kind_count;
    const char *kinds[BOOK_WORDS_MAX]; /* kinds of office that keep it */
    enum book_rows rows;
    size_t word_count;
    const char *words[BOOK_WORDS_MAX]; /* forms, kinds of case or states */
    const char *narrow;                /* path of a code field by whose codes the book is narrowed; NULL */
    bool as_worked; /* what waits stands as it is to be done: the most urgent first, then the oldest */
    size_t column_count;
    struct book_column columns[BOOK_COLUMNS_MAX];
};

/* All books, in the order of their files, from the built-in folder `registers`. What a book names must exist
 * in the forms: a fault ends the program with file and line, as it is one of the program itself. The list
 * lives in the arena. */
size_t books_load(struct arena *arena, const struct forms *forms, const struct book **ret_books);

/* The book of that name; NULL. */
const struct book *book_find(const struct book *books, size_t count, const char *name);
/* Whether offices of that kind keep it. */
bool book_kept_at(const struct book *book, const char *office_kind);

#endif
