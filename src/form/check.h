/* form/check: one run of form_check(), private to the room. */
#ifndef PANJI_FORM_CHECK_H
#define PANJI_FORM_CHECK_H

#include "form/form.h"

struct check {
    const struct forms *forms;
    int64_t now;
    const struct form_lookup *lookup;
    struct problems *problems;
    struct arena *arena;
    const json_t *nothing; /* {}: what an absent section is checked as */
    size_t fault_count;
};

/* Where in the body: a chain on the stack, spelled out only when something is wrong. */
struct step {
    const struct step *up;
    const char *name; /* NULL: a row */
    size_t row;
};

/* What conditions and parent codes look at. */
struct scope {
    const json_t *object; /* the value's own object */
    const json_t *root;   /* the body, or the composite around */
    size_t field_count;   /* fields of the object */
    const struct field *fields;
    bool referred; /* the composite is given by "ref" */
};

/* The dotted path of a step. */
const char *step_path(struct arena *arena, const struct step *at);

/* The path for problem_add(), counted as a fault: the list of problems may be full, the count is not. */
const char *fault_at(struct check *check, const struct step *at);

/* The text as a value, a new reference: the value itself when it is that text already. */
json_t *value_text_same(const json_t *value, const char *text);

/* Whether nothing was given: null, blanks, or an empty array or object. */
bool value_is_empty(const json_t *value);

/* Members of one object, declared by a form, a section or a composite. */
struct members {
    size_t field_count;
    const struct field *fields;
    size_t section_count;
    const struct section *sections;
    bool by_reference;
    const char *composite; /* name, when by_reference */
    const struct names *names;
};

/* The normal form of an object, a new reference, NULL when it holds nothing. root NULL: the object is its own
 * root. */
json_t *members_check(struct check *check, const struct step *at, const struct members *members,
    const json_t *object, const json_t *root);

#endif
