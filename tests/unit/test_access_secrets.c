/* Passwords, and the lock against guessing. */
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>

#include "access_secrets_world.h"
#include "db/db.h"

/* ---- passwords ---- */

static void the_right_password_lets_in_and_no_other_does(void **state)
{
    struct world *w = *state;
    assert_string_equal(tried(w, "A1", PASSWORD, NOW), "");
    assert_string_equal(tried(w, "A1", "four plain words her", NOW), "sign_in_wrong");
    assert_string_equal(tried(w, "A1", "", NOW), "sign_in_wrong");
    assert_string_equal(tried(w, "A1", "\xFF\xFE not text", NOW), "sign_in_wrong");
    assert_string_equal(tried(w, "A2", PASSWORD, NOW), "sign_in_wrong");
    assert_string_equal(tried(w, "a1", PASSWORD, NOW), "sign_in_wrong");
}

static void weak_choices_are_refused_and_leave_the_old_password(void **state)
{
    struct world *w = *state;
    static const struct { const char *officer, *password, *code; } choices[] = {
        {"A1", "ninechars", "password_short"},
        {"A1", "नौ अक्षर", "password_short"},
        {"A1", "          a", "password_short"}, /* blanks at the ends are not counted */
        {"OFFICER-0001", "officer-0001", "password_same"},
        {"A1", "bad \xFF bytes in it", "field_text"},
    };
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        struct problems problems = {.arena = w->arena};
        enum err err =
            secrets_set_password(w->secrets, choices[i].officer, choices[i].password, true, &problems);
        assert_int_equal(err, E_PROBLEM);
        assert_int_equal(problems.count, 1);
        assert_string_equal(problems.list[0].code, choices[i].code);
    }
    assert_string_equal(tried(w, "A1", PASSWORD, NOW), "");
}

static void a_password_in_hindi_does_not_hang_on_the_keyboard(void **state)
{
    struct world *w = *state;
    struct problems problems = {.arena = w->arena};
    static const char one[] = "\xE0\xA5\x98" "ानून का राज है";
    static const char other[] = "\xE0\xA4\x95\xE0\xA4\xBC" "ानून का राज है";
    assert_int_equal(secrets_set_password(w->secrets, "A1", one, true, &problems), E_OK);
    assert_string_equal(tried(w, "A1", other, NOW), "");
}

static void nothing_on_the_disk_is_a_password_or_a_token_and_nobody_else_may_read_it(void **state)
{
    struct world *w = *state;
    char token[SESSION_TOKEN_SIZE];
    sign_in(w, "A1", PASSWORD, NOW, token);
    secrets_close(w->secrets);
    const char *path = folder_file(&w->folder, "secrets.db");
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    char *bytes = arena_alloc(w->arena, (size_t)status.st_size);
    int fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, bytes, (size_t)status.st_size), status.st_size);
    close(fd);
    assert_non_null(memmem(bytes, (size_t)status.st_size, "$argon2id$", 10));
    assert_null(memmem(bytes, (size_t)status.st_size, PASSWORD, strlen(PASSWORD)));
    assert_null(memmem(bytes, (size_t)status.st_size, token, strlen(token)));
    assert_int_equal(secrets_open(w->folder.path, false, &w->secrets), E_OK);
}

static void a_folder_without_secrets_is_not_given_any_unasked(void **state)
{
    (void)state;
    struct folder folder;
    struct secrets *secrets = NULL;
    folder_make(&folder);
    assert_int_equal(secrets_open(folder.path, false, &secrets), E_NOT_FOUND);
    assert_null(secrets);
    assert_int_not_equal(access(folder_file(&folder, "secrets.db"), F_OK), 0);
    folder_remove(&folder);
}

/* The interactive limits are the default: a stolen file must cost 64 MiB a guess. */
static void real_officers_get_the_strong_hash(void **state)
{
    struct world *w = *state;
    struct problems problems = {.arena = w->arena};
    assert_int_equal(secrets_set_password(w->secrets, "A1", PASSWORD, false, &problems), E_OK);
    assert_string_equal(tried(w, "A1", PASSWORD, NOW), "");
    secrets_close(w->secrets);
    struct db *db;
    assert_int_equal(db_open(folder_file(&w->folder, "secrets.db"), DB_READ, &db), E_OK);
    const char *hash = db_text(db, w->arena, "SELECT hash FROM login WHERE officer = $1", V("A1"));
    assert_non_null(strstr(hash, "$m=65536,t=2,"));
    db_close(db);
    assert_int_equal(secrets_open(w->folder.path, false, &w->secrets), E_OK);
}

/* ---- guessing ---- */

static void wrong_tries(struct world *w, const char *officer, int count, int64_t now)
{
    for (int i = 0; i < count; i++)
        assert_string_equal(tried(w, officer, "not the password", now), "sign_in_wrong");
}

static void five_wrong_tries_are_free_then_the_wait_doubles_to_an_hour(void **state)
{
    struct world *w = *state;
    static const int minutes[] = {1, 2, 4, 8, 16, 32, 60, 60};
    int64_t now = NOW;
    wrong_tries(w, "A1", 5, now);
    for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
        assert_string_equal(tried(w, "A1", PASSWORD, now), "sign_in_locked");
        now += minutes[i] * MINUTE - 1;
        assert_string_equal(tried(w, "A1", PASSWORD, now), "sign_in_locked");
        now += 1;
        wrong_tries(w, "A1", 1, now);
    }
    assert_string_equal(tried(w, "A1", PASSWORD, now), "sign_in_locked");
    assert_string_equal(tried(w, "A2", OTHER_PASSWORD, now), "");
    now += 60 * MINUTE;
    assert_string_equal(tried(w, "A1", PASSWORD, now), "");
    wrong_tries(w, "A1", 4, now); /* the right one has cleared the count */
    assert_string_equal(tried(w, "A1", PASSWORD, now), "");
}

static void a_locked_answer_tells_the_minutes(void **state)
{
    struct world *w = *state;
    struct problems problems = {.arena = w->arena};
    wrong_tries(w, "A1", 5, NOW);
    wrong_tries(w, "A1", 1, NOW + MINUTE);
    assert_int_equal(secrets_check(w->secrets, "A1", PASSWORD, NOW + MINUTE + 1, &problems), E_PROBLEM);
    assert_string_equal(problems.list[0].code, "sign_in_locked");
    assert_non_null(strstr(problems.list[0].text[LANG_EN], "2 minutes"));
}

static void the_lock_outlives_a_restart(void **state)
{
    struct world *w = *state;
    wrong_tries(w, "A1", 3, NOW);
    restart(w);
    wrong_tries(w, "A1", 2, NOW);
    restart(w);
    assert_string_equal(tried(w, "A1", PASSWORD, NOW + MINUTE - 1), "sign_in_locked");
    assert_string_equal(tried(w, "A1", PASSWORD, NOW + MINUTE), "");
}

static void a_login_that_does_not_exist_answers_like_one_that_does(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 8; i++) {
        const char *known = tried(w, "A1", "not the password", NOW + i);
        assert_string_equal(tried(w, "NOBODY", "not the password", NOW + i), known);
    }
    /* Nor does the password of the login that is hashed in its place let it in. */
    assert_string_equal(tried(w, "SOMEBODY", PASSWORD, NOW), "sign_in_wrong");
}

/* Work of this thread, which no other program on the machine can lengthen. */
static double work_ms(struct world *w, const char *officer)
{
    struct timespec before, after;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    for (int i = 0; i < 4; i++) tried(w, officer, "not the password", NOW);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    return (double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6;
}

/* Without hashing, an unknown login would answer some fifty times sooner. */
static void a_login_that_does_not_exist_takes_as_much_work(void **state)
{
    struct world *w = *state;
    double known = work_ms(w, "A1"), unknown = work_ms(w, "NOBODY");
    assert_true(unknown > known / 4 && known > unknown / 4);
}

static void a_clock_set_back_does_not_lock_for_years(void **state)
{
    struct world *w = *state;
    wrong_tries(w, "A1", 5, NOW + 365 * TIME_DAY_MS);
    assert_string_equal(tried(w, "A1", PASSWORD, NOW), "");
}

static void a_new_password_from_the_administrator_lifts_the_lock(void **state)
{
    struct world *w = *state;
    struct problems problems = {.arena = w->arena};
    wrong_tries(w, "A1", 5, NOW);
    assert_int_equal(secrets_set_password(w->secrets, "A1", "another long one", true, &problems), E_OK);
    assert_string_equal(tried(w, "A1", "another long one", NOW), "");
}

/* ---- threads ---- */

struct guesser {
    struct world *world;
    pthread_t thread;
    int wrong, locked, session_faults;
};

static void *guess(void *context)
{
    struct guesser *guesser = context;
    struct secrets *secrets = guesser->world->secrets;
    struct arena *arena = arena_new((size_t)16 << 20);
    for (int i = 0; i < 6; i++) {
        struct problems problems = {.arena = arena};
        if (secrets_check(secrets, "A1", "not the password", NOW, &problems) != E_PROBLEM) abort();
        bool locked = strcmp(problems.list[0].code, "sign_in_locked") == 0;
        *(locked ? &guesser->locked : &guesser->wrong) += 1;
        char token[SESSION_TOKEN_SIZE];
        struct session session;
        struct problems none = {.arena = arena};
        if (secrets_sign_in(secrets, "A2", OTHER_PASSWORD, NOW, &none, token) != E_OK ||
            secrets_session(secrets, arena, token, NOW, &session) != E_OK ||
            strcmp(session.officer, "A2") != 0)
            guesser->session_faults++;
        secrets_sign_out(secrets, token);
    }
    arena_free(arena);
    return NULL;
}

/* Guessing side by side gives no more tries than one after the other, and disturbs nobody who signs in
 * rightly. */
static void threads_share_the_free_tries(void **state)
{
    struct guesser guessers[4] = {0};
    int wrong = 0, locked = 0;
    for (size_t i = 0; i < 4; i++) {
        guessers[i].world = *state;
        assert_int_equal(pthread_create(&guessers[i].thread, NULL, guess, &guessers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(guessers[i].thread, NULL);
        wrong += guessers[i].wrong;
        locked += guessers[i].locked;
        assert_int_equal(guessers[i].session_faults, 0);
    }
    assert_int_equal(wrong, 5);
    assert_int_equal(locked, 4 * 6 - 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_right_password_lets_in_and_no_other_does),
        T(weak_choices_are_refused_and_leave_the_old_password),
        T(a_password_in_hindi_does_not_hang_on_the_keyboard),
        T(nothing_on_the_disk_is_a_password_or_a_token_and_nobody_else_may_read_it),
        T(a_folder_without_secrets_is_not_given_any_unasked),
        T(real_officers_get_the_strong_hash),
        T(five_wrong_tries_are_free_then_the_wait_doubles_to_an_hour),
        T(a_locked_answer_tells_the_minutes),
        T(the_lock_outlives_a_restart),
        T(a_login_that_does_not_exist_answers_like_one_that_does),
        T(a_login_that_does_not_exist_takes_as_much_work),
        T(a_clock_set_back_does_not_lock_for_years),
        T(a_new_password_from_the_administrator_lifts_the_lock),
        T(threads_share_the_free_tries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
