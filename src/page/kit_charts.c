/* page/kit_charts: charts and maps of invented figures, as the living page shows them. */
#include <string.h>

#include "access/places.h"
#include "kit/chart.h"
#include "kit/map.h"
#include "page/kit.h"

#define LABELS_MAX 12
#define SAMPLE_STATE "22"
#define SAMPLE_DISTRICT "644"

/* Words of one message, split at blanks. */
static size_t labels_read(struct page *page, const char *key, const char **ret_labels)
{
    size_t count = 0;
    for (const char *at = page_word(page, key); *at && count < LABELS_MAX; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        ret_labels[count++] = arena_strndup(page->request->arena, at, n);
        at += n;
    }
    return count;
}

static void times_draw(struct page *page)
{
    static const int64_t opened[] = {12, 15, 14, 17, 18, 19}, closed[] = {9, 11, 13, 18, 20, 22},
                         pending[] = {31, 35, 36, 35, 33, 30};
    const char *months[LABELS_MAX];
    size_t count = labels_read(page, "kit_months", months);
    const struct series series[] = {{page_word(page, "kit_opened"), opened},
        {page_word(page, "kit_closed"), closed}, {page_word(page, "kit_pending"), pending}};
    struct chart chart = {.title = page_word(page, "kit_charts_lines"),
        .words = page_word(page, "kit_charts_lines_words"),
        .of = page_word(page, "kit_month"),
        .labels = months,
        .count = count,
        .series = series,
        .series_count = 2};
    chart_lines(page, &chart);
    chart.title = page_word(page, "kit_charts_stacked");
    chart.words = NULL;
    chart.series_count = 3;
    chart_stacked(page, &chart);
    html_open(&page->html, "p", NULL);
    html_text(&page->html, page_word(page, "kit_charts_spark"));
    html_text(&page->html, " ");
    chart_spark(page, page_word(page, "kit_charts_spark"), opened, count);
    html_close(&page->html);
}

static void kinds_draw(struct page *page)
{
    static const int64_t cases[] = {1284, 760, 512, 398, 246}, north[] = {4, 9, 2, 0, 17},
                         south[] = {1, 3, 21, 5, 12};
    const char *kinds[LABELS_MAX];
    size_t count = labels_read(page, "kit_offences", kinds);
    const struct series one = {page_word(page, "cases"), cases};
    struct chart chart = {.title = page_word(page, "kit_charts_bars"),
        .words = page_word(page, "kit_charts_bars_words"),
        .of = page_word(page, "kind"),
        .labels = kinds,
        .count = count,
        .series = &one,
        .series_count = 1};
    chart_bars(page, &chart);
    const struct series two[] = {
        {page_word(page, "kit_area_north"), north}, {page_word(page, "kit_area_south"), south}};
    chart.title = page_word(page, "kit_charts_grid");
    chart.words = NULL;
    chart.series = two;
    chart.series_count = 2;
    chart_grid(page, &chart);
}

static void maps_draw(struct page *page)
{
    struct request *request = page->request;
    const struct place_district *districts;
    size_t count = place_districts(&districts), area_count = 0;
    struct map_area *areas = ARENA_ARRAY(request->arena, struct map_area, count);
    for (size_t i = 0; i < count; i++) {
        if (!districts[i].lgd || !districts[i].state_lgd || strcmp(districts[i].state_lgd, SAMPLE_STATE) != 0)
            continue;
        areas[area_count] = (struct map_area){.lgd = districts[i].lgd,
            .name =
                request->lang == LANG_HI && districts[i].name_hi ? districts[i].name_hi : districts[i].name,
            .value = (int64_t)(area_count * 37 % 100)};
        area_count++;
    }
    struct map map = {.title = page_word(page, "kit_charts_map"),
        .of = page_word(page, "kit_district"),
        .what = page_word(page, "cases"),
        .areas = areas,
        .count = area_count};
    map_districts(page, &map, SAMPLE_STATE);
    const struct map_point points[] = {
        {page_word(page, "kit_area_north"), "/kit?part=lists", 21.72, 82.1, 40},
        {page_word(page, "kit_station"), NULL, 21.5, 82.35, 12}};
    map.title = page_word(page, "kit_charts_points");
    map.of = page_word(page, "office");
    map_points(page, &map, SAMPLE_DISTRICT, points, 2);
}

void kit_charts_draw(struct page *page)
{
    kinds_draw(page);
    times_draw(page);
    maps_draw(page);
}
