/* Decisions on two persons as the view keeps them: what stands, what was undone, and the same tables from a
 * rebuild. */
#include "filing_world.h"

static json_t *link_body(struct world *w, const char *first, const char *second, const char *decision)
{
    return body_of(w,
        "{'link':{'first':'%s','second':'%s','decision':'%s','reason':'The same finger prints'}}", first,
        second, decision);
}

static const char *undo(struct world *w, const char *decision)
{
    return filed(w, "sho1", "person_link_end", NULL,
        body_of(w, "{'end':{'decision':'%s','reason':'The prints were of another'}}", decision));
}

static const char *accused_new(struct world *w)
{
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with(body, "accused", "[{'who':{'name':'Ramu Yadav'}}]");
    return named_in(w, filed(w, "sho1", "fir", NULL, body), 2);
}

static void a_decision_stands_in_either_order_until_it_is_undone(void **state)
{
    struct world *w = *state;
    const char *a = accused_new(w), *b = accused_new(w);
    assert_int_equal(person_link_of(w->db, a, b), LINK_OPEN);
    const char *decision = filed(w, "sho1", "person_link", NULL, link_body(w, b, a, "same"));
    assert_int_equal(person_link_of(w->db, a, b), LINK_SAME);
    assert_int_equal(person_link_of(w->db, b, a), LINK_SAME);
    assert_true(person_link_stands(w->db, decision));
    undo(w, decision);
    assert_int_equal(person_link_of(w->db, a, b), LINK_OPEN);
    assert_false(person_link_stands(w->db, decision));
    filed(w, "sho1", "person_link", NULL, link_body(w, a, b, "not_same"));
    assert_int_equal(person_link_of(w->db, b, a), LINK_NOT_SAME);
}

static void all_decisions_on_a_person_are_told_with_who_and_when(void **state)
{
    struct world *w = *state;
    const char *a = accused_new(w), *b = accused_new(w), *c = accused_new(w);
    const char *first = filed(w, "sho1", "person_link", NULL, link_body(w, a, b, "same"));
    filed(w, "io1", "person_link", NULL, link_body(w, c, a, "not_same"));
    struct person_link *links;
    size_t count;
    assert_int_equal(person_links(w->db, w->arena, a, &links, &count), E_OK);
    assert_int_equal(count, 2);
    assert_string_equal(links[0].entry, first);
    assert_string_equal(links[0].officer, "sho1");
    assert_string_equal(links[0].office, "PS1");
    assert_true(links[0].same);
    assert_string_equal(links[1].officer, "io1");
    assert_false(links[1].same);
    assert_true(links[0].filed_at < links[1].filed_at);
    assert_int_equal(person_links(w->db, w->arena, b, &links, &count), E_OK);
    assert_int_equal(count, 1);
}

static void a_correction_reaches_the_reason_and_nothing_else(void **state)
{
    struct world *w = *state;
    const char *a = accused_new(w), *b = accused_new(w), *c = accused_new(w);
    const char *decision = filed(w, "sho1", "person_link", NULL, link_body(w, a, b, "same"));
    json_t *said = correction_body(w, decision, "link.reason", "The same scar and father");
    filed(w, "sho1", "correction", NULL, said);
    assert_int_equal(
        file_try(w, "sho1", "correction", NULL, correction_body(w, decision, "link.decision", "not_same")),
        E_PROBLEM);
    assert_int_equal(
        file_try(w, "sho1", "correction", NULL, correction_body(w, decision, "link.second", c)), E_PROBLEM);
    assert_int_equal(person_link_of(w->db, a, b), LINK_SAME);
    assert_int_equal(person_link_of(w->db, a, c), LINK_OPEN);
}

static void a_rebuild_and_a_proof_come_to_the_same(void **state)
{
    struct world *w = *state;
    const char *a = accused_new(w), *b = accused_new(w), *c = accused_new(w);
    undo(w, filed(w, "sho1", "person_link", NULL, link_body(w, a, b, "same")));
    filed(w, "sho1", "person_link", NULL, link_body(w, a, c, "same"));
    filed(w, "sho1", "person_link", NULL, link_body(w, b, c, "not_same"));
    world_close(w);
    struct verify_report report;
    assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_decision_stands_in_either_order_until_it_is_undone, world_begin, world_end),
        cmocka_unit_test_setup_teardown(
            all_decisions_on_a_person_are_told_with_who_and_when, world_begin, world_end),
        cmocka_unit_test_setup_teardown(
            a_correction_reaches_the_reason_and_nothing_else, world_begin, world_end),
        cmocka_unit_test_setup_teardown(a_rebuild_and_a_proof_come_to_the_same, world_begin, world_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
