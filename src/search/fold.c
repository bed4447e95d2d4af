/* search/fold: which reader a word goes to, and the keys by which folded words are filed. */
#include "search/fold.h"

#include <string.h>

struct script_block { uint32_t from, to; enum script script; };

static const struct script_block blocks[] = {
    {'a', 'z', SCRIPT_LATIN}, {0x600, 0x6FF, SCRIPT_ARABIC}, {0x750, 0x77F, SCRIPT_ARABIC},
    {0x8A0, 0x8FF, SCRIPT_ARABIC}, {0x900, 0x963, SCRIPT_DEVANAGARI}, {0x971, 0x97F, SCRIPT_DEVANAGARI},
    {0x980, 0x9E3, SCRIPT_BENGALI}, {0x9F0, 0x9F1, SCRIPT_BENGALI}, {0xA00, 0xA65, SCRIPT_GURMUKHI},
    {0xA70, 0xA75, SCRIPT_GURMUKHI}, {0xA80, 0xAE5, SCRIPT_GUJARATI}, {0xB00, 0xB65, SCRIPT_ODIA},
    {0xB71, 0xB71, SCRIPT_ODIA}, {0xB80, 0xBE5, SCRIPT_TAMIL}, {0xC00, 0xC65, SCRIPT_TELUGU},
    {0xC80, 0xCE5, SCRIPT_KANNADA}, {0xD00, 0xD65, SCRIPT_MALAYALAM}, {0xD7A, 0xD7F, SCRIPT_MALAYALAM},
    {0x1C5A, 0x1C7D, SCRIPT_OL_CHIKI}, {0xAAE0, 0xAAF6, SCRIPT_MEETEI}, {0xABC0, 0xABED, SCRIPT_MEETEI},
};

enum script script_of(uint32_t letter)
{
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (letter >= blocks[i].from && letter <= blocks[i].to) return blocks[i].script;
    return SCRIPT_NONE;
}

void fold_put(struct fold *fold, uint8_t phone)
{
    if (fold->count) {
        uint8_t *last = &fold->phones[fold->count - 1];
        if (phone_loose(*last) == phone_loose(phone)) { /* kk, kkh, aa: once, as the later one has it */
            *last = phone;
            return;
        }
    }
    if (fold->count < PHONES_MAX) fold->phones[fold->count++] = phone;
}

void fold_letters(enum script script, const uint32_t *letters, size_t n, struct fold *ret)
{
    memset(ret, 0, sizeof *ret);
    switch (script) {
    case SCRIPT_NONE: break;
    case SCRIPT_LATIN: fold_latin(letters, n, ret); break;
    case SCRIPT_ARABIC: fold_arabic(letters, n, ret); break;
    case SCRIPT_OL_CHIKI: fold_ol_chiki(letters, n, ret); break;
    case SCRIPT_MEETEI: fold_meetei(letters, n, ret); break;
    default: fold_indic(script, letters, n, ret);
    }
    /* an initial: Chandra, not Karan */
    if (script == SCRIPT_LATIN && n == 1 && letters[0] == 'c') ret->phones[0] = P_C;
    /* A short a at the very end is heard or not: kept as the weakest evidence there is. */
    if (ret->count > 2) {
        uint8_t *last = &ret->phones[ret->count - 1];
        if (*last == P_A || *last == P_A1 || *last == P_AO || *last == P_AX) *last = P_AF;
    }
}

uint8_t fold_heard(const struct fold *fold, uint8_t ret_phones[PHONES_MAX])
{
    uint8_t n = 0;
    for (uint8_t i = 0; i < fold->count; i++) {
        uint8_t loose = phone_loose(fold->phones[i]);
        if (n && ret_phones[n - 1] == loose) continue;
        ret_phones[n++] = loose;
    }
    return n;
}

uint8_t fold_loose(const struct fold *fold, uint8_t ret_phones[PHONES_MAX])
{
    uint8_t n = fold_heard(fold, ret_phones);
    while (n > 2 && ret_phones[n - 1] == P_A) n--;
    return n;
}

uint64_t fold_skeleton(const struct fold *fold)
{
    uint64_t key = 0;
    uint64_t count = 0;
    uint8_t last = 0;
    for (uint8_t i = 0; i < fold->count; i++) {
        uint8_t class = phone_class(fold->phones[i]);
        if (!class || class == last) continue;
        last = class;
        key = key << 3 | class;
        count++;
    }
    return key | count << 56;
}

#define CONSONANTS_MAX 11 /* of this many bits each, below the length */
#define CONSONANT_BITS 5
#define COUNT_AT 56
#define OUT_LEAST 2 /* of fewer consonants none is taken out */

uint64_t fold_consonants(const struct fold *fold)
{
    uint64_t key = 0;
    uint64_t count = 0;
    uint8_t last = 0;
    for (uint8_t i = 0; i < fold->count && count < CONSONANTS_MAX; i++) {
        if (!phone_class(fold->phones[i])) continue;
        uint8_t loose = phone_loose(fold->phones[i]);
        if (loose == P_V) loose = P_B; /* v and b are one letter in the East */
        if (loose == last) continue;
        last = loose;
        key = key << 5 | loose;
        count++;
    }
    return key | count << 56;
}

int consonants_count(uint64_t consonants)
{
    return (int)(consonants >> 56);
}

uint64_t consonants_without(uint64_t consonants, int at)
{
    uint64_t body = consonants & (((uint64_t)1 << 56) - 1);
    uint64_t low = body & (((uint64_t)1 << (5 * at)) - 1);
    return body >> (5 * (at + 1)) << (5 * at) | low | (uint64_t)(consonants_count(consonants) - 1) << 56;
}

/* One taken out of the longer gives the shorter: it is where the two first differ from behind. */
static bool one_out(uint64_t longer, uint64_t shorter)
{
    uint64_t apart = (longer ^ shorter) & (((uint64_t)1 << COUNT_AT) - 1);
    return consonants_count(longer) >= OUT_LEAST && apart &&
        consonants_without(longer, __builtin_ctzll(apart) / CONSONANT_BITS) == shorter;
}

bool consonants_meet(uint64_t a, uint64_t b)
{
    int count = consonants_count(a), other = consonants_count(b);
    if (a == b) return true;
    if (count == other + 1) return one_out(a, b);
    if (other == count + 1) return one_out(b, a);
    if (count != other || count < OUT_LEAST) return false;
    int low = __builtin_ctzll(a ^ b) / CONSONANT_BITS, high = (63 - __builtin_clzll(a ^ b)) / CONSONANT_BITS;
    return consonants_without(a, low) == consonants_without(b, high) ||
        consonants_without(a, high) == consonants_without(b, low);
}
