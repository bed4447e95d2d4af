/* people/join: those of an answer who are likely one human being, told as one. */
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "people/people.h"

static bool texts_equal(struct arena *arena, const char *a, const char *b)
{
    return a && b && strcmp(text_fold(arena, a), text_fold(arena, b)) == 0;
}

static bool ages_meet(const struct mention_row *a, const struct mention_row *b)
{
    if (a->age_high < 0 || b->age_high < 0) return true;
    int first = time_civil(a->aged_at).year - a->age_high;
    int other = time_civil(b->aged_at).year - b->age_high;
    int apart = first > other ? first - other : other - first;
    int told = a->age_high - a->age_low + b->age_high - b->age_low;
    return apart <= told + 4;
}

/* Names heard alike, the same relative, and nothing against it. */
static bool likely_same(struct arena *arena, const struct found_person *a, const struct found_person *b)
{
    const struct mention_row *left = &a->sightings[0].row, *right = &b->sightings[0].row;
    if (!a->hit || !b->hit || !a->hit->group || a->hit->group != b->hit->group) return false;
    if (!texts_equal(arena, left->relative, right->relative)) return false;
    bool sexes = !left->gender || !right->gender || strcmp(left->gender, right->gender) == 0;
    return sexes && ages_meet(left, right);
}

static void person_join(struct arena *arena, struct found_person *into, const struct found_person *other)
{
    size_t ids = into->id_count + other->id_count, n = into->sighting_count + other->sighting_count;
    const char **all_ids = ARENA_ARRAY(arena, const char *, ids);
    struct sighting *all = ARENA_ARRAY(arena, struct sighting, n);
    memcpy(all_ids, into->ids, into->id_count * sizeof *all_ids);
    memcpy(all_ids + into->id_count, other->ids, other->id_count * sizeof *all_ids);
    memcpy(all, into->sightings, into->sighting_count * sizeof *all);
    memcpy(all + into->sighting_count, other->sightings, other->sighting_count * sizeof *all);
    into->ids = all_ids;
    into->id_count = ids;
    into->sightings = all;
    into->sighting_count = n;
    into->tied = TIED_LIKELY;
}

bool people_parted(struct db *db, const struct found_person *a, const struct found_person *b)
{
    for (size_t i = 0; i < a->id_count; i++)
        for (size_t k = 0; k < b->id_count; k++)
            if (person_link_of(db, a->ids[i], b->ids[k]) == LINK_NOT_SAME) return true;
    return false;
}

void likely_join(struct db *db, struct arena *arena, struct people_answer *answer)
{
    size_t kept = 0;
    for (size_t i = 0; i < answer->count; i++) {
        size_t k = 0;
        while (k < kept && (!likely_same(arena, &answer->list[k], &answer->list[i]) ||
                               people_parted(db, &answer->list[k], &answer->list[i])))
            k++;
        if (k < kept)
            person_join(arena, &answer->list[k], &answer->list[i]);
        else
            answer->list[kept++] = answer->list[i];
    }
    answer->count = kept;
}
