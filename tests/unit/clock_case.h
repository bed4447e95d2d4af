/* A worked case of tests/clocks as read: the facts, and what must come out at which instant. */
#ifndef PANJI_TESTS_CLOCK_CASE_H
#define PANJI_TESTS_CLOCK_CASE_H

#include "law/clocks.h"

/* An instant as written; day: no hour was given. */
struct told {
    int64_t at;
    bool given, day;
};

struct expected_step {
    int line;
    const char *code;
    struct told date;
    bool has_number;
    int64_t number;
};

struct expected {
    int line;
    bool none; /* no such clock */
    const char *clock, *subject, *state;
    struct told at, from, by, other, on;
    size_t step_count;
    struct expected_step steps[24];
};

#define EXPECTED_MAX 200
struct worked_case {
    const char *path, *title;
    const struct law *law;
    const struct clocks *clocks;
    struct clock_case of;
    size_t expected_count;
    struct expected expected[EXPECTED_MAX];
    size_t setting_count, holiday_count;
    const char *settings[20], *holidays[60]; /* lines of law/settings and law/holidays */
};

/* Reads the file's text; a fault in it fails the test with its line. Settings and holidays are only
 * collected: the caller reads the law with them and calls again. */
struct worked_case *worked_case_read(struct arena *arena, const struct law *law, const struct clocks *clocks,
    const char *path, const char *text, size_t n);

#endif
