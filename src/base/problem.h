/* base/problem: a refusal in words: stable code, HTTP status, where, what, what to do next (RFC 9457).
 *
 * The registry is the data file lang/problems, one row a code:
 *     code  status | English | हिन्दी | what to do, English | what to do, Hindi
 * Words may hold {name} places that problem_add() fills. Words of order rules live in law/rules and
 * clocks in law/clocks; they arrive through problem_add_words(). */
#ifndef PANJI_BASE_PROBLEM_H
#define PANJI_BASE_PROBLEM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum lang { LANG_EN, LANG_HI, LANG_COUNT };

struct problem {
    const char *code;             /* "field_required"; never changes meaning */
    int status;                   /* HTTP status, 400-599 */
    const char *path;             /* "accused.0.who.name", or "" for the whole */
    const char *law;              /* "BNSS 173(1)", or NULL */
    const char *text[LANG_COUNT]; /* what is wrong */
    const char *next[LANG_COUNT]; /* what to do next */
};

#define PROBLEMS_MAX 200

struct problems {
    struct arena *arena;
    struct problem *list; /* count of them, in the order found; at most PROBLEMS_MAX, then no more added */
    size_t count;
};

/* A problem whose words stand in the registry; a code that is not there is a bug. The arguments are
 * name, value pairs of const char *, ended by NULL: problem_add(ps, "field_long", path, "max", "100", NULL).
 * path NULL means "". Everything is copied into ps->arena. */
void problem_add(struct problems *problems, const char *code, const char *path, ...)
    __attribute__((sentinel));

/* A problem whose words come from elsewhere (an order rule). Copies nothing: the strings must outlive ps. */
void problem_add_words(struct problems *problems, const struct problem *problem);

/* The status to answer with: the first problem's; 500 when the list is empty. */
int problems_status(const struct problems *problems);

/* RFC 9457 object: type, title, status, detail, code, next, and "problems": every problem with pointer
 * path and words in both languages. A new reference. instance is the request id or NULL. */
json_t *problems_json(const struct problems *problems, const char *instance);

/* Whether the registry holds the code: for lints and tests. */
bool problem_known(const char *code);

#endif
