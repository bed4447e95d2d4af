/* page/sign_in: signing in and out, and choosing the posting to work in. What was typed into a form when
 * the session ended travels through signing in as hidden fields and comes back on the form. */
#include <string.h>

#include "kit/control.h"
#include "kit/notice.h"
#include "page/pages.h"

#define KEPT "_kept:" /* before the names of fields that travel along */

/* Only a path of ours may be returned to. */
static const char *return_path(const char *path)
{
    return path && path[0] == '/' && path[1] != '/' && !strpbrk(path, "\\\r\n") ? path : "/";
}

static void sign_in_draw(struct request *request, const char *back, const struct pair *kept, size_t count,
    const char *prefix, int status)
{
    struct page page;
    page_begin(&page, request, word(request->lang, "sign_in"));
    errors_draw(&page, NULL);
    html_open(&page.html, "form", "method", "post", "action", "/sign-in", NULL);
    page_hidden(&page, "_return", back);
    for (size_t i = 0; i < count; i++)
        page_hidden(&page, arena_printf(request->arena, "%s%s", prefix, kept[i].name), kept[i].value);
    const struct control officer = {
        .id = "officer", .label = page_word(&page, "officer_id"), .value = form_value(request, "officer")};
    control_begin(&page, &officer);
    input_text(&page, &officer, TEXT_USER);
    control_end(&page);
    const struct control password = {.id = "password", .label = page_word(&page, "password")};
    control_begin(&page, &password);
    input_text(&page, &password, TEXT_PASSWORD);
    control_end(&page);
    page_button(&page, BUTTON_FIRST, page_word(&page, "sign_in"), NULL, NULL);
    html_close(&page.html);
    page_end(&page, status);
}

void page_sign_in(struct request *request)
{
    sign_in_draw(request, return_path(query_value(request, "return")), NULL, 0, "", 200);
}

void page_sign_in_keeping(struct request *request)
{
    sign_in_draw(request, request->path, request->pairs, request->pair_count, KEPT, 401);
}

/* The fields that travelled along, under their own names. */
static size_t kept_pairs(struct request *request, const char *prefix, struct pair **ret)
{
    struct pair *pairs = ARENA_ARRAY(request->arena, struct pair, request->pair_count + 1);
    size_t count = 0, n = strlen(prefix);
    for (size_t i = 0; i < request->pair_count; i++)
        if (strncmp(request->pairs[i].name, KEPT, strlen(KEPT)) == 0)
            pairs[count++] = (struct pair){request->pairs[i].name + n, request->pairs[i].value};
    *ret = pairs;
    return count;
}

static void signed_in(struct request *request, const char *token)
{
    respond_cookie(request, "panji", token, -1, true);
    const char *back = return_path(form_value(request, "_return"));
    request->token = token;
    if (secrets_session(
            node_secrets(request->node), request->arena, token, request->now, &request->session) != E_OK) {
        respond_problem(request, "trouble");
        return;
    }
    struct pair *kept;
    size_t count = kept_pairs(request, KEPT, &kept);
    request_posting(request);
    if (count > 0) {
        request->pairs = kept;
        request->pair_count = count;
        if (page_draft_resume(request, back)) return;
    }
    respond_redirect(request, request->posted ? back : "/posting");
}

void page_sign_in_send(struct request *request)
{
    const char *officer = form_value(request, "officer"), *password = form_value(request, "password");
    char token[SESSION_TOKEN_SIZE];
    enum err err = secrets_sign_in(node_secrets(request->node), officer ? officer : "",
        password ? password : "", request->now, &request->problems, token);
    if (err == E_OK) {
        signed_in(request, arena_strdup(request->arena, token));
    } else if (err == E_PROBLEM) {
        struct pair *kept;
        size_t count = kept_pairs(request, "", &kept);
        sign_in_draw(request, return_path(form_value(request, "_return")), kept, count, "",
            problems_status(&request->problems));
    } else {
        respond_error(request, err);
    }
}

void page_session(struct request *request)
{
    respond_text(request, 204, NULL, "", 0);
}

void page_sign_out(struct request *request)
{
    secrets_sign_out(node_secrets(request->node), request->token);
    respond_cookie(request, "panji", "", 0, true);
    respond_redirect(request, "/sign-in");
}

void page_posting(struct request *request)
{
    struct posting *postings;
    size_t count =
        postings_at(request->db, request->arena, request->session.officer, request->now, &postings);
    if (count == 0) {
        respond_problem(request, "posting_none");
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "choose_posting"));
    for (size_t i = 0; i < count; i++) {
        page_form_open(&page, "/posting", false, NULL);
        page_button(&page, BUTTON_SECOND,
            arena_printf(request->arena, "%s, %s", list_words(request, "role", postings[i].role),
                office_words(request, postings[i].office)),
            "office", postings[i].office);
        html_close(&page.html);
    }
    page_end(&page, 200);
}

void page_posting_choose(struct request *request)
{
    const char *office = form_value(request, "office");
    struct posting posting;
    if (!office ||
        !posting_at(request->db, request->arena, request->session.officer, office, request->now, &posting)) {
        problem_add(&request->problems, "office_unknown", "office", "id", office ? office : "", NULL);
        respond_problems(request);
        return;
    }
    enum err err = secrets_session_office(node_secrets(request->node), request->token, office);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_redirect(request, "/");
}
