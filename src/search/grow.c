/* search/grow: anonymous mappings. */
#include "search/grow.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)
#define FIRST (16 * PAGE)

static size_t round_up(size_t n)
{
    return n ? (n + PAGE - 1) / PAGE * PAGE : PAGE;
}

void *pages_new(size_t n)
{
    size_t size = round_up(n);
    void *data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) {
        fprintf(stderr, "panji: memory: exhausted\n");
        abort();
    }
    if (size >= (size_t)4 << 20) madvise(data, size, MADV_HUGEPAGE);
    return data;
}

void pages_free(void *data, size_t n)
{
    if (data) munmap(data, round_up(n));
}

void *grow_add(struct grow *grow, size_t n)
{
    if (grow->used + n > grow->size) {
        size_t size = grow->size ? grow->size * 2 : FIRST;
        while (size < grow->used + n) size *= 2;
        void *data = grow->data ? mremap(grow->data, grow->size, size, MREMAP_MAYMOVE)
            : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (data == MAP_FAILED) {
            fprintf(stderr, "panji: memory: exhausted\n");
            abort();
        }
        if (size >= (size_t)4 << 20) madvise(data, size, MADV_HUGEPAGE);
        grow->data = data;
        grow->size = size;
    }
    void *at = grow->data + grow->used;
    grow->used += n;
    return at;
}

void grow_free(struct grow *grow)
{
    if (grow->data) munmap(grow->data, grow->size);
    *grow = (struct grow){0};
}
