/* search/segment: mapping a file and making sure of it. Every size, order and reference that reading relies
 * on is checked once at the opening, so that searching needs no doubt later. */
#include "search/segment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/builtin.h"
#include "search/grow.h"
#include "search/mix.h"
#include "search/record.h"
#include "search/segment_file.h"

#define SOUNDS_REVISION 3 /* counts up with every change of folds, costs or units */

uint64_t pair_hash(uint32_t a, uint32_t b)
{
    return mix(a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a) >> 24;
}

uint32_t letters_hash(const char *text, size_t n, size_t without)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < n; i++)
        if (i != without) hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    hash ^= hash >> 15;
    hash *= 2246822519u;
    return hash ^ hash >> 13;
}

uint32_t loose_hash(const uint8_t *phones, size_t n)
{
    return (uint32_t)mix_bytes(phones, n, 3);
}

uint32_t key_fold(uint64_t key)
{
    return (uint32_t)(mix(key) >> 32);
}

uint32_t segment_rules(void)
{
    const struct builtin *names = builtin_find("lang/names");
    return (uint32_t)mix_bytes(names->data, names->len, SOUNDS_REVISION * 64 + PHONE_COUNT);
}

enum err segment_sum(int file, struct segment_header *header)
{
    struct stat status;
    if (fstat(file, &status) != 0) return E_IO;
    size_t bytes = (size_t)status.st_size;
    char *mapping = mmap(NULL, bytes, PROT_READ, MAP_SHARED, file, 0);
    if (mapping == MAP_FAILED) return E_IO;
    for (size_t i = 0; i < SECTION_COUNT; i++)
        header->sections[i].checksum =
            mix_checksum(mapping + header->sections[i].at, section_padded(header->sections[i].bytes));
    munmap(mapping, bytes);
    return E_OK;
}

/* The bytes each section must have; 0 where it is not given by a count. */
static uint64_t bytes_wanted(const struct segment_header *header, size_t section)
{
    uint64_t words = header->word_count, persons = header->person_count;
    switch (section) {
    case SECTION_BLOCKS: return (persons / 4 + 1) * 8;
    case SECTION_IDS: return (persons / 64 + 1) * 8;
    case SECTION_TEXT_AT: return (words + 1) * 4;
    case SECTION_LETTERS: return words * PHONES_MAX;
    case SECTION_LETTER_COUNT:
    case SECTION_WORD_FIRST: return words;
    case SECTION_LETTER_SETS:
    case SECTION_WORD_CLASS:
    case SECTION_WORD_PERSONS: return words * 4;
    case SECTION_POSTING_AT: return (words + 1) * 8;
    case SECTION_SOUNDS: return (uint64_t)header->sound_count * PHONES_MAX;
    case SECTION_SOUND_COUNT: return header->sound_count;
    case SECTION_SOUND_WORDS: return ((uint64_t)header->sound_count + 1) * 4;
    case SECTION_GROUP_SOUNDS: return ((uint64_t)header->group_count + 1) * 4;
    case SECTION_GROUP_KEY: return (uint64_t)header->group_count * 8;
    case SECTION_SKELETONS: return ((uint64_t)header->skeleton_count + 1) * 4;
    case SECTION_SKELETON_KEY: return (uint64_t)header->skeleton_count * 8;
    case SECTION_CLASS_UNIT:
    case SECTION_CLASS_PERSONS: return (uint64_t)header->class_count * 4;
    case SECTION_PAIR_DIR: return (((uint64_t)1 << header->pair_bits) + 1) * 4;
    case SECTION_PAIR_TAGS: return header->pair_count * 2;
    case SECTION_PAIR_PERSONS: return header->pair_count * 4;
    case SECTION_KEYS: return header->key_count * 8;
    case SECTION_KEY_PERSONS: return header->key_count * 4;
    default: return 0;
    }
}

static bool header_good(const struct segment_header *header, uint64_t file_bytes)
{
    if (memcmp(header->magic, SEGMENT_MAGIC, sizeof header->magic) != 0) return false;
    if (header->version != SEGMENT_VERSION || header->rules != segment_rules()) return false;
    if (header->checksum != mix_checksum(header, offsetof(struct segment_header, checksum))) return false;
    if (header->person_count > SEGMENT_PERSONS_MAX || header->word_count > SEGMENT_WORDS_MAX) return false;
    if (header->pair_bits < 8 || header->pair_bits > 24 || header->pair_count > UINT32_MAX) return false;
    uint64_t at = SEGMENT_HEADER_BYTES;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        const struct section_place *place = &header->sections[i];
        uint64_t wanted = bytes_wanted(header, i);
        if (place->at != at || place->bytes > file_bytes || (wanted && place->bytes != wanted)) return false;
        at += section_padded(place->bytes);
    }
    return at == file_bytes;
}

static const void *section_at(const struct segment *segment, enum section section)
{
    return segment->mapping + segment->header.sections[section].at;
}

/* Numbers that never fall and end at `last`. */
static bool rises(const uint32_t *numbers, size_t n, uint64_t last)
{
    for (size_t i = 1; i < n; i++)
        if (numbers[i] < numbers[i - 1]) return false;
    return n > 0 && numbers[n - 1] == last;
}

static bool below(const uint32_t *numbers, size_t n, uint32_t limit)
{
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++) most = numbers[i] > most ? numbers[i] : most;
    return n == 0 || most < limit;
}

static bool pairs_below(const uint32_t *entries, size_t n, uint32_t persons)
{
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++) most = (entries[i] & PAIR_PERSON) > most ? entries[i] & PAIR_PERSON : most;
    return n == 0 || most < persons;
}

static bool map_open(const struct segment *segment, enum section directory, uint32_t limit,
    struct hash_map *ret)
{
    const struct section_place *places = segment->header.sections;
    uint64_t slots = places[directory].bytes / 4,
        count = places[directory + 1].bytes / sizeof(struct map_entry);
    if (slots < 2 || ((slots - 1) & (slots - 2)) || slots > (1 << 25)) return false;
    ret->directory = section_at(segment, directory);
    ret->entries = section_at(segment, directory + 1);
    ret->shift = 32 - (uint32_t)__builtin_ctzll(slots - 1);
    if (!rises(ret->directory, slots, count)) return false;
    for (uint64_t i = 0; i < count; i++)
        if (ret->entries[i].value >= limit) return false;
    return true;
}

static void sections_place(struct segment *segment)
{
    segment->blocks = section_at(segment, SECTION_BLOCKS);
    segment->records = section_at(segment, SECTION_RECORDS);
    segment->ids = section_at(segment, SECTION_IDS);
    segment->text = section_at(segment, SECTION_TEXT);
    segment->text_at = section_at(segment, SECTION_TEXT_AT);
    segment->letters = section_at(segment, SECTION_LETTERS);
    segment->letter_count = section_at(segment, SECTION_LETTER_COUNT);
    segment->letter_sets = section_at(segment, SECTION_LETTER_SETS);
    segment->word_first = section_at(segment, SECTION_WORD_FIRST);
    segment->initials = section_at(segment, SECTION_INITIALS);
    segment->initial_count = (uint32_t)(segment->header.sections[SECTION_INITIALS].bytes / 4);
    segment->word_class = section_at(segment, SECTION_WORD_CLASS);
    segment->word_persons = section_at(segment, SECTION_WORD_PERSONS);
    segment->posting_at = section_at(segment, SECTION_POSTING_AT);
    segment->postings = section_at(segment, SECTION_POSTINGS);
    segment->sounds = section_at(segment, SECTION_SOUNDS);
    segment->sound_count = section_at(segment, SECTION_SOUND_COUNT);
    segment->sound_words = section_at(segment, SECTION_SOUND_WORDS);
    segment->group_sounds = section_at(segment, SECTION_GROUP_SOUNDS);
    segment->group_key = section_at(segment, SECTION_GROUP_KEY);
    segment->skeletons = section_at(segment, SECTION_SKELETONS);
    segment->skeleton_key = section_at(segment, SECTION_SKELETON_KEY);
    segment->class_unit = section_at(segment, SECTION_CLASS_UNIT);
    segment->class_persons = section_at(segment, SECTION_CLASS_PERSONS);
    segment->pair_directory = section_at(segment, SECTION_PAIR_DIR);
    segment->pair_tags = section_at(segment, SECTION_PAIR_TAGS);
    segment->pair_persons = section_at(segment, SECTION_PAIR_PERSONS);
    segment->keys = section_at(segment, SECTION_KEYS);
    segment->key_persons = section_at(segment, SECTION_KEY_PERSONS);
}

/* Every byte of the file is as it was written. */
static bool bytes_good(const struct segment *segment)
{
    for (size_t i = sizeof segment->header; i < SEGMENT_HEADER_BYTES; i++)
        if (segment->mapping[i]) return false;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        const struct section_place *place = &segment->header.sections[i];
        if (mix_checksum(segment->mapping + place->at,
            section_padded(place->bytes)) != place->checksum) return false;
    }
    return true;
}

static bool sections_good(struct segment *segment)
{
    const struct segment_header *header = &segment->header;
    if (!bytes_good(segment)) return false;
    sections_place(segment);
    uint32_t words = header->word_count, sounds = header->sound_count, persons = header->person_count;
    for (uint32_t i = 0; i < words; i++)
        if (segment->posting_at[i] > segment->posting_at[i + 1] ||
            segment->letter_count[i] > PHONES_MAX) return false;
    for (uint32_t i = 0; i < sounds; i++)
        if ((segment->sound_count[i] & 127) > PHONES_MAX) return false;
    const uint8_t *phones = (const uint8_t *)segment->sounds;
    for (uint64_t i = 0; i < (uint64_t)sounds * PHONES_MAX; i++)
        if (phones[i] >= PHONE_COUNT) return false;
    return segment->posting_at[words] == header->sections[SECTION_POSTINGS].bytes &&
        rises(segment->text_at, words + (size_t)1, header->sections[SECTION_TEXT].bytes) &&
        rises(segment->sound_words, sounds + (size_t)1, words) &&
        rises(segment->group_sounds, header->group_count + (size_t)1, sounds) &&
        rises(segment->skeletons, header->skeleton_count + (size_t)1, sounds) &&
        rises(segment->pair_directory, ((size_t)1 << header->pair_bits) + 1, header->pair_count) &&
        below(segment->initials, segment->initial_count, words) &&
        below(segment->word_class, words, header->class_count) &&
        below(segment->class_unit, header->class_count, header->unit_count) &&
        pairs_below(segment->pair_persons, header->pair_count, persons) &&
        below(segment->key_persons, header->key_count, persons) &&
        map_open(segment, SECTION_SKELETON_DIR, header->skeleton_count, &segment->skeleton_map) &&
        map_open(segment, SECTION_GROUP_DIR, header->group_count, &segment->group_map) &&
        map_open(segment, SECTION_LETTER_DIR, words, &segment->letter_map) &&
        map_open(segment, SECTION_CLASS_DIR, header->class_count, &segment->class_map);
}

enum err segment_open(const char *folder, const char *name, struct segment **ret)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) return E_IO;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno == ENOENT ? E_NOT_FOUND : errno == EACCES ? E_DENIED : E_IO;
    struct stat status;
    struct segment_header header;
    enum err err = fstat(file, &status) == 0 ? E_OK : E_IO;
    if (err == E_OK && pread(file, &header, sizeof header, 0) != (ssize_t)sizeof header) err = E_CORRUPT;
    if (err == E_OK && !header_good(&header, (uint64_t)status.st_size)) err = E_CORRUPT;
    char *mapping = MAP_FAILED;
    if (err == E_OK) mapping = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (err != E_OK) return err;
    if (mapping == MAP_FAILED) return E_IO;
    madvise(mapping, (size_t)status.st_size, MADV_HUGEPAGE);
    struct segment *segment = pages_new(sizeof *segment);
    segment->header = header;
    segment->views = 1;
    segment->mapping = mapping;
    segment->mapping_bytes = (size_t)status.st_size;
    segment->dead = pages_new(header.person_count / 8 + (size_t)1);
    snprintf(segment->name, sizeof segment->name, "%s", name);
    if (!sections_good(segment)) {
        segment_close(segment);
        return E_CORRUPT;
    }
    /* Looking it over touched every page: an idle node holds none of them, the system's cache keeps them. */
    madvise(mapping, (size_t)status.st_size, MADV_DONTNEED);
    *ret = segment;
    return E_OK;
}

void segment_close(struct segment *segment)
{
    if (!segment) return;
    munmap(segment->mapping, segment->mapping_bytes);
    pages_free(segment->dead, segment->header.person_count / 8 + (size_t)1);
    pages_free(segment, sizeof *segment);
}

static bool record_at(const struct segment *segment, uint32_t person, uint64_t base, struct record *ret)
{
    uint64_t start = segment_record_at(segment, person);
    uint64_t bytes = segment->header.sections[SECTION_RECORDS].bytes;
    if (start >= bytes) return false;
    if (!record_unpack(segment->records + start, segment->records + bytes, base, ret)) return false;
    for (int i = 0; i < ret->name_count + ret->relative_count; i++)
        if (ret->words[i] >= segment->header.word_count) return false;
    return true;
}

bool segment_record(const struct segment *segment, uint32_t person, struct record *ret)
{
    return record_at(segment, person, segment->ids[person / 64], ret);
}

bool segment_record_without_id(const struct segment *segment, uint32_t person, struct record *ret)
{
    return record_at(segment, person, 0, ret);
}

bool segment_name(const struct segment *segment, uint32_t person, struct record *ret)
{
    uint64_t start = segment_record_at(segment, person);
    uint64_t bytes = segment->header.sections[SECTION_RECORDS].bytes;
    const uint8_t *records = segment->records;
    if (start >= bytes || !record_unpack_name(records + start, records + bytes, ret)) return false;
    for (uint8_t i = 0; i < ret->name_count; i++)
        if (ret->words[i] >= segment->header.word_count) return false;
    return true;
}

const struct map_entry *map_find(const struct hash_map *map, uint32_t hash, uint32_t *ret_count)
{
    uint32_t at = map->directory[hash >> map->shift], end = map->directory[(hash >> map->shift) + 1];
    while (at < end && map->entries[at].hash < hash) at++;
    uint32_t last = at;
    while (last < end && map->entries[last].hash == hash) last++;
    *ret_count = last - at;
    return map->entries + at;
}

bool segment_person_of(const struct segment *segment, uint64_t id, uint32_t *ret_person)
{
    uint32_t persons = segment->header.person_count, low = 0, high = (persons + 63) / 64;
    if (persons == 0) return false;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (segment->ids[middle] <= id) low = middle;
        else high = middle;
    }
    uint32_t from = low * 64, until = persons - from < 64 ? persons : from + 64;
    while (from < until) {
        uint32_t middle = (from + until) / 2;
        struct record record;
        if (!segment_record(segment, middle, &record)) return false;
        if (record.id == id) {
            *ret_person = middle;
            return true;
        }
        if (record.id < id) from = middle + 1;
        else until = middle;
    }
    return false;
}
