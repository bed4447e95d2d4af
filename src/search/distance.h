/* search/distance: how far one word is from 64 others at once, by a table of costs. */
#ifndef PANJI_SEARCH_DISTANCE_H
#define PANJI_SEARCH_DISTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "search/phone.h"

#define LANES 64 /* words compared at once */

/* What a comparison costs: swaps by row, drops by sign, and two neighbours that changed places. */
struct distance_costs {
    const uint8_t (*swap)[64];
    const uint8_t *drop;
    uint8_t turn;
};

struct distance_rows {
    uint8_t signs[LANES][PHONES_MAX]; /* below 64, zero-padded */
    uint8_t counts[LANES];            /* at most PHONES_MAX */
    uint8_t longest;                  /* of the counts */
};

/* The cost from word (n signs) to each row, at most 255; lanes never filled are whatever they are. */
void distance_run(const struct distance_costs *costs, const uint8_t *word, uint8_t n,
    const struct distance_rows *rows, uint8_t ret[LANES]);

/* The rows, a bit each, whose cost is within what is allowed for their count of signs. */
uint64_t distance_within(const uint8_t costs[LANES], const uint8_t counts[LANES],
    const uint8_t most[PHONES_MAX + 1]);

/* The same for one word against one other. */
int distance_one(const struct distance_costs *costs, const uint8_t *word, uint8_t n, const uint8_t *other,
    uint8_t m);

/* Which letters a word has, a bit each, and above them how many it is long; 0 for another script's word. */
#define LETTER_COUNT_AT 26
#define LETTER_SET (((uint32_t)1 << LETTER_COUNT_AT) - 1)

/* Which of n words may be two slips of the hand from the asked one: none is longer by more than two; at most
 * four letters are in but one of them, three where one is longer by one, two where by two: a wrong letter
 * changes two, a letter too many or missing one. */
void letters_near(uint32_t asked, const uint32_t *sets, uint32_t n, uint8_t *ret_near);

#endif
