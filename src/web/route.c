/* web/route: finding the row, and the checks that every handler may rely on. */
#include "web/route.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "web/gzip.h"
#include "web/server.h"
#include "web/urlencoded.h"

/* ---- finding ---- */

/* Whether path fits the pattern; captured pieces go to captures. */
static bool pattern_fits(struct arena *arena, const char *pattern, const char *path, const char **captures)
{
    size_t captured = 0;
    while (*pattern) {
        if (*pattern == '{') {
            const char *close = strchr(pattern, '}');
            bool rest = memcmp(close - 3, "...", 3) == 0;
            size_t n = rest ? strlen(path) : strcspn(path, "/");
            size_t ending = rest ? 0 : strcspn(close + 1, "/"); /* "{id}.pdf" */
            if (n <= ending || memcmp(path + n - ending, close + 1, ending) != 0) return false;
            n -= ending;
            assert(captured < CAPTURES_MAX);
            captures[captured++] = arena_strndup(arena, path, n);
            pattern = close + 1;
            path += n;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

void route_find(struct request *request)
{
    enum method wanted = request->method == METHOD_HEAD ? METHOD_GET : request->method;
    const struct route *routes = request->web->routes;
    for (size_t i = 0; i < request->web->route_count && !request->route; i++) {
        const char *captures[CAPTURES_MAX] = {NULL};
        if (!pattern_fits(request->arena, routes[i].pattern, request->path, captures)) continue;
        request->allowed |= 1U << routes[i].method;
        if (routes[i].method != wanted) continue;
        request->route = &routes[i];
        memcpy(request->captures, captures, sizeof captures);
    }
}

bool route_is_api(const char *path)
{
    static const char *const starts[] = {"/api/", "/log/", "/openapi.json", "/health", "/metrics"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (strncmp(path, starts[i], strlen(starts[i])) == 0) return true;
    return false;
}

const char *route_allowed(struct request *request)
{
    bool get = request->allowed & 1U << METHOD_GET;
    return arena_printf(request->arena, "%sOPTIONS%s%s", get ? "GET, HEAD, " : "",
        request->allowed & 1U << METHOD_POST ? ", POST" : "",
        request->allowed & 1U << METHOD_DELETE ? ", DELETE" : "");
}

/* ---- checks; each returns true when the request may go on, or has answered ---- */

static bool check_route(struct request *request)
{
    if (request->route) return true;
    if (request->allowed == 0) {
        respond_problem(request, "not_found");
        return false;
    }
    respond_header(request, "Allow", route_allowed(request));
    if (request->method == METHOD_OPTIONS) {
        respond_text(request, 204, NULL, "", 0);
        return false;
    }
    static const char *const names[] = {"GET", "POST", "DELETE", "", "HEAD", "OPTIONS", "this method"};
    problem_add(&request->problems, "method_wrong", NULL, "method", names[request->method], "allowed",
        route_allowed(request), NULL);
    respond_problems(request);
    return false;
}

static bool refuse_type(struct request *request, const char *wanted)
{
    problem_add(&request->problems, "body_type", NULL, "wanted", wanted, NULL);
    respond_problems(request);
    return false;
}

static bool type_is(const struct request *request, const char *wanted)
{
    const char *type = request_header(request, "Content-Type");
    size_t n = strlen(wanted);
    return type && strncasecmp(type, wanted, n) == 0 && (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

static bool check_form(struct request *request)
{
    enum err err = request->upload_err;
    if (request->multipart) {
        if (err == E_OK) err = multipart_finish(request->multipart, &request->pairs, &request->pair_count);
    } else if (!type_is(request, "application/x-www-form-urlencoded")) {
        return refuse_type(request, "application/x-www-form-urlencoded");
    } else if (!urlencoded_read(request->arena, request->body.data, request->body.len, &request->pairs,
                   &request->pair_count)) {
        err = E_PROBLEM;
    }
    if (err == E_OK) return true;
    if (err == E_PROBLEM) problem_add(&request->problems, "form_malformed", NULL, NULL);
    respond_error(request, err);
    return false;
}

static bool check_body(struct request *request)
{
    if (request->too_large) {
        problem_add(&request->problems, "body_too_large", NULL, "max",
            request->route && request->route->body == BODY_RAW ? "4 GB" : "2 MB", NULL);
        respond_problems(request);
        return false;
    }
    switch (request->route->body) {
    case BODY_JSON: return type_is(request, "application/json") || refuse_type(request, "application/json");
    case BODY_FORM: return check_form(request);
    case BODY_RAW:
    case BODY_NONE: return true;
    }
    return true;
}

/* The token a page put into its form must be the session's own. Without a session (signing in) a form sent by
 * another site is told by the browser itself. */
static void check_fresh(struct request *request)
{
    const char *site = request_header(request, "Sec-Fetch-Site");
    const char *sent = form_value(request, "_csrf");
    bool foreign = site && strcmp(site, "cross-site") == 0;
    if (!request->token)
        request->fresh = !foreign;
    else
        request->fresh =
            request->bearer || (sent && strlen(sent) == strlen(request->session.csrf) &&
                                   sodium_memcmp(sent, request->session.csrf, strlen(sent)) == 0);
}

static bool check_entrance(struct request *request)
{
    const struct route *route = request->route;
    bool signed_in = request_session(request);
    /* A call that is let in without a posting does not look at it: filing asks for itself. */
    bool posting_wanted = !request->api || route->entrance != ENTER_SIGNED_IN;
    if (signed_in && posting_wanted) request_posting(request);
    bool changes = !request->api && request->method == METHOD_POST;
    if (changes) check_fresh(request);
    if (changes && !request->fresh && !route->keeps_typed) {
        respond_problem(request, "csrf_wrong");
        return false;
    }
    if (route->keeps_typed || route->entrance == ENTER_ANYONE) return true;
    if (!signed_in && !request->api && request->method != METHOD_POST) {
        respond_redirect(request, url_make(request->arena, "/sign-in?return=%", request->path));
        return false;
    }
    if (!signed_in) {
        bool ended = request->bearer || request_cookie(request, "panji");
        respond_problem(request, ended ? "session_ended" : "sign_in_needed");
        return false;
    }
    if (route->entrance == ENTER_SIGNED_IN || request->posted) return true;
    if (!request->api && request->method != METHOD_POST)
        respond_redirect(request, "/posting");
    else
        respond_problem(request, "posting_none");
    return false;
}

/* Language, colours and keys, once chosen, stay for a year. */
static void choices_keep(struct request *request)
{
    static const char *const themes[] = {"device", "light", "dark"};
    bool room = request->response.header_count + 3 <= HEADERS_MAX;
    if (room && query_value(request, "lang"))
        respond_cookie(request, "lang", request->lang == LANG_HI ? "hi" : "en", 31536000, false);
    if (room && query_value(request, "theme"))
        respond_cookie(request, "theme", themes[request->theme], 31536000, false);
    if (room && query_value(request, "keys"))
        respond_cookie(request, "keys", request->keys_off ? "off" : "on", 31536000, false);
}

void route_dispatch(struct request *request)
{
    if (request->too_large && !request->route) request->allowed = 0;
    if (!check_route(request) || !check_body(request)) return;
    if (!check_entrance(request)) return;
    /* One picture of the register for everything a page shows. Filing must not hold an old one while it
     * waits. */
    const struct route *route = request->route;
    bool snapshot = (route->method == METHOD_GET || route->asks) && db_begin(request->db) == E_OK;
    route->handle(request);
    if (snapshot) db_rollback(request->db);
    if (!request->api) choices_keep(request);
    if (db_status(request->db) != E_OK && request->response.status < 500)
        respond_error(request, db_status(request->db));
    gzip_answer(request);
}
