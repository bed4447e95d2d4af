/* web/people_seen: see the header. */
#include "web/people_seen.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access/places.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "web/seen.h"
#include "web/server.h"

#define NAME_LENGTH_MIN 2
#define CASES_NUMBERED_MAX 5
#define PEOPLE_DEFAULT 10
#define LIKELY_MAX 5
#define LIKELY_LEAST 55 /* per cent */
#define LIKELY_REFUSALS_MAX 500 /* who types waits for nobody: an offer may miss what a search finds */
#define AGE_MAX 130
#define STEP_US 10000
#define PHONE_FIGURES 10
#define OPENED_WITHIN_MS (12 * TIME_HOUR_MS)
#define MATCHES_EACH 10
#define PAIRS_CASES 25 /* cases whose people are searched for at once */

struct eye eye_of(const struct request *request, bool wide, bool purpose)
{
    return (struct eye){.db = request->db,
        .forms = node_forms(request->node),
        .viewer = &request->viewer,
        .wide = wide,
        .purpose = purpose};
}

/* ---- reading what is asked ---- */

static void query_wrong(struct request *request, const char *name)
{
    problem_add(&request->problems, "query_wrong", name, "name", name, NULL);
}

/* A code of a list; NULL when absent. */
static const char *query_code(struct request *request, const char *name, const char *list)
{
    const char *code = query_value(request, name);
    const struct code_list *codes = list_find(node_forms(request->node), list);
    if (!code || (codes && code_find(codes, code))) return code;
    problem_add(&request->problems, "field_code", name, "value", code, NULL);
    return NULL;
}

/* "34" or "30-40". */
static void query_age(struct request *request, struct people_query *query)
{
    const char *text = query_value(request, "age");
    query->age_from = query->age_to = -1;
    if (!text) return;
    char *end;
    long from = strtol(text, &end, 10), to = from;
    if (end != text && *end == '-') to = strtol(end + 1, &end, 10);
    if (end == text || *end || from < 0 || to < from || to > AGE_MAX)
        query_wrong(request, "age");
    else {
        query->age_from = (int)from;
        query->age_to = (int)to;
    }
}

static void query_places(struct request *request, struct people_query *query)
{
    const char *district = query_value(request, "district"), *station = query_value(request, "station");
    struct office office;
    if (district && !place_district(district)) {
        const struct place_district *named = place_district_named(district);
        if (!named) query_wrong(request, "district");
        district = named ? named->code : NULL;
    }
    if (station && office_get(request->db, request->arena, station, &office) != E_OK) {
        problem_add(&request->problems, "office_unknown", "station", "id", station, NULL);
        station = NULL;
    }
    query->district = district;
    query->station = station;
    const char *fir = query_value(request, "fir");
    if (fir)
        query->case_count = cases_numbered(request->db, request->arena,
            station ? station : request->viewer.office, fir, CASES_NUMBERED_MAX, &query->cases);
}

/* The one box: a name, or with figures a phone, the number of a document, a vehicle. (Cases by their number
 * are found beside the people.) */
static void query_box(struct request *request, struct people_query *query)
{
    const char *asked = query_value(request, "q");
    if (!asked || query->name) return;
    size_t figures = 0, letters = 0;
    for (const char *at = asked; *at; at++) {
        figures += *at >= '0' && *at <= '9';
        letters += (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') || (*at & 0x80);
    }
    if (figures == 0) query->name = asked;
    if (figures >= PHONE_FIGURES && letters == 0 && !query->phone) query->phone = asked;
    if (figures > 0 && letters > 0 && !query->vehicle) query->vehicle = asked;
    if (figures > 0 && !query->identity) query->identity = asked;
}

static const char *asked_json(struct request *request)
{
    static const char *const members[] = {"name", "relative", "relation", "age", "sex", "district", "station",
        "role", "phone", "identity", "vehicle", "fir", "strict", "form", "case", "q", "office", "after"};
    struct buf text;
    json_t *asked CLEANUP(json_drop) = json_object();
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (query_value(request, members[i]))
            json_object_set_new(asked, members[i], json_string(query_value(request, members[i])));
    buf_init(&text, request->arena, FORM_BYTES_MAX);
    json_canonical(&text, asked);
    return text.data;
}

static void reach_read(struct request *request, struct people_search *search)
{
    const char *scope = query_value(request, "scope");
    bool own = scope && strcmp(scope, "own") == 0, wide = scope && strcmp(scope, "wide") == 0;
    if (scope && !own && !wide) query_wrong(request, "scope");
    search->purpose = query_code(request, "why", "opening_purpose");
    search->reason = query_value(request, "reason");
    search->elsewhere = mask_for(&request->viewer, "people_elsewhere", NULL);
    if (wide && search->elsewhere == MASK_NEVER)
        problem_add(&request->problems, "not_allowed", "scope", NULL);
    if (wide && search->elsewhere == MASK_ASK && !search->purpose && request->problems.count == 0)
        problem_add(&request->problems, "purpose_needed", "why", NULL);
    search->wide = !own && (search->elsewhere == MASK_OPEN ||
                               (search->elsewhere == MASK_ASK && search->purpose));
}

void people_search_read(struct request *request, struct people_search *ret)
{
    *ret = (struct people_search){.query = {.now = request->now}};
    struct people_query *query = &ret->query;
    query->name = query_value(request, "name");
    query->relative = query_value(request, "relative");
    query->relation = query_code(request, "relation", "relation");
    query->sex = query_code(request, "sex", "gender");
    query->role = query_code(request, "role", "person_role");
    query->phone = query_value(request, "phone");
    query->identity = query_value(request, "identity");
    query->vehicle = query_value(request, "vehicle");
    query_box(request, query);
    query_age(request, query);
    query_places(request, query);
    const char *strict = query_value(request, "strict");
    query->strict = strict && strcmp(strict, "yes") == 0;
    query->limit = (size_t)query_int(request, "limit", PEOPLE_DEFAULT);
    reach_read(request, ret);
    if (query->name && text_length(query->name) < NAME_LENGTH_MIN) query_wrong(request, "name");
    bool keyed = query->phone || query->identity || query->vehicle || query_value(request, "fir");
    if (!query->name && !keyed) query_wrong(request, "name");
    ret->asked = asked_json(request);
}

/* ---- asking ---- */

static enum err search_note(struct request *request, struct people_search *search, const char *kind)
{
    struct search_note note = {.at = request->now,
        .officer = request->viewer.officer,
        .office = request->viewer.office,
        .role = request->viewer.role,
        .kind = kind,
        .wide = search->wide,
        .purpose = search->purpose,
        .reason = search->reason,
        .query = search->asked,
        .shown = (int64_t)search->answer.count};
    return searches_note(node_searches(request->node), &note, &search->id);
}

/* Hidden people cost a look each; steps of time hide how many there were. */
void search_wait(int64_t since_us)
{
    int64_t rest = STEP_US - (monotonic_us() - since_us) % STEP_US;
    nanosleep(&(struct timespec){.tv_nsec = rest * 1000}, NULL);
}

enum err people_search_run(struct request *request, struct people_search *search)
{
    int64_t begun = monotonic_us();
    struct eye eye = eye_of(request, search->wide, search->purpose != NULL);
    struct sight sight = eye_sight(&eye);
    search->query.home = request->viewer.office;
    search->query.refusals_max = LIKELY_REFUSALS_MAX;
    TRY(people_ask(request->web->people, request->db, request->arena, &search->query, &sight,
        &search->answer));
    TRY(search_note(request, search, "search"));
    search_wait(begun);
    return E_OK;
}

enum err pairs_seen(struct request *request, struct pairs_seen *ret)
{
    int64_t begun = monotonic_us();
    *ret = (struct pairs_seen){.search = {.asked = asked_json(request)}};
    reach_read(request, &ret->search);
    const char *office = query_value(request, "office");
    struct case_filter filter = {.office = office ? office : request->viewer.office,
        .after = query_int(request, "after", 0),
        .limit = PAIRS_CASES};
    if (!office_under(request->db, filter.office, request->viewer.office))
        problem_add(&request->problems, "not_allowed", "office", NULL);
    if (request->problems.count > 0) return E_PROBLEM;
    struct eye eye = eye_of(request, ret->search.wide, ret->search.purpose != NULL);
    struct sight sight = eye_sight(&eye);
    struct case_row *cases;
    size_t count;
    bool more;
    TRY(case_list(request->db, request->arena, &request->viewer, &filter, &cases, &count, &more));
    TRY(people_pairs(request->web->people, request->db, request->arena, cases, count, request->now, &sight,
        &ret->pairs, &ret->count));
    ret->next = more && count > 0 ? cases[count - 1].opened_seq : 0;
    ret->search.answer.count = ret->count;
    TRY(search_note(request, &ret->search, "duplicates"));
    search_wait(begun);
    return E_OK;
}

enum err matches_seen(struct request *request, const char *case_id, struct matches_seen *ret)
{
    *ret = (struct matches_seen){.search = {.asked = asked_json(request)}};
    reach_read(request, &ret->search);
    if (request->problems.count > 0) return E_PROBLEM;
    if (!may_see_case(request->db, &request->viewer, case_id)) return E_NOT_FOUND;
    int64_t begun = monotonic_us();
    bool wide = ret->search.wide;
    struct eye own = eye_of(request, false, false), eye = eye_of(request, wide, false);
    struct sight near = eye_sight(&own), sight = eye_sight(&eye);
    struct description_row *rows;
    size_t count;
    TRY(descriptions_of_case(request->db, request->arena, case_id, &rows, &count));
    ret->persons = ARENA_ARRAY(request->arena, struct matched, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct found_person self;
        if (!seen_seq(request, rows[i].seq) ||
            people_get(request->db, request->arena, rows[i].person, &near, &self) != E_OK)
            continue;
        struct matched *matched = &ret->persons[ret->count++];
        matched->row = rows[i];
        TRY(people_matches(request->web->people, request->db, request->arena, &rows[i], &sight, MATCHES_EACH,
            &matched->list, &matched->count));
        ret->search.answer.count += matched->count;
    }
    if (!wide || ret->count == 0) return E_OK;
    TRY(search_note(request, &ret->search, "matches"));
    search_wait(begun);
    return E_OK;
}

/* What draft_references() takes: first recorded on a case he may see or outside cases at his own office, or
 * on this case already. */
static bool may_refer(struct request *request, const struct found_person *found, const char *case_id)
{
    const char *home = reference_case(request->db, request->arena, "person", found->ids[0]);
    if (home && may_see_case(request->db, &request->viewer, home)) return true;
    for (size_t i = 0; i < found->sighting_count; i++) {
        const struct mention_row *row = &found->sightings[i].row;
        if (case_id && row->case_id && strcmp(case_id, row->case_id) == 0) return true;
        if (!home && !row->case_id && strcmp(row->office, request->viewer.office) == 0) return true;
    }
    return false;
}

enum err people_likely(struct request *request, const char *case_id, struct people_search *search)
{
    struct eye eye = eye_of(request, false, false);
    struct sight sight = eye_sight(&eye);
    struct people_answer *answer = &search->answer;
    search->wide = false;
    search->query.limit = PEOPLE_MAX;
    search->query.home = request->viewer.office;
    search->query.refusals_max = LIKELY_REFUSALS_MAX;
    TRY(people_ask(request->web->people, request->db, request->arena, &search->query, &sight, answer));
    size_t kept = 0;
    for (size_t i = 0; i < answer->count && kept < LIKELY_MAX; i++) {
        const struct found_person *found = &answer->list[i];
        bool likely = found->by != FOUND_NAME || found->likeness >= LIKELY_LEAST;
        if (likely && may_refer(request, found, case_id)) answer->list[kept++] = *found;
    }
    answer->count = kept;
    return search_note(request, search, "likely");
}

/* ---- one person ---- */

enum err person_seen(struct request *request, const char *id, int64_t search, struct found_person *ret)
{
    struct search_note note;
    struct searches *searches = node_searches(request->node);
    bool searched = search > 0 && searches_get(searches, request->arena, search, &note) == E_OK &&
                    strcmp(note.officer, request->viewer.officer) == 0 &&
                    strcmp(note.office, request->viewer.office) == 0 &&
                    request->now - note.at < OPENED_WITHIN_MS;
    bool may = mask_for(&request->viewer, "people_elsewhere", NULL) != MASK_NEVER;
    struct eye eye = eye_of(request, searched && note.wide && may, searched && note.purpose);
    struct sight sight = eye_sight(&eye);
    TRY(people_get(request->db, request->arena, id, &sight, ret));
    return searched ? searches_opened(searches, search, id, request->now) : E_OK;
}

const char *photo_seen(struct request *request, const struct found_person *found)
{
    const char *photo = found->sightings[0].row.photo;
    return photo && file_seen(request, photo) ? photo : NULL;
}

size_t sighting_entries(
    struct request *request, const struct sighting *sighting, size_t limit, struct entry **ret)
{
    int64_t *seqs;
    size_t count = 0, all = 0;
    *ret = ARENA_ARRAY(request->arena, struct entry, limit);
    if (!sighting->elsewhere)
        all = mention_entries(request->db, request->arena, sighting->row.id, limit, &seqs);
    for (size_t i = 0; i < all; i++)
        if (seen_seq(request, seqs[i]) &&
            entry_by_seq(request->db, request->arena, seqs[i], &(*ret)[count]) == E_OK)
            count++;
    return count;
}
