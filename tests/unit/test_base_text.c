/* Text, line files, CSV, ids and log lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/builtin.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/id.h"
#include "base/lines.h"
#include "base/log.h"
#include "base/text.h"

static int setup(void **state)
{
    *state = arena_new(4 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void only_utf8_is_text(void **state)
{
    (void)state;
    static const char *const good[] = {"", "a", "पंजी", "\xF4\x8F\xBF\xBF", "\xEE\x80\x80"};
    static const char *const bad[] = {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xC3", "a\xE0\xA4", "\xFE", "\xF8\x88\x80\x80\x80"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(text_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) assert_false(text_valid(bad[i], strlen(bad[i])));
    assert_false(text_valid("a\0b", 3));
    assert_int_equal(text_length("पंजी a"), 6);
}

static void cleaning_leaves_what_a_person_wrote(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(text_clean(arena, "  Ram \t  Lal\n", false), "Ram Lal");
    assert_string_equal(
        text_clean(arena, "\xC2\xA0\xE2\x80\x83Ram\xE3\x80\x80Lal\xC2\xA0", false), "Ram Lal");
    assert_string_equal(text_clean(arena, "a\x07" "b\x7F" "c\xC2\x85" "d", false), "abc d");
    assert_string_equal(text_clean(arena, "\n\n one\r\n\ttwo  three \n", true), "one\n\ttwo  three");
    assert_string_equal(text_clean(arena, " \t\n", true), "");
    assert_string_equal(text_clean(arena, "", false), "");
    assert_string_equal(text_clean(arena, "e\xCC\x81", false), "\xC3\xA9");
    assert_string_equal(text_clean(arena, "e\x01\xCC\x81", false), "\xC3\xA9"); /* NFC after dropping */
    assert_string_equal(
        text_clean(arena, "\xE0\xA5\x98", false), "\xE0\xA4\x95\xE0\xA4\xBC"); /* क़ is two in NFC */
    const char *joiner =
        "\xE0\xA4\xB0\xE0\xA5\x8D\xE2\x80\x8D"; /* zero width joiners belong to Hindi spelling */
    assert_string_equal(text_clean(arena, joiner, false), joiner);
}

static void folding_makes_spellings_comparable(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(text_fold(arena, " RAM   Lal "), "ram lal");
    assert_string_equal(text_fold(arena, "धारा ३०२ ೧ ٣"), "धारा 302 1 3");
    assert_string_equal(text_fold(arena, "É"), text_fold(arena, "e\xCC\x81"));
    assert_string_equal(text_fold(arena, ""), "");
}

static void lines_are_words_and_columns(void **state)
{
    static const char text[] = "\xEF\xBB\xBF# comment\n"
                               "\n"
                               "form fir 1 | First # not a comment | प्रथम  \r\n"
                               "  from\tdatetime#x # a comment | not a column\n"
                               "   | only | columns ||\n"
                               "\t \n"
                               "last|end";
    struct lines lines;
    struct line line;
    lines_init(&lines, *state, "x.form", text, sizeof text - 1);
    assert_true(lines_next(&lines, &line));
    assert_int_equal(line.number, 3);
    assert_int_equal(line.word_count, 3);
    assert_string_equal(line.words[1], "fir");
    assert_int_equal(line.word_at[1], 6);
    assert_int_equal(line.column_count, 2);
    assert_string_equal(line.columns[0], "First # not a comment");
    assert_string_equal(line.columns[1], "प्रथम");
    assert_true(lines_next(&lines, &line));
    assert_int_equal(line.indent, 2);
    assert_int_equal(line.word_count, 2);
    assert_string_equal(line.words[1], "datetime#x");
    assert_int_equal(line.column_count, 0);
    assert_true(lines_next(&lines, &line));
    assert_int_equal(line.word_count, 0);
    assert_int_equal(line.column_count, 4);
    assert_string_equal(line.columns[3], "");
    assert_true(lines_next(&lines, &line));
    assert_int_equal(line.number, 7);
    assert_string_equal(line.columns[0], "end");
    assert_false(lines_next(&lines, &line));
    assert_false(lines.too_long);
}

static void lines_stop_at_their_limits(void **state)
{
    char text[1000] = "good\n";
    for (size_t i = 0; i <= LINE_WORDS_MAX; i++) memcpy(text + 5 + 2 * i, "w ", 3);
    struct lines lines;
    struct line line;
    lines_init(&lines, *state, "x", text, strlen(text));
    assert_true(lines_next(&lines, &line));
    assert_false(lines_next(&lines, &line));
    assert_true(lines.too_long);
    assert_int_equal(lines.number, 2);
    assert_false(lines_next(&lines, &line));
    static const char bars[] = "w|1|2|3|4|5|6|7|8|9|10|11|12|13";
    lines_init(&lines, *state, "x", bars, sizeof bars - 1);
    assert_false(lines_next(&lines, &line));
    assert_true(lines.too_long);
    lines_init(&lines, *state, "x", bars, sizeof bars - 1 - 3);
    assert_true(lines_next(&lines, &line));
    assert_int_equal(line.column_count, LINE_COLUMNS_MAX);
}

/* The rows of text as "row:field|field;", faults as "row!". */
static const char *csv_shown(struct arena *arena, const char *text)
{
    struct csv csv;
    csv_init(&csv, arena, text, strlen(text));
    char *shown = arena_strdup(arena, "");
    while (csv_next(&csv)) {
        shown = arena_printf(arena, "%s%d%s", shown, csv.row, csv.fault ? "!" : ":");
        for (size_t i = 0; i < csv.field_count && !csv.fault; i++)
            shown = arena_printf(arena, "%s%s%s", shown, i ? "|" : "", csv.fields[i]);
        shown = arena_printf(arena, "%s;", shown);
    }
    return shown;
}

static void csv_as_spreadsheets_write_it(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(csv_shown(arena, "a,b\r\n1,2\r\n"), "1:a|b;2:1|2;");
    assert_string_equal(csv_shown(arena, "\xEF\xBB\xBF" "a,b\n1,2"), "1:a|b;2:1|2;");
    assert_string_equal(csv_shown(arena, "\"a,\"\"b\"\"\",\"line\r\nbreak\"\n"), "1:a,\"b\"|line\r\nbreak;");
    assert_string_equal(csv_shown(arena, "a,,\n\n\r\n,b\n"), "1:a||;4:|b;");
    assert_string_equal(csv_shown(arena, "\"\",\"\"\n"), "1:|;");
    assert_string_equal(csv_shown(arena, " a , b\n"), "1: a | b;");
    assert_string_equal(csv_shown(arena, ""), "");
    assert_string_equal(csv_shown(arena, "a\rb\n"), "1:a\rb;");
}

static void csv_faults_cost_one_row(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(csv_shown(arena, "a,b\nx\"y,2\n3,4\n"), "1:a|b;2!;3:3|4;");
    assert_string_equal(csv_shown(arena, "\"x\"y,2\n3,4\n"), "1!;2:3|4;");
    assert_string_equal(csv_shown(arena, "1,2\n\"open,3\n4,5\n"), "1:1|2;2!;");
    char wide[2 * CSV_FIELDS_MAX + 10];
    memset(wide, ',', CSV_FIELDS_MAX);
    memcpy(wide + CSV_FIELDS_MAX, "\n1\n", 4);
    assert_string_equal(csv_shown(arena, wide), "1!;2:1;");
    struct csv csv;
    csv_init(&csv, arena, "a\0b,\"c\0\"\n", 9);
    assert_true(csv_next(&csv));
    assert_string_equal(csv.fault, "a NUL byte");
}

static void ids_are_in_order_and_in_shape(void **state)
{
    (void)state;
    char before[ID_TEXT_SIZE] = "", id[ID_TEXT_SIZE];
    for (int i = 0; i < 20000; i++) {
        id_new(id, 1700000000000 + i / 1000);
        assert_true(id_valid(id));
        assert_true(strcmp(before, id) < 0);
        memcpy(before, id, sizeof before);
    }
    static const uint8_t random[10] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    id_from(id, 0x0123456789ABLL, random);
    assert_string_equal(id, "01234567-89ab-7fff-bfff-ffffffffffff");
    static const char *const wrong[] = {"", "01234567-89ab-7fff-bfff-fffffffffff",
        "01234567-89ab-7fff-bfff-ffffffffffff0", "01234567-89AB-7fff-bfff-ffffffffffff",
        "01234567-89ab-4fff-bfff-ffffffffffff", "01234567-89ab-7fff-cfff-ffffffffffff",
        "0123456789ab-7fff-bfff-ffffffffffff0000", "g1234567-89ab-7fff-bfff-ffffffffffff",
        "01234567-89ab-7fff-"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) assert_false(id_valid(wrong[i]));
}

static void hex_both_ways(void **state)
{
    (void)state;
    uint8_t bytes[4];
    char text[9];
    hex_encode(text, (const uint8_t *)"\x00\x7f\x80\xff", 4);
    assert_string_equal(text, "007f80ff");
    assert_true(hex_decode(bytes, 4, text));
    assert_memory_equal(bytes, "\x00\x7f\x80\xff", 4);
    assert_false(hex_decode(bytes, 4, "007F80FF"));
    assert_false(hex_decode(bytes, 4, "007f80f"));
    assert_false(hex_decode(bytes, 4, "007f80ff0"));
    assert_memory_equal(bytes, "\x00\x7f\x80\xff", 4);
}

/* What log_line() writes, read back from a file in place of standard error. */
static void log_lines_stay_on_one_line(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    int saved = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    log_line(LOG_INFO, "request", "route", "/x", "id", "a b\n\"c\"", "none", (const char *)NULL, NULL);
    log_line(LOG_DEBUG, "quiet", NULL);
    dup2(saved, STDERR_FILENO);
    close(saved);
    char text[500] = "";
    rewind(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    assert_non_null(strstr(text, " level=info event=request route=/x id=\"a b \\\"c\\\"\" none=\"\"\n"));
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void errors_have_words_and_exit_codes(void **state)
{
    (void)state;
    static const int codes[] = {0, 1, 1, 75, 73, 74, 65, 77};
    for (int err = E_OK; err <= E_DENIED; err++) {
        assert_int_equal(err_exit_code((enum err)err), codes[err]);
        assert_true(strlen(err_text((enum err)err)) > 1);
    }
}

static void built_in_files_are_found_whole(void **state)
{
    (void)state;
    assert_true(builtin_files_count > 0);
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin *file = &builtin_files[i];
        assert_ptr_equal(builtin_find(file->path), file);
        assert_int_equal(file->data[file->len], 0);
        if (i > 0) assert_true(strcmp(builtin_files[i - 1].path, file->path) < 0);
    }
    assert_null(builtin_find("lang/nothing"));
    char path[500];
    const char *source = getenv("PANJI_SOURCE");
    snprintf(path, sizeof path, "%s/lang/problems", source ? source : ".");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const struct builtin *problems = builtin_find("lang/problems");
    for (size_t i = 0; i < problems->len; i++) assert_int_equal(getc(file), (unsigned char)problems->data[i]);
    assert_int_equal(getc(file), EOF);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_utf8_is_text, setup, teardown),
        cmocka_unit_test_setup_teardown(cleaning_leaves_what_a_person_wrote, setup, teardown),
        cmocka_unit_test_setup_teardown(folding_makes_spellings_comparable, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_are_words_and_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_stop_at_their_limits, setup, teardown),
        cmocka_unit_test_setup_teardown(csv_as_spreadsheets_write_it, setup, teardown),
        cmocka_unit_test_setup_teardown(csv_faults_cost_one_row, setup, teardown),
        cmocka_unit_test_setup_teardown(ids_are_in_order_and_in_shape, setup, teardown),
        cmocka_unit_test_setup_teardown(hex_both_ways, setup, teardown),
        cmocka_unit_test_setup_teardown(log_lines_stay_on_one_line, setup, teardown),
        cmocka_unit_test_setup_teardown(errors_have_words_and_exit_codes, setup, teardown),
        cmocka_unit_test_setup_teardown(built_in_files_are_found_whole, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
