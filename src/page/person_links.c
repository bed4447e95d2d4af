/* page/person_links: decisions of officers on two persons: what stands, deciding, undoing. Each is an entry
 * with a reason, filed like any other. */
#include <string.h>

#include "base/json.h"
#include "kit/control.h"
#include "kit/frame.h"
#include "kit/lists.h"
#include "kit/notice.h"
#include "page/pages.h"
#include "page/people.h"

/* ---- the forms ---- */

static void reason_draw(struct page *page, const char *id)
{
    struct control control = {.id = id,
        .name = "reason",
        .label = page_word(page, "people_reason"),
        .hint = page_word(page, "people_reason_hint"),
        .value = form_value(page->request, "reason")};
    control_begin(page, &control);
    input_text(page, &control, TEXT_LINE);
    control_end(page);
}

void person_decide_draw(struct page *page, const char *first, const char *second, const char *back)
{
    page_form_open(page, "/links", false, NULL);
    page_hidden(page, "first", first);
    page_hidden(page, "second", second);
    if (back) page_hidden(page, "back", back);
    reason_draw(page, back ? arena_printf(page->request->arena, "%s-%s", first, second) : "link.reason");
    page_buttons_begin(page);
    page_button(page, BUTTON_SECOND, page_word(page, "people_same"), "decision", "same");
    page_button(page, BUTTON_SECOND, page_word(page, "people_not_same"), "decision", "not_same");
    html_close(&page->html);
    html_close(&page->html);
}

static void undo_draw(struct page *page, const char *entry, const char *person, const char *id)
{
    page_form_open(page, "/links", false, NULL);
    page_hidden(page, "undo", entry);
    page_hidden(page, "first", person);
    reason_draw(page, id);
    page_button(page, BUTTON_WARNING, page_word(page, "people_undo"), NULL, NULL);
    html_close(&page->html);
}

/* ---- what stands ---- */

static const char *other_name(struct page *page, const struct found_person *found, const char *person)
{
    struct found_person other;
    for (size_t i = 0; i < found->sighting_count; i++)
        if (strcmp(found->sightings[i].row.person, person) == 0) return found->sightings[i].row.name;
    bool known = person_seen(page->request, person, 0, &other) == E_OK;
    return known && other.sightings[0].row.name ? other.sightings[0].row.name : "—";
}

void person_links_draw(struct page *page, const struct found_person *found)
{
    struct request *request = page->request;
    struct seen_link *links;
    size_t count;
    if (links_seen(request, found, &links, &count) != E_OK || count == 0) return;
    page_heading(page, "people_decisions");
    timeline_begin(page);
    for (size_t i = 0; i < count; i++) {
        const struct person_link *link = &links[i].link;
        timeline_moment(page,
            &(struct moment){.when = page_time(page, link->filed_at),
                .title = arena_printf(request->arena, "%s — %s: %s", other_name(page, found, link->first),
                    other_name(page, found, link->second),
                    page_word(page, link->same ? "people_same" : "people_not_same")),
                .address = links[i].reason ? url_make(request->arena, "/entries/%", link->entry) : NULL,
                .who = arena_printf(request->arena, "%s, %s", officer_words(request, link->officer),
                    office_words(request, link->office)),
                .words = links[i].reason,
                .proof = proof_of(page, link->seq)});
    }
    timeline_end(page);
    for (size_t i = 0; i < count; i++) {
        if (!links[i].may_undo) continue;
        const struct person_link *link = &links[i].link;
        page_details_begin(page, NULL,
            arena_printf(request->arena, "%s: %s — %s", page_word(page, "people_undo"),
                other_name(page, found, link->first), other_name(page, found, link->second)),
            false);
        undo_draw(page, link->entry, found->ids[0], link->entry);
        html_close(&page->html);
    }
}

/* ---- filing ---- */

/* What was refused, with what was typed kept. */
static void again_draw(struct request *request, const char *undo)
{
    struct page page;
    page_begin_under(&page, request, word(request->lang, "people_decisions"),
        (const struct crumb[]){{"/search", word(request->lang, "search")}, {NULL, NULL}});
    errors_draw(&page, form_find(node_forms(request->node), undo ? "person_link_end" : "person_link"));
    const char *first = form_value(request, "first"), *second = form_value(request, "second");
    if (undo)
        undo_draw(&page, undo, first ? first : "", "end.reason");
    else
        person_decide_draw(&page, first ? first : "", second ? second : "", NULL);
    page_end(&page, problems_status(&request->problems));
}

void page_person_link(struct request *request)
{
    const char *undo = form_value(request, "undo"), *first = form_value(request, "first");
    const char *reason = form_value(request, "reason"), *back = form_value(request, "back");
    json_t *body CLEANUP(json_drop) =
        undo ? json_pack("{s:{s:s, s:s*}}", "end", "decision", undo, "reason", reason)
             : json_pack("{s:{s:s*, s:s*, s:s*, s:s*}}", "link", "first", first, "second",
                   form_value(request, "second"), "decision", form_value(request, "decision"), "reason",
                   reason);
    struct filing filing = {.officer = request->session.officer,
        .office = request->viewer.office,
        .form = undo ? "person_link_end" : "person_link",
        .seen_size = -1,
        .body = body};
    struct receipt receipt;
    enum err err = file_entry(request->node, &filing, &request->problems, &receipt);
    if (err == E_PROBLEM && request->problems.count > 0)
        again_draw(request, undo);
    else if (err != E_OK)
        respond_error(request, err);
    else if (back && strcmp(back, "duplicates") == 0)
        respond_redirect(request, "/duplicates");
    else
        respond_redirect(request, url_make(request->arena, "/people/%", first ? first : ""));
}
