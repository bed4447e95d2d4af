/* web/watches_seen: watches and what they found, as the viewer of a request may know it. Pages and API ask
 * here and nowhere else. The watch is the search, recorded in the register with its purpose; what is
 * opened of its answer is written into the log of searches. */
#ifndef PANJI_WEB_WATCHES_SEEN_H
#define PANJI_WEB_WATCHES_SEEN_H

#include "web/people_seen.h"

struct seen_alert {
    const struct watch_alert *alert;
    struct watch_reason reasons[WATCH_REASONS_MAX];
    size_t reason_count;
    struct search_note opened; /* the search by which it was opened first; officer NULL: nobody has yet */
};

struct seen_watch {
    struct watch_row row;
    struct case_row case_row;
    const char *reason; /* as filed */
    bool runs;
    const char *title; /* whom or what, in a line */
    size_t count, fresh; /* matches; those nobody has opened */
    struct seen_alert *alerts;
};

enum watches_which {
    WATCHES_DUE, /* of the viewer's office, that run or ended lately: for My day */
    WATCHES_ALL, /* of the viewer's office, the newest */
    WATCHES_CASE /* of one case */
};
/* case_id: of WATCHES_CASE. Newest first; those whose entry the viewer may not see are not there. */
enum err watches_seen(struct request *request, enum watches_which which, const char *case_id,
    struct seen_watch **ret, size_t *ret_count) MUST_CHECK;

/* The watches of the ?case a request names, else of the viewer's office. */
enum err watches_asked(
    struct request *request, struct seen_watch **ret, size_t *ret_count) MUST_CHECK;

/* Opens a match of a watch, which is written down. *ret_search: the search that leads to a person elsewhere.
 * E_NOT_FOUND. */
enum err watch_open(struct request *request, const char *watch, const char *match,
    struct seen_watch *ret_watch, struct seen_alert *ret, int64_t *ret_search) MUST_CHECK;

#endif
