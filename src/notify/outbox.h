/* notify/outbox: messages on their way, in folder/outbox.db, outside the register: it holds telephone
 * numbers.
 * A message is put there once for each fact, way and receiver, however often it is asked for. It stays
 * until the gateway took it; the number is forgotten once it arrived or was given up, the row stays for
 * the list. The file is for the server's user alone, and what is deleted is overwritten. Thread-safe. */
#ifndef PANJI_NOTIFY_OUTBOX_H
#define PANJI_NOTIFY_OUTBOX_H

#include "notify/config.h"

struct outbox;

enum err outbox_open(const char *folder, struct outbox **ret) MUST_CHECK;
void outbox_close(struct outbox *outbox); /* NULL allowed */

enum message_state { MESSAGE_WAITING, MESSAGE_SENT, MESSAGE_DELIVERED, MESSAGE_FAILED, MESSAGE_STATE_COUNT };
const char *message_state_word(enum message_state state); /* "waiting" */

struct message {
    int64_t id;
    const char *fact;     /* what is told: "clock 12 3 100", the same for every receiver */
    enum channel channel;
    const char *receiver; /* an officer or an office */
    const char *address;  /* number or mailbox; NULL once it is forgotten */
    const char *notice;   /* key of notify/notices */
    const char *text, *registered;
    const char *case_number, *office; /* whose matter it is; number NULL outside cases */
    enum lang lang;
    enum message_state state;
    bool urgent;
    int tries;
    int64_t queued_at, next_at, sent_at, settled_at; /* 0: not yet */
    const char *token; /* known to us and the gateway, for its report */
    const char *why;   /* the last refusal; NULL */
};

/* Puts messages there and moves the mark up to which facts were looked at, both or neither. */
enum err outbox_put(
    struct outbox *outbox, const struct message *messages, size_t count, int64_t mark) MUST_CHECK;
/* Up to when facts were looked at; -1: never. */
int64_t outbox_mark(struct outbox *outbox);

/* Messages of a way that are due at `now`, the oldest first, at most limit. */
enum err outbox_due(struct outbox *outbox, struct arena *arena, enum channel channel, int64_t now,
    size_t limit, struct message **ret, size_t *ret_count) MUST_CHECK;
/* When the next one of any way is due; 0: none waits. */
int64_t outbox_next(struct outbox *outbox);

/* The gateway took it; mail has no report and counts as delivered. A gateway's report may come before its
 * answer has been noted: what it said stays. */
enum err outbox_sent(struct outbox *outbox, int64_t id, int64_t now, bool reports_come) MUST_CHECK;
/* It was not taken: again at next_at, or given up (0). */
enum err outbox_refused(
    struct outbox *outbox, int64_t id, int64_t now, int64_t next_at, const char *why) MUST_CHECK;
/* What the gateway reports of a message it took. E_NOT_FOUND: no message waits for that. */
enum err outbox_report(struct outbox *outbox, const char *token, bool delivered, int64_t now) MUST_CHECK;

struct message_filter {
    int state;     /* enum message_state; -1: any */
    int64_t after; /* id of the last one seen; 0: from the newest */
    size_t limit;
};
/* Newest first. */
enum err outbox_list(struct outbox *outbox, struct arena *arena, const struct message_filter *filter,
    struct message **ret, size_t *ret_count) MUST_CHECK;

#endif
