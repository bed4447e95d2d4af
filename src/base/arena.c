/* base/arena: a list of blocks, filled from the newest. Blocks double in size so that a small request
 * touches one block and a large one few; a piece larger than a block gets a block of its own. */
#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_FIRST ((size_t)4 * 1024)
#define BLOCK_LARGEST ((size_t)256 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct block {
    struct block *next; /* the block filled before this one */
    size_t size, used;
    max_align_t data[];
};

struct arena {
    struct block *blocks; /* newest first; the first block ever made is last */
    size_t bytes, bytes_max;
};

static _Noreturn void fail(const char *why)
{
    fprintf(stderr, "panji: memory: %s\n", why);
    abort();
}

static struct block *block_new(size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (!block) fail("exhausted");
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

struct arena *arena_new(size_t bytes_max)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena) fail("exhausted");
    arena->bytes_max = bytes_max;
    return arena;
}

/* Frees every block but the newest that is no larger than `kept_max`. */
static void blocks_free(struct arena *arena, size_t kept_max)
{
    struct block *kept = NULL, *next;
    for (struct block *block = arena->blocks; block; block = next) {
        next = block->next;
        if (!kept && block->size <= kept_max) kept = block;
        else free(block);
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    arena->blocks = kept;
}

void arena_free(struct arena *arena)
{
    if (!arena) return;
    blocks_free(arena, 0);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    blocks_free(arena, BLOCK_LARGEST);
    arena->bytes = 0;
}

/* A piece with whatever was in it. */
static void *arena_take(struct arena *arena, size_t n)
{
    if (n > arena->bytes_max - arena->bytes) fail("an arena passed its limit");
    size_t size = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->blocks;
    if (!block || size > block->size - block->used) {
        size_t wanted = block ? block->size * 2 : BLOCK_FIRST;
        if (wanted > BLOCK_LARGEST) wanted = BLOCK_LARGEST;
        if (wanted < size) wanted = size;
        block = block_new(wanted);
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *piece = (char *)block->data + block->used;
    block->used += size;
    arena->bytes += n;
    return piece;
}

void *arena_alloc(struct arena *arena, size_t n)
{
    return memset(arena_take(arena, n), 0, n);
}

void *arena_grow(struct arena *arena, const void *piece, size_t used, size_t n)
{
    return memcpy(arena_take(arena, n), piece, used);
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return s ? arena_strndup(arena, s, strlen(s)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *p, size_t n)
{
    char *copy = arena_take(arena, n + 1);
    if (n > 0) memcpy(copy, p, n);
    copy[n] = '\0';
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

/* Printed into what is left of the block, and again into a piece of its own when that was too small. */
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    struct block *block = arena->blocks;
    size_t room = block ? block->size - block->used : 0;
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(room ? (char *)block->data + block->used : NULL, room, format, args);
    assert(n >= 0);
    bool fits = (size_t)n < room;
    char *text = arena_take(arena, (size_t)n + 1);
    if (!fits) vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}
