/* print/block: what a paper is made of before it is laid out, private to the room. Texts only: no font, no
 * size, no page. Where the text holds BAR a masked value stands: it is drawn as a black bar with words. */
#ifndef PANJI_PRINT_BLOCK_H
#define PANJI_PRINT_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "form/form.h"

#define BAR '\001' /* no text of a body holds a control character */
#define BAR_TEXT "\001"

enum block_kind {
    BLOCK_HEADING, /* label, number; level 0 is an item or section, 1 stands inside one */
    BLOCK_CELLS,   /* labelled values side by side */
    BLOCK_TEXT,    /* a paragraph over the whole width */
    BLOCK_TABLE,
    BLOCK_SIGNS, /* rooms for signatures side by side, kept together */
    BLOCK_LINES, /* count ruled lines */
    BLOCK_PAGE,  /* what follows stands on a label of its own; text: what its code says */
};

struct block_cell {
    struct label label;
    const char *text; /* "": to be filled in by hand */
    bool blank;
};

struct block_column {
    struct label label;
    int width; /* parts of the sum */
};

struct block {
    struct block *next;
    enum block_kind kind;
    int level;
    const char *number, *text;
    struct label label;
    size_t count; /* cells, signs, table rows, lines */
    struct block_cell *cells;
    size_t column_count;
    struct block_column *columns;
    const char **texts; /* of a table, row by row */
};

struct blocks {
    struct block *first, *last;
};

#endif
