/* print/press: fonts, and one paper at a time. Pango keeps what it read of a font with the font map, so one
 * map serves every paper; it is nobody's but the printing thread's while the lock is held. */
#include <cairo-pdf.h>
#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "base/words.h"
#include "print/compose.h"
#include "print/flow.h"

#define WORK_BYTES_MAX ((size_t)512 << 20)
#define A4_WIDTH 595.28
#define A4_HEIGHT 841.89
#define UPRIGHT_COLUMNS_MAX 6

/* One family for every script that people are named in, so that no letter comes from a font of another kind.
 */
#define FAMILIES                                                                                             \
    "Noto Sans,Noto Sans Devanagari,Noto Sans Bengali,Noto Sans Gurmukhi,Noto Sans Gujarati,"                \
    "Noto Sans Oriya,Noto Sans Tamil,Noto Sans Telugu,Noto Sans Kannada,Noto Sans Malayalam,"                \
    "Noto Naskh Arabic,Noto Sans Symbols"

struct press {
    struct arena *arena;
    struct prints *prints;
    const struct forms *forms;
    pthread_mutex_t lock;
    PangoFontMap *fonts; /* NULL before the first paper */
    PangoFontDescription *styles[STYLE_COUNT];
};

enum err press_open(
    const char *folder, const struct forms *forms, struct problems *problems, struct press **ret_press)
{
    struct prints *prints;
    TRY(prints_load(folder, forms, problems, &prints));
    struct arena *arena = arena_new((size_t)1 << 16);
    struct press *press = ARENA_NEW(arena, struct press);
    *press = (struct press){.arena = arena, .prints = prints, .forms = forms};
    pthread_mutex_init(&press->lock, NULL);
    *ret_press = press;
    return E_OK;
}

void press_close(struct press *press)
{
    if (!press) return;
    for (size_t i = 0; i < STYLE_COUNT; i++)
        if (press->styles[i]) pango_font_description_free(press->styles[i]);
    if (press->fonts) g_object_unref(press->fonts);
    pthread_mutex_destroy(&press->lock);
    prints_free(press->prints);
    arena_free(press->arena);
}

const struct prints *press_prints(const struct press *press)
{
    return press->prints;
}

static void fonts_open(struct press *press)
{
    static const struct {
        double size;
        PangoWeight weight;
    } styles[STYLE_COUNT] = {
        [STYLE_TITLE] = {14, PANGO_WEIGHT_BOLD},
        [STYLE_UNDER] = {9, PANGO_WEIGHT_NORMAL},
        [STYLE_HEADING] = {10.5, PANGO_WEIGHT_BOLD},
        [STYLE_INNER] = {9, PANGO_WEIGHT_BOLD},
        [STYLE_LABEL] = {7, PANGO_WEIGHT_NORMAL},
        [STYLE_VALUE] = {9.5, PANGO_WEIGHT_NORMAL},
        [STYLE_HEAD] = {7.5, PANGO_WEIGHT_BOLD},
        [STYLE_CELL] = {8.5, PANGO_WEIGHT_NORMAL},
        [STYLE_SMALL] = {6.5, PANGO_WEIGHT_NORMAL},
        [STYLE_MARK] = {38, PANGO_WEIGHT_BOLD},
    };
    if (press->fonts) return;
    press->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution(
        PANGO_CAIRO_FONT_MAP(press->fonts), 72); /* sizes are points of the page */
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        press->styles[i] = pango_font_description_new();
        pango_font_description_set_family(press->styles[i], FAMILIES);
        pango_font_description_set_weight(press->styles[i], styles[i].weight);
        pango_font_description_set_size(press->styles[i], (int)(styles[i].size * PANGO_SCALE));
    }
}

/* The same lines on every machine: no hinting to a screen that is not there. */
static PangoContext *context_new(struct press *press, enum lang lang)
{
    PangoContext *context = pango_font_map_create_context(press->fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(lang == LANG_HI ? "hi" : "en"));
    return context;
}

static cairo_status_t pdf_write(void *context, const unsigned char *data, unsigned int n)
{
    struct buf *buf = context;
    buf_add(buf, data, n);
    return buf->overflow ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void codes_make(struct flow *flow)
{
    const struct print_paper *paper = flow->paper;
    const char *payload = paper->proof ? print_code_payload(flow->arena, paper->proof) : NULL;
    if (flow->label_paper) return;
    if (payload) flow->proof = code_make(payload);
    if (paper->id && paper->leaf)
        flow->further = code_make(code_page_payload(flow->arena, paper->id, paper->leaf));
}

static bool is_draft(const struct compose *compose)
{
    const struct print *print = compose->paper->print;
    return print && print->draft_unless && compose->body && !json_at(compose->body, print->draft_unless);
}

static enum err pdf_draw(struct flow *flow, const struct blocks *blocks, struct buf *ret_pdf)
{
    const struct print_paper *paper = flow->paper;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(pdf_write, ret_pdf, flow->width, flow->height);
    const char *title = paper_title(paper)->text[LANG_EN];
    if (paper->number) title = arena_printf(flow->arena, "%s %s", title, paper->number);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Panji " PANJI_VERSION);
    flow->cr = cairo_create(surface);
    flow->page_count = flow->page;
    flow->page = 0;
    flow_blocks(flow, blocks);
    cairo_destroy(flow->cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (ret_pdf->overflow) return E_FULL;
    return status == CAIRO_STATUS_SUCCESS ? E_OK : E_IO;
}

static void notes_add(struct compose *compose)
{
    for (size_t i = 0; i < compose->paper->note_count; i++) {
        struct block *block = compose_block(compose, BLOCK_TEXT);
        block->text = compose->paper->notes[i];
        block->level = 1;
    }
}

static enum err paper_print(struct press *press, const struct print_paper *paper, struct arena *work,
    struct buf *ret_pdf, int *ret_pages)
{
    struct blocks blocks = {.first = NULL};
    struct compose compose = {.forms = press->forms, .paper = paper, .arena = work, .blocks = &blocks};
    struct flow flow = {.paper = paper, .arena = work, .width = A4_WIDTH, .height = A4_HEIGHT};
    flow.label_paper = paper->print && paper->print->kind == PRINT_ENTRY && paper->print->each;
    compose_record(&compose, &paper->record);
    compose_paper(&compose);
    if (!flow.label_paper) notes_add(&compose);
    flow.draft = is_draft(&compose);
    compose_record_drop(&compose);
    if (paper->print && paper->print->width > 0) {
        flow.width = paper->print->width;
        flow.height = paper->print->height;
    }
    if (paper->table && paper->table->column_count > UPRIGHT_COLUMNS_MAX) {
        flow.width = A4_HEIGHT;
        flow.height = A4_WIDTH;
    }
    flow.context = context_new(press, paper->lang);
    memcpy(flow.fonts, press->styles, sizeof flow.fonts);
    codes_make(&flow);
    flow_blocks(&flow, &blocks);
    enum err err = pdf_draw(&flow, &blocks, ret_pdf);
    *ret_pages = flow.page_count;
    kept_drop(&flow);
    code_free(flow.proof);
    code_free(flow.further);
    g_object_unref(flow.context);
    return err;
}

enum err press_print(
    struct press *press, const struct print_paper *paper, struct buf *ret_pdf, int *ret_pages)
{
    struct arena *work = arena_new(WORK_BYTES_MAX);
    pthread_mutex_lock(&press->lock);
    fonts_open(press);
    enum err err = paper_print(press, paper, work, ret_pdf, ret_pages);
    pthread_mutex_unlock(&press->lock);
    arena_free(work);
    return err;
}
