/* page/choose: what the files that look for the values of a field share. */
#ifndef PANJI_PAGE_CHOOSE_H
#define PANJI_PAGE_CHOOSE_H

#include "page/desk.h"

#define CHOICE_WORDS_MAX 6
#define CHOICES_MAX 15 /* shown at once */

/* What is looked for, for which field. */
struct looking {
    struct request *request;
    struct desk *desk; /* NULL: only looking */
    const char *into;  /* path of the field; NULL */
    const struct field *field;
    const char *typed;
    int32_t day; /* when the offence was done */
    size_t word_count;
    const char *words[CHOICE_WORDS_MAX]; /* folded */
};

/* One answer. */
struct chosen {
    const char *pick; /* what is put where, as in an address: "a.b=value&a.c=value" */
    const char *title, *hint, *warning;
};

/* Whether every word typed begins a word of one of the texts. */
bool choice_fits(const struct looking *search, const char *const *texts, size_t count);

/* A value for the field that is looked for; NULL without one. With: another field beside it too, where the
 * form has it and there is a value. */
const char *choice_pick(const struct looking *search, const char *value);
const char *choice_pick_with(
    const struct looking *search, const char *pick, const char *name, const char *value);

/* Police districts and stations of the whole country by their names, those of one's own State first. */
size_t districts_find(struct looking *search, struct chosen *ret, size_t max);
size_t stations_find(struct looking *search, struct chosen *ret, size_t max);

/* The case the form is filed on, with everything on it; false outside cases. */
bool choice_case(const struct looking *search, struct seen_case *ret);

/* People of the case, and known people of other cases whom the filer may name (people_likely), for what is
 * typed into the fields of a person so far. */
size_t known_people_find(struct looking *search, struct chosen *ret, size_t max);
/* The name typed into the person whose reference is looked for; "". */
const char *known_name_typed(const struct looking *search);

#endif
