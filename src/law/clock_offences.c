/* law/clock_offences: which offences stand against the case, or against one person, at an instant. */
#include <limits.h>

#include "law/clock_run.h"

static bool owns_offences(const struct clock_run *run, uint16_t subject, int64_t at)
{
    for (size_t i = 0; subject && i < run->offence_count; i++)
        if (run->offences[i]->subject == subject && run->offences[i]->at <= at) return true;
    return false;
}

static void offence_put(struct clock_offences *offences, uint16_t offence)
{
    for (size_t i = 0; i < offences->count; i++)
        if (offences->list[i] == offence) return;
    if (offences->count < CLOCK_OFFENCES_MAX) offences->list[offences->count++] = offence;
}

void offences_at(const struct clock_run *run, uint16_t subject, int64_t at, struct clock_offences *ret)
{
    uint16_t owner = owns_offences(run, subject, at) ? subject : 0;
    ret->count = 0;
    for (size_t i = 0; i < run->offence_count; i++) {
        const struct clock_fact *fact = run->offences[i];
        if (fact->subject != owner || fact->at > at) continue;
        if (fact->event == CLOCK_EVENT_OFFENCES_GONE)
            ret->count = 0;
        else
            offence_put(ret, (uint16_t)fact->number);
    }
}

/* For comparing only: death over life over any term. */
static int gravity(const struct offence *offence)
{
    return offence->death ? INT_MAX : offence->life ? INT_MAX - 1 : offence->max_months;
}

const struct offence *offences_gravest(const struct clock_run *run, const struct clock_offences *offences)
{
    const struct offence *gravest = NULL;
    for (size_t i = 0; i < offences->count; i++) {
        const struct offence *offence = law_offence_at(run->clocks->law, offences->list[i]);
        if (!gravest || gravity(offence) > gravity(gravest)) gravest = offence;
    }
    return gravest;
}

int offences_maximum(const struct clock_run *run, const struct clock_offences *offences, bool *ret_capital)
{
    const struct offence *gravest = offences_gravest(run, offences);
    *ret_capital = gravest && (gravest->life || gravest->death);
    return gravest ? gravest->max_months : 0;
}
