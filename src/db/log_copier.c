/* db/log_copier: see log_copier.h. The log is begun anew by the first commit that finds all of it copied.
 * That never happens by itself while commits follow one another closely, because the thread is always a few
 * behind: so when the log is long and little is left, the writer copies that little itself. */
#include "db/log_copier.h"

#include <pthread.h>
#include <stdbool.h>

#include "db/handle.h"

/* All in pages of the log. */
#define COPY_EACH 6000   /* the thread copies when so many are new */
#define LONG 12000        /* from here on the log should be begun anew */
#define LITTLE 600       /* which the writer does when no more is left to copy, */
#define TOO_LONG 36000   /* or whatever is left, when the thread cannot keep up */
#define COPIER_BYTES_MAX ((size_t)64 * 1024)

struct log_copier {
    struct arena *arena;
    struct db *db, *writer;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t news, rested;
    int length, copied; /* of the log as it is now */
    unsigned logs;      /* how often it was begun anew */
    bool wanted, copying, stopping;
};

/* On either thread, nobody copying, under the lock, which is given up meanwhile. Through the copier's own
 * handle, which syncs the log first: the writer's may leave that to others (db/settling.h). What cannot be
 * copied stays in the log and is tried again after another commit. */
static void log_copy(struct log_copier *copier)
{
    unsigned log = copier->logs;
    int length, copied;
    copier->wanted = false;
    copier->copying = true;
    pthread_mutex_unlock(&copier->lock);
    int code = sqlite3_wal_checkpoint_v2(
        copier->db->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, &length, &copied);
    pthread_mutex_lock(&copier->lock);
    copier->copying = false;
    pthread_cond_signal(&copier->rested);
    if (code == SQLITE_OK && log == copier->logs) copier->copied = copied;
}

static void *copier_run(void *context)
{
    struct log_copier *copier = context;
    pthread_mutex_lock(&copier->lock);
    while (!copier->stopping) {
        if (copier->wanted && !copier->copying) log_copy(copier);
        else pthread_cond_wait(&copier->news, &copier->lock);
    }
    pthread_mutex_unlock(&copier->lock);
    return NULL;
}

/* After each commit of the writer, on its thread. An error must not fail a commit that is durable. */
static int committed(void *context, sqlite3 *sqlite, const char *name, int length)
{
    (void)sqlite, (void)name;
    struct log_copier *copier = context;
    pthread_mutex_lock(&copier->lock);
    if (length < copier->length) {
        copier->copied = 0;
        copier->logs++;
    }
    copier->length = length;
    while (length >= TOO_LONG && copier->copying) pthread_cond_wait(&copier->rested, &copier->lock);
    int left = length - copier->copied;
    bool ours = length >= TOO_LONG || (length >= LONG && left <= LITTLE && !copier->copying);
    copier->wanted = !ours && (left >= COPY_EACH || length >= LONG);
    if (copier->wanted) pthread_cond_signal(&copier->news);
    if (ours) log_copy(copier);
    pthread_mutex_unlock(&copier->lock);
    return SQLITE_OK;
}

enum err log_copier_start(const char *path, struct db *writer, struct log_copier **ret_copier)
{
    struct db *db;
    TRY(db_open(path, DB_WRITE, &db));
    struct arena *arena = arena_new(COPIER_BYTES_MAX);
    struct log_copier *copier = ARENA_NEW(arena, struct log_copier);
    *copier = (struct log_copier){.arena = arena,
        .db = db,
        .writer = writer,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .news = PTHREAD_COND_INITIALIZER,
        .rested = PTHREAD_COND_INITIALIZER};
    if (pthread_create(&copier->thread, NULL, copier_run, copier) != 0) {
        db_close(db);
        arena_free(arena);
        return E_IO;
    }
    sqlite3_wal_hook(writer->sqlite, committed, copier);
    *ret_copier = copier;
    return E_OK;
}

void log_copier_stop(struct log_copier *copier)
{
    if (!copier) return;
    sqlite3_wal_hook(copier->writer->sqlite, NULL, NULL);
    pthread_mutex_lock(&copier->lock);
    copier->stopping = true;
    pthread_cond_signal(&copier->news);
    pthread_mutex_unlock(&copier->lock);
    pthread_join(copier->thread, NULL);
    pthread_cond_destroy(&copier->news);
    pthread_cond_destroy(&copier->rested);
    pthread_mutex_destroy(&copier->lock);
    db_close(copier->db);
    arena_free(copier->arena);
}
