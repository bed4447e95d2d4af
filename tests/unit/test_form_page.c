/* What pages make of bodies: typed pairs become a body, values become words, walks find every value. */
#include "base/time.h"
#include "form_world.h"

#define NOW INT64_C(1795336200000) /* 2026-11-22T14:00:00+05:30 */

static const char *declarations =
    "list relation | Relation | संबंध\n  father | Father | पिता\n"
    "list kind | Kind | प्रकार\n  plain | Plain | सादा\n  zero | Zero | शून्य\n"
    "composite address | Address | पता\n  village text | Village | ग्राम\n  pin text | PIN | पिन\n"
    "composite person by reference | Person | व्यक्ति\n  name text required | Name | नाम\n"
    "  relation code:relation | Relation | संबंध\n  relative_name text | Relative | संबंधी\n"
    "  phones phone many | Phones | फोन\n  home address | Home | घर\n"
    "  section papers many | Papers | दस्तावेज\n    number text required | Number | क्रमांक\n"
    "form x 1 | X | क्ष\n  files any\n"
    "section main | Main | मुख्य\n  kind code:kind required | Kind | प्रकार\n"
    "  kinds code:kind many | Kinds | "
    "प्रकार\n"
    "  text longtext | Text | पाठ\n  count int | Count | गिनती\n  paid money | Paid | राशि\n"
    "  lent money min -100000 | Lent | उधार\n  on date | On | दिनांक\n  at datetime | At | समय\n"
    "  sure yesno | Sure | निश्चित\n  phone phone | Phone | फोन\n  act offence | Act | धारा\n"
    "section people many | People | व्यक्ति\n"
    "  who person:accused required | Who | कौन\n  age int | Age | आयु\n";

static const char *body_of(struct arena *arena, const struct pair *pairs, size_t count)
{
    struct forms *forms = forms_of(arena, declarations);
    json_t *body = form_body_from_pairs(forms, form_find(forms, "x"), pairs, count, NOW, arena);
    const char *line = json_line(arena, body);
    json_decref(body);
    forms_free(forms);
    return line;
}

static void typed_values_are_read(void **state)
{
    static const struct {
        const char *name, *typed, *wanted;
    } rows[] = {
        {"kind", "zero", "\"zero\""},
        {"text", "a\r\nb\rc", "\"a\\nb\\rc\""},
        {"count", "1,250", "1250"},
        {"count", "-3", "-3"},
        {"count", "१२", "12"},
        {"count", "many", "\"many\""},
        {"count", "1234567890123456", "\"1234567890123456\""},
        {"paid", "1,234.50", "123450"},
        {"paid", "₹ 1,23,456", "12345600"},
        {"paid", "Rs. 500/-", "50000"},
        {"paid", "0.5", "50"},
        {"paid", "-20", "-2000"},
        {"paid", "1.234", "\"1.234\""},
        {"paid", "12.", "\"12.\""},
        {"paid", "five", "\"five\""},
        {"on", "27/3", "\"2026-03-27\""},
        {"on", "y", "\"2026-11-21\""},
        {"on", "२७/३/२०२६", "\"2026-03-27\""},
        {"on", "27/13", "\"27/13\""},
        {"at", "t 0930", "\"2026-11-22T09:30:00+05:30\""},
        {"at", "2026-11-22T09:30", "\"2026-11-22T09:30:00+05:30\""},
        {"at", "27/3", "\"27/3\""},
        {"sure", "yes", "true"},
        {"sure", "no", "false"},
        {"sure", "maybe", "\"maybe\""},
        {"phone", "98123 45678", "\"98123 45678\""},
        {"text", "\xFF", "\"\x7F\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct pair pair = {arena_printf(*state, "main.%s", rows[i].name), rows[i].typed};
        const char *wanted = arena_printf(*state, "{\"main\":{\"%s\":%s}}", rows[i].name, rows[i].wanted);
        assert_string_equal(body_of(*state, &pair, 1), wanted);
    }
}

static void names_lead_into_the_form(void **state)
{
    static const struct pair pairs[] = {
        {"_csrf", "x"},
        {"main.kind", "plain"},
        {"main.text", "  "},
        {"main.kinds", "plain"},
        {"main.kinds", "zero"},
        {"people.2.who.name", "Asha"},
        {"people.2.who.papers.1.number", "7"},
        {"people.2.who.home.village", "Sirpur"},
        {"people.2.who.phones.0", "9812345678"},
        {"people.0.age", ""},
        {"people.1.who.ref", "abc.1"},
        {"main.sure", "no"},
        {"main.sure", "yes"},
    };
    assert_string_equal(body_of(*state, pairs, sizeof pairs / sizeof pairs[0]),
        "{\"main\":{\"kind\":\"plain\",\"kinds\":[\"plain\",\"zero\"],\"sure\":true},"
        "\"people\":[null,{\"who\":{\"ref\":\"abc.1\"}},{\"who\":{\"home\":{\"village\":\"Sirpur\"},\"name\":"
        "\"Asha\","
        "\"papers\":[null,{\"number\":\"7\"}],\"phones\":[\"9812345678\"]}}]}");
}

static void hostile_names_are_ignored(void **state)
{
    static const char *const names[] = {"", ".", "..", "main", "main.", ".main.kind", "main..kind",
        "main.kind.", "main.kind.x", "main.kind.0", "main.0.kind", "people", "people.", "people.0",
        "people.-1.age", "people.500.age", "people.99999999999999999999.age", "people.1e1.age",
        "people.x.age", "people.0.who", "people.0.who.ref.x", "people.0.who.home", "people.0.who.home.ref",
        "people.0.who.papers.number", "people.0.who.who.name", "people.0.who.phones.500",
        "people.0.who.phones.0.0", "__proto__.x", "people.0.who.papers.0.number.0.0.0.0.0.0.0.0.0.0.0.0.0"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct pair pair = {names[i], "plain"};
        assert_string_equal(body_of(*state, &pair, 1), "{}");
    }
}

/* A few names with large row numbers must not make a body of gigabytes. */
static void rows_skipped_have_a_limit(void **state)
{
    enum { COUNT = SECTION_ROWS_MAX };
    struct pair *pairs = ARENA_ARRAY(*state, struct pair, COUNT);
    for (int i = 0; i < COUNT; i++)
        pairs[i] = (struct pair){arena_printf(*state, "people.%d.who.papers.499.number", i), "x"};
    const char *line = body_of(*state, pairs, COUNT);
    assert_true(strlen(line) < 200000);
}

static const char *told(struct arena *arena, const struct forms *forms, const char *name, const char *value,
    enum lang lang)
{
    const struct form *form = form_find(forms, "x");
    for (size_t i = 0; i < form->section_count; i++)
        for (size_t j = 0; j < form->sections[i].field_count; j++) {
            const struct field *field = &form->sections[i].fields[j];
            if (strcmp(field->name, name) != 0) continue;
            json_t *json = json_of(value);
            const char *words = field_words(forms, field, json, lang, arena);
            json_decref(json);
            return words;
        }
    return NULL;
}

static void values_in_words(void **state)
{
    static const struct {
        const char *name, *value, *en, *hi;
    } rows[] = {
        {"kind", "\"zero\"", "Zero", "शून्य"},
        {"kind", "\"gone\"", "gone", "gone"},
        {"kinds", "[\"zero\",\"plain\"]", "Zero; Plain", "शून्य; सादा"},
        {"count", "1234567", "1234567", "1234567"},
        {"paid", "0", "₹0", "₹0"},
        {"paid", "5", "₹0.05", "₹0.05"},
        {"paid", "99900", "₹999", "₹999"},
        {"paid", "12345678", "₹1,23,456.78", "₹1,23,456.78"},
        {"paid", "100000000000", "₹1,00,00,00,000", "₹1,00,00,00,000"},
        {"lent", "-150000", "-₹1,500", "-₹1,500"},
        {"on", "\"2026-11-22\"", "22 Nov 2026", "22 नवं 2026"},
        {"on", "\"someday\"", "someday", "someday"},
        {"at", "\"2026-11-22T14:30:00+05:30\"", "22 Nov 2026, 14:30", "22 नवं 2026, 14:30"},
        {"sure", "true", "Yes", "हाँ"},
        {"sure", "false", "No", "नहीं"},
        {"phone", "\"+919812345678\"", "+91 98123 45678", "+91 98123 45678"},
        {"phone", "\"+442079460958\"", "+442079460958", "+442079460958"},
        {"act", "\"BNS 303(2)\"", "BNS 303(2)", "BNS 303(2)"},
        {"who", "{\"name\":\"Ramesh\",\"relation\":\"father\",\"relative_name\":\"Mohan\"}",
            "Ramesh, Father Mohan", "Ramesh, पिता Mohan"},
        {"who", "{\"name\":\"Ramesh\",\"phones\":[\"+919812345678\"]}", "Ramesh", "Ramesh"},
        {"who", "{\"ref\":\"abc.1\"}", "abc.1", "abc.1"},
        {"who", "7", "", ""},
        {"kind", "7", "", ""},
    };
    struct forms *forms = forms_of(*state, declarations);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(told(*state, forms, rows[i].name, rows[i].value, LANG_EN), rows[i].en);
        assert_string_equal(told(*state, forms, rows[i].name, rows[i].value, LANG_HI), rows[i].hi);
    }
    assert_string_equal(code_label(forms, "kind", "zero", LANG_HI), "शून्य");
    assert_string_equal(code_label(forms, "nothing", "zero", LANG_EN), "zero");
    forms_free(forms);
}

struct seen {
    struct arena *arena;
    const char *lines;
    bool enter;
};

static bool see(void *context, const struct form_visit *visit)
{
    struct seen *seen = context;
    assert_string_equal(visit->form->name, "x");
    seen->lines = arena_printf(seen->arena, "%s%s %s %d %s\n", seen->lines, visit->section->name, visit->path,
        visit->depth, json_line(seen->arena, visit->value));
    return seen->enter;
}

static void see_each(void *context, const char *path, const json_t *value)
{
    struct seen *seen = context;
    seen->lines = arena_printf(seen->arena, "%s%s %s\n", seen->lines, path, json_line(seen->arena, value));
}

static const char *each(struct arena *arena, const json_t *body, const char *path)
{
    struct seen seen = {.arena = arena, .lines = ""};
    form_each(body, path, arena, see_each, &seen);
    return seen.lines;
}

static void walks_find_every_value(void **state)
{
    struct forms *forms = forms_of(*state, declarations);
    json_t *body = json_of("{\"people\":[{\"age\":7,\"who\":{\"papers\":[{\"number\":\"1\"}],\"name\":\"A\","
                           "\"phones\":[\"p\",\"q\"],\"home\":{\"pin\":\"4\"}}},{\"age\":8}],"
                           "\"main\":{\"kind\":\"zero\"}}");
    struct seen seen = {.arena = *state, .lines = "", .enter = true};
    form_walk(form_find(forms, "x"), body, *state, see, &seen);
    assert_string_equal(seen.lines,
        "main main.kind 0 \"zero\"\n"
        "people people.0.who 0 {\"home\":{\"pin\":\"4\"},\"name\":\"A\",\"papers\":[{\"number\":\"1\"}],"
        "\"phones\":[\"p\",\"q\"]}\n"
        "people people.0.who.name 1 \"A\"\npeople people.0.who.phones.0 1 \"p\"\n"
        "people people.0.who.phones.1 1 \"q\"\npeople people.0.who.home 1 {\"pin\":\"4\"}\n"
        "people people.0.who.home.pin 2 \"4\"\npeople people.0.who.papers.0.number 1 \"1\"\n"
        "people people.0.age 0 7\npeople people.1.age 0 8\n");
    seen = (struct seen){.arena = *state, .lines = "", .enter = false};
    form_walk(form_find(forms, "x"), body, *state, see, &seen);
    assert_null(strstr(seen.lines, "name 1"));
    assert_string_equal(each(*state, body, "people.age"), "people.0.age 7\npeople.1.age 8\n");
    assert_string_equal(each(*state, body, "people.who.phones"),
        "people.0.who.phones.0 \"p\"\npeople.0.who.phones.1 \"q\"\n");
    assert_string_equal(each(*state, body, "main.kind"), "main.kind \"zero\"\n");
    assert_string_equal(each(*state, body, "main.nothing"), "");
    assert_string_equal(each(*state, body, "nothing.kind"), "");
    json_decref(body);
    forms_free(forms);
}

static void conditions_look_where_they_should(void **state)
{
    (void)state;
    json_t *body = json_of("{\"a\":{\"k\":\"x\",\"y\":true,\"e\":\" \",\"m\":[\"p\",\"q\"]},\"top\":\"z\"}");
    const json_t *section = json_object_get(body, "a");
    static const struct {
        const char *field, *value;
        bool holds;
    } rows[] = {{"k", "x", true}, {"k", "y", false}, {"a.k", "x", true}, {"b.k", "x", false},
        {"y", "yes", true}, {"y", "no", false}, {"e", "filled", false}, {"k", "filled", true},
        {"none", "filled", false}, {"m", "q", true}, {"m", "r", false}, {"m", "filled", true},
        {".top", "z", true}, {".k", "x", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct condition condition = {.field = rows[i].field,
            .value_count = 1,
            .values = {rows[i].value}};
        assert_int_equal(condition_holds(&condition, section, body), rows[i].holds);
    }
    assert_true(condition_holds(&(struct condition){0}, NULL, body));
    const struct condition two = {.field = "a.k", .value_count = 2, .values = {"w", "x"}};
    assert_true(condition_holds(&two, NULL, body));
    json_decref(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_values_are_read),
        cmocka_unit_test(names_lead_into_the_form),
        cmocka_unit_test(hostile_names_are_ignored),
        cmocka_unit_test(rows_skipped_have_a_limit),
        cmocka_unit_test(values_in_words),
        cmocka_unit_test(walks_find_every_value),
        cmocka_unit_test(conditions_look_where_they_should),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
