/* base/fill: words with places in them, "{case} is due by {due}". */
#ifndef PANJI_BASE_FILL_H
#define PANJI_BASE_FILL_H

#include <stddef.h>

#include "base/arena.h"

struct fill {
    const char *name, *value;
};

/* The words with each {name} replaced by its value; a name without a value stays as it is. */
const char *words_fill(struct arena *arena, const char *words, const struct fill *fills, size_t count);

#endif
