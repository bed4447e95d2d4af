/* people/ask: from what was typed to people. The engine asks of every posting that would have a place in its
 * answer whether the sight of whoever asks shows the mention, so none is lost to a hidden one; those shown
 * are gathered into people with all their cases. It asks of far more than the answer holds, and of a mention
 * once for each spelling: what was seen of one is remembered while an answer is made. Keys and names are
 * asked apart, so that a key one may not see cannot be told by what it does to a name. */
#include <string.h>

#include "access/places.h"
#include "base/time.h"
#include "people/people.h"

#define KEYS_ASKED_MAX 3
#define LIKENESS_LEAST 35 /* per cent; less is not told. As like are two initials to a name of four words */
#define BESIDE_COST 4
#define LINKED_MAX 500 /* persons decided to be one that are followed */
#define SCRATCH_BYTES_MAX ((size_t)16 << 20)
#define LOOKS 1024 /* remembered; of two in one place the later */

/* What the sight shows of a mention: the person in the arena of the answer, NULL when it hides him. */
struct look {
    int64_t mention; /* 0: nothing yet */
    const char *person;
};

struct asking {
    struct db *db;
    struct arena *arena;
    const struct people_query *query;
    const struct sight *sight;
    size_t limit;
    struct people_answer *answer;
    struct look *looks;    /* by the key that is asked, if any */
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

/* A mention when the sight shows it. It is asked of hundreds: within a case who he is will do, unless a key
 * leads to him. */
static bool mention_read(const struct asking *asking, int64_t id, struct sighting *ret)
{
    struct mention_row row;
    const char *person, *case_id;
    struct arena *arena = asking->scratch;
    const struct sight *sight = asking->sight;
    if (mention_whose(asking->db, arena, id, &person, &case_id) != E_OK) return false;
    if (case_id && !sight->may(sight->context, case_id)) return false;
    if (case_id && !asking->key) row = (struct mention_row){.id = id, .person = person, .case_id = case_id};
    else if (mention_get(asking->db, arena, id, &row) != E_OK) return false;
    return sighting_check(asking->db, arena, &row, sight, ret);
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

/* Whom a posting is of, when the sight shows it and a key that is asked may lead to it; else NULL. */
static const char *posting_person(const struct asking *asking, uint64_t posting)
{
    struct sighting sighting;
    int64_t id = posting_mention(posting);
    struct look *look = &asking->looks[(uint64_t)id % LOOKS];
    if (look->mention == id) return look->person;
    arena_reset(asking->scratch);
    bool shown =
        mention_read(asking, id, &sighting) && (!asking->key || key_leads(asking, &sighting));
    *look = (struct look){id, shown ? arena_strdup(asking->arena, sighting.row.person) : NULL};
    return look->person;
}

/* What the engine asks of a posting that would have a place in its answer. */
static bool posting_admit(void *context, uint64_t posting)
{
    return posting_person(context, posting) != NULL;
}

static struct search_result *engine_ask(
    struct people *people, struct asking *asking, struct search_query *query)
{
    struct search_result *result = ARENA_NEW(asking->arena, struct search_result);
    memset(asking->looks, 0, LOOKS * sizeof *asking->looks); /* by another key */
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
            const char *person = posting_person(asking, result->hits[i].id);
            if (person) person_add(asking, kinds[k].by, &result->hits[i], person);
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

/* Whether the mention is one in the role that is asked for, as far as the sight shows it. */
static bool role_shown(const struct asking *asking, uint64_t posting)
{
    struct sighting sighting;
    const char *role = asking->query->role;
    arena_reset(asking->scratch);
    if (!mention_read(asking, posting_mention(posting), &sighting)) return false;
    for (size_t i = 0; i < sighting.party_count; i++)
        if (strcmp(sighting.parties[i].role, role) == 0) return true;
    return sighting.party_count == 0 && strstr(sighting.row.roles, role);
}

static bool speaks_against(const struct asking *asking, const struct search_hit *hit)
{
    const struct people_query *query = asking->query;
    if (!query->strict) return false;
    return hit->sex == SEARCH_DIFFERS || hit->age == SEARCH_DIFFERS || hit->district == SEARCH_DIFFERS ||
           hit->station == SEARCH_DIFFERS || (query->role && !role_shown(asking, hit->id));
}

static void names_ask(struct people *people, struct asking *asking)
{
    const struct people_query *query = asking->query;
    if (!query->name) return;
    struct search_query asked = engine_query(query);
    struct search_result *result = engine_ask(people, asking, &asked);
    for (size_t i = 0; i < result->count; i++) {
        const struct search_hit *hit = &result->hits[i];
        if (asking->answer->count == asking->limit) break;
        if (hit_likeness(hit) < LIKENESS_LEAST || speaks_against(asking, hit)) continue;
        const char *person = posting_person(asking, hit->id);
        if (person) person_add(asking, FOUND_NAME, hit, person);
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

/* ---- all of it ---- */

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
        .looks = ARENA_ARRAY(arena, struct look, LOOKS),
        .scratch = arena_new(SCRATCH_BYTES_MAX)};
    keys_ask(people, &asking);
    cases_ask(&asking);
    names_ask(people, &asking);
    if (!query->apart) likely_join(db, arena, ret);
    arena_free(asking.scratch);
    return db_status(db);
}
