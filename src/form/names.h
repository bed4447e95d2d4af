/* form/names: the members an object may have, found by name. Private to the room. */
#ifndef PANJI_FORM_NAMES_H
#define PANJI_FORM_NAMES_H

#include "form/form.h"

/* A table of the fields and then the sections, in the arena. */
const struct names *names_make(struct arena *arena, const struct field *fields, size_t field_count,
    const struct section *sections, size_t section_count);

/* The members of an object by the place of their fields, then sections; NULL where there is none. *ret_known:
 * how many members of the object are declared. In the arena. */
const json_t **names_lay(
    const struct names *names, const json_t *object, struct arena *arena, size_t *ret_known);

#endif
