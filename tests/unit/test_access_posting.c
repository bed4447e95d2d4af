/* Offices, their tree, officers, postings to the day, leave: as computed from entries and from corrected
 * ones. */
#include "access_world.h"

static int64_t ist(int year, int month, int day, int hour, int minute)
{
    return time_from_civil((struct civil){year, month, day, hour, minute, 0});
}

static void a_line_is_the_office_and_all_above_it(void **state)
{
    struct world *w = *state;
    assert_true(office_under(w->db, "PS1", "PS1"));
    assert_true(office_under(w->db, "PS1", "SD1"));
    assert_true(office_under(w->db, "PS1", "D1"));
    assert_true(office_under(w->db, "PS1", "HQ"));
    assert_false(office_under(w->db, "PS1", "PS2"));
    assert_false(office_under(w->db, "PS1", "D2"));
    assert_false(office_under(w->db, "D1", "PS1"));
    assert_false(office_under(w->db, "NOWHERE", "HQ"));
}

static void moving_an_office_moves_all_below_it(void **state)
{
    struct world *w = *state;
    office(w, "SD1", "sdpo", "D2");
    assert_true(office_under(w->db, "PS1", "D2"));
    assert_true(office_under(w->db, "PS2", "D2"));
    assert_true(office_under(w->db, "PS1", "HQ"));
    assert_false(office_under(w->db, "PS1", "D1"));
    assert_false(office_under(w->db, "SD1", "D1"));
}

static void a_parent_filed_after_its_children_joins_their_line(void **state)
{
    struct world *w = *state;
    office(w, "OP", "outpost", "PSX");
    office(w, "PSX", "ps", "D1");
    assert_true(office_under(w->db, "OP", "HQ"));
    assert_int_equal(db_int(w->db, "SELECT count(*) FROM office_above WHERE office = $1", -1, V("OP")), 4);
}

static void a_ring_of_parents_lets_nobody_climb(void **state)
{
    struct world *w = *state;
    office(w, "HQ", "state_hq", "PS1"); /* the station would stand above headquarters */
    assert_false(office_under(w->db, "HQ", "PS1"));
    assert_false(office_under(w->db, "D2", "PS1"));
    assert_true(office_under(w->db, "PS1", "HQ"));
    office(w, "SELF", "ps", "SELF");
    struct office office;
    assert_int_equal(office_get(w->db, w->arena, "SELF", &office), E_OK);
    assert_null(office.parent);
}

static void an_office_is_read_back_and_corrected(void **state)
{
    struct world *w = *state;
    struct office office;
    apply(w, "office", "e1",
        "{'office':{'code':'X1','kind':'laboratory','name':'Lab','name_hi':'लैब','state':'22',"
        "'district':'D'}}");
    assert_int_equal(office_get(w->db, w->arena, "X1", &office), E_OK);
    assert_string_equal(office.pillar, "forensic");
    assert_string_equal(office.name_hi, "लैब");
    assert_string_equal(office.state, "22");
    assert_null(office.parent);
    apply(w, "office", "e2", "{'office':{'code':'X2','kind':'ps','name':'Below','parent':'X1'}}");
    /* corrected, code too */
    apply(w, "office", "e1", "{'office':{'code':'X3','kind':'court','name':'Court'}}");
    assert_int_equal(office_get(w->db, w->arena, "X1", &office), E_NOT_FOUND);
    assert_int_equal(office_get(w->db, w->arena, "X3", &office), E_OK);
    assert_string_equal(office.pillar, "court");
    assert_null(office.name_hi);
    assert_false(office_under(w->db, "X2", "X3"));
}

static void kinds_belong_to_pillars(void **state)
{
    (void)state;
    assert_string_equal(office_kind_pillar("ps"), "police");
    assert_string_equal(office_kind_pillar("hospital"), "medical");
    assert_string_equal(office_kind_pillar("fpb"), "fingerprint");
    assert_string_equal(office_kind_pillar("legal_services"), "legal_aid");
    assert_string_equal(office_kind_pillar("a_kind_of_some_state"), "police");
}

static void an_officer_is_read_back_and_corrected(void **state)
{
    struct world *w = *state;
    struct officer officer;
    apply(w, "officer", "o1",
        "{'officer':{'id':'A100','name':'Ramesh Sahu','rank':'sub_inspector','belt':'17'}}");
    apply(w, "officer", "o1",
        "{'officer':{'id':'A101','name':'Ramesh Sahoo','name_hi':'रमेश साहू'}}");
    assert_int_equal(officer_get(w->db, w->arena, "A100", &officer), E_NOT_FOUND);
    assert_int_equal(officer_get(w->db, w->arena, "A101", &officer), E_OK);
    assert_string_equal(officer.name, "Ramesh Sahoo");
    assert_string_equal(officer.name_hi, "रमेश साहू");
    assert_null(officer.rank);
}

static bool posted(struct world *w, const char *officer, const char *office, int64_t at)
{
    struct posting posting;
    return posting_at(w->db, w->arena, officer, office, at, &posting);
}

static void a_posting_counts_from_midnight_to_midnight_in_india(void **state)
{
    struct world *w = *state;
    apply(w, "posting", "p1",
        "{'posting':{'officer':'A1','office':'PS1','role':'sho','from':'2026-03-01','to':'2026-03-31',"
        "'order':'7'}}");
    assert_false(posted(w, "A1", "PS1", ist(2026, 3, 1, 0, 0) - 1));
    assert_true(posted(w, "A1", "PS1", ist(2026, 3, 1, 0, 0)));
    assert_true(posted(w, "A1", "PS1", ist(2026, 4, 1, 0, 0) - 1));
    assert_false(posted(w, "A1", "PS1", ist(2026, 4, 1, 0, 0)));
    assert_false(posted(w, "A1", "PS2", ist(2026, 3, 15, 12, 0)));
    assert_false(posted(w, "A2", "PS1", ist(2026, 3, 15, 12, 0)));
}

static void an_open_posting_ends_when_an_ending_says_so(void **state)
{
    struct world *w = *state;
    int64_t later = ist(2030, 1, 1, 0, 0);
    apply(w, "posting", "p1", "{'posting':{'officer':'A1','office':'PS1','role':'io','from':'2026-03-01'}}");
    assert_true(posted(w, "A1", "PS1", later));
    apply(w, "posting_end", "x1", "{'end':{'posting':'p1','to':'2026-06-10','reason':'transfer'}}");
    assert_true(posted(w, "A1", "PS1", ist(2026, 6, 10, 23, 59)));
    assert_false(posted(w, "A1", "PS1", ist(2026, 6, 11, 0, 0)));
    /* Correcting the posting does not undo its ending; correcting the ending does. */
    apply(w, "posting", "p1", "{'posting':{'officer':'A1','office':'PS1','role':'sho','from':'2026-03-02'}}");
    assert_false(posted(w, "A1", "PS1", ist(2026, 6, 11, 0, 0)));
    apply(w, "posting_end", "x1", "{'end':{'posting':'p1','to':'2026-06-20','reason':'transfer'}}");
    assert_true(posted(w, "A1", "PS1", ist(2026, 6, 20, 12, 0)));
    apply(w, "posting_end", "x1", "{'end':{'posting':'another','to':'2026-06-20','reason':'transfer'}}");
    assert_true(posted(w, "A1", "PS1", later));
}

static void an_ending_never_lengthens_a_posting(void **state)
{
    struct world *w = *state;
    apply(w, "posting", "p1",
        "{'posting':{'officer':'A1','office':'PS1','role':'io','from':'2026-03-01','to':'2026-03-10'}}");
    apply(w, "posting_end", "x1", "{'end':{'posting':'p1','to':'2026-12-31','reason':'mistake'}}");
    assert_false(posted(w, "A1", "PS1", ist(2026, 3, 11, 0, 0)));
}

static void all_postings_of_an_officer_are_told(void **state)
{
    struct world *w = *state;
    struct posting *postings;
    apply(w, "posting", "p1", "{'posting':{'officer':'A1','office':'PS1','role':'io','from':'2026-01-01'}}");
    apply(w, "posting", "p2",
        "{'posting':{'officer':'A1','office':'C1','role':'court_clerk','from':'2026-02-01'}}");
    apply(w, "posting", "p3",
        "{'posting':{'officer':'A1','office':'NOWHERE','role':'sho','from':'2026-01-01'}}");
    assert_int_equal(postings_at(w->db, w->arena, "A1", ist(2026, 1, 15, 0, 0), &postings), 1);
    assert_int_equal(postings_at(w->db, w->arena, "A1", ist(2026, 2, 15, 0, 0), &postings), 2);
    assert_string_equal(postings[0].office, "PS1");
    assert_string_equal(postings[0].office_kind, "ps");
    assert_string_equal(postings[1].pillar, "court");
    assert_string_equal(postings[1].role, "court_clerk");
    assert_int_equal(postings_at(w->db, w->arena, "NOBODY", ist(2026, 2, 15, 0, 0), &postings), 0);
}

static void leave_covers_its_days_and_ends_early(void **state)
{
    struct world *w = *state;
    apply(w, "leave", "l1",
        "{'leave':{'officer':'A1','from':'2026-05-01','to':'2026-05-10','kind':'earned'}}");
    assert_false(on_leave(w->db, "A1", ist(2026, 5, 1, 0, 0) - 1));
    assert_true(on_leave(w->db, "A1", ist(2026, 5, 1, 0, 0)));
    assert_true(on_leave(w->db, "A1", ist(2026, 5, 11, 0, 0) - 1));
    assert_false(on_leave(w->db, "A1", ist(2026, 5, 11, 0, 0)));
    assert_false(on_leave(w->db, "A2", ist(2026, 5, 5, 0, 0)));
    apply(w, "leave_end", "x1", "{'end':{'leave':'l1','to':'2026-05-04'}}");
    assert_true(on_leave(w->db, "A1", ist(2026, 5, 4, 23, 0)));
    assert_false(on_leave(w->db, "A1", ist(2026, 5, 5, 0, 0)));
    apply(w, "leave", "l1",
        "{'leave':{'officer':'A2','from':'2026-05-01','to':'2026-05-10','kind':'earned'}}");
    assert_false(on_leave(w->db, "A1", ist(2026, 5, 2, 0, 0)));
    assert_true(on_leave(w->db, "A2", ist(2026, 5, 2, 0, 0)));
}

static void other_and_erased_entries_change_nothing(void **state)
{
    struct world *w = *state;
    int64_t before = db_int(w->db, "SELECT count(*) + $1 FROM office", -1, V(0));
    apply(w, "fir", "f1", "{'office':{'code':'Z','kind':'ps','name':'Z'}}");
    struct entry erased = {.id = "e9", .form = "office", .form_version = 1};
    access_apply(w->db, &erased, NULL);
    assert_int_equal(db_status(w->db), E_OK);
    assert_int_equal(db_int(w->db, "SELECT count(*) + $1 FROM office", -1, V(0)), before);
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_line_is_the_office_and_all_above_it),
        T(moving_an_office_moves_all_below_it),
        T(a_parent_filed_after_its_children_joins_their_line),
        T(a_ring_of_parents_lets_nobody_climb),
        T(an_office_is_read_back_and_corrected),
        T(kinds_belong_to_pillars),
        T(an_officer_is_read_back_and_corrected),
        T(a_posting_counts_from_midnight_to_midnight_in_india),
        T(an_open_posting_ends_when_an_ending_says_so),
        T(an_ending_never_lengthens_a_posting),
        T(all_postings_of_an_officer_are_told),
        T(leave_covers_its_days_and_ends_early),
        T(other_and_erased_entries_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
