/* web/ask: what a request says: query, form, headers, and who is behind it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/time.h"
#include "web/server.h"

static const char *pair_value(const struct pair *pairs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].name, name) == 0) return pairs[i].value[0] ? pairs[i].value : NULL;
    return NULL;
}

const char *query_value(const struct request *request, const char *name)
{
    return pair_value(request->query, request->query_count, name);
}

const char *form_value(const struct request *request, const char *name)
{
    return pair_value(request->pairs, request->pair_count, name);
}

int64_t query_int(struct request *request, const char *name, int64_t otherwise)
{
    const char *text = query_value(request, name);
    if (!text) return otherwise;
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (errno == 0 && !*end && n >= 0) return n;
    problem_add(&request->problems, "query_wrong", name, "name", name, NULL);
    return otherwise;
}

int64_t query_time(struct request *request, const char *name, bool until)
{
    const char *text = query_value(request, name);
    if (!text) return 0;
    int64_t at;
    int32_t day;
    if (time_parse_date(text, &day))
        return ((int64_t)day + (until ? 1 : 0)) * TIME_DAY_MS - TIME_IST_OFFSET_MS;
    if (time_parse(text, &at)) return at;
    if (!request->api && time_parse_typed(text, request->now, false, &at))
        return until ? at + TIME_DAY_MS : at;
    problem_add(&request->problems, "query_wrong", name, "name", name, NULL);
    return 0;
}

const char *request_header(const struct request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *request_cookie(const struct request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, name);
}

bool request_session(struct request *request)
{
    if (request->token) return true;
    const char *header = request_header(request, "Authorization");
    const char *token = NULL;
    if (header && strncasecmp(header, "Bearer ", 7) == 0) {
        token = header + 7;
        request->bearer = true;
    } else if (!request->api || request->method == METHOD_GET || request->method == METHOD_HEAD) {
        /* A cookie travels by itself, so it opens the API for reading only; pages ask for the session's token
         * too. */
        token = request_cookie(request, "panji");
    }
    if (!token || strlen(token) >= SESSION_TOKEN_SIZE) return false;
    enum err err =
        secrets_session(node_secrets(request->node), request->arena, token, request->now, &request->session);
    if (err != E_OK) return false;
    request->token = arena_strdup(request->arena, token);
    return true;
}

void request_posting(struct request *request)
{
    struct posting posting, *all;
    const char *officer = request->session.officer, *office = request->session.office;
    if (office) {
        request->posted = posting_at(request->db, request->arena, officer, office, request->now, &posting);
    } else {
        request->posted = postings_at(request->db, request->arena, officer, request->now, &all) == 1;
        if (request->posted) posting = all[0];
    }
    if (!request->posted) return;
    request->viewer = (struct viewer){.officer = officer,
        .office = posting.office,
        .office_kind = posting.office_kind,
        .pillar = posting.pillar,
        .role = posting.role};
}
