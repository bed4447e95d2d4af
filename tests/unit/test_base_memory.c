/* Arenas and buffers: what a request allocates, and the limits that hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void arena_pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    unsigned char *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        size_t n = i * 7 % 90 + 1;
        pieces[i] = arena_alloc(arena, n);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t at = 0; at < n; at++) assert_int_equal(pieces[i][at], 0);
        memset(pieces[i], (int)i, n);
    }
    for (size_t i = 0; i < 200; i++) assert_int_equal(pieces[i][0], i);
    arena_free(arena);
}

static void arena_reset_gives_clean_memory_again(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    for (int round = 0; round < 50; round++) {
        unsigned char *piece = arena_alloc(arena, 300000);
        assert_int_equal(piece[0] | piece[299999], 0);
        memset(piece, 0xAA, 300000);
        char *small = arena_printf(arena, "%d-%s", round, "x");
        assert_int_equal(strlen(small) >= 3, 1);
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void arena_copies_text(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1000);
    assert_null(arena_strdup(arena, NULL));
    assert_string_equal(arena_strdup(arena, "पंजी"), "पंजी");
    assert_string_equal(arena_strndup(arena, "register", 3), "reg");
    assert_string_equal(arena_strndup(arena, NULL, 0), "");
    arena_free(arena);
}

static void arena_over_its_limit_ends_the_process(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(1);
        struct arena *arena = arena_new(100);
        arena_alloc(arena, 60);
        arena_alloc(arena, 41);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void buf_stops_at_its_maximum(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct buf buf;
    buf_init(&buf, arena, 10);
    assert_string_equal(buf.data, "");
    buf_puts(&buf, "123456789");
    assert_false(buf.overflow);
    buf_puts(&buf, "ab");
    assert_true(buf.overflow);
    buf_putc(&buf, 'c'); /* would fit, but a text with a hole in it is worse than a short one */
    assert_string_equal(buf.data, "123456789");
    buf_reset(&buf);
    assert_false(buf.overflow);
    buf_printf(&buf, "%s", "0123456789");
    assert_string_equal(buf.data, "0123456789");
    assert_int_equal(buf.len, 10);
    buf_printf(&buf, "%d", 1);
    assert_true(buf.overflow);
    arena_free(arena);
}

static void buf_grows(void **state)
{
    (void)state;
    struct arena *arena = arena_new(8 << 20);
    struct buf buf;
    buf_init(&buf, arena, 1 << 20);
    for (int i = 0; i < 100000; i++) buf_printf(&buf, "%06d,", i);
    assert_int_equal(buf.len, 700000);
    assert_memory_equal(buf.data + 7 * 99999, "099999,", 8);
    buf_reset(&buf);
    buf_put_int(&buf, INT64_MIN);
    buf_putc(&buf, ' ');
    buf_put_int(&buf, 0);
    buf_puts(&buf, NULL);
    assert_string_equal(buf.data, "-9223372036854775808 0");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_reset_gives_clean_memory_again),
        cmocka_unit_test(arena_copies_text),
        cmocka_unit_test(arena_over_its_limit_ends_the_process),
        cmocka_unit_test(buf_stops_at_its_maximum),
        cmocka_unit_test(buf_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
