/* search/distance: a dynamic programme over bytes. Where the processor can look 64 bytes up at once
 * (AVX-512 VBMI) it does 64 words in the time of one; elsewhere the same sums in plain C. */
#include "search/distance.h"

#include <string.h>

int distance_one(const struct distance_costs *costs, const uint8_t *word, uint8_t n, const uint8_t *other,
    uint8_t m)
{
    int lines[3][PHONES_MAX + 1], *before = lines[0], *line = lines[1], *older = lines[2];
    before[0] = 0;
    for (int j = 1; j <= m; j++) before[j] = before[j - 1] + costs->drop[other[j - 1]];
    for (int i = 1; i <= n; i++) {
        int drop = costs->drop[word[i - 1]];
        const uint8_t *swap = costs->swap[word[i - 1]];
        line[0] = before[0] + drop;
        for (int j = 1; j <= m; j++) {
            int least = before[j - 1] + swap[other[j - 1]];
            if (before[j] + drop < least) least = before[j] + drop;
            int added = line[j - 1] + costs->drop[other[j - 1]];
            if (added < least) least = added;
            if (i > 1 && j > 1 && other[j - 2] == word[i - 1] && other[j - 1] == word[i - 2] &&
                older[j - 2] + costs->turn < least)
                least = older[j - 2] + costs->turn;
            line[j] = least;
        }
        int *swapped = older;
        older = before;
        before = line;
        line = swapped;
    }
    return before[m] > 255 ? 255 : before[m];
}

#define LETTERS_APART 2 /* that one word may have more than the other */

static inline __attribute__((always_inline)) void near_each(uint32_t asked, const uint32_t *restrict sets,
    uint32_t n, uint8_t *restrict ret_near)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t more = (asked >> LETTER_COUNT_AT) - (sets[i] >> LETTER_COUNT_AT), less = 0 - more;
        uint32_t longer = more < less ? more : less;
        uint32_t two = (asked ^ sets[i]) & LETTER_SET;
        two &= two - 1; /* takes one letter away, where there is any */
        two &= two - 1;
        uint32_t three = two & (two - 1), four = three & (three - 1);
        uint32_t apart = longer == 0 ? four : longer == 1 ? three : two;
        ret_near[i] = (apart == 0) & (longer <= LETTERS_APART) & (sets[i] != 0);
    }
}

static void run_plain(const struct distance_costs *costs, const uint8_t *word, uint8_t n,
    const struct distance_rows *rows, uint8_t ret[LANES])
{
    for (int lane = 0; lane < LANES; lane++)
        ret[lane] = (uint8_t)distance_one(costs, word, n, rows->signs[lane], rows->counts[lane]);
}

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

/* 64 rows of 16 signs become 16 lines of 64. */
static void turn_rows(const uint8_t signs[LANES][PHONES_MAX], uint8_t lines[PHONES_MAX][LANES])
{
    for (int block = 0; block < LANES; block += 16) {
        __m128i a[16], b[16];
        for (int i = 0; i < 16; i++) a[i] = _mm_loadu_si128((const __m128i *)(const void *)signs[block + i]);
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 8; i++) {
                b[2 * i] = _mm_unpacklo_epi8(a[i], a[i + 8]);
                b[2 * i + 1] = _mm_unpackhi_epi8(a[i], a[i + 8]);
            }
            memcpy(a, b, sizeof a);
        }
        for (int i = 0; i < 16; i++) _mm_storeu_si128((__m128i *)(void *)(lines[i] + block), a[i]);
    }
}

struct wide_line { __m512i at[PHONES_MAX + 1]; };

WIDE static void wide_step(const struct distance_costs *costs, const uint8_t *word, int i, int m,
    const __m512i *signs,
    const __m512i *drops, const struct wide_line *older, const struct wide_line *before,
        struct wide_line *line)
{
    __m512i drop = _mm512_set1_epi8((char)costs->drop[word[i]]), turn = _mm512_set1_epi8((char)costs->turn);
    __m512i swap = _mm512_loadu_si512(costs->swap[word[i]]);
    __m512i this = _mm512_set1_epi8((char)word[i]), last = _mm512_set1_epi8((char)(i ? word[i - 1] : 0));
    line->at[0] = _mm512_adds_epu8(before->at[0], drop);
    for (int j = 1; j <= m; j++) {
        __m512i least = _mm512_adds_epu8(before->at[j - 1], _mm512_permutexvar_epi8(signs[j - 1], swap));
        least = _mm512_min_epu8(least, _mm512_adds_epu8(before->at[j], drop));
        least = _mm512_min_epu8(least, _mm512_adds_epu8(line->at[j - 1], drops[j - 1]));
        if (i > 0 && j > 1) {
            __mmask64 turned = _mm512_cmpeq_epi8_mask(signs[j - 2],
                this) & _mm512_cmpeq_epi8_mask(signs[j - 1], last);
            least = _mm512_mask_min_epu8(least, turned, least, _mm512_adds_epu8(older->at[j - 2], turn));
        }
        line->at[j] = least;
    }
}

WIDE static void run_wide(const struct distance_costs *costs, const uint8_t *word, uint8_t n,
    const struct distance_rows *rows, uint8_t ret[LANES])
{
    uint8_t turned[PHONES_MAX][LANES];
    turn_rows(rows->signs, turned);
    struct wide_line lines[3], *older = &lines[2], *before = &lines[0], *line = &lines[1];
    __m512i signs[PHONES_MAX], drops[PHONES_MAX], drop_table = _mm512_loadu_si512(costs->drop);
    int m = rows->longest;
    before->at[0] = _mm512_setzero_si512();
    for (int j = 0; j < m; j++) {
        signs[j] = _mm512_loadu_si512(turned[j]);
        drops[j] = _mm512_permutexvar_epi8(signs[j], drop_table);
        before->at[j + 1] = _mm512_adds_epu8(before->at[j], drops[j]);
    }
    for (int i = 0; i < n; i++) {
        wide_step(costs, word, i, m, signs, drops, older, before, line);
        struct wide_line *swapped = older;
        older = before;
        before = line;
        line = swapped;
    }
    __m512i counts = _mm512_loadu_si512(rows->counts), result = before->at[0];
    for (int j = 1; j <= m; j++)
        result = _mm512_mask_mov_epi8(result, _mm512_cmpeq_epi8_mask(counts, _mm512_set1_epi8((char)j)),
            before->at[j]);
    _mm512_storeu_si512(ret, result);
}

WIDE static void near_wide(uint32_t asked, const uint32_t *sets, uint32_t n, uint8_t *ret_near)
{
    near_each(asked, sets, n, ret_near);
}
#endif

void letters_near(uint32_t asked, const uint32_t *sets, uint32_t n, uint8_t *ret_near)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vbmi")) {
        near_wide(asked, sets, n, ret_near);
        return;
    }
#endif
    near_each(asked, sets, n, ret_near);
}

void distance_run(const struct distance_costs *costs, const uint8_t *word, uint8_t n,
    const struct distance_rows *rows, uint8_t ret[LANES])
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vbmi")) {
        run_wide(costs, word, n, rows, ret);
        return;
    }
#endif
    run_plain(costs, word, n, rows, ret);
}

uint64_t distance_within(const uint8_t costs[LANES], const uint8_t counts[LANES],
    const uint8_t most[PHONES_MAX + 1])
{
    uint64_t within = 0;
    for (int lane = 0; lane < LANES; lane++)
        within |= (uint64_t)(costs[lane] <= most[counts[lane]]) << lane;
    return within;
}
