/* page/case: a case with everything on it, its people and things, and what the public may see of it. */
#include <string.h>

#include "base/time.h"
#include "page/pages.h"
#include "web/offences.h"

static const char *case_title(struct request *request, const struct case_row *row)
{
    return arena_printf(request->arena, "%s %s, %s", list_words(request, "case_kind", row->kind),
        row->number ? row->number : "—", office_words(request, row->office));
}

static void identity_draw(struct page *page, const struct case_row *row)
{
    struct request *request = page->request;
    html_open(&page->html, "dl", NULL);
    page_fact(page, "stage", list_words(request, "case_stage", row->stage));
    page_fact(page, "sections", offences_words(request, row->sections));
    page_fact(page, "io", officer_words(request, row->io));
    page_fact(page, "cnr", row->cnr);
    page_fact(page, "opened", page_time(page, row->opened_at));
    page_fact(page, "changed", page_time(page, row->changed_at));
    if (row->sensitive) page_fact(page, "sensitive", page_word(page, "not_published"));
    html_close(&page->html);
}

static void property_draw(struct page *page, const struct property_row *rows, size_t count)
{
    struct request *request = page->request;
    page_table_begin(page, "thing", "category", "custody", "office", NULL);
    for (size_t i = 0; i < count; i++) {
        html_open(&page->html, "tr", NULL);
        page_cell_link(page, url_make(request->arena, "/property/%", rows[i].id),
            rows[i].description ? rows[i].description : "—");
        page_cell(page, list_words(request, "property_category", rows[i].category));
        page_cell(page, custody_words(request, rows[i].state));
        page_cell(page, office_words(request, rows[i].office));
        html_close(&page->html);
    }
    page_table_end(page);
}

void page_case(struct request *request)
{
    struct seen_case seen;
    int64_t after = query_int(request, "after", -1);
    enum err err =
        request->problems.count > 0 ? E_PROBLEM : seen_case_read(request, request->captures[0], after, &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, case_title(request, &seen.row));
    identity_draw(&page, &seen.row);
    page_forms_on_case(&page, &seen.row);
    if (seen.task_count > 0) {
        page_heading(&page, "tasks_open");
        page_task_rows(&page, seen.tasks, seen.task_count, false);
    }
    if (seen.party_count > 0) {
        page_heading(&page, "people");
        page_party_rows(&page, seen.parties, seen.party_count, false);
    }
    if (seen.property_count > 0) {
        page_heading(&page, "property");
        property_draw(&page, seen.property, seen.property_count);
    }
    if (seen.linked_count > 0) {
        page_heading(&page, "linked_cases");
        page_case_rows(&page, seen.linked, seen.linked_count);
    }
    if (seen.delivery_count > 0) {
        page_heading(&page, "deliveries");
        page_delivery_rows(&page, seen.deliveries, seen.delivery_count);
    }
    page_heading(&page, "timeline");
    page_entry_rows(&page, seen.entries, seen.entry_count, true);
    if (seen.entries_next >= 0)
        page_link(&page,
            url_make(request->arena, "?after=%",
                arena_printf(request->arena, "%lld", (long long)seen.entries_next)),
            page_word(&page, "later"));
    page_end(&page, 200);
}

/* ---- one person, one thing ---- */

void page_person(struct request *request)
{
    const char *id = request->captures[0];
    const char *case_id = reference_case(request->db, request->arena, "person", id);
    struct seen_case seen;
    enum err err = case_id ? seen_case_read(request, case_id, -1, &seen) : E_NOT_FOUND;
    struct party_row *rows =
        err == E_OK ? ARENA_ARRAY(request->arena, struct party_row, seen.party_count + 1) : NULL;
    size_t count = 0;
    for (size_t i = 0; err == E_OK && i < seen.party_count; i++)
        if (strcmp(seen.parties[i].person, id) == 0) rows[count++] = seen.parties[i];
    if (err == E_OK && count == 0) err = E_NOT_FOUND;
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, rows[0].name ? rows[0].name : "—");
    html_open(&page.html, "dl", NULL);
    page_fact(&page, "name_other", rows[0].name_other);
    page_fact(&page, "relative", rows[0].relative);
    page_fact(&page, "gender", list_words(request, "gender", rows[0].gender));
    html_close(&page.html);
    page_party_rows(&page, rows, count, true);
    page_end(&page, 200);
}

void page_property(struct request *request)
{
    struct property_row row;
    struct custody_row *custody;
    size_t count;
    enum err err = property_get(request->db, request->arena, request->captures[0], &row);
    if (err == E_OK && !property_seen(request, &row)) err = E_NOT_FOUND;
    if (err == E_OK) err = property_custody(request->db, request->arena, row.id, &custody, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    count = rows_seen(request, custody, count, sizeof *custody, offsetof(struct custody_row, seq));
    struct page page;
    page_begin(&page, request, row.description ? row.description : word(request->lang, "thing"));
    html_open(&page.html, "dl", NULL);
    page_fact(&page, "category", list_words(request, "property_category", row.category));
    page_fact(&page, "kind", list_words(request, "property_type", row.type));
    page_fact(&page, "custody", custody_words(request, row.state));
    page_fact(&page, "office", office_words(request, row.office));
    html_close(&page.html);
    if (row.case_id)
        page_link(&page, url_make(request->arena, "/cases/%", row.case_id), page_word(&page, "open_case"));
    page_heading(&page, "custody_chain");
    page_table_begin(&page, "when", "custody", "office", "to_office", "officer", NULL);
    for (size_t i = 0; i < count; i++) {
        html_open(&page.html, "tr", NULL);
        page_cell(&page, page_time(&page, custody[i].at));
        page_cell(&page, custody_words(request, custody[i].word));
        page_cell(&page, office_words(request, custody[i].office));
        page_cell(&page, office_words(request, custody[i].to_office));
        page_cell(&page, officer_words(request, custody[i].officer));
        html_close(&page.html);
    }
    page_table_end(&page);
    page_end(&page, 200);
}

/* ---- the public ---- */

/* A sensitive case, one too young, and none at all look the same. */
static bool is_public(struct request *request, const char *id, struct case_row *ret)
{
    struct entry entry;
    if (case_get(request->db, request->arena, id, ret) != E_OK || ret->sensitive) return false;
    if (entry_by_seq(request->db, request->arena, ret->opened_seq, &entry) != E_OK || !entry.body)
        return false;
    const struct form *form = form_version(node_forms(request->node), entry.form, entry.form_version);
    return form && form->public_hours > 0 &&
           request->now >= entry.filed_at + form->public_hours * TIME_HOUR_MS;
}

void page_public_case(struct request *request)
{
    struct case_row row;
    if (!is_public(request, request->captures[0], &row)) {
        respond_problem(request, "not_found");
        return;
    }
    struct page page;
    page_begin(&page, request, case_title(request, &row));
    html_open(&page.html, "dl", NULL);
    page_fact(&page, "sections", offences_words(request, row.sections));
    page_fact(&page, "stage", list_words(request, "case_stage", row.stage));
    page_fact(&page, "opened", page_time(&page, row.opened_at));
    page_fact(&page, "cnr", row.cnr);
    html_close(&page.html);
    page_end(&page, 200);
}
