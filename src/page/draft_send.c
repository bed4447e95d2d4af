/* page/draft_send: what a page of a draft sends. It is kept first, whatever the button was; then the button
 * says where to go. Whatever goes wrong, the page comes back with everything that was typed. */
#include <string.h>

#include "base/json.h"
#include "kit/frame.h"
#include "kit/notice.h"
#include "page/desk.h"
#include "page/pages.h"

/* The problems of the whole form that this page shows: those at what was typed wrong here, or (whole) all. */
static void problems_show(struct desk *desk, const char *place, bool whole)
{
    struct request *request = desk->request;
    for (size_t i = 0; i < desk->judged.count; i++) {
        const struct problem *problem = &desk->judged.list[i];
        const char *where = part_of_path(desk, problem->path);
        bool here = where && place && strcmp(where, place) == 0 && !problem_is_gap(problem);
        if (whole || here) problem_add_words(&request->problems, problem);
    }
}

static void page_again(struct desk *desk, const struct part *part, int status, int64_t other_at)
{
    if (part)
        draft_part_draw(desk, part, status, other_at);
    else
        draft_draw(desk, status, other_at);
}

/* ---- what the buttons do ---- */

/* The page was kept, but in another tab the same fields were changed, or the disk would not take it. */
static void refused(struct desk *desk, const struct part *part, enum err err, int64_t other_at)
{
    struct request *request = desk->request;
    if (err == E_NOT_FOUND) {
        respond_problem(request, "draft_gone");
        return;
    }
    if (err != E_PROBLEM) {
        const char *code = err == E_BUSY ? "busy" : err == E_FULL ? "draft_disk_full" : "trouble";
        problem_add(&request->problems, code, NULL, "request", request->id, NULL);
    }
    desk_judge(desk);
    int status = other_at > 0 ? 409 : problems_status(&request->problems);
    page_again(desk, part, status, other_at);
}

static const char *here_address(const struct desk *desk, const struct part *part)
{
    return part ? part_address(desk, part->place, NULL) : desk_address(desk, "");
}

/* One row more of a section or field, and the focus in it. */
static void go_add(struct desk *desk, const struct part *part, const char *path)
{
    struct arena *arena = desk->request->arena;
    size_t row = typed_rows(&desk->typed, path, 1);
    respond_redirect(desk->request, arena_printf(arena, "%s%s#%s.%zu", here_address(desk, part),
                                        url_make(arena, "?more=%", path), path, row));
}

/* "office action.officer": to the page of the picker, with what was typed to look for. */
static void go_find(struct desk *desk, const char *what)
{
    struct request *request = desk->request;
    struct arena *arena = request->arena;
    size_t n = strcspn(what, " ");
    const char *path = what[n] ? what + n + 1 : "";
    /* A person is looked for by what the draft holds of him, so that no address does. */
    bool person = strncmp(what, "person ", 7) == 0;
    const char *typed = person ? NULL : typed_value(&desk->typed, path);
    for (size_t i = 0; !person && i < request->pair_count; i++)
        if (strcmp(request->pairs[i].name, "_typed") == 0 && request->pairs[i].value[0])
            typed = request->pairs[i].value;
    respond_redirect(
        request, arena_printf(arena, "%s&%s",
                     url_make(arena, "/choose/%?into=%&q=%", arena_strndup(arena, what, n), path, typed),
                     desk_query(desk)));
}

/* A part of the form that is asked for now and was not on the page that was sent. */
static const char *newly_asked(const struct desk *desk, const struct part *part)
{
    struct request *request = desk->request;
    const struct section *section = part->section;
    if (!section || (section->many && !part->row)) return NULL;
    for (size_t i = 0; i < section->field_count; i++) {
        const struct field *field = &section->fields[i];
        const char *path = arena_printf(request->arena, "%s.%s", part->place, field->name);
        const struct typed_place place = {part->place, ""};
        if (!field->only_when.field || !typed_holds(&desk->live, &field->only_when, &place)) continue;
        bool sent = false;
        size_t n = strlen(path);
        for (size_t k = 0; k < request->pair_count && !sent; k++) {
            const char *name = request->pairs[k].name;
            if (strncmp(name, "_file:", 6) == 0) name += 6;
            sent = strncmp(name, path, n) == 0 && (name[n] == '\0' || name[n] == '.');
        }
        if (!sent) return path;
    }
    return NULL;
}

/* On to the next part, unless something here was typed wrong or is newly asked for. */
static void go_on(struct desk *desk, const struct part *part)
{
    struct request *request = desk->request;
    struct arena *arena = request->arena;
    desk_judge(desk);
    problems_show(desk, part ? part->place : NULL, part == NULL);
    if (request->problems.count > 0) {
        page_again(desk, part, problems_status(&request->problems), 0);
        return;
    }
    if (!part) {
        respond_redirect(request, desk_address(desk, "/sign"));
        return;
    }
    const char *asked = newly_asked(desk, part);
    if (asked) {
        respond_redirect(
            request, arena_printf(arena, "%s?asked=1#%s", part_address(desk, part->place, NULL), asked));
        return;
    }
    const char *next = part->row       ? part->section->name
                       : part->section ? part_after(desk, part->section)
                                       : NULL;
    respond_redirect(request, next ? part_address(desk, next, NULL) : desk_address(desk, "/review"));
}

/* After choosing: back to where it was chosen for. */
static void go_picked(struct desk *desk, const struct part *part, const char *picked)
{
    struct arena *arena = desk->request->arena;
    const char *path = arena_strndup(arena, picked, strcspn(picked, "="));
    bool plain = path[strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789_.")] == '\0';
    respond_redirect(desk->request,
        arena_printf(arena, "%s%s%s", here_address(desk, part), plain ? "#" : "", plain ? path : ""));
}

static void sent_go(struct desk *desk, const struct part *part)
{
    struct request *request = desk->request;
    const char *add = form_value(request, "_add"), *find = form_value(request, "_find");
    const char *picked = form_value(request, "_pick"), *removed = form_value(request, "_remove");
    if (picked)
        go_picked(desk, part, picked);
    else if (add)
        go_add(desk, part, add);
    else if (find)
        go_find(desk, find);
    else if (form_value(request, "_list"))
        respond_redirect(request, desk_address(desk, ""));
    else if (removed || form_value(request, "_refresh") || query_value(request, "refresh"))
        respond_redirect(request, here_address(desk, part));
    else
        go_on(desk, part);
}

/* ---- the handlers ---- */

static void page_sent(struct request *request, bool of_part)
{
    if (!desk_for_filer(request)) return;
    struct desk desk CLEANUP(desk_clear) = {0};
    struct part found, *part = of_part ? &found : NULL;
    if (!desk_open(request, &desk)) return;
    if (part && !part_find(&desk, request->captures[1], part)) {
        respond_problem(request, "not_found");
        return;
    }
    if (!request->fresh) {
        desk_lay(&desk);
        desk_judge(&desk);
        problem_add(&request->problems, "csrf_wrong", NULL, NULL);
        page_again(&desk, part, 403, 0);
        return;
    }
    int64_t other_at = 0;
    enum err err = desk_save(&desk, &other_at);
    if (err != E_OK)
        refused(&desk, part, err, other_at);
    else
        sent_go(&desk, part);
}

void page_draft_send(struct request *request)
{
    page_sent(request, false);
}

void page_draft_part_send(struct request *request)
{
    page_sent(request, true);
}

/* ---- kept as one types ---- */

/* The words stand where "Saved 14:32" would; what is typed stays in the page. */
static void fragment_refused(struct request *request, const char *version)
{
    struct page page;
    const struct problem *problem = &request->problems.list[0];
    page_fragment_begin(&page, request);
    if (version) page_hidden(&page, "_version", version);
    notice_begin(&page, TONE_BAD, page_word(&page, "not_saved"));
    page_text(&page, problem->text[request->lang]);
    page_text(&page, problem->next[request->lang]);
    html_close(&page.html);
    page_fragment_end(&page);
}

/* The script takes answers of success only, so what went wrong is told in one too. */
void page_draft_keep(struct request *request)
{
    const char *version = form_value(request, "_version");
    if (!request->token || !request->fresh || !request->posted) {
        const char *code = !request->token   ? "session_ended"
                           : !request->fresh ? "csrf_wrong"
                                             : "posting_none";
        problem_add(&request->problems, code, NULL, NULL);
        fragment_refused(request, version);
        return;
    }
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return;
    int64_t other_at = 0;
    enum err err = desk_save(&desk, &other_at);
    if (err != E_OK && other_at == 0 && err != E_PROBLEM)
        problem_add(&request->problems, err == E_FULL ? "draft_disk_full" : "trouble", NULL, "request",
            request->id, NULL);
    if (err != E_OK) {
        fragment_refused(request, version);
        return;
    }
    desk_judge(&desk);
    struct page page;
    page_fragment_begin(&page, request);
    respond_header(request, "HX-Trigger", "panji:saved");
    desk_saved_draw(&page, &desk, other_at);
    desk_missing_draw(&page, &desk, NULL, true);
    page_fragment_end(&page);
}

bool page_draft_resume(struct request *request, const char *back)
{
    static const char start[] = "/drafts/";
    if (strncmp(back, start, strlen(start)) != 0) return false;
    const char *id = back + strlen(start);
    request->captures[0] = arena_strndup(request->arena, id, strcspn(id, "/?#"));
    const char *office = form_value(request, "_office");
    struct posting posting;
    if (!request->posted && office &&
        posting_at(request->db, request->arena, request->session.officer, office, request->now, &posting) &&
        secrets_session_office(node_secrets(request->node), request->token, office) == E_OK) {
        request->session.office = office;
        request_posting(request);
    }
    if (!request->posted) return false;
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return true;
    int64_t other_at = 0;
    enum err err = desk_save(&desk, &other_at);
    if (err == E_NOT_FOUND || (err != E_OK && err != E_PROBLEM)) {
        refused(&desk, NULL, err, other_at);
        return true;
    }
    const char *step = id + strcspn(id, "/?#");
    bool to_step = strncmp(step, "/part/", 6) == 0 || strcmp(step, "/sign") == 0;
    if (request->problems.count > 0) {
        struct part part;
        bool found = strncmp(step, "/part/", 6) == 0 && part_find(&desk, step + 6, &part);
        desk_judge(&desk);
        page_again(&desk, found ? &part : NULL, 409, other_at);
    } else {
        respond_redirect(request, to_step ? back : desk_address(&desk, ""));
    }
    return true;
}
