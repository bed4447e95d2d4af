/* What the search of people costs: known people offered while a form is typed, by the server's own processor
 * and by the client's clock; a search that is written down; how long making the index takes; and what an FIR
 * costs more because its people can be found. Names come from a few lists, so every one has hundreds of
 * namesakes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "base/time.h"
#include "bodies.h"
#include "client.h"
#include "db/db.h"
#include "fill.h"
#include "measure.h"
#include "people/people.h"
#include "server.h"

#define ASKED_MAX 1000
#define FED_PEOPLE_MAX 3000
#define SHO_ASKING 7

/* Names and relatives of people from all over the register. */
static size_t people_choose(struct arena *arena, const char *folder, const char **ret_queries)
{
    struct db *db;
    if (db_open(arena_printf(arena, "%s/panji.db", folder), DB_READ, &db) != E_OK)
        give_up("%s does not open", folder);
    int64_t all = db_int_values(db, "SELECT max(id) FROM mention", 0, NULL, 0);
    if (all == 0) give_up("the register names nobody: make it anew");
    size_t count = 0;
    for (int64_t i = 0; i < ASKED_MAX; i++) {
        struct mention_row row;
        if (mention_get(db, arena, 1 + (i * 7919 * 104729) % all, &row) != E_OK || !row.name) continue;
        struct buf query;
        buf_init(&query, arena, 4000);
        buf_puts(&query, "name=");
        for (const char *at = row.name; *at; at++) buf_printf(&query, "%%%02X", (unsigned)(unsigned char)*at);
        if (row.age_low >= 0) buf_printf(&query, "&age=%d", row.age_low);
        ret_queries[count++] = query.data;
    }
    db_close(db);
    return count;
}

static void asked_measure(struct server *server, struct arena *arena, const char *what, const char *path,
    const char *credential, const char *const *queries, size_t count, double limit)
{
    struct client *client = ARENA_NEW(arena, struct client);
    double *taken = ARENA_ARRAY(arena, double, count);
    if (!client_open(client, server->port)) give_up("the server does not answer");
    double processor = server_processor(server);
    for (size_t i = 0; i < count; i++) {
        const char *request =
            request_text(arena, "GET", arena_printf(arena, "%s%s", path, queries[i]), credential, NULL);
        double start = seconds_now();
        int status = client_ask(client, request, strlen(request));
        taken[i] = (seconds_now() - start) * 1e3;
        if (status != 200) give_up("%s: %d %s", request, status, client_body(client));
    }
    processor = (server_processor(server) - processor) * 1e3 / (double)count;
    table_note(arena_printf(arena, "%s, processor each", what), processor, "ms");
    table_note(arena_printf(arena, "%s, p50", what), percentile(taken, count, 0.5), "ms");
    if (limit > 0)
        table_row(arena_printf(arena, "%s, p99", what), percentile(taken, count, 0.99), "ms", AT_MOST, limit);
    else
        table_note(arena_printf(arena, "%s, p99", what), percentile(taken, count, 0.99), "ms");
    client_close(client);
}

/* Asks until the index of a register just opened is complete; the seconds it took. */
static double index_wait(struct server *server, struct arena *arena, const char *credential)
{
    struct client *client = ARENA_NEW(arena, struct client);
    if (!client_open(client, server->port)) give_up("the server does not answer");
    const char *request = request_text(arena, "GET", "/api/v1/people?name=Mohan", credential, NULL);
    double start = seconds_now();
    do {
        if (client_ask(client, request, strlen(request)) != 200) give_up("%s", client_body(client));
    } while (!strstr(client_body(client), "\"behind\":0,\"building\":false"));
    client_close(client);
    return seconds_now() - start;
}

static double thread_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct feeding {
    struct search *search;
    size_t count;
};

static void feed(void *context, const struct search_person *person)
{
    struct feeding *feeding = context;
    if (search_add(feeding->search, person, 0) != E_OK) give_up("the index takes nobody");
    feeding->count++;
}

/* The feeder's work for mentions as they come: read, taken apart, added, sealed now and then. */
static void feeding_measure(struct arena *arena, const char *folder)
{
    struct db *db;
    struct feeding feeding = {.count = 0};
    const char *index = arena_printf(arena, "%s/people.bench", folder);
    if (db_open(arena_printf(arena, "%s/panji.db", folder), DB_READ, &db) != E_OK ||
        search_create(index, &feeding.search) != E_OK)
        give_up("%s does not open", folder);
    struct rows *rows = mentions_all(db);
    struct mention_row row;
    double start = thread_seconds();
    while (feeding.count < FED_PEOPLE_MAX && mention_next(rows, arena, &row))
        posting_each(&row, arena, feed, &feeding);
    double took = thread_seconds() - start;
    db_end(rows);
    search_close(feeding.search);
    db_close(db);
    fill_remove(index);
    table_note("feeding, processor each person", took * 1e6 / (double)feeding.count, "us");
    table_note("feeding, processor each FIR of three people", 3 * took * 1e6 / (double)feeding.count, "us");
}

/* The kept register lets only its superintendent in. */
static void sho_let_in(struct arena *arena, const char *folder)
{
    struct problems problems = {.arena = arena};
    struct node *node;
    if (node_open(&(struct node_options){.folder = folder}, &problems, &node) != E_OK ||
        secrets_set_password(node_secrets(node), fill_sho(arena, SHO_ASKING), FILL_PASSWORD, true,
            &problems) != E_OK)
        give_up("%s does not open", folder);
    node_close(node);
}

int main(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    table_begin("The search of people");
    const char *folder = fill_cached(arena, setting("BENCH_ENTRIES", 200000));
    const char **queries = ARENA_ARRAY(arena, const char *, ASKED_MAX);
    size_t count = people_choose(arena, folder, queries);
    sho_let_in(arena, folder);
    feeding_measure(arena, folder);
    fill_remove(arena_printf(arena, "%s/people", folder)); /* made anew by the server */
    struct server server = server_start(folder);
    struct client *client = ARENA_NEW(arena, struct client);
    if (!client_open(client, server.port)) give_up("the server does not answer");
    const char *chief = client_sign_in(client, arena, FILL_SUPERINTENDENT, FILL_PASSWORD);
    const char *sho = client_sign_in(client, arena, fill_sho(arena, SHO_ASKING), FILL_PASSWORD);
    client_close(client);
    table_note("entries of the register, about", (double)setting("BENCH_ENTRIES", 200000), "");
    table_note("index made anew while serving", index_wait(&server, arena, chief), "s");
    const char *likely = "/api/v1/people/likely?form=arrest&";
    asked_measure(&server, arena, "likely, SHO", likely, sho, queries, count, 20);
    asked_measure(&server, arena, "likely, SP above all", likely, chief, queries, count, 20);
    asked_measure(&server, arena, "search, SP above all", "/api/v1/people?", chief, queries, count, 0);
    table_note("memory of the server", server_memory(&server), "MB");
    server_stop(&server);
    arena_free(arena);
    return table_end();
}
