/* page/case: a case with everything on it, its things, and what the public may see of it. */
#include <stddef.h>
#include <string.h>

#include "base/time.h"
#include "kit/frame.h"
#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/rows.h"
#include "kit/table.h"
#include "page/pages.h"
#include "page/watches.h"
#include "web/offences.h"

static const char *case_title(struct request *request, const struct case_row *row)
{
    return arena_printf(request->arena, "%s %s, %s", list_words(request, "case_kind", row->kind),
        row->number ? row->number : "—", office_words(request, row->office));
}

static void identity_draw(struct page *page, const struct seen_case *seen)
{
    struct request *request = page->request;
    const struct case_row *row = &seen->row;
    struct listing_row next;
    identity_begin(page);
    identity_tag(page, "stage", list_words(request, "case_stage", row->stage), TONE_NOTE);
    identity_fact(page, "io", officer_words(request, row->io));
    identity_fact(page, "cnr", row->cnr);
    if (listing_get(request->db, request->arena, row->id, &next) == E_OK)
        identity_fact(page, "next_date",
            arena_printf(request->arena, "%s %s", day_words(request, next.day),
                list_words(request, "hearing_purpose", next.purpose)));
    identity_fact(page, "opened", page_time(page, row->opened_at));
    identity_fact(page, "changed", page_time(page, row->changed_at));
    if (row->sensitive) identity_tag(page, "sensitive", page_word(page, "not_published"), TONE_BAD);
    identity_fact(page, "sections", offences_told(request, row->sections)); /* may take a line of its own */
    identity_end(page);
}

static void property_draw(struct page *page, const struct property_row *rows, size_t count)
{
    static const struct column columns[] = {
        {.key = "thing"}, {.key = "category"}, {.key = "custody"}, {.key = "office"}, {0}};
    struct request *request = page->request;
    struct table table = {.page = page, .caption = page_word(page, "property"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/property/%", rows[i].id),
            rows[i].description ? rows[i].description : "—");
        table_cell(&table, list_words(request, "property_category", rows[i].category));
        table_cell(&table, custody_words(request, rows[i].state));
        table_cell(&table, office_words(request, rows[i].office));
        table_row_end(&table);
    }
    table_end(&table);
}

static void timeline_draw(struct page *page, const struct seen_case *seen)
{
    struct request *request = page->request;
    timeline_begin(page);
    for (size_t i = 0; i < seen->entry_count; i++) {
        const struct entry_row *row = &seen->entries[i];
        timeline_moment(
            page, &(struct moment){.when = page_time(page, row->filed_at),
                      .title = arena_printf(request->arena, "%s %s", form_words(request, row->form),
                          row->number ? row->number : ""),
                      .address = url_make(request->arena, "/entries/%", row->id),
                      .who = arena_printf(request->arena, "%s, %s", officer_words(request, row->officer),
                          office_words(request, row->office)),
                      .proof = proof_of(page, row->seq),
                      .replaced = row->corrected_by >= 0});
    }
    timeline_end(page);
    paging_draw(page,
        seen->entries_next >= 0 ? arena_printf(request->arena, "%lld", (long long)seen->entries_next) : NULL,
        "later");
}

/* ---- the parts of a case, one tab each ---- */

static void part_timeline(struct page *page, const struct seen_case *seen)
{
    if (seen->task_count > 0)
        rows_tasks(page, page_word(page, "tasks_open"), seen->tasks, seen->task_count, false);
    page_heading(page, "timeline");
    timeline_draw(page, seen);
}

static void part_people(struct page *page, const struct seen_case *seen)
{
    struct request *request = page->request;
    struct description_row *described;
    size_t count;
    rows_parties(page, page_word(page, "people"), seen->parties, seen->party_count);
    enum err err = descriptions_of_case(request->db, request->arena, seen->row.id, &described, &count);
    if (err == E_OK && count > 0)
        page_button_link(page, BUTTON_SECOND, page_word(page, "matches"),
            url_make(request->arena, "/cases/%/matches", seen->row.id));
    watch_case_draw(page, &seen->row);
}

static void part_property(struct page *page, const struct seen_case *seen)
{
    property_draw(page, seen->property, seen->property_count);
}

static void part_papers(struct page *page, const struct seen_case *seen)
{
    rows_deliveries(page, page_word(page, "deliveries"), seen->deliveries, seen->delivery_count, false);
}

static void part_related(struct page *page, const struct seen_case *seen)
{
    rows_cases(page, page_word(page, "linked_cases"), seen->linked, seen->linked_count);
}

#define NOT_COUNTED SIZE_MAX /* read only when it is shown */

/* A tab: its word in the address, its name, how many are in it, and who draws it. */
static const struct part {
    const char *word, *key;
    size_t count_at;
    void (*draw)(struct page *page, const struct seen_case *seen);
} parts[] = {
    {"timeline", "timeline", offsetof(struct seen_case, entry_count), part_timeline},
    {"clocks", "clocks", NOT_COUNTED, part_clocks},
    {"people", "people", offsetof(struct seen_case, party_count), part_people},
    {"property", "property", offsetof(struct seen_case, property_count), part_property},
    {"papers", "deliveries", offsetof(struct seen_case, delivery_count), part_papers},
    {"related", "linked_cases", offsetof(struct seen_case, linked_count), part_related},
};
#define PART_COUNT (sizeof parts / sizeof *parts)

static const struct part *part_asked(const struct request *request)
{
    const char *show = query_value(request, "show");
    for (size_t i = 0; show && i < PART_COUNT; i++)
        if (strcmp(parts[i].word, show) == 0) return &parts[i];
    return &parts[0];
}

static void parts_draw(struct page *page, const struct seen_case *seen)
{
    struct request *request = page->request;
    const struct part *shown = part_asked(request);
    struct tab tabs[PART_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < PART_COUNT; i++) {
        bool counted = parts[i].count_at != NOT_COUNTED;
        size_t rows =
            counted ? *(const size_t *)(const void *)((const char *)seen + parts[i].count_at) : 0;
        bool more = !counted || (i == 0 && seen->entries_next >= 0);
        if (counted && rows == 0 && &parts[i] != shown) continue;
        tabs[count++] = (struct tab){
            .address = i == 0 ? url_make(request->arena, "/cases/%", seen->row.id)
                              : url_make(request->arena, "/cases/%?show=%", seen->row.id, parts[i].word),
            .text = page_word(page, parts[i].key),
            .count = more ? -1 : (int64_t)rows,
            .current = &parts[i] == shown,
        };
    }
    tabs_draw(page, page_word(page, "case"), tabs, count);
    shown->draw(page, seen);
}

void page_case(struct request *request)
{
    struct seen_case seen;
    /* Each part pages its own rows; what is read besides for the numbers on the tabs is read from the top. */
    int64_t after = part_asked(request) == &parts[0] ? query_int(request, "after", -1) : -1;
    enum err err =
        request->problems.count > 0 ? E_PROBLEM : seen_case_read(request, request->captures[0], after, &seen);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, case_title(request, &seen.row),
        (const struct crumb[]){{"/cases", word(request->lang, "cases")}, {NULL, NULL}});
    identity_draw(&page, &seen);
    page_buttons_begin(&page);
    if (seen_seq(request, seen.row.opened_seq)) /* a laboratory is on the case without its FIR */
        page_button_link(&page, BUTTON_SECOND, page_word(&page, "print_button"),
            url_make(request->arena, "/api/v1/entries/%.pdf", seen.row.id));
    page_forms_on_case(&page, &seen.row);
    html_close(&page.html);
    parts_draw(&page, &seen);
    page_end(&page, 200);
}

/* ---- one thing ---- */

static void custody_draw(struct page *page, const struct custody_row *custody, size_t count)
{
    static const struct column columns[] = {{.key = "when"}, {.key = "custody"}, {.key = "office"},
        {.key = "to_office"}, {.key = "officer"}, {.key = "form"}, {0}};
    struct request *request = page->request;
    struct table table = {.page = page, .caption = page_word(page, "custody_chain"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        table_row_begin(&table);
        table_cell(&table, page_time(page, custody[i].at));
        table_cell(&table, custody_words(request, custody[i].word));
        table_cell(&table, office_words(request, custody[i].office));
        table_cell(&table, office_words(request, custody[i].to_office));
        table_cell(&table, officer_words(request, custody[i].officer));
        struct entry entry;
        if (entry_by_seq(request->db, request->arena, custody[i].seq, &entry) == E_OK)
            table_cell_link(&table, url_make(request->arena, "/entries/%", entry.id),
                arena_printf(request->arena, "%s %s", form_words(request, entry.form),
                    entry.number ? entry.number : ""));
        else
            table_cell(&table, NULL);
        table_row_end(&table);
    }
    table_end(&table);
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
    identity_begin(&page);
    identity_fact(&page, "category", list_words(request, "property_category", row.category));
    identity_fact(&page, "kind", list_words(request, "property_type", row.type));
    identity_tag(&page, "custody", custody_words(request, row.state), TONE_NOTE);
    identity_fact(&page, "office", office_words(request, row.office));
    identity_end(&page);
    if (row.case_id)
        page_link(&page, url_make(request->arena, "/cases/%", row.case_id), page_word(&page, "open_case"));
    custody_draw(&page, custody, count);
    if (row.case_id)
        page_print_button(
            &page, url_make(request->arena, "/api/v1/cases/%/custody/%.pdf", row.case_id, row.id));
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
    summary_begin(&page);
    summary_row(&page, "sections", offences_told(request, row.sections));
    summary_row(&page, "stage", list_words(request, "case_stage", row.stage));
    summary_row(&page, "opened", page_time(&page, row.opened_at));
    summary_row(&page, "cnr", row.cnr);
    summary_end(&page);
    page_end(&page, 200);
}
