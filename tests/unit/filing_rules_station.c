/* Rules about who files, the FIR, and what happened before it. */
#include "filing_rules.h"

const char *diary_at(struct world *world, const char *officer)
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

/* An establishment clerk keeps the postings of his own line; courts are not below the police. */
static void posting_line_broken(struct world *w)
{
    refused(w, "clerk0", "posting", NULL, posting_body(w, "io1", "C1", "magistrate", "2026-03-02"),
        "posting_outside_line", "posting.office");
}

static void posting_line_kept(struct world *w)
{
    filed(w, "clerk0", "posting", NULL, posting_body(w, "io1", "OP1", "io", "2026-03-02"));
    filed(w, "admin1", "posting", NULL, posting_body(w, "clerk1", "C2", "court_clerk", "2026-03-02"));
}

static void leave_line_broken(struct world *w)
{
    refused(w, "sho1", "leave", NULL, leave_body(w, "sho2", "2026-03-02", "2026-03-03"), "leave_outside_line",
        "leave.officer");
}

static void leave_line_kept(struct world *w)
{
    filed(w, "sho1", "leave", NULL, leave_body(w, "op1", "2026-03-02", "2026-03-03"));
    filed(w, "clerk0", "leave", NULL, leave_body(w, "sho2", "2026-03-02", "2026-03-03"));
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
    assert_int_equal(
        file_claiming(w, -30 * TIME_DAY_MS), E_OK); /* filed long after it was written: both times stand */
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
    const char *told_by =
        filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    refused(w, "sho1", "fir", NULL, electronic_fir(w, told_by), "efir_not_signed", "registration.electronic");
}

static void efir_kept(struct world *w)
{
    const char *told_by =
        filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    filed(w, "writer1", "electronic_signature", NULL, signature_body(w, told_by));
    filed(w, "sho1", "fir", NULL, electronic_fir(w, told_by));
}

static void efir_late_broken(struct world *w)
{
    const char *told_by =
        filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
    w->now = w->receipt.filed_at + 72 * TIME_HOUR_MS + 1;
    refused(w, "writer1", "electronic_signature", NULL, signature_body(w, told_by), "efir_signature_late",
        "signature.information");
    refused(w, "sho1", "fir", NULL, electronic_fir(w, told_by), "efir_not_signed", NULL);
}

static void efir_late_kept(struct world *w)
{
    const char *told_by =
        filed(w, "writer1", "electronic_information", NULL, electronic_body(w, diary_at(w, "writer1")));
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
    refused(w, "sho1", "fir", NULL, fir_occurred(w, w->now - MINUTE, w->now - 2 * MINUTE),
        "occurrence_after_report", "occurrence.from");
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

/* Opens a case and gives the diary written an hour before it, the one it was opened on, and one written
 * after. */
static const char *case_after(struct world *w, const char **before, const char **opening, const char **after)
{
    *before = diary_at(w, "writer1");
    w->now += TIME_HOUR_MS;
    *opening = diary_at(w, "writer1");
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_body(w, *opening));
    *after = diary_at(w, "writer1");
    return case_id;
}

/* Times are typed to the minute: in the minute of the FIR is not before it. */
static void the_minute_counts(struct world *w)
{
    w->now += MINUTE - w->now % MINUTE + 44 * TIME_SECOND_MS;
    const char *case_id = case_opened(w), *diary = diary_at(w, "writer1");
    int64_t minute = w->now - w->now % MINUTE;
    filed(w, "io1", "arrest", case_id, arrest_at(w, diary, minute));
    refused(w, "io1", "arrest", case_id, arrest_at(w, diary, minute - MINUTE), "arrest_before_fir", NULL);
    refused(
        w, "io1", "arrest", case_id, arrest_at(w, diary, minute - TIME_SECOND_MS), "arrest_before_fir", NULL);
}

static json_t *excused(json_t *body, const char *diary)
{
    return with(
        with_text(body, "earlier.diary", diary), "earlier.reason", "'Caught on the spot by the villagers'");
}

static void arrest_early_broken(struct world *w)
{
    const char *before, *opening, *after, *elsewhere = diary_at(w, "sho2");
    const char *case_id = case_after(w, &before, &opening, &after);
    int64_t early = w->now - 30 * MINUTE;
    static const char code[] = "arrest_before_fir", path[] = "arrest.arrested_at";
    refused(w, "io1", "arrest", case_id, arrest_at(w, after, early), code, path);
    refused(w, "io1", "arrest", case_id, excused(arrest_at(w, after, early), opening), code, path);
    refused(w, "io1", "arrest", case_id, excused(arrest_at(w, after, early), after), code,
        path); /* written afterwards */
    refused(w, "io1", "arrest", case_id, excused(arrest_at(w, after, early), elsewhere), code, path);
    refused(w, "io1", "arrest", case_id, with_text(arrest_at(w, after, early), "earlier.diary", before),
        "field_required", "earlier.reason");
    the_minute_counts(w);
}

static void arrest_early_kept(struct world *w)
{
    const char *before, *opening, *after;
    const char *case_id = case_after(w, &before, &opening, &after);
    filed(w, "io1", "arrest", case_id, excused(arrest_at(w, after, w->now - 30 * MINUTE), before));
    filed(w, "io1", "arrest", case_id, arrest_at(w, after, w->now)); /* an ordinary one */
    const char *legacy = filed(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/12/2019"));
    filed(
        w, "io1", "arrest", legacy, arrest_at(w, after, w->now - TIME_DAY_MS)); /* entered here only today */
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

const struct rule_case station_rules[STATION_RULES] = {
    {"officer_not_posted", not_posted_broken, not_posted_kept},
    {"officer_on_leave", on_leave_broken, on_leave_kept},
    {"posting_outside_line", posting_line_broken, posting_line_kept},
    {"leave_outside_line", leave_line_broken, leave_line_kept},
    {"device_time_ahead", device_broken, device_kept},
    {"fir_without_diary", fir_diary_broken, fir_diary_kept},
    {"efir_not_signed", efir_broken, efir_kept},
    {"efir_signature_late", efir_late_broken, efir_late_kept},
    {"occurrence_after_report", occurrence_broken, occurrence_kept},
    {"arrest_before_fir", arrest_early_broken, arrest_early_kept},
    {"apprehension_before_fir", apprehension_early_broken, apprehension_early_kept},
    {"seizure_before_fir", seizure_early_broken, seizure_early_kept},
};
