/* Feeding the search of people: every mention becomes findable with its next question, news and corrections
 * replace, and an index fed piece by piece answers like one made anew. */
#include "filing_world.h"
#include "people/people.h"

static bool may_all(void *context, const char *case_id)
{
    (void)context;
    (void)case_id;
    return true;
}

static bool see_all(void *context, struct sighting *sighting)
{
    (void)context;
    (void)sighting;
    return true;
}

static bool see_none(void *context, struct sighting *sighting)
{
    (void)context;
    (void)sighting;
    return false;
}

static bool key_all(void *context, const struct sighting *sighting, const char *confidential)
{
    (void)context;
    (void)sighting;
    return strcmp(confidential, "bank") != 0;
}

static struct people_answer ask(struct world *w, struct people *people, struct people_query query)
{
    struct sight sight = {.may = may_all, .see = see_all, .key = key_all};
    struct people_answer answer;
    query.now = w->now;
    if (!query.age_to) query.age_from = query.age_to = -1;
    assert_int_equal(people_ask(people, w->db, w->arena, &query, &sight, &answer), E_OK);
    return answer;
}

static const struct found_person *found(
    struct world *w, struct people *people, const char *name, const char *person)
{
    static struct people_answer answer;
    answer = ask(w, people, (struct people_query){.name = name});
    for (size_t i = 0; i < answer.count; i++)
        if (strcmp(answer.list[i].ids[0], person) == 0) return &answer.list[i];
    return NULL;
}

static struct people *open_people(struct world *w)
{
    struct people *people;
    assert_int_equal(people_open(w->node, false, &people), E_OK);
    return people;
}

static json_t *fir_of(struct world *w, const char *accused)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    return with(body, "accused", accused);
}

static const char ramu[] =
    "[{'who':{'name':'Ramu Yadav','name_other':'रामू यादव','aliases':['Kallu','Ramesh Kumar Yadav'],"
    "'relation':'father','relative_name':'Bhola Yadav','gender':'male','age_kind':'age','age_years':30,"
    "'phones':['+919812345678'],'documents':[{'kind':'voter','number':'ABC 123'}],"
    "'accounts':[{'number':'556677'}]}}]";

static void whatever_names_him_finds_him_at_once(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_of(w, ramu)), *id = named_in(w, case_id, 2);
    static const char *const names[] = {"Ramu Yadav", "रामू यादव", "Yadav Ramu", "Raamoo Yaadav",
        "Kallu Yadav", "Ramesh Kumar Yadav", "रमेश यादव", "Ramu Yadav S/o Bhola"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!found(w, people, names[i], id)) fail_msg("%s does not find him", names[i]);
    assert_null(found(w, people, "Shyam Sundar", id));
    assert_int_equal(ask(w, people, (struct people_query){.phone = "098123-45678"}).count, 1);
    assert_int_equal(ask(w, people, (struct people_query){.identity = "abc123"}).count, 1);
    assert_int_equal(ask(w, people, (struct people_query){.vehicle = "ABC123"}).count, 0);
    /* Its field is closed. */
    assert_int_equal(ask(w, people, (struct people_query){.identity = "556677"}).count, 0);
    people_close(people);
}

static void what_the_sight_hides_is_not_there(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    filed(w, "sho1", "fir", NULL, fir_of(w, ramu));
    struct sight blind = {.may = may_all, .see = see_none, .key = key_all};
    struct people_answer answer;
    struct people_query query = {
        .name = "Ramu Yadav", .phone = "9812345678", .age_from = -1, .age_to = -1, .now = w->now};
    assert_int_equal(people_ask(people, w->db, w->arena, &query, &blind, &answer), E_OK);
    assert_int_equal(answer.count, 0);
    people_close(people);
}

static void references_and_corrections_replace(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    const char *first = filed(w, "sho1", "fir", NULL, fir_of(w, ramu)), *id = named_in(w, first, 2);
    assert_non_null(found(w, people, "Ramu Yadav", id));
    json_t *body = fir_of(w, "[{'who':{'name':'Birju Mandavi'}}]");
    const char *second = filed(w, "sho1", "fir", NULL, with_text(body, "accused.0.who.ref", id));
    const struct found_person *he = found(w, people, "Birju Mandavi", id);
    assert_non_null(he);
    assert_int_equal(he->sighting_count, 2);
    assert_string_equal(he->sightings[0].row.case_id, second); /* the newest first */
    assert_int_equal(ask(w, people, (struct people_query){.name = "Birju Mandavi"}).count, 1);
    assert_non_null(found(w, people, "Ramu Yadav", id)); /* as he was called before */
    filed(w, "sho1", "correction", second, correction_body(w, second, "accused.0.who.name", "Ramu Yadav"));
    assert_null(found(w, people, "Birju Mandavi", id));
    assert_non_null(found(w, people, "Ramu Yadav", id));
    people_close(people);
}

static void an_index_fed_in_pieces_answers_like_one_made_anew(void **state)
{
    struct world *w = *state;
    static const char *const given[] = {"Ramu", "Shyam", "Mohan", "Sita", "Geeta", "Bisahu"};
    static const char *const surnames[] = {"Yadav", "Sahu", "Kenwat", "Nishad"};
    const char *ids[24];
    struct people *people = open_people(w);
    for (size_t i = 0; i < 24; i++) {
        char accused[100];
        snprintf(accused, sizeof accused, "[{'who':{'name':'%s %s'}}]", given[i % 6], surnames[i / 6]);
        ids[i] = named_in(w, filed(w, "sho1", "fir", NULL, fir_of(w, accused)), 2);
        if (i % 5 == 0) assert_non_null(found(w, people, given[i % 6], ids[i]));
        if (i == 12) { /* closed and opened again it goes on from where it was */
            people_close(people);
            people = open_people(w);
        }
    }
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 24; i++) {
            char name[60];
            snprintf(name, sizeof name, "%s %s", given[i % 6], surnames[i / 6]);
            struct people_answer answer = ask(w, people, (struct people_query){.name = name});
            assert_string_equal(answer.list[0].ids[0], ids[i]);
            assert_int_equal(answer.list[0].likeness, 100);
        }
        people_close(people);
        uint64_t count;
        assert_int_equal(people_rebuild(w->node, &count), E_OK);
        assert_true(count >= 24);
        people = open_people(w);
    }
    people_close(people);
}

static void far_behind_it_says_so_and_catches_up(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    filed(w, "sho1", "fir", NULL, fir_of(w, ramu));
    int64_t size = number_of(w, "SELECT max(seq) + 1 FROM entry_index");
    assert_true(people_index(people, size).behind > 0);
    people_follow(people, size);
    assert_int_equal(people_index(people, size).behind, 0);
    assert_false(people_index(people, size).building);
    people_close(people);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(whatever_names_him_finds_him_at_once),
        IN_WORLD(what_the_sight_hides_is_not_there),
        IN_WORLD(references_and_corrections_replace),
        IN_WORLD(an_index_fed_in_pieces_answers_like_one_made_anew),
        IN_WORLD(far_behind_it_says_so_and_catches_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
