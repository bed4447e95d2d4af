/* A form goes on to its next version in a register that holds entries of the one before. */
#include <sys/stat.h>

#include "filing_world.h"

static const char *const version_1 =
    "form local_note 1 | Local note | स्थानीय टीप\n  files any\n"
    "section note | Note | टीप\n"
    "  words  text required search | Old words | पुराने शब्द\n"
    "  colour code:local_colour    | Colour    | रंग\n"
    "  who    person:witness       | Person    | व्यक्ति\n";
static const char *const version_2 =
    "form local_note 2 | Note of the beat | बीट टीप\n  files any\n"
    "section note | Note | टीप\n"
    "  text   longtext required search | Text | पाठ\n"
    "  who    person:witness           | Person | व्यक्ति\n";
static const char *const colours =
    "list local_colour | Colour | रंग\n  red | Red | लाल\n  green | Green | हरा\n";

static void put(struct world *w, const char *name, const char *text)
{
    mkdir(folder_file(&w->folder, "forms"), 0700);
    FILE *file = fopen(folder_file(&w->folder, name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void put_forms(struct world *w, const char *form, const char *list)
{
    put(w, "forms/local.form", form);
    put(w, "forms/local.list", list);
}

/* Opens the folder of a closed world and tells what was said; the node is closed again. */
static enum err opened(struct world *w, bool read_only)
{
    struct node *node = NULL;
    w->problems = (struct problems){.arena = w->arena};
    enum err err = node_open(
        &(struct node_options){.folder = w->folder.path, .read_only = read_only}, &w->problems, &node);
    node_close(node);
    return err;
}

static const char *old_filed(struct world *w)
{
    put_forms(w, version_1, colours);
    world_reopen(w, false);
    return filed(w, "sho1", "local_note", NULL,
        body_of(w, "{'note':{'words':'A first note','colour':'green','who':{'name':'Ramesh Sahu'}}}"));
}

static void assert_shown_as_filed(struct world *w, const struct node *node, const char *id)
{
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, id, &entry), E_OK);
    assert_int_equal(entry.form_version, 1);
    const struct form *form = form_version(node_forms(node), entry.form, entry.form_version);
    assert_non_null(form);
    assert_string_equal(form->label.text[LANG_EN], "Local note");
    assert_string_equal(form->sections[0].fields[0].label.text[LANG_HI], "पुराने शब्द");
    assert_string_equal(form->sections[0].fields[1].codes->label.text[LANG_EN], "Colour");
}

static void an_old_entry_is_shown_with_its_own_version(void **state)
{
    struct world *w = *state;
    const char *old = old_filed(w);
    world_close(w);
    put_forms(w, version_2, colours);
    world_reopen(w, false);
    assert_shown_as_filed(w, w->node, old);
    refused(w, "sho1", "local_note", NULL, body_of(w, "{'note':{'words':'As before'}}"), "field_unknown",
        "note.words");
    const char *new = filed(w, "sho1", "local_note", NULL, body_of(w, "{'note':{'text':'A second note'}}"));
    struct entry entry;
    assert_int_equal(entry_by_id(w->db, w->arena, new, &entry), E_OK);
    assert_int_equal(entry.form_version, 2);
    struct node *reader = NULL;
    struct problems problems = {.arena = w->arena};
    assert_int_equal(node_open(&(struct node_options){.folder = w->folder.path, .read_only = true}, &problems,
                         &reader),
        E_OK);
    assert_shown_as_filed(w, reader, old);
    assert_int_equal(form_find(node_forms(reader), "local_note")->version, 2);
    node_close(reader);
}

static void old_and_new_entries_are_proved_and_rebuilt(void **state)
{
    struct world *w = *state;
    old_filed(w);
    world_close(w);
    put_forms(w, version_2, colours);
    world_reopen(w, false);
    filed(w, "sho1", "local_note", NULL, body_of(w, "{'note':{'text':'A second note'}}"));
    int64_t rebuilt = 0;
    struct register_fault fault = {0};
    assert_int_equal(node_rebuild(w->node, w->arena, &rebuilt, &fault), E_OK);
    assert_int_equal(rebuilt, rows_in(w, "entry"));
    world_close(w);
    struct verify_report report;
    if (node_verify(w->folder.path, w->arena, &report) != E_OK) fail_msg("%s", report.fault.what);
    assert_int_equal(report.entries, rebuilt);
    assert_int_equal(unlink(folder_file(&w->folder, "forms/local.form")), 0); /* no version of it at all */
    if (node_verify(w->folder.path, w->arena, &report) != E_OK) fail_msg("%s", report.fault.what);
    world_reopen(w, false);
    assert_null(form_find(node_forms(w->node), "local_note"));
    refused(w, "sho1", "local_note", NULL, body_of(w, "{'note':{'text':'A third'}}"), "form_unknown", NULL);
}

static void an_old_entry_is_corrected_by_its_own_version(void **state)
{
    struct world *w = *state;
    const char *old = old_filed(w);
    world_close(w);
    put_forms(w, version_2, colours);
    world_reopen(w, false);
    refused(w, "sho1", "correction", NULL, correction_body(w, old, "note.text", "Better"), "correction_path",
        NULL);
    filed(w, "sho1", "correction", NULL, correction_body(w, old, "note.words", "Better words"));
    world_close(w);
    struct verify_report report;
    if (node_verify(w->folder.path, w->arena, &report) != E_OK) fail_msg("%s", report.fault.what);
}

static void no_version_changes_its_text(void **state)
{
    struct world *w = *state;
    old_filed(w);
    world_close(w);
    put_forms(w, version_2, colours);
    world_reopen(w, false);
    world_close(w);
    const char *at = strstr(version_1, "Old words");
    put_forms(w, arena_printf(w->arena, "%.*sNew%s", (int)(at - version_1), version_1, at + 3), colours);
    for (int read_only = 0; read_only < 2; read_only++) {
        assert_int_equal(opened(w, read_only), E_PROBLEM); /* put back, but not as it was */
        assert_true(told(w, "form_changed", NULL));
    }
    put_forms(w, version_1, colours);
    assert_int_equal(opened(w, false), E_OK);
}

static void a_list_that_lost_a_code_stops_the_start(void **state)
{
    struct world *w = *state;
    const char *old = old_filed(w);
    world_close(w);
    put_forms(w, version_2, "list local_colour | Colour | रंग\n  red | Red | लाल\n");
    for (int read_only = 0; read_only < 2; read_only++) {
        assert_int_equal(opened(w, read_only), E_PROBLEM);
        assert_true(told(w, "list_shrunk", NULL));
        assert_non_null(strstr(w->problems.list[0].text[LANG_EN], "green is gone"));
    }
    put_forms(w, version_2, arena_printf(w->arena, "%s  blue | Blue | नीला\n", colours));
    assert_int_equal(opened(w, true), E_OK); /* a reader takes it, and keeps nothing */
    put_forms(w, version_2, colours);
    assert_int_equal(opened(w, false), E_OK);
    put_forms(w, version_2, arena_printf(w->arena, "%s  blue | Blue | नीला\n", colours));
    world_reopen(w, false);
    assert_shown_as_filed(w, w->node, old);
    world_close(w);
    put_forms(w, version_2, colours);
    assert_int_equal(opened(w, false), E_PROBLEM); /* what was gained is kept from then on */
    assert_non_null(strstr(w->problems.list[0].text[LANG_EN], "blue is gone"));
    put_forms(w, version_2, arena_printf(w->arena, "%s  blue | Blue | नीला\n", colours));
    assert_int_equal(opened(w, false), E_OK);
}

static void a_composite_that_shrank_stops_the_start(void **state)
{
    static const char *const thing = "composite local_thing | Thing | वस्तु\n  title text | Title | नाम\n";
    struct world *w = *state;
    old_filed(w);
    put(w, "forms/thing.form", thing);
    world_reopen(w, false);
    world_close(w);
    put(w, "forms/thing.form",
        "composite local_thing | Thing | वस्तु\n  title text required | Title | नाम\n");
    assert_int_equal(opened(w, false), E_PROBLEM);
    assert_true(told(w, "composite_shrunk", NULL));
    put(w, "forms/thing.form", arena_printf(w->arena, "%s  note text | Note | टीप\n", thing));
    assert_int_equal(opened(w, false), E_OK);
    put(w, "forms/thing.form", thing);
    assert_int_equal(opened(w, false), E_PROBLEM);
    assert_non_null(strstr(w->problems.list[0].text[LANG_EN], "note is gone"));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(an_old_entry_is_shown_with_its_own_version),
        IN_WORLD(old_and_new_entries_are_proved_and_rebuilt),
        IN_WORLD(an_old_entry_is_corrected_by_its_own_version),
        IN_WORLD(no_version_changes_its_text),
        IN_WORLD(a_list_that_lost_a_code_stops_the_start),
        IN_WORLD(a_composite_that_shrank_stops_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
