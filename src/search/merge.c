/* search/merge: joins the youngest segments of like size into one. The long part, building, runs without
 * the lock; persons removed meanwhile are taken out of the new segment before it is put in place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "search/build.h"
#include "search/grow.h"
#include "search/state.h"

#define RUN_LEAST 4   /* segments worth joining */
#define LIKE_SIZE 4   /* a segment joins while it is not larger than so many times those behind it */

struct merging {
    struct segment *segments[INDEX_SEGMENTS_MAX];
    uint8_t *dead[INDEX_SEGMENTS_MAX]; /* as they were when the merge began */
    size_t dead_bytes[INDEX_SEGMENTS_MAX];
    size_t count;
    char name[32];
};

/* Where the run at the end of the view begins. */
static size_t run_start(const struct index_view *view)
{
    size_t from = view->segment_count;
    uint64_t sum = 0;
    while (from > 0) {
        uint64_t size = view->segments[from - 1]->header.person_count;
        if ((sum && size > LIKE_SIZE * sum) || sum + size > SEGMENT_PERSONS_MAX) break;
        sum += size;
        from--;
    }
    return from;
}

/* Chooses the run to join; false when there is none. Under the lock. */
static bool choose(struct search *search, struct merging *merging)
{
    const struct index_view *view = atomic_load(&search->current);
    size_t from = run_start(view);
    bool crowded = view->segment_count + RUN_LEAST > INDEX_SEGMENTS_MAX;
    if (crowded && view->segment_count - from < RUN_LEAST) from = view->segment_count - RUN_LEAST;
    merging->count = view->segment_count - from;
    if (merging->count < RUN_LEAST) return false;
    for (size_t i = 0; i < merging->count; i++) {
        struct segment *segment = merging->segments[i] = view->segments[from + i];
        merging->dead_bytes[i] = segment->header.person_count / 8 + (size_t)1;
        merging->dead[i] = pages_new(merging->dead_bytes[i]);
        memcpy(merging->dead[i], segment->dead, merging->dead_bytes[i]);
    }
    manifest_name(merging->name, search->next_number++);
    return true;
}

/* Persons removed while the merge ran, by id. Under the lock. */
static void kill_later(const struct merging *merging, struct segment *into)
{
    for (size_t i = 0; i < merging->count; i++) {
        const struct segment *from = merging->segments[i];
        for (uint32_t person = 0; person < from->header.person_count; person++) {
            struct record record;
            uint32_t there;
            bool before = merging->dead[i][person >> 3] >> (person & 7) & 1;
            if (before || !segment_is_dead(from, person) || !segment_record(from, person, &record)) continue;
            if (segment_person_of(into, record.id, &there)) segment_kill(into, there);
        }
    }
}

/* Puts the new segment in the place of the run, which may have more segments behind it by now. Under the
 * lock. */
static enum err replace_run(struct search *search, const struct merging *merging, struct segment *into)
{
    struct index_view *view = index_view_copy(search);
    size_t at = 0;
    while (view->segments[at] != merging->segments[0]) at++;
    size_t behind = view->segment_count - at - merging->count;
    for (size_t i = 0; i < merging->count; i++) segment_let_go(view->segments[at + i]);
    view->segments[at] = into;
    memmove(view->segments + at + 1, view->segments + at + merging->count, behind * sizeof view->segments[0]);
    view->segment_count = at + 1 + behind;
    enum err err = index_record(search, view, atomic_load(&search->sealed));
    if (err != E_OK) {
        index_view_drop(view);
        return err;
    }
    for (size_t i = 0; i < merging->count; i++) {
        char path[4096];
        if (snprintf(path, sizeof path, "%s/%s", search->folder,
            merging->segments[i]->name) < (int)sizeof path)
            unlink(path); /* stays mapped for whoever reads it */
    }
    index_publish(search, view);
    return E_OK;
}

static enum err merge_run(struct search *search, const struct merging *merging)
{
    struct lane lane;
    lane_init(&lane, search->rules);
    for (size_t i = 0; i < merging->count; i++) lane_add_segment(&lane, merging->segments[i],
        merging->dead[i]);
    enum err err = build_segment(search->rules, &lane, 1, search->folder, merging->name);
    lane_free(&lane);
    TRY(err);
    struct segment *into;
    TRY(segment_open(search->folder, merging->name, &into));
    pthread_mutex_lock(&search->lock);
    kill_later(merging, into);
    err = replace_run(search, merging, into);
    pthread_mutex_unlock(&search->lock);
    return err;
}

enum err search_merge(struct search *search, bool *ret_more)
{
    struct merging merging = {0};
    *ret_more = false;
    pthread_mutex_lock(&search->merging);
    pthread_mutex_lock(&search->lock);
    bool any = choose(search, &merging);
    pthread_mutex_unlock(&search->lock);
    enum err err = any ? merge_run(search, &merging) : E_OK;
    for (size_t i = 0; i < merging.count; i++) pages_free(merging.dead[i], merging.dead_bytes[i]);
    pthread_mutex_unlock(&search->merging);
    *ret_more = any && err == E_OK;
    return err;
}
