/* kit/frame: what surrounds every page: who works where in which role, the main pages, the search box,
 * language, colours, whether the line stands, and the banner of a practice register. */
#ifndef PANJI_KIT_FRAME_H
#define PANJI_KIT_FRAME_H

#include "kit/page.h"

struct crumb {
    const char *address, *text;
};

/* From the doctype to the heading, and from the end of the content to an answer with that status. */
void page_begin(struct page *page, struct request *request, const char *title);
/* The same, with the way back above the heading, outermost first; a crumb without text ends the list. */
void page_begin_under(
    struct page *page, struct request *request, const char *title, const struct crumb *crumbs);
void page_end(struct page *page, int status);

/* A piece of a page, asked for by the script: no frame around it. */
void page_fragment_begin(struct page *page, struct request *request);
void page_fragment_end(struct page *page);

/* request->problems as a page of their own. */
void page_problems(struct request *request, int status);

#endif
