/* The rules on watches, broken and kept. The practice register's day is 2 March 2026. */
#include "filing_rules.h"

static json_t *watch_body(struct world *w, const char *watched, const char *until)
{
    const char *what = strstr(watched, "'name'")     ? "name"
                       : strstr(watched, "'person'") ? "person"
                       : strstr(watched, "'phones'") ? "phone"
                                                     : "vehicle";
    return body_of(w,
        "{'watch':{'purpose':'investigation','reason':'To find the man who fled','what':'%s','until':'%s'},"
        "'watched':%s}",
        what, until, watched);
}

static const char man[] = "{'name':'Kejuram Sidar'}";

static json_t *end_body(struct world *w, const char *watch)
{
    return body_of(w, "{'end':{'watch':'%s','reason':'He was found at home'}}", watch);
}

/* A Zero FIR of the first station that went to the second: both are on it, the first has it. */
static const char *case_on_its_way(struct world *w)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with(with(body, "registration.kind", "'zero'"), "registration.zero_place", "'Elsewhere'");
    const char *zero = filed(w, "sho1", "fir", NULL, body);
    filed_to(w, "sho1", "fir_transfer", zero, "PS2",
        body_of(w,
            "{'transfer':{'station':'PS2','reason':'jurisdiction','sent_at':'%s','informant_told':true}}",
            when(w, w->now)));
    return zero;
}

static void not_of_case_broken(struct world *w)
{
    refused(
        w, "sho2", "watch", case_on_its_way(w), watch_body(w, man, "2026-03-31"), "watch_not_of_case", NULL);
}

static void of_case_kept(struct world *w)
{
    filed(w, "io1", "watch", case_with_io(w), watch_body(w, man, "2026-03-31"));
    filed(w, "sho1", "watch", case_on_its_way(w), watch_body(w, man, "2026-03-31"));
}

static void ages_broken(struct world *w)
{
    refused(w, "io1", "watch", case_with_io(w),
        watch_body(w, "{'name':'Kejuram Sidar','age_from':40,'age_to':30}", "2026-03-31"), "watch_ages",
        "watched.age_from");
}

static void ages_kept(struct world *w)
{
    filed(w, "io1", "watch", case_with_io(w),
        watch_body(w, "{'name':'Kejuram Sidar','age_from':40,'age_to':40}", "2026-03-31"));
}

static void person_broken(struct world *w)
{
    refused(w, "io1", "watch", case_with_io(w),
        watch_body(w, "{'person':'019aa000-0000-7000-8000-000000000000.1'}", "2026-03-31"),
        "watch_person_unknown", "watched.person");
}

static void person_kept(struct world *w)
{
    const char *case_id = case_with_io(w);
    filed(w, "io1", "watch", case_id,
        watch_body(w, arena_printf(w->arena, "{'person':'%s'}", named_in(w, case_id, 1)), "2026-03-31"));
}

static void long_broken(struct world *w)
{
    refused(w, "io1", "watch", case_with_io(w), watch_body(w, man, "2026-06-01"), "watch_too_long",
        "watch.until");
}

static void long_kept(struct world *w)
{
    filed(w, "io1", "watch", case_with_io(w), watch_body(w, man, "2026-05-31")); /* ninety days */
}

static void ended_broken(struct world *w)
{
    const char *case_id = case_with_io(w), *other = case_with_io(w);
    const char *watch = filed(w, "io1", "watch", case_id, watch_body(w, man, "2026-03-31"));
    refused(w, "io1", "watch_end", other, end_body(w, watch), "watch_ended", "end.watch");
    filed(w, "io1", "watch_end", case_id, end_body(w, watch));
    refused(w, "io1", "watch_end", case_id, end_body(w, watch), "watch_ended", "end.watch");
}

static void ended_kept(struct world *w)
{
    const char *case_id = case_with_io(w);
    filed(w, "io1", "watch_end", case_id,
        end_body(w, filed(w, "io1", "watch", case_id, watch_body(w, man, "2026-03-31"))));
}

const struct rule_case watch_rules[WATCH_RULES] = {
    {"watch_not_of_case", not_of_case_broken, of_case_kept},
    {"watch_ages", ages_broken, ages_kept},
    {"watch_person_unknown", person_broken, person_kept},
    {"watch_too_long", long_broken, long_kept},
    {"watch_ended", ended_broken, ended_kept},
};
