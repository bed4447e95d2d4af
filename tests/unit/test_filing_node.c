/* Opening a data folder: one writer, forms that keep their text, a reader beside a server, and a register
 * that could not be made whole. */
#include <fcntl.h>
#include <sys/stat.h>

#include "filing_world.h"

static enum err open_again(struct world *w, const struct node_options *options, struct node **ret_node)
{
    struct node_options whole = *options;
    whole.folder = w->folder.path;
    w->problems = (struct problems){.arena = w->arena};
    return node_open(&whole, &w->problems, ret_node);
}

static void a_second_writer_is_refused_and_a_reader_is_not(void **state)
{
    struct world *w = *state;
    struct node *second = NULL;
    assert_int_equal(open_again(w, &(struct node_options){0}, &second), E_BUSY);
    assert_true(told(w, "folder_in_use", NULL));
    assert_null(second);
    world_reopen(w, true);
    assert_int_equal(open_again(w, &(struct node_options){.threaded = true}, &second), E_BUSY);
    assert_int_equal(open_again(w, &(struct node_options){.read_only = true}, &second), E_OK);
    struct db *db;
    assert_int_equal(node_reader(second, &db), E_OK);
    int64_t size = register_sealed_size(db);
    filed(
        w, "writer1", "general_diary", NULL, diary_body(w)); /* the server goes on, and the reader sees it */
    assert_int_equal(register_sealed_size(db), size + 1);
    db_close(db);
    node_close(second);
    world_close(w);
    assert_int_equal(
        open_again(w, &(struct node_options){0}, &second), E_OK); /* the lock goes with its holder */
    node_close(second);
}

static void write_form(struct world *w, const char *version, const char *label)
{
    char path[sizeof w->folder.file];
    snprintf(path, sizeof path, "%s", folder_file(&w->folder, "forms"));
    mkdir(path, 0700);
    FILE *file = fopen(folder_file(&w->folder, "forms/local_note.form"), "w");
    assert_non_null(file);
    fprintf(file,
        "form local_note %s | %s | स्थानीय टीप\n  files any\n\nsection note | Note | टीप\n"
        "  text text required | Text | पाठ\n",
        version, label);
    fclose(file);
}

static void a_form_that_changes_under_its_version_is_refused(void **state)
{
    struct world *w = *state;
    write_form(w, "1", "Local note");
    world_reopen(w, false);
    filed(w, "sho1", "local_note", NULL, body_of(w, "{'note':{'text':'A note'}}"));
    world_close(w);
    write_form(w, "1", "Other words");
    struct node *node = NULL;
    assert_int_equal(open_again(w, &(struct node_options){0}, &node), E_PROBLEM);
    assert_true(told(w, "form_changed", NULL));
    assert_non_null(strstr(w->problems.list[0].text[LANG_EN], "local_note"));
    assert_int_equal(
        open_again(w, &(struct node_options){.read_only = true}, &node), E_PROBLEM); /* nor read with it */
    assert_true(told(w, "form_changed", NULL));
    struct verify_report report;
    assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_PROBLEM);
    assert_non_null(strstr(report.fault.what, "local_note"));
    write_form(w, "1", "Local note");
    world_reopen(w, false);
    filed(w, "sho1", "local_note", NULL, body_of(w, "{'note':{'text':'A second'}}"));
}

static void a_folder_without_a_register_and_one_with_it_are_told_apart(void **state)
{
    struct world *w = *state;
    world_close(w);
    struct node *node = NULL;
    assert_int_equal(
        open_again(w, &(struct node_options){.create = true, .name = "x.example"}, &node), E_PROBLEM);
    assert_true(told(w, "folder_taken", NULL));
    struct folder empty;
    folder_make(&empty);
    struct problems problems = {.arena = w->arena};
    assert_int_equal(node_open(&(struct node_options){.folder = empty.path}, &problems, &node), E_PROBLEM);
    assert_string_equal(problems.list[0].code, "folder_empty");
    folder_remove(&empty);
    struct verify_report report;
    assert_int_not_equal(node_verify(empty.path, w->arena, &report), E_OK);
    assert_non_null(report.fault.what);
    world_reopen(w, false);
}

static void a_register_that_could_not_be_made_does_not_stand_in_the_way(void **state)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct problems problems = {.arena = arena};
    struct folder folder;
    folder_make(&folder);
    struct node *node = NULL;
    assert_int_equal(
        node_open(&(struct node_options){.folder = folder.path, .create = true, .name = "two words"},
            &problems, &node),
        E_PROBLEM);
    assert_string_equal(problems.list[0].code, "node_name_wrong");
    assert_int_not_equal(access(folder_file(&folder, "panji.db"), F_OK), 0);
    assert_int_not_equal(access(folder_file(&folder, "node.key"), F_OK), 0);
    problems = (struct problems){.arena = arena};
    assert_int_equal(
        node_open(&(struct node_options){.folder = folder.path, .create = true, .name = "one.example"},
            &problems, &node),
        E_OK);
    assert_string_equal(node_name(node), "one.example");
    node_close(node);
    folder_remove(&folder);
    arena_free(arena);
    (void)state;
}

static void a_register_that_lost_entries_does_not_open(void **state)
{
    struct world *w = *state;
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    assert_int_equal(
        db_do(w->db, "DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)"), E_OK);
    assert_int_equal(db_do(w->db, "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"), E_OK);
    world_close(w);
    struct node *node = NULL;
    assert_int_equal(open_again(w, &(struct node_options){0}, &node), E_CORRUPT);
    assert_true(told(w, "register_short", NULL));
}

/* As a register of an older program stands on the disk: a column less, and the mark of its own views or
 * none. */
static void views_made_old(struct world *w, const char *mark)
{
    struct db *db;
    world_close(w);
    assert_int_equal(db_open(folder_file(&w->folder, "panji.db"), DB_WRITE, &db), E_OK);
    assert_int_equal(db_script(db, "DROP TABLE property; CREATE TABLE property(id TEXT)"), E_OK);
    assert_int_equal(db_script(db, mark), E_OK);
    db_close(db);
}

static void views_of_another_version_are_refused_until_rebuilt(void **state)
{
    struct world *w = *state;
    static const char *const marks[] = {
        "UPDATE view_shape SET shape = 'older'", "DELETE FROM view_shape", "DROP TABLE view_shape"};
    filed(w, "writer1", "general_diary", NULL, diary_body(w));
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        views_made_old(w, marks[i]);
        struct node *node = NULL;
        assert_int_equal(open_again(w, &(struct node_options){0}, &node), E_STALE);
        assert_true(told(w, "views_stale", NULL));
        assert_non_null(strstr(w->problems.list[0].next[LANG_EN], "panji rebuild --data "));
        assert_non_null(strstr(w->problems.list[0].next[LANG_EN], w->folder.path));
        assert_int_equal(open_again(w, &(struct node_options){.threaded = true}, &node), E_STALE);
        assert_int_equal(open_again(w, &(struct node_options){.read_only = true}, &node), E_STALE);
        struct verify_report report;
        assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_STALE);
        assert_non_null(strstr(report.fault.what, "panji rebuild"));
        assert_int_equal(open_again(w, &(struct node_options){.rebuilding = true}, &node), E_OK);
        int64_t entries;
        assert_int_equal(node_rebuild(node, w->arena, &entries, &report.fault), E_OK);
        node_close(node);
        assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_OK);
        world_reopen(w, false);
        filed(w, "writer1", "general_diary", NULL, diary_body(w));
    }
}

static void proving_waits_for_the_server_to_stop(void **state)
{
    struct world *w = *state;
    struct verify_report report;
    assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_BUSY);
    assert_non_null(strstr(report.fault.what, "in use"));
    world_close(w);
    assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_OK);
    assert_int_equal(unlink(folder_file(&w->folder, "lock")), 0); /* a copy without a lock */
    assert_int_equal(node_verify(w->folder.path, w->arena, &report), E_OK);
}

static void files_of_a_register_are_its_owners_alone(void **state)
{
    struct world *w = *state;
    static const char *const names[] = {"node.key", "secrets.db"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stat status;
        assert_int_equal(stat(folder_file(&w->folder, names[i]), &status), 0);
        assert_int_equal(status.st_mode & 077, 0);
    }
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_second_writer_is_refused_and_a_reader_is_not),
        IN_WORLD(a_form_that_changes_under_its_version_is_refused),
        IN_WORLD(a_folder_without_a_register_and_one_with_it_are_told_apart),
        cmocka_unit_test(a_register_that_could_not_be_made_does_not_stand_in_the_way),
        IN_WORLD(a_register_that_lost_entries_does_not_open),
        IN_WORLD(views_of_another_version_are_refused_until_rebuilt),
        IN_WORLD(proving_waits_for_the_server_to_stop),
        IN_WORLD(files_of_a_register_are_its_owners_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
