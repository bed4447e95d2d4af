/* page/duplicates: pairs of persons likely one, among the accused of an office's cases, with the reasons; an
 * officer decides with a reason of his own, and the pair does not come again. */
#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/notice.h"
#include "page/pages.h"
#include "page/people.h"

static const char *name_of(const struct found_person *found)
{
    const struct mention_row *row = &found->sightings[0].row;
    return row->name ? row->name : row->name_other ? row->name_other : "—";
}

static void pair_draw(struct page *page, const struct people_pair *pair)
{
    struct arena *arena = page->request->arena;
    card_begin(
        page, NULL, arena_printf(arena, "%s — %s", name_of(&pair->first), name_of(&pair->second)), NULL);
    person_identity_draw(page, &pair->first);
    person_cases_draw(page, &pair->first);
    person_identity_draw(page, &pair->second);
    person_cases_draw(page, &pair->second);
    person_reasons_draw(page, &pair->second);
    person_decide_draw(page, pair->first.ids[0], pair->second.ids[0], "duplicates");
    html_close(&page->html);
}

void page_duplicates(struct request *request)
{
    struct pairs_seen seen;
    enum err err = pairs_seen(request, &seen);
    if (err != E_OK && err != E_PROBLEM) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin_under(&page, request, word(request->lang, "duplicates"),
        (const struct crumb[]){{"/search", word(request->lang, "search")}, {NULL, NULL}});
    errors_draw(&page, NULL);
    person_purpose_draw(&page, "/duplicates", &seen.search);
    if (seen.count > 0) page_heading(&page, "people");
    for (size_t i = 0; i < seen.count; i++) pair_draw(&page, &seen.pairs[i]);
    if (err == E_OK && seen.count == 0) page_text(&page, page_word(&page, "duplicates_none"));
    paging_draw(&page,
        seen.next > 0 ? arena_printf(request->arena, "%lld", (long long)seen.next) : NULL, "earlier");
    page_end(&page, err == E_OK ? 200 : problems_status(&request->problems));
}
