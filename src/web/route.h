/* web/route: which handler answers which address, and what must be true before it runs.
 *
 * The API's table is routes_api.c, that of the pages src/page/routes.c; web_start() joins them. A pattern is
 * literal segments, {name} for one segment, {name}.pdf for one with that ending, {name...} for the rest of
 * the path. route_dispatch() has checked session, posting, kind and size of the body, and the token of cookie
 * sessions when a handler starts. */
#ifndef PANJI_WEB_ROUTE_H
#define PANJI_WEB_ROUTE_H

#include "web/request.h"

enum entrance { ENTER_ANYONE, ENTER_SIGNED_IN, ENTER_POSTED };
/* Who waits for whom. Filing waits for the disk together with others, so the more file at once the fewer
 * commits; hashing passwords and finishing uploads take long; neither must stand in the way of reading. */
enum lane_name { LANE_QUICK, LANE_FILING, LANE_SLOW, LANE_COUNT };
enum body_kind { BODY_NONE, BODY_JSON, BODY_FORM, BODY_RAW }; /* FORM: urlencoded or multipart */

struct route {
    enum method method;
    const char *pattern;
    void (*handle)(struct request *request);
    enum entrance entrance;
    enum body_kind body;
    bool asks;        /* a POST that changes nothing: what it asks for shall stand in no address */
    bool keeps_typed; /* the handler itself answers a lost session or token, so that nothing typed is lost */
    enum lane_name lane;
    const char *summary; /* one line for /openapi.json; NULL: a page */
    const char *answer;  /* schema of its success in openapi.c, or a media type */
    const char *query;   /* names of its query members, blanks between */
};

extern const struct route api_routes[];
extern const size_t api_routes_count;

/* Sets route, captures and allowed of the request from its method and path. */
void route_find(struct request *request);

/* Checks, then runs the handler; afterwards request->response is set. On a worker thread. */
void route_dispatch(struct request *request);

/* Whether an address is one of the API's: its problems are JSON. */
bool route_is_api(const char *path);

/* "GET, HEAD, POST": the methods by bit, for Allow. */
const char *route_allowed(struct request *request);

#endif
