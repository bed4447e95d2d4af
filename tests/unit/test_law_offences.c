/* The offence tables as the program reads them: facts of single rows, the law of a day, the picker, the
 * rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "law/law.h"

#define DAY_2019 18000 /* 14 April 2019 */
#define DAY_2026 20500 /* 16 February 2026 */

static struct arena *arena;
static struct law *law;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    struct problems problems = {.arena = arena};
    enum err err = law_load(&problems, &law);
    for (size_t i = 0; i < problems.count; i++) print_error("%s\n", problems.list[i].text[LANG_EN]);
    return err == E_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    law_free(law);
    arena_free(arena);
    return 0;
}

enum { Y = ANSWER_YES, N = ANSWER_NO, D = ANSWER_DEPENDS, U = ANSWER_UNKNOWN };
enum { LIFE = 1, DEATH = 2, SEXUAL = 4, CHILD = 8, TERROR = 16, UNVERIFIED = 32, FINE = 64, OFF = 128 };

/* A sample of what the Acts say; the tables must say the same. */
static const struct {
    const char *name;
    int min, max;
    int cognizable, bailable;
    const char *court;
    int flags;
} facts[] = {
    {"BNS 103(1)", 0, 0, Y, N, "Court of Session", LIFE | DEATH | FINE},         /* murder */
    {"BNS 103(2)", 0, 0, Y, N, "Court of Session", LIFE | DEATH | FINE},         /* by a mob */
    {"BNS 64(1)", 120, 0, Y, N, "Court of Session", LIFE | FINE | SEXUAL},       /* rape: ten years to life */
    {"BNS 70(2)", 0, 0, Y, N, "Court of Session", LIFE | DEATH | FINE | SEXUAL}, /* gang rape, under 18 */
    {"BNS 79", 0, 36, Y, Y, "Any Magistrate", FINE | SEXUAL},                    /* insult to modesty */
    {"BNS 80(2)", 84, 0, Y, N, "Court of Session", LIFE},                        /* dowry death: no fine */
    {"BNS 85", 0, 36, D, N, "Magistrate first class", FINE},            /* cruelty: on complaint of kin */
    {"BNS 106(1)", 0, 60, Y, Y, "Magistrate first class", FINE},        /* negligence; doctors two years */
    {"BNS 106(2)", 0, 120, Y, N, "Magistrate first class", FINE | OFF}, /* hit and run: not in force */
    {"BNS 109(1)", 0, 120, Y, N, "Court of Session", LIFE | FINE},      /* attempt to murder, hurt: life */
    {"BNS 113(2)(a)", 0, 0, Y, N, "Court of Session", LIFE | DEATH | FINE | TERROR},
    {"BNS 115(2)", 0, 12, N, Y, "Any Magistrate", FINE},                    /* hurt: a year, non-cognizable */
    {"BNS 117(2)", 0, 84, Y, Y, "Any Magistrate", FINE},                    /* grievous hurt */
    {"BNS 124(1)", 120, 0, Y, N, "Court of Session", LIFE | FINE | SEXUAL}, /* acid: women's list too */
    {"BNS 137(2)", 0, 84, Y, Y, "Magistrate first class", FINE},            /* kidnapping */
    {"BNS 189(2)", 0, 6, Y, Y, "Any Magistrate", FINE},                     /* unlawful assembly */
    {"BNS 281", 0, 6, Y, Y, "Any Magistrate", FINE},                        /* rash driving */
    {"BNS 303(2)", 0, 60, D, D, "Any Magistrate", FINE},                    /* theft: below Rs 5,000 milder */
    {"BNS 304(2)", 0, 36, Y, N, "Any Magistrate", FINE},                    /* snatching */
    {"BNS 309(4)", 0, 168, Y, N, "Magistrate first class", FINE},           /* robbery; highway at night 14 */
    {"BNS 310(2)", 0, 120, Y, N, "Court of Session", LIFE | FINE},          /* dacoity */
    {"BNS 318(4)", 0, 84, Y, N, "Magistrate first class", FINE},            /* cheating */
    {"BNS 351(2)", 0, 24, N, Y, "Any Magistrate", FINE},                    /* intimidation */
    {"BNS 355", 0, 1, N, Y, "Any Magistrate", FINE},                        /* drunk in public: 24 hours */
    {"BNS 356(2)", 0, 24, N, Y, "Court of Session", FINE},                  /* defamation of a functionary */
    {"NDPS 20(b)(ii)(C)", 120, 240, Y, N, "Special Court (NDPS)", FINE},    /* commercial: ten to twenty */
    {"POCSO 6", 240, 0, Y, N, "Special Court (POCSO)", LIFE | DEATH | FINE | SEXUAL | CHILD},
    {"ARMS 25(1B)(a)", 24, 60, Y, N, "Magistrate first class", FINE | UNVERIFIED},
    {"IT 66", 0, 36, Y, Y, "Magistrate first class", FINE}, /* bailable by section 77B */
    {"UAPA 18", 60, 0, Y, N, "Special Court (NIA) or Court of Session", LIFE | FINE | TERROR | UNVERIFIED},
    {"JJ 75", 0, 36, N, N, "Children's Court", FINE | CHILD}, /* section 86 as amended 2021 */
    {"IPC 302", 0, 0, Y, N, "Court of Session", LIFE | DEATH | FINE | UNVERIFIED}, /* as BNS 103(1) */
    {"IPC 420", 0, 84, Y, N, "Magistrate first class", FINE | UNVERIFIED},
    {"IPC 379", 0, 0, U, U, NULL, UNVERIFIED}, /* the law changed: nothing is taken over */
    {"IPC 376", 0, 0, U, U, NULL, SEXUAL | UNVERIFIED},
    {"IPC 497", 0, 0, U, U, NULL, UNVERIFIED}, /* adultery: struck down, no successor */
};

static void rows_say_what_the_law_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        const struct offence *offence = law_offence(law, facts[i].name);
        if (!offence) fail_msg("%s is missing", facts[i].name);
        const char *court = offence->court[LANG_EN];
        int flags = (offence->life ? LIFE : 0) | (offence->death ? DEATH : 0) |
                    (offence->sexual ? SEXUAL : 0) | (offence->child ? CHILD : 0) |
                    (offence->terror ? TERROR : 0) | (offence->fine ? FINE : 0) |
                    (offence->unverified ? UNVERIFIED : 0) | (offence->in_force ? 0 : OFF);
        bool court_fits =
            facts[i].court ? court && strcmp(court, facts[i].court) == 0 : !court;
        if (offence->max_months != facts[i].max || offence->min_months != facts[i].min ||
            flags != facts[i].flags || (int)offence->cognizable != facts[i].cognizable ||
            (int)offence->bailable != facts[i].bailable || !court_fits)
            fail_msg("%s: %d..%d months, cognizable %d, bailable %d, %s, flags %d", offence->name,
                offence->min_months, offence->max_months, (int)offence->cognizable, (int)offence->bailable,
                court ? court : "no court", flags);
    }
}

static size_t count_of(const char *act, bool unverified_only)
{
    size_t count = 0;
    for (size_t i = 0; i < law_offence_count(law); i++) {
        const struct offence *offence = law_offence_at(law, i);
        count += strcmp(offence->act, act) == 0 && (!unverified_only || offence->unverified);
    }
    return count;
}

static void every_row_can_be_found_and_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < law_offence_count(law); i++) {
        const struct offence *offence = law_offence_at(law, i);
        assert_ptr_equal(law_offence(law, offence->name), offence);
        for (size_t j = 0; j < LANG_COUNT; j++) assert_non_null(offence->title[j]);
        assert_true(!offence->court[LANG_EN] == !offence->court[LANG_HI]);
        assert_true(offence->variant_count >= 1);
        assert_true(offence->min_months <= offence->max_months || offence->life || offence->max_months == 0);
    }
    assert_true(count_of("BNS", false) >= 443); /* 442 distinct sections and common intention */
    assert_int_equal(count_of("BNS", true), 0); /* both Schedule and Act were read */
    assert_int_equal(count_of("IPC", true), count_of("IPC", false)); /* no text of the IPC was */
    assert_null(law_offence(law, "BNS 999"));
    assert_null(law_offence(law, "bns 303(2)")); /* names are exact */
    assert_null(law_offence(law, "IPC 378"));    /* a definition is no offence */
    assert_null(law_offence(law, ""));
}

static void the_code_follows_the_day_of_the_act(void **state)
{
    (void)state;
    assert_string_equal(law_code_of_day(LAW_SANHITA_DAY - 1), "IPC"); /* 30 June 2024 */
    assert_string_equal(law_code_of_day(LAW_SANHITA_DAY), "BNS");
    const struct offence *old = law_offence(law, "IPC 302"), *new = law_offence(law, "BNS 103(1)");
    assert_int_equal(old->until_day, LAW_SANHITA_DAY - 1);
    assert_int_equal(new->from_day, LAW_SANHITA_DAY);
    assert_int_equal(new->until_day, INT32_MAX);
    assert_string_equal(old->bns, "103(1)");
    assert_string_equal(law_offence(law, "IPC 506")->bns, "351(2);351(3)");
    assert_string_equal(law_offence(law, "IPC 34")->bns, "3(5)");
    assert_null(law_offence(law, "IPC 377")->bns); /* not enacted again */
}

static void a_section_named_whole_carries_the_widest_clause(void **state)
{
    (void)state;
    const struct offence *cannabis = law_offence(law, "NDPS 20(b)(ii)");
    assert_non_null(cannabis);
    assert_int_equal(cannabis->max_months, 240);
    assert_int_equal(cannabis->min_months, 0);
    assert_int_equal(cannabis->variant_count, 3);
    assert_int_equal(cannabis->bailable, ANSWER_DEPENDS); /* small quantity differs */
    const struct offence *conspiracy = law_offence(law, "BNS 61(2)");
    assert_non_null(conspiracy);
    assert_int_equal(
        conspiracy->max_months, 0); /* that of the offence agreed upon, not the six months of (b) */
    assert_string_equal(conspiracy->title[LANG_EN], "Criminal conspiracy");
    assert_null(law_offence(law, "BNS 103"));   /* murder and lynching are not one offence */
    assert_null(law_offence(law, "SCST 3(2)")); /* eight different ones */
}

static const struct {
    int32_t day;
    const char *typed, *first, *also;
    const char *never;
} finds[] = {
    {DAY_2026, "303", "BNS 303(2)", NULL, "IPC 303"},
    {DAY_2026, "theft", "BNS 303(2)", "BNS 305", "IPC 379"},
    {DAY_2026, "379", "BNS 303(2)", NULL, "IPC 379"}, /* people still think in old numbers */
    {DAY_2026, "ipc 302", "BNS 103(1)", NULL, "BNS 302"},
    {DAY_2019, "379", "IPC 379", "IPC 379A", "BNS 303(2)"},
    {DAY_2019, "302", "IPC 302", NULL, "BNS 302"},
    {DAY_2026, "arms 25", "ARMS 25(1)", "ARMS 25(1B)(a)", "BNS 25"},
    {DAY_2026, "61(2)", "BNS 61(2)", "BNS 61(2)(b)", NULL},
    {DAY_2026, "murder attempt", "BNS 109(1)", NULL, "BNS 103(1)"},
    {DAY_2026, "106", "BNS 106(1)", NULL, "BNS 106(2)"}, /* not in force: not offered */
    {DAY_2026, "ndps ganja", "NDPS 20(b)", "NDPS 20(b)(ii)(C)", "NDPS 15(a)"},
    {DAY_2026, "बीएनएस ३०३", "BNS 303(2)", NULL, NULL},
    {DAY_2026, "बीएनएस 303(2)", "BNS 303(2)", NULL, NULL},
    {DAY_2026, "धारा 103", "BNS 103(1)", "BNS 103(2)", NULL},
    {DAY_2026, "302 ipc", "BNS 103(1)", NULL, "BNS 302"},
    {DAY_2026, "चोरी", "BNS 303(2)", "BNS 305", "BNS 103(1)"},
    {DAY_2026, "हत्या", "BNS 103(1)", NULL, "BNS 303(2)"},
    {DAY_2026, "हत्या का प्रयास", "BNS 109(1)", NULL, "BNS 103(1)"},
    {DAY_2019, "हत्या", "IPC 302", NULL, "BNS 103(1)"},
    {DAY_2026, "दहेज", "BNS 80(2)", "DP 3", NULL},
    {DAY_2026, "धोखाधड़ी", "BNS 318(2)", "BNS 318(4)", NULL},
    {DAY_2026, "302", "BNS 302", "BNS 103(1)", NULL},
    {DAY_2026, "धारा 379", "BNS 303(2)", NULL, NULL},
    {DAY_2026, "उपहति", "BNS 115(2)", "BNS 118(1)", NULL},
    {DAY_2026, "गृह अतिचार", "BNS 329(4)", NULL, NULL},
    {DAY_2026, "आपराधिक न्यासभंग", "BNS 316(2)", "BNS 316(5)", NULL},
    {DAY_2026, "छीना झपटी", "BNS 304(2)", NULL, NULL},
    {DAY_2026, "आपराधिक षडयन्त्र", "BNS 61(2)", NULL, NULL}, /* spellings of one word */
    {DAY_2026, "बलवा", "BNS 191(2)", NULL, "BNS 131"},
    {DAY_2026, "379 भा.द.वि.", "BNS 303(2)", NULL, NULL}, /* the Act with its full stops */
    {DAY_2026, "498ए", "BNS 85", NULL, NULL},             /* the letter by ear and by the text */
    {DAY_2026, "354क", "BNS 75(2)", "BNS 75(3)", NULL},
    {DAY_2026, "मारपीट", "BNS 115(2)", "BNS 117(2)", NULL}, /* no title has this word, nor शराब */
    {DAY_2026, "शराब", "JJ 77", "CGE 36(c)", NULL},
    {DAY_2026, "मोबाइल चोरी", "BNS 303(2)", "BNS 306", NULL}, /* one word is enough when not all fit */
    {DAY_2026, "घर में चोरी", "BNS 305", NULL, NULL},
    {DAY_2026, "balatkar", "BNS 64(1)", NULL, NULL},
    {DAY_2026, "hatya", "BNS 103(1)", NULL, "BNS 303(2)"}, /* Hindi typed in English letters */
    {DAY_2026, "theif", "BNS 303(2)", NULL, NULL},
    {DAY_2026, "grevious hrut", "BNS 117(2)", NULL, NULL},
    {DAY_2026, "robery", "BNS 309(4)", NULL, "BNS 103(1)"},
    {DAY_2026, "डकेती", "BNS 310(2)", NULL, NULL},
};

static void the_picker_puts_the_meant_one_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++) {
        const struct offence *found[20];
        size_t count = law_offence_find(law, finds[i].typed, finds[i].day, found, 20);
        if (count == 0 || strcmp(found[0]->name, finds[i].first) != 0)
            fail_msg("'%s': first is %s", finds[i].typed, count ? found[0]->name : "nothing");
        bool also = finds[i].also == NULL;
        for (size_t j = 0; j < count; j++) {
            also |= finds[i].also && strcmp(found[j]->name, finds[i].also) == 0;
            if (finds[i].never && strcmp(found[j]->name, finds[i].never) == 0)
                fail_msg("'%s' offers %s", finds[i].typed, found[j]->name);
        }
        if (!also) fail_msg("'%s' does not offer %s", finds[i].typed, finds[i].also);
    }
}

static void the_picker_stays_within_bounds(void **state)
{
    (void)state;
    const struct offence *found[3];
    assert_int_equal(law_offence_find(law, "", DAY_2026, found, 3), 0);
    assert_int_equal(law_offence_find(law, "theft", DAY_2026, found, 0), 0);
    assert_int_equal(law_offence_find(law, "of", DAY_2026, found, 3), 3);
    assert_int_equal(law_offence_find(law, "zzzz", DAY_2026, found, 3), 0);
    assert_int_equal(law_offence_find(law, "\xFF", DAY_2026, found, 3), 0);
}

static void order_rules_are_whole(void **state)
{
    (void)state;
    assert_true(law_rule_count(law) > 0);
    for (size_t i = 0; i < law_rule_count(law); i++) {
        const struct order_rule *rule = law_rule_at(law, i);
        assert_ptr_equal(law_rule(law, rule->code), rule);
        assert_true(rule->form_count > 0 && rule->word_count > 0);
        assert_true(rule->status >= 400 && rule->status < 500);
        assert_true(rule->from_day <= rule->until_day);
        for (size_t j = 0; j < LANG_COUNT; j++) assert_true(rule->text[j][0] && rule->next[j][0]);
    }
    assert_null(law_rule(law, "no_such_rule"));
}

static bool names_form(const struct order_rule *rule, const char *form)
{
    bool names = false;
    for (size_t i = 0; i < rule->form_count; i++)
        names = names || strcmp(rule->forms[i], "any") == 0 || strcmp(rule->forms[i], form) == 0;
    return names;
}

/* Asked for one form, every rule that names it or any form comes, in the order of the file, and no other. */
static void order_rules_are_found_by_form(void **state)
{
    (void)state;
    static const char *const forms[] = {"arrest", "fir", "malkhana_deposit", "no_such_form"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t count, at = 0;
        const struct order_rule *const *rules = law_rules_of(law, forms[i], &count);
        for (size_t k = 0; k < law_rule_count(law); k++) {
            if (!names_form(law_rule_at(law, k), forms[i])) continue;
            assert_true(at < count);
            assert_ptr_equal(rules[at++], law_rule_at(law, k));
        }
        assert_int_equal(at, count);
        assert_true(count > 0); /* some rules look at any form */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_say_what_the_law_says),
        cmocka_unit_test(every_row_can_be_found_and_shown),
        cmocka_unit_test(the_code_follows_the_day_of_the_act),
        cmocka_unit_test(a_section_named_whole_carries_the_widest_clause),
        cmocka_unit_test(the_picker_puts_the_meant_one_first),
        cmocka_unit_test(the_picker_stays_within_bounds),
        cmocka_unit_test(order_rules_are_whole),
        cmocka_unit_test(order_rules_are_found_by_form),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
