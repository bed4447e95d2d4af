/* What missing people look like, as the view keeps it, corrections and all; and who is put against them. */
#include "filing_world.h"

static const char *missing_new(struct world *w)
{
    json_t *body = missing_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with(body, "person.who.gender", "'female'");
    with(body, "person.features",
        "{'height_from':150,'height_to':155,'marks':[{'kind':'mole','body_part':'face'}]}");
    return filed(w, "sho1", "missing_person", NULL, body);
}

static size_t described(struct world *w, const char *case_id, struct description_row *ret)
{
    struct description_row *rows;
    size_t count;
    assert_int_equal(descriptions_of_case(w->db, w->arena, case_id, &rows, &count), E_OK);
    if (count > 0) *ret = rows[0];
    return count;
}

static void what_is_told_is_kept_and_corrected(void **state)
{
    struct world *w = *state;
    struct description_row row;
    const char *case_id = missing_new(w);
    assert_int_equal(described(w, case_id, &row), 1);
    assert_string_equal(row.side, "missing");
    assert_string_equal(row.gender, "female");
    assert_int_equal(row.height_from, 150);
    assert_int_equal(row.height_to, 155);
    assert_int_equal(row.age_low, 30);
    assert_string_equal(row.marks, "mole face\n");
    assert_null(row.build);
    filed(w, "sho1", "correction", case_id, correction_body(w, case_id, "person.features.height_to", "160"));
    json_t *struck = correction_body(w, case_id, "person.features.marks.0.body_part", "");
    filed(w, "sho1", "correction", case_id, struck);
    assert_int_equal(described(w, case_id, &row), 1);
    assert_int_equal(row.height_to, 160);
    assert_null(row.marks);
}

static void nobody_of_another_sex_or_found_earlier_is_put_against_him(void **state)
{
    struct world *w = *state;
    struct description_row row, *rows;
    size_t count;
    const char *case_id = missing_new(w);
    assert_int_equal(described(w, case_id, &row), 1);
    row.side = "found"; /* as if asked from the other side */
    assert_int_equal(descriptions_against(w->db, w->arena, &row, 10, &rows, &count), E_OK);
    assert_int_equal(count, 1);
    row.gender = "male";
    assert_int_equal(descriptions_against(w->db, w->arena, &row, 10, &rows, &count), E_OK);
    assert_int_equal(count, 0);
    row.gender = NULL;
    row.at -= 2 * TIME_DAY_MS;
    assert_int_equal(descriptions_against(w->db, w->arena, &row, 10, &rows, &count), E_OK);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_told_is_kept_and_corrected, world_begin, world_end),
        cmocka_unit_test_setup_teardown(
            nobody_of_another_sex_or_found_earlier_is_put_against_him, world_begin, world_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
