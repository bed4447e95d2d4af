/* bench/measure: see measure.h. */
#include "measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static bool beyond; /* a program prints one table */

double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double percentile(double *list, size_t count, double p)
{
    if (count == 0) return 0;
    qsort(list, count, sizeof *list, ascending);
    return list[(size_t)((double)(count - 1) * p)];
}

void table_begin(const char *title)
{
    printf("\n%s\n", title);
    fflush(stdout);
}

static void figure_print(const char *what, double figure, const char *unit)
{
    printf("  %-52s %12.*f %-9s", what, figure < 100 ? 2 : 0, figure, unit);
}

void table_row(const char *what, double figure, const char *unit, enum bound bound, double limit)
{
    double ratio = bound == AT_LEAST ? figure / limit : limit / figure;
    bool within = ratio >= 1;
    beyond = beyond || !within;
    figure_print(what, figure, unit);
    printf(" %s %-8g %6.2f  %s\n", bound == AT_LEAST ? "at least" : "at most ", limit, ratio,
        within ? "within" : "BEYOND");
    fflush(stdout);
}

void table_note(const char *what, double figure, const char *unit)
{
    figure_print(what, figure, unit);
    printf("\n");
    fflush(stdout);
}

int table_end(void)
{
    return beyond;
}

long setting(const char *name, long otherwise)
{
    const char *value = getenv(name);
    return value && *value ? strtol(value, NULL, 10) : otherwise;
}

void give_up(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "bench: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(2);
}
