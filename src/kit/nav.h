/* kit/nav: ways through pages that are plain links: tabs, filters kept in the address, the next part of a
 * list. */
#ifndef PANJI_KIT_NAV_H
#define PANJI_KIT_NAV_H

#include "kit/page.h"

struct tab {
    const char *address, *text;
    int64_t count; /* shown behind the text; -1: none */
    bool current;
};
/* label names the row of tabs for those who hear the page. */
void tabs_draw(struct page *page, const char *label, const struct tab *tabs, size_t count);

/* ---- filters ---- */

struct filter_choice {
    const char *value, *text; /* value NULL: all */
    int64_t count;            /* -1: none */
};
/* One member of the query as links: the chosen one is marked, every other leads to this list with it. */
void filter_links(struct page *page, const char *name, const char *label, const struct filter_choice *choices,
    size_t count);
/* Members that must be typed or chosen from many: a form that asks this page again; close with filter_end(),
 * which carries along the members of the query named in `keep`, blanks between (NULL: none). */
void filter_begin(struct page *page, const char *action);
void filter_text(struct page *page, const char *name, const char *key);
void filter_select_begin(struct page *page, const char *name, const char *key, const char *none);
void filter_option(struct page *page, const char *name, const char *value, const char *text);
void filter_select_end(struct page *page);
void filter_end(struct page *page, const char *keep, const char *button);

/* ---- the next part of a list ---- */

/* The list goes on after a cursor (NULL: it ends here); `key` says which way, "earlier" or "later". When this
 * is not its beginning there is a link back to it. */
void paging_draw(struct page *page, const char *after, const char *key);

#endif
