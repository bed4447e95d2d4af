/* search/candidates: the words of one part that are like a piece. By sound: all words of its skeleton, and
 * those whose consonants differ by one. By hand: Latin words whose letters differ by one. Each is measured
 * both ways and the better counts. */
#include <math.h>
#include <string.h>

#include "search/distance.h"
#include "search/grow.h"
#include "search/reader.h"

#define LIKE_LEAST 0.55f     /* below, two words have nothing to do with each other */
#define HAND_SLACK 0.10f     /* what the sound may lack when the hand is measured too */
#define SOUND_SURE 0.97f     /* above, spelling does not matter */
#define SKELETON_REACH 6     /* phones by which words of one skeleton may differ in length */
#define GROUPS_AHEAD 12      /* groups fetched before they are needed, their sounds half as long before */
#define GROUP_REACH 3        /* the same for neighbours of the consonants */
#define FEW_CONSONANTS 3     /* of a word with fewer none is left out */
#define LIKE_MOST 247        /* of words that are not letter by letter the same */

struct batch {
    struct distance_rows rows;
    uint32_t ids[LANES];
    float sound[LANES];
    int count;
};

struct sifting {
    struct search_reader *reader;
    const struct index_part *part;
    const struct word *word;
    struct distance_costs sound_costs, free_costs, hand_costs;
    struct batch sounds, frees, hands; /* frees: sounds of words that write no short vowels */
    uint8_t cost_most[PHONES_MAX + 1]; /* by length of the other word: dearer sounds are not like */
    uint32_t counts[LIKE_FULL + 1];    /* of the gathered, by likeness */
    uint32_t above;                    /* gathered that are at least so like: */
    uint32_t least;                    /* so many are, that what is less like would not be kept */
    bool latin;
};

/* What a cost by sound is measured against: short words forgive less. */
static float sound_length(uint8_t a, uint8_t b)
{
    float length = 0.62f * (a > b ? a : b);
    return length < 2.2f ? 2.2f : length;
}

/* The dearest sounds that may still be kept; the hand may make good what they lack. */
static void limits_set(struct sifting *sifting)
{
    float least = (float)sifting->least / LIKE_FULL - (sifting->latin ? HAND_SLACK : 0);
    for (uint8_t i = 0; i <= PHONES_MAX; i++)
        sifting->cost_most[i] =
            (uint8_t)fminf(254, (1 - least) * COST_UNIT * sound_length(i, sifting->word->fold.count));
}

static void gather(struct sifting *sifting, uint32_t word, float like)
{
    struct search_reader *reader = sifting->reader;
    if (reader->gathered_count == reader->gathered_room) return;
    uint32_t parts = (uint32_t)(like * LIKE_FULL);
    if (parts < sifting->least) return;
    if (parts > LIKE_MOST) parts = LIKE_MOST;
    if (like >= SOUND_SURE) {
        size_t n;
        const char *text = part_word(sifting->part, word, &n);
        if (n == sifting->word->bytes && memcmp(text, sifting->word->text, n) == 0) parts = LIKE_FULL;
    }
    reader->gathered[reader->gathered_count++] = (struct candidate){word, (uint16_t)parts};
    sifting->counts[parts]++;
    sifting->above++;
    while (sifting->above - sifting->counts[sifting->least] >= CANDIDATES_MAX)
        sifting->above -= sifting->counts[sifting->least++];
}

static void batch_put(struct batch *batch, uint32_t id, const uint8_t *signs, uint8_t count)
{
    memcpy(batch->rows.signs[batch->count], signs, PHONES_MAX);
    batch->rows.counts[batch->count] = count;
    if (count > batch->rows.longest) batch->rows.longest = count;
    batch->ids[batch->count++] = id;
}

static void batch_clear(struct batch *batch)
{
    batch->count = 0;
    batch->rows.longest = 0;
}

static void hands_measure(struct sifting *sifting)
{
    struct batch *batch = &sifting->hands;
    uint8_t costs[LANES];
    if (!batch->count) return;
    uint8_t n = sifting->word->letter_count;
    distance_run(&sifting->hand_costs, sifting->word->letters, n, &batch->rows, costs);
    for (int i = 0; i < batch->count; i++) {
        uint8_t m = batch->rows.counts[i];
        float length = m > n ? m : n;
        float like = 1 - 0.78f * (float)costs[i] / COST_UNIT / (length < 3 ? 3 : length);
        if (like < batch->sound[i]) like = batch->sound[i];
        gather(sifting, batch->ids[i], like);
    }
    batch_clear(batch);
}

static void hand_put(struct sifting *sifting, uint32_t word, const uint8_t *letters, uint8_t count,
    float sound)
{
    struct batch *batch = &sifting->hands;
    batch->sound[batch->count] = sound;
    batch_put(batch, word, letters, count);
    if (batch->count == LANES) hands_measure(sifting);
}

static void word_measured(struct sifting *sifting, uint32_t word, float sound)
{
    const struct segment *segment = sifting->part->segment;
    uint8_t count = segment ? segment->letter_count[word] : sifting->part->live->words[word].letter_count;
    const uint8_t *letters = segment ? segment->letters[word] : sifting->part->live->words[word].letters;
    if (sifting->latin && count && sound < SOUND_SURE) hand_put(sifting, word, letters, count, sound);
    else gather(sifting, word, sound);
}

/* Memory is slow and answers many questions as fast as one: what will be read is asked for first. */
static void words_fetch(const struct segment *segment, const struct batch *batch, uint64_t within)
{
    if (!segment) return;
    for (uint64_t left = within; left; left &= left - 1)
        __builtin_prefetch(&segment->sound_words[batch->ids[__builtin_ctzll(left)]]);
    for (; within; within &= within - 1) {
        uint32_t word = segment->sound_words[batch->ids[__builtin_ctzll(within)]];
        __builtin_prefetch(&segment->letters[word]);
        __builtin_prefetch(&segment->letter_count[word]);
    }
}

static void sounds_measure(struct sifting *sifting, struct batch *batch)
{
    struct search_reader *reader = sifting->reader;
    const struct segment *segment = sifting->part->segment;
    const struct fold *fold = &sifting->word->fold;
    uint8_t costs[LANES];
    if (!batch->count) return;
    distance_run(batch == &sifting->frees ? &sifting->free_costs : &sifting->sound_costs, fold->phones,
        fold->count, &batch->rows, costs);
    limits_set(sifting);
    uint64_t within = distance_within(costs, batch->rows.counts, sifting->cost_most);
    if (batch->count < LANES) within &= ((uint64_t)1 << batch->count) - 1;
    words_fetch(segment, batch, within);
    for (; within; within &= within - 1) {
        int i = __builtin_ctzll(within);
        uint32_t id = batch->ids[i];
        float like = 1 - (float)costs[i] / COST_UNIT / sound_length(batch->rows.counts[i], fold->count);
        if (!segment) {
            reader->word_stamps[id] = reader->word_stamp;
            word_measured(sifting, id, like);
            continue;
        }
        for (uint32_t word = segment->sound_words[id]; word < segment->sound_words[id + 1]; word++) {
            reader->word_stamps[word] = reader->word_stamp;
            word_measured(sifting, word, like);
        }
    }
    batch_clear(batch);
}

static void sound_put(struct sifting *sifting, uint32_t id, const uint8_t *phones, uint8_t count,
    bool vowels_free, int reach)
{
    int apart = count - sifting->word->fold.count;
    if (apart > reach || apart < -reach) return;
    struct batch *batch = vowels_free || sifting->word->fold.vowels_free ? &sifting->frees : &sifting->sounds;
    batch_put(batch, id, phones, count);
    if (batch->count == LANES) sounds_measure(sifting, batch);
}

static void sounds_put(struct sifting *sifting, uint32_t from, uint32_t to, int reach)
{
    const struct segment *segment = sifting->part->segment;
    for (uint32_t i = from; i < to; i++)
        sound_put(sifting, i, segment->sounds[i], segment->sound_count[i] & 127,
            segment->sound_count[i] >> 7, reach);
}

static void group_fetch(const struct sifting *sifting, const struct map_entry *entries, uint32_t i,
    uint32_t count)
{
    const struct segment *segment = sifting->part->segment;
    if (i + GROUPS_AHEAD < count) {
        uint32_t group = entries[i + GROUPS_AHEAD].value;
        __builtin_prefetch(&segment->group_sounds[group]);
        __builtin_prefetch(&sifting->reader->group_stamps[group], 1);
    }
    if (i + GROUPS_AHEAD / 2 < count) {
        uint32_t from = segment->group_sounds[entries[i + GROUPS_AHEAD / 2].value];
        __builtin_prefetch(&segment->sounds[from]);
        __builtin_prefetch(&segment->sounds[from + 4]);
        __builtin_prefetch(&segment->sound_count[from]);
    }
}

/* The groups one hash of consonants leads to, but those already seen and those of the word's own skeleton. */
static void groups_put(struct sifting *sifting, uint64_t key, uint32_t own_from, uint32_t own_to, int least)
{
    const struct segment *segment = sifting->part->segment;
    struct search_reader *reader = sifting->reader;
    uint32_t count;
    const struct map_entry *entries = map_find(&segment->group_map, key_fold(key), &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t group = entries[i].value;
        group_fetch(sifting, entries, i, count);
        if (reader->group_stamps[group] == reader->group_stamp) continue;
        reader->group_stamps[group] = reader->group_stamp;
        uint32_t from = segment->group_sounds[group];
        if (from >= own_from && from < own_to) continue;
        if (least && consonants_count(segment->group_key[group]) < least) continue;
        sounds_put(sifting, from, segment->group_sounds[group + 1], GROUP_REACH);
    }
}

static void seek_sounds(struct sifting *sifting)
{
    const struct segment *segment = sifting->part->segment;
    uint64_t skeleton = fold_skeleton(&sifting->word->fold),
        consonants = fold_consonants(&sifting->word->fold);
    uint32_t count, from = 0, to = 0;
    const struct map_entry *entries = map_find(&segment->skeleton_map, key_fold(skeleton), &count);
    for (uint32_t i = 0; i < count; i++)
        if (segment->skeleton_key[entries[i].value] == skeleton) {
            from = segment->skeletons[entries[i].value];
            to = segment->skeletons[entries[i].value + 1];
            sounds_put(sifting, from, to, SKELETON_REACH);
        }
    int n = consonants_count(consonants), least = n < FEW_CONSONANTS ? n : 0;
    groups_put(sifting, consonants, from, to, least);
    uint64_t last = 0;
    for (int i = 0; n >= 2 && i < n; i++) {
        uint64_t less = consonants_without(consonants, i);
        if (less != last) groups_put(sifting, less, from, to, least);
        last = less;
    }
}

static void seek_hands(struct sifting *sifting)
{
    const struct segment *segment = sifting->part->segment;
    struct search_reader *reader = sifting->reader;
    const struct word *word = sifting->word;
    size_t n = word->bytes;
    if (!sifting->latin || n < LETTERS_LEAST || n > PHONES_MAX) return;
    for (size_t without = 0; without <= n; without++) {
        if (without && without < n && word->text[without] == word->text[without - 1]) continue;
        uint32_t count;
        const struct map_entry *entries = map_find(&segment->letter_map, letters_hash(word->text, n,
            without), &count);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t found = entries[i].value;
            if (reader->word_stamps[found] == reader->word_stamp) continue;
            reader->word_stamps[found] = reader->word_stamp;
            hand_put(sifting, found, segment->letters[found], segment->letter_count[found], 0);
        }
    }
}

static void sounds_finish(struct sifting *sifting)
{
    sounds_measure(sifting, &sifting->sounds);
    sounds_measure(sifting, &sifting->frees);
}

/* How much longer or shorter a live word may be; -1 where a segment's keys would not lead to it. An answer
 * does not depend on where a word lies. */
static int live_reach(const struct piece *piece, uint64_t skeleton, uint64_t consonants,
    uint64_t its_skeleton, uint64_t its_consonants)
{
    int n = consonants_count(consonants), its = consonants_count(its_consonants);
    if (piece->narrow) {
        bool same = its == n || its == n + 1;
        return same && consonants_meet(consonants, its_consonants) &&
                       (its != n || consonants == its_consonants)
                   ? GROUP_REACH
                   : -1;
    }
    if (skeleton == its_skeleton) return SKELETON_REACH;
    return (n >= FEW_CONSONANTS || its >= n) && consonants_meet(consonants, its_consonants) ? GROUP_REACH
                                                                                            : -1;
}

static void seek_live(struct sifting *sifting, const struct piece *piece)
{
    struct search_reader *reader = sifting->reader;
    const struct index_part *part = sifting->part;
    const struct live *live = part->live;
    uint64_t skeleton = fold_skeleton(&piece->word.fold), consonants = fold_consonants(&piece->word.fold);
    for (uint32_t i = 0; i < part->words; i++) {
        const struct fold *fold = &live->words[i].fold;
        int reach =
            live_reach(piece, skeleton, consonants, live->filed[i].skeleton, live->filed[i].consonants);
        if (reach >= 0) sound_put(sifting, i, fold->phones, fold->count, fold->vowels_free, reach);
    }
    sounds_finish(sifting);
    if (piece->narrow || !sifting->latin) return;
    for (uint32_t i = 0; i < part->words; i++) {
        const struct word *word = &live->words[i];
        if (reader->word_stamps[i] != reader->word_stamp && word_letters_meet(&piece->word, word))
            hand_put(sifting, i, word->letters, word->letter_count, 0);
    }
}

/* The best of the gathered, the likest first, become the stretch of the piece. */
static void keep_best(struct search_reader *reader, struct stretch *stretch)
{
    size_t starts[LIKE_FULL + 2] = {0};
    for (size_t i = 0; i < reader->gathered_count; i++) starts[LIKE_FULL - reader->gathered[i].like + 1]++;
    for (size_t i = 0; i <= LIKE_FULL; i++) starts[i + 1] += starts[i];
    size_t most = reader->gathered_count < CANDIDATES_MAX ? reader->gathered_count : CANDIDATES_MAX;
    size_t room = reader->candidate_room - reader->candidate_count;
    if (most > room) most = room;
    *stretch = (struct stretch){.from = (uint32_t)reader->candidate_count, .count = (uint32_t)most};
    for (size_t i = 0; i < reader->gathered_count; i++) {
        size_t place = starts[LIKE_FULL - reader->gathered[i].like]++;
        if (place < most) reader->candidates[stretch->from + place] = reader->gathered[i];
    }
    reader->candidate_count += most;
}

/* How many persons bear a word that is all but the same. */
static uint64_t persons_alike(const struct search_reader *reader, const struct index_part *part,
    const struct stretch *stretch)
{
    uint64_t persons = 0;
    for (uint32_t i = 0; i < stretch->count; i++) {
        const struct candidate *candidate = &reader->candidates[stretch->from + i];
        if (candidate->like <= LIKE_FULL * 93 / 100) break;
        persons += part->segment ? part->segment->word_persons[candidate->word]
            : atomic_load(&part->live->word_persons[candidate->word]);
    }
    return persons;
}

/* Those of the word's very consonants, as a name that is known is sought in another writing of it. */
static void seek_narrow(struct sifting *sifting)
{
    groups_put(sifting, fold_consonants(&sifting->word->fold), 0, 0, 0);
    sounds_finish(sifting);
}

static void sift(struct search_reader *reader, const struct index_part *part, const struct piece *piece)
{
    const struct phone_costs *costs = rules_costs(index_rules(reader->search));
    struct sifting sifting = {.reader = reader, .part = part, .word = &piece->word,
        .sound_costs = {costs->swap, costs->drop, COST_UNIT / 2},
        .free_costs = {costs->swap, costs->drop_free, COST_UNIT / 2},
        .hand_costs = {costs->key_swap, costs->key_drop, COST_UNIT * 7 / 10},
        .latin = piece->word.script == SCRIPT_LATIN, .least = (uint32_t)(LIKE_LEAST * LIKE_FULL)};
    reader->word_stamp++;
    reader->group_stamp++;
    if (part->segment && piece->narrow) seek_narrow(&sifting);
    else if (part->segment) {
        seek_sounds(&sifting);
        sounds_finish(&sifting);
        seek_hands(&sifting);
    } else seek_live(&sifting, piece);
    hands_measure(&sifting);
}

void candidates_find(struct search_reader *reader, size_t part_number, size_t piece_number)
{
    struct piece *piece = &reader->pieces[piece_number];
    const struct index_part *part = &reader->parts[part_number];
    struct stretch *stretch = &reader->stretches[part_number][piece_number];
    bool kept = part->segment && !piece->begins && !piece->narrow;
    if (kept && known_take(reader, part->segment, piece, stretch)) return;
    reader->gathered_count = 0;
    if (piece->begins) begins_gather(reader, part_number, piece);
    else if (piece->word.initial && piece->sought) initials_gather(reader, part, piece);
    else if (piece->sought) sift(reader, part, piece);
    keep_best(reader, stretch);
    if (!piece->sought) return;
    uint64_t persons = persons_alike(reader, part, stretch);
    piece->persons += persons;
    if (kept) known_keep(reader, part->segment, piece, stretch, persons);
}
