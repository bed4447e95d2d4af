/* Reading ahead: what an entry tells by itself (its form, its body, what that names) is made ready by a
 * second thread, a basket of entries at a time; what needs the entries before it is left to the caller. A
 * basket is small, so that what one thread wrote is still near when the other reads it. */
#include "view/reading.h"

#include <pthread.h>

#include "base/json.h"

#define ARENA_MAX ((size_t)256 << 20)
#define BASKETS 8
#define BASKET_ENTRIES 16

struct basket {
    struct arena *arena; /* of all its entries */
    size_t count;
    struct ready list[BASKET_ENTRIES];
};

/* Baskets go round: filled by the reader, worked through, and cleared when they are filled again. */
struct reading {
    const struct reading_options *options;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    size_t filled, done; /* baskets, ever */
    bool ended;          /* by the reader: nothing more comes */
    bool stopped;        /* by the caller: nothing more is wanted */
    struct basket baskets[BASKETS];
};

/* ---- the reader ---- */

static void ready_make(const struct reading_options *options, struct ready *ready, struct arena *arena)
{
    const struct entry *entry = &ready->entry;
    struct problems problems = {.arena = arena};
    ready->fault = NULL;
    ready->body = NULL;
    ready->names = (struct body_names){0};
    ready->form = form_version(options->forms, entry->form, entry->form_version);
    if (!ready->form) ready->fault = "its form is not among the forms of this program";
    if (ready->fault || !entry->body) return;
    ready->body = json_read(entry->body, entry->body_len, &problems);
    if (!ready->body) ready->fault = "its body is not JSON";
    else if (options->check) ready->fault = options->check(options->check_context, ready, arena);
    if (!ready->fault) ready->names = body_names_find(ready->form, ready->body, arena);
}

/* False when the register ended in this basket. */
static bool basket_fill(const struct reading_options *options, struct basket *basket, struct rows *rows)
{
    basket->count = 0;
    arena_reset(basket->arena); /* with all bodies the caller is done with */
    json_into_arena(basket->arena);
    while (basket->count < BASKET_ENTRIES) {
        struct ready *ready = &basket->list[basket->count];
        if (!entry_walk_next(rows, basket->arena, &ready->entry)) return false;
        ready_make(options, ready, basket->arena);
        basket->count++;
    }
    return true;
}

/* Waits for room; false when nothing more is wanted. */
static bool reading_goes_on(struct reading *reading)
{
    pthread_mutex_lock(&reading->lock);
    while (reading->filled - reading->done == BASKETS && !reading->stopped)
        pthread_cond_wait(&reading->changed, &reading->lock);
    bool stopped = reading->stopped;
    pthread_mutex_unlock(&reading->lock);
    return !stopped;
}

static void reading_tell(struct reading *reading, size_t filled, bool ended)
{
    pthread_mutex_lock(&reading->lock);
    reading->filled += filled;
    reading->ended = ended;
    pthread_cond_signal(&reading->changed);
    pthread_mutex_unlock(&reading->lock);
}

static void *reading_run(void *context)
{
    struct reading *reading = context;
    struct rows *rows = entry_walk(reading->options->source, 0);
    bool more = true;
    for (size_t filled = 0; more && reading_goes_on(reading); filled++) {
        more = basket_fill(reading->options, &reading->baskets[filled % BASKETS], rows);
        reading_tell(reading, 1, false);
    }
    if (more) db_end(rows);
    reading_tell(reading, 0, true);
    return NULL;
}

/* ---- the caller ---- */

/* Waits for a basket; NULL when all were worked through. */
static const struct basket *basket_next(struct reading *reading)
{
    pthread_mutex_lock(&reading->lock);
    while (reading->filled == reading->done && !reading->ended)
        pthread_cond_wait(&reading->changed, &reading->lock);
    bool more = reading->filled > reading->done;
    const struct basket *basket = more ? &reading->baskets[reading->done % BASKETS] : NULL;
    pthread_mutex_unlock(&reading->lock);
    return basket;
}

static void basket_done(struct reading *reading, bool stop)
{
    pthread_mutex_lock(&reading->lock);
    reading->done++;
    reading->stopped = stop;
    pthread_cond_signal(&reading->changed);
    pthread_mutex_unlock(&reading->lock);
}

/* Once an entry fails the rest is let go. */
static enum err baskets_work(struct reading *reading,
    enum err (*each)(void *context, const struct ready *ready, struct arena *arena), void *context)
{
    enum err err = E_OK;
    for (const struct basket *basket; (basket = basket_next(reading)); basket_done(reading, err != E_OK))
        for (size_t i = 0; err == E_OK && i < basket->count; i++)
            err = each(context, &basket->list[i], basket->arena);
    return err;
}

enum err entries_read_ahead(const struct reading_options *options,
    enum err (*each)(void *context, const struct ready *ready, struct arena *arena), void *context)
{
    struct arena *arena = arena_new(sizeof(struct reading) * 2);
    struct reading *reading = ARENA_NEW(arena, struct reading);
    reading->options = options;
    pthread_mutex_init(&reading->lock, NULL);
    pthread_cond_init(&reading->changed, NULL);
    for (size_t i = 0; i < BASKETS; i++) reading->baskets[i].arena = arena_new(ARENA_MAX);
    pthread_t thread;
    enum err err = E_BUSY;
    if (pthread_create(&thread, NULL, reading_run, reading) == 0) {
        err = baskets_work(reading, each, context);
        pthread_join(thread, NULL);
    }
    for (size_t i = 0; i < BASKETS; i++) arena_free(reading->baskets[i].arena);
    pthread_cond_destroy(&reading->changed);
    pthread_mutex_destroy(&reading->lock);
    arena_free(arena);
    return err != E_OK ? err : db_status(options->source);
}
