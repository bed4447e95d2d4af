/* web/urlencoded: application/x-www-form-urlencoded, of form bodies and cookies' cousins, from strangers. */
#ifndef PANJI_WEB_URLENCODED_H
#define PANJI_WEB_URLENCODED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "form/form.h"

#define PAIRS_COUNT_MAX 20000
#define PAIR_NAME_MAX 400

/* The pairs of a body in the order sent, values decoded. False, and nothing, when it is malformed: a bad
 * escape, a NUL, text that is not UTF-8, too many pairs, a name too long. */
bool urlencoded_read(
    struct arena *arena, const char *text, size_t n, struct pair **ret_pairs, size_t *ret_count);

#endif
