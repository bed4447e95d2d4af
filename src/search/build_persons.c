/* search/build_persons: records packed in order of ids, and each person filed under the pairs of units of
 * the name. One thread a lane packs and throws the pairs into parts by the top of their hash; then the
 * parts are sorted. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "search/build.h"
#include "search/mix.h"

#define PARTS 256
#define PART_BITS 8
#define PAIR_BITS_MAX 24
#define HASH_AT (SIGN_AT + SIGN_BITS) /* of a number that stands for one person under one pair */
#define IDS_EACH 64
#define BLOCK_EACH 4

struct packing {
    struct build *build;
    uint64_t *ids;
    struct grow records[LANES_MAX];
    struct grow pairs[LANES_MAX][PARTS]; /* u64: of the hash what tells, then sign and person */
    uint64_t part_first[PARTS + 1];
    atomic_size_t part_next;
    uint32_t *directory, *persons;
    uint16_t *tags;
};

static void note_ids(void *context, size_t lane_number)
{
    struct packing *packing = context;
    const struct lane *lane = &packing->build->lanes[lane_number];
    uint32_t person = packing->build->first_person[lane_number];
    struct record record;
    for (size_t at = 0; at < lane->records.used; person++) {
        lane_next(lane, &at, &record);
        if (person % IDS_EACH == 0) packing->ids[person / IDS_EACH] = record.id;
    }
}

/* What is left of a name when two of its words are taken out: nothing, aliases alone, one word, or more. */
static uint32_t sign_beside(const struct build *build, const struct record *record, int one, int other)
{
    if (record->name_count == 2) return SIGN_NONE;
    int named = record->name_count - record->alias_count;
    if ((one < named) + (other < named) == named) return SIGN_ALIAS;
    if (record->name_count > 3) return SIGN_MANY;
    uint32_t unit = build->word_unit[record->words[3 - one - other]];
    return unit == NO_WORD ? SIGN_MANY : sign_of(unit);
}

static void add_pair(struct packing *packing, size_t lane_number, const struct record *record,
    uint32_t person, int one, int other)
{
    const struct build *build = packing->build;
    uint64_t hash = pair_hash(build->word_unit[record->words[one]], build->word_unit[record->words[other]]);
    uint64_t sign = sign_beside(build, record, one, other);
    struct grow *part = &packing->pairs[lane_number][hash >> 32];
    *(uint64_t *)grow_add(part, sizeof(uint64_t)) = hash << 32 >> HASH_AT << HASH_AT | sign << SIGN_AT |
        person;
}

/* Every two units of the name once; a unit that stands twice (Ali Ali) with itself. */
static void add_pairs(struct packing *packing, size_t lane_number, const struct record *record,
    uint32_t person)
{
    const struct build *build = packing->build;
    uint32_t units[NAME_WORDS_MAX];
    int places[NAME_WORDS_MAX];
    bool twice[NAME_WORDS_MAX] = {false};
    size_t n = 0;
    for (int i = 0; i < record->name_count; i++) {
        uint32_t unit = build->word_unit[record->words[i]];
        size_t same = 0;
        while (same < n && units[same] != unit) same++;
        if (unit == NO_WORD) continue;
        if (same < n) {
            if (!twice[same]) add_pair(packing, lane_number, record, person, places[same], i);
            twice[same] = true;
            continue;
        }
        places[n] = i;
        units[n++] = unit;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            add_pair(packing, lane_number, record, person, places[i], places[j]);
}

static void pack_lane(void *context, size_t lane_number)
{
    struct packing *packing = context;
    struct build *build = packing->build;
    struct lane *lane = &build->lanes[lane_number];
    const uint32_t *final = build->final_word[lane_number];
    uint32_t person = build->first_person[lane_number];
    struct record record;
    for (size_t at = 0; at < lane->records.used; person++) {
        lane_next(lane, &at, &record);
        for (int i = 0; i < record.name_count + record.relative_count;
            i++) record.words[i] = final[record.words[i]];
        uint8_t packed[RECORD_BYTES_MAX];
        size_t n = record_pack(&record, packing->ids[person / IDS_EACH], packed);
        memcpy(grow_add(&packing->records[lane_number], n), packed, n);
        *(uint8_t *)grow_add(&build->lengths_of[lane_number], 1) = (uint8_t)n;
        add_pairs(packing, lane_number, &record, person);
    }
    grow_free(&lane->records);
}

static void blocks_fill(struct build *build)
{
    uint32_t n = build->header.person_count;
    uint64_t *blocks = section_pages(build, SECTION_BLOCKS, ((size_t)n / BLOCK_EACH + 1) * sizeof *blocks);
    uint64_t start = 0, within = 0;
    uint32_t person = 0;
    for (size_t lane = 0; lane < build->lane_count; lane++)
        for (size_t i = 0; i < build->lengths_of[lane].used; i++, person++) {
            uint32_t slot = person % BLOCK_EACH;
            if (slot == 0) {
                blocks[person / BLOCK_EACH] = start;
                within = 0;
            } else blocks[person / BLOCK_EACH] |= within << (40 + 8 * (slot - 1));
            uint8_t length = (uint8_t)build->lengths_of[lane].data[i];
            within += length;
            start += length;
        }
}

/* Sorts one part of the pairs and lays it out: buckets, tags, persons. There is room for the largest part in
 * numbers and in spare. */
static void part_lay(struct packing *packing, size_t part, uint64_t *numbers, uint64_t *spare)
{
    uint64_t first = packing->part_first[part];
    size_t n = (size_t)(packing->part_first[part + 1] - first);
    uint32_t bits = packing->build->header.pair_bits;
    if (n == 0) return;
    size_t put = 0;
    for (size_t lane = 0; lane < packing->build->lane_count; lane++) {
        struct grow *from = &packing->pairs[lane][part];
        if (from->used) memcpy(numbers + put, from->data, from->used);
        put += from->used / sizeof(uint64_t);
        grow_free(from);
    }
    sort_numbers(numbers, spare, n, 64 - (bits - PART_BITS) - TAG_BITS, 64);
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = (uint64_t)part << 32 | numbers[i] >> 32;
        uint32_t sign_high = (uint32_t)(numbers[i] >> 32) & ((1u << SIGN_HIGH_BITS) - 1);
        packing->persons[first + i] = (uint32_t)numbers[i];
        packing->tags[first + i] = (uint16_t)(pair_tag(hash, bits) << SIGN_HIGH_BITS | sign_high);
        packing->directory[pair_bucket(hash, bits) + 1] = (uint32_t)(first + i + 1);
    }
}

static void lay_parts(void *context, size_t thread)
{
    struct packing *packing = context;
    (void)thread;
    uint64_t largest = 0;
    for (size_t part = 0; part < PARTS; part++) {
        uint64_t n = packing->part_first[part + 1] - packing->part_first[part];
        if (n > largest) largest = n;
    }
    size_t bytes = (size_t)largest * sizeof(uint64_t);
    uint64_t *numbers = pages_new(bytes), *spare = pages_new(bytes);
    for (size_t part; (part = atomic_fetch_add(&packing->part_next, 1)) < PARTS;)
        part_lay(packing, part, numbers, spare);
    pages_free(numbers, bytes);
    pages_free(spare, bytes);
}

static void pairs_fill(struct packing *packing)
{
    struct build *build = packing->build;
    for (size_t part = 0; part < PARTS; part++) {
        uint64_t n = 0;
        for (size_t lane = 0; lane < build->lane_count;
            lane++) n += packing->pairs[lane][part].used / sizeof(uint64_t);
        packing->part_first[part + 1] = packing->part_first[part] + n;
    }
    uint64_t n = build->header.pair_count = packing->part_first[PARTS];
    uint32_t bits = PART_BITS;
    while (bits < PAIR_BITS_MAX && (uint64_t)4 << bits < build->header.person_count) bits++;
    build->header.pair_bits = bits;
    size_t buckets = (size_t)1 << bits;
    packing->directory = section_pages(build, SECTION_PAIR_DIR, (buckets + 1) * sizeof(uint32_t));
    packing->tags = section_pages(build, SECTION_PAIR_TAGS, n * sizeof(uint16_t));
    packing->persons = section_pages(build, SECTION_PAIR_PERSONS, n * sizeof(uint32_t));
    run_parts(build->lane_count, lay_parts, packing);
    for (size_t i = 1; i <= buckets; i++) /* empty buckets end where the one before does */
        if (packing->directory[i] < packing->directory[i - 1])
            packing->directory[i] = packing->directory[i - 1];
}

void build_persons(struct build *build)
{
    struct packing *packing = pages_new(sizeof *packing);
    packing->build = build;
    packing->ids = section_pages(build, SECTION_IDS,
        ((size_t)build->header.person_count / IDS_EACH + 1) * sizeof(uint64_t));
    run_parts(build->lane_count, note_ids, packing);
    run_parts(build->lane_count, pack_lane, packing);
    blocks_fill(build);
    pairs_fill(packing);
    struct section_bytes *records = &build->sections[SECTION_RECORDS];
    records->piece_count = build->lane_count;
    for (size_t i = 0; i < build->lane_count; i++) {
        records->pieces[i].data = packing->records[i].data;
        records->pieces[i].used = packing->records[i].used;
        records->pieces[i].size = packing->records[i].size;
    }
    pages_free(packing, sizeof *packing);
}
