/* Files under their hash: what is stored, what is refused, what verify finds. */
#include <sys/stat.h>
#include <utime.h>

#include "base/id.h"
#include "register/blob.h"
#include "register_world.h"

static const char *blob_store(struct world *world, const void *data, size_t n, size_t piece)
{
    struct blob_writer *writer = NULL;
    char *name = arena_alloc(world->arena, BLOB_NAME_SIZE);
    int64_t size = -1;
    assert_int_equal(blob_begin(world->folder, &writer), E_OK);
    for (size_t at = 0; at < n; at += piece)
        assert_int_equal(blob_add(writer, (const char *)data + at, n - at < piece ? n - at : piece), E_OK);
    assert_int_equal(blob_finish(writer, name, &size), E_OK);
    assert_int_equal(size, n);
    return name;
}

static const char *blob_path(struct world *world, const char *name)
{
    return arena_printf(world->arena, "%s/blobs/%.2s/%s", world->folder, name, name + 2);
}

static int incoming_count(struct world *world)
{
    FILE *list = popen(arena_printf(world->arena, "ls %s/incoming | wc -l", world->folder), "r");
    int count = -1;
    assert_int_equal(fscanf(list, "%d", &count), 1);
    pclose(list);
    return count;
}

static void blob_is_found_under_its_hash(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    size_t n = 300001;
    uint8_t *data = arena_alloc(world.arena, n), *back = arena_alloc(world.arena, n), hash[32];
    id_random(data, n);
    const char *name = blob_store(&world, data, n, 4096);
    char hex[BLOB_NAME_SIZE];
    hash_bytes(hash, data, n);
    hex_encode(hex, hash, 32);
    assert_string_equal(name, hex);
    int fd = -1;
    int64_t size = 0;
    assert_int_equal(blob_open(world.folder, name, &fd, &size), E_OK);
    assert_int_equal(size, n);
    assert_int_equal(read(fd, back, n), n);
    close(fd);
    assert_memory_equal(back, data, n);
    assert_true(blob_exists(world.folder, name));
    assert_string_equal(blob_store(&world, data, n, n), name); /* twice is once */
    assert_int_equal(incoming_count(&world), 0);
    assert_string_equal(
        blob_store(&world, "", 0, 1), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    world_end(&world);
}

static void cancelled_and_unknown_blobs_leave_nothing(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct blob_writer *writer = NULL;
    assert_int_equal(blob_begin(world.folder, &writer), E_OK);
    assert_int_equal(blob_add(writer, "half", 4), E_OK);
    assert_int_equal(incoming_count(&world), 1);
    blob_cancel(writer);
    blob_cancel(NULL);
    assert_int_equal(incoming_count(&world), 0);
    static const char *const names[] = {"", "ab", "../../../../etc/passwd",
        "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550"};
    int fd = -1;
    int64_t size = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(blob_open(world.folder, names[i], &fd, &size), E_NOT_FOUND);
        assert_false(blob_exists(world.folder, names[i]));
    }
    world_end(&world);
}

static void too_large_blob_is_refused(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct blob_writer *writer = NULL;
    char name[BLOB_NAME_SIZE];
    int64_t size = 0;
    assert_int_equal(blob_begin(world.folder, &writer), E_OK);
    assert_int_equal(blob_add(writer, "x", 1), E_OK);
    assert_int_equal(
        blob_add(writer, "x", (size_t)BLOB_BYTES_MAX), E_PROBLEM); /* refused before it is read */
    assert_int_equal(blob_add(writer, "x", 1), E_PROBLEM);
    assert_int_equal(blob_finish(writer, name, &size), E_PROBLEM);
    assert_int_equal(incoming_count(&world), 0);
    world_end(&world);
}

static void only_old_leftovers_are_swept(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct blob_writer *writer = NULL;
    assert_int_equal(blob_begin(world.folder, &writer), E_OK);
    FILE *file = fopen(world_path(&world, "incoming/old"), "w");
    fclose(file);
    struct utimbuf long_ago = {1, 1};
    assert_int_equal(utime(world_path(&world, "incoming/old"), &long_ago), 0);
    assert_int_equal(blob_sweep(world.folder), E_OK);
    assert_int_equal(incoming_count(&world), 1);
    blob_cancel(writer);
    world_end(&world);
}

static void verify_says(struct world *world, enum err expected, const char *what)
{
    struct register_fault fault;
    assert_int_equal(blob_verify_all(world->folder, world->arena, &fault), expected);
    if (expected != E_OK && !strstr(fault.what, what)) fail_msg("%s", fault.what);
}

static void changed_and_foreign_files_are_found(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    verify_says(&world, E_OK, NULL); /* no folder yet */
    const char *name = blob_store(&world, "evidence", 8, 8);
    blob_store(&world, "photo", 5, 5);
    verify_says(&world, E_OK, NULL);
    chmod(blob_path(&world, name), 0600);
    FILE *file = fopen(blob_path(&world, name), "r+");
    fputc('E', file);
    fclose(file);
    verify_says(&world, E_CORRUPT, "has a content that is not its name");
    verify_says(&world, E_CORRUPT, name + 2);
    file = fopen(blob_path(&world, name), "r+");
    fputc('e', file);
    fclose(file);
    verify_says(&world, E_OK, NULL);
    const char *foreign[] = {world_path(&world, "blobs/note.txt"),
        arena_printf(world.arena, "%s/blobs/%.2s/note.txt", world.folder, name)};
    for (size_t i = 0; i < 2; i++) {
        fclose(fopen(foreign[i], "w"));
        verify_says(&world, E_CORRUPT, "does not belong there");
        unlink(foreign[i]);
    }
    unlink(blob_path(&world, name)); /* a link to the right content is still not the file */
    FILE *elsewhere = fopen(world_path(&world, "elsewhere"), "w");
    fputs("evidence", elsewhere);
    fclose(elsewhere);
    assert_int_equal(symlink(world_path(&world, "elsewhere"), blob_path(&world, name)), 0);
    verify_says(&world, E_CORRUPT, "cannot be opened");
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blob_is_found_under_its_hash),
        cmocka_unit_test(cancelled_and_unknown_blobs_leave_nothing),
        cmocka_unit_test(too_large_blob_is_refused),
        cmocka_unit_test(only_old_leftovers_are_swept),
        cmocka_unit_test(changed_and_foreign_files_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
