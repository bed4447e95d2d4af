/* kit/rows: lists that stand on several pages. */
#include <string.h>

#include "kit/notice.h"
#include "kit/rows.h"
#include "kit/table.h"
#include "web/offences.h"

void rows_entries(
    struct page *page, const char *caption, const struct entry_row *rows, size_t count, bool office)
{
    struct request *request = page->request;
    const struct column columns[] = {{.key = "when", .whole = true}, {.key = "form"},
        {.key = "number", .whole = true}, {.key = office ? "office" : "officer"}, {0}};
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct entry_row *row = &rows[i];
        table_row_begin(&table);
        table_cell(&table, page_time(page, row->filed_at));
        table_cell_begin(&table);
        page_link(page, url_make(request->arena, "/entries/%", row->id), form_words(request, row->form));
        html_text(&page->html, " ");
        if (row->corrected_by >= 0) tag_draw(page, page_word(page, "corrected"), TONE_WARN);
        html_close(&page->html);
        table_cell(&table, row->number);
        table_cell(
            &table, office ? office_words(request, row->office) : officer_words(request, row->officer));
        table_row_end(&table);
    }
    table_end(&table);
}

void rows_cases(struct page *page, const char *caption, const struct case_row *rows, size_t count)
{
    struct request *request = page->request;
    bool own = true;
    for (size_t i = 0; i < count; i++) own = own && strcmp(rows[i].office, request->viewer.office) == 0;
    const struct column columns[] = {{.key = "case_number", .whole = true},
        {.key = "office", .left_out = own}, {.key = "sections"}, {.key = "stage"},
        {.key = "opened", .whole = true}, {0}};
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct case_row *row = &rows[i];
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/cases/%", row->id),
            arena_printf(request->arena, "%s %s", list_words(request, "case_kind", row->kind),
                row->number ? row->number : "—"));
        table_cell(&table, office_words(request, row->office));
        table_cell(&table, offences_brief(request, row->sections));
        table_cell(&table, list_words(request, "case_stage", row->stage));
        table_cell(&table, page_time(page, row->opened_at));
        table_row_end(&table);
    }
    table_end(&table);
}

bool form_offered(const struct request *request, const struct form *form, const char *case_kind)
{
    return may_file(form, &request->viewer) && (!case_kind || form_fits_kind(form, case_kind));
}

void form_link(struct page *page, const char *name, const char *case_id, const char *case_kind)
{
    struct request *request = page->request;
    const struct form *form = form_find(node_forms(request->node), name);
    if (!form || !form_offered(request, form, case_kind)) return;
    page_link(page,
        case_id ? url_make(request->arena, "/forms/%?case=%", name, case_id)
                : url_make(request->arena, "/forms/%", name),
        form->label.text[request->lang]);
    html_text(&page->html, " ");
}

void task_links(struct page *page, const struct task_row *task)
{
    struct arena *arena = page->request->arena;
    const char *at = task->wanted ? task->wanted : "";
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        form_link(page, arena_strndup(arena, at, n), task->case_id, task->case_kind);
        at += n;
    }
}

void rows_tasks(
    struct page *page, const char *caption, const struct task_row *rows, size_t count, bool with_case)
{
    struct request *request = page->request;
    const struct column columns[] = {{.key = "what"}, {.key = with_case ? "case_number" : "for_whom"},
        {.key = "due", .whole = true}, {.key = "do_it"}, {0}};
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct task_row *task = &rows[i];
        bool late = task->due_at > 0 && task->due_at < request->now;
        const char *whom =
            task->officer ? officer_words(request, task->officer) : office_words(request, task->office);
        table_row_begin(&table);
        table_cell(&table, task->label[request->lang]);
        if (with_case && task->case_id)
            table_cell_link(&table, url_make(request->arena, "/cases/%", task->case_id),
                task->case_number
                    ? case_number_words(request, task->case_kind, task->case_number, task->case_office)
                    : "—");
        else
            table_cell(&table, with_case ? "" : whom);
        if (late)
            table_cell_late(&table, page_time(page, task->due_at));
        else
            table_cell(&table, page_time(page, task->due_at));
        table_cell_begin(&table);
        task_links(page, task);
        html_close(&page->html);
        table_row_end(&table);
    }
    table_end(&table);
}

static void case_cell(struct table *table, const struct delivery_row *row)
{
    struct request *request = table->page->request;
    const char *number = row->case_number
                             ? case_number_words(request, row->case_kind, row->case_number, row->case_office)
                             : NULL;
    if (number && may_see_case(request->db, &request->viewer, row->case_id))
        table_cell_link(table, url_make(request->arena, "/cases/%", row->case_id), number);
    else
        table_cell(table, number);
}

/* What a whole list would say the same of every paper. */
struct alike {
    bool from_own, to_own, none_taken, none_acted;
};

static struct alike deliveries_alike(
    const struct request *request, const struct delivery_row *rows, size_t count)
{
    struct alike alike = {true, true, true, true};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].from_office, request->viewer.office) != 0) alike.from_own = false;
        if (strcmp(rows[i].to_office, request->viewer.office) != 0) alike.to_own = false;
        if (rows[i].consumed_at) alike.none_taken = false;
        if (rows[i].acted_at) alike.none_acted = false;
    }
    return alike;
}

void rows_deliveries(
    struct page *page, const char *caption, const struct delivery_row *rows, size_t count, bool with_case)
{
    struct request *request = page->request;
    struct alike alike = deliveries_alike(request, rows, count);
    const struct column columns[] = {{.key = "form"}, {.key = "case_number", .left_out = !with_case},
        {.key = "from_office", .left_out = alike.from_own}, {.key = "to_office", .left_out = alike.to_own},
        {.key = "filed", .whole = true}, {.key = "received", .whole = true},
        {.key = "consumed", .left_out = alike.none_taken},
        {.key = "acted", .whole = true, .left_out = alike.none_acted}, {0}};
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct delivery_row *row = &rows[i];
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/entries/%", row->id),
            arena_printf(
                request->arena, "%s %s", form_words(request, row->form), row->number ? row->number : ""));
        case_cell(&table, row);
        table_cell(&table, office_words(request, row->from_office));
        table_cell(&table, office_words(request, row->to_office));
        table_cell(&table, page_time(page, row->filed_at));
        table_cell(&table, page_time(page, row->received_at));
        table_cell(&table, arena_printf(request->arena, "%s %s", page_time(page, row->consumed_at),
                               row->consumed_number ? row->consumed_number : ""));
        table_cell(&table, page_time(page, row->acted_at));
        table_row_end(&table);
    }
    table_end(&table);
}

static const char *age_words(const struct page *page, const struct party_row *party)
{
    if (party->age_low < 0) return "";
    if (party->age_high < 0 || party->age_high == party->age_low)
        return arena_printf(page->request->arena, "%d", party->age_low);
    return arena_printf(page->request->arena, "%d–%d", party->age_low, party->age_high);
}

/* A covered name leads to nobody. The entry that named the person asks what for, where that opens him. */
static void party_cell(struct table *table, const struct party_row *party)
{
    struct page *page = table->page;
    struct request *request = page->request;
    struct entry entry;
    if (!party->name || strcmp(party->name, MASKED) != 0) {
        table_cell_link(table, url_make(request->arena, "/people/%", party->person),
            party->name ? party->name : "—");
        return;
    }
    table_cell_begin(table);
    html_text(&page->html, MASKED);
    if (entry_by_seq(request->db, request->arena, party->seq, &entry) == E_OK) {
        html_text(&page->html, " ");
        page_link(
            page, url_make(request->arena, "/entries/%", entry.id), form_words(request, entry.form));
    }
    html_close(&page->html);
}

void rows_parties(struct page *page, const char *caption, const struct party_row *rows, size_t count)
{
    struct request *request = page->request;
    static const struct column columns[] = {{.key = "name"}, {.key = "role"}, {.key = "status"},
        {.key = "relative"}, {.key = "age", .figure = true}, {0}};
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct party_row *party = &rows[i];
        table_row_begin(&table);
        party_cell(&table, party);
        table_cell(&table, role_words(request, party->role));
        table_cell(&table, list_words(request, "person_status", party->status));
        table_cell(&table, party->relative);
        table_cell(&table, age_words(page, party));
        table_row_end(&table);
    }
    table_end(&table);
}
