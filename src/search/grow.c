/* search/grow: anonymous mappings for what is large. What is small comes from the heap: the index of the few
 * hundred persons filed last is made of a thousand small arrays, and a mapping each costs more than the work.
 */
#include "search/grow.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)
#define FIRST ((size_t)512)
#define SMALL_MAX (16 * PAGE) /* up to this size the heap gives it */

static size_t round_up(size_t n)
{
    return n ? (n + PAGE - 1) / PAGE * PAGE : PAGE;
}

static _Noreturn void exhausted(void)
{
    fprintf(stderr, "panji: memory: exhausted\n");
    abort();
}

static void *mapped_new(size_t size)
{
    void *data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) exhausted();
    if (size >= (size_t)4 << 20) madvise(data, size, MADV_HUGEPAGE);
    return data;
}

void *pages_new(size_t n)
{
    size_t size = round_up(n);
    if (size > SMALL_MAX) return mapped_new(size);
    void *data = aligned_alloc(PAGE, size);
    if (!data) exhausted();
    return memset(data, 0, size);
}

void pages_free(void *data, size_t n)
{
    if (data && round_up(n) > SMALL_MAX) munmap(data, round_up(n));
    else free(data);
}

/* The same bytes in `size`, the rest zeroes. */
static char *grown(const struct grow *grow, size_t size)
{
    if (grow->size > SMALL_MAX) {
        char *data = mremap(grow->data, grow->size, size, MREMAP_MAYMOVE);
        if (data == MAP_FAILED) exhausted();
        if (size >= (size_t)4 << 20) madvise(data, size, MADV_HUGEPAGE);
        return data;
    }
    char *data = size > SMALL_MAX ? mapped_new(size) : calloc(1, size);
    if (!data) exhausted();
    if (grow->used) memcpy(data, grow->data, grow->used);
    free(grow->data);
    return data;
}

void *grow_add(struct grow *grow, size_t n)
{
    if (grow->used + n > grow->size) {
        size_t size = grow->size ? grow->size * 2 : FIRST;
        while (size < grow->used + n) size *= 2;
        grow->data = grown(grow, size);
        grow->size = size;
    }
    void *at = grow->data + grow->used;
    grow->used += n;
    return at;
}

void grow_free(struct grow *grow)
{
    if (grow->size > SMALL_MAX) munmap(grow->data, grow->size);
    else free(grow->data);
    *grow = (struct grow){0};
}
