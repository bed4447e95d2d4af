/* view/correction: laying the changes of one correction over a body, for the view and for the check at filing. */
#ifndef PANJI_VIEW_CORRECTION_H
#define PANJI_VIEW_CORRECTION_H

#include <jansson.h>

#include "base/arena.h"

/* Changes body in place as the `changes` rows of a correction entry's body say. A path that leads nowhere changes nothing;
 * an empty value takes the member away. */
void correction_lay(json_t *body, const json_t *correction, struct arena *arena);

#endif
