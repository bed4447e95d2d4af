/* panji simulate: a year of invented cases, filed through the same door as everything else. */
#include <stdlib.h>
#include <string.h>

#include "app/open.h"
#include "app/practice/simulation.h"
#include "base/time.h"

static const struct option_row options[] = {
    {"months", "N", "how long, from the newest entry of the register on", "12"},
    {"seed", "N", "the same seed on the same register files the same entries", "1"},
    {"cases-per-month", "N", "FIRs a month in the district", "200"},
    {"diary", "N", "routine diary entries a day and station", "4"},
    {0},
};

struct wanted {
    int months, cases_per_month, diary;
    uint64_t seed;
};

static bool number_read(const struct arguments *arguments, const char *name, int min, int max, int *ret)
{
    char *end;
    long number = strtol(argument(arguments, name), &end, 10);
    *ret = (int)number;
    if (!*end && number >= min && number <= max) return true;
    fprintf(stderr, "panji simulate: --%s takes a number from %d to %d.\n", name, min, max);
    return false;
}

static int64_t months_later(int64_t from, int months)
{
    struct civil civil = time_civil(from);
    int month = civil.month - 1 + months;
    civil.year += month / 12;
    civil.month = month % 12 + 1;
    if (civil.day > 28) civil.day = 28;
    return time_from_civil(civil);
}

/* ---- the summary ---- */

static void stages_add(struct db *db, struct arena *arena, json_t *summary)
{
    json_t *stages = json_object();
    struct rows *rows = db_query_all(
        db, "SELECT kind || '.' || stage, count(*) FROM case_file GROUP BY kind, stage ORDER BY 1");
    while (db_next(rows))
        json_object_set_new(stages, row_dup(rows, 0, arena), json_integer(row_int(rows, 1)));
    json_object_set_new(summary, "cases", stages);
}

static void summary_print(const struct arguments *arguments, const json_t *summary)
{
    if (arguments->json) {
        json_dumpf(summary, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        putchar('\n');
        return;
    }
    printf("%lld entries in %.1f s, %lld a second, %lld refused; the register now holds %lld, up to %s\n",
        (long long)json_integer_value(json_object_get(summary, "entries")),
        (double)json_integer_value(json_object_get(summary, "milliseconds")) / 1000,
        (long long)json_integer_value(json_object_get(summary, "entries_per_second")),
        (long long)json_integer_value(json_object_get(summary, "refused")),
        (long long)json_integer_value(json_object_get(summary, "register")),
        json_string_value(json_object_get(summary, "until")));
    const char *name;
    json_t *count;
    json_object_foreach(json_object_get(summary, "cases"), name, count)
        printf("  %-28s %lld\n", name, (long long)json_integer_value(count));
}

static json_t *summary_make(
    const struct simulation *s, struct arena *arena, int64_t milliseconds, bool refused)
{
    json_t *summary = json_pack("{s:I, s:I, s:I, s:I, s:I, s:s}", "entries", (json_int_t)s->filed, "refused",
        (json_int_t)refused, "milliseconds", (json_int_t)milliseconds, "entries_per_second",
        (json_int_t)(s->filed * 1000 / (milliseconds ? milliseconds : 1)), "register",
        (json_int_t)register_size(node_register(s->node)), "until", time_text(arena, s->now));
    stages_add(node_writer(s->node), arena, summary);
    return summary;
}

/* ---- the run ---- */

static int simulate(struct arguments *arguments, struct node *node, const struct tables *tables,
    const struct wanted *wanted, int64_t *clock)
{
    int64_t began = time_now();
    int64_t from = *clock, to = months_later(from, wanted->months);
    if (to > began) {
        to = began;
        fputs("panji simulate: it ends at the present, before the months are full.\n", stderr);
    }
    struct simulation *s = ARENA_NEW(arguments->arena, struct simulation);
    simulation_init(s, node, tables, wanted->seed, clock);
    simulation_plan(s, from, to, wanted->cases_per_month, wanted->diary);
    enum err err = simulation_run(s, to);
    json_t *summary = summary_make(s, arguments->arena, time_now() - began, err == E_PROBLEM);
    summary_print(arguments, summary);
    json_decref(summary);
    int code = 0;
    if (err != E_OK) {
        fprintf(stderr, "panji simulate: step %s: %s\n", s->refused_step ? s->refused_step : "-",
            s->refused_body ? s->refused_body : "-");
        code = problems_print(arguments, &s->problems, err);
    }
    simulation_free(s);
    return code;
}

/* Only a practice register may have another clock, so it is opened twice: first to look. */
static int practice_check(struct arguments *arguments, int64_t *ret_newest)
{
    struct problems problems = {.arena = arguments->arena};
    struct node *node;
    int code = open_node(arguments, true, &node);
    if (code) return code;
    struct db *db CLEANUP(db_closep) = NULL;
    enum err err = node_reader(node, &db);
    if (err == E_OK && !node_practice(db)) {
        problem_add(&problems, "not_practice", NULL, "folder", arguments->data, NULL);
        err = E_DENIED;
    }
    if (err == E_OK)
        *ret_newest =
            db_int_values(db, "SELECT filed_at FROM entry_index ORDER BY seq DESC LIMIT 1", 0, NULL, 0);
    node_close(node);
    return err == E_OK ? 0 : problems_print(arguments, &problems, err);
}

static int run(struct arguments *arguments)
{
    struct problems problems = {.arena = arguments->arena};
    struct wanted wanted;
    if (!dice_seed_read(argument(arguments, "seed"), &wanted.seed)) {
        fputs("panji simulate: --seed takes a whole number.\n", stderr);
        return 2;
    }
    if (!number_read(arguments, "months", 1, 120, &wanted.months) ||
        !number_read(arguments, "cases-per-month", 0, 5000, &wanted.cases_per_month) ||
        !number_read(arguments, "diary", 0, 60, &wanted.diary))
        return 2;
    int64_t clock;
    int code = practice_check(arguments, &clock);
    if (code) return code;
    struct tables *tables;
    struct node *node = NULL;
    enum err err = tables_read(arguments->arena, &problems, &tables);
    if (err == E_OK)
        err = node_open(
            &(struct node_options){
                .folder = arguments->data, .clock = simulation_clock, .clock_context = &clock},
            &problems, &node);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    code = simulate(arguments, node, tables, &wanted, &clock);
    node_close(node);
    return code;
}

const struct verb verb_simulate = {
    .name = "simulate",
    .summary = "file months of invented cases into a practice register",
    .operands = "",
    .description = "Goes on from the newest entry of a practice register and files what happens in the "
                   "district: diaries, FIRs and what "
                   "follows from them at stations, courts, laboratory, hospital and prison, complaints, "
                   "missing people and deaths. "
                   "Crimes come as often as in the figures of Chhattisgarh. panji demo --since DATE opens a "
                   "register in the past for it.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
