/* web/api_cases: cases and tasks. */
#include <string.h>

#include "base/time.h"
#include "web/api.h"
#include "web/offences.h"

#define LIST_DEFAULT 50
#define LIST_MAX 200

static json_t *case_json(const struct request *request, const struct case_row *row)
{
    return json_pack("{s:s, s:s, s:s?, s:i, s:s, s:s?, s:s?, s:s?, s:s?, s:o, s:b, s:o, s:o}", "id", row->id,
        "kind", row->kind, "number", row->number, "year", row->year, "office", row->office, "stage",
        row->stage, "io", row->io, "cnr", row->cnr, "sections", row->sections, "unverified",
        offences_unverified(request, row->sections), "sensitive", row->sensitive, "opened_at",
        api_time(request, row->opened_at), "changed_at", api_time(request, row->changed_at));
}

static json_t *party_json(const struct party_row *party)
{
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?}", "person", party->person,
        "role", party->role, "status", party->status, "name", party->name, "name_other", party->name_other,
        "relative", party->relative, "relation", party->relation, "gender", party->gender);
    if (party->age_low >= 0) json_object_set_new(json, "age_low", json_integer(party->age_low));
    if (party->age_high >= 0) json_object_set_new(json, "age_high", json_integer(party->age_high));
    return json;
}

static json_t *words_list(const char *words)
{
    json_t *list = json_array();
    while (words && *words) {
        size_t n = strcspn(words, " ");
        if (n > 0) json_array_append_new(list, json_stringn(words, n));
        words += n + (words[n] == ' ');
    }
    return list;
}

static json_t *task_json(const struct request *request, const struct task_row *task)
{
    return json_pack("{s:I, s:s, s:{s:s, s:s}, s:o, s:s?, s:s?, s:s?, s:s, s:s?, s:s?, s:o, s:o}", "seq",
        (json_int_t)task->seq, "form", task->form, "label", "en", task->label[LANG_EN], "hi",
        task->label[LANG_HI], "wanted", words_list(task->wanted), "case", task->case_id, "case_number",
        task->case_number, "case_office", task->case_office, "office", task->office, "officer", task->officer,
        "role", task->role, "opened_at", api_time(request, task->opened_at), "due_at",
        api_time(request, task->due_at));
}

static json_t *delivery_json(const struct request *request, const struct delivery_row *row)
{
    return json_pack("{s:s, s:s, s:s?, s:s?, s:s, s:s, s:o, s:o, s:o, s:o, s:s?}", "entry", row->id, "form",
        row->form, "number", row->number, "case", row->case_id, "from", row->from_office, "to",
        row->to_office, "filed_at", api_time(request, row->filed_at), "received_at",
        api_time(request, row->received_at), "consumed_at", api_time(request, row->consumed_at), "acted_at",
        api_time(request, row->acted_at), "consumed_number", row->consumed_number);
}

static json_t *custody_json(struct request *request, const char *property)
{
    json_t *list = json_array();
    struct custody_row *rows;
    size_t count;
    if (property_custody(request->db, request->arena, property, &rows, &count) != E_OK) return list;
    count = rows_seen(request, rows, count, sizeof *rows, offsetof(struct custody_row, seq));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            list, json_pack("{s:s, s:s?, s:s?, s:s?, s:I, s:o}", "word", rows[i].word, "office",
                      rows[i].office, "to", rows[i].to_office, "officer", rows[i].officer, "seq",
                      (json_int_t)rows[i].seq, "at", api_time(request, rows[i].at)));
    return list;
}

static json_t *property_json(struct request *request, const struct property_row *row)
{
    return json_pack("{s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:o}", "id", row->id, "category", row->category,
        "type", row->type, "description", row->description, "state", row->state, "office", row->office,
        "custody", custody_json(request, row->id));
}

static json_t *timeline_json(const struct request *request, const struct entry_row *row)
{
    return json_pack("{s:s, s:I, s:s, s:s?, s:s, s:s, s:o, s:b}", "id", row->id, "seq", (json_int_t)row->seq,
        "form", row->form, "number", row->number, "office", row->office, "officer", row->officer, "filed_at",
        api_time(request, row->filed_at), "corrected", row->corrected_by >= 0);
}

void api_case_get(struct request *request)
{
    struct seen_case seen;
    int64_t after = query_int(request, "after", -1);
    enum err err =
        request->problems.count > 0 ? E_PROBLEM : seen_case_read(request, request->captures[0], after, &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *json = case_json(request, &seen.row);
    json_t *parties = json_array(), *property = json_array(), *timeline = json_array(), *tasks = json_array(),
           *deliveries = json_array(), *linked = json_array();
    for (size_t i = 0; i < seen.party_count; i++)
        json_array_append_new(parties, party_json(&seen.parties[i]));
    for (size_t i = 0; i < seen.property_count; i++)
        json_array_append_new(property, property_json(request, &seen.property[i]));
    for (size_t i = 0; i < seen.entry_count; i++)
        json_array_append_new(timeline, timeline_json(request, &seen.entries[i]));
    for (size_t i = 0; i < seen.task_count; i++)
        json_array_append_new(tasks, task_json(request, &seen.tasks[i]));
    for (size_t i = 0; i < seen.delivery_count; i++)
        json_array_append_new(deliveries, delivery_json(request, &seen.deliveries[i]));
    json_object_set_new(json, "parties", parties);
    json_object_set_new(json, "property", property);
    json_object_set_new(json, "timeline", timeline);
    json_object_set_new(json, "tasks", tasks);
    for (size_t i = 0; i < seen.linked_count; i++)
        json_array_append_new(linked, case_json(request, &seen.linked[i]));
    json_object_set_new(json, "deliveries", deliveries);
    json_object_set_new(json, "linked", linked);
    json_object_set_new(json, "next",
        seen.entries_next >= 0 ? json_integer(seen.entries_next) : json_null());
    respond_json(request, 200, json);
}

void api_case_list(struct request *request)
{
    struct case_filter filter = {
        .office = query_value(request, "office"),
        .stage = query_value(request, "stage"),
        .kind = query_value(request, "kind"),
        .io = query_value(request, "io"),
        .number = query_value(request, "number"),
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .after = query_int(request, "after", 0),
        .limit = (size_t)query_int(request, "limit", LIST_DEFAULT),
    };
    if (filter.limit < 1 || filter.limit > LIST_MAX) filter.limit = LIST_MAX;
    struct case_row *rows;
    size_t count;
    bool more;
    enum err err = request->problems.count > 0 ? E_PROBLEM
                                               : case_list(request->db, request->arena, &request->viewer,
                                                     &filter, &rows, &count, &more);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, case_json(request, &rows[i]));
    respond_json(request, 200,
        json_pack("{s:o, s:o}", "cases", list, "next",
            more && count > 0 ? json_integer(rows[count - 1].opened_seq) : json_null()));
}

void api_task_list(struct request *request)
{
    struct task_filter filter = {
        .office = request->viewer.office, .viewer = &request->viewer, .limit = LIST_MAX};
    struct task_row *rows;
    size_t count;
    enum err err = task_list(request->db, node_views(request->node), request->arena, &filter, &rows, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, task_json(request, &rows[i]));
    respond_json(request, 200, json_pack("{s:o}", "tasks", list));
}
