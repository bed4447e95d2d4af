/* db/settling: see settling.h. */
#include "db/settling.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct settling {
    struct settling *next;
    char *path;
    size_t handles; /* under the list's lock */
    pthread_mutex_t lock;
    pthread_cond_t settled;
    atomic_uint_fast64_t begun, ended; /* commits; written under `lock` */
};

/* The open databases of this process: a file's handles know nothing of one another. */
static struct settling *all;
static pthread_mutex_t all_lock = PTHREAD_MUTEX_INITIALIZER;

static struct settling *settling_new(const char *path)
{
    struct settling *settling = calloc(1, sizeof *settling);
    if (!settling) abort();
    settling->path = strdup(path);
    if (!settling->path) abort();
    pthread_mutex_init(&settling->lock, NULL);
    pthread_cond_init(&settling->settled, NULL);
    settling->next = all;
    return all = settling;
}

struct settling *settling_join(const char *path)
{
    pthread_mutex_lock(&all_lock);
    struct settling *settling = all;
    while (settling && strcmp(settling->path, path) != 0) settling = settling->next;
    if (!settling) settling = settling_new(path);
    settling->handles++;
    pthread_mutex_unlock(&all_lock);
    return settling;
}

void settling_leave(struct settling *settling)
{
    if (!settling) return;
    pthread_mutex_lock(&all_lock);
    bool last = --settling->handles == 0;
    struct settling **at = &all;
    while (last && *at != settling) at = &(*at)->next;
    if (last) *at = settling->next;
    pthread_mutex_unlock(&all_lock);
    if (!last) return;
    pthread_cond_destroy(&settling->settled);
    pthread_mutex_destroy(&settling->lock);
    free(settling->path);
    free(settling);
}

void settling_begin(struct settling *settling)
{
    pthread_mutex_lock(&settling->lock);
    atomic_fetch_add(&settling->begun, 1);
    pthread_mutex_unlock(&settling->lock);
}

void settling_end(struct settling *settling)
{
    pthread_mutex_lock(&settling->lock);
    atomic_store(&settling->ended, atomic_load(&settling->begun));
    pthread_cond_broadcast(&settling->settled);
    pthread_mutex_unlock(&settling->lock);
}

void settling_wait(struct settling *settling)
{
    uint_fast64_t begun = atomic_load(&settling->begun);
    if (atomic_load(&settling->ended) >= begun) return;
    pthread_mutex_lock(&settling->lock);
    while (atomic_load(&settling->ended) < begun) pthread_cond_wait(&settling->settled, &settling->lock);
    pthread_mutex_unlock(&settling->lock);
}
