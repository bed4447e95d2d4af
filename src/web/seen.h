/* web/seen: entries and cases as the viewer of a request may see them. Pages and API read them here and
 * nowhere else, so that what one hides the other hides too. What may not be seen does not exist: E_NOT_FOUND.
 */
#ifndef PANJI_WEB_SEEN_H
#define PANJI_WEB_SEEN_H

#include "web/request.h"

struct seen_entry {
    struct entry entry;
    const struct form *form; /* the version it was filed with */
    const char *case_id;     /* of the case it is on or opened; NULL */
    const char *case_office; /* the case's office, or its own */
    json_t *body;            /* corrections laid over it, masked; NULL when erased */
    json_t *masked;          /* array of paths that may be opened for a purpose */
};

enum err seen_entry_read(struct request *request, const char *id, struct seen_entry *ret) MUST_CHECK;
void seen_entry_drop(struct seen_entry *seen); /* for CLEANUP */

/* Whether the viewer may see the entry at seq: asked for every row of a list. */
bool seen_seq(struct request *request, int64_t seq);

/* Whether the viewer may have a stored file: whoever reads it named in an entry. One that no entry names yet
 * is for whoever knows its hash, for he has just stored it. */
bool file_seen(struct request *request, const char *sha256);

/* A case with everything on it that the viewer may see. */
struct seen_case {
    struct case_row row;
    struct entry_row *entries;
    size_t entry_count;
    int64_t entries_next;      /* `after` for the further ones; -1: none */
    struct party_row *parties; /* names covered where they must be */
    size_t party_count;
    struct property_row *property;
    size_t property_count;
    struct task_row *tasks;
    size_t task_count;
    struct delivery_row *deliveries;
    size_t delivery_count;
    struct case_row *linked; /* related cases he may see too */
    size_t linked_count;
};
/* after: seq of the last entry of the timeline already shown, -1 from the start. */
enum err seen_case_read(
    struct request *request, const char *id, int64_t after, struct seen_case *ret) MUST_CHECK;

/* A thing is for whoever may read the entry that first named it, or one that moved it: a laboratory sees the
 * exhibits that came to it, without the seizure memo. */
bool property_seen(struct request *request, const struct property_row *row);

/* Covers the name of a person from those who may not know it. */
void party_cover(const struct request *request, const struct case_row *row, struct party_row *party);

/* Entries as entry_list() finds them, but only those the viewer may see, and *ret_next tells of nothing else:
 * the `after` that leads to further ones he may see, -1 when there are none. Who may see nothing cannot even
 * count. (After thousands of rows in vain the search stops, and goes on from there.) */
enum err entries_seen(struct request *request, const struct entry_filter *filter, struct entry_row **ret_rows,
    size_t *ret_count, int64_t *ret_next) MUST_CHECK;

/* Deletes from an array what the viewer may not see; seq_at is where a row keeps its entry. Returns how many
 * are left. */
size_t rows_seen(struct request *request, void *rows, size_t count, size_t size, size_t seq_at);

/* Names for codes and ids, in the language of the request; the code itself when there is none. */
const char *office_words(struct request *request, const char *code);
const char *officer_words(struct request *request, const char *id);
/* The number of a case. Each office counts its own, and of each kind by itself: another office than the
 * viewer's stands with it, and of what is no crime the kind. */
const char *case_number_words(
    struct request *request, const char *kind, const char *number, const char *office);
/* An entry as papers cite it: its form, number and time; NULL when the viewer may not see it. */
const char *entry_words(struct request *request, const char *id);
const char *form_words(const struct request *request, const char *form);
const char *role_words(struct request *request, const char *role);       /* a person's role in a case */
const char *custody_words(struct request *request, const char *custody); /* what happened to a thing */
const char *list_words(const struct request *request, const char *list, const char *code);
const char *day_words(struct request *request, const char *day); /* "2026-12-01" as people say it */

#endif
