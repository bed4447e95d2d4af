/* Indian dates: calendars, strict readers, and what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"

/* An instant from Indian wall-clock figures. */
static int64_t at(int year, int month, int day, int hour, int minute)
{
    return time_from_civil((struct civil){year, month, day, hour, minute, 0});
}

static void every_day_of_four_centuries_goes_there_and_back(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    int32_t first, last;
    assert_true(time_parse_date("1800-01-01", &first));
    assert_true(time_parse_date("2200-12-31", &last));
    assert_int_equal(last - first + 1, 401 * 365 + 97); /* 1800, 1900, 2100, 2200 have no leap day */
    struct civil before = {1799, 12, 31, 0, 0, 0};
    for (int32_t day = first; day <= last; day++) {
        int64_t noon = day * TIME_DAY_MS + 6 * TIME_HOUR_MS;
        struct civil civil = time_civil(noon);
        assert_int_equal(time_day_number(noon), day);
        bool next_day =
            civil.year == before.year && civil.month == before.month && civil.day == before.day + 1;
        bool next_month = civil.day == 1 && (civil.month == before.month + 1 ||
                                             (civil.month == 1 && civil.year == before.year + 1));
        assert_true(next_day || next_month);
        int32_t again;
        assert_true(time_parse_date(time_date_text(arena, day), &again));
        assert_int_equal(again, day);
        before = civil;
        arena_reset(arena);
    }
    arena_free(arena);
}

static void midnight_is_indian(void **state)
{
    (void)state;
    struct civil civil = time_civil(0);
    assert_int_equal(civil.hour * 100 + civil.minute, 530);
    assert_int_equal(time_day_number(at(2026, 3, 27, 0, 0)), time_day_number(at(2026, 3, 26, 23, 59)) + 1);
    assert_int_equal(time_day_number(-1), 0);
    assert_int_equal(time_day_number(-TIME_IST_OFFSET_MS - 1), -1);
    assert_int_equal(time_weekday(0), 4);
    assert_int_equal(time_weekday(time_day_number(at(1947, 8, 15, 0, 0))), 5);
    assert_int_equal(time_weekday(time_day_number(at(2024, 7, 1, 12, 0))), 1);
}

static void instants_have_one_spelling(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    static const char *const same[] = {"2026-11-22T14:30:00+05:30", "2026-11-22T14:30+05:30",
        "2026-11-22T09:00:00Z", "2026-11-22T09:00:00.000Z", "2026-11-21T21:00:00-12:00",
        "2026-11-23T04:00:00+19:00"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        int64_t instant;
        assert_true(time_parse(same[i], &instant));
        assert_string_equal(time_text(arena, instant), same[0]);
        assert_int_equal(instant, at(2026, 11, 22, 14, 30));
    }
    int64_t fraction;
    assert_true(time_parse("1970-01-01T00:00:00.123456789Z", &fraction));
    assert_int_equal(fraction, 123);
    assert_string_equal(time_people_text(arena, at(2026, 11, 2, 4, 5), 0), "2 Nov 2026, 04:05");
    assert_string_equal(time_people_text(arena, at(2026, 11, 22, 14, 30), 1), "22 नवं 2026, 14:30");
    arena_free(arena);
}

static void wrong_instants_and_dates_are_refused(void **state)
{
    (void)state;
    static const char *const instants[] = {"", "2026-11-22", "2026-11-22T14:30", "2026-11-22 14:30:00Z",
        "2026-11-22t14:30:00Z", "2026-11-22T14:30:00z", "2026-11-22T24:00:00Z", "2026-11-22T23:60:00Z",
        "2026-11-22T23:59:60Z", "2026-11-22T14:30:00+0530", "2026-11-22T14:30:00+24:00",
        "2026-11-22T14:30:00Z ", " 2026-11-22T14:30:00Z", "2026-11-22T14:30:00.Z",
        "2026-11-22T14:30:00.1234567890Z", "2026-02-30T00:00:00Z", "1799-12-31T00:00:00Z",
        "2201-01-01T00:00:00Z", "1800-01-01T00:00:00+06:00", "2200-12-31T23:00:00Z", "2026-11-22T1:30:00Z",
        "+026-11-22T14:30:00Z"};
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++) {
        int64_t instant = 42;
        assert_false(time_parse(instants[i], &instant));
        assert_int_equal(instant, 42);
    }
    static const char *const dates[] = {"", "2026-1-01", "2026-13-01", "2026-00-01", "2026-01-00",
        "2026-01-32", "2023-02-29", "1900-02-29", "2026-04-31", "26-04-30", "2026/04/30", "2026-04-30 ",
        "99999-01-01"};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        int32_t day = 42;
        assert_false(time_parse_date(dates[i], &day));
        assert_int_equal(day, 42);
    }
    int32_t leap;
    assert_true(time_parse_date("2000-02-29", &leap));
    assert_true(time_parse_date("2024-02-29", &leap));
}

static void typed_dates_mean_what_a_clerk_means(void **state)
{
    (void)state;
    int64_t now = at(2026, 11, 22, 9, 7);
    const struct {
        const char *text;
        bool want_time;
        int64_t meant;
    } typed[] = {
        {"27/3", false, at(2026, 3, 27, 0, 0)},
        {"27/3/26", false, at(2026, 3, 27, 0, 0)},
        {"27-03-2026", false, at(2026, 3, 27, 0, 0)},
        {" 7.1.1998 ", false, at(1998, 1, 7, 0, 0)},
        {"2026-03-27", false, at(2026, 3, 27, 0, 0)},
        {"29/2/24", false, at(2024, 2, 29, 0, 0)},
        {"t", false, at(2026, 11, 22, 0, 0)},
        {"T", false, at(2026, 11, 22, 0, 0)},
        {"now", false, at(2026, 11, 22, 0, 0)},
        {"y", false, at(2026, 11, 21, 0, 0)},
        {"t", true, now},
        {"now", true, now},
        {"27.3.26 1430", true, at(2026, 3, 27, 14, 30)},
        {"27/3 14:30", true, at(2026, 3, 27, 14, 30)},
        {"27/3  9.05", true, at(2026, 3, 27, 9, 5)},
        {"27/3 905", true, at(2026, 3, 27, 9, 5)},
        {"27/3 0000", true, at(2026, 3, 27, 0, 0)},
        {"t 0915", true, at(2026, 11, 22, 9, 15)},
        {"y 2359", true, at(2026, 11, 21, 23, 59)},
        {"२७/३", false, at(2026, 3, 27, 0, 0)},
        {"२७.३.२६ १४३०", true, at(2026, 3, 27, 14, 30)},
        {"आज", false, at(2026, 11, 22, 0, 0)},
        {"आज ०९१५", true, at(2026, 11, 22, 9, 15)},
        {"अभी", true, now},
        {"27/3/2026 14:30:45", true, at(2026, 3, 27, 14, 30) + 45 * TIME_SECOND_MS},
        {"2026-03-27 14:30", true, at(2026, 3, 27, 14, 30)},
        {"2026-03-27T14:30", true, at(2026, 3, 27, 14, 30)},
        {"2026-03-27T14:30:00+05:30", true, at(2026, 3, 27, 14, 30)},
    };
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        int64_t instant = 0;
        if (!time_parse_typed(typed[i].text, now, typed[i].want_time, &instant))
            fail_msg("%s", typed[i].text);
        if (instant != typed[i].meant) fail_msg("%s is %lld", typed[i].text, (long long)instant);
    }
}

static void typed_nonsense_is_refused_rather_than_guessed(void **state)
{
    (void)state;
    int64_t now = at(2026, 11, 22, 9, 7);
    const struct {
        const char *text;
        bool want_time;
    } typed[] = {
        {"", false},
        {" ", true},
        {"31/4", false},
        {"29/2", false},
        {"3/27", false},
        {"27", false},
        {"27/", false},
        {"27/3-26", false},
        {"27/3/126", false},
        {"27/3/1", false},
        {"0/3", false},
        {"tomorrow", false},
        {"today", false},
        {"27/3 1430", false},
        {"t 1430", false},
        {"27/3", true},
        {"y", true},
        {"2026-03-27", true},
        {"27/3 25:00", true},
        {"27/3 2460", true},
        {"27/3 14", true},
        {"27/3 14:3", true},
        {"27/3 14:300", true},
        {"27/31430", true},
        {"27/3 1430 x", true},
        {"now 1430", true},
        {"27/3 14:30:60", true},
        {"27/3 14:30:4", true},
        {"२७/१३", false},
        {"कल", false}, /* yesterday or tomorrow: nobody can tell */
        {"27/3/2026 and a very long explanation of why nobody knows the time", true},
        {"1430", true},
        {"27/3/26/1", false},
        {"127/3", false},
        {"-7/3", false},
        {"2026-03-27T14:30:00", true},
        {"27/3/1799", false},
        {"27/3/2201", false},
    };
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        int64_t instant = 42;
        if (time_parse_typed(typed[i].text, now, typed[i].want_time, &instant)) fail_msg("%s", typed[i].text);
        assert_int_equal(instant, 42);
    }
}

static void what_was_typed_is_written_out_so_that_it_means_the_same_tomorrow(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    int64_t now = at(2026, 11, 22, 9, 7) + 5 * TIME_SECOND_MS, meant;
    static const struct {
        const char *typed, *text;
        bool want_time;
    } rows[] = {{"t", "22/11/2026", false}, {"t", "22/11/2026 09:07:05", true},
        {"y 1430", "21/11/2026 14:30", true}, {"27/3", "27/3/2026", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(time_parse_typed(rows[i].typed, now, rows[i].want_time, &meant));
        const char *text = time_typed_text(arena, meant, rows[i].want_time);
        assert_string_equal(text, rows[i].text);
        int64_t again;
        assert_true(time_parse_typed(text, now + 400 * TIME_DAY_MS, rows[i].want_time, &again));
        assert_int_equal(again, meant);
    }
    assert_string_equal(time_weekday_text(time_day_number(now), 0), "Sunday");
    assert_string_equal(time_weekday_text(time_day_number(now), 1), "रविवार");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_four_centuries_goes_there_and_back),
        cmocka_unit_test(midnight_is_indian),
        cmocka_unit_test(instants_have_one_spelling),
        cmocka_unit_test(wrong_instants_and_dates_are_refused),
        cmocka_unit_test(typed_dates_mean_what_a_clerk_means),
        cmocka_unit_test(what_was_typed_is_written_out_so_that_it_means_the_same_tomorrow),
        cmocka_unit_test(typed_nonsense_is_refused_rather_than_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
