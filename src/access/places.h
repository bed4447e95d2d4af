/* access/places: the built-in directory of States, districts and police stations (places/). Read-only.
 *
 * From the Local Government Directory and the national list of stations; a station missing here is opened as
 * an office all the same. Parsed on first use, shared by all threads. */
#ifndef PANJI_ACCESS_PLACES_H
#define PANJI_ACCESS_PLACES_H

#include <stddef.h>

#include "base/problem.h"

struct place_state {
    const char *lgd, *name, *name_hi, *kind;
};
struct place_district {
    const char *code, *state_lgd, *name, *name_hi, *lgd;
    size_t station_count;
}; /* police district */
struct place_station {
    const char *code, *district_code, *state_lgd, *name, *kind;
};

size_t place_states(const struct place_state **ret);
size_t place_districts(const struct place_district **ret);
size_t place_stations(const struct place_station **ret);
const struct place_state *place_state(const char *lgd);
const struct place_district *place_district(const char *code); /* CCTNS district code */
const struct place_district *place_district_named(
    const char *name); /* English name, case ignored; NULL when not unique */
/* A district called by its English name, in the language; the name given when it is not known. */
const char *place_district_words(const char *name, enum lang lang);
const struct place_station *place_station(const char *code);

/* The outline of a revenue district: an SVG path, and the box it lies in, in hundredths of a degree east of
 * 68 E and south of 38 N. lgd is NULL where the directory has no code. */
struct place_outline {
    const char *state_lgd, *lgd, *path;
    int x0, y0, x1, y1;
};
/* Of all districts of a State; 0 when it is not known. */
size_t place_outlines(const char *state_lgd, const struct place_outline **ret);
const struct place_outline *place_outline(const char *lgd); /* NULL when there is none */

#endif
