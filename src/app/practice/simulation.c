/* Planning a span of time and running it. */
#include "app/practice/simulation.h"

#include <string.h>

#include "base/time.h"

#define ARENA_BYTES ((size_t)4 << 30)
#define SCRATCH_BYTES ((size_t)256 << 20)
#define BATCH_ENTRIES 256

int64_t simulation_clock(void *context)
{
    return *(const int64_t *)context;
}

void simulation_init(
    struct simulation *s, struct node *node, const struct tables *tables, uint64_t seed, int64_t *clock)
{
    *s = (struct simulation){.node = node,
        .tables = tables,
        .arena = arena_new(ARENA_BYTES),
        .scratch = arena_new(SCRATCH_BYTES),
        .dice = dice_seeded(seed, 0),
        .seed = seed,
        .stream = (uint64_t)register_size(node_register(node)),
        .clock = clock,
        .now = *clock};
    s->court_number = (int)db_int_values(
        node_writer(node), "SELECT count(*) FROM given_number WHERE series = 'cnr'", 0, NULL, 0);
    roster_load(s);
}

void simulation_free(struct simulation *s)
{
    arena_free(s->scratch);
    arena_free(s->arena);
}

/* ---- planning ---- */

static const struct story *story_pick(struct simulation *s, const char *group)
{
    double total = 0;
    for (size_t i = 0; i < s->tables->story_count; i++)
        if (strcmp(s->tables->stories[i].group, group) == 0) total += s->tables->stories[i].weight;
    double drawn = (double)dice_below(&s->dice, (size_t)total);
    const struct story *last = NULL;
    for (size_t i = 0; i < s->tables->story_count; i++) {
        if (strcmp(s->tables->stories[i].group, group) != 0) continue;
        last = &s->tables->stories[i];
        if ((drawn -= last->weight) < 0) break;
    }
    return last;
}

static const struct practice_office *station_pick(struct simulation *s)
{
    size_t total = 0;
    for (size_t i = 0; i < s->tables->office_count; i++) total += (size_t)s->tables->offices[i].weight;
    size_t drawn = dice_below(&s->dice, total);
    for (size_t i = 0; i < s->tables->office_count; i++) {
        const struct practice_office *office = &s->tables->offices[i];
        if (drawn < (size_t)office->weight) return office;
        drawn -= (size_t)office->weight;
    }
    return NULL;
}

/* The moment moved to an hour at which such things happen. */
static int64_t hour_fitted(struct simulation *s, const struct story *story, int64_t at)
{
    int64_t midnight = (int64_t)time_day_number(at) * TIME_DAY_MS - TIME_IST_OFFSET_MS;
    int hour = strcmp(story->hours, "night") == 0     ? dice_between(&s->dice, 21, 28)
               : strcmp(story->hours, "day") == 0     ? dice_between(&s->dice, 8, 18)
               : strcmp(story->hours, "evening") == 0 ? dice_between(&s->dice, 17, 22)
                                                      : dice_between(&s->dice, 7, 23);
    return midnight + hour * TIME_HOUR_MS + dice_between(&s->dice, 0, 59) * 60 * TIME_SECOND_MS;
}

static void thread_start(struct simulation *s, const struct start *start, const struct story *story,
    const struct practice_office *station, int64_t at)
{
    struct thread *thread = thread_new(s, story, station, at);
    const struct step *step = &s->tables->steps[start->step];
    for (size_t i = 0; i < start->flag_count; i++)
        if (dice_percent(&thread->dice, start->flags[i].percent))
            flags_set(&thread->flags, start->flags[i].flag);
    queue_add(
        s, (struct event){
               .at = working_time(s, thread, step, thread->reported_at), .thread = thread, .step = step});
}

static void start_plan(
    struct simulation *s, const struct start *start, int64_t from, int64_t to, int cases_per_month)
{
    double months = (double)(to - from) / (30.44 * (double)TIME_DAY_MS);
    int64_t count = (int64_t)(months * cases_per_month * start->rate + 0.5);
    for (int64_t i = 0; i < count; i++) {
        const struct story *story = story_pick(s, start->group);
        int64_t at = hour_fitted(s, story, from + (int64_t)dice_below(&s->dice, (size_t)(to - from)));
        thread_start(s, start, story, station_pick(s), at < from ? from + TIME_HOUR_MS : at);
        arena_reset(s->scratch);
    }
}

/* Every station writes its diary all year: as many threads that follow themselves as it writes entries a day.
 */
static void diaries_plan(struct simulation *s, const struct start *start, int64_t from, int per_day)
{
    const struct story *story = story_pick(s, start->group);
    for (size_t i = 0; i < s->tables->office_count; i++)
        for (int k = 0; k < per_day && s->tables->offices[i].weight; k++)
            thread_start(s, start, story, &s->tables->offices[i],
                from + dice_between(&s->dice, 0, 24 * 60 - 1) * 60 * TIME_SECOND_MS);
}

/* ---- leave and transfers: the officers are those of the register ---- */

static void var_post(struct thread *thread, const struct post *post, const char *officer, const char *office,
    const char *entry)
{
    thread_var_set(thread, officer, post->officer);
    thread_var_set(thread, office, post->office);
    thread_var_set(thread, entry, post->entry);
}

static struct thread *staff_thread(struct simulation *s, const struct start *start, int64_t at)
{
    struct thread *thread = thread_new(s, story_pick(s, start->group), station_pick(s), at);
    const struct step *step = &s->tables->steps[start->step];
    queue_add(s, (struct event){.at = working_time(s, thread, step, at), .thread = thread, .step = step});
    return thread;
}

static void leaves_plan(struct simulation *s, const struct start *start, int64_t from, int64_t to)
{
    double years = (double)(to - from) / (365.25 * (double)TIME_DAY_MS);
    for (size_t i = 0; i < s->post_count; i++) {
        if (!s->posts[i].leaves) continue;
        int64_t count = (int64_t)(years * start->rate + (double)dice_below(&s->dice, 100) / 100);
        for (int64_t k = 0; k < count; k++)
            var_post(staff_thread(s, start, from + (int64_t)dice_below(&s->dice, (size_t)(to - from))),
                &s->posts[i], "first_officer", "first_office", "first_posting");
    }
}

/* Investigating officers change places in twos, so that no station stands without. */
static void transfers_plan(struct simulation *s, const struct start *start, int64_t from, int64_t to)
{
    const struct post *waiting = NULL;
    double years = (double)(to - from) / (365.25 * (double)TIME_DAY_MS);
    int percent = (int)(100 * start->rate * (years < 1 ? years : 1));
    for (size_t i = 0; i < s->post_count; i++) {
        const struct post *post = &s->posts[i];
        if (strcmp(post->role, "io") != 0 || !dice_percent(&s->dice, percent)) continue;
        if (!waiting || strcmp(waiting->office, post->office) == 0) {
            waiting = post;
            continue;
        }
        struct thread *thread =
            staff_thread(s, start, from + (int64_t)dice_below(&s->dice, (size_t)(to - from)));
        var_post(thread, waiting, "first_officer", "first_office", "first_posting");
        var_post(thread, post, "second_officer", "second_office", "second_posting");
        waiting = NULL;
    }
}

void simulation_plan(struct simulation *s, int64_t from, int64_t to, int cases_per_month, int diary_per_day)
{
    for (size_t i = 0; i < s->tables->start_count; i++) {
        const struct start *start = &s->tables->starts[i];
        if (strcmp(start->group, "routine") == 0)
            diaries_plan(s, start, from, diary_per_day);
        else if (strcmp(start->group, "inspection") == 0)
            diaries_plan(s, start, from, cases_per_month > 0);
        else if (strcmp(start->group, "leave") == 0)
            leaves_plan(s, start, from, to);
        else if (strcmp(start->group, "transfer") == 0)
            transfers_plan(s, start, from, to);
        else
            start_plan(s, start, from, to, cases_per_month);
    }
}

void simulation_plan_story(
    struct simulation *s, const char *step, const char *story, const char *station, int64_t at)
{
    for (size_t i = 0; i < s->tables->start_count; i++) {
        const struct start *start = &s->tables->starts[i];
        if (strcmp(s->tables->steps[start->step].name, step) != 0) continue;
        for (size_t k = 0; k < s->tables->story_count; k++)
            if (strcmp(s->tables->stories[k].name, story) == 0)
                thread_start(s, start, &s->tables->stories[k], table_office(s->tables, station), at);
        return;
    }
}

/* ---- running ---- */

enum err simulation_run(struct simulation *s, int64_t end)
{
    struct event event;
    enum err err = E_OK;
    int64_t batch = s->filed;
    TRY(filing_batch_begin(s->node));
    /* The last step may bring a diary entry before it, which takes its time: nothing is filed after. */
    int64_t last = end - DIARY_MINUTES_MAX * 60000;
    while (err == E_OK && s->now <= last && queue_take(s, last, &event)) {
        err = act(s, &event);
        if (err != E_OK || s->filed - batch < BATCH_ENTRIES) continue;
        batch = s->filed;
        TRY(filing_batch_end(s->node));
        TRY(filing_batch_begin(s->node));
    }
    enum err finished = filing_batch_end(s->node);
    return err != E_OK ? err : finished;
}
