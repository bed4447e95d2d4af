/* search/index: the parts an index consists of at one moment, and how readers hold them. For the search
 * room only.
 *
 * A view is a list of segments and the live part. The writer puts a new view in place with one store; a
 * reader notes in its own slot which view it holds, so that the writer knows when an old one may go. */
#ifndef PANJI_SEARCH_INDEX_H
#define PANJI_SEARCH_INDEX_H

#include <stdatomic.h>

#include "search/lane.h"
#include "search/segment.h"

#define INDEX_SEGMENTS_MAX 24
#define INDEX_PARTS_MAX (INDEX_SEGMENTS_MAX + 1)
#define READERS_MAX 256
#define LIVE_PERSONS_MAX 512
#define LIVE_WORDS_MAX (LIVE_PERSONS_MAX * 2 * NAME_WORDS_MAX)
#define LIVE_KEYS_MAX (LIVE_PERSONS_MAX * 8)

/* Persons not yet in a segment. Only ever added to; the counts are stored after what they count. */
struct live {
    uint32_t views;          /* that hold it; counted by the writers */
    atomic_uint person_count, word_count, key_count;
    struct word words[LIVE_WORDS_MAX];
    uint32_t loose[LIVE_WORDS_MAX];           /* hash of the loose phones of each */
    struct { uint64_t skeleton, consonants; } filed[LIVE_WORDS_MAX]; /* keys of each, as in a segment */
    atomic_uint word_persons[LIVE_WORDS_MAX]; /* that bear it in the name */
    struct record records[LIVE_PERSONS_MAX];
    atomic_uchar dead[LIVE_PERSONS_MAX];
    struct lane_key keys[LIVE_KEYS_MAX];
};

struct index_part {
    struct segment *segment; /* NULL for the live part */
    struct live *live;
    uint32_t persons, words, keys; /* as many as the reader saw */
};

struct index_view {
    struct segment *segments[INDEX_SEGMENTS_MAX];
    size_t segment_count;
    struct live *live;
    struct index_view *retired_before; /* the writers' list of views that some reader may still hold */
};

/* Holds the current view for a reader's slot; let go when the query is done. */
const struct index_view *index_hold(struct search *search, size_t slot);
void index_let_go(struct search *search, size_t slot);
size_t index_slot_take(struct search *search);
void index_slot_give(struct search *search, size_t slot);
const struct rules *index_rules(const struct search *search);

/* Writes an index of one segment made of the lanes in place of what folder holds. */
MUST_CHECK enum err index_replace(const struct rules *rules, struct lane *lanes, size_t lane_count,
    const char *folder, int64_t position);

#endif
