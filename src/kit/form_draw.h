/* kit/form_draw: a form drawn from its declaration for filling, with what was typed so far and what is wrong
 * with it. */
#ifndef PANJI_KIT_FORM_DRAW_H
#define PANJI_KIT_FORM_DRAW_H

#include "kit/control.h"
#include "kit/page.h"
#include "web/typed.h"

struct form_draw {
    struct page *page;
    const struct form *form;
    const char *case_id; /* NULL outside cases */
    const struct typed *typed;
    bool first;         /* nothing was typed yet: defaults are proposed */
    int optional_depth; /* inside parts that may stay empty: a default there would fill them unasked */
    /* What references may be chosen from; read when the first one is drawn. */
    bool choices_read;
    struct party_row *parties;
    size_t party_count;
    struct property_row *property;
    size_t property_count;
    struct entry_row *entries; /* on the case, sent to this office, or filed here lately */
    size_t entry_count;
};

void form_draw(struct form_draw *draw);

/* ---- between its two files ---- */

/* What the field is called, what is typed at the path and what is wrong with it. */
struct control control_of(const struct form_draw *draw, const struct field *field, const char *path);
/* The control for one plain value. */
void input_draw(struct form_draw *draw, const struct field *field, const struct control *control);
/* "Someone already in the case" for a composite by reference; false when there is nobody to choose. */
bool reference_draw(struct form_draw *draw, const struct composite *composite, const char *path);
/* The problem at exactly this path, NULL when there is none. */
const struct problem *problem_at(const struct form_draw *draw, const char *path);

#endif
