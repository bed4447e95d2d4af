/* The rules on decisions of officers about two persons, broken and kept. */
#include "filing_rules.h"

static json_t *link_body(struct world *w, const char *first, const char *second, const char *decision)
{
    return body_of(w,
        "{'link':{'first':'%s','second':'%s','decision':'%s','reason':'The same finger prints'}}", first,
        second, decision);
}

/* The accused of an FIR at the officer's station. */
static const char *accused_at(struct world *w, const char *officer, const char *diary_writer)
{
    json_t *body = fir_body(w, filed(w, diary_writer, "general_diary", NULL, diary_body(w)));
    with(body, "accused", "[{'who':{'name':'Ramu Yadav'}}]");
    return named_in(w, filed(w, officer, "fir", NULL, body), 2);
}

static void itself_broken(struct world *w)
{
    const char *one = accused_at(w, "sho1", "writer1");
    refused(
        w, "sho1", "person_link", NULL, link_body(w, one, one, "same"), "person_link_itself", "link.first");
}

static void two_kept(struct world *w)
{
    filed(w, "sho1", "person_link", NULL,
        link_body(w, accused_at(w, "sho1", "writer1"), accused_at(w, "sho1", "writer1"), "same"));
}

static void unknown_broken(struct world *w)
{
    const char *one = accused_at(w, "sho1", "writer1"), *other = accused_at(w, "sho1", "writer1");
    const char *complainant = named_in(w, arena_strndup(w->arena, one, strcspn(one, ".")), 1);
    const char *nobody = "019aa000-0000-7000-8000-000000000000.1";
    refused(w, "sho1", "person_link", NULL, link_body(w, one, nobody, "same"), "person_link_unknown",
        "link.second");
    /* Of another station an accused is found, whoever complained is not. */
    refused(w, "sho2", "person_link", NULL, link_body(w, complainant, other, "same"), "person_link_unknown",
        "link.first");
}

static void elsewhere_kept(struct world *w)
{
    filed(w, "sho2", "person_link", NULL,
        link_body(w, accused_at(w, "sho1", "writer1"), accused_at(w, "sho1", "writer1"), "not_same"));
}

static void decided_broken(struct world *w)
{
    const char *one = accused_at(w, "sho1", "writer1"), *other = accused_at(w, "sho1", "writer1");
    filed(w, "sho1", "person_link", NULL, link_body(w, one, other, "same"));
    refused(w, "sho1", "person_link", NULL, link_body(w, other, one, "same"), "person_link_decided", NULL);
    json_t *contrary = link_body(w, one, other, "not_same");
    refused(w, "sho1", "person_link", NULL, contrary, "person_link_decided", NULL);
}

static json_t *end_body(struct world *w, const char *decision)
{
    return body_of(w, "{'end':{'decision':'%s','reason':'The prints were of another'}}", decision);
}

static void undone_broken(struct world *w)
{
    const char *one = accused_at(w, "sho1", "writer1"), *other = accused_at(w, "sho1", "writer1");
    const char *decision = filed(w, "sho1", "person_link", NULL, link_body(w, one, other, "same"));
    filed(w, "sho1", "person_link_end", NULL, end_body(w, decision));
    refused(w, "sho1", "person_link_end", NULL, end_body(w, decision), "person_link_undone", "end.decision");
}

static void undone_kept(struct world *w)
{
    const char *one = accused_at(w, "sho1", "writer1"), *other = accused_at(w, "sho1", "writer1");
    const char *decision = filed(w, "sho1", "person_link", NULL, link_body(w, one, other, "same"));
    filed(w, "sho1", "person_link_end", NULL, end_body(w, decision));
    filed(w, "sho1", "person_link", NULL, link_body(w, one, other, "not_same"));
}

const struct rule_case people_rules[PEOPLE_RULES] = {
    {"person_link_itself", itself_broken, two_kept},
    {"person_link_unknown", unknown_broken, elsewhere_kept},
    {"person_link_decided", decided_broken, two_kept},
    {"person_link_undone", undone_broken, undone_kept},
};
