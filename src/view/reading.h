/* view/reading: the entries of a register, made ready by a thread of its own ahead of whoever works through
 * them in order, for making views anew and for proving. */
#ifndef PANJI_VIEW_READING_H
#define PANJI_VIEW_READING_H

#include "view/view.h"

/* An entry made ready: its form, body and names, or what is wrong with them. */
struct ready {
    struct entry entry;
    const struct form *form; /* the version it was filed with */
    json_t *body;            /* NULL when erased; in the arena, never the last reference to drop */
    struct body_names names;
    const char *fault; /* NULL when none */
};

struct reading_options {
    struct db *source; /* the other thread's until entries_read_ahead() returns */
    const struct forms *forms;
    /* What else can be told of an entry by itself, on the other thread: its fault, in the arena, or NULL. The
     * body is there. NULL: nothing is asked. */
    const char *(*check)(void *check_context, const struct ready *ready, struct arena *arena);
    void *check_context;
};

/* Calls each() for every entry of the register in order, faulty ones too, until it fails; gives that error,
 * or the one that ended the reading. An entry and the arena last until each() returns. */
enum err entries_read_ahead(const struct reading_options *options,
    enum err (*each)(void *context, const struct ready *ready, struct arena *arena),
    void *context) MUST_CHECK;

#endif
