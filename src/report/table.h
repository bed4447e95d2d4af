/* report/table: one list of rows as CSV or as a spreadsheet. What stands in the cells is the caller's
 * business, masked already; a text that a spreadsheet would take for a formula is made harmless. */
#ifndef PANJI_REPORT_TABLE_H
#define PANJI_REPORT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define TABLE_COLUMNS_MAX 24

enum table_kind { TABLE_TEXT, TABLE_NUMBER, TABLE_TIME, TABLE_DAY };

#define TABLE_NOTHING INT64_MIN
struct table_value {
    const char *text; /* TABLE_TEXT; NULL: empty */
    int64_t number;   /* TABLE_NUMBER, TABLE_NOTHING: empty; instants in ms of the other two, 0: empty */
};

struct table {
    struct arena *arena;
    const char *title; /* of the sheet */
    size_t column_count;
    const char *headings[TABLE_COLUMNS_MAX];
    enum table_kind kinds[TABLE_COLUMNS_MAX];
    size_t row_count, room;
    struct table_value *values; /* row by row */
};

void table_init(struct table *table, struct arena *arena, const char *title);
void table_column(struct table *table, const char *heading, enum table_kind kind);
/* The values of a new row, one for each column, to be filled. After the last column was added. */
struct table_value *table_row_add(struct table *table);

/* RFC 4180, UTF-8 with the mark spreadsheets look for; dates as 2026-11-22, times as 2026-11-22 14:30. */
void table_csv(const struct table *table, struct buf *ret);
/* An XLSX file by libxlsxwriter, in a file of no name that ends when ret_fd is closed. */
enum err table_xlsx(const struct table *table, int *ret_fd, int64_t *ret_size) MUST_CHECK;

#endif
