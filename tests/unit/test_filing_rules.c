/* Every order rule of law/rules, kept and broken. A rule without a case here fails the test, and so does a case without a
 * rule. Also: every rule names forms, fields and checks that exist. */
#include "filing_world.h"

struct rule_case {
    const char *code;
    void (*broken)(struct world *world); /* refused with the code */
    void (*kept)(struct world *world);   /* filed */
};

static const char *diary_at(struct world *world, const char *officer)
{
    return filed(world, officer, "general_diary", NULL, diary_body(world));
}

/* ---- who ---- */

static void not_posted_broken(struct world *w)
{
    filed(w, "admin1", "officer", NULL,
        body_of(w, "{'officer':{'id':'idle','name':'Idle','name_hi':'खाली','rank':'inspector'}}"));
    refused(w, "idle", "general_diary", NULL, diary_body(w), "officer_not_posted", "office");
    refused(w, "nobody", "general_diary", NULL, diary_body(w), "officer_not_posted", "office");
}

static void not_posted_kept(struct world *w)
{
    filed(w, "admin1", "posting", NULL, posting_body(w, "idle", "PS1", "constable", "2026-03-02"));
    filed(w, "idle", "general_diary", NULL, diary_body(w));
}

static void on_leave_broken(struct world *w)
{
    filed(w, "sho1", "leave", NULL, leave_body(w, "writer1", "2026-03-02", "2026-03-03"));
    refused(w, "writer1", "general_diary", NULL, diary_body(w), "officer_on_leave", NULL);
}

static void on_leave_kept(struct world *w)
{
    w->now = at_ist(2026, 3, 4, 0, 0);
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
}

static enum err file_claiming(struct world *w, int64_t ahead)
{
    const struct filing filing = {
        .officer = "sho1", .form = "general_diary", .claimed_at = w->now + ahead, .seen_size = -1};
    return file_exactly(w, &filing, diary_body(w));
}

static void device_broken(struct world *w)
{
    assert_int_equal(file_claiming(w, 5 * MINUTE + 1), E_PROBLEM);
    assert_true(told(w, "device_time_ahead", NULL));
}

static void device_kept(struct world *w)
{
    assert_int_equal(file_claiming(w, 5 * MINUTE), E_OK);
    assert_int_equal(file_claiming(w, -30 * TIME_DAY_MS), E_OK); /* filed long after it was written: both times stand */
}

/* ---- the FIR ---- */

static void fir_diary_broken(struct world *w)
{
    const char *other = diary_at(w, "sho2");
    refused(w, "sho1", "fir", NULL, fir_body(w, other), "fir_without_diary", "information.diary");
    refused(w, "sho1", "fir", NULL, fir_body(w, NULL), "field_required", "information.diary");
}

static void fir_diary_kept(struct world *w)
{
    filed(w, "sho1", "fir", NULL, fir_body(w, diary_at(w, "writer1")));
}

static json_t *electronic_fir(struct world *w, const char *information)
{
    json_t *body = fir_body(w, diary_at(w, "writer1"));
    return with_text(with(body, "registration.kind", "'electronic'"), "registration.electronic", information);
}

static void efir_broken(struct world *w)
{
    const char *told_by = filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    refused(w, "sho1", "fir", NULL, electronic_fir(w, told_by), "efir_not_signed", "registration.electronic");
}

static void efir_kept(struct world *w)
{
    const char *told_by = filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    filed(w, "writer1", "electronic_signature", NULL, signature_body(w, told_by));
    filed(w, "sho1", "fir", NULL, electronic_fir(w, told_by));
}

static void efir_late_broken(struct world *w)
{
    const char *told_by = filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    w->now = w->receipt.filed_at + 72 * TIME_HOUR_MS + 1;
    refused(w, "writer1", "electronic_signature", NULL, signature_body(w, told_by), "efir_signature_late",
        "signature.information");
    refused(w, "sho1", "fir", NULL, electronic_fir(w, told_by), "efir_not_signed", NULL);
}

static void efir_late_kept(struct world *w)
{
    const char *told_by = filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    w->now = w->receipt.filed_at + 72 * TIME_HOUR_MS;
    filed(w, "writer1", "electronic_signature", NULL, signature_body(w, told_by));
}

static json_t *fir_occurred(struct world *w, int64_t occurred, int64_t told_at)
{
    json_t *body = fir_body(w, diary_at(w, "writer1"));
    with(body, "occurrence.known", "'exact'");
    with_text(body, "occurrence.from", when(w, occurred));
    with_text(body, "occurrence.to", when(w, occurred));
    return with_text(body, "information.received_at", when(w, told_at));
}

static void occurrence_broken(struct world *w)
{
    refused(w, "sho1", "fir", NULL, fir_occurred(w, w->now - MINUTE, w->now - 2 * MINUTE), "occurrence_after_report",
        "occurrence.from");
}

static void occurrence_kept(struct world *w)
{
    filed(w, "sho1", "fir", NULL, fir_occurred(w, w->now - MINUTE, w->now - MINUTE));
}

/* ---- before the FIR ---- */

static json_t *arrest_at(struct world *w, const char *diary, int64_t at)
{
    return with_text(arrest_body(w, diary), "arrest.arrested_at", when(w, at));
}

/* Opens a case and gives the diary written an hour before it, the one it was opened on, and one written after. */
static const char *case_after(struct world *w, const char **before, const char **opening, const char **after)
{
    *before = diary_at(w, "writer1");
    w->now += TIME_HOUR_MS;
    *opening = diary_at(w, "writer1");
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_body(w, *opening));
    *after = diary_at(w, "writer1");
    return case_id;
}

static json_t *excused(json_t *body, const char *diary)
{
    return with(with_text(body, "earlier.diary", diary), "earlier.reason", "'Caught on the spot by the villagers'");
}

static void arrest_early_broken(struct world *w)
{
    const char *before, *opening, *after, *elsewhere = diary_at(w, "sho2");
    const char *case_id = case_after(w, &before, &opening, &after);
    int64_t early = w->now - 30 * MINUTE;
    static const char code[] = "arrest_before_fir", path[] = "arrest.arrested_at";
    refused(w, "io1", "arrest", case_id, arrest_at(w, after, early), code, path);
    refused(w, "io1", "arrest", case_id, excused(arrest_at(w, after, early), opening), code, path);
    refused(w, "io1", "arrest", case_id, excused(arrest_at(w, after, early), after), code, path); /* written afterwards */
    refused(w, "io1", "arrest", case_id, excused(arrest_at(w, after, early), elsewhere), code, path);
    refused(w, "io1", "arrest", case_id, with_text(arrest_at(w, after, early), "earlier.diary", before),
        "field_required", "earlier.reason");
}

static void arrest_early_kept(struct world *w)
{
    const char *before, *opening, *after;
    const char *case_id = case_after(w, &before, &opening, &after);
    filed(w, "io1", "arrest", case_id, excused(arrest_at(w, after, w->now - 30 * MINUTE), before));
    filed(w, "io1", "arrest", case_id, arrest_at(w, after, w->now)); /* an ordinary one */
}

static void apprehension_early_broken(struct world *w)
{
    const char *before, *opening, *after;
    const char *case_id = case_after(w, &before, &opening, &after);
    const char *early = when(w, w->now - 30 * MINUTE);
    json_t *body = with_text(apprehension_body(w, after), "apprehension.apprehended_at", early);
    refused(w, "io1", "apprehension", case_id, json_incref(body), "apprehension_before_fir",
        "apprehension.apprehended_at");
    refused(w, "io1", "apprehension", case_id, excused(body, opening), "apprehension_before_fir", NULL);
}

static void apprehension_early_kept(struct world *w)
{
    const char *before, *opening, *after;
    const char *case_id = case_after(w, &before, &opening, &after);
    const char *early = when(w, w->now - 30 * MINUTE);
    filed(w, "io1", "apprehension", case_id,
        excused(with_text(apprehension_body(w, after), "apprehension.apprehended_at", early), before));
}

static void seizure_early_broken(struct world *w)
{
    const char *before, *opening, *after;
    const char *case_id = case_after(w, &before, &opening, &after);
    json_t *body = with_text(seizure_body(w), "seizure.seized_at", when(w, w->now - 30 * MINUTE));
    refused(w, "io1", "seizure", case_id, json_incref(body), "seizure_before_fir", "seizure.seized_at");
    refused(w, "io1", "seizure", case_id, excused(body, opening), "seizure_before_fir", NULL);
}

static void seizure_early_kept(struct world *w)
{
    const char *before, *opening, *after;
    const char *case_id = case_after(w, &before, &opening, &after);
    filed(w, "io1", "seizure", case_id,
        excused(with_text(seizure_body(w), "seizure.seized_at", when(w, w->now - 30 * MINUTE)), before));
}

/* ---- the investigation ---- */

static void not_io_broken(struct world *w)
{
    const char *nobodys = case_opened(w);
    refused(w, "io1", "case_diary", nobodys, case_diary_body(w), "not_the_io", NULL);
    const char *case_id = case_with_io(w);
    refused(w, "io2", "case_diary", case_id, case_diary_body(w), "not_the_io", NULL);
    refused(w, "sho1", "final_report", case_id, report_body(w, "charge_sheet", "C1"), "not_the_io", NULL);
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io2"));
    refused(w, "io1", "final_report", case_id, report_body(w, "charge_sheet", "C1"), "not_the_io", NULL);
}

static void not_io_kept(struct world *w)
{
    const char *case_id = case_with_io(w);
    filed(w, "io1", "case_diary", case_id, case_diary_body(w));
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io2"));
    filed(w, "io2", "final_report", case_id, report_body(w, "charge_sheet", "C1"));
}

static void no_accused_broken(struct world *w)
{
    json_t *body = with(report_body(w, "charge_sheet", "C1"), "accused", NULL);
    refused(w, "io1", "final_report", case_with_io(w), body, "charge_sheet_without_accused", "report.kind");
    body = with(report_body(w, "charge_sheet", "C1"), "accused", "[]");
    refused(w, "io1", "final_report", case_with_io(w), body, "charge_sheet_without_accused", NULL);
}

static void no_accused_kept(struct world *w)
{
    filed(w, "io1", "final_report", case_with_io(w), report_body(w, "charge_sheet", "C1"));
    filed(w, "io1", "final_report", case_with_io(w), report_body(w, "untraced", "C1"));
}

static json_t *missing_aged(struct world *w, const char *kind, const char *member, const char *value)
{
    json_t *body = missing_body(w, diary_at(w, "writer1"));
    with(body, "person.who.age_years", NULL);
    with_text(body, "person.who.age_kind", kind);
    return with(body, arena_printf(w->arena, "person.who.%s", member), value);
}

static void missing_child_broken(struct world *w) /* today is 2 March 2026 */
{
    static const struct { const char *kind, *member, *value; } children[] = {
        {"age", "age_years", "17"}, {"date_of_birth", "date_of_birth", "'2008-03-03'"},
        {"year_of_birth", "year_of_birth", "2008"},
    };
    for (size_t i = 0; i < sizeof children / sizeof *children; i++)
        refused(w, "sho1", "missing_person", NULL,
            missing_aged(w, children[i].kind, children[i].member, children[i].value), "missing_child_needs_fir",
            "person.who");
    json_t *body = missing_aged(w, "range", "age_from", "17");
    refused(w, "sho1", "missing_person", NULL, with(body, "person.who.age_to", "20"), "missing_child_needs_fir", NULL);
}

static void missing_child_kept(struct world *w)
{
    filed(w, "sho1", "missing_person", NULL, missing_aged(w, "age", "age_years", "18"));
    filed(w, "sho1", "missing_person", NULL, missing_aged(w, "date_of_birth", "date_of_birth", "'2008-03-02'"));
    filed(w, "sho1", "missing_person", NULL, missing_aged(w, "year_of_birth", "year_of_birth", "2007"));
    json_t *unknown = missing_body(w, diary_at(w, "writer1"));
    with(with(unknown, "person.who.age_years", NULL), "person.who.age_kind", "'unknown'");
    filed(w, "sho1", "missing_person", NULL, unknown);
}

/* ---- malkhana ---- */

static void not_in_malkhana_broken(struct world *w)
{
    const char *case_id = case_with_io(w), *thing = thing_seized(w, case_id);
    static const char code[] = "not_in_malkhana", path[] = "items.0.item";
    refused(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing), code, path); /* never came in */
    refused(w, "moharrir1", "malkhana_return", case_id, return_body(w, thing), code, path);
    refused(w, "moharrir1", "malkhana_disposal", case_id, disposal_body(w, thing), code, path);
    refused(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, thing), code, "parcels.0.item");
    filed(w, "moharrir1", "malkhana_deposit", case_id, deposit_body(w, thing));
    json_t *twice = movement_body(w, thing);
    with(twice, "items.1", "{'seal':'intact'}");
    refused(w, "moharrir1", "malkhana_movement", case_id, with_text(twice, "items.1.item.ref", thing), code,
        "items.1.item");
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    refused(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing), code, path); /* it is out */
    json_t *nameless = with(movement_body(w, thing), "items.0.item", "{'category':'other','description':'A new thing'}");
    refused(w, "moharrir1", "malkhana_movement", case_id, nameless, code, path);
}

static void not_in_malkhana_kept(struct world *w)
{
    const char *case_id = case_with_io(w), *thing = thing_deposited(w, case_id);
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    filed(w, "moharrir1", "malkhana_receive", case_id, receive_body(w, thing));
    filed(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, thing));
    filed(w, "moharrir1", "malkhana_receive", case_id, receive_body(w, thing));
    filed(w, "moharrir1", "malkhana_return", case_id, return_body(w, thing));
}

static void in_malkhana_broken(struct world *w)
{
    const char *case_id = case_with_io(w), *thing = thing_deposited(w, case_id);
    static const char code[] = "already_in_malkhana", path[] = "items.0.item";
    refused(w, "moharrir1", "malkhana_deposit", case_id, deposit_body(w, thing), code, path);
    refused(w, "moharrir1", "malkhana_receive", case_id, receive_body(w, thing), code, path);
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    json_t *twice = with_text(receive_body(w, thing), "items.1.item.ref", thing);
    with(with(twice, "items.1.seal", "'intact'"), "items.1.place", "'vehicles'");
    refused(w, "moharrir1", "malkhana_receive", case_id, twice, code, "items.1.item");
}

static void in_malkhana_kept(struct world *w)
{
    const char *case_id = case_with_io(w), *thing = thing_deposited(w, case_id);
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    filed(w, "moharrir1", "malkhana_receive", case_id, receive_body(w, thing));
    json_t *found = with(deposit_body(w, thing), "items.0.item", "{'category':'other','description':'Found on him'}");
    filed(w, "moharrir1", "malkhana_deposit", case_id, found); /* what nobody named before may come in as it is */
}

/* ---- the court ---- */

static void not_accepted_broken(struct world *w)
{
    const char *case_id = case_with_io(w), *report = report_filed(w, case_id, "charge_sheet");
    const char *accused = named_in(w, report, 2);
    static const char code[] = "not_accepted_by_court";
    refused(w, "mag1", "charge", case_id, charge_body(w, accused), code, NULL);
    refused(w, "mag1", "judgment", case_id, judgment_body(w, accused), code, NULL);
    refused(w, "mag1", "committal", case_id, committal_body(w, accused, "C2"), code, NULL);
    refused(w, "mag1", "closure_order", case_id, closure_body(w, report, "accepted"), "case_not_ready", "case");
}

static void not_accepted_kept(struct world *w)
{
    const char *case_id = case_with_io(w), *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    filed(w, "mag1", "charge", case_id, charge_body(w, named_in(w, report, 2)));
    filed(w, "mag1", "judgment", case_id, judgment_body(w, named_in(w, report, 2)));
}

static void closure_broken(struct world *w)
{
    const char *case_id = case_with_io(w), *report = report_accepted(w, case_id, "untraced", "CGBB010000022026");
    const char *order = filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "further"));
    refused(w, "sho1", "case_closing", case_id, closing_body(w, order), "closure_not_ordered", "closing.order");
    const char *elsewhere = case_with_io(w);
    const char *its_report = report_accepted(w, elsewhere, "untraced", "CGBB010000032026");
    const char *accepted =
        filed_to(w, "mag1", "closure_order", elsewhere, "PS1", closure_body(w, its_report, "accepted"));
    refused(w, "sho1", "case_closing", case_id, closing_body(w, accepted), "closure_not_ordered", "closing.order");
}

static void closure_kept(struct world *w)
{
    const char *case_id = case_with_io(w), *report = report_accepted(w, case_id, "untraced", "CGBB010000042026");
    const char *order = filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "accepted"));
    filed(w, "sho1", "case_closing", case_id, closing_body(w, order));
    const char *tried = case_with_io(w), *sheet = report_accepted(w, tried, "charge_sheet", "CGBB010000052026");
    const char *judgment =
        filed_to(w, "mag1", "judgment", tried, "PS1", judgment_body(w, named_in(w, sheet, 2)));
    filed(w, "sho1", "case_closing", tried, with(closing_body(w, judgment), "closing.trial", "true"));
}

static void number_taken_broken(struct world *w)
{
    report_accepted(w, case_with_io(w), "charge_sheet", "CGBB010000062026");
    const char *case_id = case_with_io(w), *report = report_filed(w, case_id, "charge_sheet");
    refused(w, "clerk1", "court_acceptance", case_id,
        acceptance_body(w, report, "charge_sheet_taken", "CGBB010000062026"), "number_taken", NULL);
    filed(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/12/2019"));
    refused(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/12/2019"), "number_taken", NULL);
    json_t *elsewhere = with_text(legacy_body(w, "33302006/12/2019"), "register.station", "PS2");
    refused(w, "sho2", "fir_legacy", NULL, elsewhere, "number_taken", NULL);
}

static void number_taken_kept(struct world *w)
{
    filed(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/13/2019"));
    const char *case_id = case_with_io(w), *first = report_accepted(w, case_id, "charge_sheet", "CGBB010000072026");
    json_t *more = with(report_body(w, "charge_sheet", "C1"), "report.kind", "'supplementary'");
    const char *report = filed(w, "io1", "final_report", case_id, with_text(more, "report.supplements", first));
    filed(w, "clerk1", "court_acceptance", case_id, /* joins the case the court has numbered */
        acceptance_body(w, report, "supplementary_taken", "CGBB010000072026"));
}

/* ---- the node's own registers ---- */

static json_t *office_body(struct world *w, const char *code)
{
    return body_of(w,
        "{'office':{'code':'%s','kind':'ps','name':'New','name_hi':'नया','state':'chhattisgarh','opened_on':'2026-03-01'}}",
        code);
}

static json_t *officer_body(struct world *w, const char *id)
{
    return body_of(w, "{'officer':{'id':'%s','name':'New','name_hi':'नया','rank':'inspector'}}", id);
}

static void office_taken_broken(struct world *w)
{
    refused(w, "admin1", "office", NULL, office_body(w, "PS1"), "office_code_taken", "office.code");
}

static void office_taken_kept(struct world *w)
{
    filed(w, "admin1", "office", NULL, office_body(w, "PS3"));
}

static void officer_taken_broken(struct world *w)
{
    refused(w, "admin1", "officer", NULL, officer_body(w, "sho1"), "officer_id_taken", "officer.id");
}

static void officer_taken_kept(struct world *w)
{
    filed(w, "admin1", "officer", NULL, officer_body(w, "sho3"));
}

static const struct rule_case cases[] = {
    {"officer_not_posted", not_posted_broken, not_posted_kept},
    {"officer_on_leave", on_leave_broken, on_leave_kept},
    {"device_time_ahead", device_broken, device_kept},
    {"fir_without_diary", fir_diary_broken, fir_diary_kept},
    {"efir_not_signed", efir_broken, efir_kept},
    {"efir_signature_late", efir_late_broken, efir_late_kept},
    {"occurrence_after_report", occurrence_broken, occurrence_kept},
    {"arrest_before_fir", arrest_early_broken, arrest_early_kept},
    {"apprehension_before_fir", apprehension_early_broken, apprehension_early_kept},
    {"seizure_before_fir", seizure_early_broken, seizure_early_kept},
    {"not_the_io", not_io_broken, not_io_kept},
    {"charge_sheet_without_accused", no_accused_broken, no_accused_kept},
    {"missing_child_needs_fir", missing_child_broken, missing_child_kept},
    {"not_in_malkhana", not_in_malkhana_broken, not_in_malkhana_kept},
    {"already_in_malkhana", in_malkhana_broken, in_malkhana_kept},
    {"not_accepted_by_court", not_accepted_broken, not_accepted_kept},
    {"closure_not_ordered", closure_broken, closure_kept},
    {"number_taken", number_taken_broken, number_taken_kept},
    {"office_code_taken", office_taken_broken, office_taken_kept},
    {"officer_id_taken", officer_taken_broken, officer_taken_kept},
};
#define CASE_COUNT (sizeof cases / sizeof *cases)

static void rule_is_judged(void **state)
{
    const struct rule_case *rule = *state;
    struct world *world = world_new();
    world_fill(world);
    rule->broken(world);
    rule->kept(world);
    world_free(world);
}

/* ---- the list itself ---- */

static void every_rule_has_a_case_and_every_case_a_rule(void **state)
{
    struct world *world = *state;
    const struct law *law = node_law(world->node);
    for (size_t i = 0; i < law_rule_count(law); i++) {
        const struct order_rule *rule = law_rule_at(law, i);
        bool found = false;
        for (size_t k = 0; k < CASE_COUNT; k++) found = found || strcmp(cases[k].code, rule->code) == 0;
        if (!found) fail_msg("rule %s of law/rules has no case here", rule->code);
    }
    for (size_t k = 0; k < CASE_COUNT; k++)
        if (!law_rule(law, cases[k].code)) fail_msg("case %s has no rule in law/rules", cases[k].code);
}

/* Whether a directive path leads to a field or a section of the form. */
static bool leads_somewhere(const struct form *form, const char *path)
{
    size_t n = strcspn(path, ".");
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        if (strncmp(section->name, path, n) != 0 || section->name[n]) continue;
        if (!path[n]) return true;
        for (size_t k = 0; k < section->field_count; k++)
            if (strcmp(section->fields[k].name, path + n + 1) == 0) return true;
    }
    return false;
}

/* A path of a rule must be in every form it looks at; of the checks that take several, in one of them. */
static void every_rule_names_forms_and_fields_that_exist(void **state)
{
    struct world *world = *state;
    const struct law *law = node_law(world->node);
    const struct forms *forms = node_forms(world->node);
    for (size_t i = 0; i < law_rule_count(law); i++) {
        const struct order_rule *rule = law_rule_at(law, i);
        for (size_t f = 0; f < rule->form_count && strcmp(rule->forms[0], "any") != 0; f++) {
            const struct form *form = form_find(forms, rule->forms[f]);
            if (!form) fail_msg("rule %s looks at %s, which is no form", rule->code, rule->forms[f]);
            size_t paths = 0, led = 0;
            for (size_t k = 1; k < rule->word_count; k++) {
                if (!strchr(rule->words[k], '.')) continue;
                bool cited = strcmp(rule->words[0], "cites_decision") == 0 && k == 3; /* a path of the form cited */
                const struct form *whose = cited ? form_find(forms, rule->words[2]) : form;
                assert_non_null(whose);
                paths++;
                led += leads_somewhere(whose, rule->words[k]);
            }
            bool several = strstr(rule->words[0], "malkhana") != NULL;
            if (paths > 0 && (several ? led == 0 : led < paths))
                fail_msg("rule %s names a field that %s has not", rule->code, form->name);
        }
        static const char *const with_form[] = {"answered", "case_has", "cites_decision"};
        for (size_t k = 0; k < sizeof with_form / sizeof *with_form; k++)
            if (strcmp(rule->words[0], with_form[k]) == 0)
                assert_non_null(form_find(forms, rule->words[k == 1 ? 1 : 2]));
    }
}

static void a_schema_tells_the_rules_of_its_form(void **state)
{
    struct world *world = *state;
    json_t *schema = filing_schema(world->node, form_find(node_forms(world->node), "fir"));
    const json_t *rules = json_object_get(schema, "x-panji-rules"), *rule;
    bool found = false;
    size_t i;
    json_array_foreach(rules, i, rule)
    {
        assert_non_null(json_text(rule, "en"));
        assert_non_null(json_text(rule, "hi"));
        found = found || strcmp(json_text(rule, "code"), "fir_without_diary") == 0;
        assert_string_not_equal(json_text(rule, "code"), "not_the_io");
    }
    assert_true(found);
    json_decref(schema);
}

int main(void)
{
    struct CMUnitTest tests[CASE_COUNT + 3] = {
        cmocka_unit_test_setup_teardown(every_rule_has_a_case_and_every_case_a_rule, world_begin, world_end),
        cmocka_unit_test_setup_teardown(every_rule_names_forms_and_fields_that_exist, world_begin, world_end),
        cmocka_unit_test_setup_teardown(a_schema_tells_the_rules_of_its_form, world_begin, world_end),
    };
    for (size_t i = 0; i < CASE_COUNT; i++)
        tests[3 + i] = (struct CMUnitTest){cases[i].code, rule_is_judged, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
