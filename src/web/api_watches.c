/* web/api_watches: the watches of an office or a case with what they found, and opening a match. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "web/api.h"
#include "web/watches_seen.h"

static json_t *reasons_json(const struct seen_alert *seen)
{
    json_t *list = json_array();
    for (size_t i = 0; i < seen->reason_count; i++)
        json_array_append_new(list, json_pack("{s:s, s:{s:s, s:s}}", "code", seen->reasons[i].code, "text",
                                        "en", seen->reasons[i].text[LANG_EN], "hi",
                                        seen->reasons[i].text[LANG_HI]));
    return list;
}

/* Of a match elsewhere the case and the person, as the search shows them, and nothing of the entry. */
static json_t *match_json_of(struct request *request, const struct seen_alert *seen)
{
    const struct watch_alert *alert = seen->alert;
    const struct sighting *sighting = alert->sighting;
    struct found_person found = {.likeness = watch_likeness(alert)};
    if (sighting) {
        found.ids = ARENA_ARRAY(request->arena, const char *, 1);
        found.ids[found.id_count++] = sighting->row.person;
        found.sightings = ARENA_ARRAY(request->arena, struct sighting, 1);
        found.sightings[found.sighting_count++] = *sighting;
    }
    const struct entry *entry = alert->elsewhere ? NULL : &alert->entry;
    json_t *json = json_pack("{s:s, s:o, s:b, s:i, s:o, s:s?, s:s?, s:s?, s:s?, s:o}", "id", alert->key, "at",
        api_time(request, alert->at), "elsewhere", alert->elsewhere, "likeness", found.likeness, "reasons",
        reasons_json(seen), "entry", entry ? entry->id : NULL, "form", entry ? entry->form : NULL, "number",
        entry ? entry->number : NULL, "office", entry ? entry->office : sighting->case_row.office, "person",
        sighting ? found_json(request->arena, &found) : json_null());
    if (seen->opened.officer) {
        json_object_set_new(json, "opened_by", json_string(seen->opened.officer));
        json_object_set_new(json, "opened_at", api_time(request, seen->opened.at));
    }
    return json;
}

static json_t *keys_json(const struct watch_row *row, char letter)
{
    json_t *list = json_array();
    for (const char *line = row->keys; line && *line; line += *line == '\n') {
        size_t n = strcspn(line, "\n");
        if (*line == letter) json_array_append_new(list, json_stringn(line + 2, n - 2));
        line += n;
    }
    return list;
}

static json_t *watch_json(struct request *request, const struct seen_watch *watch)
{
    const struct watch_row *row = &watch->row;
    json_t *matches = json_array();
    for (size_t i = 0; i < watch->count; i++)
        json_array_append_new(matches, match_json_of(request, &watch->alerts[i]));
    return json_pack(
        "{s:s, s:s?, s:s, s:s?, s:s, s:s, s:s, s:s?, s:s, s:b, s:s?, s:s?, s:s?, s:o, s:o, s:i, s:o}", "id",
        row->id, "number", row->number, "case", row->case_id, "case_number", watch->case_row.number, "office",
        row->office, "officer", row->officer, "why", row->purpose, "reason", watch->reason, "until",
        time_date_text(request->arena, row->until), "runs", watch->runs, "name", row->name, "relative",
        row->relative, "person", row->person, "phones", keys_json(row, 'p'), "vehicles", keys_json(row, 'v'),
        "fresh", (int)watch->fresh, "matches", matches);
}

void api_watch_list(struct request *request)
{
    struct seen_watch *watches;
    size_t count;
    enum err err = watches_asked(request, &watches, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, watch_json(request, &watches[i]));
    respond_json(request, 200, json_pack("{s:o}", "watches", list));
}

void api_watch_open(struct request *request)
{
    struct seen_watch watch;
    struct seen_alert seen;
    int64_t search;
    enum err err =
        watch_open(request, request->captures[0], request->captures[1], &watch, &seen, &search);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *json = match_json_of(request, &seen);
    json_object_set_new(json, "search", json_integer(search));
    respond_json(request, 200, json);
}
