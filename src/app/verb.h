/* app/verb: one file per verb of the command line, one row per verb in verbs.c.
 *
 * Help, man page and shell completion are generated from the same table. Exit codes: 0 done, 1 refused or
 * invalid, 2 usage, then sysexits (65 bad data, 74 I/O, 75 try again, 77 not allowed). */
#ifndef PANJI_APP_VERB_H
#define PANJI_APP_VERB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"

struct arguments;

struct option_row {
    const char *name;    /* "data" for --data */
    const char *value;   /* "DIR"; NULL: a flag */
    const char *help;
    const char *fallback; /* NULL */
};

struct verb {
    const char *name;
    const char *summary;              /* one line, for the list and the man page */
    const char *operands;             /* "FORM BODY.json" for the usage line; "" when none */
    int operands_min, operands_max;
    const char *description;          /* a paragraph for --help and the man page */
    const struct option_row *options; /* ended by a row without name; --data, --json, --help are added by the
                                         reader where `common` says */
    bool takes_data, takes_json;
    int (*run)(struct arguments *arguments);
};

/* What the reader made of the command line. */
struct arguments {
    const struct verb *verb;
    struct arena *arena;
    int operand_count;
    const char *operands[64];
    const char
        *values[32]; /* by row of verb->options; NULL when not given and no fallback; "" for a flag given */
    const char *data;       /* --data DIR, default "." */
    bool json;
};

/* The value of option `name`, NULL when not given. A name that is not in the table is a bug. */
const char *argument(const struct arguments *arguments, const char *name);

/* Prints problems for people (or as JSON with --json) on stderr and gives the exit code. */
int problems_print(const struct arguments *arguments, const struct problems *problems, enum err err);

#endif
