/* kit/page: the frame of every page and the parts pages are made of: plain HTML that works without
 * JavaScript. */
#ifndef PANJI_KIT_PAGE_H
#define PANJI_KIT_PAGE_H

#include "base/words.h"
#include "kit/html.h"
#include "web/request.h"
#include "web/seen.h"

/* A page being written: the writer, and what every part of it needs. */
struct page {
    struct html html;
    struct buf buf;
    struct request *request;
};

/* From the doctype to the heading, and from the end of the content to an answer with that status. */
void page_begin(struct page *page, struct request *request, const char *title);
void page_end(struct page *page, int status);

/* Files that pages need: the style sheet. */
void page_stylesheet(struct request *request);

/* request->problems as a page of their own. */
void page_problems(struct request *request, int status);

/* Words of lang/messages in the request's language. */
const char *page_word(const struct page *page, const char *key);

void page_link(struct page *page, const char *address, const char *text);
void page_heading(struct page *page, const char *key); /* h2 */
void page_fact(
    struct page *page, const char *key, const char *text); /* a row of a dl; nothing when text is empty */
void page_hidden(struct page *page, const char *name, const char *value);
/* A form that posts: opens it and puts the session's token in. */
void page_form_open(struct page *page, const char *action, bool multipart, const char *class);
void page_button(struct page *page, const char *text, const char *name, const char *value, const char *class);
/* Table head from keys ended by NULL; close with page_table_end(). */
void page_table_begin(struct page *page, ...) __attribute__((sentinel));
void page_table_end(struct page *page);
void page_cell(struct page *page, const char *text);
void page_cell_link(struct page *page, const char *address, const char *text);
const char *page_time(const struct page *page, int64_t at); /* "" for 0 */
/* The request's problems: all of them on top, each leading to its field and named by it (form NULL: by
 * nothing). */
void page_error_summary(struct page *page, const struct form *form);

/* ---- parts several pages share ---- */

void page_entry_rows(struct page *page, const struct entry_row *rows, size_t count, bool office);
void page_case_rows(struct page *page, const struct case_row *rows, size_t count);
void page_task_rows(struct page *page, const struct task_row *rows, size_t count, bool with_case);
void page_delivery_rows(struct page *page, const struct delivery_row *rows, size_t count);
void page_party_rows(struct page *page, const struct party_row *rows, size_t count, bool with_case);

/* Draws a body as it stands: labels and values, masked ones with a way to open them. */
void body_draw(struct page *page, const struct seen_entry *seen);

#endif
