/* web/watches_seen: see the header. */
#include "web/watches_seen.h"

#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "base/words.h"
#include "web/seen.h"
#include "web/server.h"

#define WATCHES_MAX 100
#define KEPT_DAYS 30 /* for which an ended watch's matches stand on My day until somebody opens them */

static const char *title_of(struct request *request, const struct watch_row *row)
{
    struct buf text;
    buf_init(&text, request->arena, PAGE_BYTES_MAX);
    if (row->name) buf_puts(&text, row->name);
    if (row->name && row->relative)
        buf_printf(&text, ", %s %s", list_words(request, "relation", row->relation ? row->relation : "other"),
            row->relative);
    for (const char *line = row->keys; line && *line; line += *line == '\n') {
        size_t n = strcspn(line, "\n");
        buf_printf(&text, "%s%.*s", text.len ? ", " : "", (int)(n - 2), line + 2);
        line += n;
    }
    if (text.len == 0) buf_puts(&text, word(request->lang, "watch_known"));
    return text.data;
}

static const char *reason_of(struct request *request, const struct watch_row *row)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    if (seen_entry_read(request, row->id, &seen) != E_OK || !seen.body) return NULL;
    const char *reason = json_string_value(json_at(seen.body, "watch.reason"));
    return reason ? arena_strdup(request->arena, reason) : NULL;
}

static enum err alerts_read(struct request *request, struct seen_watch *watch)
{
    struct watch_alert *alerts;
    struct searches *searches = node_searches(request->node);
    bool wide = mask_for(&request->viewer, "people_elsewhere", NULL) != MASK_NEVER;
    struct eye eye = eye_of(request, wide, true); /* the watch says what for */
    TRY(watch_alerts(request->web->people, request->db, request->arena, &watch->row, &eye, &alerts,
        &watch->count));
    watch->alerts = ARENA_ARRAY(request->arena, struct seen_alert, watch->count + 1);
    for (size_t i = 0; i < watch->count; i++) {
        struct seen_alert *seen = &watch->alerts[i];
        seen->alert = &alerts[i];
        seen->reason_count = watch_reasons(request->arena, &alerts[i], seen->reasons);
        enum err err = searches_first_opened(searches, request->arena, alerts[i].key, &seen->opened);
        if (err != E_OK && err != E_NOT_FOUND) return err;
        watch->fresh += err == E_NOT_FOUND;
    }
    return E_OK;
}

static enum err watch_seen(struct request *request, const struct watch_row *row, struct seen_watch *ret)
{
    if (!seen_seq(request, row->seq)) return E_NOT_FOUND;
    *ret = (struct seen_watch){.row = *row,
        .runs = watch_runs(row, request->now),
        .title = title_of(request, row),
        .reason = reason_of(request, row)};
    TRY(case_facts(request->db, request->arena, row->case_id, &ret->case_row));
    return alerts_read(request, ret);
}

enum err watches_seen(struct request *request, enum watches_which which, const char *case_id,
    struct seen_watch **ret, size_t *ret_count)
{
    struct watch_row *rows;
    size_t count, kept = 0;
    int64_t begun = monotonic_us();
    int32_t since = which == WATCHES_DUE ? time_day_number(request->now) - KEPT_DAYS : INT32_MIN;
    if (which == WATCHES_CASE)
        TRY(watches_of_case(request->db, request->arena, case_id, &rows, &count));
    else
        TRY(watches_of_office(request->db, request->arena, request->viewer.office, since, WATCHES_MAX, &rows,
            &count));
    *ret = ARENA_ARRAY(request->arena, struct seen_watch, count + 1);
    for (size_t i = 0; i < count && kept < WATCHES_MAX; i++) {
        enum err err = watch_seen(request, &rows[i], &(*ret)[kept]);
        if (err != E_OK && err != E_NOT_FOUND) return err;
        kept += err == E_OK;
    }
    *ret_count = kept;
    if (kept > 0) search_wait(begun);
    return db_status(request->db);
}

/* ---- opening ---- */

static enum err opening_note(struct request *request, const struct seen_watch *watch,
    const struct seen_alert *seen, int64_t *ret_search)
{
    struct buf text;
    struct searches *searches = node_searches(request->node);
    json_t *asked CLEANUP(json_drop) =
        json_pack("{s:s, s:s}", "watch", watch->row.id, "match", seen->alert->key);
    buf_init(&text, request->arena, FORM_BYTES_MAX);
    json_canonical(&text, asked);
    struct search_note note = {.at = request->now,
        .officer = request->viewer.officer,
        .office = request->viewer.office,
        .role = request->viewer.role,
        .kind = "watch",
        .wide = seen->alert->elsewhere,
        .purpose = watch->row.purpose,
        .reason = watch->reason,
        .query = text.data,
        .shown = 1};
    TRY(searches_note(searches, &note, ret_search));
    TRY(searches_opened(searches, *ret_search, seen->alert->key, request->now));
    const struct sighting *sighting = seen->alert->sighting;
    return sighting ? searches_opened(searches, *ret_search, sighting->row.person, request->now) : E_OK;
}

enum err watches_asked(struct request *request, struct seen_watch **ret, size_t *ret_count)
{
    const char *case_id = query_value(request, "case");
    return watches_seen(request, case_id ? WATCHES_CASE : WATCHES_ALL, case_id, ret, ret_count);
}

enum err watch_open(struct request *request, const char *watch, const char *match,
    struct seen_watch *ret_watch, struct seen_alert *ret, int64_t *ret_search)
{
    struct watch_row row;
    int64_t begun = monotonic_us();
    TRY(watch_get(request->db, request->arena, watch, &row));
    TRY(watch_seen(request, &row, ret_watch));
    enum err err = E_NOT_FOUND;
    for (size_t i = 0; i < ret_watch->count && err == E_NOT_FOUND; i++)
        if (strcmp(ret_watch->alerts[i].alert->key, match) == 0) {
            *ret = ret_watch->alerts[i];
            err = opening_note(request, ret_watch, ret, ret_search);
        }
    search_wait(begun);
    return err;
}
