/* search/sift: measuring words against an asked one, 64 at a time, and gathering those that are like it. For
 * candidates.c, which finds the words that may be. */
#ifndef PANJI_SEARCH_SIFT_H
#define PANJI_SEARCH_SIFT_H

#include "search/distance.h"
#include "search/reader.h"

#define NEAR_MAX 64 /* sounds whose words are fetched together */

struct batch {
    struct distance_rows rows;
    uint32_t ids[LANES];
    float sound[LANES];
    int count;
};

/* A sound like the asked one, whose words wait to be taken. */
struct near_sound { uint32_t id; float like; };

struct sifting {
    struct search_reader *reader;
    const struct index_part *part;
    const struct word *word;
    struct distance_costs sound_costs, free_costs, hand_costs;
    struct batch sounds, frees, hands; /* frees: sounds of words that write no short vowels */
    struct near_sound near[NEAR_MAX];
    int near_count;
    uint8_t cost_most[PHONES_MAX + 1]; /* by length of the other word: dearer sounds are not like */
    uint32_t counts[LIKE_FULL + 1];    /* of the gathered, by likeness */
    uint32_t above;                    /* gathered that are at least so like: */
    uint32_t least;                    /* so many are, that what is less like would not be kept */
    bool latin;
};

void sift_start(struct sifting *sifting, struct search_reader *reader, const struct index_part *part,
    const struct word *word);

/* The sounds from one to before another, but those longer or shorter than the asked one by more than
 * reach. */
void sift_sounds(struct sifting *sifting, uint32_t from, uint32_t to, int reach);

/* One sound, or a word of the live part. */
void sift_sound(struct sifting *sifting, uint32_t id, const struct fold *fold, int reach);

/* A word that is near by its letters, whatever it sounds like. */
void sift_letters(struct sifting *sifting, uint32_t word, const uint8_t *letters, uint8_t count);

/* Measures what waits. */
void sift_finish(struct sifting *sifting);

#endif
