/* people/pairs: who may be one human being. For every wrongdoer of some cases the search is asked, as the
 * sight sees, for others alike: by a phone or document, or by the name with nothing that speaks against it.
 * What was decided on, either way, does not come again; neither do two persons of one case, whom an officer
 * told apart when he wrote them down. Nothing is kept: the answer is always that of the register now. */
#include <string.h>

#include "people/people.h"

#define ASKED_MAX 40 /* persons searched for at once */
#define ALIKE_EACH 5
#define ALIKE_LEAST 80        /* per cent, when both relatives are told and agree */
#define ALIKE_ALONE_LEAST 95  /* when one is not */
#define ALIKE_RELATIVE_LEAST 70
#define LINE_MAX 200

struct pairing {
    struct people *people;
    struct db *db;
    struct arena *arena;
    int64_t now;
    const struct sight *sight;
    size_t asked, count;
    struct people_pair *list;
};

static bool is_wrongdoer(const struct sighting *sighting)
{
    uint8_t wanted = person_role_bit("accused");
    for (size_t i = 0; i < sighting->party_count; i++)
        if (person_role_bit(sighting->parties[i].role) & wanted) return true;
    return false;
}

static bool any_wrongdoer(const struct found_person *found)
{
    for (size_t i = 0; i < found->sighting_count; i++)
        if (is_wrongdoer(&found->sightings[i])) return true;
    return false;
}

static bool share_case(const struct found_person *a, const struct found_person *b)
{
    for (size_t i = 0; i < a->sighting_count; i++)
        for (size_t k = 0; k < b->sighting_count; k++) {
            const char *left = a->sightings[i].row.case_id, *right = b->sightings[k].row.case_id;
            if (left && right && strcmp(left, right) == 0) return true;
        }
    return false;
}

static bool share_id(const struct found_person *a, const struct found_person *b)
{
    for (size_t i = 0; i < a->id_count; i++)
        for (size_t k = 0; k < b->id_count; k++)
            if (strcmp(a->ids[i], b->ids[k]) == 0) return true;
    return false;
}

/* Enough to ask an officer: a key, or the name; with the relative's where both are told. A single word is
 * borne by too many. */
static bool is_alike(const struct mention_row *row, const struct found_person *other)
{
    if (other->by == FOUND_IDENTITY || other->by == FOUND_PHONE) return true;
    const struct mention_row *theirs = &other->sightings[0].row;
    if (!row->relative || !theirs->relative)
        return other->likeness >= ALIKE_ALONE_LEAST && row->name && strchr(row->name, ' ');
    if (other->likeness < ALIKE_LEAST) return false;
    int words = 0, sum = 0;
    for (size_t i = 0; i < other->hit->reason_count; i++) {
        const struct search_reason *reason = &other->hit->reasons[i];
        if (!reason->relative || reason->how == SEARCH_BESIDE) continue;
        words++;
        sum += reason->how == SEARCH_MISSING ? 0 : reason->likeness;
    }
    return words > 0 && sum / words >= ALIKE_RELATIVE_LEAST;
}

static bool is_listed(
    const struct pairing *pairing, const struct found_person *first, const struct found_person *second)
{
    for (size_t i = 0; i < pairing->count; i++) {
        const struct people_pair *pair = &pairing->list[i];
        if ((share_id(&pair->first, first) && share_id(&pair->second, second)) ||
            (share_id(&pair->first, second) && share_id(&pair->second, first)))
            return true;
    }
    return false;
}

static enum err alike_add(
    struct pairing *pairing, const struct found_person *first, const struct people_query *query)
{
    struct people_answer answer;
    size_t added = 0;
    TRY(people_ask(pairing->people, pairing->db, pairing->arena, query, pairing->sight, &answer));
    for (size_t i = 0; i < answer.count && added < ALIKE_EACH && pairing->count < PAIRS_MAX; i++) {
        const struct found_person *other = &answer.list[i];
        if (share_id(first, other) || !any_wrongdoer(other) || !is_alike(&first->sightings[0].row, other) ||
            share_case(first, other) || people_parted(pairing->db, first, other) ||
            is_listed(pairing, first, other))
            continue;
        pairing->list[pairing->count++] = (struct people_pair){*first, *other};
        added++;
    }
    return E_OK;
}

/* The first phone and the first number of a document by which the viewer may look. */
static void keys_set(struct pairing *pairing, const struct sighting *sighting, struct people_query *query)
{
    const char *keys = sighting->row.keys;
    for (size_t n; keys && *keys; keys += n + (keys[n] == '\n')) {
        n = strcspn(keys, "\n");
        char *line = arena_strndup(pairing->arena, keys, n);
        char *text = n > 2 && n < LINE_MAX ? strchr(line + 2, ' ') : NULL;
        const char **place = *line == 'p' ? &query->phone : *line == 'i' ? &query->identity : NULL;
        if (!text || !place || *place) continue;
        *text = '\0';
        if (pairing->sight->key(pairing->sight->context, sighting, line + 2)) *place = text + 1;
    }
}

static enum err person_pair(struct pairing *pairing, const char *person)
{
    struct found_person first;
    enum err err = people_get(pairing->db, pairing->arena, person, pairing->sight, &first);
    if (err != E_OK) return err == E_NOT_FOUND ? E_OK : err;
    const struct mention_row *row = &first.sightings[0].row;
    first.likeness = 100;
    struct people_query query = {.name = row->name ? row->name : row->name_other,
        .relative = row->relative,
        .relation = row->relation,
        .sex = row->gender,
        .age_from = row->age_low,
        .age_to = row->age_high < row->age_low ? row->age_low : row->age_high,
        .strict = true,
        .apart = true,
        .now = pairing->now};
    keys_set(pairing, &first.sightings[0], &query);
    pairing->asked++;
    return alike_add(pairing, &first, &query);
}

enum err people_pairs(struct people *people, struct db *db, struct arena *arena, const struct case_row *cases,
    size_t count, int64_t now, const struct sight *sight, struct people_pair **ret, size_t *ret_count)
{
    struct pairing pairing = {.people = people,
        .db = db,
        .arena = arena,
        .now = now,
        .sight = sight,
        .list = ARENA_ARRAY(arena, struct people_pair, PAIRS_MAX)};
    uint8_t wanted = person_role_bit("accused");
    for (size_t i = 0; i < count; i++) {
        struct party_row *parties;
        size_t party_count;
        TRY(case_parties(db, arena, cases[i].id, &parties, &party_count));
        for (size_t k = 0; k < party_count && pairing.asked < ASKED_MAX; k++)
            if (person_role_bit(parties[k].role) & wanted) TRY(person_pair(&pairing, parties[k].person));
    }
    *ret = pairing.list;
    *ret_count = pairing.count;
    return E_OK;
}
