/* law/clocks: the law's time limits as data (law/clocks/, docs/clocks.md), and their arithmetic.
 *
 * clocks_load() reads the files once; what it gives never changes while running and is shared by all threads.
 * A case reaches this room as a compact list of facts: an event of law/clocks, when, about whom. clock_run()
 * is a pure function over the facts: it knows no database, no forms and no wall clock. Its rows do not depend
 * on when they are computed; clock_state_at() tells how a row stands at an instant. */
#ifndef PANJI_LAW_CLOCKS_H
#define PANJI_LAW_CLOCKS_H

#include "form/form.h"
#include "law/law.h"

struct clocks;

/* Reads law/clocks, law/settings, law/holidays, and those of folder (NULL: none). Faults come as problems
 * law_wrong. With forms (NULL: not looked at) every form and field that an event names is checked. law must
 * outlive the result. */
enum err clocks_load(const struct law *law, const struct forms *forms, const char *folder,
    struct problems *problems, struct clocks **ret_clocks) MUST_CHECK;
void clocks_free(struct clocks *clocks);
/* SHA-256 in hexadecimal of all that was read: rows computed under another one are computed anew. */
const char *clocks_digest(const struct clocks *clocks);

/* The number, day or choice that a State gives a setting of law/settings, which must be there, on a day. */
int32_t clocks_setting(const struct clocks *clocks, const char *name, const char *state, int32_t day);

/* ---- what stands in the files ---- */

enum clock_kind { CLOCK_DUTY, CLOCK_RIGHT, CLOCK_BAR, CLOCK_LIMIT, CLOCK_LAPSE, CLOCK_KIND_COUNT };
enum clock_scope {
    CLOCK_OF_CASE,
    CLOCK_OF_ACCUSED,
    CLOCK_OF_VICTIM,
    CLOCK_OF_PERSON,
    CLOCK_OF_PROPERTY,
    CLOCK_OF_PAPER,
    CLOCK_SCOPE_COUNT
};
/* Whose office owes the act: that of the case, the one that filed the trigger, the one it was addressed to,
 * the one that filed the newest of an event (the prison that admitted him). */
enum clock_place { CLOCK_AT_CASE, CLOCK_AT_FILER, CLOCK_AT_ADDRESSEE, CLOCK_AT_EVENT };

#define CLOCK_NEXT_MAX 4

/* One rung of the ladder of a clock's alerts: so many per cent of its limit, or so many whole days or hours
 * after its start. */
struct clock_rung {
    int percent; /* 0: it is number days or hours */
    int number;
    bool days;
};
#define CLOCK_RUNGS_MAX 8

/* What people are told of a clock; its mechanics are private. */
struct clock_words {
    const char *id, *row, *law; /* row NULL: not of the list in docs/clocks.md */
    const char *label[LANG_COUNT], *breach[LANG_COUNT], *note[LANG_COUNT]; /* note NULL when there is none */
    const char *mark;                                                      /* "V", "S", "K", "?" */
    enum clock_kind kind;
    enum clock_scope scope;
    enum clock_place place;
    const char *role;  /* who owes the act */
    const char *shown; /* role at another office that has it on its list too; NULL */
    const char *district; /* role at an office of the district that has it on a list of its own; NULL */
    bool district_before; /* ahead of its last day too */
    size_t next_count;
    const char *next[CLOCK_NEXT_MAX]; /* roles told when it is broken */
    const char *list;                 /* NULL */
    bool custom;                      /* the number is custom */
    bool silent;                      /* no per cent alerts before it is due; it may have rungs of its own */
    size_t rung_count;
    struct clock_rung rungs[CLOCK_RUNGS_MAX]; /* its own, ascending */
};
size_t clocks_count(const struct clocks *clocks);
const struct clock_words *clock_at(const struct clocks *clocks, size_t i); /* by id, sorted */
/* Place of a clock; -1 when there is none. */
int clock_find(const struct clocks *clocks, const char *id);
const char *clock_kind_word(enum clock_kind kind); /* "DUTY" */
/* Number of the list a clock stands on, from 1; 0: none. And of a list by name; 0 when there is none. */
int clocks_list_of(const struct clocks *clocks, size_t clock);
int clocks_list_find(const struct clocks *clocks, const char *name);

/* Where a clock stands in the files, and the events whose entries tell which office owes it (of a place other
 * than the case) or has it on its list too. */
struct clock_origin {
    const char *file;
    int line;
    size_t owing_count;
    const uint16_t *owing;
    uint16_t shown; /* 0: none */
};
struct clock_origin clock_origin(const struct clocks *clocks, size_t clock);

size_t clocks_event_count(const struct clocks *clocks);
const char *clock_event_name(const struct clocks *clocks, size_t event);
const char *clock_event_label(const struct clocks *clocks, size_t event, enum lang lang);
int clock_event_find(const struct clocks *clocks, const char *name); /* -1 */

/* How an entry of a form makes an event happen; the view reads entries with it. */
#define CLOCK_WHEN_MAX 4
#define CLOCK_AT_MAX 4
enum clock_of { CLOCK_ABOUT_CASE, CLOCK_ABOUT_ENTRY, CLOCK_ABOUT_FIELD };
struct clock_source {
    const char *form;
    uint16_t event;
    int line; /* of its file, for messages */
    const char *file;
    size_t when_count, at_count;
    struct condition when[CLOCK_WHEN_MAX]; /* of a row, when the field is of the section of `of` */
    bool unless[CLOCK_WHEN_MAX];
    const char *at[CLOCK_AT_MAX];
    const char *until, *number;
    enum clock_of about;
    const char *of; /* field of person, property or paper */
    const char *to_field, *to_kind;
    const char *thread;   /* entry field; "own"; NULL: the case it is filed on */
    const char *offences; /* offence field */
    bool offences_set;
};
/* Whether entries of the form make an event happen that satisfies the clock. */
bool clock_met_by(const struct clocks *clocks, size_t clock, const char *form);
/* Whether one starts it: such an entry may satisfy what it starts, a later one of the form does not. */
bool clock_begun_by(const struct clocks *clocks, size_t clock, const char *form);
/* The sources of a form, in the order of the files. */
const struct clock_source *const *clock_sources(
    const struct clocks *clocks, const char *form, size_t *ret_count);

/* ---- a case as facts ---- */

/* Two events that every case knows without saying. */
enum { CLOCK_EVENT_OFFENCE, CLOCK_EVENT_OFFENCES_GONE, CLOCK_EVENT_FIRST };

#define CLOCK_NO_DAY INT32_MIN

struct clock_subject {
    const char *id;
    char gender;                /* 'm', 'f', 't', 0 unknown */
    int32_t born_from, born_to; /* days of birth possible; CLOCK_NO_DAY: unknown */
};

struct clock_fact {
    int64_t at;     /* ms; a fact known by its day only stands at midnight */
    int64_t until;  /* 0: none */
    int64_t seq;    /* entry that tells it */
    int32_t number; /* of an offence event: its place in the law */
    uint16_t event;
    uint16_t subject;       /* place in the list of subjects, from 1; 0: the whole case */
    uint16_t office, to;    /* places in the list of offices, from 1; 0: none */
    uint8_t day, until_day; /* known by the day only */
    uint16_t spare;         /* 0: facts are kept as they lie */
};

struct clock_case {
    const char *kind;  /* of case; "" for a paper outside cases */
    const char *state; /* code of the list of States; NULL */
    const char *court; /* office whose holidays count; NULL */
    size_t subject_count, office_count, fact_count;
    struct clock_subject *subjects; /* subject n is subjects[n - 1] */
    const char **offices;
    struct clock_fact *facts; /* sorted by clock_facts_sort() */
};
void clock_facts_sort(struct clock_case *of);

/* Compact form of the facts for keeping, and back; unpacking wants what packing made. */
void clock_pack(const struct clock_case *of, struct buf *ret);
bool clock_unpack(const void *data, size_t n, struct arena *arena, struct clock_case *ret);

/* ---- running ---- */

enum clock_state {
    CLOCK_DUE,
    CLOCK_PAUSED,
    CLOCK_MET,
    CLOCK_BREACHED,
    CLOCK_ARISEN,
    CLOCK_LAPSED,
    CLOCK_ENDED,
    CLOCK_STATE_COUNT
};
const char *clock_state_word(enum clock_state state); /* "due" */

/* Why and when a clock was closed by an entry. */
enum clock_closing { CLOCK_OPEN, CLOSED_MET, CLOSED_BARRED, CLOSED_USED, CLOSED_ENDED, CLOSED_LOST };

#define CLOCK_NEVER INT64_MAX

struct clock_row {
    uint16_t clock;   /* place */
    uint16_t subject; /* of the case; 0: the whole case */
    uint16_t office;  /* that owes it, of the case's list; 0: the office of the case */
    uint16_t shown;   /* that has it on its list too; 0: none */
    int64_t seq;      /* entry of the trigger */
    int64_t start;    /* instant the count began */
    int64_t due;      /* last instant in time; CLOCK_NEVER: standing still, or no limit can be told */
    int64_t other;    /* the disputed second answer; 0: none */
    int64_t span;     /* from start to due, whole hours or days in ms, for the alerts */
    int64_t paused;   /* since when it stands still; 0: it runs */
    int64_t closed, closed_seq; /* 0: open */
    enum clock_closing closing;
    int64_t moved_seq; /* newest entry that had a say in start and due */
    bool start_day;    /* the start is known by the day only */
    bool days;         /* due is the end of a day */
    bool doubtful;     /* an age that may be so */
};

/* One step of the working. */
struct clock_step {
    const char *code; /* "started", "limit" … */
    int64_t seq;      /* entry; 0: none */
    int64_t at;       /* 0: none */
    int64_t number;
    bool day;                     /* at is a day */
    const char *text[LANG_COUNT]; /* in words */
};
struct clock_working {
    size_t count;
    struct clock_step *list;
};

struct clock_result {
    size_t count;
    struct clock_row *rows;
    struct clock_working *workings; /* of each row; NULL unless asked for */
};

/* Every clock that runs or ran on the case, by clock, trigger, subject. Facts later than `until` are not
 * known yet (CLOCK_NEVER: all are). With `words` the working too. Everything in the arena. */
void clock_run(const struct clocks *clocks, const struct clock_case *of, int64_t until, bool words,
    struct arena *arena, struct clock_result *ret);
/* The same of one clock alone, with the working. */
void clock_run_one(const struct clocks *clocks, const struct clock_case *of, uint16_t clock,
    struct arena *arena, struct clock_result *ret);

enum clock_state clock_state_at(enum clock_kind kind, const struct clock_row *row, int64_t at);
/* When the row comes into its next state by itself; CLOCK_NEVER: never. */
int64_t clock_next_change(enum clock_kind kind, const struct clock_row *row, int64_t at);

/* ---- alerts (law/clock_alert.c) ---- */

/* The ladder of every clock that says nothing else: 50, 75, 90, 95, 100 per cent. */
#define CLOCK_ALERTS 5
extern const struct clock_rung clock_ladder[CLOCK_ALERTS];
/* Milliseconds before due at which the rung falls, from the span alone; -1: a clock of this span has none.
 * Per cents of a clock of days are whole days, so that alerts come at the end of a day. */
int64_t clock_rung_before(const struct clock_rung *rung, int64_t span, bool days);
/* Whether the clock alerts at the rung. At 100 per cent each does. */
bool clock_has_rung(const struct clock_words *words, const struct clock_rung *rung);
/* Every rung that some clock has of its own, each once; in the arena. */
size_t clock_own_rungs(const struct clocks *clocks, struct arena *arena, const struct clock_rung **ret);

/* ---- calendar (law/clock_calendar.c) ---- */

/* The same date n months later, the last day of a shorter month. */
int32_t clock_day_months(int32_t day, int months);
int64_t clock_day_start(int32_t day);
int64_t clock_day_end(int32_t day); /* its last millisecond */
/* Whether courts of the State, this court (NULL: any), are closed. */
bool clock_court_closed(const struct clocks *clocks, const char *state, const char *court, int32_t day);

#endif
