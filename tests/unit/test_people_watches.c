/* Watches: every mention is looked up among them, none hides another, and what was found in pieces is what is
 * found when all is looked at again. */
#include "filing_world.h"
#include "people/people.h"

#define NAMESAKES 70 /* more than one answer of the engine holds */

static struct people *open_people(struct world *w)
{
    struct people *people;
    assert_int_equal(people_open(w->node, false, &people), E_OK);
    return people;
}

static const char *fir_of(struct world *w, const char *accused)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    return filed(w, "sho1", "fir", NULL, with(body, "accused", accused));
}

static const char *watch_on(struct world *w, const char *case_id, const char *watched)
{
    return filed(w, "sho1", "watch", case_id,
        body_of(w,
            "{'watch':{'purpose':'investigation','reason':'To find the man who fled','what':'%s',"
            "'until':'2026-03-31'},'watched':%s}",
            strstr(watched, "'person'")   ? "person"
            : strstr(watched, "'name'")   ? "name"
            : strstr(watched, "'phones'") ? "phone"
                                          : "vehicle",
            watched));
}

/* The entries that match, the newest first, blanks between, as their SHO sees them. */
static const char *matches(struct world *w, struct people *people, const char *watch)
{
    struct viewer viewer = {"sho1", "PS1", "ps", "police", "sho"};
    struct eye eye = {
        .db = w->db, .forms = node_forms(w->node), .viewer = &viewer, .wide = true, .purpose = true};
    struct watch_row row;
    struct watch_alert *alerts;
    size_t count;
    assert_int_equal(watch_get(w->db, w->arena, watch, &row), E_OK);
    assert_int_equal(watch_alerts(people, w->db, w->arena, &row, &eye, &alerts, &count), E_OK);
    const char *text = "";
    for (size_t i = 0; i < count; i++) text = arena_printf(w->arena, "%s%s ", text, alerts[i].entry.id);
    return text;
}

static const char *only(struct world *w, const char *entry)
{
    return arena_printf(w->arena, "%s ", entry);
}

static void no_watch_hides_another(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    const char *case_id = case_with_io(w), *watches[NAMESAKES];
    for (size_t i = 0; i < NAMESAKES; i++) watches[i] = watch_on(w, case_id, "{'name':'Ramu Yadav'}");
    const char *far = watch_on(w, case_id, "{'name':'Ramu Yadaw','relative_name':'Bhola Yadav'}");
    const char *there =
        fir_of(w, "[{'who':{'name':'रामू यादव','relation':'father','relative_name':'भोला यादव'}}]");
    for (size_t i = 0; i < NAMESAKES; i++)
        assert_string_equal(matches(w, people, watches[i]), only(w, there));
    assert_string_equal(matches(w, people, far), only(w, there));
    people_close(people);
}

static void what_speaks_against_a_name_leaves_it_out(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    const char *case_id = case_with_io(w);
    static const char *const watched[] = {
        "{'name':'Kallu'}", /* borne by too many */
        "{'name':'Ramu Yadav','relative_name':'Dukalu Sahu'}",
        "{'name':'Ramu Yadav','gender':'female'}",
        "{'name':'Ramu Yadav','age_from':60,'age_to':70}",
        "{'name':'Rama Yadav','relative_name':'Bhola Yadav','gender':'female'}",
        "{'name':'Shyam Yadav','relative_name':'Bhola Yadav'}",
    };
    const char *watches[sizeof watched / sizeof *watched];
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        watches[i] = watch_on(w, case_id, watched[i]);
    const char *kept = watch_on(w, case_id,
        "{'name':'Ramu Yadav','relative_name':'Bhola Yadav','gender':'male','age_from':28,'age_to':33}");
    const char *there =
        fir_of(w, "[{'who':{'name':'Ramu Yadav','aliases':['Kallu'],'relation':'father',"
                  "'relative_name':'Bhola Yadav','gender':'male','age_kind':'age','age_years':30}}]");
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        if (matches(w, people, watches[i])[0]) fail_msg("%s", watched[i]);
    assert_string_equal(matches(w, people, kept), only(w, there));
    people_close(people);
}

static void looked_at_in_pieces_is_as_looked_at_anew(void **state)
{
    struct world *w = *state;
    static const char *const given[] = {"Ramu", "Shyam", "Mohan", "Bisahu"};
    struct people *people = open_people(w);
    const char *case_id = case_with_io(w), *watches[8], *before[8];
    for (size_t i = 0; i < 24; i++) {
        char text[200];
        snprintf(text, sizeof text, "{'name':'%s Yadav','vehicles':['CG04AB12%02zu']}", given[i % 4], i);
        if (i % 3 == 0) watches[i / 3] = watch_on(w, case_id, text);
        snprintf(text, sizeof text, "[{'who':{'name':'%s Yadav','phones':['+9198123456%02zu']}}]",
            given[i / 2 % 4], i);
        const char *fir = fir_of(w, text);
        if (i % 5 == 0)
            filed(w, "sho1", "correction", fir,
                correction_body(w, fir, "accused.0.who.name", i % 2 ? "Ramu Yadav" : "Sita Bai"));
        if (i % 7 == 0) { /* closed and opened again it goes on from where it was */
            people_close(people);
            people = open_people(w);
        }
    }
    size_t found = 0;
    for (size_t i = 0; i < 8; i++) found += (before[i] = matches(w, people, watches[i]))[0] != '\0';
    assert_true(found > 4);
    people_close(people);
    uint64_t count;
    assert_int_equal(people_rebuild(w->node, &count), E_OK);
    people = open_people(w);
    for (size_t i = 0; i < 8; i++) assert_string_equal(matches(w, people, watches[i]), before[i]);
    people_close(people);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(no_watch_hides_another),
        IN_WORLD(what_speaks_against_a_name_leaves_it_out),
        IN_WORLD(looked_at_in_pieces_is_as_looked_at_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
