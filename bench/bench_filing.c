/* How fast FIRs with three people can be filed over HTTP, every answer durable, against the same rows put
 * straight into SQLite on the same disk in the same run. The clients share the processors with the server. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "bodies.h"
#include "client.h"
#include "fill.h"
#include "measure.h"
#include "rows.h"
#include "server.h"

#define CLIENTS_MAX 64
#define BODIES_EACH 16
#define ANSWERS_MAX 20000 /* of one client */
#define WARM_SECONDS 0.3

struct desk {
    struct client client;
    int port;
    const char *requests[BODIES_EACH];
    size_t lengths[BODIES_EACH];
    double warm, until; /* answers after `warm` count */
    double *taken;
    size_t count;
};

static void *desk_run(void *context)
{
    struct desk *desk = context;
    for (size_t i = 0;; i++) {
        double begun = seconds_now();
        if (begun >= desk->until || desk->count == ANSWERS_MAX) return NULL;
        int status =
            client_ask(&desk->client, desk->requests[i % BODIES_EACH], desk->lengths[i % BODIES_EACH]);
        if (status != 201) give_up("an FIR was refused: %s", client_body(&desk->client));
        double ended = seconds_now();
        if (begun >= desk->warm && ended <= desk->until) desk->taken[desk->count++] = ended - begun;
    }
}

static void desk_prepare(struct desk *desk, struct arena *arena, int number, const char *diary, int port)
{
    if (!client_open(&desk->client, port)) give_up("the server does not answer");
    const char *credential = client_sign_in(&desk->client, arena, fill_sho(arena, number), FILL_PASSWORD);
    for (int i = 0; i < BODIES_EACH; i++) {
        struct telling telling = {.arena = arena,
            .now = time_now(),
            .number = (unsigned)(number * BODIES_EACH + i),
            .io = fill_io(arena, number),
            .diary = diary};
        json_t *filing = json_pack("{s:s, s:o}", "form", "fir", "body", body_fir(&telling));
        char *text = json_dumps(filing, JSON_COMPACT);
        desk->requests[i] = request_text(arena, "POST", "/api/v1/entries", credential, text);
        desk->lengths[i] = strlen(desk->requests[i]);
        free(text);
        json_decref(filing);
    }
    desk->taken = ARENA_ARRAY(arena, double, ANSWERS_MAX);
}

struct figures {
    double per_second, p50, p99;
};

static struct figures desks_run(struct desk *desks, int count, double seconds)
{
    pthread_t threads[CLIENTS_MAX];
    double start = seconds_now();
    for (int i = 0; i < count; i++) {
        desks[i].warm = start + WARM_SECONDS;
        desks[i].until = start + WARM_SECONDS + seconds;
        desks[i].count = 0;
        if (pthread_create(&threads[i], NULL, desk_run, &desks[i]) != 0) give_up("no thread");
    }
    size_t total = 0;
    double *all = malloc(sizeof *all * (size_t)count * ANSWERS_MAX);
    if (!all) abort();
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        memcpy(all + total, desks[i].taken, desks[i].count * sizeof *all);
        total += desks[i].count;
    }
    struct figures figures = {
        (double)total / seconds, percentile(all, total, 0.5) * 1e3, percentile(all, total, 0.99) * 1e3};
    free(all);
    return figures;
}

static double clients_measure(
    struct arena *arena, const struct server *server, struct desk *desks, int count, double seconds)
{
    double before = server_processor(server);
    struct figures figures = desks_run(desks, count, seconds);
    double processor =
        (server_processor(server) - before) / (figures.per_second * (seconds + WARM_SECONDS)) * 1e6;
    const char *who = arena_printf(arena, "%d client%s", count, count == 1 ? "" : "s");
    table_note(arena_printf(arena, "%s, filed and durable", who), figures.per_second, "FIRs/s");
    table_note(arena_printf(arena, "%s, p50", who), figures.p50, "ms");
    const char *p99 = arena_printf(arena, "%s, p99", who);
    if (count == CLIENTS_MAX)
        table_row(p99, figures.p99, "ms", AT_MOST, 50);
    else
        table_note(p99, figures.p99, "ms");
    table_note(arena_printf(arena, "%s, processor of the server for each", who), processor, "us");
    return figures.per_second;
}

int main(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    const char *folder =
        arena_printf(arena, "%s/filing", getenv("BENCH_DATA") ? getenv("BENCH_DATA") : "bench/.data");
    const char *diaries[CLIENTS_MAX];
    double seconds = (double)setting("BENCH_SECONDS", 8);
    fill_remove(folder);
    fill_new(folder, CLIENTS_MAX, diaries, arena);
    struct server server = server_start(folder);
    struct desk *desks = ARENA_ARRAY(arena, struct desk, CLIENTS_MAX);
    for (int i = 0; i < CLIENTS_MAX; i++) desk_prepare(&desks[i], arena, i, diaries[i], server.port);
    table_begin("Filing an FIR with three people over HTTP");
    clients_measure(arena, &server, desks, 1, seconds / 4);
    clients_measure(arena, &server, desks, 16, seconds / 2);
    double over_http = clients_measure(arena, &server, desks, CLIENTS_MAX, seconds);
    for (int i = 0; i < CLIENTS_MAX; i++) client_close(&desks[i].client);
    server_stop(&server);
    struct rows_told direct = rows_put(folder, 3 * CLIENTS_MAX + CLIENTS_MAX + 8, 64);
    table_note(
        arena_printf(arena, "the same %.1f rows straight into SQLite, 64 a commit", direct.rows_per_entry),
        direct.per_second, "FIRs/s");
    table_row("64 clients against that", over_http / direct.per_second, "x", AT_LEAST, 0.4);
    fill_remove(folder);
    arena_free(arena);
    return table_end();
}
