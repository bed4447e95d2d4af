/* search/probe: which persons of a segment are scored at all. Every person is filed under the pairs of
 * units of the name, so pairs of candidates are looked up in falling order of what they could score, until
 * nothing that is left could stand above what was found. Where one word must do, the postings of the likest
 * words are read. */
#include <string.h>

#include "search/reader.h"

#define PAIRED_MAX 5              /* pieces whose pairs are sought, the rarest */
#define PROBES_FIRST 30000        /* pairs looked up for the name as it was typed */
#define PROBES_MORE 8000          /* and for every other way to read it */
#define SCORED_MAX 24000          /* persons of one query */
#define SCORED_RELATIVE_MAX 80000 /* where a relative's name tells namesakes apart */
#define LEVEL_LEAST 0.40f         /* pairs that could score less are not sought */
#define SINGLE_SCORED_MAX 3000    /* persons read for one word where pairs have been read too */
#define SINGLE_MORE_MAX 800      /* the same for other ways to read the name */
#define ALONE_SCORED_MAX 10000    /* persons read where there is but one word to go by */
#define RELATIVE_TIMES 8          /* so many times more where a relative's name tells them apart */
#define SINGLE_REST 0.45f         /* what an asked initial may add to a single word */
#define TIES_MAX 1000             /* persons read of a list that can only bring what is already there */
#define WAITING_MAX 48            /* persons whose records are fetched together before they are scored */
#define PROBES_AHEAD 32
#define WORDS_AHEAD 16
#define PASSED_EACH 64            /* entries passed over that take as long as a pair looked up */

/* A pair that is looked up: what its two words are worth, and the most a person there can score. */
struct probe { uint64_t hash; float worth, bound; };

struct probing {
    struct search_reader *reader;
    size_t part, division_number;
    const struct segment *segment;
    const struct division *division;
    uint8_t order[NAME_WORDS_MAX]; /* places in the division, rarest first, initials left out */
    uint8_t sought;
    struct row {
        float bound;
        uint16_t next;
    } rows[PAIRED_MAX * PAIRED_MAX / 2][UNITS_MAX]; /* of each pair */
    size_t started[PAIRED_MAX * PAIRED_MAX / 2];
    const struct unit_like *units[PAIRED_MAX]; /* of the pieces that are paired, the likest first */
    size_t unit_count[PAIRED_MAX];
    const float *rests;            /* what the other pieces may add to the pair at hand, by its sign */
    float rests_of[PAIRED_MAX * PAIRED_MAX / 2][SIGNS];
    struct probe probes[PROBES_AHEAD];
    size_t probe_count;
    uint32_t waiting[WAITING_MAX];
    size_t waiting_count;
};

static const struct piece *piece_at(const struct probing *probing, uint8_t rank)
{
    return &probing->reader->pieces[probing->division->pieces[probing->order[rank]]];
}

static float square(uint16_t like)
{
    float share = (float)like / LIKE_FULL;
    return share * share;
}

/* The units of a piece's candidates, each once, the likest first. They are the same in every division. */
static void units_list(struct probing *probing, uint8_t rank)
{
    struct search_reader *reader = probing->reader;
    size_t piece = probing->division->pieces[probing->order[rank]];
    struct stretch *stretch = &reader->stretches[probing->part][piece];
    const struct segment *segment = probing->segment;
    probing->units[rank] = reader->units + stretch->units_from;
    probing->unit_count[rank] = stretch->unit_count;
    if (stretch->unit_count || !stretch->count) return;
    struct unit_like *units = reader->units + reader->units_used;
    uint32_t n = 0;
    reader->unit_stamp++;
    for (uint32_t i = 0; i < stretch->count && n < UNITS_MAX; i++) {
        const struct candidate *candidate = &reader->candidates[stretch->from + i];
        if (i + WORDS_AHEAD < stretch->count) {
            __builtin_prefetch(&segment->word_class[candidate[WORDS_AHEAD].word]);
            __builtin_prefetch(&segment->class_unit[segment->word_class[candidate[WORDS_AHEAD / 2].word]]);
        }
        uint32_t unit = segment->class_unit[segment->word_class[candidate->word]];
        if (reader->unit_stamps[unit] == reader->unit_stamp) continue;
        reader->unit_stamps[unit] = reader->unit_stamp;
        units[n++] = (struct unit_like){unit, candidate->like};
    }
    stretch->units_from = (uint32_t)reader->units_used;
    stretch->unit_count = n;
    reader->units_used += n;
    probing->units[rank] = units;
    probing->unit_count[rank] = n;
}

static void order_pieces(struct probing *probing)
{
    for (uint8_t i = 0; i < probing->division->count; i++)
        if (probing->reader->pieces[probing->division->pieces[i]].sought)
            probing->order[probing->sought++] = i;
    for (uint8_t i = 1; i < probing->sought; i++)
        for (uint8_t k = i; k > 0 && piece_at(probing, k)->weight > piece_at(probing,
            (uint8_t)(k - 1))->weight; k--) {
            uint8_t swapped = probing->order[k];
            probing->order[k] = probing->order[k - 1];
            probing->order[k - 1] = swapped;
        }
}

/* Scores those who wait. Memory is slow and answers many questions as fast as one: all records are asked for
 * first. */
static void waiting_score(struct probing *probing)
{
    const struct segment *segment = probing->segment;
    for (size_t i = 0; i < probing->waiting_count; i++)
        __builtin_prefetch(segment->records + segment_record_at(segment, probing->waiting[i]));
    for (size_t i = 0; i < probing->waiting_count; i++)
        person_score(probing->reader, probing->part, probing->division_number, probing->waiting[i]);
    probing->waiting_count = 0;
}

static void person_wait(struct probing *probing, uint32_t person)
{
    if (person_scored(probing->reader, probing->part, probing->division_number, person)) return;
    __builtin_prefetch(&probing->segment->blocks[person / 4]);
    probing->waiting[probing->waiting_count++] = person;
    if (probing->waiting_count == WAITING_MAX) waiting_score(probing);
}

static void rest_raise(float *rest, float value)
{
    if (value > *rest) *rest = value;
}

/* What a single word beside the pair may add, by its sign; less than nothing where no other piece is like any
 * word of the sign. */
static void rests_set(struct probing *probing, float rests[SIGNS], uint8_t first, uint8_t second)
{
    const struct division *division = probing->division;
    float beside = -BESIDE_COST * division->weight / division->count, all = 0;
    rests[SIGN_NONE] = 0;
    for (int sign = SIGN_NONE + 1; sign < SIGNS; sign++) rests[sign] = beside;
    for (uint8_t place = 0; place < division->count; place++) {
        if (place == probing->order[first] || place == probing->order[second]) continue;
        const struct piece *piece = &probing->reader->pieces[division->pieces[place]];
        uint8_t rank = 0;
        while (rank < probing->sought && probing->order[rank] != place) rank++;
        uint16_t least = rank == probing->sought ? INITIAL_ASKED : rank >= PAIRED_MAX ? LIKE_FULL : 0;
        size_t n = least ? 0 : probing->unit_count[rank];
        const struct unit_like *units = probing->units[least ? 0 : rank];
        if (n == UNITS_MAX) least = units[n - 1].like;
        all += piece->weight;
        for (int sign = SIGN_NONE + 1; least && sign < SIGN_MANY; sign++)
            rest_raise(&rests[sign], square(least) * piece->weight);
        for (size_t i = 0; i < n; i++)
            rest_raise(&rests[sign_of(units[i].unit)], square(units[i].like) * piece->weight);
    }
    if (all > 0) rests[SIGN_MANY] = all;
}

/* What the rest must add to a pair of this worth, so that a person of it has a place. */
static float rest_least(const struct probing *probing, float worth)
{
    const struct division *division = probing->division;
    float name = score_least(probing->reader, division) * division->weight;
    return name * 0.9995f - worth;
}

static uint32_t pair_find(const struct segment *segment, uint16_t tag, uint32_t at, uint32_t end)
{
    uint16_t least = (uint16_t)(tag << SIGN_HIGH_BITS); /* the signs below tags are in no order */
    uint32_t high = end;
    while (high - at > 12) {
        uint32_t middle = at + (high - at) / 2;
        if (segment->pair_tags[middle] < least) at = middle + 1;
        else high = middle;
    }
    while (at < end && segment->pair_tags[at] < least) at++;
    return at;
}

/* Takes the persons filed under a pair, but those whose other word says that they have no place. */
static void pair_read(struct probing *probing, const struct probe *probe)
{
    const struct segment *segment = probing->segment;
    struct search_reader *reader = probing->reader;
    uint32_t bits = segment->header.pair_bits, ties = 0;
    const uint32_t *directory = &segment->pair_directory[pair_bucket(probe->hash, bits)];
    uint16_t tag = pair_tag(probe->hash, bits);
    uint32_t from = pair_find(segment, tag, directory[0], directory[1]), at = from;
    float floor = reader->floor, least = rest_least(probing, probe->worth);
    for (; at < directory[1] && segment->pair_tags[at] >> SIGN_HIGH_BITS == tag; at++) {
        if (reader->floor > floor) {
            floor = reader->floor;
            least = rest_least(probing, probe->worth);
        }
        uint32_t entry = segment->pair_persons[at];
        if (probing->rests[pair_sign(segment->pair_tags[at], entry)] < least) continue;
        person_wait(probing, entry & PAIR_PERSON);
        if (probe->bound <= reader->floor && ++ties > TIES_MAX) break;
        if (reader->scored > reader->scored_most) break;
    }
    reader->probed += (at - from) / PASSED_EACH;
}

/* What the row's unit and the other one are worth. */
static float row_worth(const struct probing *probing, uint8_t first, uint8_t second, size_t row, size_t other)
{
    return square(probing->units[first][row].like) * piece_at(probing, first)->weight +
        square(probing->units[second][other].like) * piece_at(probing, second)->weight;
}

/* What a person with both could score by the name; 0 past the last unit. */
static float row_bound(const struct probing *probing, uint8_t first, uint8_t second, size_t row, size_t other)
{
    if (other >= probing->unit_count[second]) return 0;
    const struct piece *a = piece_at(probing, first), *b = piece_at(probing, second);
    float weight = probing->division->weight, rest = weight - a->weight - b->weight;
    uint16_t like = probing->units[first][row].like, its = probing->units[second][other].like;
    float bound = row_worth(probing, first, second, row, other) + rest * square(its < like ? its : like);
    return bound * 1.0005f / weight;
}

/* Reads the pairs that wait, having asked memory for all of them. */
static void probes_read(struct probing *probing)
{
    const struct segment *segment = probing->segment;
    uint32_t bits = segment->header.pair_bits;
    for (size_t i = 0; i < probing->probe_count; i++)
        __builtin_prefetch(
            &segment->pair_tags[segment->pair_directory[pair_bucket(probing->probes[i].hash, bits)]]);
    for (size_t i = 0; i < probing->probe_count; i++) pair_read(probing, &probing->probes[i]);
    probing->reader->probed += (uint32_t)probing->probe_count;
    probing->probe_count = 0;
}

/* One row of a pair of pieces: a unit of the first with the units of the second, as far as the level allows.
 */
static void row_probe(struct probing *probing, uint8_t first, uint8_t second, size_t number, struct row *row,
    float level)
{
    const struct segment *segment = probing->segment;
    uint32_t unit = probing->units[first][number].unit;
    while (row->bound >= level) {
        float bound = score_bound(probing->reader, probing->division, row->bound);
        if (bound < probing->reader->floor) {
            row->bound = 0; /* the floor only rises */
            return;
        }
        struct probe *probe = &probing->probes[probing->probe_count++];
        *probe = (struct probe){pair_hash(unit, probing->units[second][row->next].unit),
            row_worth(probing, first, second, number, row->next), bound};
        __builtin_prefetch(
            &segment->pair_directory[pair_bucket(probe->hash, segment->header.pair_bits)]);
        row->bound = row_bound(probing, first, second, number, ++row->next);
        if (probing->probe_count == PROBES_AHEAD) probes_read(probing);
    }
}

static bool work_left(const struct probing *probing)
{
    const struct search_reader *reader = probing->reader;
    return reader->probed < reader->probes_most && reader->scored < reader->scored_most;
}

static void pair_probe(struct probing *probing, size_t pair, uint8_t first, uint8_t second, float level)
{
    struct row *rows = probing->rows[pair];
    size_t *started = &probing->started[pair];
    probing->rests = probing->rests_of[pair];
    if (!*started) rests_set(probing, probing->rests_of[pair], first, second);
    for (; *started < probing->unit_count[first]; (*started)++) {
        float bound = row_bound(probing, first, second, *started, 0);
        if (bound < level) break;
        rows[*started] = (struct row){bound, 0};
    }
    for (size_t i = 0; i < *started && work_left(probing); i++)
        if (rows[i].bound >= level) row_probe(probing, first, second, i, &rows[i], level);
    probes_read(probing);
    waiting_score(probing);
}

static bool level_worth(const struct probing *probing, float level)
{
    const struct search_reader *reader = probing->reader;
    float most = score_bound(reader, probing->division, level);
    return most > reader->floor - 1e-6f && level * probing->division->share > reader->best - BELOW_BEST &&
        work_left(probing);
}

/* Level by level, each down to what could still be told. */
static void pairs_probe(struct probing *probing)
{
    const struct search_reader *reader = probing->reader;
    uint8_t paired = probing->sought < PAIRED_MAX ? probing->sought : PAIRED_MAX;
    float above = 1;
    for (float step = 0; above > LEVEL_LEAST && level_worth(probing, above); step = above > 0.7f ? 0.03f
        : 0.05f) {
        float least = (reader->best - BELOW_BEST) / probing->division->share;
        size_t pair = 0;
        if (above <= least) return;
        above = above - step > least ? above - step : least;
        for (uint8_t a = 0; a < paired; a++)
            for (uint8_t b = (uint8_t)(a + 1); b < paired; b++, pair++)
                pair_probe(probing, pair, a, b, above);
    }
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
static void words_probe(struct probing *probing)
{
    struct search_reader *reader = probing->reader;
    const struct division *division = probing->division;
    uint32_t most = probing->sought == 1 ? ALONE_SCORED_MAX : SINGLE_SCORED_MAX, start = reader->scored;
    if (probing->division_number) most = SINGLE_MORE_MAX;
    if (reader->relative_count) most *= RELATIVE_TIMES;
    if (reader->scored + most > 2 * reader->scored_most) /* the odd query too ends in time */
        most = 2 * reader->scored_most > reader->scored ? 2 * reader->scored_most - reader->scored : 0;
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
            float bound = score_bound(reader, division, name);
            if (bound < reader->floor || name * division->share < reader->best - BELOW_BEST) break;
            uint32_t used = reader->scored - start;
            if (used >= most) return;
            if (probing->sought > 1 && probing->segment->word_persons[candidate->word] > most) continue;
            word_read(probing, candidate->word, bound, most - used);
        }
    }
}

void division_probe(struct search_reader *reader, size_t part_number, size_t division_number)
{
    const struct index_part *part = &reader->parts[part_number];
    if (!part->segment) {
        for (uint32_t person = 0; person < part->persons; person++)
            if (live_reached(reader, part->live, &reader->divisions[division_number], person))
                person_score(reader, part_number, division_number, person);
        return;
    }
    struct probing probing;
    probing.reader = reader;
    probing.part = part_number;
    probing.division_number = division_number;
    probing.segment = part->segment;
    probing.division = &reader->divisions[division_number];
    probing.sought = 0;
    probing.waiting_count = probing.probe_count = 0;
    reader->scored_most = reader->relative_count ? SCORED_RELATIVE_MAX : SCORED_MAX;
    reader->probes_most = reader->probed + (division_number ? PROBES_MORE : PROBES_FIRST);
    order_pieces(&probing);
    for (uint8_t rank = 0; rank < probing.sought && rank < PAIRED_MAX; rank++) units_list(&probing, rank);
    if (probing.sought >= 2) {
        memset(probing.started, 0, sizeof probing.started);
        pairs_probe(&probing);
    }
    words_probe(&probing);
}
