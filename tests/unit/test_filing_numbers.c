/* Numbers without a hole and without a double: many hands at once, refusals between, a new year, a new day,
 * numbers within a case and numbers that somebody else gave. */
#include <pthread.h>

#include "filing_world.h"

/* ---- many at once ---- */

#define HANDS 64
#define EACH 4

struct hand {
    struct world *world;
    const char *station, *officer, *diary;
    int place;
    int filed;
    bool sound; /* every answer was as expected */
};

/* Files FIRs; every third is refused by a rule, every fourth by the form. */
static void *hand_work(void *context)
{
    struct hand *hand = context;
    struct arena *arena = arena_new((size_t)64 << 20);
    struct world own = *hand->world; /* an arena of one's own: bodies are made with it */
    own.arena = arena;
    hand->sound = true;
    for (int i = 0; i < EACH; i++) {
        int turn = hand->place * EACH + i;
        json_t *body = fir_body(&own, hand->diary);
        enum { GOOD, NO_RULE, NO_FORM } kind = turn % 3 == 1 ? NO_RULE : turn % 4 == 3 ? NO_FORM : GOOD;
        if (kind == NO_RULE) {
            with(with(body, "occurrence.known", "'exact'"), "occurrence.from", "'2026-03-01T12:00:00+05:30'");
            with(with(body, "occurrence.to", "'2026-03-01T12:00:00+05:30'"), "information.received_at",
                "'2026-03-01T11:00:00+05:30'");
        }
        if (kind == NO_FORM) with(body, "contents", NULL);
        struct problems problems = {.arena = arena};
        struct receipt receipt;
        const struct filing filing = {
            .officer = hand->officer, .office = hand->station, .form = "fir", .body = body, .seen_size = -1};
        enum err err = file_entry(hand->world->node, &filing, &problems, &receipt);
        if (err != (kind == GOOD ? E_OK : E_PROBLEM)) hand->sound = false;
        if (err == E_OK) hand->filed++;
        json_decref(body);
    }
    arena_free(arena);
    return NULL;
}

static void must_be_gapless(struct world *w, const char *office, int count)
{
    struct rows *rows =
        db_query(w->db, "SELECT number FROM case_file WHERE office = $1 ORDER BY number", V(office));
    int n = 0;
    while (db_next(rows)) assert_string_equal(row_text(rows, 0), arena_printf(w->arena, "%04d/2026", ++n));
    assert_int_equal(n, count);
}

static void sixty_four_hands_leave_no_hole_and_no_double(void **state)
{
    struct world *w = *state;
    const char *diary1 = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    const char *diary2 = filed(w, "sho2", "general_diary", NULL, diary_body(w));
    world_reopen(w, true);
    struct hand hands[HANDS];
    pthread_t threads[HANDS];
    for (int i = 0; i < HANDS; i++) {
        bool first = i % 2 == 0;
        hands[i] = (struct hand){.world = w,
            .place = i,
            .station = first ? "PS1" : "PS2",
            .officer = first ? "sho1" : "sho2",
            .diary = first ? diary1 : diary2};
        assert_int_equal(pthread_create(&threads[i], NULL, hand_work, &hands[i]), 0);
    }
    int counts[2] = {0, 0};
    for (int i = 0; i < HANDS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(hands[i].sound);
        counts[i % 2] += hands[i].filed;
    }
    assert_true(counts[0] > 0 && counts[0] + counts[1] < HANDS * EACH);
    must_be_gapless(w, "PS1", counts[0]);
    must_be_gapless(w, "PS2", counts[1]);
    struct commit_counts commits = node_counts(w->node);
    assert_int_equal(commits.failed, 0);
    assert_true(commits.commits < (uint64_t)(counts[0] + counts[1])); /* many became durable together */
    world_reopen(w, false);
    struct verify_report report;
    world_close(w);
    assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_OK);
}

/* ---- periods ---- */

static const char *fir_number(struct world *w)
{
    const char *diary = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    filed(w, "sho1", "fir", NULL, fir_body(w, diary));
    return w->receipt.number;
}

static void a_new_year_begins_at_one_at_indian_midnight(void **state)
{
    struct world *w = *state;
    assert_string_equal(fir_number(w), "0001/2026");
    w->now = at_ist(2027, 1, 1, 0, 0) - 10 * TIME_SECOND_MS;
    assert_string_equal(fir_number(w), "0002/2026");
    w->now = at_ist(2027, 1, 1, 0, 0);
    assert_string_equal(fir_number(w), "0001/2027");
    assert_string_equal(fir_number(w), "0002/2027");
}

static void a_new_day_begins_the_diary_anew(void **state)
{
    struct world *w = *state;
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_string_equal(w->receipt.number, "001");
    filed(w, "io1", "general_diary", NULL, diary_body(w));
    assert_string_equal(w->receipt.number, "002");
    filed(w, "op1", "general_diary", NULL, diary_body(w)); /* the outpost has its own */
    assert_string_equal(w->receipt.number, "001");
    w->now = at_ist(2026, 3, 3, 0, 0);
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_string_equal(w->receipt.number, "001");
}

static void the_zero_fir_has_a_series_of_its_own(void **state)
{
    struct world *w = *state;
    const char *diary = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    json_t *zero = with(fir_body(w, diary), "registration.kind", "'zero'");
    filed(w, "sho1", "fir", NULL, with(zero, "registration.zero_place", "'Bilaspur'"));
    assert_string_equal(w->receipt.number, "0/0001/2026");
    assert_string_equal(fir_number(w), "0001/2026");
}

static void a_number_within_a_case_runs_on_whoever_files(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *other = case_with_io(w);
    filed(w, "io1", "case_diary", case_id, case_diary_body(w));
    assert_string_equal(w->receipt.number, "001");
    filed(w, "io1", "case_diary", other, case_diary_body(w));
    assert_string_equal(w->receipt.number, "001");
    const char *accused = named_in(w, report_accepted(w, case_id, "charge_sheet", "CGBB010000012026"), 2);
    static const char hearing[] =
        "{'hearing':{'held_on':'2026-03-02','purpose':'appearance','mode':'in_person','result':'heard'}}";
    filed(w, "mag1", "hearing", case_id, body_of(w, hearing));
    assert_string_equal(w->receipt.number, "001");
    filed(w, "mag1", "committal", case_id, committal_body(w, accused, "C2"));
    filed(w, "judge2", "hearing", case_id, body_of(w, hearing)); /* the Court of Session goes on counting */
    assert_string_equal(w->receipt.number, "002");
}

static void past_its_width_a_number_grows(void **state)
{
    struct world *w = *state;
    assert_string_equal(fir_number(w), "0001/2026");
    assert_int_equal(db_do(w->db, "UPDATE series SET last = 9998 WHERE series = 'fir'"), E_OK);
    assert_string_equal(fir_number(w), "9999/2026");
    assert_string_equal(fir_number(w), "10000/2026");
}

static void a_series_read_twice_says_the_same(void **state)
{
    struct world *w = *state;
    fir_number(w);
    const struct form *fir = form_find(node_forms(w->node), "fir");
    for (int i = 0; i < 2; i++)
        assert_string_equal(series_next(w->db, w->arena, &fir->numbers[1], "PS1", NULL, w->now), "0002/2026");
    assert_string_equal(series_next(w->db, w->arena, &fir->numbers[1], "PS2", NULL, w->now), "0001/2026");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(sixty_four_hands_leave_no_hole_and_no_double),
        IN_WORLD(a_new_year_begins_at_one_at_indian_midnight),
        IN_WORLD(a_new_day_begins_the_diary_anew),
        IN_WORLD(the_zero_fir_has_a_series_of_its_own),
        IN_WORLD(a_number_within_a_case_runs_on_whoever_files),
        IN_WORLD(past_its_width_a_number_grows),
        IN_WORLD(a_series_read_twice_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
