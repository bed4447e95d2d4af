/* law/clock_run: one case through the law's clocks: which start, under which offences, and how each ended. */
#include "law/clock_run.h"

#include <string.h>

#include "base/time.h"

/* ---- does it apply ---- */

static const struct clock_fact *first_of(const struct clock_run *run, const struct clock_events *events)
{
    for (size_t i = 0; i < run->fact_count; i++)
        if (events_hold(events, run->facts[i].event)) return &run->facts[i];
    return NULL;
}

/* BNSS 531: what was pending on 1 July 2024 goes on under the CrPC. */
static bool regime_fits(struct clock_making *making)
{
    const struct clock_rule *rule = making->rule;
    const struct clocks *clocks = making->run->clocks;
    if (rule->regime == REGIME_ANY) return true;
    struct clock_events registered = {.count = clocks->registered >= 0,
        .list = {(uint16_t)(clocks->registered >= 0 ? clocks->registered : 0)}};
    const struct clock_fact *begun =
        first_of(making->run, rule->regime_by.count ? &rule->regime_by : &registered);
    if (!begun) begun = making->trigger;
    bool sanhita = fact_day(begun) >= LAW_SANHITA_DAY;
    if (sanhita != (rule->regime == REGIME_BNSS)) return false;
    step_add(making, &(struct step_about){.code = "regime",
                         .fact = begun,
                         .at = begun->at,
                         .day = true,
                         .words = sanhita ? "BNSS" : "CrPC"});
    return true;
}

static bool dates_fit(const struct clock_rule *rule, const struct clock_fact *trigger)
{
    int32_t day = fact_day(trigger);
    return rule->from_day <= day && day <= rule->until_day;
}

/* The limit that counts at an instant; NULL: the clock does not apply. */
static const struct clock_limit *limit_at(
    struct clock_making *making, int64_t at, struct clock_offences *offences)
{
    const struct clock_rule *rule = making->rule;
    offences->count = 0;
    if (rule->by_offences || making->working) offences_at(making->run, making->row.subject, at, offences);
    struct clock_asking asking = {making->run, making->row.subject, making->trigger, offences, at, false};
    for (size_t i = 0; i < rule->if_count; i++)
        if (!condition_true(&asking, &rule->ifs[i])) return NULL;
    const struct clock_limit *limit = NULL;
    for (size_t i = 0; i < rule->limit_count && !limit; i++)
        if (condition_true(&asking, &rule->limits[i].when)) limit = &rule->limits[i];
    making->row.doubtful = asking.doubtful;
    making->offences = offences;
    if (limit && limit->amount.unit == LIMIT_SHARE &&
        share_days(making, &limit->amount, fact_day(making->trigger)) < 0)
        return NULL;
    return limit;
}

/* The next instant after `at` at which what the conditions ask for may be another; NULL: never. */
static const struct clock_fact *next_turn(const struct clock_making *making, int64_t at)
{
    if (!making->rule->by_offences && !making->rule->by_events) return NULL;
    for (size_t i = 0; i < making->fact_count; i++) {
        const struct clock_fact *fact = making->facts[i];
        bool offence = fact->event < CLOCK_EVENT_FIRST && making->rule->by_offences;
        if (fact->at > at && (offence || making->parts[fact->event] & PART_HAS) &&
            fact_about(fact, making->row.subject))
            return fact;
    }
    return NULL;
}

/* ---- how it ends ---- */

/* What the paper that starts the clock tells besides counts, though it was done before the paper was filed: a
 * copy is given while the FIR lies on the table. */
static bool comes_after(const struct clock_fact *fact, const struct clock_fact *trigger)
{
    if (fact->seq == trigger->seq) return fact != trigger && fact->event != trigger->event;
    return fact->day ? fact->at >= clock_day_start(fact_day(trigger)) : fact->at >= trigger->at;
}

/* What the fact does to a clock that is open; CLOCK_OPEN: nothing. */
static enum clock_closing closing_of(const struct clock_making *making, const struct clock_fact *fact)
{
    unsigned part = making->parts[fact->event];
    enum clock_kind kind = making->rule->words.kind;
    bool in_time = fact->at <= making->row.due;
    if (part & PART_BARRED && in_time == (kind == CLOCK_BAR)) return CLOSED_BARRED;
    if (part & PART_USED) return in_time ? CLOSED_ENDED : CLOSED_USED;
    if (part & PART_MET) return kind == CLOCK_RIGHT && !in_time ? CLOSED_LOST : CLOSED_MET;
    return part & PART_ENDS ? CLOSED_ENDED : CLOCK_OPEN;
}

static const struct clock_fact *row_close(struct clock_making *making)
{
    struct clock_row *row = &making->row;
    for (size_t i = 0; i < making->fact_count; i++) {
        const struct clock_fact *fact = making->facts[i];
        if (!(making->parts[fact->event] & PART_CLOSES) || !fact_about(fact, row->subject) ||
            !comes_after(fact, making->trigger))
            continue;
        row->closing = closing_of(making, fact);
        if (row->closing == CLOCK_OPEN) continue;
        row->closed = fact->at;
        row->closed_seq = fact->seq;
        return fact;
    }
    return NULL;
}

static void closing_step(struct clock_making *making, const struct clock_fact *fact)
{
    const struct clock_row *row = &making->row;
    static const char *const codes[] = {[CLOSED_MET] = "met",
        [CLOSED_BARRED] = "barred",
        [CLOSED_USED] = "used",
        [CLOSED_ENDED] = "ended",
        [CLOSED_LOST] = "lost"};
    bool late = row->closing == CLOSED_MET && row->closed > row->due;
    step_add(making,
        &(struct step_about){
            .code = late ? "late" : codes[row->closing], .fact = fact, .at = fact->at, .day = fact->day});
}

/* ---- one instance ---- */

static void start_step(struct clock_making *making)
{
    const struct clock_fact *trigger = making->trigger;
    step_add(making,
        &(struct step_about){.code = "started", .fact = trigger, .at = trigger->at, .day = trigger->day});
    if (!making->row.doubtful) return;
    const struct clock_subject *subject = &making->run->of->subjects[making->row.subject - 1];
    const char *between =
        arena_printf(making->run->arena, "%s - %s", time_date_text(making->run->arena, subject->born_from),
            time_date_text(making->run->arena, subject->born_to));
    step_add(making, &(struct step_about){.code = "age", .at = trigger->at, .day = true, .words = between});
}

/* The office that filed the newest of an event of the subject. */
static uint16_t office_of_event(const struct clock_making *making, uint16_t event)
{
    uint16_t office = 0;
    for (size_t i = 0; i < making->run->fact_count; i++) {
        const struct clock_fact *fact = &making->run->facts[i];
        if (fact->event == event && fact_about(fact, making->row.subject)) office = fact->office;
    }
    return office;
}

static uint16_t owing_office(const struct clock_making *making)
{
    const struct clock_rule *rule = making->rule;
    switch (rule->words.place) {
    case CLOCK_AT_CASE: return 0;
    case CLOCK_AT_FILER: return making->trigger->office;
    case CLOCK_AT_ADDRESSEE: return making->trigger->to;
    case CLOCK_AT_EVENT: return office_of_event(making, rule->owing_event);
    }
    return 0;
}

/* Computes the row under the offences of each stretch of time in turn. What had fallen due, or was closed,
 * before the offences changed stays as it was. False: the clock never applied. */
static bool instance_run(struct clock_making *making)
{
    const struct clock_fact *trigger = making->trigger, *turn = NULL, *closer = NULL;
    const struct clock_row fresh = making->row;
    bool applied = false;
    size_t kept = making->working ? making->working->count : 0; /* steps of every stretch */
    for (int64_t at = trigger->at;; at = turn->at) {
        struct clock_offences offences;
        const struct clock_row before = making->row;
        const struct clock_limit *limit = limit_at(making, at, &offences);
        const struct clock_fact *began = turn;
        turn = next_turn(making, at);
        if (limit) {
            bool doubtful = making->row.doubtful;
            making->row = fresh;
            making->row.doubtful = doubtful;
            making->row.moved_seq = trigger->seq;
            if (making->working) making->working->count = kept;
            start_step(making);
            limit_apply(making, limit);
            if (began && began->seq > making->row.moved_seq && (!applied || making->row.due != before.due))
                making->row.moved_seq = began->seq;
            closer = row_close(making);
            applied = true;
        } else if (applied && before.closing == CLOCK_OPEN) {
            making->row = before;
            making->row.closing = CLOSED_ENDED;
            making->row.closed = at;
            making->row.closed_seq = making->ending->seq;
            closer = making->ending;
        }
        making->ending = turn;
        if (!turn) break;
        bool settled =
            applied && limit && (making->row.due < turn->at || (closer && making->row.closed < turn->at));
        if (!settled) continue;
        if (making->row.due < turn->at && turn->event < CLOCK_EVENT_FIRST)
            step_add(
                making, &(struct step_about){.code = "kept", .fact = turn, .at = turn->at, .day = turn->day});
        break;
    }
    if (applied && closer) closing_step(making, closer);
    making->row.office = owing_office(making);
    if (making->rule->shown_event) making->row.shown = office_of_event(making, making->rule->shown_event);
    return applied;
}

/* ---- all instances of a clock ---- */

/* Whether the trigger starts a clock of its own: not a second row of one entry, nor one that another
 * replaces. */
static bool starts(const struct clock_making *making, size_t place)
{
    const struct clock_rule *rule = making->rule;
    const struct clock_fact *trigger = making->facts[place];
    bool scoped = rule->words.scope != CLOCK_OF_CASE;
    if (scoped && trigger->subject == 0) return false;
    for (size_t i = 0; i < making->fact_count; i++) {
        const struct clock_fact *other = making->facts[i];
        if (i == place || !(making->parts[other->event] & PART_FROM) ||
            (scoped && other->subject != trigger->subject))
            continue;
        if (i < place && (rule->which == FROM_FIRST || other->seq == trigger->seq)) return false;
        if (i > place && rule->which == FROM_LAST && other->seq != trigger->seq) return false;
    }
    return true;
}

struct running {
    struct clock_run run;
    struct clock_result *result;
    size_t room;
};

static void result_add(
    struct running *running, const struct clock_row *row, const struct clock_working *working)
{
    struct clock_result *result = running->result;
    if (result->count == running->room) {
        size_t room = running->room ? 2 * running->room : 32;
        struct clock_row *rows = ARENA_ARRAY(running->run.arena, struct clock_row, room);
        struct clock_working *workings =
            running->run.words ? ARENA_ARRAY(running->run.arena, struct clock_working, room) : NULL;
        if (result->count) memcpy(rows, result->rows, result->count * sizeof *rows);
        if (result->count && workings) memcpy(workings, result->workings, result->count * sizeof *workings);
        result->rows = rows;
        result->workings = workings;
        running->room = room;
    }
    if (result->workings) result->workings[result->count] = *working;
    result->rows[result->count++] = *row;
}

/* The facts that mean anything to a clock, in `room`. */
static size_t facts_of_rule(const struct clock_run *run, const struct clock_rule *rule, const uint16_t *parts,
    const struct clock_fact **room)
{
    size_t count = 0;
    for (size_t i = 0; i < run->fact_count; i++) {
        uint16_t event = run->facts[i].event;
        if (parts[event] || (event < CLOCK_EVENT_FIRST && rule->by_offences)) room[count++] = &run->facts[i];
    }
    return count;
}

/* Several acts of one day ask for the diary of that day: what the same office owes by the same instant, and
 * what ended at the same entry or not at all, is one duty, told with the first of its triggers. Rows of a
 * clock stand together. */
static bool is_same_duty(const struct running *running, const struct clock_row *row)
{
    const struct clock_result *result = running->result;
    if (row->due == CLOCK_NEVER) return false;
    for (size_t i = result->count; i > 0 && result->rows[i - 1].clock == row->clock; i--) {
        const struct clock_row *before = &result->rows[i - 1];
        if (before->subject == row->subject && before->office == row->office && before->shown == row->shown &&
            before->due == row->due && before->other == row->other && before->closing == row->closing &&
            before->closed == row->closed && before->closed_seq == row->closed_seq)
            return true;
    }
    return false;
}

static void rule_run(struct running *running, size_t place, const struct clock_fact **room)
{
    const struct clock_run *run = &running->run;
    const struct clock_rule *rule = &run->clocks->rules[place];
    struct clock_making making = {.run = run,
        .rule = rule,
        .parts = run->clocks->parts + place * run->clocks->event_count,
        .facts = room};
    making.fact_count = facts_of_rule(run, rule, making.parts, room);
    for (size_t i = 0; i < making.fact_count; i++) {
        const struct clock_fact *trigger = making.facts[i];
        if (!(making.parts[trigger->event] & PART_FROM) || !starts(&making, i)) continue;
        struct clock_working working = {0};
        making.trigger = trigger;
        making.working = run->words ? &working : NULL;
        making.ending = NULL;
        making.row = (struct clock_row){.clock = (uint16_t)place,
            .subject = rule->words.scope == CLOCK_OF_CASE ? 0 : trigger->subject,
            .seq = trigger->seq,
            .start = trigger->at,
            .start_day = trigger->day};
        if (dates_fit(rule, trigger) && regime_fits(&making) && instance_run(&making) &&
            !is_same_duty(running, &making.row))
            result_add(running, &making.row, &working);
    }
}

/* ---- the whole case ---- */

/* The facts known at the instant; those of the case itself when all are. */
static void facts_known(struct clock_run *run)
{
    const struct clock_case *of = run->of;
    run->facts = of->facts;
    run->fact_count = of->fact_count;
    bool all = true;
    for (size_t i = 0; i < of->fact_count; i++) all = all && of->facts[i].at <= run->until;
    if (all) return;
    struct clock_fact *facts = ARENA_ARRAY(run->arena, struct clock_fact, of->fact_count);
    run->fact_count = 0;
    for (size_t i = 0; i < of->fact_count; i++)
        if (of->facts[i].at <= run->until) facts[run->fact_count++] = of->facts[i];
    run->facts = facts;
}

static void offences_find(struct clock_run *run)
{
    run->offences = ARENA_ARRAY(run->arena, const struct clock_fact *, run->fact_count + 1);
    for (size_t i = 0; i < run->fact_count; i++)
        if (run->facts[i].event < CLOCK_EVENT_FIRST) run->offences[run->offence_count++] = &run->facts[i];
}

static struct running running_begin(const struct clocks *clocks, const struct clock_case *of, int64_t until,
    bool words, struct arena *arena, struct clock_result *ret)
{
    *ret = (struct clock_result){0};
    struct running running = {
        .run = {.clocks = clocks, .of = of, .arena = arena, .until = until, .words = words}, .result = ret};
    facts_known(&running.run);
    offences_find(&running.run);
    return running;
}

void clock_run_one(const struct clocks *clocks, const struct clock_case *of, uint16_t clock,
    struct arena *arena, struct clock_result *ret)
{
    struct running running = running_begin(clocks, of, CLOCK_NEVER, true, arena, ret);
    rule_run(&running, clock, ARENA_ARRAY(arena, const struct clock_fact *, running.run.fact_count + 1));
}

void clock_run(const struct clocks *clocks, const struct clock_case *of, int64_t until, bool words,
    struct arena *arena, struct clock_result *ret)
{
    struct running running = running_begin(clocks, of, until, words, arena, ret);
    struct clock_run *run = &running.run;
    uint64_t *rules = ARENA_ARRAY(arena, uint64_t, clocks->rule_words);
    for (size_t i = 0; i < run->fact_count; i++) {
        const uint64_t *of_event = clocks->rule_events + run->facts[i].event * clocks->rule_words;
        for (size_t k = 0; k < clocks->rule_words; k++) rules[k] |= of_event[k];
    }
    const struct clock_fact **room = ARENA_ARRAY(arena, const struct clock_fact *, run->fact_count + 1);
    for (size_t k = 0; k < clocks->rule_words; k++)
        for (uint64_t set = rules[k]; set; set &= set - 1)
            rule_run(&running, k * 64 + (size_t)__builtin_ctzll(set), room);
}
