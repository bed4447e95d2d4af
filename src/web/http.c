/* web/http: libmicrohttpd, and nothing of it anywhere else but in respond.c and lane.c.
 *
 * A pool of poll() threads reads and writes sockets. A request that is complete is suspended, waits in a
 * lane, is answered by a worker and resumed. Learned about libmicrohttpd 0.9.75:
 * - not its epoll thread: a wake-up with exactly 128 events waits once more before it serves them;
 * - not its post processor: forms are read by urlencoded.c and multipart.c, which we fuzz;
 * - suspend before the worker may see the request, or the resume comes first and is lost. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "base/words.h"
#include "register/file.h"
#include "web/route.h"
#include "web/server.h"

#define SOCKET_THREADS 2
#define CONNECTIONS_MAX 1000
#define CONNECTIONS_PER_ADDRESS_MAX 256
#define IDLE_SECONDS 30
#define HEADERS_BYTES_MAX ((size_t)32 << 10)
#define ARENA_BYTES_MAX ((size_t)256 << 20)
#define QUERY_PAIRS_MAX 100
#define WORKERS_FALLBACK 4
#define STOP_SECONDS 10
#define STRANGER_BYTES_MAX (64 << 20)
#define PEM_BYTES_MAX ((size_t)1 << 20)

int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- a request comes in ---- */

static enum method method_read(const char *name)
{
    static const struct {
        const char *name;
        enum method method;
    } methods[] = {
        {"GET", METHOD_GET},
        {"POST", METHOD_POST},
        {"DELETE", METHOD_DELETE},
        {"HEAD", METHOD_HEAD},
        {"OPTIONS", METHOD_OPTIONS},
    };
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (strcmp(methods[i].name, name) == 0) return methods[i].method;
    return METHOD_OTHER;
}

static enum MHD_Result query_take(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    struct request *request = context;
    if (request->query_count == QUERY_PAIRS_MAX) return MHD_NO;
    if (!value) value = "";
    if (text_valid(name, strlen(name)) && text_valid(value, strlen(value)))
        request->query[request->query_count++] = (struct pair){name, value};
    return MHD_YES;
}

static enum theme theme_read(const char *text)
{
    if (!text) return THEME_DEVICE;
    return strcmp(text, "dark") == 0 ? THEME_DARK : strcmp(text, "light") == 0 ? THEME_LIGHT : THEME_DEVICE;
}

static struct request *request_begin(
    struct web *web, struct MHD_Connection *connection, const char *path, const char *method)
{
    struct arena *arena = arena_new(ARENA_BYTES_MAX);
    struct request *request = ARENA_NEW(arena, struct request);
    *request = (struct request){.web = web,
        .node = web->node,
        .arena = arena,
        .connection = connection,
        .begun_us = monotonic_us(),
        .method = method_read(method),
        .path = arena_strdup(arena, path),
        .now = node_clock(web->node),
        .problems = {.arena = arena},
        .response = {.fd = -1}};
    uint64_t number = atomic_fetch_add(&web->request_number, 1);
    snprintf(request->id, sizeof request->id, "%llx-%llx",
        (unsigned long long)(web->started_at / 1000 & 0xFFFFFFF), (unsigned long long)(number & 0xFFFFFFFF));
    request->query = ARENA_ARRAY(arena, struct pair, QUERY_PAIRS_MAX);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, query_take, request);
    const char *lang = query_value(request, "lang");
    request->lang = lang_read(lang ? lang : request_cookie(request, "lang"));
    const char *theme = query_value(request, "theme");
    request->theme = theme_read(theme ? theme : request_cookie(request, "theme"));
    const char *keys = query_value(request, "keys");
    if (!keys) keys = request_cookie(request, "keys");
    request->keys_off = keys && strcmp(keys, "off") == 0;
    request->api = route_is_api(request->path);
    if (text_valid(request->path, strlen(request->path))) route_find(request);
    return request;
}

/* Sets up what the body is read into. False: the request is answered here and now, its body unread. */
static bool body_expect(struct request *request)
{
    const struct route *route = request->route;
    const char *length = request_header(request, "Content-Length");
    /* Two lengths that a proxy in front may understand otherwise than we do (RFC 9112, 6.3). */
    if (length && request_header(request, "Transfer-Encoding")) {
        respond_header(request, "Connection", "close");
        respond_problem(request, "form_malformed");
        return false;
    }
    long long announced = length ? strtoll(length, NULL, 10) : 0;
    bool raw = route && route->body == BODY_RAW;
    const char *type = request_header(request, "Content-Type");
    bool multipart = route && route->body == BODY_FORM && type && strncasecmp(type, "multipart/", 10) == 0;
    /* A stranger stores nothing. A page's form is read all the same, without its files, so that what was
     * typed can come back after signing in again. */
    bool stranger = (raw || multipart) && !request_session(request);
    if (stranger && (raw || announced > STRANGER_BYTES_MAX)) {
        respond_problem(request, "sign_in_needed");
        return false;
    }
    if (announced > (raw || multipart ? (long long)BLOB_BYTES_MAX : (long long)FORM_BYTES_MAX)) {
        request->too_large = true;
        route_dispatch(request);
        return false;
    }
    if (raw)
        request->upload_err = blob_begin(node_folder(request->node), &request->upload);
    else if (multipart)
        request->multipart =
            multipart_new(request->arena, type, stranger ? NULL : node_folder(request->node));
    else
        buf_init(&request->body, request->arena, FORM_BYTES_MAX);
    if (multipart && !request->multipart) request->upload_err = E_PROBLEM;
    return true;
}

/* Some more of the body. What is not wanted any more is read and forgotten, so that the client hears the
 * answer. */
static bool body_receive(struct request *request, const char *data, size_t n)
{
    if (request->upload_err != E_OK) return true;
    if (request->upload) {
        request->upload_err = blob_add(request->upload, data, n);
    } else if (request->multipart) {
        request->upload_err = multipart_add(request->multipart, data, n);
    } else {
        if (request->too_large) return false; /* announced nothing and does not stop */
        buf_add(&request->body, data, n);
        request->too_large = request->body.overflow;
    }
    return true;
}

/* ---- an answer goes out ---- */

static const struct header headers_always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
                                "connect-src 'self'; "
                                "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

static enum MHD_Result response_send(struct request *request)
{
    struct response *answer = &request->response;
    struct MHD_Response *response =
        answer->fd >= 0 ? MHD_create_response_from_fd64(answer->len, answer->fd)
                        : MHD_create_response_from_buffer(answer->len,
                              (void *)(uintptr_t)(answer->data ? answer->data : ""), MHD_RESPMEM_PERSISTENT);
    if (!response) return MHD_NO;
    answer->fd = -1; /* the response closes it */
    for (size_t i = 0; i < sizeof headers_always / sizeof headers_always[0]; i++)
        MHD_add_response_header(response, headers_always[i].name, headers_always[i].value);
    MHD_add_response_header(response, "Cache-Control", answer->cache ? answer->cache : "no-store");
    MHD_add_response_header(response, "X-Request-Id", request->id);
    if (answer->type) MHD_add_response_header(response, "Content-Type", answer->type);
    if (answer->gzipped) MHD_add_response_header(response, "Content-Encoding", "gzip");
    if (answer->varies) MHD_add_response_header(response, "Vary", "Accept-Encoding");
    for (size_t i = 0; i < answer->header_count; i++)
        MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value);
    enum MHD_Result result = MHD_queue_response(request->connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Gives the complete request to a worker. */
static void request_hand_over(struct request *request)
{
    struct web *web = request->web;
    struct lane *lane = &web->lanes[request->route ? request->route->lane : LANE_QUICK];
    request->handed = true;
    MHD_suspend_connection(request->connection);
    if (lane_put(lane, request)) return;
    respond_problem(request, "busy");
    respond_header(request, "Retry-After", "2");
    MHD_resume_connection(request->connection);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *data_size, void **state)
{
    (void)version;
    struct web *web = context;
    struct request *request = *state;
    if (!request) {
        request = request_begin(web, connection, url, method);
        *state = request;
        atomic_fetch_add(&web->active, 1);
        return body_expect(request) ? MHD_YES : response_send(request);
    }
    if (request->handed) return response_send(request);
    if (*data_size > 0) {
        bool go_on = body_receive(request, data, *data_size);
        *data_size = 0;
        return go_on ? MHD_YES : MHD_NO;
    }
    request_hand_over(request);
    return MHD_YES;
}

static void on_completed(
    void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    struct web *web = context;
    struct request *request = *state;
    if (!request) return;
    *state = NULL;
    blob_cancel(request->upload);
    multipart_cancel(request->multipart);
    if (request->response.fd >= 0) close(request->response.fd);
    arena_free(request->arena);
    atomic_fetch_sub(&web->active, 1);
}

/* libmicrohttpd's own complaints are about clients that went away; they hold nothing of a record. */
static void on_complaint(void *context, const char *format, va_list args)
{
    (void)context;
    char text[300];
    vsnprintf(text, sizeof text, format, args);
    log_line(LOG_DEBUG, "http", "what", text, NULL);
}

/* ---- start and stop ---- */

static enum err pem_read(
    struct arena *arena, const char *path, struct problems *problems, const char **ret_text)
{
    size_t n;
    if (file_read(arena, path, PEM_BYTES_MAX, ret_text, &n) == E_OK) return E_OK;
    problem_add(problems, "tls_wrong", NULL, "file", path, NULL);
    return E_PROBLEM;
}

static enum err daemon_start(
    struct web *web, const struct web_options *options, int listener, struct problems *problems)
{
    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem more[3] = {{MHD_OPTION_END, 0, NULL}};
    if (options->certificate) {
        const char *certificate, *key;
        TRY(pem_read(web->arena, options->certificate, problems, &certificate));
        TRY(pem_read(web->arena, options->key, problems, &key));
        more[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)certificate};
        more[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key};
        more[2] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
        flags |= MHD_USE_TLS;
    }
    unsigned per_address = options->behind_proxy ? 0 : CONNECTIONS_PER_ADDRESS_MAX;
    web->daemon =
        MHD_start_daemon(flags, 0, NULL, NULL, on_request, web, MHD_OPTION_EXTERNAL_LOGGER, on_complaint,
            NULL, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)SOCKET_THREADS,
            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
            per_address, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADERS_BYTES_MAX, MHD_OPTION_STRICT_FOR_CLIENT, 1,
            MHD_OPTION_NOTIFY_COMPLETED, on_completed, web, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    if (web->daemon) return E_OK;
    if (!options->certificate) return E_IO;
    problem_add(problems, "tls_wrong", NULL, "file", options->certificate, NULL);
    return E_PROBLEM;
}

/* Filing workers mostly wait: while one half of them is being committed the other half gathers, so a commit
 * holds about half as many entries as there are workers, and one that holds more costs each of them less. */
static enum err lanes_start(struct web *web, size_t workers)
{
    const struct {
        size_t workers, waiting_max;
    } sizes[LANE_COUNT] = {
        [LANE_QUICK] = {workers, 4096}, [LANE_FILING] = {48, 4096}, [LANE_SLOW] = {2, 256}};
    enum err err = E_OK;
    for (size_t i = 0; i < LANE_COUNT; i++) {
        enum err one = lane_start(&web->lanes[i], web, sizes[i].workers, sizes[i].waiting_max);
        if (err == E_OK) err = one;
    }
    return err;
}

/* Pages come last: an address of the API is found before them. */
static void routes_join(struct web *web)
{
    size_t page_count = web->pages ? web->pages->count : 0;
    struct route *routes = ARENA_ARRAY(web->arena, struct route, api_routes_count + page_count);
    memcpy(routes, api_routes, api_routes_count * sizeof *routes);
    if (page_count) memcpy(routes + api_routes_count, web->pages->routes, page_count * sizeof *routes);
    web->routes = routes;
    web->route_count = api_routes_count + page_count;
    assert(web->route_count < METRIC_ROUTES_MAX);
}

/* Asked once: the register's first entry never changes. */
static bool is_practice(struct node *node)
{
    struct db *db;
    if (node_reader(node, &db) != E_OK) return false;
    bool practice = node_practice(db);
    db_close(db);
    return practice;
}

enum err web_start(
    struct node *node, const struct web_options *options, struct problems *problems, struct web **ret_web)
{
    words_load();
    struct arena *arena = arena_new((size_t)64 << 20);
    struct web *web = ARENA_NEW(arena, struct web);
    web->arena = arena;
    web->node = node;
    web->pages = options->pages;
    web->people = options->people;
    web->notify = options->notify;
    web->secure = options->certificate || options->behind_proxy;
    web->started_at = node_clock(node);
    web->practice = is_practice(node);
    routes_join(web);
    web->book_count = books_load(arena, node_forms(node), &web->books);
    openapi_make(web);
    int listener = -1;
    enum err err =
        listen_open(arena, options->listen, options->certificate != NULL, problems, &listener, &web->address);
    if (err != E_OK) {
        arena_free(arena);
        return err;
    }
    const char *layouts = arena_printf(arena, "%s/prints", node_folder(node));
    err = press_open(layouts, node_forms(node), problems, &web->press);
    if (err == E_OK)
        err = lanes_start(web, options->workers > 0 ? options->workers : WORKERS_FALLBACK);
    if (err == E_OK) err = daemon_start(web, options, listener, problems);
    if (err != E_OK) {
        close(listener);
        web_stop(web);
        return err;
    }
    *ret_web = web;
    return E_OK;
}

const char *web_address(const struct web *web)
{
    return web->address;
}

void web_stop(struct web *web)
{
    if (web->daemon) {
        int listener = MHD_quiesce_daemon(web->daemon);
        if (listener >= 0) close(listener);
        struct timespec pause = {.tv_nsec = 5000000};
        for (int i = 0; i < STOP_SECONDS * 200 && atomic_load(&web->active) > 0; i++) nanosleep(&pause, NULL);
    }
    for (size_t i = 0; i < LANE_COUNT; i++) lane_stop(&web->lanes[i]);
    if (web->daemon) MHD_stop_daemon(web->daemon);
    press_close(web->press);
    arena_free(web->arena);
}
