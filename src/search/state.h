/* search/state: the inside of an open index. For index.c, live.c and merge.c only. */
#ifndef PANJI_SEARCH_STATE_H
#define PANJI_SEARCH_STATE_H

#include <pthread.h>

#include "search/index.h"
#include "search/manifest.h"

struct reader_slot {
    _Alignas(64) _Atomic(const struct index_view *) held; /* the view its reader is using, or NULL */
    atomic_bool taken;
};

struct search {
    char folder[3800];
    struct rules *rules;
    _Atomic(const struct index_view *) current;
    struct reader_slot slots[READERS_MAX];
    /* All below is the writers'; readers never wait for this lock. */
    pthread_mutex_t lock;
    pthread_mutex_t merging;   /* held while segments are joined; taken before the lock, never under it */
    struct index_view *retired; /* views some reader may still hold, the latest first */
    struct table live_words;   /* text -> word of the live part */
    int64_t position;          /* of what was added */
    atomic_llong sealed;       /* of what is on disk */
    uint64_t next_number;
};

/* Puts a view in place of the current one, which goes when nobody holds it. Under the lock. */
void index_publish(struct search *search, struct index_view *view);

/* Gives up a view that was never published, or that nobody holds any more: what no other view holds is
 * closed. Under the lock. */
void index_view_drop(struct index_view *view);

/* Takes a segment out of the hands of one view. Under the lock. */
void segment_let_go(struct segment *segment);

/* Writes the manifest of a view. Under the lock. */
MUST_CHECK enum err index_record(struct search *search, const struct index_view *view, int64_t position);

/* A copy of the current view, holding what it holds, to be changed and published or dropped. Under the
 * lock. */
struct index_view *index_view_copy(const struct search *search);

/* An empty live part, held by one view; the last view to let go frees it. */
struct live *live_new(void);
void live_let_go(struct live *live);

/* Marks a person of a segment removed. Under the lock. */
void segment_kill(struct segment *segment, uint32_t person);

#endif
