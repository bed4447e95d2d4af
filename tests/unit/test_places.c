/* The built-in directory of States, police districts and stations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "access/places.h"

static void all_of_india_is_there(void **state)
{
    (void)state;
    const struct place_state *states;
    const struct place_district *districts;
    const struct place_station *stations;
    assert_int_equal(place_states(&states), 36);
    assert_int_equal(place_districts(&districts), 1020);
    assert_int_equal(place_stations(&stations), 17624);
    size_t territories = 0;
    for (size_t i = 0; i < 36; i++) {
        assert_true(states[i].name && states[i].name_hi);
        territories += strcmp(states[i].kind, "ut") == 0;
    }
    assert_int_equal(territories, 8);
}

static void every_station_stands_in_a_district_and_state(void **state)
{
    (void)state;
    const struct place_district *districts;
    const struct place_station *stations;
    size_t district_count = place_districts(&districts), station_count = place_stations(&stations);
    static size_t counted[2000];
    for (size_t i = 0; i < station_count; i++) {
        const struct place_district *district = place_district(stations[i].district_code);
        assert_non_null(district);
        counted[district - districts]++;
        assert_ptr_equal(place_station(stations[i].code), &stations[i]);
        assert_true(stations[i].name && stations[i].kind);
        if (stations[i].state_lgd)
            assert_non_null(place_state(stations[i].state_lgd)); /* the NIA has no State */
    }
    for (size_t i = 0; i < district_count; i++) assert_int_equal(counted[i], districts[i].station_count);
}

static void baloda_bazar_is_as_its_people_know_it(void **state)
{
    (void)state;
    const struct place_district *district = place_district("33302");
    assert_non_null(district);
    assert_string_equal(district->name, "Baloda Bazar");
    assert_string_equal(district->name_hi, "बलौदाबाजार-भाटापारा");
    assert_string_equal(place_state(district->state_lgd)->name, "Chhattisgarh");
    assert_ptr_equal(place_district_named("BALODA bazar"), district);
    assert_int_equal(district->station_count, 15);
    static const struct {
        const char *code, *name, *kind;
    } known[] = {{"33302001", "Balodabazar", "ordinary"}, {"33302002", "Bhatapara City", "ordinary"},
        {"33302006", "Kasdol", "ordinary"}, {"33302014", "Ajk Baloda Bazar", "scst"},
        {"33302015", "Bhatgaon, Balodabazar", "ordinary"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct place_station *station = place_station(known[i].code);
        assert_non_null(station);
        assert_string_equal(station->name, known[i].name);
        assert_string_equal(station->kind, known[i].kind);
        assert_string_equal(station->district_code, "33302");
    }
}

static void what_is_not_there_is_not_found(void **state)
{
    (void)state;
    assert_null(place_state("99"));
    assert_null(place_district("00000"));
    assert_null(place_district_named("Atlantis"));
    assert_null(
        place_district_named("Bilaspur")); /* one in Chhattisgarh, one in Himachal Pradesh: not unique */
    assert_null(place_station("33302099"));
    assert_null(place_station(""));
}

static void every_state_has_outlines_that_lie_in_their_boxes(void **state)
{
    (void)state;
    const struct place_state *states;
    const struct place_outline *outlines;
    size_t state_count = place_states(&states), all = 0;
    for (size_t i = 0; i < state_count; i++) {
        size_t count = place_outlines(states[i].lgd, &outlines);
        assert_true(count > 0);
        all += count;
        for (size_t k = 0; k < count; k++) {
            const struct place_outline *outline = &outlines[k];
            int x, y;
            assert_int_equal(sscanf(outline->path, "m%d %d", &x, &y), 2);
            assert_true(outline->x0 <= x && x <= outline->x1 && outline->y0 <= y && y <= outline->y1);
            assert_true(outline->x0 < outline->x1 && outline->y0 < outline->y1);
            assert_int_equal(strspn(outline->path, "0123456789- mlz"), strlen(outline->path));
        }
    }
    assert_int_equal(all, 734);
    assert_int_equal(place_outlines("99", &outlines), 0);
}

/* Baloda Bazar itself lies at 21.66 N, 82.16 E. */
static void a_district_is_where_it_is(void **state)
{
    (void)state;
    const struct place_outline *outline = place_outline(place_district("33302")->lgd);
    assert_non_null(outline);
    assert_string_equal(outline->state_lgd, "22");
    assert_true(outline->x0 < 1416 && 1416 < outline->x1 && outline->y0 < 1634 && 1634 < outline->y1);
    assert_null(place_outline("0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_india_is_there),
        cmocka_unit_test(every_station_stands_in_a_district_and_state),
        cmocka_unit_test(baloda_bazar_is_as_its_people_know_it),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(every_state_has_outlines_that_lie_in_their_boxes),
        cmocka_unit_test(a_district_is_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
