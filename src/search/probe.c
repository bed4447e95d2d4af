/* search/probe: which persons of a segment are scored at all. Every person is filed under the pairs of
 * units of the name, so pairs of candidates are looked up in falling order of what they could score, until
 * nothing that is left could stand above what was found. */
#include "search/probe.h"

#include <string.h>

#define PROBES_FIRST 30000        /* pairs looked up for the name as it was typed */
#define PROBES_MORE 8000          /* and for every other way to read it, */
#define PROBES_MAX 70000          /* but for all together */
#define SCORED_MAX 30000          /* persons of one query, in all ways to read it */
#define SCORED_RELATIVE_MAX 96000 /* where a relative's name tells namesakes apart */
#define SCORED_FIRST 3 / 4        /* of them for the name as it was typed */
#define WORDS_FEW 3               /* asked for in all; the more there are, the longer a person takes */
#define WORDS_AHEAD 16
#define PASSED_EACH 64            /* entries passed over that take as long as a pair looked up */

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
    rests[SIGN_ALIAS] = all; /* costs nothing */
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
    uint32_t bits = segment->header.pair_bits, ties = 0, at = probe->at;
    uint32_t end = segment->pair_directory[pair_bucket(probe->hash, bits) + 1];
    uint16_t tag = pair_tag(probe->hash, bits);
    float floor = reader->floor, least = rest_least(probing, probe->worth);
    for (; at < end && segment->pair_tags[at] >> SIGN_HIGH_BITS == tag; at++) {
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
    reader->probed += (at - probe->at) / PASSED_EACH;
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
    size_t found = 0;
    for (size_t i = 0; i < probing->probe_count; i++)
        __builtin_prefetch(
            &segment->pair_tags[segment->pair_directory[pair_bucket(probing->probes[i].hash, bits)]]);
    for (size_t i = 0; i < probing->probe_count; i++) { /* most pairs are nobody's */
        struct probe probe = probing->probes[i];
        const uint32_t *bucket = &segment->pair_directory[pair_bucket(probe.hash, bits)];
        uint16_t tag = pair_tag(probe.hash, bits);
        probe.at = pair_find(segment, tag, bucket[0], bucket[1]);
        if (probe.at == bucket[1] || segment->pair_tags[probe.at] >> SIGN_HIGH_BITS != tag) continue;
        __builtin_prefetch(&segment->pair_persons[probe.at]);
        probing->probes[found++] = probe;
    }
    for (size_t i = 0; i < found; i++) pair_read(probing, &probing->probes[i]);
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
        *probe = (struct probe){.hash = pair_hash(unit, probing->units[second][row->next].unit),
            .worth = row_worth(probing, first, second, number, row->next), .bound = bound};
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

/* How many persons may have been scored when the division has been probed. There is one bound on the work of
 * a query, so that whatever is asked ends in time: most of it is for the name as it was typed, the other ways
 * to read it share what is left, and leave as much for ways that may come after them. */
static uint32_t scored_most(const struct probing *probing)
{
    const struct search_reader *reader = probing->reader;
    uint32_t most = reader->relative_count && !reader->only_initials ? SCORED_RELATIVE_MAX : SCORED_MAX;
    uint32_t words = (uint32_t)reader->name_count + reader->relative_count;
    if (words > WORDS_FEW) most = most * (WORDS_FEW + 1) / (words + 1);
    if (!probing->division_number) return probing->sought > 1 ? most * SCORED_FIRST : most;
    if (reader->scored >= most) return most;
    return reader->scored +
        (most - reader->scored) / (uint32_t)(reader->division_count - probing->division_number + 1);
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
    reader->probes_most = reader->probed + (division_number ? PROBES_MORE : PROBES_FIRST);
    if (reader->probes_most > PROBES_MAX) reader->probes_most = PROBES_MAX;
    order_pieces(&probing);
    reader->scored_most = scored_most(&probing);
    for (uint8_t rank = 0; rank < probing.sought && rank < PAIRED_MAX; rank++) units_list(&probing, rank);
    if (probing.sought >= 2) {
        memset(probing.started, 0, sizeof probing.started);
        pairs_probe(&probing);
    }
    words_probe(&probing);
}
