/* access/secrets: password hashes and sessions, in folder/secrets.db, outside the register.
 *
 * Passwords are Argon2id (libsodium, interactive limits unless configured). Session tokens are 256 random
 * bits; only their SHA-256 is kept. Wrong passwords lock a login with back-off: 5 free tries, then 1, 2, 4
 * … minutes up to an hour; a locked login is refused without hashing, and nothing tells whether an officer
 * exists. Thread-safe: hashing runs outside the lock, at most two at a time. */
#ifndef PANJI_ACCESS_SECRETS_H
#define PANJI_ACCESS_SECRETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"

struct secrets;

enum err secrets_open(const char *folder, bool create, struct secrets **ret) MUST_CHECK;
void secrets_close(struct secrets *secrets);

/* Sets a password (at least 10 characters, not the officer's id); ends the officer's sessions. Problems:
 * password_short, password_same. weak: invented demo officers, cheaper hashing. */
enum err secrets_set_password(struct secrets *secrets, const char *officer, const char *password, bool weak,
    struct problems *problems) MUST_CHECK;

#define SESSION_IDLE_MS ((int64_t)30 * 60 * 1000) /* a session ends after so long without a call */
#define SESSION_TOKEN_SIZE 44 /* 32 bytes in URL-safe base64 and a NUL */
struct session {
    const char *officer;
    const char *office;     /* the posting chosen at sign-in; NULL until one is */
    const char *csrf;       /* token pages put into their forms */
    int64_t started_at, seen_at;
};

/* Problems: sign_in_wrong, sign_in_locked (with minutes). A session ends when unused for 30 minutes, after
 * 12 hours, at sign-out, or with a new password. */
enum err secrets_sign_in(struct secrets *secrets, const char *officer, const char *password, int64_t now,
    struct problems *problems, char ret_token[SESSION_TOKEN_SIZE]) MUST_CHECK;
/* Only the password check, with the same lock-out: for the command line. */
enum err secrets_check(struct secrets *secrets, const char *officer, const char *password, int64_t now,
    struct problems *problems) MUST_CHECK;
/* E_NOT_FOUND when there is none or it ended. Cached in memory; seen_at is written at most once a minute. */
enum err secrets_session(struct secrets *secrets, struct arena *arena, const char *token, int64_t now,
    struct session *ret) MUST_CHECK;
enum err secrets_session_office(struct secrets *secrets, const char *token, const char *office) MUST_CHECK;
void secrets_sign_out(struct secrets *secrets, const char *token);
void secrets_end_sessions(struct secrets *secrets, const char *officer);

#endif
