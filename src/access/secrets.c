/* access/secrets: passwords and the lock against guessing.
 *
 * A wrong try is written down before the password is hashed and taken back when it was right, so that
 * tries sent side by side, or a power cut between them, win nothing. Logins that do not exist are counted
 * and hashed like others; their counts are the first to go when there are too many. */
#include "access/secrets_state.h"

#include <sodium.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"

#define PASSWORD_CHARACTERS_MIN 10
#define FREE_TRIES 5
#define LOCK_MINUTES_MAX 60
#define MINUTE_MS (60 * TIME_SECOND_MS)
#define HASHING_MAX 2                        /* 64 MiB each */
#define STRANGERS_MAX 10000                  /* counted logins that do not exist */
#define WEAK_OPERATIONS crypto_pwhash_argon2id_OPSLIMIT_MIN
#define WEAK_MEMORY ((size_t)8 << 20)
#define SECRETS_BYTES_MAX ((size_t)1 << 20)
#define PASSWORD_BYTES_MAX ((size_t)8 << 20) /* arena of one check: nothing near it is let in by the server */

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS login(officer TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS attempt(login BLOB PRIMARY KEY, known INTEGER NOT NULL,"
    "  tries INTEGER NOT NULL, locked_until INTEGER NOT NULL, tried_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS attempt_known ON attempt(known, tried_at);"
    "CREATE TABLE IF NOT EXISTS session(token BLOB PRIMARY KEY, officer TEXT NOT NULL, office TEXT,"
    "  started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS session_officer ON session(officer);"
    "CREATE INDEX IF NOT EXISTS session_seen ON session(seen_at);";

/* ---- opening ---- */

enum err secrets_open(const char *folder, bool create, struct secrets **ret)
{
    if (sodium_init() < 0) return E_IO;
    struct side *side;
    TRY(side_open(folder, "secrets.db", !create, SECRETS_BYTES_MAX, schema, &side));
    struct secrets *secrets = ARENA_NEW(side->arena, struct secrets);
    secrets->side = side;
    secrets->db = side->db;
    pthread_cond_init(&secrets->hashed, NULL);
    *ret = secrets;
    return E_OK;
}

void secrets_close(struct secrets *secrets)
{
    if (!secrets) return;
    struct side *side = secrets->side;
    pthread_cond_destroy(&secrets->hashed);
    sodium_memzero(secrets, sizeof *secrets);
    side_close(side);
}

/* Commits what the caller wrote, or takes it back. Holds the lock. */
static enum err transaction_end(struct secrets *secrets)
{
    enum err err = db_status(secrets->db);
    if (err == E_OK) err = db_commit(secrets->db);
    if (err != E_OK) db_rollback(secrets->db);
    enum err left = side_settle(secrets->side);
    return err != E_OK ? err : left;
}

/* ---- hashing ---- */

/* Waits for one of the few places. Holds the lock, gives it up while waiting. */
static void hashing_begin(struct secrets *secrets)
{
    while (secrets->hashing == HASHING_MAX) pthread_cond_wait(&secrets->hashed, &secrets->side->lock);
    secrets->hashing++;
}

static void hashing_end(struct secrets *secrets)
{
    secrets->hashing--;
    pthread_cond_signal(&secrets->hashed);
}

/* One spelling for a password that two keyboards compose differently. NULL when it is not text. */
static const char *password_clean(struct arena *arena, const char *password)
{
    return text_valid(password, strlen(password)) ? text_clean(arena, password, true) : NULL;
}

static void password_forget(const char *clean)
{
    if (clean) explicit_bzero((char *)(uintptr_t)clean, strlen(clean));
}

static bool password_allowed(const char *clean, const char *officer, struct problems *problems)
{
    if (!clean) {
        problem_add(problems, "field_text", "password", NULL);
        return false;
    }
    if (text_length(clean) < PASSWORD_CHARACTERS_MIN) {
        problem_add(problems, "password_short", "password", "min", "10", NULL);
        return false;
    }
    const char *folded = text_fold(problems->arena, clean);
    bool same = strcmp(folded, text_fold(problems->arena, officer)) == 0;
    password_forget(folded);
    if (same) problem_add(problems, "password_same", "password", NULL);
    return !same;
}

static void login_key(uint8_t ret_key[KEY_SIZE], const char *officer)
{
    crypto_hash_sha256(ret_key, (const unsigned char *)officer, strlen(officer));
}

static enum err password_store(struct secrets *secrets, const char *officer, const char *hash)
{
    uint8_t key[KEY_SIZE];
    login_key(key, officer);
    TRY(db_begin(secrets->db));
    db_run(secrets->db,
        "INSERT INTO login(officer, hash) VALUES ($1, $2) ON CONFLICT(officer)"
        " DO UPDATE SET hash = excluded.hash",
        V(officer), V(hash));
    db_run(secrets->db, "DELETE FROM attempt WHERE login = $1", VB(key, sizeof key));
    sessions_end(secrets, officer);
    return transaction_end(secrets);
}

enum err secrets_set_password(struct secrets *secrets, const char *officer, const char *password, bool weak,
    struct problems *problems)
{
    const char *clean = password_clean(problems->arena, password);
    if (!password_allowed(clean, officer, problems)) {
        password_forget(clean);
        return E_PROBLEM;
    }
    char hash[crypto_pwhash_STRBYTES];
    side_hold(secrets->side);
    hashing_begin(secrets);
    (void)side_release(secrets->side);
    bool hashed = crypto_pwhash_argon2id_str(hash, clean, strlen(clean),
        weak ? WEAK_OPERATIONS : crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
        weak ? WEAK_MEMORY : crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE) == 0;
    password_forget(clean);
    side_hold(secrets->side);
    hashing_end(secrets);
    enum err err = hashed ? password_store(secrets, officer, hash) : E_FULL;
    (void)side_release(secrets->side);
    return err;
}

/* ---- the lock against guessing ---- */

/* Minutes the login is still locked, rounded up; 0 when it is not. A lock that seems longer than any was
 * set before the clock went back, and is over. */
static int64_t minutes_locked(struct secrets *secrets, const uint8_t key[KEY_SIZE], int64_t now)
{
    int64_t until =
        db_int(secrets->db, "SELECT locked_until FROM attempt WHERE login = $1", 0, VB(key, KEY_SIZE));
    if (until <= now || until - now > LOCK_MINUTES_MAX * MINUTE_MS) return 0;
    return (until - now + MINUTE_MS - 1) / MINUTE_MS;
}

/* Counts one more wrong try and sets the lock it brings. */
static enum err attempt_count(struct secrets *secrets, const uint8_t key[KEY_SIZE], bool known, int64_t now)
{
    int64_t tries =
        1 + db_int(secrets->db, "SELECT tries FROM attempt WHERE login = $1", 0, VB(key, KEY_SIZE));
    int64_t minutes = 0;
    if (tries >= FREE_TRIES) {
        int64_t over = tries - FREE_TRIES;
        minutes = over < 6 ? INT64_C(1) << over : LOCK_MINUTES_MAX;
    }
    TRY(db_begin(secrets->db));
    db_run(secrets->db,
        "INSERT INTO attempt(login, known, tries, locked_until, tried_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT(login) DO UPDATE SET known = excluded.known, tries = excluded.tries,"
        " locked_until = excluded.locked_until, tried_at = excluded.tried_at",
        VB(key, KEY_SIZE), V(known), V(tries), V(minutes ? now + minutes * MINUTE_MS : 0), V(now));
    db_run(secrets->db,
        "DELETE FROM attempt WHERE known = 0 AND tried_at <"
        " (SELECT tried_at FROM attempt WHERE known = 0 ORDER BY tried_at DESC LIMIT 1 OFFSET $1)",
        V(STRANGERS_MAX));
    return transaction_end(secrets);
}

static enum err refuse_locked(struct arena *arena, int64_t minutes, struct problems *problems)
{
    const char *number = arena_printf(arena, "%lld", (long long)minutes);
    problem_add(problems, "sign_in_locked", NULL, "minutes", number, NULL);
    return E_PROBLEM;
}

struct check {
    const char *officer, *clean;
    int64_t now;
    struct arena *arena;
    uint8_t key[KEY_SIZE];
};

/* Takes a place, hashes outside the lock and tells whether the password is right. Holds the lock when
 * called and when it returns. E_PROBLEM: locked. */
static enum err password_try(struct secrets *secrets, const struct check *check, struct problems *problems,
    bool *ret_right)
{
    hashing_begin(secrets);
    enum err err = E_OK;
    /* others may have tried while this one waited */
    int64_t minutes = minutes_locked(secrets, check->key, check->now);
    const char *hash = db_text(secrets->db, check->arena, "SELECT hash FROM login WHERE officer = $1",
        V(check->officer));
    bool known = hash != NULL;
    if (!known)
        hash = db_text(secrets->db, check->arena, "SELECT hash FROM login ORDER BY officer LIMIT $1", V(1));
    if (minutes > 0) err = refuse_locked(check->arena, minutes, problems);
    else err = attempt_count(secrets, check->key, known, check->now);
    if (err == E_OK && hash) {
        (void)side_release(secrets->side);
        const char *tried = check->clean ? check->clean : "";
        bool matches = crypto_pwhash_argon2id_str_verify(hash, tried, strlen(tried)) == 0;
        side_hold(secrets->side);
        *ret_right = matches && known && check->clean;
    }
    hashing_end(secrets);
    return err;
}

/* With ret_token NULL only the password is checked. */
static enum err sign_in(struct secrets *secrets, const struct check *check, struct problems *problems,
    char ret_token[SESSION_TOKEN_SIZE])
{
    int64_t minutes = minutes_locked(secrets, check->key, check->now);
    if (minutes > 0) return refuse_locked(check->arena, minutes, problems);
    bool right = false;
    TRY(password_try(secrets, check, problems, &right));
    if (!right) {
        problem_add(problems, "sign_in_wrong", NULL, NULL);
        return E_PROBLEM;
    }
    TRY(db_begin(secrets->db));
    db_run(secrets->db, "DELETE FROM attempt WHERE login = $1", VB(check->key, KEY_SIZE));
    if (ret_token) session_begin(secrets, check->officer, check->now, ret_token);
    return transaction_end(secrets);
}

static enum err check_run(struct secrets *secrets, const char *officer, const char *password, int64_t now,
    struct problems *problems, char ret_token[SESSION_TOKEN_SIZE])
{
    struct arena *arena = arena_new(PASSWORD_BYTES_MAX);
    const char *clean = password_clean(arena, password);
    struct check check = {.officer = officer, .clean = clean, .now = now, .arena = arena};
    login_key(check.key, officer);
    side_hold(secrets->side);
    enum err err = sign_in(secrets, &check, problems, ret_token);
    enum err left = side_release(secrets->side);
    password_forget(clean);
    arena_free(arena);
    return err != E_OK ? err : left;
}

enum err secrets_sign_in(struct secrets *secrets, const char *officer, const char *password, int64_t now,
    struct problems *problems, char ret_token[SESSION_TOKEN_SIZE])
{
    return check_run(secrets, officer, password, now, problems, ret_token);
}

enum err secrets_check(struct secrets *secrets, const char *officer, const char *password, int64_t now,
    struct problems *problems)
{
    return check_run(secrets, officer, password, now, problems, NULL);
}
