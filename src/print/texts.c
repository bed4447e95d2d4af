/* print/texts: text made ready by Pango. */
#include <math.h>
#include <string.h>

#include "base/words.h"
#include "print/flow.h"

#define KEEP_FROM_BYTES 1500
#define KEPT_BYTES_MAX ((size_t)256 << 10)
#define MEASURED_BYTES_MAX 240 /* longer texts need the whole width anyway */

/* The other of the two languages on a paper. */
static enum lang lang_other(enum lang lang)
{
    return lang == LANG_HI ? LANG_EN : LANG_HI;
}

static void attribute_add(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

/* A masked value is white words on black: it can be read that something is withheld, and nothing else. */
static const char *bars_write(struct flow *flow, const char *text, PangoAttrList *list)
{
    struct buf out;
    buf_init(&out, flow->arena, PRINT_BYTES_MAX);
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, BAR_TEXT);
        buf_add(&out, at, n);
        at += n;
        if (*at != BAR) break;
        size_t from = out.len;
        buf_printf(&out, "\u00a0\u00a0%s\u00a0\u00a0", word(flow->paper->lang, "print_withheld"));
        attribute_add(list, pango_attr_background_new(0, 0, 0), from, out.len);
        attribute_add(list, pango_attr_foreground_new(65535, 65535, 65535), from, out.len);
        at++;
    }
    return out.data;
}

static PangoLayout *layout_new(struct flow *flow, double width, enum style style)
{
    PangoLayout *layout = pango_layout_new(flow->context);
    pango_layout_set_font_description(layout, flow->fonts[style]);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
    return layout;
}

static PangoLayout *kept_find(struct flow *flow, const char *text, double width, enum style style)
{
    for (size_t i = 0; i < flow->kept_count; i++) {
        const struct kept *kept = &flow->kept[i];
        if (kept->text == text && kept->width == (int)(width * PANGO_SCALE) && kept->style == style)
            return g_object_ref(kept->layout);
    }
    return NULL;
}

static void kept_add(
    struct flow *flow, const char *text, size_t n, double width, enum style style, PangoLayout *layout)
{
    if (n < KEEP_FROM_BYTES || flow->kept_count == KEPT_MAX || flow->kept_bytes + n > KEPT_BYTES_MAX) return;
    flow->kept_bytes += n;
    flow->kept[flow->kept_count++] =
        (struct kept){text, (int)(width * PANGO_SCALE), style, g_object_ref(layout)};
}

void kept_drop(struct flow *flow)
{
    for (size_t i = 0; i < flow->kept_count; i++) g_object_unref(flow->kept[i].layout);
    flow->kept_count = 0;
}

PangoLayout *text_layout(struct flow *flow, const char *text, double width, enum style style)
{
    PangoLayout *layout = kept_find(flow, text, width, style);
    if (layout) return layout;
    layout = layout_new(flow, width, style);
    if (strchr(text, BAR)) {
        PangoAttrList *list = pango_attr_list_new();
        pango_layout_set_text(layout, bars_write(flow, text, list), -1);
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    } else {
        pango_layout_set_text(layout, text, -1);
    }
    kept_add(flow, text, strlen(text), width, style, layout);
    return layout;
}

const char *label_join(struct flow *flow, const struct label *label, const char *between)
{
    enum lang lang = flow->paper->lang;
    const char *first = label->text[lang], *second = label->text[lang_other(lang)];
    if (!first || !second) return "";
    if (!second[0] || strcmp(first, second) == 0) return first;
    return arena_printf(flow->arena, "%s%s%s", first, between, second);
}

/* The reader's language as the style says, the other one lighter. */
PangoLayout *label_layout(struct flow *flow, const struct label *label, double width, enum style style)
{
    const char *first = label->text[flow->paper->lang];
    const char *whole = label_join(flow, label, "  ");
    PangoLayout *layout = layout_new(flow, width, style);
    pango_layout_set_text(layout, whole, -1);
    size_t from = first ? strlen(first) : 0, to = strlen(whole);
    if (from < to) {
        PangoAttrList *list = pango_attr_list_new();
        attribute_add(list, pango_attr_weight_new(PANGO_WEIGHT_NORMAL), from, to);
        attribute_add(
            list, pango_attr_scale_new(style == STYLE_LABEL || style == STYLE_HEAD ? 0.95 : 0.82), from, to);
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    }
    return layout;
}

double layout_height(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double layout_width(PangoLayout *layout)
{
    int width;
    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

void layout_draw(struct flow *flow, PangoLayout *layout, double x, double y)
{
    if (!flow->cr) return;
    cairo_move_to(flow->cr, x, y);
    pango_cairo_show_layout(flow->cr, layout);
}

double layout_put(struct flow *flow, PangoLayout *layout, double x, double y)
{
    layout_draw(flow, layout, x, y);
    double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

double text_width(struct flow *flow, const char *text, enum style style)
{
    if (strlen(text) > MEASURED_BYTES_MAX || strchr(text, '\n')) return HUGE_VAL;
    PangoLayout *layout = text_layout(flow, text, 0, style);
    double width = layout_width(layout);
    g_object_unref(layout);
    return width;
}

void flow_ink(struct flow *flow, enum ink ink)
{
    static const double greys[] = {
        [INK_TEXT] = 0, [INK_LABEL] = 0.25, [INK_RULE] = 0.6, [INK_SHADE] = 0.92, [INK_MARK] = 0.92};
    if (flow->cr) cairo_set_source_rgb(flow->cr, greys[ink], greys[ink], greys[ink]);
}

void flow_rule(struct flow *flow, double x1, double y1, double x2, double y2, double width)
{
    if (!flow->cr) return;
    cairo_set_line_width(flow->cr, width);
    cairo_move_to(flow->cr, x1, y1);
    cairo_line_to(flow->cr, x2, y2);
    cairo_stroke(flow->cr);
}
