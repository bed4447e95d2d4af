/* page/desk: opening a draft, keeping what was typed, judging it. */
#include "page/desk.h"

#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "page/pages.h"
#include "web/urlencoded.h"

#define PLACES_TO 2000 /* bytes of the addressees of one form */

void desk_clear(struct desk *desk)
{
    json_decref(desk->preview.body);
}

/* ---- what was typed ---- */

static bool is_ref(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".ref") == 0;
}

static void desk_read(struct desk *desk)
{
    struct request *request = desk->request;
    typed_read(&desk->typed, request->arena, desk->pairs, desk->count);
    desk->live = desk->typed;
    typed_prune(&desk->live, desk->form);
    desk->to = "";
    for (size_t i = 0; i < desk->count; i++)
        if (strcmp(desk->pairs[i].name, ADDRESSEES) == 0) desk->to = desk->pairs[i].value;
}

/* A case one may not see is no case. */
static void case_read(struct desk *desk)
{
    struct request *request = desk->request;
    const char *id = desk->head.case_id;
    if (id && may_see_case(request->db, &request->viewer, id) &&
        case_get(request->db, request->arena, id, &desk->row) == E_OK)
        return;
    desk->row.id = NULL;
}

static bool refuse(struct request *request, const char *code)
{
    respond_problem(request, code);
    return false;
}

static bool office_is_ours(struct desk *desk)
{
    struct request *request = desk->request;
    if (!request->posted || strcmp(desk->head.office, request->viewer.office) == 0) return true;
    problem_add(
        &request->problems, "draft_posting", NULL, "office", office_words(request, desk->head.office), NULL);
    respond_problems(request);
    return false;
}

static bool form_is_known(struct desk *desk, const char *name)
{
    desk->form = name ? form_find(node_forms(desk->request->node), name) : NULL;
    if (desk->form) return true;
    problem_add(&desk->request->problems, "form_unknown", NULL, "form", name ? name : "", NULL);
    respond_problems(desk->request);
    return false;
}

/* Values the address proposes. */
static void proposals_read(struct desk *desk)
{
    struct request *request = desk->request;
    desk->pairs = ARENA_ARRAY(request->arena, struct pair, request->query_count + 1);
    for (size_t i = 0; i < request->query_count; i++)
        if (strchr(request->query[i].name, '.')) desk->pairs[desk->count++] = request->query[i];
}

static const char *asked(const struct request *request, const char *query, const char *form)
{
    return request->method == METHOD_POST ? form_value(request, form) : query_value(request, query);
}

static bool desk_new(struct desk *desk, const char *form)
{
    struct request *request = desk->request;
    if (!form_is_known(desk, form)) return false;
    desk->head.officer = request->session.officer;
    desk->head.office = request->viewer.office;
    desk->head.form = desk->form->name;
    desk->head.case_id = asked(request, "case", "_case");
    desk->head.seen_size = register_sealed_size(request->db);
    if (request->method != METHOD_POST) proposals_read(desk);
    case_read(desk);
    desk_read(desk);
    return true;
}

bool desk_begin(struct request *request, const char *form, struct desk *ret)
{
    char id[ID_TEXT_SIZE];
    id_new(id, request->now);
    *ret = (struct desk){.request = request, .judged = {.arena = request->arena}};
    ret->head.id = arena_strdup(request->arena, id);
    return desk_new(ret, form);
}

bool desk_for_filer(struct request *request)
{
    if (!request->token) {
        problem_add(&request->problems, "session_ended", NULL, NULL);
        page_sign_in_keeping(request);
    } else if (!request->posted) {
        respond_problem(request, "posting_none");
    }
    return request->token && request->posted;
}

bool desk_open(struct request *request, struct desk *ret)
{
    const char *id = request->captures[0];
    *ret = (struct desk){.request = request, .judged = {.arena = request->arena}};
    if (!id_valid(id)) return refuse(request, "not_found");
    enum err err = drafts_read(node_drafts(request->node), request->arena, request->session.officer, id,
        &ret->head, &ret->pairs, &ret->count);
    if (err == E_NOT_FOUND) {
        const char *form = asked(request, "form", "_form");
        if (!form) return refuse(request, "draft_gone");
        ret->head.id = id;
        return desk_new(ret, form);
    }
    if (err != E_OK) {
        respond_error(request, err);
        return false;
    }
    if (!office_is_ours(ret) || !form_is_known(ret, ret->head.form)) return false;
    case_read(ret);
    desk_read(ret);
    return true;
}

/* ---- keeping ---- */

static bool codes_have(const char *codes, const char *code)
{
    size_t n = strlen(code);
    for (const char *at = codes; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (length == n && memcmp(at, code, n) == 0) return true;
        at += length;
    }
    return false;
}

bool desk_goes_to(const struct desk *desk, const char *office)
{
    return codes_have(desk->to, office);
}

/* The addressees after this request: the boxes sent, or as they were where no box was asked about, and an
 * office chosen. NULL: nothing was sent of them. */
static const char *addressees_sent(const struct desk *desk, const struct pair *chosen, size_t chosen_count)
{
    struct request *request = desk->request;
    struct buf to;
    buf_init(&to, request->arena, PLACES_TO);
    bool asked = false, changed = false;
    for (size_t i = 0; i < request->pair_count; i++) {
        if (strcmp(request->pairs[i].name, ADDRESSEES) != 0) continue;
        asked = true;
        if (request->pairs[i].value[0])
            buf_printf(&to, "%s%s", to.len > 0 ? " " : "", request->pairs[i].value);
    }
    if (!asked) buf_puts(&to, desk->to);
    for (size_t i = 0; i < chosen_count; i++) {
        if (strcmp(chosen[i].name, ADDRESSEES) != 0) continue;
        changed = true;
        if (!codes_have(to.data, chosen[i].value))
            buf_printf(&to, "%s%s", to.len > 0 ? " " : "", chosen[i].value);
    }
    return asked || changed ? to.data : NULL;
}

/* What the request sent into fields of the form, with everything it asks to be put in or emptied. */
static size_t sent_read(struct desk *desk, struct pair **ret)
{
    struct request *request = desk->request;
    const char *picked = form_value(request, "_pick"), *removed = form_value(request, "_remove");
    struct pair *more = NULL;
    size_t more_count = 0, count = 0;
    if (picked && !urlencoded_read(request->arena, picked, strlen(picked), &more, &more_count))
        more_count = 0;
    struct pair *pairs =
        ARENA_ARRAY(request->arena, struct pair, request->pair_count + more_count + desk->typed.count + 2);
    /* A file travels with the whole page; the script sends only its name, which says nothing. */
    for (size_t i = 0; i < request->pair_count; i++)
        if (request->multipart || strncmp(request->pairs[i].name, "_file:", 6) != 0)
            pairs[count++] = request->pairs[i];
    for (size_t i = 0; i < more_count; i++) pairs[count++] = more[i];
    struct typed typed;
    typed_read(&typed, request->arena, pairs, count);
    typed_offences(&typed, desk->form, node_law(request->node), request->now);
    typed_times(&typed, desk->form, request->now);
    count = 0;
    pairs = ARENA_ARRAY(request->arena, struct pair, typed.count + desk->typed.count + 2);
    for (size_t i = 0; i < typed.count; i++)
        if (field_at(desk->form, typed.pairs[i].name) || is_ref(typed.pairs[i].name))
            pairs[count++] = typed.pairs[i];
    size_t n = removed ? strlen(removed) : 0;
    for (size_t i = 0; i < desk->typed.count && n > 0; i++)
        if (strncmp(desk->typed.pairs[i].name, removed, n) == 0 && desk->typed.pairs[i].name[n] == '.')
            pairs[count++] = (struct pair){desk->typed.pairs[i].name, ""};
    for (size_t i = 0; i < count && n > 0; i++)
        if (strncmp(pairs[i].name, removed, n) == 0 && pairs[i].name[n] == '.') pairs[i].value = "";
    const char *to = addressees_sent(desk, more, more_count);
    if (to) pairs[count++] = (struct pair){ADDRESSEES, to};
    *ret = pairs;
    return count;
}

/* Later ones of a name count. */
static void pairs_lay(struct desk *desk, const struct pair *over, size_t count)
{
    struct pair *pairs = ARENA_ARRAY(desk->request->arena, struct pair, desk->count + count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < desk->count; i++) pairs[kept++] = desk->pairs[i];
    for (size_t i = 0; i < count; i++) pairs[kept++] = over[i];
    desk->pairs = pairs;
    desk->count = kept;
    desk_read(desk);
}

void desk_lay(struct desk *desk)
{
    struct pair *sent;
    size_t count = sent_read(desk, &sent);
    pairs_lay(desk, sent, count);
}

static void conflicts_tell(struct desk *desk, const struct draft_saved *saved)
{
    for (size_t i = 0; i < saved->conflict_count; i++)
        problem_add(&desk->request->problems, "draft_conflict", saved->conflicts[i].name, "value",
            saved->conflicts[i].value[0] ? saved->conflicts[i].value : "—", NULL);
}

enum err desk_save(struct desk *desk, int64_t *ret_other_at)
{
    struct request *request = desk->request;
    struct pair *sent;
    struct draft_saved saved;
    const char *tab = form_value(request, "_tab");
    const char *version = form_value(request, "_version");
    struct draft_save save = {.head = desk->head,
        .base = version ? strtoll(version, NULL, 10) : desk->head.version,
        .tab = tab ? tab : "",
        .now = request->now};
    save.count = sent_read(desk, &sent);
    save.pairs = sent;
    pairs_lay(desk, sent, save.count);
    TRY(drafts_save(node_drafts(request->node), request->arena, &save, &request->problems, &saved));
    desk->head = saved.head;
    *ret_other_at = saved.other_at;
    if (saved.other_at == 0) return E_OK;
    /* The page must show what the other tab brought, under what was typed here and clashes with it. */
    struct pair *pairs;
    size_t count;
    TRY(drafts_read(node_drafts(request->node), request->arena, desk->head.officer, desk->head.id,
        &desk->head, &pairs, &count));
    struct pair *mine = ARENA_ARRAY(request->arena, struct pair, saved.conflict_count + 1);
    for (size_t i = 0; i < saved.conflict_count; i++)
        mine[i] = (struct pair){saved.conflicts[i].name, typed_value(&desk->typed, saved.conflicts[i].name)};
    desk->pairs = pairs;
    desk->count = count;
    pairs_lay(desk, mine, saved.conflict_count);
    conflicts_tell(desk, &saved);
    return saved.conflict_count > 0 ? E_PROBLEM : E_OK;
}

/* ---- judging ---- */

json_t *desk_body(const struct desk *desk)
{
    struct request *request = desk->request;
    return form_body_from_pairs(node_forms(request->node), desk->form, desk->live.pairs, desk->live.count,
        request->now, request->arena);
}

void desk_filing(const struct desk *desk, struct filing *ret)
{
    struct arena *arena = desk->request->arena;
    *ret = (struct filing){.officer = desk->head.officer,
        .office = desk->head.office,
        .id = desk->head.id,
        .form = desk->form->name,
        .case_id = desk->head.case_id,
        .seen_size = desk->head.seen_size};
    for (const char *at = desk->to; *at && ret->to_count < ENTRY_ADDRESSEES_MAX; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        ret->to[ret->to_count++] = arena_strndup(arena, at, n);
        at += n;
    }
}

void desk_judge(struct desk *desk)
{
    struct request *request = desk->request;
    json_t *body CLEANUP(json_drop) = desk_body(desk);
    struct filing filing;
    desk_filing(desk, &filing);
    filing.body = body;
    enum err err = filing_preview(request->node, request->db, &filing, &desk->judged, &desk->preview);
    if (err != E_OK && desk->judged.count == 0)
        problem_add(&desk->judged, "trouble", NULL, "request", request->id, NULL);
}

/* When the offence was done: the time of the occurrence, or of the case's opening, or now. */
int32_t desk_act_day(const struct desk *desk)
{
    static const char *const paths[] = {"occurrence.from", "occurrence.to"};
    int64_t at;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const char *typed = typed_value(&desk->live, paths[i]);
        if (typed && time_parse_typed(typed, desk->request->now, true, &at)) return time_day_number(at);
    }
    return time_day_number(desk->request->now);
}

bool desk_filed(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    if (!id_valid(request->captures[0])) return false;
    if (seen_entry_read(request, request->captures[0], &seen) != E_OK) return false;
    if (strcmp(seen.entry.officer, request->session.officer) != 0) return false;
    respond_redirect(request, url_make(request->arena, "/entries/%/receipt", seen.entry.id));
    return true;
}
