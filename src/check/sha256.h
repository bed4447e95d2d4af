/* check/sha256: SHA-256 written here from FIPS 180-4, so that a fault in the library the server hashes with
 * cannot hide itself. */
#ifndef PANJI_CHECK_SHA256_H
#define PANJI_CHECK_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t bytes;
    uint8_t block[64];
};

void sha256_init(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *data, size_t n);
void sha256_end(struct sha256 *sha, uint8_t ret[32]);

#endif
