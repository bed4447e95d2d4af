/* db/log_copier: see log_copier.h. The log is begun anew by the first commit that finds all of it copied.
 * That never happens by itself while commits follow one another closely, because the thread is always a few
 * behind: so when the log is long the thread copies until little is left, and rests; that little the writer
 * copies himself between two batches. */
#include "db/log_copier.h"

#include <pthread.h>
#include <stdbool.h>

#include "db/handle.h"

#define COPIER_BYTES_MAX ((size_t)64 * 1024)

/* Copied seldom, because pages are written again and again and copied once; begun anew seldom, because that
 * holds everybody up for some 20 ms. These 192 MB of log are read back in a second or two after a crash. */
const struct log_lengths log_lengths_usual = {
    .copy_each = 6000, .begin_anew = 48000, .little = 600, .too_long = 96000};

struct log_copier {
    struct arena *arena;
    struct db *db, *writer;
    struct log_lengths lengths;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t news, rested;
    int length, copied; /* of the log as it is now */
    unsigned logs;      /* how often it was begun anew */
    bool wanted, copying, stopping;
    bool nearly; /* the log is long, and little of it was left when it was copied last */
};

/* SQLite syncs the database only when all of the log is copied. Whoever copied the last of it would wait for
 * the disk to take all that was copied before: 20 to 40 ms, where this leaves two. */
static void database_sync(struct db *db)
{
    sqlite3_file *file = NULL;
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

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
    database_sync(copier->db);
    pthread_mutex_lock(&copier->lock);
    copier->copying = false;
    pthread_cond_signal(&copier->rested);
    if (code == SQLITE_OK && log == copier->logs) copier->copied = copied;
    copier->nearly = copier->length >= copier->lengths.begin_anew &&
        copier->length - copier->copied <= copier->lengths.little;
    if (copier->nearly) copier->wanted = false;
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

/* After each commit of the writer, on its thread. */
static int committed(void *context, sqlite3 *sqlite, const char *name, int length)
{
    (void)sqlite, (void)name;
    struct log_copier *copier = context;
    const struct log_lengths *lengths = &copier->lengths;
    pthread_mutex_lock(&copier->lock);
    if (length < copier->length) {
        copier->copied = 0;
        copier->logs++;
        copier->nearly = false;
    }
    copier->length = length;
    int left = length - copier->copied;
    copier->wanted = !copier->nearly && (left >= lengths->copy_each || length >= lengths->begin_anew);
    if (copier->wanted) pthread_cond_signal(&copier->news);
    pthread_mutex_unlock(&copier->lock);
    return SQLITE_OK;
}

void log_copier_help(struct log_copier *copier)
{
    if (!copier) return;
    pthread_mutex_lock(&copier->lock);
    bool too_long = copier->length >= copier->lengths.too_long;
    while (too_long && copier->copying) pthread_cond_wait(&copier->rested, &copier->lock);
    if (too_long || copier->nearly) log_copy(copier);
    pthread_mutex_unlock(&copier->lock);
}

enum err log_copier_start(const char *path, struct db *writer, const struct log_lengths *lengths,
    struct log_copier **ret_copier)
{
    struct db *db;
    TRY(db_open(path, DB_WRITE, &db));
    struct arena *arena = arena_new(COPIER_BYTES_MAX);
    struct log_copier *copier = ARENA_NEW(arena, struct log_copier);
    *copier = (struct log_copier){.arena = arena,
        .db = db,
        .writer = writer,
        .lengths = *lengths,
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
