/* check/entry: what an envelope says, and whether a body is the one it commits to. */
#ifndef PANJI_CHECK_ENTRY_H
#define PANJI_CHECK_ENTRY_H

#include <stddef.h>
#include <stdint.h>

#include "proof.h"

struct check_entry {
    char id[37];
    char node[PROOF_NAME_MAX + 1];
    char filed_at[40]; /* Indian time for people */
    uint8_t commitment[32];
};

/* NULL, or what is wrong with the envelope. */
const char *check_entry_read(struct check_entry *ret, const char *text, size_t n);

/* NULL when the body and salt give the commitment. */
const char *check_entry_body(
    const struct check_entry *entry, const uint8_t salt[16], const char *body, size_t n);

#endif
