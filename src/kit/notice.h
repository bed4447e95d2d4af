/* kit/notice: what must not be overlooked: insets, warnings, errors, the page before what cannot be undone;
 * and the small marks, tags and proof. */
#ifndef PANJI_KIT_NOTICE_H
#define PANJI_KIT_NOTICE_H

#include "kit/page.h"

enum tone { TONE_PLAIN, TONE_NOTE, TONE_GOOD, TONE_WARN, TONE_BAD };

/* A word in a small coloured box; the word says it all, the colour only helps. */
void tag_draw(struct page *page, const char *text, enum tone tone);

/* How firmly an entry stands: saved on this server; sealed under a signed checkpoint; witnessed by others. */
enum proof { PROOF_NONE, PROOF_SAVED, PROOF_SEALED, PROOF_WITNESSED };
void proof_draw(struct page *page, enum proof proof);
/* That of the entry at this place of the register. */
enum proof proof_of(struct page *page, int64_t seq);

/* A paragraph set apart (TONE_PLAIN, TONE_NOTE), a warning (WARN, BAD) or a success (GOOD). Opens it under a
 * title (NULL: none); close with html_close(). */
void notice_begin(struct page *page, enum tone tone, const char *title);
void notice_draw(struct page *page, enum tone tone, const char *text);

/* The page before what cannot be undone: a panel with a title; close with html_close(). */
void interruption_begin(struct page *page, const char *title);

/* The request's problems: all of them on top, each leading to its field and named by it (form NULL: by
 * nothing). Takes the focus. Nothing when there are none. */
void errors_draw(struct page *page, const struct form *form);
/* The same where the fields stand on other pages: `address` gives where each is, NULL for nowhere. */
void errors_draw_leading(struct page *page, const struct form *form,
    const char *(*address)(void *context, const char *path), void *context);

#endif
