/* The Merkle tree: every root, path and tile against the recursive definitions of RFC 6962. */
#include "register/tree.h"
#include "register_world.h"

#define SIZE 600

static uint8_t leaves[70000][32];

static void leaves_load(struct world *world, size_t n)
{
    struct rows *rows = db_query_all(world->db, "SELECT leaf FROM entry ORDER BY seq");
    size_t found = 0, len = 0;
    for (; db_next(rows); found++) memcpy(leaves[found], row_blob(rows, 0, &len), 32);
    assert_int_equal(found, n);
}

static void paths_equal(struct world *world, const struct tree *tree, size_t place)
{
    uint8_t fast[TREE_HEIGHT_MAX][32], slow[TREE_HEIGHT_MAX][32];
    int count = 0;
    assert_int_equal(tree_path(world->db, tree, (int64_t)place, fast, &count), E_OK);
    assert_int_equal(count, slow_path(leaves, (size_t)tree->size, place, slow));
    assert_memory_equal(fast, slow, (size_t)count * 32);
}

static void every_size_has_the_root_and_paths_of_the_definition(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, SIZE);
    leaves_load(&world, SIZE);
    struct tree grown = {0};
    for (size_t n = 0; n <= SIZE; n++) {
        uint8_t tiles[TILE_LEVELS_MAX][32], slow[32], root[32];
        struct tree loaded;
        if (n > 0) tree_add(&grown, leaves[n - 1], tiles);
        assert_int_equal(tree_load(world.db, (int64_t)n, &loaded), E_OK);
        slow_root(leaves, n, slow);
        tree_root(&loaded, root);
        assert_memory_equal(root, slow, 32);
        tree_root(&grown, root);
        assert_memory_equal(root, slow, 32);
        size_t step = n <= 40 || n == 256 || n == SIZE ? 1 : 61; /* all places of some sizes, some of all */
        for (size_t place = 0; place < n; place += step) paths_equal(&world, &loaded, place);
        if (n > 0) paths_equal(&world, &loaded, n - 1);
    }
    world_end(&world);
}

/* ---- tiles ---- */

static size_t tile(struct world *world, const char *path, bool full, struct buf *ret)
{
    bool is_full = !full;
    buf_init(ret, world->arena, 1 << 24);
    assert_int_equal(register_tile(world->db, world->arena, path, ret, &is_full), E_OK);
    assert_int_equal(is_full, full);
    return ret->len / 32;
}

static void tile_missing(struct world *world, const char *path)
{
    struct buf buf;
    bool full = false;
    buf_init(&buf, world->arena, 1 << 20);
    if (register_tile(world->db, world->arena, path, &buf, &full) != E_NOT_FOUND)
        fail_msg("%s is served", path);
}

/* The example of C2SP tlog-tiles: 70,000 entries are 273 full tiles and one of 112 at level 0, one full and
 * one of 17 at level 1, one of 1 at level 2. */
static void tiles_of_every_level_give_the_same_root(void **state)
{
    (void)state;
    struct world world;
    struct buf bytes;
    uint8_t expected[32], root[32];
    static uint8_t ones[274][32];
    world_begin(&world);
    world_file(&world, 70000);
    leaves_load(&world, 70000);
    slow_root(leaves, 70000, expected);
    for (int64_t n = 0; n < 273; n++) {
        assert_int_equal(
            tile(&world, arena_printf(world.arena, "tile/0/%03lld", (long long)n), true, &bytes), 256);
        assert_memory_equal(bytes.data, leaves[n * 256], 8192);
        slow_root((uint8_t(*)[32])(void *)bytes.data, 256, ones[n]);
    }
    assert_int_equal(tile(&world, "tile/0/273.p/112", false, &bytes), 112);
    slow_root((uint8_t(*)[32])(void *)bytes.data, 112, ones[273]);
    slow_root(ones, 274, root);
    assert_memory_equal(root, expected, 32);
    assert_int_equal(tile(&world, "tile/1/000", true, &bytes), 256);
    assert_memory_equal(bytes.data, ones, 8192);
    slow_root(ones, 256, root);
    assert_int_equal(tile(&world, "tile/1/001.p/17", false, &bytes), 17);
    assert_memory_equal(bytes.data, ones[256], 17 * 32);
    assert_int_equal(tile(&world, "tile/2/000.p/1", false, &bytes), 1);
    assert_memory_equal(bytes.data, root, 32);
    assert_int_equal(tile(&world, "tile/0/000.p/255", false, &bytes), 255);
    world_end(&world);
}

static void tiles_that_are_not_there_are_not_served(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    tile_missing(&world, "tile/0/000.p/1");
    world_file(&world, 300);
    static const char *const paths[] = {"tile/0/001", "tile/0/001.p/45", "tile/0/001.p/0", "tile/0/001.p/044",
        "tile/0/001.p/256", "tile/0/001.p/", "tile/0/001.p/44/", "tile/1/000", "tile/1/000.p/2",
        "tile/2/000.p/1", "tile/00/000", "tile/0/0", "tile/0/0000", "tile/0/x000/000", "tile/0/x000",
        "tile/64/000.p/1", "tile/-1/000", "tile/0/002.p/1", "tile/entries/001", "tile/entries/001.p/45",
        "tile/", "", "checkpoint", "tile/0/x999/x999/x999/x999/x999/x999/999.p/1",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) tile_missing(&world, paths[i]);
    struct buf bytes;
    assert_int_equal(tile(&world, "tile/0/001.p/44", false, &bytes), 44);
    assert_int_equal(db_begin(world.db), E_OK);
    world_append(&world, 1);
    tile_missing(&world, "tile/0/001.p/45"); /* filed but not yet signed */
    world_commit(&world);
    assert_int_equal(tile(&world, "tile/0/001.p/45", false, &bytes), 45);
    world_end(&world);
}

static void bundles_hold_the_entries_of_their_tile(void **state)
{
    (void)state;
    struct world world;
    struct buf bytes;
    bool full = true;
    world_begin(&world);
    world_file(&world, 300);
    leaves_load(&world, 300);
    buf_init(&bytes, world.arena, 1 << 24);
    assert_int_equal(register_tile(world.db, world.arena, "tile/entries/001.p/44", &bytes, &full), E_OK);
    assert_false(full);
    const uint8_t *at = (const uint8_t *)bytes.data, *end = at + bytes.len;
    size_t place = 256;
    for (uint8_t hash[32]; at < end; place++) {
        size_t n = (size_t)at[0] << 8 | at[1];
        hash_leaf(hash, at + 2, n);
        assert_memory_equal(hash, leaves[place], 32);
        at += 2 + n;
    }
    assert_int_equal(place, 300);
    assert_ptr_equal(at, end);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_has_the_root_and_paths_of_the_definition),
        cmocka_unit_test(tiles_of_every_level_give_the_same_root),
        cmocka_unit_test(tiles_that_are_not_there_are_not_served),
        cmocka_unit_test(bundles_hold_the_entries_of_their_tile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
