/* JSON at the door and on the way to the hash, and problems as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/json_plain.h"
#include "base/problem.h"

static int setup(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static json_t *read_text(struct problems *problems, const char *text)
{
    return json_read(text, strlen(text), problems);
}

static const char *canonical(struct arena *arena, const char *text)
{
    struct problems problems = {.arena = arena};
    json_t *value CLEANUP(json_drop) = read_text(&problems, text);
    if (!value) fail_msg("refused: %s", text);
    struct buf buf;
    buf_init(&buf, arena, 1 << 20);
    json_canonical(&buf, value);
    assert_false(buf.overflow);
    return buf.data;
}

static void keys_are_sorted_by_code_units(void **state)
{
    /* The key order RFC 8785 section 3.2.3 sets out, with a surrogate pair before U+FB33. */
    static const char text[] =
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,"
        "\"\\u00f6\":7}";
    assert_string_equal(
        canonical(*state, text), "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,"
                                 "\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
    assert_string_equal(canonical(*state, "{\"b\":{\"z\":1,\"a\":2},\"aa\":1,\"a\":1}"),
        "{\"a\":1,\"aa\":1,\"b\":{\"a\":2,\"z\":1}}");
    assert_string_equal(
        canonical(*state, "{\"\":1,\"\xEE\x80\x80\":2,\"\xF4\x8F\xBF\xBF\":3,\"\xED\x9F\xBF\":4}"),
        "{\"\":1,\"\xED\x9F\xBF\":4,\"\xF4\x8F\xBF\xBF\":3,\"\xEE\x80\x80\":2}");
}

static void values_are_written_the_shortest_way(void **state)
{
    assert_string_equal(
        canonical(*state, " [ null , true, false, \"\", [], {} ] "), "[null,true,false,\"\",[],{}]");
    assert_string_equal(canonical(*state, "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\""),
        "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    assert_string_equal(canonical(*state, "\"\\b\\t\\n\\f\\r\\u0001\\u001f\\u007f\""),
        "\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\"");
    assert_string_equal(canonical(*state, "[0,-0,-1,9007199254740991,-9007199254740991]"),
        "[0,0,-1,9007199254740991,-9007199254740991]");
    assert_string_equal(
        canonical(*state, "{\"नाम\":\"रामलाल पिता शंकर\"}"), "{\"नाम\":\"रामलाल पिता शंकर\"}");
}

static void canonical_text_reads_back_as_itself(void **state)
{
    const char *once =
        canonical(*state, "{\"c\":[1,{\"y\":\"\\u0007\",\"x\":[]}],\"a\":{\"k\":null},\"b\":\"थाना\"}");
    assert_string_equal(canonical(*state, once), once);
}

static void what_is_not_our_json_is_refused(void **state)
{
    const struct {
        const char *text;
        const char *code;
    } wrong[] = {
        {"", "json_malformed"},
        {"{", "json_malformed"},
        {"{\"a\":1,}", "json_malformed"},
        {"{\"a\":1} x", "json_malformed"},
        {"{\"a\":1}{}", "json_malformed"},
        {"{\"a\":1,\"a\":2}", "json_malformed"},
        {"{\"a\":1,\"\\u0061\":2}", "json_malformed"},
        {"'a'", "json_malformed"},
        {"[01]", "json_malformed"},
        {"[+1]", "json_malformed"},
        {"[NaN]", "json_malformed"},
        {"[99999999999999999999]", "json_malformed"},
        {"\"\\u0000\"", "json_malformed"},
        {"{\"\\u0000\":1}", "json_malformed"},
        {"\"\\ud800\"", "json_malformed"},
        {"\"\xC0\x80\"", "json_malformed"},
        {"\"\xED\xA0\x80\"", "json_malformed"},
        {"\"\xFF\"", "json_malformed"},
        {"\"a\nb\"", "json_malformed"},
        {"\xEF\xBB\xBF{}", "json_malformed"},
        {"// note\n{}", "json_malformed"},
        {"1.5", "json_number"},
        {"{\"a\":[{\"b\":1.0}]}", "json_number"},
        {"[1e3]", "json_number"},
        {"[9007199254740992]", "json_number"},
        {"[-9007199254740992]", "json_number"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct problems problems = {.arena = *state};
        if (read_text(&problems, wrong[i].text)) fail_msg("taken: %s", wrong[i].text);
        assert_int_equal(problems.count, 1);
        assert_string_equal(problems.list[0].code, wrong[i].code);
        assert_int_equal(problems_status(&problems), 400);
    }
    struct problems problems = {.arena = *state};
    assert_null(json_read("\"a\0b\"", 5, &problems));
    assert_null(json_read("{}\0", 3, &problems));
    assert_null(read_text(&problems, "{\n  \"a\": tru }"));
    assert_non_null(strstr(problems.list[2].text[LANG_EN], "line 2, column"));
}

static void nesting_ends_at_64(void **state)
{
    char text[300];
    for (int depth = 63; depth <= 66; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        struct problems problems = {.arena = *state};
        json_t *value CLEANUP(json_drop) = json_read(text, (size_t)depth * 2, &problems);
        assert_int_equal(value != NULL, depth <= 64);
        if (!value) assert_string_equal(problems.list[0].code, "json_deep");
    }
    struct problems problems = {.arena = *state};
    size_t n = 5000000;
    char *deep = arena_alloc(*state, n);
    memset(deep, '[', n);
    assert_null(json_read(deep, n, &problems));
    json_t *brackets CLEANUP(json_drop) =
        read_text(&problems, "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                             "[[[[[[[[[[[[[[[[[[[[[[[[\"");
    assert_non_null(brackets); /* brackets within a text are no nesting */
}

static void members_by_name_and_path(void **state)
{
    struct problems problems = {.arena = *state};
    json_t *root CLEANUP(json_drop) =
        read_text(&problems, "{\"accused\":[{\"who\":{\"name\":\"Mohan\"}},{\"age\":31,\"held\":true}],\"n\":"
                             "\"5\",\"0\":\"zero\"}");
    assert_string_equal(json_string_value(json_at(root, "accused.0.who.name")), "Mohan");
    assert_int_equal(json_integer_value(json_at(root, "accused.1.age")), 31);
    assert_string_equal(json_string_value(json_at(root, "0")), "zero");
    assert_ptr_equal(json_at(root, ""), root);
    static const char *const nowhere[] = {"accused.2", "accused.x", "accused.-1", "accused.0.who.name.x",
        "accus", "accused..who", "accused.00000000", "n.0", "accused.99999999999999999999"};
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) assert_null(json_at(root, nowhere[i]));
    assert_null(json_at(NULL, "a"));
    json_t *second = json_at(root, "accused.1");
    assert_int_equal(json_int(second, "age", -1), 31);
    assert_int_equal(json_int(root, "n", -1), -1);
    assert_true(json_flag(second, "held"));
    assert_false(json_flag(second, "age"));
    assert_null(json_text(second, "age"));
    assert_string_equal(json_text(root, "n"), "5");
}

static void problems_carry_words_in_both_languages(void **state)
{
    struct problems problems = {.arena = *state};
    problem_add(&problems, "field_long", "accused.0.who.name", "max", "100", NULL);
    problem_add(&problems, "not_allowed", NULL, NULL);
    struct problem rule = {.code = "fir_before_diary", .status = 409, .path = NULL, .law = "BNSS 173(1)",
        .text = {"The FIR is older than its diary entry.", "प्राथमिकी रोजनामचा से पहले की है।"},
        .next = {"Cite the right entry.", "सही प्रविष्टि दें।"}};
    problem_add_words(&problems, &rule);
    json_t *answer CLEANUP(json_drop) = problems_json(&problems, "request-1");
    assert_string_equal(json_text(answer, "type"), "urn:panji:problem:field_long");
    assert_int_equal(json_int(answer, "status", 0), 422);
    assert_string_equal(json_text(answer, "code"), "field_long");
    assert_string_equal(json_text(answer, "instance"), "request-1");
    assert_non_null(json_text(answer, "title"));
    assert_string_equal(
        json_text(answer, "detail"), json_string_value(json_at(answer, "problems.0.text.en")));
    assert_string_equal(json_string_value(json_at(answer, "problems.0.path")), "accused.0.who.name");
    assert_non_null(strstr(json_string_value(json_at(answer, "problems.0.text.en")), "100"));
    assert_non_null(strstr(json_string_value(json_at(answer, "problems.0.text.hi")), "100"));
    assert_null(strchr(json_string_value(json_at(answer, "problems.0.text.hi")), '{'));
    assert_string_equal(json_string_value(json_at(answer, "problems.1.path")), "");
    assert_string_equal(json_string_value(json_at(answer, "problems.2.law")), "BNSS 173(1)");
    assert_string_equal(json_string_value(json_at(answer, "problems.2.next.hi")), "सही प्रविष्टि दें।");
    assert_null(json_at(answer, "problems.1.law"));
}

static void problems_without_end_are_cut_off(void **state)
{
    struct problems problems = {.arena = *state};
    assert_int_equal(problems_status(&problems), 500);
    char path[20];
    for (int i = 0; i < 1000; i++) {
        snprintf(path, sizeof path, "list.%d", i);
        problem_add(&problems, "field_required", path, NULL);
    }
    assert_int_equal(problems.count, PROBLEMS_MAX);
    for (int i = 0; i < PROBLEMS_MAX; i++) {
        snprintf(path, sizeof path, "list.%d", i);
        assert_string_equal(problems.list[i].path, path);
    }
    assert_true(problem_known("field_required"));
    assert_false(problem_known("field_requirex"));
    assert_false(problem_known(""));
}

static void values_in_words_are_not_words_again(void **state)
{
    struct problems problems = {.arena = *state};
    problem_add(&problems, "entry_form", "", "id", "{wanted}", "form", "{", "wanted", "FIR", NULL);
    assert_string_equal(problems.list[0].text[LANG_EN], "The entry {wanted} is a {, but a FIR belongs here.");
}

static void values_read_into_an_arena_go_with_it(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    struct problems problems = {.arena = *state};
    json_into_arena(arena);
    json_t *inside = read_text(&problems, "{\"a\":[1,2,{\"b\":\"c\"}]}");
    json_decref(read_text(&problems, "[\"dropped\"]"));
    json_into_arena(NULL);
    json_t *outside = json_deep_copy(inside);
    json_incref(inside);
    json_decref(inside); /* not the last */
    assert_true(json_equal(inside, outside));
    arena_free(arena);
    assert_string_equal(json_text(json_at(outside, "a.2"), "b"), "c");
    json_decref(outside);
}

/* Whatever stands there at whatever place of a word, the front without it is as long as a look at each byte
 * says. */
static void the_front_without_escapes_is_found(void **state)
{
    (void)state;
    char text[40];
    for (int stop = 0; stop < 256; stop++)
        for (size_t place = 0; place < sizeof text; place++) {
            memset(text, 'a', sizeof text);
            if (place + 1 < sizeof text) text[place + 1] = '\0'; /* and a second behind it */
            text[place] = (char)stop;
            bool stops = stop < 0x20 || stop == '"' || stop == '\\';
            size_t wanted = stops ? place : place + 1;
            assert_int_equal(json_plain_length(text, sizeof text), wanted);
            assert_int_equal(json_plain_length(text, place), place);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_are_sorted_by_code_units, setup, teardown),
        cmocka_unit_test_setup_teardown(values_are_written_the_shortest_way, setup, teardown),
        cmocka_unit_test_setup_teardown(canonical_text_reads_back_as_itself, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_our_json_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(nesting_ends_at_64, setup, teardown),
        cmocka_unit_test_setup_teardown(members_by_name_and_path, setup, teardown),
        cmocka_unit_test_setup_teardown(problems_carry_words_in_both_languages, setup, teardown),
        cmocka_unit_test_setup_teardown(problems_without_end_are_cut_off, setup, teardown),
        cmocka_unit_test_setup_teardown(values_in_words_are_not_words_again, setup, teardown),
        cmocka_unit_test_setup_teardown(values_read_into_an_arena_go_with_it, setup, teardown),
        cmocka_unit_test(the_front_without_escapes_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
