/* The files of the law's clocks: what is built in is whole and fits the forms; what is wrong is refused with
 * file, line and words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/time.h"
#include "filing/filing.h"
#include "folder.h"

static struct arena *arena;
static struct law *law;
static struct forms *forms;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    struct problems problems = {.arena = arena};
    if (law_load(&problems, &law) != E_OK || forms_load(NULL, NULL, &problems, &forms) != E_OK) return -1;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    forms_free(forms);
    law_free(law);
    arena_free(arena);
    return 0;
}

static void built_in_files_are_whole(void **state)
{
    (void)state;
    struct problems problems = {.arena = arena};
    struct clocks *clocks = NULL;
    enum err err = clocks_declared(law, forms, NULL, &problems, &clocks);
    for (size_t i = 0; i < problems.count; i++) print_error("%s\n", problems.list[i].text[LANG_EN]);
    assert_int_equal(err, E_OK);
    for (size_t i = 1; i < clocks_count(clocks); i++)
        assert_true(strcmp(clock_at(clocks, i - 1)->id, clock_at(clocks, i)->id) < 0);
    for (size_t i = 0; i < clocks_count(clocks); i++)
        assert_int_equal(clock_find(clocks, clock_at(clocks, i)->id), (int)i);
    assert_int_equal(clock_find(clocks, "no_such_clock"), -1);
    clocks_free(clocks);
}

/* Reads law/clocks with a State's file that holds this text. */
static enum err state_read(const char *text, struct problems *problems, struct clocks **ret)
{
    struct folder folder;
    folder_make(&folder);
    mkdir(folder_file(&folder, "law"), 0700);
    mkdir(folder_file(&folder, "law/clocks"), 0700);
    FILE *file = fopen(folder_file(&folder, "law/clocks/state"), "w");
    fputs(text, file);
    fclose(file);
    enum err err = clocks_declared(law, forms, folder.path, problems, ret);
    folder_remove(&folder);
    return err;
}

/* The first message when a State's file holds this text. */
static const char *refusal(const char *text)
{
    struct problems problems = {.arena = arena};
    struct clocks *clocks = NULL;
    if (state_read(text, &problems, &clocks) == E_OK) {
        clocks_free(clocks);
        return "taken";
    }
    const char *words = problems.list[0].text[LANG_EN], *at = strstr(words, "clocks/state");
    return at ? at + strlen("clocks/") : words;
}

#define ROLES(owes)                                                                                          \
    "clock one | One | एक\n  law BNSS 1\n  mark K\n  from arrested\n  within 2 days\n  " owes                \
    "\n  breach | x | x\n"
#define WHOLE "  law BNSS 1\n  mark K\n  owes io\n  breach | x | x\n"

struct fault {
    const char *text, *words;
};

static void faults_are_told(const struct fault *faults, size_t count)
{
    for (size_t i = 0; i < count; i++) assert_string_equal(refusal(faults[i].text), faults[i].words);
}

/* A role that is none, or that nobody holds at the office that owes: the act would be owed by nobody. */
static void a_clock_that_nobody_would_owe_is_refused(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {ROLES("owes clerk"), "state:1: clock one: 'clerk' is not a role"},
        {ROLES("owes io\n  next sho collector"), "state:1: clock one: 'collector' is not a role"},
        {ROLES("owes io\n  district collector"), "state:1: clock one: 'collector' is not a role"},
        {ROLES("owes magistrate"),
            "state:1: clock one: 'magistrate' is no role of the police, which hold the case"},
        {ROLES("owes magistrate at filer"),
            "state:1: clock one: 'magistrate' is no role where 'arrested' is filed or sent"},
        {ROLES("owes sho at addressee"),
            "state:1: clock one: 'sho' is no role where 'arrested' is filed or sent"},
        {ROLES("owes doctor at prison_admitted"),
            "state:1: clock one: 'doctor' is no role where 'prison_admitted' is filed or sent"},
        {ROLES("owes io\n  shown doctor at prison_admitted"),
            "state:1: clock one: 'doctor' is no role where 'prison_admitted' is filed"},
        {ROLES("owes jail_clerk at prison_admitted\n  shown sho at arrested"), "taken"},
    };
    faults_are_told(faults, sizeof faults / sizeof faults[0]);
}

static void faults_are_told_with_file_line_and_words(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {"clock one | One | एक\n  from arrested\n  within 2 days\n" WHOLE, "taken"},
        {"clock one | One\n", "state:1: 'clock' wants words: | English | Hindi"},
        {"clock One | One | एक\n", "state:1: 'One' is not a name"},
        {"watch one | One | एक\n", "state:1: 'watch' opens no block"},
        {"  law BNSS 1\n", "state:1: a line of a block begins with a word, and stands below its block"},
        {"clock default_bail | One | एक\n", "state:1: the clock 'default_bail' stands there twice"},
        {"clock one | One | एक\n  from arested\n", "state:2: 'arested' is not an event"},
        {"clock one | One | एक\n  from arrested\n" WHOLE, "state:1: clock one: it has no within line"},
        {"clock one | One | एक\n  within 2 days\n" WHOLE, "state:1: clock one: it has no from line"},
        {"clock one | One | एक\n  within 2 weeks\n",
            "state:2: 'weeks' is not minutes, hours, days, months or years"},
        {"clock one | One | एक\n  within nothing hours\n", "state:2: 'nothing' is not a setting"},
        {"clock one | One | एक\n  if between forthwith_hours sunrise\n",
            "state:2: 'forthwith_hours' is not an hour of the day"},
        {"clock one | One | एक\n  within 2 days if grave\n", "state:2: 'grave' is not a condition"},
        {"clock one | One | एक\n  if maximum about 3 years\n",
            "state:2: 'about' is not at_least, over, below or up_to"},
        {"clock one | One | एक\n  if among petty\n", "state:2: 'petty' is not a list of offences"},
        {"clock one | One | एक\n  within 2 days twice\n", "state:2: 'twice' does not belong here"},
        {"clock one | One | एक\n  alerts\n", "state:2: 'alerts' wants none, or numbers of days or hours"},
        {"clock one | One | एक\n  alerts 15 30\n",
            "state:2: 'alerts' wants none, or numbers of days or hours"},
        {"clock one | One | एक\n  alerts 15 weeks\n", "state:2: 'weeks' is not a number"},
        {"clock one | One | एक\n  alerts 30 15 days\n", "state:2: alerts stand in order, from 1 on"},
        {"clock one | One | एक\n  alerts 0 days\n", "state:2: alerts stand in order, from 1 on"},
        {"clock one | One | एक\n  alerts 1 2 3 4 5 6 7 8 9 days\n", "state:2: too many alerts"},
        {"clock one | One | एक\n  alerts 15 days alone\n", "state:2: 'alone' does not belong here"},
        {"clock one | One | एक\n  alerts 1 days\n  alerts 2 days\n",
            "state:3: a clock has one alerts line"},
        {"clock one | One | एक\n  from arrested\n  within 15 days\n  alerts 15 days\n" WHOLE,
            "state:1: clock one: none of its limits lasts as long as its alerts"},
        {"clock one | One | एक\n  from arrested\n  within 24 hours\n  alerts 1 days\n" WHOLE,
            "state:1: clock one: none of its limits lasts as long as its alerts"},
        {"clock one | One | एक\n  from arrested\n  within 2 months\n  alerts 15 30 days\n" WHOLE, "taken"},
        {"retire no_such_clock 2027-03-31\n", "state:1: 'no_such_clock' is not a clock"},
        {"retire two_months\n", "state:1: 'retire' wants a date"},
        {"retire two_months 2027-03-31 now\n", "state:1: 'now' does not belong here"},
        {"retire two_months 2027-03-31\n  law BNSS 1\n",
            "state:2: a line of a block begins with a word, and stands below its block"},
        {"clock one | One | एक\n  mark X\n", "state:2: 'X' is not V, S, K or ?"},
        {"clock one | One | एक\n  kind MUST\n", "state:2: 'MUST' is not DUTY, RIGHT, BAR, LIMIT or LAPSE"},
        {"clock one | One | एक\n  since 2024-02-30\n", "state:2: '2024-02-30' is not a date"},
        {"clock one | One | एक\n  kind BAR\n  from arrested\n  within 2 days\n" WHOLE,
            "state:1: clock one: a BAR wants a barred line"},
        {"clock one | One | एक\n  from arrested\n  within 2 days\n  counts remand\n" WHOLE,
            "state:1: clock one: custody is a person's: it wants a scope"},
        {"event one | One | एक\n  at a.b\n", "state:2: 'at' stands below its form"},
        {"event one | One | एक\n  form no_form\n", "state:2: event one: there is no form 'no_form'"},
        {"event one | One | एक\n  form arrest\n  at arrest.when\n",
            "state:2: event one: arrest.arrest.when is not a field"},
        {"event one | One | एक\n  form arrest\n  at arrest.kind\n",
            "state:2: event one: arrest.arrest.kind is not a date"},
        {"event one | One | एक\n  form arrest when arrest.kind gone\n",
            "state:2: event one: arrest.arrest.kind is never 'gone'"},
        {"offences one | One | एक\n  act BNS 9999\n", "state:2: the law has no section 'BNS 9999'"},
        {"offences one | One | एक\n  act XYZ 1\n", "state:2: 'XYZ' is not an act"},
    };
    faults_are_told(faults, sizeof faults / sizeof faults[0]);
}

/* How long before the end of a limit of sixty days, or of so many hours, a clock alerts; -1: not at all. */
static void alerts_are(const struct clock_words *words, int64_t span, bool days, const int *expected)
{
    for (size_t i = 0; i < CLOCK_ALERTS + words->rung_count; i++) {
        const struct clock_rung *rung =
            i < CLOCK_ALERTS ? &clock_ladder[i] : &words->rungs[i - CLOCK_ALERTS];
        int64_t before = clock_has_rung(words, rung) ? clock_rung_before(rung, span, days) : -1;
        assert_int_equal(before < 0 ? -1 : before / (days ? TIME_DAY_MS : TIME_HOUR_MS), expected[i]);
    }
}

static void a_clock_may_carry_a_ladder_of_its_own(void **state)
{
    (void)state;
#define STEPS(id, limit, alerts) "clock " id " | One | एक\n  from arrested\n  within " limit "\n" alerts WHOLE
    struct problems problems = {.arena = arena};
    struct clocks *clocks = NULL;
    assert_int_equal(state_read(STEPS("x_beside", "60 days", "  alerts 15 30 days beside\n")
                             STEPS("x_alone", "60 days", "  alerts 15 30 days\n")
                                 STEPS("x_none", "60 days", "  alerts none\n")
                                     STEPS("x_hours", "24 hours", "  alerts 20 hours\n"),
                         &problems, &clocks),
        E_OK);
    const int64_t sixty = 60 * TIME_DAY_MS;
    const struct clock_words *alone = clock_at(clocks, (size_t)clock_find(clocks, "x_alone"));
    alerts_are(clock_at(clocks, (size_t)clock_find(clocks, "x_beside")), sixty, true,
        (const int[]){30, 15, 6, 3, 0, 45, 30});
    alerts_are(alone, sixty, true, (const int[]){-1, -1, -1, -1, 0, 45, 30});
    alerts_are(alone, 20 * TIME_DAY_MS, true, (const int[]){-1, -1, -1, -1, 0, 5, -1}); /* cut short */
    alerts_are(clock_at(clocks, (size_t)clock_find(clocks, "x_none")), sixty, true,
        (const int[]){-1, -1, -1, -1, 0});
    alerts_are(clock_at(clocks, (size_t)clock_find(clocks, "x_hours")), 24 * TIME_HOUR_MS, false,
        (const int[]){-1, -1, -1, -1, 0, 4});
    clocks_free(clocks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_files_are_whole),
        cmocka_unit_test(a_clock_may_carry_a_ladder_of_its_own),
        cmocka_unit_test(a_clock_that_nobody_would_owe_is_refused),
        cmocka_unit_test(faults_are_told_with_file_line_and_words),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
