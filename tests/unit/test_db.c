/* The SQL face: values in and out, recursion, sticky errors, transactions, savepoints, modes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"
#include "folder.h"

struct fixture {
    struct folder folder;
    struct arena *arena;
    struct db *db;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    folder_make(&f->folder);
    f->arena = arena_new(1 << 20);
    assert_int_equal(db_open(folder_file(&f->folder, "a.db"), DB_WRITE, &f->db), E_OK);
    assert_int_equal(db_script(f->db, "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB);"
                                      "CREATE INDEX t_data ON t(data)"), E_OK);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    arena_free(f->arena);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static void values_come_back_as_they_went_in(void **state)
{
    struct fixture *f = *state;
    db_run(f->db, "INSERT INTO t VALUES($1,$2,$3)", V(1), V("थाना"), VB("a\0b", 3));
    db_run(f->db, "INSERT INTO t VALUES($1,$2,$3)", V(INT64_MAX), V((const char *)NULL), VB("", 0));
    db_run(f->db, "INSERT INTO t VALUES($1,$2,$3)", V(-5), V("NULL blob"), VB(NULL, 0));
    assert_int_equal(db_changes(f->db), 1);
    assert_int_equal(db_status(f->db), E_OK);

    size_t len;
    struct rows *rows = db_query_all(f->db, "SELECT id, name, data FROM t ORDER BY id");
    assert_true(db_next(rows));
    assert_int_equal(row_int(rows, 0), -5);
    assert_true(row_null(rows, 2));
    assert_null(row_blob(rows, 2, &len));
    assert_true(db_next(rows));
    assert_string_equal(row_text(rows, 1), "थाना");
    assert_memory_equal(row_blob(rows, 2, &len), "a\0b", 3);
    assert_int_equal(len, 3);
    assert_true(db_next(rows));
    assert_int_equal(row_int(rows, 0), INT64_MAX);
    assert_null(row_text(rows, 1));
    assert_null(row_dup(rows, 1, f->arena));
    assert_non_null(row_blob(rows, 2, &len)); /* empty is not absent */
    assert_int_equal(len, 0);
    assert_false(db_next(rows));
    assert_false(db_next(rows));
}

static void places_mean_their_number_wherever_they_stand(void **state)
{
    struct fixture *f = *state;
    struct rows *rows = db_query(f->db, "SELECT $2, $1, $3, $2 || $1", V("a"), V("b"), V(3));
    assert_true(db_next(rows));
    assert_string_equal(row_text(rows, 0), "b");
    assert_string_equal(row_text(rows, 1), "a");
    assert_int_equal(row_int(rows, 2), 3);
    assert_string_equal(row_text(rows, 3), "ba");
    db_end(rows);
    assert_string_equal(
        db_text(f->db, f->arena, "SELECT $10 || $9 || $1 || $2 || $3 || $4 || $5 || $6 || $7 || $8", V("1"),
            V("2"), V("3"), V("4"), V("5"), V("6"), V("7"), V("8"), V("9"), V("0")),
        "0912345678");
    assert_null(db_text(f->db, f->arena, "SELECT name FROM t WHERE id=$1", V(77)));
    assert_int_equal(db_int(f->db, "SELECT id FROM t WHERE id=$1", -1, V(77)), -1);
}

static int64_t sum_below(struct db *db, int64_t n)
{
    struct rows *rows = db_query(db, "SELECT $1 WHERE $1 > 0", V(n));
    int64_t sum = 0;
    while (db_next(rows)) sum += row_int(rows, 0) + sum_below(db, n - 1) + (row_int(rows, 0) == n ? 0 : 1000);
    return sum;
}

static void a_query_may_call_itself(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(sum_below(f->db, 20), 210);
    assert_int_equal(sum_below(f->db, 20), 210);
}

static void many_statements_and_composed_queries(void **state)
{
    struct fixture *f = *state;
    static char literals[1000][32]; /* static, so each has an address of its own for good */
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++) {
            snprintf(literals[i], sizeof literals[i], "SELECT %d + $1", i);
            assert_int_equal(db_int(f->db, literals[i], -1, V(1)), i + 1);
        }
    for (int i = 0; i < 100; i++) {
        struct value values[] = {V(i), V("x")};
        const char *sql = arena_printf(f->arena, "SELECT $1 + %d, $2", i);
        struct rows *rows = db_query_composed(f->db, sql, values, 2);
        assert_true(db_next(rows));
        assert_int_equal(row_int(rows, 0), 2 * i);
        if (i % 2) db_end(rows);
        else assert_false(db_next(rows));
    }
}

static void a_broken_rule_sticks_until_cleared(void **state)
{
    struct fixture *f = *state;
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("one"));
    assert_int_equal(db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("two")), E_PROBLEM);
    assert_int_equal(db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(3), V("three")), E_PROBLEM);
    assert_null(db_query_all(f->db, "SELECT 1"));
    assert_false(db_next(NULL));
    db_end(NULL);
    assert_non_null(strstr(db_message(f->db), "UNIQUE"));
    db_clear(f->db);
    assert_int_equal(db_int(f->db, "SELECT count(*) FROM t WHERE id>$1", -1, V(0)), 1);
}

static void a_savepoint_is_all_or_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(db_begin(f->db), E_OK);
    assert_int_equal(db_savepoint(f->db), E_OK);
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("kept"));
    assert_int_equal(db_savepoint_keep(f->db), E_OK);
    assert_int_equal(db_savepoint(f->db), E_OK);
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(2), V("undone"));
    struct rows *forgotten = db_query_all(f->db, "SELECT id FROM t");
    assert_true(db_next(forgotten));
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("collides"));
    assert_int_equal(db_status(f->db), E_PROBLEM);
    db_savepoint_undo(f->db);
    assert_int_equal(db_status(f->db), E_OK);
    assert_false(db_next(forgotten));
    assert_int_equal(db_commit(f->db), E_OK);
    assert_int_equal(db_int(f->db, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 1);
}

static void a_rolled_back_transaction_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(db_begin(f->db), E_OK);
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("x"));
    db_rollback(f->db);
    db_rollback(f->db);
    assert_int_equal(db_begin(f->db), E_OK);
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(2), V("y"));
    assert_int_equal(db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(2), V("z")), E_PROBLEM);
    assert_int_equal(db_commit(f->db), E_PROBLEM); /* an error on the way forbids the commit */
    db_clear(f->db);
    assert_int_equal(db_int(f->db, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 0);
}

static void a_reader_sees_one_moment(void **state)
{
    struct fixture *f = *state;
    struct db *reader;
    assert_int_equal(db_open(folder_file(&f->folder, "a.db"), DB_READ, &reader), E_OK);
    assert_int_equal(db_begin(reader), E_OK);
    assert_int_equal(db_int(reader, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 0);
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("x"));
    assert_int_equal(db_int(reader, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 0);
    struct rows *forgotten = db_query_all(reader, "SELECT 1 UNION SELECT 2");
    assert_true(db_next(forgotten));
    assert_int_equal(db_commit(reader), E_OK);
    assert_int_equal(db_int(reader, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 1);
    assert_int_equal(db_run(reader, "INSERT INTO t VALUES($1,'w',NULL)", V(9)), E_DENIED);
    db_close(reader);
}

static void files_that_are_not_there_or_not_ours(void **state)
{
    struct fixture *f = *state;
    struct db *db = NULL;
    assert_int_equal(db_open(folder_file(&f->folder, "none.db"), DB_READ, &db), E_NOT_FOUND);
    assert_int_equal(access(folder_file(&f->folder, "none.db"), F_OK), -1);
    assert_int_equal(db_open(folder_file(&f->folder, "no/folder.db"), DB_WRITE, &db), E_IO);
    FILE *file = fopen(folder_file(&f->folder, "text.db"), "w");
    for (int i = 0; i < 2000; i++) fputs("not a database ", file);
    fclose(file);
    assert_int_equal(db_open(folder_file(&f->folder, "text.db"), DB_READ, &db), E_CORRUPT);
    assert_int_equal(db_open(folder_file(&f->folder, "text.db"), DB_WRITE, &db), E_CORRUPT);
    assert_null(db);
    db_close(NULL);
}

static void a_private_database_reads_one_table_of_another(void **state)
{
    struct fixture *f = *state;
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(1), V("one"));
    assert_int_equal(db_script(f->db, "CREATE TABLE secret(x); INSERT INTO secret VALUES(1)"), E_OK);
    struct db *beside;
    assert_int_equal(db_open_beside(folder_file(&f->folder, "a.db"), "t", &beside), E_OK);
    assert_int_equal(db_script(beside, "CREATE TABLE u(id); CREATE INDEX t_data ON u(id)"), E_OK);
    assert_int_equal(db_begin(beside), E_OK);
    assert_int_equal(db_run(beside, "INSERT INTO u SELECT id + $1 FROM t", V(5)), E_OK);
    db_run(f->db, "INSERT INTO t VALUES($1,$2,NULL)", V(2), V("two")); /* its writer is not in the way */
    assert_int_equal(db_status(f->db), E_OK);
    assert_int_equal(db_int(beside, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 1); /* one moment of it */
    assert_int_equal(db_commit(beside), E_OK);
    assert_int_equal(db_int(beside, "SELECT id FROM u WHERE $1", -1, V(1)), 6);
    assert_int_equal(db_int(beside, "SELECT x FROM secret WHERE $1", -1, V(1)), -1);
    assert_int_equal(db_status(beside), E_DENIED);
    db_close(beside);
    assert_int_equal(db_open_beside(folder_file(&f->folder, "no ?%#.db"), "t", &beside), E_NOT_FOUND);
}

static void memory_and_bulk(void **state)
{
    struct fixture *f = *state;
    struct db *memory, *bulk;
    assert_int_equal(db_open(NULL, DB_MEMORY, &memory), E_OK);
    assert_int_equal(db_script(memory, "CREATE TABLE t(id)"), E_OK);
    assert_int_equal(db_run(memory, "INSERT INTO t VALUES($1)", V(1)), E_OK);
    db_close(memory);
    assert_int_equal(db_open(folder_file(&f->folder, "bulk.db"), DB_BULK, &bulk), E_OK);
    assert_int_equal(db_script(bulk, "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT)"), E_OK);
    assert_int_equal(db_begin(bulk), E_OK);
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(db_savepoint(bulk), E_OK);
        db_run(bulk, "INSERT INTO t VALUES($1,$2)", V(i), V("some text to fill the pages with"));
        if (i % 5 == 0) db_savepoint_undo(bulk);
        else assert_int_equal(db_savepoint_keep(bulk), E_OK);
    }
    assert_int_equal(db_commit(bulk), E_OK);
    db_close(bulk);
    assert_int_equal(
        db_open(folder_file(&f->folder, "bulk.db"), DB_WRITE, &bulk), E_OK); /* and so for serving */
    assert_int_equal(db_int(bulk, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 4000);
    db_close(bulk);
}

static void a_full_disk_is_told_and_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(db_begin(f->db), E_OK);
    db_run(f->db, "INSERT INTO t VALUES($1,'first',NULL)", V(1));
    assert_int_equal(db_commit(f->db), E_OK);
    int64_t pages = db_int(f->db, "SELECT page_count + $1 FROM pragma_page_count", 0, V(3));
    char *limit = arena_printf(f->arena, "PRAGMA max_page_count=%d", (int)pages);
    assert_int_equal(db_script(f->db, limit), E_OK);
    assert_int_equal(db_begin(f->db), E_OK);
    for (int i = 2; i < 1000; i++)
        db_run(f->db, "INSERT INTO t VALUES($1,NULL,zeroblob(3000))", V(i));
    assert_int_equal(db_commit(f->db), E_FULL);
    assert_int_equal(db_status(f->db), E_FULL);
    db_clear(f->db);
    assert_int_equal(db_int(f->db, "SELECT count(*) FROM t WHERE $1", -1, V(1)), 1);
}

static void sql_that_does_not_compile_ends_the_process(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {
        "SELEC 1", "SELECT nothing FROM t", "SELECT \"a string\"", "SELECT $1, $3", "SELECT 1; SELECT 2"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pid_t child = fork();
        if (child == 0) {
            if (!freopen("/dev/null", "w", stderr)) _exit(0);
            db_query_all(f->db, wrong[i]);
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_come_back_as_they_went_in, setup, teardown),
        cmocka_unit_test_setup_teardown(places_mean_their_number_wherever_they_stand, setup, teardown),
        cmocka_unit_test_setup_teardown(a_query_may_call_itself, setup, teardown),
        cmocka_unit_test_setup_teardown(many_statements_and_composed_queries, setup, teardown),
        cmocka_unit_test_setup_teardown(a_broken_rule_sticks_until_cleared, setup, teardown),
        cmocka_unit_test_setup_teardown(a_savepoint_is_all_or_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_rolled_back_transaction_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_reader_sees_one_moment, setup, teardown),
        cmocka_unit_test_setup_teardown(files_that_are_not_there_or_not_ours, setup, teardown),
        cmocka_unit_test_setup_teardown(a_private_database_reads_one_table_of_another, setup, teardown),
        cmocka_unit_test_setup_teardown(memory_and_bulk, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told_and_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(sql_that_does_not_compile_ends_the_process, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
