/* kit/control: fields of forms. control_begin() draws what stands around a control (label, hint, error), an
 * input_…() the control itself, control_end() closes. The error of a field stands beside it under the id
 * "error-ID", where the summary on top leads. */
#ifndef PANJI_KIT_CONTROL_H
#define PANJI_KIT_CONTROL_H

#include "kit/page.h"

struct control {
    const char *id;   /* path of the value: "accused.0.who.name" */
    const char *name; /* NULL: the id */
    const char *label, *hint, *error;
    const char *note; /* when it is asked: "Only when …" */
    const char *value;
    const char *example; /* grey in the empty field; never the only hint */
    const char *list;    /* id of a datalist with proposals; NULL */
    bool optional;
    bool quiet; /* label only for those who hear the page: its meaning is seen from where it stands */
};

/* A label for one control. */
void control_begin(struct page *page, const struct control *control);
/* A legend for several that belong together: radios, boxes, rows. */
void control_group_begin(struct page *page, const struct control *control);
void control_end(struct page *page);

/* ---- the controls ---- */

enum text_kind {
    TEXT_LINE,
    TEXT_SHORT,
    TEXT_NUMBER,
    TEXT_MONEY,
    TEXT_PHONE,
    TEXT_DATE,
    TEXT_DATETIME,
    TEXT_CODE, /* numbers of things: vehicles, sections; no spelling check */
    TEXT_USER,
    TEXT_PASSWORD,
    TEXT_SEARCH,
};
void input_text(struct page *page, const struct control *control, enum text_kind kind);
void input_area(struct page *page, const struct control *control);
/* What was understood: "Friday 27 March 2026, 14:30". Nothing when NULL. */
void input_readback(struct page *page, const struct control *control, const char *words);

/* A list to choose from: begin, options (chosen by the control's value), html_close(). */
void input_select_begin(struct page *page, const struct control *control);
void input_option(struct page *page, const struct control *control, const char *value, const char *text);

struct choice {
    const char *value, *text, *hint; /* hint NULL: none */
};
/* One of a few, all in view; many of a few. value of the control: the chosen one; of boxes: blanks between.
 */
void input_radios(
    struct page *page, const struct control *control, const struct choice *choices, size_t count);
void input_boxes(
    struct page *page, const struct control *control, const struct choice *choices, size_t count);

/* A file; the value is the name under which one is kept already. */
void input_file(struct page *page, const struct control *control);

/* ---- several of a kind ---- */

/* One more row of what stands at the path; what was typed so far comes along. Works inside a form. */
void row_add_draw(struct page *page, const char *path, const char *what);
void row_remove_draw(struct page *page, const char *path, const char *what);

#endif
