/* Seeded chance: SplitMix64, and a log-normal made of it. */
#include "app/practice/dice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct dice dice_seeded(uint64_t seed, uint64_t stream)
{
    return (struct dice){mix(seed * 0x9e3779b97f4a7c15u + mix(stream + 1))};
}

bool dice_seed_read(const char *text, uint64_t *ret)
{
    char *end;
    *ret = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end;
}

uint64_t dice_throw(struct dice *dice)
{
    return mix(dice->state += 0x9e3779b97f4a7c15u);
}

static double dice_unit(struct dice *dice)
{
    return (double)(dice_throw(dice) >> 11) * 0x1p-53;
}

size_t dice_below(struct dice *dice, size_t n)
{
    return (size_t)(dice_unit(dice) * (double)n);
}

int dice_between(struct dice *dice, int min, int max)
{
    return min + (int)dice_below(dice, (size_t)(max - min + 1));
}

bool dice_percent(struct dice *dice, int percent)
{
    return (int)dice_below(dice, 100) < percent;
}

int64_t dice_delay(struct dice *dice, int64_t median_ms, double spread)
{
    if (spread <= 1) return median_ms;
    double normal = sqrt(-2 * log(1 - dice_unit(dice))) * cos(2 * acos(-1) * dice_unit(dice));
    return (int64_t)((double)median_ms * exp(log(spread) * normal));
}

void dice_id(struct dice *dice, int64_t at, char ret_id[ID_TEXT_SIZE])
{
    uint8_t random[16];
    uint64_t throws[2] = {dice_throw(dice), dice_throw(dice)};
    memcpy(random, throws, sizeof random);
    id_from(ret_id, at, random);
}
