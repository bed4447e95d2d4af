/* search/mix: the checksum of segments. */
#include "search/mix.h"

static inline uint64_t step(uint64_t lane, const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    lane ^= word;
    lane *= 0x9E3779B97F4A7C15u;
    return lane << 31 | lane >> 33;
}

uint64_t mix_checksum(const void *data, size_t n)
{
    const unsigned char *p = data;
    uint64_t lanes[4] = {n, 0x243F6A8885A308D3u, 0x13198A2E03707344u, 0xA4093822299F31D0u};
    size_t left = n;
    for (; left >= 32; left -= 32, p += 32)
        for (int i = 0; i < 4; i++) lanes[i] = step(lanes[i], p + 8 * i);
    uint64_t rest = mix_bytes(p, left, 7);
    for (int i = 0; i < 4; i++) rest = mix(rest ^ lanes[i]);
    return rest;
}
