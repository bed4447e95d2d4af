/* people/ask: from what was typed to people. The engine asks of every posting that would have a place in its
 * answer whether the sight of whoever asks shows the mention, so none is lost to a hidden one; those shown
 * are gathered into people with all their cases. Keys and names are asked apart, so that a key one may not
 * see cannot be told by what it does to a name. */
#include <string.h>

#include "access/places.h"
#include "base/text.h"
#include "base/time.h"
#include "people/people.h"

#define KEYS_ASKED_MAX 3
#define LIKENESS_LEAST 40 /* per cent; what is less like the name is not told at all */
#define BESIDE_COST 4
#define LINKED_MAX 500 /* persons decided to be one that are followed */
#define SCRATCH_BYTES_MAX ((size_t)16 << 20)

struct asking {
    struct db *db;
    struct arena *arena;
    const struct people_query *query;
    const struct sight *sight;
    size_t limit;
    struct people_answer *answer;
    struct arena *scratch; /* for looking at one posting */
    char key_letter;       /* of the key that is asked, which must lead to the mention; 0: a name is asked */
    const char *key;
};

/* ---- what is shown ---- */

/* Adds what the sight shows of one person, the newest first; false when it is nothing. */
static bool mentions_add(struct db *db, struct arena *arena, const char *person, const struct sight *sight,
    struct found_person *into)
{
    struct mention_row *rows;
    size_t count, had = into->sighting_count;
    if (mentions_of(db, arena, person, &rows, &count) != E_OK) return false;
    struct sighting *all = ARENA_ARRAY(arena, struct sighting, had + count + 1);
    if (had) memcpy(all, into->sightings, had * sizeof *all);
    into->sightings = all;
    for (size_t i = count; i > 0; i--)
        if (sighting_read(db, arena, &rows[i - 1], sight, &all[into->sighting_count])) into->sighting_count++;
    return into->sighting_count > had;
}

static bool id_in(const struct found_person *found, const char *person)
{
    for (size_t i = 0; i < found->id_count; i++)
        if (strcmp(found->ids[i], person) == 0) return true;
    return false;
}

/* Those decided to be one with a person already added, and known to the sight. */
static enum err linked_add(struct db *db, struct arena *arena, const char *person, const struct sight *sight,
    struct found_person *into)
{
    struct person_link *links;
    size_t count;
    TRY(person_links(db, arena, person, &links, &count));
    for (size_t i = 0; i < count && into->id_count < LINKED_MAX; i++) {
        const char *other = strcmp(links[i].first, person) == 0 ? links[i].second : links[i].first;
        if (!links[i].same || id_in(into, other) || !mentions_add(db, arena, other, sight, into)) continue;
        into->ids[into->id_count++] = other;
        into->tied = TIED_DECIDED;
    }
    return E_OK;
}

enum err people_get(struct db *db, struct arena *arena, const char *person, const struct sight *sight,
    struct found_person *ret)
{
    *ret = (struct found_person){.ids = ARENA_ARRAY(arena, const char *, LINKED_MAX)};
    if (!mentions_add(db, arena, person, sight, ret))
        return db_status(db) != E_OK ? db_status(db) : E_NOT_FOUND;
    ret->ids[ret->id_count++] = arena_strdup(arena, person);
    for (size_t i = 0; i < ret->id_count; i++) TRY(linked_add(db, arena, ret->ids[i], sight, ret));
    return db_status(db);
}

static bool is_known(const struct people_answer *answer, const char *person)
{
    for (size_t i = 0; i < answer->count; i++)
        if (id_in(&answer->list[i], person)) return true;
    return false;
}

/* The mention of a posting when the sight shows it. It is asked of hundreds: within a case who he is will do,
 * unless a key leads to him. */
static bool posting_read(
    const struct asking *asking, struct arena *arena, uint64_t posting, struct sighting *ret)
{
    struct mention_row row;
    const char *person, *case_id;
    int64_t id = posting_mention(posting);
    const struct sight *sight = asking->sight;
    if (mention_whose(asking->db, arena, id, &person, &case_id) != E_OK) return false;
    if (case_id && !sight->may(sight->context, case_id)) return false;
    if (case_id && !asking->key) row = (struct mention_row){.id = id, .person = person, .case_id = case_id};
    else if (mention_get(asking->db, arena, id, &row) != E_OK) return false;
    return sighting_check(asking->db, arena, &row, sight, ret);
}

static bool role_in(const struct sighting *sighting, const char *role)
{
    for (size_t i = 0; i < sighting->party_count; i++)
        if (strcmp(sighting->parties[i].role, role) == 0) return true;
    return sighting->party_count == 0 && strstr(sighting->row.roles, role);
}

int hit_likeness(const struct search_hit *hit)
{
    int words = 0, sum = 0, beside = 0;
    for (size_t i = 0; i < hit->reason_count; i++) {
        const struct search_reason *reason = &hit->reasons[i];
        if (reason->relative) continue;
        beside += reason->how == SEARCH_BESIDE;
        if (reason->how == SEARCH_BESIDE) continue;
        words++;
        sum += reason->how == SEARCH_MISSING ? 0 : reason->likeness * reason->likeness / 100;
    }
    int likeness = words ? sum / words - BESIDE_COST * beside : 0;
    return likeness > 0 ? likeness : 0;
}

static bool speaks_against(const struct asking *asking, const struct search_hit *hit,
    const struct sighting *sighting)
{
    const struct people_query *query = asking->query;
    if (!query->strict) return false;
    if (query->role && !role_in(sighting, query->role)) return true;
    return hit->sex == SEARCH_DIFFERS || hit->age == SEARCH_DIFFERS || hit->district == SEARCH_DIFFERS ||
           hit->station == SEARCH_DIFFERS;
}

static void person_add(
    struct asking *asking, enum found_by by, const struct search_hit *hit, const char *person)
{
    struct people_answer *answer = asking->answer;
    if (answer->count == asking->limit || is_known(answer, person)) return;
    struct found_person *found = &answer->list[answer->count];
    if (people_get(asking->db, asking->arena, person, asking->sight, found) != E_OK) return;
    found->by = by;
    found->hit = hit;
    found->likeness = by == FOUND_NAME ? hit_likeness(hit) : 100;
    answer->count++;
}

/* ---- keys ---- */

/* Letters and figures, as the engine compares; of a phone the last ten figures. */
static const char *key_fold(struct arena *arena, const char *text, bool phone)
{
    char *folded = arena_strdup(arena, text);
    size_t n = 0;
    for (const char *at = text; *at; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at & 0x80);
        bool figure = *at >= '0' && *at <= '9';
        if (!figure && (phone || !letter)) continue;
        folded[n++] = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    folded[n] = '\0';
    return phone && n > 10 ? folded + n - 10 : folded;
}

/* Whether one of the fields that hold the key may lead to the mention. */
static bool key_leads(const struct asking *asking, const struct sighting *sighting)
{
    struct arena *arena = asking->scratch;
    char letter = asking->key_letter;
    const char *wanted = key_fold(arena, asking->key, letter == 'p');
    char *rest = sighting->row.keys ? arena_strdup(arena, sighting->row.keys) : NULL;
    for (char *line; rest && (line = strtok_r(rest, "\n", &rest));) {
        char *text = line[0] == letter && strlen(line) > 2 ? strchr(line + 2, ' ') : NULL;
        if (!text || strcmp(key_fold(arena, text + 1, letter == 'p'), wanted) != 0) continue;
        *text = '\0';
        if (asking->sight->key(asking->sight->context, sighting, line + 2)) return true;
    }
    return false;
}

/* ---- asking the engine ---- */

/* What the engine asks of a posting that would have a place in its answer. */
static bool posting_admit(void *context, uint64_t posting)
{
    const struct asking *asking = context;
    struct sighting sighting;
    arena_reset(asking->scratch);
    return posting_read(asking, asking->scratch, posting, &sighting) &&
           (!asking->key || key_leads(asking, &sighting));
}

static struct search_result *engine_ask(
    struct people *people, struct asking *asking, struct search_query *query)
{
    struct search_result *result = ARENA_NEW(asking->arena, struct search_result);
    query->admit = posting_admit;
    query->context = asking;
    query->home = posting_station(asking->query->home);
    query->refusals_max = asking->query->refusals_max;
    (void)people_find(people, query, result);
    return result;
}

static void keys_ask(struct people *people, struct asking *asking)
{
    const struct {
        enum search_key_kind kind;
        enum found_by by;
        char letter;
        const char *asked;
    } kinds[KEYS_ASKED_MAX] = {
        {SEARCH_PHONE, FOUND_PHONE, 'p', asking->query->phone},
        {SEARCH_IDENTITY, FOUND_IDENTITY, 'i', asking->query->identity},
        {SEARCH_VEHICLE, FOUND_VEHICLE, 'v', asking->query->vehicle},
    };
    for (size_t k = 0; k < KEYS_ASKED_MAX; k++) {
        if (!kinds[k].asked) continue;
        struct search_key key = {kinds[k].kind, kinds[k].asked};
        asking->key = kinds[k].asked;
        asking->key_letter = kinds[k].letter;
        struct search_result *result =
            engine_ask(people, asking, &(struct search_query){.keys = &key, .key_count = 1});
        for (size_t i = 0; i < result->count; i++) {
            struct sighting sighting;
            if (posting_read(asking, asking->arena, result->hits[i].id, &sighting))
                person_add(asking, kinds[k].by, &result->hits[i], sighting.row.person);
        }
    }
    asking->key = NULL;
}

/* ---- names ---- */

static struct search_query engine_query(const struct people_query *query)
{
    const struct place_district *district = query->district ? place_district(query->district) : NULL;
    struct search_query asked = {
        .name = query->name,
        .relative = query->relative,
        .relation = posting_relation(query->relation),
        .sex = posting_sex(query->sex),
        .district = posting_district(district ? district->name : NULL),
        .station = posting_station(query->station),
        .roles = query->role ? person_role_bit(query->role) : 0,
    };
    if (query->age_from >= 0) {
        int year = time_civil(query->now).year;
        asked.birth_year_from = year - query->age_to - 1;
        asked.birth_year_to = year - query->age_from;
    }
    return asked;
}

static void names_ask(struct people *people, struct asking *asking)
{
    const struct people_query *query = asking->query;
    if (!query->name) return;
    struct search_query asked = engine_query(query);
    struct search_result *result = engine_ask(people, asking, &asked);
    for (size_t i = 0; i < result->count; i++) {
        struct sighting sighting;
        const struct search_hit *hit = &result->hits[i];
        if (hit_likeness(hit) >= LIKENESS_LEAST &&
            posting_read(asking, asking->arena, hit->id, &sighting) &&
            !speaks_against(asking, hit, &sighting))
            person_add(asking, FOUND_NAME, hit, sighting.row.person);
    }
}

/* ---- people of a case ---- */

/* The mention of a party in its case, as the sight shows it. */
static void party_ask(struct asking *asking, const struct party_row *party)
{
    struct mention_row *rows;
    struct sighting sighting;
    size_t count;
    if (mentions_of(asking->db, asking->arena, party->person, &rows, &count) != E_OK) return;
    for (size_t i = 0; i < count; i++)
        if (rows[i].case_id && strcmp(rows[i].case_id, party->case_id) == 0 &&
            sighting_check(asking->db, asking->arena, &rows[i], asking->sight, &sighting))
            person_add(asking, FOUND_CASE, NULL, party->person);
}

static void cases_ask(struct asking *asking)
{
    for (size_t i = 0; i < asking->query->case_count; i++) {
        struct party_row *parties;
        size_t count;
        if (case_parties(asking->db, asking->arena, asking->query->cases[i], &parties, &count) != E_OK)
            return;
        for (size_t k = 0; k < count; k++) party_ask(asking, &parties[k]);
    }
}

/* ---- likely the same ---- */

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

static void likely_join(struct db *db, struct arena *arena, struct people_answer *answer)
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

enum err people_ask(struct people *people, struct db *db, struct arena *arena,
    const struct people_query *query, const struct sight *sight, struct people_answer *ret)
{
    int64_t size = db_int_values(db, "SELECT max(seq) + 1 FROM entry_index", 0, NULL, 0);
    people_follow(people, size);
    *ret = (struct people_answer){.index = people_index(people, size),
        .list = ARENA_ARRAY(arena, struct found_person, PEOPLE_MAX + 1)};
    struct asking asking = {.db = db,
        .arena = arena,
        .query = query,
        .sight = sight,
        .limit = query->limit > 0 && query->limit < PEOPLE_MAX ? query->limit : PEOPLE_MAX,
        .answer = ret,
        .scratch = arena_new(SCRATCH_BYTES_MAX)};
    keys_ask(people, &asking);
    cases_ask(&asking);
    names_ask(people, &asking);
    if (!query->apart) likely_join(db, arena, ret);
    arena_free(asking.scratch);
    return db_status(db);
}
