/* view/watches: whom, which phones and vehicles offices look for, and until when. */
#ifndef PANJI_VIEW_WATCHES_H
#define PANJI_VIEW_WATCHES_H

#include "view/view.h"

/* Whom, which phones and vehicles an office looks for on a case. */
struct watch_row {
    int64_t seq, filed_at;
    const char *id, *number, *officer, *case_id;
    const char *office, *home; /* that filed it; that had the case then */
    int32_t until;             /* day number of the last day */
    int64_t ended;             /* seq of the entry that ended it earlier; 0: none */
    const char *purpose;
    const char *person; /* of the register; NULL */
    const char *name, *name_other, *relation, *relative, *gender, *district; /* NULL when not told */
    int age_from, age_to; /* when it was filed; -1 not told */
    const char *keys;     /* a line each: "p +91…" a phone, "v CG04…" a vehicle; NULL */
};
/* By the id of its entry; E_NOT_FOUND. */
enum err watch_get(struct db *db, struct arena *arena, const char *id, struct watch_row *ret) MUST_CHECK;
/* Those filed before `before` that a day's entries after `after` may match, oldest first. */
enum err watches_running(struct db *db, struct arena *arena, int32_t day, int64_t after, int64_t before,
    struct watch_row **ret, size_t *ret_count) MUST_CHECK;
/* Filed by the office, or on a case it had then, whose last day is `since` or later; newest first. */
enum err watches_of_office(struct db *db, struct arena *arena, const char *office, int32_t since,
    size_t limit, struct watch_row **ret, size_t *ret_count) MUST_CHECK;
enum err watches_of_case(struct db *db, struct arena *arena, const char *case_id, struct watch_row **ret,
    size_t *ret_count) MUST_CHECK;
/* The seqs of the watches on a phone or vehicle. */
size_t watches_of_key(struct db *db, struct arena *arena, const char *text, int64_t **ret_seqs);
/* Whether it ran when the entry came; whether it runs now. */
bool watch_ran(const struct watch_row *watch, int64_t seq, int64_t filed_at);
bool watch_runs(const struct watch_row *watch, int64_t now);

#endif
