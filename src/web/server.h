/* web/server: the parts of one running server, shared by the files of this room. */
#ifndef PANJI_WEB_SERVER_H
#define PANJI_WEB_SERVER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "report/book.h"
#include "print/print.h"
#include "web/metrics.h"
#include "web/request.h"
#include "web/route.h"

#define WORKERS_MAX 64

/* Requests waiting for a worker: bounded, first come first served. */
struct lane {
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    struct request *first, *last;
    size_t waiting, waiting_max;
    bool closed;
    size_t worker_count;
    struct worker {
        struct web *web;
        struct lane *lane;
        struct db *db; /* opened with the first request, so that idle workers cost next to nothing */
        pthread_t thread;
    } workers[WORKERS_MAX];
};

struct web {
    struct arena *arena; /* of the server's life */
    struct node *node;
    const struct web_pages *pages;
    struct people *people;
    struct notify *notify; /* NULL: no messages are sent */
    const struct route *routes; /* of the API and the pages, in one table */
    size_t route_count;
    const struct book *books; /* registers/ */
    size_t book_count;
    struct MHD_Daemon *daemon;
    const char *address;
    bool secure;   /* cookies only over TLS */
    bool practice; /* a register for training, plainly marked on every page */
    int64_t started_at;
    struct lane lanes[LANE_COUNT];
    struct press *press; /* NULL when its layouts could not be read */
    atomic_int active; /* requests between first header and last byte */
    atomic_uint_fast64_t request_number;
    struct metrics metrics;
    struct {
        const char *text;
        size_t len;
    } openapi; /* made once at start */
};

/* ---- lanes ---- */

enum err lane_start(struct lane *lane, struct web *web, size_t workers, size_t waiting_max) MUST_CHECK;
/* False when the lane is full. */
bool lane_put(struct lane *lane, struct request *request);
/* Lets the workers finish what waits, then ends them. */
void lane_stop(struct lane *lane);
size_t lane_waiting(struct lane *lane);

/* ---- listening ---- */

/* A listening socket and its address as text with the real port. E_PROBLEM: listen_wrong, listen_taken. */
enum err listen_open(struct arena *arena, const char *where, bool tls, struct problems *problems,
    int *ret_socket, const char **ret_address) MUST_CHECK;

/* The OpenAPI document of the routes and forms. */
void openapi_make(struct web *web);

/* Microseconds that only go forward. */
int64_t monotonic_us(void);

#endif
