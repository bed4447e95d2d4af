/* What a body must be to be filed: what is refused and where, and the one spelling of what is accepted. */
#include <time.h>

#include "base/time.h"
#include "form_world.h"

#define NOW INT64_C(1795336200000) /* 2026-11-22T14:00:00+05:30 */

static const char *declarations =
    "list kind | Kind | प्रकार\n  plain | Plain | सादा\n  zero | Zero | शून्य\n"
    "list group | Group | समूह\n  road | Road | सड़क\n  house | House | मकान\n"
    "list place parent group | Place | स्थान\n  highway of road | Highway | राजमार्ग\n"
    "  flat of house | Flat | फ्लैट\n  other | Other | अन्य\n"
    "composite address | Address | पता\n  village text required | Village | ग्राम\n"
    "composite person by reference | Person | व्यक्ति\n  name text required len 10 | Name | नाम\n"
    "  known yesno | Known | परिचित\n  why text required when known no only when known no | Why | क्यों\n"
    "  home address | Home | घर\n  section papers many 0-2 | Papers | दस्तावेज\n"
    "    number text required pattern [A-Z]{2} example AB | Number | क्रमांक\n"
    "    copy text only when known yes | Copy | प्रति\n"
    "  section face | Face | चेहरा\n    mark text required | Mark | चिन्ह\n"
    "form x 1 | X | क्ष\n  files any\n"
    "section main | Main | मुख्य\n  kind code:kind required | Kind | प्रकार\n"
    "  text text min 3 len 5 | Text | पाठ\n  long longtext | Long | लंबा\n  count int min 1 max 9 | Count | "
    "गिनती\n"
    "  paid money max 10000 | Paid | राशि\n  weight decimal | Weight | वजन\n  on date past | On | दिनांक\n"
    "  until date future | Until | तक\n  at datetime past | At | समय\n  by datetime future | By | तक\n"
    "  sure yesno | Sure | निश्चित\n  act offence | Act | धारा\n  office office:ps | Office | कार्यालय\n"
    "  officer officer | Officer | अधिकारी\n  file blob | File | फाइल\n  entry entry:x | Entry | प्रविष्टि\n"
    "  phone phone | Phone | फोन\n  car vehicle | Car | वाहन\n  spot point | Spot | स्थल\n"
    "  tags text many 2-3 | Tags | टैग\n  group code:group | Group | समूह\n  place code:place | Place | स्थान\n"
    "  zero_why text required when kind zero | Why | क्यों\n"
    "section extra | Extra | अतिरिक्त\n  note text | Note | टीप\n"
    "  sworn text required when main.sure yes | Sworn | शपथ\n"
    "section zero only when main.kind zero | Zero | शून्य\n  from text required | From | से\n"
    "section people many 0-3 | People | व्यक्ति\n  who person:accused required | Who | कौन\n  age int | Age | "
    "आयु\n";

struct world {
    struct arena *arena;
    struct forms *forms;
    const struct form *form;
};

static int world_setup(void **state)
{
    static struct world world;
    world.arena = arena_new((size_t)256 << 20);
    world.forms = forms_of(world.arena, declarations);
    world.form = form_find(world.forms, "x");
    *state = &world;
    return 0;
}

static int world_teardown(void **state)
{
    const struct world *world = *state;
    forms_free(world->forms);
    arena_free(world->arena);
    return 0;
}

static bool knows_offence(void *context, const char *offence)
{
    (void)context;
    return strcmp(offence, "BNS 303(2)") == 0;
}

static bool knows_office(void *context, const char *office, const char **ret_kind)
{
    (void)context;
    *ret_kind = strcmp(office, "PS-1") == 0 ? "ps" : "court";
    return strcmp(office, "PS-1") == 0 || strcmp(office, "CT-1") == 0;
}

static bool knows_officer(void *context, const char *officer)
{
    (void)context;
    return strcmp(officer, "O-1") == 0;
}

static bool knows_blob(void *context, const char *sha256)
{
    (void)context;
    return sha256[0] == 'a';
}

static bool knows_entry(void *context, const char *id, const char **ret_form)
{
    (void)context;
    *ret_form = id[0] == '0' ? "x" : "y";
    return id[0] != '2';
}

static bool knows_reference(void *context, const char *composite, const char *id)
{
    (void)context;
    return strcmp(composite, "person") == 0 && strcmp(id, "abc.1") == 0;
}

static const struct form_lookup lookup = {.offence = knows_offence,
    .office = knows_office,
    .officer = knows_officer,
    .blob = knows_blob,
    .entry = knows_entry,
    .reference = knows_reference};

/* The normal form of a body, or its problems as "code path" lines. */
static const char *checked(const struct world *world, const char *body)
{
    struct problems problems = {.arena = world->arena};
    json_t *given = json_of(body), *normal = NULL, *before = json_deep_copy(given);
    enum err err = form_check(world->forms, world->form, given, NOW, &lookup, &problems, &normal);
    assert_true(json_equal(given, before));
    json_decref(before);
    json_decref(given);
    if (err == E_PROBLEM) {
        assert_true(problems.count > 0);
        assert_null(normal);
        return problem_lines(world->arena, &problems);
    }
    assert_int_equal(err, E_OK);
    assert_int_equal(problems.count, 0);
    const char *line = json_line(world->arena, normal);
    json_decref(normal);
    return line;
}

/* One member of section main beside the kind: its normal JSON, or its problem codes. */
static void expect(const struct world *world, const char *name, const char *given, const char *wanted)
{
    const char *body = arena_printf(world->arena, "{\"main\":{\"kind\":\"plain\",\"%s\":%s}}", name, given);
    const char *got = checked(world, body);
    const char *line = strcmp(wanted, "") == 0 ? "{\"main\":{\"kind\":\"plain\"}}" : NULL;
    if (!line && strncmp(wanted, "!", 1) == 0)
        line = arena_printf(world->arena, "%s main.%s\n", wanted + 1, name);
    if (!line) {
        json_t *normal = json_pack("{s:{s:s, s:o}}", "main", "kind", "plain", name, json_of(wanted));
        line = json_line(world->arena, normal);
        json_decref(normal);
    }
    if (strcmp(got, line) != 0) fail_msg("%s %s:\n  got    %s\n  wanted %s", name, given, got, line);
}

static void single_values(void **state)
{
    static const struct {
        const char *name, *given, *wanted; /* JSON, "!code" or "" when it is dropped */
    } rows[] = {
        {"text", "\" ab   c \"", "\"ab c\""},
        {"text", "\"\"", ""},
        {"text", "\" \\t\\n \"", ""},
        {"text", "null", ""},
        {"text", "[]", ""},
        {"text", "{}", ""},
        {"text", "\"ab\"", "!field_short"},
        {"text", "\"abcdef\"", "!field_long"},
        {"text", "7", "!field_type"},
        {"text", "[\"abc\"]", "!field_many"},
        {"text", "{\"a\":1}", "!field_type"},
        {"text", "\"a\\u0007bc\"", "!field_text"},
        {"text", "\"a\\u0085bc\"", "!field_text"},
        {"text", "\"\\u007fabc\"", "!field_text"},
        {"text", "\"a\\nb\\nc\"", "\"a b c\""},
        {"text", "\"e\\u0301e\\u0301e\\u0301\"", "\"\\u00e9\\u00e9\\u00e9\""},
        {"text", "\"\\u0915\\u0915\\u0915\\u0915\\u0915\"", "\"\\u0915\\u0915\\u0915\\u0915\\u0915\""},
        {"long", "\" a\\r\\n  b\\n\"", "\"a\\n  b\""},

        {"count", "5", "5"},
        {"count", "0", "!field_min"},
        {"count", "10", "!field_max"},
        {"count", "\"5\"", "!field_number"},
        {"count", "5.0", "!field_number"},
        {"count", "true", "!field_number"},
        {"paid", "0", "0"},
        {"paid", "-1", "!field_min"},
        {"paid", "10000", "10000"},
        {"paid", "10001", "!field_max"},
        {"paid", "\"12.50\"", "!field_number"},
        {"weight", "\"12.50\"", "\"12.50\""},
        {"weight", "\"-3\"", "\"-3\""},
        {"weight", "\"\\u0967\\u0968.5\"", "\"12.5\""},
        {"weight", "\"12.\"", "!field_decimal"},
        {"weight", "\".5\"", "!field_decimal"},
        {"weight", "\"1e5\"", "!field_decimal"},
        {"weight", "\"123456789012345678901\"", "!field_decimal"},
        {"weight", "12", "!field_type"},
        {"on", "\"2026-11-22\"", "\"2026-11-22\""},
        {"on", "\"2026-11-23\"", "!field_date_past"},
        {"on", "\"2026-02-30\"", "!field_date"},
        {"on", "\"22/11/2026\"", "!field_date"},
        {"until", "\"2026-11-22\"", "\"2026-11-22\""},
        {"until", "\"2026-11-21\"", "!field_date_future"},
        {"at", "\"2026-11-22T08:30:00Z\"", "\"2026-11-22T14:00:00+05:30\""},
        {"at", "\"2026-11-22T14:04:59+05:30\"", "\"2026-11-22T14:04:59+05:30\""},
        {"at", "\"2026-11-22T14:05:01+05:30\"", "!field_date_past"},
        {"at", "\"2026-11-22\"", "!field_date"},
        {"by", "\"2026-11-22T13:54:00+05:30\"", "!field_date_future"},
        {"sure", "false", "false"},
        {"sure", "7", "!field_type"},
        {"act", "\" BNS  303(2) \"", "\"BNS 303(2)\""},
        {"act", "\"BNS\"", "!field_offence"},
        {"act", "\"BNS 999\"", "!offence_unknown"},
        {"office", "\"PS-1\"", "\"PS-1\""},
        {"office", "\"CT-1\"", "!office_kind"},
        {"office", "\"PS-2\"", "!office_unknown"},
        {"officer", "\"O-1\"", "\"O-1\""},
        {"officer", "\"O-2\"", "!officer_unknown"},
        {"officer", "\"O\\u0020\"", "!officer_unknown"},
        {"file", "\"aaaa\"", "!blob_unknown"},
        {"entry", "\"0\"", "!id_wrong"},
        {"entry", "\"01931f0c-7c00-7000-8000-000000000000\"", "\"01931f0c-7c00-7000-8000-000000000000\""},
        {"entry", "\"11931f0c-7c00-7000-8000-000000000000\"", "!entry_form"},
        {"entry", "\"21931f0c-7c00-7000-8000-000000000000\"", "!entry_unknown"},
        {"phone", "\"98123 45678\"", "\"+919812345678\""},
        {"phone", "\"098123-45678\"", "\"+919812345678\""},
        {"phone", "\"+91 98123 45678\"", "\"+919812345678\""},
        {"phone", "\"919812345678\"", "\"+919812345678\""},
        {"phone", "\"0771-2234567\"", "\"+917712234567\""},
        {"phone", "\"0091 9812345678\"", "\"+919812345678\""},
        {"phone", "\"+44 20 7946 0958\"", "\"+442079460958\""},
        {"phone", "\"\\u096f812345678\"", "\"+919812345678\""},
        {"phone", "\"12345\"", "!field_phone"},
        {"phone", "\"+91 12345\"", "!field_phone"},
        {"phone", "\"98123x45678\"", "!field_phone"},
        {"phone", "\"+\"", "!field_phone"},
        {"car", "\"cg 04-ab 1234\"", "\"CG04AB1234\""},
        {"car", "\"cg4\"", "!field_vehicle"},
        {"car", "\"CG04/1234\"", "!field_vehicle"},
        {"spot", "\"21.6566, 82.1607\"", "\"21.6566,82.1607\""},
        {"spot", "\"-90,180.0\"", "\"-90,180.0\""},
        {"spot", "\"90.1,10\"", "!field_point"},
        {"spot", "\"10\"", "!field_point"},
        {"spot", "\"10,181\"", "!field_point"},
        {"spot", "\"a,b\"", "!field_point"},
        {"tags", "[\"a\",\"\",\"b\"]", "[\"a\",\"b\"]"},
        {"tags", "[\"a\"]", "!section_few"},
        {"tags", "[\"a\",\"b\",\"c\",\"d\"]", "!section_many"},
        {"tags", "\"a\"", "!field_type"},
        {"place", "\"highway\"", "\"highway\""},
        {"place", "\"nowhere\"", "!field_code"},
        {"place", "1", "!field_type"},
        {"nothing", "1", "!field_unknown"},
        {"nothing", "\"\"", "!field_unknown"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect(*state, rows[i].name, rows[i].given, rows[i].wanted);
}

static void a_file_is_named_by_its_hash(void **state)
{
    char hash[65];
    memset(hash, 'a', 64);
    hash[64] = '\0';
    const struct world *world = *state;
    const char *quoted = arena_printf(world->arena, "\"%s\"", hash);
    expect(world, "file", quoted, quoted);
    hash[63] = 'A';
    expect(world, "file", arena_printf(world->arena, "\"%s\"", hash), "!blob_unknown");
}

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

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The budget is 50 µs for 60 fields; sanitizers and a busy machine get ten times that. */
static void checking_is_quick(void **state)
{
    const struct world *world = *state;
    json_t *body = json_of(
        "{\"main\":{\"kind\":\"plain\",\"text\":\"abc\",\"count\":3,\"paid\":100,"
        "\"on\":\"2026-11-22\",\"sure\":false,\"phone\":\"+919812345678\",\"place\":\"other\","
        "\"long\":\"some words that are told\",\"tags\":[\"a\",\"b\"]},\"people\":[]}");
    for (int i = 0; i < 3; i++)
        json_array_append_new(json_object_get(body, "people"),
            json_of("{\"age\":30,\"who\":{\"name\":\"Asha\",\"known\":true,\"home\":{\"village\":\"Sirpur\"},"
                    "\"face\":{\"mark\":\"none\"},\"papers\":[{\"number\":\"AB\",\"copy\":\"x\"},{\"number\":"
                    "\"CD\"}]}}"));
    enum { RUNS = 2000, FIELDS = 10 + 3 * 9 };
    struct arena *arena = arena_new((size_t)16 << 20);
    double start = seconds();
    for (int i = 0; i < RUNS; i++) {
        struct problems problems = {.arena = arena};
        json_t *normal = NULL;
        assert_int_equal(form_check(world->forms, world->form, body, NOW, NULL, &problems, &normal), E_OK);
        json_decref(normal);
        arena_reset(arena);
    }
    double each_us = (seconds() - start) / RUNS * 1e6;
    printf("# %.1f us for %d values\n", each_us, FIELDS);
    assert_true(each_us < 500);
    arena_free(arena);
    json_decref(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_values),
        cmocka_unit_test(a_file_is_named_by_its_hash),
        cmocka_unit_test(a_code_goes_with_its_parent),
        cmocka_unit_test(what_is_required_when),
        cmocka_unit_test(all_faults_are_told_at_once),
        cmocka_unit_test(persons_by_reference),
        cmocka_unit_test(rows_have_limits),
        cmocka_unit_test(more_faults_than_can_be_told),
        cmocka_unit_test(normal_stays_normal),
        cmocka_unit_test(checking_is_quick),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
