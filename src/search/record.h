/* search/record: one person packed into bytes, read in place.
 *
 * Two bytes say what follows: counts of name words (3 bits), aliases among them (2), relative words (3),
 * sex (2), relation (3), and whether birth year and spread (2 bytes), district and station (2 each, one bit
 * for both kinds in turn) stand there. Then roles when any, the id above the block's lowest as a varint,
 * the words (3 bytes each). */
#ifndef PANJI_SEARCH_RECORD_H
#define PANJI_SEARCH_RECORD_H

#include <stdint.h>
#include <string.h>

#include "search/word.h"

#define RECORD_BYTES_MAX 64
#define RECORD_ALIASES_MAX 3

struct record {
    uint64_t id;
    uint32_t words[2 * NAME_WORDS_MAX]; /* name, aliases, relative */
    uint16_t district, station;
    uint8_t name_count, alias_count, relative_count; /* name_count holds the aliases */
    uint8_t sex, relation, roles, birth, spread;     /* birth: year - 1899; 0 unknown */
};

/* Bytes written at to; id as the distance from base. */
size_t record_pack(const struct record *record, uint64_t base, uint8_t to[RECORD_BYTES_MAX]);

/* Reads the record between at and end; false when it does not fit. With base 0 the id is the distance only.
 * */
bool record_unpack(const uint8_t *at, const uint8_t *end, uint64_t base, struct record *ret);

/* Of the same only the words of the name and aliases, at most NAME_WORDS_MAX, with their counts: most persons
 * looked at are passed over by these alone. */
bool record_unpack_name(const uint8_t *at, const uint8_t *end, struct record *ret);

#endif
