/* web/clocks: a clock of the law in the words of a request, the same on pages and in the API. */
#ifndef PANJI_WEB_CLOCKS_H
#define PANJI_WEB_CLOCKS_H

#include "view/clock_lists.h"
#include "web/request.h"

/* Key in lang/messages of how the clock stands. */
const char *clock_state_key(const struct request *request, const struct clock_line *line);

/* The cases behind one figure of the compliance table, as ?office, figure, from and to name it; of the
 * request's arena. E_PROBLEM with a problem of the request when a day cannot be read. */
enum err compliance_cases_asked(
    struct request *request, struct clock_line **ret, size_t *ret_count) MUST_CHECK;

#endif
