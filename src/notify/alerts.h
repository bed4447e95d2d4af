/* notify/alerts: limits of the law that are running out, as messages to those who owe the act. */
#ifndef PANJI_NOTIFY_ALERTS_H
#define PANJI_NOTIFY_ALERTS_H

#include "notify/outbox.h"
#include "view/clock_lists.h"

/* Looks at every alert that fell after the outbox's mark and until `now`, and puts the messages of
 * notify/alerts for it. The first time nothing but the mark is put: what was late before messages were set
 * up is on the lists. Nothing is lost or told twice when the node was down in between. */
enum err alerts_queue(struct outbox *outbox, const struct config *config, struct db *db,
    const struct view_context *context, int64_t now) MUST_CHECK;

/* The number at which an officer is reached, as his newest entry says; NULL. */
const char *officer_phone(
    struct db *db, const struct view_context *context, struct arena *arena, const char *officer);

#endif
