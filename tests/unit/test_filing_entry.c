/* file_entry(): the receipt, the same id again, and that a refusal leaves nothing. What filing_check() says.
 */
#include "base/id.h"
#include "filing_world.h"

static const char *new_id(struct world *w)
{
    char id[ID_TEXT_SIZE];
    id_new(id, w->now);
    return arena_strdup(w->arena, id);
}

static void a_receipt_says_what_was_recorded(void **state)
{
    struct world *w = *state;
    const char *diary = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    int64_t size = rows_in(w, "entry"), at = w->now;
    const char *case_id = filed(w, "sho1", "fir", NULL, fir_body(w, diary));
    const struct receipt receipt = w->receipt;
    assert_string_equal(receipt.case_id, case_id);
    assert_string_equal(receipt.number, "0001/2026");
    assert_int_equal(receipt.seq, size);
    assert_int_equal(receipt.filed_at, at);
    assert_false(receipt.again);
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, case_id, &entry), E_OK);
    char leaf[2 * HASH_SIZE + 1];
    hex_encode(leaf, entry.leaf, HASH_SIZE);
    assert_string_equal(receipt.leaf, leaf);
    assert_string_equal(entry.office, "PS1");
    assert_string_equal(entry.officer, "sho1");
    assert_string_equal(entry.role, "sho");
    assert_null(entry.case_id); /* it opens the case; it is not on one */
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    assert_string_equal(w->receipt.case_id, case_id);
    assert_null(w->receipt.number);
    assert_int_equal(w->receipt.seq, size + 1);
}

static enum err file_again(struct world *w, const struct filing *filing, json_t *body)
{
    return file_exactly(w, filing, json_incref(body));
}

static void assert_same_receipt(const struct receipt *first, const struct receipt *second)
{
    assert_true(second->again);
    assert_string_equal(first->id, second->id);
    assert_string_equal(first->leaf, second->leaf);
    assert_int_equal(first->seq, second->seq);
    assert_int_equal(first->filed_at, second->filed_at);
    assert_true(first->number ? strcmp(first->number, second->number) == 0 : !second->number);
    assert_true(first->case_id ? strcmp(first->case_id, second->case_id) == 0 : !second->case_id);
}

static void the_same_id_again_answers_the_same_and_files_nothing(void **state)
{
    struct world *w = *state;
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    const struct filing filing = {.officer = "sho1", .id = new_id(w), .form = "fir", .seen_size = -1};
    assert_int_equal(file_again(w, &filing, body), E_OK);
    const struct receipt first = w->receipt;
    int64_t size = rows_in(w, "entry"), changed = rows_in(w, "checkpoint");
    w->now += TIME_DAY_MS;
    assert_int_equal(file_again(w, &filing, body), E_OK);
    assert_same_receipt(&first, &w->receipt);
    world_reopen(w, false); /* and after a restart */
    assert_int_equal(file_again(w, &filing, body), E_OK);
    assert_same_receipt(&first, &w->receipt);
    filed(w, "admin1", "posting_end", NULL, /* and when he may file nothing any more */
        body_of(w, "{'end':{'posting':'%s','to':'2026-03-02','reason':'Moved'}}",
            text_of(w, "SELECT entry FROM posting WHERE officer = 'sho1'")));
    assert_int_equal(file_again(w, &filing, body), E_OK);
    assert_same_receipt(&first, &w->receipt);
    assert_int_equal(rows_in(w, "entry"), size + 1);
    assert_int_equal(rows_in(w, "checkpoint"), changed + 1);
    json_decref(body);
}

static void spelling_does_not_make_another_paper(void **state)
{
    struct world *w = *state;
    json_t *body = diary_body(w);
    const struct filing filing = {
        .officer = "writer1", .id = new_id(w), .form = "general_diary", .seen_size = -1};
    assert_int_equal(file_again(w, &filing, body), E_OK);
    const struct receipt first = w->receipt;
    with_text(body, "diary.subject", "  Information ");
    with_text(body, "diary.late_reason", ""); /* an empty field is no field */
    assert_int_equal(file_exactly(w, &filing, body), E_OK);
    assert_same_receipt(&first, &w->receipt);
}

/* The filing of the paper with one thing changed must be refused as another paper under a used id. */
static void must_be_another(struct world *w, const struct filing *filing, json_t *body)
{
    int64_t size = rows_in(w, "entry");
    assert_int_equal(file_again(w, filing, body), E_PROBLEM);
    assert_int_equal(w->problems.count, 1);
    assert_true(told(w, "id_used", "id"));
    assert_int_equal(w->problems.list[0].status, 409);
    assert_int_equal(rows_in(w, "entry"), size);
}

static void the_same_id_with_anything_else_is_refused(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *other = case_opened(w);
    filed(w, "admin1", "posting", NULL, posting_body(w, "sho1", "PS2", "sho", "2026-01-01"));
    json_t *body = summons_body(w, named_in(w, case_id, 1));
    const struct filing filing = {.officer = "mag1",
        .id = new_id(w),
        .form = "summons",
        .case_id = case_id,
        .to_count = 1,
        .to = {"PS1"},
        .seen_size = -1};
    refused_to(
        w, "mag1", "summons", case_id, "PS1", json_incref(body), "case_unknown", "case"); /* not on it yet */
    filed_to(w, "io1", "final_report", case_id, "C1", report_body(w, "charge_sheet", "C1"));
    assert_int_equal(file_again(w, &filing, body), E_OK);
    const struct receipt first = w->receipt;

    struct filing changed = filing;
    changed.officer = "clerk1";
    must_be_another(w, &changed, body);
    changed = filing;
    changed.office = "C2";
    must_be_another(w, &changed, body);
    changed = filing;
    changed.case_id = other;
    must_be_another(w, &changed, body);
    changed.case_id = NULL;
    must_be_another(w, &changed, body);
    changed = filing;
    changed.to[0] = "PS2";
    must_be_another(w, &changed, body);
    changed = filing;
    changed.to_count = 2;
    changed.to[1] = "PS2";
    must_be_another(w, &changed, body);
    changed = filing;
    changed.to_count = 0;
    must_be_another(w, &changed, body);
    json_t *reworded = json_deep_copy(body);
    must_be_another(w, &filing, with(reworded, "summons.hide_victim", "true"));
    json_decref(reworded);
    json_t *diary = diary_body(w);
    const struct filing another_form = {
        .officer = "mag1", .id = filing.id, .form = "general_diary", .seen_size = -1};
    must_be_another(w, &another_form, diary);
    json_decref(diary);

    assert_int_equal(file_exactly(w, &filing, body), E_OK); /* and the right one still answers */
    assert_same_receipt(&first, &w->receipt);
}

static void addressees_named_by_the_body_do_not_make_another_paper(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    json_t *body = report_body(w, "charge_sheet", "C1");
    const struct filing filing = {
        .officer = "io1", .id = new_id(w), .form = "final_report", .case_id = case_id, .seen_size = -1};
    assert_int_equal(file_again(w, &filing, body), E_OK);
    struct filing with_to = filing;
    with_to.to_count = 1;
    with_to.to[0] = "C1";
    assert_int_equal(file_exactly(w, &with_to, body), E_OK);
    assert_true(w->receipt.again);
}

static void a_wrong_id_form_or_body_is_told_before_anything_is_read(void **state)
{
    struct world *w = *state;
    static const char *const ids[] = {"", "x", "018F0000-0000-7000-8000-000000000000", /* upper case */
        "018f0000-0000-4000-8000-000000000000"};                                       /* version 4 */
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const struct filing filing = {
            .officer = "sho1", .id = ids[i], .form = "general_diary", .seen_size = -1};
        assert_int_equal(file_exactly(w, &filing, diary_body(w)), E_PROBLEM);
        assert_true(told(w, "id_wrong", "id"));
    }
    refused(w, "sho1", "no_such_form", NULL, diary_body(w), "form_unknown", "form");
    refused(w, "sho1", "general_diary", NULL, with(diary_body(w), "diary.subject", NULL), "field_required",
        "diary.subject");
    refused(w, "sho1", "general_diary", NULL, with(diary_body(w), "diary.colour", "'red'"), "field_unknown",
        NULL);
    refused(w, "sho1", "general_diary", NULL,
        with_text(diary_body(w), "diary.happened_at", when(w, w->now + TIME_HOUR_MS)), "field_date_past",
        "diary.happened_at");
    json_t *body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    refused(w, "sho1", "fir", NULL, with(body, "offences.0.offence", "'BNS 9999'"), "offence_unknown",
        "offences.0.offence");
    static const char sha[] = "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'";
    json_t *paper = with(diary_body(w), "diary.files", "[]");
    json_array_append_new(json_at(paper, "diary.files"), json_stringn(sha + 1, strlen(sha) - 2));
    refused(w, "sho1", "general_diary", NULL, paper, "blob_unknown", "diary.files.0");
}

static void all_that_is_wrong_is_told_at_once(void **state)
{
    struct world *w = *state;
    json_t *body = with(fir_body(w, NULL), "complainant", NULL);
    refused(w, "sho1", "fir", NULL, with(body, "contents", NULL), "field_required", "information.diary");
    assert_true(told(w, "field_required", "complainant.who"));
    assert_true(told(w, "field_required", "contents.text"));
}

static void what_one_may_not_file_is_not_told_more_about(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    refused(w, "clerk1", "seizure", case_id, seizure_body(w), "not_allowed", "form");
    assert_int_equal(w->problems.count, 1);
}

static void a_check_says_what_filing_would_and_files_nothing(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    int64_t size = rows_in(w, "entry");
    json_t *body = case_diary_body(w);
    struct filing filing = {
        .officer = "io1", .form = "case_diary", .case_id = case_id, .body = body, .seen_size = -1};
    struct problems problems = {.arena = w->arena};
    assert_int_equal(filing_check(w->node, w->db, &filing, &problems), E_PROBLEM);
    assert_string_equal(problems.list[0].code, "not_the_io");
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    problems = (struct problems){.arena = w->arena};
    assert_int_equal(filing_check(w->node, w->db, &filing, &problems), E_OK);
    assert_int_equal(rows_in(w, "entry"), size + 1);
    filing.id = case_id; /* an id that is another paper's */
    assert_int_equal(filing_check(w->node, w->db, &filing, &problems), E_PROBLEM);
    assert_string_equal(problems.list[0].code, "id_used");
    json_decref(body);
}

static void a_clock_that_falls_back_does_not_date_back(void **state)
{
    struct world *w = *state;
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    int64_t last = w->receipt.filed_at;
    w->now -= TIME_HOUR_MS;
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_int_equal(w->receipt.filed_at, last);
    world_reopen(w, false);
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_int_equal(w->receipt.filed_at, last);
}

static void a_batch_is_durable_together_and_each_entry_whole_or_nothing(void **state)
{
    struct world *w = *state;
    int64_t size = rows_in(w, "entry"), checkpoints = rows_in(w, "checkpoint");
    assert_int_equal(filing_batch_begin(w->node), E_OK);
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_int_equal(file_try(w, "clerk1", "general_diary", NULL, diary_body(w)), E_PROBLEM);
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_string_equal(w->receipt.number, "002");
    assert_int_equal(filing_batch_end(w->node), E_OK);
    assert_int_equal(rows_in(w, "entry"), size + 2);
    assert_int_equal(rows_in(w, "checkpoint"), checkpoints + 1);
    world_reopen(w, false);
    assert_int_equal(rows_in(w, "entry"), size + 2);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_receipt_says_what_was_recorded),
        IN_WORLD(the_same_id_again_answers_the_same_and_files_nothing),
        IN_WORLD(spelling_does_not_make_another_paper),
        IN_WORLD(the_same_id_with_anything_else_is_refused),
        IN_WORLD(addressees_named_by_the_body_do_not_make_another_paper),
        IN_WORLD(a_wrong_id_form_or_body_is_told_before_anything_is_read),
        IN_WORLD(all_that_is_wrong_is_told_at_once),
        IN_WORLD(what_one_may_not_file_is_not_told_more_about),
        IN_WORLD(a_check_says_what_filing_would_and_files_nothing),
        IN_WORLD(a_clock_that_falls_back_does_not_date_back),
        IN_WORLD(a_batch_is_durable_together_and_each_entry_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
