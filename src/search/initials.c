/* search/initials: one letter that stands for a word, asked or found. Where a name is asked that is nothing
 * else ("R K", son of Shyam Lal), the words that begin with its letters are what it is sought by. */
#include "search/reader.h"

#define INITIAL_NEAR 90  /* letters of one class only: k and g */
#define OFTEN_SHARE 1000 /* one of so many persons bears a word that is borne often */

uint8_t initial_like(uint8_t word_first, const struct piece *piece)
{
    uint8_t asked = piece->word.fold.count ? phone_loose(piece->word.fold.phones[0]) : 0;
    uint8_t found = word_first & (uint8_t)~FIRST_INITIAL;
    bool found_initial = word_first & FIRST_INITIAL, asked_initial = piece->word.initial;
    if (!asked || !found || (!found_initial && !asked_initial)) return 0;
    if (asked != found) return phone_class(asked) && phone_class(asked) == phone_class(found) ? INITIAL_NEAR
        : 0;
    if (found_initial && asked_initial) return LIKE_FULL;
    return asked_initial ? INITIAL_ASKED : INITIAL_FOUND;
}

static void take(struct search_reader *reader, uint32_t word, uint8_t like)
{
    if (like && reader->gathered_count < reader->gathered_room)
        reader->gathered[reader->gathered_count++] = (struct candidate){word, like};
}

/* Initials themselves first, then words many bear, which make up most names, then the others. */
void initials_gather(struct search_reader *reader, const struct index_part *part, const struct piece *piece)
{
    const struct segment *segment = part->segment;
    uint8_t likes[UINT8_MAX + 1] = {0};
    for (uint8_t phone = 0; phone < PHONE_COUNT; phone++) {
        likes[phone] = initial_like(phone, piece);
        likes[phone | FIRST_INITIAL] = initial_like(phone | FIRST_INITIAL, piece);
    }
    for (uint32_t i = 0; !segment && i < part->words; i++)
        take(reader, i, likes[word_first_of(&part->live->words[i])]);
    if (!segment) return;
    for (uint32_t i = 0; i < segment->initial_count; i++)
        take(reader, segment->initials[i], likes[segment->word_first[segment->initials[i]]]);
    uint32_t most = UINT32_MAX, least = part->persons / OFTEN_SHARE;
    for (; most && reader->gathered_count < CANDIDATES_MAX; most = least, least /= OFTEN_SHARE)
        for (uint32_t i = 0; i < part->words; i++) {
            uint8_t first = segment->word_first[i];
            if (!likes[first] || first & FIRST_INITIAL) continue;
            if (segment->word_persons[i] < most && segment->word_persons[i] >= least)
                take(reader, i, likes[first]);
        }
}
