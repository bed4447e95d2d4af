/* search/build_words: the vocabulary of a segment. Words of all lanes are made one list, sorted by skeleton,
 * consonants, class, sound and spelling; the maps lead from keys into it. */
#include <stdlib.h>
#include <string.h>

#include "search/build.h"
#include "search/mix.h"

#define UNIT_PERSONS_MIN 16        /* a class with fewer shares the unit of its skeleton */
#define UNIT_SHARE 200000          /* or fewer than one in so many */

struct entry {
    uint64_t skeleton, consonants;
    uint8_t loose[PHONES_MAX];
    uint8_t loose_count;
    const struct word *word;
    uint32_t number; /* in the common lane */
};

static int entry_compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->skeleton != b->skeleton) return a->skeleton < b->skeleton ? -1 : 1;
    if (a->consonants != b->consonants) return a->consonants < b->consonants ? -1 : 1;
    if (a->loose_count != b->loose_count) return a->loose_count - b->loose_count;
    int order = memcmp(a->loose, b->loose, sizeof a->loose);
    if (order == 0) order = memcmp(&a->word->fold, &b->word->fold, sizeof a->word->fold);
    if (order) return order;
    if (a->word->bytes != b->word->bytes) return a->word->bytes - b->word->bytes;
    return memcmp(a->word->text, b->word->text, a->word->bytes);
}

/* One list of the words of all lanes, with how many persons bear each. */
static void words_join(struct build *build, struct lane *common)
{
    lane_init(common, build->rules);
    for (size_t i = 0; i < build->lane_count; i++) {
        struct lane *lane = &build->lanes[i];
        const struct word *words = (const struct word *)(const void *)lane->words.data;
        const uint32_t *persons = (const uint32_t *)(const void *)lane->word_persons.data;
        uint32_t *final = pages_new(lane->word_table.count * sizeof *final + 1);
        for (uint32_t k = 0; k < lane->word_table.count; k++) {
            final[k] = lane_word(common, &words[k]);
            ((uint32_t *)(void *)common->word_persons.data)[final[k]] += persons[k];
        }
        build->final_word[i] = final;
    }
}

static struct entry *entries_sort(const struct lane *common)
{
    uint32_t n = common->word_table.count;
    struct entry *entries = pages_new(n * sizeof *entries + 1);
    const struct word *words = (const struct word *)(const void *)common->words.data;
    for (uint32_t i = 0; i < n; i++) {
        struct entry *entry = &entries[i];
        entry->word = &words[i];
        entry->number = i;
        entry->skeleton = fold_skeleton(&words[i].fold);
        entry->consonants = fold_consonants(&words[i].fold);
        entry->loose_count = fold_loose(&words[i].fold, entry->loose);
    }
    qsort(entries, n, sizeof *entries, entry_compare);
    return entries;
}

/* Sorted entries of a map become its two sections. */
static void map_build(struct build *build, enum section directory_section, struct grow *entries)
{
    size_t n = entries->used / sizeof(uint64_t);
    uint64_t *numbers = (uint64_t *)(void *)entries->data, *spare = pages_new(entries->used + 1);
    sort_numbers(numbers, spare, n, 32, 64);
    pages_free(spare, entries->used + 1);
    unsigned bits = 4;
    while (bits < 24 && ((size_t)1 << bits) * 4 < n) bits++;
    uint32_t *directory = section_pages(build, directory_section,
        (((size_t)1 << bits) + 1) * sizeof *directory);
    struct map_entry *map = section_pages(build, directory_section + 1, n * sizeof *map);
    for (size_t i = 0; i < n; i++) {
        map[i] = (struct map_entry){(uint32_t)(numbers[i] >> 32), (uint32_t)numbers[i]};
        directory[(numbers[i] >> (64 - bits)) + 1]++;
    }
    for (size_t i = 0; i < (size_t)1 << bits; i++) directory[i + 1] += directory[i];
    grow_free(entries);
}

static void map_add(struct grow *entries, uint32_t hash, uint32_t value)
{
    *(uint64_t *)grow_add(entries, sizeof(uint64_t)) = (uint64_t)hash << 32 | value;
}

static void add_consonants(struct grow *map, uint64_t key, uint32_t group)
{
    map_add(map, key_fold(key), group);
    int n = consonants_count(key);
    uint64_t last = 0;
    for (int i = 0; n >= 2 && i < n; i++) {
        uint64_t less = consonants_without(key, i);
        if (less != last) map_add(map, key_fold(less), group);
        last = less;
    }
}

static void add_letters(struct grow *map, const struct word *word, uint32_t number)
{
    if (!word->letter_count || word->bytes < LETTERS_LEAST || word->bytes > PHONES_MAX) return;
    map_add(map, letters_hash(word->text, word->bytes, word->bytes), number);
    for (size_t i = 0; i < word->bytes; i++)
        if (i == 0 || word->text[i] != word->text[i - 1]) map_add(map, letters_hash(word->text, word->bytes,
            i), number);
}

/* Growing sections of the levels above words, while the sorted entries go by. */
struct levels {
    struct grow sounds, sound_count, sound_words, group_sounds, group_key, skeletons, skeleton_key,
        class_persons;
    struct grow class_skeleton;
    struct grow skeleton_map, group_map, letter_map, class_map;
};

static void put_32(struct grow *grow, uint32_t value)
{
    *(uint32_t *)grow_add(grow, sizeof value) = value;
}

static void put_64(struct grow *grow, uint64_t value)
{
    *(uint64_t *)grow_add(grow, sizeof value) = value;
}

/* Opens the levels that begin with this entry. */
static void levels_step(struct levels *levels, struct segment_header *header, const struct entry *entry,
    const struct entry *before, uint32_t number)
{
    bool skeleton = !before || entry->skeleton != before->skeleton;
    bool group = skeleton || entry->consonants != before->consonants;
    bool class = group || entry->loose_count != before->loose_count ||
        memcmp(entry->loose, before->loose, sizeof entry->loose) != 0;
    bool sound = class || memcmp(&entry->word->fold, &before->word->fold, sizeof entry->word->fold) != 0;
    if (skeleton) {
        put_32(&levels->skeletons, header->sound_count);
        put_64(&levels->skeleton_key, entry->skeleton);
        map_add(&levels->skeleton_map, key_fold(entry->skeleton), header->skeleton_count++);
    }
    if (group) {
        put_32(&levels->group_sounds, header->sound_count);
        put_64(&levels->group_key, entry->consonants);
        add_consonants(&levels->group_map, entry->consonants, header->group_count++);
    }
    if (class) {
        put_32(&levels->class_persons, 0);
        put_32(&levels->class_skeleton, header->skeleton_count - 1);
        map_add(&levels->class_map, loose_hash(entry->loose, entry->loose_count), header->class_count++);
    }
    if (sound) {
        put_32(&levels->sound_words, number);
        memcpy(grow_add(&levels->sounds, PHONES_MAX), entry->word->fold.phones, PHONES_MAX);
        *(uint8_t *)grow_add(&levels->sound_count, 1) =
            (uint8_t)(entry->word->fold.count | (entry->word->fold.vowels_free ? 128 : 0));
        header->sound_count++;
    }
}

/* Hands a grown array over to its section. */
static void section_take(struct build *build, enum section section, struct grow *grow)
{
    struct section_bytes *bytes = &build->sections[section];
    bytes->pieces[0].data = grow->data;
    bytes->pieces[0].used = grow->used;
    bytes->pieces[0].size = grow->size;
    bytes->piece_count = grow->data ? 1 : 0;
    *grow = (struct grow){0};
}

/* Frequent classes get units of their own; the others share their skeleton's. */
static void units_choose(struct build *build, struct levels *levels, const struct entry *entries)
{
    struct segment_header *header = &build->header;
    uint32_t least = header->person_count / UNIT_SHARE;
    if (least < UNIT_PERSONS_MIN) least = UNIT_PERSONS_MIN;
    uint32_t *class_unit = section_pages(build, SECTION_CLASS_UNIT, header->class_count * sizeof *class_unit);
    const uint32_t *persons = (const uint32_t *)(const void *)levels->class_persons.data;
    const uint32_t *skeleton = (const uint32_t *)(const void *)levels->class_skeleton.data;
    header->unit_count = header->skeleton_count;
    for (uint32_t i = 0; i < header->class_count; i++)
        class_unit[i] = persons[i] >= least ? header->unit_count++ : skeleton[i];
    const uint32_t *word_class = build->sections[SECTION_WORD_CLASS].pieces[0].data;
    build->word_unit = pages_new(header->word_count * sizeof(uint32_t) + 1);
    for (uint32_t i = 0; i < header->word_count; i++)
        build->word_unit[i] = entries[i].word->initial ? NO_WORD : class_unit[word_class[i]];
}

static void levels_close(struct build *build, struct levels *levels)
{
    struct segment_header *header = &build->header;
    put_32(&levels->sound_words, header->word_count);
    put_32(&levels->group_sounds, header->sound_count);
    put_32(&levels->skeletons, header->sound_count);
    section_take(build, SECTION_SOUNDS, &levels->sounds);
    section_take(build, SECTION_SOUND_COUNT, &levels->sound_count);
    section_take(build, SECTION_SOUND_WORDS, &levels->sound_words);
    section_take(build, SECTION_GROUP_SOUNDS, &levels->group_sounds);
    section_take(build, SECTION_GROUP_KEY, &levels->group_key);
    section_take(build, SECTION_SKELETONS, &levels->skeletons);
    section_take(build, SECTION_SKELETON_KEY, &levels->skeleton_key);
    section_take(build, SECTION_CLASS_PERSONS, &levels->class_persons);
    grow_free(&levels->class_skeleton);
    map_build(build, SECTION_SKELETON_DIR, &levels->skeleton_map);
    map_build(build, SECTION_GROUP_DIR, &levels->group_map);
    map_build(build, SECTION_LETTER_DIR, &levels->letter_map);
    map_build(build, SECTION_CLASS_DIR, &levels->class_map);
}

void build_words(struct build *build)
{
    struct lane common;
    words_join(build, &common);
    struct entry *entries = entries_sort(&common);
    struct segment_header *header = &build->header;
    uint32_t n = header->word_count = common.word_table.count;
    uint32_t *place = pages_new(n * sizeof *place + 1);
    const uint32_t *persons = (const uint32_t *)(const void *)common.word_persons.data;
    uint32_t *word_persons = section_pages(build, SECTION_WORD_PERSONS, n * sizeof *word_persons);
    uint32_t *word_class = section_pages(build, SECTION_WORD_CLASS, n * sizeof *word_class);
    uint8_t(*letters)[PHONES_MAX] = section_pages(build, SECTION_LETTERS, n * sizeof *letters);
    uint8_t *letter_count = section_pages(build, SECTION_LETTER_COUNT, n);
    uint32_t *letter_sets = section_pages(build, SECTION_LETTER_SETS, n * sizeof *letter_sets);
    uint8_t *word_first = section_pages(build, SECTION_WORD_FIRST, n);
    struct levels levels = {0};
    struct grow text = {0}, text_at = {0}, initials = {0};
    for (uint32_t i = 0; i < n; i++) {
        const struct word *word = entries[i].word;
        levels_step(&levels, header, &entries[i], i ? &entries[i - 1] : NULL, i);
        place[entries[i].number] = i;
        word_persons[i] = persons[entries[i].number];
        word_class[i] = header->class_count - 1;
        ((uint32_t *)(void *)levels.class_persons.data)[word_class[i]] += word_persons[i];
        memcpy(letters[i], word->letters, PHONES_MAX);
        letter_count[i] = word->letter_count;
        letter_sets[i] = word_letter_set(word);
        word_first[i] = word_first_of(word);
        if (word->initial) put_32(&initials, i);
        put_32(&text_at, (uint32_t)text.used);
        memcpy(grow_add(&text, word->bytes), word->text, word->bytes);
        add_letters(&levels.letter_map, word, i);
    }
    put_32(&text_at, (uint32_t)text.used);
    section_take(build, SECTION_INITIALS, &initials);
    section_take(build, SECTION_TEXT, &text);
    section_take(build, SECTION_TEXT_AT, &text_at);
    units_choose(build, &levels, entries);
    levels_close(build, &levels);
    for (size_t i = 0; i < build->lane_count; i++)
        for (uint32_t k = 0; k < build->lanes[i].word_table.count; k++)
            build->final_word[i][k] = place[build->final_word[i][k]];
    pages_free(place, n * sizeof *place + 1);
    pages_free(entries, n * sizeof *entries + 1);
    lane_free(&common);
}
