/* Clocks as entries arrive: what an FIR starts, per accused; what a correction and a dropped section do; who
 * owes and who sees. */
#include "filing_world.h"
#include "law/clocks.h"
#include "view/clock_lists.h"

static struct viewer as(
    const char *officer, const char *office, const char *kind, const char *pillar, const char *role)
{
    return (struct viewer){officer, office, kind, pillar, role};
}

static const struct clock_line *line_of(
    struct clock_line *lines, size_t count, const char *clock, const char *subject)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].words->id, clock) == 0 &&
            (!subject || (lines[i].subject && strcmp(lines[i].subject, subject) == 0)))
            return &lines[i];
    return NULL;
}

/* The clock of a case as the SHO sees it at an instant; NULL. */
static const struct clock_line *clock_of(
    struct world *w, const char *case_id, const char *clock, const char *subject, int64_t at)
{
    const struct viewer sho = as("sho1", "PS1", "ps", "police", "sho");
    struct clock_line *lines;
    size_t count;
    enum err err = clock_case_lines(w->db, node_views(w->node), w->arena, &sho, case_id, at, &lines, &count);
    assert_int_equal(err, E_OK);
    assert_int_equal(clock_lines_work(w->db, node_views(w->node), w->arena, lines, count), E_OK);
    return line_of(lines, count, clock, subject);
}

static void an_fir_starts_its_clocks(void **state)
{
    struct world *w = *state;
    const char *case_id = rape_case(w);
    const struct clock_line *line = clock_of(w, case_id, "two_months", NULL, w->now);
    assert_non_null(line);
    assert_int_equal(line->state, CLOCK_DUE);
    assert_string_equal(line->office, "PS1");
    assert_string_equal(line->officer, "io1");
    assert_string_equal(line->thread_id, case_id);
    assert_true(line->row.days);
    assert_int_equal(line->row.due, at_ist(2026, 5, 3, 0, 0) - 1); /* 2 March and two months: all of 2 May */
    assert_true(line->working && line->working->count >= 2);
    for (size_t i = 0; i < line->working->count; i++) {
        assert_true(*line->working->list[i].text[LANG_EN]);
        assert_true(*line->working->list[i].text[LANG_HI]);
    }
    assert_int_equal(
        clock_of(w, case_id, "two_months", NULL, at_ist(2026, 5, 3, 0, 0))->state, CLOCK_BREACHED);
}

static void a_theft_has_no_two_months(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w);
    assert_null(clock_of(w, case_id, "two_months", NULL, w->now));
    assert_non_null(clock_of(w, case_id, "progress", NULL, w->now));
}

static const char *arrested(struct world *w, const char *case_id)
{
    json_t *body = arrest_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    return filed(w, "io1", "arrest", case_id, body);
}

static void an_arrest_starts_the_clocks_of_that_person_alone(void **state)
{
    struct world *w = *state;
    const char *case_id = case_with_io(w), *arrest = arrested(w, case_id), *person = named_in(w, arrest, 1);
    const struct clock_line *line = clock_of(w, case_id, "production", person, w->now);
    assert_non_null(line);
    assert_false(line->row.days);
    assert_int_equal(line->row.due - line->row.start, 24 * TIME_HOUR_MS);
    assert_null(clock_of(w, case_id, "default_bail", person, w->now));
}

static void a_correction_moves_the_clock(void **state)
{
    struct world *w = *state;
    const char *case_id = rape_case(w);
    const char *told_id = filed(w, "io1", "victim_progress", case_id,
        body_of(w, "{'progress':{'told_at':'%s','mode':'phone','told_to':'Her father','text':'Under way',"
                   "'last':false}}", when(w, w->now)));
    const struct clock_line *line = clock_of(w, case_id, "progress", NULL, w->now);
    assert_int_equal(line->row.due, at_ist(2026, 6, 1, 0, 0) - 1); /* ninety days from 2 March: 31 May */
    filed(w, "io1", "correction", case_id,
        correction_body(w, told_id, "progress.told_at", when(w, at_ist(2026, 3, 1, 9, 0))));
    int64_t entries;
    struct register_fault fault;
    /* Told before the FIR it satisfies nothing of this case: the ninety days from the FIR run again. */
    assert_int_equal(clock_of(w, case_id, "progress", NULL, w->now)->row.closing, CLOCK_OPEN);
    int64_t sum = number_of(w, "SELECT sum(due_at + moved_seq + flags + coalesce(closed_at, 0)) FROM clock");
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_OK);
    assert_int_equal(
        number_of(w, "SELECT sum(due_at + moved_seq + flags + coalesce(closed_at, 0)) FROM clock"), sum);
}

static void sections_dropped_end_the_clock(void **state)
{
    struct world *w = *state;
    const char *case_id = rape_case(w);
    filed(w, "io1", "section_alteration", case_id,
        body_of(w, "{'alteration':{'kind':'replaced','altered_on':'2026-03-02','reason':'Not borne out'},"
                   "'new':[{'offence':'BNS 303(2)'}]}"));
    const struct clock_line *line = clock_of(w, case_id, "two_months", NULL, w->now + TIME_DAY_MS);
    assert_true(!line || line->state == CLOCK_ENDED);
}

static size_t lines_listed(struct world *w, const struct viewer *viewer, const struct clock_filter *filter,
    struct clock_line **ret)
{
    size_t count;
    bool more;
    assert_int_equal(
        clock_list(w->db, node_views(w->node), w->arena, viewer, filter, w->now, ret, &count, &more), E_OK);
    return count;
}

static void lists_show_only_the_own_line(void **state)
{
    struct world *w = *state;
    rape_case(w);
    const struct clock_filter filter = {.which = CLOCKS_OPEN, .kind = -1, .clock = "two_months", .limit = 50};
    static const struct {
        struct viewer viewer;
        size_t seen;
    } seers[] = {{{"sho1", "PS1", "ps", "police", "sho"}, 1}, {{"sp1", "D1", "district", "police", "sp"}, 1},
        {{"sho2", "PS2", "ps", "police", "sho"}, 0}, {{"mag1", "C1", "court", "court", "magistrate"}, 0},
        {{"jail1", "JAIL", "prison", "prison", "jail_superintendent"}, 0},
        {{"admin1", "HQ", "state_hq", "police", "administrator"}, 0}};
    for (size_t i = 0; i < sizeof seers / sizeof seers[0]; i++) {
        struct clock_line *listed;
        assert_int_equal(lines_listed(w, &seers[i].viewer, &filter, &listed), seers[i].seen);
    }
    struct clock_filter outside = filter;
    outside.office = "PS1";
    struct clock_line *lines;
    size_t count;
    bool more;
    assert_int_equal(clock_list(w->db, node_views(w->node), w->arena, &seers[2].viewer, &outside, w->now,
                         &lines, &count, &more),
        E_NOT_FOUND);
    struct clock_counts counts;
    assert_int_equal(
        clock_count(w->db, node_views(w->node), &seers[2].viewer, "PS1", w->now, &counts), E_NOT_FOUND);
}

/* A theft at PS1, its accused sent to JAIL by C1. */
static void remanded_case(struct world *w, const char **ret_person, const char **ret_order)
{
    json_t *fir = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with_text(with(fir, "action.kind", "'taken_up'"), "action.officer", "io1");
    const char *case_id = filed(w, "sho1", "fir", NULL, with(fir, "dispatch.court", "'C1'"));
    *ret_person = named_in(w, arrested(w, case_id), 1);
    *ret_order = filed_to(w, "mag1", "remand_order", case_id, "JAIL",
        remand_body(w, arena_printf(w->arena, "{'who':{'ref':'%s'}}", *ret_person)));
}

static size_t listed_at(
    struct world *w, const struct viewer *viewer, const struct clock_filter *filter, int64_t at)
{
    struct clock_line *lines;
    size_t count;
    bool more;
    assert_int_equal(
        clock_list(w->db, node_views(w->node), w->arena, viewer, filter, at, &lines, &count, &more), E_OK);
    assert_false(more);
    return count;
}

/* Each number a supervisor sees opens a list of so many: with rights that arose and bars on the case too. */
static void counts_are_what_the_lists_show(void **state)
{
    struct world *w = *state;
    const char *person, *order;
    rape_case(w);
    remanded_case(w, &person, &order);
    const struct viewer sp = as("sp1", "D1", "district", "police", "sp");
    int64_t at = at_ist(2026, 5, 1, 12, 0);
    struct clock_counts counts;
    assert_int_equal(clock_count(w->db, node_views(w->node), &sp, NULL, at, &counts), E_OK);
    static const int days[] = {1, 3, 7};
    const int64_t told[] = {counts.days_1, counts.days_3, counts.days_7};
    for (size_t i = 0; i < 3; i++) {
        struct clock_filter filter = {
            .which = CLOCKS_COMING, .until = at + days[i] * TIME_DAY_MS, .kind = -1, .limit = 500};
        assert_int_equal(listed_at(w, &sp, &filter, at), told[i]);
        assert_true(i != 1 || told[i] >= 1); /* the two months end on 2 May */
    }
    const struct clock_filter late = {.which = CLOCKS_LATE, .kind = -1, .limit = 500};
    assert_int_equal(listed_at(w, &sp, &late, at), counts.broken);
    assert_true(counts.broken > 0); /* the day of the FIR is long over */
    const struct clock_filter arisen = {
        .which = CLOCKS_OPEN, .kind = CLOCK_RIGHT, .state = "arisen", .limit = 500};
    assert_int_equal(listed_at(w, &sp, &arisen, at), counts.arisen);
    assert_true(counts.arisen > 0); /* default bail, a day before */
}

/* Whatever the length asked for, a list is the beginning of the whole, over all offices of the tree. */
static void a_short_list_is_the_beginning_of_the_long_one(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 3; i++) {
        rape_case(w);
        filed(w, "sho2", "fir", NULL, fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w))));
    }
    const struct viewer sp = as("sp1", "D1", "district", "police", "sp");
    struct clock_filter filter = {.which = CLOCKS_OPEN, .kind = -1, .limit = 1000};
    struct clock_line *all, *some;
    size_t all_count, count;
    bool more;
    assert_int_equal(
        clock_list(w->db, node_views(w->node), w->arena, &sp, &filter, w->now, &all, &all_count, &more),
        E_OK);
    assert_true(all_count > 20 && !more);
    assert_int_equal(all_count, number_of(w, "SELECT count(*) FROM clock WHERE closed_at IS NULL"));
    for (size_t limit = 1; limit <= all_count; limit += 3)
        for (size_t skip = 0; skip < all_count; skip += 7) {
            filter.limit = limit;
            filter.skip = skip;
            assert_int_equal(
                clock_list(w->db, node_views(w->node), w->arena, &sp, &filter, w->now, &some, &count, &more),
                E_OK);
            assert_int_equal(count, skip + limit < all_count ? limit : all_count - skip);
            assert_int_equal(more, skip + limit < all_count);
            for (size_t i = 0; i < count; i++) assert_int_equal(some[i].id, all[skip + i].id);
        }
}

/* The prison that holds him has the day of default bail on its list; another prison has not. */
static void the_prison_sees_the_day_of_default_bail(void **state)
{
    struct world *w = *state;
    const char *person, *order;
    remanded_case(w, &person, &order);
    filed(w, "jail1", "prison_admission", NULL, admission_body(w, order, person));
    const struct viewer jail = as("jail1", "JAIL", "prison", "prison", "jail_superintendent");
    struct clock_filter filter = {.which = CLOCKS_COMING, .kind = -1, .list = "default_bail", .limit = 50};
    struct clock_line *lines;
    assert_int_equal(lines_listed(w, &jail, &filter, &lines), 1);
    assert_string_equal(lines[0].subject, person);
    assert_string_equal(lines[0].name, "Ramu Yadav"); /* it admitted him; the arrest alone named him before */
    const struct viewer other_jail = as("jail2", "JAIL2", "prison", "prison", "jail_superintendent");
    assert_int_equal(clock_lines_tell(w->db, node_views(w->node), w->arena, &other_jail, lines, 1), E_OK);
    assert_null(lines[0].name);
    assert_string_equal(lines[0].office, "PS1"); /* the station owes the report */
    filter.list = "undertrial";
    size_t count = lines_listed(w, &jail, &filter, &lines);
    assert_true(count >= 1);
    for (size_t i = 0; i < count; i++) assert_string_equal(lines[i].office, "JAIL");
    const struct viewer elsewhere = as("sho2", "PS2", "ps", "police", "sho");
    assert_int_equal(lines_listed(w, &elsewhere, &filter, &lines), 0);
}

/* ---- the two months as published ---- */

/* The cases a figure counts are those its list shows, in parts as well as at once. */
static void figures_are_their_lists(struct world *w, const struct viewer *viewer, enum clock_grouping by,
    const struct clock_compliance *row, int64_t at)
{
    for (int i = 0; i < CLOCK_FIGURE_COUNT; i++) {
        struct clock_compliance_filter filter = {
            .by = by, .group = row->group, .figure = (enum clock_figure)i, .limit = 100};
        struct clock_line *lines;
        size_t count, part;
        bool more;
        assert_int_equal(clock_compliance_cases(w->db, node_views(w->node), w->arena, viewer, &filter, at,
                             &lines, &count, &more),
            E_OK);
        assert_int_equal(count, row->figures[i]);
        assert_false(more);
        filter.limit = 1;
        for (filter.skip = 0; filter.skip < count; filter.skip++) {
            struct clock_line *one;
            assert_int_equal(clock_compliance_cases(w->db, node_views(w->node), w->arena, viewer, &filter, at,
                                 &one, &part, &more),
                E_OK);
            assert_int_equal(part, 1);
            assert_int_equal(one->id, lines[filter.skip].id);
            assert_int_equal(more, filter.skip + 1 < count);
        }
    }
}

static void compliance_counts_each_case_once(void **state)
{
    struct world *w = *state;
    const char *reported = rape_case(w);
    rape_case(w);
    report_filed(w, reported, "charge_sheet");
    const struct viewer sp = as("sp1", "D1", "district", "police", "sp");
    int64_t at = at_ist(2026, 6, 1, 0, 0);
    struct clock_compliance *rows;
    size_t count;
    static const struct {
        enum clock_grouping grouping;
        const char *name; /* NULL: whatever the office says of itself */
    } groups[] = {{BY_OFFICE, "PS1"}, {BY_DISTRICT, NULL}, {BY_STATE, NULL}, {BY_MONTH, "2026-03"}};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        const struct clock_compliance_filter filter = {.by = groups[i].grouping};
        assert_int_equal(clock_compliance_list(w->db, node_views(w->node), w->arena, &sp, &filter, at, &rows,
                             &count),
            E_OK);
        assert_int_equal(count, 1);
        if (groups[i].name) assert_string_equal(rows[0].group, groups[i].name);
        static const int64_t figures[CLOCK_FIGURE_COUNT] = {[FIGURE_REGISTERED] = 2,
            [FIGURE_FINISHED] = 1,
            [FIGURE_IN_TIME] = 1,
            [FIGURE_OVERDUE] = 1,
            [FIGURE_MATURE] = 2,
            [FIGURE_MATURE_IN_TIME] = 1};
        for (int k = 0; k < CLOCK_FIGURE_COUNT; k++) assert_int_equal(rows[0].figures[k], figures[k]);
        assert_int_equal(rows[0].per_mille, 500);
        figures_are_their_lists(w, &sp, groups[i].grouping, &rows[0], at);
    }
    const struct viewer stranger = as("sho2", "PS2", "ps", "police", "sho");
    const struct clock_compliance_filter all = {.limit = 100};
    struct clock_line *lines;
    bool more;
    assert_int_equal(clock_compliance_cases(w->db, node_views(w->node), w->arena, &stranger, &all, at, &lines,
                         &count, &more),
        E_OK);
    assert_int_equal(count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_fir_starts_its_clocks),
        TEST(a_theft_has_no_two_months),
        TEST(an_arrest_starts_the_clocks_of_that_person_alone),
        TEST(a_correction_moves_the_clock),
        TEST(sections_dropped_end_the_clock),
        TEST(lists_show_only_the_own_line),
        TEST(counts_are_what_the_lists_show),
        TEST(a_short_list_is_the_beginning_of_the_long_one),
        TEST(the_prison_sees_the_day_of_default_bail),
        TEST(compliance_counts_each_case_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
