/* What a node costs that has nothing to do: how soon it answers after a start, and how much memory it holds.
 */
#include <string.h>
#include <time.h>

#include "client.h"
#include "fill.h"
#include "measure.h"
#include "server.h"

#define STARTS 5

int main(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct client *client = ARENA_NEW(arena, struct client);
    table_begin("A node with nothing to do");
    const char *folder = fill_cached(arena, setting("BENCH_ENTRIES", 200000));
    const char *request = request_text(arena, "GET", "/health", NULL, NULL);
    double starts[STARTS], memory[STARTS];
    for (int i = 0; i < STARTS; i++) {
        double start = seconds_now();
        struct server server = server_start(folder);
        if (!client_open(client, server.port) || client_ask(client, request, strlen(request)) != 200)
            give_up("no health: %s", client->answer);
        starts[i] = seconds_now() - start;
        client_close(client);
        nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
        memory[i] = server_memory(&server);
        server_stop(&server);
    }
    table_note("entries of the register, about", (double)setting("BENCH_ENTRIES", 200000), "");
    table_row("start to first answer, middle of five", percentile(starts, STARTS, 0.5), "s", AT_MOST, 1);
    table_row("memory when idle, middle of five", percentile(memory, STARTS, 0.5), "MB", AT_MOST, 40);
    arena_free(arena);
    return table_end();
}
