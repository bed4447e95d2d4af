/* access/drafts: forms begun and not yet filed, in folder/drafts.db, outside the register.
 *
 * What is typed is kept field by field as it was typed, with the version of the draft that each value came
 * with, so that two tabs on one draft can both save: what only one of them changed is taken, what both
 * changed differently is told and nothing of it is overwritten. A draft belongs to one officer in one
 * posting, nobody else learns that it exists; it ends when it is filed, thrown away, or left alone for too
 * long. The file is for the server's user alone, and what is deleted is overwritten. Thread-safe. */
#ifndef PANJI_ACCESS_DRAFTS_H
#define PANJI_ACCESS_DRAFTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "form/form.h"

#define DRAFT_BYTES_MAX ((int64_t)1 << 20) /* values of one draft: as much as a body may hold */
#define DRAFTS_EACH_MAX 200                /* drafts of one officer */

struct drafts;

/* Makes the file when it is missing. days: drafts nobody touched for so long are deleted. */
enum err drafts_open(const char *folder, int days, struct drafts **ret) MUST_CHECK;
void drafts_close(struct drafts *drafts); /* NULL allowed */

struct draft_head {
    const char *id; /* UUIDv7, the id its entry will have */
    const char *officer, *office, *form;
    const char *case_id;         /* NULL outside cases */
    int64_t version;             /* 0: nothing saved yet */
    int64_t begun_at, saved_at;
    int64_t seen_size;           /* of the register when it was begun; -1: unknown */
};

/* E_NOT_FOUND when the officer has no such draft. Values never given are not among the pairs. */
enum err drafts_read(struct drafts *drafts, struct arena *arena, const char *officer, const char *id,
    struct draft_head *ret, struct pair **ret_pairs, size_t *ret_count) MUST_CHECK;

/* Newest first; of one posting. */
enum err drafts_list(struct drafts *drafts, struct arena *arena, const char *officer, const char *office,
    int64_t now, struct draft_head **ret, size_t *ret_count) MUST_CHECK;

struct draft_save {
    struct draft_head head; /* id, officer and form; office, case and seen_size count when it is new */
    int64_t base;           /* version the page was made from */
    const char *tab; /* the page that saves; "" none. What one page saves never stands against itself */
    int64_t now;
    const struct pair *pairs; /* "" empties a field */
    size_t count;
};
struct draft_saved {
    struct draft_head head;
    int64_t other_at; /* when another page saved something since base; 0: none did */
    size_t conflict_count;
    struct pair *conflicts; /* fields both changed: name, and what the other page saved. Not overwritten */
};

/* Saves what the pairs say, making the draft when there is none. E_NOT_FOUND: the id is another officer's, or
 * of another form. Problems: draft_large, drafts_many. E_FULL: the disk. */
enum err drafts_save(struct drafts *drafts, struct arena *arena, const struct draft_save *save,
    struct problems *problems, struct draft_saved *ret) MUST_CHECK;

/* Deletes it and overwrites what it held. No error when there is none. */
enum err drafts_drop(struct drafts *drafts, const char *officer, const char *id) MUST_CHECK;

#endif
