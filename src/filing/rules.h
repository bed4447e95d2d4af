/* filing/rules: what the checks of order rules share. Private to the room. */
#ifndef PANJI_FILING_RULES_H
#define PANJI_FILING_RULES_H

#include "filing/node.h"

/* A rule at work: its words after the name of the check are the check's arguments. */
struct judging {
    struct draft *draft;
    size_t count;
    const char *const *arguments;
    const char *path; /* where the problem is shown */
};

/* The text at a path of the body; NULL when there is none. */
const char *rule_text(const struct judging *judging, const char *path);

/* Checks about people: true when the rule is kept. Arguments as law/rules gives them. */
bool check_office_in_line(struct judging *judging);
bool check_officer_in_line(struct judging *judging);
bool check_child_on_case(struct judging *judging);
bool check_two_persons(struct judging *judging);
bool check_may_know(struct judging *judging);
bool check_undecided(struct judging *judging);
bool check_decision_stands(struct judging *judging);
/* Of watches (rules_watches.c). */
bool check_not_above(struct judging *judging);
bool check_of_case_line(struct judging *judging);
bool check_until_within(struct judging *judging);
bool check_watch_runs(struct judging *judging);

#endif
