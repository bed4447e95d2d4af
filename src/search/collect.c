/* search/collect: the best persons found, and the best names. Where the query says nothing that tells
 * namesakes apart, the first places show different names, the more frequent first; all of one name would be
 * one answer ten times. */
#include <stdlib.h>
#include <string.h>

#include "search/reader.h"

#define FIRST_PLACES 10
#define FIRST_OF_A_NAME 3     /* of one name among the first places, while others wait */
#define SCORE_STEPS 400.0f    /* scores this near are the same */

void collect_start(struct search_reader *reader)
{
    reader->found_count = reader->group_count = 0;
    reader->group_query++;
    memset(reader->top_groups, 0, sizeof reader->top_groups);
    reader->top_count = 0;
    reader->best = reader->best_name = reader->floor = 0;
    reader->scored = reader->probed = reader->refused = reader->named_well = 0;
}

static struct noted *noted_of(struct search_reader *reader, const struct found *found)
{
    return &reader->noted[((found->person ^ found->part << 20) * 2654435761u >> 12) % NOTED_SLOTS];
}

/* Whether the person is new with this score: one name is read in several ways, and counts once. */
static bool is_news(struct search_reader *reader, const struct found *found)
{
    struct noted *noted = noted_of(reader, found);
    bool same = noted->query == reader->group_query && noted->part == found->part &&
        noted->person == found->person;
    if (same && (noted->verdict == NOTED_REFUSED || noted->score >= found->score)) return false;
    *noted = (struct noted){reader->group_query, found->part, found->person, found->score,
        same ? noted->verdict : NOTED_UNASKED};
    return true;
}

/* Keeps the best scores. */
static void score_note(struct search_reader *reader, float score)
{
    float *heap = reader->top_scores;
    size_t n = reader->top_count, at;
    if (n < FLOOR_FOUND) {
        for (at = reader->top_count++; at && heap[(at - 1) / 2] > score; at = (at - 1) / 2)
            heap[at] = heap[(at - 1) / 2];
        heap[at] = score;
        return;
    }
    if (score <= heap[0]) return;
    for (at = 0; 2 * at + 1 < n;) {
        size_t least = 2 * at + 1;
        if (least + 1 < n && heap[least + 1] < heap[least]) least++;
        if (score <= heap[least]) break;
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = score;
}

/* What is below has no place any more: so many persons and so many names stand above it. */
static void floor_set(struct search_reader *reader)
{
    float groups = reader->top_groups[FLOOR_GROUPS - 1].best;
    float found = reader->top_count == FLOOR_FOUND ? reader->top_scores[0] : 0;
    reader->floor = reader->relative_count || found < groups ? found : groups;
}

static uint64_t id_of(const struct search_reader *reader, const struct found *found)
{
    struct record record;
    return part_record(&reader->parts[found->part], found->person, &record) ? record.id : 0;
}

/* Whether a stands below b: by score, and of equals the higher id, so that the answer does not depend on how
 * the index lies in segments. Within a segment persons are in order of ids. */
static bool below(const struct search_reader *reader, const struct found *a, const struct found *b)
{
    if (a->score < b->score || a->score > b->score) return a->score < b->score;
    if (a->part == b->part && reader->parts[a->part].segment) return a->person > b->person;
    return id_of(reader, a) > id_of(reader, b);
}

static void sift_down(const struct search_reader *reader, struct found *heap, size_t n)
{
    for (size_t at = 0;;) {
        size_t least = 2 * at + 1;
        if (least >= n) return;
        if (least + 1 < n && below(reader, &heap[least + 1], &heap[least])) least++;
        if (!below(reader, &heap[least], &heap[at])) return;
        struct found swapped = heap[at];
        heap[at] = heap[least];
        heap[least] = swapped;
        at = least;
    }
}

static void heap_add(struct search_reader *reader, const struct found *found)
{
    struct found *heap = reader->found;
    if (reader->found_count == FOUND_MAX) {
        if (!below(reader, &heap[0], found)) return;
        heap[0] = *found;
        sift_down(reader, heap, FOUND_MAX);
        return;
    }
    size_t at = reader->found_count++;
    while (at && below(reader, found, &heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = *found;
}

/* The group of a spelling. When it has none: a new one, or NULL when none is made or there is no room. */
static struct group *group_of(struct search_reader *reader, uint32_t hash, bool make)
{
    for (size_t i = 0; i < 16; i++) {
        struct group *group = &reader->groups[(hash + i) % GROUPS];
        if (group->stamp == reader->group_query && group->hash == hash) return group;
        if (group->stamp == reader->group_query) continue;
        if (!make) return NULL;
        memset(group, 0, sizeof *group);
        group->stamp = reader->group_query;
        group->hash = hash;
        reader->groups_used[reader->group_count++] = (uint16_t)((hash + i) % GROUPS);
        return group;
    }
    return NULL;
}

static void top_note(struct search_reader *reader, uint32_t hash, float score)
{
    int at = FLOOR_GROUPS - 1;
    if (score <= reader->top_groups[at].best) return;
    for (int i = 0; i < FLOOR_GROUPS; i++)
        if (reader->top_groups[i].hash == hash && reader->top_groups[i].best > 0) {
            if (score <= reader->top_groups[i].best) return;
            at = i;
            break;
        }
    for (; at > 0 && reader->top_groups[at - 1].best < score;
        at--) reader->top_groups[at] = reader->top_groups[at - 1];
    reader->top_groups[at].hash = hash;
    reader->top_groups[at].best = score;
}

static struct found *worst_kept(const struct search_reader *reader, struct group *group)
{
    struct found *worst = &group->kept[0];
    for (int i = 1; i < GROUP_KEEPS; i++)
        if (below(reader, &group->kept[i], worst)) worst = &group->kept[i];
    return worst;
}

/* Whether the person would be kept, among the best or in his group. Nothing else that is noted changes for
 * one who would not. */
static bool has_place(struct search_reader *reader, const struct found *found)
{
    if (reader->found_count < FOUND_MAX || below(reader, &reader->found[0], found)) return true;
    struct group *group = group_of(reader, found->spelling, false);
    return !group || group->kept_count < GROUP_KEEPS || below(reader, worst_kept(reader, group), found);
}

bool collect_admits(struct search_reader *reader, const struct record *record)
{
    const struct search_query *query = reader->query;
    bool home = query->home && record->station == query->home;
    if (!query->admit) return true;
    uint32_t most = query->refusals_max ? query->refusals_max : SEARCH_REFUSALS_MAX;
    if (reader->refused == most && !home) return false;
    bool admitted = query->admit(query->context, record->id);
    reader->refused += !admitted && reader->refused < most;
    return admitted;
}

static bool is_admitted(struct search_reader *reader, const struct found *found)
{
    struct noted *noted = noted_of(reader, found);
    struct record record;
    if (!has_place(reader, found)) return false;
    if (noted->verdict == NOTED_ADMITTED) return true;
    bool admitted = part_record(&reader->parts[found->part], found->person, &record) &&
        collect_admits(reader, &record);
    noted->verdict = admitted ? NOTED_ADMITTED : NOTED_REFUSED;
    return admitted;
}

void collect_add(struct search_reader *reader, const struct found *found)
{
    if (!is_news(reader, found) || (reader->query->admit && !is_admitted(reader, found))) return;
    if (found->score > reader->best) reader->best = found->score;
    if (found->name_score > reader->best_name) reader->best_name = found->name_score;
    reader->named_well += found->name_score >= NAMED_WELL;
    heap_add(reader, found);
    top_note(reader, found->spelling, found->score);
    score_note(reader, found->score);
    floor_set(reader);
    struct group *group = group_of(reader, found->spelling, true);
    if (!group) return;
    group->count++;
    if (found->score > group->best) group->best = found->score;
    if (group->kept_count < GROUP_KEEPS) {
        group->kept[group->kept_count++] = *found;
        return;
    }
    struct found *worst = worst_kept(reader, group);
    if (below(reader, worst, found)) *worst = *found;
}

static int by_person(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (a->part != b->part) return a->part < b->part ? -1 : 1;
    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    return (a->score < b->score) - (a->score > b->score);
}

static int steps(const struct found *found)
{
    return (int)(found->score * SCORE_STEPS + 0.5f);
}

static int by_group(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (a->spelling != b->spelling) return a->spelling < b->spelling ? -1 : 1;
    if (steps(a) != steps(b)) return steps(b) - steps(a);
    return (a->id > b->id) - (a->id < b->id);
}

static int by_rank(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    int order = steps(b) - steps(a);
    if (order == 0) order = a->turn - b->turn;
    if (order) return order;
    if (a->namesakes != b->namesakes) return a->namesakes > b->namesakes ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* By the whole score or by the name alone: a namesake with another relative stands below and is told. */
static bool is_told(const struct search_reader *reader, const struct found *found)
{
    return found->score >= reader->best - BELOW_BEST || found->name_score >= reader->best_name - BELOW_BEST;
}

/* All found once, best score of each, with the how-manieth of its group and score it is. */
static size_t found_all(struct search_reader *reader)
{
    static const size_t most = FOUND_MAX + GROUPS * GROUP_KEEPS;
    struct found *all = reader->finishing;
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < reader->found_count; i++)
        if (is_told(reader, &reader->found[i])) all[n++] = reader->found[i];
    for (size_t i = 0; i < reader->group_count && n + GROUP_KEEPS <= most; i++) {
        const struct group *group = &reader->groups[reader->groups_used[i]];
        for (uint8_t k = 0; k < group->kept_count; k++)
            if (group->kept[k].score >= reader->floor && is_told(reader, &group->kept[k]))
                all[n++] = group->kept[k];
    }
    qsort(all, n, sizeof *all, by_person);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || all[i].part != all[i - 1].part || all[i].person != all[i - 1].person)
            all[kept++] = all[i];
    for (size_t i = 0; i < kept; i++) {
        const struct group *group = group_of(reader, all[i].spelling, true);
        struct record record;
        all[i].namesakes = group ? group->count : 1;
        if (part_record(&reader->parts[all[i].part], all[i].person, &record)) all[i].id = record.id;
    }
    qsort(all, kept, sizeof *all, by_group);
    for (size_t i = 0; i < kept; i++) {
        bool same = i && all[i].spelling == all[i - 1].spelling && steps(&all[i]) == steps(&all[i - 1]);
        all[i].turn = same ? (uint16_t)(all[i - 1].turn + 1) : 0;
    }
    return kept;
}

static bool tells_apart(const struct search_reader *reader)
{
    const struct search_query *query = reader->query;
    return reader->relative_count || query->sex || query->birth_year_from || query->district ||
        query->station;
}

static bool hit_make(struct search_reader *reader, const struct found *found, struct search_hit *hit)
{
    struct record record;
    if (!part_record(&reader->parts[found->part], found->person, &record)) return false;
    *hit = (struct search_hit){.id = record.id, .score = found->score < 1 ? found->score : 1,
        .namesakes = found->namesakes ? found->namesakes : 1};
    struct evidence said = evidence_of(reader->query, &record);
    hit->sex = said.sex;
    hit->age = said.age;
    hit->district = said.district;
    hit->station = said.station;
    hit->role = said.role;
    hit_explain(reader, found, hit);
    return true;
}

void collect_finish(struct search_reader *reader, struct search_result *ret)
{
    struct found *ranked = reader->finishing;
    size_t n = found_all(reader);
    size_t limit = reader->query->limit && reader->query->limit < SEARCH_LIMIT_MAX ? reader->query->limit
        : SEARCH_LIMIT_MAX;
    qsort(ranked, n, sizeof *ranked, by_rank);
    bool taken[FIRST_PLACES * 8] = {false};
    size_t reach = n < sizeof taken ? n : sizeof taken;
    bool mixed = !tells_apart(reader);
    for (size_t i = 0; mixed && i < reach && ret->count < FIRST_PLACES && ret->count < limit; i++) {
        int alike = 0;
        for (size_t k = 0; k < i; k++) alike += taken[k] &&
            ranked[k].spelling == ranked[i].spelling;
        if (alike >= FIRST_OF_A_NAME) continue;
        taken[i] = true;
        ret->count += hit_make(reader, &ranked[i], &ret->hits[ret->count]);
    }
    for (size_t i = 0; i < n && ret->count < limit; i++) {
        if (i < sizeof taken && taken[i]) continue;
        ret->count += hit_make(reader, &ranked[i], &ret->hits[ret->count]);
    }
}
