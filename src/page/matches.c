/* page/matches: who the missing, found and dead people of a case may be, with the reasons in words. */
#include "kit/lists.h"
#include "kit/notice.h"
#include "page/pages.h"
#include "page/people.h"

static void match_draw(struct page *page, const struct person_match *match)
{
    struct arena *arena = page->request->arena;
    const struct mention_row *row = &match->found.sightings[0].row;
    card_begin(page, NULL, row->name ? row->name : "—", url_make(arena, "/people/%", row->person));
    person_photo_draw(page, &match->found);
    person_identity_draw(page, &match->found);
    html_open(&page->html, "ul", NULL);
    for (size_t i = 0; i < match->reason_count; i++)
        html_element(&page->html, "li", page_word(page, match_word(arena, &match->reasons[i])), NULL);
    html_close(&page->html);
    person_cases_draw(page, &match->found);
    html_close(&page->html);
}

void page_case_matches(struct request *request)
{
    const char *case_id = request->captures[0];
    struct matches_seen seen;
    enum err err = matches_seen(request, case_id, &seen);
    if (err != E_OK && err != E_PROBLEM) {
        respond_error(request, err);
        return;
    }
    struct page page;
    const char *address = url_make(request->arena, "/cases/%", case_id);
    page_begin_under(&page, request, word(request->lang, "matches"),
        (const struct crumb[]){{address, word(request->lang, "case")}, {NULL, NULL}});
    errors_draw(&page, NULL);
    person_purpose_draw(&page, url_make(request->arena, "/cases/%/matches", case_id), &seen.search);
    size_t shown = 0;
    for (size_t i = 0; i < seen.count; i++) {
        if (shown == 0 && seen.persons[i].count > 0) page_heading(&page, "people");
        for (size_t k = 0; k < seen.persons[i].count; k++) match_draw(&page, &seen.persons[i].list[k]);
        shown += seen.persons[i].count;
    }
    if (err == E_OK && shown == 0) page_text(&page, page_word(&page, "found_none"));
    page_end(&page, err == E_OK ? 200 : problems_status(&request->problems));
}
