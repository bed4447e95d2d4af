/* notify/transport: one message to one gateway, over libcurl: SMS by Kannel's sendsms interface, mail by
 * SMTP. One transport a thread; connections are kept between messages. */
#ifndef PANJI_NOTIFY_TRANSPORT_H
#define PANJI_NOTIFY_TRANSPORT_H

#include "notify/outbox.h"

struct transport;

enum err transport_open(
    const struct config *config, const char *node_name, struct transport **ret) MUST_CHECK;
void transport_close(struct transport *transport); /* NULL allowed */

enum sending {
    SENDING_TAKEN,   /* the gateway has it */
    SENDING_AGAIN,   /* not now: the gateway is away or busy; others would fare no better */
    SENDING_REFUSED, /* this message will never be taken */
};
/* ret_why: in words, in the arena; without number or mailbox. */
enum sending transport_send(struct transport *transport, const struct message *message, struct arena *arena,
    const char **ret_why);

#endif
