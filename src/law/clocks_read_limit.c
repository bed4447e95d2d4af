/* law/clocks_read_limit: limits ("60 days or 90 days if …") and conditions, the two small languages inside a
 * clock. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "law/clock_files.h"

/* ---- conditions ---- */

enum needs {
    NEEDS_NOTHING,
    NEEDS_TERM,
    NEEDS_LIST,
    NEEDS_ACT,
    NEEDS_AGE,
    NEEDS_EVENT,
    NEEDS_SETTING,
    NEEDS_HOURS,
    NEEDS_KIND
};

static const struct {
    const char *word;
    enum needs needs;
} condition_words[IF_WORD_COUNT] = {
    [IF_LIFE] = {"life", NEEDS_NOTHING},
    [IF_DEATH] = {"death", NEEDS_NOTHING},
    [IF_MAXIMUM] = {"maximum", NEEDS_TERM},
    [IF_MINIMUM] = {"minimum", NEEDS_TERM},
    [IF_FINE_ONLY] = {"fine_only", NEEDS_NOTHING},
    [IF_COGNIZABLE] = {"cognizable", NEEDS_NOTHING},
    [IF_NON_COGNIZABLE] = {"non_cognizable", NEEDS_NOTHING},
    [IF_BAILABLE] = {"bailable", NEEDS_NOTHING},
    [IF_NON_BAILABLE] = {"non_bailable", NEEDS_NOTHING},
    [IF_MAGISTRATE] = {"magistrate", NEEDS_NOTHING},
    [IF_SESSIONS] = {"sessions", NEEDS_NOTHING},
    [IF_SEXUAL] = {"sexual", NEEDS_NOTHING},
    [IF_CHILD_OFFENCE] = {"child_offence", NEEDS_NOTHING},
    [IF_TERROR] = {"terror", NEEDS_NOTHING},
    [IF_AMONG] = {"among", NEEDS_LIST},
    [IF_ACT] = {"act", NEEDS_ACT},
    [IF_WOMAN] = {"woman", NEEDS_NOTHING},
    [IF_MAN] = {"man", NEEDS_NOTHING},
    [IF_TRANSGENDER] = {"transgender", NEEDS_NOTHING},
    [IF_AGE] = {"age", NEEDS_AGE},
    [IF_IN_CUSTODY] = {"in_custody", NEEDS_NOTHING},
    [IF_HAS] = {"has", NEEDS_EVENT},
    [IF_SETTING] = {"setting", NEEDS_SETTING},
    [IF_BETWEEN] = {"between", NEEDS_HOURS},
    [IF_CASE] = {"case", NEEDS_KIND},
};

static const char *const comparisons[] = {"at_least", "over", "below", "up_to"};

static int hour_need(struct clock_reader *reader)
{
    int setting = setting_need(reader);
    if (!reader->failed && reader->clocks->settings[setting].type != SETTING_TIME)
        clock_wrong(reader, "'%s' is not an hour of the day", reader->clocks->settings[setting].name);
    return setting;
}

static void term_needs(struct clock_reader *reader, enum needs needs, struct clock_term *term)
{
    static const char *const units[] = {"months", "years"};
    switch (needs) {
    case NEEDS_NOTHING: return;
    case NEEDS_TERM:
        term->comparison =
            (enum comparison)choice_need(reader, "at_least, over, below or up_to", comparisons, 4);
        term->number = number_need(reader, "a number");
        if (choice_need(reader, "months or years", units, 2) == 1) term->number *= 12;
        return;
    case NEEDS_AGE:
        term->comparison =
            (enum comparison)choice_need(reader, "at_least, over, below or up_to", comparisons, 4);
        term->number = number_need(reader, "years of age");
        return;
    case NEEDS_LIST: term->number = list_need(reader); return;
    case NEEDS_EVENT: term->number = event_need(reader); return;
    case NEEDS_SETTING: term->number = setting_need(reader); return;
    case NEEDS_HOURS:
        term->number = hour_need(reader);
        term->until = hour_need(reader);
        return;
    case NEEDS_ACT: {
        const struct act *act = act_find(reader->clocks->law, word_need(reader, "an act"));
        if (act)
            term->text = act->code;
        else
            clock_wrong(reader, "'%s' is not an act", reader->line->words[reader->at - 1]);
        return;
    }
    case NEEDS_KIND:
        term->text = arena_strdup(reader->clocks->arena, word_need(reader, "a kind of case"));
        return;
    }
}

static void term_read(struct clock_reader *reader, struct clock_term *term)
{
    term->negated = word_take(reader, "not");
    const char *word = word_need(reader, "a condition");
    for (size_t i = 0; i < IF_WORD_COUNT; i++) {
        if (strcmp(condition_words[i].word, word) != 0) continue;
        term->word = (enum condition_word)i;
        term_needs(reader, condition_words[i].needs, term);
        return;
    }
    clock_wrong(reader, "'%s' is not a condition", word);
}

void condition_read(struct clock_reader *reader, struct clock_condition *ret)
{
    do {
        if (ret->count == CLOCK_TERMS_MAX) {
            clock_wrong(reader, "too many conditions behind one another");
            return;
        }
        term_read(reader, &ret->terms[ret->count++]);
    } while (!reader->failed && word_take(reader, "or"));
}

/* ---- limits ---- */

static void unit_read(struct clock_reader *reader, struct clock_amount *ret)
{
    static const struct {
        const char *word;
        enum limit_unit unit;
        int times;
    } units[] = {{"minutes", LIMIT_MINUTES, 1}, {"hours", LIMIT_HOURS, 1}, {"days", LIMIT_DAYS, 1},
        {"months", LIMIT_MONTHS, 1}, {"years", LIMIT_MONTHS, 12}};
    if (word_take(reader, "working")) {
        ret->unit = LIMIT_WORKING_DAYS;
        if (!word_take(reader, "days")) clock_wrong(reader, "'working' is followed by days");
        return;
    }
    const char *word = word_need(reader, "minutes, hours, days, months or years");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(units[i].word, word) != 0) continue;
        ret->unit = units[i].unit;
        ret->number *= units[i].times;
        ret->inclusive = ret->unit == LIMIT_DAYS && word_take(reader, "inclusive");
        return;
    }
    clock_wrong(reader, "'%s' is not minutes, hours, days, months or years", word);
}

static void share_read(struct clock_reader *reader, struct clock_amount *ret)
{
    const char *word = word_need(reader, "a share like 1/3");
    char *end;
    ret->unit = LIMIT_SHARE;
    ret->number = (int)strtol(word, &end, 10);
    ret->parts = *end == '/' ? (int)strtol(end + 1, &end, 10) : 0;
    if (*end || ret->number < 1 || ret->parts < ret->number)
        clock_wrong(reader, "'%s' is not a share like 1/3", word);
    if (!word_take(reader, "of") || !word_take(reader, "maximum"))
        clock_wrong(reader, "a share is: share 1/3 of maximum");
}

void amount_read(struct clock_reader *reader, struct clock_amount *ret)
{
    *ret = (struct clock_amount){.setting = -1};
    if (word_take(reader, "date")) {
        ret->unit = LIMIT_DATE;
    } else if (word_take(reader, "share")) {
        share_read(reader, ret);
    } else if (word_take(reader, "age")) {
        ret->unit = LIMIT_AGE;
        ret->number = number_need(reader, "years of age");
    } else {
        const char *word = reader->at < reader->line->word_count ? reader->line->words[reader->at] : "";
        if (isdigit((unsigned char)*word))
            ret->number = number_need(reader, "a number");
        else
            ret->setting = setting_need(reader);
        if (ret->setting >= 0) ret->number = 1; /* times the unit */
        unit_read(reader, ret);
    }
}

void limit_read(struct clock_reader *reader, struct clock_limit *ret)
{
    amount_read(reader, &ret->amount);
    if (!reader->failed && word_take(reader, "or")) {
        ret->disputed = true;
        amount_read(reader, &ret->other);
    }
    if (!reader->failed && word_take(reader, "if")) condition_read(reader, &ret->when);
}
