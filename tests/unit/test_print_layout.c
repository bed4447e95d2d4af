/* What papers say: every layout reads, every value of a body reaches its paper, faults are told with their
 * place, what is masked is a bar, and cells stand where they can be read. */
#include "print_world.h"

#include "print/flow.h"

/* ---- layouts ---- */

static const struct {
    const char *text, *fault; /* behind the file's name */
} wrong[] = {
    {"print x | A | अ\n  of nothing_such\n", "2:6: there is no such form"},
    {"print x | A | अ\n  of fir\n  field fir.colour\n", "3:9: the form has no field fir.colour"},
    {"print x | A | अ\n  of fir\n  field complainant.who.colour\n",
        "3:9: the form has no field complainant.who.colour"},
    {"print x | A | अ\n  of fir\n  table victim\n", "3:9: the form has no section victim"},
    {"print x | A | अ\n  of fir\n  table accused\n    column 3 who.colour\n",
        "4:14: the form has no field who.colour"},
    {"print x | A | अ\n  of fir\n  column 3 who.name\n", "3:3: a column stands under a table, at most 16"},
    {"print x | A | अ\n  of fir\n  item | A | अ\n", "3:3: the number of the item is missing"},
    {"print x | A\n  of fir\n", "1:1: two columns are wanted: English and Hindi"},
    {"print x | A | अ\n  of fir\n  field .number\n", "3:9: .number has no label of its own: give one"},
    {"print x | A | अ\n  of fir\n  field value.total when action.colour red\n",
        "3:26: the form has no field action.colour"},
    {"print x | A | अ\n  of fir\n  picture value.total\n", "3:3: 'picture' is not a word of layouts"},
    {"print x | A | अ\n  register year of fir\n", "2:12: \"month\" or \"day\" is wanted"},
    {"print x | A | अ\n  of fir\nprint x | A | अ\n", "3:7: x is there already"},
    {"of fir\n", "1:1: 'of' is not a word of layouts"},
};

static void faults_are_told_with_their_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct problems problems = {.arena = world.arena};
        struct prints *prints;
        assert_int_equal(
            prints_load_text("x.print", wrong[i].text, world.forms, &problems, &prints), E_PROBLEM);
        const char *wanted = arena_printf(world.arena, "x.print:%s", wrong[i].fault);
        bool told = false;
        for (size_t j = 0; j < problems.count; j++)
            told = told || strcmp(problems.list[j].text[LANG_EN], wanted) == 0;
        if (!told) fail_msg("%s\nsaid %s\nnot  %s", wrong[i].text, problems.list[0].text[LANG_EN], wanted);
    }
}

/* ---- nothing is cut ---- */

static void marks_expect(const struct print_paper *paper, const char *name, int count)
{
    const char *words = paper_words(paper);
    for (int i = 0; i < count; i++)
        if (!strstr(words, arena_printf(world.arena, "mark%d.", i)))
            fail_msg("%s on %s: mark%d is not on the paper", paper->record.form->name, name, i);
}

static void every_value_of_every_form_reaches_its_paper(void **state)
{
    (void)state;
    for (size_t i = 0; i < forms_count(world.forms); i++) {
        const struct form *form = forms_at(world.forms, i);
        const struct print *prints[PRINTS_OF_FORM_MAX];
        struct filling filling = {.rows = 2};
        json_t *body CLEANUP(json_drop) = filled_body(&filling, form);
        struct print_paper plain = paper_of(NULL, form, body, LANG_HI);
        marks_expect(&plain, "plain paper", filling.count);
        size_t count = prints_of_form(press_prints(world.press), form->name, prints);
        for (size_t j = 0; j < count; j++) {
            if (prints[j]->each) continue; /* a label names the thing, not everything about it */
            struct print_paper paper = paper_of(prints[j], form, body, LANG_EN);
            marks_expect(&paper, print_name(prints[j]), filling.count);
        }
    }
}

static void an_item_with_nothing_under_it_says_nil(void **state)
{
    (void)state;
    json_t *body CLEANUP(json_drop) = json_pack("{s:{s:s}}", "contents", "text", "A purse was taken.");
    struct print_paper paper =
        paper_of(print_find(press_prints(world.press), "fir_report"),
        form_find(world.forms, "fir"), body, LANG_EN);
    const char *words = paper_words(&paper);
    assert_non_null(strstr(words, "Reasons for delay in reporting\nNil\n"));
    assert_non_null(strstr(words, "Contents: A purse was taken.\n"));
    assert_null(strstr(words, "First information contents\nNil\n"));
}

static void a_section_after_a_heading_without_words_keeps_its_own(void **state)
{
    (void)state;
    json_t *body CLEANUP(json_drop) = json_pack("{s:{s:s}}", "opinion", "immediate", "Drowning");
    struct print_paper paper = paper_of(print_find(press_prints(world.press), "pmr"),
        form_find(world.forms, "post_mortem_report"), body, LANG_EN);
    const char *words = paper_words(&paper), *nil = strstr(words, "Injuries\nNil\n");
    assert_non_null(nil);
    assert_non_null(strstr(nil, "Opinion\n"));
    assert_non_null(strstr(nil, "Drowning"));
}

static void an_erased_body_says_so(void **state)
{
    (void)state;
    struct print_paper paper =
        paper_of(print_find(press_prints(world.press), "fir_report"),
        form_find(world.forms, "fir"), NULL, LANG_EN);
    assert_non_null(strstr(paper_words(&paper), "was erased by order"));
}

/* ---- what is masked, and what is known from elsewhere ---- */

static void what_is_masked_is_a_bar(void **state)
{
    (void)state;
    const struct form *form = form_find(world.forms, "fir");
    json_t *body CLEANUP(json_drop) =
        json_pack("{s:{s:{s:s}, s:b}, s:[{s:{s:s, s:[s, s]}}]}", "complainant", "who", "name", PRINT_MASKED,
            "is_victim", 1, "accused", "who", "name", "Budhram", "phones", PRINT_MASKED, PRINT_MASKED);
    for (int plain = 0; plain < 2; plain++) {
        struct print_paper paper =
            paper_of(plain ? NULL : print_find(press_prints(world.press), "fir_report"), form, body, LANG_HI);
        const char *words = paper_words(&paper);
        assert_null(strstr(words, PRINT_MASKED));
        assert_non_null(strstr(words, BAR_TEXT));
        assert_non_null(strstr(words, "Budhram"));
    }
}

static json_t *reference(void *context, const char *composite, const char *id)
{
    (void)context;
    assert_string_equal(composite, "person");
    if (strcmp(id, "e.1") != 0) return NULL;
    return json_pack("{s:s, s:s}", "name", "Budhram Nishad", "gender", "male");
}

static void a_person_by_reference_is_named(void **state)
{
    (void)state;
    json_t *body CLEANUP(json_drop) =
        json_pack("{s:{s:{s:s, s:s}}}", "accused", "who", "ref", "e.1", "occupation", "farmer");
    struct print_paper paper = paper_of(print_find(press_prints(world.press), "arrest_memo"),
        form_find(world.forms, "arrest"), body, LANG_EN);
    paper.lookup.reference = reference;
    const char *words = paper_words(&paper);
    assert_non_null(strstr(words, "Name: Budhram Nishad\n"));
    assert_non_null(strstr(words, "Occupation: Farmer\n"));
    assert_null(strstr(words, "e.1"));
}

/* ---- cells ---- */

static void a_cell_is_as_wide_as_its_words_need(void **state)
{
    (void)state;
    assert_int_equal(cell_parts(20, 30, 480), 3);
    assert_int_equal(cell_parts(20, 130, 480), 4);
    assert_int_equal(cell_parts(20, 200, 480), 6);
    assert_int_equal(cell_parts(20, 300, 480), 12);
    assert_int_equal(cell_parts(400, 20, 480), 6); /* a label may wrap once */
}

static void rows_of_cells_are_full(void **state)
{
    (void)state;
    int parts[] = {3, 3, 4, 6, 12, 3};
    assert_int_equal(cells_row(parts, 6), 3);
    assert_int_equal(parts[2], 6);
    assert_int_equal(cells_row(parts + 3, 3), 1);
    assert_int_equal(parts[3], 12);
    assert_int_equal(cells_row(parts + 4, 2), 1);
    assert_int_equal(cells_row(parts + 5, 1), 1);
    assert_int_equal(parts[5], 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_told_with_their_place),
        cmocka_unit_test(every_value_of_every_form_reaches_its_paper),
        cmocka_unit_test(an_item_with_nothing_under_it_says_nil),
        cmocka_unit_test(a_section_after_a_heading_without_words_keeps_its_own),
        cmocka_unit_test(an_erased_body_says_so),
        cmocka_unit_test(what_is_masked_is_a_bar),
        cmocka_unit_test(a_person_by_reference_is_named),
        cmocka_unit_test(a_cell_is_as_wide_as_its_words_need),
        cmocka_unit_test(rows_of_cells_are_full),
    };
    return cmocka_run_group_tests(tests, world_begin, world_end);
}
