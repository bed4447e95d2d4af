/* web/api_entries: filing and reading entries. */
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "web/api.h"

#define LIST_DEFAULT 50
#define LIST_MAX 200

json_t *api_time(const struct request *request, int64_t at)
{
    return at > 0 ? json_string(time_text(request->arena, at)) : json_null();
}

json_t *api_body(struct request *request, const char *const *members)
{
    json_t *body = json_read(request->body.data, request->body.len, &request->problems);
    if (body && !json_is_object(body)) problem_add(&request->problems, "field_type", NULL, NULL);
    const char *key;
    json_t *value;
    json_object_foreach(body, key, value)
    {
        size_t i = 0;
        while (members[i] && strcmp(members[i], key) != 0) i++;
        if (!members[i]) problem_add(&request->problems, "field_unknown", key, "name", key, NULL);
    }
    if (request->problems.count == 0) return body;
    json_decref(body);
    respond_problems(request);
    return NULL;
}

void api_wanting(struct request *request, const char *member)
{
    problem_add(
        &request->problems, "field_required", member, "field", member, "field_hi", member, NULL);
}

/* ---- filing ---- */

/* A member that is text or absent; anything else is told. */
static const char *member_text(struct request *request, const json_t *body, const char *name)
{
    const json_t *value = json_object_get(body, name);
    if (!value || json_is_null(value)) return NULL;
    if (json_is_string(value)) return json_string_value(value);
    problem_add(&request->problems, "field_type", name, NULL);
    return NULL;
}

static void addressees_read(struct request *request, const json_t *to, struct filing *filing)
{
    if (!to || json_is_null(to)) return;
    size_t count = json_is_array(to) ? json_array_size(to) : 1;
    if (count > ENTRY_ADDRESSEES_MAX) {
        problem_add(&request->problems, "section_many", "to", "max", "16", NULL);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_is_array(to) ? json_array_get(to, i) : to;
        if (json_is_string(one))
            filing->to[filing->to_count++] = json_string_value(one);
        else
            problem_add(&request->problems, "field_type", "to", NULL);
    }
}

static void times_read(struct request *request, const json_t *body, struct filing *filing)
{
    const char *at = member_text(request, body, "at");
    if (at && !time_parse(at, &filing->claimed_at))
        problem_add(&request->problems, "field_date", "at", "value", at, NULL);
    const json_t *seen = json_object_get(body, "seen");
    if (seen && !json_is_integer(seen)) problem_add(&request->problems, "field_type", "seen", NULL);
    filing->seen_size = json_is_integer(seen) ? json_integer_value(seen) : -1;
}

void api_file(struct request *request, const struct filing *filing)
{
    struct receipt receipt;
    enum err err = file_entry(request->node, filing, &request->problems, &receipt);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    respond_header(request, "Location", arena_printf(request->arena, "/api/v1/entries/%s", receipt.id));
    if (receipt.again) respond_header(request, "Idempotent-Replayed", "true");
    respond_json(request, 201,
        json_pack("{s:s, s:I, s:s?, s:s?, s:s, s:o}", "id", receipt.id, "seq", (json_int_t)receipt.seq,
            "number", receipt.number, "case", receipt.case_id, "leaf", receipt.leaf, "filed_at",
            api_time(request, receipt.filed_at)));
}

static void entry_file(struct request *request)
{
    static const char *const members[] = {"id", "form", "case", "office", "to", "at", "seen", "body", NULL};
    const json_t *body = api_body(request, members);
    if (!body) return;
    struct filing filing = {
        .officer = request->session.officer,
        .office = member_text(request, body, "office"),
        .id = member_text(request, body, "id"),
        .form = member_text(request, body, "form"),
        .case_id = member_text(request, body, "case"),
        .body = json_object_get(body, "body"),
    };
    if (!filing.office) filing.office = request->session.office;
    addressees_read(request, json_object_get(body, "to"), &filing);
    times_read(request, body, &filing);
    if (!filing.form) api_wanting(request, "form");
    if (!json_is_object(filing.body)) api_wanting(request, "body");
    if (request->problems.count > 0)
        respond_problems(request);
    else
        api_file(request, &filing);
}

/* A body is hundreds of small values that are gone with the request: they go all at once. */
void api_entry_file(struct request *request)
{
    json_into_arena(request->arena);
    entry_file(request);
    json_into_arena(NULL);
}

/* ---- reading ---- */

static json_t *entry_json(const struct request *request, const struct entry *entry)
{
    json_t *to = json_array();
    for (size_t i = 0; i < entry->to_count; i++) json_array_append_new(to, json_string(entry->to[i]));
    json_t *json = json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:i, s:s?, s:s?, s:s?, s:o, s:o}", "id",
        entry->id, "seq", (json_int_t)entry->seq, "node", entry->node, "office", entry->office, "officer",
        entry->officer, "role", entry->role, "form", entry->form, "version", entry->form_version, "case",
        entry->case_id, "number", entry->number, "amends", entry->amends, "filed_at",
        api_time(request, entry->filed_at), "to", to);
    if (entry->claimed_at > 0) json_object_set_new(json, "at", api_time(request, entry->claimed_at));
    if (entry->seen_size >= 0) json_object_set_new(json, "seen", json_integer(entry->seen_size));
    return json;
}

static json_t *corrections_json(struct request *request, int64_t seq)
{
    json_t *list = json_array();
    int64_t *seqs;
    size_t count = corrections_of(request->db, request->arena, seq, &seqs);
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        if (entry_by_seq(request->db, request->arena, seqs[i], &entry) != E_OK) continue;
        json_array_append_new(
            list, json_pack("{s:s, s:I, s:s, s:o}", "id", entry.id, "seq", (json_int_t)entry.seq, "officer",
                      entry.officer, "filed_at", api_time(request, entry.filed_at)));
    }
    return list;
}

void api_entry_get(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    char leaf[2 * HASH_SIZE + 1];
    hex_encode(leaf, seen.entry.leaf, HASH_SIZE);
    json_t *json = entry_json(request, &seen.entry);
    if (seen.case_id) json_object_set_new(json, "case", json_string(seen.case_id));
    json_object_set_new(json, "leaf", json_string(leaf));
    json_object_set(json, "body", seen.body ? seen.body : json_null());
    json_object_set_new(json, "erased", json_boolean(!seen.entry.body));
    json_object_set(json, "masked", seen.masked);
    json_object_set_new(json, "corrections", corrections_json(request, seen.entry.seq));
    respond_json(request, 200, json);
}

void api_entry_proof(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    struct buf text;
    buf_init(&text, request->arena, (size_t)1 << 20);
    if (err == E_OK) err = register_proof(request->db, request->arena, seen.entry.seq, &text);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_text(request, 200, "text/plain; charset=utf-8", text.data, text.len);
}

static json_t *row_json(const struct request *request, const struct entry_row *row)
{
    return json_pack("{s:s, s:I, s:s, s:i, s:s, s:s, s:s?, s:s?, s:o, s:b}", "id", row->id, "seq",
        (json_int_t)row->seq, "form", row->form, "version", row->form_version, "office", row->office,
        "officer", row->officer, "case", row->case_id, "number", row->number, "filed_at",
        api_time(request, row->filed_at), "corrected", row->corrected_by >= 0);
}

void api_entry_list(struct request *request)
{
    const char *form = query_value(request, "form");
    struct entry_filter filter = {
        .case_id = query_value(request, "case"),
        .office = query_value(request, "office"),
        .forms = form ? &form : NULL,
        .form_count = form != NULL,
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .after = query_int(request, "after", -1),
        .limit = (size_t)query_int(request, "limit", LIST_DEFAULT),
    };
    if (filter.limit < 1 || filter.limit > LIST_MAX) filter.limit = LIST_MAX;
    if (!filter.office && !filter.case_id) filter.office = request->viewer.office;
    if (request->problems.count > 0) {
        respond_problems(request);
        return;
    }
    struct entry_row *rows;
    size_t count;
    int64_t next;
    enum err err = entries_seen(request, &filter, &rows, &count, &next);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, row_json(request, &rows[i]));
    respond_json(request, 200,
        json_pack("{s:o, s:o}", "entries", list, "next", next >= 0 ? json_integer(next) : json_null()));
}

/* ---- opening what is masked ---- */

bool opening_file(struct request *request, const struct seen_entry *seen, const char *path,
    const char *purpose, const char *reason)
{
    size_t i;
    const json_t *one;
    bool may = false;
    json_array_foreach(seen->masked, i, one) may = may || strcmp(json_string_value(one), path) == 0;
    if (!may) {
        problem_add(&request->problems, "not_allowed", "path", NULL);
        return false;
    }
    json_t *body CLEANUP(json_drop) = json_pack("{s:{s:s, s:s, s:s, s:s*}}", "opening", "entry",
        seen->entry.id, "path", path, "purpose", purpose, "reason", reason);
    struct filing filing = {.officer = request->session.officer,
        .office = request->viewer.office,
        .form = "confidential_opening",
        .seen_size = -1,
        .body = body};
    struct receipt receipt;
    enum err err = file_entry(request->node, &filing, &request->problems, &receipt);
    if (err == E_OK) return true;
    if (err != E_PROBLEM) problem_add(&request->problems, "trouble", NULL, "request", request->id, NULL);
    return false;
}

void api_entry_open(struct request *request)
{
    static const char *const members[] = {"path", "purpose", "reason", NULL};
    json_t *body CLEANUP(json_drop) = api_body(request, members);
    if (!body) return;
    const char *path = member_text(request, body, "path"), *purpose = member_text(request, body, "purpose");
    const char *reason = member_text(request, body, "reason");
    if (!path) api_wanting(request, "path");
    if (!purpose) api_wanting(request, "purpose");
    if (!reason) api_wanting(request, "reason");
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    if (err != E_OK && request->problems.count == 0) {
        respond_error(request, err);
        return;
    }
    if (request->problems.count > 0 || !opening_file(request, &seen, path, purpose, reason)) {
        respond_problems(request);
        return;
    }
    /* Read once more, now that the opening stands in the register. */
    struct seen_entry opened CLEANUP(seen_entry_drop) = {.form = NULL};
    err = seen_entry_read(request, request->captures[0], &opened);
    json_t *value = err == E_OK ? json_at(opened.body, path) : NULL;
    if (!value)
        respond_error(request, err == E_OK ? E_NOT_FOUND : err);
    else
        respond_json(request, 201, json_pack("{s:s, s:O}", "path", path, "value", value));
}
