/* search/probe: what seeking the persons of one division in one segment works with. For probe.c, which looks
 * up pairs of words, and probe_words.c, which reads single ones. */
#ifndef PANJI_SEARCH_PROBE_H
#define PANJI_SEARCH_PROBE_H

#include "search/reader.h"

#define LEVEL_LEAST 0.40f         /* pairs that could score less are not sought */
#define PAIRED_MAX 5              /* pieces whose pairs are sought, the rarest */
#define WAITING_MAX 48            /* persons whose records are fetched together before they are scored */
#define PROBES_AHEAD 32
#define TIES_MAX 1000             /* persons read of a list that can only bring what is already there */

/* A pair that is looked up: what its two words are worth, and the most a person there can score; and where
 * its persons begin. */
struct probe { uint64_t hash; float worth, bound; uint32_t at; };

struct probing {
    struct search_reader *reader;
    size_t part, division_number;
    const struct segment *segment;
    const struct division *division;
    uint8_t order[NAME_WORDS_MAX]; /* places in the division, rarest first, initials left out */
    uint8_t sought;
    struct row {
        float bound;
        uint16_t next;
    } rows[PAIRED_MAX * PAIRED_MAX / 2][UNITS_MAX]; /* of each pair */
    size_t started[PAIRED_MAX * PAIRED_MAX / 2];
    const struct unit_like *units[PAIRED_MAX]; /* of the pieces that are paired, the likest first */
    size_t unit_count[PAIRED_MAX];
    const float *rests;            /* what the other pieces may add to the pair at hand, by its sign */
    float rests_of[PAIRED_MAX * PAIRED_MAX / 2][SIGNS];
    struct probe probes[PROBES_AHEAD];
    size_t probe_count;
    uint32_t waiting[WAITING_MAX];
    size_t waiting_count;
};

static inline const struct piece *piece_at(const struct probing *probing, uint8_t rank)
{
    return &probing->reader->pieces[probing->division->pieces[probing->order[rank]]];
}

static inline float square(uint16_t like)
{
    float share = (float)like / LIKE_FULL;
    return share * share;
}

/* Has a person scored, together with those who wait or when told to. */
void person_wait(struct probing *probing, uint32_t person);
void waiting_score(struct probing *probing);

/* Seeks by one strong word alone. */
void words_probe(struct probing *probing);

#endif
