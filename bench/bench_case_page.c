/* How long the page of a case takes, and the same case from the API: cases chosen evenly from the whole
 * register, asked for one after another over one connection. The time is the client's, so the server's own is
 * less. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "db/db.h"
#include "fill.h"
#include "measure.h"
#include "server.h"

#define CASES_MAX 2000

static size_t cases_choose(struct arena *arena, const char *folder, const char **ret_cases)
{
    struct db *db;
    if (db_open(arena_printf(arena, "%s/panji.db", folder), DB_READ, &db) != E_OK)
        give_up("%s does not open", folder);
    int64_t all = db_int_values(db, "SELECT max(opened_seq) FROM case_file", 0, NULL, 0);
    size_t count = 0;
    for (int64_t i = 0; i < CASES_MAX && count < CASES_MAX; i++) {
        int64_t from =
            (i * 7919 * 104729) % all; /* far apart, so that neighbours are not in memory already */
        const char *id = db_text(
            db, arena, "SELECT id FROM case_file WHERE opened_seq > $1 ORDER BY opened_seq LIMIT 1", V(from));
        if (id) ret_cases[count++] = id;
    }
    db_close(db);
    return count;
}

static void pages_measure(struct client *client, struct arena *arena, const char *what, const char *folder,
    const char *credential, const char *const *cases, size_t count)
{
    double *taken = ARENA_ARRAY(arena, double, count);
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        const char *request =
            request_text(arena, "GET", arena_printf(arena, "%s/%s", folder, cases[i]), credential, NULL);
        double start = seconds_now();
        int status = client_ask(client, request, strlen(request));
        taken[i] = (seconds_now() - start) * 1e3;
        if (status != 200) give_up("%s: %d", request, status);
        bytes += client->len;
    }
    table_note(arena_printf(arena, "%s, bytes", what), (double)(bytes / count), "");
    table_note(arena_printf(arena, "%s, p50", what), percentile(taken, count, 0.5), "ms");
    table_row(arena_printf(arena, "%s, p99", what), percentile(taken, count, 0.99), "ms", AT_MOST, 5);
}

int main(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    table_begin("The page of a case");
    const char *folder = fill_cached(arena, setting("BENCH_ENTRIES", 200000));
    const char **cases = ARENA_ARRAY(arena, const char *, CASES_MAX);
    size_t count = cases_choose(arena, folder, cases);
    struct server server = server_start(folder);
    struct client *client = ARENA_NEW(arena, struct client);
    if (!client_open(client, server.port)) give_up("the server does not answer");
    const char *bearer = client_sign_in(client, arena, FILL_SUPERINTENDENT, FILL_PASSWORD);
    const char *cookie = arena_printf(arena, "Cookie: panji=%s", strrchr(bearer, ' ') + 1);
    table_note("entries of the register, about", (double)setting("BENCH_ENTRIES", 200000), "");
    pages_measure(client, arena, "page", "/cases", cookie, cases, count);
    pages_measure(client, arena, "API", "/api/v1/cases", bearer, cases, count);
    client_close(client);
    server_stop(&server);
    arena_free(arena);
    return table_end();
}
