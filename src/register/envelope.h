/* register/envelope: the leaf of the tree as text, written and read by one table.
 *
 * Canonical JSON (RFC 8785): members sorted by name, no spaces, integers only, absent members left out. The
 * texts in it are names, ids, codes and numbers, in any script, never with a quote, backslash or control
 * character, so each is its own canonical spelling and the reader needs no unescaping. */
#ifndef PANJI_REGISTER_ENVELOPE_H
#define PANJI_REGISTER_ENVELOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "register/register.h"

#define ENVELOPE_VERSION 1

/* Appends the envelope of entry. E_PROBLEM when a text may not stand in one or it grows too long. */
enum err envelope_write(
    struct buf *buf, const struct entry *entry, const uint8_t commitment[HASH_SIZE]) MUST_CHECK;

/* Fills the members of entry that an envelope holds, and the commitment to the body. E_CORRUPT unless the
 * text is exactly what envelope_write() writes. */
enum err envelope_read(struct arena *arena, const char *text, size_t n, struct entry *ret,
    uint8_t ret_commitment[HASH_SIZE]) MUST_CHECK;

/* The name of the first member in which two entries differ; NULL when they agree. */
const char *envelope_difference(const struct entry *one, const struct entry *other);

#endif
