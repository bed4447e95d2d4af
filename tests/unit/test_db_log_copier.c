/* The log is copied beside the commits: it is begun anew under a writer that never rests, whatever readers
 * do, and nothing of it is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/db.h"
#include "db/log_copier.h"
#include "folder.h"

#define ROW_PAGES 100
#define COMMITS_MAX 80 /* by then the writer has copied, whatever the thread did */

static const struct log_lengths lengths = {
    .copy_each = 500, .begin_anew = 2000, .little = 150, .too_long = 6000};

struct fixture {
    struct folder *folder;
    char path[128];
    struct db *db;
    struct log_copier *copier;
    int64_t rows;
};

static void writing_begin(struct fixture *f, void **state)
{
    *f = (struct fixture){.folder = *state};
    snprintf(f->path, sizeof f->path, "%s", folder_file(f->folder, "a.db"));
    assert_int_equal(db_open(f->path, DB_WRITE, &f->db), E_OK);
    assert_int_equal(db_script(f->db, "CREATE TABLE t(id INTEGER PRIMARY KEY, data BLOB)"), E_OK);
    assert_int_equal(log_copier_start(f->path, f->db, &lengths, &f->copier), E_OK);
}

static void writing_end(struct fixture *f)
{
    log_copier_stop(f->copier);
    db_close(f->db);
}

static void row_write(struct fixture *f)
{
    assert_int_equal(db_run(f->db, "INSERT INTO t VALUES($1, zeroblob($2))", V(f->rows), V(ROW_PAGES * 4000)),
        E_OK);
    log_copier_help(f->copier);
    f->rows++;
}

/* How often the log was begun anew: its header counts. */
static uint32_t logs_begun(struct fixture *f)
{
    unsigned char head[16] = {0};
    FILE *file = fopen(folder_file(f->folder, "a.db-wal"), "r");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
    fclose(file);
    return (uint32_t)head[12] << 24 | (uint32_t)head[13] << 16 | (uint32_t)head[14] << 8 | head[15];
}

static void write_until_begun_anew(struct fixture *f)
{
    row_write(f);
    uint32_t before = logs_begun(f);
    for (int i = 0; i < COMMITS_MAX && logs_begun(f) == before; i++) row_write(f);
    assert_int_not_equal(logs_begun(f), before);
}

static void a_log_is_begun_anew_while_commits_go_on(void **state)
{
    struct fixture f;
    writing_begin(&f, state);
    write_until_begun_anew(&f);
    write_until_begun_anew(&f);
    int64_t rows = f.rows;
    writing_end(&f);
    assert_int_equal(db_open(f.path, DB_WRITE, &f.db), E_OK);
    assert_int_equal(db_int_values(f.db, "SELECT count(*) FROM t", -1, NULL, 0), rows);
    struct arena *arena = arena_new(1000);
    assert_string_equal(db_text_values(f.db, arena, "PRAGMA quick_check", NULL, 0), "ok");
    arena_free(arena);
    db_close(f.db);
}

static void an_old_picture_stays_whole_and_keeps_the_log_only_while_it_is_looked_at(void **state)
{
    struct fixture f;
    writing_begin(&f, state);
    for (int i = 0; i < 10; i++) row_write(&f);
    struct db *reader;
    assert_int_equal(db_open(f.path, DB_READ, &reader), E_OK);
    assert_int_equal(db_begin(reader), E_OK);
    assert_int_equal(db_int_values(reader, "SELECT count(*) FROM t", -1, NULL, 0), 10);
    uint32_t before = logs_begun(&f);
    for (int i = 0; i < 100; i++) row_write(&f);
    assert_int_equal(logs_begun(&f), before);
    assert_int_equal(db_int_values(reader, "SELECT count(*) FROM t", -1, NULL, 0), 10);
    db_rollback(reader);
    write_until_begun_anew(&f);
    db_close(reader);
    writing_end(&f);
}

static void a_copier_with_nothing_to_do_stops(void **state)
{
    struct fixture f;
    writing_begin(&f, state);
    row_write(&f);
    writing_end(&f);
    log_copier_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_log_is_begun_anew_while_commits_go_on),
        FOLDER_TEST(an_old_picture_stays_whole_and_keeps_the_log_only_while_it_is_looked_at),
        FOLDER_TEST(a_copier_with_nothing_to_do_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
