/* search/segment_file: the outside of a segment file. For build_write.c and segment.c. */
#ifndef PANJI_SEARCH_SEGMENT_FILE_H
#define PANJI_SEARCH_SEGMENT_FILE_H

#include "search/segment.h"

#define SEGMENT_MAGIC "PNJNAMES"
#define SEGMENT_VERSION 6
#define SEGMENT_HEADER_BYTES 4096
#define SECTION_ALIGN 64

/* Bytes of a section with the zeroes behind it, which its checksum covers too: no bit of a file is
 * nobody's. */
static inline uint64_t section_padded(uint64_t bytes)
{
    return (bytes + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;
}

/* Fills the checksum of every section from what stands in the file. */
MUST_CHECK enum err segment_sum(int file, struct segment_header *header);

#endif
