/* kit/map: districts of a State shaded by a figure, and places in a district; drawn from places/outlines,
 * each with its table beside. */
#ifndef PANJI_KIT_MAP_H
#define PANJI_KIT_MAP_H

#include "kit/chart.h"

struct map_area {
    const char *lgd, *name, *address; /* address NULL: leads nowhere */
    int64_t value;
};
struct map {
    const char *title, *words; /* as of a chart */
    const char *of, *what;     /* heads of the table: what an area is, what is counted */
    const struct map_area *areas;
    size_t count;
};
/* Districts of one State; those without an area stay empty. */
void map_districts(struct page *page, const struct map *map, const char *state_lgd);

struct map_point {
    const char *name, *address;
    double latitude, longitude;
    int64_t value;
};
/* Places in one district (its LGD code): stations, where things happened. A greater figure is a greater
 * circle. */
void map_points(struct page *page, const struct map *map, const char *district_lgd,
    const struct map_point *points, size_t count);

#endif
