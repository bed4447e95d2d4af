/* db/commit: the one writer thread with group commit.
 *
 * Callers hand in jobs and wait. The writer takes what is queued (up to `batch_max`), begins one transaction,
 * runs each job, calls `seal` once (the register signs its checkpoint there), commits, calls `committed`,
 * waits for the disk with one fsync, calls `published`, and only then answers every waiter: an answer means
 * durable. When others wait already, a second thread does what follows `committed`, and the writer meanwhile
 * runs the jobs of the next batch, which is committed after that. Who reads sees a batch when the disk has it
 * (db/settling.h).
 *
 * A job that returns anything but E_OK is undone alone. When seal or commit fails, every job of the batch is
 * answered with that error and `abandoned` is called, so that what is kept in memory goes back too.
 *
 * A job should know whether it is refused before it writes: then there is nothing to undo. When one fails
 * after writing, the batch is rolled back (`abandoned`) and all its jobs run a second time, each in a
 * savepoint. */
#ifndef PANJI_DB_COMMIT_H
#define PANJI_DB_COMMIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/db.h"

struct committer;
struct log_copier;

struct commit_hooks {
    void *context;
    enum err (*seal)(void *context, struct db *db);  /* before commit, when at least one job was E_OK */
    void (*committed)(void *context);                /* after it; it may yet be lost with the power */
    void (*published)(void *context);                /* the disk has it; perhaps on another thread, while the
                                                        next batch runs and seals, but is not committed */
    void (*abandoned)(void *context);                /* after a rollback of the whole batch */
    void (*undone)(void *context);                   /* after one job was refused and undone */
};

struct commit_job {
    enum err (*run)(struct commit_job *job, struct db *db); /* on the writer thread; perhaps twice */
    enum err result;
};

struct commit_counts {
    uint64_t commits, jobs, refused, failed;
    size_t waiting; /* now, for the writer */
};

/* Starts the threads on db, which then belongs to them. copier: who keeps the log of db short; NULL: nobody.
 * queue_max: waiting jobs; one more gets E_BUSY. */
enum err committer_start(struct db *db, struct log_copier *copier, const struct commit_hooks *hooks,
    size_t batch_max, size_t queue_max, struct committer **ret_committer) MUST_CHECK;

/* Queues the job and waits for its durable answer. The job may live on the caller's stack. */
enum err committer_run(struct committer *committer, struct commit_job *job) MUST_CHECK;

/* Finishes what is queued, stops the thread. The db is the caller's again. NULL allowed. */
void committer_stop(struct committer *committer);

struct commit_counts committer_counts(struct committer *committer);

/* The same batch discipline without a thread, for one caller that files many entries (simulate, import):
 * begin, any number of commit_batch_run, then commit_batch_end. */
enum err commit_batch_begin(struct db *db) MUST_CHECK;
enum err commit_batch_run(struct db *db, const struct commit_hooks *hooks, struct commit_job *job) MUST_CHECK;
enum err commit_batch_end(struct db *db, const struct commit_hooks *hooks) MUST_CHECK;

#endif
