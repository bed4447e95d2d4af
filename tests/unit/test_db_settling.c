/* Between a commit and the disk having it: nobody is answered, nobody sees it, the next batch works on. The
 * disk here is the test's: it stands between SQLite and the system and holds or refuses the log's sync. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/commit.h"
#include "db/log_copier.h"
#include "folder.h"

/* What the disk does when a log is synced. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool held, refuses;
    int waiting; /* syncs that have begun and are held */
} disk = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* In place of the system's, for SQLite too. */
int fdatasync(int fd)
{
    pthread_mutex_lock(&disk.lock);
    disk.waiting++;
    pthread_cond_broadcast(&disk.changed);
    while (disk.held) pthread_cond_wait(&disk.changed, &disk.lock);
    disk.waiting--;
    bool refuses = disk.refuses;
    pthread_mutex_unlock(&disk.lock);
    if (!refuses) return (int)syscall(SYS_fdatasync, fd);
    errno = EIO;
    return -1;
}

static void disk_hold(bool held)
{
    pthread_mutex_lock(&disk.lock);
    disk.held = held;
    pthread_cond_broadcast(&disk.changed);
    pthread_mutex_unlock(&disk.lock);
}

static void disk_await_sync(void)
{
    pthread_mutex_lock(&disk.lock);
    while (disk.waiting == 0) pthread_cond_wait(&disk.changed, &disk.lock);
    pthread_mutex_unlock(&disk.lock);
}

struct fixture {
    struct folder *folder;
    char path[128];
    struct db *db;
    struct committer *committer;
    struct log_copier *copier;
};

static const struct commit_hooks no_hooks;
static const struct log_lengths lengths = {
    .copy_each = 1000, .begin_anew = 2500, .little = 600, .too_long = 7000};

static void filing_begin(struct fixture *f, void **state)
{
    *f = (struct fixture){.folder = *state};
    snprintf(f->path, sizeof f->path, "%s", folder_file(f->folder, "a.db"));
    assert_int_equal(db_open(f->path, DB_WRITE, &f->db), E_OK);
    assert_int_equal(db_script(f->db, "CREATE TABLE t(id INTEGER PRIMARY KEY, data BLOB)"), E_OK);
    assert_int_equal(log_copier_start(f->path, f->db, &lengths, &f->copier), E_OK);
    assert_int_equal(committer_start(f->db, f->copier, &no_hooks, 64, 1000, &f->committer), E_OK);
}

static void filing_end(struct fixture *f)
{
    committer_stop(f->committer);
    log_copier_stop(f->copier);
    db_close(f->db);
}

struct insert {
    struct commit_job job; /* first, so that a job can be turned back */
    struct committer *committer;
    int64_t id, bytes;
    atomic_bool ran, answered;
    pthread_t thread;
};

static enum err insert_run(struct commit_job *job, struct db *db)
{
    struct insert *insert = (struct insert *)job;
    insert->ran = true;
    return db_run(db, "INSERT INTO t VALUES($1, zeroblob($2))", V(insert->id), V(insert->bytes));
}

static void *insert_file(void *context)
{
    struct insert *insert = context;
    insert->job.run = insert_run;
    if (committer_run(insert->committer, &insert->job) == E_OK) insert->answered = true;
    return NULL;
}

static void insert_begin(struct insert *insert, struct fixture *f, int64_t id)
{
    *insert = (struct insert){.committer = f->committer, .id = id};
    assert_int_equal(pthread_create(&insert->thread, NULL, insert_file, insert), 0);
}

static int64_t rows_seen(const char *path)
{
    struct db *reader;
    if (db_open(path, DB_READ, &reader) != E_OK) return -1;
    int64_t n = db_int_values(reader, "SELECT count(*) FROM t", -1, NULL, 0);
    db_close(reader);
    return n;
}

struct look {
    const char *path;
    atomic_bool begun, ended;
    int64_t seen;
    pthread_t thread;
};

static void *look_run(void *context)
{
    struct look *look = context;
    look->begun = true;
    look->seen = rows_seen(look->path);
    look->ended = true;
    return NULL;
}

static void nobody_is_answered_or_sees_an_entry_before_the_disk_has_it(void **state)
{
    struct fixture f;
    filing_begin(&f, state);
    struct insert before, held;
    insert_begin(&before, &f, 1);
    pthread_join(before.thread, NULL);
    assert_true(before.answered);
    assert_int_equal(rows_seen(f.path), 1);

    disk_hold(true);
    insert_begin(&held, &f, 2);
    disk_await_sync();
    struct look look = {.path = f.path};
    assert_int_equal(pthread_create(&look.thread, NULL, look_run, &look), 0);
    while (!look.begun) sched_yield();
    for (int i = 0; i < 10000; i++) sched_yield(); /* time enough to see what must not be seen */
    assert_false(held.answered);
    assert_false(look.ended);
    disk_hold(false);
    pthread_join(held.thread, NULL);
    pthread_join(look.thread, NULL);
    assert_true(held.answered);
    assert_int_equal(look.seen, 2);
    filing_end(&f);
}

/* A picture taken before is not held up, and stays what it was. */
static void who_reads_already_goes_on(void **state)
{
    struct fixture f;
    filing_begin(&f, state);
    struct db *reader;
    assert_int_equal(db_open(f.path, DB_READ, &reader), E_OK);
    assert_int_equal(db_begin(reader), E_OK);
    assert_int_equal(db_int_values(reader, "SELECT count(*) FROM t", -1, NULL, 0), 0);
    struct insert held;
    disk_hold(true);
    insert_begin(&held, &f, 1);
    disk_await_sync();
    assert_int_equal(db_int_values(reader, "SELECT count(*) FROM t", -1, NULL, 0), 0);
    disk_hold(false);
    pthread_join(held.thread, NULL);
    db_close(reader);
    filing_end(&f);
}

/* Holds the writer until the next tickets are there, so that the settler gets the batch. */
struct gate {
    struct commit_job job;
    struct committer *committer;
    atomic_bool running, open;
};

static enum err gate_run(struct commit_job *job, struct db *db)
{
    struct gate *gate = (struct gate *)job;
    gate->running = true;
    while (!gate->open) sched_yield();
    return db_run(db, "INSERT INTO t VALUES($1, '')", V(100));
}

static void *gate_file(void *context)
{
    struct gate *gate = context;
    return committer_run(gate->committer, &gate->job) == E_OK ? gate : NULL;
}

static void the_next_batch_works_while_the_disk_takes_the_last(void **state)
{
    struct fixture f;
    filing_begin(&f, state);
    struct gate gate = {.job = {.run = gate_run}, .committer = f.committer};
    pthread_t gate_thread;
    assert_int_equal(pthread_create(&gate_thread, NULL, gate_file, &gate), 0);
    while (!gate.running) sched_yield();
    struct insert next;
    insert_begin(&next, &f, 1);
    while (committer_counts(f.committer).waiting == 0) sched_yield();
    disk_hold(true);
    gate.open = true;
    disk_await_sync();
    while (!next.ran) sched_yield(); /* for ever, were the writer waiting for the disk */
    assert_false(next.answered);
    disk_hold(false);
    void *answer;
    pthread_join(gate_thread, &answer);
    pthread_join(next.thread, NULL);
    assert_ptr_equal(answer, &gate);
    assert_true(next.answered);
    assert_int_equal(rows_seen(f.path), 2);
    filing_end(&f);
}

/* The log is begun anew many times meanwhile, and read by others all the time. */
static void what_is_filed_arrives_while_the_log_is_begun_anew(void **state)
{
    struct fixture f;
    filing_begin(&f, state);
    for (int i = 0; i < 60; i++) {
        struct insert inserts[4];
        for (int k = 0; k < 4; k++) {
            inserts[k] = (struct insert){.committer = f.committer, .id = i * 4 + k, .bytes = 1000000};
            assert_int_equal(pthread_create(&inserts[k].thread, NULL, insert_file, &inserts[k]), 0);
        }
        for (int k = 0; k < 4; k++) {
            pthread_join(inserts[k].thread, NULL);
            assert_true(inserts[k].answered);
        }
        assert_int_equal(rows_seen(f.path), (i + 1) * 4);
    }
    filing_end(&f);
    struct arena *arena = arena_new(1000);
    assert_int_equal(db_open(f.path, DB_WRITE, &f.db), E_OK);
    assert_string_equal(db_text_values(f.db, arena, "PRAGMA quick_check", NULL, 0), "ok");
    db_close(f.db);
    arena_free(arena);
}

/* The child files on a disk that refuses the log: it ends, and nobody in it was answered. */
static int file_on_a_refusing_disk(void **state)
{
    struct fixture f;
    filing_begin(&f, state);
    disk.refuses = true;
    struct insert insert = {.committer = f.committer, .id = 1};
    insert_file(&insert);
    return insert.answered ? 1 : 2;
}

static void a_disk_that_refuses_the_log_ends_the_process_unanswered(void **state)
{
    pid_t child = fork();
    if (child == 0) _exit(file_on_a_refusing_disk(state));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EX_IOERR);
    struct fixture f = {.folder = *state};
    snprintf(f.path, sizeof f.path, "%s", folder_file(f.folder, "a.db"));
    assert_in_range(rows_seen(f.path), 0, 1); /* what is really there; nobody was told either */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(nobody_is_answered_or_sees_an_entry_before_the_disk_has_it),
        FOLDER_TEST(who_reads_already_goes_on),
        FOLDER_TEST(the_next_batch_works_while_the_disk_takes_the_last),
        FOLDER_TEST(what_is_filed_arrives_while_the_log_is_begun_anew),
        FOLDER_TEST(a_disk_that_refuses_the_log_ends_the_process_unanswered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
