/* Asking for people as a sight sees them: each mention is looked at once for an answer, and what was seen of
 * it by one key, or of another mention, says nothing about it. */
#include "filing_world.h"
#include "people/people.h"

/* Shows the mentions from `shown_from` on and keys of no bank, and counts the looks at one of them. */
struct watching_sight {
    int64_t shown_from;
    int64_t counted;
    int looks;
};

static bool may_all(void *context, const char *case_id)
{
    (void)context;
    (void)case_id;
    return true;
}

static bool see_some(void *context, struct sighting *sighting)
{
    struct watching_sight *sight = context;
    if (sighting->row.id == sight->counted) sight->looks++;
    return sighting->row.id >= sight->shown_from;
}

static bool key_some(void *context, const struct sighting *sighting, const char *confidential)
{
    (void)context;
    (void)sighting;
    return strcmp(confidential, "bank") != 0;
}

static struct people_answer ask(
    struct world *w, struct people *people, struct watching_sight *context, struct people_query query)
{
    struct sight sight = {.context = context, .may = may_all, .see = see_some, .key = key_some};
    struct people_answer answer;
    query.now = w->now;
    query.age_from = query.age_to = -1;
    assert_int_equal(people_ask(people, w->db, w->arena, &query, &sight, &answer), E_OK);
    return answer;
}

static struct people *open_people(struct world *w)
{
    struct people *people;
    assert_int_equal(people_open(w->node, false, &people), E_OK);
    return people;
}

static const char *fir_file(struct world *w, const char *accused)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    return filed(w, "sho1", "fir", NULL, with(body, "accused", accused));
}

static const char ramu[] =
    "[{'who':{'name':'Ramu Yadav','name_other':'रामू यादव','aliases':['Raamu Yaadav'],"
    "'phones':['+919812345678'],'accounts':[{'number':'556677'}]}}]";

static int64_t mention_named(struct world *w, const char *person)
{
    struct mention_row *rows;
    size_t count;
    assert_int_equal(mentions_of(w->db, w->arena, person, &rows, &count), E_OK);
    assert_int_equal(count, 1);
    return rows[0].id;
}

static void a_mention_is_looked_at_once_for_an_answer_and_once_to_be_told(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    const char *id = named_in(w, fir_file(w, ramu), 2);
    struct watching_sight sight = {.counted = mention_named(w, id)};
    struct people_answer answer = ask(w, people, &sight, (struct people_query){.name = "Ramu Yadav"});
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.list[0].ids[0], id);
    assert_int_equal(sight.looks, 2); /* though he is posted under three names */
    sight = (struct watching_sight){.shown_from = INT64_MAX, .counted = sight.counted};
    assert_int_equal(ask(w, people, &sight, (struct people_query){.name = "Ramu Yadav"}).count, 0);
    assert_int_equal(sight.looks, 1);
    people_close(people);
}

static void what_one_key_shows_says_nothing_for_another(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    const char *id = named_in(w, fir_file(w, ramu), 2);
    struct watching_sight all = {.shown_from = 0};
    /* His account may lead nobody to him; beside it his name still does, and his phone. */
    struct people_query closed = {.identity = "556677"};
    assert_int_equal(ask(w, people, &all, closed).count, 0);
    struct people_answer answer =
        ask(w, people, &all, (struct people_query){.identity = "556677", .name = "Ramu Yadav"});
    assert_int_equal(answer.count, 1);
    assert_string_equal(answer.list[0].ids[0], id);
    assert_int_equal(answer.list[0].by, FOUND_NAME);
    answer = ask(w, people, &all, (struct people_query){.identity = "556677", .phone = "9812345678"});
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.list[0].by, FOUND_PHONE);
    answer = ask(w, people, &all, (struct people_query){.identity = "556677", .name = "Shyam Sahu"});
    assert_int_equal(answer.count, 0);
    people_close(people);
}

#define NAMESAKES_EACH 20
#define HIDDEN 1024 /* as many as are remembered: the shown ones stand in their places */

static void hidden_namesakes_without_number_hide_and_show_nobody(void **state)
{
    struct world *w = *state;
    struct people *people = open_people(w);
    struct buf accused;
    buf_init(&accused, w->arena, 10000);
    for (int i = 0; i < NAMESAKES_EACH; i++)
        buf_printf(&accused, "%s{'who':{'name':'Mohan Sahu'}}", i ? "," : "[");
    buf_puts(&accused, "]");
    int64_t last = 0;
    while (last < 2 * HIDDEN) {
        fir_file(w, accused.data);
        last = number_of(w, "SELECT max(id) FROM mention");
    }
    struct watching_sight sight = {.shown_from = last - NAMESAKES_EACH / 2};
    struct people_query query = {.name = "Mohan Sahu", .apart = true};
    struct people_answer answer = ask(w, people, &sight, query);
    assert_int_equal(answer.count, NAMESAKES_EACH / 2 + 1);
    for (size_t i = 0; i < answer.count; i++)
        assert_true(answer.list[i].sightings[0].row.id >= sight.shown_from);
    sight.shown_from = last + 1;
    assert_int_equal(ask(w, people, &sight, query).count, 0);
    people_close(people);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_mention_is_looked_at_once_for_an_answer_and_once_to_be_told),
        IN_WORLD(what_one_key_shows_says_nothing_for_another),
        IN_WORLD(hidden_namesakes_without_number_hide_and_show_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
