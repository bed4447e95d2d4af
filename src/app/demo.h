/* app/demo: the practice district as `panji demo` opens it. */
#ifndef PANJI_APP_DEMO_H
#define PANJI_APP_DEMO_H

#include "app/practice/dice.h"
#include "app/practice/tables.h"
#include "app/setup.h"

struct demo_officer {
    const char *id, *password, *office, *role, *rank;
    struct table_text name, office_name;
    bool useful; /* shown in the short table */
};

#define DEMO_OFFICERS_MAX 400

struct demo {
    struct setup setup;
    const struct tables *tables;
    struct dice dice;
    size_t officer_count;
    struct demo_officer officers[DEMO_OFFICERS_MAX];
};

/* Opens the register, the offices and the officers, and sets everybody's password. */
enum err demo_district_open(struct demo *demo) MUST_CHECK;

#endif
