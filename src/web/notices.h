/* web/notices: messages about limits as the viewer of a request may see them. */
#ifndef PANJI_WEB_NOTICES_H
#define PANJI_WEB_NOTICES_H

#include "notify/outbox.h"
#include "web/request.h"

/* Newest first, as the query asks (state, after). E_PROBLEM: the query is wrong. */
enum err notices_seen(
    struct request *request, size_t limit, struct message **ret, size_t *ret_count) MUST_CHECK;

#endif
