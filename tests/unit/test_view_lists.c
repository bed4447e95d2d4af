/* Lists of cases and entries: what the viewer may see, page by page, and numbers however they are typed. */
#include "filing_world.h"

static const char *numbers_listed(
    struct world *w, const struct viewer *viewer, const struct case_filter *filter)
{
    struct case_filter whole = *filter;
    if (!whole.limit) whole.limit = 50;
    struct case_row *rows;
    size_t count;
    bool more;
    assert_int_equal(case_list(w->db, w->arena, viewer, &whole, &rows, &count, &more), E_OK);
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = arena_printf(w->arena, "%s%s%s", list, i ? " " : "", rows[i].number);
    return more ? arena_printf(w->arena, "%s …", list) : list;
}

static const struct viewer sho1 = {"sho1", "PS1", "ps", "police", "sho"},
                           sho2 = {"sho2", "PS2", "ps", "police", "sho"},
                           sp1 = {"sp1", "D1", "district", "police", "sp"},
                           clerk1 = {"clerk1", "C1", "court", "court", "court_clerk"},
                           admin1 = {"admin1", "D1", "district", "police", "administrator"},
                           hq = {"x", "HQ", "state_hq", "police", "sp"};

static void a_list_shows_what_the_viewer_may_see_and_no_more(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    case_opened(w);
    filed(w, "sho2", "fir", NULL, fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w))));
    const struct case_filter all = {0};
    assert_string_equal(numbers_listed(w, &sho1, &all), "0002/2026 0001/2026"); /* newest first */
    assert_string_equal(numbers_listed(w, &sho2, &all), "0001/2026");
    assert_string_equal(numbers_listed(w, &sp1, &all), "0001/2026 0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &hq, &all), "0001/2026 0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &admin1, &all), "");
    assert_string_equal(numbers_listed(w, &clerk1, &all), "");
    report_filed(w, case_id, "charge_sheet");
    assert_string_equal(numbers_listed(w, &clerk1, &all), "0001/2026"); /* it came to the court */
    const struct case_filter ps1 = {.office = "PS1"}, d1 = {.office = "D1"}, lab = {.office = "LAB"};
    assert_string_equal(numbers_listed(w, &sp1, &ps1), "0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &sp1, &d1), "0001/2026 0002/2026 0001/2026");
    assert_string_equal(numbers_listed(w, &sp1, &lab), "");
    assert_string_equal(numbers_listed(w, &sho2, &ps1), "");
}

static void a_high_court_sees_the_cases_of_the_courts_below_it(void **state)
{
    struct world *w = *state;
    world_office(w, "HC", "court", NULL);
    world_office(w, "C3", "court", "HC");
    const char *case_id = case_with_io(w);
    filed(w, "io1", "final_report", case_id, report_body(w, "charge_sheet", "C3"));
    const struct viewer judge = {"j", "HC", "court", "court", "sessions_judge"};
    assert_string_equal(numbers_listed(w, &judge, &(struct case_filter){0}), "0001/2026");
}

static void a_list_goes_on_where_it_stopped(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 5; i++) case_opened(w);
    struct case_filter filter = {.limit = 2};
    assert_string_equal(numbers_listed(w, &sho1, &filter), "0005/2026 0004/2026 …");
    filter.after = number_of(w, "SELECT opened_seq FROM case_file WHERE number = '0004/2026'");
    assert_string_equal(numbers_listed(w, &sho1, &filter), "0003/2026 0002/2026 …");
    filter.after = number_of(w, "SELECT opened_seq FROM case_file WHERE number = '0002/2026'");
    assert_string_equal(numbers_listed(w, &sho1, &filter), "0001/2026");
    filter.after = number_of(w, "SELECT opened_seq FROM case_file WHERE number = '0001/2026'");
    assert_string_equal(numbers_listed(w, &sho1, &filter), "");
}

static void a_list_is_narrowed(void **state)
{
    struct world *w = *state;
    const char *first = case_with_io(w);
    int64_t between = w->now;
    case_opened(w);
    report_filed(w, first, "charge_sheet");
    assert_string_equal(
        numbers_listed(w, &sho1, &(struct case_filter){.stage = "report_filed"}), "0001/2026");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.io = "io1"}), "0001/2026");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.kind = "ncr"}), "");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.from = between}), "0002/2026");
    assert_string_equal(numbers_listed(w, &sho1, &(struct case_filter){.to = between}), "0001/2026");
}

static void a_number_is_found_however_it_is_typed(void **state)
{
    struct world *w = *state;
    assert_int_equal(
        db_do(w->db, "INSERT INTO series(series, office, period, last) VALUES ('fir', 'PS1', '2026', 11)"),
        E_OK);
    const char *case_id = case_with_io(w); /* 0012/2026 */
    report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    json_t *zero = with(fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w))),
        "registration.kind", "'zero'");
    filed(w, "sho1", "fir", NULL, with(zero, "registration.zero_place", "'Elsewhere'")); /* 0/0001/2026 */
    case_opened(w);                                                                      /* 0013/2026 */
    w->now = at_ist(2027, 2, 1, 10, 0);
    assert_int_equal(
        db_do(w->db, "INSERT INTO series(series, office, period, last) VALUES ('fir', 'PS1', '2027', 11)"),
        E_OK);
    case_opened(w); /* 0012/2027 */
    filed(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/12/2019"));
    static const struct {
        const char *typed, *found;
    } searches[] = {
        {"12", "0012/2027 0012/2026"},
        {"0012", "0012/2027 0012/2026"},
        {"12/2026", "0012/2026"},
        {"0012/2026", "0012/2026"},
        {"1", "0/0001/2026"},
        {"0/1", "0/0001/2026"},
        {"0/0001/2026", "0/0001/2026"},
        {"1/2026", "0/0001/2026"},
        {"2", ""},
        {"120", ""},
        {"12/2025", ""},
        {"CGBB010000012026", "0012/2026"},
        {"33302006/12/2019", "33302006/12/2019"},
        {"", ""},
        {"%", ""},
    };
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        const char *found = numbers_listed(w, &sho1, &(struct case_filter){.number = searches[i].typed});
        if (strcmp(found, searches[i].found) != 0)
            fail_msg("\"%s\" finds \"%s\", not \"%s\"", searches[i].typed, found, searches[i].found);
    }
}

static void entries_are_listed_by_case_and_by_register(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    filed(w, "io1", "seizure", case_id, seizure_body(w));
    struct entry_row *rows;
    size_t count;
    bool more;
    struct entry_filter of_case = {.case_id = case_id, .after = -1, .limit = 2};
    assert_int_equal(entry_list(w->db, w->arena, &of_case, &rows, &count, &more), E_OK);
    assert_int_equal(count, 2);
    assert_true(more);
    assert_string_equal(rows[0].form, "fir"); /* oldest first, the one that opened it too */
    assert_string_equal(rows[0].number, "0001/2026");
    of_case.after = rows[1].seq;
    assert_int_equal(entry_list(w->db, w->arena, &of_case, &rows, &count, &more), E_OK);
    assert_int_equal(count, 1);
    assert_false(more);
    assert_string_equal(rows[0].form, "seizure");
    assert_int_equal(rows[0].corrected_by, -1);
    filed(w, "io1", "correction", case_id, correction_body(w, rows[0].id, "seizure.grounds", "Better words"));
    assert_int_equal(entry_list(w->db, w->arena, &of_case, &rows, &count, &more), E_OK);
    assert_int_equal(rows[0].corrected_by, w->receipt.seq);
    static const char *const diary[] = {"general_diary"};
    struct entry_filter diaries = {
        .office = "PS1", .forms = diary, .form_count = 1, .after = -1, .limit = 10};
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_int_equal(entry_list(w->db, w->arena, &diaries, &rows, &count, &more), E_OK);
    assert_int_equal(count, 2);
    assert_true(rows[0].seq > rows[1].seq); /* a register newest first */
    assert_string_equal(rows[0].number, "002");
    diaries.officer = "sho2";
    assert_int_equal(entry_list(w->db, w->arena, &diaries, &rows, &count, &more), E_OK);
    assert_int_equal(count, 0);
}

static void an_opened_field_is_open_for_who_opened_it(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    filed(w, "writer1", "confidential_opening", NULL,
        body_of(w,
            "{'opening':{'entry':'%s','path':'complainant.who','purpose':'investigation','reason':'To "
            "call him'}}",
            case_id));
    const char **paths;
    assert_int_equal(opened_paths(w->db, w->arena, case_id, "writer1", &paths), 1);
    assert_string_equal(paths[0], "complainant.who");
    assert_int_equal(opened_paths(w->db, w->arena, case_id, "sho1", &paths), 0);
    refused(w, "sho2", "confidential_opening", NULL,
        body_of(w,
            "{'opening':{'entry':'%s','path':'complainant.who','purpose':'investigation','reason':'To "
            "call him'}}",
            case_id),
        "entry_unknown", "opening.entry");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_list_shows_what_the_viewer_may_see_and_no_more),
        IN_WORLD(a_high_court_sees_the_cases_of_the_courts_below_it),
        IN_WORLD(a_list_goes_on_where_it_stopped),
        IN_WORLD(a_list_is_narrowed),
        IN_WORLD(a_number_is_found_however_it_is_typed),
        IN_WORLD(entries_are_listed_by_case_and_by_register),
        IN_WORLD(an_opened_field_is_open_for_who_opened_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
