/* bench/rows: the rows that entries put into every table, put once more straight into SQLite: the rate to
 * compare with. */
#ifndef PANJI_BENCH_ROWS_H
#define PANJI_BENCH_ROWS_H

#include <stdint.h>

#include "base/arena.h"

struct rows_told {
    double per_second;
    double rows_per_entry;
};

/* Copies the rows of the FIRs from place `from` on in the register at folder into a new database beside it
 * with the same tables, indexes and settings, in the order of the FIRs, prepared, `batch` FIRs a commit, each
 * commit durable. Only the putting in is timed. */
struct rows_told rows_put(const char *folder, int64_t from, int batch);

#endif
