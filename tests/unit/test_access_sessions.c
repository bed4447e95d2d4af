/* Sessions: how they begin, are used, and end. */
#include "access_secrets_world.h"

static void a_session_tells_who_since_when_and_at_which_post(void **state)
{
    struct world *w = *state;
    char token[SESSION_TOKEN_SIZE], other[SESSION_TOKEN_SIZE];
    struct session session, second;
    sign_in(w, "A1", PASSWORD, NOW, token);
    sign_in(w, "A1", PASSWORD, NOW, other);
    assert_string_not_equal(token, other);
    assert_int_equal(secrets_session(w->secrets, w->arena, token, NOW + 5, &session), E_OK);
    assert_string_equal(session.officer, "A1");
    assert_null(session.office);
    assert_int_equal(session.started_at, NOW);
    assert_int_equal(session.seen_at, NOW + 5);
    assert_int_equal(secrets_session_office(w->secrets, token, "PS1"), E_OK);
    assert_int_equal(secrets_session(w->secrets, w->arena, token, NOW + 6, &second), E_OK);
    assert_string_equal(second.office, "PS1");
    assert_string_equal(second.csrf, session.csrf);
    assert_null(strstr(token, session.csrf));
    assert_int_equal(secrets_session(w->secrets, w->arena, other, NOW + 6, &second), E_OK);
    assert_null(second.office);
    assert_string_not_equal(second.csrf, session.csrf);
    restart(w);
    assert_int_equal(secrets_session(w->secrets, w->arena, token, NOW + 7, &second), E_OK);
    assert_string_equal(second.office, "PS1");
    assert_string_equal(second.csrf, session.csrf);
}

static void made_up_tokens_open_nothing(void **state)
{
    struct world *w = *state;
    char token[SESSION_TOKEN_SIZE];
    sign_in(w, "A1", PASSWORD, NOW, token);
    static const char *const wrong[] = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "'; DROP TABLE session; --aaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(session_stands(w, wrong[i], NOW));
        assert_int_equal(secrets_session_office(w->secrets, wrong[i], "PS1"), E_NOT_FOUND);
        secrets_sign_out(w->secrets, wrong[i]);
    }
    assert_true(session_stands(w, token, NOW));
}

static void a_session_ends_when_nobody_uses_it_and_after_half_a_day(void **state)
{
    struct world *w = *state;
    char token[SESSION_TOKEN_SIZE];
    sign_in(w, "A1", PASSWORD, NOW, token);
    assert_true(session_stands(w, token, NOW + 30 * MINUTE - 1));
    assert_true(session_stands(w, token, NOW + 59 * MINUTE));
    assert_false(session_stands(w, token, NOW + 89 * MINUTE));
    assert_false(session_stands(w, token, NOW + 60 * MINUTE)); /* ended is ended */
    sign_in(w, "A1", PASSWORD, NOW, token);
    int64_t at = NOW;
    for (; at < NOW + 12 * TIME_HOUR_MS; at += 20 * MINUTE) assert_true(session_stands(w, token, at));
    assert_false(session_stands(w, token, NOW + 12 * TIME_HOUR_MS));
}

static void signing_out_ends_one_session_and_a_new_password_all(void **state)
{
    struct world *w = *state;
    char first[SESSION_TOKEN_SIZE], second[SESSION_TOKEN_SIZE], others[SESSION_TOKEN_SIZE];
    sign_in(w, "A1", PASSWORD, NOW, first);
    sign_in(w, "A1", PASSWORD, NOW, second);
    sign_in(w, "A2", OTHER_PASSWORD, NOW, others);
    assert_true(session_stands(w, first, NOW + 1));
    secrets_sign_out(w->secrets, first);
    assert_false(session_stands(w, first, NOW + 2));
    assert_true(session_stands(w, second, NOW + 2));
    struct problems problems = {.arena = w->arena};
    assert_int_equal(secrets_set_password(w->secrets, "A1", "another long one", true, &problems), E_OK);
    assert_false(session_stands(w, second, NOW + 3));
    assert_true(session_stands(w, others, NOW + 3));
    secrets_end_sessions(w->secrets, "A2");
    assert_false(session_stands(w, others, NOW + 4));
    restart(w);
    assert_false(session_stands(w, first, NOW + 5));
    assert_false(session_stands(w, others, NOW + 5));
}

static void a_session_ended_by_another_process_ends_here_within_a_minute(void **state)
{
    struct world *w = *state;
    char token[SESSION_TOKEN_SIZE];
    struct secrets *command;
    sign_in(w, "A1", PASSWORD, NOW, token);
    assert_true(session_stands(w, token, NOW + 1));
    assert_int_equal(secrets_open(w->folder.path, false, &command), E_OK);
    secrets_end_sessions(command, "A1");
    secrets_close(command);
    assert_false(session_stands(w, token, NOW + MINUTE));
    assert_false(session_stands(w, token, NOW + 1));
}

static void a_hundred_sessions_stand_side_by_side(void **state)
{
    struct world *w = *state;
    enum { COUNT = 100 }; /* some share a place in memory, where only one can stand */
    char tokens[COUNT][SESSION_TOKEN_SIZE];
    for (int i = 0; i < COUNT; i++) sign_in(w, "A1", PASSWORD, NOW + i, tokens[i]);
    restart(w); /* nothing is in memory now */
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < COUNT; i++) assert_true(session_stands(w, tokens[i], NOW + COUNT));
}

/* An officer's id too long for the memory before the table works like any other. */
static void a_very_long_login_works(void **state)
{
    struct world *w = *state;
    char login[200], token[SESSION_TOKEN_SIZE];
    memset(login, 'L', sizeof login - 1);
    login[sizeof login - 1] = '\0';
    struct problems problems = {.arena = w->arena};
    assert_int_equal(secrets_set_password(w->secrets, login, PASSWORD, true, &problems), E_OK);
    sign_in(w, login, PASSWORD, NOW, token);
    struct session session;
    assert_int_equal(secrets_session(w->secrets, w->arena, token, NOW + 1, &session), E_OK);
    assert_string_equal(session.officer, login);
    assert_int_equal(secrets_session_office(w->secrets, token, login), E_OK);
    assert_int_equal(secrets_session(w->secrets, w->arena, token, NOW + 2, &session), E_OK);
    assert_string_equal(session.office, login);
    secrets_end_sessions(w->secrets, login);
    assert_false(session_stands(w, token, NOW + 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_session_tells_who_since_when_and_at_which_post),
        T(made_up_tokens_open_nothing),
        T(a_session_ends_when_nobody_uses_it_and_after_half_a_day),
        T(signing_out_ends_one_session_and_a_new_password_all),
        T(a_session_ended_by_another_process_ends_here_within_a_minute),
        T(a_hundred_sessions_stand_side_by_side),
        T(a_very_long_login_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
