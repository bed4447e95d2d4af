/* What a body names must be there and be the filer's to name; what he may not see is told as what is not
 * there. And corrections, which name an entry to amend it. */
#include "filing_world.h"

static const char absent[] = "018f0000-0000-7000-8000-000000000000";

static void offices_and_officers_must_be_there_and_of_the_right_kind(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    refused(w, "sho1", "io_assignment", case_id, assignment_body(w, "nobody"), "officer_unknown",
        "assignment.officer");
    refused(w, "io1", "final_report", case_id, report_body(w, "charge_sheet", "NOWHERE"), "office_unknown",
        "report.court");
    json_t *body = seizure_body(w);
    refused(w, "io1", "seizure", case_id, with_text(body, "seizure.place.station", "C1"), "office_kind",
        "seizure.place.station");
}

static void an_entry_cited_is_of_the_case_the_office_or_addressed(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w), *ours = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    const char *theirs = filed(w, "sho2", "general_diary", NULL, diary_body(w));
    static const char path[] = "arrest.diary";
    refused(w, "io1", "arrest", case_id, arrest_body(w, theirs), "entry_unknown", path);
    const struct problem hidden = w->problems.list[0];
    refused(w, "io1", "arrest", case_id, arrest_body(w, absent), "entry_unknown", path);
    assert_int_equal(hidden.status, w->problems.list[0].status);
    assert_string_equal(hidden.text[LANG_EN], arena_printf(w->arena, "There is no entry %s.", theirs));
    refused(
        w, "io1", "arrest", case_id, arrest_body(w, case_id), "entry_form", path); /* an FIR is no diary */
    filed(w, "io1", "arrest", case_id, arrest_body(w, ours));
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "op1"));
    const char *on_case =
        filed(w, "op1", "general_diary", case_id, diary_body(w)); /* the outpost's, on the case */
    filed(w, "io1", "arrest", case_id, arrest_body(w, on_case));
}

static void a_person_or_thing_referred_to_is_of_a_case_one_may_see(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    const char *diary2 = filed(w, "sho2", "general_diary", NULL, diary_body(w));
    const char *other = filed(w, "sho2", "fir", NULL,
        with(fir_body(w, diary2), "property", "[{'item':{'category':'other','description':'A box'}}]"));
    const char *their_person = named_in(w, other, 1), *their_thing = named_in(w, other, 2);
    const char *ours = named_in(w, case_id, 1);
    static const char path[] = "accused.0.who";
    json_t *report = report_body(w, "charge_sheet", "C1");
    with(report, "accused.0.who", "{}");
    refused(w, "io1", "final_report", case_id,
        with_text(json_deep_copy(report), "accused.0.who.ref", their_person), "ref_unknown", path);
    const struct problem hidden = w->problems.list[0];
    refused(w, "io1", "final_report", case_id,
        with_text(json_deep_copy(report), "accused.0.who.ref", arena_printf(w->arena, "%s.1", absent)),
        "ref_unknown", path);
    assert_int_equal(hidden.status, w->problems.list[0].status);
    refused(w, "io1", "final_report", case_id,
        with_text(json_deep_copy(report), "accused.0.who.ref", named_in(w, case_id, 9)), "ref_unknown", path);
    refused(w, "moharrir1", "malkhana_deposit", case_id, deposit_body(w, their_thing), "ref_unknown",
        "items.0.item");
    refused(
        w, "moharrir1", "malkhana_deposit", case_id, deposit_body(w, ours), "ref_unknown", "items.0.item");
    filed(w, "io1", "final_report", case_id, with_text(report, "accused.0.who.ref", ours));
    filed(w, "sp1", "io_assignment", other, assignment_body(w, "sho2")); /* the district sees both */
}

static void a_person_named_outside_cases_is_ours_when_the_paper_is(void **state)
{
    struct world *w = *state;
    json_t *body = with(diary_body(w), "persons", "[{'who':{'name':'Passer By'}}]");
    const char *person = named_in(w, filed(w, "writer1", "general_diary", NULL, body), 1);
    const char *case_id = case_opened(w);
    json_t *seizure = with_text(seizure_body(w), "holder.who.ref", person);
    filed(w, "io1", "seizure", case_id, seizure);
    json_t *theirs = with(diary_body(w), "persons", "[{'who':{'name':'Passer By'}}]");
    const char *their_person = named_in(w, filed(w, "sho2", "general_diary", NULL, theirs), 1);
    refused(w, "io1", "seizure", case_id, with_text(seizure_body(w), "holder.who.ref", their_person),
        "ref_unknown", "holder.who");
}

/* ---- corrections ---- */

static json_t *fir_with_accused(struct world *w)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    return with(body, "accused", "[{'who':{'name':'Ramu','gender':'male'},'suspected':true}]");
}

static void must_not_correct(
    struct world *w, const char *entry, const char *path, const char *value, const char *code, const char *at)
{
    refused(w, "sho1", "correction", entry, correction_body(w, entry, path, value), code, at);
}

static void a_correction_is_of_ones_own_offices_entry_on_its_case(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_accused(w)), *other = case_opened(w);
    static const char path[] = "accused.0.who.name", amends[] = "correction.entry";
    refused(w, "sp1", "correction", case_id, correction_body(w, case_id, path, "Ramu Yadav"),
        "correction_not_ours", amends);
    refused(w, "sho2", "correction", NULL, correction_body(w, case_id, path, "Ramu Yadav"), "entry_unknown",
        amends);
    refused(w, "sho1", "correction", other, correction_body(w, case_id, path, "Ramu Yadav"),
        "correction_case", "case");
    refused(w, "sho1", "correction", NULL, correction_body(w, case_id, path, "Ramu Yadav"), "correction_case",
        "case");
    const char *correction =
        filed(w, "sho1", "correction", case_id, correction_body(w, case_id, path, "Ramu Yadav"));
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, correction, &entry), E_OK);
    assert_string_equal(entry.amends, case_id);
    refused(w, "sho1", "correction", case_id,
        correction_body(w, correction, "correction.reason", "Another reason"), "correction_not_ours", amends);
    const char *diary = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    refused(w, "writer1", "correction", case_id, correction_body(w, diary, "diary.subject", "x"),
        "correction_case", NULL);
    filed(w, "writer1", "correction", NULL, correction_body(w, diary, "diary.subject", "A theft"));
}

static void what_the_founder_set_up_is_corrected_and_ended_by_who_could_file_it(void **state)
{
    struct world *w = *state;
    const char *office = text_of(w, "SELECT entry FROM office WHERE code = 'PS2'");
    const char *posting = text_of(w, "SELECT entry FROM posting WHERE officer = 'admin1'");
    refused(w, "sho1", "correction", NULL, correction_body(w, office, "office.name", "New"),
        "correction_not_ours", NULL);
    filed(w, "admin1", "correction", NULL, correction_body(w, office, "office.name", "New"));
    filed(w, "admin1", "posting", NULL, posting_body(w, "sp1", "D1", "administrator", "2026-01-01"));
    filed(w, "sp1", "posting_end", NULL,
        body_of(w, "{'end':{'posting':'%s','to':'2026-03-01','reason':'Transferred'}}", posting));
    refused(w, "admin1", "correction", NULL, correction_body(w, office, "office.name", "Mine"),
        "officer_not_posted", NULL);
}

static void a_correction_touches_nothing_fixed_not_even_to_strike_it_out(void **state)
{
    struct world *w = *state;
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    const char *zero = filed(w, "sho1", "fir", NULL,
        with(with(body, "registration.kind", "'zero'"), "registration.zero_place", "'Elsewhere'"));
    static const char at[] = "changes.0.path", code[] = "correction_fixed";
    must_not_correct(w, zero, "registration.kind", "ordinary", code, at);
    must_not_correct(
        w, zero, "information.diary", filed(w, "writer1", "general_diary", NULL, diary_body(w)), code, at);
    must_not_correct(w, zero, "information.diary", NULL, code, at);
    must_not_correct(w, zero, "registration.transfer", NULL, code, at);
    filed(w, "sho1", "fir_transfer", zero,
        body_of(w,
            "{'transfer':{'station':'PS2','reason':'jurisdiction','sent_at':'%s','informant_told':true}}",
            when(w, w->now)));
    const char *transfer = w->receipt.id;
    json_t *again = fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w)));
    with_text(with(again, "registration.kind", "'reregistered'"), "registration.zero", zero);
    const char *here = filed(w, "sho2", "fir", NULL, with_text(again, "registration.transfer", transfer));
    refused(w, "sho2", "correction", here, correction_body(w, here, "registration.transfer", NULL), code, at);
    refused(w, "sho2", "correction", here, correction_body(w, here, "registration.transfer", ""), code, at);
}

static void a_correction_cannot_make_a_person_another(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_accused(w));
    const char *diary2 = filed(w, "sho2", "general_diary", NULL, diary_body(w));
    const char *stranger = named_in(w, filed(w, "sho2", "fir", NULL, fir_body(w, diary2)), 1);
    must_not_correct(w, case_id, "accused.0.who.ref", stranger, "correction_fixed", "changes.0.path");
    must_not_correct(
        w, case_id, "accused.0.who.ref", named_in(w, case_id, 1), "correction_fixed", "changes.0.path");
}

static void a_correction_leads_somewhere(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_accused(w));
    static const char *const nowhere[] = {"", ".", "accused", "accused.0", "accused.7.who.name",
        "accused.who.name", "colour", "accused.0.colour", "accused.0.who.name.x", "victims.0.who.name",
        "information.interpreter.name"};
    for (size_t i = 1; i < sizeof nowhere / sizeof *nowhere; i++)
        must_not_correct(w, case_id, nowhere[i], "x", "correction_path", "changes.0.path");
    must_not_correct(
        w, case_id, "value.total", NULL, "correction_path", "changes.0.path"); /* nothing to strike out */
    must_not_correct(w, case_id, "accused.0.who.relative_name", "", "correction_path", "changes.0.path");
}

static void what_comes_out_of_a_correction_is_a_valid_form(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_accused(w));
    static const char invalid[] = "correction_invalid", amends[] = "correction.entry";
    static const struct {
        const char *path, *value;
    } wrong[] = {
        {"accused.0.who.gender", "tall"},
        {"accused.0.suspected", "perhaps"},
        {"accused.0.who", "Ramu"},
        {"value.total", "much"},
        {"contents.text", "short"},
        {"contents.text", NULL},
        {"offences.0.offence", "BNS 9999"},
        {"accused.0.who.age_years", "30"}, /* without saying how it is known */
        {"information.received_at", "2027-01-01T10:00:00+05:30"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_not_correct(w, case_id, wrong[i].path, wrong[i].value, invalid, amends);
    must_not_correct(
        w, case_id, "occurrence.outside", "yes", invalid, amends); /* then its name is required */
}

static void a_correction_names_only_what_the_filer_may_name(void **state)
{
    struct world *w = *state;
    json_t *body = with(fir_with_accused(w), "action.kind", "'taken_up'");
    const char *case_id = filed(w, "sho1", "fir", NULL, with(body, "action.officer", "'io1'"));
    must_not_correct(w, case_id, "action.officer", "nobody", "officer_unknown", "action.officer");
    must_not_correct(w, case_id, "dispatch.court", "LAB", "office_kind", "dispatch.court");
    json_t *theirs =
        with(fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w))), "action.read_over", "true");
    const char *their_complaint = filed(w, "sho2", "fir", NULL, theirs);
    must_not_correct(
        w, case_id, "information.complaint", their_complaint, "entry_unknown", "information.complaint");
}

static void several_changes_are_laid_together_and_added_where_nothing_stood(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_accused(w));
    json_t *body = correction_body(w, case_id, "accused.0.who.age_kind", "age");
    with(body, "changes.1", "{'path':'accused.0.who.age_years','value':'31'}");
    with(body, "changes.2", "{'path':'accused.0.suspected','value':'no'}");
    with(body, "changes.3", "{'path':'value.total','value':'5000000'}"); /* the section was not there */
    with(body, "changes.4", "{'path':'occurrence.place.landmark','value':'Old well'}");
    with(body, "changes.5", "{'path':'accused.0.who.gender'}");
    filed(w, "sho1", "correction", case_id, body);
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, case_id, &entry), E_OK);
    const struct form *fir = form_find(node_forms(w->node), "fir");
    json_t *now = corrected_body(w->db, w->arena, fir, &entry);
    assert_int_equal(json_int(json_at(now, "accused.0.who"), "age_years", -1), 31);
    assert_true(json_is_false(json_at(now, "accused.0.suspected")));
    assert_int_equal(json_int(json_at(now, "value"), "total", -1), 5000000);
    assert_string_equal(json_string_value(json_at(now, "occurrence.place.landmark")), "Old well");
    assert_null(json_at(now, "accused.0.who.gender"));
    json_decref(now);
    assert_non_null(strstr(entry.body, "\"gender\":\"male\"")); /* and the entry itself is as it was */
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(offices_and_officers_must_be_there_and_of_the_right_kind),
        IN_WORLD(an_entry_cited_is_of_the_case_the_office_or_addressed),
        IN_WORLD(a_person_or_thing_referred_to_is_of_a_case_one_may_see),
        IN_WORLD(a_person_named_outside_cases_is_ours_when_the_paper_is),
        IN_WORLD(a_correction_is_of_ones_own_offices_entry_on_its_case),
        IN_WORLD(what_the_founder_set_up_is_corrected_and_ended_by_who_could_file_it),
        IN_WORLD(a_correction_touches_nothing_fixed_not_even_to_strike_it_out),
        IN_WORLD(a_correction_cannot_make_a_person_another),
        IN_WORLD(a_correction_leads_somewhere),
        IN_WORLD(what_comes_out_of_a_correction_is_a_valid_form),
        IN_WORLD(a_correction_names_only_what_the_filer_may_name),
        IN_WORLD(several_changes_are_laid_together_and_added_where_nothing_stood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
