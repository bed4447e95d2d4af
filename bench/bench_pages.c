/* How long the pages of a district's year take: what every role opens first, the tabs of cases, the books,
 * clocks, people, offices and forms, each kind a hundred times with other cases, things and people. The time
 * is the processor's in the server, which other work on the machine does not lengthen, with the compression
 * a browser asks for; what the client waited is told below. */
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "client.h"
#include "db/db.h"
#include "fill.h"
#include "measure.h"
#include "server.h"

#define TIMES 100
#define WARMING 10
#define LIMIT_MS 5
#define OFFICERS_MAX 400

/* ---- the year ---- */

static void panji_run(const char *const *words)
{
    const char *program = getenv("PANJI") ? getenv("PANJI") : "build/panji";
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execv(program, (char *const *)(uintptr_t)words);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) give_up("panji %s fails", words[1]);
}

/* The practice district, opened a year ago and simulated until now; made on the first call and kept. */
static const char *year_cached(struct arena *arena)
{
    const char *data = getenv("BENCH_DATA") ? getenv("BENCH_DATA") : "bench/.data";
    mkdir(data, 0755);
    const char *folder = arena_printf(arena, "%s/year", data);
    if (access(folder, F_OK) == 0 && fill_still_opens(arena, folder)) return folder;
    const char *begun = arena_printf(arena, "%s.begun", folder);
    fill_remove(folder);
    fill_remove(begun);
    const char *since = time_date_text(arena, time_day_number(time_now()) - 365);
    double start = seconds_now();
    panji_run((const char *const[]){"panji", "demo", "--data", begun, "--since", since, "--seed", "1", NULL});
    panji_run((const char *const[]){
        "panji", "simulate", "--data", begun, "--months", "12", "--seed", "1", NULL});
    if (rename(begun, folder) != 0) give_up("%s cannot be kept", folder);
    printf("  (simulated a year into %s in %.0f s; kept)\n", folder, seconds_now() - start);
    return folder;
}

/* ---- who asks for what ---- */

#define CASES "SELECT id FROM case_file WHERE office = $1 AND kind = 'fir' ORDER BY opened_seq DESC LIMIT 100"
#define CASES_ON "SELECT case_id FROM case_office WHERE office = $1 ORDER BY opened_seq DESC LIMIT 100"
#define ENTRIES "SELECT id FROM entry_index WHERE office = $1 ORDER BY seq DESC LIMIT 100"
#define PEOPLE                                                                                               \
    "SELECT p.person FROM party p JOIN case_file c ON c.id = p.case_id"                                      \
    " WHERE c.office = $1 AND c.kind = 'fir' AND p.role = 'accused' ORDER BY c.opened_seq DESC LIMIT 100"
#define THINGS "SELECT id FROM property WHERE office = $1 ORDER BY id DESC LIMIT 100"

/* ids: what % of the address stands for, by the office of who asks; NULL: the address is the same always. */
static const struct kind {
    const char *what, *role, *address, *ids;
} kinds[] = {
    {"my day: constable", "constable", "/", NULL},
    {"my day: station writer", "head_constable", "/", NULL},
    {"my day: malkhana", "malkhana_moharrir", "/", NULL},
    {"my day: investigating officer", "io", "/", NULL},
    {"my day: station house officer", "sho", "/", NULL},
    {"my day: SDPO", "sdpo", "/", NULL},
    {"my day: superintendent", "sp", "/", NULL},
    {"my day: prosecutor", "prosecutor", "/", NULL},
    {"my day: magistrate", "magistrate", "/", NULL},
    {"my day: court clerk", "court_clerk", "/", NULL},
    {"my day: jail superintendent", "jail_superintendent", "/", NULL},
    {"my day: laboratory", "lab_head", "/", NULL},
    {"my day: doctor", "doctor", "/", NULL},
    {"my day: finger prints", "fpb_expert", "/", NULL},
    {"what came in", "sho", "/?show=arrived", NULL},
    {"what was sent", "sho", "/?show=sent", NULL},
    {"case: timeline", "sho", "/cases/%", CASES},
    {"case: clocks", "sho", "/cases/%?show=clocks", CASES},
    {"case: people", "sho", "/cases/%?show=people", CASES},
    {"case: property", "sho", "/cases/%?show=property", CASES},
    {"case: papers", "sho", "/cases/%?show=papers", CASES},
    {"case: related", "sho", "/cases/%?show=related", CASES},
    {"case, seen by the court", "magistrate", "/cases/%", CASES_ON},
    {"case, seen by the prosecution", "prosecutor", "/cases/%", CASES_ON},
    {"cases of a station", "sho", "/cases", NULL},
    {"cases of a district", "sp", "/cases", NULL},
    {"cases of a court", "court_clerk", "/cases", NULL},
    {"an entry", "sho", "/entries/%", ENTRIES},
    {"a receipt", "sho", "/entries/%/receipt", ENTRIES},
    {"entries of a station", "sho", "/entries", NULL},
    {"a person", "sho", "/people/%", PEOPLE},
    {"a thing and its custody", "sho", "/property/%", THINGS},
    {"search box", "sho", "/search", NULL},
    {"forms", "sho", "/forms", NULL},
    {"form: FIR", "sho", "/forms/fir", NULL},
    {"form: diary entry", "sho", "/forms/general_diary", NULL},
    {"form: arrest", "sho", "/forms/arrest?case=%", CASES},
    {"form: final report", "sho", "/forms/final_report?case=%", CASES},
    {"finding an offence", "sho", "/choose/offence?q=theft", NULL},
    {"finding an officer", "sho", "/choose/officer?q=a", NULL},
    {"books", "sho", "/registers", NULL},
    {"book: diary", "sho", "/registers/diary", NULL},
    {"book: crime", "sho", "/registers/crime", NULL},
    {"book: malkhana", "malkhana_moharrir", "/registers/malkhana", NULL},
    {"book: cause list", "court_clerk", "/registers/cause_list", NULL},
    {"book: prison roll", "jail_clerk", "/registers/prison_roll", NULL},
    {"book: laboratory's allotment", "lab_head", "/registers/allotment", NULL},
    {"clocks of a station", "sho", "/clocks", NULL},
    {"clocks of a district", "sp", "/clocks", NULL},
    {"compliance of a district", "sp", "/clocks/compliance", NULL},
    {"notices", "sp", "/notices", NULL},
    {"offices", "sho", "/offices", NULL},
    {"an office", "sho", "/offices/%", "SELECT $1"},
    {"nothing there", "sho", "/nowhere", NULL},
};

struct bench {
    struct arena *arena;
    struct db *db;
    struct client *client;
    struct server server;
    clockid_t clock; /* of the server's processor time */
    json_t *officers;
    const char *credentials[OFFICERS_MAX]; /* of officers that signed in already */
    double *waited;
    size_t waited_count;
};

static size_t officer_place(const struct bench *bench, const char *role)
{
    size_t i;
    json_t *officer;
    json_array_foreach (bench->officers, i, officer)
        if (i < OFFICERS_MAX && strcmp(json_string_value(json_object_get(officer, "role")), role) == 0)
            return i;
    give_up("nobody is a %s", role);
}

static const char *credential_of(struct bench *bench, size_t place)
{
    if (bench->credentials[place]) return bench->credentials[place];
    const json_t *officer = json_array_get(bench->officers, place);
    const char *bearer = client_sign_in(bench->client, bench->arena,
        json_string_value(json_object_get(officer, "officer")),
        json_string_value(json_object_get(officer, "password")));
    bench->credentials[place] =
        arena_printf(bench->arena, "Cookie: panji=%s\r\nAccept-Encoding: gzip", strrchr(bearer, ' ') + 1);
    return bench->credentials[place];
}

/* Addresses of the kind, at most TIMES. */
static size_t addresses_of(
    const struct bench *bench, const struct kind *kind, const char *office, const char **ret)
{
    size_t count = 0, before = strcspn(kind->address, "%");
    if (!kind->ids) {
        ret[0] = kind->address;
        return 1;
    }
    struct rows *rows = db_query_composed(bench->db, kind->ids, (struct value[]){V(office)}, 1);
    while (count < TIMES && db_next(rows))
        ret[count++] = arena_printf(bench->arena, "%.*s%s%s", (int)before, kind->address,
            row_text(rows, 0), kind->address + before + 1);
    if (count == 0) give_up("there is nothing for %s", kind->what);
    if (count == TIMES) db_end(rows);
    return count;
}

static double processor_ms(const struct bench *bench)
{
    struct timespec now;
    clock_gettime(bench->clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A server that has just started catches up beside the pages (the index of people); not their time. */
static void server_settle(const struct bench *bench)
{
    double before = -1, now = processor_ms(bench);
    for (int i = 0; i < 100 && now - before > 1; i++) {
        before = now;
        nanosleep(&(struct timespec){.tv_nsec = 200 * 1000 * 1000}, NULL);
        now = processor_ms(bench);
    }
}

static void kind_measure(struct bench *bench, const struct kind *kind)
{
    const char *addresses[TIMES];
    double taken[TIMES];
    size_t place = officer_place(bench, kind->role);
    const char *office =
        json_string_value(json_object_get(json_array_get(bench->officers, place), "office"));
    const char *credential = credential_of(bench, place);
    size_t count = addresses_of(bench, kind, office, addresses);
    /* The readers of the database take turns; each has its first look at a kind of page before it counts. */
    for (size_t i = 0; i < WARMING + TIMES; i++) {
        const char *request = request_text(bench->arena, "GET", addresses[i % count], credential, NULL);
        double begun = processor_ms(bench), start = seconds_now();
        int status = client_ask(bench->client, request, strlen(request));
        if (i >= WARMING) {
            bench->waited[bench->waited_count++] = (seconds_now() - start) * 1e3;
            taken[i - WARMING] = processor_ms(bench) - begun;
        }
        if (status != 200 && status != 404) give_up("%s as %s: %d", addresses[i % count], kind->role, status);
        if (status == 404 && strcmp(kind->address, "/nowhere") != 0)
            give_up("%s as %s is not there", addresses[i % count], kind->role);
    }
    table_row(kind->what, percentile(taken, TIMES, 0.99), "ms", AT_MOST, LIMIT_MS);
}

int main(void)
{
    size_t count = sizeof kinds / sizeof kinds[0];
    struct bench bench = {.arena = arena_new((size_t)1 << 30)};
    table_begin("Pages of a district's year, p99 of the processor time in the server");
    const char *folder = year_cached(bench.arena);
    bench.waited = ARENA_ARRAY(bench.arena, double, count * TIMES);
    bench.officers = json_load_file(arena_printf(bench.arena, "%s/officers.json", folder), 0, NULL);
    if (db_open(arena_printf(bench.arena, "%s/panji.db", folder), DB_READ, &bench.db) != E_OK)
        give_up("%s does not open", folder);
    bench.server = server_start(folder);
    bench.client = ARENA_NEW(bench.arena, struct client);
    if (clock_getcpuclockid(bench.server.pid, &bench.clock) != 0) give_up("no clock of the server");
    if (!client_open(bench.client, bench.server.port)) give_up("the server does not answer");
    server_settle(&bench);
    for (size_t i = 0; i < count; i++) kind_measure(&bench, &kinds[i]);
    table_note(
        "all of them, what the client waited, p50", percentile(bench.waited, count * TIMES, 0.5), "ms");
    table_note(
        "all of them, what the client waited, p99", percentile(bench.waited, count * TIMES, 0.99), "ms");
    client_close(bench.client);
    server_stop(&bench.server);
    db_close(bench.db);
    json_decref(bench.officers);
    arena_free(bench.arena);
    return table_end();
}
