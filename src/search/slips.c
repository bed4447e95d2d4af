/* search/slips: words with more than one slip of the hand. Where the words as they stand find nobody well,
 * every Latin word of the vocabulary is looked over by which letters it has and how many: two slips change
 * at most four of them, so that "naal" may be Nagpal. What is left is measured letter by letter. */
#include <string.h>

#include "search/sift.h"

#define WORDS_EACH 256   /* looked over together */
#define SLIPS_COST 12    /* of their likeness: two slips make many a name of another */
#define WORDS_MOST 4     /* of a name: every one is a look at all the vocabulary */
#define NAME_LEAST 0.5f  /* with slips in every word anybody is somebody: Birju Mandavi is no Ramu Yadav */

static void word_look(struct sifting *sifting, uint32_t number)
{
    const struct segment *segment = sifting->part->segment;
    const struct word *live = segment ? NULL : &sifting->part->live->words[number];
    if (sifting->reader->word_stamps[number] == sifting->reader->word_stamp) return;
    sift_letters(sifting, number, segment ? segment->letters[number] : live->letters,
        segment ? segment->letter_count[number] : live->letter_count);
}

static void segment_look(struct sifting *sifting, uint32_t asked)
{
    const uint32_t *sets = sifting->part->segment->letter_sets;
    uint8_t near[WORDS_EACH];
    for (uint32_t from = 0; from < sifting->part->words; from += WORDS_EACH) {
        uint32_t n = sifting->part->words - from < WORDS_EACH ? sifting->part->words - from : WORDS_EACH;
        letters_near(asked, sets + from, n, near);
        for (const uint8_t *at = near; (at = memchr(at, 1, (size_t)(near + n - at))); at++)
            word_look(sifting, from + (uint32_t)(at - near));
    }
}

/* Whether the words near the asked one are sought again, which is so where the other words are sought in new
 * ways: those who bear a word that stands alone have been read. */
static bool is_sought_again(const struct search_reader *reader, const struct piece *piece)
{
    uint8_t sought = 0;
    for (uint8_t i = 0; i < reader->name_count; i++) sought += reader->pieces[reader->names[i]].sought;
    return piece->relative || sought > 1;
}

void slips_gather(struct search_reader *reader, size_t part_number, const struct piece *piece)
{
    const struct stretch *whole = &reader->stretches[part_number][piece->whole];
    const struct index_part *part = &reader->parts[part_number];
    uint32_t asked = word_letter_set(&piece->word);
    bool again = is_sought_again(reader, piece);
    struct sifting sifting;
    sift_start(&sifting, reader, part, &piece->word);
    for (uint32_t i = 0; i < whole->count; i++) {
        const struct candidate *candidate = &reader->candidates[whole->from + i];
        reader->word_stamps[candidate->word] = reader->word_stamp;
        if (again) reader->gathered[reader->gathered_count++] = *candidate;
    }
    for (uint32_t i = 0; !part->segment && i < part->words; i++) {
        uint32_t set = word_letter_set(&part->live->words[i]);
        uint8_t near;
        letters_near(asked, &set, 1, &near);
        if (near) word_look(&sifting, i);
    }
    if (part->segment) segment_look(&sifting, asked);
    sift_finish(&sifting);
    for (size_t i = again ? whole->count : 0; i < reader->gathered_count; i++)
        reader->gathered[i].like = (uint16_t)(reader->gathered[i].like - SLIPS_COST);
}

/* The piece that is the word with its slips, or the word's own. */
static uint8_t piece_slipped(struct search_reader *reader, uint8_t number)
{
    const struct piece *piece = &reader->pieces[number];
    bool may = piece->sought && !piece->word.initial && piece->word.letter_count >= LETTERS_LEAST;
    if (!may || reader->piece_count == PIECES_MAX) return number;
    reader->pieces[reader->piece_count] = (struct piece){.word = piece->word, .relative = piece->relative,
        .sought = true, .slipped = true, .whole = number};
    return (uint8_t)reader->piece_count++;
}

void slips_divide(struct search_reader *reader)
{
    uint8_t pieces[NAME_WORDS_MAX];
    size_t before = reader->piece_count;
    if (reader->name_count > WORDS_MOST || reader->relative_count > WORDS_MOST) return;
    pieces_join_relative(reader);
    for (uint8_t i = 0; i < reader->name_count; i++) pieces[i] = piece_slipped(reader, reader->names[i]);
    for (uint8_t i = 0; i < reader->relative_count; i++)
        reader->relatives[i] = piece_slipped(reader, reader->relatives[i]);
    size_t divisions = reader->division_count;
    if (reader->piece_count > before) division_add(reader, pieces, reader->name_count, 1);
    if (reader->division_count > divisions) reader->divisions[divisions].least = NAME_LEAST;
}
