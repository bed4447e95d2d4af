/* Forms begun and not yet filed: kept, found again, shared by two pages, and gone when they must be. */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "access/drafts.h"
#include "base/time.h"
#include "folder.h"

#define NOW INT64_C(1795336200000)
#define ID "0190a5b0-0000-7000-8000-000000000001"
#define OTHER_ID "0190a5b0-0000-7000-8000-000000000002"

struct world {
    struct arena *arena;
    struct folder folder;
    struct drafts *drafts;
    struct problems problems;
};

static int world_make(void **state)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct world *w = ARENA_NEW(arena, struct world);
    w->arena = arena;
    w->problems.arena = arena;
    folder_make(&w->folder);
    assert_int_equal(drafts_open(w->folder.path, 30, &w->drafts), E_OK);
    *state = w;
    return 0;
}

static int world_free(void **state)
{
    struct world *w = *state;
    drafts_close(w->drafts);
    folder_remove(&w->folder);
    arena_free(w->arena);
    return 0;
}

static struct draft_save save_of(const char *id, const char *officer, int64_t base, const char *tab)
{
    return (struct draft_save){
        .head = {.id = id, .officer = officer, .office = "PS1", .form = "fir", .seen_size = 7},
        .base = base,
        .tab = tab,
        .now = NOW,
    };
}

static enum err saved(struct world *w, struct draft_save save, const char *name, const char *value,
    struct draft_saved *ret)
{
    struct pair pair = {name, value};
    save.pairs = &pair;
    save.count = 1;
    return drafts_save(w->drafts, w->arena, &save, &w->problems, ret);
}

/* The value a draft of A1 holds; NULL when it holds none. */
static const char *value_of(struct world *w, const char *id, const char *name)
{
    struct draft_head head;
    struct pair *pairs;
    size_t count;
    assert_int_equal(drafts_read(w->drafts, w->arena, "A1", id, &head, &pairs, &count), E_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].name, name) == 0) return pairs[i].value;
    return NULL;
}

static void what_was_saved_is_there_after_a_restart(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t1"), "contents.text", "चोरी हुई", &result), E_OK);
    assert_int_equal(result.head.version, 1);
    drafts_close(w->drafts);
    assert_int_equal(drafts_open(w->folder.path, 30, &w->drafts), E_OK);
    assert_string_equal(value_of(w, ID, "contents.text"), "चोरी हुई");
    struct draft_head *heads;
    size_t count;
    assert_int_equal(drafts_list(w->drafts, w->arena, "A1", "PS1", NOW, &heads, &count), E_OK);
    assert_int_equal(count, 1);
    assert_string_equal(heads[0].form, "fir");
    assert_int_equal(heads[0].saved_at, NOW);
    assert_int_equal(heads[0].seen_size, 7);
}

static void nobody_else_learns_that_it_exists(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t"), "a.b", "mine", &result), E_OK);
    struct draft_head head, *heads;
    struct pair *pairs;
    size_t count;
    assert_int_equal(drafts_read(w->drafts, w->arena, "A2", ID, &head, &pairs, &count), E_NOT_FOUND);
    assert_int_equal(saved(w, save_of(ID, "A2", 1, "t"), "a.b", "theirs", &result), E_NOT_FOUND);
    assert_int_equal(drafts_drop(w->drafts, "A2", ID), E_OK);
    assert_string_equal(value_of(w, ID, "a.b"), "mine");
    assert_int_equal(drafts_list(w->drafts, w->arena, "A2", "PS1", NOW, &heads, &count), E_OK);
    assert_int_equal(count, 0);
    assert_int_equal(drafts_list(w->drafts, w->arena, "A1", "PS2", NOW, &heads, &count), E_OK);
    assert_int_equal(count, 0); /* nor in the other posting */
    struct draft_save other_form = save_of(ID, "A1", 1, "t");
    other_form.head.form = "arrest";
    assert_int_equal(saved(w, other_form, "a.b", "x", &result), E_NOT_FOUND);
    struct stat status;
    assert_int_equal(stat(folder_file(&w->folder, "drafts.db"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(folder_file(&w->folder, "drafts.db-wal"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void two_pages_that_changed_different_fields_both_win(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t0"), "a.x", "old", &result), E_OK);
    assert_int_equal(saved(w, save_of(ID, "A1", 1, "t1"), "a.x", "one", &result), E_OK);
    assert_int_equal(result.other_at, 0); /* its own page made version 1 the base */
    /* The second page was made from version 1 too: it sends x as it found it, and a new y. */
    struct pair pairs[] = {{"a.x", "old"}, {"a.y", "two"}};
    struct draft_save save = save_of(ID, "A1", 1, "t2");
    save.pairs = pairs;
    save.count = 2;
    save.now = NOW + 1000;
    assert_int_equal(drafts_save(w->drafts, w->arena, &save, &w->problems, &result), E_OK);
    assert_int_equal(result.conflict_count, 0);
    assert_int_equal(result.other_at, NOW);
    assert_string_equal(value_of(w, ID, "a.x"), "one");
    assert_string_equal(value_of(w, ID, "a.y"), "two");
}

static void a_field_both_changed_is_told_and_not_overwritten(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t1"), "a.x", "one", &result), E_OK);
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t2"), "a.x", "two", &result), E_OK);
    assert_int_equal(result.conflict_count, 1);
    assert_string_equal(result.conflicts[0].name, "a.x");
    assert_string_equal(result.conflicts[0].value, "one");
    assert_string_equal(value_of(w, ID, "a.x"), "one");
    /* Told of it, its page is made from the newest version, and its word counts. */
    assert_int_equal(saved(w, save_of(ID, "A1", result.head.version, "t3"), "a.x", "two", &result), E_OK);
    assert_int_equal(result.conflict_count, 0);
    assert_string_equal(value_of(w, ID, "a.x"), "two");
}

static void a_page_never_stands_against_itself(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t1"), "a.x", "on", &result), E_OK);
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t1"), "a.x", "one", &result), E_OK);
    assert_int_equal(result.conflict_count, 0);
    assert_int_equal(result.other_at, 0);
    assert_string_equal(value_of(w, ID, "a.x"), "one");
}

static void a_page_older_than_what_is_kept_is_told_of_a_conflict(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    for (int i = 0; i < 40; i++)
        assert_int_equal(saved(w, save_of(ID, "A1", i, "t1"), "a.x",
                             arena_printf(w->arena, "text %d", i), &result),
            E_OK);
    assert_int_equal(saved(w, save_of(ID, "A1", 1, "t2"), "a.x", "text 0", &result), E_OK);
    assert_int_equal(result.conflict_count, 1);
    assert_string_equal(value_of(w, ID, "a.x"), "text 39");
}

static void what_is_too_much_is_refused_and_changes_nothing(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t"), "a.x", "short", &result), E_OK);
    char *large = arena_alloc(w->arena, (size_t)DRAFT_BYTES_MAX + 1);
    memset(large, 'x', (size_t)DRAFT_BYTES_MAX);
    assert_int_equal(saved(w, save_of(ID, "A1", 1, "t"), "a.x", large, &result), E_PROBLEM);
    assert_string_equal(w->problems.list[0].code, "draft_large");
    assert_string_equal(value_of(w, ID, "a.x"), "short");
    for (int i = 1; i < DRAFTS_EACH_MAX; i++) {
        const char *id = arena_printf(w->arena, "0190a5b0-0000-7000-8000-0000000%05d", i + 10);
        assert_int_equal(saved(w, save_of(id, "A1", 0, "t"), "a.x", "x", &result), E_OK);
    }
    w->problems.count = 0;
    assert_int_equal(saved(w, save_of(OTHER_ID, "A1", 0, "t"), "a.x", "x", &result), E_PROBLEM);
    assert_string_equal(w->problems.list[0].code, "drafts_many");
    assert_int_equal(saved(w, save_of(OTHER_ID, "A2", 0, "t"), "a.x", "x", &result), E_OK);
}

/* Whether any file of the folder holds the words. */
static bool on_disk(struct world *w, const char *words)
{
    static const char *const names[] = {"drafts.db", "drafts.db-wal"};
    bool found = false;
    for (size_t i = 0; i < 2; i++) {
        int fd = open(folder_file(&w->folder, names[i]), O_RDONLY);
        if (fd < 0) continue;
        struct stat status;
        assert_int_equal(fstat(fd, &status), 0);
        char *data = arena_alloc(w->arena, (size_t)status.st_size + 1);
        assert_int_equal(read(fd, data, (size_t)status.st_size), status.st_size);
        found = found || memmem(data, (size_t)status.st_size, words, strlen(words));
        close(fd);
    }
    return found;
}

static void what_was_filed_or_thrown_away_is_wiped(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t"), "a.x", "the secret source", &result), E_OK);
    assert_true(on_disk(w, "the secret source"));
    assert_int_equal(drafts_drop(w->drafts, "A1", ID), E_OK);
    assert_false(on_disk(w, "the secret source"));
    assert_int_equal(drafts_drop(w->drafts, "A1", ID), E_OK);
}

static void a_draft_left_alone_too_long_is_gone(void **state)
{
    struct world *w = *state;
    struct draft_saved result;
    struct draft_head *heads;
    size_t count;
    assert_int_equal(saved(w, save_of(ID, "A1", 0, "t"), "a.x", "x", &result), E_OK);
    int64_t last = NOW + 30 * TIME_DAY_MS;
    assert_int_equal(drafts_list(w->drafts, w->arena, "A1", "PS1", last, &heads, &count), E_OK);
    assert_int_equal(count, 1);
    assert_int_equal(drafts_list(w->drafts, w->arena, "A1", "PS1", last + 1, &heads, &count), E_OK);
    assert_int_equal(count, 0);
    struct draft_head head;
    struct pair *pairs;
    assert_int_equal(drafts_read(w->drafts, w->arena, "A1", ID, &head, &pairs, &count), E_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
        TEST(what_was_saved_is_there_after_a_restart),
        TEST(nobody_else_learns_that_it_exists),
        TEST(two_pages_that_changed_different_fields_both_win),
        TEST(a_field_both_changed_is_told_and_not_overwritten),
        TEST(a_page_never_stands_against_itself),
        TEST(a_page_older_than_what_is_kept_is_told_of_a_conflict),
        TEST(what_is_too_much_is_refused_and_changes_nothing),
        TEST(what_was_filed_or_thrown_away_is_wiped),
        TEST(a_draft_left_alone_too_long_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
