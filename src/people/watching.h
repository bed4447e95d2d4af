/* people/watching: which mentions and entries may match a watch, kept beside the index in folder/watches.db,
 * and the names of the watches. Private to the room. */
#ifndef PANJI_PEOPLE_WATCHING_H
#define PANJI_PEOPLE_WATCHING_H

#include "people/people.h"

struct watching;

/* Opens folder/watches.db, or begins it anew when it is missing, torn or of another register. */
enum err watching_open(const char *folder, const char *origin, struct watching **ret) MUST_CHECK;
/* NULL allowed. */
void watching_close(struct watching *watching);
/* Entries up to which was looked. */
int64_t watching_at(const struct watching *watching);
/* Everything is to be looked at again: the rules of names changed. */
enum err watching_restart(struct watching *watching) MUST_CHECK;
/* Looks at the entries up to `until`. */
enum err watching_step(
    struct watching *watching, struct db *db, const struct forms *forms, int64_t until) MUST_CHECK;

/* What may match a watch, as far as was looked: mentions, and entries that hold one of its keys. */
struct watch_candidates {
    size_t mention_count, entry_count;
    int64_t *mentions;
    struct watch_entry {
        int64_t seq;  /* the entry; of a correction the one corrected */
        int64_t news; /* the entry that brought it */
    } *entries;
};
enum err watching_candidates(struct watching *watching, struct arena *arena, int64_t watch,
    struct watch_candidates *ret) MUST_CHECK;

/* Whether the names of a mention are those of the watch, with nothing against it; *ret tells how, the watch's
 * words being what was found. Any thread may ask. */
bool watching_compare(struct watching *watching, struct arena *arena, const struct watch_row *watch,
    const struct mention_row *mention, struct search_hit *ret);

/* What is open; steps are taken under the lock of feeding (feed.c). */
struct watching *people_watching(struct people *people);

/* The names of watches in a small index of their own, below the folder. One thread at a time. */
struct watched_names;
struct watched_names *watched_names_new(const char *folder);
void watched_names_free(struct watched_names *names);
enum err watched_names_add(struct watched_names *names, const struct watch_row *watch) MUST_CHECK;
/* The seqs of the watches that the names of a mention are alike, with nothing against it. */
size_t watched_names_find(const struct watched_names *names, struct arena *arena,
    const struct mention_row *mention, const int64_t **ret_watches);
/* Whether those of one watch are; *ret tells how. */
bool watched_names_compare(struct watched_names *names, struct arena *arena, const struct watch_row *watch,
    const struct mention_row *mention, struct search_hit *ret);

/* Calls visit with every phone and vehicle of a body. */
void body_keys_each(const struct form *form, const json_t *body, struct arena *arena,
    void (*visit)(void *context, const struct form_visit *visit), void *context);

#endif
