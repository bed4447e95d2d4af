/* search/build_postings: the persons of each word, as gaps; and exact keys, sorted by hash. */
#include <stdlib.h>
#include <string.h>

#include "search/build.h"

struct postings {
    struct build *build;
    const uint32_t *word_persons;
    uint64_t *starts;        /* of each word in persons; then the end */
    uint32_t *persons;
    uint32_t from[LANES_MAX + 1]; /* words of each thread */
    struct grow bytes[LANES_MAX];
    uint64_t *posting_at;    /* relative to its thread's bytes, until joined */
};

/* Each thread sees all persons and keeps those of its words. */
static void collect(const struct postings *postings, uint64_t *cursors, uint32_t from, uint32_t to)
{
    struct build *build = postings->build;
    const struct section_bytes *records = &build->sections[SECTION_RECORDS];
    uint32_t person = 0;
    struct record record;
    for (size_t lane = 0; lane < records->piece_count; lane++) {
        const uint8_t *at = records->pieces[lane].data,
            *lengths = (const uint8_t *)build->lengths_of[lane].data;
        const uint8_t *end = at + records->pieces[lane].used;
        for (size_t i = 0; i < build->lengths_of[lane].used; at += lengths[i], i++, person++) {
            if (!record_unpack(at, end, 0, &record)) abort();
            for (int k = 0; k < record.name_count; k++) {
                uint32_t word = record.words[k];
                if (word < from || word >= to) continue;
                int same = 0;
                while (record.words[same] != word) same++;
                if (same == k) postings->persons[cursors[word - from]++] = person;
            }
        }
    }
}

static void write_words(void *context, size_t thread)
{
    struct postings *postings = context;
    uint32_t from = postings->from[thread], to = postings->from[thread + 1];
    size_t size = (size_t)(to - from) * sizeof(uint64_t) + 1;
    uint64_t *cursors = pages_new(size);
    memcpy(cursors, postings->starts + from, (size_t)(to - from) * sizeof(uint64_t));
    collect(postings, cursors, from, to);
    pages_free(cursors, size);
    struct grow *bytes = &postings->bytes[thread];
    for (uint32_t word = from; word < to; word++) {
        postings->posting_at[word] = bytes->used;
        uint32_t last = 0;
        for (uint64_t i = postings->starts[word]; i < postings->starts[word + 1]; i++) {
            uint32_t gap = postings->persons[i] - last;
            last = postings->persons[i];
            while (gap >= 128) {
                *(uint8_t *)grow_add(bytes, 1) = (uint8_t)(gap | 128);
                gap >>= 7;
            }
            *(uint8_t *)grow_add(bytes, 1) = (uint8_t)gap;
        }
    }
}

static void postings_fill(struct build *build)
{
    uint32_t n = build->header.word_count;
    struct postings postings = {.build = build,
        .word_persons = build->sections[SECTION_WORD_PERSONS].pieces[0].data};
    postings.starts = pages_new((n + (size_t)1) * sizeof(uint64_t));
    for (uint32_t i = 0; i < n; i++) postings.starts[i + 1] = postings.starts[i] + postings.word_persons[i];
    uint64_t total = build->header.posting_count = postings.starts[n];
    postings.persons = pages_new(total * sizeof(uint32_t) + 1);
    postings.posting_at = section_pages(build, SECTION_POSTING_AT, (n + (size_t)1) * sizeof(uint64_t));
    uint32_t word = 0;
    for (size_t thread = 1; thread <= build->lane_count; thread++) { /* like shares of the postings */
        while (word < n && (thread == build->lane_count ||
            postings.starts[word] < total * thread / build->lane_count)) word++;
        postings.from[thread] = word;
    }
    run_parts(build->lane_count, write_words, &postings);
    struct section_bytes *section = &build->sections[SECTION_POSTINGS];
    uint64_t before = 0;
    for (size_t thread = 0; thread < build->lane_count; thread++) {
        for (uint32_t i = postings.from[thread]; i < postings.from[thread + 1];
            i++) postings.posting_at[i] += before;
        before += postings.bytes[thread].used;
        section->pieces[thread].data = postings.bytes[thread].data;
        section->pieces[thread].used = postings.bytes[thread].used;
        section->pieces[thread].size = postings.bytes[thread].size;
    }
    section->piece_count = build->lane_count;
    postings.posting_at[n] = before;
    pages_free(postings.starts, (n + (size_t)1) * sizeof(uint64_t));
    pages_free(postings.persons, total * sizeof(uint32_t) + 1);
}

static int key_compare(const void *left, const void *right)
{
    const struct lane_key *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->person > b->person) - (a->person < b->person);
}

static void keys_fill(struct build *build)
{
    struct grow all = {0};
    for (size_t lane = 0; lane < build->lane_count; lane++) {
        const struct grow *from = &build->lanes[lane].keys;
        const struct lane_key *keys = (const struct lane_key *)(const void *)from->data;
        for (size_t i = 0; i < from->used / sizeof *keys; i++) {
            struct lane_key *key = grow_add(&all, sizeof *key);
            *key = (struct lane_key){keys[i].hash, build->first_person[lane] + keys[i].person};
        }
    }
    struct lane_key *keys = (struct lane_key *)(void *)all.data;
    size_t n = all.used / sizeof *keys;
    if (n) qsort(keys, n, sizeof *keys, key_compare);
    uint64_t *hashes = section_pages(build, SECTION_KEYS, n * sizeof *hashes);
    uint32_t *persons = section_pages(build, SECTION_KEY_PERSONS, n * sizeof *persons);
    for (size_t i = 0; i < n; i++) {
        hashes[i] = keys[i].hash;
        persons[i] = keys[i].person;
    }
    build->header.key_count = n;
    grow_free(&all);
}

void build_postings(struct build *build)
{
    postings_fill(build);
    keys_fill(build);
}
