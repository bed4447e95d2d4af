/* page/watches: the parts about watches that other pages draw. Private to the room. */
#ifndef PANJI_PAGE_WATCHES_H
#define PANJI_PAGE_WATCHES_H

#include "kit/page.h"
#include "web/watches_seen.h"

/* The watches of the viewer's office, for My day. */
struct watches_day {
    struct seen_watch *list;
    size_t count, fresh; /* fresh: matches nobody has opened */
};
enum err watches_due(struct request *request, struct watches_day *ret) MUST_CHECK;
void watches_due_draw(struct page *page, const struct watches_day *day);

/* Links to a new watch, for whom may file one: on a person, on what was searched for, on a case. */
void watch_person_draw(struct page *page, const struct found_person *found);
void watch_search_draw(struct page *page, const struct people_query *query);
void watch_case_draw(struct page *page, const struct case_row *row);

#endif
