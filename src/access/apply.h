/* access/apply: what one entry does to the tables of this room. Private to the room.
 *
 * Each function is an upsert by the entry's id, so that a corrected body may be applied again over the
 * first. */
#ifndef PANJI_ACCESS_APPLY_H
#define PANJI_ACCESS_APPLY_H

#include "access/access.h"

void office_apply(struct db *db, const struct entry *entry, const json_t *office);
void officer_apply(struct db *db, const struct entry *entry, const json_t *officer);
void posting_apply(struct db *db, const struct entry *entry, const json_t *posting);
void posting_end_apply(struct db *db, const struct entry *entry, const json_t *end);
void leave_apply(struct db *db, const struct entry *entry, const json_t *leave);
void leave_end_apply(struct db *db, const struct entry *entry, const json_t *end);

#endif
