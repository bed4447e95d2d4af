/* Next dates: the newest order that names one decides, a court's days list its cases, judgment ends it. */
#include "filing_world.h"

static const char *before_court(struct world *w)
{
    const char *case_id = case_with_io(w);
    report_accepted(
        w, case_id, "charge_sheet", arena_printf(w->arena, "CGBB0100%08d", (int)rows_in(w, "entry")));
    return case_id;
}

static const char *heard(struct world *w, const char *case_id, const char *next)
{
    json_t *body = body_of(w,
        "{'hearing':{'held_on':'2026-03-02','purpose':'appearance','mode':'in_person','result':'heard'}}");
    if (next) body = with(with_text(body, "hearing.next_date", next), "hearing.next_purpose", "'charge'");
    return filed(w, "mag1", "hearing", case_id, body);
}

/* "day purpose", or "none". */
static const char *next_of(struct world *w, const char *case_id)
{
    struct listing_row row;
    enum err err = listing_get(w->db, w->arena, case_id, &row);
    if (err == E_NOT_FOUND) return "none";
    assert_int_equal(err, E_OK);
    return arena_printf(w->arena, "%s %s %s", row.office, row.day, row.purpose ? row.purpose : "-");
}

static void the_newest_order_with_a_date_decides(void **state)
{
    struct world *w = *state;
    const char *case_id = before_court(w);
    assert_string_equal(next_of(w, case_id), "none");
    heard(w, case_id, "2026-03-20");
    assert_string_equal(next_of(w, case_id), "C1 2026-03-20 charge");
    heard(w, case_id, "2026-04-08");
    assert_string_equal(next_of(w, case_id), "C1 2026-04-08 charge");
    heard(w, case_id, NULL); /* an order without a date leaves the one that stands */
    assert_string_equal(next_of(w, case_id), "C1 2026-04-08 charge");
}

static void a_day_lists_the_cases_of_one_court(void **state)
{
    struct world *w = *state;
    const char *first = before_court(w), *second = before_court(w), *third = before_court(w);
    heard(w, second, "2026-03-20");
    heard(w, first, "2026-03-20");
    heard(w, third, "2026-03-21");
    struct listing_row *rows;
    size_t count;
    assert_int_equal(
        listing_list(w->db, w->arena, "C1", "2026-03-20", "2026-03-20", 10, &rows, &count), E_OK);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].case_id, first); /* the older case first */
    assert_string_equal(rows[1].case_id, second);
    assert_int_equal(
        listing_list(w->db, w->arena, "C1", "2026-03-20", "2026-03-31", 10, &rows, &count), E_OK);
    assert_int_equal(count, 3);
    assert_int_equal(
        listing_list(w->db, w->arena, "C2", "2026-03-01", "2026-03-31", 10, &rows, &count), E_OK);
    assert_int_equal(count, 0);
}

static void a_correction_counts_only_for_the_newest_date(void **state)
{
    struct world *w = *state;
    const char *case_id = before_court(w);
    const char *first = heard(w, case_id, "2026-03-20");
    filed(w, "mag1", "correction", case_id, correction_body(w, first, "hearing.next_date", "2026-03-23"));
    assert_string_equal(next_of(w, case_id), "C1 2026-03-23 charge");
    heard(w, case_id, "2026-04-08");
    filed(w, "mag1", "correction", case_id, correction_body(w, first, "hearing.next_date", "2026-03-24"));
    assert_string_equal(next_of(w, case_id), "C1 2026-04-08 charge");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(the_newest_order_with_a_date_decides),
        IN_WORLD(a_day_lists_the_cases_of_one_court),
        IN_WORLD(a_correction_counts_only_for_the_newest_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
