/* What is owed next and to whom, what closes it; and papers between offices with the four times of each. */
#include "filing_world.h"

/* "form>wanted" of the open tasks of a case, oldest first. */
static const char *owed_on(struct world *w, const char *case_id)
{
    struct rows *rows = db_query(w->db,
        "SELECT form, trim(wanted), office, role, officer FROM task WHERE case_id = $1 AND closed_seq IS NULL"
        " ORDER BY seq, place",
        V(case_id));
    const char *list = "";
    while (db_next(rows))
        list = arena_printf(w->arena, "%s%s at %s%s%s%s%s\n", list, row_text(rows, 1), row_text(rows, 2),
            row_null(rows, 3) ? "" : " for ", row_null(rows, 3) ? "" : row_text(rows, 3),
            row_null(rows, 4) ? "" : " ", row_null(rows, 4) ? "" : row_text(rows, 4));
    return list;
}

static bool is_owed(struct world *w, const char *case_id, const char *line)
{
    return strstr(owed_on(w, case_id), arena_printf(w->arena, "%s\n", line)) != NULL;
}

static void must_owe(struct world *w, const char *case_id, const char *line)
{
    if (!is_owed(w, case_id, line)) fail_msg("\"%s\" is not owed, but\n%s", line, owed_on(w, case_id));
}

static void must_not_owe(struct world *w, const char *case_id, const char *line)
{
    if (is_owed(w, case_id, line)) fail_msg("\"%s\" is owed", line);
}

static void tasks_follow_the_investigating_officer(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    must_owe(w, case_id, "io_assignment at PS1 for sho");
    must_owe(w, case_id, "final_report at PS1 for io");
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    must_not_owe(w, case_id, "io_assignment at PS1 for sho");
    must_owe(w, case_id, "final_report at PS1 for io io1");
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io2"));
    must_owe(w, case_id, "final_report at PS1 for io io2");
    must_not_owe(w, case_id, "final_report at PS1 for io io1");
    filed(w, "io2", "seizure", case_id, seizure_body(w));
    must_owe(w, case_id, "malkhana_deposit at PS1 for malkhana_moharrir");
    filed(w, "io2", "final_report", case_id, report_body(w, "charge_sheet", "C1"));
    must_not_owe(w, case_id, "final_report at PS1 for io io2");
    must_owe(w, case_id, "court_acceptance report_defect at C1");
}

static void what_a_station_owes_may_be_done_above_or_below_it(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    filed(w, "sp1", "io_assignment", case_id, assignment_body(w, "op1")); /* the district appoints */
    must_not_owe(w, case_id, "io_assignment at PS1 for sho");
    filed(w, "op1", "seizure", case_id, seizure_body(w));
    must_owe(w, case_id, "malkhana_deposit at PS1 for malkhana_moharrir"); /* at the case's own station */
    const char *thing = named_in(w, w->receipt.id, 3);
    filed(w, "admin1", "posting", NULL, posting_body(w, "io2", "OP1", "malkhana_moharrir", "2026-01-01"));
    const struct filing filing = {
        .officer = "io2", .office = "OP1", .form = "malkhana_deposit", .case_id = case_id};
    assert_int_equal(file_exactly(w, &filing, deposit_body(w, thing)), E_OK);
    must_not_owe(w, case_id, "malkhana_deposit at PS1 for malkhana_moharrir");
}

static void what_one_office_owes_no_other_can_do(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    const char *accused = named_in(w, report, 2);
    struct filing both = {
        .officer = "mag1", .form = "summons", .case_id = case_id, .to_count = 2, .to = {"PS1", "PS2"}};
    assert_int_equal(file_exactly(w, &both, summons_body(w, accused)), E_OK);
    const char *summons = w->receipt.id;
    must_owe(w, case_id, "process_service at PS1");
    must_owe(w, case_id, "process_service at PS2");
    filed(w, "sho2", "process_service", case_id, service_body(w, summons, accused));
    must_owe(w, case_id, "process_service at PS1");
    must_not_owe(w, case_id, "process_service at PS2");
}

static void an_answer_closes_only_what_was_owed_about_that_paper(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    const char *one = thing_deposited(w, case_id), *two = thing_deposited(w, case_id);
    const char *memo1 = filed(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, one));
    const char *memo2 = filed(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, two));
    static const char accept[] = "SELECT count(*) FROM task WHERE closed_seq IS NULL"
                                 " AND wanted LIKE '%laboratory_acceptance%'",
                      report[] = "SELECT count(*) FROM task WHERE closed_seq IS NULL AND office = 'LAB'"
                                 " AND wanted LIKE '%laboratory_report%'";
    assert_int_equal(number_of(w, accept), 2);
    filed(w, "lab1", "laboratory_acceptance", case_id, lab_acceptance_body(w, memo1, one));
    assert_int_equal(number_of(w, accept), 1);
    filed(w, "lab1", "laboratory_acceptance", case_id, lab_acceptance_body(w, memo2, two));
    assert_int_equal(number_of(w, accept), 0);
    assert_int_equal(number_of(w, report), 2);
    filed_to(w, "lab1", "laboratory_report", case_id, "PS1", lab_report_body(w, memo2, two));
    assert_int_equal(
        number_of(w, report), 1); /* the report closed what accepting the same paper had opened */
    filed_to(w, "lab1", "laboratory_report", case_id, "PS1",
        with(lab_report_body(w, memo1, one), "report.kind", "'partial'"));
    assert_int_equal(number_of(w, report), 1); /* a part of it: the rest is owed */
}

/* One order for two accused: the prison owes until both are in, each of them once. */
static void an_order_for_several_is_taken_in_for_each(void **state)
{
    struct world *w = *state;
    json_t *fir = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    const char *case_id = filed(w, "sho1", "fir", NULL, with(fir, "dispatch.court", "'C1'")), *accused[3];
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    for (size_t i = 0; i < 3; i++) {
        json_t *body = arrest_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
        accused[i] = named_in(w, filed(w, "io1", "arrest", case_id, body), 1);
    }
    const char *rows =
        arena_printf(w->arena, "{'who':{'ref':'%s'}},{'who':{'ref':'%s'}}", accused[0], accused[1]);
    const char *order = filed_to(w, "mag1", "remand_order", case_id, "JAIL", remand_body(w, rows));
    must_owe(w, case_id, "prison_admission at JAIL");
    filed(w, "jail1", "prison_admission", NULL, admission_body(w, order, accused[0]));
    must_owe(w, case_id, "prison_admission at JAIL");
    const char *again[] = {accused[0], accused[2]}; /* the same man; one who is not on the order */
    for (size_t i = 0; i < 2; i++)
        refused(w, "jail1", "prison_admission", NULL, admission_body(w, order, again[i]), "consumed_already",
            "admission.order");
    filed(w, "jail1", "prison_admission", NULL, admission_body(w, order, accused[1]));
    must_not_owe(w, case_id, "prison_admission at JAIL");
    refused(w, "jail1", "prison_admission", NULL, admission_body(w, order, accused[1]), "consumed_already",
        "admission.order");
}

static void names_of_forms_are_told_apart_to_the_letter(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    assert_int_equal(
        db_do(w->db, "UPDATE task SET wanted = ' ioXassignment ' WHERE wanted = ' io_assignment '"), E_OK);
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    must_owe(w, case_id, "ioXassignment at PS1 for sho");
}

static void a_task_without_condition_met_is_not_owed(void **state)
{
    struct world *w = *state;
    json_t *zero = with(fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w))),
        "registration.kind", "'zero'");
    const char *case_id = filed(w, "sho1", "fir", NULL, with(zero, "registration.zero_place", "'Elsewhere'"));
    must_owe(w, case_id, "fir_transfer at PS1 for sho");
    must_not_owe(w, case_id, "final_report at PS1 for io");
}

/* ---- lists of tasks ---- */

static const char *listed(struct world *w, const struct task_filter *filter)
{
    struct task_filter whole = *filter;
    if (!whole.limit) whole.limit = 100;
    struct task_row *rows;
    size_t count;
    assert_int_equal(task_list(w->db, node_views(w->node), w->arena, &whole, &rows, &count), E_OK);
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        assert_true(*rows[i].label[LANG_EN] && *rows[i].label[LANG_HI]);
        assert_true(
            i == 0 || !rows[i].due_at || (rows[i - 1].due_at && rows[i - 1].due_at <= rows[i].due_at));
        char *wanted = arena_strdup(w->arena, rows[i].wanted);
        list = arena_printf(w->arena, "%s%s", list, wanted);
    }
    return list;
}

static const char *listed_for(struct world *w, const char *officer, const char *role)
{
    const struct viewer viewer = {officer, "PS1", "ps", "police", role};
    return listed(w, &(struct task_filter){.office = "PS1", .viewer = &viewer});
}

static void a_list_is_for_the_officer_his_roles_and_the_office(void **state)
{
    struct world *w = *state;
    const char *case_id = case_opened(w);
    filed(w, "sho1", "io_assignment", case_id, assignment_body(w, "io1"));
    filed(w, "io1", "seizure", case_id, seizure_body(w));
    const char *io1 = listed_for(w, "io1", "io");
    assert_non_null(strstr(io1, " final_report "));
    assert_null(strstr(io1, " malkhana_deposit "));
    const char *io2 = listed_for(w, "io2", "io");
    assert_null(strstr(io2, " final_report ")); /* another officer's */
    const char *moharrir = listed_for(w, "moharrir1", "malkhana_moharrir");
    assert_string_equal(moharrir, " malkhana_deposit ");
    const char *sho = listed_for(w, "sho1", "sho");
    assert_non_null(strstr(sho, " malkhana_deposit ")); /* who may do it is told of it */
    assert_null(strstr(sho, " final_report "));
    const char *all = listed(w, &(struct task_filter){.office = "PS1"});
    assert_non_null(strstr(all, " final_report "));
    assert_non_null(strstr(all, " malkhana_deposit "));
    assert_string_equal(listed(w, &(struct task_filter){.office = "PS2"}), "");
    assert_non_null(strstr(listed(w, &(struct task_filter){.case_id = case_id}), " malkhana_deposit "));
    struct task_row *rows;
    size_t count;
    const struct viewer moharrir1 = {"moharrir1", "PS1", "ps", "police", "malkhana_moharrir"};
    const struct task_filter one = {.office = "PS1", .viewer = &moharrir1, .limit = 1};
    assert_int_equal(task_list(w->db, node_views(w->node), w->arena, &one, &rows, &count), E_OK);
    assert_int_equal(count, 1); /* the limit counts what is his, not what was passed over */
    assert_string_equal(rows[0].case_number, "0001/2026");
    assert_string_equal(rows[0].form, "seizure");
    assert_int_equal(rows[0].due_at, rows[0].opened_at + 24 * TIME_HOUR_MS);
}

static void what_the_office_owes_is_told_to_those_who_may_do_it(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    struct filing served = {
        .officer = "mag1", .form = "summons", .case_id = case_id, .to_count = 1, .to = {"PS1"}};
    assert_int_equal(file_exactly(w, &served, summons_body(w, named_in(w, report, 2))), E_OK);
    must_owe(w, case_id, "process_service at PS1");
    assert_non_null(strstr(listed_for(w, "constable1", "constable"), " process_service "));
    assert_non_null(strstr(listed_for(w, "sho1", "sho"), " process_service "));
    assert_string_equal(listed_for(w, "auditor1", "auditor"), "");
}

/* ---- papers between offices ---- */

static struct delivery_row delivery_of(struct world *w, const struct delivery_filter *filter)
{
    struct delivery_filter whole = *filter;
    whole.limit = 10;
    struct delivery_row *rows;
    size_t count;
    assert_int_equal(delivery_list(w->db, w->arena, &whole, &rows, &count), E_OK);
    assert_int_equal(count, 1);
    return rows[0];
}

static size_t open_papers(struct world *w, const char *office)
{
    struct delivery_row *rows;
    size_t count;
    const struct delivery_filter filter = {.to_office = office, .open_only = true, .limit = 10};
    assert_int_equal(delivery_list(w->db, w->arena, &filter, &rows, &count), E_OK);
    return count;
}

static void a_paper_has_four_times(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *report = report_filed(w, case_id, "untraced");
    int64_t filed_at = w->receipt.filed_at;
    struct delivery_row row = delivery_of(w, &(struct delivery_filter){.to_office = "C1"});
    assert_string_equal(row.id, report);
    assert_string_equal(row.from_office, "PS1");
    assert_string_equal(row.case_id, case_id);
    assert_string_equal(row.number, "0001/2026");
    assert_int_equal(row.filed_at, filed_at);
    assert_int_equal(row.received_at, filed_at);
    assert_int_equal(row.consumed_at, 0);
    assert_int_equal(row.acted_at, 0);
    assert_int_equal(open_papers(w, "C1"), 1);
    w->now += TIME_DAY_MS;
    filed(w, "clerk1", "court_acceptance", case_id,
        acceptance_body(w, report, "closure_report_taken", "CGBB010000012026"));
    int64_t consumed_at = w->receipt.filed_at;
    w->now += TIME_DAY_MS;
    filed(w, "mag1", "closure_order", case_id, closure_body(w, report, "further"));
    row = delivery_of(w, &(struct delivery_filter){.from_office = "PS1"});
    assert_int_equal(row.consumed_at, consumed_at);
    assert_string_equal(row.consumed_number, "CGBB010000012026");
    assert_int_equal(row.acted_at, w->receipt.filed_at);
    assert_int_equal(open_papers(w, "C1"), 0);
}

static void who_acts_on_a_paper_has_taken_it_in(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    const char *accused = named_in(w, report, 2);
    const char *summons = filed_to(w, "mag1", "summons", case_id, "PS1", summons_body(w, accused));
    filed(w, "sho1", "process_service", case_id, service_body(w, summons, accused));
    struct delivery_row row = delivery_of(w, &(struct delivery_filter){.to_office = "PS1"});
    assert_int_equal(row.consumed_at, w->receipt.filed_at);
    assert_int_equal(row.acted_at, w->receipt.filed_at);
    filed(
        w, "sho1", "process_service", case_id, service_body(w, summons, accused)); /* a second report of it */
    assert_int_equal(delivery_of(w, &(struct delivery_filter){.to_office = "PS1"}).acted_at, row.acted_at);
}

static void any_office_takes_a_paper_in_by_a_receipt(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w),
               *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    filed_to(w, "mag1", "judgment", case_id, "JAIL", judgment_body(w, named_in(w, report, 2)));
    const char *judgment = w->receipt.id;
    assert_int_equal(open_papers(w, "JAIL"), 1);
    filed(w, "jail1", "receipt", NULL, body_of(w, "{'receipt':{'entry':'%s'}}", judgment));
    assert_string_equal(w->receipt.number, "00001/2026");
    assert_int_equal(open_papers(w, "JAIL"), 0);
    refused(w, "jail1", "receipt", NULL, body_of(w, "{'receipt':{'entry':'%s'}}", judgment),
        "consumed_already", NULL);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(tasks_follow_the_investigating_officer),
        IN_WORLD(what_a_station_owes_may_be_done_above_or_below_it),
        IN_WORLD(what_one_office_owes_no_other_can_do),
        IN_WORLD(an_answer_closes_only_what_was_owed_about_that_paper),
        IN_WORLD(an_order_for_several_is_taken_in_for_each),
        IN_WORLD(names_of_forms_are_told_apart_to_the_letter),
        IN_WORLD(a_task_without_condition_met_is_not_owed),
        IN_WORLD(a_list_is_for_the_officer_his_roles_and_the_office),
        IN_WORLD(what_the_office_owes_is_told_to_those_who_may_do_it),
        IN_WORLD(a_paper_has_four_times),
        IN_WORLD(who_acts_on_a_paper_has_taken_it_in),
        IN_WORLD(any_office_takes_a_paper_in_by_a_receipt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
