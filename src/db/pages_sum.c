/* db/pages: the checksum of a page.
 *
 * Four lanes of xor, multiply, rotate over 8-byte words, joined in order. Every step can be undone, so a
 * change within one word always shows, and any other with all but one chance in 2^64. The page number goes in
 * first: two pages that changed places are found. Lanes let the processor work on four words at once. */
#include <endian.h>
#include <string.h>

#include "db/pages.h"

#define WORDS ((PAGES_SIZE - PAGES_RESERVED) / 8)

static uint64_t step(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * UINT64_C(0xD6E8FEB86659FD93);
    return sum << 29 | sum >> 35;
}

static uint64_t word_at(const uint8_t *page, size_t i)
{
    uint64_t word;
    memcpy(&word, page + i * 8, sizeof word);
    return le64toh(word);
}

uint64_t pages_sum(const uint8_t *page, int64_t number)
{
    uint64_t start = step(UINT64_C(0x9E3779B97F4A7C15), (uint64_t)number);
    uint64_t a = start, b = start + 1, c = start + 2, d = start + 3;
    size_t i = 0;
    for (; i + 4 <= WORDS; i += 4) {
        a = step(a, word_at(page, i));
        b = step(b, word_at(page, i + 1));
        c = step(c, word_at(page, i + 2));
        d = step(d, word_at(page, i + 3));
    }
    for (; i < WORDS; i++) a = step(a, word_at(page, i));
    return step(step(step(a, b), c), d);
}
