/* view/clock_lists: reading clocks: of one case with their working, of an office tree, alerts, and figures.
 *
 * Everything takes the instant it is asked at; rows themselves hold none. A viewer sees the clocks that
 * offices of his own line owe, and those of cases he may see; others he neither sees nor counts. Who sees
 * lists alone (access.h: sees_lists) sees the clocks of his district that name his role, and of each no more
 * than the number of the case, the person and the prison. */
#ifndef PANJI_VIEW_CLOCK_LISTS_H
#define PANJI_VIEW_CLOCK_LISTS_H

#include "law/clocks.h"
#include "view/view.h"

/* One clock of one case or paper. */
struct clock_line {
    int64_t id;                      /* of the row: stable while the case's clocks stay the same */
    int64_t thread;                  /* entry that opened the case, or the paper outside cases */
    const char *thread_id;           /* its id: the case's, when it is one; NULL to who sees lists alone */
    const char *number, *kind;       /* of the case; NULL outside cases */
    const char *case_office; /* that holds the case: numbers are an office's own; NULL outside cases */
    const struct clock_words *words; /* label, law, mark, breach, role … */
    const char *subject, *name;      /* id; name of the person when the viewer may see it; NULL */
    const char *office, *officer;    /* who owes it; officer NULL unless it is owed by the case's IO */
    const char *shown;               /* office that has it on its list too; NULL */
    const char *prison;              /* that of the two which is one; NULL */
    const char *trigger;             /* id of the entry that started it; NULL to who sees lists alone */
    struct clock_row row;
    enum clock_state state;              /* at the instant asked */
    const struct clock_working *working; /* NULL unless clock_lines_work() gave it */
};

/* Clocks of a case at an instant, the most pressing first; without names and working, which are told of those
 * that are shown. The caller has made sure that the viewer may see the case. */
enum err clock_case_lines(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const char *case_id, int64_t at, struct clock_line **ret,
    size_t *ret_count) MUST_CHECK;
/* Gives lines of one case the names of their persons where the viewer may see them. */
enum err clock_lines_tell(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, struct clock_line *lines, size_t count) MUST_CHECK;
/* Gives lines of one case their working. */
enum err clock_lines_work(struct db *db, const struct view_context *context, struct arena *arena,
    struct clock_line *lines, size_t count) MUST_CHECK;

enum clock_which {
    CLOCKS_OPEN,   /* not closed: due, paused, broken, arisen */
    CLOCKS_LATE,   /* open and broken at the instant: duties and limits, unless another kind is asked for */
    CLOCKS_COMING, /* open and due between the instant and `until`; bars only where that kind is asked for */
};

struct clock_filter {
    const char *office; /* owed there or below; NULL: the viewer's own office and below. Of who sees lists
                         * alone: owed or shown at that office of his district, NULL: at any of it */
    enum clock_which which;
    int64_t until;       /* CLOCKS_COMING: due at the latest; 0: open */
    const char *clock;   /* this clock only; NULL */
    const char *list;    /* clocks of this list only; NULL */
    int kind;            /* enum clock_kind; -1: all */
    const char *officer; /* owed by this IO; NULL */
    const char *acting;  /* owed by a role that this one may act as, or by nobody named; NULL. Not asked of
                          * who sees lists alone */
    const char *state;   /* clock_state_word(); NULL */
    size_t limit, skip;  /* rows; limit 1-10,000 */
};

/* By due time, earliest first. *ret_more: there are further ones. E_NOT_FOUND: the office is not of the
 * viewer's line, or district. */
enum err clock_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const struct clock_filter *filter, int64_t at, struct clock_line **ret,
    size_t *ret_count, bool *ret_more) MUST_CHECK;

/* The offices of the State and district that `office` stands in, itself included; with a role only those
 * where somebody was posted in it (NULL: all). None when it has no district. */
size_t clock_district_offices(
    struct db *db, struct arena *arena, const char *office, const char *role, const char ***ret);

/* What a supervisor sees first; each is as long as its list. Rights are not broken: they have a count of
 * their own. */
struct clock_counts {
    int64_t broken;                        /* duties and limits whose day has passed, still open */
    int64_t arisen;                        /* rights that arose and were not used */
    int64_t today, days_1, days_3, days_7; /* open, due until the end of today, within 1, 3, 7 days */
};
enum err clock_count(struct db *db, const struct view_context *context, const struct viewer *viewer,
    const char *office, int64_t at, struct clock_counts *ret) MUST_CHECK;

/* One alert that fell in a stretch of time. */
struct clock_alert {
    struct clock_line line;
    struct clock_rung rung;
    int64_t before; /* ms before its end at which the rung stands */
    int64_t at;     /* when it fell; when the clock became known, if that was later */
};
/* Alerts that fell after `from` and not after `until`, by time; of one clock the highest only. Asked again
 * with stretches that meet, each alert comes once, however long nobody asked. For the whole node, nothing is
 * masked. */
enum err clock_alerts(struct db *db, const struct view_context *context, struct arena *arena, int64_t from,
    int64_t until, struct clock_alert **ret, size_t *ret_count) MUST_CHECK;

/* ---- compliance with the two months of sexual offences ---- */

/* As the national dashboard publishes it: of the cases registered at least two months before the data date,
 * how many were finished within two months. */
enum clock_figure {
    FIGURE_REGISTERED,
    FIGURE_FINISHED, /* the report is filed */
    FIGURE_IN_TIME,  /* of them within two months, and later */
    FIGURE_LATE,
    FIGURE_RUNNING, /* not filed and still in time, and late */
    FIGURE_OVERDUE,
    FIGURE_MATURE,         /* registered at least two months before */
    FIGURE_MATURE_IN_TIME, /* of them finished within two months */
    CLOCK_FIGURE_COUNT
};
const char *clock_figure_word(enum clock_figure figure); /* "in_time" */

enum clock_grouping { BY_OFFICE, BY_DISTRICT, BY_STATE, BY_MONTH };

struct clock_compliance {
    const char *group; /* office; or the district's English name, the code of the State, "2026-03" */
    int64_t figures[CLOCK_FIGURE_COUNT];
    int64_t per_mille; /* the rate, per thousand; -1 when there are none */
};

struct clock_compliance_filter {
    const char *office; /* registered there or below; NULL: the viewer's own office and below */
    int64_t from, to;   /* registered from the one instant until before the other; 0: no end */
    enum clock_grouping by;
    /* of the cases behind a figure */
    const char *group; /* of this group alone; NULL: of all */
    enum clock_figure figure;
    size_t limit, skip;
};

/* By group. E_NOT_FOUND: the office is not of the viewer's line. */
enum err clock_compliance_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const struct clock_compliance_filter *filter, int64_t at,
    struct clock_compliance **ret, size_t *ret_count) MUST_CHECK;
/* The cases that a figure counts, office by office as they were registered. *ret_more: there are further
 * ones. */
enum err clock_compliance_cases(struct db *db, const struct view_context *context, struct arena *arena,
    const struct viewer *viewer, const struct clock_compliance_filter *filter, int64_t at,
    struct clock_line **ret, size_t *ret_count, bool *ret_more) MUST_CHECK;

#endif
