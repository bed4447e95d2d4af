/* kit/lists: things one under another: facts, cards, what happened when, steps to take, what is missing. */
#ifndef PANJI_KIT_LISTS_H
#define PANJI_KIT_LISTS_H

#include "kit/notice.h"
#include "kit/page.h"

/* ---- facts: label and value ---- */

void summary_begin(struct page *page);
void summary_end(struct page *page);
void summary_row(struct page *page, const char *key, const char *text); /* nothing when the text is empty */
/* A label that is no key of lang/messages; opens its value, close with html_close(). */
void summary_value_begin(struct page *page, const char *label);
/* A row that can be changed: the value (NULL: "not given") and a link; `what` says for those who hear the
 * page what would be changed. */
void summary_change(
    struct page *page, const char *label, const char *text, const char *address, const char *what);

/* ---- who or what the page is about, always the same way: on top of every page of a case or entry ---- */

void identity_begin(struct page *page);
void identity_fact(struct page *page, const char *key, const char *text); /* nothing when the text is empty */
void identity_tag(struct page *page, const char *key, const char *text, enum tone tone);
void identity_proof(struct page *page, const char *key, enum proof proof);
void identity_end(struct page *page);

/* ---- cards: one of several persons, things, offences ---- */

/* Opens a card under a heading; close with html_close(). address NULL: the heading is no link. */
void card_begin(struct page *page, const char *id, const char *title, const char *address);

/* ---- timeline: newest first or oldest first, as given ---- */

struct moment {
    const char *when, *title, *address, *who, *words; /* any but title may be NULL */
    enum proof proof;
    bool replaced; /* corrected by a later one */
};
void timeline_begin(struct page *page);
void timeline_moment(struct page *page, const struct moment *moment);
void timeline_end(struct page *page);

/* ---- steps: the sections of a form, the parts of an act ---- */

enum step_state { STEP_DONE, STEP_BEGUN, STEP_OPEN, STEP_OPTIONAL, STEP_WAITS, STEP_WRONG };
struct step {
    const char *text, *address; /* address NULL: cannot be begun yet */
    const char *hint;           /* NULL, or what it waits for */
    enum step_state state;
};
void steps_begin(struct page *page);
void steps_step(struct page *page, const struct step *step);
void steps_end(struct page *page);

/* ---- what is still missing: for the side (page_beside) ---- */

/* count 0 says that nothing is; then there are no items. */
void missing_begin(struct page *page, size_t count);
void missing_item(struct page *page, const char *address, const char *text);
void missing_end(struct page *page, size_t count);

#endif
