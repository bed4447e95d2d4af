/* db/settling: see settling.h. */
#include "db/settling.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"

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

/* ---- the writer's side ---- */

static void log_tell(struct db *db, struct settling *settling)
{
    sqlite3_file *log = NULL;
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    log->pMethods->xFileControl(log, SETTLING_LOG, settling);
}

enum err db_settle_apart(struct db *db)
{
    db->log_fd = open(sqlite3_filename_wal(sqlite3_db_filename(db->sqlite, "main")), O_WRONLY | O_CLOEXEC);
    if (db->log_fd < 0) return E_IO;
    sqlite3_file_control(db->sqlite, "main", SETTLING_OF_FILE, &db->settling);
    log_tell(db, db->settling);
    return E_OK;
}

void db_settle_together(struct db *db)
{
    if (!db->settling) return;
    log_tell(db, NULL);
    db->settling = NULL;
    close(db->log_fd);
}

void db_settle(struct db *db)
{
    if (fdatasync(db->log_fd) != 0) {
        log_line(LOG_ERROR, "database", "fault", "the disk refused the log", "why", strerror(errno), NULL);
        _exit(EX_IOERR);
    }
    settling_end(db->settling);
}
