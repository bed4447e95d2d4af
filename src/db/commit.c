/* db/commit: the batch discipline, and the thread that lives by it.
 *
 * A caller waits on a ticket on its own stack. The thread takes tickets off the queue, works without the
 * lock, and answers each by its own semaphore, so that a whole batch of callers wakes without meeting at a
 * lock. Once answered a caller touches nothing of the committer. */
#include "db/commit.h"

#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

#include "db/handle.h"

#define COMMITTER_BYTES_MAX ((size_t)1024 * 1024)

struct ticket {
    struct commit_job *job;
    struct ticket *next;
    sem_t answered;
};

struct committer {
    struct arena *arena;
    struct db *db;
    struct commit_hooks hooks;
    size_t batch_max, queue_max;
    struct ticket **batch; /* room for batch_max */
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t work;
    struct ticket *first, **last;
    size_t waiting; /* on the queue */
    bool stopping;
    struct commit_counts counts;
};

enum err commit_batch_begin(struct db *db)
{
    return db_begin(db);
}

enum err commit_batch_run(struct db *db, const struct commit_hooks *hooks, struct commit_job *job)
{
    job->result = db_savepoint(db);
    if (job->result != E_OK) return job->result;
    job->result = job->run(job, db);
    if (job->result == E_OK) job->result = db_status(db);
    if (job->result == E_OK) job->result = db_savepoint_keep(db);
    if (job->result == E_OK) return E_OK;
    db_savepoint_undo(db);
    if (hooks->undone) hooks->undone(hooks->context);
    return job->result;
}

enum err commit_batch_end(struct db *db, const struct commit_hooks *hooks)
{
    enum err err = db_status(db);
    if (err == E_OK && db->savepoints_kept == 0) {
        db_rollback(db); /* every job was refused: nothing to sign, nothing to write */
        return E_OK;
    }
    if (err == E_OK && hooks->seal) err = hooks->seal(hooks->context, db);
    if (err == E_OK) err = db_commit(db);
    if (err == E_OK) {
        if (hooks->published) hooks->published(hooks->context);
        return E_OK;
    }
    db_rollback(db);
    db_clear(db);
    if (hooks->abandoned) hooks->abandoned(hooks->context);
    return err;
}

/* Runs the job without a savepoint, which costs a copy of every page it changes. False when it failed after
 * it had written something: only undoing the whole transaction helps then. */
static bool job_hope(struct committer *committer, struct commit_job *job)
{
    struct db *db = committer->db;
    uint64_t opened = db->opened_count;
    int64_t written = sqlite3_total_changes64(db->sqlite);
    job->result = job->run(job, db);
    if (job->result == E_OK) job->result = db_status(db);
    rows_end_since(db, opened);
    if (job->result == E_OK) {
        db->savepoints_kept++;
        return true;
    }
    bool mendable = db_status(db) == E_OK || db_status(db) == E_PROBLEM || db_status(db) == E_BUSY;
    if (!mendable || sqlite3_total_changes64(db->sqlite) != written) return false;
    db_clear(db);
    if (committer->hooks.undone) committer->hooks.undone(committer->hooks.context);
    return true;
}

/* All jobs in one transaction that is still open, in the hope that each knows before it writes whether it
 * will be refused. False when one did not: nothing is open then, and nothing is written. */
static bool batch_hope(struct committer *committer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (job_hope(committer, committer->batch[i]->job)) continue;
        db_rollback(committer->db);
        db_clear(committer->db);
        if (committer->hooks.abandoned) committer->hooks.abandoned(committer->hooks.context);
        return false;
    }
    return true;
}

/* All jobs once more, each in a savepoint of its own. */
static void batch_careful(struct committer *committer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum err refused = commit_batch_run(committer->db, &committer->hooks, committer->batch[i]->job);
        if (refused != E_OK && db_status(committer->db) != E_OK)
            break; /* the disk failed: the end reports it */
    }
}

/* One batch from begin to commit; every job has its result afterwards. */
static void batch_run(struct committer *committer, size_t count)
{
    struct db *db = committer->db;
    enum err err = commit_batch_begin(db);
    bool begun = err == E_OK;
    if (begun && !batch_hope(committer, count)) {
        err = commit_batch_begin(db);
        begun = err == E_OK;
        if (begun) batch_careful(committer, count);
    }
    if (begun) err = commit_batch_end(db, &committer->hooks);
    if (err == E_OK) return;
    if (!begun) db_clear(db);
    for (size_t i = 0; i < count; i++) committer->batch[i]->job->result = err;
}

/* Under the lock: moves what is waiting, up to a batch, off the queue. */
static size_t batch_take(struct committer *committer)
{
    size_t count = 0;
    while (committer->first && count < committer->batch_max) {
        committer->batch[count++] = committer->first;
        committer->first = committer->first->next;
    }
    if (!committer->first) committer->last = &committer->first;
    committer->waiting -= count;
    return count;
}

/* Under the lock. */
static void batch_count(struct committer *committer, size_t count)
{
    bool committed = false;
    for (size_t i = 0; i < count; i++) {
        enum err result = committer->batch[i]->job->result;
        if (result == E_OK) committed = true;
        else if (result == E_PROBLEM || result == E_NOT_FOUND) committer->counts.refused++;
        else committer->counts.failed++;
    }
    committer->counts.jobs += count;
    committer->counts.commits += committed;
}

/* A ticket is gone as soon as its owner sees the answer. */
static void batch_answer(struct committer *committer, size_t count)
{
    for (size_t i = 0; i < count; i++) sem_post(&committer->batch[i]->answered);
}

static void *committer_loop(void *context)
{
    struct committer *committer = context;
    pthread_mutex_lock(&committer->lock);
    for (;;) {
        while (!committer->first && !committer->stopping)
            pthread_cond_wait(&committer->work, &committer->lock);
        size_t count = batch_take(committer);
        if (count == 0) break;
        pthread_mutex_unlock(&committer->lock);
        batch_run(committer, count);
        pthread_mutex_lock(&committer->lock);
        batch_count(committer, count);
        pthread_mutex_unlock(&committer->lock);
        batch_answer(committer, count);
        pthread_mutex_lock(&committer->lock);
    }
    pthread_mutex_unlock(&committer->lock);
    return NULL;
}

enum err committer_start(struct db *db, const struct commit_hooks *hooks, size_t batch_max, size_t queue_max,
    struct committer **ret_committer)
{
    assert(batch_max > 0 && queue_max > 0);
    struct arena *arena = arena_new(COMMITTER_BYTES_MAX);
    struct committer *committer = ARENA_NEW(arena, struct committer);
    *committer = (struct committer){.arena = arena,
        .db = db,
        .hooks = *hooks,
        .batch_max = batch_max,
        .queue_max = queue_max,
        .batch = ARENA_ARRAY(arena, struct ticket *, batch_max),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .work = PTHREAD_COND_INITIALIZER};
    committer->last = &committer->first;
    if (pthread_create(&committer->thread, NULL, committer_loop, committer) != 0) {
        arena_free(arena);
        return E_IO;
    }
    *ret_committer = committer;
    return E_OK;
}

enum err committer_run(struct committer *committer, struct commit_job *job)
{
    assert(!pthread_equal(pthread_self(), committer->thread));
    struct ticket ticket = {.job = job};
    sem_init(&ticket.answered, 0, 0);
    pthread_mutex_lock(&committer->lock);
    if (committer->stopping || committer->waiting == committer->queue_max) {
        committer->counts.failed++;
        pthread_mutex_unlock(&committer->lock);
        sem_destroy(&ticket.answered);
        return job->result = E_BUSY;
    }
    *committer->last = &ticket;
    committer->last = &ticket.next;
    if (committer->waiting++ == 0) pthread_cond_signal(&committer->work);
    pthread_mutex_unlock(&committer->lock);
    while (sem_wait(&ticket.answered) != 0) continue; /* a signal woke it */
    sem_destroy(&ticket.answered);
    return job->result;
}

void committer_stop(struct committer *committer)
{
    if (!committer) return;
    pthread_mutex_lock(&committer->lock);
    committer->stopping = true;
    pthread_cond_signal(&committer->work);
    pthread_mutex_unlock(&committer->lock);
    pthread_join(committer->thread, NULL);
    pthread_cond_destroy(&committer->work);
    pthread_mutex_destroy(&committer->lock);
    arena_free(committer->arena);
}

struct commit_counts committer_counts(struct committer *committer)
{
    pthread_mutex_lock(&committer->lock);
    struct commit_counts counts = committer->counts;
    pthread_mutex_unlock(&committer->lock);
    return counts;
}
