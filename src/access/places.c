/* access/places: reads the tables of places/ when they are first asked for. Districts and States are small;
 * the stations (17,624) are read only when somebody looks for one, so that an idle node does not carry them.
 * The tables are sorted by code in the files; a file that is not ends the program, as the build made it. */
#include "access/places.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/builtin.h"
#include "base/csv.h"

#define ROW_BYTES_MAX ((size_t)64 * 1024)
#define KEPT_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define KIND_ORDINARY "ordinary"

/* The tables, filled once and kept for the life of the process; each with the arena its strings live in. */
static struct {
    pthread_once_t states_once, districts_once, stations_once;
    struct place_state *states;
    struct place_district *districts;
    struct place_station *stations;
    size_t state_count, district_count, station_count;
    struct arena *state_arena, *district_arena, *station_arena;
} places = {.states_once = PTHREAD_ONCE_INIT,
    .districts_once = PTHREAD_ONCE_INIT,
    .stations_once = PTHREAD_ONCE_INIT};

static _Noreturn void places_fail(const char *path, int row, const char *why)
{
    fprintf(stderr, "panji: %s:%d: %s\n", path, row, why);
    abort();
}

/* One file being read row by row: the row's fields live in `rows` and are gone with the next. */
struct reading {
    const char *path;
    size_t column_count;
    struct arena *rows, *kept;
    struct csv csv;
    size_t rows_max; /* lines in the file */
};

static void reading_open(struct reading *reading, const char *path, size_t column_count)
{
    const struct builtin *file = builtin_find(path);
    if (!file) places_fail(path, 0, "the file is not built in");
    *reading = (struct reading){.path = path,
        .column_count = column_count,
        .rows = arena_new(ROW_BYTES_MAX),
        .kept = arena_new(KEPT_BYTES_MAX)};
    csv_init(&reading->csv, reading->rows, file->data, file->len);
    for (const char *at = file->data; (at = strchr(at, '\n')) != NULL; at++) reading->rows_max++;
    if (!csv_next(&reading->csv)) places_fail(path, 1, "the file is empty");
}

static bool reading_next(struct reading *reading)
{
    arena_reset(reading->rows);
    if (!csv_next(&reading->csv)) {
        arena_free(reading->rows);
        return false;
    }
    if (reading->csv.fault || reading->csv.field_count != reading->column_count)
        places_fail(reading->path, reading->csv.row, "not a row of the table");
    return true;
}

static const char *keep(struct reading *reading, size_t column)
{
    const char *text = reading->csv.fields[column];
    return *text ? arena_strdup(reading->kept, text) : NULL;
}

static void states_read(void)
{
    struct reading reading;
    reading_open(&reading, "places/states.csv", 4);
    places.state_arena = reading.kept;
    places.states = ARENA_ARRAY(reading.kept, struct place_state, reading.rows_max);
    while (reading_next(&reading))
        places.states[places.state_count++] = (struct place_state){.lgd = keep(&reading, 0),
            .name = keep(&reading, 1),
            .name_hi = keep(&reading, 2),
            .kind = keep(&reading, 3)};
}

static void check_order(const struct reading *reading, const char *before, const char *code)
{
    if (strcmp(before, code) >= 0) places_fail(reading->path, reading->csv.row, "the codes are not in order");
}

static void districts_read(void)
{
    struct reading reading;
    reading_open(&reading, "places/districts.csv", 6);
    places.district_arena = reading.kept;
    places.districts = ARENA_ARRAY(reading.kept, struct place_district, reading.rows_max);
    while (reading_next(&reading)) {
        struct place_district *district = &places.districts[places.district_count++];
        *district = (struct place_district){.code = keep(&reading, 0),
            .state_lgd = keep(&reading, 1),
            .name = keep(&reading, 2),
            .name_hi = keep(&reading, 3),
            .lgd = keep(&reading, 4),
            .station_count = strtoul(reading.csv.fields[5], NULL, 10)};
        if (places.district_count > 1) check_order(&reading, district[-1].code, district->code);
    }
}

/* Kinds are few: one string each. */
static const char *station_kind(const struct reading *reading, const char *typed)
{
    static const char *const kinds[] = {"women", "traffic", "railway", "special", "cyber", "scst", "coastal"};
    if (!*typed) return KIND_ORDINARY;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], typed) == 0) return kinds[i];
    places_fail(reading->path, reading->csv.row, "no such kind of station");
}

/* The district a row names, or the one its code begins with. Rows of one district stand together. */
static const struct place_district *station_district(
    const struct reading *reading, const struct place_district *last)
{
    const char *typed = reading->csv.fields[3], *code = reading->csv.fields[0];
    char district[16];
    size_t n = strlen(code);
    if (n < 4 || n - 3 >= sizeof district) places_fail(reading->path, reading->csv.row, "not a station code");
    snprintf(district, sizeof district, "%.*s", (int)(n - 3), code);
    if (*typed) snprintf(district, sizeof district, "%s", typed);
    if (last && strcmp(last->code, district) == 0) return last;
    const struct place_district *found = place_district(district);
    if (!found) places_fail(reading->path, reading->csv.row, "the district is not in places/districts.csv");
    return found;
}

static void stations_read(void)
{
    struct reading reading;
    reading_open(&reading, "places/stations.csv", 4);
    places.station_arena = reading.kept;
    places.stations = ARENA_ARRAY(reading.kept, struct place_station, reading.rows_max);
    const struct place_district *district = NULL;
    while (reading_next(&reading)) {
        district = station_district(&reading, district);
        struct place_station *station = &places.stations[places.station_count++];
        *station = (struct place_station){.code = keep(&reading, 0),
            .name = keep(&reading, 1),
            .kind = station_kind(&reading, reading.csv.fields[2]),
            .district_code = district->code,
            .state_lgd = district->state_lgd};
        if (places.station_count > 1) check_order(&reading, station[-1].code, station->code);
    }
}

size_t place_states(const struct place_state **ret)
{
    pthread_once(&places.states_once, states_read);
    *ret = places.states;
    return places.state_count;
}

size_t place_districts(const struct place_district **ret)
{
    pthread_once(&places.districts_once, districts_read);
    *ret = places.districts;
    return places.district_count;
}

size_t place_stations(const struct place_station **ret)
{
    pthread_once(&places.stations_once, stations_read);
    *ret = places.stations;
    return places.station_count;
}

const struct place_state *place_state(const char *lgd)
{
    const struct place_state *states;
    size_t count = place_states(&states);
    for (size_t i = 0; i < count; i++)
        if (strcmp(states[i].lgd, lgd) == 0) return &states[i];
    return NULL;
}

static int district_compare(const void *code, const void *district)
{
    return strcmp(code, ((const struct place_district *)district)->code);
}

const struct place_district *place_district(const char *code)
{
    const struct place_district *districts;
    size_t count = place_districts(&districts);
    return bsearch(code, districts, count, sizeof *districts, district_compare);
}

const struct place_district *place_district_named(const char *name)
{
    const struct place_district *districts, *found = NULL;
    size_t count = place_districts(&districts);
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(districts[i].name, name) != 0) continue;
        if (found) return NULL;
        found = &districts[i];
    }
    return found;
}

const char *place_district_words(const char *name, enum lang lang)
{
    const struct place_district *named = lang == LANG_HI ? place_district_named(name) : NULL;
    return named && named->name_hi && named->name_hi[0] ? named->name_hi : name;
}

static int station_compare(const void *code, const void *station)
{
    return strcmp(code, ((const struct place_station *)station)->code);
}

const struct place_station *place_station(const char *code)
{
    const struct place_station *stations;
    size_t count = place_stations(&stations);
    return bsearch(code, stations, count, sizeof *stations, station_compare);
}
