/* base/builtin: the data files built into the program (forms, lists, law, places, words).
 *
 * tools/embed writes the table at build time. Paths are as in the source tree, e.g.
 * "pillars/police/fir.form", "law/rules". Read-only, shared by all threads. */
#ifndef PANJI_BASE_BUILTIN_H
#define PANJI_BASE_BUILTIN_H

#include <stddef.h>

struct builtin {
    const char *path;
    const char *data; /* followed by a NUL that is not counted */
    size_t len;
};

/* The whole table, sorted by path. */
extern const struct builtin builtin_files[];
extern const size_t builtin_files_count;

/* The file at path, or NULL. */
const struct builtin *builtin_find(const char *path);

#endif
