/* The verbs of panji: add a file with a `const struct verb`, and its row here. */
#include "app/verbs.h"

#include <string.h>

extern const struct verb verb_init, verb_serve, verb_file, verb_show, verb_verify, verb_rebuild, verb_import,
    verb_export, verb_search, verb_forms, verb_clocks, verb_officers, verb_simulate, verb_demo;

const struct verb *const verbs[] = {
    &verb_init,
    &verb_serve,
    &verb_file,
    &verb_show,
    &verb_verify,
    &verb_rebuild,
    &verb_import,
    &verb_export,
    &verb_search,
    &verb_forms,
    &verb_clocks,
    &verb_officers,
    &verb_simulate,
    &verb_demo,
    NULL,
};

const struct verb *verb_find(const char *name)
{
    for (size_t i = 0; verbs[i]; i++)
        if (strcmp(verbs[i]->name, name) == 0) return verbs[i];
    return NULL;
}
