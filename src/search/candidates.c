/* search/candidates: the words of one part that are like a piece. By sound: all words of its skeleton, and
 * those whose consonants differ by one. By hand: Latin words whose letters differ by one. Each is measured
 * both ways and the better counts (search/sift.h). */
#include <string.h>

#include "search/grow.h"
#include "search/sift.h"

#define SKELETON_REACH 6     /* phones by which words of one skeleton may differ in length */
#define GROUP_REACH 3        /* the same for neighbours of the consonants */
#define GROUPS_AHEAD 12      /* groups fetched before they are needed, their sounds half as long before */
#define FEW_CONSONANTS 3     /* of a word with fewer none is left out */

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
        sift_sounds(sifting, from, segment->group_sounds[group + 1], GROUP_REACH);
    }
}

/* The words of one skeleton, those of the very consonants first: they are the likest, and the more of them
 * are kept, the sooner what is less like is passed over. */
static void skeleton_put(struct sifting *sifting, uint64_t consonants, uint32_t from, uint32_t to)
{
    const struct segment *segment = sifting->part->segment;
    uint32_t count, own_from = from, own_to = from;
    const struct map_entry *entries = map_find(&segment->group_map, key_fold(consonants), &count);
    for (uint32_t i = 0; i < count; i++)
        if (segment->group_key[entries[i].value] == consonants) {
            own_from = segment->group_sounds[entries[i].value];
            own_to = segment->group_sounds[entries[i].value + 1];
        }
    if (own_from < from || own_to > to)
        own_from = own_to = from; /* long words agree in their first sounds only */
    sift_sounds(sifting, own_from, own_to, SKELETON_REACH);
    sift_finish(sifting);
    sift_sounds(sifting, from, own_from, SKELETON_REACH);
    sift_sounds(sifting, own_to, to, SKELETON_REACH);
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
        }
    skeleton_put(sifting, consonants, from, to);
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
            sift_letters(sifting, found, segment->letters[found], segment->letter_count[found]);
        }
    }
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
        if (reach >= 0) sift_sound(sifting, i, fold, reach);
    }
    sift_finish(sifting);
    if (piece->narrow || !sifting->latin) return;
    for (uint32_t i = 0; i < part->words; i++) {
        const struct word *word = &live->words[i];
        if (reader->word_stamps[i] != reader->word_stamp && word_letters_meet(&piece->word, word))
            sift_letters(sifting, i, word->letters, word->letter_count);
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

/* A name that is known, sought in another writing of it, is narrow: words of its very consonants only. */
static void sift(struct search_reader *reader, const struct index_part *part, const struct piece *piece)
{
    struct sifting sifting;
    sift_start(&sifting, reader, part, &piece->word);
    if (!part->segment) seek_live(&sifting, piece);
    else if (piece->narrow) groups_put(&sifting, fold_consonants(&piece->word.fold), 0, 0, 0);
    else {
        seek_sounds(&sifting);
        sift_finish(&sifting);
        seek_hands(&sifting);
    }
    sift_finish(&sifting);
}

void candidates_find(struct search_reader *reader, size_t part_number, size_t piece_number)
{
    struct piece *piece = &reader->pieces[piece_number];
    const struct index_part *part = &reader->parts[part_number];
    struct stretch *stretch = &reader->stretches[part_number][piece_number];
    bool kept = part->segment && !piece->begins && !piece->slipped && !piece->narrow;
    if (kept && known_take(reader, part->segment, piece, stretch)) return;
    reader->gathered_count = 0;
    if (piece->begins) begins_gather(reader, part_number, piece);
    else if (piece->slipped) slips_gather(reader, part_number, piece);
    else if (piece->word.initial && piece->sought) initials_gather(reader, part, piece);
    else if (piece->sought) sift(reader, part, piece);
    keep_best(reader, stretch);
    if (!piece->sought) return;
    uint64_t persons = persons_alike(reader, part, stretch);
    piece->persons += persons;
    if (kept) known_keep(reader, part->segment, piece, stretch, persons);
}
