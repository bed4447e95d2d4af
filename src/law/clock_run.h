/* law/clock_run: what the files share that let one case run through the law's clocks. Private to the room. */
#ifndef PANJI_LAW_CLOCK_RUN_H
#define PANJI_LAW_CLOCK_RUN_H

#include "law/clock_tables.h"

/* Everything looked at while one case runs. */
struct clock_run {
    const struct clocks *clocks;
    const struct clock_case *of;
    size_t fact_count;
    const struct clock_fact *facts; /* those known at the instant asked, in order */
    size_t offence_count;
    const struct clock_fact **offences; /* those of them that tell of offences */
    struct arena *arena;
    int64_t until;
    bool words; /* the working is wanted */
};

bool events_hold(const struct clock_events *events, uint16_t event);
/* A fact told of this subject, or of the whole case; of a clock of the whole case any. */
bool fact_about(const struct clock_fact *fact, uint16_t subject);
int32_t fact_day(const struct clock_fact *fact);

/* ---- offences in force (clock_offences.c) ---- */

#define CLOCK_OFFENCES_MAX 64
struct clock_offences {
    size_t count;
    uint16_t list[CLOCK_OFFENCES_MAX]; /* places in the law */
};
/* Those of a subject at an instant: his own when an entry has named them, else those of the case. */
void offences_at(const struct clock_run *run, uint16_t subject, int64_t at, struct clock_offences *ret);
/* Longest term in months; *ret_capital: life or death. */
int offences_maximum(const struct clock_run *run, const struct clock_offences *offences, bool *ret_capital);
/* The gravest, for words; NULL when none. */
const struct offence *offences_gravest(const struct clock_run *run, const struct clock_offences *offences);

/* ---- conditions (clock_condition.c) ---- */

struct clock_asking { /* what a condition is judged on */
    const struct clock_run *run;
    uint16_t subject;
    const struct clock_fact *trigger;
    const struct clock_offences *offences;
    int64_t known; /* facts until this instant count for `has` */
    bool doubtful; /* set when an age only may be so */
};
bool condition_true(struct clock_asking *asking, const struct clock_condition *condition);

/* ---- custody (clock_custody.c) ---- */

enum custody custody_at(const struct clock_run *run, uint16_t subject, int64_t at);

/* Days in custody of some classes, from a day on. What is known goes on as it stands: who is in custody stays
 * so. */
struct custody_count {
    bool reached; /* the n-th day comes, on `day` */
    int32_t day;
    int days;            /* counted, when it does not */
    int32_t stopped;     /* then: the last day that counted; CLOCK_NO_DAY: none */
    int64_t resumed_seq; /* entry by which the counting last went on after a gap */
};
struct custody_count custody_count(
    const struct clock_run *run, uint16_t subject, unsigned classes, int32_t from, int n);
/* How many count from a day until another, both included. */
int custody_days(
    const struct clock_run *run, uint16_t subject, unsigned classes, int32_t from, int32_t until);

/* ---- one clock (clock_limit.c) ---- */

/* One instance as it is being computed. */
struct clock_making {
    const struct clock_run *run;
    const struct clock_rule *rule;
    const struct clock_fact *trigger;
    const uint16_t *parts;
    size_t fact_count;
    const struct clock_fact **facts; /* those that mean anything to this clock, in order */
    const struct clock_offences *offences;
    struct clock_row row;
    struct clock_working *working;   /* NULL: not wanted */
    const struct clock_fact *ending; /* what changed when it ceased to apply */
};
/* Days of a share of the longest term of making->offences, the first day counted; -1 where it is life or
 * death, or unknown. */
int share_days(const struct clock_making *making, const struct clock_amount *amount, int32_t from);
/* Start, due and the rest of making->row from one limit. */
void limit_apply(struct clock_making *making, const struct clock_limit *limit);

/* ---- the working (clock_steps.c) ---- */

/* Adds a step; what it says is made of the step, the event and the words. NULL working: nothing. */
struct step_about {
    const char *code;
    const struct clock_fact *fact; /* event and entry; NULL */
    int64_t at;
    int64_t number;
    bool day;
    const char *unit[LANG_COUNT], *words; /* "days"; "BNS 64(1)" */
};
void step_add(struct clock_making *making, const struct step_about *about);

#endif
