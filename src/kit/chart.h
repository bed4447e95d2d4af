/* kit/chart: figures as pictures, drawn here as SVG, each with the same figures as a table beside it. What a
 * picture shows is told in words, series differ by more than colour, and a chart works in light and dark, on
 * paper and without script. */
#ifndef PANJI_KIT_CHART_H
#define PANJI_KIT_CHART_H

#include "kit/page.h"

#define CHART_SERIES_MAX 6

struct series {
    const char *name;
    const int64_t *values; /* as many as the chart has labels; none negative */
};
struct chart {
    const char *title;
    const char *words;          /* what the chart says, in a sentence; NULL: the title is enough */
    const char *of;             /* what the labels are: "Month", heads the first column of the table */
    const char *const *labels;  /* along the axis */
    const char *const *address; /* where each label leads; NULL: nowhere */
    size_t count;
    const struct series *series;
    size_t series_count;
};

/* One series, a bar a label: things of different names. */
void chart_bars(struct page *page, const struct chart *chart);
/* A line a series: times. */
void chart_lines(struct page *page, const struct chart *chart);
/* A column a label, the series on top of one another: parts of a whole. */
void chart_stacked(struct page *page, const struct chart *chart);
/* Shades by amount, a row a series and a column a label; the table is the picture. */
void chart_grid(struct page *page, const struct chart *chart);
/* The run of figures in the height of a line of text; `words` says it: "12 to 19 in six months". */
void chart_spark(struct page *page, const char *words, const int64_t *values, size_t count);

/* 1234567 as "12,34,567". */
const char *figure_text(struct arena *arena, int64_t figure);

/* ---- for kit/map ---- */

/* The level 0-4 of a value when the greatest is `most`; only nothing is 0. */
int chart_level(int64_t value, int64_t most);
void chart_table(struct page *page, const struct chart *chart);

#endif
