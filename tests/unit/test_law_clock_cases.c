/* Every worked case of tests/clocks comes out as it was worked by hand; and for each of them: what has
 * nothing to do with a clock moves no date, asking later never mends what was broken, and facts kept and read
 * back are the same. */
#include <dirent.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/time.h"
#include "clock_case.h"
#include "folder.h"

static struct arena *lasting;
static struct law *law;
static struct clocks *clocks;

/* Of each clock, for every_clock_has_cases(): its worked cases, and those asked within a day of its end. */
#define CLOCKS_MAX 1000
static int cases_of[CLOCKS_MAX], boundaries_of[CLOCKS_MAX];
static size_t case_count;
#define CASES_LEAST 600

static void lines_write(struct folder *folder, const char *name, const char *const *lines, size_t count)
{
    FILE *file = fopen(folder_file(folder, name), "w");
    for (size_t i = 0; i < count; i++) fputs(lines[i], file);
    fclose(file);
}

/* The law with the settings and holidays of the case, and an event that means nothing to any clock. */
static const char *const nothing = "event nothing_at_all | Nothing | कुछ नहीं\n";

static struct clocks *clocks_with(const struct worked_case *of, struct arena *arena)
{
    struct folder folder;
    folder_make(&folder);
    mkdir(folder_file(&folder, "law"), 0700);
    mkdir(folder_file(&folder, "law/clocks"), 0700);
    lines_write(&folder, "law/clocks/nothing", &nothing, 1);
    lines_write(&folder, "law/settings", of->settings, of->setting_count);
    lines_write(&folder, "law/holidays", of->holidays, of->holiday_count);
    struct problems problems = {.arena = arena};
    struct clocks *own = NULL;
    enum err err = clocks_load(law, NULL, folder.path, &problems, &own);
    folder_remove(&folder);
    if (err != E_OK) fail_msg("%s: %s", of->path, problems.list[0].text[LANG_EN]);
    return own;
}

static int setup(void **state)
{
    (void)state;
    lasting = arena_new(64 << 20);
    struct problems problems = {.arena = lasting};
    if (law_load(&problems, &law) != E_OK) return -1;
    clocks = clocks_with(&(struct worked_case){.path = "law/clocks"}, lasting);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    clocks_free(clocks);
    law_free(law);
    arena_free(lasting);
    return 0;
}

static bool told_is(struct told told, int64_t at)
{
    if (told.day) return time_day_number(told.at) == time_day_number(at);
    return told.at / (60 * TIME_SECOND_MS) == at / (60 * TIME_SECOND_MS);
}

static const char *words_of(struct arena *arena, int64_t at)
{
    return at == 0 ? "none" : at == CLOCK_NEVER ? "never" : time_text(arena, at);
}

static void date_check(struct arena *arena, const struct worked_case *of, int line, const char *what,
    struct told told, int64_t at)
{
    if (told.given && (at == 0 || at == CLOCK_NEVER || !told_is(told, at)))
        fail_msg("%s:%d: %s is %s", of->path, line, what, words_of(arena, at));
}

/* ---- one expectation ---- */

static const char *working_words(struct arena *arena, const struct clock_working *working)
{
    struct buf text;
    buf_init(&text, arena, 20000);
    for (size_t i = 0; i < working->count; i++) {
        const struct clock_step *step = &working->list[i];
        buf_printf(&text, "\n  %s %s %lld: %s", step->code, words_of(arena, step->at),
            (long long)step->number, step->text[LANG_EN]);
    }
    return text.data;
}

static void steps_check(struct arena *arena, const struct worked_case *of, const struct expected *expected,
    const struct clock_working *working)
{
    size_t at = 0;
    for (size_t i = 0; i < expected->step_count; i++) {
        const struct expected_step *want = &expected->steps[i];
        for (;; at++) {
            if (at == working->count)
                fail_msg("%s:%d: the working has no such step%s", of->path, want->line,
                    working_words(arena, working));
            const struct clock_step *step = &working->list[at];
            bool date = !want->date.given || (step->at && told_is(want->date, step->at));
            bool number = !want->has_number || step->number == want->number;
            if (strcmp(step->code, want->code) == 0 && date && number) break;
        }
        at++;
    }
}

static bool row_fits(
    const struct worked_case *of, const struct expected *expected, const struct clock_row *row)
{
    const char *subject = row->subject ? of->of.subjects[row->subject - 1].id : NULL;
    if (strcmp(clock_at(of->clocks, row->clock)->id, expected->clock) != 0) return false;
    if (expected->subject && (!subject || strcmp(subject, expected->subject) != 0)) return false;
    return !expected->from.given || told_is(expected->from, row->start);
}

static void expected_check(struct arena *arena, const struct worked_case *of, const struct expected *expected)
{
    struct clock_result result;
    int64_t at = expected->at.at;
    clock_run(of->clocks, &of->of, at, true, arena, &result);
    const struct clock_row *row = NULL;
    for (size_t i = 0; i < result.count; i++) {
        if (!row_fits(of, expected, &result.rows[i])) continue;
        if (expected->none) fail_msg("%s:%d: there is such a clock", of->path, expected->line);
        if (row) fail_msg("%s:%d: there are several; say from when", of->path, expected->line);
        row = &result.rows[i];
    }
    if (expected->none) return;
    if (!row) fail_msg("%s:%d: there is no such clock", of->path, expected->line);
    const struct clock_working *working = &result.workings[row - result.rows];
    const char *state = clock_state_word(clock_state_at(clock_at(of->clocks, row->clock)->kind, row, at));
    if (strcmp(state, expected->state) != 0)
        fail_msg("%s:%d: it is %s, by %s%s", of->path, expected->line, state, words_of(arena, row->due),
            working_words(arena, working));
    if (expected->by.given && (row->due == CLOCK_NEVER || !told_is(expected->by, row->due)))
        fail_msg("%s:%d: due is %s%s", of->path, expected->line, words_of(arena, row->due),
            working_words(arena, working));
    if (expected->by.given && expected->by.day != row->days)
        fail_msg("%s:%d: due is %s", of->path, expected->line, row->days ? "a whole day" : "an hour");
    date_check(arena, of, expected->line, "the second answer", expected->other, row->other);
    if (!expected->other.given && row->other && expected->by.given)
        fail_msg(
            "%s:%d: there is a second answer, %s", of->path, expected->line, words_of(arena, row->other));
    date_check(arena, of, expected->line, "the end", expected->on, row->closed);
    steps_check(arena, of, expected, working);
}

/* ---- what holds for every case ---- */

static const struct clock_row *same_row(const struct clock_result *in, const struct clock_row *row)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->rows[i].clock == row->clock && in->rows[i].subject == row->subject &&
            in->rows[i].seq == row->seq)
            return &in->rows[i];
    return NULL;
}

static void later_never_mends(struct arena *arena, const struct worked_case *of)
{
    const struct clock_case *facts = &of->of;
    struct clock_result before = {0};
    int64_t latest = INT64_MIN, earlier = INT64_MIN; /* a fact of a day alone stands behind its hours */
    for (size_t i = 0; i < 2 * facts->fact_count; i++) {
        if (i % 2 == 0) earlier = latest;
        if (facts->facts[i / 2].at > latest) latest = facts->facts[i / 2].at;
        const int64_t asked = latest + (i % 2 ? 400 * TIME_DAY_MS : 0);
        if (i % 2) { /* the same facts, asked much later */
            clock_run(of->clocks, facts, latest, false, arena, &before);
            for (size_t k = 0; k < before.count; k++) {
                enum clock_kind kind = clock_at(of->clocks, before.rows[k].clock)->kind;
                if (clock_state_at(kind, &before.rows[k], latest) == CLOCK_BREACHED)
                    assert_int_equal(clock_state_at(kind, &before.rows[k], asked), CLOCK_BREACHED);
            }
            continue;
        }
        struct clock_result now; /* more facts */
        clock_run(of->clocks, facts, asked, false, arena, &now);
        for (size_t k = 0; i > 0 && k < before.count; k++) {
            const struct clock_row *old = &before.rows[k], *row = same_row(&now, old);
            enum clock_kind kind = clock_at(of->clocks, old->clock)->kind;
            if (clock_state_at(kind, old, earlier) != CLOCK_BREACHED) continue;
            if (!row || clock_state_at(kind, row, asked) != CLOCK_BREACHED)
                fail_msg("%s: %s was broken and is mended", of->path, clock_at(of->clocks, old->clock)->id);
        }
    }
}

static void results_equal(
    const struct worked_case *of, const struct clock_result *a, const struct clock_result *b)
{
    if (a->count != b->count) fail_msg("%s: %zu clocks are %zu", of->path, a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        struct clock_row x = a->rows[i], y = b->rows[i];
        if (x.due != y.due || x.start != y.start || x.closed != y.closed || x.other != y.other ||
            x.clock != y.clock)
            fail_msg("%s: %s moved", of->path, clock_at(of->clocks, x.clock)->id);
    }
}

static void unrelated_entry_moves_nothing(struct arena *arena, const struct worked_case *of)
{
    int event = clock_event_find(of->clocks, "nothing_at_all");
    assert_true(event >= 0);
    struct clock_result alone, more;
    clock_run(of->clocks, &of->of, CLOCK_NEVER, false, arena, &alone);
    struct clock_case with = of->of;
    with.facts = ARENA_ARRAY(arena, struct clock_fact, 2 * with.fact_count);
    with.fact_count = 0;
    for (size_t i = 0; i < of->of.fact_count; i++) {
        with.facts[with.fact_count++] = of->of.facts[i];
        with.facts[with.fact_count++] = (struct clock_fact){.at = of->of.facts[i].at,
            .seq = of->of.facts[i].seq,
            .event = (uint16_t)event,
            .day = of->of.facts[i].day};
    }
    clock_run(of->clocks, &with, CLOCK_NEVER, false, arena, &more);
    results_equal(of, &alone, &more);
}

static void kept_facts_are_the_same(struct arena *arena, const struct worked_case *of)
{
    struct buf packed;
    buf_init(&packed, arena, 1 << 20);
    clock_pack(&of->of, &packed);
    struct clock_case back;
    assert_true(clock_unpack(packed.data, packed.len, arena, &back));
    assert_false(clock_unpack(packed.data, packed.len - 1, arena, &back) && of->of.fact_count > 0);
    assert_true(clock_unpack(packed.data, packed.len, arena, &back));
    struct clock_result live, again;
    clock_run(of->clocks, &of->of, CLOCK_NEVER, false, arena, &live);
    clock_run(of->clocks, &back, CLOCK_NEVER, false, arena, &again);
    results_equal(of, &live, &again);
}

/* ---- the files ---- */

/* Each clock of the case once, however often it is asked for. */
static void cases_tally(const struct worked_case *of)
{
    for (size_t i = 0; i < of->expected_count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || strcmp(of->expected[i].clock, of->expected[k].clock) == 0;
        int place = clock_find(clocks, of->expected[i].clock);
        assert_in_range(place, 0, CLOCKS_MAX - 1);
        cases_of[place] += !again;
        const struct expected *expected = &of->expected[i];
        int64_t end = expected->by.at + (expected->by.day ? TIME_DAY_MS : 0);
        boundaries_of[place] += expected->by.given && llabs(expected->at.at - end) <= TIME_DAY_MS;
        boundaries_of[place] +=
            expected->by.given && expected->on.given && llabs(expected->on.at - end) <= TIME_DAY_MS;
    }
    case_count++;
}

/* Ordinary, boundary, exception. */
static void every_clock_has_cases(void **state)
{
    (void)state;
    assert_true(case_count >= CASES_LEAST);
    for (size_t i = 0; i < clocks_count(clocks); i++) {
        if (cases_of[i] < 3) fail_msg("%s has %d worked cases", clock_at(clocks, i)->id, cases_of[i]);
        if (!boundaries_of[i]) fail_msg("no worked case of %s is at its end", clock_at(clocks, i)->id);
    }
}

/* The opening comment names the section or judgment that the dates rest on: "BNSS 193(2)", "JJ Act 101", "(SC
 * 2023)", or what the clock itself names. */
static void comment_cites_law(struct arena *arena, const struct worked_case *of, const char *text)
{
    struct buf comment;
    buf_init(&comment, arena, 1 << 18);
    for (; *text == '#'; text += strcspn(text, "\n"), text += *text == '\n')
        buf_printf(&comment, "%.*s", (int)strcspn(text + 1, "\n"), text + 1);
    regex_t cites;
    assert_int_equal(
        regcomp(&cites, "[A-Z][A-Za-z]*[A-Z][A-Za-z]* (Act )?[0-9]+|\\((SC|HC)", REG_EXTENDED), 0);
    bool found = comment.len > 0 && regexec(&cites, comment.data, 0, NULL, 0) == 0;
    regfree(&cites);
    for (size_t i = 0; i < of->expected_count && !found && comment.len > 0; i++) {
        const char *rests = clock_at(clocks, (size_t)clock_find(clocks, of->expected[i].clock))->law;
        found = strstr(comment.data, arena_strndup(arena, rests, strcspn(rests, ";("))) != NULL;
    }
    if (!found) fail_msg("%s: the comment names no section and no judgment", of->path);
}

static void case_comes_out(void **state)
{
    const char *path = *state;
    struct arena *arena = arena_new((size_t)256 << 20);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = arena_alloc(arena, 1 << 18);
    size_t n = fread(text, 1, 1 << 18, file);
    fclose(file);
    struct worked_case *of = worked_case_read(arena, law, clocks, path, text, n);
    struct clocks *own = of->setting_count + of->holiday_count ? clocks_with(of, arena) : NULL;
    if (own) of->clocks = own;
    for (size_t i = 0; i < of->expected_count; i++) expected_check(arena, of, &of->expected[i]);
    if (of->expected_count == 0) fail_msg("%s: nothing is expected", path);
    cases_tally(of);
    comment_cites_law(arena, of, text);
    unrelated_entry_moves_nothing(arena, of);
    later_never_mends(arena, of);
    kept_facts_are_the_same(arena, of);
    clocks_free(own);
    arena_free(arena);
}

static int is_case(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 5 && strcmp(entry->d_name + n - 5, ".case") == 0;
}

static int is_family(const struct dirent *entry)
{
    return entry->d_type == DT_DIR && entry->d_name[0] != '.';
}

#define CASES_MAX 4000

/* The cases of one folder. */
static size_t cases_add(struct arena *arena, const char *folder, struct CMUnitTest *tests, size_t count)
{
    struct dirent **entries;
    int found = scandir(folder, &entries, is_case, alphasort);
    for (int i = 0; i < found; i++) {
        assert_true(count + 1 < CASES_MAX);
        char *path = arena_printf(arena, "%s/%s", folder, entries[i]->d_name);
        tests[count++] = (struct CMUnitTest){
            .name = strrchr(path, '/') + 1, .test_func = case_comes_out, .initial_state = path};
        free(entries[i]);
    }
    if (found >= 0) free(entries);
    return count;
}

/* One test a file, so that every one that fails is told. Families of cases stand in folders of their own. */
int main(void)
{
    struct arena *arena = arena_new(16 << 20);
    const char *source = getenv("PANJI_SOURCE");
    const char *folder = arena_printf(arena, "%s/tests/clocks", source ? source : ".");
    struct CMUnitTest *tests = ARENA_ARRAY(arena, struct CMUnitTest, CASES_MAX);
    size_t count = cases_add(arena, folder, tests, 0);
    struct dirent **families;
    int found = scandir(folder, &families, is_family, alphasort);
    for (int i = 0; i < found; i++) {
        count = cases_add(arena, arena_printf(arena, "%s/%s", folder, families[i]->d_name), tests, count);
        free(families[i]);
    }
    if (found >= 0) free(families);
    if (count == 0) return 1;
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(every_clock_has_cases);
    int failed = _cmocka_run_group_tests("worked cases", tests, count, setup, teardown);
    arena_free(arena);
    return failed;
}
