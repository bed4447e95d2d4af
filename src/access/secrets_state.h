/* access/secrets_state: what secrets.c (passwords) and sessions.c share. Private to the room. */
#ifndef PANJI_ACCESS_SECRETS_STATE_H
#define PANJI_ACCESS_SECRETS_STATE_H

#include "access/secrets.h"
#include "db/side.h"

#define KEY_SIZE 32            /* SHA-256 of a token or a login */
#define CACHE_SLOTS 1024       /* sessions in memory, placed by the first bits of their key */
#define CACHED_NAME_SIZE 72    /* longer officer ids and office codes are read from the table each time */

struct cached_session {
    bool used;
    uint8_t key[KEY_SIZE];
    char officer[CACHED_NAME_SIZE], office[CACHED_NAME_SIZE]; /* office "": none chosen yet */
    int64_t started_at, seen_at, stored_at; /* stored_at: the seen_at that stands in the table */
};

struct secrets {
    struct side *side; /* its arena holds this struct, its lock guards everything below */
    pthread_cond_t hashed;
    int hashing;          /* running Argon2 computations */
    struct db *db;
    struct cached_session cache[CACHE_SLOTS];
};

/* A new session of the officer in the open transaction; its token goes to the person. Holds the lock. */
void session_begin(struct secrets *secrets, const char *officer, int64_t now,
    char ret_token[SESSION_TOKEN_SIZE]);

/* Ends the officer's sessions, in the table and in memory. Holds the lock. */
void sessions_end(struct secrets *secrets, const char *officer);

#endif
