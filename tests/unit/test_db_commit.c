/* Group commit: what an answer promises, and what a refusal leaves behind. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "db/commit.h"
#include "db/db.h"
#include "folder.h"

#define THREADS 64
#define JOBS_EACH 25

struct fixture {
    struct folder folder;
    char path[128];
    struct db *db;
    struct committer *committer;
    struct commit_hooks hooks;
    int64_t sealed, committed, published, abandoned, undone; /* a thread at a time */
    enum err seal_answer;
};

static enum err seal(void *context, struct db *db)
{
    struct fixture *f = context;
    f->sealed++;
    db_run(db, "UPDATE seal SET n = $1", V(f->sealed));
    return f->seal_answer;
}

/* What was committed before must be published before the next is committed. */
static void committed(void *context)
{
    struct fixture *f = context;
    assert_int_equal(f->committed, f->published);
    f->committed++;
}

static void published(void *context)
{
    ((struct fixture *)context)->published++;
}

static void abandoned(void *context)
{
    ((struct fixture *)context)->abandoned++;
}

static void undone(void *context)
{
    ((struct fixture *)context)->undone++;
}

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    folder_make(&f->folder);
    snprintf(f->path, sizeof f->path, "%s", folder_file(&f->folder, "a.db"));
    assert_int_equal(db_open(f->path, DB_WRITE, &f->db), E_OK);
    assert_int_equal(db_script(f->db, "CREATE TABLE t(id INTEGER PRIMARY KEY); CREATE TABLE seal(n);"
                                      "INSERT INTO seal VALUES(0)"), E_OK);
    f->hooks = (struct commit_hooks){f, seal, committed, published, abandoned, undone};
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    committer_stop(f->committer);
    db_close(f->db);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

struct insert {
    struct commit_job job; /* first, so that a job can be turned back */
    int64_t id;
    enum err refusal; /* what to return after the row is in */
};

static enum err insert_run(struct commit_job *job, struct db *db)
{
    struct insert *insert = (struct insert *)job;
    TRY(db_run(db, "INSERT INTO t VALUES($1)", V(insert->id)));
    return insert->refusal;
}

static struct insert insert_of(int64_t id, enum err refusal)
{
    return (struct insert){.job = {.run = insert_run}, .id = id, .refusal = refusal};
}

static int64_t rows_seen(const char *path)
{
    struct db *reader;
    assert_int_equal(db_open(path, DB_READ, &reader), E_OK);
    int64_t n = db_int(reader, "SELECT count(*) FROM t WHERE $1", -1, V(1));
    db_close(reader);
    return n;
}

struct client {
    struct fixture *f;
    int number;
    atomic_int wrong;
};

/* Every third job is refused; after every answer a reader of one's own must agree with it. */
static void *client_loop(void *context)
{
    struct client *client = context;
    struct db *reader;
    if (db_open(client->f->path, DB_READ, &reader) != E_OK) {
        client->wrong++;
        return NULL;
    }
    for (int i = 0; i < JOBS_EACH; i++) {
        enum err refusal = i % 3 == 2 ? E_PROBLEM : E_OK;
        struct insert insert = insert_of(client->number * JOBS_EACH + i, refusal);
        client->wrong += committer_run(client->f->committer, &insert.job) != refusal;
        client->wrong += insert.job.result != refusal;
        int64_t there = db_int(reader, "SELECT count(*) FROM t WHERE id=$1", -1, V(insert.id));
        client->wrong += there != (refusal == E_OK);
    }
    db_close(reader);
    return NULL;
}

static void an_answer_is_what_any_reader_sees(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(committer_start(f->db, NULL, &f->hooks, 64, 1000, &f->committer), E_OK);
    static struct client clients[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        clients[i] = (struct client){.f = f, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, client_loop, &clients[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(clients[i].wrong, 0);
    }
    int refused_each = JOBS_EACH / 3;
    struct commit_counts counts = committer_counts(f->committer);
    assert_int_equal(counts.jobs, THREADS * JOBS_EACH);
    assert_int_equal(counts.refused, THREADS * refused_each);
    assert_int_equal(counts.failed, 0);
    assert_true(counts.commits > 0 && counts.commits <= counts.jobs - counts.refused);
    committer_stop(f->committer);
    f->committer = NULL;
    assert_int_equal(f->undone, counts.refused);
    assert_int_equal(f->sealed, counts.commits);
    assert_int_equal(f->committed, counts.commits);
    assert_int_equal(f->published, counts.commits);
    assert_in_range(f->abandoned, 1, counts.refused); /* these jobs are refused after they wrote */
    assert_int_equal(rows_seen(f->path), THREADS * (JOBS_EACH - refused_each));
    assert_int_equal(db_int(f->db, "SELECT n FROM seal WHERE $1", -1, V(1)), f->sealed);
}

static void a_failed_seal_undoes_the_whole_batch(void **state)
{
    struct fixture *f = *state;
    f->seal_answer = E_IO;
    struct insert first = insert_of(1, E_OK), second = insert_of(2, E_PROBLEM), third = insert_of(3, E_OK);
    assert_int_equal(commit_batch_begin(f->db), E_OK);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &first.job), E_OK);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &second.job), E_PROBLEM);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &third.job), E_OK);
    assert_int_equal(commit_batch_end(f->db, &f->hooks), E_IO);
    assert_int_equal(f->abandoned, 1);
    assert_int_equal(f->published, 0);
    assert_int_equal(rows_seen(f->path), 0);
    assert_int_equal(db_int(f->db, "SELECT n FROM seal WHERE $1", -1, V(1)), 0);

    assert_int_equal(committer_start(f->db, NULL, &f->hooks, 8, 8, &f->committer), E_OK);
    assert_int_equal(committer_run(f->committer, &first.job), E_IO);
    assert_int_equal(first.job.result, E_IO);
    assert_int_equal(committer_counts(f->committer).failed, 1);
    assert_int_equal(rows_seen(f->path), 0);
}

static void a_batch_of_refusals_is_neither_sealed_nor_published(void **state)
{
    struct fixture *f = *state;
    struct insert only = insert_of(1, E_PROBLEM);
    assert_int_equal(commit_batch_begin(f->db), E_OK);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &only.job), E_PROBLEM);
    assert_int_equal(commit_batch_end(f->db, &f->hooks), E_OK);
    assert_int_equal(f->sealed + f->committed + f->published + f->abandoned, 0);
    assert_int_equal(f->undone, 1);
    assert_int_equal(rows_seen(f->path), 0);
    only.refusal = E_OK;
    assert_int_equal(commit_batch_begin(f->db), E_OK);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &only.job), E_OK);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &only.job), E_PROBLEM); /* the same row again */
    assert_int_equal(commit_batch_end(f->db, &f->hooks), E_OK);
    assert_int_equal(f->sealed, 1);
    assert_int_equal(f->published, 1);
    assert_int_equal(rows_seen(f->path), 1);
}

static void a_full_disk_fails_the_batch_and_the_next_one_works(void **state)
{
    struct fixture *f = *state;
    char limit[60];
    int64_t pages = db_int(f->db, "SELECT page_count + $1 FROM pragma_page_count", 0, V(0));
    snprintf(limit, sizeof limit, "PRAGMA max_page_count=%d", (int)pages);
    assert_int_equal(db_script(f->db, limit), E_OK);
    assert_int_equal(commit_batch_begin(f->db), E_OK);
    enum err err = E_OK;
    for (int i = 0; i < 2000 && err == E_OK; i++) {
        struct insert insert = insert_of(i, E_OK);
        err = commit_batch_run(f->db, &f->hooks, &insert.job);
    }
    assert_int_equal(err, E_FULL);
    assert_int_equal(commit_batch_end(f->db, &f->hooks), E_FULL);
    assert_int_equal(f->abandoned, 1);
    assert_int_equal(rows_seen(f->path), 0);
    assert_int_equal(db_script(f->db, "PRAGMA max_page_count=100000"), E_OK);
    struct insert again = insert_of(1, E_OK);
    assert_int_equal(commit_batch_begin(f->db), E_OK);
    assert_int_equal(commit_batch_run(f->db, &f->hooks, &again.job), E_OK);
    assert_int_equal(commit_batch_end(f->db, &f->hooks), E_OK);
    assert_int_equal(rows_seen(f->path), 1);
}

struct gate {
    struct commit_job job;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool running, open;
};

/* Holds the writer until the test opens the gate. */
static enum err gate_run(struct commit_job *job, struct db *db)
{
    (void)db;
    struct gate *gate = (struct gate *)job;
    pthread_mutex_lock(&gate->lock);
    gate->running = true;
    pthread_cond_broadcast(&gate->changed);
    while (!gate->open) pthread_cond_wait(&gate->changed, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
    return E_OK;
}

struct run {
    struct committer *committer;
    struct commit_job *job;
    atomic_bool busy; /* was turned away */
};

static void *run_loop(void *context)
{
    struct run *run = context;
    if (committer_run(run->committer, run->job) == E_BUSY) run->busy = true;
    return NULL;
}

static void a_full_queue_turns_away_and_stopping_finishes_what_waits(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(committer_start(f->db, NULL, &f->hooks, 4, 10, &f->committer), E_OK);
    struct gate gate = {
        .job = {.run = gate_run}, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    pthread_t threads[31];
    struct run runs[31];
    struct insert inserts[31];
    runs[30] = (struct run){.committer = f->committer, .job = &gate.job};
    assert_int_equal(pthread_create(&threads[30], NULL, run_loop, &runs[30]), 0);
    pthread_mutex_lock(&gate.lock);
    while (!gate.running) pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    for (int i = 0; i < 30; i++) {
        inserts[i] = insert_of(i, E_OK);
        runs[i] = (struct run){.committer = f->committer, .job = &inserts[i].job};
        assert_int_equal(pthread_create(&threads[i], NULL, run_loop, &runs[i]), 0);
    }
    /* The writer is held, so exactly ten can wait and twenty are turned away at once. */
    while (committer_counts(f->committer).failed < 20) sched_yield();
    pthread_mutex_lock(&gate.lock);
    gate.open = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
    committer_stop(f->committer);
    f->committer = NULL;
    int busy = 0;
    for (int i = 0; i < 31; i++) {
        pthread_join(threads[i], NULL);
        busy += runs[i].busy;
    }
    assert_int_equal(busy, 20);
    assert_int_equal(rows_seen(f->path), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_is_what_any_reader_sees, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failed_seal_undoes_the_whole_batch, setup, teardown),
        cmocka_unit_test_setup_teardown(a_batch_of_refusals_is_neither_sealed_nor_published, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_fails_the_batch_and_the_next_one_works, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_full_queue_turns_away_and_stopping_finishes_what_waits, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
