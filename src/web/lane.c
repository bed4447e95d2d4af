/* web/lane: worker threads. A handler may block: it runs alone on its thread with a reader of its own, and
 * the socket threads never wait for it. */
#include <string.h>

#include "base/log.h"
#include "web/route.h"
#include "web/server.h"

static struct request *lane_take(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    while (!lane->first && !lane->closed) pthread_cond_wait(&lane->arrived, &lane->lock);
    struct request *request = lane->first;
    if (request) {
        lane->first = request->next;
        if (!lane->first) lane->last = NULL;
        lane->waiting--;
    }
    pthread_mutex_unlock(&lane->lock);
    return request;
}

static void request_log(struct request *request, int64_t duration_us)
{
    static const char *const names[] = {"GET", "POST", "DELETE", "", "HEAD", "OPTIONS", "OTHER"};
    char status[8], duration[24], bytes[24];
    snprintf(status, sizeof status, "%d", request->response.status);
    snprintf(duration, sizeof duration, "%lld", (long long)duration_us);
    snprintf(bytes, sizeof bytes, "%zu", request->response.len);
    log_line(LOG_INFO, "request", "id", request->id, "method", names[request->method], "route",
        request->route ? request->route->pattern : "none", "status", status, "us", duration, "bytes", bytes,
        "officer", request->token ? request->session.officer : "", NULL);
}

static void worker_answer(struct worker *worker, struct request *request)
{
    enum err err = worker->db ? E_OK : node_reader(worker->web->node, &worker->db);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    db_clear(worker->db);
    request->db = worker->db;
    route_dispatch(request);
    request->db = NULL;
}

static void *worker_run(void *context)
{
    struct worker *worker = context;
    struct web *web = worker->web;
    for (struct request *request; (request = lane_take(worker->lane)) != NULL;) {
        worker_answer(worker, request);
        int64_t duration = monotonic_us() - request->begun_us;
        size_t row = request->route ? (size_t)(request->route - request->web->routes) : METRIC_ROUTES_MAX;
        metrics_count(&web->metrics, row, request->response.status, duration);
        request_log(request, duration);
        /* From here the request belongs to the socket threads, and may be gone. */
        MHD_resume_connection(request->connection);
    }
    return NULL;
}

enum err lane_start(struct lane *lane, struct web *web, size_t workers, size_t waiting_max)
{
    pthread_mutex_init(&lane->lock, NULL);
    pthread_cond_init(&lane->arrived, NULL);
    lane->waiting_max = waiting_max;
    while (lane->worker_count < workers && lane->worker_count < WORKERS_MAX) {
        struct worker *worker = &lane->workers[lane->worker_count];
        *worker = (struct worker){.web = web, .lane = lane};
        if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0) return E_FULL;
        lane->worker_count++;
    }
    return E_OK;
}

bool lane_put(struct lane *lane, struct request *request)
{
    pthread_mutex_lock(&lane->lock);
    bool taken = lane->waiting < lane->waiting_max;
    if (taken) {
        request->next = NULL;
        if (lane->last)
            lane->last->next = request;
        else
            lane->first = request;
        lane->last = request;
        lane->waiting++;
        pthread_cond_signal(&lane->arrived);
    }
    pthread_mutex_unlock(&lane->lock);
    return taken;
}

size_t lane_waiting(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    size_t n = lane->waiting;
    pthread_mutex_unlock(&lane->lock);
    return n;
}

void lane_stop(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    lane->closed = true;
    pthread_cond_broadcast(&lane->arrived);
    pthread_mutex_unlock(&lane->lock);
    for (size_t i = 0; i < lane->worker_count; i++) {
        pthread_join(lane->workers[i].thread, NULL);
        db_close(lane->workers[i].db);
    }
    pthread_cond_destroy(&lane->arrived);
    pthread_mutex_destroy(&lane->lock);
}
