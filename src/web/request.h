/* web/request: one request from its first header to its last byte, and how handlers answer it.
 *
 * A request lives on the socket threads until it is complete, then on one worker thread, then on the socket
 * threads again; never on two at once. All its memory is one arena. */
#ifndef PANJI_WEB_REQUEST_H
#define PANJI_WEB_REQUEST_H

#include <jansson.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/problem.h"
#include "db/db.h"
#include "filing/filing.h"
#include "register/blob.h"
#include "web/multipart.h"
#include "web/web.h"

#define CAPTURES_MAX 2
#define HEADERS_MAX 12
#define FORM_BYTES_MAX ((size_t)2 << 20)
#define PAGE_BYTES_MAX ((size_t)16 << 20)
#define MASKED "••••" /* what access/ puts in place of a value */

enum method {
    METHOD_GET,
    METHOD_POST,
    METHOD_DELETE,
    METHOD_COUNT,
    METHOD_HEAD,
    METHOD_OPTIONS,
    METHOD_OTHER
};

/* Colours of pages: as the device is set, or as the reader chose (a cookie). */
enum theme { THEME_DEVICE, THEME_LIGHT, THEME_DARK };

struct header {
    const char *name, *value;
};

struct response {
    int status;
    const char *type;
    const char *cache; /* Cache-Control; NULL: no-store */
    size_t header_count;
    struct header headers[HEADERS_MAX];
    const char *data; /* lives as long as the request */
    size_t len;
    int fd; /* -1, or a file to stream instead of data */
    bool gzipped; /* data is compressed */
    bool varies;  /* another client may get it otherwise compressed */
};

struct request {
    struct request *next; /* the lane's own */
    struct web *web;
    struct node *node;
    struct arena *arena;
    struct MHD_Connection *connection;
    char id[17];
    int64_t begun_us; /* monotonic */

    enum method method; /* HEAD is told apart only when the answer is sent */
    const char *path;
    const struct route *route; /* NULL: no such address, or another method */
    unsigned allowed;          /* methods the address takes, by bit */
    const char *captures[CAPTURES_MAX];
    struct pair *query;
    size_t query_count;
    bool api; /* problems are told as JSON */

    struct buf body;    /* of JSON and form bodies */
    struct pair *pairs; /* of form bodies */
    size_t pair_count;
    struct blob_writer *upload;
    struct multipart *multipart;
    enum err upload_err;
    bool too_large, handed, answered;

    struct db *db; /* the worker's reader */
    enum lang lang;
    enum theme theme;
    bool keys_off; /* the reader wants no keys of ours */
    int64_t now;
    const char *token; /* NULL: not signed in */
    bool bearer;       /* by Authorization header, not by cookie */
    bool fresh;        /* the form carried the session's token */
    struct session session;
    struct viewer viewer;
    bool posted; /* viewer is a posting in force */
    int64_t *seen; /* entries the viewer may see, as far as asked: seen.c's own */
    struct problems problems;
    struct response response;
};

/* ---- what was asked ---- */

/* A value of the query or the form body; NULL when absent or empty. */
const char *query_value(const struct request *request, const char *name);
const char *form_value(const struct request *request, const char *name);
/* A whole number from the query, `otherwise` when absent. A malformed one adds the problem query_wrong. */
int64_t query_int(struct request *request, const char *name, int64_t otherwise);
/* An instant (RFC 3339) or a date from the query; 0 when absent. `until` takes a date with its whole day: the
 * instant after it. */
int64_t query_time(struct request *request, const char *name, bool until);
const char *request_header(const struct request *request, const char *name);
const char *request_cookie(const struct request *request, const char *name);

/* Reads who asks; true when signed in. On any thread; touches no database. */
bool request_session(struct request *request);
/* Finds the posting the session chose, or the officer's only one. */
void request_posting(struct request *request);

/* ---- addresses ---- */

/* An address: each % of the literal pattern is replaced by one argument, percent-encoded: url_make(a,
 * "/cases/%", id). A NULL argument is empty. */
const char *url_make(struct arena *arena, const char *pattern, ...);

/* ---- answers ---- */

void respond_header(
    struct request *request, const char *name, const char *value); /* both outlive the request */
void respond_text(struct request *request, int status, const char *type, const char *data, size_t len);
void respond_json(struct request *request, int status, json_t *value); /* takes the reference */
/* What request->problems says, as problem+json or as a page. */
void respond_problems(struct request *request);
void respond_problem(struct request *request, const char *code); /* one without places to fill */
/* E_PROBLEM: request->problems; any other error in words, logged. */
void respond_error(struct request *request, enum err err);
void respond_redirect(struct request *request, const char *location); /* 303, a path of ours */
void respond_file(struct request *request, const char *type, int fd, int64_t size);
void respond_cookie(struct request *request, const char *name, const char *value, int max_age, bool secret);

#endif
