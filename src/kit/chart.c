/* kit/chart: see the header. Lengths are in units of the picture, which is as wide as its place on the page.
 */
#include "kit/chart.h"

#include <string.h>

#include "kit/table.h"

#define WIDTH 480
#define HEIGHT 240
#define LEFT 44   /* room for figures of the axis */
#define BOTTOM 28 /* room for labels */
#define TOP 10
#define BAR 40 /* a label and its bar */
#define TICKS 4
#define LABELS_MAX 12

const char *figure_text(struct arena *arena, int64_t figure)
{
    char digits[24], out[40];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)figure), at = 0;
    for (int i = 0; i < n; i++) {
        int left = n - i;
        if (i > 0 && digits[i - 1] != '-' && (left == 3 || (left > 3 && left % 2 == 1))) out[at++] = ',';
        out[at++] = digits[i];
    }
    return arena_strndup(arena, out, (size_t)at);
}

int chart_level(int64_t value, int64_t most)
{
    if (value <= 0 || most <= 0) return 0;
    int64_t level = (value * 4 + most - 1) / most;
    return level > 4 ? 4 : (int)level;
}

static const char *int_text(struct page *page, int64_t number)
{
    return arena_printf(page->request->arena, "%lld", (long long)number);
}

static int64_t greatest(const struct chart *chart, bool stacked)
{
    int64_t most = 0;
    for (size_t i = 0; i < chart->count; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < chart->series_count; k++) {
            int64_t value = chart->series[k].values[i];
            sum = stacked ? sum + value : value;
            if (sum > most) most = sum;
        }
    }
    return most;
}

/* The end of the axis: 1, 2 or 5 and noughts, four of which reach over the greatest. */
static int64_t axis_step(int64_t most)
{
    int64_t step = 1;
    for (int i = 0; step * TICKS < most; i++) step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    return step;
}

/* ---- what surrounds a picture ---- */

static void figure_begin(struct page *page, const struct chart *chart)
{
    html_open(&page->html, "figure", "class", "chart", NULL);
    html_open(&page->html, "figcaption", NULL);
    html_element(&page->html, "h2", chart->title, NULL);
    page_text(page, chart->words);
    html_close(&page->html);
}

static void legend_draw(struct page *page, const struct chart *chart)
{
    struct html *html = &page->html;
    if (chart->series_count < 2) return;
    html_open(html, "ul", "class", "legend", NULL);
    for (size_t i = 0; i < chart->series_count; i++) {
        html_open(html, "li", NULL);
        html_element(html, "span", "", "class", arena_printf(page->request->arena, "swatch s%zu", i + 1),
            "aria-hidden", "true", NULL);
        html_text(html, chart->series[i].name);
        html_close(html);
    }
    html_close(html);
}

static void picture_begin(struct page *page, const struct chart *chart, int64_t height)
{
    struct html *html = &page->html;
    html_open(html, "div", NULL);
    legend_draw(page, chart);
    html_open(html, "svg", "viewbox",
        arena_printf(page->request->arena, "0 0 %d %lld", WIDTH, (long long)height), "role", "img",
        "aria-label", chart->title, NULL);
    html_element(html, "title", chart->title, NULL);
    if (chart->words) html_element(html, "desc", chart->words, NULL);
}

static void figure_end(struct page *page, const struct chart *chart)
{
    html_close(&page->html); /* svg */
    html_close(&page->html);
    chart_table(page, chart);
    html_close(&page->html);
}

void chart_table(struct page *page, const struct chart *chart)
{
    struct arena *arena = page->request->arena;
    struct column columns[CHART_SERIES_MAX + 2] = {{.key = "of", .text = chart->of}};
    for (size_t k = 0; k < chart->series_count; k++)
        columns[k + 1] = (struct column){.key = "of", .text = chart->series[k].name, .figure = true};
    struct table table = {.page = page, .title = chart->title, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < chart->count; i++) {
        table_row_begin(&table);
        if (chart->address && chart->address[i])
            table_cell_link(&table, chart->address[i], chart->labels[i]);
        else
            table_cell(&table, chart->labels[i]);
        for (size_t k = 0; k < chart->series_count; k++)
            table_cell(&table, figure_text(arena, chart->series[k].values[i]));
        table_row_end(&table);
    }
    table_end(&table);
}

static void text_draw(
    struct page *page, const char *text, int64_t x, int64_t y, const char *anchor, const char *class)
{
    html_element(&page->html, "text", text, "x", int_text(page, x), "y", int_text(page, y), "text-anchor",
        anchor, "class", class, NULL);
}

static void box_draw(
    struct page *page, int64_t x, int64_t y, int64_t width, int64_t height, const char *class)
{
    html_element(&page->html, "rect", NULL, "x", int_text(page, x), "y", int_text(page, y), "width",
        int_text(page, width), "height", int_text(page, height), "class", class, NULL);
}

/* ---- bars ---- */

void chart_bars(struct page *page, const struct chart *chart)
{
    int64_t most = greatest(chart, false);
    figure_begin(page, chart);
    picture_begin(page, chart, (int64_t)chart->count * BAR);
    for (size_t i = 0; i < chart->count; i++) {
        int64_t value = chart->series[0].values[i], y = (int64_t)i * BAR;
        int64_t width = most > 0 ? value * (WIDTH - 70) / most : 0;
        text_draw(page, chart->labels[i], 0, y + 15, NULL, NULL);
        box_draw(page, 0, y + 20, width > 0 ? width : 1, 14, "s1");
        text_draw(page, figure_text(page->request->arena, value), width + 6, y + 32, NULL, "value");
    }
    figure_end(page, chart);
}

/* ---- axes ---- */

static int64_t y_of(int64_t value, int64_t end)
{
    return HEIGHT - BOTTOM - value * (HEIGHT - BOTTOM - TOP) / end;
}

/* The middle of the place of label i. */
static int64_t x_of(const struct chart *chart, size_t i)
{
    return LEFT + ((int64_t)i * 2 + 1) * (WIDTH - LEFT) / (2 * (int64_t)chart->count);
}

static void axes_draw(struct page *page, const struct chart *chart, int64_t step)
{
    struct html *html = &page->html;
    for (int64_t tick = 0; tick <= TICKS; tick++) {
        const char *y = int_text(page, y_of(tick * step, TICKS * step));
        html_element(html, "line", NULL, "x1", int_text(page, LEFT), "x2", int_text(page, WIDTH), "y1", y,
            "y2", y, "class", tick == 0 ? "axis" : "grid", NULL);
        text_draw(page, figure_text(page->request->arena, tick * step), LEFT - 6,
            y_of(tick * step, TICKS * step) + 4, "end", "dim");
    }
    size_t every = (chart->count + LABELS_MAX - 1) / LABELS_MAX;
    for (size_t i = 0; i < chart->count; i += every)
        text_draw(page, chart->labels[i], x_of(chart, i), HEIGHT - 8, "middle", "dim");
}

/* ---- lines ---- */

static void points_put(struct buf *points, const struct chart *chart, const int64_t *values, int64_t end)
{
    for (size_t i = 0; i < chart->count; i++)
        buf_printf(points, "%s%lld,%lld", i > 0 ? " " : "", (long long)x_of(chart, i),
            (long long)y_of(values[i], end));
}

void chart_lines(struct page *page, const struct chart *chart)
{
    struct arena *arena = page->request->arena;
    int64_t step = axis_step(greatest(chart, false));
    figure_begin(page, chart);
    picture_begin(page, chart, HEIGHT);
    axes_draw(page, chart, step);
    for (size_t k = 0; k < chart->series_count; k++) {
        const int64_t *values = chart->series[k].values;
        struct buf points;
        buf_init(&points, arena, 64 << 10);
        points_put(&points, chart, values, TICKS * step);
        html_element(&page->html, "polyline", NULL, "points", points.data, "class",
            arena_printf(arena, "line s%zu", k + 1), NULL);
        for (size_t i = 0; i < chart->count; i++)
            html_element(&page->html, "circle", NULL, "cx", int_text(page, x_of(chart, i)), "cy",
                int_text(page, y_of(values[i], TICKS * step)), "r", "3", "class",
                arena_printf(arena, "s%zu", k + 1), NULL);
    }
    figure_end(page, chart);
}

/* ---- stacked ---- */

void chart_stacked(struct page *page, const struct chart *chart)
{
    int64_t step = axis_step(greatest(chart, true)), end = TICKS * step;
    int64_t width = (WIDTH - LEFT) * 2 / (3 * (int64_t)(chart->count > 0 ? chart->count : 1));
    figure_begin(page, chart);
    picture_begin(page, chart, HEIGHT);
    axes_draw(page, chart, step);
    for (size_t i = 0; i < chart->count; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < chart->series_count; k++) {
            int64_t below = y_of(sum, end);
            sum += chart->series[k].values[i];
            int64_t above = y_of(sum, end);
            if (below > above)
                box_draw(page, x_of(chart, i) - width / 2, above, width, below - above,
                    arena_printf(page->request->arena, "part s%zu", k + 1));
        }
    }
    figure_end(page, chart);
}

/* ---- a grid of shades ---- */

void chart_grid(struct page *page, const struct chart *chart)
{
    struct html *html = &page->html;
    struct arena *arena = page->request->arena;
    int64_t most = greatest(chart, false);
    figure_begin(page, chart);
    html_open(
        html, "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", chart->title, NULL);
    html_open(html, "table", "class", "heat", NULL);
    html_element(html, "caption", chart->title, "class", "off", NULL);
    html_open(html, "thead", NULL);
    html_open(html, "tr", NULL);
    html_element(html, "td", "", NULL);
    for (size_t i = 0; i < chart->count; i++)
        html_element(html, "th", chart->labels[i], "scope", "col", NULL);
    html_close(html);
    html_close(html);
    html_open(html, "tbody", NULL);
    for (size_t k = 0; k < chart->series_count; k++) {
        html_open(html, "tr", NULL);
        html_element(html, "th", chart->series[k].name, "scope", "row", NULL);
        for (size_t i = 0; i < chart->count; i++) {
            int64_t value = chart->series[k].values[i];
            html_element(html, "td", figure_text(arena, value), "class",
                arena_printf(arena, "h%d", chart_level(value, most)), NULL);
        }
        html_close(html);
    }
    for (int i = 0; i < 4; i++) html_close(html); /* tbody, table, region, figure */
}

/* ---- in a line of text ---- */

void chart_spark(struct page *page, const char *words, const int64_t *values, size_t count)
{
    int64_t most = 1;
    for (size_t i = 0; i < count; i++)
        if (values[i] > most) most = values[i];
    struct buf points;
    buf_init(&points, page->request->arena, 64 << 10);
    for (size_t i = 0; i < count; i++)
        buf_printf(&points, "%s%lld,%lld", i > 0 ? " " : "",
            (long long)(2 + (int64_t)i * 96 / (count > 1 ? (int64_t)count - 1 : 1)),
            (long long)(18 - values[i] * 16 / most));
    html_open(&page->html, "svg", "viewbox", "0 0 100 20", "class", "spark", "role", "img", "aria-label",
        words, NULL);
    html_element(&page->html, "title", words, NULL);
    html_element(&page->html, "polyline", NULL, "points", points.data, "class", "line s1", NULL);
    html_close(&page->html);
}
