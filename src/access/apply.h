/* access/apply: what one entry does to the tables of this room, and how an office is read from them. Private
 * to the room.
 *
 * Each function is an upsert by the entry's id, so that a corrected body may be applied again over the
 * first. */
#ifndef PANJI_ACCESS_APPLY_H
#define PANJI_ACCESS_APPLY_H

#include "access/access.h"

void office_apply(struct db *db, const struct entry *entry, const json_t *office);
void office_close_apply(struct db *db, const struct entry *entry, const json_t *closing);
void officer_apply(struct db *db, const struct entry *entry, const json_t *officer);
/* Midnight at which the day in the section begins (or, with days_on 1, at which it is over); false when there
 * is no such date. */
bool day_edge(const json_t *section, const char *name, int days_on, int64_t *ret);

void posting_apply(struct db *db, const struct entry *entry, const json_t *posting);
void posting_end_apply(struct db *db, const struct entry *entry, const json_t *end);
void leave_apply(struct db *db, const struct entry *entry, const json_t *leave);
void leave_end_apply(struct db *db, const struct entry *entry, const json_t *end);

/* The columns of an office, and the office of a row that has them first; its texts are of the arena. */
#define OFFICE_COLUMNS "code, kind, pillar, parent, name, name_hi, state, district, closed_at"
struct office office_of_row(struct rows *rows, struct arena *arena);

#endif
