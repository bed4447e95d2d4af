/* search/score: how well one person answers. The name is the weighted sum of squared likenesses of the best
 * pairing of asked and found words; the relative's name is a third of the whole when asked; the rest of the
 * evidence takes points off and adds none, so that nothing is hidden by it. */
#include <stdlib.h>
#include <string.h>

#include "search/mix.h"
#include "search/reader.h"

#define RELATIVE_SHARE 0.35f
#define RELATIVE_UNKNOWN 0.45f   /* as good as a relative half like */
#define RELATION_OTHER 0.05f
#define ORDER_COST 0.01f
#define AGAINST_MOST 0.12f       /* soft evidence takes off no more in all: it hides nobody */
#define MARKS_AHEAD 16           /* fetched before they are needed */

/* The mark of a word, made when it has none; 0 when there is no room. */
static uint16_t mark_of(struct search_reader *reader, uint32_t word)
{
    uint16_t mark = reader->marks[word];
    if (mark || reader->like_count + 1 >= reader->like_room) return mark;
    mark = (uint16_t)++reader->like_count;
    reader->marks[word] = mark;
    reader->marked[mark] = word;
    memset(&reader->likes[mark], 0, sizeof reader->likes[mark]);
    return mark;
}

static void mark_initial(struct search_reader *reader, uint32_t word, uint8_t first)
{
    uint16_t mark = mark_of(reader, word);
    for (size_t piece = 0; mark && piece < reader->piece_count; piece++)
        reader->likes[mark].of[piece] = initial_like(first, &reader->pieces[piece]);
}

void marks_set(struct search_reader *reader, size_t part_number)
{
    const struct index_part *part = &reader->parts[part_number];
    for (uint32_t i = 0; part->segment && i < part->segment->initial_count; i++)
        mark_initial(
            reader, part->segment->initials[i], part->segment->word_first[part->segment->initials[i]]);
    for (uint32_t i = 0; !part->segment && i < part->words; i++)
        if (part->live->words[i].initial) mark_initial(reader, i, word_first_of(&part->live->words[i]));
    reader->asks_initial = false;
    for (size_t piece = 0; piece < reader->piece_count; piece++) {
        const struct stretch *stretch = &reader->stretches[part_number][piece];
        if (reader->pieces[piece].word.initial) reader->asks_initial = true;
        for (uint32_t i = 0; i < stretch->count; i++) {
            const struct candidate *candidate = &reader->candidates[stretch->from + i];
            if (i + MARKS_AHEAD < stretch->count)
                __builtin_prefetch(&reader->marks[candidate[MARKS_AHEAD].word], 1);
            uint16_t mark = mark_of(reader, candidate->word);
            if (!mark) continue;
            reader->likes[mark].of[piece] = (uint8_t)candidate->like;
            reader->likes[mark].candidate |= (uint32_t)1 << piece;
        }
    }
}

void marks_clear(struct search_reader *reader)
{
    for (size_t i = 1; i <= reader->like_count; i++) reader->marks[reader->marked[i]] = 0;
    reader->like_count = 0;
}

static uint8_t word_first(const struct index_part *part, uint32_t word)
{
    return part->segment ? part->segment->word_first[word] : word_first_of(&part->live->words[word]);
}

/* An asked word and one found that is like it. */
struct pairing { float worth; uint8_t piece, word; };

/* All pairs of which something comes; and in ret_reach the most that all together can come to. */
static int pairings_list(const struct search_reader *reader, const struct index_part *part,
    const uint8_t *pieces, uint8_t count, const uint32_t *words, uint8_t word_count,
    struct pairing ret[NAME_WORDS_MAX * NAME_WORDS_MAX], float *ret_reach)
{
    float most[NAME_WORDS_MAX] = {0};
    int n = 0;
    for (uint8_t i = 0; i < word_count; i++) {
        uint16_t mark = reader->marks[words[i]];
        if (!mark && !reader->asks_initial) continue; /* like nothing that is asked */
        uint8_t first = reader->asks_initial ? word_first(part, words[i]) : 0;
        for (uint8_t k = 0; k < count; k++) {
            const struct piece *piece = &reader->pieces[pieces[k]];
            uint8_t like = mark ? reader->likes[mark].of[pieces[k]] : 0;
            if (!like && piece->word.initial) like = initial_like(first, piece);
            if (!like) continue;
            float share = (float)like * (1.0f / LIKE_FULL), worth = piece->weight * share * share;
            ret[n++] = (struct pairing){worth, k, i};
            if (worth > most[k]) most[k] = worth;
        }
    }
    *ret_reach = 0;
    for (uint8_t k = 0; k < count; k++) *ret_reach += most[k];
    return n;
}

/* The best pairing, greedily: the heaviest likeness first; of equal ones that in its own place, then the
 * first asked. The last words may be aliases: who was not asked for by his alias is no less the one asked
 * for. Gives 0-1; or 0 when it cannot reach `least`. */
static float pair_words(const struct search_reader *reader, const struct index_part *part,
    const uint8_t *pieces,
    uint8_t count, float weight, const uint32_t *words, uint8_t word_count, uint8_t alias_count, float least)
{
    struct pairing list[NAME_WORDS_MAX * NAME_WORDS_MAX];
    float reach, got = 0;
    int n = pairings_list(reader, part, pieces, count, words, word_count, list, &reach);
    int beside = word_count - alias_count;
    if (reach < least * weight) return 0;
    bool ordered = true;
    while (n) {
        float most = 0;
        struct pairing best = {0};
        for (int i = 0; i < n; i++) {
            float value = list[i].worth + (list[i].piece == list[i].word ? 1e-3f : 0);
            if (value < most || (value <= most && list[i].piece >= best.piece)) continue;
            most = value;
            best = list[i];
        }
        got += best.worth;
        ordered = ordered && best.piece == best.word;
        beside -= best.word < word_count - alias_count;
        int kept = 0;
        for (int i = 0; i < n; i++)
            if (list[i].piece != best.piece && list[i].word != best.word) list[kept++] = list[i];
        n = kept;
    }
    float against = BESIDE_COST * (float)beside / count + (ordered ? 0 : ORDER_COST);
    return got / weight - against;
}

struct evidence evidence_of(const struct search_query *query, const struct record *record)
{
    struct evidence said = {0};
    if (query->sex && record->sex) {
        said.sex = query->sex == record->sex ? SEARCH_AGREES : SEARCH_DIFFERS;
        if (said.sex == SEARCH_DIFFERS) said.points -= 0.08f;
    }
    if (query->birth_year_from && query->birth_year_to && record->birth) {
        int born = record->birth + 1899, off = 0;
        if (born + record->spread < query->birth_year_from)
            off = query->birth_year_from - born - record->spread;
        if (born - record->spread > query->birth_year_to) off = born - record->spread - query->birth_year_to;
        said.age = off == 0 ? SEARCH_AGREES : off <= 3 ? SEARCH_NEARLY : SEARCH_DIFFERS;
        said.points -= 0.01f * (float)(off > 10 ? 10 : off);
    }
    if (query->district && record->district) {
        said.district = query->district == record->district ? SEARCH_AGREES : SEARCH_DIFFERS;
        for (size_t i = 0; i < query->near_count && i < SEARCH_NEAR_MAX && said.district == SEARCH_DIFFERS;
            i++)
            if (query->near[i] == record->district) said.district = SEARCH_NEARLY;
        said.points -= said.district == SEARCH_AGREES ? 0 : said.district == SEARCH_NEARLY ? 0.015f : 0.03f;
    }
    if (query->station && record->station) {
        said.station = query->station == record->station ? SEARCH_AGREES : SEARCH_DIFFERS;
        if (said.station == SEARCH_DIFFERS) said.points -= 0.015f;
    }
    if (query->roles && record->roles) {
        said.role = query->roles & record->roles ? SEARCH_AGREES : SEARCH_DIFFERS;
        if (said.role == SEARCH_DIFFERS) said.points -= 0.03f;
    }
    if (said.points < -AGAINST_MOST) said.points = -AGAINST_MOST;
    return said;
}

float score_bound(const struct search_reader *reader, const struct division *division, float name)
{
    name *= division->share;
    return reader->relative_count ? name * (1 - RELATIVE_SHARE) + RELATIVE_SHARE : name;
}

float score_least(const struct search_reader *reader, const struct division *division)
{
    float least = reader->floor;
    if (reader->relative_count) least = (least - RELATIVE_SHARE) / (1 - RELATIVE_SHARE);
    return least / division->share;
}

static float relative_score(const struct search_reader *reader, const struct index_part *part,
    const struct record *record)
{
    if (!record->relative_count) return RELATIVE_UNKNOWN;
    float weight = 0;
    for (uint8_t i = 0; i < reader->relative_count;
        i++) weight += reader->pieces[reader->relatives[i]].weight;
    float like = pair_words(reader, part, reader->relatives, reader->relative_count, weight,
        record->words + record->name_count, record->relative_count, 0, 0);
    if (reader->relative_joined < PIECES_MAX) {
        float joined = SHARE_DIVIDED * pair_words(reader, part, &reader->relative_joined, 1,
            reader->pieces[reader->relative_joined].weight, record->words + record->name_count,
            record->relative_count, 0, 0);
        if (joined > like) like = joined;
    }
    bool other = reader->relation && record->relation && reader->relation != record->relation;
    return like - (other ? RELATION_OTHER : 0);
}

/* A sum over the words in any order, equal for names written alike, in every part. Words like an asked one
 * come again and again: theirs is kept. */
static uint32_t name_spelling(struct search_reader *reader, const struct index_part *part,
    const struct record *record)
{
    uint32_t sum = 0;
    for (uint8_t i = 0; i < record->name_count - record->alias_count; i++) {
        uint32_t none = 0, *known = &none;
        if (reader->marks[record->words[i]]) known = &reader->likes[reader->marks[record->words[i]]].spelling;
        if (!*known) {
            size_t n;
            const char *text = part_word(part, record->words[i], &n);
            *known = (uint32_t)mix_bytes(text, n, 4) | 1;
        }
        sum += *known;
    }
    return sum;
}

bool live_reached(const struct search_reader *reader, const struct live *live,
    const struct division *division, uint32_t person)
{
    const struct record *record = &live->records[person];
    uint32_t candidates = 0, sought = 0;
    for (uint8_t i = 0; i < record->name_count; i++) {
        uint16_t mark = reader->marks[record->words[i]];
        if (mark) candidates |= reader->likes[mark].candidate;
    }
    for (uint8_t k = 0; k < division->count; k++)
        if (reader->pieces[division->pieces[k]].sought) sought |= (uint32_t)1 << division->pieces[k];
    return candidates & sought;
}

bool person_scored(struct search_reader *reader, size_t part, size_t division, uint32_t person)
{
    uint64_t key = (uint64_t)reader->group_query << 40 ^ (uint64_t)part << 34 ^ (uint64_t)division << 28;
    key ^= person;
    uint64_t *slot = &reader->seen[(person * 2654435761u >> 16) % SEEN_SLOTS];
    if (*slot == key) return true;
    *slot = key;
    return false;
}

void person_score(struct search_reader *reader, size_t part_number, size_t division_number, uint32_t person)
{
    const struct index_part *part = &reader->parts[part_number];
    const struct division *division = &reader->divisions[division_number];
    struct record record;
    const struct record *named = &record;
    reader->scored++;
    if (!part->segment) named = &part->live->records[person];
    else if (!segment_name(part->segment, person, &record)) return;
    float name = pair_words(reader, part, division->pieces, division->count, division->weight, named->words,
                     named->name_count, named->alias_count, score_least(reader, division) * 0.999f) *
                 division->share;
    if (name <= division->least) return;
    if (score_bound(reader, division, name / division->share) < reader->floor) return;
    if (part->segment ? !segment_record_without_id(part->segment, person, &record)
                      : !part_record(part, person, &record))
        return;
    struct found found = {.score = name, .name_score = name, .part = (uint32_t)part_number, .person = person,
        .division = (uint16_t)division_number};
    if (reader->relative_count)
        found.score = name * (1 - RELATIVE_SHARE) + RELATIVE_SHARE * relative_score(reader, part, &record);
    found.score += evidence_of(reader->query, &record).points;
    if (found.score < reader->floor || found.score <= 0) return;
    if (part->segment ? segment_is_dead(part->segment, person)
        : atomic_load(&part->live->dead[person])) return;
    found.spelling = name_spelling(reader, part, &record);
    collect_add(reader, &found);
}
