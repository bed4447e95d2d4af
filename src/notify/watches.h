/* notify/watches: matches of watches, as messages to the officers who keep them. */
#ifndef PANJI_NOTIFY_WATCHES_H
#define PANJI_NOTIFY_WATCHES_H

#include "notify/outbox.h"
#include "people/people.h"

/* Puts a message for every match of a running watch that came lately; each is told once. Nothing is told
 * before the limits were looked at for the first time. */
enum err watches_queue(struct outbox *outbox, const struct config *config, struct people *people,
    struct db *db, const struct view_context *context, int64_t now) MUST_CHECK;

#endif
