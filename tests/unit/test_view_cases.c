/* Cases as their entries make them: stage, IO, sections, sensitivity, offices on them; and the lists of cases and entries. */
#include "filing_world.h"

static struct case_row case_of(struct world *w, const char *id)
{
    struct case_row row;
    assert_int_equal(case_get(w->db, w->arena, id, &row), E_OK);
    return row;
}

static void must_stand(struct world *w, const char *case_id, const char *stage)
{
    assert_string_equal(case_of(w, case_id).stage, stage);
}

static void a_case_moves_from_stage_to_stage(void **state)
{
    struct world *w = *state;
    int64_t opened_at = w->now + TIME_SECOND_MS; /* the diary entry comes first */
    const char *case_id = case_opened(w);
    struct case_row row = case_of(w, case_id);
    assert_string_equal(row.kind, "fir");
    assert_string_equal(row.number, "0001/2026");
    assert_string_equal(row.office, "PS1");
    assert_string_equal(row.stage, "investigation");
    assert_string_equal(row.sections, "BNS 303(2)");
    assert_int_equal(row.year, 2026);
    assert_int_equal(row.opened_at, opened_at);
    assert_null(row.io);
    assert_null(row.cnr);
    assert_false(row.sensitive);

    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    assert_string_equal(case_of(w, case_id).io, "io1");
    assert_int_equal(case_of(w, case_id).changed_at, w->receipt.filed_at);
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io2"));
    assert_string_equal(case_of(w, case_id).io, "io2");
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    const char *report = report_filed(w, case_id, "charge_sheet");
    must_stand(w, case_id, "report_filed");
    filed(w, "clerk1", "court_acceptance", case_id,
        acceptance_body(w, report, "charge_sheet_taken", "CGBB010000012026"));
    must_stand(w, case_id, "charge_sheeted");
    assert_string_equal(case_of(w, case_id).cnr, "CGBB010000012026");
    filed(w, "mag1", "charge", case_id, charge_body(w, named_in(w, report, 2)));
    must_stand(w, case_id, "charge_framed");
    filed(w, "mag1", "judgment", case_id, judgment_body(w, named_in(w, report, 2)));
    must_stand(w, case_id, "acquitted");
}

static void a_closure_sent_back_goes_back_to_investigation(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *report = report_accepted(w, case_id, "untraced", "CGBB010000012026");
    must_stand(w, case_id, "closure_sought");
    filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "further"));
    must_stand(w, case_id, "investigation");
}

/* ---- sections ---- */

static json_t *alteration(struct world *w, const char *sections)
{
    return with(body_of(w, "{'alteration':{'kind':'added','altered_on':'2026-03-02','reason':'Found out'}}"), "new",
        sections);
}

static void sections_join_and_are_replaced_and_their_past_stays(void **state)
{
    struct world *w = *state;
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    json_t *both = json_loads("[{\"offence\":\"BNS 303(2)\"},{\"offence\":\"BNS 317(2)\"},{\"offence\":\"BNS 303(2)\"}]", 0, NULL);
    json_object_set_new(body, "offences", both);
    const char *case_id = filed(w, "sho1", "fir", NULL, body);
    assert_string_equal(case_of(w, case_id).sections, "BNS 303(2), BNS 317(2)"); /* each once */
    filed(w, "sho1", "section_alteration", case_id, alteration(w, "[{'offence':'BNS 309(4)'},{'offence':'BNS 317(2)'}]"));
    int64_t altered = w->receipt.seq;
    assert_string_equal(case_of(w, case_id).sections, "BNS 309(4), BNS 317(2)");
    assert_int_equal(rows_in(w, "case_section"), 4);
    assert_int_equal(number_of(w, "SELECT until_seq FROM case_section WHERE offence = 'BNS 303(2)'"), altered);
}

static void what_the_law_protects_is_sensitive_and_stays_so(void **state)
{
    struct world *w = *state;
    static const struct { const char *offence; bool sensitive; } offences[] = {
        {"BNS 64(1)", true}, {"BNS 75(2)", true}, {"IPC 376", true}, {"BNS 303(2)", false}, {"BNS 103(1)", false},
    };
    for (size_t i = 0; i < sizeof offences / sizeof *offences; i++) {
        json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
        const char *case_id = filed(w, "sho1", "fir", NULL, with_text(body, "offences.0.offence", offences[i].offence));
        assert_int_equal(case_of(w, case_id).sensitive, offences[i].sensitive);
    }
    const char *case_id = case_opened(w);
    filed(w, "sho1", "section_alteration", case_id, alteration(w, "[{'offence':'BNS 64(1)'}]"));
    assert_true(case_of(w, case_id).sensitive);
    filed(w, "sho1", "section_alteration", case_id, alteration(w, "[{'offence':'BNS 303(2)'}]"));
    assert_true(case_of(w, case_id).sensitive);
}

static json_t *fir_with_victim(struct world *w, const char *age_member, const char *kind, const char *value)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with_text(body, "victims.0.who.name", "Victim");
    if (kind) with_text(body, "victims.0.who.age_kind", kind);
    return kind ? with(body, arena_printf(w->arena, "victims.0.who.%s", age_member), value) : body;
}

static void a_child_makes_a_case_sensitive_to_the_day(void **state) /* today is 2 March 2026 */
{
    struct world *w = *state;
    static const struct { const char *member, *kind, *value; bool sensitive; } ages[] = {
        {"age_years", "age", "17", true}, {"age_years", "age", "18", false},
        {"date_of_birth", "date_of_birth", "'2008-03-03'", true},
        {"date_of_birth", "date_of_birth", "'2008-03-02'", false}, /* eighteen today */
        {"year_of_birth", "year_of_birth", "2008", true}, {"year_of_birth", "year_of_birth", "2007", false},
        {NULL, NULL, NULL, false},
    };
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        const char *id = filed(w, "sho1", "fir", NULL, fir_with_victim(w, ages[i].member, ages[i].kind, ages[i].value));
        if (case_of(w, id).sensitive != ages[i].sensitive) fail_msg("age %zu", i);
    }
    json_t *said = with(fir_with_victim(w, NULL, NULL, NULL), "privacy.sensitive", "true");
    const char *id = filed(w, "sho1", "fir", NULL, with(said, "privacy.reason", "'public_order'"));
    assert_true(case_of(w, id).sensitive);
}

static void a_correction_can_only_make_a_case_more_sensitive(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_victim(w, "age_years", "age", "18"));
    filed(w, "sho1", "correction", case_id, correction_body(w, case_id, "victims.0.who.age_years", "15"));
    assert_true(case_of(w, case_id).sensitive);
    filed(w, "sho1", "correction", case_id, correction_body(w, case_id, "victims.0.who.age_years", "19"));
    assert_true(case_of(w, case_id).sensitive);
    const char *other = case_opened(w);
    json_t *body = correction_body(w, other, "privacy.sensitive", "yes");
    filed(w, "sho1", "correction", other, with(body, "changes.1", "{'path':'privacy.reason','value':'informer'}"));
    assert_true(case_of(w, other).sensitive);
    const char *third = case_opened(w);
    filed(w, "sho1", "correction", third, correction_body(w, third, "offences.0.offence", "BNS 64(1)"));
    assert_true(case_of(w, third).sensitive);
    assert_string_equal(case_of(w, third).sections, "BNS 303(2)"); /* that takes an alteration */
}

static void a_correction_moves_no_stage(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    const char *charge = filed(w, "mag1", "charge", case_id, charge_body(w, named_in(w, report, 2)));
    filed(w, "mag1", "correction", case_id, correction_body(w, charge, "charge.outcome", "framed_part"));
    must_stand(w, case_id, "charge_framed");
    const char *assignment = text_of(w, "SELECT id FROM entry_index WHERE form = 'io_assignment'");
    filed(w, "sho1", "correction", case_id, correction_body(w, assignment, "assignment.officer", "io2"));
    assert_string_equal(case_of(w, case_id).io, "io1");
}

/* ---- offices on a case ---- */

static void a_zero_fir_goes_on_at_its_own_station(void **state)
{
    struct world *w = *state;
    json_t *zero_body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with(with(zero_body, "registration.kind", "'zero'"), "registration.zero_place", "'Elsewhere'");
    const char *zero = filed(w, "sho1", "fir", NULL, zero_body);
    const char *transfer = filed(w, "sho1", "fir_transfer", zero,
        body_of(w, "{'transfer':{'station':'PS2','reason':'jurisdiction','sent_at':'%s','informant_told':true}}",
            when(w, w->now)));
    must_stand(w, zero, "transferred");
    json_t *body = fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w)));
    with_text(with(body, "registration.kind", "'reregistered'"), "registration.zero", zero);
    const char *here = filed(w, "sho2", "fir", NULL, with_text(body, "registration.transfer", transfer));
    assert_string_equal(case_of(w, here).office, "PS2");
    struct rows *rows = db_query(w->db, "SELECT count(*) FROM case_link WHERE (case_id = $1 AND other = $2)"
        " OR (case_id = $2 AND other = $1)", V(zero), V(here));
    assert_true(db_next(rows));
    assert_int_equal(row_int(rows, 0), 2); /* found from either side */
    db_end(rows);
}

static void an_io_from_elsewhere_brings_his_office_on_the_case(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    refused(w, "op1", "seizure", case_id, seizure_body(w), "case_unknown", NULL);
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "op1"));
    filed(w, "op1", "seizure", case_id, seizure_body(w));
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1")); /* his own station's need no row */
    assert_int_equal(number_of(w, "SELECT count(*) FROM case_office WHERE reason = 'io'"), 1);
}

/* ---- lists ---- */

static const char *numbers_listed(struct world *w, const struct viewer *viewer, const struct case_filter *filter)
{
    struct case_filter whole = *filter;
    if (!whole.limit) whole.limit = 50;
    struct case_row *rows;
    size_t count;
    bool more;
    assert_int_equal(case_list(w->db, w->arena, viewer, &whole, &rows, &count, &more), E_OK);
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = arena_printf(w->arena, "%s%s%s", list, i ? " " : "", rows[i].number);
    return more ? arena_printf(w->arena, "%s …", list) : list;
}

static const struct viewer sho1 = {"sho1", "PS1", "ps", "police", "sho"}, sho2 = {"sho2", "PS2", "ps", "police", "sho"},
    sp1 = {"sp1", "D1", "district", "police", "sp"}, clerk1 = {"clerk1", "C1", "court", "court", "court_clerk"},
    admin1 = {"admin1", "D1", "district", "police", "administrator"}, hq = {"x", "HQ", "state_hq", "police", "sp"};

static void a_list_shows_what_the_viewer_may_see_and_no_more(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    case_opened(w);
    filed(w, "sho2", "fir", NULL, fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w))));
    const struct case_filter all = {0};
    assert_string_equal(numbers_listed(w, &sho1, &all), "0002/2026 0001/2026"); /* newest first */
    assert_string_equal(numbers_listed(w, &sho2, &all), "0001/2026");
    assert_string_equal(numbers_listed(w, &sp1, &all), "0001/2026 0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &hq, &all), "0001/2026 0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &admin1, &all), "");
    assert_string_equal(numbers_listed(w, &clerk1, &all), "");
    report_filed(w, case_id, "charge_sheet");
    assert_string_equal(numbers_listed(w, &clerk1, &all), "0001/2026"); /* it came to the court */
    const struct case_filter ps1 = {.office = "PS1"}, d1 = {.office = "D1"}, lab = {.office = "LAB"};
    assert_string_equal(numbers_listed(w, &sp1, &ps1), "0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &sp1, &d1), "0001/2026 0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &sp1, &lab), "");
    assert_string_equal(numbers_listed(w, &sho2, &ps1), "");
}

static void a_high_court_sees_the_cases_of_the_courts_below_it(void **state)
{
    struct world *w = *state;
    world_office(w, "HC", "court", NULL);
    world_office(w, "C3", "court", "HC");
    const char *case_id = case_with_io(w);
    filed(w, "io1", "final_report", case_id, report_body(w, "charge_sheet", "C3"));
    const struct viewer judge = {"j", "HC", "court", "court", "sessions_judge"};
    assert_string_equal(numbers_listed(w, &judge, &(struct case_filter){0}), "0001/2026");
}

static void a_list_goes_on_where_it_stopped(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 5; i++) case_opened(w);
    struct case_filter filter = {.limit = 2};
    assert_string_equal(numbers_listed(w, &sho1, &filter), "0005/2026 0004/2026 …");
    filter.after = number_of(w, "SELECT opened_seq FROM case_file WHERE number = '0004/2026'");
    assert_string_equal(numbers_listed(w, &sho1, &filter), "0003/2026 0002/2026 …");
    filter.after = number_of(w, "SELECT opened_seq FROM case_file WHERE number = '0002/2026'");
    assert_string_equal(numbers_listed(w, &sho1, &filter), "0001/2026");
    filter.after = number_of(w, "SELECT opened_seq FROM case_file WHERE number = '0001/2026'");
    assert_string_equal(numbers_listed(w, &sho1, &filter), "");
}

static void a_list_is_narrowed(void **state)
{
    struct world *w = *state;
    const char *first = case_with_io(w);
    int64_t between = w->now;
    case_opened(w);
    report_filed(w, first, "charge_sheet");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.stage = "report_filed"}), "0001/2026");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.io = "io1"}), "0001/2026");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.kind = "ncr"}), "");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.from = between}), "0002/2026");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.to = between}), "0001/2026");
}

static void a_number_is_found_however_it_is_typed(void **state)
{
    struct world *w = *state;
    assert_int_equal(db_do(w->db, "INSERT INTO series(series, office, period, last) VALUES ('fir', 'PS1', '2026', 11)"), E_OK);
    const char *case_id = case_with_io(w); /* 0012/2026 */
    report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    json_t *zero = with(fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w))), "registration.kind", "'zero'");
    filed(w, "sho1", "fir", NULL, with(zero, "registration.zero_place", "'Elsewhere'")); /* 0/0001/2026 */
    case_opened(w);                                                                      /* 0013/2026 */
    w->now = at_ist(2027, 2, 1, 10, 0);
    assert_int_equal(db_do(w->db, "INSERT INTO series(series, office, period, last) VALUES ('fir', 'PS1', '2027', 11)"), E_OK);
    case_opened(w);                                                 /* 0012/2027 */
    filed(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/12/2019"));
    static const struct { const char *typed, *found; } searches[] = {
        {"12", "0012/2027 0012/2026"}, {"0012", "0012/2027 0012/2026"}, {"12/2026", "0012/2026"},
        {"0012/2026", "0012/2026"}, {"1", "0/0001/2026"}, {"0/1", "0/0001/2026"}, {"0/0001/2026", "0/0001/2026"},
        {"1/2026", "0/0001/2026"}, {"2", ""}, {"120", ""}, {"12/2025", ""}, {"CGBB010000012026", "0012/2026"},
        {"33302006/12/2019", "33302006/12/2019"}, {"", ""}, {"%", ""},
    };
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        const char *found = numbers_listed(w, &sho1, &(struct case_filter){.number = searches[i].typed});
        if (strcmp(found, searches[i].found) != 0)
            fail_msg("\"%s\" finds \"%s\", not \"%s\"", searches[i].typed, found, searches[i].found);
    }
}

static void entries_are_listed_by_case_and_by_register(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    filed(w, "io1", "seizure", case_id, seizure_body(w));
    struct entry_row *rows;
    size_t count;
    bool more;
    struct entry_filter of_case = {.case_id = case_id, .after = -1, .limit = 2};
    assert_int_equal(entry_list(w->db, w->arena, &of_case, &rows, &count, &more), E_OK);
    assert_int_equal(count, 2);
    assert_true(more);
    assert_string_equal(rows[0].form, "fir"); /* oldest first, the one that opened it too */
    assert_string_equal(rows[0].number, "0001/2026");
    of_case.after = rows[1].seq;
    assert_int_equal(entry_list(w->db, w->arena, &of_case, &rows, &count, &more), E_OK);
    assert_int_equal(count, 1);
    assert_false(more);
    assert_string_equal(rows[0].form, "seizure");
    assert_int_equal(rows[0].corrected_by, -1);
    filed(w, "io1", "correction", case_id, correction_body(w, rows[0].id, "seizure.grounds", "Better words"));
    assert_int_equal(entry_list(w->db, w->arena, &of_case, &rows, &count, &more), E_OK);
    assert_int_equal(rows[0].corrected_by, w->receipt.seq);
    struct entry_filter diaries = {.office = "PS1", .form = "general_diary", .after = -1, .limit = 10};
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_int_equal(entry_list(w->db, w->arena, &diaries, &rows, &count, &more), E_OK);
    assert_int_equal(count, 2);
    assert_true(rows[0].seq > rows[1].seq); /* a register newest first */
    assert_string_equal(rows[0].number, "002");
    diaries.officer = "sho2";
    assert_int_equal(entry_list(w->db, w->arena, &diaries, &rows, &count, &more), E_OK);
    assert_int_equal(count, 0);
}

static void an_opened_field_is_open_for_who_opened_it(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    filed(w, "writer1", "confidential_opening", NULL,
        body_of(w, "{'opening':{'entry':'%s','path':'complainant.who','purpose':'investigation','reason':'To call him'}}",
            case_id));
    const char **paths;
    assert_int_equal(opened_paths(w->db, w->arena, case_id, "writer1", &paths), 1);
    assert_string_equal(paths[0], "complainant.who");
    assert_int_equal(opened_paths(w->db, w->arena, case_id, "sho1", &paths), 0);
    refused(w, "sho2", "confidential_opening", NULL,
        body_of(w, "{'opening':{'entry':'%s','path':'complainant.who','purpose':'investigation','reason':'To call him'}}",
            case_id),
        "entry_unknown", "opening.entry");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_case_moves_from_stage_to_stage),
        IN_WORLD(a_closure_sent_back_goes_back_to_investigation),
        IN_WORLD(sections_join_and_are_replaced_and_their_past_stays),
        IN_WORLD(what_the_law_protects_is_sensitive_and_stays_so),
        IN_WORLD(a_child_makes_a_case_sensitive_to_the_day),
        IN_WORLD(a_correction_can_only_make_a_case_more_sensitive),
        IN_WORLD(a_correction_moves_no_stage),
        IN_WORLD(a_zero_fir_goes_on_at_its_own_station),
        IN_WORLD(an_io_from_elsewhere_brings_his_office_on_the_case),
        IN_WORLD(a_list_shows_what_the_viewer_may_see_and_no_more),
        IN_WORLD(a_high_court_sees_the_cases_of_the_courts_below_it),
        IN_WORLD(a_list_goes_on_where_it_stopped),
        IN_WORLD(a_list_is_narrowed),
        IN_WORLD(a_number_is_found_however_it_is_typed),
        IN_WORLD(entries_are_listed_by_case_and_by_register),
        IN_WORLD(an_opened_field_is_open_for_who_opened_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
