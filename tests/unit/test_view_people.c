/* People and property: their ids, roles, standing and ages, the mentions the search is fed with, the chain of
 * custody, and what corrections and later news do to them. */
#include "filing_world.h"

static json_t *fir_with_people(struct world *w)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with(body, "information.interpreter", "{'name':'Interpreter'}");
    with(body, "victims", "[{'who':{'name':'Sita Bai','age_kind':'age','age_years':40}}]");
    return with(body, "accused",
        "[{'who':{'name':'Ramu Yadav','name_other':'रामू यादव','aliases':['Chhotu','Kallu Don'],"
        "'gender':'male',"
        "'relation':'father','relative_name':'Bhola Yadav'}},{'who':{'name':'Shyam Lal'}}]");
}

static struct party_row party_of(struct world *w, const char *case_id, const char *person, const char *role)
{
    struct party_row *rows;
    size_t count;
    assert_int_equal(case_parties(w->db, w->arena, case_id, &rows, &count), E_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].person, person) == 0 && strcmp(rows[i].role, role) == 0) return rows[i];
    fail_msg("%s is not on the case as %s", person, role);
    return rows[0];
}

static void everybody_named_has_an_id_by_his_place(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_people(w));
    static const struct {
        int place;
        const char *role, *name;
    } people[] = {
        {1, "interpreter", "Interpreter"},
        {2, "complainant", "Mohan Verma"},
        {3, "victim", "Sita Bai"},
        {4, "accused", "Ramu Yadav"},
        {5, "accused", "Shyam Lal"},
    };
    struct party_row *rows;
    size_t count;
    assert_int_equal(case_parties(w->db, w->arena, case_id, &rows, &count), E_OK);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < 5; i++) {
        struct party_row row = party_of(w, case_id, named_in(w, case_id, people[i].place), people[i].role);
        assert_string_equal(row.name, people[i].name);
        assert_string_equal(row.status, "named");
    }
    struct party_row accused = party_of(w, case_id, named_in(w, case_id, 4), "accused");
    assert_string_equal(accused.name_other, "रामू यादव");
    assert_string_equal(accused.relative, "Bhola Yadav");
    assert_string_equal(accused.relation, "father");
    assert_string_equal(accused.gender, "male");
    assert_int_equal(accused.age_low, -1);
    assert_string_equal(reference_case(w->db, w->arena, "person", accused.person), case_id);
    assert_null(reference_case(w->db, w->arena, "property", accused.person));
}

static void naming_somebody_again_adds_a_role_and_no_second_person(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_people(w)), *ramu = named_in(w, case_id, 4);
    int64_t people = rows_in(w, "person");
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    json_t *arrest = arrest_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with_text(with(arrest, "accused.who", "{'age_kind':'age','age_years':33}"), "accused.who.ref", ramu);
    filed(w, "io1", "arrest", case_id, arrest);
    assert_int_equal(rows_in(w, "person"), people + 1); /* the witness to the memo */
    struct party_row row = party_of(w, case_id, ramu, "accused");
    assert_string_equal(row.status, "arrested");
    assert_string_equal(row.name, "Ramu Yadav"); /* what was not said again stays */
    assert_int_equal(row.age_low, 33);
    json_t *report = report_body(w, "charge_sheet", "C1");
    with_text(with(report, "accused.0.who", "{}"), "accused.0.who.ref", ramu);
    with_text(report, "witnesses.0.who.ref", named_in(w, case_id, 3));
    with(report, "witnesses.0.evidence", "['victim']");
    const char *sheet = filed(w, "io1", "final_report", case_id, report);
    assert_string_equal(party_of(w, case_id, ramu, "accused").status, "charge_sheeted");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 3), "witness").name, "Sita Bai");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 3), "victim").name, "Sita Bai");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 5), "accused").status, "named");
    filed(w, "clerk1", "court_acceptance", case_id,
        acceptance_body(w, sheet, "charge_sheet_taken", "CGBB010000012026"));
    filed(w, "mag1", "judgment", case_id,
        judgment_body(w, ramu)); /* the standing stands in a field beside him */
    assert_string_equal(party_of(w, case_id, ramu, "accused").status, "acquitted");
}

/* ---- ages ---- */

static struct party_row complainant_aged(struct world *w, const char *kind, const char *members)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    json_t *given = body_of(w, "%s", members);
    json_object_update(json_at(body, "complainant.who"), given);
    json_decref(given);
    const char *case_id = filed(w, "sho1", "fir", NULL, with_text(body, "complainant.who.age_kind", kind));
    return party_of(w, case_id, named_in(w, case_id, 1), "complainant");
}

static void must_be_aged(struct world *w, const char *kind, const char *members, int low, int high)
{
    struct party_row row = complainant_aged(w, kind, members);
    if (row.age_low != low || row.age_high != high)
        fail_msg("%s: %d to %d, not %d to %d", members, row.age_low, row.age_high, low, high);
}

static void ages_turn_on_the_birthday(void **state)
{
    struct world *w = *state;
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2000-03-02'}", 26, 26); /* today */
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2000-03-03'}", 25, 25);
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2000-03-01'}", 26, 26);
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2026-03-02'}", 0, 0);
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2000-12-31'}", 25, 25);
    must_be_aged(w, "year_of_birth", "{'year_of_birth':2000}", 25, 26);
    must_be_aged(w, "age", "{'age_years':31,'age_months':11}", 31, 31);
    must_be_aged(w, "range", "{'age_from':20,'age_to':25}", 20, 25);
    must_be_aged(w, "unknown", "{}", -1, -1);
    w->now = at_ist(2026, 3, 2, 23, 59);
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2000-03-03'}", 25, 25);
    w->now = at_ist(2026, 3, 3, 0, 0); /* Indian midnight, still the second in London */
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2000-03-03'}", 26, 26);
    w->now = at_ist(2027, 2, 28, 12, 0);
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2004-02-29'}", 22, 22);
    w->now = at_ist(2027, 3, 1, 12, 0);
    must_be_aged(w, "date_of_birth", "{'date_of_birth':'2004-02-29'}", 23, 23);
}

/* ---- mentions ---- */

static size_t mentions(struct world *w, const char *person, struct mention_row **ret)
{
    size_t count;
    assert_int_equal(mentions_of(w->db, w->arena, person, ret, &count), E_OK);
    return count;
}

/* Whether the search would know the person by this name. */
static bool called(struct world *w, const char *person, const char *name)
{
    struct mention_row *rows;
    if (mentions(w, person, &rows) == 0) return false;
    char line[200];
    snprintf(line, sizeof line, "%s\n", name);
    return strcmp(rows[0].name, name) == 0 || (rows[0].names && strstr(rows[0].names, line));
}

static void a_person_has_one_mention_in_a_case(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_people(w)), *ramu = named_in(w, case_id, 4);
    struct mention_row *rows;
    assert_int_equal(mentions(w, ramu, &rows), 1);
    int64_t id = rows[0].id;
    assert_string_equal(rows[0].case_id, case_id);
    assert_string_equal(rows[0].roles, "accused");
    assert_string_equal(rows[0].names, "Chhotu\nKallu Don\n");
    assert_string_equal(rows[0].office, "PS1");
    assert_null(rows[0].keys);
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    json_t *arrest = arrest_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with_text(with(arrest, "accused.who",
                  "{'phones':['+919812345678'],'documents':[{'kind':'voter','number':'ABC 123'}]}"),
        "accused.who.ref", ramu);
    const char *memo = filed(w, "io1", "arrest", case_id, arrest);
    assert_int_equal(mentions(w, ramu, &rows), 1); /* news about him, no second mention */
    assert_int_equal(rows[0].id, id);
    assert_string_equal(rows[0].keys, "p contact +919812345678\ni identity ABC 123\n");
    int64_t *seqs;
    assert_int_equal(mention_entries(w->db, w->arena, id, 10, &seqs), 2);
    struct entry newest;
    assert_int_equal(entry_by_seq(w->db, w->arena, seqs[0], &newest), E_OK);
    assert_string_equal(newest.id, memo);
}

static void what_an_entry_says_of_a_person_is_news_wherever_he_is_mentioned(void **state)
{
    struct world *w = *state;
    const char *first = filed(w, "sho1", "fir", NULL, fir_with_people(w)), *ramu = named_in(w, first, 4);
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with_text(with(body, "accused", "[{'who':{'name':'Ramkumar Yadav'}}]"), "accused.0.who.ref", ramu);
    const char *second = filed(w, "sho1", "fir", NULL, body);
    struct mention_row *rows, row;
    assert_int_equal(mentions(w, ramu, &rows), 2);
    assert_string_equal(rows[1].case_id, second);
    assert_true(called(w, ramu, "Ramkumar Yadav"));
    assert_true(called(w, ramu, "Ramu Yadav")); /* what he was called finds him still */
    int64_t seq = number_of(w, "SELECT max(seq) FROM entry_index");
    struct rows *news = mentions_between(w->db, seq - 1, seq);
    size_t old = 0, new = 0;
    while (mention_next(news, w->arena, &row)) {
        old += strcmp(row.case_id, first) == 0;
        new += strcmp(row.case_id, second) == 0;
    }
    assert_int_equal(old, 1);
    assert_int_equal(new, 2); /* with the complainant */
}

static void outside_cases_every_entry_is_a_mention_of_its_own(void **state)
{
    struct world *w = *state;
    json_t *body = diary_body(w);
    int64_t before = rows_in(w, "mention");
    const char *entry = filed(w, "writer1", "general_diary", NULL,
        with(body, "persons", "[{'who':{'name':'Bisahu Ram'}}]"));
    struct mention_row *rows;
    assert_int_equal(mentions(w, named_in(w, entry, 1), &rows), 1);
    assert_null(rows[0].case_id);
    assert_string_equal(rows[0].entry, entry);
    assert_string_equal(rows[0].roles, "mentioned");
    assert_int_equal(rows_in(w, "mention"), before + 1);
}

/* ---- corrections ---- */

static void correct(
    struct world *w, const char *case_id, const char *entry, const char *path, const char *value)
{
    filed(w, "sho1", "correction", case_id, correction_body(w, entry, path, value));
}

static void a_correction_shows_and_can_strike_out(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_people(w)), *ramu = named_in(w, case_id, 4);
    correct(w, case_id, case_id, "accused.0.who.name", "Rameshwar Yadav");
    correct(w, case_id, case_id, "accused.0.who.relative_name", "");
    correct(w, case_id, case_id, "accused.0.who.gender", "transgender");
    struct party_row row = party_of(w, case_id, ramu, "accused");
    assert_string_equal(row.name, "Rameshwar Yadav");
    assert_null(row.relative);
    assert_string_equal(row.gender, "transgender");
    assert_string_equal(row.relation, "father");
    assert_true(called(w, ramu, "Rameshwar Yadav"));
    assert_false(called(w, ramu, "Ramu Yadav")); /* a name struck out leads to nobody */
    assert_true(called(w, ramu, "Chhotu"));
    correct(w, case_id, case_id, "accused.0.who.aliases.0", "");
    assert_false(called(w, ramu, "Chhotu"));
    correct(w, case_id, case_id, "accused.0.who.name", "Ram Yadav");
    assert_string_equal(party_of(w, case_id, ramu, "accused").name, "Ram Yadav");
}

static void a_correction_moves_nobodys_id(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_people(w));
    correct(w, case_id, case_id, "information.interpreter", ""); /* he stood first among the people */
    correct(w, case_id, case_id, "accused.0.who.name", "Rameshwar");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 4), "accused").name, "Rameshwar");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 5), "accused").name, "Shyam Lal");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 3), "victim").name, "Sita Bai");
    assert_string_equal(party_of(w, case_id, named_in(w, case_id, 2), "complainant").name, "Mohan Verma");
}

static void a_correction_of_old_words_leaves_later_news(void **state)
{
    struct world *w = *state;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_with_people(w)), *ramu = named_in(w, case_id, 4);
    json_t *arrest = arrest_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with_text(
        with(arrest, "accused.who", "{'name':'Ramkumar Yadav','gender':'male'}"), "accused.who.ref", ramu);
    filed(w, "io1", "arrest", case_id, arrest);
    correct(w, case_id, case_id, "accused.0.who.relative_name", "Bhola Prasad");
    struct party_row row = party_of(w, case_id, ramu, "accused");
    assert_string_equal(row.name, "Ramkumar Yadav");
    assert_string_equal(row.relative, "Bhola Prasad");
}

static void officers_and_offices_change_with_their_entries(void **state)
{
    struct world *w = *state;
    const char *officer = text_of(w, "SELECT entry FROM officer WHERE id = 'io1'");
    filed(w, "admin1", "correction", NULL, correction_body(w, officer, "officer.name", "Asha Dewangan"));
    struct officer row;
    assert_int_equal(officer_get(w->db, w->arena, "io1", &row), E_OK);
    assert_string_equal(row.name, "Asha Dewangan");
    refused(w, "admin1", "correction", NULL, correction_body(w, officer, "officer.id", "io9"),
        "correction_fixed", NULL);
    const char *office = text_of(w, "SELECT entry FROM office WHERE code = 'PS2'");
    filed(w, "admin1", "correction", NULL, correction_body(w, office, "office.name", "New name"));
    struct office changed;
    assert_int_equal(office_get(w->db, w->arena, "PS2", &changed), E_OK);
    assert_string_equal(changed.name, "New name");
    assert_true(office_under(w->db, "PS2", "HQ"));
}

/* ---- property ---- */

static void a_thing_is_known_from_seizure_to_return(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *thing = thing_seized(w, case_id);
    struct property_row row;
    assert_int_equal(property_get(w->db, w->arena, thing, &row), E_OK);
    assert_string_equal(row.category, "vehicle");
    assert_string_equal(row.type, "motorcycle");
    assert_string_equal(row.description, "Black motor-cycle");
    assert_string_equal(row.state, "seize");
    filed(w, "moharrir1", "malkhana_deposit", case_id, deposit_body(w, thing));
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    filed(w, "moharrir1", "malkhana_receive", case_id, receive_body(w, thing));
    const char *memo = filed(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, thing));
    const char *taken =
        filed(w, "lab1", "laboratory_acceptance", case_id, lab_acceptance_body(w, memo, thing));
    assert_int_equal(property_get(w->db, w->arena, thing, &row), E_OK);
    assert_string_equal(row.office, "LAB"); /* where it is now */
    filed_to(w, "lab1", "laboratory_return", case_id, "PS1", lab_return_body(w, taken, thing));
    filed(w, "moharrir1", "malkhana_receive", case_id, receive_body(w, thing));
    filed(w, "moharrir1", "malkhana_return", case_id, return_body(w, thing));

    static const struct {
        const char *word, *office, *to, *officer;
    } chain[] = {
        {"seize", "PS1", NULL, "io1"},
        {"deposit", "PS1", NULL, "moharrir1"},
        {"move", "PS1", "C1", "moharrir1"},
        {"receive", "PS1", NULL, "moharrir1"},
        {"move", "PS1", "LAB", "io1"},
        {"receive", "LAB", NULL, "lab1"},
        {"move", "LAB", "PS1", "lab1"},
        {"receive", "PS1", NULL, "moharrir1"},
        {"return", "PS1", NULL, "moharrir1"},
    };
    struct custody_row *rows;
    size_t count;
    assert_int_equal(property_custody(w->db, w->arena, thing, &rows, &count), E_OK);
    assert_int_equal(count, sizeof chain / sizeof *chain);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(rows[i].word, chain[i].word);
        assert_string_equal(rows[i].office, chain[i].office);
        assert_string_equal(rows[i].officer, chain[i].officer);
        assert_true(chain[i].to ? strcmp(rows[i].to_office, chain[i].to) == 0 : !rows[i].to_office);
        assert_true(i == 0 || rows[i].at > rows[i - 1].at);
    }
    struct property_row *things;
    assert_int_equal(case_property(w->db, w->arena, case_id, &things, &count), E_OK);
    assert_int_equal(count, 1); /* one thing all the way */
    assert_string_equal(things[0].state, "return");
}

static void a_corrected_thing_shows_corrected(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *thing = thing_seized(w, case_id);
    const char *memo = text_of(w, "SELECT id FROM entry_index WHERE form = 'seizure'");
    filed(w, "io1", "correction", case_id,
        correction_body(w, memo, "items.0.item.description", "Red motor-cycle"));
    filed(w, "io1", "correction", case_id, correction_body(w, memo, "items.0.item.kind", ""));
    struct property_row row;
    assert_int_equal(property_get(w->db, w->arena, thing, &row), E_OK);
    assert_string_equal(row.description, "Red motor-cycle");
    assert_null(row.type);
    assert_string_equal(row.state, "seize");
    assert_int_equal(property_get(w->db, w->arena, "no such thing", &row), E_NOT_FOUND);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(everybody_named_has_an_id_by_his_place),
        IN_WORLD(naming_somebody_again_adds_a_role_and_no_second_person),
        IN_WORLD(ages_turn_on_the_birthday),
        IN_WORLD(a_person_has_one_mention_in_a_case),
        IN_WORLD(what_an_entry_says_of_a_person_is_news_wherever_he_is_mentioned),
        IN_WORLD(outside_cases_every_entry_is_a_mention_of_its_own),
        IN_WORLD(a_correction_shows_and_can_strike_out),
        IN_WORLD(a_correction_moves_nobodys_id),
        IN_WORLD(a_correction_of_old_words_leaves_later_news),
        IN_WORLD(officers_and_offices_change_with_their_entries),
        IN_WORLD(a_thing_is_known_from_seizure_to_return),
        IN_WORLD(a_corrected_thing_shows_corrected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
