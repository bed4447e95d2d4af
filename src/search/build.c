/* search/build: the order of the steps, and the lanes a caller fills. */
#include "search/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "search/index.h"

struct search_builder {
    struct rules *rules;
    size_t lane_count;
    struct lane lanes[LANES_MAX];
};

struct place { uint64_t id; size_t at; uint32_t person; uint16_t lane; };

static int place_compare(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->id != b->id) return a->id < b->id ? -1 : 1;
    if (a->lane != b->lane) return a->lane - b->lane;
    return (a->at > b->at) - (a->at < b->at);
}

static bool lanes_ascend(const struct lane *lanes, size_t lane_count)
{
    bool any = false;
    uint64_t last = 0;
    for (size_t i = 0; i < lane_count; i++) {
        if (!lanes[i].person_count) continue;
        if (lanes[i].descends || (any && lanes[i].first_id <= last)) return false;
        any = true;
        last = lanes[i].last_id;
    }
    return true;
}

static int key_by_person(const void *left, const void *right)
{
    const struct lane_key *a = left, *b = right;
    return (a->person > b->person) - (a->person < b->person);
}

/* Copies the keys of one person; keys are sorted by person. */
static void keys_copy(struct lane *to, const struct grow *keys, uint32_t person)
{
    const struct lane_key *list = (const struct lane_key *)(const void *)keys->data;
    size_t low = 0, high = keys->used / sizeof *list, n = high;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list[middle].person < person) low = middle + 1;
        else high = middle;
    }
    for (; low < n && list[low].person == person; low++) lane_keep_key(to, list[low].hash);
}

/* Persons that came in any order: all into one lane by id, of one id the last. */
static void lanes_sort(const struct rules *rules, struct lane *lanes, size_t lane_count)
{
    struct grow places = {0};
    struct record record;
    for (size_t i = 0; i < lane_count; i++) {
        uint32_t person = 0;
        for (size_t at = 0; at < lanes[i].records.used; person++) {
            size_t start = at;
            lane_next(&lanes[i], &at, &record);
            struct place *place = grow_add(&places, sizeof *place);
            *place = (struct place){record.id, start, person, (uint16_t)i};
        }
        if (lanes[i].keys.used)
            qsort(lanes[i].keys.data, lanes[i].keys.used / sizeof(struct lane_key), sizeof(struct lane_key),
            key_by_person);
    }
    struct place *list = (struct place *)(void *)places.data;
    size_t n = places.used / sizeof *list;
    if (n) qsort(list, n, sizeof *list, place_compare);
    struct lane sorted;
    lane_init(&sorted, rules);
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && list[i + 1].id == list[i].id) continue;
        const struct lane *from = &lanes[list[i].lane];
        const struct word *words = (const struct word *)(const void *)from->words.data;
        size_t at = list[i].at;
        lane_next(from, &at, &record);
        for (int k = 0; k < record.name_count + record.relative_count; k++)
            record.words[k] = lane_word(&sorted, &words[record.words[k]]);
        lane_keep(&sorted, &record);
        keys_copy(&sorted, &from->keys, list[i].person);
    }
    grow_free(&places);
    for (size_t i = 0; i < lane_count; i++) {
        lane_free(&lanes[i]);
        lane_init(&lanes[i], rules);
    }
    lanes[0] = sorted;
}

static void build_free(struct build *build)
{
    for (size_t i = 0; i < SECTION_COUNT; i++)
        for (size_t k = 0; k < build->sections[i].piece_count; k++)
            pages_free(build->sections[i].pieces[k].data, build->sections[i].pieces[k].size);
    for (size_t i = 0; i < build->lane_count; i++) {
        grow_free(&build->lengths_of[i]);
        pages_free(build->final_word[i], build->lanes[i].word_table.count * sizeof(uint32_t) + 1);
    }
    pages_free(build->word_unit, build->header.word_count * sizeof(uint32_t) + 1);
}

enum err build_segment(const struct rules *rules, struct lane *lanes, size_t lane_count, const char *folder,
    const char *name)
{
    if (!lanes_ascend(lanes, lane_count)) lanes_sort(rules, lanes, lane_count);
    struct build build = {.rules = rules, .lanes = lanes, .lane_count = lane_count};
    uint64_t persons = 0;
    for (size_t i = 0; i < lane_count; i++) {
        build.first_person[i] = (uint32_t)persons;
        persons += lanes[i].person_count;
    }
    enum err err = persons > SEGMENT_PERSONS_MAX ? E_FULL : E_OK;
    if (err == E_OK) {
        build.header.person_count = (uint32_t)persons;
        build_words(&build);
        if (build.header.word_count > SEGMENT_WORDS_MAX) err = E_FULL;
    }
    if (err == E_OK) {
        build_persons(&build);
        build_postings(&build);
        err = build_write(&build, folder, name);
    }
    build_free(&build);
    for (size_t i = 0; i < lane_count; i++) {
        lane_free(&lanes[i]);
        lane_init(&lanes[i], rules);
    }
    return err;
}

struct search_builder *search_builder_new(size_t lanes)
{
    struct search_builder *builder = pages_new(sizeof *builder);
    builder->rules = rules_new();
    builder->lane_count = lanes < 1 ? 1 : lanes > LANES_MAX ? LANES_MAX : lanes;
    for (size_t i = 0; i < builder->lane_count; i++) lane_init(&builder->lanes[i], builder->rules);
    return builder;
}

void search_builder_add(struct search_builder *builder, size_t lane_number,
    const struct search_person *person)
{
    struct lane *lane = &builder->lanes[lane_number % builder->lane_count];
    struct record record;
    lane_read(lane, person, &record);
    lane_keep(lane, &record);
    for (size_t i = 0; i < person->key_count && i < SEARCH_KEYS_MAX; i++) {
        uint64_t hash = key_hash(&person->keys[i]);
        if (hash) lane_keep_key(lane, hash);
    }
}

enum err search_builder_finish(struct search_builder *builder, const char *folder, int64_t position)
{
    enum err err = index_replace(builder->rules, builder->lanes, builder->lane_count, folder, position);
    for (size_t i = 0; i < builder->lane_count; i++) lane_free(&builder->lanes[i]);
    rules_free(builder->rules);
    pages_free(builder, sizeof *builder);
    return err;
}
