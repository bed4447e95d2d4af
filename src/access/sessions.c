/* access/sessions: sign-ins that last. The table holds only hashes of tokens, so a stolen copy of it opens
 * nothing.
 *
 * Reading a session for every page must not write to the disk: the newest use is kept in memory and stored
 * once a minute, and that write also finds out when another process ended the session. */
#include "access/secrets_state.h"

#include <sodium.h>
#include <string.h>

#include "base/id.h"
#include "base/time.h"

#define TOKEN_BYTES 32
#define CSRF_BYTES 24
#define WHOLE_MS (12 * TIME_HOUR_MS)
#define STORE_EVERY_MS (60 * TIME_SECOND_MS)
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

/* ---- tokens ---- */

static bool token_read(const char *token, uint8_t ret_bytes[TOKEN_BYTES])
{
    size_t n;
    size_t size = strlen(token);
    return size == SESSION_TOKEN_SIZE - 1 &&
           sodium_base642bin(ret_bytes, TOKEN_BYTES, token, size, NULL, &n, NULL, BASE64) == 0 &&
           n == TOKEN_BYTES;
}

/* Follows from the token, so it needs no place in the table, and tells nothing about it. */
static const char *csrf_make(struct arena *arena, const uint8_t token[TOKEN_BYTES])
{
    static const char purpose[] = "panji csrf";
    uint8_t bytes[CSRF_BYTES];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)purpose, sizeof purpose - 1, token,
        TOKEN_BYTES);
    size_t size = sodium_base64_encoded_len(sizeof bytes, BASE64);
    return sodium_bin2base64(arena_alloc(arena, size), size, bytes, sizeof bytes, BASE64);
}

static bool session_over(int64_t started_at, int64_t seen_at, int64_t now)
{
    return now - seen_at >= SESSION_IDLE_MS || now - started_at >= WHOLE_MS;
}

/* ---- the memory before the table ---- */

static struct cached_session *cache_slot(struct secrets *secrets, const uint8_t key[KEY_SIZE])
{
    return &secrets->cache[(((size_t)key[0] << 8) | key[1]) % CACHE_SLOTS];
}

static struct cached_session *cache_find(struct secrets *secrets, const uint8_t key[KEY_SIZE])
{
    struct cached_session *slot = cache_slot(secrets, key);
    return slot->used && memcmp(slot->key, key, KEY_SIZE) == 0 ? slot : NULL;
}

static void cache_forget(struct secrets *secrets, const uint8_t key[KEY_SIZE])
{
    struct cached_session *slot = cache_find(secrets, key);
    if (slot) slot->used = false;
}

static bool cache_fits(const char *officer, const char *office)
{
    return strlen(officer) < CACHED_NAME_SIZE && strlen(office) < CACHED_NAME_SIZE;
}

static void cache_keep(struct secrets *secrets, const uint8_t key[KEY_SIZE], const struct session *session,
    int64_t stored_at)
{
    const char *office = session->office ? session->office : "";
    if (!cache_fits(session->officer, office)) return;
    struct cached_session *slot = cache_slot(secrets, key);
    *slot = (struct cached_session){
        .used = true,
        .started_at = session->started_at,
        .seen_at = session->seen_at,
        .stored_at = stored_at,
    };
    memcpy(slot->key, key, KEY_SIZE);
    memcpy(slot->officer, session->officer, strlen(session->officer) + 1);
    memcpy(slot->office, office, strlen(office) + 1);
}

/* ---- beginning and ending; the callers hold the lock ---- */

void session_begin(struct secrets *secrets, const char *officer, int64_t now,
    char ret_token[SESSION_TOKEN_SIZE])
{
    uint8_t token[TOKEN_BYTES], key[KEY_SIZE];
    id_random(token, sizeof token);
    crypto_hash_sha256(key, token, sizeof token);
    sodium_bin2base64(ret_token, SESSION_TOKEN_SIZE, token, sizeof token, BASE64);
    /* A stored time may lag behind the true one by what is written only once a minute. */
    db_run(secrets->db, "DELETE FROM session WHERE seen_at < $1 OR started_at < $2",
        V(now - SESSION_IDLE_MS - STORE_EVERY_MS), V(now - WHOLE_MS));
    db_run(secrets->db, "INSERT INTO session(token, officer, started_at, seen_at) VALUES ($1, $2, $3, $4)",
        VB(key, sizeof key), V(officer), V(now), V(now));
}

void sessions_end(struct secrets *secrets, const char *officer)
{
    db_run(secrets->db, "DELETE FROM session WHERE officer = $1", V(officer));
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        if (strcmp(secrets->cache[i].officer, officer) == 0) secrets->cache[i].used = false;
}

static void session_end(struct secrets *secrets, const uint8_t key[KEY_SIZE])
{
    cache_forget(secrets, key);
    db_run(secrets->db, "DELETE FROM session WHERE token = $1", VB(key, KEY_SIZE));
}

void secrets_sign_out(struct secrets *secrets, const char *token)
{
    uint8_t bytes[TOKEN_BYTES], key[KEY_SIZE];
    if (!token_read(token, bytes)) return;
    crypto_hash_sha256(key, bytes, sizeof bytes);
    side_hold(secrets->side);
    session_end(secrets, key);
    (void)side_release(secrets->side); /* a disk that fails here still leaves the session to its idle end */
}

void secrets_end_sessions(struct secrets *secrets, const char *officer)
{
    side_hold(secrets->side);
    sessions_end(secrets, officer);
    (void)side_release(secrets->side);
}

/* ---- using ---- */

/* The session as it stands, from memory or the table, in the arena. *ret_stored_at: the use the table
 * knows. */
static enum err session_read(struct secrets *secrets, struct arena *arena, const uint8_t key[KEY_SIZE],
    struct session *ret, int64_t *ret_stored_at)
{
    const struct cached_session *slot = cache_find(secrets, key);
    if (slot) {
        *ret = (struct session){
            .officer = arena_strdup(arena, slot->officer),
            .office = slot->office[0] ? arena_strdup(arena, slot->office) : NULL,
            .started_at = slot->started_at,
            .seen_at = slot->seen_at,
        };
        *ret_stored_at = slot->stored_at;
        return E_OK;
    }
    struct rows *rows = db_query(secrets->db,
        "SELECT officer, office, started_at, seen_at FROM session WHERE token = $1", VB(key, KEY_SIZE));
    if (!db_next(rows)) return db_status(secrets->db) != E_OK ? db_status(secrets->db) : E_NOT_FOUND;
    *ret = (struct session){
        .officer = row_dup(rows, 0, arena),
        .office = row_dup(rows, 1, arena),
        .started_at = row_int(rows, 2),
        .seen_at = row_int(rows, 3),
    };
    *ret_stored_at = ret->seen_at;
    db_end(rows);
    return E_OK;
}

/* Notes the use. E_NOT_FOUND: somebody ended the session in the table. */
static enum err session_touch(struct secrets *secrets, const uint8_t key[KEY_SIZE], struct session *session,
    int64_t stored_at, int64_t now)
{
    if (now > session->seen_at) session->seen_at = now;
    if (session->seen_at - stored_at >= STORE_EVERY_MS) {
        db_run(secrets->db, "UPDATE session SET seen_at = $1 WHERE token = $2", V(session->seen_at),
            VB(key, KEY_SIZE));
        bool stored = side_settle(secrets->side) == E_OK; /* a full disk must not keep people from reading */
        if (stored && db_changes(secrets->db) == 0) {
            cache_forget(secrets, key);
            return E_NOT_FOUND;
        }
        if (stored) stored_at = session->seen_at;
    }
    cache_keep(secrets, key, session, stored_at);
    return E_OK;
}

static enum err session_use(struct secrets *secrets, struct arena *arena, const uint8_t key[KEY_SIZE],
    int64_t now, struct session *ret)
{
    int64_t stored_at = 0;
    TRY(session_read(secrets, arena, key, ret, &stored_at));
    if (session_over(ret->started_at, ret->seen_at, now)) {
        session_end(secrets, key);
        return E_NOT_FOUND;
    }
    return session_touch(secrets, key, ret, stored_at, now);
}

enum err secrets_session(struct secrets *secrets, struct arena *arena, const char *token, int64_t now,
    struct session *ret)
{
    uint8_t bytes[TOKEN_BYTES], key[KEY_SIZE];
    if (!token_read(token, bytes)) return E_NOT_FOUND;
    crypto_hash_sha256(key, bytes, sizeof bytes);
    struct session session;
    side_hold(secrets->side);
    enum err err = session_use(secrets, arena, key, now, &session);
    (void)side_release(secrets->side);
    TRY(err);
    session.csrf = csrf_make(arena, bytes);
    *ret = session;
    return E_OK;
}

enum err secrets_session_office(struct secrets *secrets, const char *token, const char *office)
{
    uint8_t bytes[TOKEN_BYTES], key[KEY_SIZE];
    if (!token_read(token, bytes)) return E_NOT_FOUND;
    crypto_hash_sha256(key, bytes, sizeof bytes);
    side_hold(secrets->side);
    db_run(secrets->db, "UPDATE session SET office = $1 WHERE token = $2", V(office), VB(key, KEY_SIZE));
    bool changed = db_changes(secrets->db) > 0;
    enum err err = side_settle(secrets->side);
    if (err == E_OK && !changed) err = E_NOT_FOUND;
    struct cached_session *slot = cache_find(secrets, key);
    if (err == E_OK && slot && cache_fits(slot->officer, office))
        memcpy(slot->office, office, strlen(office) + 1);
    else cache_forget(secrets, key);
    (void)side_release(secrets->side);
    return err;
}
