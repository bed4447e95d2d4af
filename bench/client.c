/* bench/client: see client.h. */
#include "client.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

bool client_open(struct client *client, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
        .sin_port = htons((unsigned short)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->socket < 0) give_up("no socket");
    if (connect(client->socket, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(client->socket);
        return false;
    }
    int yes = 1;
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return true;
}

void client_close(struct client *client)
{
    close(client->socket);
}

/* Length of the answer up to now, 0 while its headers are not whole. */
static size_t answer_size(const struct client *client)
{
    const char *end = strstr(client->answer, "\r\n\r\n");
    if (!end) return 0;
    const char *length = strcasestr(client->answer, "\r\ncontent-length:");
    if (!length || length > end) give_up("an answer without a length");
    return (size_t)(end + 4 - client->answer) + strtoul(length + 17, NULL, 10);
}

int client_ask(struct client *client, const char *request, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(client->socket, request, n, MSG_NOSIGNAL);
        if (sent <= 0) give_up("the server hung up");
        request += sent;
        n -= (size_t)sent;
    }
    client->len = 0;
    size_t whole = 0;
    while (whole == 0 || client->len < whole) {
        ssize_t got =
            recv(client->socket, client->answer + client->len, sizeof client->answer - 1 - client->len, 0);
        if (got <= 0) give_up("the server hung up in an answer");
        client->len += (size_t)got;
        client->answer[client->len] = '\0';
        if (whole == 0) whole = answer_size(client);
        if (whole >= sizeof client->answer) give_up("an answer is too long");
    }
    return (int)strtol(client->answer + 9, NULL, 10);
}

const char *client_body(const struct client *client)
{
    return strstr(client->answer, "\r\n\r\n") + 4;
}

const char *request_text(
    struct arena *arena, const char *method, const char *path, const char *credential, const char *body)
{
    const char *head = arena_printf(arena, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s", method, path,
        credential ? credential : "", credential ? "\r\n" : "");
    if (!body) return arena_printf(arena, "%s\r\n", head);
    return arena_printf(
        arena, "%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", head, strlen(body), body);
}

const char *client_sign_in(
    struct client *client, struct arena *arena, const char *officer, const char *password)
{
    const char *body = arena_printf(arena, "{\"officer\":\"%s\",\"password\":\"%s\"}", officer, password);
    const char *request = request_text(arena, "POST", "/api/v1/session", NULL, body);
    if (client_ask(client, request, strlen(request)) != 201)
        give_up("%s cannot sign in: %s", officer, client_body(client));
    json_t *answer = json_loads(client_body(client), 0, NULL);
    const char *token = arena_strdup(arena, json_string_value(json_object_get(answer, "token")));
    json_decref(answer);
    return arena_printf(arena, "Authorization: Bearer %s", token);
}
