/* web/api_session: signing in and out with the API. */
#include <string.h>

#include "base/json.h"
#include "web/api.h"

static json_t *postings_json(const struct posting *postings, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:s}", "office", postings[i].office, "kind",
                      postings[i].office_kind, "pillar", postings[i].pillar, "role", postings[i].role));
    return list;
}

/* The posting the session works in: the one asked for, or the only one. NULL: not chosen. */
static const struct posting *posting_choose(const struct posting *postings, size_t count, const char *office)
{
    if (!office) return count == 1 ? &postings[0] : NULL;
    for (size_t i = 0; i < count; i++)
        if (strcmp(postings[i].office, office) == 0) return &postings[i];
    return NULL;
}

void api_session_start(struct request *request)
{
    static const char *const members[] = {"officer", "password", "office", NULL};
    json_t *body CLEANUP(json_drop) = api_body(request, members);
    if (!body) return;
    const char *officer = json_text(body, "officer"), *password = json_text(body, "password");
    const char *office = json_text(body, "office");
    if (!officer) api_wanting(request, "officer");
    if (!password) api_wanting(request, "password");
    if (request->problems.count > 0) {
        respond_problems(request);
        return;
    }
    struct secrets *secrets = node_secrets(request->node);
    char token[SESSION_TOKEN_SIZE];
    enum err err = secrets_sign_in(secrets, officer, password, request->now, &request->problems, token);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct posting *postings;
    size_t count = postings_at(request->db, request->arena, officer, request->now, &postings);
    const struct posting *posting = posting_choose(postings, count, office);
    if (office && !posting) {
        secrets_sign_out(secrets, token);
        problem_add(&request->problems, "office_unknown", "office", "id", office, NULL);
        respond_problems(request);
        return;
    }
    if (posting) err = secrets_session_office(secrets, token, posting->office);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    respond_json(request, 201,
        json_pack("{s:s, s:s, s:s?, s:s?, s:o, s:o}", "token", token, "officer", officer, "office",
            posting ? posting->office : NULL, "role", posting ? posting->role : NULL, "expires_at",
            api_time(request, request->now + SESSION_IDLE_MS), "postings", postings_json(postings, count)));
}

void api_session_end(struct request *request)
{
    secrets_sign_out(node_secrets(request->node), request->token);
    respond_text(request, 204, NULL, "", 0);
}
