/* search/lane: persons on their way into a segment: words met so far, and one raw record each. One thread
 * fills it. */
#ifndef PANJI_SEARCH_LANE_H
#define PANJI_SEARCH_LANE_H

#include "search/grow.h"
#include "search/record.h"
#include "search/search.h"
#include "search/segment.h"
#include "search/table.h"

struct lane_key { uint64_t hash; uint32_t person; };

struct lane {
    const struct rules *rules;
    struct grow tokens;              /* struct token_entry */
    struct table token_table;
    struct grow words;               /* struct word */
    struct grow word_persons;        /* u32 each word: persons that bear it in the name */
    struct table word_table;
    struct grow records;             /* raw: struct record cut after its last word */
    struct grow keys;                /* struct lane_key */
    uint32_t person_count;
    uint64_t first_id, last_id;
    bool descends;                   /* some id is not above the one before */
};

void lane_init(struct lane *lane, const struct rules *rules);
void lane_free(struct lane *lane);

/* Reads a person's text into a record whose words are the lane's. */
void lane_read(struct lane *lane, const struct search_person *person, struct record *ret);

/* Keeps a record made of this lane's words. */
void lane_keep(struct lane *lane, const struct record *record);

/* Keeps an exact key of the person kept last. */
void lane_keep_key(struct lane *lane, uint64_t hash);

/* All persons of a segment whose bit in dead is not set, with their keys. */
void lane_add_segment(struct lane *lane, const struct segment *segment, const uint8_t *dead);

/* A record of what was read of a person. */
void record_of(const struct search_person *person, const struct name_parts *parts, struct record *ret);

/* The number of a word in the lane, entered when new. */
uint32_t lane_word(struct lane *lane, const struct word *word);

/* Reads the raw record at offset *at, which moves to the next. */
void lane_next(const struct lane *lane, size_t *at, struct record *ret);

/* The hash an exact key is filed under; 0 when nothing is left of it. */
uint64_t key_hash(const struct search_key *key);

#endif
