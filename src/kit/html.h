/* kit/html: elements written one call at a time, so that nothing can reach a page unescaped.
 *
 * Element and attribute names are literals of this program; texts and values are escaped by where they stand.
 * An attribute that holds an address takes only paths of our own. There is no way to write raw markup. */
#ifndef PANJI_KIT_HTML_H
#define PANJI_KIT_HTML_H

#include <stdbool.h>

#include "base/buf.h"

#define HTML_DEPTH_MAX 100

struct html {
    struct buf *buf;
    int depth;
    const char *open[HTML_DEPTH_MAX]; /* elements not yet closed */
};

void html_begin(struct html *html, struct buf *buf); /* writes the doctype */

/* <element name="value" …>; attributes as name, value pairs ended by NULL. A value NULL leaves the attribute
 * out, "" gives a bare one. */
void html_open(struct html *html, const char *element, ...) __attribute__((sentinel));
void html_close(struct html *html); /* the element opened last */
void html_void(struct html *html, const char *element, ...) __attribute__((sentinel)); /* input, br, meta … */
void html_text(struct html *html, const char *text); /* NULL writes nothing */
/* Open, text, close in one. */
void html_element(struct html *html, const char *element, const char *text, ...) __attribute__((sentinel));

/* <script src="address" defer></script>: a file of ours; scripts never stand in a page. */
void html_script(struct html *html, const char *address);

#endif
