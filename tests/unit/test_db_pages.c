/* Damage on disk: every changed byte is found and none is ever served. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"
#include "db/pages.h"
#include "folder.h"

struct fixture {
    struct folder folder;
    struct arena *arena;
    uint64_t seed;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    folder_make(&f->folder);
    f->arena = arena_new(64 << 20);
    f->seed = 7;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static uint64_t pick(struct fixture *f, uint64_t below)
{
    f->seed = f->seed * 6364136223846793005U + 1442695040888963407U;
    return (f->seed >> 33) % below;
}

static const char *database(struct fixture *f)
{
    return folder_file(&f->folder, "a.db");
}

/* A few hundred pages with holes, overflow pages and an index. */
static struct db *fill(struct fixture *f)
{
    struct db *db;
    assert_int_equal(db_open(database(f), DB_WRITE, &db), E_OK);
    assert_int_equal(db_script(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT, y BLOB);"
                                   "CREATE INDEX t_x ON t(x)"), E_OK);
    assert_int_equal(db_begin(db), E_OK);
    for (int i = 0; i < 1500; i++)
        db_run(db, "INSERT INTO t VALUES($1, 'row number ' || $1, randomblob($2))", V(i),
            V(i % 100 ? 300 : 20000));
    db_do(db, "DELETE FROM t WHERE id % 3 = 0");
    assert_int_equal(db_commit(db), E_OK);
    return db;
}

static uint8_t *file_read(struct fixture *f, const char *path, size_t *ret_n)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *ret_n = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = arena_alloc(f->arena, *ret_n + 1);
    assert_int_equal(fread(data, 1, *ret_n, file), *ret_n);
    fclose(file);
    return data;
}

static void file_write(const char *path, const uint8_t *data, size_t n)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, n, file), n);
    fclose(file);
}

static void file_poke(const char *path, size_t at, uint8_t mask)
{
    int file = open(path, O_RDWR);
    uint8_t byte;
    assert_int_equal(pread(file, &byte, 1, (off_t)at), 1);
    byte ^= mask;
    assert_int_equal(pwrite(file, &byte, 1, (off_t)at), 1);
    close(file);
}

static void every_flipped_byte_is_found(void **state)
{
    struct fixture *f = *state;
    db_close(fill(f));
    size_t n;
    file_read(f, database(f), &n);
    int64_t page = -1;
    assert_int_equal(pages_verify(database(f), &page), E_OK);
    assert_int_equal(page, -1);
    assert_true(n / PAGES_SIZE > 100);
    for (int i = 0; i < 600; i++) {
        size_t at = i < 100 ? (size_t)i : pick(f, n); /* the header's bytes first */
        uint8_t mask = (uint8_t)(1U << pick(f, 8));
        file_poke(database(f), at, mask);
        assert_int_equal(pages_verify(database(f), &page), E_CORRUPT);
        assert_int_equal(page, at / PAGES_SIZE + 1);
        file_poke(database(f), at, mask);
    }
    assert_int_equal(pages_verify(database(f), &page), E_OK);
}

static void swapped_zeroed_and_lost_pages_are_found(void **state)
{
    struct fixture *f = *state;
    db_close(fill(f));
    size_t n;
    int64_t page;
    uint8_t *data = file_read(f, database(f), &n);
    uint8_t *changed = arena_alloc(f->arena, n);

    memcpy(changed, data, n);
    memcpy(changed + 5 * PAGES_SIZE, data + 9 * PAGES_SIZE, PAGES_SIZE);
    memcpy(changed + 9 * PAGES_SIZE, data + 5 * PAGES_SIZE, PAGES_SIZE);
    file_write(database(f), changed, n);
    assert_int_equal(pages_verify(database(f), &page), E_CORRUPT);
    assert_int_equal(page, 6);

    memcpy(changed, data, n);
    memset(changed + 7 * PAGES_SIZE, 0, PAGES_SIZE);
    file_write(database(f), changed, n);
    assert_int_equal(pages_verify(database(f), &page), E_CORRUPT);
    assert_int_equal(page, 8);

    file_write(database(f), data, n - PAGES_SIZE);
    assert_int_equal(pages_verify(database(f), &page), E_CORRUPT);
    assert_int_equal(page, n / PAGES_SIZE);
    file_write(database(f), data, n - 100);
    assert_int_equal(pages_verify(database(f), &page), E_CORRUPT);
    assert_int_equal(page, n / PAGES_SIZE);
    file_write(database(f), data, 0);
    assert_int_equal(pages_verify(database(f), &page), E_CORRUPT);
    assert_int_equal(pages_verify(folder_file(&f->folder, "none.db"), &page), E_NOT_FOUND);
}

/* Reads all there is; any answer with an untrue row in it fails the test. */
static enum err read_all(struct db *db)
{
    struct rows *rows = db_query_all(db, "SELECT id, x, length(y) FROM t");
    while (db_next(rows)) {
        char wanted[40];
        snprintf(wanted, sizeof wanted, "row number %d", (int)row_int(rows, 0));
        assert_string_equal(row_text(rows, 1), wanted);
    }
    return db_status(db);
}

static void a_damaged_page_is_an_error_and_never_an_answer(void **state)
{
    struct fixture *f = *state;
    struct db *db = fill(f);
    int64_t root = db_int(db, "SELECT rootpage FROM sqlite_schema WHERE name=$1", 0, V("t"));
    db_close(db);
    assert_int_equal(db_open(database(f), DB_READ, &db), E_OK);
    assert_int_equal(read_all(db), E_OK);
    db_close(db);
    size_t n;
    file_read(f, database(f), &n);
    int found = 0;
    for (int i = 0; i < 60; i++) {
        size_t at = i == 0 ? (size_t)(root - 1) * PAGES_SIZE + 2000 : PAGES_SIZE + pick(f, n - PAGES_SIZE);
        file_poke(database(f), at, 0x10);
        assert_int_equal(db_open(database(f), DB_READ, &db), E_OK);
        enum err err = read_all(db);
        assert_true(err == E_CORRUPT || (err == E_OK && i > 0)); /* the index and freed pages are not read */
        found += err == E_CORRUPT;
        db_close(db);
        file_poke(database(f), at, 0x10);
    }
    assert_true(found > 10);
    file_poke(database(f), 50, 1); /* page 1 */
    assert_int_equal(db_open(database(f), DB_READ, &db), E_CORRUPT);
}

/* The database and its log as a power cut would leave them: copied while open. */
static const char *copy_live(struct fixture *f)
{
    size_t n;
    uint8_t *data = file_read(f, database(f), &n);
    file_write(folder_file(&f->folder, "copy.db"), data, n);
    data = file_read(f, folder_file(&f->folder, "a.db-wal"), &n);
    file_write(folder_file(&f->folder, "copy.db-wal"), data, n);
    return folder_file(&f->folder, "copy.db");
}

static void damage_in_the_log_is_told_from_a_torn_end(void **state)
{
    struct fixture *f = *state;
    struct db *db = fill(f);
    for (int i = 2000; i < 2010; i++) db_run(db, "INSERT INTO t VALUES($1,'row number ' || $1,NULL)", V(i));
    int64_t page;
    const char *copy = copy_live(f);
    assert_int_equal(pages_verify(copy, &page), E_OK);

    size_t n, main_size;
    uint8_t *log = file_read(f, folder_file(&f->folder, "copy.db-wal"), &n);
    file_read(f, folder_file(&f->folder, "copy.db"), &main_size);
    char *log_path = arena_strdup(f->arena, folder_file(&f->folder, "copy.db-wal"));
    copy = arena_strdup(f->arena, folder_file(&f->folder, "copy.db"));
    size_t last = 32 + ((n - 32) / 4120 - 1) * 4120;
    for (int i = 0; i < 300; i++) {
        size_t at = i < 32 ? (size_t)i : pick(f, last - 3 * 4120); /* not in the last transactions */
        file_poke(log_path, at, 0x04);
        assert_int_equal(pages_verify(copy, &page), E_CORRUPT);
        assert_int_equal(page, main_size / PAGES_SIZE + (at < 32 ? 0 : (at - 32) / 4120) + 1);
        file_poke(log_path, at, 0x04);
    }
    /* A power cut in the middle of the last transaction. */
    file_write(log_path, log, n - 3000);
    assert_int_equal(pages_verify(copy, &page), E_OK);
    file_write(log_path, log, n);
    file_poke(log_path, last + 500, 0xFF);
    assert_int_equal(pages_verify(copy, &page), E_OK);
    db_close(db);
}

static void a_page_torn_while_copied_back_is_mended_by_the_log(void **state)
{
    struct fixture *f = *state;
    db_close(fill(f));
    struct db *db;
    assert_int_equal(db_open(database(f), DB_WRITE, &db), E_OK);
    db_do(db, "UPDATE t SET y = NULL");
    const char *copy = copy_live(f);
    size_t n;
    uint8_t *log = file_read(f, folder_file(&f->folder, "copy.db-wal"), &n);
    size_t torn = ((size_t)log[34] << 8 | log[35]) - 1; /* the page in the first frame */
    copy = folder_file(&f->folder, "copy.db");
    file_poke(copy, torn * PAGES_SIZE + 3, 0xFF);
    int64_t page;
    assert_int_equal(pages_verify(copy, &page), E_OK);
    db_close(db);
    copy = arena_strdup(f->arena, folder_file(&f->folder, "copy.db"));
    assert_int_equal(db_open(copy, DB_WRITE, &db), E_OK);
    assert_int_equal(read_all(db), E_OK);
    db_close(db);
    assert_int_equal(pages_verify(copy, &page), E_OK);
}

static void no_page_stays_without_a_checksum(void **state)
{
    struct fixture *f = *state;
    for (int mode = DB_WRITE; mode <= DB_BULK; mode++) {
        if (mode == DB_MEMORY) continue;
        const char *path =
            arena_strdup(f->arena, folder_file(&f->folder, mode == DB_BULK ? "bulk.db" : "w.db"));
        struct db *db;
        assert_int_equal(db_open(path, (enum db_mode)mode, &db), E_OK);
        assert_int_equal(db_script(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, y BLOB);"
                                       "CREATE TABLE u(id INTEGER PRIMARY KEY, y BLOB);"
                                       "PRAGMA cache_size=20; PRAGMA wal_autocheckpoint=50"), E_OK);
        for (int round = 0; round < 40; round++) {
            assert_int_equal(db_begin(db), E_OK);
            for (int i = 0; i < 40; i++)
                db_run(db, "INSERT INTO t(y) VALUES(randomblob($1))", V((int)pick(f, 9000)));
            db_run(db, "INSERT INTO u(y) SELECT y FROM t WHERE id % $1 = 0", V((int)pick(f, 5) + 2));
            db_run(db, "DELETE FROM t WHERE id % $1 = 0", V((int)pick(f, 3) + 2));
            db_run(db, "DELETE FROM u WHERE id % $1 = 0", V((int)pick(f, 3) + 2));
            if (round % 7 == 0) db_rollback(db);
            else assert_int_equal(db_commit(db), E_OK);
            if (round == 30) assert_int_equal(db_do(db, "VACUUM"), E_OK);
        }
        assert_int_equal(db_int(db, "SELECT count(*) FROM pragma_integrity_check WHERE $1", -1, V(1)), 1);
        db_close(db);
        int64_t page;
        assert_int_equal(pages_verify(path, &page), E_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_flipped_byte_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(swapped_zeroed_and_lost_pages_are_found, setup, teardown),
        cmocka_unit_test_setup_teardown(a_damaged_page_is_an_error_and_never_an_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(damage_in_the_log_is_told_from_a_torn_end, setup, teardown),
        cmocka_unit_test_setup_teardown(a_page_torn_while_copied_back_is_mended_by_the_log, setup, teardown),
        cmocka_unit_test_setup_teardown(no_page_stays_without_a_checksum, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
