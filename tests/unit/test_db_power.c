/* The power goes at any moment: what the disk had not taken yet is lost, or some of it is, in any mixture,
 * and whatever was answered is there. The disk here is the test's: it stands between SQLite and the
 * system, keeps a second copy of each file as the platter has it, and brings that up to date when a file
 * is synced. */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/commit.h"
#include "db/log_copier.h"
#include "folder.h"

#define WRITTEN_MAX 40000 /* to one file between two syncs */
#define FILERS 6
#define ROW_BYTES 300000
#define CUTS 8
#define ROWS_A_CUT 40 /* 12 MB: the log is begun anew once and more */

static const struct log_lengths lengths = {
    .copy_each = 400, .begin_anew = 1500, .little = 300, .too_long = 4000};

struct written {
    off_t at;
    size_t size;
};

/* One file of the database: what stands in it, and what the platter has. */
struct platter {
    const char *name;
    int live, kept; /* -1: not written yet */
    struct written written[WRITTEN_MAX];
    size_t count; /* since the last sync */
};

static struct {
    pthread_mutex_t lock;
    const char *folder; /* NULL: nobody watches */
    struct platter platters[2];
} disk = {.lock = PTHREAD_MUTEX_INITIALIZER, .platters = {{.name = "a.db"}, {.name = "a.db-wal"}}};

static void path_in(char *ret_path, size_t size, const char *folder, const char *name, const char *ending)
{
    snprintf(ret_path, size, "%s/%s%s", folder, name, ending);
}

/* The platter of an open file of ours, NULL of any other. Under the lock. */
static struct platter *platter_of(int fd)
{
    char link[40], path[256], file[200];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = disk.folder ? readlink(link, path, sizeof path - 1) : -1;
    if (n < 0) return NULL;
    path[n] = '\0';
    for (size_t i = 0; i < 2; i++) {
        struct platter *platter = &disk.platters[i];
        path_in(file, sizeof file, disk.folder, platter->name, "");
        if (strcmp(path, file) != 0) continue;
        if (platter->live >= 0) return platter;
        platter->live = open(file, O_RDONLY | O_CLOEXEC);
        path_in(file, sizeof file, disk.folder, platter->name, ".kept");
        platter->kept = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        assert_true(platter->live >= 0 && platter->kept >= 0);
        return platter;
    }
    return NULL;
}

static void range_copy(int from, int to, off_t at, size_t size)
{
    static char bytes[128 * 1024];
    while (size > 0) {
        ssize_t n = pread(from, bytes, size < sizeof bytes ? size : sizeof bytes, at);
        if (n <= 0) return; /* cut off since */
        assert_int_equal(syscall(SYS_pwrite64, to, bytes, (size_t)n, at), n);
        at += n;
        size -= (size_t)n;
    }
}

/* In place of the system's, for SQLite too. */
ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    pthread_mutex_lock(&disk.lock);
    ssize_t n = syscall(SYS_pwrite64, fd, data, size, at);
    struct platter *platter = n > 0 ? platter_of(fd) : NULL;
    if (platter) {
        assert_true(platter->count < WRITTEN_MAX);
        platter->written[platter->count++] = (struct written){at, (size_t)n};
    }
    pthread_mutex_unlock(&disk.lock);
    return n;
}

/* A file that is cut off is so at once: an old tail that came back could only hold what is older still. */
int ftruncate(int fd, off_t size)
{
    pthread_mutex_lock(&disk.lock);
    int result = (int)syscall(SYS_ftruncate, fd, size);
    struct platter *platter = result == 0 ? platter_of(fd) : NULL;
    if (platter) assert_int_equal(syscall(SYS_ftruncate, platter->kept, size), 0);
    pthread_mutex_unlock(&disk.lock);
    return result;
}

int fdatasync(int fd)
{
    pthread_mutex_lock(&disk.lock);
    struct platter *platter = platter_of(fd);
    for (size_t i = 0; platter && i < platter->count; i++)
        range_copy(platter->live, platter->kept, platter->written[i].at, platter->written[i].size);
    if (platter) platter->count = 0;
    pthread_mutex_unlock(&disk.lock);
    return platter ? 0 : (int)syscall(SYS_fdatasync, fd);
}

static void file_copy(int from, const char *path)
{
    int to = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct stat status;
    assert_true(to >= 0 && fstat(from, &status) == 0);
    range_copy(from, to, 0, (size_t)status.st_size);
    close(to);
}

/* What a start after a power cut at this moment finds: the platters, and of what was written since any part,
 * in pages as the system writes them. */
static void power_cut(const char *folder, unsigned seed)
{
    unsigned short state[3] = {(unsigned short)seed, 7, 11};
    double chance = seed % 3 * 0.45; /* of a page to be on the disk all the same: none, some, most */
    pthread_mutex_lock(&disk.lock);
    for (size_t i = 0; i < 2; i++) {
        struct platter *platter = &disk.platters[i];
        char path[200];
        path_in(path, sizeof path, folder, platter->name, "");
        file_copy(platter->kept, path);
        int to = open(path, O_RDWR | O_CLOEXEC);
        for (size_t k = 0; k < platter->count; k++)
            for (size_t done = 0; done < platter->written[k].size; done += 4096) {
                size_t left = platter->written[k].size - done;
                if (erand48(state) >= chance) continue;
                range_copy(
                    platter->live, to, platter->written[k].at + (off_t)done, left < 4096 ? left : 4096);
            }
        close(to);
    }
    pthread_mutex_unlock(&disk.lock);
}

struct filing {
    struct commit_job job; /* first, so that a job can be turned back */
    int64_t id;
};

static enum err filing_run(struct commit_job *job, struct db *db)
{
    return db_run(
        db, "INSERT INTO t VALUES($1, randomblob($2))", V(((struct filing *)job)->id), V(ROW_BYTES));
}

struct office {
    struct committer *committer;
    atomic_llong next, answered;
    atomic_bool closed;
};

static void *filer_run(void *context)
{
    struct office *office = context;
    while (!office->closed) {
        struct filing filing = {.job.run = filing_run, .id = office->next++};
        if (committer_run(office->committer, &filing.job) == E_OK) office->answered++;
    }
    return NULL;
}

static void found_after_the_cut(const char *folder, int64_t answered)
{
    char path[200];
    path_in(path, sizeof path, folder, "a.db", "");
    struct db *db;
    struct arena *arena = arena_new(4000);
    assert_int_equal(db_open(path, DB_WRITE, &db), E_OK);
    assert_true(db_int_values(db, "SELECT count(*) FROM t", -1, NULL, 0) >= answered);
    assert_string_equal(db_text_values(db, arena, "PRAGMA integrity_check", NULL, 0), "ok");
    assert_int_equal(db_status(db), E_OK);
    db_close(db);
    arena_free(arena);
}

static void nothing_that_was_answered_is_lost(void **state)
{
    struct folder *folder = *state, cut;
    char path[200];
    path_in(path, sizeof path, folder->path, "a.db", "");
    for (size_t i = 0; i < 2; i++) disk.platters[i].live = disk.platters[i].kept = -1;
    disk.folder = folder->path;
    struct db *db;
    struct log_copier *copier;
    struct office office = {0};
    assert_int_equal(db_open(path, DB_WRITE, &db), E_OK);
    assert_int_equal(db_script(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, data BLOB)"), E_OK);
    assert_int_equal(log_copier_start(path, db, &lengths, &copier), E_OK);
    assert_int_equal(
        committer_start(db, copier, &(struct commit_hooks){0}, 64, 1000, &office.committer), E_OK);
    pthread_t filers[FILERS];
    for (int i = 0; i < FILERS; i++)
        assert_int_equal(pthread_create(&filers[i], NULL, filer_run, &office), 0);
    for (unsigned i = 1; i <= CUTS; i++) {
        while (office.answered < i * ROWS_A_CUT) sched_yield();
        folder_make(&cut);
        int64_t answered = office.answered;
        power_cut(cut.path, i);
        found_after_the_cut(cut.path, answered);
        folder_remove(&cut);
    }
    office.closed = true;
    for (int i = 0; i < FILERS; i++) pthread_join(filers[i], NULL);
    committer_stop(office.committer);
    log_copier_stop(copier);
    db_close(db);
    disk.folder = NULL;
    for (size_t i = 0; i < 2; i++) {
        close(disk.platters[i].live);
        close(disk.platters[i].kept);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {FOLDER_TEST(nothing_that_was_answered_is_lost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
