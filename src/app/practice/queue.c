/* The queue of what is to happen: a heap by time, and the hours at which offices work. */
#include <string.h>

#include "app/practice/simulation.h"
#include "base/time.h"

static bool earlier(const struct event *a, const struct event *b)
{
    return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void grow(struct simulation *s)
{
    if (s->event_count < s->event_max) return;
    size_t wanted = s->event_max ? 2 * s->event_max : 1024;
    struct event *events = ARENA_ARRAY(s->arena, struct event, wanted);
    if (s->event_count) memcpy(events, s->events, s->event_count * sizeof *events);
    s->events = events;
    s->event_max = wanted;
}

void queue_add(struct simulation *s, struct event event)
{
    grow(s);
    event.order = s->order++;
    size_t i = s->event_count++;
    for (; i > 0 && earlier(&event, &s->events[(i - 1) / 2]); i = (i - 1) / 2)
        s->events[i] = s->events[(i - 1) / 2];
    s->events[i] = event;
}

bool queue_take(struct simulation *s, int64_t end, struct event *ret)
{
    if (s->event_count == 0 || s->events[0].at > end) return false;
    *ret = s->events[0];
    struct event last = s->events[--s->event_count];
    size_t i = 0, child;
    while ((child = 2 * i + 1) < s->event_count) {
        if (child + 1 < s->event_count && earlier(&s->events[child + 1], &s->events[child])) child++;
        if (!earlier(&s->events[child], &last)) break;
        s->events[i] = s->events[child];
        i = child;
    }
    s->events[i] = last;
    return true;
}

bool office_closed_on(struct simulation *s, const char *office, int32_t day)
{
    const struct practice_office *found = table_office_coded(s->tables, office);
    const struct place_hours *hours = found ? table_hours(s->tables, found->kind) : NULL;
    return hours && hours->closed_sunday &&
           clock_court_closed(node_views(s->node)->clocks, NULL, office, day);
}

/* The first working minute of the office at or after `at`, a little spread so that not everything is filed at
 * opening. */
int64_t working_time(struct simulation *s, struct thread *thread, const struct step *step, int64_t at)
{
    const char *code = thread_office(s, thread, step->place);
    const struct practice_office *office = code ? table_office_coded(s->tables, code) : NULL;
    const struct place_hours *hours = office ? table_hours(s->tables, office->kind) : NULL;
    if (!hours || step->any_hour) return at;
    for (int days = 0; days < 8; days++) {
        struct civil civil = time_civil(at);
        int minute = civil.hour * 60 + civil.minute;
        bool closed = office_closed_on(s, code, time_day_number(at));
        if (!closed && minute >= hours->open_minute && minute < hours->close_minute) return at;
        int64_t midnight = (int64_t)time_day_number(at) * TIME_DAY_MS - TIME_IST_OFFSET_MS;
        int open = hours->open_minute +
                   dice_between(&thread->dice, 0, (hours->close_minute - hours->open_minute) * 2 / 3);
        int64_t opens =
            midnight + open * 60 * TIME_SECOND_MS + dice_between(&thread->dice, 0, 59) * TIME_SECOND_MS;
        at = !closed && minute < hours->open_minute ? opens : midnight + TIME_DAY_MS + (opens - midnight);
    }
    return at;
}
