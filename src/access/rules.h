/* access/rules: law/access as the room uses it: pillars, kinds of office, roles, confidential kinds.
 * Private to the room; read once by access_load() and never changed after, so threads share it without a
 * lock. */
#ifndef PANJI_ACCESS_RULES_H
#define PANJI_ACCESS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"

enum scope {
    SCOPE_LINE,    /* the case, for offices on it and those above them in the pillar */
    SCOPE_ENTRIES, /* only what the office filed or was sent, and the forms named */
    SCOPE_FORMS,   /* no case: only the forms in the pillar's own folder */
    SCOPE_LISTS,   /* no case and no entry: only clocks of its district that name its role */
};

#define PILLAR_FORMS_MAX 40

struct pillar {
    const char *name;
    enum scope scope;
    size_t form_count;
    const char *forms[PILLAR_FORMS_MAX]; /* SCOPE_ENTRIES: what else it sees of a case it is on */
};

#define ROLES_MAX 64 /* one bit each in a set */

struct role {
    const char *code;
    const struct pillar *pillar;
    uint64_t may; /* set of the roles it may act as, itself included */
};

/* Whether a pillar of the scope sees anything of a case itself. */
bool scope_works_on_cases(enum scope scope);

/* NULL when law/access does not know the name. */
const struct pillar *pillar_find(const char *name);
const struct role *role_find(const char *code);

/* What the confidential kind says about a role at the case's own office or (own false) at an office of the
 * pillar; MASK_NEVER when no row names it. *ret_known: whether law/access has the kind. */
enum mask confidential_mask(const char *kind, const char *role, const char *pillar, bool own,
    bool *ret_known);

#endif
