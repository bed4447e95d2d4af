/* kit/rows: lists that stand on several pages. */
#include <string.h>

#include "kit/page.h"
#include "web/offences.h"

void page_entry_rows(struct page *page, const struct entry_row *rows, size_t count, bool office)
{
    struct request *request = page->request;
    page_table_begin(page, "when", "form", "number", office ? "office" : "officer", NULL);
    for (size_t i = 0; i < count; i++) {
        const struct entry_row *row = &rows[i];
        html_open(&page->html, "tr", NULL);
        page_cell(page, page_time(page, row->filed_at));
        html_open(&page->html, "td", NULL);
        page_link(page, url_make(request->arena, "/entries/%", row->id), form_words(request, row->form));
        if (row->corrected_by >= 0)
            html_element(&page->html, "span", page_word(page, "corrected"), "class", "law", NULL);
        html_close(&page->html);
        page_cell(page, row->number);
        page_cell(page, office ? office_words(request, row->office) : officer_words(request, row->officer));
        html_close(&page->html);
    }
    page_table_end(page);
}

void page_case_rows(struct page *page, const struct case_row *rows, size_t count)
{
    struct request *request = page->request;
    page_table_begin(page, "case_number", "office", "sections", "stage", "opened", NULL);
    for (size_t i = 0; i < count; i++) {
        const struct case_row *row = &rows[i];
        html_open(&page->html, "tr", NULL);
        page_cell_link(page, url_make(request->arena, "/cases/%", row->id),
            arena_printf(request->arena, "%s %s", list_words(request, "case_kind", row->kind),
                row->number ? row->number : "—"));
        page_cell(page, office_words(request, row->office));
        page_cell(page, offences_words(request, row->sections));
        page_cell(page, list_words(request, "case_stage", row->stage));
        page_cell(page, page_time(page, row->opened_at));
        html_close(&page->html);
    }
    page_table_end(page);
}

/* The forms that settle a task, each a link that opens it on the task's case. */
static void wanted_links(struct page *page, const struct task_row *task)
{
    struct arena *arena = page->request->arena;
    for (const char *at = task->wanted; at && *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        const char *form = arena_strndup(arena, at, n);
        page_link(
            page, url_make(arena, "/forms/%?case=%", form, task->case_id), form_words(page->request, form));
        html_text(&page->html, " ");
        at += n;
    }
}

void page_task_rows(struct page *page, const struct task_row *rows, size_t count, bool with_case)
{
    struct request *request = page->request;
    page_table_begin(page, "what", with_case ? "case_number" : "for_whom", "due", "do_it", NULL);
    for (size_t i = 0; i < count; i++) {
        const struct task_row *task = &rows[i];
        bool late = task->due_at > 0 && task->due_at < request->now;
        const char *whom =
            task->officer ? officer_words(request, task->officer) : office_words(request, task->office);
        html_open(&page->html, "tr", NULL);
        page_cell(page, task->label[request->lang]);
        if (with_case && task->case_id)
            page_cell_link(page, url_make(request->arena, "/cases/%", task->case_id),
                task->case_number ? task->case_number : "—");
        else
            page_cell(page, with_case ? "" : whom);
        html_element(&page->html, "td", page_time(page, task->due_at), "class", late ? "late" : NULL, NULL);
        html_open(&page->html, "td", NULL);
        wanted_links(page, task);
        html_close(&page->html);
        html_close(&page->html);
    }
    page_table_end(page);
}

void page_delivery_rows(struct page *page, const struct delivery_row *rows, size_t count)
{
    struct request *request = page->request;
    page_table_begin(
        page, "form", "from_office", "to_office", "filed", "received", "consumed", "acted", NULL);
    for (size_t i = 0; i < count; i++) {
        const struct delivery_row *row = &rows[i];
        html_open(&page->html, "tr", NULL);
        page_cell_link(page, url_make(request->arena, "/entries/%", row->id),
            arena_printf(
                request->arena, "%s %s", form_words(request, row->form), row->number ? row->number : ""));
        page_cell(page, office_words(request, row->from_office));
        page_cell(page, office_words(request, row->to_office));
        page_cell(page, page_time(page, row->filed_at));
        page_cell(page, page_time(page, row->received_at));
        page_cell(page, arena_printf(request->arena, "%s %s", page_time(page, row->consumed_at),
                            row->consumed_number ? row->consumed_number : ""));
        page_cell(page, page_time(page, row->acted_at));
        html_close(&page->html);
    }
    page_table_end(page);
}

static const char *age_words(const struct page *page, const struct party_row *party)
{
    if (party->age_low < 0) return "";
    if (party->age_high < 0 || party->age_high == party->age_low)
        return arena_printf(page->request->arena, "%d", party->age_low);
    return arena_printf(page->request->arena, "%d–%d", party->age_low, party->age_high);
}

void page_party_rows(struct page *page, const struct party_row *rows, size_t count, bool with_case)
{
    struct request *request = page->request;
    page_table_begin(page, "name", "role", "status", "relative", "age", with_case ? "case" : NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        const struct party_row *party = &rows[i];
        html_open(&page->html, "tr", NULL);
        page_cell_link(
            page, url_make(request->arena, "/people/%", party->person), party->name ? party->name : "—");
        page_cell(page, role_words(request, party->role));
        page_cell(page, list_words(request, "person_status", party->status));
        page_cell(page, party->relative);
        page_cell(page, age_words(page, party));
        if (with_case)
            page_cell_link(page, url_make(request->arena, "/cases/%", party->case_id),
                party->case_id ? page_word(page, "open_case") : "");
        html_close(&page->html);
    }
    page_table_end(page);
}
