/* Alerts of clocks: once however long nobody asked, of a clock known late when it becomes known, and at
 * the days that a clock names itself. */
#include "filing_world.h"
#include "law/clocks.h"
#include "view/clock_lists.h"

static size_t alerts_of(struct world *w, int64_t from, int64_t until, const char *clock, int *ret_percents)
{
    struct clock_alert *alerts;
    size_t count, found = 0;
    assert_int_equal(clock_alerts(w->db, node_views(w->node), w->arena, from, until, &alerts, &count), E_OK);
    for (size_t i = 0; i < count; i++) {
        assert_true(alerts[i].at > from && alerts[i].at <= until);
        assert_true(i == 0 || alerts[i - 1].at <= alerts[i].at);
        const struct clock_rung *rung = &alerts[i].rung;
        if (strcmp(alerts[i].line.words->id, clock) == 0)
            ret_percents[found++] = rung->percent ? rung->percent : -rung->number; /* -15: after 15 days */
    }
    return found;
}

/* The steps as one who asks each day for seventy days is told them; how many. */
static size_t daily_alerts(struct world *w, int64_t begun, const char *clock, int *ret_steps)
{
    size_t count = 0;
    for (int64_t at = begun; at < begun + 70 * TIME_DAY_MS; at += TIME_DAY_MS)
        count += alerts_of(w, at, at + TIME_DAY_MS, clock, ret_steps + count);
    return count;
}

static void steps_are(const int *told, size_t count, const int *expected, size_t expected_count)
{
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < count; i++) assert_int_equal(told[i], expected[i]);
}

static void alerts_come_once_day_by_day_or_after_an_outage(void **state)
{
    struct world *w = *state;
    int64_t begun = w->now;
    rape_case(w);
    int percents[16], daily[16];
    static const int expected[] = {50, 75, 90, 95, 100};
    steps_are(daily, daily_alerts(w, begun, "two_months", daily), expected, 5);
    assert_int_equal(
        alerts_of(w, begun, begun + 70 * TIME_DAY_MS, "two_months", percents), 1); /* the highest */
    assert_int_equal(percents[0], 100);
    assert_int_equal(
        alerts_of(w, begun + 70 * TIME_DAY_MS, begun + 90 * TIME_DAY_MS, "two_months", percents), 0);
}

/* The tracking system's sixty days have two steps of their own beside the per cents; half of sixty days is
 * the second of them. */
static void the_steps_a_clock_names_come_at_their_day(void **state)
{
    struct world *w = *state;
    int64_t begun = w->now, midnight = clock_day_end(time_day_number(begun));
    rape_case(w);
    int percents[16], daily[16];
    static const int expected[] = {-15, -30, 75, 90, 95, 100};
    steps_are(daily, daily_alerts(w, begun, "two_months_itsso", daily), expected, 6);
    int64_t entries, day_15 = midnight + 15 * TIME_DAY_MS;
    struct register_fault fault;
    assert_int_equal(
        node_rebuild(w->node, w->arena, &entries, &fault), E_OK); /* rows made anew alert alike */
    assert_int_equal(alerts_of(w, begun, day_15 - 1, "two_months_itsso", percents), 0);
    assert_int_equal(alerts_of(w, day_15 - 1, day_15, "two_months_itsso", percents), 1);
    assert_int_equal(
        alerts_of(w, begun, day_15 + TIME_DAY_MS, "two_months", percents), 0); /* no step of its */
}

/* Told on 2 March of the 120 days that began on 12 December: two thirds are over. */
static void a_clock_known_late_alerts_when_it_becomes_known(void **state)
{
    struct world *w = *state;
    int percents[16];
    const char *case_id = case_with_io(w);
    int64_t before = w->now - 1;
    filed(w, "io1", "sanction_request", case_id,
        body_of(w, "{'sanction':{'authority':'Collector','law':'BNSS 218','sent_on':'2025-12-10',"
                   "'received_on':'2025-12-12'},'accused':[{'who':{'name':'Budhram Nishad'}}]}"));
    assert_int_equal(alerts_of(w, before - 90 * TIME_DAY_MS, before, "sanction", percents), 0);
    assert_int_equal(alerts_of(w, before, w->now + 1, "sanction", percents), 1);
    assert_int_equal(percents[0], 50);
    assert_int_equal(alerts_of(w, w->now + 1, w->now + 41 * TIME_DAY_MS, "sanction", percents), 1);
    assert_int_equal(percents[0], 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(alerts_come_once_day_by_day_or_after_an_outage),
        TEST(the_steps_a_clock_names_come_at_their_day),
        TEST(a_clock_known_late_alerts_when_it_becomes_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
