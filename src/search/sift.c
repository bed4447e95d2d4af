/* search/sift: measuring words against an asked one, 64 at a time, and gathering those that are like it.
 * What waits is measured when there are enough, or at the end. */
#include "search/sift.h"

#include <math.h>
#include <string.h>

#define LIKE_LEAST 0.55f /* below, two words have nothing to do with each other */
#define HAND_SLACK 0.10f /* what the sound may lack when the hand is measured too */
#define SOUND_SURE 0.97f /* above, spelling does not matter */
#define LIKE_MOST 247    /* of words that are not letter by letter the same */

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

/* Takes the words of the sounds that wait. Memory is slow and answers many questions as fast as one: what
 * will be read is asked for first. */
static void near_take(struct sifting *sifting)
{
    const struct segment *segment = sifting->part->segment;
    struct search_reader *reader = sifting->reader;
    const struct near_sound *near = sifting->near;
    for (int i = 0; i < sifting->near_count; i++) __builtin_prefetch(&segment->sound_words[near[i].id]);
    for (int i = 0; i < sifting->near_count; i++) {
        uint32_t word = segment->sound_words[near[i].id];
        __builtin_prefetch(&segment->letters[word]);
        __builtin_prefetch(&segment->letter_count[word]);
        __builtin_prefetch(&reader->word_stamps[word], 1);
    }
    for (int i = 0; i < sifting->near_count; i++)
        for (uint32_t word = segment->sound_words[near[i].id]; word < segment->sound_words[near[i].id + 1];
            word++) {
            reader->word_stamps[word] = reader->word_stamp;
            word_measured(sifting, word, near[i].like);
        }
    sifting->near_count = 0;
}

static void near_put(struct sifting *sifting, uint32_t id, float like)
{
    if (!sifting->part->segment) {
        sifting->reader->word_stamps[id] = sifting->reader->word_stamp;
        word_measured(sifting, id, like);
        return;
    }
    sifting->near[sifting->near_count++] = (struct near_sound){id, like};
    if (sifting->near_count == NEAR_MAX) near_take(sifting);
}

static void sounds_measure(struct sifting *sifting, struct batch *batch)
{
    const struct fold *fold = &sifting->word->fold;
    uint8_t costs[LANES];
    if (!batch->count) return;
    distance_run(batch == &sifting->frees ? &sifting->free_costs : &sifting->sound_costs, fold->phones,
        fold->count, &batch->rows, costs);
    limits_set(sifting);
    uint64_t within = distance_within(costs, batch->rows.counts, sifting->cost_most);
    if (batch->count < LANES) within &= ((uint64_t)1 << batch->count) - 1;
    for (; within; within &= within - 1) {
        int i = __builtin_ctzll(within);
        near_put(sifting, batch->ids[i],
            1 - (float)costs[i] / COST_UNIT / sound_length(batch->rows.counts[i], fold->count));
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

void sift_sounds(struct sifting *sifting, uint32_t from, uint32_t to, int reach)
{
    const struct segment *segment = sifting->part->segment;
    for (uint32_t i = from; i < to; i++)
        sound_put(sifting, i, segment->sounds[i], segment->sound_count[i] & 127,
            segment->sound_count[i] >> 7, reach);
}

void sift_sound(struct sifting *sifting, uint32_t id, const struct fold *fold, int reach)
{
    sound_put(sifting, id, fold->phones, fold->count, fold->vowels_free, reach);
}

void sift_letters(struct sifting *sifting, uint32_t word, const uint8_t *letters, uint8_t count)
{
    hand_put(sifting, word, letters, count, 0);
}

void sift_finish(struct sifting *sifting)
{
    sounds_measure(sifting, &sifting->sounds);
    sounds_measure(sifting, &sifting->frees);
    if (sifting->near_count) near_take(sifting);
    hands_measure(sifting);
}

void sift_start(struct sifting *sifting, struct search_reader *reader, const struct index_part *part,
    const struct word *word)
{
    const struct phone_costs *costs = rules_costs(index_rules(reader->search));
    *sifting = (struct sifting){.reader = reader, .part = part, .word = word,
        .sound_costs = {costs->swap, costs->drop, COST_UNIT / 2},
        .free_costs = {costs->swap, costs->drop_free, COST_UNIT / 2},
        .hand_costs = {costs->key_swap, costs->key_drop, COST_UNIT * 7 / 10},
        .latin = word->script == SCRIPT_LATIN, .least = (uint32_t)(LIKE_LEAST * LIKE_FULL)};
    reader->word_stamp++;
    reader->group_stamp++;
}
