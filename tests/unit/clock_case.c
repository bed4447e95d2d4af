/* Reads worked cases: docs/clocks.md tells their lines. */
#include "clock_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/lines.h"
#include "base/time.h"

#define FACTS_MAX 400
#define SUBJECTS_MAX 60

struct reading {
    struct arena *arena;
    struct worked_case *to;
    struct line line;
    size_t at;
    int last_line; /* of the last fact: lines without a gap at one time are one entry */
    int64_t last_at, seq;
    int ages[SUBJECTS_MAX][2]; /* told ages of each subject, -1 none */
    struct told asked;
};

static void wrong(const struct reading *reading, const char *what)
{
    fail_msg("%s:%d: %s", reading->to->path, reading->line.number, what);
}

static const char *next(struct reading *reading)
{
    return reading->at < reading->line.word_count ? reading->line.words[reading->at++] : NULL;
}

static const char *peek(const struct reading *reading)
{
    return reading->at < reading->line.word_count ? reading->line.words[reading->at] : "";
}

static bool take(struct reading *reading, const char *word)
{
    bool there = strcmp(peek(reading), word) == 0;
    reading->at += there;
    return there;
}

static const char *need(struct reading *reading, const char *what)
{
    const char *word = next(reading);
    if (!word) wrong(reading, what);
    return word;
}

static bool is_clock_time(const char *word)
{
    return strlen(word) == 5 && word[2] == ':' && strspn(word, "0123456789:") == 5;
}

static struct told told_read(struct reading *reading)
{
    struct told told = {.given = true, .day = true};
    int32_t day;
    const char *word = need(reading, "a date is wanted");
    if (!time_parse_date(word, &day)) wrong(reading, word);
    told.at = clock_day_start(day);
    if (!is_clock_time(peek(reading))) return told;
    const char *clock = next(reading);
    told.day = false;
    told.at += (strtol(clock, NULL, 10) * 60 + strtol(clock + 3, NULL, 10)) * 60 * TIME_SECOND_MS;
    return told;
}

static long number_read(struct reading *reading)
{
    char *end;
    const char *word = need(reading, "a number is wanted");
    long number = strtol(word, &end, 10);
    if (*end) wrong(reading, "not a number");
    return number;
}

static uint16_t subject_place(struct reading *reading, const char *id)
{
    struct clock_case *of = &reading->to->of;
    for (size_t i = 0; i < of->subject_count; i++)
        if (strcmp(of->subjects[i].id, id) == 0) return (uint16_t)(i + 1);
    if (of->subject_count == SUBJECTS_MAX) wrong(reading, "too many subjects");
    size_t place = of->subject_count++;
    of->subjects[place] =
        (struct clock_subject){arena_strdup(reading->arena, id), 0, CLOCK_NO_DAY, CLOCK_NO_DAY};
    reading->ages[place][0] = -1;
    return (uint16_t)(place + 1);
}

static uint16_t office_place(struct reading *reading, const char *code)
{
    struct clock_case *of = &reading->to->of;
    for (size_t i = 0; i < of->office_count; i++)
        if (strcmp(of->offices[i], code) == 0) return (uint16_t)(i + 1);
    of->offices[of->office_count++] = arena_strdup(reading->arena, code);
    return (uint16_t)of->office_count;
}

/* ---- lines ---- */

static void line_person(struct reading *reading)
{
    uint16_t place = subject_place(reading, need(reading, "a person is wanted"));
    struct clock_subject *subject = &reading->to->of.subjects[place - 1];
    for (const char *word; (word = next(reading));) {
        if (strcmp(word, "man") == 0)
            subject->gender = 'm';
        else if (strcmp(word, "woman") == 0)
            subject->gender = 'f';
        else if (strcmp(word, "transgender") == 0)
            subject->gender = 't';
        else if (strcmp(word, "born") == 0) {
            int32_t day = time_day_number(told_read(reading).at);
            subject->born_from = subject->born_to = day;
        } else if (strcmp(word, "year") == 0) {
            int year = (int)number_read(reading);
            subject->born_from =
                time_day_number(time_from_civil((struct civil){.year = year, .month = 1, .day = 1}));
            subject->born_to =
                time_day_number(time_from_civil((struct civil){.year = year, .month = 12, .day = 31}));
        } else if (strcmp(word, "age") == 0) {
            char *end;
            int *ages = reading->ages[place - 1];
            ages[0] = ages[1] = (int)strtol(need(reading, "an age is wanted"), &end, 10);
            if (*end == '-') ages[1] = (int)strtol(end + 1, &end, 10);
        } else {
            wrong(reading, word);
        }
    }
}

static void line_case(struct reading *reading)
{
    struct clock_case *of = &reading->to->of;
    of->kind = need(reading, "a kind of case is wanted");
    if (take(reading, "in")) of->state = need(reading, "a State is wanted");
    if (take(reading, "at")) of->court = need(reading, "a court is wanted");
}

static void line_setting(struct reading *reading)
{
    const char *name = need(reading, "a setting is wanted"), *value = need(reading, "a value is wanted");
    const char *from = take(reading, "from") ? need(reading, "a date is wanted") : NULL;
    reading->to->settings[reading->to->setting_count++] = arena_printf(
        reading->arena, "set %s %s%s%s\n", name, value, from ? " from " : "", from ? from : "");
}

static void line_holiday(struct reading *reading)
{
    const char *day = need(reading, "a date is wanted");
    reading->to->holidays[reading->to->holiday_count++] =
        arena_printf(reading->arena, "holiday %s | Closed | बंद\n", day);
}

static void line_title(struct reading *reading)
{
    reading->to->title = need(reading, "words are wanted");
    reading->at = reading->line.word_count;
}

static void line_at(struct reading *reading)
{
    reading->asked = told_read(reading);
}

static struct expected *expected_open(struct reading *reading)
{
    struct worked_case *to = reading->to;
    if (!reading->asked.given) wrong(reading, "what is expected stands below 'at'");
    if (to->expected_count == EXPECTED_MAX) wrong(reading, "too much is expected");
    struct expected *expected = &to->expected[to->expected_count++];
    *expected = (struct expected){.line = reading->line.number, .at = reading->asked};
    return expected;
}

static bool is_state(const char *word)
{
    for (int i = 0; i < CLOCK_STATE_COUNT; i++)
        if (strcmp(clock_state_word((enum clock_state)i), word) == 0) return true;
    return false;
}

static void clock_need(struct reading *reading, struct expected *expected)
{
    expected->clock = need(reading, "a clock is wanted");
    if (clock_find(reading->to->clocks, expected->clock) < 0)
        wrong(reading, "there is no such clock, and no such line");
}

static void line_none(struct reading *reading)
{
    struct expected *expected = expected_open(reading);
    expected->none = true;
    clock_need(reading, expected);
    expected->subject = next(reading);
}

static void line_clock(struct reading *reading)
{
    struct expected *expected = expected_open(reading);
    clock_need(reading, expected);
    if (!is_state(peek(reading))) expected->subject = need(reading, "a state is wanted");
    expected->state = need(reading, "a state is wanted");
    if (!is_state(expected->state)) wrong(reading, "not a state");
    for (const char *word; (word = next(reading));) {
        struct told *to = strcmp(word, "from") == 0 ? &expected->from
                          : strcmp(word, "by") == 0 ? &expected->by
                          : strcmp(word, "or") == 0 ? &expected->other
                          : strcmp(word, "on") == 0 ? &expected->on
                                                    : NULL;
        if (!to) wrong(reading, word);
        *to = told_read(reading);
    }
}

static void line_step(struct reading *reading)
{
    struct worked_case *to = reading->to;
    if (to->expected_count == 0) wrong(reading, "a step stands below its clock");
    struct expected *expected = &to->expected[to->expected_count - 1];
    struct expected_step *step = &expected->steps[expected->step_count++];
    *step = (struct expected_step){.line = reading->line.number, .code = need(reading, "a step is wanted")};
    const char *word = peek(reading);
    if (!*word) return;
    step->has_number = !strchr(word, '-');
    if (step->has_number)
        step->number = number_read(reading);
    else
        step->date = told_read(reading);
}

/* ---- facts ---- */

static struct clock_fact *fact_open(struct reading *reading, struct told at)
{
    struct clock_case *of = &reading->to->of;
    if (of->fact_count == FACTS_MAX) wrong(reading, "too many facts");
    bool same = reading->line.number == reading->last_line + 1 && at.at == reading->last_at;
    if (!same) reading->seq++;
    reading->last_line = reading->line.number;
    reading->last_at = at.at;
    struct clock_fact *fact = &of->facts[of->fact_count++];
    *fact = (struct clock_fact){.at = at.at, .day = at.day, .seq = reading->seq};
    return fact;
}

static void fact_offences(struct reading *reading, struct told at)
{
    struct worked_case *to = reading->to;
    bool set = take(reading, "set");
    uint16_t subject = take(reading, "of") ? subject_place(reading, need(reading, "a person is wanted")) : 0;
    if (set) {
        struct clock_fact *gone = fact_open(reading, at);
        gone->event = CLOCK_EVENT_OFFENCES_GONE;
        gone->subject = subject;
        reading->last_line--; /* the same entry goes on */
    }
    const char *act = "";
    for (const char *word; (word = next(reading));) {
        size_t n = strcspn(word, ",");
        if (peek(reading)[0] && !strchr("0123456789", word[0])) {
            act = word;
            continue;
        }
        const char *name = arena_printf(reading->arena, "%s %.*s", act, (int)n, word);
        size_t place = 0;
        while (place < law_offence_count(to->law) && strcmp(law_offence_at(to->law, place)->name, name) != 0)
            place++;
        if (place == law_offence_count(to->law))
            fail_msg("%s:%d: no section %s", to->path, reading->line.number, name);
        struct clock_fact *fact = fact_open(reading, at);
        reading->last_line--;
        fact->event = CLOCK_EVENT_OFFENCE;
        fact->subject = subject;
        fact->number = (int32_t)place;
    }
    reading->last_line = reading->line.number;
}

static void fact_event(struct reading *reading, struct told at, int event)
{
    struct clock_fact *fact = fact_open(reading, at);
    fact->event = (uint16_t)event;
    for (const char *word; (word = next(reading));) {
        if (strcmp(word, "until") == 0) {
            struct told until = told_read(reading);
            fact->until = until.at;
            fact->until_day = until.day;
        } else if (strcmp(word, "number") == 0) {
            fact->number = (int32_t)number_read(reading);
        } else if (strcmp(word, "office") == 0) {
            fact->office = office_place(reading, need(reading, "an office is wanted"));
        } else if (strcmp(word, "to") == 0) {
            fact->to = office_place(reading, need(reading, "an office is wanted"));
        } else if (fact->subject == 0) {
            fact->subject = subject_place(reading, word);
        } else {
            wrong(reading, word);
        }
    }
}

static void line_fact(struct reading *reading)
{
    reading->at = 0;
    struct told at = told_read(reading);
    const char *word = need(reading, "an event is wanted");
    if (strcmp(word, "offences") == 0) {
        fact_offences(reading, at);
        return;
    }
    int event = clock_event_find(reading->to->clocks, word);
    if (event < CLOCK_EVENT_FIRST)
        fail_msg("%s:%d: %s is no event", reading->to->path, reading->line.number, word);
    fact_event(reading, at, event);
}

/* ---- the whole ---- */

static void line_read(struct reading *reading)
{
    static const struct {
        const char *word;
        void (*read)(struct reading *reading);
    } lines[] = {{"title", line_title}, {"case", line_case}, {"setting", line_setting},
        {"holiday", line_holiday}, {"person", line_person}, {"at", line_at}, {"none", line_none},
        {"step", line_step}};
    int32_t day;
    if (time_parse_date(peek(reading), &day)) {
        line_fact(reading);
        return;
    }
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (!take(reading, lines[i].word)) continue;
        lines[i].read(reading);
        return;
    }
    line_clock(reading);
}

/* Ages are told on the day of the first fact. */
static void ages_settle(struct reading *reading)
{
    struct clock_case *of = &reading->to->of;
    if (of->fact_count == 0) return;
    int32_t day = time_day_number(of->facts[0].at);
    for (size_t i = 0; i < of->subject_count; i++) {
        if (reading->ages[i][0] < 0) continue;
        of->subjects[i].born_from = clock_day_months(day, -12 * (reading->ages[i][1] + 1)) + 1;
        of->subjects[i].born_to = clock_day_months(day, -12 * reading->ages[i][0]);
    }
}

struct worked_case *worked_case_read(struct arena *arena, const struct law *law, const struct clocks *clocks,
    const char *path, const char *text, size_t n)
{
    struct reading *reading = ARENA_NEW(arena, struct reading);
    struct worked_case *to = ARENA_NEW(arena, struct worked_case);
    *to = (struct worked_case){.path = path, .law = law, .clocks = clocks};
    *reading = (struct reading){.arena = arena, .to = to, .last_line = -1};
    to->of = (struct clock_case){.kind = "fir",
        .subjects = ARENA_ARRAY(arena, struct clock_subject, SUBJECTS_MAX),
        .offices = ARENA_ARRAY(arena, const char *, SUBJECTS_MAX),
        .facts = ARENA_ARRAY(arena, struct clock_fact, FACTS_MAX)};
    struct lines lines;
    lines_init(&lines, arena, path, text, n);
    while (lines_next(&lines, &reading->line)) {
        reading->at = 0;
        line_read(reading);
        if (next(reading)) wrong(reading, "something is left on the line");
    }
    ages_settle(reading);
    clock_facts_sort(&to->of);
    if (!to->title) fail_msg("%s: it has no title", path);
    return to;
}
