/* search/explain: which asked word was found as which, and how. Measured again word by word for the few
 * hits shown. */
#include <math.h>
#include <string.h>

#include "search/distance.h"
#include "search/reader.h"

#define SOUND_SAME 0.93f
#define WORD_LEAST 0.40f
#define JOINED_LEAST 0.70f

static struct made_word *record_word(struct search_reader *reader, uint32_t part, uint32_t number)
{
    size_t at = (number * 31 + part) % MADE_WORDS;
    struct made_word *made = &reader->made[at];
    for (; made->query == reader->group_query; made = &reader->made[at]) {
        if (made->part == part && made->number == number) return made;
        at = (at + 1) % MADE_WORDS;
    }
    size_t n;
    const char *text = part_word(&reader->parts[part], number, &n);
    made->query = reader->group_query;
    made->part = part;
    made->number = number;
    made->compared = 0;
    word_make(index_rules(reader->search), text, n, &made->word);
    return made;
}

static struct likeness compare(const struct search_reader *reader, const struct word *a,
    const struct word *b)
{
    const struct phone_costs *costs = rules_costs(index_rules(reader->search));
    bool vowels_free = a->fold.vowels_free || b->fold.vowels_free;
    struct distance_costs sound = {costs->swap, vowels_free ? costs->drop_free : costs->drop, COST_UNIT / 2};
    struct distance_costs hand = {costs->key_swap, costs->key_drop, COST_UNIT * 7 / 10};
    int cost = distance_one(&sound, a->fold.phones, a->fold.count, b->fold.phones, b->fold.count);
    float length = 0.62f * (a->fold.count > b->fold.count ? a->fold.count : b->fold.count);
    struct likeness like = {.sound = 1 - (float)cost / COST_UNIT / (length < 2.2f ? 2.2f : length)};
    if (!a->letter_count || !b->letter_count) return like;
    cost = distance_one(&hand, a->letters, a->letter_count, b->letters, b->letter_count);
    length = a->letter_count > b->letter_count ? a->letter_count : b->letter_count;
    like.hand = 1 - 0.78f * (float)cost / COST_UNIT / (length < 3 ? 3 : length);
    return like;
}

static struct likeness likeness(const struct search_reader *reader, uint8_t piece, struct made_word *found)
{
    if (!(found->compared >> piece & 1)) {
        found->likes[piece] = compare(reader, &reader->pieces[piece].word, &found->word);
        found->compared |= (uint32_t)1 << piece;
    }
    return found->likes[piece];
}

static void reason_text(char to[64], const struct word *word)
{
    memcpy(to, word->text, word->bytes);
    to[word->bytes] = '\0';
}

static void judge(const struct search_reader *reader, uint8_t number, struct made_word *made,
    struct search_reason *ret)
{
    const struct piece *piece = &reader->pieces[number];
    const struct word *asked = &piece->word, *found = &made->word;
    uint8_t initial = initial_like(word_first_of(found), piece);
    float begun = piece->begins ? (float)begins_like(asked, found) / LIKE_FULL : 0;
    struct likeness like = {0};
    if (!asked->initial && !found->initial) like = likeness(reader, number, made);
    float best = like.hand > like.sound ? like.hand : like.sound;
    *ret = (struct search_reason){.how = SEARCH_SLIP};
    if (asked->bytes == found->bytes && memcmp(asked->text, found->text, asked->bytes) == 0) {
        ret->how = SEARCH_EXACT;
        best = 1;
    } else if (initial) {
        ret->how = SEARCH_INITIAL;
        best = (float)initial / LIKE_FULL;
    } else if (begun > 0) {
        ret->how = SEARCH_BEGINS;
        if (begun > best) best = begun;
    } else if (like.sound >= SOUND_SAME)
        ret->how = asked->script == found->script ? SEARCH_SOUND : SEARCH_SCRIPT;
    else if (like.sound >= like.hand) ret->how = SEARCH_NEAR_SOUND;
    ret->likeness = (uint8_t)(best < 0 ? 0 : best * 100 + 0.5f);
    reason_text(ret->asked, asked);
    reason_text(ret->found, found);
}

static void reason_add(struct search_hit *hit, const struct search_reason *reason)
{
    if (hit->reason_count < SEARCH_REASONS_MAX) hit->reasons[hit->reason_count++] = *reason;
}

static bool is_asked(const struct search_reader *reader, uint8_t piece)
{
    if (reader->pieces[piece].begins || reader->pieces[piece].slipped) return true;
    for (uint8_t i = 0; i < reader->name_count; i++)
        if (reader->names[i] == piece) return true;
    for (uint8_t i = 0; i < reader->relative_count; i++)
        if (reader->relatives[i] == piece) return true;
    return false;
}

/* Tells the pairing of pieces and words, the likest first; then what is missing, then what is beside. */
static void explain_words(struct search_reader *reader, const uint8_t *pieces, uint8_t count,
    struct made_word *const *words, uint8_t word_count, bool relative, struct search_hit *hit)
{
    unsigned used_words = 0, used_pieces = 0;
    struct search_reason table[NAME_WORDS_MAX][NAME_WORDS_MAX];
    for (uint8_t k = 0; k < count; k++)
        for (uint8_t i = 0; i < word_count; i++) judge(reader, pieces[k], words[i], &table[k][i]);
    for (;;) {
        int best = (int)(WORD_LEAST * 100), best_piece = -1, best_word = -1;
        for (int k = 0; k < count; k++)
            for (int i = 0; i < word_count; i++)
                if (!(used_pieces >> k & 1) && !(used_words >> i & 1) && table[k][i].likeness > best) {
                    best = table[k][i].likeness;
                    best_piece = k;
                    best_word = i;
                }
        if (best_piece < 0) break;
        used_pieces |= 1u << best_piece;
        used_words |= 1u << best_word;
        struct search_reason *reason = &table[best_piece][best_word];
        reason->relative = relative;
        if (!is_asked(reader, pieces[best_piece]))
            reason->how = !relative && count > reader->name_count ? SEARCH_SPLIT : SEARCH_JOINED;
        reason_add(hit, reason);
    }
    for (uint8_t k = 0; k < count; k++) {
        if (used_pieces >> k & 1) continue;
        struct search_reason reason = {.how = SEARCH_MISSING, .relative = relative};
        reason_text(reason.asked, &reader->pieces[pieces[k]].word);
        reason_add(hit, &reason);
    }
    for (uint8_t i = 0; i < word_count; i++) {
        if (used_words >> i & 1) continue;
        struct search_reason reason = {.how = SEARCH_BESIDE, .relative = relative};
        reason_text(reason.found, &words[i]->word);
        reason_add(hit, &reason);
    }
}

/* How likely the name is the same: by how like it is, against how often chance brings one as like. Weights
 * are logarithms of rarity, so a common name needs more likeness than a rare one. Fitted to pairs with
 * known answers. */
static float same_name(const struct search_reader *reader, const struct found *found)
{
    float weight = reader->divisions[found->division].weight;
    float odds = 14.0f * (found->name_score - 0.86f) + 0.10f * (weight - 8.0f);
    return 1 / (1 + expf(-odds));
}

/* A sum over the words of a name in any order: equal for names heard alike. */
static uint32_t heard_group(struct made_word *const *words, int count)
{
    uint32_t sum = 0;
    for (int i = 0; i < count; i++) {
        uint8_t heard[PHONES_MAX];
        sum += loose_hash(heard, fold_heard(&words[i]->word.fold, heard));
    }
    return sum;
}

/* Whether the relative's two words stand there as one. */
static bool relative_is_joined(struct search_reader *reader, struct made_word *const *words, int count)
{
    if (reader->relative_joined == PIECES_MAX || count != 1) return false;
    struct likeness like = likeness(reader, reader->relative_joined, words[0]);
    return like.sound >= JOINED_LEAST || like.hand >= JOINED_LEAST;
}

void hit_explain(struct search_reader *reader, const struct found *found, struct search_hit *hit)
{
    const struct index_part *part = &reader->parts[found->part];
    const struct division *division = &reader->divisions[found->division];
    struct record record;
    struct made_word *words[2 * NAME_WORDS_MAX];
    hit->probability = same_name(reader, found);
    if (!part_record(part, found->person, &record)) return;
    int count = record.name_count + record.relative_count;
    for (int i = 0; i < count; i++) words[i] = record_word(reader, found->part, record.words[i]);
    hit->group = heard_group(words, record.name_count - record.alias_count);
    explain_words(reader, division->pieces, division->count, words, record.name_count, false, hit);
    if (relative_is_joined(reader, words + record.name_count, record.relative_count))
        explain_words(reader, &reader->relative_joined, 1, words + record.name_count, record.relative_count,
            true, hit);
    else if (reader->relative_count)
        explain_words(reader, reader->relatives, reader->relative_count, words + record.name_count,
            record.relative_count, true, hit);
}
