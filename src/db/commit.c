/* db/commit: the batch discipline, and the two threads that live by it.
 *
 * A caller waits on a ticket on its own stack. The writer takes tickets off the queue, works without the
 * lock, and answers each by its own semaphore, so that a whole batch of callers wakes without meeting at a
 * lock. Once answered a caller touches nothing of the committer.
 *
 * A batch that is committed goes to the settler, who waits for the disk and answers, unless nobody waits for
 * the writer: then he does it himself. There is one batch at the settler's at most: the next is committed
 * when he is done, so that what is signed and published keeps its order. */
#include "db/commit.h"

#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

#include "db/log_copier.h"
#include "db/settling.h"

#define COMMITTER_BYTES_MAX ((size_t)1024 * 1024)

struct ticket {
    struct commit_job *job;
    struct ticket *next;
    sem_t answered;
};

struct batch {
    struct ticket *first; /* to the last's `next`, which is NULL */
    size_t count;
    bool committed; /* false with the disk owed all the same: a commit that reported an error */
};

struct committer {
    struct arena *arena;
    struct db *db;
    struct log_copier *copier;
    struct commit_hooks hooks;
    size_t batch_max, queue_max;
    pthread_t writer, settler;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t work, to_settle, settled;
    struct ticket *first, **last;
    size_t waiting;        /* on the queue */
    struct batch settling; /* committed, and the disk does not have it yet */
    bool stopping, writer_stopped;
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

/* Everything of the end but the commit. When every job was refused there is nothing to sign and nothing to
 * write: *ret_empty, and no transaction is open any more. */
static enum err batch_seal(struct db *db, const struct commit_hooks *hooks, bool *ret_empty)
{
    TRY(db_status(db));
    *ret_empty = db->savepoints_kept == 0;
    if (*ret_empty) db_rollback(db);
    else if (hooks->seal) return hooks->seal(hooks->context, db);
    return E_OK;
}

static enum err batch_commit(struct db *db, const struct commit_hooks *hooks)
{
    TRY(db_commit(db));
    if (hooks->committed) hooks->committed(hooks->context);
    return E_OK;
}

static void batch_abandon(struct db *db, const struct commit_hooks *hooks)
{
    db_rollback(db);
    db_clear(db);
    if (hooks->abandoned) hooks->abandoned(hooks->context);
}

enum err commit_batch_end(struct db *db, const struct commit_hooks *hooks)
{
    bool empty = false;
    enum err err = batch_seal(db, hooks, &empty);
    if (err == E_OK && empty) return E_OK;
    if (err == E_OK) err = batch_commit(db, hooks);
    if (err != E_OK) batch_abandon(db, hooks);
    else if (hooks->published) hooks->published(hooks->context);
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
static bool batch_hope(struct committer *committer, const struct batch *batch)
{
    for (struct ticket *ticket = batch->first; ticket; ticket = ticket->next) {
        if (job_hope(committer, ticket->job)) continue;
        batch_abandon(committer->db, &committer->hooks);
        return false;
    }
    return true;
}

/* All jobs once more, each in a savepoint of its own. */
static void batch_careful(struct committer *committer, const struct batch *batch)
{
    for (struct ticket *ticket = batch->first; ticket; ticket = ticket->next) {
        enum err refused = commit_batch_run(committer->db, &committer->hooks, ticket->job);
        if (refused != E_OK && db_status(committer->db) != E_OK)
            break; /* the disk failed: the end reports it */
    }
}

/* Until the settler has answered the batch before, whose commit this one's answers may rest on. */
static void settler_await(struct committer *committer)
{
    pthread_mutex_lock(&committer->lock);
    while (committer->settling.first) pthread_cond_wait(&committer->settled, &committer->lock);
    pthread_mutex_unlock(&committer->lock);
}

/* One batch from begin to commit; every job has its result afterwards. True when the disk is owed it. */
static bool batch_run(struct committer *committer, struct batch *batch)
{
    struct db *db = committer->db;
    bool empty = false;
    enum err err = commit_batch_begin(db);
    bool begun = err == E_OK;
    if (begun && !batch_hope(committer, batch)) {
        err = commit_batch_begin(db);
        begun = err == E_OK;
        if (begun) batch_careful(committer, batch);
    }
    if (begun) err = batch_seal(db, &committer->hooks, &empty);
    settler_await(committer);
    bool owed = begun && err == E_OK && !empty;
    if (owed) err = batch_commit(db, &committer->hooks);
    batch->committed = owed && err == E_OK;
    if (err == E_OK) return owed;
    if (begun) batch_abandon(db, &committer->hooks);
    else db_clear(db);
    for (struct ticket *ticket = batch->first; ticket; ticket = ticket->next) ticket->job->result = err;
    return owed; /* a commit that reported an error may yet have reached the log */
}

/* Under the lock: moves what is waiting, up to a batch, off the queue. */
static struct batch batch_take(struct committer *committer)
{
    struct batch batch = {.first = committer->first};
    struct ticket **end = &committer->first;
    while (*end && batch.count < committer->batch_max) {
        end = &(*end)->next;
        batch.count++;
    }
    committer->first = *end;
    *end = NULL;
    if (!committer->first) committer->last = &committer->first;
    committer->waiting -= batch.count;
    return batch;
}

/* Under the lock. */
static void batch_count(struct committer *committer, const struct batch *batch)
{
    bool committed = false;
    for (struct ticket *ticket = batch->first; ticket; ticket = ticket->next) {
        enum err result = ticket->job->result;
        if (result == E_OK) committed = true;
        else if (result == E_PROBLEM || result == E_NOT_FOUND) committer->counts.refused++;
        else committer->counts.failed++;
    }
    committer->counts.jobs += batch->count;
    committer->counts.commits += committed;
}

/* A ticket is gone as soon as its owner sees the answer. */
static void batch_answer(const struct batch *batch)
{
    for (struct ticket *ticket = batch->first, *next; ticket; ticket = next) {
        next = ticket->next;
        sem_post(&ticket->answered);
    }
}

static void batch_settle(struct committer *committer, const struct batch *batch)
{
    db_settle(committer->db);
    if (batch->committed && committer->hooks.published) committer->hooks.published(committer->hooks.context);
}

static void *settler_loop(void *context)
{
    struct committer *committer = context;
    pthread_mutex_lock(&committer->lock);
    for (;;) {
        while (!committer->settling.first && !committer->writer_stopped)
            pthread_cond_wait(&committer->to_settle, &committer->lock);
        struct batch batch = committer->settling;
        if (!batch.first) break;
        pthread_mutex_unlock(&committer->lock);
        batch_settle(committer, &batch);
        pthread_mutex_lock(&committer->lock);
        committer->settling = (struct batch){0};
        pthread_cond_signal(&committer->settled);
        pthread_mutex_unlock(&committer->lock);
        batch_answer(&batch);
        pthread_mutex_lock(&committer->lock);
    }
    pthread_mutex_unlock(&committer->lock);
    return NULL;
}

/* Under the lock, which is given up meanwhile. */
static void batch_finish(struct committer *committer, const struct batch *batch, bool owed)
{
    bool others_wait = committer->first;
    if (owed && others_wait) {
        committer->settling = *batch;
        pthread_cond_signal(&committer->to_settle);
        return;
    }
    pthread_mutex_unlock(&committer->lock);
    if (owed) batch_settle(committer, batch);
    batch_answer(batch);
    pthread_mutex_lock(&committer->lock);
}

static void *writer_loop(void *context)
{
    struct committer *committer = context;
    pthread_mutex_lock(&committer->lock);
    for (;;) {
        while (!committer->first && !committer->stopping)
            pthread_cond_wait(&committer->work, &committer->lock);
        struct batch batch = batch_take(committer);
        if (!batch.first) break;
        pthread_mutex_unlock(&committer->lock);
        bool owed = batch_run(committer, &batch);
        pthread_mutex_lock(&committer->lock);
        batch_count(committer, &batch);
        batch_finish(committer, &batch, owed);
        pthread_mutex_unlock(&committer->lock);
        log_copier_help(committer->copier);
        pthread_mutex_lock(&committer->lock);
    }
    committer->writer_stopped = true;
    pthread_cond_signal(&committer->to_settle);
    pthread_mutex_unlock(&committer->lock);
    return NULL;
}

static enum err threads_start(struct committer *committer)
{
    TRY(db_settle_apart(committer->db));
    if (pthread_create(&committer->settler, NULL, settler_loop, committer) == 0) {
        if (pthread_create(&committer->writer, NULL, writer_loop, committer) == 0) return E_OK;
        committer->writer_stopped = true; /* no lock: the settler has begun with nothing to do */
        pthread_cond_signal(&committer->to_settle);
        pthread_join(committer->settler, NULL);
    }
    db_settle_together(committer->db);
    return E_IO;
}

enum err committer_start(struct db *db, struct log_copier *copier, const struct commit_hooks *hooks,
    size_t batch_max, size_t queue_max, struct committer **ret_committer)
{
    assert(batch_max > 0 && queue_max > 0);
    struct arena *arena = arena_new(COMMITTER_BYTES_MAX);
    struct committer *committer = ARENA_NEW(arena, struct committer);
    *committer = (struct committer){.arena = arena,
        .db = db,
        .copier = copier,
        .hooks = *hooks,
        .batch_max = batch_max,
        .queue_max = queue_max,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .work = PTHREAD_COND_INITIALIZER,
        .to_settle = PTHREAD_COND_INITIALIZER,
        .settled = PTHREAD_COND_INITIALIZER};
    committer->last = &committer->first;
    enum err err = threads_start(committer);
    if (err != E_OK) arena_free(arena);
    else *ret_committer = committer;
    return err;
}

enum err committer_run(struct committer *committer, struct commit_job *job)
{
    assert(!pthread_equal(pthread_self(), committer->writer));
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
    pthread_join(committer->writer, NULL);
    pthread_join(committer->settler, NULL);
    db_settle_together(committer->db);
    pthread_cond_destroy(&committer->work);
    pthread_cond_destroy(&committer->to_settle);
    pthread_cond_destroy(&committer->settled);
    pthread_mutex_destroy(&committer->lock);
    arena_free(committer->arena);
}

struct commit_counts committer_counts(struct committer *committer)
{
    pthread_mutex_lock(&committer->lock);
    struct commit_counts counts = committer->counts;
    counts.waiting = committer->waiting;
    pthread_mutex_unlock(&committer->lock);
    return counts;
}
