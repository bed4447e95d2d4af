/* Papers as PDF: long texts flow over pages, tables carry their heads along, the longest word wraps, nothing
 * runs for ever, and every form filled to the brim prints. */
#include "print_world.h"

#include "base/text.h"

#define SENTENCE                                                                                             \
    "प्रार्थी ने थाना उपस्थित होकर रिपोर्ट दर्ज कराई कि अज्ञात चोर ने घर का ताला तोड़कर आभूषण चुराए। "

/* Fontconfig keeps a few bytes for the life of the process, which a leak checker would count against us. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so\n";
}

static const char *repeated(const char *text, size_t times)
{
    struct buf buf;
    buf_init(&buf, world.arena, (size_t)8 << 20);
    for (size_t i = 0; i < times; i++) buf_puts(&buf, text);
    return buf.data;
}

/* The pages of the paper as PDF; what the file says of itself must agree. */
static int pages_of(const struct print_paper *paper)
{
    struct buf pdf;
    int pages = 0, found = 0;
    buf_init(&pdf, world.arena, PRINT_BYTES_MAX);
    assert_int_equal(press_print(world.press, paper, &pdf, &pages), E_OK);
    assert_memory_equal(pdf.data, "%PDF-1.", 7);
    for (size_t i = 0; i + 13 < pdf.len; i++) found += memcmp(pdf.data + i, "/Type /Page\n", 12) == 0;
    for (size_t i = 0; i + 13 < pdf.len; i++) found += memcmp(pdf.data + i, "/Type /Page ", 12) == 0;
    assert_int_equal(found, pages);
    return pages;
}

static int fir_pages(json_t *body, bool plain)
{
    struct print_paper paper = paper_of(plain ? NULL : print_find(press_prints(world.press), "fir_report"),
        form_find(world.forms, "fir"), body, LANG_HI);
    int pages = pages_of(&paper);
    json_decref(body);
    return pages;
}

static void an_empty_form_is_one_page(void **state)
{
    (void)state;
    assert_int_equal(fir_pages(json_object(), true), 1);
    assert_in_range(fir_pages(json_object(), false), 1, 2);
}

static void a_long_hindi_statement_flows_over_pages(void **state)
{
    (void)state;
    size_t times = 50000 / text_length(SENTENCE);
    const char *text = repeated(SENTENCE, times);
    int pages = fir_pages(json_pack("{s:{s:s}}", "contents", "text", text), false);
    assert_in_range(pages, 8, 20);
    /* Twice the text, about twice the pages: nothing was left out. */
    int doubled = fir_pages(json_pack("{s:{s:s}}", "contents", "text", repeated(SENTENCE, 2 * times)), false);
    assert_in_range(doubled, 2 * pages - 4, 2 * pages + 1);
}

static void a_word_longer_than_the_page_wraps(void **state)
{
    (void)state;
    int pages = fir_pages(json_pack("{s:{s:s}}", "contents", "text", repeated("क्षत्रिय", 3000)), false);
    assert_in_range(pages, 4, 30);
}

static void a_long_table_carries_its_head_along(void **state)
{
    (void)state;
    json_t *rows = json_array();
    for (int i = 0; i < 500; i++)
        json_array_append_new(rows, json_pack("{s:{s:s, s:s}}", "item", "category", "household",
                                        "description", "पीतल की थाली, नाम अंकित"));
    int pages = fir_pages(json_pack("{s:o}", "property", rows), false);
    assert_in_range(pages, 10, 30);
}

static void a_row_higher_than_the_page_is_broken(void **state)
{
    (void)state;
    json_t *rows = json_array();
    for (int i = 0; i < 3; i++)
        json_array_append_new(rows, json_pack("{s:{s:s, s:s}}", "item", "category", "household",
                                        "description", repeated(SENTENCE, 120)));
    int pages = fir_pages(json_pack("{s:o}", "property", rows), false);
    assert_in_range(pages, 8, 60);
}

static void a_paper_too_large_is_refused(void **state)
{
    (void)state;
    json_t *body CLEANUP(json_drop) = json_pack("{s:{s:s}}", "contents", "text", SENTENCE);
    struct print_paper paper = paper_of(NULL, form_find(world.forms, "fir"), body, LANG_HI);
    struct buf pdf;
    int pages;
    buf_init(&pdf, world.arena, 4000);
    assert_int_equal(press_print(world.press, &paper, &pdf, &pages), E_FULL);
}

static void every_form_prints_when_everything_is_filled(void **state)
{
    (void)state;
    for (size_t i = 0; i < forms_count(world.forms); i++) {
        const struct form *form = forms_at(world.forms, i);
        const struct print *prints[PRINTS_OF_FORM_MAX];
        struct filling filling = {.rows = 2};
        json_t *body CLEANUP(json_drop) = filled_body(&filling, form);
        size_t count = prints_of_form(press_prints(world.press), form->name, prints);
        for (size_t j = 0; j < count || j == 0; j++) {
            enum lang lang = (i + j) % 2 ? LANG_EN : LANG_HI;
            struct print_paper paper = paper_of(count > 0 ? prints[j] : NULL, form, body, lang);
            assert_in_range(pages_of(&paper), 1, 200);
        }
    }
}

struct walk {
    int left;
    json_t *body;
};

static bool next(void *context, struct print_record *ret)
{
    struct walk *walk = context;
    if (walk->left-- == 0) return false;
    *ret = (struct print_record){.form = form_find(world.forms, "general_diary"),
        .body = walk->body,
        .facts = paper_facts_given,
        .fact_count = 1};
    return true;
}

static void a_row_of_a_register_is_a_row_of_its_table(void **state)
{
    (void)state;
    struct walk walk = {.left = 300,
        .body = json_pack("{s:{s:s, s:s}}", "diary", "subject", "गश्त", "particulars", SENTENCE SENTENCE)};
    struct print_paper paper = paper_of(print_find(press_prints(world.press), "diary"), NULL, NULL, LANG_HI);
    paper.id = paper.leaf = NULL;
    paper.next = next;
    paper.next_context = &walk;
    assert_in_range(pages_of(&paper), 15, 80);
    json_decref(walk.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_form_is_one_page),
        cmocka_unit_test(a_long_hindi_statement_flows_over_pages),
        cmocka_unit_test(a_word_longer_than_the_page_wraps),
        cmocka_unit_test(a_long_table_carries_its_head_along),
        cmocka_unit_test(a_row_higher_than_the_page_is_broken),
        cmocka_unit_test(a_paper_too_large_is_refused),
        cmocka_unit_test(every_form_prints_when_everything_is_filled),
        cmocka_unit_test(a_row_of_a_register_is_a_row_of_its_table),
    };
    return cmocka_run_group_tests(tests, world_begin, world_end);
}
