/* law/clock_tables: law/clocks as it lies in memory once read. Private to the room. */
#ifndef PANJI_LAW_CLOCK_TABLES_H
#define PANJI_LAW_CLOCK_TABLES_H

#include "law/clocks.h"

#define CLOCK_EVENTS_MAX 600
#define CLOCK_LISTS_MAX 100
#define CLOCK_RULES_MAX 400
#define CLOCK_SETTINGS_MAX 100
#define CLOCK_SOURCES_MAX 1000
#define CLOCK_STEPS_MAX 40
#define CLOCK_HOLIDAYS_MAX 4000

/* ---- custody ---- */

enum custody {
    CUSTODY_NONE,
    CUSTODY_ARREST,
    CUSTODY_POLICE,
    CUSTODY_JUDICIAL,
    CUSTODY_EXECUTIVE,
    CUSTODY_HOME
};
#define CUSTODY_UNSAID (-1)

struct clock_event {
    const char *name, *label[LANG_COUNT];
    int custody; /* CUSTODY_UNSAID when it changes none */
};

/* ---- conditions ---- */

enum condition_word {
    IF_LIFE,
    IF_DEATH,
    IF_MAXIMUM,
    IF_MINIMUM,
    IF_FINE_ONLY,
    IF_COGNIZABLE,
    IF_NON_COGNIZABLE,
    IF_BAILABLE,
    IF_NON_BAILABLE,
    IF_MAGISTRATE,
    IF_SESSIONS,
    IF_SEXUAL,
    IF_CHILD_OFFENCE,
    IF_TERROR,
    IF_AMONG,
    IF_ACT,
    IF_WOMAN,
    IF_MAN,
    IF_TRANSGENDER,
    IF_AGE,
    IF_IN_CUSTODY,
    IF_HAS,
    IF_SETTING,
    IF_BETWEEN,
    IF_CASE,
    IF_WORD_COUNT
};
enum comparison { AT_LEAST, OVER, BELOW, UP_TO };

struct clock_term {
    enum condition_word word;
    bool negated;
    enum comparison comparison;
    int number;       /* months, years of age; place of a list, event or setting */
    int until;        /* of BETWEEN: place of the second setting */
    const char *text; /* act, kind of case */
};
#define CLOCK_TERMS_MAX 8
struct clock_condition { /* one of the terms holds; none: always */
    size_t count;
    struct clock_term terms[CLOCK_TERMS_MAX];
};

/* ---- limits ---- */

enum limit_unit {
    LIMIT_MINUTES,
    LIMIT_HOURS,
    LIMIT_DAYS,
    LIMIT_WORKING_DAYS,
    LIMIT_MONTHS,
    LIMIT_SHARE,
    LIMIT_DATE,
    LIMIT_AGE
};
struct clock_amount {
    enum limit_unit unit;
    int number;  /* years are months */
    int parts;   /* LIMIT_SHARE: number / parts of the maximum */
    int setting; /* place of the setting that gives the number; -1 */
    bool inclusive;
};
struct clock_limit {
    struct clock_amount amount, other;
    bool disputed; /* other counts too */
    struct clock_condition when;
};

#define CLOCK_LIMITS_MAX 6
#define CLOCK_IFS_MAX 6
#define CLOCK_EVENT_WORDS_MAX 16
#define CLOCK_CHANGES_MAX 4

struct clock_events {
    size_t count;
    uint16_t list[CLOCK_EVENT_WORDS_MAX];
};

enum extension { EXTEND_BY, EXTEND_TO, EXTEND_DATE };
struct clock_change { /* one "extends", "adds" or "pauses" line */
    uint16_t event;
    enum extension how;
    struct clock_amount amount;
    struct clock_events until; /* of a pause */
};

/* What an event may do to a clock. */
enum {
    PART_FROM = 1,
    PART_MET = 2,
    PART_BARRED = 4,
    PART_USED = 8,
    PART_ENDS = 16,
    PART_RESTARTS = 32,
    PART_PAUSES = 64,
    PART_RESUMES = 128,
    PART_EXTENDS = 256,
    PART_ADDS = 512,
    PART_HAS = 1024, /* a condition asks for it */
    PART_CLOSES = PART_MET | PART_BARRED | PART_USED | PART_ENDS,
    PART_MOVES = PART_RESTARTS | PART_PAUSES | PART_RESUMES | PART_EXTENDS,
};

enum from_which { FROM_EACH, FROM_FIRST, FROM_LAST };
enum regime { REGIME_ANY, REGIME_BNSS, REGIME_CRPC };

struct clock_rule {
    struct clock_words words;
    const char *file;
    int line;
    enum regime regime;
    struct clock_events regime_by;
    int32_t from_day, until_day;
    enum from_which which;
    struct clock_events from, met, barred, used, ends, restarts;
    size_t if_count, limit_count, add_count, pause_count, extend_count;
    struct clock_condition ifs[CLOCK_IFS_MAX];
    struct clock_limit limits[CLOCK_LIMITS_MAX];
    struct clock_change adds[CLOCK_CHANGES_MAX], pauses[CLOCK_CHANGES_MAX], extends[CLOCK_CHANGES_MAX];
    unsigned counts; /* set of enum custody; 0: the calendar counts */
    bool court;
    bool by_offences;     /* a condition or a limit asks for the offences */
    bool by_events;       /* a condition asks for an event */
    int list;             /* number of the list it stands on; 0 */
    int choose;           /* setting; -1 */
    uint16_t owing_event; /* CLOCK_AT_EVENT */
    uint16_t shown_event; /* whose office has it on its list too; 0: none */
};

/* ---- lists, settings, holidays ---- */

struct clock_list {
    const char *name, *label[LANG_COUNT];
    uint8_t *members; /* one bit an offence, by its place in the law */
};

enum setting_type { SETTING_NUMBER, SETTING_DATE, SETTING_YESNO, SETTING_CHOICE, SETTING_TIME };
struct setting_value {
    const char *state; /* NULL: everywhere */
    const char *mark;
    int32_t value;
    int32_t from_day; /* triggers of that day and later; INT32_MIN: all */
};
#define SETTING_VALUES_MAX 48
struct clock_setting {
    const char *name, *label[LANG_COUNT], *law;
    enum setting_type type;
    size_t value_count;
    struct setting_value
        values[SETTING_VALUES_MAX]; /* of a State before those of everywhere, then the newest first */
};

struct holiday {
    int32_t day;
    const char *state, *court;
    bool open;
};

struct clock_step_words {
    const char *code, *text[LANG_COUNT];
};

struct form_sources {
    const char *form;
    size_t count;
    const struct clock_source **list;
};

struct clocks {
    struct arena *arena;
    const struct law *law;
    char digest[65];
    size_t event_count, list_count, rule_count, setting_count, source_count, step_count, holiday_count,
        form_count;
    struct clock_event *events;
    struct clock_list *lists;
    struct clock_rule *rules; /* sorted by id */
    struct clock_setting *settings;
    struct clock_source *sources;
    struct clock_step_words *steps;
    struct holiday *holidays;   /* sorted by day */
    struct form_sources *forms; /* sorted by form */
    size_t rule_words;          /* 64 rules each */
    uint64_t *rule_events;      /* for each event, the set of the rules it starts */
    uint16_t *parts; /* for each rule and event, what the event does to the clock: bits of PART_* */
    int registered;  /* the event that tells the regime unless a clock says another; -1 */
    unsigned weekly; /* bit 1 << weekday that courts are closed */
};

/* ---- asking (clocks.c, clocks_settings.c) ---- */

int setting_place(const struct clocks *clocks, const char *name); /* -1 */
int list_place(const struct clocks *clocks, const char *name);    /* -1 */
/* Whether each rung of a clock's own comes before the end of one of its limits (clock_alert.c). */
bool rungs_fit(const struct clock_rule *rule);
/* Value of a setting in a State for what began on a day. */
int32_t setting_value(const struct clocks *clocks, int setting, const char *state, int32_t day);

#endif
