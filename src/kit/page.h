/* kit/page: a page being written, and the smallest parts of one.
 *
 * Every page is made of the components of this room and nothing else; /kit shows each with its states. They
 * stand in headers by subject: frame.h (what surrounds a page), table.h, lists.h (summaries, cards, timeline,
 * steps), notice.h (insets, warnings, errors, tags, proof), control.h (fields of forms), nav.h (tabs,
 * filters, paging). */
#ifndef PANJI_KIT_PAGE_H
#define PANJI_KIT_PAGE_H

#include "base/words.h"
#include "kit/html.h"
#include "web/request.h"
#include "web/seen.h"

struct page {
    struct html html;
    struct buf buf;
    struct request *request;
    const char *title; /* the heading; names a table that is the whole page */
};

/* Words of lang/messages in the request's language. */
const char *page_word(const struct page *page, const char *key);

void page_link(struct page *page, const char *address, const char *text);
void page_heading(struct page *page, const char *key); /* h2 */
void page_text(struct page *page, const char *text);   /* a paragraph; nothing when empty */
void page_hidden(struct page *page, const char *name, const char *value);
const char *page_time(const struct page *page, int64_t at); /* "" for 0 */

/* This page's own address with one member of its query set (NULL: left out). The place in a list is left out
 * too, for it would be a place in another list. The answer to a POST has no address of its own: the first
 * page. */
const char *page_address(const struct page *page, const char *name, const char *value);

/* ---- sending ---- */

/* What a button is for, which is how it looks. One FIRST at most on a page. */
enum button { BUTTON_FIRST, BUTTON_SECOND, BUTTON_WARNING, BUTTON_LINK };

/* A form that posts: opens it and puts the session's token in. Of class "typed": the script warns before its
 * page is left with something typed and not sent. */
void page_form_open(struct page *page, const char *action, bool multipart, const char *class);
void page_button(struct page *page, enum button kind, const char *text, const char *name, const char *value);
/* A link that is a step forward and looks like a button. */
void page_button_link(struct page *page, enum button kind, const char *text, const char *address);
/* Buttons side by side; close with html_close(). */
void page_buttons_begin(struct page *page);

/* ---- arranging ---- */

/* Folded away until asked for: opens a details with its summary; close with html_close(). id may be NULL. */
void page_details_begin(struct page *page, const char *id, const char *summary, bool open);
/* The content with a list beside it that stays in view (below it on a narrow screen): page_beside_begin, the
 * content, page_beside, the side, page_beside_end. label names the side for those who hear the page. */
void page_beside_begin(struct page *page);
void page_beside(struct page *page, const char *label);
void page_beside_end(struct page *page);

#endif
