/* page/person: everything of one person that may be shown: every mention of him and of those decided to be
 * him, his cases, custody and warrants, and the entries that name him. */
#include <string.h>

#include "kit/lists.h"
#include "kit/notice.h"
#include "kit/table.h"
#include "page/pages.h"
#include "page/people.h"
#include "page/watches.h"

#define ENTRIES_SHOWN_MAX 50

static void entries_draw(struct page *page, const struct found_person *found)
{
    struct request *request = page->request;
    page_heading(page, "timeline");
    timeline_begin(page);
    for (size_t i = 0; i < found->sighting_count; i++) {
        struct entry *entries;
        size_t count = sighting_entries(request, &found->sightings[i], ENTRIES_SHOWN_MAX, &entries);
        for (size_t k = 0; k < count; k++)
            timeline_moment(page,
                &(struct moment){.when = page_time(page, entries[k].filed_at),
                    .title = arena_printf(request->arena, "%s %s", form_words(request, entries[k].form),
                        entries[k].number ? entries[k].number : ""),
                    .address = url_make(request->arena, "/entries/%", entries[k].id),
                    .who = arena_printf(request->arena, "%s, %s", officer_words(request, entries[k].officer),
                        office_words(request, entries[k].office)),
                    .proof = proof_of(page, entries[k].seq)});
    }
    timeline_end(page);
}

/* ---- custody and warrants ---- */

static bool is_custody(const char *form)
{
    static const char *const forms[] = {"arrest", "apprehension", "remand_order", "bail_by_police",
        "bail_order", "prison_admission", "prison_transfer", "prison_release", "release_order",
        "warrant", "process_recall", "proclaimed_declaration"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp(forms[i], form) == 0) return true;
    return false;
}

static void custody_row(struct table *table, const struct entry *entry)
{
    struct request *request = table->page->request;
    table_row_begin(table);
    table_cell(table, page_time(table->page, entry->filed_at));
    table_cell_link(table, url_make(request->arena, "/entries/%", entry->id),
        arena_printf(request->arena, "%s %s", form_words(request, entry->form),
            entry->number ? entry->number : ""));
    table_cell(table, office_words(request, entry->office));
    table_row_end(table);
}

static void custody_draw(struct page *page, const struct found_person *found)
{
    static const struct column columns[] = {{.key = "when"}, {.key = "what"}, {.key = "office"}, {0}};
    struct table table = {.page = page, .caption = page_word(page, "people_custody"), .columns = columns};
    bool any = false;
    for (size_t i = 0; i < found->sighting_count; i++) {
        struct entry *entries;
        size_t count = sighting_entries(page->request, &found->sightings[i], ENTRIES_SHOWN_MAX, &entries);
        for (size_t k = 0; k < count; k++) {
            if (!is_custody(entries[k].form)) continue;
            if (!any) table_begin(&table);
            any = true;
            custody_row(&table, &entries[k]);
        }
    }
    if (any) table_end(&table);
}

void page_person(struct request *request)
{
    struct found_person found;
    int64_t search = query_int(request, "search", 0);
    enum err err =
        request->problems.count > 0 ? E_PROBLEM : person_seen(request, request->captures[0], search, &found);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    const char *name = found.sightings[0].row.name;
    page_begin_under(&page, request, name ? name : "—",
        (const struct crumb[]){{"/search", word(request->lang, "search")}, {NULL, NULL}});
    person_photo_draw(&page, &found);
    person_identity_draw(&page, &found);
    person_cases_draw(&page, &found);
    person_links_draw(&page, &found);
    watch_person_draw(&page, &found);
    custody_draw(&page, &found);
    entries_draw(&page, &found);
    page_end(&page, 200);
}
