/* kit/map: see the header. A degree of longitude is shorter than one of latitude: the picture is narrowed by
 * the cosine of its middle latitude, as a print of it would be. */
#include "kit/map.h"

#include <math.h>
#include <string.h>

#include "access/places.h"

#define NORTH 38 /* where the outlines count from (access/places.h) */
#define WEST 68
#define GRID 100 /* of theirs to a degree */

struct box {
    int x0, y0, x1, y1;
};

static void box_add(struct box *box, const struct place_outline *outline)
{
    if (outline->x0 < box->x0) box->x0 = outline->x0;
    if (outline->y0 < box->y0) box->y0 = outline->y0;
    if (outline->x1 > box->x1) box->x1 = outline->x1;
    if (outline->y1 > box->y1) box->y1 = outline->y1;
}

/* How far the picture is narrowed. */
static double narrowing(const struct box *box)
{
    double middle = NORTH - (box->y0 + box->y1) / 2.0 / GRID;
    return cos(middle * acos(-1) / 180);
}

static void picture_begin(struct page *page, const struct map *map, const struct box *box)
{
    struct html *html = &page->html;
    struct arena *arena = page->request->arena;
    double narrow = narrowing(box);
    html_open(html, "figure", "class", "chart map", NULL);
    html_open(html, "figcaption", NULL);
    html_element(html, "h2", map->title, NULL);
    page_text(page, map->words);
    html_close(html);
    html_open(html, "div", NULL);
    html_open(html, "svg", "viewbox",
        arena_printf(arena, "%.0f %d %.0f %d", box->x0 * narrow - 3, box->y0 - 3,
            (box->x1 - box->x0) * narrow + 6, box->y1 - box->y0 + 6),
        "role", "group", "aria-label", map->title, NULL);
    html_open(html, "g", "transform", arena_printf(arena, "scale(%.3f 1)", narrow), NULL);
}

/* "1–25" for each shade that stands for something. */
static void shades_draw(struct page *page, int64_t most)
{
    struct html *html = &page->html;
    struct arena *arena = page->request->arena;
    html_open(html, "ul", "class", "legend", NULL);
    int64_t from = 0;
    for (int level = 0; level <= 4 && from <= most; level++) {
        int64_t until = most * level / 4;
        if (until < from) continue;
        html_open(html, "li", NULL);
        html_element(
            html, "span", "", "class", arena_printf(arena, "swatch h%d", level), "aria-hidden", "true", NULL);
        html_text(html, figure_text(arena, from));
        if (until > from) html_text(html, arena_printf(arena, "–%s", figure_text(arena, until)));
        html_close(html);
        from = until + 1;
    }
    html_close(html);
}

static const struct map_area *area_find(const struct map *map, const char *lgd)
{
    for (size_t i = 0; lgd && i < map->count; i++)
        if (strcmp(map->areas[i].lgd, lgd) == 0) return &map->areas[i];
    return NULL;
}

static void area_draw(
    struct page *page, const struct place_outline *outline, const struct map_area *area, int64_t most)
{
    struct html *html = &page->html;
    struct arena *arena = page->request->arena;
    const char *words =
        area ? arena_printf(arena, "%s: %s", area->name, figure_text(arena, area->value)) : NULL;
    bool leads = area && area->address;
    if (leads) html_open(html, "a", "href", area->address, "aria-label", words, NULL);
    html_open(html, "path", "d", outline->path, "class",
        area ? arena_printf(arena, "h%d", chart_level(area->value, most)) : "none", NULL);
    if (words) html_element(html, "title", words, NULL);
    html_close(html);
    if (leads) html_close(html);
}

/* The same figures, greatest first. */
static void areas_table(struct page *page, const struct map *map)
{
    struct arena *arena = page->request->arena;
    const char **labels = ARENA_ARRAY(arena, const char *, map->count + 1);
    const char **address = ARENA_ARRAY(arena, const char *, map->count + 1);
    int64_t *values = ARENA_ARRAY(arena, int64_t, map->count + 1);
    bool *taken = ARENA_ARRAY(arena, bool, map->count + 1);
    for (size_t i = 0; i < map->count; i++) {
        size_t best = map->count;
        for (size_t k = 0; k < map->count; k++)
            if (!taken[k] && (best == map->count || map->areas[k].value > map->areas[best].value)) best = k;
        taken[best] = true;
        labels[i] = map->areas[best].name;
        address[i] = map->areas[best].address;
        values[i] = map->areas[best].value;
    }
    const struct series series = {map->what, values};
    chart_table(page, &(struct chart){.title = map->title,
                          .of = map->of,
                          .labels = labels,
                          .address = address,
                          .count = map->count,
                          .series = &series,
                          .series_count = 1});
}

void map_districts(struct page *page, const struct map *map, const char *state_lgd)
{
    const struct place_outline *outlines;
    size_t count = place_outlines(state_lgd, &outlines);
    struct box box = {.x0 = 1 << 20, .y0 = 1 << 20};
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) box_add(&box, &outlines[i]);
    for (size_t i = 0; i < map->count; i++)
        if (map->areas[i].value > most) most = map->areas[i].value;
    if (count == 0) box = (struct box){0, 0, 0, 0};
    picture_begin(page, map, &box);
    for (size_t i = 0; i < count; i++) area_draw(page, &outlines[i], area_find(map, outlines[i].lgd), most);
    for (int i = 0; i < 2; i++) html_close(&page->html); /* g, svg */
    shades_draw(page, most);
    html_close(&page->html);
    areas_table(page, map);
    html_close(&page->html);
}

/* ---- places in a district ---- */

static void point_draw(
    struct page *page, const struct map_point *point, const struct box *box, double unit, int64_t most)
{
    struct html *html = &page->html;
    struct arena *arena = page->request->arena;
    double x = (point->longitude - WEST) * GRID, y = (NORTH - point->latitude) * GRID;
    double size = unit * (1 + 2 * sqrt(most > 0 ? (double)point->value / (double)most : 0));
    const char *words = arena_printf(arena, "%s: %s", point->name, figure_text(arena, point->value));
    if (x < box->x0 || x > box->x1 || y < box->y0 || y > box->y1)
        return; /* typed wrong: it is in the table */
    if (point->address) html_open(html, "a", "href", point->address, "aria-label", words, NULL);
    html_open(html, "ellipse", "cx", arena_printf(arena, "%.2f", x), "cy", arena_printf(arena, "%.2f", y),
        "rx", arena_printf(arena, "%.2f", size / narrowing(box)), "ry", arena_printf(arena, "%.2f", size),
        "class", "point", NULL);
    html_element(html, "title", words, NULL);
    html_close(html);
    if (point->address) html_close(html);
}

void map_points(struct page *page, const struct map *map, const char *district_lgd,
    const struct map_point *points, size_t count)
{
    struct arena *arena = page->request->arena;
    const struct place_outline *outline = place_outline(district_lgd);
    struct box box = {0, 0, 0, 0};
    int64_t most = 0;
    if (outline) box = (struct box){outline->x0, outline->y0, outline->x1, outline->y1};
    struct map_area *areas = ARENA_ARRAY(arena, struct map_area, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (points[i].value > most) most = points[i].value;
        areas[i] = (struct map_area){
            .lgd = "", .name = points[i].name, .address = points[i].address, .value = points[i].value};
    }
    picture_begin(page, map, &box);
    if (outline) area_draw(page, outline, NULL, 0);
    for (size_t i = 0; i < count; i++) point_draw(page, &points[i], &box, (box.y1 - box.y0) / 60.0, most);
    for (int i = 0; i < 3; i++) html_close(&page->html);
    const struct map named = {
        .title = map->title, .of = map->of, .what = map->what, .areas = areas, .count = count};
    areas_table(page, &named);
    html_close(&page->html);
}
