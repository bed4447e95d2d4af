/* Rules about the investigation, the malkhana, the court, and the node's own registers. */
#include "filing_rules.h"

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
    static const struct {
        const char *kind, *member, *value;
    } children[] = {
        {"age", "age_years", "17"},
        {"date_of_birth", "date_of_birth", "'2008-03-03'"},
        {"year_of_birth", "year_of_birth", "2008"},
    };
    for (size_t i = 0; i < sizeof children / sizeof *children; i++)
        refused(w, "sho1", "missing_person", NULL,
            missing_aged(w, children[i].kind, children[i].member, children[i].value),
            "missing_child_needs_fir", "person.who");
    json_t *body = missing_aged(w, "range", "age_from", "17");
    refused(w, "sho1", "missing_person", NULL, with(body, "person.who.age_to", "20"),
        "missing_child_needs_fir", NULL);
}

static void missing_child_kept(struct world *w)
{
    filed(w, "sho1", "missing_person", NULL, missing_aged(w, "age", "age_years", "18"));
    filed(
        w, "sho1", "missing_person", NULL, missing_aged(w, "date_of_birth", "date_of_birth", "'2008-03-02'"));
    filed(w, "sho1", "missing_person", NULL, missing_aged(w, "year_of_birth", "year_of_birth", "2007"));
    json_t *unknown = missing_body(w, diary_at(w, "writer1"));
    with(with(unknown, "person.who.age_years", NULL), "person.who.age_kind", "'unknown'");
    filed(w, "sho1", "missing_person", NULL, unknown);
}

static void of_another_broken(struct world *w)
{
    static const char code[] = "not_of_this_case";
    const char *mine = case_with_io(w), *other = case_with_io(w);
    json_t *body = with(report_body(w, "charge_sheet", "C1"), "accused.0.who", "{}");
    with_text(body, "accused.0.who.ref", named_in(w, other, 1));
    refused(w, "io1", "final_report", mine, body, code, "accused.0.who");
    const char *thing = thing_seized(w, other);
    refused(w, "moharrir1", "malkhana_deposit", mine, deposit_body(w, thing), code, "items.0.item");
    filed(w, "moharrir1", "malkhana_deposit", other, deposit_body(w, thing));
    refused(w, "moharrir1", "malkhana_disposal", mine, disposal_body(w, thing), code, "items.0.item");
}

static void of_another_kept(struct world *w)
{
    const char *mine = case_with_io(w), *thing = thing_deposited(w, mine);
    json_t *body = with(report_body(w, "charge_sheet", "C1"), "accused.0.who", "{}");
    with_text(body, "accused.0.who.ref", named_in(w, mine, 1));
    filed(w, "io1", "final_report", mine, body);
    filed(w, "moharrir1", "malkhana_movement", mine, movement_body(w, thing));
}

/* ---- malkhana ---- */

static void not_in_malkhana_broken(struct world *w)
{
    const char *case_id = case_with_io(w), *thing = thing_seized(w, case_id);
    static const char code[] = "not_in_malkhana", path[] = "items.0.item";
    refused(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing), code,
        path); /* never came in */
    refused(w, "moharrir1", "malkhana_return", case_id, return_body(w, thing), code, path);
    refused(w, "moharrir1", "malkhana_disposal", case_id, disposal_body(w, thing), code, path);
    refused(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, thing), code, "parcels.0.item");
    filed(w, "moharrir1", "malkhana_deposit", case_id, deposit_body(w, thing));
    json_t *twice = movement_body(w, thing);
    with(twice, "items.1", "{'seal':'intact'}");
    refused(w, "moharrir1", "malkhana_movement", case_id, with_text(twice, "items.1.item.ref", thing), code,
        "items.1.item");
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    refused(
        w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing), code, path); /* it is out */
    json_t *nameless =
        with(movement_body(w, thing), "items.0.item", "{'category':'other','description':'A new thing'}");
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
    json_t *found =
        with(deposit_body(w, thing), "items.0.item", "{'category':'other','description':'Found on him'}");
    filed(w, "moharrir1", "malkhana_deposit", case_id,
        found); /* what nobody named before may come in as it is */
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
    refused(
        w, "mag1", "closure_order", case_id, closure_body(w, report, "accepted"), "case_not_ready", "case");
}

static void not_accepted_kept(struct world *w)
{
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    filed(w, "mag1", "charge", case_id, charge_body(w, named_in(w, report, 2)));
    filed(w, "mag1", "judgment", case_id, judgment_body(w, named_in(w, report, 2)));
}

static void closure_broken(struct world *w)
{
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "untraced", "CGBB010000022026");
    const char *order =
        filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "further"));
    refused(
        w, "sho1", "case_closing", case_id, closing_body(w, order), "closure_not_ordered", "closing.order");
    const char *elsewhere = case_with_io(w);
    const char *its_report = report_accepted(w, elsewhere, "untraced", "CGBB010000032026");
    const char *accepted =
        filed_to(w, "mag1", "closure_order", elsewhere, "PS1", closure_body(w, its_report, "accepted"));
    refused(w, "sho1", "case_closing", case_id, closing_body(w, accepted), "closure_not_ordered",
        "closing.order");
}

static void closure_kept(struct world *w)
{
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "untraced", "CGBB010000042026");
    const char *order =
        filed_to(w, "mag1", "closure_order", case_id, "PS1", closure_body(w, report, "accepted"));
    filed(w, "sho1", "case_closing", case_id, closing_body(w, order));
    const char *tried = case_with_io(w),
               *sheet = report_accepted(w, tried, "charge_sheet", "CGBB010000052026");
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
    const char *case_id = case_with_io(w),
               *first = report_accepted(w, case_id, "charge_sheet", "CGBB010000072026");
    json_t *more = with(report_body(w, "charge_sheet", "C1"), "report.kind", "'supplementary'");
    const char *report =
        filed(w, "io1", "final_report", case_id, with_text(more, "report.supplements", first));
    filed(w, "clerk1", "court_acceptance", case_id, /* joins the case the court has numbered */
        acceptance_body(w, report, "supplementary_taken", "CGBB010000072026"));
}

/* ---- the node's own registers ---- */

static json_t *office_body(struct world *w, const char *code)
{
    return body_of(w,
        "{'office':{'code':'%s','kind':'ps','name':'New','name_hi':'नया','state':'chhattisgarh',"
        "'opened_on':'2026-03-01'}}",
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

const struct rule_case court_rules[COURT_RULES] = {
    {"not_the_io", not_io_broken, not_io_kept},
    {"charge_sheet_without_accused", no_accused_broken, no_accused_kept},
    {"missing_child_needs_fir", missing_child_broken, missing_child_kept},
    {"not_of_this_case", of_another_broken, of_another_kept},
    {"not_in_malkhana", not_in_malkhana_broken, not_in_malkhana_kept},
    {"already_in_malkhana", in_malkhana_broken, in_malkhana_kept},
    {"not_accepted_by_court", not_accepted_broken, not_accepted_kept},
    {"closure_not_ordered", closure_broken, closure_kept},
    {"number_taken", number_taken_broken, number_taken_kept},
    {"office_code_taken", office_taken_broken, office_taken_kept},
    {"officer_id_taken", officer_taken_broken, officer_taken_kept},
};
