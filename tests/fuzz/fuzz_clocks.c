/* The reader of law/clocks, law/settings and law/holidays: whatever a State writes there, it is refused
 * with the line, or it is law that a case can be run through.
 *
 * One input is up to three files with a form feed between them: clocks, settings, holidays. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "fuzz.h"
#include "law/clock_files.h"

#define INPUT_MAX 65536
#define FACT_EVERY_MS (7 * TIME_HOUR_MS)
#define FIRST_AT (INT64_C(20270) * TIME_DAY_MS) /* in the year 2025 */

/* The law of offences and the forms, read once for all runs and kept to the end. */
static struct law *law;
static struct forms *forms;

static void open_law(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct problems problems = {.arena = arena};
    if (law_load(&problems, &law) != E_OK || forms_load(NULL, NULL, &problems, &forms) != E_OK) abort();
    arena_free(arena);
}

/* The input's file of that number, from 0; empty when there is none. */
static struct clock_file file_cut(const char *text, size_t n, int number, const char *path)
{
    for (; number > 0; number--) {
        const char *end = memchr(text, '\f', n);
        if (!end) return (struct clock_file){path, text, 0};
        n -= (size_t)(end + 1 - text);
        text = end + 1;
    }
    const char *end = memchr(text, '\f', n);
    return (struct clock_file){path, text, end ? (size_t)(end - text) : n};
}

/* A case in which everything happens, to the whole case and to two persons in turn. */
static struct clock_case case_of_everything(const struct clocks *clocks, struct arena *arena)
{
    size_t events = clocks_event_count(clocks);
    struct clock_case of = {.kind = "fir", .state = "chhattisgarh", .court = "COURT", .office_count = 1};
    of.subjects = ARENA_ARRAY(arena, struct clock_subject, 2);
    of.subject_count = 2;
    of.subjects[0] = (struct clock_subject){"one", 'f', 15000, 15365};
    of.subjects[1] = (struct clock_subject){"other", 0, CLOCK_NO_DAY, CLOCK_NO_DAY};
    of.offices = ARENA_ARRAY(arena, const char *, 1);
    of.offices[0] = "OFFICE";
    of.facts = ARENA_ARRAY(arena, struct clock_fact, 2 * events);
    for (size_t i = 0; i < 2 * events; i++) {
        size_t event = i % events;
        of.facts[of.fact_count++] = (struct clock_fact){.at = FIRST_AT + (int64_t)i * FACT_EVERY_MS,
            .seq = (int64_t)i + 1,
            .number = event == CLOCK_EVENT_OFFENCE ? (int32_t)(i % law_offence_count(law)) : (int32_t)i,
            .event = (uint16_t)event,
            .subject = (uint16_t)(i % 3),
            .office = 1,
            .to = i % 2};
    }
    clock_facts_sort(&of);
    return of;
}

static void rows_look(const struct clocks *clocks, const struct clock_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct clock_row *row = &result->rows[i];
        if (row->clock >= clocks_count(clocks)) abort();
        enum clock_kind kind = clock_at(clocks, row->clock)->kind;
        if (clock_state_at(kind, row, row->start) >= CLOCK_STATE_COUNT) abort();
        if (row->due == CLOCK_NEVER) continue;
        if (clock_next_change(kind, row, row->due) <= row->due) abort();
        const struct clock_words *words = clock_at(clocks, row->clock);
        for (size_t k = 0; k < CLOCK_ALERTS + words->rung_count; k++)
            if (clock_rung_before(k < CLOCK_ALERTS ? &clock_ladder[k] : &words->rungs[k - CLOCK_ALERTS],
                    row->span, row->days) > row->span)
                abort();
    }
}

static void law_run(const struct clocks *clocks, struct arena *arena)
{
    struct clock_case of = case_of_everything(clocks, arena);
    struct clock_result result;
    clock_run(clocks, &of, CLOCK_NEVER, true, arena, &result);
    rows_look(clocks, &result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > INPUT_MAX) return 0;
    if (!law) open_law();
    struct arena *arena = arena_new((size_t)512 << 20);
    struct problems problems = {.arena = arena};
    struct clocks *clocks = clocks_new(arena, law); /* in this arena and gone with it */
    const char *text = (const char *)data;
    struct clock_file blocks = file_cut(text, n, 0, "law/clocks/fuzz");
    struct clock_file settings = file_cut(text, n, 1, "law/settings");
    struct clock_file holidays = file_cut(text, n, 2, "law/holidays");
    settings_read(clocks, &problems, &settings);
    holidays_read(clocks, &problems, &holidays);
    for (int round = 0; round < 2; round++) blocks_read(clocks, &problems, &blocks, round);
    if (problems.count == 0) clocks_ready(clocks, &problems);
    bool whole = problems.count == 0;
    if (whole) clocks_check_forms(clocks, forms, &problems);
    for (size_t i = 0; i < problems.count; i++)
        if (strcmp(problems.list[i].code, "law_wrong") != 0) abort();
    if (whole) law_run(clocks, arena);
    arena_free(arena);
    return 0;
}
