/* law/clock_state: how a row stands at an instant. What was broken stays broken, however late it is mended.
 */
#include "law/clocks.h"

const char *clock_state_word(enum clock_state state)
{
    static const char *const words[CLOCK_STATE_COUNT] = {
        "due", "paused", "met", "breached", "arisen", "lapsed", "ended"};
    return words[state];
}

/* What the passing of the day does by itself. */
static enum clock_state state_passed(enum clock_kind kind)
{
    static const enum clock_state states[CLOCK_KIND_COUNT] = {[CLOCK_DUTY] = CLOCK_BREACHED,
        [CLOCK_RIGHT] = CLOCK_ARISEN,
        [CLOCK_BAR] = CLOCK_MET,
        [CLOCK_LIMIT] = CLOCK_BREACHED,
        [CLOCK_LAPSE] = CLOCK_LAPSED};
    return states[kind];
}

static enum clock_state state_closed(enum clock_kind kind, const struct clock_row *row)
{
    bool late = row->closed > row->due;
    switch (row->closing) {
    case CLOCK_OPEN: break;
    case CLOSED_MET: return late ? state_passed(kind) : CLOCK_MET;
    case CLOSED_BARRED: return CLOCK_BREACHED;
    case CLOSED_USED: return CLOCK_MET;
    case CLOSED_LOST: return CLOCK_LAPSED;
    case CLOSED_ENDED: return !late ? CLOCK_ENDED : kind == CLOCK_RIGHT ? CLOCK_LAPSED : state_passed(kind);
    }
    return CLOCK_DUE;
}

enum clock_state clock_state_at(enum clock_kind kind, const struct clock_row *row, int64_t at)
{
    if (row->closing != CLOCK_OPEN && row->closed <= at) return state_closed(kind, row);
    if (at > row->due) return state_passed(kind);
    return row->paused && row->paused <= at ? CLOCK_PAUSED : CLOCK_DUE;
}

int64_t clock_next_change(enum clock_kind kind, const struct clock_row *row, int64_t at)
{
    (void)kind;
    bool over = row->closing != CLOCK_OPEN && row->closed <= at;
    return over || at > row->due || row->due == CLOCK_NEVER ? CLOCK_NEVER : row->due + 1;
}
