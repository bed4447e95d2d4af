/* law/clock_alert: when a clock alerts before its end: at parts of its limit, and at the days or hours its
 * block names. Both follow from its length alone. */
#include <string.h>

#include "base/time.h"
#include "law/clock_tables.h"

const struct clock_rung clock_ladder[CLOCK_ALERTS] = {
    {.percent = 50}, {.percent = 75}, {.percent = 90}, {.percent = 95}, {.percent = 100}};

int64_t clock_rung_before(const struct clock_rung *rung, int64_t span, bool days)
{
    int64_t after = rung->number * (rung->days ? TIME_DAY_MS : TIME_HOUR_MS);
    if (!rung->percent) return rung->days == days && after < span ? span - after : -1;
    if (!days) return rung->percent == 95 ? -1 : span / 100 * (100 - rung->percent);
    int64_t whole = span / TIME_DAY_MS, left = whole * (100 - rung->percent) / 100;
    return left * TIME_DAY_MS;
}

static bool same_rung(const struct clock_rung *a, const struct clock_rung *b)
{
    return a->percent == b->percent && a->number == b->number && a->days == b->days;
}

static bool rung_among(const struct clock_rung *rungs, size_t count, const struct clock_rung *rung)
{
    for (size_t i = 0; i < count; i++)
        if (same_rung(&rungs[i], rung)) return true;
    return false;
}

bool clock_has_rung(const struct clock_words *words, const struct clock_rung *rung)
{
    if (rung->percent == 100) return true;
    if (rung->percent) return !words->silent && words->kind != CLOCK_BAR;
    return rung_among(words->rungs, words->rung_count, rung);
}

size_t clock_own_rungs(const struct clocks *clocks, struct arena *arena, const struct clock_rung **ret)
{
    size_t count = 0, room = 0;
    for (size_t i = 0; i < clocks->rule_count; i++) room += clocks->rules[i].words.rung_count;
    struct clock_rung *rungs = ARENA_ARRAY(arena, struct clock_rung, room + 1);
    for (size_t i = 0; i < clocks->rule_count; i++) {
        const struct clock_words *words = &clocks->rules[i].words;
        for (size_t k = 0; k < words->rung_count; k++)
            if (!rung_among(rungs, count, &words->rungs[k])) rungs[count++] = words->rungs[k];
    }
    *ret = rungs;
    return count;
}

/* Whether a limit of this length may still run at the rung. */
static bool rung_fits(const struct clock_rung *rung, const struct clock_amount *amount)
{
    static const int days[] = {[LIMIT_DAYS] = 1, [LIMIT_MONTHS] = 31};
    switch (amount->unit) {
    case LIMIT_MINUTES: return !rung->days && (amount->setting >= 0 || amount->number > 60 * rung->number);
    case LIMIT_HOURS: return !rung->days && (amount->setting >= 0 || amount->number > rung->number);
    case LIMIT_DAYS:
    case LIMIT_MONTHS:
        return rung->days && (amount->setting >= 0 || amount->number * days[amount->unit] > rung->number);
    case LIMIT_WORKING_DAYS:
    case LIMIT_SHARE:
    case LIMIT_AGE: return rung->days;
    case LIMIT_DATE: return true;
    }
    return false;
}

bool rungs_fit(const struct clock_rule *rule)
{
    for (size_t i = 0; i < rule->words.rung_count; i++) {
        const struct clock_rung *rung = &rule->words.rungs[i];
        bool fits = false;
        for (size_t k = 0; k < rule->limit_count; k++)
            fits = fits || rung_fits(rung, &rule->limits[k].amount) ||
                   (rule->limits[k].disputed && rung_fits(rung, &rule->limits[k].other));
        for (size_t k = 0; k < rule->extend_count; k++)
            fits = fits || rung_fits(rung, &rule->extends[k].amount);
        if (!fits) return false;
    }
    return true;
}
