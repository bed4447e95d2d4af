/* print/flow: lays the blocks of a paper out on pages, private to the room.
 *
 * A paper is laid out twice by the same code: first without a surface, to know how many pages there are, then
 * onto the PDF. Layouts of long texts are kept between the two as far as KEPT_BYTES_MAX allows. */
#ifndef PANJI_PRINT_FLOW_H
#define PANJI_PRINT_FLOW_H

#include <pango/pangocairo.h>

#include "print/block.h"
#include "print/code.h"
#include "print/print.h"

#define KEPT_MAX 64

enum style {
    STYLE_TITLE,
    STYLE_UNDER,
    STYLE_HEADING,
    STYLE_INNER,
    STYLE_LABEL,
    STYLE_VALUE,
    STYLE_HEAD,
    STYLE_CELL,
    STYLE_SMALL,
    STYLE_MARK,
    STYLE_COUNT
};

/* Colours of ink; papers are copied in black and white, so nothing depends on them. */
enum ink { INK_TEXT, INK_LABEL, INK_RULE, INK_SHADE, INK_MARK };

struct kept {
    const char *text;
    int width;
    enum style style;
    PangoLayout *layout;
};

struct flow {
    cairo_t *cr; /* NULL while measuring */
    PangoContext *context;
    PangoFontDescription *fonts[STYLE_COUNT];
    const struct print_paper *paper;
    struct arena *arena;
    bool label_paper; /* small: no heading, no foot */
    bool draft;
    double width, height;         /* of the paper */
    double left, right;           /* edges of the text */
    double top, bottom;           /* of the page at hand */
    double y, fresh;              /* fresh: where the text of the page began */
    double follows;               /* what the end of the block at hand may not be parted from; 0: nothing */
    int page, page_count;         /* page_count 0 while measuring */
    const struct block *head;     /* table whose head stands on every page */
    struct code *proof, *further; /* NULL: none */
    struct code *own;             /* of a label */
    struct kept kept[KEPT_MAX];
    size_t kept_count, kept_bytes;
};

/* ---- texts (print/texts.c) ---- */

/* A new reference; width in points, 0: one line. Bars become black with words. */
PangoLayout *text_layout(struct flow *flow, const char *text, double width, enum style style);
/* Both languages, the reader's first. */
PangoLayout *label_layout(struct flow *flow, const struct label *label, double width, enum style style);
const char *label_join(struct flow *flow, const struct label *label, const char *between);
double layout_height(PangoLayout *layout);
double layout_width(PangoLayout *layout);
void layout_draw(struct flow *flow, PangoLayout *layout, double x, double y);
/* Draws, drops the layout and tells how high it was. */
double layout_put(struct flow *flow, PangoLayout *layout, double x, double y);
/* How wide a text is on one line; HUGE_VAL for texts that need many. */
double text_width(struct flow *flow, const char *text, enum style style);
void kept_drop(struct flow *flow);

void flow_ink(struct flow *flow, enum ink ink);
void flow_rule(struct flow *flow, double x1, double y1, double x2, double y2, double width);

/* ---- pages (print/sheet.c) ---- */

/* What the paper is called. */
const struct label *paper_title(const struct print_paper *paper);
void sheet_begin(struct flow *flow);
void sheet_end(struct flow *flow);
void sheet_break(struct flow *flow);
/* Room for at least height points, else a new page; true when one was begun. */
bool sheet_need(struct flow *flow, double height);

/* ---- rows (print/rows.c) ---- */

struct lane {
    double x, width;
    PangoLayout *label; /* above the text; NULL */
    PangoLayout *text;
    PangoLayoutIter *at; /* next line */
    bool done, dots;     /* dots: a line to write on */
};
/* Sets lanes side by side at flow->y, over several pages when they are long, and frees them. */
void lanes_flow(struct flow *flow, struct lane *lanes, size_t count, bool shaded);
double lanes_height(const struct lane *lanes, size_t count);
/* Whether a row of that height moves to the next page whole. */
bool row_is_kept(const struct flow *flow, double height);

/* ---- cells: how many parts of twelve a cell needs (print/cells.c) ---- */

#define CELL_PARTS 12
/* Widths in points on one line: of the label, which may wrap once, and of the value. */
int cell_parts(double label_width, double value_width, double whole_width);
/* How many of the cells stand in the next row; the last one is widened to fill it. */
size_t cells_row(int *parts, size_t count);

/* The head of a table at flow->y. */
void flow_table_head(struct flow *flow, const struct block *block);

void flow_blocks(struct flow *flow, const struct blocks *blocks);

#endif
