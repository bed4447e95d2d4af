/* base/script: a name in the other of our two scripts, as a proposal that somebody looks at. */
#ifndef PANJI_BASE_SCRIPT_H
#define PANJI_BASE_SCRIPT_H

#include "base/arena.h"

#define SCRIPT_TEXT_MAX 400 /* bytes; longer is no name */

/* Devanagari for a name in English letters and the other way round; NULL when the text is neither, or both,
 * or too long. Thread-safe. */
const char *script_other(struct arena *arena, const char *text);

#endif
