/* register/entry: the rows of table entry, for this room. */
#ifndef PANJI_REGISTER_ENTRY_H
#define PANJI_REGISTER_ENTRY_H

#include <stdbool.h>

#include "base/arena.h"
#include "db/db.h"
#include "register/register.h"

/* The columns entry_row() reads; a condition follows. */
#define ENTRY_HEAD_SELECT "SELECT seq, id, leaf, NULL, envelope, NULL FROM entry "
#define ENTRY_SELECT "SELECT seq, id, leaf, salt, envelope, body FROM entry "

/* Fills ret from a row alone: seq, id, leaf, salt, envelope, body. The members of the envelope are not read.
 * False when a column has a wrong size or only one of body and salt is there. */
bool entry_row(struct rows *rows, struct arena *arena, struct entry *ret);

#endif
