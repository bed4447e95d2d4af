/* web/clocks: a clock of the law in the words of a request, the same on pages and in the API. */
#ifndef PANJI_WEB_CLOCKS_H
#define PANJI_WEB_CLOCKS_H

#include "view/clock_lists.h"
#include "web/request.h"

/* Key in lang/messages of how the clock stands. */
const char *clock_state_key(const struct request *request, const struct clock_line *line);

/* What is asked about the compliance: ?office, by, from and to; of the cases behind a figure also group and
 * figure. A word that is not known is a problem of the request. */
void compliance_asked(struct request *request, struct clock_compliance_filter *ret);

#endif
