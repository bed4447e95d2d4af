/* search/mix: hashes for tables and checksums. Not against an attacker: who can write the index file can
 * write its checksum too; every index from outside is bounds-checked as well. */
#ifndef PANJI_SEARCH_MIX_H
#define PANJI_SEARCH_MIX_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    return x ^ x >> 32;
}

static inline uint64_t mix_bytes(const void *data, size_t n, uint64_t seed)
{
    const unsigned char *p = data;
    uint64_t h = seed * 0x9E3779B97F4A7C15u ^ n;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = mix(h ^ word);
    }
    uint64_t word = 0;
    memcpy(&word, p, n);
    return mix(h ^ word ^ 0x5851F42D4C957F2Du);
}

/* Of long stretches: four lanes, as fast as memory is read. */
uint64_t mix_checksum(const void *data, size_t n);

#endif
