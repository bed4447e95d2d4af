/* app/practice/dice: seeded chance. The same seed gives the same throws on every machine; nothing else in the
 * simulator may draw on anything random. */
#ifndef PANJI_APP_PRACTICE_DICE_H
#define PANJI_APP_PRACTICE_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"

struct dice {
    uint64_t state;
};

struct dice dice_seeded(uint64_t seed, uint64_t stream); /* streams of one seed do not follow one another */
bool dice_seed_read(const char *text, uint64_t *ret);    /* a whole number, nothing else */
uint64_t dice_throw(struct dice *dice);
size_t dice_below(struct dice *dice, size_t n);        /* 0 … n-1; n > 0 */
int dice_between(struct dice *dice, int min, int max); /* both included */
bool dice_percent(struct dice *dice, int percent);
int64_t dice_delay(
    struct dice *dice, int64_t median_ms, double spread); /* log-normal: two thirds within median ÷× spread */
void dice_id(struct dice *dice, int64_t at, char ret_id[ID_TEXT_SIZE]);

#endif
