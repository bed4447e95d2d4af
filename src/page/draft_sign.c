/* page/draft_sign: the review of what will be filed, the page before it cannot be undone, filing itself; and
 * taking a row or a whole draft away, each asked about first. */
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/time.h"
#include "kit/frame.h"
#include "kit/notice.h"
#include "kit/rows.h"
#include "page/desk.h"
#include "page/pages.h"

/* What would stand in the register; while something is wrong, what was typed. */
static struct seen_entry seen_of(const struct desk *desk)
{
    return (struct seen_entry){.entry = {.id = desk->head.id},
        .form = desk->form,
        .body = desk->preview.body ? json_incref(desk->preview.body) : desk_body(desk),
        .masked = json_array()};
}

static void addressees_row(struct page *page, const struct desk *desk)
{
    struct filing filing;
    desk_filing(desk, &filing);
    for (size_t i = 0; i < filing.to_count; i++)
        summary_row(page, "to_office", office_words(page->request, filing.to[i]));
}

/* ---- review ---- */

static const char *error_address(void *context, const char *path)
{
    const struct desk *desk = context;
    const char *place = part_of_path(desk, path);
    return place ? part_address(desk, place, path) : NULL;
}

static void sections_draw(struct page *page, const struct desk *desk)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = seen_of(desk);
    for (size_t i = 0; i < desk->form->section_count; i++) {
        const struct section *section = &desk->form->sections[i];
        if (section_state(desk, section) == STEP_WAITS) continue;
        const char *label = section->label.text[page->request->lang];
        html_open(&page->html, "section", "class", "card", "id", section->name, NULL);
        html_open(&page->html, "h2", NULL);
        html_text(&page->html, label);
        html_open(&page->html, "a", "class", "change", "href", part_address(desk, section->name, NULL), NULL);
        html_text(&page->html, page_word(page, "change"));
        html_element(
            &page->html, "span", arena_printf(page->request->arena, ": %s", label), "class", "off", NULL);
        html_close(&page->html);
        html_close(&page->html);
        if (json_object_get(seen.body, section->name))
            body_section_draw(page, &seen, section, false);
        else
            html_element(&page->html, "p", page_word(page, "not_given"), "class", "dim", NULL);
        html_close(&page->html);
    }
    summary_begin(page);
    addressees_row(page, desk);
    summary_end(page);
}

void page_draft_review(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return;
    desk_judge(&desk);
    struct page page;
    const struct crumb crumbs[] = {
        {desk_address(&desk, ""), desk.form->label.text[request->lang]}, {NULL, NULL}};
    for (size_t i = 0; i < desk.judged.count; i++)
        problem_add_words(&request->problems, &desk.judged.list[i]);
    page_begin_under(&page, request, word(request->lang, "review"), crumbs);
    errors_draw_leading(&page, desk.form, error_address, &desk);
    sections_draw(&page, &desk);
    page_buttons_begin(&page);
    if (desk.preview.body)
        page_button_link(&page, BUTTON_FIRST, page_word(&page, "to_sign"), desk_address(&desk, "/sign"));
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "to_list"), desk_address(&desk, ""));
    html_close(&page.html);
    page_end(&page, 200);
}

/* ---- before what cannot be undone ---- */

static void who_signs(struct page *page, const struct desk *desk)
{
    struct request *request = page->request;
    summary_begin(page);
    summary_row(page, "form", desk->form->label.text[request->lang]);
    if (desk->preview.number)
        summary_row(page, "next_number",
            arena_printf(
                request->arena, "%s (%s)", desk->preview.number, page_word(page, "next_number_why")));
    if (desk->row.id) summary_row(page, "case", desk->row.number);
    summary_row(page, "officer",
        arena_printf(request->arena, "%s, %s", officer_words(request, desk->head.officer),
            list_words(request, "role", request->viewer.role)));
    summary_row(page, "office", office_words(request, desk->head.office));
    addressees_row(page, desk);
    summary_end(page);
}

static void sign_draw(struct desk *desk, int status)
{
    struct request *request = desk->request;
    struct page page;
    const struct crumb crumbs[] = {
        {desk_address(desk, ""), desk->form->label.text[request->lang]}, {NULL, NULL}};
    page_begin_under(&page, request, word(request->lang, "sign_title"), crumbs);
    errors_draw_leading(&page, desk->form, error_address, desk);
    interruption_begin(&page, page_word(&page, "sign_once"));
    page_text(&page, page_word(&page, "sign_words"));
    who_signs(&page, desk);
    html_open(&page.html, "blockquote", NULL);
    struct seen_entry seen CLEANUP(seen_entry_drop) = seen_of(desk);
    for (size_t i = 0; i < desk->form->section_count; i++)
        body_section_draw(&page, &seen, &desk->form->sections[i], true);
    html_close(&page.html);
    page_form_open(&page, arena_printf(request->arena, "/drafts/%s/sign", desk->head.id), false, NULL);
    page_hidden(&page, "_version", arena_printf(request->arena, "%lld", (long long)desk->head.version));
    page_hidden(&page, "_opened", time_text(request->arena, request->now));
    page_hidden(&page, "_office", desk->head.office);
    page_buttons_begin(&page);
    page_button(&page, BUTTON_FIRST, page_word(&page, "sign_record"), "_record", "1");
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "sign_back"),
        desk_address(desk, desk_on_one_page(desk->form) ? "" : "/review"));
    html_close(&page.html);
    html_close(&page.html);
    html_close(&page.html);
    page_end(&page, status);
}

void page_draft_sign(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return;
    desk_judge(&desk);
    if (desk.preview.body)
        sign_draw(&desk, 200);
    else /* something is missing still: there it is told */
        respond_redirect(request, desk_address(&desk, "/review"));
}

static void desk_record(struct desk *desk)
{
    struct request *request = desk->request;
    const char *version = form_value(request, "_version"), *opened = form_value(request, "_opened");
    if (!version || strtoll(version, NULL, 10) != desk->head.version) {
        desk_judge(desk);
        problem_add(&request->problems, "draft_changed", NULL, NULL);
        sign_draw(desk, 409);
        return;
    }
    json_t *body CLEANUP(json_drop) = desk_body(desk);
    struct filing filing;
    desk_filing(desk, &filing);
    filing.body = body;
    if (opened && !time_parse(opened, &filing.claimed_at)) filing.claimed_at = 0;
    struct receipt receipt;
    enum err err = file_entry(request->node, &filing, &request->problems, &receipt);
    if (err == E_OK) {
        /* What stands in the register needs no draft; one left by a failing disk is found out by its id. */
        if (drafts_drop(node_drafts(request->node), desk->head.officer, desk->head.id) != E_OK)
            log_line(LOG_WARNING, "draft_left", "id", desk->head.id, NULL);
        respond_redirect(request, url_make(request->arena, "/entries/%/receipt", receipt.id));
        return;
    }
    if (request->problems.count == 0) {
        const char *code = err == E_BUSY ? "busy" : err == E_FULL ? "disk_full" : "trouble";
        problem_add(&request->problems, code, NULL, "request", request->id, NULL);
    }
    sign_draw(desk, problems_status(&request->problems));
}

void page_draft_record(struct request *request)
{
    if (!desk_for_filer(request)) return;
    if (desk_filed(request)) return;
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return;
    if (request->fresh) {
        desk_record(&desk);
        return;
    }
    desk_judge(&desk);
    problem_add(&request->problems, "csrf_wrong", NULL, NULL);
    sign_draw(&desk, 403);
}

/* ---- taking away ---- */

static void ask_draw(struct desk *desk, const char *title, const char *words_key, const char *action,
    const char *button_key, const char *back)
{
    struct request *request = desk->request;
    struct page page;
    const struct crumb crumbs[] = {
        {desk_address(desk, ""), desk->form->label.text[request->lang]}, {NULL, NULL}};
    page_begin_under(&page, request, title, crumbs);
    page_text(&page, page_word(&page, words_key));
    page_form_open(&page, action, false, NULL);
    page_buttons_begin(&page);
    page_button(&page, BUTTON_WARNING, page_word(&page, button_key), "_sure", "1");
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "keep_it"), back);
    html_close(&page.html);
    html_close(&page.html);
    page_end(&page, 200);
}

void page_draft_drop(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return;
    ask_draw(&desk, word(request->lang, "draft_drop_title"), "draft_drop_words",
        arena_printf(request->arena, "/drafts/%s/drop", desk.head.id), "draft_drop", desk_address(&desk, ""));
}

void page_draft_drop_send(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_open(request, &desk)) return;
    enum err err = drafts_drop(node_drafts(request->node), desk.head.officer, desk.head.id);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_redirect(request, "/");
}

/* The draft and the one row of it the address names. False: answered. */
static bool row_open(struct request *request, struct desk *desk, struct part *ret_part)
{
    if (!desk_open(request, desk)) return false;
    if (part_find(desk, request->captures[1], ret_part) && ret_part->row) return true;
    respond_problem(request, "not_found");
    return false;
}

void page_draft_remove(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    struct part part;
    if (!row_open(request, &desk, &part)) return;
    ask_draw(&desk,
        arena_printf(request->arena, "%s: %s", word(request->lang, "remove"), part_title(&desk, &part)),
        "row_remove_words",
        arena_printf(request->arena, "/drafts/%s/part/%s/remove", desk.head.id, part.place), "remove",
        part_address(&desk, part.section->name, NULL));
}

void page_draft_remove_send(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    struct part part;
    if (!row_open(request, &desk, &part)) return;
    struct pair removed = {"_remove", part.place};
    request->pairs = &removed;
    request->pair_count = 1;
    int64_t other_at = 0;
    enum err err = desk_save(&desk, &other_at);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_redirect(request, part_address(&desk, part.section->name, NULL));
}
