/* What the tests of passwords and of sessions share: a folder with secrets and two officers in it. Times
 * are given, so nothing waits. */
#ifndef PANJI_TESTS_ACCESS_SECRETS_WORLD_H
#define PANJI_TESTS_ACCESS_SECRETS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/secrets.h"
#include "base/time.h"
#include "folder.h"

#define MINUTE (60 * TIME_SECOND_MS)
#define NOW INT64_C(1795000000000)
#define PASSWORD "four plain words here"       /* of A1 */
#define OTHER_PASSWORD "something else entirely" /* of A2 */

struct world {
    struct folder folder;
    struct secrets *secrets;
    struct arena *arena;
};

static inline int begin(void **state)
{
    static struct world world;
    folder_make(&world.folder);
    world.arena = arena_new((size_t)64 << 20);
    assert_int_equal(secrets_open(world.folder.path, true, &world.secrets), E_OK);
    struct problems problems = {.arena = world.arena};
    assert_int_equal(secrets_set_password(world.secrets, "A1", PASSWORD, true, &problems), E_OK);
    assert_int_equal(secrets_set_password(world.secrets, "A2", OTHER_PASSWORD, true, &problems), E_OK);
    *state = &world;
    return 0;
}

static inline int end(void **state)
{
    struct world *w = *state;
    secrets_close(w->secrets);
    arena_free(w->arena);
    folder_remove(&w->folder);
    return 0;
}

/* "" when let in, else the code of the refusal. */
static inline const char *tried(struct world *w, const char *officer, const char *password, int64_t now)
{
    struct problems problems = {.arena = w->arena};
    enum err err = secrets_check(w->secrets, officer, password, now, &problems);
    assert_true(err == E_OK || (err == E_PROBLEM && problems.count == 1));
    return err == E_OK ? "" : problems.list[0].code;
}

static inline void sign_in(struct world *w, const char *officer, const char *password, int64_t now,
    char token[SESSION_TOKEN_SIZE])
{
    struct problems problems = {.arena = w->arena};
    assert_int_equal(secrets_sign_in(w->secrets, officer, password, now, &problems, token), E_OK);
}

static inline bool session_stands(struct world *w, const char *token, int64_t now)
{
    struct session session;
    return secrets_session(w->secrets, w->arena, token, now, &session) == E_OK;
}

static inline void restart(struct world *w)
{
    secrets_close(w->secrets);
    assert_int_equal(secrets_open(w->folder.path, false, &w->secrets), E_OK);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
