/* law/clock_calendar: days and months as the General Clauses Act counts them. */
#include "base/time.h"
#include "law/clocks.h"

int64_t clock_day_start(int32_t day)
{
    return day * TIME_DAY_MS - TIME_IST_OFFSET_MS;
}

int64_t clock_day_end(int32_t day)
{
    return clock_day_start(day + 1) - 1;
}

int32_t clock_day_months(int32_t day, int months)
{
    struct civil date = time_civil(clock_day_start(day));
    int month = 12 * date.year + date.month - 1 + months;
    struct civil first = {.year = month / 12, .month = month % 12 + 1, .day = 1};
    struct civil after = {.year = first.year + first.month / 12, .month = first.month % 12 + 1, .day = 1};
    int32_t from = time_day_number(time_from_civil(first)),
            last = time_day_number(time_from_civil(after)) - 1;
    return from + date.day - 1 < last ? from + date.day - 1 : last;
}
