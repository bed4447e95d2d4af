/* web/respond: the few kinds of answers there are. */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "web/server.h"

void respond_header(struct request *request, const char *name, const char *value)
{
    struct response *response = &request->response;
    assert(response->header_count < HEADERS_MAX);
    response->headers[response->header_count++] = (struct header){name, value};
}

void respond_text(struct request *request, int status, const char *type, const char *data, size_t len)
{
    request->response.status = status;
    request->response.type = type;
    request->response.data = data;
    request->response.len = len;
}

static void json_answer(struct request *request, int status, const char *type, json_t *value)
{
    struct buf buf;
    buf_init(&buf, request->arena, PAGE_BYTES_MAX);
    json_canonical(&buf, value);
    json_decref(value);
    if (buf.overflow) {
        log_line(LOG_ERROR, "answer_too_large", "id", request->id, NULL);
        respond_problem(request, "busy");
        return;
    }
    buf_putc(&buf, '\n');
    respond_text(request, status, type, buf.data, buf.len);
}

void respond_json(struct request *request, int status, json_t *value)
{
    json_answer(request, status, "application/json", value);
}

void respond_problems(struct request *request)
{
    int status = problems_status(&request->problems);
    if (status == 401 && request->api) respond_header(request, "WWW-Authenticate", "Bearer");
    if (request->api || !request->web->pages)
        json_answer(
            request, status, "application/problem+json", problems_json(&request->problems, request->id));
    else
        request->web->pages->problems(request, status);
}

void respond_problem(struct request *request, const char *code)
{
    problem_add(&request->problems, code, NULL, "request", request->id, NULL);
    respond_problems(request);
}

void respond_error(struct request *request, enum err err)
{
    assert(err != E_OK);
    if (err == E_PROBLEM && request->problems.count > 0) {
        respond_problems(request);
        return;
    }
    request->problems.count = 0;
    switch (err) {
    case E_NOT_FOUND: respond_problem(request, "not_found"); return;
    case E_BUSY:
        respond_header(request, "Retry-After", "2");
        respond_problem(request, "busy");
        return;
    case E_FULL: respond_problem(request, "disk_full"); break;
    default: respond_problem(request, "trouble");
    }
    log_line(LOG_ERROR, "request_failed", "id", request->id, "why", err_text(err), "database",
        request->db && db_status(request->db) != E_OK ? db_message(request->db) : "", NULL);
}

void respond_redirect(struct request *request, const char *location)
{
    assert(location[0] == '/' && location[1] != '/' && !strpbrk(location, "\r\n\\"));
    respond_header(request, "Location", location);
    respond_text(request, 303, NULL, "", 0);
}

void respond_file(struct request *request, const char *type, int fd, int64_t size)
{
    request->response.status = 200;
    request->response.type = type;
    request->response.fd = fd;
    request->response.len = (size_t)size;
}

void respond_cookie(struct request *request, const char *name, const char *value, int max_age, bool secret)
{
    const char *age = max_age >= 0 ? arena_printf(request->arena, "; Max-Age=%d", max_age) : "";
    respond_header(request, "Set-Cookie",
        arena_printf(request->arena, "%s=%s; Path=/%s%s%s", name, value, age,
            secret ? "; HttpOnly; SameSite=Strict" : "; SameSite=Lax",
            request->web->secure ? "; Secure" : ""));
}
