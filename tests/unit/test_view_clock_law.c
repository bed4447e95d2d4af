/* A changed law: a State sets, ends and adds clocks in its own files; the node computes them anew at its next
 * start, and what began before the day of the change stays as it was. */
#include <sys/stat.h>

#include "filing_world.h"
#include "law/clocks.h"

/* Writes a file of the node's own law, and starts the node again. */
static void law_changed(struct world *w, const char *name, const char *text)
{
    mkdir(folder_file(&w->folder, "law"), 0700);
    mkdir(folder_file(&w->folder, "law/clocks"), 0700);
    FILE *file = fopen(folder_file(&w->folder, name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    world_reopen(w, false);
}

static void arrest_made(struct world *w)
{
    const char *case_id = case_with_io(w), *diary = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    filed(w, "io1", "arrest", case_id, arrest_body(w, diary));
}

/* Hours from start to end of the n-th clock of that name, from 0; -1: there is no such one. */
static int64_t hours_of(struct world *w, const char *clock, int n)
{
    int place = clock_find(node_views(w->node)->clocks, clock);
    assert_true(place >= 0);
    return number_of(
        w, arena_printf(w->arena,
               "SELECT coalesce((SELECT (due_at - start_at) / 3600000 FROM clock WHERE clock = %d"
               " ORDER BY seq LIMIT 1 OFFSET %d), -1)",
               place, n));
}

static int64_t rows_sum(struct world *w)
{
    return number_of(w, "SELECT sum(due_at + moved_seq + flags + clock) FROM clock");
}

/* Live, started anew and rebuilt are the same. */
static void rebuilt_is_the_same(struct world *w)
{
    int64_t entries, rows = rows_in(w, "clock"), sum = rows_sum(w);
    struct register_fault fault;
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_OK);
    assert_int_equal(rows_sum(w), sum);
    assert_int_equal(rows_in(w, "clock"), rows);
}

static void a_state_that_changes_its_settings_has_its_clocks_computed_anew(void **state)
{
    struct world *w = *state;
    arrest_made(w);
    const char *before = text_of(w, "SELECT digest FROM clock_law");
    int64_t rows = rows_in(w, "clock");
    assert_int_equal(hours_of(w, "kin_told", 0), 12);
    law_changed(w, "law/settings", "set kin_hours 6\n");
    assert_string_not_equal(text_of(w, "SELECT digest FROM clock_law"), before);
    assert_int_equal(rows_in(w, "clock"), rows);
    assert_int_equal(hours_of(w, "kin_told", 0), 6);
    struct db *fresh;
    assert_int_equal(db_open_beside(folder_file(&w->folder, "panji.db"), "entry", &fresh), E_OK);
    db_close(fresh);
    rebuilt_is_the_same(w);
}

static void a_setting_counts_from_its_day_and_what_began_before_stays(void **state)
{
    struct world *w = *state;
    arrest_made(w);
    law_changed(w, "law/settings", "set kin_hours 6 from 2026-04-01\nset kin_hours 3 from 2026-05-01\n");
    assert_int_equal(hours_of(w, "kin_told", 0), 12);
    w->now = at_ist(2026, 4, 1, 0, 30);
    arrest_made(w);
    w->now = at_ist(2026, 5, 2, 10, 0);
    arrest_made(w);
    static const int hours[] = {12, 6, 3};
    for (int i = 0; i < 3; i++) assert_int_equal(hours_of(w, "kin_told", i), hours[i]);
    rebuilt_is_the_same(w);
    law_changed(w, "law/settings", "set kin_hours 8\n"); /* of all days, past ones too */
    for (int i = 0; i < 3; i++) assert_int_equal(hours_of(w, "kin_told", i), 8);
}

static void a_setting_of_one_state_is_not_anothers(void **state)
{
    struct world *w = *state;
    arrest_made(w);
    law_changed(w, "law/settings", "set kin_hours 6 in odisha\n");
    assert_int_equal(hours_of(w, "kin_told", 0), 12);
    law_changed(w, "law/settings", "set kin_hours 5\nset kin_hours 4 in chhattisgarh\n");
    assert_int_equal(hours_of(w, "kin_told", 0), 4);
}

/* The clock that is built in ends with March; what began until then keeps it, and no other. */
static void a_changed_clock_applies_from_its_date(void **state)
{
    struct world *w = *state;
    arrest_made(w);
    law_changed(w, "law/clocks/state",
        "retire kin_told 2026-03-31\n"
        "clock kin_told_2026 | Tell a relative of the arrest | परिजन को सूचना दें\n"
        "  law    BNSS 48(1), as amended\n  mark   S\n  scope  accused\n  since  2026-04-01\n"
        "  from   arrested\n  within 2 hours\n  owes   io\n  next   sho\n  met    kin_told\n"
        "  breach | Told too late | विलंब से सूचना\n");
    assert_int_equal(hours_of(w, "kin_told", 0), 12);
    assert_int_equal(hours_of(w, "kin_told_2026", 0), -1);
    w->now = at_ist(2026, 3, 31, 23, 50);
    arrest_made(w);
    w->now = at_ist(2026, 4, 1, 0, 30);
    arrest_made(w);
    assert_int_equal(hours_of(w, "kin_told", 1), 12);
    assert_int_equal(hours_of(w, "kin_told", 2), -1);
    assert_int_equal(hours_of(w, "kin_told_2026", 0), 2);
    assert_int_equal(hours_of(w, "kin_told_2026", 1), -1);
    rebuilt_is_the_same(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_state_that_changes_its_settings_has_its_clocks_computed_anew),
        TEST(a_setting_counts_from_its_day_and_what_began_before_stays),
        TEST(a_setting_of_one_state_is_not_anothers),
        TEST(a_changed_clock_applies_from_its_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
