/* print/sheet: what stands on every page: whose paper it is, which entry, when, which page of how many, and
 * the code that proves it. */
#include <math.h>
#include <string.h>

#include "base/words.h"
#include "law/law.h"
#include "print/declare.h"
#include "print/flow.h"

#define MARGIN 36.0
#define MARGIN_LABEL 8.0
#define CODE_LARGE 112.0 /* points: 40 mm, one square is at least a third of a millimetre */
#define CODE_SMALL 40.0
#define CODE_LABEL 74.0
#define FOOT 46.0

/* Squares of a row that touch are one rectangle: no seams, and a third of the size. */
static void code_draw(struct flow *flow, const struct code *code, double x, double y, double size)
{
    if (!flow->cr || !code) return;
    int width = code_width(code);
    double one = size / (width + 4); /* two squares of white border; the paper around is white too */
    flow_ink(flow, INK_TEXT);
    for (int row = 0; row < width; row++) {
        for (int from = 0, to; from < width; from = to + 1) {
            while (from < width && !code_dark(code, from, row)) from++;
            for (to = from; to < width && code_dark(code, to, row);) to++;
            if (to > from)
                cairo_rectangle(flow->cr, x + one * (from + 2), y + one * (row + 2), one * (to - from), one);
        }
    }
    cairo_fill(flow->cr);
}

/* Lines in the middle of the width they were laid out for. */
static double centred(struct flow *flow, PangoLayout *layout, double left, double y)
{
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    return layout_put(flow, layout, left, y);
}

static double right_put(struct flow *flow, PangoLayout *layout, double right, double y)
{
    return layout_put(flow, layout, right - layout_width(layout), y);
}

/* Words across the page in light grey, under the text: a paper that must not pass for a real one. */
static void mark_draw(struct flow *flow, const struct label *label, double down)
{
    if (!flow->cr) return;
    cairo_save(flow->cr);
    cairo_translate(flow->cr, flow->width / 2, flow->height / 2 + down);
    cairo_rotate(flow->cr, -M_PI / 5);
    flow_ink(flow, INK_MARK);
    PangoLayout *layout = text_layout(flow, label_join(flow, label, "\n"), 0, STYLE_MARK);
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    cairo_move_to(flow->cr, -layout_width(layout) / 2, -layout_height(layout) / 2);
    pango_cairo_layout_path(
        flow->cr, layout); /* shapes, no text: who copies the page's text must not get it */
    cairo_fill(flow->cr);
    g_object_unref(layout);
    cairo_restore(flow->cr);
}

static struct label words_label(const char *key)
{
    return (struct label){{word(LANG_EN, key), word(LANG_HI, key)}};
}

const struct label *paper_title(const struct print_paper *paper)
{
    if (paper->table) return &paper->table->title;
    return paper->print ? print_label(paper->print) : &paper->record.form->label;
}

/* "No. 0012/2026   FIR 0012/2026   Recorded 22 Nov 2026, 14:30", as far as the paper has them. */
static const char *facts_line(struct flow *flow, bool station)
{
    const struct print_paper *paper = flow->paper;
    enum lang lang = paper->lang;
    struct buf line;
    buf_init(&line, flow->arena, 4000);
    if (station && paper->station.text[lang]) buf_printf(&line, "%s · ", paper->station.text[lang]);
    if (paper->number) buf_printf(&line, "%s %s · ", word(lang, "print_number"), paper->number);
    if (paper->case_words) buf_printf(&line, "%s · ", paper->case_words);
    if (paper->period.text[lang]) buf_printf(&line, "%s · ", paper->period.text[lang]);
    if (paper->filed) buf_printf(&line, "%s %s · ", word(lang, "print_filed"), paper->filed);
    const char *dot = " · ";
    if (line.len >= strlen(dot)) line.data[line.len - strlen(dot)] = '\0';
    return line.data;
}

static const char *under_words(struct flow *flow)
{
    const struct print_paper *paper = flow->paper;
    const struct label *under = print_under(paper->print);
    if (under) return label_join(flow, under, "\n");
    const char *law = paper->record.form ? paper->record.form->law : NULL;
    return law ? law_citation(flow->arena, law, paper->lang) : "";
}

/* Station, title, section of law and numbers, the large code beside them. */
static void first_head(struct flow *flow)
{
    const struct print_paper *paper = flow->paper;
    double y = MARGIN - 8, left = flow->left, right = flow->right;
    if (flow->proof) {
        code_draw(flow, flow->proof, flow->right - CODE_LARGE, y, CODE_LARGE);
        right -= CODE_LARGE + 8;
    }
    double width = right - left;
    flow_ink(flow, INK_TEXT);
    y += centred(flow, label_layout(flow, &paper->station, width, STYLE_HEADING), left, y);
    y += centred(
             flow, text_layout(flow, label_join(flow, &paper->above, "  ·  "), width, STYLE_CELL), left, y) +
         4;
    y += centred(flow, label_layout(flow, paper_title(paper), width, STYLE_TITLE), left, y);
    const char *under = under_words(flow);
    if (under[0]) y += centred(flow, text_layout(flow, under, width, STYLE_CELL), left, y);
    y += 3 + centred(flow, text_layout(flow, facts_line(flow, false), width, STYLE_INNER), left, y + 3);
    if (flow->proof && y < MARGIN - 8 + CODE_LARGE) y = MARGIN - 8 + CODE_LARGE;
    flow_ink(flow, INK_TEXT);
    flow_rule(flow, left, y + 2, flow->right, y + 2, 1);
    flow->top = y + 6;
}

static void further_head(struct flow *flow)
{
    double y = MARGIN - 10, width = flow->right - flow->left;
    flow_ink(flow, INK_LABEL);
    struct buf line;
    buf_init(&line, flow->arena, 8000);
    buf_printf(&line, "%s · %s", label_join(flow, paper_title(flow->paper), " / "), facts_line(flow, true));
    y += layout_put(flow, text_layout(flow, line.data, width, STYLE_CELL), flow->left, y);
    flow_rule(flow, flow->left, y + 1, flow->right, y + 1, 0.7);
    flow->top = y + 6;
}

/* Page x of y is known only when the paper was measured. */
static const char *page_words(struct flow *flow)
{
    const char *pattern = word(flow->paper->lang, "print_page");
    struct buf text;
    buf_init(&text, flow->arena, 200);
    for (const char *at = pattern; *at; at++) {
        if (strncmp(at, "{page}", 6) == 0 || strncmp(at, "{last}", 6) == 0) {
            buf_put_int(&text, at[1] == 'p' ? flow->page : flow->page_count);
            at += 5;
        } else {
            buf_putc(&text, *at);
        }
    }
    return text.data;
}

/* In words what the mark across the page says. */
static const char *marks_words(struct flow *flow)
{
    const struct label practice = words_label("print_practice");
    enum lang lang = flow->paper->lang;
    const char *first = flow->paper->practice ? practice.text[lang] : "";
    const char *second = flow->draft ? print_draft(flow->paper->print)->text[lang] : "";
    return arena_printf(flow->arena, "%s%s%s", first, first[0] && second[0] ? " · " : "", second);
}

static void foot_draw(struct flow *flow)
{
    const struct print_paper *paper = flow->paper;
    enum lang lang = paper->lang;
    double y = flow->height - MARGIN - FOOT + 18, right = flow->right;
    const struct code *code = flow->page > 1 ? flow->further : NULL;
    flow_ink(flow, INK_RULE);
    flow_rule(flow, flow->left, y, flow->right, y, 0.5);
    y += 2;
    if (code) {
        code_draw(flow, code, flow->right - CODE_SMALL, y, CODE_SMALL);
        right -= CODE_SMALL + 6;
    }
    flow_ink(flow, INK_TEXT);
    PangoLayout *pages = text_layout(flow, page_words(flow), 0, STYLE_INNER);
    double pages_width = layout_width(pages);
    PangoLayout *marks = text_layout(flow, marks_words(flow), 0, STYLE_SMALL);
    if (layout_width(marks) > pages_width) pages_width = layout_width(marks);
    double width = right - flow->left - pages_width - 10;
    right_put(flow, marks, right, y + right_put(flow, pages, right, y));
    flow_ink(flow, INK_LABEL);
    y += layout_put(flow, text_layout(flow, facts_line(flow, true), width, STYLE_SMALL), flow->left, y);
    if (paper->id)
        y += layout_put(flow,
            text_layout(flow,
                arena_printf(flow->arena, "%s %s  %s", word(lang, "print_entry"), paper->id,
                    paper->leaf ? paper->leaf : ""),
                width, STYLE_SMALL),
            flow->left, y);
    layout_put(flow,
        text_layout(flow,
            arena_printf(flow->arena, "%s %s · %s · %s %s", word(lang, "print_printed"), paper->printed_at,
                paper->printed_by, word(lang, "print_copy"), paper->copy),
            width, STYLE_SMALL),
        flow->left, y);
}

static void label_page(struct flow *flow)
{
    double y = MARGIN_LABEL;
    flow->right = flow->width - MARGIN_LABEL;
    if (flow->own) {
        flow->right -= CODE_LABEL + 4;
        code_draw(flow, flow->own, flow->right + 4, y, CODE_LABEL);
    }
    flow_ink(flow, INK_TEXT);
    double width = flow->right - flow->left;
    const char *of = flow->paper->case_words ? flow->paper->case_words : facts_line(flow, false);
    y += layout_put(flow, label_layout(flow, &flow->paper->station, width, STYLE_INNER), flow->left, y);
    y += layout_put(flow, text_layout(flow, of, width, STYLE_HEADING), flow->left, y);
    flow->top = y + 3;
    flow->bottom = flow->height - MARGIN_LABEL;
    if (!flow->paper->practice) return;
    struct label practice = words_label("print_practice"); /* too small a page for a mark across it */
    PangoLayout *mark = label_layout(flow, &practice, flow->width - 2 * MARGIN_LABEL, STYLE_INNER);
    flow->bottom -= layout_height(mark);
    layout_put(flow, mark, flow->left, flow->bottom);
    flow->bottom -= 2;
}

void sheet_begin(struct flow *flow)
{
    flow->page++;
    double margin = flow->label_paper ? MARGIN_LABEL : MARGIN;
    flow->left = margin;
    flow->right = flow->width - margin;
    flow->bottom = flow->height - margin - FOOT + 12;
    struct label practice = words_label("print_practice");
    if (flow->paper->practice && !flow->label_paper) mark_draw(flow, &practice, flow->draft ? -150 : 0);
    if (flow->draft) mark_draw(flow, print_draft(flow->paper->print), 100);
    if (flow->label_paper)
        label_page(flow);
    else if (flow->page == 1)
        first_head(flow);
    else
        further_head(flow);
    flow->y = flow->top;
    if (flow->head) flow_table_head(flow, flow->head);
    flow->fresh = flow->y;
}

void sheet_end(struct flow *flow)
{
    if (!flow->cr) return;
    if (!flow->label_paper) foot_draw(flow);
    cairo_show_page(flow->cr);
}

void sheet_break(struct flow *flow)
{
    sheet_end(flow);
    sheet_begin(flow);
}

bool sheet_need(struct flow *flow, double height)
{
    if (flow->y + height <= flow->bottom || flow->y <= flow->fresh) return false;
    sheet_break(flow);
    return true;
}
