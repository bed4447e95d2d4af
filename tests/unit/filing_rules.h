/* One rule of law/rules broken and kept; the cases stand by subject, the list that must be whole in
 * test_filing_rules.c. */
#ifndef PANJI_TESTS_FILING_RULES_H
#define PANJI_TESTS_FILING_RULES_H

#include "filing_world.h"

struct rule_case {
    const char *code;
    void (*broken)(struct world *world); /* refused with the code */
    void (*kept)(struct world *world);   /* filed */
};

#define STATION_RULES 12
#define COURT_RULES 11
#define PEOPLE_RULES 4
#define WATCH_RULES 5
extern const struct rule_case station_rules[STATION_RULES]; /* who files, the FIR, what happened before it */
extern const struct rule_case
    court_rules[COURT_RULES]; /* investigation, malkhana, court, the node's registers */

extern const struct rule_case people_rules[PEOPLE_RULES]; /* decisions on two persons */
extern const struct rule_case watch_rules[WATCH_RULES];

/* A diary entry of the officer's station. */
const char *diary_at(struct world *world, const char *officer);

#endif
