/* access/searches: who looked for whom, when, why, and what was opened, in folder/searches.db.
 *
 * What was asked is personal data too, so it stands outside the register, which never forgets, and never in
 * the server's log. A row is on the disk before the answer goes out. It is kept as long as the register;
 * who reads it is asked of law/access (confidential search_log). Thread-safe. */
#ifndef PANJI_ACCESS_SEARCHES_H
#define PANJI_ACCESS_SEARCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct searches;

struct search_note {
    int64_t id; /* given by searches_note() */
    int64_t at;
    const char *officer, *office, *role; /* role NULL from the command line */
    const char *kind;                    /* "search", "likely", "matches", "duplicates", "watch" */
    bool wide;                           /* beyond the cases he may see */
    const char *purpose, *reason;        /* NULL when none was given */
    const char *query;                   /* JSON, as asked */
    int64_t shown;                       /* people in the answer */
};

struct search_opening {
    const char *person;
    int64_t at;
};

/* Opens the log of a data folder, making it when missing. */
enum err searches_open(const char *folder, struct searches **ret) MUST_CHECK;
void searches_close(struct searches *searches); /* NULL allowed */

/* Writes one search down; *ret_id is what openings name. E_OK means durable. */
enum err searches_note(struct searches *searches, const struct search_note *note, int64_t *ret_id) MUST_CHECK;
/* A person found by the search was looked at. */
enum err searches_opened(
    struct searches *searches, int64_t id, const char *person, int64_t at) MUST_CHECK;

/* The search by which a person (or the match of a watch) was first looked at, its `at` being when;
 * E_NOT_FOUND. */
enum err searches_first_opened(
    struct searches *searches, struct arena *arena, const char *person, struct search_note *ret) MUST_CHECK;

/* One search; E_NOT_FOUND. */
enum err searches_get(
    struct searches *searches, struct arena *arena, int64_t id, struct search_note *ret) MUST_CHECK;

struct searches_filter {
    const char *officer;  /* NULL: of everybody */
    int64_t from, to;     /* instants; 0: open */
    int64_t before;       /* id; 0: from the newest */
    size_t limit;
};
/* Newest first. */
enum err searches_list(struct searches *searches, struct arena *arena, const struct searches_filter *filter,
    struct search_note **ret, size_t *ret_count) MUST_CHECK;
enum err searches_openings(struct searches *searches, struct arena *arena, int64_t id,
    struct search_opening **ret, size_t *ret_count) MUST_CHECK;

#endif
