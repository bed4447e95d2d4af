/* web/api_people: the search of people, one person, known people for what is typed, and the log. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "web/api.h"
#include "web/people_seen.h"

#define PERSON_ENTRIES_MAX 50
#define SEARCHES_DEFAULT 50
#define SEARCHES_MAX 200

/* Whether and how he may look further than his own cases. */
static const char *elsewhere_word(enum mask mask)
{
    static const char *const words[] = {[MASK_OPEN] = "open", [MASK_ASK] = "purpose", [MASK_NEVER] = "never"};
    return words[mask];
}

static json_t *answer_json(struct request *request, const struct people_search *search)
{
    json_t *list = json_array();
    for (size_t i = 0; i < search->answer.count; i++) {
        const struct found_person *found = &search->answer.list[i];
        json_t *json = found_json(request->arena, found);
        const char *photo = photo_seen(request, found);
        json_object_set_new(json, "photo", photo ? json_string(photo) : json_null());
        json_array_append_new(list, json);
    }
    return json_pack("{s:o, s:s, s:s, s:I, s:o}", "people", list, "scope", search->wide ? "wide" : "own",
        "elsewhere", elsewhere_word(search->elsewhere), "search", (json_int_t)search->id, "index",
        people_index_json(&search->answer.index));
}

void api_people_find(struct request *request)
{
    struct people_search search;
    people_search_read(request, &search);
    enum err err = request->problems.count > 0 ? E_PROBLEM : people_search_run(request, &search);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_json(request, 200, answer_json(request, &search));
}

void api_people_duplicates(struct request *request)
{
    struct pairs_seen seen;
    enum err err = pairs_seen(request, &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < seen.count; i++)
        json_array_append_new(list, json_pack("{s:o, s:o}", "first",
                                        found_json(request->arena, &seen.pairs[i].first), "second",
                                        found_json(request->arena, &seen.pairs[i].second)));
    respond_json(request, 200,
        json_pack("{s:o, s:s, s:s, s:I, s:o}", "pairs", list, "scope", seen.search.wide ? "wide" : "own",
            "elsewhere", elsewhere_word(seen.search.elsewhere), "search", (json_int_t)seen.search.id, "next",
            seen.next > 0 ? json_integer(seen.next) : json_null()));
}

void api_case_matches(struct request *request)
{
    struct matches_seen seen;
    enum err err = matches_seen(request, request->captures[0], &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *persons = json_array();
    for (size_t i = 0; i < seen.count; i++) {
        json_t *list = json_array();
        for (size_t k = 0; k < seen.persons[i].count; k++)
            json_array_append_new(list, match_json(request->arena, &seen.persons[i].list[k]));
        json_array_append_new(persons, json_pack("{s:s, s:s, s:o}", "person", seen.persons[i].row.person,
                                           "side", seen.persons[i].row.side, "matches", list));
    }
    respond_json(request, 200,
        json_pack("{s:o, s:s, s:s}", "persons", persons, "scope", seen.search.wide ? "wide" : "own",
            "elsewhere", elsewhere_word(seen.search.elsewhere)));
}

void api_people_likely(struct request *request)
{
    struct people_search search;
    const char *name = query_value(request, "form");
    const struct form *form = name ? form_find(node_forms(request->node), name) : NULL;
    people_search_read(request, &search);
    if (!form) problem_add(&request->problems, "form_unknown", "form", "form", name ? name : "", NULL);
    search.reason = form ? arena_printf(request->arena, "form %s", form->name) : NULL;
    enum err err = request->problems.count > 0
                       ? E_PROBLEM
                       : people_likely(request, query_value(request, "case"), &search);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_json(request, 200, answer_json(request, &search));
}

static json_t *entries_json(struct request *request, const struct found_person *found)
{
    json_t *list = json_array();
    for (size_t i = 0; i < found->sighting_count; i++) {
        struct entry *entries;
        size_t count = sighting_entries(request, &found->sightings[i], PERSON_ENTRIES_MAX, &entries);
        for (size_t k = 0; k < count; k++)
            json_array_append_new(list,
                json_pack("{s:s, s:I, s:s, s:s?, s:s, s:s?, s:o}", "id", entries[k].id, "seq",
                    (json_int_t)entries[k].seq, "form", entries[k].form, "number", entries[k].number,
                    "office", entries[k].office, "case", found->sightings[i].row.case_id, "filed_at",
                    api_time(request, entries[k].filed_at)));
    }
    return list;
}

static json_t *links_json(struct request *request, const struct seen_link *links, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        const struct person_link *link = &links[i].link;
        json_array_append_new(list,
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s?}", "entry", link->entry, "first", link->first,
                "second", link->second, "decision", link->same ? "same" : "not_same", "officer",
                link->officer, "office", link->office, "at", api_time(request, link->filed_at), "reason",
                links[i].reason));
    }
    return list;
}

void api_person_get(struct request *request)
{
    struct found_person found;
    int64_t search = query_int(request, "search", 0);
    enum err err =
        request->problems.count > 0 ? E_PROBLEM : person_seen(request, request->captures[0], search, &found);
    struct seen_link *links;
    size_t link_count;
    if (err == E_OK) err = links_seen(request, &found, &links, &link_count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *json = found_json(request->arena, &found);
    const char *photo = photo_seen(request, &found);
    json_object_set_new(json, "photo", photo ? json_string(photo) : json_null());
    json_object_set_new(json, "entries", entries_json(request, &found));
    json_object_set_new(json, "links", links_json(request, links, link_count));
    respond_json(request, 200, json);
}

/* ---- the log ---- */

static json_t *note_json(struct request *request, const struct search_note *note)
{
    json_t *opened = json_array();
    struct search_opening *openings;
    struct problems problems = {.arena = request->arena};
    size_t count = 0;
    if (searches_openings(node_searches(request->node), request->arena, note->id, &openings, &count) != E_OK)
        count = 0;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(opened, json_pack("{s:s, s:o}", "person", openings[i].person, "at",
                                          api_time(request, openings[i].at)));
    json_t *query = json_read(note->query, strlen(note->query), &problems);
    return json_pack("{s:I, s:o, s:s, s:s, s:s?, s:s, s:s, s:s?, s:s?, s:o, s:I, s:o}", "id",
        (json_int_t)note->id, "at", api_time(request, note->at), "officer", note->officer, "office",
        note->office, "role", note->role, "kind", note->kind, "scope", note->wide ? "wide" : "own", "why",
        note->purpose, "reason", note->reason, "query", query ? query : json_null(), "shown",
        (json_int_t)note->shown, "opened", opened);
}

void api_search_list(struct request *request)
{
    struct searches_filter filter = {.officer = query_value(request, "officer"),
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .before = query_int(request, "after", 0),
        .limit = (size_t)query_int(request, "limit", SEARCHES_DEFAULT)};
    if (filter.limit == 0 || filter.limit > SEARCHES_MAX) filter.limit = SEARCHES_MAX;
    struct search_note *notes;
    size_t count;
    int64_t next;
    enum err err =
        request->problems.count > 0 ? E_PROBLEM : searches_seen(request, &filter, &notes, &count, &next);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, note_json(request, &notes[i]));
    respond_json(request, 200,
        json_pack("{s:o, s:o}", "searches", list, "next", next > 0 ? json_integer(next) : json_null()));
}
