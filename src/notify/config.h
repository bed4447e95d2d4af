/* notify/config: how messages leave this node (the folder's notify.conf), what they say (notify/notices), and
 * who is told when (notify/alerts). */
#ifndef PANJI_NOTIFY_CONFIG_H
#define PANJI_NOTIFY_CONFIG_H

#include <stdint.h>

#include "base/problem.h"
#include "base/err.h"

enum channel { CHANNEL_SMS, CHANNEL_MAIL, CHANNEL_COUNT };
const char *channel_word(enum channel channel); /* "sms" */

#define NOTICES_MAX 40
#define ALERTS_MAX 60

enum alert_to { ALERT_OWNER, ALERT_OFFICE, ALERT_NEXT, ALERT_SHOWN, ALERT_DISTRICT, ALERT_TO_COUNT };

struct alert_row {
    int percent; /* 0: at the days or hours that a clock names itself */
    enum alert_to to;
    enum channel channel;
    bool urgent;
};

struct notice_row {
    const char *key;
    const char *text[LANG_COUNT];
    const char *registered[LANG_COUNT]; /* id under which the text is registered with the operators; NULL */
};

/* A way out: NULL address: not set up. */
struct way {
    const char *address;    /* Kannel's sendsms address; smtp:// or smtps:// */
    const char *user, *password, *from;
    const char *report; /* sms: our own address as the gateway reaches it, for delivery reports; NULL */
};

struct config {
    enum lang lang;
    int quiet_from, quiet_until; /* minutes of the day; equal: no quiet hours */
    int every_seconds;           /* how often limits are looked at */
    const char *entity;          /* of this sender with the operators; NULL */
    struct way ways[CHANNEL_COUNT];
    size_t notice_count, alert_count;
    struct notice_row notices[NOTICES_MAX];
    struct alert_row alerts[ALERTS_MAX];
};

/* The file DIR/notify.conf, which holds passwords and must be for its owner alone. E_NOT_FOUND: there is
 * none, and nothing is sent. Faults: problem notify_wrong with file and line. */
enum err config_read(
    struct arena *arena, const char *folder, struct problems *problems, struct config *ret) MUST_CHECK;

const struct notice_row *notice_find(const struct config *config, const char *key); /* NULL */

/* The first instant at or after `at` that is not quiet. */
int64_t config_not_quiet(const struct config *config, int64_t at);

#endif
