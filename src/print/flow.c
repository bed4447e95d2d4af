/* print/flow: see the header. */
#include "print/flow.h"

#include <string.h>

#include "base/words.h"

#define SIGN_ROOM 38.0 /* what a hand needs */
#define SIGN_GAP 14.0
#define LINE_ROOM 20.0
#define COLUMN_MIN 22.0
#define HEADING_ROOM 30.0
#define HEADING_NEXT 64.0  /* a heading takes at least this much of what follows with it */
#define SENTENCE_NEXT 20.0 /* the same sentence in the other language */

static void cells_flow(struct flow *flow, const struct block *block)
{
    double width = flow->right - flow->left;
    int *parts = ARENA_ARRAY(flow->arena, int, block->count);
    for (size_t i = 0; i < block->count; i++) {
        const struct block_cell *cell = &block->cells[i];
        double value = cell->blank ? width / 3 : text_width(flow, cell->text, STYLE_VALUE);
        PangoLayout *label = label_layout(flow, &cell->label, 0, STYLE_LABEL);
        parts[i] = cell_parts(layout_width(label), value, width);
        g_object_unref(label);
    }
    double follows = flow->follows;
    for (size_t done = 0; done < block->count;) {
        struct lane lanes[CELL_PARTS] = {{.x = 0}};
        size_t n = cells_row(parts + done, block->count - done);
        double x = flow->left;
        for (size_t i = 0; i < n; i++) {
            const struct block_cell *cell = &block->cells[done + i];
            struct lane *lane = &lanes[i];
            *lane = (struct lane){.x = x, .width = width * parts[done + i] / CELL_PARTS, .dots = cell->blank};
            lane->label = label_layout(flow, &cell->label, lane->width - 6, STYLE_LABEL);
            if (!cell->blank) lane->text = text_layout(flow, cell->text, lane->width - 6, STYLE_VALUE);
            x += lane->width;
        }
        done += n;
        flow->follows = done == block->count ? follows : 0;
        lanes_flow(flow, lanes, n, false);
    }
}

/* Paragraphs carry no frame: lines one after the other. */
static void text_flow(struct flow *flow, const struct block *block)
{
    enum style style = block->level == 0 ? STYLE_VALUE : STYLE_SMALL;
    PangoLayout *layout = text_layout(flow, block->text, flow->right - flow->left - 6, style);
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    flow->y += block->level == 0 ? 4 : 1;
    do {
        int top, bottom;
        pango_layout_iter_get_line_yrange(at, &top, &bottom);
        double height = (double)(bottom - top) / PANGO_SCALE;
        sheet_need(flow, height + (pango_layout_iter_at_last_line(at) ? flow->follows : 0));
        flow_ink(flow, block->level == 0 ? INK_TEXT : INK_LABEL);
        if (flow->cr) {
            double base = (double)(pango_layout_iter_get_baseline(at) - top) / PANGO_SCALE;
            cairo_move_to(flow->cr, flow->left + 3, flow->y + base);
            pango_cairo_show_layout_line(flow->cr, pango_layout_iter_get_line_readonly(at));
        }
        flow->y += height;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    g_object_unref(layout);
}

/* ---- tables ---- */

static void columns_place(const struct flow *flow, const struct block *block, struct lane *lanes)
{
    int sum = 0;
    for (size_t i = 0; i < block->column_count; i++) sum += block->columns[i].width;
    double whole = flow->right - flow->left, spare = whole - COLUMN_MIN * (double)block->column_count;
    double x = flow->left;
    for (size_t i = 0; i < block->column_count; i++) {
        lanes[i] = (struct lane){.x = x, .width = COLUMN_MIN + spare * block->columns[i].width / sum};
        x += lanes[i].width;
    }
}

static void head_fill(struct flow *flow, const struct block *block, struct lane *lanes)
{
    columns_place(flow, block, lanes);
    for (size_t i = 0; i < block->column_count; i++)
        lanes[i].text = label_layout(flow, &block->columns[i].label, lanes[i].width - 6, STYLE_HEAD);
}

void flow_table_head(struct flow *flow, const struct block *block)
{
    struct lane *lanes = ARENA_ARRAY(flow->arena, struct lane, block->column_count);
    head_fill(flow, block, lanes);
    lanes_flow(flow, lanes, block->column_count, true);
}

static void row_fill(struct flow *flow, const struct block *block, size_t row, struct lane *lanes)
{
    columns_place(flow, block, lanes);
    for (size_t i = 0; i < block->column_count; i++)
        lanes[i].text = text_layout(
            flow, block->texts[row * block->column_count + i], lanes[i].width - 6, STYLE_CELL);
}

static double lanes_measure(struct lane *lanes, size_t count)
{
    double height = lanes_height(lanes, count);
    for (size_t i = 0; i < count; i++) g_object_unref(lanes[i].text);
    return height;
}

/* A head stands on no page without a row beneath it. */
static double head_room(struct flow *flow, const struct block *block, struct lane *lanes)
{
    head_fill(flow, block, lanes);
    double head = lanes_measure(lanes, block->column_count);
    if (block->count == 0) return head;
    row_fill(flow, block, 0, lanes);
    double first = lanes_measure(lanes, block->column_count);
    if (!row_is_kept(flow, first)) return head + HEADING_NEXT;
    return head + first + (block->count == 1 ? flow->follows : 0);
}

static void table_flow(struct flow *flow, const struct block *block)
{
    struct lane *lanes = ARENA_ARRAY(flow->arena, struct lane, block->column_count);
    double follows = flow->follows;
    flow->y += 2;
    sheet_need(flow, head_room(flow, block, lanes));
    flow->follows = 0;
    flow_table_head(flow, block);
    flow->head = block;
    for (size_t row = 0; row < block->count; row++) {
        row_fill(flow, block, row, lanes);
        flow->follows = row + 1 == block->count ? follows : 0;
        lanes_flow(flow, lanes, block->column_count, false);
    }
    flow->head = NULL;
    flow->y += 4;
}

/* ---- headings ---- */

/* What a heading may not be parted from. */
static double heading_next(struct flow *flow, const struct block *next)
{
    double room = HEADING_NEXT;
    if (next && next->kind == BLOCK_TABLE) {
        double table = head_room(flow, next, ARENA_ARRAY(flow->arena, struct lane, next->column_count));
        if (table > room) room = table;
    }
    return room + flow->follows;
}

static void heading_flow(struct flow *flow, const struct block *block)
{
    enum style style = block->level == 0 ? STYLE_HEADING : STYLE_INNER;
    double width = flow->right - flow->left;
    PangoLayout *number = block->number && block->number[0]
                              ? text_layout(flow, arena_printf(flow->arena, "%s.", block->number), 0, style)
                              : NULL;
    double indent = number ? layout_width(number) + 5 : 0;
    PangoLayout *words = label_layout(flow, &block->label, width - indent - 6, style);
    double height = layout_height(words) + (block->level == 0 ? 4 : 2);
    flow->y += block->level == 0 ? 6 : 3;
    sheet_need(flow, height + heading_next(flow, block->next));
    if (flow->cr && block->level == 0) {
        flow_ink(flow, INK_SHADE);
        cairo_rectangle(flow->cr, flow->left, flow->y, width, height);
        cairo_fill(flow->cr);
    }
    flow_ink(flow, INK_TEXT);
    if (number) layout_put(flow, number, flow->left + 3, flow->y + height / 2 - layout_height(number) / 2);
    layout_put(flow, words, flow->left + 3 + indent, flow->y + (block->level == 0 ? 2 : 1));
    flow->y += height;
}

/* ---- signatures ---- */

static double sign_height(struct flow *flow, const struct block_cell *sign, double width)
{
    PangoLayout *name = text_layout(flow, sign->text, width, STYLE_CELL);
    PangoLayout *label = label_layout(flow, &sign->label, width, STYLE_LABEL);
    double height = SIGN_ROOM + layout_height(label) + (sign->blank ? 0 : layout_height(name));
    g_object_unref(name);
    g_object_unref(label);
    return height;
}

static void sign_draw(struct flow *flow, const struct block_cell *sign, double x, double width)
{
    double y = flow->y + SIGN_ROOM;
    flow_ink(flow, INK_TEXT);
    flow_rule(flow, x, y - 3, x + width * 0.8, y - 3, 0.5);
    if (!sign->blank) y += layout_put(flow, text_layout(flow, sign->text, width, STYLE_CELL), x, y);
    flow_ink(flow, INK_LABEL);
    layout_put(flow, label_layout(flow, &sign->label, width, STYLE_LABEL), x, y);
}

static size_t signs_across(const struct block *block)
{
    return block->count < 3 ? 2 : 3;
}

static double signs_width(const struct flow *flow, const struct block *block)
{
    double across = (double)signs_across(block);
    return (flow->right - flow->left - SIGN_GAP * (across - 1)) / across;
}

/* Of the row of signatures that begins with the one at `first`; how many stand in it. */
static double signs_height(struct flow *flow, const struct block *block, size_t first, size_t *ret_count)
{
    size_t across = signs_across(block), n = block->count - first < across ? block->count - first : across;
    double height = 0;
    for (size_t i = 0; i < n; i++) {
        double one = sign_height(flow, &block->cells[first + i], signs_width(flow, block));
        if (one > height) height = one;
    }
    *ret_count = n;
    return height + 4;
}

static void signs_flow(struct flow *flow, const struct block *block)
{
    double width = signs_width(flow, block);
    for (size_t first = 0, n; first < block->count; first += n) {
        double height = signs_height(flow, block, first, &n);
        sheet_need(flow, height);
        /* One alone stands at the right, where an officer signs. */
        size_t place = n == 1 ? signs_across(block) - 1 : 0;
        for (size_t i = 0; i < n; i++)
            sign_draw(
                flow, &block->cells[first + i], flow->left + (width + SIGN_GAP) * (double)(place + i), width);
        flow->y += height;
    }
}

/* Nobody signs on a page where nothing stands: the first signatures go with the end of what is before them, a
 * sentence in both languages whole, and that with its heading. 0: no signatures come. */
static double signs_after(struct flow *flow, const struct block *block)
{
    const struct block *next = block->next;
    double between = 0;
    if (!next || block->kind == BLOCK_SIGNS) return 0;
    if (block->kind == BLOCK_HEADING && next->kind != BLOCK_SIGNS) return signs_after(flow, next);
    if (block->kind == BLOCK_TEXT && next->kind == BLOCK_TEXT) {
        double after = signs_after(flow, next);
        return after > 0 ? after + SENTENCE_NEXT : 0;
    }
    if (next->kind == BLOCK_HEADING && next->next) {
        between = HEADING_ROOM;
        next = next->next;
    }
    size_t n;
    return next->kind == BLOCK_SIGNS ? between + signs_height(flow, next, 0, &n) : 0;
}

static void lines_flow(struct flow *flow, const struct block *block)
{
    for (size_t i = 0; i < block->count; i++) {
        sheet_need(flow, LINE_ROOM);
        flow->y += LINE_ROOM;
        flow_ink(flow, INK_RULE);
        flow_rule(flow, flow->left, flow->y, flow->right, flow->y, 0.5);
    }
    flow->y += 4;
}

/* A label of its own: its code is that of the thing it is stuck on. */
static void label_begin(struct flow *flow, const struct block *block)
{
    if (flow->page > 0) sheet_end(flow);
    code_free(flow->own);
    flow->own = block->text ? code_make(block->text) : NULL;
    sheet_begin(flow);
}

void flow_blocks(struct flow *flow, const struct blocks *blocks)
{
    static void (*const kinds[])(struct flow * flow, const struct block *block) = {
        [BLOCK_HEADING] = heading_flow,
        [BLOCK_CELLS] = cells_flow,
        [BLOCK_TEXT] = text_flow,
        [BLOCK_TABLE] = table_flow,
        [BLOCK_SIGNS] = signs_flow,
        [BLOCK_LINES] = lines_flow,
        [BLOCK_PAGE] = label_begin};
    bool labels = blocks->first && blocks->first->kind == BLOCK_PAGE;
    if (!labels) sheet_begin(flow);
    for (const struct block *block = blocks->first; block; block = block->next) {
        flow->follows = signs_after(flow, block);
        kinds[block->kind](flow, block);
    }
    sheet_end(flow);
    code_free(flow->own);
    flow->own = NULL;
}
