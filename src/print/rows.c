/* print/rows: texts side by side, over as many pages as they need. A short row moves to the next page whole,
 * a long one is broken between its lines. */
#include "print/flow.h"

#define PAD_X 3.0
#define PAD_Y 2.0
#define KEEP_PART 0.25      /* of the page: a row lower than this is not broken */
#define LINES_ROOM_MIN 30.0 /* less room than this is left empty */

static double lane_height(const struct lane *lane)
{
    double label = lane->label ? layout_height(lane->label) : 0;
    return label + (lane->dots ? 16 : layout_height(lane->text)) + 2 * PAD_Y;
}

static double line_height(PangoLayoutIter *at)
{
    int top, bottom;
    pango_layout_iter_get_line_yrange(at, &top, &bottom);
    return (double)(bottom - top) / PANGO_SCALE;
}

/* Draws lines until the room is used; returns how much was. An empty page takes at least one line, so that
 * the flow always ends. */
static double lane_lines(struct flow *flow, struct lane *lane, double y, double room)
{
    double used = 0;
    flow_ink(flow, INK_TEXT);
    while (!lane->done) {
        double height = line_height(lane->at);
        bool fresh = used == 0 && flow->y <= flow->fresh;
        if (used + height > room && !fresh) break;
        if (flow->cr) {
            int top, bottom;
            pango_layout_iter_get_line_yrange(lane->at, &top, &bottom);
            double baseline = (double)(pango_layout_iter_get_baseline(lane->at) - top) / PANGO_SCALE;
            PangoRectangle box;
            pango_layout_iter_get_line_extents(lane->at, NULL, &box);
            cairo_move_to(flow->cr, lane->x + PAD_X + (double)box.x / PANGO_SCALE, y + used + baseline);
            pango_cairo_show_layout_line(flow->cr, pango_layout_iter_get_line_readonly(lane->at));
        }
        used += height;
        lane->done = !pango_layout_iter_next_line(lane->at);
    }
    return used;
}

static double lane_part(struct flow *flow, struct lane *lane, double room)
{
    double y = flow->y + PAD_Y, label = 0;
    if (lane->label) {
        flow_ink(flow, INK_LABEL);
        label = layout_put(flow, lane->label, lane->x + PAD_X, y);
        lane->label = NULL;
    }
    if (!lane->dots) return label + lane_lines(flow, lane, y + label, room - label) + 2 * PAD_Y;
    lane->done = true;
    flow_ink(flow, INK_RULE);
    flow_rule(flow, lane->x + PAD_X, y + label + 14, lane->x + lane->width - PAD_X, y + label + 14, 0.5);
    return label + 16 + 2 * PAD_Y;
}

static void frames_draw(struct flow *flow, const struct lane *lanes, size_t count, double height)
{
    if (!flow->cr) return;
    flow_ink(flow, INK_RULE);
    cairo_set_line_width(flow->cr, 0.4);
    for (size_t i = 0; i < count; i++) cairo_rectangle(flow->cr, lanes[i].x, flow->y, lanes[i].width, height);
    cairo_stroke(flow->cr);
}

static void shade_draw(struct flow *flow, const struct lane *lanes, size_t count, double height)
{
    if (!flow->cr) return;
    flow_ink(flow, INK_SHADE);
    for (size_t i = 0; i < count; i++) cairo_rectangle(flow->cr, lanes[i].x, flow->y, lanes[i].width, height);
    cairo_fill(flow->cr);
}

/* How high the lines still to come are. */
static double lanes_rest(const struct lane *lanes, size_t count)
{
    double highest = 0;
    for (size_t i = 0; i < count; i++) {
        if (lanes[i].dots || lanes[i].done) continue;
        PangoLayoutIter *at = pango_layout_iter_copy(lanes[i].at);
        double height = lanes[i].label ? layout_height(lanes[i].label) : 0;
        do height += line_height(at);
        while (pango_layout_iter_next_line(at));
        pango_layout_iter_free(at);
        if (height > highest) highest = height;
    }
    return highest;
}

/* The room a row may use on this page: the last lines go on to the next one with what follows them. */
static double lanes_room(const struct flow *flow, const struct lane *lanes, size_t count)
{
    double room = flow->bottom - flow->y - 2 * PAD_Y, less = room - flow->follows;
    if (flow->follows <= 0 || (less < LINES_ROOM_MIN && flow->y <= flow->fresh)) return room;
    double rest = lanes_rest(lanes, count);
    return rest <= room && rest > less ? less : room;
}

/* One page's share; true when everything stands on paper. */
static bool lanes_part(struct flow *flow, struct lane *lanes, size_t count)
{
    double room = lanes_room(flow, lanes, count), height = 0;
    bool done = true;
    if (room < LINES_ROOM_MIN && flow->follows > 0 && flow->y > flow->fresh) return false;
    for (size_t i = 0; i < count; i++) {
        double used = lane_part(flow, &lanes[i], room);
        if (used > height) height = used;
        done = done && lanes[i].done;
    }
    frames_draw(flow, lanes, count, height);
    flow->y += height;
    return done;
}

bool row_is_kept(const struct flow *flow, double height)
{
    return height <= (flow->bottom - flow->top) * KEEP_PART;
}

double lanes_height(const struct lane *lanes, size_t count)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        double one = lane_height(&lanes[i]);
        if (one > height) height = one;
    }
    return height;
}

void lanes_flow(struct flow *flow, struct lane *lanes, size_t count, bool shaded)
{
    double height = lanes_height(lanes, count);
    for (size_t i = 0; i < count; i++)
        if (!lanes[i].dots) lanes[i].at = pango_layout_get_iter(lanes[i].text);
    if (row_is_kept(flow, height))
        sheet_need(flow, height + flow->follows);
    else
        sheet_need(flow, LINES_ROOM_MIN + 2 * PAD_Y + (lanes[0].label ? layout_height(lanes[0].label) : 0));
    if (shaded) shade_draw(flow, lanes, count, height);
    while (!lanes_part(flow, lanes, count)) sheet_break(flow);
    for (size_t i = 0; i < count; i++) {
        if (lanes[i].at) pango_layout_iter_free(lanes[i].at);
        if (lanes[i].text) g_object_unref(lanes[i].text);
    }
}
