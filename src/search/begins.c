/* search/begins: words still being typed. Where the words as they stand find few, each may also be the
 * beginning of one: "Budh nish" is Budhram Nishad. Skeletons are sorted by how many consonants they have and
 * then by which, so those that go on from a beginning lie together, one stretch for each number of more. */
#include <string.h>

#include "search/reader.h"

#define TYPED_LEAST 3      /* letters of a word that may begin another */
#define CONSONANTS_MORE 5
#define SOUNDS_MAX 4000     /* looked at for one word in one part */
#define LIKE_BEGUN 200      /* of a word that goes on, less for each further sound, in LIKE_FULL */
#define LIKE_BEGUN_LESS 6
#define LIKE_BEGUN_LEAST 160
#define SKELETON_COUNT_AT 56
#define CLASS_BITS 3

struct beginning {
    struct search_reader *reader;
    const struct index_part *part;
    uint8_t heard[PHONES_MAX], count;
    uint32_t looked_at;
};

static uint8_t like_begun(const uint8_t *asked, uint8_t asked_count, const struct fold *found)
{
    uint8_t heard[PHONES_MAX], n = fold_heard(found, heard);
    if (n <= asked_count) return 0;
    for (uint8_t i = 0; i < asked_count; i++)
        if (heard[i] != asked[i]) return 0;
    int like = LIKE_BEGUN - LIKE_BEGUN_LESS * (n - asked_count);
    return (uint8_t)(like > LIKE_BEGUN_LEAST ? like : LIKE_BEGUN_LEAST);
}

uint8_t begins_like(const struct word *asked, const struct word *found)
{
    uint8_t heard[PHONES_MAX], n = fold_loose(&asked->fold, heard);
    return like_begun(heard, n, &found->fold);
}

static void take(struct search_reader *reader, struct candidate candidate)
{
    if (reader->word_stamps[candidate.word] == reader->word_stamp ||
        reader->gathered_count == reader->gathered_room)
        return;
    reader->word_stamps[candidate.word] = reader->word_stamp;
    reader->gathered[reader->gathered_count++] = candidate;
}

static void sounds_take(struct beginning *beginning, uint32_t from, uint32_t to)
{
    const struct segment *segment = beginning->part->segment;
    for (uint32_t i = from; i < to && beginning->looked_at < SOUNDS_MAX; i++, beginning->looked_at++) {
        struct fold fold = {.count = segment->sound_count[i] & 127};
        memcpy(fold.phones, segment->sounds[i], PHONES_MAX);
        uint8_t like = like_begun(beginning->heard, beginning->count, &fold);
        for (uint32_t word = segment->sound_words[i]; like && word < segment->sound_words[i + 1]; word++)
            take(beginning->reader, (struct candidate){word, like});
    }
}

/* The first skeleton that is not below the key. */
static uint32_t skeleton_from(const struct segment *segment, uint64_t key)
{
    uint32_t low = 0, high = segment->header.skeleton_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (segment->skeleton_key[middle] < key) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void segment_take(struct beginning *beginning, const struct word *word)
{
    const struct segment *segment = beginning->part->segment;
    uint64_t skeleton = fold_skeleton(&word->fold), count = skeleton >> SKELETON_COUNT_AT;
    uint64_t body = skeleton & (((uint64_t)1 << SKELETON_COUNT_AT) - 1);
    for (unsigned more = 0; more <= CONSONANTS_MORE && count + more <= PHONES_MAX; more++) {
        uint64_t length = (count + more) << SKELETON_COUNT_AT;
        uint32_t from = skeleton_from(segment, length | body << (CLASS_BITS * more));
        uint32_t to = skeleton_from(segment, length | (body + 1) << (CLASS_BITS * more));
        sounds_take(beginning, segment->skeletons[from], segment->skeletons[to]);
    }
}

static void live_take(struct beginning *beginning)
{
    const struct index_part *part = beginning->part;
    for (uint32_t i = 0; i < part->words; i++) {
        uint8_t like = like_begun(beginning->heard, beginning->count, &part->live->words[i].fold);
        if (like) take(beginning->reader, (struct candidate){i, like});
    }
}

void begins_gather(struct search_reader *reader, size_t part_number, const struct piece *piece)
{
    const struct stretch *whole = &reader->stretches[part_number][piece->whole];
    const struct candidate *candidates = reader->candidates + whole->from;
    struct beginning beginning = {.reader = reader, .part = &reader->parts[part_number]};
    beginning.count = fold_loose(&piece->word.fold, beginning.heard);
    reader->word_stamp++;
    uint32_t i = 0;
    for (; i < whole->count && candidates[i].like >= LIKE_BEGUN; i++) take(reader, candidates[i]);
    if (beginning.part->segment) segment_take(&beginning, &piece->word);
    else live_take(&beginning);
    for (; i < whole->count; i++) take(reader, candidates[i]);
}

static size_t letters_of(const struct word *word)
{
    size_t n = 0;
    for (uint8_t i = 0; i < word->bytes; i++) n += ((unsigned char)word->text[i] & 0xC0) != 0x80;
    return n;
}

void begins_divide(struct search_reader *reader)
{
    uint8_t pieces[NAME_WORDS_MAX];
    bool any = false;
    for (uint8_t i = 0; i < reader->name_count; i++) {
        pieces[i] = reader->names[i];
        const struct piece *piece = &reader->pieces[pieces[i]];
        if (!piece->sought || letters_of(&piece->word) < TYPED_LEAST || reader->piece_count == PIECES_MAX)
            continue;
        struct piece *begun = &reader->pieces[reader->piece_count];
        *begun = (struct piece){.word = piece->word, .sought = true, .begins = true, .whole = pieces[i]};
        pieces[i] = (uint8_t)reader->piece_count++;
        any = true;
    }
    if (any) division_add(reader, pieces, reader->name_count, 1);
}
