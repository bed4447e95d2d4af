/* search/segment: one immutable file of persons, as it lies on disk and is mapped.
 *
 * Words are numbered so that words of one sound, sounds of one class, and classes of one consonant group and
 * skeleton lie together. A unit is a frequent class, or the whole skeleton of rare ones; every person is
 * filed under each pair of units of the name. Everything read from the file is checked against its limits
 * before use. */
#ifndef PANJI_SEARCH_SEGMENT_H
#define PANJI_SEARCH_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "search/word.h"

#define SEGMENT_PERSONS_MAX ((uint32_t)1 << 27)
#define SEGMENT_WORDS_MAX ((uint32_t)1 << 24) /* word numbers take three bytes in a record */

enum section {
    SECTION_BLOCKS,       /* u64 each four persons: where records start */
    SECTION_RECORDS,      /* packed persons (search/record.h) */
    SECTION_IDS,          /* u64 each 64 persons: the lowest id */
    SECTION_TEXT,         /* the words, one after another */
    SECTION_TEXT_AT,      /* u32 each word and one: start in the text */
    SECTION_LETTERS,      /* 16 bytes each word: Latin letters as 1-26 */
    SECTION_LETTER_COUNT, /* u8 each word; 0 when not Latin */
    SECTION_LETTER_SETS,  /* u32 each word: which letters it has, and how many (word.h) */
    SECTION_WORD_FIRST,   /* u8 each word: loose first phone; top bit: an initial */
    SECTION_INITIALS,     /* u32 each word that is an initial */
    SECTION_WORD_CLASS,   /* u32 each word */
    SECTION_WORD_PERSONS, /* u32 each word: how many persons bear it */
    SECTION_POSTING_AT,   /* u64 each word and one */
    SECTION_POSTINGS,     /* gaps of person numbers, seven bits a byte */
    SECTION_SOUNDS,       /* 16 bytes each sound: phones */
    SECTION_SOUND_COUNT,  /* u8 each sound: phones; top bit: vowels free */
    SECTION_SOUND_WORDS,  /* u32 each sound and one: first word */
    SECTION_GROUP_SOUNDS, /* u32 each consonant group and one: first sound */
    SECTION_GROUP_KEY,    /* u64 each group */
    SECTION_SKELETONS,    /* u32 each skeleton and one: first sound */
    SECTION_SKELETON_KEY, /* u64 each skeleton */
    SECTION_CLASS_UNIT,   /* u32 each class */
    SECTION_CLASS_PERSONS,/* u32 each class */
    SECTION_SKELETON_DIR, SECTION_SKELETON_MAP, /* hash of skeleton -> skeleton */
    SECTION_GROUP_DIR, SECTION_GROUP_MAP,       /* hash of consonants, whole and less one -> group */
    SECTION_LETTER_DIR, SECTION_LETTER_MAP,     /* hash of letters, whole and less one -> word */
    SECTION_CLASS_DIR, SECTION_CLASS_MAP,       /* hash of loose phones -> class */
    SECTION_PAIR_DIR,     /* u32: first entry of each bucket, and one */
    SECTION_PAIR_TAGS,    /* u16 each entry: eleven bits of the hash, below them the upper half of a sign */
    SECTION_PAIR_PERSONS, /* u32 each entry; above the person the lower half of the sign */
    SECTION_KEYS,         /* u64 sorted hashes of exact keys */
    SECTION_KEY_PERSONS,  /* u32 each key */
    SECTION_COUNT
};

struct section_place { uint64_t at, bytes, checksum; };

struct segment_header {
    char magic[8];
    uint32_t version;
    uint32_t rules;           /* of names and sounds: another number means another index */
    uint32_t person_count, word_count, sound_count, class_count;
    uint32_t group_count, skeleton_count, unit_count, pair_bits;
    uint64_t posting_count, pair_count, key_count;
    struct section_place sections[SECTION_COUNT];
    uint64_t checksum;        /* of all before it */
};

struct map_entry { uint32_t hash, value; };

/* A map from 32-bit hashes to numbers: entries sorted by hash behind a directory of their top bits. */
struct hash_map {
    const uint32_t *directory;
    const struct map_entry *entries;
    uint32_t shift;
};

struct segment {
    struct segment_header header;
    const uint64_t *blocks, *ids, *posting_at, *group_key, *skeleton_key, *keys;
    const uint32_t *text_at, *letter_sets, *initials, *word_class, *word_persons, *sound_words;
    const uint32_t *group_sounds, *skeletons;
    const uint32_t *class_unit, *class_persons, *pair_directory, *pair_persons, *key_persons;
    const uint16_t *pair_tags;
    const uint8_t (*letters)[PHONES_MAX], (*sounds)[PHONES_MAX];
    const uint8_t *letter_count, *word_first, *sound_count, *postings, *records;
    const char *text;
    struct hash_map skeleton_map, group_map, letter_map, class_map;
    uint8_t *dead;            /* a bit each person that was removed since; written by the one writer only */
    uint32_t dead_count, initial_count;
    uint32_t views;           /* that hold it; counted by the writers, the last one closes it */
    char *mapping;
    size_t mapping_bytes;
    char name[32];            /* of the file in the folder */
};

/* Maps and checks the whole file. E_NOT_FOUND, E_CORRUPT, E_IO. */
MUST_CHECK enum err segment_open(const char *folder, const char *name, struct segment **ret);
void segment_close(struct segment *segment);

/* Reads a person; false when the record does not hold together. */
struct record;
bool segment_record(const struct segment *segment, uint32_t person, struct record *ret);

/* The same without the id, which is all that scoring needs, and quicker. */
bool segment_record_without_id(const struct segment *segment, uint32_t person, struct record *ret);

/* Only the words of the name and aliases, and how many. */
bool segment_name(const struct segment *segment, uint32_t person, struct record *ret);

/* Where the record of a person starts; at most the bytes of the section. */
static inline uint64_t segment_record_at(const struct segment *segment, uint32_t person)
{
    uint64_t block = segment->blocks[person / 4], start = block & (((uint64_t)1 << 40) - 1);
    return person % 4 ? start + (block >> (32 + 8 * (person % 4)) & 255) : start;
}

/* The entries of a hash: *ret_count of them from the returned one. */
const struct map_entry *map_find(const struct hash_map *map, uint32_t hash, uint32_t *ret_count);

/* The hash under which a pair of units is filed (40 bits), and where it goes by it: a bucket, a tag there. */
#define TAG_BITS 11
uint64_t pair_hash(uint32_t a, uint32_t b);
static inline uint32_t pair_bucket(uint64_t hash, uint32_t bits) { return (uint32_t)(hash >> (40 - bits)); }
static inline uint16_t pair_tag(uint64_t hash, uint32_t bits)
{
    return (uint16_t)(hash >> (40 - TAG_BITS - bits) & ((1 << TAG_BITS) - 1));
}

/* What stands beside the two words of a pair: nothing, a word whose unit has that sign, aliases alone, or
 * something else. */
enum { SIGN_NONE, SIGN_ALIAS = 1022, SIGN_MANY, SIGNS };
#define SIGN_BITS 10
#define SIGN_AT 27 /* in the number of a person; what has no place there stands in the tag */
#define SIGN_LOW_BITS (32 - SIGN_AT)
#define SIGN_HIGH_BITS (SIGN_BITS - SIGN_LOW_BITS)
_Static_assert(TAG_BITS + SIGN_HIGH_BITS == 16, "a tag and the upper half of a sign fill two bytes");
#define PAIR_PERSON (SEGMENT_PERSONS_MAX - 1)
static inline uint16_t sign_of(uint32_t unit) { return (uint16_t)(1 + unit % (SIGN_ALIAS - 1)); }
static inline uint32_t pair_sign(uint16_t tag, uint32_t person)
{
    return (uint32_t)(tag & ((1 << SIGN_HIGH_BITS) - 1)) << SIGN_LOW_BITS | person >> SIGN_AT;
}

/* Hashes of the maps. */
uint32_t letters_hash(const char *text, size_t n, size_t without); /* without >= n: whole */
uint32_t loose_hash(const uint8_t *phones, size_t n);
uint32_t key_fold(uint64_t key);

/* A number that changes with the rules of names, sounds and layout. */
uint32_t segment_rules(void);

/* The person of that id, dead or not; false when there is none. */
bool segment_person_of(const struct segment *segment, uint64_t id, uint32_t *ret_person);

static inline bool segment_is_dead(const struct segment *segment, uint32_t person)
{
    return __atomic_load_n(&segment->dead[person >> 3], __ATOMIC_RELAXED) >> (person & 7) & 1;
}

#endif
