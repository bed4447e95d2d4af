/* base/json: reading JSON from strangers and writing it so that it hashes the same everywhere.
 *
 * jansson reads: bad UTF-8, duplicate keys, and nesting over 64 are refused. Canonical text is RFC 8785
 * narrowed to integers: keys sorted, no spaces, shortest escapes; reals are a bug. */
#ifndef PANJI_BASE_JSON_H
#define PANJI_BASE_JSON_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/problem.h"

/* A new reference, or NULL with a problem json_malformed (line and column in the words). Reals, NUL in
 * strings and anything after the value are refused. */
json_t *json_read(const char *text, size_t n, struct problems *problems);

/* Canonical text of value appended to buf. */
void json_canonical(struct buf *buf, const json_t *value);

/* Members by name, with a default when absent or of another type. The text belongs to the object. */
const char *json_text(const json_t *object, const char *key);       /* NULL when absent */
int64_t json_int(const json_t *object, const char *key, int64_t otherwise);
bool json_flag(const json_t *object, const char *key);              /* absent is false */

/* The value at a dotted path, "accused.0.who.name"; NULL when any step is missing. Borrowed. */
json_t *json_at(const json_t *root, const char *path);

/* For CLEANUP: drops a reference. */
void json_drop(json_t **json);

/* From here on the values this thread makes live in the arena, and dropping them frees nothing: for a thread
 * that reads many and lets them go together. Others may look at such values, and keep and drop references,
 * while one is held. NULL: as usual. */
void json_into_arena(struct arena *arena);

#endif
