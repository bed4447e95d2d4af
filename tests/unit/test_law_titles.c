/* The Hindi of the offences: every one has it, and the program does not start with one that lacks it, with
 * a title of no offence, with a second one, or with English where Hindi should stand. Spellings that people
 * hold for the same are the same. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/tables.h"

static struct arena *arena;
static struct law *law;
static struct problems problems;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    problems = (struct problems){.arena = arena};
    return law_load(&problems, &law) == E_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    law_free(law);
    arena_free(arena);
    return 0;
}

static void told(const char *words)
{
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.list[0].code, "law_wrong");
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (!strstr(problems.list[0].text[lang], words))
            fail_msg("'%s' does not tell '%s'", problems.list[0].text[lang], words);
}

static void a_row_is_refused(const char *rows, const char *words)
{
    problems = (struct problems){.arena = arena};
    titles_read(law, "law/titles/sample", rows, strlen(rows), &problems);
    told(words);
}

static void rows_that_name_nothing_or_are_no_hindi_are_refused(void **state)
{
    (void)state;
    a_row_is_refused("\nBNS 999 | चोरी\n", "law/titles/sample:2: BNS 999 is not an offence");
    a_row_is_refused("BNS 303(2) | चोरी\n", "BNS 303(2) stands there twice");
    a_row_is_refused("BNS 303(2)\n", "a row is");
    a_row_is_refused("| चोरी\n", "a row is");
    struct offence *theft = law->offences[law_offence(law, "BNS 303(2)")->place];
    theft->title[LANG_HI] = NULL;
    a_row_is_refused("BNS 303(2) | Theft\n", "the title of BNS 303(2) is not in Hindi");
    a_row_is_refused("BNS 303(2) | चोरी theft\n", "is not in Hindi");
    a_row_is_refused("BNS 303(2) | 303\n", "is not in Hindi");
    problems = (struct problems){.arena = arena};
    titles_read(law, "sample", "BNS 303(2) | चोरी\n", strlen("BNS 303(2) | चोरी\n"), &problems);
    assert_int_equal(problems.count, 0);
    assert_string_equal(theft->title[LANG_HI], "चोरी");
}

static void an_offence_without_its_hindi_is_refused(void **state)
{
    (void)state;
    struct offence *murder = law->offences[law_offence(law, "BNS 103(1)")->place];
    problems = (struct problems){.arena = arena};
    murder->title[LANG_HI] = NULL;
    titles_check(law, &problems);
    told("BNS 103(1) has no title in Hindi");
    murder->title[LANG_HI] = "हत्या";
    problems = (struct problems){.arena = arena};
    murder->court[LANG_EN] = "Court of Wards";
    murder->court[LANG_HI] = NULL;
    titles_check(law, &problems);
    told("'Court of Wards' of BNS 103(1) has no Hindi");
}

static void titles_are_those_of_hindi_law(void **state)
{
    (void)state;
    static const struct {
        const char *name, *title, *court;
    } samples[] = {
        {"BNS 103(1)", "हत्या", "सेशन न्यायालय"},
        {"BNS 303(2)", "चोरी", "कोई भी मजिस्ट्रेट"},
        {"BNS 80(2)", "दहेज मृत्यु", "सेशन न्यायालय"},
        {"BNS 61(2)", "आपराधिक षड्यंत्र",
            "वह न्यायालय जिसके द्वारा उद्दिष्ट अपराध का दुष्प्रेरण विचारणीय है"},
        {"IPC 302", "हत्या", "सेशन न्यायालय"},
        {"IPC 379", "चोरी", NULL},
        {"NDPS 20(b)(ii)", "कैनेबिस (गांजा, चरस)", "विशेष न्यायालय (एनडीपीएस)"},
        {"JJ 75 (grave)", "क्रूरता से बालक की दिव्यांगता या मानसिक रुग्णता", "बालक न्यायालय"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const struct offence *offence = law_offence(law, samples[i].name);
        assert_non_null(offence);
        assert_string_equal(offence->title[LANG_HI], samples[i].title);
        if (samples[i].court)
            assert_string_equal(offence->court[LANG_HI], samples[i].court);
        else
            assert_null(offence->court[LANG_HI]);
    }
}

static void spellings_held_for_the_same_are_the_same(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"दण्ड", "दंड"}, {"सम्पत्ति", "संपत्ति"}, {"षड्यन्त्र", "षड्यंत्र"},
        {"पाँच", "पांच"}, {"ज़हर", "जहर"}, {"बल्वा", "बलवा"}, {"मनःप्रभावी", "मनप्रभावी"},
        {"सङ्गठित", "संगठित"}, {"पश्चात्", "पश्चात"}, {"हत्‍या", "हत्या"}, {"THEFT", "theft"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_string_equal(spelling_key(arena, same[i][0]), spelling_key(arena, same[i][1]));
    static const char *const other[][2] = {{"लूट", "लट"}, {"न्याय", "याय"}, {"हत्या", "हत"}, {"वन", "वं"}};
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_string_not_equal(spelling_key(arena, other[i][0]), spelling_key(arena, other[i][1]));
    assert_string_equal(spelling_key(arena, "हत्"), "हत"); /* cut off in the middle of a letter group */
    assert_string_equal(spelling_key(arena, "न्"), "न");
    assert_string_equal(spelling_key(arena, ""), "");
}

static void law_is_cited_in_words_of_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *english, *hindi;
    } samples[] = {
        {"BNSS 187(3); CrPC 167(2)(a)", "बीएनएसएस 187(3); दंप्रसं 167(2)(a)"},
        {"BNSS 479(1) third proviso", "बीएनएसएस 479(1) तीसरा परंतुक"},
        {"JJ Model Rules 2016, rule 10(6)", "किशोर न्याय आदर्श नियम 2016, नियम 10(6)"},
        {"SC/ST (PoA) Act 14A(3)", "अजा/अजजा (अत्याचार निवारण) अधिनियम 14A(3)"},
        {"Arnesh Kumar (SC 2014)", "अर्नेश कुमार (उच्चतम न्यायालय 2014)"},
        {"BNSX 1, Formal", "BNSX 1, Formal"}, /* only whole words */
        {"", ""},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        assert_string_equal(law_citation(arena, samples[i].english, LANG_HI), samples[i].hindi);
        assert_string_equal(law_citation(arena, samples[i].english, LANG_EN), samples[i].english);
    }
    assert_null(law_citation(arena, NULL, LANG_HI));
    for (size_t i = 0; i < law_rule_count(law); i++) {
        const char *words = law_citation(arena, law_rule_at(law, i)->law, LANG_HI);
        for (const char *at = words; at && *at; at++)
            if (isupper((unsigned char)at[0]) && isalpha((unsigned char)at[1]))
                fail_msg("'%s' is cited in English", words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_are_those_of_hindi_law),
        cmocka_unit_test(spellings_held_for_the_same_are_the_same),
        cmocka_unit_test(law_is_cited_in_words_of_the_language),
        cmocka_unit_test(rows_that_name_nothing_or_are_no_hindi_are_refused),
        cmocka_unit_test(an_offence_without_its_hindi_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
