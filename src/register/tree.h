/* register/tree: the Merkle tree of RFC 6962 as a compact range, and its hashes as stored.
 *
 * Only the roots of the complete subtrees on the right edge are kept in memory, one for every bit set in the
 * size. Stored are the leaves (entry.leaf) and, as in C2SP tlog-tiles, the hash of every complete tile of
 * 256: "level" counts tiles (level 0 leaves, level 1 hashes of 256 leaves …), "height" counts single steps.
 */
#ifndef PANJI_REGISTER_TREE_H
#define PANJI_REGISTER_TREE_H

#include <stdint.h>

#include "base/err.h"
#include "db/db.h"
#include "register/register.h"

#define TREE_HEIGHT_MAX 48 /* 2^48 entries: more than will ever be filed */
#define TILE_HEIGHT 8
#define TILE_WIDTH 256
#define TILE_LEVELS_MAX (TREE_HEIGHT_MAX / TILE_HEIGHT)

struct tree {
    int64_t size;
    uint8_t peaks[TREE_HEIGHT_MAX][HASH_SIZE]; /* by height; set where the size has the bit */
};

/* Adds a leaf. Returns how many tiles it completed: ret_tiles[i] is to be stored at level i + 1 under the
 * number (size >> 8 * (i + 1)) - 1. */
int tree_add(struct tree *tree, const uint8_t leaf[HASH_SIZE], uint8_t ret_tiles[TILE_LEVELS_MAX][HASH_SIZE]);

/* The root; of the empty tree the hash of nothing (RFC 6962 2.1). */
void tree_root(const struct tree *tree, uint8_t ret[HASH_SIZE]);

/* Reads count stored hashes of a level, from number first on. E_CORRUPT when one is missing. */
enum err tree_hashes(
    struct db *db, int level, int64_t first, int count, uint8_t (*ret)[HASH_SIZE]) MUST_CHECK;

/* The hash of the complete subtree at a height, from at most 128 stored hashes. */
enum err tree_node(struct db *db, int height, int64_t number, uint8_t ret[HASH_SIZE]) MUST_CHECK;

/* The tree of the first size leaves, from what is stored. */
enum err tree_load(struct db *db, int64_t size, struct tree *ret) MUST_CHECK;

/* RFC 6962 2.1.1: the audit path of leaf seq in the tree, from the leaf's sibling up. *ret_count hashes. */
enum err tree_path(struct db *db, const struct tree *tree, int64_t seq,
    uint8_t ret[TREE_HEIGHT_MAX][HASH_SIZE], int *ret_count) MUST_CHECK;

#endif
