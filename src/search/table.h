/* search/table: an open hash table from keys the caller keeps to numbers 0, 1, 2, … */
#ifndef PANJI_SEARCH_TABLE_H
#define PANJI_SEARCH_TABLE_H

#include <stdbool.h>
#include <stdint.h>

struct table {
    uint64_t *slots; /* hash above, number plus one below; 0 is empty */
    uint32_t mask;
    uint32_t count;
};

/* Whether the key behind number is the one sought. */
typedef bool table_equal(const void *context, const void *key, uint32_t number);

/* The number of the key, or UINT32_MAX. */
uint32_t table_find(const struct table *table, uint64_t hash, table_equal *equal, const void *context,
    const void *key);

/* Enters a key that is not there; its number is the count before. */
void table_enter(struct table *table, uint64_t hash);

void table_free(struct table *table);

#endif
