/* law/clock_custody: where a person was held from day to day, from the events that change custody. */
#include "base/time.h"
#include "law/clock_run.h"

#define DAY_OPEN (INT32_MAX - 1)

/* From the day on which one custody began to the day on which it gave way to the next, both included. */
struct stay {
    enum custody custody;
    int32_t from, to;
    int64_t seq; /* entry that began it */
};

struct stays {
    size_t count;
    struct stay *list;
};

static void stay_add(struct stays *stays, struct stay stay)
{
    if (stay.custody != CUSTODY_NONE && stay.from <= stay.to) stays->list[stays->count++] = stay;
}

/* Police custody ends with its order and gives way to judicial custody, unless another order says so. */
static void stay_close(
    struct stays *stays, const struct clock_run *run, const struct clock_fact *fact, int32_t to)
{
    enum custody custody = (enum custody)run->clocks->events[fact->event].custody;
    int32_t from = fact_day(fact);
    bool ends = fact->until > 0 && (custody == CUSTODY_POLICE || custody == CUSTODY_EXECUTIVE);
    int32_t until = ends ? time_day_number(fact->until) : to;
    if (!ends || until >= to) {
        stay_add(stays, (struct stay){custody, from, to, fact->seq});
        return;
    }
    stay_add(stays, (struct stay){custody, from, until, fact->seq});
    stay_add(stays, (struct stay){CUSTODY_JUDICIAL, until + 1 > from ? until + 1 : from, to, fact->seq});
}

static bool changes_custody(const struct clock_run *run, const struct clock_fact *fact, uint16_t subject)
{
    return fact->subject == subject && run->clocks->events[fact->event].custody != CUSTODY_UNSAID;
}

static struct stays stays_of(const struct clock_run *run, uint16_t subject)
{
    struct stays stays = {0};
    const struct clock_fact *open = NULL;
    stays.list = ARENA_ARRAY(run->arena, struct stay, 2 * run->fact_count + 2);
    for (size_t i = 0; i < run->fact_count; i++) {
        const struct clock_fact *fact = &run->facts[i];
        if (!changes_custody(run, fact, subject)) continue;
        if (open) stay_close(&stays, run, open, fact_day(fact));
        open = fact;
    }
    if (open) stay_close(&stays, run, open, DAY_OPEN);
    return stays;
}

enum custody custody_at(const struct clock_run *run, uint16_t subject, int64_t at)
{
    enum custody custody = CUSTODY_NONE;
    for (size_t i = 0; subject && i < run->fact_count && run->facts[i].at <= at; i++)
        if (changes_custody(run, &run->facts[i], subject))
            custody = (enum custody)run->clocks->events[run->facts[i].event].custody;
    return custody;
}

struct custody_count custody_count(
    const struct clock_run *run, uint16_t subject, unsigned classes, int32_t from, int n)
{
    struct stays stays = stays_of(run, subject);
    struct custody_count count = {.stopped = CLOCK_NO_DAY};
    int32_t next = from; /* the first day not looked at yet: no day counts twice */
    for (size_t i = 0; i < stays.count; i++) {
        const struct stay *stay = &stays.list[i];
        int32_t first = stay->from > next ? stay->from : next;
        if (!(classes >> stay->custody & 1) || first > stay->to) continue;
        if (first > next) count.resumed_seq = stay->seq;
        if (stay->to - first >= n - count.days - 1) {
            count.reached = true;
            count.day = first + (n - count.days - 1);
            return count;
        }
        count.days += stay->to - first + 1;
        count.stopped = stay->to;
        next = stay->to + 1;
    }
    return count;
}

int custody_days(const struct clock_run *run, uint16_t subject, unsigned classes, int32_t from, int32_t until)
{
    struct stays stays = stays_of(run, subject);
    int days = 0;
    int32_t next = from;
    for (size_t i = 0; i < stays.count; i++) {
        const struct stay *stay = &stays.list[i];
        int32_t first = stay->from > next ? stay->from : next, last = stay->to < until ? stay->to : until;
        if (!(classes >> stay->custody & 1) || first > last) continue;
        days += last - first + 1;
        next = last + 1;
    }
    return days;
}
