/* web/seen: see the header. */
#include "web/seen.h"

#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "view/correction.h"
#include "web/server.h"
#include "base/words.h"

#define TIMELINE_MAX 200
#define CASE_TASKS_MAX 100
#define CASE_DELIVERIES_MAX 200

/* ---- one entry ---- */

static bool entry_seen(struct request *request, const struct entry *entry)
{
    return entry_open(request->db, request->arena, node_forms(request->node), &request->viewer, entry);
}

/* What is covered in the entry corrected is covered in the correction too: the correction is laid over that
 * entry's body, and whatever masking changes there is hidden here. */
static void changes_cover(struct request *request, struct seen_entry *seen)
{
    struct entry target;
    const char **opened;
    const char *amends = seen->entry.amends;
    if (!amends || entry_by_id(request->db, request->arena, amends, &target) != E_OK) return;
    const struct form *form = form_version(node_forms(request->node), target.form, target.form_version);
    json_t *whole CLEANUP(json_drop) = corrected_body(request->db, request->arena, form, &target);
    if (!whole) return;
    correction_lay(whole, form, seen->body, request->arena);
    size_t count = opened_paths(request->db, request->arena, target.id, request->viewer.officer, &opened), i;
    json_t *covered CLEANUP(json_drop) = body_masked(node_forms(request->node), form, whole, &request->viewer,
        seen->case_office, opened, count, request->arena, NULL);
    json_t *change;
    json_array_foreach (json_object_get(seen->body, "changes"), i, change) {
        const char *path = json_text(change, "path");
        const json_t *value = json_at(whole, path), *shown = json_at(covered, path);
        if (value && (!shown || !json_equal(value, shown)))
            json_object_set_new(change, "value", json_string(MASKED));
    }
}

static enum err body_read(struct request *request, struct seen_entry *seen)
{
    const char **opened;
    seen->masked = json_array();
    json_t *whole CLEANUP(json_drop) = corrected_body(request->db, request->arena, seen->form, &seen->entry);
    if (!whole) return db_status(request->db);
    size_t count =
        opened_paths(request->db, request->arena, seen->entry.id, request->viewer.officer, &opened);
    seen->body = body_masked(node_forms(request->node), seen->form, whole, &request->viewer,
        seen->case_office, opened, count, request->arena, seen->masked);
    changes_cover(request, seen);
    return E_OK;
}

enum err seen_entry_read(struct request *request, const char *id, struct seen_entry *ret)
{
    *ret = (struct seen_entry){.form = NULL};
    TRY(entry_by_id(request->db, request->arena, id, &ret->entry));
    ret->form = form_version(node_forms(request->node), ret->entry.form, ret->entry.form_version);
    if (!ret->form) return E_CORRUPT;
    if (!entry_seen(request, &ret->entry)) return E_NOT_FOUND;
    struct case_row row;
    ret->case_id = ret->form->opens ? ret->entry.id : ret->entry.case_id;
    ret->case_office = ret->entry.office;
    if (ret->case_id && case_get(request->db, request->arena, ret->case_id, &row) == E_OK)
        ret->case_office = row.office;
    return body_read(request, ret);
}

void seen_entry_drop(struct seen_entry *seen)
{
    json_decref(seen->body);
    json_decref(seen->masked);
}

static bool file_named(struct request *request, int64_t seq, const char *sha256)
{
    struct entry entry;
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    if (entry_by_seq(request->db, request->arena, seq, &entry) != E_OK) return false;
    if (seen_entry_read(request, entry.id, &seen) != E_OK || !seen.body) return false;
    struct buf text;
    buf_init(&text, request->arena, PAGE_BYTES_MAX);
    json_canonical(&text, seen.body); /* with what is covered left out */
    return strstr(text.data, sha256) != NULL;
}

bool file_seen(struct request *request, const char *sha256)
{
    int64_t *seqs;
    size_t count = files_used(request->db, request->arena, sha256, &seqs);
    bool seen = count == 0;
    for (size_t i = 0; i < count && !seen; i++) seen = file_named(request, seqs[i], sha256);
    return seen;
}

/* The entries of a case stand in its timeline and behind its people, property, tasks and papers again: each
 * is read once. What may not be seen is asked again, since filing in this request may open it. */
#define SEEN_SLOTS 256

bool seen_seq(struct request *request, int64_t seq)
{
    struct entry entry;
    if (seq < 0) return false;
    if (!request->seen) request->seen = ARENA_ARRAY(request->arena, int64_t, SEEN_SLOTS);
    int64_t *slot = &request->seen[seq % SEEN_SLOTS];
    if (*slot == seq + 1) return true;
    if (entry_head_by_seq(request->db, request->arena, seq, &entry) != E_OK) return false;
    if (!entry_seen(request, &entry)) return false;
    *slot = seq + 1;
    return true;
}

size_t rows_seen(struct request *request, void *rows, size_t count, size_t size, size_t seq_at)
{
    char *list = rows;
    size_t kept = 0;
    int64_t last = -1; /* rows of one entry stand together */
    bool last_seen = false;
    for (size_t i = 0; i < count; i++) {
        int64_t seq;
        memcpy(&seq, list + i * size + seq_at, sizeof seq);
        if (seq != last) last_seen = seen_seq(request, seq);
        last = seq;
        if (!last_seen) continue;
        if (kept != i) memcpy(list + kept * size, list + i * size, size);
        kept++;
    }
    return kept;
}

#define ROWS_SEEN(request, rows, count)                                                                      \
    rows_seen((request), (rows), (count), sizeof *(rows), offsetof(__typeof__(*(rows)), seq))

#define LOOKED_AT_ONCE 200
#define LOOKED_AT_MAX 5000

enum err entries_seen(struct request *request, const struct entry_filter *filter, struct entry_row **ret_rows,
    size_t *ret_count, int64_t *ret_next)
{
    struct entry_filter part = *filter;
    part.limit = filter->limit < LOOKED_AT_ONCE ? filter->limit + 1 : LOOKED_AT_ONCE; /* all seen, mostly */
    struct entry_row *list = ARENA_ARRAY(request->arena, struct entry_row, filter->limit + 1);
    size_t kept = 0, looked_at = 0;
    bool more = true;
    while (more && kept <= filter->limit && looked_at < LOOKED_AT_MAX) {
        struct entry_row *rows;
        size_t count;
        TRY(entry_list(request->db, request->arena, &part, &rows, &count, &more));
        looked_at += count;
        if (count > 0) part.after = rows[count - 1].seq;
        count = ROWS_SEEN(request, rows, count);
        for (size_t i = 0; i < count && kept <= filter->limit; i++) list[kept++] = rows[i];
    }
    bool full = kept > filter->limit;
    *ret_rows = list;
    *ret_count = full ? filter->limit : kept;
    *ret_next = full ? list[filter->limit - 1].seq : more ? part.after : -1;
    return E_OK;
}

/* ---- one case ---- */

void party_cover(const struct request *request, const struct case_row *row, struct party_row *party)
{
    if (party_open(&request->viewer, request->arena, row, party)) return;
    party->name = MASKED;
    party->name_other = party->relative = NULL;
}

bool property_seen(struct request *request, const struct property_row *row)
{
    struct custody_row *custody;
    size_t count;
    if (seen_seq(request, row->seq)) return true;
    if (property_custody(request->db, request->arena, row->id, &custody, &count) != E_OK) return false;
    return ROWS_SEEN(request, custody, count) > 0;
}

static enum err case_property_read(struct request *request, const char *id, struct seen_case *ret)
{
    size_t count;
    TRY(case_property(request->db, request->arena, id, &ret->property, &count));
    for (size_t i = 0; i < count; i++)
        if (property_seen(request, &ret->property[i]))
            ret->property[ret->property_count++] = ret->property[i];
    return E_OK;
}

static enum err case_links_read(struct request *request, const char *id, struct seen_case *ret)
{
    size_t count;
    TRY(case_links(request->db, request->arena, id, &ret->linked, &count));
    for (size_t i = 0; i < count; i++)
        if (may_see_case(request->db, &request->viewer, ret->linked[i].id))
            ret->linked[ret->linked_count++] = ret->linked[i];
    return E_OK;
}

enum err seen_case_read(struct request *request, const char *id, int64_t after, struct seen_case *ret)
{
    struct db *db = request->db;
    struct arena *arena = request->arena;
    *ret = (struct seen_case){.property_count = 0};
    if (!may_see_case(db, &request->viewer, id)) return E_NOT_FOUND;
    TRY(case_get(db, arena, id, &ret->row));

    struct entry_filter filter = {.case_id = id, .after = after, .limit = TIMELINE_MAX};
    TRY(entries_seen(request, &filter, &ret->entries, &ret->entry_count, &ret->entries_next));

    TRY(case_parties(db, arena, id, &ret->parties, &ret->party_count));
    ret->party_count = ROWS_SEEN(request, ret->parties, ret->party_count);
    for (size_t i = 0; i < ret->party_count; i++) party_cover(request, &ret->row, &ret->parties[i]);

    TRY(case_property_read(request, id, ret));

    struct task_filter tasks = {.case_id = id, .limit = CASE_TASKS_MAX};
    TRY(task_list(db, node_views(request->node), arena, &tasks, &ret->tasks, &ret->task_count));
    ret->task_count = ROWS_SEEN(request, ret->tasks, ret->task_count);

    struct delivery_filter deliveries = {.case_id = id, .limit = CASE_DELIVERIES_MAX};
    TRY(delivery_list(db, arena, &deliveries, &ret->deliveries, &ret->delivery_count));
    ret->delivery_count = ROWS_SEEN(request, ret->deliveries, ret->delivery_count);
    return case_links_read(request, id, ret);
}

/* ---- names ---- */

const char *office_words(struct request *request, const char *code)
{
    struct office office;
    if (!code || office_get(request->db, request->arena, code, &office) != E_OK) return code;
    return request->lang == LANG_HI && office.name_hi ? office.name_hi : office.name;
}

const char *case_number_words(
    struct request *request, const char *kind, const char *number, const char *office)
{
    if (kind && strcmp(kind, "fir") != 0)
        number = arena_printf(request->arena, "%s %s", list_words(request, "case_kind", kind), number);
    bool own = !office || strcmp(office, request->viewer.office) == 0;
    return own ? number : arena_printf(request->arena, "%s, %s", number, office_words(request, office));
}

const char *entry_words(struct request *request, const char *id)
{
    struct entry entry;
    if (entry_by_id(request->db, request->arena, id, &entry) != E_OK || !seen_seq(request, entry.seq))
        return NULL;
    return arena_printf(request->arena, "%s%s%s, %s", form_words(request, entry.form),
        entry.number ? " " : "", entry.number ? entry.number : "",
        time_people_text(request->arena, entry.filed_at, (int)request->lang));
}

const char *officer_words(struct request *request, const char *id)
{
    struct officer officer;
    if (!id || officer_get(request->db, request->arena, id, &officer) != E_OK) return id;
    const char *name = request->lang == LANG_HI && officer.name_hi ? officer.name_hi : officer.name;
    return officer.rank
               ? arena_printf(request->arena, "%s (%s)", name, list_words(request, "rank", officer.rank))
               : name;
}

const char *form_words(const struct request *request, const char *name)
{
    const struct form *form = form_find(node_forms(request->node), name);
    return form ? form->label.text[request->lang] : name;
}

const char *role_words(struct request *request, const char *role)
{
    return list_words(request, "person_role", role);
}

const char *custody_words(struct request *request, const char *custody)
{
    return list_words(request, "custody", custody);
}

const char *list_words(const struct request *request, const char *list, const char *code)
{
    return code ? code_label(node_forms(request->node), list, code, request->lang) : "";
}

const char *day_words(struct request *request, const char *day)
{
    int32_t number;
    if (!day || !time_parse_date(day, &number)) return "";
    int64_t noon = number * TIME_DAY_MS + TIME_DAY_MS / 2 - TIME_IST_OFFSET_MS;
    const char *words = time_people_text(request->arena, noon, (int)request->lang);
    return arena_strndup(request->arena, words, strcspn(words, ","));
}
