/* bench/client: an HTTP/1.1 client that costs next to nothing: one socket kept open, requests made before the
 * clock starts, answers read no further than their length says. */
#ifndef PANJI_BENCH_CLIENT_H
#define PANJI_BENCH_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct client {
    int socket;
    size_t len;
    char answer[256 * 1024]; /* of the last request, ended by NUL */
};

/* Connects; false when nobody listens there (yet). */
bool client_open(struct client *client, int port);
void client_close(struct client *client);

/* Sends the request and reads the answer; its HTTP status. */
int client_ask(struct client *client, const char *request, size_t n);
const char *client_body(const struct client *client);

/* A whole request in the arena. credential: a header line without its end, or NULL. body NULL: none. */
const char *request_text(
    struct arena *arena, const char *method, const char *path, const char *credential, const char *body);

/* Signs in with the API; the credential for request_text(). */
const char *client_sign_in(
    struct client *client, struct arena *arena, const char *officer, const char *password);

#endif
