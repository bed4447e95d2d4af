/* notify: messages by SMS and mail about what the register knows, while a server runs.
 *
 * Two threads: one looks every minute which limits are running out (alerts.h) and puts messages into the
 * outbox (outbox.h); one sends what is due (transport.h), with growing pauses while a gateway is away. Set
 * up by DIR/notify.conf (docs/notify.md); without that file nothing is sent. */
#ifndef PANJI_NOTIFY_NOTIFY_H
#define PANJI_NOTIFY_NOTIFY_H

#include "filing/filing.h"
#include "notify/outbox.h"
#include "people/people.h"

struct notify;

/* E_OK with *ret_notify NULL when there is no notify.conf. E_PROBLEM: notify_wrong. */
enum err notify_start(struct node *node, struct people *people, struct problems *problems,
    struct notify **ret_notify) MUST_CHECK;
/* Ends after the message that is being sent. NULL allowed. */
void notify_stop(struct notify *notify);

struct outbox *notify_outbox(struct notify *notify);

#endif
