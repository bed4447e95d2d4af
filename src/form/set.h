/* form/set: the inside of a loaded set, private to the room. Everything lives in one arena; only the compiled
 * patterns hold memory of their own. */
#ifndef PANJI_FORM_SET_H
#define PANJI_FORM_SET_H

#include <regex.h>

#include "form/form.h"

#define FORMS_MAX 500
#define FORM_VERSION_MAX 999 /* of the core; an extension counts in thousands above */
#define EXTENSION_VERSION_MAX 999

/* A code list and its codes sorted by name, for looking one up. */
struct list_index {
    struct code_list list;
    const struct code **sorted;
};

struct matcher {
    regex_t regex;
    struct matcher *next;
};

struct forms {
    struct arena *arena;
    size_t all_count, newest_count, list_count, composite_count;
    const struct form **all;             /* sorted by name, core version, extension; kept ones too */
    const struct form **newest;          /* the last of each name that the files hold */
    const struct list_index **lists;     /* sorted by name */
    const struct composite **composites; /* sorted by name */
    struct kept_texts texts;             /* of all but the kept ones */
    struct matcher *matchers;
    size_t awaited_count;
    const char **awaited; /* names of the forms that a task of some form waits for, sorted, each once */
};

/* One file on its way in. */
struct source {
    const char *name, *text;
    size_t len;
    const char *pillar;
    bool locked;
    bool kept; /* by a register, in no file any more */
};

/* Reads all sources into the empty set, then what was kept (NULL: nothing). E_PROBLEM when anything was
 * wrong; then the set is of no use. */
enum err forms_read(struct forms *forms, const struct source *sources, size_t count,
    const struct kept_texts *kept, struct problems *problems);

/* For qsort of struct form *: by name, then core version, then extension, so that the newest comes last. */
int form_compare(const void *a, const void *b);

/* Finds the awaited forms, once all are there. */
void awaited_index(struct forms *forms);

/* The pattern made ready, kept by the set; NULL with words for what is wrong with it. */
const struct matcher *matcher_new(struct forms *forms, const char *pattern, const char **ret_fault);

/* Whether the whole text fits the pattern. Thread-safe. */
bool matcher_fits(const struct matcher *matcher, const char *text);

#endif
