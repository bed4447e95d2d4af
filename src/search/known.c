/* search/known: what was found for a word stays known to a reader. Names repeat: a few hundred words make up
 * half of all that is asked. A segment never changes, so its candidates for a word never do either; the
 * checksum of its header says which segment it was. */
#include <string.h>

#include "search/grow.h"
#include "search/mix.h"
#include "search/reader.h"

#define KNOWN_WORDS 1024
#define SEGMENT_WORDS_LEAST 4096 /* in smaller vocabularies a word is found as quickly as it is remembered */

struct known_word {
    uint64_t segment, persons;
    uint32_t count;
    uint8_t bytes;
    char text[TOKEN_BYTES_MAX];
    struct candidate candidates[CANDIDATES_MAX];
};

struct known_word *known_new(void)
{
    return pages_new(KNOWN_WORDS * sizeof(struct known_word));
}

void known_free(struct known_word *known)
{
    pages_free(known, KNOWN_WORDS * sizeof *known);
}

static struct known_word *place(struct search_reader *reader, const struct segment *segment,
    const struct word *word)
{
    if (segment->header.word_count < SEGMENT_WORDS_LEAST) return NULL;
    return &reader->known[mix_bytes(word->text, word->bytes, segment->header.checksum) % KNOWN_WORDS];
}

bool known_take(struct search_reader *reader, const struct segment *segment, struct piece *piece,
    struct stretch *ret)
{
    const struct word *word = &piece->word;
    const struct known_word *known = place(reader, segment, word);
    if (!known || known->segment != segment->header.checksum || known->bytes != word->bytes ||
        memcmp(known->text, word->text, word->bytes) != 0) return false;
    if (known->count > reader->candidate_room - reader->candidate_count) return false;
    *ret = (struct stretch){.from = (uint32_t)reader->candidate_count, .count = known->count};
    memcpy(reader->candidates + ret->from, known->candidates, known->count * sizeof *known->candidates);
    reader->candidate_count += known->count;
    piece->persons += known->persons;
    return true;
}

void known_keep(struct search_reader *reader, const struct segment *segment, const struct piece *piece,
    const struct stretch *stretch, uint64_t persons)
{
    const struct word *word = &piece->word;
    struct known_word *known = place(reader, segment, word);
    if (!known || reader->candidate_count == reader->candidate_room) return; /* cut short for want of room */
    known->segment = segment->header.checksum;
    known->persons = persons;
    known->count = stretch->count;
    known->bytes = word->bytes;
    memcpy(known->text, word->text, word->bytes);
    memcpy(known->candidates, reader->candidates + stretch->from, stretch->count * sizeof *known->candidates);
}
