/* web: the node's door for browsers and other programs.
 *
 * Pages and the JSON API over libmicrohttpd. It decides nothing about records: who may see is asked of
 * access/, every entry goes through file_entry(). What arrives is checked for size, kind, session and
 * freshness before a handler runs. The room is used by the verb `serve` alone. */
#ifndef PANJI_WEB_WEB_H
#define PANJI_WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/problem.h"
#include "filing/filing.h"
#include "people/people.h"

struct notify;
struct request;
struct route;

/* The pages served beside the API. */
struct web_pages {
    const struct route *routes;
    size_t count;
    void (*problems)(struct request *request, int status); /* request->problems as a page */
};

struct web_options {
    const struct web_pages *pages; /* NULL: the API alone */
    struct people *people;         /* the search of people */
    struct notify *notify;         /* outlives the server; NULL: no messages are sent */

    const char *listen;      /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one */
    size_t workers;          /* threads for reading requests; filing and signing in have their own; 0: 4 */
    const char *certificate; /* PEM files for TLS, both or neither */
    const char *key;
    bool behind_proxy; /* a proxy in front speaks TLS and limits clients: secure cookies, no limit per address
                        */
};

struct web;

/* Listens and serves until web_stop(). Problems tell why it cannot (listen_wrong, listen_taken, tls_wrong).
 */
enum err web_start(struct node *node, const struct web_options *options, struct problems *problems,
    struct web **ret_web) MUST_CHECK;

/* "http://127.0.0.1:8080", with the real port. */
const char *web_address(const struct web *web);

/* Takes no new connections, answers what was begun (at most ten seconds), and frees everything. */
void web_stop(struct web *web);

#endif
