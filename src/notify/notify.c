/* notify: the two threads. */
#include "notify/notify.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/log.h"
#include "base/time.h"
#include "notify/alerts.h"
#include "notify/transport.h"
#include "notify/watches.h"

#define NOTIFY_ARENA_MAX ((size_t)4 << 20)
#define SEND_ARENA_MAX ((size_t)16 << 20)
#define AT_ONCE 50
#define PAUSE_FIRST_MS (60 * TIME_SECOND_MS)
#define PAUSE_MOST_MS (3600 * TIME_SECOND_MS)
#define GIVE_UP_MS (7 * TIME_DAY_MS) /* a message nobody could take for so long is of no use any more */

struct notify {
    struct arena *arena; /* holds this struct */
    struct node *node;
    struct people *people;
    struct db *db; /* of the looking thread */
    struct outbox *outbox;
    struct transport *transport;
    struct config config;
    pthread_t looking, sending;
    pthread_mutex_t lock; /* over ended */
    pthread_cond_t changed;
    bool ended, looks, sends;
};

/* Waits so many seconds, or until the end; false at the end. */
static bool wait_seconds(struct notify *notify, int64_t seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&notify->lock);
    int waited = 0;
    while (!notify->ended && waited == 0)
        waited = pthread_cond_timedwait(&notify->changed, &notify->lock, &until);
    bool ended = notify->ended;
    pthread_mutex_unlock(&notify->lock);
    return !ended;
}

static void tell_error(const char *event, enum err err)
{
    if (err != E_OK) log_line(LOG_ERROR, event, "why", err_text(err), NULL);
}

static void *look_run(void *context)
{
    struct notify *notify = context;
    do {
        tell_error("watches_failed",
            watches_queue(notify->outbox, &notify->config, notify->people, notify->db,
                node_views(notify->node), node_clock(notify->node)));
        db_clear(notify->db);
        tell_error("alerts_failed",
            alerts_queue(notify->outbox, &notify->config, notify->db, node_views(notify->node),
                node_clock(notify->node)));
        db_clear(notify->db);
    } while (wait_seconds(notify, notify->config.every_seconds));
    return NULL;
}

/* ---- sending ---- */

/* A minute, two, four … an hour, for ever the same until the message is too old. */
static int64_t again_at(const struct message *message, int64_t now)
{
    int64_t pause = PAUSE_FIRST_MS;
    for (int i = 0; i < message->tries && pause < PAUSE_MOST_MS; i++) pause *= 2;
    if (pause > PAUSE_MOST_MS) pause = PAUSE_MOST_MS;
    return now - message->queued_at > GIVE_UP_MS ? 0 : now + pause;
}

/* False when the gateway takes nothing now: the rest would fare no better. */
static bool message_send(struct notify *notify, const struct message *message, struct arena *arena)
{
    const char *why;
    enum sending sending = transport_send(notify->transport, message, arena, &why);
    int64_t now = node_clock(notify->node);
    enum err err = E_OK;
    if (sending == SENDING_TAKEN)
        err = outbox_sent(notify->outbox, message->id, now,
            message->channel == CHANNEL_SMS && notify->config.ways[CHANNEL_SMS].report != NULL);
    else
        err = outbox_refused(notify->outbox, message->id, now,
            sending == SENDING_AGAIN ? again_at(message, now) : 0, why);
    tell_error("outbox_failed", err);
    if (sending != SENDING_TAKEN)
        log_line(LOG_WARNING, "message_not_taken", "way", channel_word(message->channel), "why", why, NULL);
    return sending != SENDING_AGAIN && err == E_OK;
}

static void way_send(struct notify *notify, enum channel channel)
{
    struct arena *arena = arena_new(SEND_ARENA_MAX);
    struct message *messages;
    size_t count = 0;
    if (notify->config.ways[channel].address)
        tell_error("outbox_failed", outbox_due(notify->outbox, arena, channel, node_clock(notify->node),
                                        AT_ONCE, &messages, &count));
    for (size_t i = 0; i < count && message_send(notify, &messages[i], arena); i++) continue;
    arena_free(arena);
}

static void *send_run(void *context)
{
    struct notify *notify = context;
    do {
        for (int i = 0; i < CHANNEL_COUNT; i++) way_send(notify, (enum channel)i);
    } while (wait_seconds(notify, notify->config.every_seconds < 5 ? notify->config.every_seconds : 5));
    return NULL;
}

/* ---- beginning and ending ---- */

static enum err parts_open(struct notify *notify)
{
    TRY(outbox_open(node_folder(notify->node), &notify->outbox));
    TRY(node_reader(notify->node, &notify->db));
    TRY(transport_open(&notify->config, node_name(notify->node), &notify->transport));
    notify->looks = pthread_create(&notify->looking, NULL, look_run, notify) == 0;
    notify->sends = pthread_create(&notify->sending, NULL, send_run, notify) == 0;
    return notify->looks && notify->sends ? E_OK : E_BUSY;
}

enum err notify_start(
    struct node *node, struct people *people, struct problems *problems, struct notify **ret_notify)
{
    struct arena *arena = arena_new(NOTIFY_ARENA_MAX);
    struct notify *notify = ARENA_NEW(arena, struct notify);
    notify->arena = arena;
    notify->node = node;
    notify->people = people;
    *ret_notify = NULL;
    enum err err = config_read(arena, node_folder(node), problems, &notify->config);
    if (err != E_OK) {
        arena_free(arena);
        return err == E_NOT_FOUND ? E_OK : err;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    pthread_mutex_init(&notify->lock, NULL);
    pthread_condattr_t attributes; /* pauses must not grow or shrink when the clock is put right */
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&notify->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    err = parts_open(notify);
    if (err != E_OK) {
        notify_stop(notify);
        return err;
    }
    *ret_notify = notify;
    return E_OK;
}

void notify_stop(struct notify *notify)
{
    if (!notify) return;
    pthread_mutex_lock(&notify->lock);
    notify->ended = true;
    pthread_cond_broadcast(&notify->changed);
    pthread_mutex_unlock(&notify->lock);
    if (notify->looks) pthread_join(notify->looking, NULL);
    if (notify->sends) pthread_join(notify->sending, NULL);
    transport_close(notify->transport);
    db_close(notify->db);
    outbox_close(notify->outbox);
    pthread_cond_destroy(&notify->changed);
    pthread_mutex_destroy(&notify->lock);
    arena_free(notify->arena);
    curl_global_cleanup();
}

struct outbox *notify_outbox(struct notify *notify)
{
    return notify->outbox;
}
