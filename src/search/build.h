/* search/build: lanes become one segment. For the search room only. */
#ifndef PANJI_SEARCH_BUILD_H
#define PANJI_SEARCH_BUILD_H

#include "search/lane.h"

#define LANES_MAX 16

/* One section as it will be written: its bytes in up to one piece a lane, and what to free afterwards. */
struct section_bytes {
    struct { void *data; size_t used, size; } pieces[LANES_MAX];
    size_t piece_count;
};

struct build {
    const struct rules *rules;
    struct lane *lanes;
    size_t lane_count;
    uint32_t first_person[LANES_MAX];  /* of each lane */
    uint32_t *final_word[LANES_MAX];   /* lane word -> word of the segment */
    uint32_t *word_unit;               /* word -> unit; NO_WORD for initials */
    struct grow lengths_of[LANES_MAX]; /* one byte a person: packed length */
    struct segment_header header;
    struct section_bytes sections[SECTION_COUNT];
};

/* Writes the persons of the lanes, whose ids ascend over all of them, as a segment file. Empties the lanes.
 * */
MUST_CHECK enum err build_segment(const struct rules *rules, struct lane *lanes, size_t lane_count,
    const char *folder, const char *name);

/* The steps, in this order. */
void build_words(struct build *build);    /* the vocabulary and its maps; sets units */
void build_persons(struct build *build);  /* records and pairs */
void build_postings(struct build *build); /* persons of each word; exact keys */
MUST_CHECK enum err build_write(const struct build *build, const char *folder, const char *name);

/* Gives a section its one piece of pages: n bytes, zeroed. */
void *section_pages(struct build *build, enum section section, size_t n);

/* Runs part(context, i) for each i below n, each in a thread of its own. */
void run_parts(size_t n, void (*part)(void *context, size_t i), void *context);

/* Sorts by the bits from that one up; spare holds as many. Stable. */
void sort_numbers(uint64_t *numbers, uint64_t *spare, size_t n, unsigned from_bit, unsigned to_bit);

#endif
