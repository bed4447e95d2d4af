/* register/tree: see tree.h. Nothing here ever reads more than two tiles of a level, whatever the size. */
#include "register/tree.h"

#include <assert.h>
#include <string.h>

#include "register/hash.h"

int tree_add(struct tree *tree, const uint8_t leaf[HASH_SIZE], uint8_t ret_tiles[TILE_LEVELS_MAX][HASH_SIZE])
{
    uint8_t carried[HASH_SIZE];
    memcpy(carried, leaf, HASH_SIZE);
    int tiles = 0, height = 0;
    for (; tree->size >> height & 1; height++) {
        hash_node(carried, tree->peaks[height], carried);
        if ((height + 1) % TILE_HEIGHT == 0) memcpy(ret_tiles[tiles++], carried, HASH_SIZE);
    }
    assert(height < TREE_HEIGHT_MAX);
    memcpy(tree->peaks[height], carried, HASH_SIZE);
    tree->size++;
    return tiles;
}

/* The hash of all leaves under the complete subtrees lower than height: the ragged right end of the tree. */
static void tree_ragged(const struct tree *tree, int height, uint8_t ret[HASH_SIZE])
{
    bool empty = true;
    for (int i = 0; i < height; i++) {
        if (!(tree->size >> i & 1)) continue;
        if (empty) memcpy(ret, tree->peaks[i], HASH_SIZE);
        else hash_node(ret, tree->peaks[i], ret);
        empty = false;
    }
    if (empty) hash_bytes(ret, "", 0);
}

void tree_root(const struct tree *tree, uint8_t ret[HASH_SIZE])
{
    tree_ragged(tree, TREE_HEIGHT_MAX, ret);
}

enum err tree_hashes(struct db *db, int level, int64_t first, int count, uint8_t (*ret)[HASH_SIZE])
{
    assert(level >= 0 && count > 0 && count <= TILE_WIDTH);
    struct rows *rows = level == 0
        ? db_query(db, "SELECT leaf FROM entry WHERE seq >= $1 AND seq < $2 ORDER BY seq", V(first),
              V(first + count))
        : db_query(db,
              "SELECT hash FROM tree_hash WHERE level = $1 AND number >= $2 AND number < $3 ORDER BY number",
              V(level), V(first), V(first + count));
    int found = 0;
    bool whole = true;
    while (db_next(rows)) {
        size_t n = 0;
        const void *hash = row_blob(rows, 0, &n);
        whole = whole && n == HASH_SIZE && found < count;
        if (whole) memcpy(ret[found++], hash, HASH_SIZE);
    }
    TRY(db_status(db));
    return whole && found == count ? E_OK : E_CORRUPT;
}

enum err tree_node(struct db *db, int height, int64_t number, uint8_t ret[HASH_SIZE])
{
    int rest = height % TILE_HEIGHT;
    int count = 1 << rest;
    uint8_t hashes[TILE_WIDTH][HASH_SIZE];
    TRY(tree_hashes(db, height / TILE_HEIGHT, number << rest, count, hashes));
    for (; count > 1; count /= 2)
        for (int i = 0; i < count / 2; i++) hash_node(hashes[i], hashes[2 * i], hashes[2 * i + 1]);
    memcpy(ret, hashes[0], HASH_SIZE);
    return E_OK;
}

enum err tree_load(struct db *db, int64_t size, struct tree *ret)
{
    assert(size >= 0 && size >> TREE_HEIGHT_MAX == 0);
    ret->size = size;
    for (int height = 0; height < TREE_HEIGHT_MAX; height++)
        if (size >> height & 1) TRY(tree_node(db, height, (size >> height) - 1, ret->peaks[height]));
    return E_OK;
}

enum err tree_path(struct db *db, const struct tree *tree, int64_t seq,
    uint8_t ret[TREE_HEIGHT_MAX][HASH_SIZE], int *ret_count)
{
    assert(seq >= 0 && seq < tree->size);
    int count = 0;
    for (int height = 0; (tree->size - 1) >> height > 0; height++) {
        int64_t sibling = seq >> height ^ 1;
        if ((sibling + 1) << height <= tree->size) TRY(tree_node(db, height, sibling, ret[count++]));
        else if (sibling << height < tree->size) tree_ragged(tree, height, ret[count++]);
        /* else the leaf's own subtree is the last of this height and has no sibling */
    }
    *ret_count = count;
    return E_OK;
}
