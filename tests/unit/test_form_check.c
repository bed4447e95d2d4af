/* What a whole body must be to be filed: what is refused and where, and the one spelling of what is accepted.
 */
#include "form_check_world.h"

static void same(const struct world *world, const char *body, const char *wanted)
{
    assert_string_equal(checked(world, body), wanted);
}

static void a_code_goes_with_its_parent(void **state)
{
    same(*state, "{\"main\":{\"kind\":\"plain\",\"group\":\"road\",\"place\":\"highway\"}}",
        "{\"main\":{\"group\":\"road\",\"kind\":\"plain\",\"place\":\"highway\"}}");
    same(*state, "{\"main\":{\"kind\":\"plain\",\"group\":\"road\",\"place\":\"flat\"}}",
        "field_parent main.place\n");
    same(*state, "{\"main\":{\"kind\":\"plain\",\"group\":\"road\",\"place\":\"other\"}}",
        "{\"main\":{\"group\":\"road\",\"kind\":\"plain\",\"place\":\"other\"}}");
}

static void what_is_required_when(void **state)
{
    same(*state, "{}", "field_required main.kind\n");
    same(*state, "{\"main\":null,\"extra\":{}}", "field_required main.kind\n");
    same(*state, "{\"main\":{\"kind\":\"plain\"},\"extra\":{\"note\":\" \"}}",
        "{\"main\":{\"kind\":\"plain\"}}");
    /* A condition may make a field of an absent section required. */
    same(*state, "{\"main\":{\"kind\":\"plain\",\"sure\":true}}", "field_required extra.sworn\n");
    same(*state, "{\"main\":{\"kind\":\"plain\",\"sure\":false}}",
        "{\"main\":{\"kind\":\"plain\",\"sure\":false}}");
    /* A section that applies is asked for what it requires; one that does not is refused. */
    same(*state, "{\"main\":{\"kind\":\"zero\",\"zero_why\":\"x\"}}", "field_required zero.from\n");
    same(*state, "{\"main\":{\"kind\":\"zero\"},\"zero\":{\"from\":\"x\"}}",
        "field_required main.zero_why\n");
    same(*state, "{\"main\":{\"kind\":\"plain\"},\"zero\":{\"from\":\"x\"}}", "field_when zero\n");
    same(*state, "{\"main\":{\"kind\":\"plain\"},\"zero\":{\"from\":\"\"}}", "field_when zero\n");
}

static void all_faults_are_told_at_once(void **state)
{
    same(*state,
        "{\"main\":{\"kind\":\"odd\",\"count\":0,\"on\":\"x\"},\"bad\":1,"
        "\"people\":[{\"who\":{\"known\":false}},{},{\"age\":\"x\"},7]}",
        "field_code main.kind\nfield_min main.count\nfield_date main.on\n"
        "field_required people.0.who.name\nfield_required people.0.who.why\nfield_required "
        "people.0.who.face.mark\n"
        "field_required people.2.who\nfield_number people.2.age\nfield_type people.3\nfield_unknown bad\n");
    same(*state, "[]", "field_type \n");
    same(*state, "{\"main\":[{}],\"people\":{\"who\":{}}}", "field_type main\nfield_type people\n");
}

static void persons_by_reference(void **state)
{
    const char *start = "{\"main\":{\"kind\":\"plain\"},\"people\":[{\"who\":";
    const struct world *world = *state;
    static const struct {
        const char *who, *wanted; /* normal form of who, or problems */
    } rows[] = {
        {"{\"ref\":\"abc.1\"}", "{\"ref\":\"abc.1\"}"},
        {"{\"ref\":\"abc.1\",\"name\":\"Asha\"}", "{\"name\":\"Asha\",\"ref\":\"abc.1\"}"},
        /* What hangs on a fact that may be known already is taken; against a fact given it is not. */
        {"{\"ref\":\"abc.1\",\"why\":\"x\"}", "{\"ref\":\"abc.1\",\"why\":\"x\"}"},
        {"{\"ref\":\"abc.1\",\"known\":true,\"why\":\"x\"}", "field_when people.0.who.why\n"},
        {"{\"ref\":\"abc.2\"}", "ref_unknown people.0.who.ref\n"},
        {"{\"ref\":\"A B\"}", "field_type people.0.who.ref\n"},
        {"{\"ref\":7}", "field_type people.0.who.ref\n"},
        {"{\"ref\":\"\",\"name\":\"Asha\",\"face\":{\"mark\":\"x\"}}",
            "{\"face\":{\"mark\":\"x\"},\"name\":\"Asha\"}"},
        {"{\"ref\":\"abc.1\",\"home\":{\"ref\":\"abc.1\"}}",
            "field_required people.0.who.home.village\nfield_unknown people.0.who.home.ref\n"},
        {"{\"ref\":\"abc.1\",\"papers\":[{\"copy\":\"x\"}]}",
            "field_required people.0.who.papers.0.number\nfield_when people.0.who.papers.0.copy\n"},
        {"{\"ref\":\"abc.1\",\"known\":true,\"papers\":[{\"copy\":\"x\",\"number\":\"AB\"}]}",
            "{\"known\":true,\"papers\":[{\"copy\":\"x\",\"number\":\"AB\"}],\"ref\":\"abc.1\"}"},
        {"{\"ref\":\"abc.1\",\"papers\":[{\"number\":\"ab\"}]}",
            "field_pattern people.0.who.papers.0.number\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *got = checked(world, arena_printf(world->arena, "%s%s}]}", start, rows[i].who));
        bool good = rows[i].wanted[0] == '{';
        const char *wanted = rows[i].wanted;
        if (good)
            wanted = arena_printf(world->arena, "{\"main\":{\"kind\":\"plain\"},\"people\":[{\"who\":%s}]}",
                wanted);
        if (strcmp(got, wanted) != 0) fail_msg("%s:\n  got    %s\n  wanted %s", rows[i].who, got, wanted);
    }
}

static void rows_have_limits(void **state)
{
    const struct world *world = *state;
    json_t *body = json_of("{\"main\":{\"kind\":\"plain\"},\"people\":[]}"), *normal = NULL;
    json_t *people = json_object_get(body, "people");
    for (int i = 0; i < 4; i++) json_array_append_new(people, json_of("{\"who\":{\"ref\":\"abc.1\"}}"));
    struct problems problems = {.arena = world->arena};
    assert_int_equal(form_check(world->forms, world->form, body, NOW, &lookup, &problems, &normal),
        E_PROBLEM);
    assert_string_equal(problem_lines(world->arena, &problems), "section_many people\n");
    assert_non_null(strstr(problems.list[0].text[LANG_EN], "at most 3"));
    while (json_array_size(people) <= SECTION_ROWS_MAX) json_array_append_new(people, json_of("{\"who\":1}"));
    problems = (struct problems){.arena = world->arena};
    assert_int_equal(form_check(world->forms, world->form, body, NOW, &lookup, &problems, &normal),
        E_PROBLEM);
    assert_string_equal(problem_lines(world->arena, &problems), "section_many people\n");
    json_decref(body);
}

/* The list of problems has an end; a body with more faults than that is refused all the same. */
static void more_faults_than_can_be_told(void **state)
{
    const struct world *world = *state;
    struct problems problems = {.arena = world->arena};
    json_t *body = json_of("{\"main\":{\"kind\":\"odd\"}}"), *normal = NULL;
    for (int i = 0; i < PROBLEMS_MAX; i++) problem_add(&problems, "trouble", NULL, NULL);
    assert_int_equal(form_check(world->forms, world->form, body, NOW, NULL, &problems, &normal), E_PROBLEM);
    json_decref(body);
}

/* The normal form is accepted again and stays as it is. */
static void normal_stays_normal(void **state)
{
    const struct world *world = *state;
    const char *once = checked(world,
        "{\"main\":{\"kind\":\"plain\",\"text\":\" a b \",\"phone\":\"98123 45678\",\"car\":\"cg 04 ab 1\","
        "\"at\":\"2026-11-22T08:00Z\",\"tags\":[\" a\",\"b \"],\"long\":\"a\\r\\nb\"},"
        "\"people\":[{\"who\":{\"ref\":\"abc.1\",\"home\":{\"village\":\"\\u0915\\u093c\"}}}]}");
    assert_int_equal(once[0], '{');
    assert_string_equal(checked(world, once), once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_goes_with_its_parent),
        cmocka_unit_test(what_is_required_when),
        cmocka_unit_test(all_faults_are_told_at_once),
        cmocka_unit_test(persons_by_reference),
        cmocka_unit_test(rows_have_limits),
        cmocka_unit_test(more_faults_than_can_be_told),
        cmocka_unit_test(normal_stays_normal),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
