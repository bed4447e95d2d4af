/* What the register tests share: a data folder, a register in it, entries to file, and Merkle trees computed
 * the slow way, straight from the recursive definitions of RFC 6962 2.1. */
#ifndef PANJI_TESTS_REGISTER_WORLD_H
#define PANJI_TESTS_REGISTER_WORLD_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/id.h"
#include "folder.h"
#include "register/hash.h"
#include "register/register.h"

#define NODE "panji.example/demo"
#define FILED_AT 1795000000000

struct world {
    struct folder home;
    const char *folder;
    struct register_options options;
    struct db *db;
    struct entry_register *reg;
    struct arena *arena;
};

static inline void world_db(struct world *world, enum db_mode mode)
{
    char path[64];
    snprintf(path, sizeof path, "%s/panji.db", world->folder);
    assert_int_equal(db_open(path, mode, &world->db), E_OK);
}

static inline void world_open(struct world *world)
{
    world_db(world, DB_WRITE);
    assert_int_equal(register_open(world->db, &world->options, &world->reg), E_OK);
}

static inline void world_close(struct world *world)
{
    register_close(world->reg);
    db_close(world->db);
    world->reg = NULL;
    world->db = NULL;
}

static inline void world_begin(struct world *world)
{
    memset(world, 0, sizeof *world);
    folder_make(&world->home);
    world->folder = world->home.path;
    world->options = (struct register_options){.folder = world->folder, .node = NODE};
    world->arena = arena_new((size_t)1 << 30);
    world_db(world, DB_WRITE);
    assert_int_equal(register_create(world->db, &world->options), E_OK);
    assert_int_equal(register_open(world->db, &world->options, &world->reg), E_OK);
}

static inline void world_end(struct world *world)
{
    world_close(world);
    arena_free(world->arena);
    folder_remove(&world->home);
}

/* The path of a file in the folder. */
static inline const char *world_path(struct world *world, const char *name)
{
    return arena_printf(world->arena, "%s/%s", world->folder, name);
}

/* An entry that can be appended; its id and body differ with n. */
static inline struct entry world_entry(struct world *world, int64_t n)
{
    char id[ID_TEXT_SIZE];
    id_new(id, FILED_AT + n);
    struct entry entry = {.id = arena_strdup(world->arena, id),
        .office = "PS-RAIPUR-01",
        .officer = "o-17",
        .role = "sho",
        .form = "gd_entry",
        .form_version = 1,
        .filed_at = FILED_AT + n,
        .seen_size = -1};
    entry.body = arena_printf(world->arena, "{\"text\":\"रोजनामचा %lld\"}", (long long)n);
    entry.body_len = strlen(entry.body);
    return entry;
}

/* Opens a transaction and appends; world_commit() makes it durable. */
static inline void world_append(struct world *world, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t stored = db_int_values(world->db, "SELECT count(*) FROM entry", 0, NULL, 0);
        struct entry entry = world_entry(world, stored);
        assert_int_equal(register_append(world->reg, world->db, world->arena, &entry), E_OK);
    }
}

static inline void world_commit(struct world *world)
{
    assert_int_equal(register_seal(world->reg, world->db), E_OK);
    assert_int_equal(db_commit(world->db), E_OK);
    register_committed(world->reg);
    register_published(world->reg);
}

static inline void world_file(struct world *world, int64_t count)
{
    assert_int_equal(db_begin(world->db), E_OK);
    world_append(world, count);
    world_commit(world);
}

/* ---- RFC 6962 2.1, word for word ---- */

/* The largest power of two smaller than n. */
static inline size_t slow_split(size_t n)
{
    size_t k = 1;
    while (2 * k < n) k *= 2;
    return k;
}

static inline void slow_root(uint8_t (*leaves)[32], size_t n, uint8_t ret[32])
{
    if (n == 0) {
        hash_bytes(ret, "", 0);
    } else if (n == 1) {
        memcpy(ret, leaves[0], 32);
    } else {
        size_t k = slow_split(n);
        uint8_t left[32], right[32];
        slow_root(leaves, k, left);
        slow_root(leaves + k, n - k, right);
        hash_node(ret, left, right);
    }
}

static inline int slow_path(uint8_t (*leaves)[32], size_t n, size_t m, uint8_t (*ret)[32])
{
    if (n <= 1) return 0;
    size_t k = slow_split(n);
    int count = m < k ? slow_path(leaves, k, m, ret) : slow_path(leaves + k, n - k, m - k, ret);
    if (m < k) slow_root(leaves + k, n - k, ret[count]);
    else slow_root(leaves, k, ret[count]);
    return count + 1;
}

#endif
