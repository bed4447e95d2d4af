/* bench/fill: see fill.h. Stations take turns step by step, so that the entries of one case lie far apart in
 * the register, as they do in life. */
#include "fill.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "bodies.h"
#include "measure.h"

#define STATIONS 200
#define BATCH_ENTRIES 2000
#define YEAR_MS (365 * TIME_DAY_MS)

struct station {
    const char *office, *sho, *io;
};

/* The case a station is at, by value: the arena of the step before is gone. */
struct running {
    char diary[48], fir[48], accused[48], seizure[48], property[48];
};

struct fill {
    struct node *node;
    struct arena *kept, *arena; /* for the whole run; for one entry */
    struct station *stations;
    struct running *running;
    int station_count;
    long filed, wanted;
    int64_t now, step_ms; /* the clock of the practice node */
};

const char *fill_office(struct arena *arena, int station)
{
    return arena_printf(arena, "PS%03d", station);
}
const char *fill_sho(struct arena *arena, int station)
{
    return arena_printf(arena, "SHO%03d", station);
}
const char *fill_io(struct arena *arena, int station)
{
    return arena_printf(arena, "IO%03d", station);
}

static int64_t fill_clock(void *context)
{
    return ((struct fill *)context)->now;
}

/* Everybody has one posting, so no office is named. */
static struct receipt fill_file(
    struct fill *fill, const char *officer, const char *form, const char *case_id, json_t *body)
{
    struct problems problems = {.arena = fill->arena};
    struct receipt receipt;
    enum err err = file_entry(fill->node,
        &(struct filing){.officer = officer, .form = form, .case_id = case_id, .seen_size = -1, .body = body},
        &problems, &receipt);
    if (err != E_OK)
        give_up("%s was refused: %s (%s)", form,
            problems.count ? problems.list[0].text[LANG_EN] : err_text(err),
            problems.count ? problems.list[0].path : "");
    json_decref(body);
    fill->now += fill->step_ms;
    if (++fill->filed % BATCH_ENTRIES == 0 &&
        (filing_batch_end(fill->node) != E_OK || filing_batch_begin(fill->node) != E_OK))
        give_up("a batch could not be committed");
    return receipt;
}

/* ---- offices and officers ---- */

static void office(struct fill *fill, const char *code, const char *kind, const char *parent)
{
    fill_file(fill, "admin", "office", NULL,
        json_pack("{s:{s:s, s:s, s:s*, s:s, s:s, s:s, s:s}}", "office", "code", code, "kind", kind, "parent",
            parent, "name", code, "name_hi", code, "state", "chhattisgarh", "opened_on", "2020-01-01"));
}

static void password(struct fill *fill, const char *id)
{
    struct problems problems = {.arena = fill->arena};
    if (secrets_set_password(node_secrets(fill->node), id, FILL_PASSWORD, true, &problems) != E_OK)
        give_up("no password for %s", id);
}

static void officer(struct fill *fill, const char *id, const char *at, const char *role)
{
    fill_file(fill, "admin", "officer", NULL,
        json_pack(
            "{s:{s:s, s:s, s:s, s:s}}", "officer", "id", id, "name", id, "name_hi", id, "rank", "inspector"));
    fill_file(fill, "admin", "posting", NULL,
        json_pack("{s:{s:s, s:s, s:s, s:s, s:s}}", "posting", "officer", id, "office", at, "role", role,
            "from", "2020-01-01", "order", "1/2020"));
}

static void district_open(struct fill *fill, const char **ret_diaries)
{
    fill_file(fill, "admin", "node", NULL,
        json_pack("{s:{s:s, s:b, s:s}}", "node", "name", "bench", "practice", 1, "founder", "admin"));
    office(fill, "HQ", "state_hq", NULL);
    office(fill, "DISTRICT", "district", "HQ");
    officer(fill, "admin", "HQ", "administrator");
    officer(fill, FILL_SUPERINTENDENT, "DISTRICT", "sp");
    password(fill, FILL_SUPERINTENDENT);
    fill->stations = ARENA_ARRAY(fill->kept, struct station, fill->station_count);
    fill->running = ARENA_ARRAY(fill->kept, struct running, fill->station_count);
    for (int i = 0; i < fill->station_count; i++) {
        struct station *s = &fill->stations[i];
        *s = (struct station){fill_office(fill->kept, i), fill_sho(fill->kept, i), fill_io(fill->kept, i)};
        office(fill, s->office, "ps", "DISTRICT");
        officer(fill, s->sho, s->office, "sho");
        officer(fill, s->io, s->office, "io");
        arena_reset(fill->arena);
    }
    for (int i = 0; ret_diaries && i < fill->station_count; i++) {
        struct telling telling = {.arena = fill->arena, .now = fill->now, .number = (unsigned)i};
        struct receipt receipt =
            fill_file(fill, fill->stations[i].sho, "general_diary", NULL, body_diary(&telling));
        ret_diaries[i] = arena_strdup(fill->kept, receipt.id);
        password(
            fill, fill->stations[i].sho); /* hashing is slow on purpose, so only who will sign in has one */
    }
}

static void fill_open(struct fill *fill, const char *folder)
{
    struct problems problems = {.arena = fill->arena};
    struct node_options options = {.folder = folder,
        .create = true,
        .name = "bench.panji.example",
        .clock = fill_clock,
        .clock_context = fill};
    if (node_open(&options, &problems, &fill->node) != E_OK || filing_batch_begin(fill->node) != E_OK)
        give_up("%s cannot be made: %s", folder, problems.count ? problems.list[0].text[LANG_EN] : "?");
}

static void fill_close(struct fill *fill)
{
    if (filing_batch_end(fill->node) != E_OK) give_up("the last batch could not be committed");
    node_close(fill->node);
}

void fill_new(const char *folder, int stations, const char **ret_diaries, struct arena *arena)
{
    struct fill fill = {.kept = arena,
        .arena = arena_new((size_t)256 << 20),
        .station_count = stations,
        .now = time_now() - 60 * 60 * TIME_SECOND_MS};
    fill_open(&fill, folder);
    district_open(&fill, ret_diaries);
    fill_close(&fill);
    arena_free(fill.arena);
}

/* ---- a year of cases ---- */

static void copy(char ret[48], const char *text)
{
    snprintf(ret, 48, "%s", text);
}

/* One step of the case a station is at; the steps of a case follow one another round by round. */
static void step_file(struct fill *fill, int station, int step, unsigned number)
{
    static const struct {
        const char *form;
        json_t *(*body)(const struct telling *telling);
        bool on_case, by_io;
    } steps[] = {
        {"general_diary", body_diary, false, false},
        {"fir", body_fir, false, false},
        {"crime_details", body_crime_details, true, true},
        {"statement", body_statement, true, true},
        {"general_diary", body_diary, false, true},
        {"seizure", body_seizure, true, true},
        {"malkhana_deposit", body_malkhana_deposit, true, false},
        {"arrest", body_arrest, true, true},
        {"case_diary", body_case_diary, true, true},
        {"general_diary", body_diary, false, false},
        {"statement", body_statement, true, true},
        {"case_diary", body_case_diary, true, true},
    };
    const struct station *s = &fill->stations[station];
    struct running *r = &fill->running[station];
    struct telling telling = {.arena = fill->arena,
        .now = fill->now,
        .number = number,
        .io = s->io,
        .diary = r->diary,
        .accused = r->accused,
        .seizure = r->seizure,
        .property = r->property};
    struct receipt receipt = fill_file(fill, steps[step].by_io ? s->io : s->sho, steps[step].form,
        steps[step].on_case ? r->fir : NULL, steps[step].body(&telling));
    if (step == 0) copy(r->diary, receipt.id);
    if (step == 1) {
        copy(r->fir, receipt.id);
        copy(r->accused, arena_printf(fill->arena, "%s.3", receipt.id));
    }
    if (step == 5) {
        copy(r->seizure, receipt.id);
        copy(r->property, arena_printf(fill->arena, "%s.3", receipt.id)); /* behind two witnesses */
    }
    arena_reset(fill->arena);
}

static void year_file(struct fill *fill)
{
    for (unsigned round = 0;; round++)
        for (int step = 0; step < 12; step++)
            for (int station = 0; station < fill->station_count; station++) {
                if (fill->filed >= fill->wanted) return;
                step_file(fill, station, step, round * (unsigned)fill->station_count + (unsigned)station);
            }
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

void fill_remove(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Whether the tables of the views are declared as this program declares them. */
static bool same_views(struct arena *arena, struct db *db)
{
    struct db *fresh;
    if (db_open(NULL, DB_MEMORY, &fresh) != E_OK || views_create(fresh) != E_OK) give_up("no database");
    static const char sql[] = "SELECT sql FROM sqlite_schema WHERE name = $1";
    bool same = true;
    for (const char *const *table = views_tables(); *table; table++) {
        const char *ours = db_text(fresh, arena, sql, V(*table)),
                   *theirs = db_text(db, arena, sql, V(*table));
        same = same && theirs && strcmp(ours, theirs) == 0;
    }
    db_close(fresh);
    return same;
}

bool fill_still_opens(struct arena *arena, const char *folder)
{
    struct problems problems = {.arena = arena};
    struct node *node;
    enum err err = node_open(&(struct node_options){.folder = folder}, &problems, &node);
    if (err == E_BUSY) give_up("%s is in use", folder);
    if (err != E_OK) return false;
    int64_t entries;
    struct register_fault fault;
    if (!same_views(arena, node_writer(node)) && node_rebuild(node, arena, &entries, &fault) != E_OK)
        give_up("no rebuild: %s", fault.what);
    node_close(node);
    return true;
}

const char *fill_cached(struct arena *arena, long entries)
{
    const char *data = getenv("BENCH_DATA");
    if (!data) data = "bench/.data";
    mkdir(data, 0755);
    const char *folder = arena_printf(arena, "%s/register-%ld", data, entries);
    if (access(folder, F_OK) == 0 && fill_still_opens(arena, folder)) return folder;
    fill_remove(folder);
    const char *begun = arena_printf(arena, "%s.begun", folder);
    fill_remove(begun);
    double start = seconds_now();
    struct fill fill = {.kept = arena,
        .arena = arena_new((size_t)256 << 20),
        .station_count = STATIONS,
        .wanted = entries,
        .step_ms = YEAR_MS / entries,
        .now = time_now() - YEAR_MS - TIME_DAY_MS};
    fill_open(&fill, begun);
    district_open(&fill, NULL);
    year_file(&fill);
    fill_close(&fill);
    arena_free(fill.arena);
    if (rename(begun, folder) != 0) give_up("%s cannot be kept", folder);
    double took = seconds_now() - start;
    printf("  (filled %s: %ld entries in %.0f s, %.0f entries/s; kept)\n", folder, entries, took,
        (double)entries / took);
    return folder;
}
