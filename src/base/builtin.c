/* base/builtin: looks a path up in the table that tools/embed wrote. */
#include "base/builtin.h"

#include <stdlib.h>
#include <string.h>

static int path_compare(const void *path, const void *file)
{
    return strcmp(path, ((const struct builtin *)file)->path);
}

const struct builtin *builtin_find(const char *path)
{
    return bsearch(path, builtin_files, builtin_files_count, sizeof *builtin_files, path_compare);
}
