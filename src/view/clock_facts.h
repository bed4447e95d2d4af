/* view/clock_facts: what one entry adds to the facts of its case (law/clocks.h). Private to the room. */
#ifndef PANJI_VIEW_CLOCK_FACTS_H
#define PANJI_VIEW_CLOCK_FACTS_H

#include "law/clocks.h"
#include "view/views.h"

/* The entry whose case or own thread the step's entry belongs to, by its place; -1: to none that keeps
 * clocks. */
int64_t clock_thread(struct view_step *step);

/* False when an entry like this never tells a fact. */
bool clock_facts_may(const struct view_step *step);

/* Adds the persons and facts of the step's entry. False when it told nothing. */
bool clock_facts_add(struct view_step *step, struct clock_case *of);

#endif
