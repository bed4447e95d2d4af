/* search/manifest: the one small file that says which segments make the index. Replaced as a whole. */
#ifndef PANJI_SEARCH_MANIFEST_H
#define PANJI_SEARCH_MANIFEST_H

#include "search/index.h"

struct manifest_segment { char name[32]; uint32_t person_count, dead_count; };

struct manifest {
    int64_t position;
    uint64_t next_number;            /* of the next segment file */
    uint32_t segment_count;
    struct manifest_segment segments[INDEX_SEGMENTS_MAX];
    uint32_t *dead[INDEX_SEGMENTS_MAX]; /* persons removed since each was written, in pages */
};

/* E_NOT_FOUND when there is none, E_CORRUPT when it is not whole or made by other rules. */
MUST_CHECK enum err manifest_read(const char *folder, struct manifest *ret);
MUST_CHECK enum err manifest_write(const char *folder, const struct manifest *manifest);
void manifest_free(struct manifest *manifest);

/* Removes the segment files the manifest does not name: leavings of a run that was cut short. */
void manifest_sweep(const char *folder, const struct manifest *manifest);

void manifest_name(char ret[32], uint64_t number);

#endif
