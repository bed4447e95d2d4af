/* web/typed: what somebody typed into a form page, by field path: looked up, counted in rows, and read where
 * people type more freely than the API takes. */
#ifndef PANJI_WEB_TYPED_H
#define PANJI_WEB_TYPED_H

#include "form/form.h"
#include "web/request.h"

struct typed {
    struct arena *arena;
    const struct pair *pairs; /* sorted by name; of a name sent twice the last counts */
    size_t count;
    const char *grow; /* path of the section or field that gets one row more; NULL */
};

/* Only names of fields are taken: those of the page itself begin with '_', and "_file:PATH" is a file just
 * uploaded, which takes the place of PATH. */
void typed_read(struct typed *typed, struct arena *arena, const struct pair *pairs, size_t count);

/* NULL when nothing was typed there; "" when the field was left empty. */
const char *typed_value(const struct typed *typed, const char *path);

/* Whether anything but blanks was typed below the path. */
bool typed_any(const struct typed *typed, const char *path);

/* Rows of a repeated section or field: as many as were sent, at least `least`, at most SECTION_ROWS_MAX. */
size_t typed_rows(const struct typed *typed, const char *path, size_t least);

/* Offences as clerks type them become names of the law: "303(2)" is "BNS 303(2)", and "302/34 IPC" in a
 * repeated section or field becomes two rows. What is not understood stays as typed. */
void typed_offences(struct typed *typed, const struct form *form, const struct law *law, int64_t now);

/* Dates and times become what they meant when they were typed: "t" is "22/11/2026 14:30". What cannot be
 * read stays as typed. */
void typed_times(struct typed *typed, const struct form *form, int64_t now);

/* ---- what is asked for ---- */

/* Where a condition is looked at: beside which fields, inside which composite ("" for the form itself). */
struct typed_place {
    const char *prefix, *root;
};

/* The path of the field that a condition (one with a field) hangs on. */
const char *typed_condition_path(struct arena *arena, const struct condition *condition,
    const struct typed_place *place);
bool typed_holds(
    const struct typed *typed, const struct condition *condition, const struct typed_place *place);
/* Whether what stands at the path is asked for: its own condition and those of all around it hold. */
bool typed_applies(const struct typed *typed, const struct form *form, const char *path);
/* Leaves out what is not asked for. */
void typed_prune(struct typed *typed, const struct form *form);

#endif
