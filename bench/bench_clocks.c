/* How fast the law's clocks run: one case through all of them; the clocks of many cases computed anew; and
 * the list of what falls due in a State, beside a plain SQL query by date over the same rows. Cases and
 * offices are invented here and put straight into the tables: what is measured begins where their facts are
 * there. Times are of the processor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "measure.h"
#include "view/clock_lists.h"
#include "view/views.h"

#define STATIONS 900
#define STATIONS_OF_DISTRICT 30
#define LIST_ROWS 100
#define RUNS 2000

/* Of this process: the machine may have other things to do. */
static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct bench {
    struct arena *arena;
    struct law *law;
    struct clocks *clocks;
    struct forms *forms;
    struct view_context context;
    int64_t now;
};

static void bench_open(struct bench *bench)
{
    bench->arena = arena_new((size_t)1 << 30);
    struct problems problems = {.arena = bench->arena};
    if (law_load(&problems, &bench->law) != E_OK ||
        forms_load(NULL, NULL, &problems, &bench->forms) != E_OK ||
        clocks_load(bench->law, bench->forms, NULL, &problems, &bench->clocks) != E_OK)
        give_up("the law cannot be read: %s", problems.list[0].text[LANG_EN]);
    access_load();
    bench->context = (struct view_context){bench->forms, bench->law, bench->clocks};
    bench->now = time_from_civil((struct civil){.year = 2026, .month = 6, .day = 15, .hour = 9});
}

/* ---- a case ---- */

struct making {
    const struct bench *bench;
    struct clock_case of;
    int64_t at, seq;
};

static void told(struct making *making, const char *event, uint16_t subject, int hours)
{
    int place = clock_event_find(making->bench->clocks, event);
    if (place < 0) give_up("there is no event %s", event);
    making->at += hours * TIME_HOUR_MS;
    making->of.facts[making->of.fact_count++] = (struct clock_fact){.at = making->at,
        .seq = ++making->seq,
        .event = (uint16_t)place,
        .subject = subject,
        .office = 1,
        .until = making->at + 4 * TIME_DAY_MS};
}

static void offence(struct making *making, const char *name)
{
    const struct offence *found = law_offence(making->bench->law, name);
    if (!found) give_up("there is no offence %s", name);
    making->of.facts[making->of.fact_count++] = (struct clock_fact){
        .at = making->at, .seq = making->seq, .event = CLOCK_EVENT_OFFENCE, .number = found->place};
}

/* Theft with one accused, twenty days old: FIR, scene, seizure, search, arrest, remands, diaries. */
static struct clock_case case_make(const struct bench *bench, int64_t at, int64_t seq)
{
    static const char *const ids[] = {"01890a5d-ac96-774b-bcce-b302099a8057.2",
        "01890a5d-ac96-774b-bcce-b302099a8057.3", "01890a5d-ac96-774b-bcce-b302099a8057.4"};
    struct making making = {.bench = bench, .at = at, .seq = seq};
    making.of =
        (struct clock_case){.kind = "fir", .state = "chhattisgarh", .subject_count = 3, .office_count = 1};
    making.of.facts = ARENA_ARRAY(bench->arena, struct clock_fact, 64);
    making.of.subjects = ARENA_ARRAY(bench->arena, struct clock_subject, 3);
    making.of.offices = ARENA_ARRAY(bench->arena, const char *, 1);
    making.of.offices[0] = "PS1";
    for (size_t i = 0; i < 3; i++)
        making.of.subjects[i] = (struct clock_subject){ids[i], 'm', 7000 + (int32_t)i, 7365 + (int32_t)i};
    static const char *const story[] = {"registered", "fir_recorded", "fir_copy_given", "fir_sent",
        "scene_examined", "seized", "search_without_warrant", "search_reported", "diary_written",
        "diary_written"};
    for (size_t i = 0; i < sizeof story / sizeof story[0]; i++) {
        told(&making, story[i], 0, 3);
        if (i == 0) offence(&making, "BNS 303(2)");
    }
    static const char *const custody[] = {"arrested", "arrested_freely", "grounds_told", "kin_told",
        "remand_asked", "produced", "remanded_police", "remanded_judicial", "remanded_judicial"};
    for (size_t i = 0; i < sizeof custody / sizeof custody[0]; i++) told(&making, custody[i], 1, 5);
    static const char *const after[] = {"victim_told", "diary_written", "diary_written"};
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++) told(&making, after[i], 0, 24);
    clock_facts_sort(&making.of);
    return making.of;
}

static void one_case_measure(const struct bench *bench)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct clock_case of = case_make(bench, bench->now - 20 * TIME_DAY_MS, 1000);
    struct buf packed;
    buf_init(&packed, bench->arena, 1 << 20);
    clock_pack(&of, &packed);
    double *taken = ARENA_ARRAY(bench->arena, double, RUNS);
    size_t clocks = 0;
    for (size_t i = 0; i < RUNS; i++) {
        double start = cpu_seconds();
        struct clock_case back;
        struct clock_result result;
        if (!clock_unpack(packed.data, packed.len, arena, &back)) give_up("the facts do not come back");
        clock_run(bench->clocks, &back, CLOCK_NEVER, false, arena, &result);
        taken[i] = (cpu_seconds() - start) * 1e6;
        clocks = result.count;
        arena_reset(arena);
    }
    table_note("facts of the case", (double)of.fact_count, "");
    table_note("clocks that run on it", (double)clocks, "");
    table_note("bytes the facts are kept in", (double)packed.len, "");
    table_row("one case through all clocks, p50", percentile(taken, RUNS, 0.5), "us", AT_MOST, 50);
    arena_free(arena);
}

/* ---- many cases ---- */

static void offices_put(struct db *db)
{
    db_run(db,
        "INSERT INTO office(code, entry, kind, pillar, parent, name, name_hi, state) VALUES ('HQ', 'e', "
        "'state_hq',"
        " 'police', NULL, 'HQ', 'HQ', $1)",
        V("chhattisgarh"));
    for (int i = 0; i < STATIONS; i++) {
        char district[16], station[16];
        snprintf(district, sizeof district, "D%d", i / STATIONS_OF_DISTRICT);
        snprintf(station, sizeof station, "PS%d", i);
        if (i % STATIONS_OF_DISTRICT == 0) {
            db_run(db,
                "INSERT INTO office(code, entry, kind, pillar, parent, name, name_hi, state) VALUES ($1, $1,"
                " 'district', 'police', 'HQ', $1, $1, 'chhattisgarh')",
                V(district));
            db_run(db, "INSERT INTO office_above(office, above) VALUES ($1, $1), ($1, 'HQ')", V(district));
        }
        db_run(db,
            "INSERT INTO office(code, entry, kind, pillar, parent, name, name_hi, state) VALUES ($1, $1, "
            "'ps',"
            " 'police', $2, $1, $1, 'chhattisgarh')",
            V(station), V(district));
        db_run(db, "INSERT INTO office_above(office, above) VALUES ($1, $1), ($1, $2), ($1, 'HQ')",
            V(station), V(district));
    }
}

/* Cases of the last hundred days: the facts of one case, each begun at another hour. */
static void cases_put(const struct bench *bench, struct db *db, int64_t cases)
{
    struct clock_case of = case_make(bench, 0, 1);
    struct buf packed;
    buf_init(&packed, bench->arena, 1 << 20);
    struct clock_fact *facts = of.facts;
    of.facts = ARENA_ARRAY(bench->arena, struct clock_fact, of.fact_count);
    for (int64_t i = 0; i < cases; i++) {
        int64_t begun = bench->now - 100 * TIME_DAY_MS + i % 2400 * TIME_HOUR_MS + i % 3600 * TIME_SECOND_MS;
        for (size_t k = 0; k < of.fact_count; k++) {
            of.facts[k] = facts[k];
            of.facts[k].at += begun;
            of.facts[k].until += begun;
            of.facts[k].seq = i + 1;
        }
        char office[16];
        snprintf(office, sizeof office, "PS%lld", (long long)(i * 7919 % STATIONS));
        buf_reset(&packed);
        clock_pack(&of, &packed);
        db_run(db, "INSERT INTO clock_case(thread, office, facts) VALUES ($1, $2, $3)", V(i + 1), V(office),
            VB(packed.data, packed.len));
    }
    db_run(db,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)"
        " INSERT INTO entry_index(seq, id, form, form_version, office, officer, case_id, number, filed_at, "
        "claimed_at,"
        " corrected_by)"
        " SELECT i, printf('case-%d', i), 'fir', 1, 'PS0', 'O1', printf('case-%d', i), NULL, i, 0, -1 FROM n",
        V(cases));
}

static void many_measure(const struct bench *bench, struct db *db, int64_t cases)
{
    if (db_begin(db) != E_OK) give_up("no transaction");
    offices_put(db);
    cases_put(bench, db, cases);
    if (db_status(db) != E_OK) give_up("%s", db_message(db));
    double start = cpu_seconds();
    if (clocks_compute(db, &bench->context) != E_OK) give_up("%s", db_message(db));
    double taken = cpu_seconds() - start;
    if (views_index(db) != E_OK || db_commit(db) != E_OK) give_up("%s", db_message(db));
    table_note("cases", (double)cases, "");
    table_note("rows of clocks", (double)db_int_values(db, "SELECT count(*) FROM clock", 0, NULL, 0), "");
    table_row("all clocks of many cases computed anew", (double)cases / taken, "cases/s", AT_LEAST, 20000);
}

/* ---- what is due in a State ---- */

static const char plain_sql[] =
    "SELECT c.id, c.due_at FROM clock c JOIN office_above a ON a.office = c.office AND a.above = 'HQ'"
    " WHERE c.closed_at IS NULL AND c.due_at BETWEEN $1 AND $2 ORDER BY c.due_at LIMIT 100";

static void due_measure(
    const struct bench *bench, struct db *db, const char *office, const char *what, double limit)
{
    const struct viewer viewer = {"X", office, "state_hq", "police", "sp"};
    enum { TIMES = 60 };
    double ours[TIMES], plain[TIMES];
    int64_t until = bench->now + TIME_DAY_MS;
    for (size_t i = 0; i < TIMES; i++) {
        struct arena *arena = arena_new((size_t)64 << 20);
        const struct clock_filter filter = {
            .which = CLOCKS_COMING, .until = until, .kind = -1, .limit = LIST_ROWS};
        struct clock_line *lines;
        size_t count;
        bool more;
        double start = cpu_seconds();
        if (clock_list(db, &bench->context, arena, &viewer, &filter, bench->now, &lines, &count, &more) !=
            E_OK)
            give_up("%s", db_message(db));
        ours[i] = (cpu_seconds() - start) * 1e3;
        start = cpu_seconds();
        struct rows *rows = db_query(db, plain_sql, V(bench->now), V(until));
        while (db_next(rows)) count--;
        plain[i] = (cpu_seconds() - start) * 1e3;
        arena_free(arena);
    }
    double p99 = percentile(ours, TIMES, 0.99);
    table_row(what, p99, "ms", AT_MOST, limit);
    table_note("  plain SQL by date over the same rows, p50", percentile(plain, TIMES, 0.5), "ms");
    table_note("  times as long as the plain SQL, p50",
        percentile(ours, TIMES, 0.5) / percentile(plain, TIMES, 0.5), "");
}

static void count_measure(const struct bench *bench, struct db *db)
{
    const struct viewer viewer = {"X", "HQ", "state_hq", "police", "sp"};
    struct clock_counts counts;
    double start = cpu_seconds();
    if (clock_count(db, &bench->context, &viewer, NULL, bench->now, &counts) != E_OK)
        give_up("%s", db_message(db));
    table_note("counts of a State: broken, arisen, due in 1, 3, 7 days", (cpu_seconds() - start) * 1e3, "ms");
    table_note("  due within a day", (double)counts.days_1, "");
}

static void alerts_measure(const struct bench *bench, struct db *db)
{
    struct clock_alert *alerts;
    size_t count;
    double start = cpu_seconds();
    if (clock_alerts(db, &bench->context, bench->arena, bench->now - 60 * TIME_SECOND_MS, bench->now, &alerts,
            &count) != E_OK)
        give_up("%s", db_message(db));
    table_note("alerts of one minute", (cpu_seconds() - start) * 1e3, "ms");
    table_note("  alerts", (double)count, "");
}

int main(void)
{
    struct bench bench;
    bench_open(&bench);
    table_begin("The law's clocks");
    one_case_measure(&bench);
    const char *path = arena_printf(bench.arena, "/tmp/panji-bench-clocks-%d.db", (int)getpid());
    unlink(path);
    struct db *db;
    if (db_open(path, DB_BULK, &db) != E_OK || views_create(db) != E_OK) give_up("%s cannot be made", path);
    many_measure(&bench, db, setting("BENCH_CASES", 1000000));
    due_measure(&bench, db, "HQ", "first hundred due in a State within a day, p99", 20);
    count_measure(&bench, db);
    alerts_measure(&bench, db);
    db_close(db);
    unlink(path);
    clocks_free(bench.clocks);
    forms_free(bench.forms);
    law_free(bench.law);
    arena_free(bench.arena);
    return table_end();
}
