/* panji demo: a register for practice, with invented officers and a few cases that are under way. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/demo.h"
#include "app/open.h"
#include "app/practice/simulation.h"
#include "base/json.h"
#include "base/time.h"

#define SAMPLE_DAYS 45
#define FOUNDER "admin.sp"

static const struct option_row options[] = {
    {"since", "DATE", "open the register on that day of the past and leave it to panji simulate", NULL},
    {"seed", "N", "names, passwords and sample cases follow from it", "1"},
    {0},
};

/* ---- what to tell ---- */

static json_t *officers_json(const struct demo *demo)
{
    json_t *list = json_array();
    for (size_t i = 0; i < demo->officer_count; i++) {
        const struct demo_officer *o = &demo->officers[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "officer", o->id, "password", o->password,
                      "name", o->name.text[LANG_EN], "name_hi", o->name.text[LANG_HI], "office", o->office,
                      "office_name", o->office_name.text[LANG_EN], "role", o->role));
    }
    return list;
}

/* Passwords, even of nobody, are for the one who made the folder. */
static FILE *private_file(struct demo *demo, const char *name)
{
    const char *path = arena_printf(demo->setup.arena, "%s/%s", node_folder(demo->setup.node), name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file) fprintf(stderr, "panji demo: %s: %s\n", path, strerror(errno));
    return file;
}

static void logins_print(const struct demo *demo, FILE *out)
{
    fprintf(out, "%-24s %-20s %-20s %s\n", "officer", "password", "role", "office");
    for (size_t i = 0; i < demo->officer_count; i++) {
        const struct demo_officer *o = &demo->officers[i];
        if (o->useful)
            fprintf(out, "%-24s %-20s %-20s %s\n", o->id, o->password, o->role, o->office_name.text[LANG_EN]);
    }
    fprintf(out, "All %zu are in %s/officers.json.\n", demo->officer_count, node_folder(demo->setup.node));
}

static int logins_tell(struct arguments *arguments, struct demo *demo)
{
    json_t *list CLEANUP(json_drop) = officers_json(demo);
    FILE *all = private_file(demo, "officers.json"), *few = private_file(demo, "logins.txt");
    if (!all || !few) return err_exit_code(E_IO);
    json_dumpf(list, all, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    logins_print(demo, few);
    if (fclose(all) != 0 || fclose(few) != 0) return err_exit_code(E_IO);
    if (arguments->json)
        json_dumpf(list, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    else
        logins_print(demo, stdout);
    return 0;
}

/* ---- the sample ---- */

static enum err sample_run(struct demo *demo, uint64_t seed, int64_t *clock, int64_t now)
{
    static const struct {
        const char *start, *story, *station;
        int days_ago;
    } cases[] = {
        {"begin", "hurt", "palari", 38},
        {"begin", "liquor", "palari", 33},
        {"begin", "vehicle_theft", "palari", 6},
        {"begin", "attempt_murder", "bhatapara", 40},
        {"begin", "burglary", "bhatapara", 20},
        {"death", "hanging", "bhatapara", 15},
        {"missing_person", "missing", "palari", 9},
        {"begin", "hurt", "bhatapara", 2},
        {"ncr", "ncr", "palari", 4},
        {"complaint", "complaint", "bhatapara", 5},
    };
    struct simulation *simulation = ARENA_NEW(demo->setup.arena, struct simulation);
    simulation_init(simulation, demo->setup.node, demo->tables, seed, clock);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        simulation_plan_story(simulation, cases[i].start, cases[i].story, cases[i].station,
            now - cases[i].days_ago * TIME_DAY_MS);
    simulation_plan(simulation, now - 2 * TIME_DAY_MS, now, 0, 3);
    enum err err = simulation_run(simulation, now);
    for (size_t i = 0; i < simulation->problems.count && err != E_OK; i++)
        problem_add(demo->setup.problems, "practice_wrong", simulation->problems.list[i].path, "what",
            arena_printf(demo->setup.arena, "%s: %s\n%s",
                simulation->refused_step ? simulation->refused_step : "",
                simulation->problems.list[i].text[LANG_EN],
                simulation->refused_body ? simulation->refused_body : ""),
            NULL);
    simulation_free(simulation);
    return err;
}

/* ---- the verb ---- */

struct demo_ids {
    struct dice dice;
    const int64_t *clock;
};

static void id_make(void *context, char ret_id[ID_TEXT_SIZE])
{
    struct demo_ids *ids = context;
    dice_id(&ids->dice, *ids->clock, ret_id);
}

/* Six in the morning of the day it begins, or of SAMPLE_DAYS ago. */
static bool begin_read(const struct arguments *arguments, int64_t now, int64_t *ret)
{
    const char *since = argument(arguments, "since");
    int32_t day = time_day_number(now) - SAMPLE_DAYS;
    if (since && !time_parse_date(since, &day)) return false;
    *ret = (int64_t)day * TIME_DAY_MS - TIME_IST_OFFSET_MS + 6 * TIME_HOUR_MS;
    return *ret < now;
}

static enum err demo_fill(
    struct arguments *arguments, struct demo *demo, uint64_t seed, int64_t *clock, int64_t now)
{
    TRY(filing_batch_begin(demo->setup.node));
    enum err err = demo_district_open(demo);
    enum err end = filing_batch_end(demo->setup.node);
    if (err == E_OK) err = end;
    if (err == E_OK && !argument(arguments, "since")) err = sample_run(demo, seed, clock, now);
    return err;
}

static int run(struct arguments *arguments)
{
    struct problems problems = {.arena = arguments->arena};
    int64_t now = time_now(), clock;
    uint64_t seed;
    struct demo *demo = ARENA_NEW(arguments->arena, struct demo);
    if (!dice_seed_read(argument(arguments, "seed"), &seed)) {
        fputs("panji demo: --seed takes a whole number.\n", stderr);
        return 2;
    }
    if (!begin_read(arguments, now, &clock)) {
        fputs("panji demo: --since takes a day that is over, like 2025-11-01.\n", stderr);
        return 2;
    }
    struct tables *tables;
    enum err err = tables_read(arguments->arena, &problems, &tables);
    struct node *node = NULL;
    if (err == E_OK)
        err = node_open(&(struct node_options){.folder = arguments->data,
                            .create = true,
                            .name = "balodabazar.practice",
                            .clock = simulation_clock,
                            .clock_context = &clock},
            &problems, &node);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    struct demo_ids ids = {dice_seeded(seed, 1), &clock};
    demo->tables = tables;
    demo->dice = dice_seeded(seed, 2);
    demo->setup = (struct setup){.node = node,
        .arena = arguments->arena,
        .problems = &problems,
        .officer = FOUNDER,
        .opened_on = time_date_text(arguments->arena, time_day_number(clock)),
        .id_make = id_make,
        .id_context = &ids};
    err = demo_fill(arguments, demo, seed, &clock, now);
    int code = err == E_OK ? logins_tell(arguments, demo) : problems_print(arguments, &problems, err);
    node_close(node);
    return code;
}

const struct verb verb_demo = {
    .name = "demo",
    .summary = "make a register for practice with invented officers and cases",
    .operands = "",
    .description = "Makes the police district Baloda Bazar-Bhatapara with its stations, courts and other "
                   "offices, invented officers "
                   "and a few cases in different stages. It is marked for practice for ever. Passwords are "
                   "written to officers.json in the "
                   "folder.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
