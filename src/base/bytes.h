/* base/bytes: eight bytes of text looked at as one word, so that the long stretches in which there is
 * nothing to see cost an eighth. Each test sets the top bit of bytes for which it holds. It may also set
 * bits of bytes behind the first for which it does: so it tells whether there is one, and which is the
 * first, and no more. */
#ifndef PANJI_BASE_BYTES_H
#define PANJI_BASE_BYTES_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BYTES_WORD 8
#define BYTES_ALL(c) (UINT64_C(0x0101010101010101) * (uint8_t)(c))
#define BYTES_TOP BYTES_ALL(0x80)

/* The eight bytes at `at`, the first in the lowest place. */
static inline uint64_t bytes_load(const void *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return le64toh(word);
}

/* Bytes below c, which is at most 0x80. */
static inline uint64_t bytes_below(uint64_t word, uint8_t c)
{
    return (word - BYTES_ALL(c)) & ~word & BYTES_TOP;
}

static inline uint64_t bytes_equal(uint64_t word, uint8_t c)
{
    return bytes_below(word ^ BYTES_ALL(c), 1);
}

/* All bytes that are c, and no other. */
static inline uint64_t bytes_equal_all(uint64_t word, uint8_t c)
{
    uint64_t other = word ^ BYTES_ALL(c);
    return ~(((other & ~BYTES_TOP) + ~BYTES_TOP) | other | ~BYTES_TOP);
}

/* The place, from 0, of the first byte a test found; found is not 0. */
static inline size_t bytes_first(uint64_t found)
{
    return (size_t)__builtin_ctzll(found) / 8;
}

#endif
