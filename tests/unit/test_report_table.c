/* Lists as CSV and as spreadsheets: what a cell holds comes out as it is, and never as a formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/time.h"
#include "report/table.h"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *csv_of_text(const char *text)
{
    struct table table;
    table_init(&table, arena, "list");
    table_column(&table, "Words", TABLE_TEXT);
    table_row_add(&table)[0].text = text;
    struct buf csv;
    buf_init(&csv, arena, 1 << 20);
    table_csv(&table, &csv);
    return csv.data;
}

#define HEAD "\xEF\xBB\xBFWords\r\n"

static void texts_are_quoted_where_they_must(void **state)
{
    (void)state;
    assert_string_equal(csv_of_text("plain"), HEAD "plain\r\n");
    assert_string_equal(csv_of_text(NULL), HEAD "\r\n");
    assert_string_equal(csv_of_text("विवेचक"), HEAD "विवेचक\r\n");
    assert_string_equal(csv_of_text("a, b"), HEAD "\"a, b\"\r\n");
    assert_string_equal(csv_of_text("say \"no\""), HEAD "\"say \"\"no\"\"\"\r\n");
    assert_string_equal(csv_of_text("two\nlines"), HEAD "\"two\nlines\"\r\n");
}

static void a_text_never_becomes_a_formula(void **state)
{
    (void)state;
    static const char *const formulas[] = {"=1+1", "+cmd", "-2+3", "@sum(a1)", "\t=1", "\r=1"};
    for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++)
        assert_string_equal(csv_of_text(formulas[i]), arena_printf(arena, HEAD "\"'%s\"\r\n", formulas[i]));
}

static struct table numbers_and_times(size_t rows)
{
    struct table table;
    table_init(&table, arena, "list");
    table_column(&table, "Case", TABLE_TEXT);
    table_column(&table, "Days", TABLE_NUMBER);
    table_column(&table, "Due", TABLE_TIME);
    table_column(&table, "On", TABLE_DAY);
    int64_t at =
        time_from_civil((struct civil){.year = 2026, .month = 6, .day = 1, .hour = 23, .minute = 59});
    for (size_t i = 0; i < rows; i++) {
        struct table_value *value = table_row_add(&table);
        value[0].text = "0012/2026";
        value[1].number = -7;
        value[2].number = at;
        value[3].number = i ? at : 0;
    }
    return table;
}

static void times_are_indian_and_nothing_is_empty(void **state)
{
    (void)state;
    struct table table = numbers_and_times(2);
    struct buf csv;
    buf_init(&csv, arena, 1 << 20);
    table_csv(&table, &csv);
    assert_string_equal(csv.data, "\xEF\xBB\xBF"
                                  "Case,Days,Due,On\r\n0012/2026,-7,2026-06-01 23:59,\r\n"
                                  "0012/2026,-7,2026-06-01 23:59,2026-06-01\r\n");
}

static void a_spreadsheet_of_many_rows_is_whole(void **state)
{
    (void)state;
    struct table table = numbers_and_times(5000);
    int fd;
    int64_t size;
    assert_int_equal(table_xlsx(&table, &fd, &size), E_OK);
    char *bytes = arena_alloc(arena, (size_t)size);
    assert_int_equal(pread(fd, bytes, (size_t)size, 0), size);
    close(fd);
    assert_memory_equal(bytes, "PK\x03\x04", 4); /* an archive, with its end */
    assert_non_null(memmem(bytes, (size_t)size, "xl/worksheets/sheet1.xml", 24));
    assert_non_null(memmem(bytes + size - 22, 22, "PK\x05\x06", 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_quoted_where_they_must),
        cmocka_unit_test(a_text_never_becomes_a_formula),
        cmocka_unit_test(times_are_indian_and_nothing_is_empty),
        cmocka_unit_test(a_spreadsheet_of_many_rows_is_whole),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
