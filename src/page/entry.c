/* page/entry: one entry as a page, its receipt, and opening what is masked. */
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "web/api.h"
#include "kit/frame.h"
#include "kit/lists.h"
#include "kit/rows.h"
#include "law/law.h"
#include "page/pages.h"

static void facts_draw(struct page *page, const struct seen_entry *seen)
{
    struct request *request = page->request;
    const struct entry *entry = &seen->entry;
    identity_begin(page);
    identity_fact(page, "number", entry->number);
    identity_fact(page, "filed", page_time(page, entry->filed_at));
    identity_fact(page, "claimed", page_time(page, entry->claimed_at));
    identity_fact(page, "office", office_words(request, entry->office));
    identity_fact(page, "officer", officer_words(request, entry->officer));
    for (size_t i = 0; i < entry->to_count; i++)
        identity_fact(page, "to_office", office_words(request, entry->to[i]));
    identity_fact(page, "law", law_citation(request->arena, seen->form->law, request->lang));
    identity_proof(page, "proof", proof_of(page, entry->seq));
    identity_end(page);
}

/* What can be done with it from here. */
static void actions_draw(struct page *page, const struct seen_entry *seen)
{
    struct arena *arena = page->request->arena;
    const struct form *correction = form_find(node_forms(page->request->node), "correction");
    page_buttons_begin(page);
    page_print_buttons(page, seen->entry.form, seen->entry.id);
    if (correction && correction->amends && may_file(correction, &page->request->viewer))
        page_button_link(page, BUTTON_SECOND, page_word(page, "correct"),
            url_make(
                arena, "/forms/correction?case=%&%=%", seen->case_id, correction->amends, seen->entry.id));
    html_close(&page->html);
}

/* What came of the entry later: its corrections, oldest first. */
static void corrections_draw(struct page *page, int64_t seq)
{
    struct request *request = page->request;
    int64_t *seqs;
    size_t count = corrections_of(request->db, request->arena, seq, &seqs);
    if (count == 0) return;
    page_heading(page, "corrections");
    timeline_begin(page);
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        if (entry_by_seq(request->db, request->arena, seqs[i], &entry) != E_OK) continue;
        timeline_moment(page, &(struct moment){.when = page_time(page, entry.filed_at),
                                  .title = form_words(request, entry.form),
                                  .address = url_make(request->arena, "/entries/%", entry.id),
                                  .who = officer_words(request, entry.officer),
                                  .proof = proof_of(page, entry.seq)});
    }
    timeline_end(page);
}

/* The place in the register, for whoever checks it without us. */
static void proof_details(struct page *page, const struct entry *entry)
{
    struct arena *arena = page->request->arena;
    char leaf[2 * HASH_SIZE + 1];
    hex_encode(leaf, entry->leaf, HASH_SIZE);
    page_details_begin(page, "proof", page_word(page, "proof_details"), false);
    page_text(page, page_word(page, "proof_explained"));
    summary_begin(page);
    summary_row(page, "place_in_register", arena_printf(arena, "%lld", (long long)entry->seq));
    summary_row(page, "leaf", leaf);
    summary_row(page, "filed", time_text(arena, entry->filed_at));
    summary_end(page);
    page_link(page, url_make(arena, "/api/v1/entries/%/proof", entry->id), page_word(page, "proof_file"));
    html_close(&page->html);
}

static const char *entry_title(const struct request *request, const struct seen_entry *seen)
{
    const char *label = seen->form->label.text[request->lang];
    return seen->entry.number ? arena_printf(request->arena, "%s %s", label, seen->entry.number) : label;
}

static void entry_draw(struct request *request, const struct seen_entry *seen, int status)
{
    struct page page;
    const struct crumb crumbs[] = {
        {seen->case_id ? url_make(request->arena, "/cases/%", seen->case_id) : "/registers",
            word(request->lang, seen->case_id ? "open_case" : "registers")},
        {NULL, NULL}};
    page_begin_under(&page, request, entry_title(request, seen), crumbs);
    errors_draw(&page, NULL);
    facts_draw(&page, seen);
    actions_draw(&page, seen);
    if (seen->body)
        body_draw(&page, seen);
    else
        notice_draw(&page, TONE_WARN, page_word(&page, "erased"));
    corrections_draw(&page, seen->entry.seq);
    proof_details(&page, &seen->entry);
    page_end(&page, status);
}

void page_entry(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    if (err != E_OK)
        respond_error(request, err);
    else
        entry_draw(request, &seen, 200);
}

void page_entry_open(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    const char *path = form_value(request, "path"), *purpose = form_value(request, "purpose");
    if (!purpose)
        problem_add(&request->problems, "field_required", path, "field", word(LANG_EN, "purpose"), "field_hi",
            word(LANG_HI, "purpose"), NULL);
    else if (opening_file(request, &seen, path ? path : "", purpose, form_value(request, "reason"))) {
        respond_redirect(request, url_make(request->arena, "/entries/%", seen.entry.id));
        return;
    }
    entry_draw(request, &seen, problems_status(&request->problems));
}

void page_receipt(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    char leaf[2 * HASH_SIZE + 1];
    hex_encode(leaf, seen.entry.leaf, HASH_SIZE);
    struct page page;
    struct arena *arena = request->arena;
    page_begin(&page, request, word(request->lang, "recorded"));
    notice_begin(&page, TONE_GOOD, NULL);
    html_element(&page.html, "p", entry_title(request, &seen), "class", "number", NULL);
    proof_draw(&page, proof_of(&page, seen.entry.seq));
    html_close(&page.html);
    summary_begin(&page);
    summary_row(&page, "filed", page_time(&page, seen.entry.filed_at));
    summary_row(&page, "office", office_words(request, seen.entry.office));
    summary_row(&page, "place_in_register", arena_printf(arena, "%lld", (long long)seen.entry.seq));
    summary_row(&page, "leaf", leaf);
    summary_end(&page);
    page_buttons_begin(&page);
    page_print_buttons(&page, seen.entry.form, seen.entry.id);
    html_close(&page.html);
    html_open(&page.html, "p", NULL);
    page_link(&page, url_make(arena, "/entries/%", seen.entry.id), page_word(&page, "open_entry"));
    if (seen.case_id) {
        html_text(&page.html, " · ");
        page_link(&page, url_make(arena, "/cases/%", seen.case_id), page_word(&page, "open_case"));
    }
    html_text(&page.html, " · ");
    page_link(&page, url_make(arena, "/api/v1/entries/%/proof", seen.entry.id), page_word(&page, "proof"));
    html_close(&page.html);
    page_end(&page, 200);
}
