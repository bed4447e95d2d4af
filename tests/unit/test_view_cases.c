/* Cases as their entries make them: stage, IO, sections, sensitivity, offices on them; and the lists of cases
 * and entries. */
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
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "untraced", "CGBB010000012026");
    must_stand(w, case_id, "closure_sought");
    filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "further"));
    must_stand(w, case_id, "investigation");
}

/* ---- sections ---- */

static json_t *alteration(struct world *w, const char *sections)
{
    return with(body_of(w, "{'alteration':{'kind':'added','altered_on':'2026-03-02','reason':'Found out'}}"),
        "new", sections);
}

static void sections_join_and_are_replaced_and_their_past_stays(void **state)
{
    struct world *w = *state;
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    json_t *both = json_loads(
        "[{\"offence\":\"BNS 303(2)\"},{\"offence\":\"BNS 317(2)\"},{\"offence\":\"BNS 303(2)\"}]", 0, NULL);
    json_object_set_new(body, "offences", both);
    const char *case_id = filed(w, "sho1", "fir", NULL, body);
    assert_string_equal(case_of(w, case_id).sections, "BNS 303(2), BNS 317(2)"); /* each once */
    filed(w, "sho1", "section_alteration", case_id,
        alteration(w, "[{'offence':'BNS 309(4)'},{'offence':'BNS 317(2)'}]"));
    int64_t altered = w->receipt.seq;
    assert_string_equal(case_of(w, case_id).sections, "BNS 309(4), BNS 317(2)");
    assert_int_equal(rows_in(w, "case_section"), 4);
    assert_int_equal(
        number_of(w, "SELECT until_seq FROM case_section WHERE offence = 'BNS 303(2)'"), altered);
}

static void what_the_law_protects_is_sensitive_and_stays_so(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *offence;
        bool sensitive;
    } offences[] = {
        {"BNS 64(1)", true},
        {"BNS 75(2)", true},
        {"IPC 376", true},
        {"BNS 303(2)", false},
        {"BNS 103(1)", false},
    };
    for (size_t i = 0; i < sizeof offences / sizeof *offences; i++) {
        json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
        const char *case_id =
            filed(w, "sho1", "fir", NULL, with_text(body, "offences.0.offence", offences[i].offence));
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
    static const struct {
        const char *member, *kind, *value;
        bool sensitive;
    } ages[] = {
        {"age_years", "age", "17", true},
        {"age_years", "age", "18", false},
        {"date_of_birth", "date_of_birth", "'2008-03-03'", true},
        {"date_of_birth", "date_of_birth", "'2008-03-02'", false}, /* eighteen today */
        {"year_of_birth", "year_of_birth", "2008", true},
        {"year_of_birth", "year_of_birth", "2007", false},
        {NULL, NULL, NULL, false},
    };
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        const char *id =
            filed(w, "sho1", "fir", NULL, fir_with_victim(w, ages[i].member, ages[i].kind, ages[i].value));
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
    filed(w, "sho1", "correction", other,
        with(body, "changes.1", "{'path':'privacy.reason','value':'informer'}"));
    assert_true(case_of(w, other).sensitive);
    const char *third = case_opened(w);
    filed(w, "sho1", "correction", third, correction_body(w, third, "offences.0.offence", "BNS 64(1)"));
    assert_true(case_of(w, third).sensitive);
    assert_string_equal(case_of(w, third).sections, "BNS 303(2)"); /* that takes an alteration */
}

static void a_correction_moves_no_stage(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
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
        body_of(w,
            "{'transfer':{'station':'PS2','reason':'jurisdiction','sent_at':'%s','informant_told':true}}",
            when(w, w->now)));
    must_stand(w, zero, "transferred");
    json_t *body = fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w)));
    with_text(with(body, "registration.kind", "'reregistered'"), "registration.zero", zero);
    const char *here = filed(w, "sho2", "fir", NULL, with_text(body, "registration.transfer", transfer));
    assert_string_equal(case_of(w, here).office, "PS2");
    struct rows *rows = db_query(w->db,
        "SELECT count(*) FROM case_link WHERE (case_id = $1 AND other = $2)"
        " OR (case_id = $2 AND other = $1)",
        V(zero), V(here));
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
