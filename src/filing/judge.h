/* filing/judge: the second strand of proving a register. Private to the room. */
#ifndef PANJI_FILING_JUDGE_H
#define PANJI_FILING_JUDGE_H

#include "filing/filing.h"

/* Judges every entry of the register in the database again, in order, on views made anew, and compares these
 * with the stored ones. E_CORRUPT with the first fault in ret, whose strings are in the arena. */
enum err judge_register(
    struct node *node, const char *database, struct arena *arena, struct verify_report *ret) MUST_CHECK;

#endif
