/* web/book_cells: what one row of a book says in each column. Between book_rows.c and book_cells.c. */
#ifndef PANJI_WEB_BOOK_CELLS_H
#define PANJI_WEB_BOOK_CELLS_H

#include "web/book_rows.h"
#include "web/seen.h"

/* A row before it is put into words. What a column asks for is read when it is first asked for. */
struct book_row {
    struct request *request;
    const char *entry_id; /* NULL: the row is no entry */
    const char *case_id;  /* NULL: on no case */
    const char *number, *form, *office, *officer;
    const char *kept_at; /* office of the book: its own cases need no name beside their number */
    int64_t at;
    const struct delivery_row *delivery;
    const struct property_row *property;
    const struct listing_row *listing;
    bool entry_read, case_read, parties_read, deliveries_read;
    struct seen_entry entry; /* body NULL: may not be read */
    struct case_row case_row;
    struct party_row *parties; /* all of the case, uncovered */
    size_t party_count;
};

struct book_text book_cell(struct book_row *row, const struct book_column *column);

/* The value of a code field of the row's entry; NULL. */
const char *book_row_code(struct book_row *row, const char *path);

void book_row_drop(struct book_row *row);

#endif
