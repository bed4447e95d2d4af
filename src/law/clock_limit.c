/* law/clock_limit: from a start to a last day: hours, days, months, days in custody, shares of a term,
 * birthdays; then what orders did to it. */
#include <limits.h>
#include <stdlib.h>

#include "base/time.h"
#include "law/clock_run.h"

static const char *const unit_words[][LANG_COUNT] = {
    [LIMIT_MINUTES] = {"minutes", "मिनट"},
    [LIMIT_HOURS] = {"hours", "घंटे"},
    [LIMIT_DAYS] = {"days", "दिन"},
    [LIMIT_WORKING_DAYS] = {"working days", "कार्य दिवस"},
    [LIMIT_MONTHS] = {"months", "माह"},
    [LIMIT_SHARE] = {"days", "दिन"},
    [LIMIT_DATE] = {"", ""},
    [LIMIT_AGE] = {"years of age", "वर्ष की आयु"},
};

/* A due instant on its way. */
struct due {
    int64_t at; /* CLOCK_NEVER: none can be told */
    bool days;
    int whole;      /* days of the limit, for the alerts; 0 for hours */
    int64_t paused; /* 0: it runs */
};

/* What the State said of the day of the trigger; what it says later is of later ones. */
static int32_t setting_then(const struct clock_making *making, int setting)
{
    return setting_value(making->run->clocks, setting, making->run->of->state, fact_day(making->trigger));
}

static int amount_number(const struct clock_making *making, const struct clock_amount *amount)
{
    if (amount->setting < 0) return amount->number;
    return amount->number * setting_then(making, amount->setting);
}

static bool in_hours(enum limit_unit unit)
{
    return unit == LIMIT_MINUTES || unit == LIMIT_HOURS;
}

static int64_t unit_ms(enum limit_unit unit)
{
    return unit == LIMIT_MINUTES ? 60 * TIME_SECOND_MS : unit == LIMIT_HOURS ? TIME_HOUR_MS : TIME_DAY_MS;
}

/* ---- what the limit itself gives ---- */

int share_days(const struct clock_making *making, const struct clock_amount *amount, int32_t from)
{
    bool capital;
    int months = offences_maximum(making->run, making->offences, &capital);
    if (capital || months == 0) return -1;
    int total = clock_day_months(from, months) - from;
    return (total * amount->number + amount->parts - 1) / amount->parts;
}

static int32_t working_day(const struct clock_making *making, int32_t day, int n)
{
    const struct clock_case *of = making->run->of;
    while (n > 0)
        if (!clock_court_closed(making->run->clocks, of->state, of->court, ++day)) n--;
    return day;
}

/* The number of days a limit asks for, day 1 being `from`; -1: none can be told. */
static int limit_days(const struct clock_making *making, const struct clock_amount *amount, int32_t from)
{
    int n = amount_number(making, amount);
    switch (amount->unit) {
    case LIMIT_SHARE: return share_days(making, amount, from);
    case LIMIT_MONTHS: return clock_day_months(from, n) - from;
    case LIMIT_DAYS: return n;
    default: return -1;
    }
}

/* Days in custody. A LIMIT is broken only by a day more than it allows. */
static struct due counted_due(struct clock_making *making, int n, int32_t from)
{
    const struct clock_rule *rule = making->rule;
    bool limit = rule->words.kind == CLOCK_LIMIT;
    struct custody_count count =
        custody_count(making->run, making->row.subject, rule->counts, from, limit ? n + 1 : n);
    if (count.resumed_seq > making->row.moved_seq) making->row.moved_seq = count.resumed_seq;
    if (count.reached)
        return (struct due){clock_day_end(count.day - limit), true, count.day - limit - from + 1, 0};
    int32_t stopped = count.stopped == CLOCK_NO_DAY ? from : count.stopped + 1;
    return (struct due){CLOCK_NEVER, true, 0, clock_day_start(stopped)};
}

static struct due birthday_due(const struct clock_making *making, int years, bool latest)
{
    const struct clock_subject *subject =
        making->row.subject ? &making->run->of->subjects[making->row.subject - 1] : NULL;
    if (!subject || subject->born_from == CLOCK_NO_DAY) return (struct due){.at = CLOCK_NEVER, .days = true};
    int32_t born = latest ? subject->born_to : subject->born_from;
    int32_t day = clock_day_months(born, 12 * years) - 1; /* the last day on which he is younger */
    return (struct due){clock_day_end(day), true, day - time_day_number(making->row.start), 0};
}

static struct due date_due(const struct clock_fact *fact, int64_t start)
{
    if (fact->until == 0) return (struct due){.at = CLOCK_NEVER, .days = true};
    int32_t day = time_day_number(fact->until);
    if (fact->until_day) return (struct due){clock_day_end(day), true, day - time_day_number(start), 0};
    return (struct due){fact->until, false, 0, 0};
}

/* `extra`: days or ms that events added. */
static struct due amount_due(struct clock_making *making, const struct clock_amount *amount, int64_t extra)
{
    int32_t from = time_day_number(making->row.start), day;
    int n = amount_number(making, amount), more = (int)(extra / TIME_DAY_MS);
    if (in_hours(amount->unit))
        return (struct due){making->row.start + n * unit_ms(amount->unit) + extra, false, 0, 0};
    if (making->rule->counts || amount->unit == LIMIT_SHARE) {
        int days = limit_days(making, amount, from);
        if (days < 0) return (struct due){.at = CLOCK_NEVER, .days = true};
        if (making->rule->counts) return counted_due(making, days + more, from);
        return (struct due){clock_day_end(from + days + more - 1), true, days + more, 0};
    }
    switch (amount->unit) {
    case LIMIT_DATE: return date_due(making->trigger, making->row.start);
    case LIMIT_AGE: return birthday_due(making, n, false);
    case LIMIT_MONTHS: day = clock_day_months(from, n) + more; break;
    case LIMIT_WORKING_DAYS: day = working_day(making, from, n) + more; break;
    default: day = from + n - amount->inclusive + more; break;
    }
    return (struct due){clock_day_end(day), true, day - from + amount->inclusive, 0};
}

static void fact_moves(struct clock_making *making, const struct clock_fact *fact)
{
    if (fact->seq > making->row.moved_seq) making->row.moved_seq = fact->seq;
}

/* What journeys and delays add, in ms. */
static int64_t extra_ms(struct clock_making *making)
{
    const struct clock_rule *rule = making->rule;
    int64_t sum = 0;
    for (size_t i = 0; i < rule->add_count; i++)
        for (size_t k = 0; k < making->fact_count; k++) {
            const struct clock_fact *fact = making->facts[k];
            if (fact->event != rule->adds[i].event || !fact_about(fact, making->row.subject)) continue;
            if (fact->number <= 0 || fact->at < clock_day_start(fact_day(making->trigger))) continue;
            enum limit_unit unit = rule->adds[i].amount.unit;
            fact_moves(making, fact);
            sum += fact->number * unit_ms(unit);
            step_add(making, &(struct step_about){.code = "added",
                                 .fact = fact,
                                 .number = fact->number,
                                 .unit = {unit_words[unit][0], unit_words[unit][1]}});
        }
    return sum;
}

/* ---- what orders do to it ---- */

static void due_shift(const struct clock_rule *rule, struct due *due, int64_t from, int64_t to)
{
    (void)rule;
    if (due->days)
        due->at += (time_day_number(to) - time_day_number(from)) * TIME_DAY_MS;
    else
        due->at += to - from;
}

static void due_extend(struct clock_making *making, const struct clock_change *change,
    const struct clock_fact *fact, int64_t extra, struct due *due)
{
    const struct clock_amount *amount = &change->amount;
    if (change->how == EXTEND_TO) {
        *due = amount_due(making, amount, extra);
    } else if (change->how == EXTEND_DATE) {
        if (fact->until > 0) *due = date_due(fact, making->row.start);
    } else if (amount->unit == LIMIT_MONTHS) {
        int32_t day = clock_day_months(time_day_number(due->at), amount_number(making, amount));
        due->whole += day - time_day_number(due->at);
        due->at = clock_day_end(day);
    } else {
        int64_t more = amount_number(making, amount) * unit_ms(amount->unit);
        due->at += more;
        due->whole += (int)(more / TIME_DAY_MS);
    }
    step_add(
        making, &(struct step_about){.code = "extended", .fact = fact, .at = fact->at, .day = fact->day});
}

static const struct clock_change *change_of(const struct clock_change *list, size_t count, uint16_t event)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].event == event) return &list[i];
    return NULL;
}

/* One fact that moves the clock; false when it comes too late to matter. */
static bool due_move(struct clock_making *making, const struct clock_limit *limit,
    const struct clock_fact *fact, int64_t extra, struct due *due)
{
    const struct clock_rule *rule = making->rule;
    unsigned part = making->parts[fact->event];
    if (due->paused == 0 && fact->at > due->at) return false;
    fact_moves(making, fact);
    if (part & PART_RESUMES && due->paused) {
        due_shift(rule, due, due->paused, fact->at);
        due->paused = 0;
        step_add(
            making, &(struct step_about){.code = "resumed", .fact = fact, .at = fact->at, .day = fact->day});
    }
    if (part & PART_PAUSES && !due->paused) {
        due->paused = fact->at;
        step_add(
            making, &(struct step_about){.code = "paused", .fact = fact, .at = fact->at, .day = fact->day});
    }
    if (part & PART_RESTARTS && !due->paused) {
        making->row.start = fact->at;
        making->row.start_day = fact->day;
        *due = amount_due(making, &limit->amount, extra);
        step_add(making,
            &(struct step_about){.code = "restarted", .fact = fact, .at = fact->at, .day = fact->day});
    }
    if (part & PART_EXTENDS && !due->paused)
        due_extend(making, change_of(rule->extends, rule->extend_count, fact->event), fact, extra, due);
    return true;
}

static void orders_apply(
    struct clock_making *making, const struct clock_limit *limit, int64_t extra, struct due *due)
{
    bool moves = making->rule->restarts.count || making->rule->pause_count || making->rule->extend_count;
    for (size_t i = 0; moves && i < making->fact_count; i++) {
        const struct clock_fact *fact = making->facts[i];
        if (!(making->parts[fact->event] & PART_MOVES) || fact->at < making->trigger->at ||
            fact == making->trigger || !fact_about(fact, making->row.subject))
            continue;
        if (!due_move(making, limit, fact, extra, due)) return;
    }
    if (due->paused && due->at != CLOCK_NEVER) due->at = CLOCK_NEVER;
}

/* A last day on which the court is closed moves to its next open day. */
static void court_apply(struct clock_making *making, struct due *due)
{
    const struct clock_case *of = making->run->of;
    if (!making->rule->court || !due->days || due->at == CLOCK_NEVER) return;
    for (int32_t day = time_day_number(due->at);
         clock_court_closed(making->run->clocks, of->state, of->court, day); day++) {
        step_add(making, &(struct step_about){.code = "holiday", .at = clock_day_start(day), .day = true});
        due->at = clock_day_end(day + 1);
    }
}

/* ---- the whole ---- */

static void limit_step(struct clock_making *making, const struct clock_amount *amount)
{
    int32_t from = time_day_number(making->row.start);
    int number =
        amount->unit == LIMIT_SHARE ? share_days(making, amount, from) : amount_number(making, amount);
    if (making->working && making->rule->by_offences && offences_gravest(making->run, making->offences))
        step_add(making, &(struct step_about){.code = "offence",
                             .at = making->row.start,
                             .day = true,
                             .words = offences_gravest(making->run, making->offences)->name});
    if (amount->unit != LIMIT_DATE && number > 0)
        step_add(making, &(struct step_about){.code = "limit",
                             .number = number,
                             .unit = {unit_words[amount->unit][0], unit_words[amount->unit][1]},
                             .words = making->rule->words.law});
}

/* What was counted of days in custody until the end, or until now. */
static void counted_steps(struct clock_making *making, const struct due *due)
{
    const struct clock_run *run = making->run;
    unsigned classes = making->rule->counts;
    int32_t from = time_day_number(making->row.start);
    int64_t end = due->at != CLOCK_NEVER ? due->at : due->paused;
    if (!making->working || !classes) return;
    if (end > run->until) end = run->until;
    int32_t last = time_day_number(end);
    int days = custody_days(run, making->row.subject, classes, from, last);
    step_add(making,
        &(struct step_about){.code = "counted", .at = clock_day_start(from), .day = true, .number = days});
    int out = last - from + 1 - days;
    if (out > 0) step_add(making, &(struct step_about){.code = "not_counted", .number = out});
}

static struct due other_due(struct clock_making *making, const struct clock_limit *limit, int64_t extra)
{
    if (limit->amount.unit == LIMIT_AGE)
        return birthday_due(making, amount_number(making, &limit->amount), true);
    return amount_due(making, &limit->other, extra);
}

void limit_apply(struct clock_making *making, const struct clock_limit *limit)
{
    struct clock_row *row = &making->row;
    enum { BOTH, FIRST, SECOND };
    int choice = making->rule->choose < 0 ? BOTH : setting_then(making, making->rule->choose);
    struct clock_limit chosen = *limit;
    if (limit->disputed && choice == SECOND) chosen.amount = limit->other;
    limit_step(making, &chosen.amount);
    int64_t extra = extra_ms(making);
    struct due due = amount_due(making, &chosen.amount, extra);
    orders_apply(making, &chosen, extra, &due);
    court_apply(making, &due);
    counted_steps(making, &due);
    row->due = due.at;
    row->days = due.days;
    row->paused = due.paused;
    row->span = due.days ? due.whole * TIME_DAY_MS : due.at == CLOCK_NEVER ? 0 : due.at - row->start;
    bool bracket = limit->amount.unit == LIMIT_AGE;
    if ((limit->disputed && choice == BOTH) || bracket) {
        struct due other = other_due(making, limit, extra);
        if (other.at != CLOCK_NEVER && other.at != due.at && due.at != CLOCK_NEVER) row->other = other.at;
    }
    if (row->other)
        step_add(making, &(struct step_about){.code = "disputed", .at = row->other, .day = due.days});
    if (row->due != CLOCK_NEVER)
        step_add(making, &(struct step_about){.code = "last", .at = row->due, .day = due.days});
    else
        step_add(making, &(struct step_about){.code = "open"});
}
