/* web/listen: HOST:PORT to a listening socket. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/server.h"

#define BACKLOG 511

/* "[::1]:8080" or "127.0.0.1:8080" cut in two. */
static bool where_split(struct arena *arena, const char *where, const char **ret_host, const char **ret_port)
{
    const char *colon = strrchr(where, ':');
    if (!colon || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1)) return false;
    const char *host = where;
    size_t n = (size_t)(colon - where);
    if (n >= 2 && host[0] == '[' && host[n - 1] == ']') {
        host++;
        n -= 2;
    } else if (memchr(host, ':', n)) {
        return false;
    }
    *ret_host = n > 0 ? arena_strndup(arena, host, n) : "0.0.0.0";
    *ret_port = colon + 1;
    return true;
}

static const char *address_text(struct arena *arena, int listener, bool tls)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    char host[INET6_ADDRSTRLEN] = "?", port[8] = "0";
    if (getsockname(listener, (struct sockaddr *)&address, &size) == 0)
        getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
            NI_NUMERICHOST | NI_NUMERICSERV);
    bool six = address.ss_family == AF_INET6;
    return arena_printf(
        arena, "http%s://%s%s%s:%s", tls ? "s" : "", six ? "[" : "", host, six ? "]" : "", port);
}

static int socket_listen(const struct addrinfo *found)
{
    int listener = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) return -1;
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, found->ai_addr, found->ai_addrlen) == 0 && listen(listener, BACKLOG) == 0)
        return listener;
    int error = errno;
    close(listener);
    errno = error;
    return -1;
}

enum err listen_open(struct arena *arena, const char *where, bool tls, struct problems *problems,
    int *ret_socket, const char **ret_address)
{
    const char *host, *port;
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (!where_split(arena, where, &host, &port) || getaddrinfo(host, port, &wanted, &found) != 0) {
        problem_add(problems, "listen_wrong", NULL, "where", where, NULL);
        return E_PROBLEM;
    }
    int listener = socket_listen(found);
    int error = errno;
    freeaddrinfo(found);
    if (listener < 0) {
        problem_add(problems, "listen_taken", NULL, "where", where, "reason", strerror(error), NULL);
        return E_PROBLEM;
    }
    *ret_socket = listener;
    *ret_address = address_text(arena, listener, tls);
    return E_OK;
}
