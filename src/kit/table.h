/* kit/table: rows and columns. On a narrow screen every row becomes a small card, each value beside the name
 * of its column. The first cell of a row is its heading. */
#ifndef PANJI_KIT_TABLE_H
#define PANJI_KIT_TABLE_H

#include "kit/page.h"

struct column {
    const char *key;  /* of lang/messages: its heading, and the value of ?sort= */
    bool sorts;       /* the heading is a link that sorts by it */
    bool figure;      /* numbers: set to the right */
    bool whole;       /* values stay on one line: times, numbers of cases */
    bool left_out;    /* nothing to tell in this list: its table_cell and table_cell_link draw nothing */
    const char *text; /* its heading when that is none of lang/messages; NULL */
};

struct table {
    struct page *page;
    const char *caption;          /* NULL: heard, not seen: `title` or the page's own */
    const char *title;            /* NULL: the page's */
    const struct column *columns; /* ended by one without a key */
    size_t at, rows;              /* column of the next cell, rows so far; the table's own */
};

void table_begin(struct table *table);
void table_end(struct table *table);
void table_row_begin(struct table *table);
void table_row_end(struct table *table);

void table_cell(struct table *table, const char *text); /* NULL: empty */
void table_cell_link(struct table *table, const char *address, const char *text);
void table_cell_late(struct table *table, const char *text); /* past its time */
/* A cell of several parts: opens it; close with html_close(). */
void table_cell_begin(struct table *table);

#endif
