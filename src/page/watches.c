/* page/watches: the watches of an office or a case with what they found, the matches nobody has opened yet
 * for My day, opening one, and the way from a person or a search to a new watch. */
#include <string.h>

#include "base/id.h"
#include "base/time.h"
#include "kit/lists.h"
#include "kit/notice.h"
#include "kit/table.h"
#include "page/pages.h"
#include "page/watches.h"

#define CASES_MAX 50

/* ---- matches ---- */

/* The entry to open; elsewhere only that there is something, and where to ask. */
static const char *match_title(struct request *request, const struct watch_alert *alert)
{
    const struct entry *entry = &alert->entry;
    if (alert->elsewhere) return word(request->lang, "watch_elsewhere");
    return arena_printf(
        request->arena, "%s %s", form_words(request, entry->form), entry->number ? entry->number : "");
}

static void reasons_cell(struct table *table, const struct seen_alert *seen)
{
    struct page *page = table->page;
    table_cell_begin(table);
    html_open(&page->html, "ul", NULL);
    for (size_t i = 0; i < seen->reason_count; i++)
        html_element(&page->html, "li", seen->reasons[i].text[page->request->lang], NULL);
    if (seen->alert->by == WATCH_NAME)
        html_element(&page->html, "li",
            arena_printf(page->request->arena, "%s: %d %%", page_word(page, "watch_likeness"),
                watch_likeness(seen->alert)),
            NULL);
    html_close(&page->html);
    html_close(&page->html);
}

static void match_row(struct table *table, const struct seen_watch *watch, const struct seen_alert *seen,
    bool with_watch)
{
    struct request *request = table->page->request;
    const struct watch_alert *alert = seen->alert;
    table_row_begin(table);
    if (with_watch)
        table_cell_link(table, url_make(request->arena, "/watches?case=%", watch->row.case_id),
            arena_printf(request->arena, "%s: %s",
                watch->case_row.number ? watch->case_row.number : "—", watch->title));
    table_cell_link(table,
        url_make(request->arena, "/watches/%/matches/%", watch->row.id, alert->key),
        match_title(request, alert));
    reasons_cell(table, seen);
    table_cell(table, office_words(request,
                          alert->elsewhere ? alert->sighting->case_row.office : alert->entry.office));
    table_cell(table, page_time(table->page, alert->at));
    if (!with_watch)
        table_cell(table, seen->opened.officer
                              ? arena_printf(request->arena, "%s, %s",
                                    officer_words(request, seen->opened.officer),
                                    page_time(table->page, seen->opened.at))
                              : page_word(table->page, "watch_not_opened"));
    table_row_end(table);
}

enum err watches_due(struct request *request, struct watches_day *ret)
{
    ret->fresh = 0;
    TRY(watches_seen(request, WATCHES_DUE, NULL, &ret->list, &ret->count));
    for (size_t i = 0; i < ret->count; i++) ret->fresh += ret->list[i].fresh;
    return E_OK;
}

void watches_due_draw(struct page *page, const struct watches_day *day)
{
    static const struct column columns[] = {{.key = "watch"}, {.key = "what"}, {.key = "watch_match"},
        {.key = "office"}, {.key = "when", .whole = true}, {0}};
    if (day->fresh == 0) return;
    struct table table = {.page = page,
        .caption = arena_printf(
            page->request->arena, "%s (%zu)", page_word(page, "watch_matches"), day->fresh),
        .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < day->count; i++)
        for (size_t k = 0; k < day->list[i].count; k++)
            if (!day->list[i].alerts[k].opened.officer)
                match_row(&table, &day->list[i], &day->list[i].alerts[k], true);
    table_end(&table);
}

/* ---- the list ---- */

static void matches_draw(struct page *page, const struct seen_watch *watch)
{
    static const struct column columns[] = {{.key = "what"}, {.key = "watch_match"}, {.key = "office"},
        {.key = "when", .whole = true}, {.key = "watch_opened"}, {0}};
    if (watch->count == 0) {
        page_text(page, page_word(page, "watch_matches_none"));
        return;
    }
    struct table table = {
        .page = page, .caption = page_word(page, "watch_matches"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < watch->count; i++) match_row(&table, watch, &watch->alerts[i], false);
    table_end(&table);
}

static bool may_file_named(struct request *request, const char *name)
{
    const struct form *form = form_find(node_forms(request->node), name);
    return form && may_file(form, &request->viewer);
}

static void watch_draw(struct page *page, const struct seen_watch *watch)
{
    struct request *request = page->request;
    struct arena *arena = request->arena;
    card_begin(page, NULL, watch->title, url_make(arena, "/entries/%", watch->row.id));
    identity_begin(page);
    identity_fact(page, "case_number",
        watch->case_row.number
            ? case_number_words(request, watch->case_row.kind, watch->case_row.number, watch->case_row.office)
            : NULL);
    identity_fact(page, "people_why", list_words(request, "opening_purpose", watch->row.purpose));
    identity_fact(page, "reason", watch->reason);
    identity_fact(page, "officer", officer_words(request, watch->row.officer));
    identity_fact(page, "watch_until", day_words(request, time_date_text(arena, watch->row.until)));
    identity_tag(page, "stage", page_word(page, watch->runs ? "watch_runs" : "watch_ended"),
        watch->runs ? TONE_GOOD : TONE_NOTE);
    identity_end(page);
    matches_draw(page, watch);
    if (watch->runs && may_file_named(request, "watch_end"))
        page_button_link(page, BUTTON_SECOND, page_word(page, "watch_end"),
            url_make(arena, "/forms/watch_end?case=%&end.watch=%", watch->row.case_id, watch->row.id));
    html_close(&page->html);
}

void page_watches(struct request *request)
{
    struct seen_watch *watches;
    size_t count;
    const char *case_id = query_value(request, "case");
    enum err err = watches_asked(request, &watches, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    const char *address = case_id ? url_make(request->arena, "/cases/%", case_id) : "/";
    page_begin_under(&page, request, word(request->lang, "watches"),
        (const struct crumb[]){{address, word(request->lang, case_id ? "case" : "my_day")}, {NULL, NULL}});
    if (may_file_named(request, "watch"))
        page_button_link(&page, BUTTON_SECOND, page_word(&page, "watch_new"),
            case_id ? url_make(request->arena, "/forms/watch?case=%", case_id) : "/watches/new");
    if (count == 0) page_text(&page, page_word(&page, "watches_none"));
    else page_heading(&page, "watch_matches");
    for (size_t i = 0; i < count; i++) watch_draw(&page, &watches[i]);
    page_end(&page, 200);
}

void page_watch_open(struct request *request)
{
    struct seen_watch watch;
    struct seen_alert seen;
    int64_t search;
    enum err err = watch_open(request, request->captures[0], request->captures[1], &watch, &seen, &search);
    if (err != E_OK)
        respond_error(request, err);
    else if (seen.alert->elsewhere)
        respond_redirect(request,
            url_make(request->arena, "/people/%?search=%", seen.alert->sighting->row.person,
                arena_printf(request->arena, "%lld", (long long)search)));
    else
        respond_redirect(request, url_make(request->arena, "/entries/%", seen.alert->entry.id));
}

/* ---- to a new watch ---- */

/* A watch belongs to a case: which one is chosen among the office's newest; an older case's page leads to it
 * too. What is known of whom to watch is carried along in the body, so that no address holds a name, and the
 * draft of the watch begins with it. */
static void about_carry(struct page *page)
{
    const struct request *request = page->request;
    for (size_t i = 0; i < request->pair_count; i++) {
        const struct pair *pair = &request->pairs[i];
        if (strncmp(pair->name, "watch.", 6) == 0 || strncmp(pair->name, "watched.", 8) == 0)
            page_hidden(page, pair->name, pair->value);
    }
}

/* Each case leads to a draft of its own, so that going back and choosing another one does what it says. */
static void case_choice(struct page *page, const struct case_row *row)
{
    struct request *request = page->request;
    char draft[ID_TEXT_SIZE];
    id_new(draft, request->now);
    html_open(&page->html, "li", NULL);
    html_element(&page->html, "button",
        arena_printf(request->arena, "%s %s", list_words(request, "case_kind", row->kind),
            row->number ? row->number : "—"),
        "type", "submit", "name", "_case", "value", row->id, "formaction",
        url_make(request->arena, "/drafts/%", draft), "class", "link", NULL);
    html_close(&page->html);
}

void page_watch_new(struct request *request)
{
    struct case_row *cases;
    size_t count;
    bool more;
    struct case_filter filter = {.office = request->viewer.office, .limit = CASES_MAX};
    enum err err =
        case_list(request->db, request->arena, &request->viewer, &filter, &cases, &count, &more);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, word(request->lang, "watch_case"),
        (const struct crumb[]){{"/watches", word(request->lang, "watches")}, {NULL, NULL}});
    page_form_open(&page, "/watches/new", false, NULL);
    page_hidden(&page, "_form", "watch");
    page_hidden(&page, "_refresh", "1");
    about_carry(&page);
    html_open(&page.html, "ul", "class", "columns", NULL);
    for (size_t i = 0; i < count; i++) case_choice(&page, &cases[i]);
    html_close(&page.html);
    html_close(&page.html);
    if (count == 0) page_text(&page, page_word(&page, "found_none"));
    page_end(&page, 200);
}

static void watch_button(struct page *page, const char *word, const struct pair *about, size_t count)
{
    if (!may_file_named(page->request, "watch")) return;
    page_form_open(page, "/watches/new", false, NULL);
    for (size_t i = 0; i < count; i++)
        if (about[i].value) page_hidden(page, about[i].name, about[i].value);
    page_button(page, BUTTON_SECOND, page_word(page, word), NULL, NULL);
    html_close(&page->html);
}

void watch_person_draw(struct page *page, const struct found_person *found)
{
    const struct mention_row *row = &found->sightings[0].row;
    const struct pair about[] = {{"watch.what", "person"}, {"watched.person", found->ids[0]},
        {"watched.name", row->name}, {"watched.name_other", row->name_other},
        {"watched.relation", row->relative ? row->relation : NULL},
        {"watched.relative_name", row->relative}, {"watched.gender", row->gender}};
    watch_button(page, "watch_person", about, sizeof about / sizeof about[0]);
}

void watch_search_draw(struct page *page, const struct people_query *query)
{
    const struct pair about[] = {
        {"watch.what", query->name ? "name" : query->phone ? "phone" : "vehicle"},
        {"watched.name", query->name}, {"watched.relation", query->relative ? query->relation : NULL},
        {"watched.relative_name", query->relative}, {"watched.gender", query->sex},
        {"watched.phones.0", query->phone}, {"watched.vehicles.0", query->vehicle}};
    watch_button(page, "watch_new", about, sizeof about / sizeof about[0]);
}

void watch_case_draw(struct page *page, const struct case_row *row)
{
    struct arena *arena = page->request->arena;
    if (!may_file_named(page->request, "watch")) return;
    page_button_link(
        page, BUTTON_SECOND, page_word(page, "watch_new"), url_make(arena, "/forms/watch?case=%", row->id));
    page_button_link(
        page, BUTTON_SECOND, page_word(page, "watches"), url_make(arena, "/watches?case=%", row->id));
}
