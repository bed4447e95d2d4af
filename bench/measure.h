/* bench/measure: clocks, percentiles, and the one table all programs of this folder print.
 *
 * A row with a limit says how many times better than the limit the figure is: 1.00 and more is within. */
#ifndef PANJI_BENCH_MEASURE_H
#define PANJI_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

/* Seconds that only go forward. */
double seconds_now(void);

/* The p-th part of the sorted list, p from 0 to 1; sorts it. */
double percentile(double *list, size_t count, double p);

enum bound { AT_LEAST, AT_MOST };

void table_begin(const char *title);
/* What, figure and unit; the limit and how the figure stands to it. */
void table_row(const char *what, double figure, const char *unit, enum bound bound, double limit);
/* A figure that has no limit of its own. */
void table_note(const char *what, double figure, const char *unit);
/* 0, or 1 when a row was beyond its limit: what main() returns. */
int table_end(void);

/* A number from the environment. */
long setting(const char *name, long otherwise);

/* Ends the program with words; for what cannot happen on a machine that works. */
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
