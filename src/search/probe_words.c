/* search/probe_words: where one word must do, the postings of the likest words are read. */
#include "search/probe.h"

#define SINGLE_SCORED_MAX 3000    /* persons read for one word where pairs have been read too */
#define SINGLE_MORE_MAX 800      /* the same for other ways to read the name */
#define ALONE_SCORED_MAX 10000    /* persons read where there is but one word to go by */
#define RELATIVE_TIMES 8          /* so many times more where a relative's name tells them apart */
#define SINGLE_REST 0.45f         /* what an asked initial may add to a single word */

/* Scores those who wait. Memory is slow and answers many questions as fast as one: all records are asked for
 * first. */
void waiting_score(struct probing *probing)
{
    const struct segment *segment = probing->segment;
    for (size_t i = 0; i < probing->waiting_count; i++)
        __builtin_prefetch(segment->records + segment_record_at(segment, probing->waiting[i]));
    for (size_t i = 0; i < probing->waiting_count; i++)
        person_score(probing->reader, probing->part, probing->division_number, probing->waiting[i]);
    probing->waiting_count = 0;
}

void person_wait(struct probing *probing, uint32_t person)
{
    if (person_scored(probing->reader, probing->part, probing->division_number, person)) return;
    __builtin_prefetch(&probing->segment->blocks[person / 4]);
    probing->waiting[probing->waiting_count++] = person;
    if (probing->waiting_count == WAITING_MAX) waiting_score(probing);
}

/* Reads the postings of one word while its persons can be of use. */
static void word_read(struct probing *probing, uint32_t word, float bound, uint32_t most)
{
    const struct segment *segment = probing->segment;
    struct search_reader *reader = probing->reader;
    const uint8_t *at = segment->postings + segment->posting_at[word];
    const uint8_t *end = segment->postings + segment->posting_at[word + 1];
    uint32_t person = 0, ties = 0, limit = reader->scored + most;
    for (bool first = true; at < end && ties <= TIES_MAX && reader->scored <= limit; first = false) {
        uint32_t gap = 0;
        for (unsigned shift = 0; at < end; shift += 7) {
            uint8_t byte = *at++;
            if (shift < 32) gap |= (uint32_t)(byte & 127) << shift;
            if (!(byte & 128)) break;
        }
        person = first ? gap : person + gap;
        if (person >= segment->header.person_count) break;
        person_wait(probing, person);
        ties += bound <= reader->floor;
    }
    waiting_score(probing);
}

/* What the pieces of higher ranks, and initials, may add to one word where no pair was near: the pairs have
 * been read, so a word of theirs is there only where it is an initial, or like too many. */
static float single_rest(const struct probing *probing, uint8_t rank, float initials)
{
    float rest = initials * SINGLE_REST;
    for (rank++; rank < probing->sought; rank++) {
        const struct piece *piece = piece_at(probing, rank);
        bool listed = rank < PAIRED_MAX && probing->unit_count[rank] < UNITS_MAX;
        rest += piece->weight * (piece->word.initial ? 1 : listed ? square(INITIAL_FOUND) : SINGLE_REST);
    }
    return rest;
}

/* One strong word alone: single names, nicknames, an initial beside a name, a badly garbled other word. */
void words_probe(struct probing *probing)
{
    struct search_reader *reader = probing->reader;
    const struct division *division = probing->division;
    uint32_t most = probing->sought == 1 ? ALONE_SCORED_MAX : SINGLE_SCORED_MAX, start = reader->scored;
    bool slipped = probing->sought == 1 && piece_at(probing, 0)->slipped; /* other words than those read */
    if (probing->division_number && !slipped) most = SINGLE_MORE_MAX;
    if (reader->relative_count && !reader->only_initials) most *= RELATIVE_TIMES;
    if (reader->scored >= reader->scored_most) return;
    if (most > reader->scored_most - reader->scored) most = reader->scored_most - reader->scored;
    float initials = division->weight;
    for (uint8_t rank = 0; rank < probing->sought; rank++) initials -= piece_at(probing, rank)->weight;
    for (uint8_t rank = 0; rank < probing->sought; rank++) {
        const struct piece *piece = piece_at(probing, rank);
        size_t number = division->pieces[probing->order[rank]];
        const struct stretch *stretch = &reader->stretches[probing->part][number];
        float rest = probing->sought >= 2 ? single_rest(probing, rank, initials) : initials;
        for (uint32_t i = 0; i < stretch->count; i++) {
            const struct candidate *candidate = &reader->candidates[stretch->from + i];
            float name = (rest + square(candidate->like) * piece->weight) / division->weight * 1.0005f;
            if (probing->sought >= 2 && name < LEVEL_LEAST) { /* its pairs have not been read */
                float most_name = square(candidate->like) * piece->weight + division->weight - piece->weight;
                name =
                    most_name < LEVEL_LEAST * division->weight ? most_name / division->weight : LEVEL_LEAST;
            }
            float bound = score_bound(reader, division, name);
            if (bound < reader->floor || name * division->share < reader->best - BELOW_BEST) break;
            uint32_t used = reader->scored - start;
            if (used >= most) return;
            if (probing->sought > 1 && probing->segment->word_persons[candidate->word] > most) continue;
            word_read(probing, candidate->word, bound, most - used);
        }
    }
}
