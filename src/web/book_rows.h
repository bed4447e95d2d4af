/* web/book_rows: the rows of a book (report/book.h) as the viewer of a request may see them, in words. Pages,
 * files and prints of registers are made of these. */
#ifndef PANJI_WEB_BOOK_ROWS_H
#define PANJI_WEB_BOOK_ROWS_H

#include "report/book.h"
#include "web/request.h"

struct book_filter {
    const char *office;
    int64_t from, to;  /* filed or opened, 0: open */
    const char *day;   /* BOOK_LISTED: that day alone, "2026-12-01"; NULL: from today on */
    const char *code;  /* of the field by which the book is narrowed; NULL: all */
    bool open_only;    /* received: not yet taken over */
    bool unanswered_only; /* received: not yet acted on */
    const char *after; /* where the last page ended; NULL: the beginning */
    size_t limit;      /* 1-200 */
};

struct book_text {
    const char *text;    /* never NULL */
    const char *address; /* leads there; NULL: nowhere */
};

struct book_table {
    const struct book *book;
    size_t row_count;
    struct book_text *cells; /* row by row, as many as the book has columns */
    const char *after;       /* for the next page; NULL: none */
};

/* Only rows the viewer may see, and nothing tells of others. E_NOT_FOUND: there is no such office. */
enum err book_rows_read(struct request *request, const struct book *book, const struct book_filter *filter,
    struct book_table *ret) MUST_CHECK;

/* Whether its rows, so narrowed, are work that waits, in the order in which it is to be done; else the newest
 * stand first. */
bool book_waits(const struct book *book, const struct book_filter *filter);

/* The heading of a column in the request's language. */
const char *book_column_words(const struct request *request, const struct book_column *column);

#endif
