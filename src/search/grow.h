/* search/grow: arrays that grow to gigabytes without being copied: anonymous pages that the kernel moves. */
#ifndef PANJI_SEARCH_GROW_H
#define PANJI_SEARCH_GROW_H

#include <stddef.h>

struct grow {
    char *data;   /* zeroed when first handed out */
    size_t used;  /* bytes */
    size_t size;
};

/* n more bytes at the end; ends the process when memory is exhausted. */
void *grow_add(struct grow *grow, size_t n);
void grow_free(struct grow *grow);

/* A zeroed array of that many bytes, on huge pages where the system has them. */
void *pages_new(size_t n);
void pages_free(void *data, size_t n);

#endif
