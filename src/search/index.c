/* search/index: opening, views and readers. A reader takes the current view by noting it in its slot and
 * looking again: if it is still the current one then, no writer can have let it go. Views are reclaimed by
 * writers only. */
#include "search/index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "search/build.h"
#include "search/grow.h"
#include "search/state.h"

const struct index_view *index_hold(struct search *search, size_t slot)
{
    for (;;) {
        const struct index_view *view = atomic_load(&search->current);
        atomic_store(&search->slots[slot].held, view);
        if (atomic_load(&search->current) == view) return view;
    }
}

void index_let_go(struct search *search, size_t slot)
{
    atomic_store(&search->slots[slot].held, NULL);
}

size_t index_slot_take(struct search *search)
{
    for (size_t i = 0; i < READERS_MAX; i++) {
        bool taken = false;
        if (atomic_compare_exchange_strong(&search->slots[i].taken, &taken, true)) return i;
    }
    fprintf(stderr, "panji: search: more than %d readers\n", READERS_MAX);
    abort();
}

void index_slot_give(struct search *search, size_t slot)
{
    atomic_store(&search->slots[slot].taken, false);
}

const struct rules *index_rules(const struct search *search)
{
    return search->rules;
}

void segment_let_go(struct segment *segment)
{
    if (--segment->views == 0) segment_close(segment);
}

void index_view_drop(struct index_view *view)
{
    for (size_t i = 0; i < view->segment_count; i++) segment_let_go(view->segments[i]);
    live_let_go(view->live);
    pages_free(view, sizeof *view);
}

static bool is_held(const struct search *search, const struct index_view *view)
{
    for (size_t i = 0; i < READERS_MAX; i++)
        if (atomic_load(&search->slots[i].held) == view) return true;
    return false;
}

static void reclaim(struct search *search)
{
    for (struct index_view **at = &search->retired; *at;) {
        struct index_view *view = *at;
        if (is_held(search, view)) {
            at = &view->retired_before;
            continue;
        }
        *at = view->retired_before;
        index_view_drop(view);
    }
}

void index_publish(struct search *search, struct index_view *view)
{
    struct index_view *old = (struct index_view *)(uintptr_t)atomic_exchange(&search->current, view);
    old->retired_before = search->retired;
    search->retired = old;
    reclaim(search);
}

struct index_view *index_view_copy(const struct search *search)
{
    struct index_view *view = pages_new(sizeof *view);
    *view = *atomic_load(&search->current);
    for (size_t i = 0; i < view->segment_count; i++) view->segments[i]->views++;
    view->live->views++;
    view->retired_before = NULL;
    return view;
}

enum err index_record(struct search *search, const struct index_view *view, int64_t position)
{
    struct manifest manifest = {.position = position, .next_number = search->next_number,
        .segment_count = (uint32_t)view->segment_count};
    for (size_t i = 0; i < view->segment_count; i++) {
        const struct segment *segment = view->segments[i];
        struct manifest_segment *to = &manifest.segments[i];
        snprintf(to->name, sizeof to->name, "%s", segment->name);
        to->person_count = segment->header.person_count;
        to->dead_count = segment->dead_count;
        manifest.dead[i] = pages_new(segment->dead_count * sizeof(uint32_t) + 1);
        uint32_t n = 0;
        for (uint32_t person = 0; person < to->person_count && n < to->dead_count; person++) {
            if (segment->dead[person >> 3] == 0) person |= 7; /* eight at once */
            else if (segment_is_dead(segment, person)) manifest.dead[i][n++] = person;
        }
    }
    enum err err = manifest_write(search->folder, &manifest);
    manifest_free(&manifest);
    if (err == E_OK) atomic_store(&search->sealed, position);
    return err;
}

static struct search *search_new(const char *folder)
{
    struct search *search = pages_new(sizeof *search);
    snprintf(search->folder, sizeof search->folder, "%s", folder);
    search->rules = rules_new();
    pthread_mutex_init(&search->lock, NULL);
    pthread_mutex_init(&search->merging, NULL);
    struct index_view *view = pages_new(sizeof *view);
    view->live = live_new();
    atomic_store(&search->current, view);
    return search;
}

void search_close(struct search *search)
{
    if (!search) return;
    reclaim(search);
    index_view_drop((struct index_view *)(uintptr_t)atomic_load(&search->current));
    table_free(&search->live_words);
    pthread_mutex_destroy(&search->lock);
    pthread_mutex_destroy(&search->merging);
    rules_free(search->rules);
    pages_free(search, sizeof *search);
}

/* Opens the segments a manifest names. */
static enum err segments_open(struct search *search, const struct manifest *manifest)
{
    struct index_view *view = (struct index_view *)(uintptr_t)atomic_load(&search->current);
    for (uint32_t i = 0; i < manifest->segment_count; i++) {
        struct segment *segment;
        enum err err = segment_open(search->folder, manifest->segments[i].name, &segment);
        if (err == E_NOT_FOUND) err = E_CORRUPT;
        TRY(err);
        view->segments[view->segment_count++] = segment;
        if (segment->header.person_count != manifest->segments[i].person_count) return E_CORRUPT;
        for (uint32_t k = 0; k < manifest->segments[i].dead_count; k++) segment_kill(segment,
            manifest->dead[i][k]);
    }
    return E_OK;
}

enum err search_open(const char *folder, struct search **ret)
{
    struct manifest manifest;
    if (strlen(folder) >= sizeof ((struct search *)0)->folder) return E_IO;
    TRY(manifest_read(folder, &manifest));
    struct search *search = search_new(folder);
    search->position = manifest.position;
    atomic_store(&search->sealed, manifest.position);
    search->next_number = manifest.next_number;
    enum err err = segments_open(search, &manifest);
    if (err == E_OK) manifest_sweep(folder, &manifest);
    manifest_free(&manifest);
    if (err != E_OK) search_close(search);
    else *ret = search;
    return err;
}

enum err search_create(const char *folder, struct search **ret)
{
    struct manifest manifest = {.next_number = 1};
    if (strlen(folder) >= sizeof ((struct search *)0)->folder) return E_IO;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return errno == EACCES ? E_DENIED : E_IO;
    TRY(manifest_write(folder, &manifest));
    manifest_sweep(folder, &manifest);
    return search_open(folder, ret);
}

enum err index_replace(const struct rules *rules, struct lane *lanes, size_t lane_count, const char *folder,
    int64_t position)
{
    struct manifest old, manifest = {.position = position, .segment_count = 1};
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return errno == EACCES ? E_DENIED : E_IO;
    uint64_t number = 1;
    if (manifest_read(folder, &old) == E_OK) {
        number = old.next_number;
        manifest_free(&old);
    }
    manifest.next_number = number + 1;
    manifest_name(manifest.segments[0].name, number);
    for (size_t i = 0; i < lane_count; i++) manifest.segments[0].person_count += lanes[i].person_count;
    TRY(build_segment(rules, lanes, lane_count, folder, manifest.segments[0].name));
    struct segment *segment; /* what was written is read back before it replaces anything */
    TRY(segment_open(folder, manifest.segments[0].name, &segment));
    manifest.segments[0].person_count = segment->header.person_count;
    segment_close(segment);
    TRY(manifest_write(folder, &manifest));
    manifest_sweep(folder, &manifest);
    return E_OK;
}

int64_t search_position(const struct search *search)
{
    return atomic_load(&search->sealed);
}

uint64_t search_count(const struct search *search)
{
    struct search *writable = (struct search *)(uintptr_t)search;
    pthread_mutex_lock(&writable->lock);
    const struct index_view *view = atomic_load(&search->current);
    uint64_t count = 0;
    for (size_t i = 0; i < view->segment_count; i++)
        count += view->segments[i]->header.person_count - view->segments[i]->dead_count;
    uint32_t live = atomic_load(&view->live->person_count);
    for (uint32_t i = 0; i < live; i++) count += !atomic_load(&view->live->dead[i]);
    pthread_mutex_unlock(&writable->lock);
    return count;
}
