/* base/csv: RFC 4180 reader for whole files in memory: quotes, doubled quotes, CRLF, a UTF-8 mark. */
#ifndef PANJI_BASE_CSV_H
#define PANJI_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define CSV_FIELDS_MAX 256

struct csv {
    struct arena *arena;
    const char *at, *end;
    int row;                              /* of the row last read, from 1 (the header) */
    size_t field_count;
    const char *fields[CSV_FIELDS_MAX];   /* of the row last read */
    const char *fault;                    /* NULL, or what is malformed in the last row (English) */
};

void csv_init(struct csv *csv, struct arena *arena, const char *text, size_t n);
bool csv_next(struct csv *csv); /* false at the end; a malformed row is read to its line end, fault set */

#endif
