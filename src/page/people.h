/* page/people: the parts of pages about people that several pages draw. Private to the room. */
#ifndef PANJI_PAGE_PEOPLE_H
#define PANJI_PAGE_PEOPLE_H

#include "kit/page.h"
#include "web/people_seen.h"

void person_photo_draw(struct page *page, const struct found_person *found);
/* Other names, relative, sex, age, and how what is shown hangs together. */
void person_identity_draw(struct page *page, const struct found_person *found);
/* Why he was found: a list of reasons in words. */
void person_reasons_draw(struct page *page, const struct found_person *found);
/* The cases he is in, with roles and standing. */
void person_cases_draw(struct page *page, const struct found_person *found);
/* What officers decided about him and others; who may undo a decision gets a form for it. */
void person_links_draw(struct page *page, const struct found_person *found);
/* Asks for the purpose of looking elsewhere, of whom law/access asks one. */
void person_purpose_draw(struct page *page, const char *address, const struct people_search *search);
/* A form that files the decision on two persons; back: "duplicates", or NULL for the first's own page. */
void person_decide_draw(struct page *page, const char *first, const char *second, const char *back);

#endif
