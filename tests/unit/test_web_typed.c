/* What was typed into a page: which parts are asked for, and what dates and sections meant. */
#include "base/time.h"
#include "form_world.h"
#include "web/typed.h"

#define NOW INT64_C(1795336200000) /* 2026-11-22T14:00:00+05:30 */

static const char *declarations =
    "list kind | Kind | प्रकार\n  plain | Plain | सादा\n  zero | Zero | शून्य\n"
    "composite person by reference | Person | व्यक्ति\n  name text required | Name | नाम\n"
    "  age_kind code:kind | Age | आयु\n  age int only when age_kind zero | Age | आयु\n"
    "  section papers many only when age_kind plain | Papers | दस्तावेज\n    number text | Number | क्रमांक\n"
    "    copy text only when name filled | Copy | प्रति\n"
    "form x 1 | X | क्ष\n  files any\n"
    "section main | Main | मुख्य\n  kind code:kind required | Kind | प्रकार\n"
    "  kinds code:kind many | Kinds | प्रकार\n  sure yesno | Sure | निश्चित\n"
    "  why text only when sure yes | Why | क्यों\n  more text only when why filled | More | और\n"
    "  when datetime | When | कब\n  on date | On | दिनांक\n"
    "section place only when main.kind zero | Place | स्थान\n  name text | Name | नाम\n"
    "section people many | People | व्यक्ति\n  who person:accused required | Who | कौन\n"
    "  seen yesno only when main.kinds zero | Seen | देखा\n";

struct world {
    struct arena *arena;
    struct forms *forms;
    const struct form *form;
};

static int world_make(void **state)
{
    struct arena *arena = arena_new((size_t)8 << 20);
    struct world *w = ARENA_NEW(arena, struct world);
    w->arena = arena;
    w->forms = forms_of(arena, declarations);
    w->form = form_find(w->forms, "x");
    *state = w;
    return 0;
}

static int world_free(void **state)
{
    struct world *w = *state;
    forms_free(w->forms);
    arena_free(w->arena);
    return 0;
}

static struct typed typed_of(struct world *w, const struct pair *pairs, size_t count)
{
    struct typed typed;
    typed_read(&typed, w->arena, pairs, count);
    return typed;
}

static void parts_are_asked_for_when_their_condition_holds(void **state)
{
    struct world *w = *state;
    const struct pair pairs[] = {{"main.kind", "plain"}, {"main.kinds.0", "plain"}, {"main.kinds.2", "zero"},
        {"main.sure", "no"}, {"people.0.who.name", "A"}, {"people.0.who.age_kind", "zero"},
        {"people.1.who.age_kind", "plain"}};
    struct typed typed = typed_of(w, pairs, sizeof pairs / sizeof pairs[0]);
    static const struct {
        const char *path;
        bool asked;
    } rows[] = {{"main.kind", true}, {"main.why", false}, {"main.more", false}, {"place.name", false},
        {"people.0.who.name", true}, {"people.0.who.age", true}, {"people.1.who.age", false},
        {"people.0.who.papers.0.number", false}, {"people.1.who.papers.0.number", true},
        {"people.0.seen", true}, {"people.1.who.papers.3.copy", false}, {"people.9.who.age", false},
        {"people.0.who.ref", true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (typed_applies(&typed, w->form, rows[i].path) != rows[i].asked) fail_msg("%s", rows[i].path);
}

static void somebody_already_known_is_not_asked_again(void **state)
{
    struct world *w = *state;
    const struct pair pairs[] = {{"people.0.who.ref", "019.1"}, {"people.1.who.ref", "019.2"},
        {"people.1.who.age_kind", "plain"}};
    struct typed typed = typed_of(w, pairs, 3);
    assert_true(typed_applies(&typed, w->form, "people.0.who.age"));
    assert_false(typed_applies(&typed, w->form, "people.1.who.age"));
}

static void what_is_no_longer_asked_for_is_left_out_with_all_that_hangs_on_it(void **state)
{
    struct world *w = *state;
    const struct pair pairs[] = {{"main.kind", "plain"}, {"main.sure", "no"}, {"main.why", "because"},
        {"main.more", "and so"}, {"place.name", "Simga"}, {"nowhere.at_all", "x"}};
    struct typed typed = typed_of(w, pairs, sizeof pairs / sizeof pairs[0]);
    typed_prune(&typed, w->form);
    assert_string_equal(typed_value(&typed, "main.kind"), "plain");
    assert_null(typed_value(&typed, "main.why"));
    assert_null(typed_value(&typed, "main.more"));
    assert_null(typed_value(&typed, "place.name"));
    const struct pair again[] = {{"main.sure", "on"}, {"main.why", "because"}, {"main.more", "and so"}};
    typed = typed_of(w, again, 3);
    typed_prune(&typed, w->form);
    assert_int_equal(typed.count, 3);
}

static void a_date_keeps_meaning_what_it_meant_when_it_was_typed(void **state)
{
    struct world *w = *state;
    const struct pair pairs[] = {{"main.when", "t 0930"}, {"main.on", "y"}, {"main.why", "t"},
        {"people.0.who.name", "now"}};
    struct typed typed = typed_of(w, pairs, 4);
    typed_times(&typed, w->form, NOW);
    assert_string_equal(typed_value(&typed, "main.when"), "22/11/2026 09:30");
    assert_string_equal(typed_value(&typed, "main.on"), "21/11/2026");
    assert_string_equal(typed_value(&typed, "main.why"), "t");
    assert_string_equal(typed_value(&typed, "people.0.who.name"), "now");
    const struct pair odd[] = {{"main.when", "last full moon"}, {"main.on", "২৭/৩/২০২৬"}};
    typed = typed_of(w, odd, 2);
    typed_times(&typed, w->form, NOW);
    assert_string_equal(typed_value(&typed, "main.when"), "last full moon");
    assert_string_equal(typed_value(&typed, "main.on"), "27/3/2026");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
        TEST(parts_are_asked_for_when_their_condition_holds),
        TEST(somebody_already_known_is_not_asked_again),
        TEST(what_is_no_longer_asked_for_is_left_out_with_all_that_hangs_on_it),
        TEST(a_date_keeps_meaning_what_it_meant_when_it_was_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
