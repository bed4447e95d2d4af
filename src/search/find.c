/* search/find: one query from beginning to end. */
#include <stdlib.h>
#include <string.h>

#include "search/grow.h"
#include "search/reader.h"

#define LIKES_MAX 16000
#define CANDIDATES_ALL 200000
#define GATHERED_MAX 200000
#define STAMPS_EACH 8192      /* more than one query uses */
#define FEW 3                 /* found so well are few: the words may still be being typed */
#define WELL_ENOUGH 0.86f     /* one found so well is the one meant */
#define SLIPS_BELOW 0.80f     /* else the whole vocabulary is looked over for slips of the hand */
#define GOOD_ENOUGH 0.94f     /* above, words are joined and cut only where that makes known names */

struct search_reader *search_reader_new(struct search *search)
{
    struct search_reader *reader = pages_new(sizeof *reader);
    reader->search = search;
    reader->slot = index_slot_take(search);
    reader->like_room = LIKES_MAX;
    reader->likes = pages_new(LIKES_MAX * sizeof *reader->likes);
    reader->marked = pages_new(LIKES_MAX * sizeof *reader->marked);
    reader->candidate_room = CANDIDATES_ALL;
    reader->candidates = pages_new(CANDIDATES_ALL * sizeof *reader->candidates);
    reader->known = known_new();
    reader->gathered_room = GATHERED_MAX;
    reader->gathered = pages_new(GATHERED_MAX * sizeof *reader->gathered);
    reader->units = pages_new(PARTS_MAX * PIECES_MAX * UNITS_MAX * sizeof *reader->units);
    return reader;
}

static void stamps_room(uint32_t **stamps, size_t *room, size_t n)
{
    if (n <= *room) return;
    pages_free(*stamps, *room * sizeof **stamps);
    *room = n + n / 4 + 1024;
    *stamps = pages_new(*room * sizeof **stamps);
}

/* Room for the largest part; what grows starts from zeroes, as the stamps want it. */
static void reader_room(struct search_reader *reader)
{
    size_t words = 0, groups = 0, units = 0;
    for (size_t i = 0; i < reader->part_count; i++) {
        const struct index_part *part = &reader->parts[i];
        if (part->words > words) words = part->words;
        if (!part->segment) continue;
        if (part->segment->header.group_count > groups) groups = part->segment->header.group_count;
        if (part->segment->header.unit_count > units) units = part->segment->header.unit_count;
    }
    if (words > reader->words_room) {
        pages_free(reader->marks, reader->words_room * sizeof *reader->marks);
        stamps_room(&reader->word_stamps, &reader->words_room, words);
        reader->marks = pages_new(reader->words_room * sizeof *reader->marks);
    }
    stamps_room(&reader->group_stamps, &reader->groups_room, groups);
    stamps_room(&reader->unit_stamps, &reader->units_room, units);
}

/* Stamps count up with every query; before they come round, all are wiped. */
static void stamps_restart(struct search_reader *reader)
{
    uint32_t last = UINT32_MAX - STAMPS_EACH;
    if (reader->word_stamp < last && reader->group_stamp < last && reader->unit_stamp < last &&
        reader->group_query < last) return;
    memset(reader->word_stamps, 0, reader->words_room * sizeof *reader->word_stamps);
    memset(reader->group_stamps, 0, reader->groups_room * sizeof *reader->group_stamps);
    memset(reader->unit_stamps, 0, reader->units_room * sizeof *reader->unit_stamps);
    memset(reader->groups, 0, sizeof reader->groups);
    memset(reader->made, 0, sizeof reader->made);
    memset(reader->seen, 0, sizeof reader->seen);
    memset(reader->noted, 0, sizeof reader->noted);
    reader->word_stamp = reader->group_stamp = reader->unit_stamp = reader->group_query = 0;
}

void search_reader_free(struct search_reader *reader)
{
    if (!reader) return;
    index_slot_give(reader->search, reader->slot);
    pages_free(reader->likes, LIKES_MAX * sizeof *reader->likes);
    pages_free(reader->marked, LIKES_MAX * sizeof *reader->marked);
    pages_free(reader->candidates, CANDIDATES_ALL * sizeof *reader->candidates);
    known_free(reader->known);
    pages_free(reader->gathered, GATHERED_MAX * sizeof *reader->gathered);
    pages_free(reader->units, PARTS_MAX * PIECES_MAX * UNITS_MAX * sizeof *reader->units);
    pages_free(reader->marks, reader->words_room * sizeof *reader->marks);
    pages_free(reader->word_stamps, reader->words_room * sizeof *reader->word_stamps);
    pages_free(reader->group_stamps, reader->groups_room * sizeof *reader->group_stamps);
    pages_free(reader->unit_stamps, reader->units_room * sizeof *reader->unit_stamps);
    pages_free(reader, sizeof *reader);
}

static void parts_take(struct search_reader *reader, const struct index_view *view)
{
    reader->view = view;
    reader->part_count = 0;
    reader->persons = 0;
    for (size_t i = 0; i < view->segment_count; i++) {
        struct segment *segment = view->segments[i];
        if (!segment->header.person_count) continue;
        reader->parts[reader->part_count++] = (struct index_part){.segment = segment,
            .persons = segment->header.person_count, .words = segment->header.word_count};
        reader->persons += segment->header.person_count;
    }
    struct live *live = view->live;
    struct index_part part = {.live = live, .persons = atomic_load(&live->person_count)};
    part.words = atomic_load(&live->word_count);
    part.keys = atomic_load(&live->key_count);
    reader->persons += part.persons;
    if (part.persons) reader->parts[reader->part_count++] = part;
}

bool part_record(const struct index_part *part, uint32_t person, struct record *ret)
{
    if (part->segment) return segment_record(part->segment, person, ret);
    *ret = part->live->records[person];
    return true;
}

const char *part_word(const struct index_part *part, uint32_t word, size_t *ret_n)
{
    if (part->segment) {
        *ret_n = part->segment->text_at[word + 1] - part->segment->text_at[word];
        return part->segment->text + part->segment->text_at[word];
    }
    *ret_n = part->live->words[word].bytes;
    return part->live->words[word].text;
}

static void seek_pieces(struct search_reader *reader, size_t from)
{
    for (size_t piece = from; piece < reader->piece_count; piece++)
        for (size_t part = 0; part < reader->part_count; part++) candidates_find(reader, part, piece);
    pieces_weigh(reader);
}

static void probe_divisions(struct search_reader *reader, size_t from)
{
    for (size_t part = 0; part < reader->part_count; part++) {
        marks_set(reader, part);
        for (size_t division = from; division < reader->division_count; division++)
            division_probe(reader, part, division);
        marks_clear(reader);
    }
}

static bool key_known(const struct search_result *result, uint64_t id)
{
    for (size_t i = 0; i < result->count; i++)
        if (result->hits[i].id == id) return true;
    return false;
}

static void key_hit(struct search_reader *reader, const struct record *record, enum search_key_kind kind,
    struct search_result *ret)
{
    size_t limit = reader->query->limit;
    if (!limit || limit > SEARCH_LIMIT_MAX) limit = SEARCH_LIMIT_MAX;
    if (ret->count < limit && !key_known(ret, record->id) && collect_admits(reader, record))
        ret->hits[ret->count++] = (struct search_hit){.id = record->id, .by_key = true, .key_kind = kind,
            .score = 1, .probability = 1, .namesakes = 1};
}

static void segment_key(struct search_reader *reader, const struct segment *segment, uint64_t hash,
    enum search_key_kind kind, struct search_result *ret)
{
    uint64_t low = 0, high = segment->header.key_count;
    while (low < high) {
        uint64_t middle = (low + high) / 2;
        if (segment->keys[middle] < hash) low = middle + 1;
        else high = middle;
    }
    struct record record;
    for (; low < segment->header.key_count && segment->keys[low] == hash; low++) {
        uint32_t person = segment->key_persons[low];
        if (!segment_is_dead(segment, person) && segment_record(segment, person, &record))
            key_hit(reader, &record, kind, ret);
    }
}

static void find_keys(struct search_reader *reader, struct search_result *ret)
{
    const struct search_query *query = reader->query;
    for (size_t i = 0; i < query->key_count && i < SEARCH_KEYS_MAX; i++) {
        uint64_t hash = key_hash(&query->keys[i]);
        for (size_t part = 0; hash && part < reader->part_count; part++) {
            const struct index_part *at = &reader->parts[part];
            enum search_key_kind kind = query->keys[i].kind;
            if (at->segment) segment_key(reader, at->segment, hash, kind, ret);
            for (uint32_t k = 0; !at->segment && k < at->keys; k++) {
                const struct lane_key *key = &at->live->keys[k];
                if (key->hash == hash && !atomic_load(&at->live->dead[key->person]))
                    key_hit(reader, &at->live->records[key->person], kind, ret);
            }
        }
    }
}

/* Hits by key come first; the same persons by name are not told twice. */
static void drop_twice(struct search_result *ret, size_t keys)
{
    size_t kept = keys;
    for (size_t i = keys; i < ret->count; i++) {
        bool twice = false;
        for (size_t k = 0; k < keys; k++) twice = twice || ret->hits[k].id == ret->hits[i].id;
        if (twice) continue;
        if (kept != i) ret->hits[kept] = ret->hits[i];
        kept++;
    }
    ret->count = kept;
}

/* Seeks in the ways to read the name that were added since. */
static void seek_more(struct search_reader *reader, size_t pieces, size_t divisions)
{
    seek_pieces(reader, pieces);
    if (reader->division_count > divisions) probe_divisions(reader, divisions);
}

/* By the names alone: another father makes a name no less found. */
static bool found_few(const struct search_reader *reader)
{
    return reader->named_well < FEW && reader->best_name < WELL_ENOUGH;
}

void search_find(struct search_reader *reader, const struct search_query *query, struct search_result *ret)
{
    ret->count = 0;
    reader->query = query;
    parts_take(reader, index_hold(reader->search, reader->slot));
    reader_room(reader);
    stamps_restart(reader);
    collect_start(reader);
    reader->candidate_count = reader->units_used = 0;
    find_keys(reader, ret);
    size_t keys = ret->count;
    pieces_read(reader);
    if (reader->name_count) {
        seek_pieces(reader, 0);
        probe_divisions(reader, 0);
        size_t pieces = reader->piece_count, divisions = reader->division_count;
        pieces_divide(reader, reader->best >= GOOD_ENOUGH);
        seek_more(reader, pieces, divisions);
        if (reader->best < SLIPS_BELOW) {
            pieces = reader->piece_count;
            divisions = reader->division_count;
            slips_divide(reader);
            seek_more(reader, pieces, divisions);
        }
        if (found_few(reader)) {
            pieces = reader->piece_count;
            divisions = reader->division_count;
            begins_divide(reader);
            seek_more(reader, pieces, divisions);
        }
        collect_finish(reader, ret);
        drop_twice(ret, keys);
    }
    index_let_go(reader->search, reader->slot);
}
