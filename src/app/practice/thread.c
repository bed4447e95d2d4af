/* A thread: what is known of it, which steps are done, which come next. */
#include "app/practice/simulation.h"

#include <assert.h>
#include <string.h>

bool flags_have(const struct word_list *flags, const char *flag)
{
    return words_hold(flags, flag);
}

void flags_set(struct word_list *flags, const char *flag)
{
    if (!words_hold(flags, flag) && flags->count < TABLE_WORDS_MAX) flags->words[flags->count++] = flag;
}

void flags_clear(struct word_list *flags, const char *flag)
{
    for (size_t i = 0; i < flags->count; i++)
        if (strcmp(flags->words[i], flag) == 0) flags->words[i--] = flags->words[--flags->count];
}

/* A step done for nobody in particular counts for everybody. */
static bool done_for(const struct done *done, const struct person *subject)
{
    return !subject || !done->subject || done->subject == subject;
}

const struct done *thread_done(const struct thread *thread, const char *step, const struct person *subject)
{
    for (const struct done *done = thread->done; done; done = done->next)
        if (strcmp(done->step->name, step) == 0 && done_for(done, subject)) return done;
    return NULL;
}

int thread_times(const struct thread *thread, const struct step *step, const struct person *subject)
{
    int times = 0;
    for (const struct done *done = thread->done; done; done = done->next)
        times += done->step == step && done->subject == subject;
    return times;
}

static bool any_person_has(const struct thread *thread, const char *flag)
{
    for (size_t i = 0; i < thread->cast_count; i++)
        for (size_t j = 0; j < thread->casts[i].count; j++)
            if (thread->casts[i].people[j] && flags_have(&thread->casts[i].people[j]->flags, flag))
                return true;
    return false;
}

static bool holds(const struct thread *thread, const struct person *subject, const char *word)
{
    return flags_have(&thread->flags, word) || thread_done(thread, word, subject) ||
           (subject ? flags_have(&subject->flags, word) : any_person_has(thread, word));
}

bool thread_passes(const struct thread *thread, const struct person *subject, const struct test *test)
{
    for (size_t i = 0; i < test->wanted.count; i++)
        if (!holds(thread, subject, test->wanted.words[i])) return false;
    for (size_t i = 0; i < test->unwanted.count; i++)
        if (holds(thread, subject, test->unwanted.words[i])) return false;
    return true;
}

const char *thread_var(const struct thread *thread, const char *name)
{
    for (size_t i = 0; i < thread->var_count; i++)
        if (strcmp(thread->vars[i].name, name) == 0) return thread->vars[i].value;
    return NULL;
}

void thread_var_set(struct thread *thread, const char *name, const char *value)
{
    size_t i = 0;
    while (i < thread->var_count && strcmp(thread->vars[i].name, name) != 0) i++;
    assert(i < sizeof thread->vars / sizeof *thread->vars);
    if (i == thread->var_count) thread->var_count++;
    thread->vars[i].name = name;
    thread->vars[i].value = value;
}

const char *thread_office(struct simulation *simulation, const struct thread *thread, const char *place)
{
    if (!*place || strcmp(place, "home") == 0) return thread->home->code;
    if (strcmp(place, "other") == 0) return thread->other ? thread->other->code : NULL;
    if (strcmp(place, "trial") == 0) place = flags_have(&thread->flags, "committed") ? "sessions" : "court";
    if (strcmp(place, "supervisor") == 0) place = thread->home->parent;
    const struct practice_office *office = table_office(simulation->tables, place);
    return office ? office->code : NULL;
}

/* ---- what comes next ---- */

static void edge_queue(
    struct simulation *s, struct thread *thread, const struct edge *edge, struct person *subject)
{
    const struct step *step = &s->tables->steps[edge->step];
    int64_t delay = dice_delay(&thread->dice, edge->median_ms, edge->spread);
    if (edge->most_ms && delay > edge->most_ms)
        delay = edge->most_ms - dice_between(&thread->dice, 1, 30) * 60000;
    int64_t at = working_time(s, thread, step, s->now + delay);
    if (edge->most_ms && at > s->now + edge->most_ms)
        at = s->now + delay; /* a time limit does not wait for the office */
    queue_add(s, (struct event){.at = at, .thread = thread, .step = step, .edge = edge, .subject = subject});
}

/* The edge for the subject at hand, or for everybody on the list the step is filed for. Its test is asked
 * when the time has come: what it asks for may happen in between. */
static void edge_take(
    struct simulation *s, struct thread *thread, const struct edge *edge, struct person *subject)
{
    const struct step *step = &s->tables->steps[edge->step];
    if (!step->each || subject) {
        if (dice_percent(&thread->dice, edge->chance))
            edge_queue(s, thread, edge, step->each ? subject : NULL);
        return;
    }
    struct cast *cast = thread_cast(thread, step->each);
    for (size_t i = 0; i < cast->count; i++)
        if (dice_percent(&thread->dice, edge->chance)) edge_queue(s, thread, edge, cast->people[i]);
}

/* Of the edges with a share, and a test that holds now, one is drawn. */
static void share_take(struct simulation *s, struct thread *thread, size_t after, struct person *subject)
{
    const struct edge *open[32];
    size_t count = 0;
    int total = 0;
    for (size_t i = 0; i < s->tables->edge_count && count < 32; i++) {
        const struct edge *edge = &s->tables->edges[i];
        if (edge->after != after || !edge->share || !thread_passes(thread, subject, &edge->test)) continue;
        open[count++] = edge;
        total += edge->share;
    }
    if (!total) return;
    int drawn = (int)dice_below(&thread->dice, (size_t)(total > 100 ? total : 100));
    for (size_t i = 0; i < count; i++) {
        if (drawn < open[i]->share) {
            edge_take(s, thread, open[i], subject);
            return;
        }
        drawn -= open[i]->share;
    }
}

void thread_follow(
    struct simulation *s, struct thread *thread, const struct step *step, struct person *subject)
{
    size_t after = (size_t)(step - s->tables->steps);
    share_take(s, thread, after, subject);
    for (size_t i = 0; i < s->tables->edge_count; i++) {
        const struct edge *edge = &s->tables->edges[i];
        if (edge->after == after && !edge->share) edge_take(s, thread, edge, subject);
    }
}
