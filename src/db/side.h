/* db/side: a small database beside the register, in a file of its own in the data folder, for what must not
 * stand in a register that never forgets: passwords, drafts, searches, messages.
 *
 * One handle behind one lock. What its owner keeps besides lies in the same arena. */
#ifndef PANJI_DB_SIDE_H
#define PANJI_DB_SIDE_H

#include <pthread.h>

#include "db/db.h"

struct side {
    struct arena *arena;  /* holds this struct */
    pthread_mutex_t lock; /* everything below */
    struct db *db;
};

/* Opens folder/name for writing and runs the schema, which makes what is missing. The file is for the
 * server's user alone. must_exist: a missing file is E_NOT_FOUND and not made. bytes_max: of the arena. */
enum err side_open(const char *folder, const char *name, bool must_exist, size_t bytes_max,
    const char *schema, struct side **ret_side) MUST_CHECK;
/* Frees all that lies in the arena. */
void side_close(struct side *side);

void side_hold(struct side *side);
/* Takes the sticky error off the handle, for the next one to use it. Holds the lock. */
enum err side_settle(struct side *side);
/* Ends a use: the same, and gives up the lock. */
enum err side_release(struct side *side);

#endif
