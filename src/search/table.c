/* search/table: linear probing; the upper half of the hash stands in the slot, so that few misses reach the
 * keys. */
#include "search/table.h"

#include "search/grow.h"

#define SLOTS_FIRST 1024u

static void place(uint64_t *slots, uint32_t mask, uint64_t slot)
{
    uint32_t at = (uint32_t)(slot >> 32) & mask;
    while (slots[at]) at = (at + 1) & mask;
    slots[at] = slot;
}

uint32_t table_find(const struct table *table, uint64_t hash, table_equal *equal, const void *context,
    const void *key)
{
    if (!table->slots) return UINT32_MAX;
    uint32_t tag = (uint32_t)(hash >> 32);
    for (uint32_t at = tag & table->mask; table->slots[at]; at = (at + 1) & table->mask) {
        uint64_t slot = table->slots[at];
        if (slot >> 32 == tag && equal(context, key, (uint32_t)slot - 1)) return (uint32_t)slot - 1;
    }
    return UINT32_MAX;
}

void table_enter(struct table *table, uint64_t hash)
{
    if (!table->slots || table->count >= table->mask / 2) {
        uint32_t size = table->slots ? (table->mask + 1) * 2 : SLOTS_FIRST;
        uint64_t *slots = pages_new(size * sizeof *slots);
        for (uint32_t i = 0; table->slots && i <= table->mask; i++)
            if (table->slots[i]) place(slots, size - 1, table->slots[i]);
        if (table->slots) pages_free(table->slots, (table->mask + (size_t)1) * sizeof *slots);
        table->slots = slots;
        table->mask = size - 1;
    }
    table->count++;
    place(table->slots, table->mask, (hash >> 32 << 32) | table->count);
}

void table_free(struct table *table)
{
    if (table->slots) pages_free(table->slots, (table->mask + (size_t)1) * sizeof *table->slots);
    *table = (struct table){0};
}
