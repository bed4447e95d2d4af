/* page/offices: offices, who is posted where, and an officer with his postings and leave. */
#include <string.h>

#include "kit/frame.h"
#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/table.h"
#include "page/pages.h"

#define OFFICES_PER_PAGE 50
#define OFFICES_BELOW_MAX 500

/* The code behind which the list goes on, NULL at its end. */
static const char *office_rows(struct page *page, const char *caption, const struct office_filter *filter)
{
    static const struct column columns[] = {{.key = "office"}, {.key = "kind"}, {.key = "code"}, {0}};
    struct request *request = page->request;
    struct office *offices;
    size_t count = offices_list(request->db, request->arena, filter, &offices);
    if (count == 0) return NULL;
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct office *office = &offices[i];
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/offices/%", office->code),
            request->lang == LANG_HI && office->name_hi ? office->name_hi : office->name);
        table_cell(&table, list_words(request, "office_kind", office->kind));
        table_cell(&table, office->code);
        table_row_end(&table);
    }
    table_end(&table);
    return count == filter->limit ? offices[count - 1].code : NULL;
}

void page_offices(struct request *request)
{
    struct page page;
    page_begin(&page, request, word(request->lang, "offices"));
    filter_begin(&page, "/offices");
    filter_text(&page, "words", "office_words");
    filter_end(&page, NULL, page_word(&page, "show"));
    const char *after = office_rows(&page, NULL,
        &(struct office_filter){.words = query_value(request, "words"),
            .after = query_value(request, "after"),
            .limit = OFFICES_PER_PAGE});
    paging_draw(&page, after, "later_offices");
    page_end(&page, 200);
}

static size_t role_place(const struct code_list *roles, const char *role)
{
    size_t place = 0;
    while (roles && place < roles->count && strcmp(roles->codes[place].name, role) != 0) place++;
    return place;
}

/* Who is in charge first, as the list of roles goes on; of one role who came first. */
static void postings_sort(const struct request *request, struct posting *postings, size_t count)
{
    const struct code_list *roles = list_find(node_forms(request->node), "role");
    for (size_t i = 1; i < count; i++) {
        const struct posting one = postings[i];
        size_t at = i;
        for (; at > 0 && role_place(roles, postings[at - 1].role) > role_place(roles, one.role); at--)
            postings[at] = postings[at - 1];
        postings[at] = one;
    }
}

static void officer_rows(struct page *page, const char *office)
{
    struct request *request = page->request;
    struct posting *postings;
    size_t count = postings_of_office(request->db, request->arena, office, request->now, &postings);
    if (count == 0) return;
    postings_sort(request, postings, count);
    bool away = false;
    for (size_t i = 0; i < count; i++)
        away = away || on_leave(request->db, postings[i].officer, request->now);
    const struct column columns[] = {
        {.key = "officer"}, {.key = "role"}, {.key = "status", .left_out = !away}, {0}};
    struct table table = {.page = page, .caption = page_word(page, "officers"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/officers/%", postings[i].officer),
            officer_words(request, postings[i].officer));
        table_cell(&table, list_words(request, "role", postings[i].role));
        table_cell(&table,
            on_leave(request->db, postings[i].officer, request->now) ? page_word(page, "on_leave") : "");
        table_row_end(&table);
    }
    table_end(&table);
}

void page_office(struct request *request)
{
    struct office office;
    enum err err = office_get(request->db, request->arena, request->captures[0], &office);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, office_words(request, office.code));
    identity_begin(&page);
    identity_fact(&page, "kind", list_words(request, "office_kind", office.kind));
    identity_fact(&page, "code", office.code);
    identity_fact(&page, "above", office_words(request, office.parent));
    identity_end(&page);
    page_buttons_begin(&page);
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "registers"),
        url_make(request->arena, "/registers?office=%", office.code));
    page_button_link(&page, BUTTON_SECOND, page_word(&page, "cases"),
        url_make(request->arena, "/cases?office=%", office.code));
    html_close(&page.html);
    officer_rows(&page, office.code);
    office_rows(&page, page_word(&page, "below"),
        &(struct office_filter){.parent = office.code, .limit = OFFICES_BELOW_MAX});
    page_end(&page, 200);
}

/* ---- one officer ---- */

static const char *until_words(struct page *page, int64_t at)
{
    return at ? page_time(page, at) : page_word(page, "until_now");
}

static void postings_draw(struct page *page, const char *officer)
{
    static const struct column columns[] = {
        {.key = "office"}, {.key = "role"}, {.key = "from"}, {.key = "until"}, {0}};
    struct request *request = page->request;
    struct posting_past *postings;
    size_t count = postings_of_officer(request->db, request->arena, officer, &postings);
    struct table table = {.page = page, .caption = page_word(page, "postings"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        table_row_begin(&table);
        table_cell_link(&table, url_make(request->arena, "/offices/%", postings[i].office),
            office_words(request, postings[i].office));
        table_cell(&table, list_words(request, "role", postings[i].role));
        table_cell(&table, page_time(page, postings[i].from_at));
        table_cell(&table, until_words(page, postings[i].until_at));
        table_row_end(&table);
    }
    table_end(&table);
}

/* Leave is for the officer himself and the offices he is posted under. */
static bool leave_shown(struct request *request, const char *officer)
{
    struct posting *postings;
    size_t count = postings_at(request->db, request->arena, officer, request->now, &postings);
    if (strcmp(officer, request->viewer.officer) == 0) return true;
    for (size_t i = 0; i < count; i++)
        if (office_under(request->db, postings[i].office, request->viewer.office)) return true;
    return false;
}

static void leave_draw(struct page *page, const char *officer)
{
    static const struct column columns[] = {{.key = "from"}, {.key = "until"}, {0}};
    struct request *request = page->request;
    struct leave_past *leave;
    size_t count = leave_of_officer(request->db, request->arena, officer, &leave);
    if (count == 0) return;
    struct table table = {.page = page, .caption = page_word(page, "leave"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        table_row_begin(&table);
        table_cell(&table, page_time(page, leave[i].from_at));
        table_cell(&table, page_time(page, leave[i].until_at));
        table_row_end(&table);
    }
    table_end(&table);
}

void page_officer(struct request *request)
{
    struct officer officer;
    enum err err = officer_get(request->db, request->arena, request->captures[0], &officer);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, officer_words(request, officer.id),
        (const struct crumb[]){{"/offices", word(request->lang, "offices")}, {NULL, NULL}});
    identity_begin(&page);
    identity_fact(&page, "officer_id", officer.id);
    identity_fact(&page, "belt", officer.belt);
    if (on_leave(request->db, officer.id, request->now))
        identity_tag(&page, "status", page_word(&page, "on_leave"), TONE_WARN);
    identity_end(&page);
    postings_draw(&page, officer.id);
    if (leave_shown(request, officer.id)) leave_draw(&page, officer.id);
    page_end(&page, 200);
}
