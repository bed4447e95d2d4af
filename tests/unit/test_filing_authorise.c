/* Who may file what, where, on which case, to whom. */
#include "filing_world.h"

static enum err file_at(
    struct world *w, const char *officer, const char *office, const char *form, json_t *body)
{
    const struct filing filing = {.officer = officer, .office = office, .form = form, .seen_size = -1};
    return file_exactly(w, &filing, body);
}

/* ---- the founder ---- */

static json_t *officer_body(struct world *w, const char *id)
{
    return body_of(w, "{'officer':{'id':'%s','name':'N','name_hi':'न','rank':'inspector'}}", id);
}

static void the_founder_sets_up_the_register_and_nobody_else(void **state)
{
    struct world *w = *state;
    refused(w, "stranger", "officer", NULL, officer_body(w, "a"), "officer_not_posted", "office");
    refused(w, "founder", "general_diary", NULL, diary_body(w), "officer_not_posted", "office");
    refused(w, "founder", "node", NULL,
        body_of(w, "{'node':{'name':'n','practice':false,'founder':'founder'}}"), "officer_not_posted",
        "office"); /* a second opening */
    world_office(w, "D1", "district", NULL);
    filed(w, "founder", "officer", NULL, officer_body(w, "admin1"));
    refused(w, "admin1", "officer", NULL, officer_body(w, "a"), "officer_not_posted",
        "office"); /* not posted yet */
    filed(w, "founder", "posting", NULL, posting_body(w, "admin1", "D1", "administrator", "2026-01-01"));
    refused(w, "founder", "officer", NULL, officer_body(w, "a"), "officer_not_posted", "office");
    refused(w, "founder", "posting", NULL, posting_body(w, "founder", "D1", "administrator", "2026-01-01"),
        "officer_not_posted", "office");
    filed(w, "admin1", "officer", NULL, officer_body(w, "a"));
    refused(w, "admin1", "node", NULL,
        body_of(w, "{'node':{'name':'n','practice':false,'founder':'admin1'}}"), "not_allowed", "form");
}

static void a_register_begins_with_its_opening(void **state)
{
    struct world *w = *state;
    struct entry first;
    assert_int_equal(entry_by_seq(w->db, w->arena, 0, &first), E_OK);
    assert_string_equal(first.form, "node");
    assert_string_equal(first.role, "founder");
    assert_true(node_practice(w->db));
}

/* ---- roles, offices ---- */

static void a_role_files_its_forms_at_its_kind_of_office(void **state)
{
    struct world *w = *state;
    const char *diary = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    refused(w, "writer1", "fir", NULL, fir_body(w, diary), "not_allowed", "form"); /* not his role */
    refused(w, "sp1", "fir", NULL, fir_body(w, diary), "not_allowed", "form"); /* not at a district office */
    refused(w, "clerk1", "general_diary", NULL, diary_body(w), "not_allowed", "form");
    refused(w, "admin1", "fir", NULL, fir_body(w, diary), "not_allowed", "form");
    refused(
        w, "sho1", "posting", NULL, posting_body(w, "sho1", "D1", "sp", "2026-01-01"), "not_allowed", "form");
    filed(w, "sho1", "fir", NULL, fir_body(w, diary));
    filed(w, "moharrir1", "general_diary", NULL, diary_body(w)); /* "any": everybody at the station */
}

static void an_officer_files_at_the_posting_that_fits(void **state)
{
    struct world *w = *state;
    filed(w, "admin1", "posting", NULL, posting_body(w, "sp1", "C1", "court_clerk", "2026-01-01"));
    const char *case_id = case_with_io(w), *report = report_filed(w, case_id, "charge_sheet");
    filed(w, "sp1", "court_acceptance", case_id,
        acceptance_body(w, report, "charge_sheet_taken", "CGBB010000012026"));
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, w->receipt.id, &entry), E_OK);
    assert_string_equal(entry.office, "C1");
    assert_string_equal(entry.role, "court_clerk");
    filed(w, "sp1", "io_assignment", case_id, assignment_body(w, "io2"));
    assert_int_equal(entry_by_id(w->db, w->arena, w->receipt.id, &entry), E_OK);
    assert_string_equal(entry.office, "D1");
    assert_string_equal(entry.role, "sp");
}

static void posted_at_two_stations_one_says_where(void **state)
{
    struct world *w = *state;
    filed(w, "admin1", "posting", NULL, posting_body(w, "sho1", "PS2", "sho", "2026-01-01"));
    refused(w, "sho1", "general_diary", NULL, diary_body(w), "posting_unclear", "office");
    struct entry entry;
    static const char *const offices[] = {"PS1", "PS2"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(file_at(w, "sho1", offices[i], "general_diary", diary_body(w)), E_OK);
        assert_int_equal(entry_by_id(w->db, w->arena, w->receipt.id, &entry), E_OK);
        assert_string_equal(entry.office, offices[i]);
    }
    assert_int_equal(file_at(w, "sho1", "D1", "general_diary", diary_body(w)), E_PROBLEM);
    assert_true(told(w, "officer_not_posted", "office"));
    filed(w, "admin1", "posting", NULL, posting_body(w, "io2", "PS1", "malkhana_moharrir", "2026-01-01"));
    filed(w, "io2", "general_diary", NULL, diary_body(w)); /* two roles at one station are no question */
}

static void a_posting_counts_from_its_first_day_to_its_last(void **state)
{
    struct world *w = *state;
    filed(w, "admin1", "officer", NULL, officer_body(w, "new1"));
    filed(w, "admin1", "posting", NULL,
        with(posting_body(w, "new1", "PS1", "constable", "2026-03-03"), "posting.to", "'2026-03-05'"));
    w->now = at_ist(2026, 3, 3, 0, 0) - 1;
    refused(w, "new1", "general_diary", NULL, diary_body(w), "officer_not_posted", NULL);
    w->now = at_ist(2026, 3, 3, 0, 0);
    filed(w, "new1", "general_diary", NULL, diary_body(w));
    w->now = at_ist(2026, 3, 6, 0, 0) - 1;
    filed(w, "new1", "general_diary", NULL, diary_body(w));
    w->now = at_ist(2026, 3, 6, 0, 0);
    refused(w, "new1", "general_diary", NULL, diary_body(w), "officer_not_posted", NULL);
}

static void an_ending_ends_with_its_last_day(void **state)
{
    struct world *w = *state;
    const char *posting = text_of(w, "SELECT entry FROM posting WHERE officer = 'io1'");
    filed(w, "admin1", "posting_end", NULL,
        body_of(w, "{'end':{'posting':'%s','to':'2026-03-04','reason':'Transferred'}}", posting));
    w->now = at_ist(2026, 3, 5, 0, 0) - 1;
    filed(w, "io1", "general_diary", NULL, diary_body(w));
    w->now = at_ist(2026, 3, 5, 0, 0);
    refused(w, "io1", "general_diary", NULL, diary_body(w), "officer_not_posted", NULL);
}

static void leave_covers_its_days_and_ends_when_one_returns(void **state)
{
    struct world *w = *state;
    const char *leave = filed(w, "sho1", "leave", NULL, leave_body(w, "io1", "2026-03-03", "2026-03-10"));
    w->now = at_ist(2026, 3, 3, 0, 0) - 1;
    filed(w, "io1", "general_diary", NULL, diary_body(w));
    w->now = at_ist(2026, 3, 3, 0, 0);
    refused(w, "io1", "general_diary", NULL, diary_body(w), "officer_on_leave", NULL);
    filed(w, "sho1", "leave_end", NULL, body_of(w, "{'end':{'leave':'%s','to':'2026-03-04'}}", leave));
    w->now = at_ist(2026, 3, 5, 0, 0) - 1;
    refused(w, "io1", "general_diary", NULL, diary_body(w), "officer_on_leave", NULL);
    w->now = at_ist(2026, 3, 5, 0, 0);
    filed(w, "io1", "general_diary", NULL, diary_body(w));
}

/* ---- closed offices ---- */

static void a_closed_office_files_nothing_from_the_next_day_and_is_not_addressed(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    const char *closing = filed(w, "admin1", "office_close", NULL,
        body_of(w, "{'close':{'office':'PS2','closed_on':'2026-03-05','successor':'PS1','order':'9/2026'}}"));
    filed(w, "admin1", "office_close", NULL,
        body_of(w, "{'close':{'office':'C1','closed_on':'2026-03-05','successor':'C2','order':'10/2026'}}"));
    w->now = at_ist(2026, 3, 6, 0, 0) - 1;
    filed(w, "sho2", "general_diary", NULL, diary_body(w));
    w->now = at_ist(2026, 3, 6, 0, 0);
    refused(w, "sho2", "general_diary", NULL, diary_body(w), "officer_not_posted", "office");
    refused(w, "io1", "final_report", case_id, report_body(w, "charge_sheet", "C1"), "office_closed",
        "report.court");
    filed(w, "io1", "final_report", case_id, report_body(w, "charge_sheet", "C2"));
    filed(w, "admin1", "correction", NULL, correction_body(w, closing, "close.closed_on", "2026-03-31"));
    filed(w, "sho2", "general_diary", NULL, diary_body(w)); /* the date had been wrong */
}

/* ---- the case ---- */

static void a_hidden_case_is_told_in_the_words_of_an_absent_one(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    static const char absent[] = "018f0000-0000-7000-8000-000000000000";
    refused(w, "sho2", "seizure", case_id, seizure_body(w), "case_unknown", "case");
    assert_int_equal(w->problems.count, 1);
    const struct problem hidden = w->problems.list[0];
    refused(w, "sho2", "seizure", absent, seizure_body(w), "case_unknown", "case");
    const struct problem gone = w->problems.list[0];
    assert_int_equal(hidden.status, gone.status);
    assert_string_equal(arena_printf(w->arena, "There is no case %s.", case_id), hidden.text[LANG_EN]);
    assert_string_equal(arena_printf(w->arena, "There is no case %s.", absent), gone.text[LANG_EN]);
    refused(w, "mag1", "hearing", case_id, /* a court that has nothing of it */
        body_of(w,
            "{'hearing':{'held_on':'2026-03-02','purpose':'appearance','mode':'in_person',"
            "'result':'heard'}}"),
        "case_unknown", NULL);
}

static void a_form_is_filed_on_its_kind_of_case_or_on_none(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    const char *missing = filed(w, "sho1", "missing_person", NULL,
        missing_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w))));
    refused(w, "sho1", "arrest", NULL, arrest_body(w, case_id), "case_missing", "case");
    refused(w, "sho1", "leave", case_id, leave_body(w, "io1", "2026-03-03", "2026-03-04"), "case_refused",
        "case");
    refused(w, "sho1", "section_alteration", missing,
        body_of(w,
            "{'alteration':{'kind':'added','altered_on':'2026-03-02','reason':'x'},"
            "'new':[{'offence':'BNS 303(2)'}]}"),
        "case_kind", "case");
    filed(w, "writer1", "general_diary", case_id, diary_body(w)); /* may be on a case */
}

static void a_form_comes_after_another_and_some_only_once(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *report = report_filed(w, case_id, "untraced");
    refused_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "accepted"),
        "case_not_ready", "case");
    refused(w, "sho1", "case_closing", case_id, closing_body(w, report), "case_not_ready", "case");
    filed(w, "clerk1", "court_acceptance", case_id,
        acceptance_body(w, report, "closure_report_taken", "CGBB010000012026"));
    const char *order =
        filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "accepted"));
    filed(w, "sho1", "case_closing", case_id, closing_body(w, order));
    refused(w, "sho1", "case_closing", case_id, closing_body(w, order), "form_once", "case");
}

/* ---- addressees and papers ---- */

static void a_paper_goes_to_offices_of_its_kinds(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    const char *accused = named_in(w, report, 2);
    refused(w, "mag1", "summons", case_id, summons_body(w, accused), "addressee_missing", "to");
    refused_to(w, "mag1", "summons", case_id, "LAB", summons_body(w, accused), "addressee_kind", "to");
    refused_to(w, "mag1", "summons", case_id, "NOWHERE", summons_body(w, accused), "office_unknown", "to");
    struct filing twice = {.officer = "mag1",
        .form = "summons",
        .case_id = case_id,
        .to_count = 3,
        .to = {"PS1", "PS1", "PS2"},
        .seen_size = -1};
    assert_int_equal(file_exactly(w, &twice, summons_body(w, accused)), E_OK);
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, w->receipt.id, &entry), E_OK);
    assert_int_equal(entry.to_count, 2); /* each office once */
    refused(w, "sho1", "fir", NULL,
        with_text(
            fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w))), "dispatch.court", "LAB"),
        "addressee_kind", "dispatch.court");
    refused_to(w, "sho1", "leave", NULL, "PS2", leave_body(w, "io1", "2026-03-03", "2026-03-04"),
        "addressee_kind", "to");
}

static void a_paper_is_answered_by_its_addressee_once_on_its_own_case(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *report = report_filed(w, case_id, "charge_sheet");
    const char *other = case_with_io(w), *other_report = report_filed(w, other, "charge_sheet");
    static const char taken[] = "charge_sheet_taken", path[] = "acceptance.report";
    filed(w, "io1", "final_report", case_id, report_body(w, "untraced", "C2")); /* C2 may see the case too */
    refused(w, "judge2", "court_acceptance", case_id, acceptance_body(w, report, taken, "CGBB010000012026"),
        "not_addressed", path);
    refused(w, "clerk1", "court_acceptance", case_id,
        acceptance_body(w, other_report, taken, "CGBB010000012026"), "paper_case", path);
    filed(w, "clerk1", "court_acceptance", case_id, acceptance_body(w, report, taken, "CGBB010000012026"));
    refused(w, "clerk1", "court_acceptance", case_id, acceptance_body(w, report, taken, "CGBB010000022026"),
        "consumed_already", path);
    filed(
        w, "clerk1", "court_acceptance", other, acceptance_body(w, other_report, taken, "CGBB010000022026"));
}

static void to_act_on_a_paper_one_must_have_been_sent_it(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    const char *accused = named_in(w, report, 2);
    const char *summons = filed_to(w, "mag1", "summons", case_id, "PS2", summons_body(w, accused));
    refused(w, "sho1", "process_service", case_id, service_body(w, summons, accused), "not_addressed",
        "service.process");
    filed(w, "sho2", "process_service", case_id, service_body(w, summons, accused));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)
#define IN_EMPTY_WORLD(test) cmocka_unit_test_setup_teardown(test, empty_begin, world_end)

static int empty_begin(void **state)
{
    *state = world_new();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY_WORLD(the_founder_sets_up_the_register_and_nobody_else),
        IN_EMPTY_WORLD(a_register_begins_with_its_opening),
        IN_WORLD(a_role_files_its_forms_at_its_kind_of_office),
        IN_WORLD(an_officer_files_at_the_posting_that_fits),
        IN_WORLD(posted_at_two_stations_one_says_where),
        IN_WORLD(a_posting_counts_from_its_first_day_to_its_last),
        IN_WORLD(an_ending_ends_with_its_last_day),
        IN_WORLD(leave_covers_its_days_and_ends_when_one_returns),
        IN_WORLD(a_closed_office_files_nothing_from_the_next_day_and_is_not_addressed),
        IN_WORLD(a_hidden_case_is_told_in_the_words_of_an_absent_one),
        IN_WORLD(a_form_is_filed_on_its_kind_of_case_or_on_none),
        IN_WORLD(a_form_comes_after_another_and_some_only_once),
        IN_WORLD(a_paper_goes_to_offices_of_its_kinds),
        IN_WORLD(a_paper_is_answered_by_its_addressee_once_on_its_own_case),
        IN_WORLD(to_act_on_a_paper_one_must_have_been_sent_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
