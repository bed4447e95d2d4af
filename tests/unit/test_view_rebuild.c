/* Views made anew equal the live ones row for row, and the comparison sees every kind of difference in every
 * table. */
#include "filing_world.h"

/* Entries of every kind that leave a trace in each table. */
static void mixed_life(struct world *w)
{
    const char *leave = filed(w, "sho1", "leave", NULL, leave_body(w, "io2", "2026-05-01", "2026-05-09"));
    filed(w, "sho1", "leave_end", NULL, body_of(w, "{'end':{'leave':'%s','to':'2026-05-03'}}", leave));
    json_t *zero_body = fir_body(w, filed(w, "writer1", "general_diary", NULL, diary_body(w)));
    with(with(zero_body, "registration.kind", "'zero'"), "registration.zero_place", "'Elsewhere'");
    const char *zero = filed(w, "sho1", "fir", NULL, zero_body);
    const char *transfer = filed(w, "sho1", "fir_transfer", zero,
        body_of(w,
            "{'transfer':{'station':'PS2','reason':'jurisdiction','sent_at':'%s','informant_told':true}}",
            when(w, w->now)));
    json_t *body = fir_body(w, filed(w, "sho2", "general_diary", NULL, diary_body(w)));
    with_text(with(body, "registration.kind", "'reregistered'"), "registration.zero", zero);
    filed(w, "sho2", "fir", NULL, with_text(body, "registration.transfer", transfer));

    const char *case_id = case_with_io(w), *thing = thing_deposited(w, case_id);
    filed(w, "io1", "laboratory_forwarding", case_id, forwarding_body(w, thing));
    filed(w, "io1", "section_alteration", case_id,
        body_of(w, "{'alteration':{'kind':'added','altered_on':'2026-03-02','reason':'x'},"
                   "'new':[{'offence':'BNS 64(1)'}]}"));
    filed(
        w, "sho1", "correction", case_id, correction_body(w, case_id, "complainant.who.name", "Mohan Varma"));
    filed(w, "writer1", "confidential_opening", NULL,
        body_of(w,
            "{'opening':{'entry':'%s','path':'complainant.who','purpose':'investigation','reason':'To "
            "call him'}}",
            case_id));
    const char *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    filed_to(w, "mag1", "diary_call", case_id, "PS1",
        body_of(w, "{'call':{'purpose':'inquiry','called_at':'%s','by':'%s'}}", when(w, w->now),
            when(w, w->now)));
    assert_int_equal(
        file_try(w, "io2", "case_diary", case_id, case_diary_body(w)), E_PROBLEM); /* refusals between */
    const char *accused = named_in(w, report, 2);
    const char *order = filed_to(w, "mag1", "remand_order", case_id, "JAIL",
        remand_body(w, arena_printf(w->arena, "{'who':{'ref':'%s'}}", accused)));
    filed(w, "jail1", "prison_admission", NULL, admission_body(w, order, accused));
    filed(w, "mag1", "judgment", case_id, judgment_body(w, accused));
    filed(w, "mag1", "hearing", case_id, /* on sentence */
        body_of(w, "{'hearing':{'held_on':'2026-03-02','purpose':'judgment','mode':'in_person',"
                   "'result':'heard','next_date':'2026-03-09','next_purpose':'judgment'}}"));
    const char *told = filed(w, "writer1", "general_diary", NULL, diary_body(w));
    const char *missing = filed(w, "sho1", "missing_person", NULL, missing_body(w, told));
    filed(w, "sho1", "correction", missing,
        correction_body(w, missing, "person.features.build", "thin"));
    filed(w, "sho1", "person_link", NULL,
        body_of(w,
            "{'link':{'first':'%s','second':'%s','decision':'not_same','reason':'Told apart by both'}}",
            named_in(w, case_id, 1), named_in(w, report, 2)));
    static const char watched[] =
        "{'watch':{'purpose':'investigation','reason':'To find the man who fled','what':'name',"
        "'until':'2026-03-31'},"
        "'watched':{'name':'Kejuram Sidar','phones':['+919300012345'],'vehicles':['CG04AB1234']}}";
    const char *watch = filed(w, "sho1", "watch", case_id, body_of(w, "%s", watched));
    filed(w, "sho1", "watch", case_id, body_of(w, "%s", watched));
    filed(w, "sho1", "watch_end", case_id,
        body_of(w, "{'end':{'watch':'%s','reason':'He was found at home'}}", watch));
    filed(w, "sho1", "fir_legacy", NULL, legacy_body(w, "33302006/12/2019"));
    diary_with_file(w);
    world_office(w, "PS9", "ps", "D1");
    const char *office = text_of(w, "SELECT entry FROM office WHERE code = 'PS9'");
    filed(w, "admin1", "correction", NULL,
        correction_body(w, office, "office.parent", "HQ")); /* moved in the tree */
    filed(w, "admin1", "office_close", NULL,
        body_of(w, "{'close':{'office':'PS9','closed_on':'2026-03-02','order':'1'}}"));
}

/* The views made anew beside the live ones, by applying every entry in order. */
static struct db *views_again(struct world *w)
{
    struct db *fresh;
    assert_int_equal(db_open_beside(folder_file(&w->folder, "panji.db"), "entry", &fresh), E_OK);
    assert_int_equal(views_create(fresh), E_OK);
    assert_int_equal(db_begin(fresh), E_OK);
    struct rows *rows = entry_walk(w->db, 0);
    struct entry entry;
    while (entry_walk_next(rows, w->arena, &entry)) {
        struct problems problems = {.arena = w->arena};
        json_t *body = json_read(entry.body, entry.body_len, &problems);
        const struct form *form = form_version(node_forms(w->node), entry.form, entry.form_version);
        const struct view_entry applied = {
            &entry, form, body, body_names_find(form, body, w->arena), w->arena, NULL, true};
        views_apply(fresh, node_views(w->node), &applied);
        json_decref(body);
    }
    assert_int_equal(views_finish(fresh, node_views(w->node)), E_OK);
    assert_int_equal(db_commit(fresh), E_OK);
    return fresh;
}

static void views_made_anew_equal_the_live_ones(void **state)
{
    struct world *w = *state;
    mixed_life(w);
    const char *const *tables = views_tables();
    for (size_t i = 0; tables[i]; i++)
        if (rows_in(w, tables[i]) == 0)
            fail_msg("the test leaves %s empty, and so proves nothing of it", tables[i]);
    struct db *fresh = views_again(w);
    const char *table, *row;
    enum err err = views_equal(w->db, fresh, w->arena, &table, &row);
    if (err != E_OK) fail_msg("%s: %s", table, row);
    db_close(fresh);
}

static void rebuilding_in_place_changes_nothing_and_filing_goes_on(void **state)
{
    struct world *w = *state;
    mixed_life(w);
    struct db *before = views_again(w);
    int64_t entries;
    struct register_fault fault;
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_OK);
    assert_int_equal(entries, rows_in(w, "entry"));
    const char *table, *row;
    assert_int_equal(views_equal(w->db, before, w->arena, &table, &row), E_OK);
    db_close(before);
    case_opened(w);
    assert_string_equal(w->receipt.number, "0002/2026");
    struct db *after = views_again(w);
    assert_int_equal(views_equal(w->db, after, w->arena, &table, &row), E_OK);
    db_close(after);
}

static void a_table_of_an_older_program_is_replaced(void **state)
{
    struct world *w = *state;
    mixed_life(w);
    assert_int_equal(
        db_script(w->db, "DROP TABLE citation; DROP TABLE task; CREATE TABLE task(old TEXT)"), E_OK);
    int64_t entries;
    struct register_fault fault;
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_OK);
    struct db *fresh = views_again(w);
    const char *table, *row;
    assert_int_equal(views_equal(w->db, fresh, w->arena, &table, &row), E_OK);
    db_close(fresh);
}

/* ---- the comparison itself ---- */

static const char *column_of(struct world *w, const char *table)
{
    /* A column outside the keys, so that a change of it is one row and one value. */
    return text_of(w, arena_printf(w->arena,
                          "SELECT name FROM pragma_table_info('%s') ORDER BY pk, cid DESC LIMIT 1", table));
}

/* What tells the rows of a table apart. */
static const char *key_of(struct world *w, const char *table)
{
    return text_of(w, arena_printf(w->arena,
                          "SELECT coalesce(group_concat(name, ', '), 'rowid') FROM"
                          " (SELECT name FROM pragma_table_info('%s') WHERE pk > 0 ORDER BY pk)",
                          table));
}

static bool same_digest(struct world *w, struct db *other)
{
    struct views_digest live, theirs;
    assert_int_equal(views_digest_make(w->db, w->arena, &live), E_OK);
    assert_int_equal(views_digest_make(other, w->arena, &theirs), E_OK);
    return views_digest_equal(&live, &theirs);
}

static void must_differ(struct world *w, struct db *fresh, const char *table, const char *how)
{
    const char *found = NULL, *row = NULL;
    enum err err = views_equal(w->db, fresh, w->arena, &found, &row);
    if (err != E_CORRUPT) fail_msg("%s: %s row is not seen", table, how);
    assert_string_equal(found, table);
    assert_non_null(row);
    if (same_digest(w, fresh)) fail_msg("%s: %s row leaves the digest as it was", table, how);
    if (views_equal(fresh, w->db, w->arena, &found, &row) != E_CORRUPT)
        fail_msg("%s: %s row is not seen from the other side", table, how);
}

static void one_change(struct world *w, struct db *fresh, const char *table, const char *how, const char *sql)
{
    assert_int_equal(db_begin(fresh), E_OK);
    if (db_do(fresh, sql) != E_OK) fail_msg("%s: %s", sql, db_message(fresh));
    assert_true(db_changes(fresh) == 1);
    must_differ(w, fresh, table, how);
    db_rollback(fresh);
}

/* SQL for a value of the column's type that is not the one there. */
static const char *another_value(struct world *w, const char *column, const char *type, const char *more)
{
    if (strcmp(type, "INTEGER") == 0) return arena_printf(w->arena, "coalesce(%s, 0) + %s", column, more);
    if (strcmp(type, "BLOB") == 0) return arena_printf(w->arena, "CAST(hex(%s) || 'x' AS BLOB)", column);
    return arena_printf(w->arena, "coalesce(%s, '') || 'x'", column);
}

static void every_difference_in_every_table_is_seen(void **state)
{
    struct world *w = *state;
    mixed_life(w);
    struct db *fresh = views_again(w);
    const char *const *tables = views_tables();
    for (size_t i = 0; tables[i]; i++) {
        const char *table = tables[i], *column = column_of(w, table);
        const char *key = key_of(w, table);
        for (int last = 0; last < 2; last++) { /* the first row and the last */
            int64_t skipped = last ? rows_in(w, table) - 1 : 0;
            const char *at =
                arena_printf(w->arena, "(%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %lld)", key, key,
                    table, key, (long long)skipped);
            const char *type =
                text_of(w, arena_printf(w->arena,
                               "SELECT type FROM pragma_table_info('%s') WHERE name = '%s'", table, column));
            one_change(w, fresh, table, "a changed",
                arena_printf(w->arena, "UPDATE %s SET %s = %s WHERE %s", table, column,
                    another_value(w, column, type, "1"), at));
            one_change(
                w, fresh, table, "a missing", arena_printf(w->arena, "DELETE FROM %s WHERE %s", table, at));
        }
        struct rows *columns =
            db_query(w->db, "SELECT name, type FROM pragma_table_info($1) ORDER BY cid", V(table));
        const char *list = "";
        while (db_next(columns)) { /* a row like the first, with values of its own */
            const char *value = another_value(w, row_text(columns, 0), row_text(columns, 1), "1000000");
            list = arena_printf(w->arena, "%s%s%s", list, *list ? ", " : "", value);
        }
        one_change(w, fresh, table, "an added",
            arena_printf(
                w->arena, "INSERT INTO %s SELECT %s FROM %s ORDER BY %s LIMIT 1", table, list, table, key));
    }
    const char *table, *row;
    assert_int_equal(views_equal(w->db, fresh, w->arena, &table, &row), E_OK); /* all undone */
    assert_true(same_digest(w, fresh));
    db_close(fresh);
}

static void nothing_is_not_an_empty_text(void **state)
{
    struct world *w = *state;
    mixed_life(w);
    struct db *fresh = views_again(w);
    one_change(w, fresh, "office", "an empty",
        "UPDATE office SET district = '' WHERE code = 'PS1' AND district IS NULL");
    db_close(fresh);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(views_made_anew_equal_the_live_ones),
        IN_WORLD(rebuilding_in_place_changes_nothing_and_filing_goes_on),
        IN_WORLD(a_table_of_an_older_program_is_replaced),
        IN_WORLD(every_difference_in_every_table_is_seen),
        IN_WORLD(nothing_is_not_an_empty_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
