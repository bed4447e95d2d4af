/* view/correction: laying the changes of one correction over a body, for the view and for the check at
 * filing. */
#ifndef PANJI_VIEW_CORRECTION_H
#define PANJI_VIEW_CORRECTION_H

#include <jansson.h>

#include "base/arena.h"
#include "form/form.h"

/* The field a body path of the form leads to, row numbers and all; NULL when there is none. *ret_fixed: the
 * path goes through a field that no correction may touch, or would make a person or thing another one
 * ("who.ref"). */
const struct field *correction_field(const struct form *form, const char *path, bool *ret_fixed);

/* Changes the form's body in place as the `changes` rows of a correction entry's body say. What was typed
 * becomes a value of the field's kind when it reads as one, and stays text otherwise, which the form's check
 * refuses. A path that leads nowhere changes nothing; an empty value takes the member away. */
void correction_lay(json_t *body, const struct form *form, const json_t *correction, struct arena *arena);

#endif
