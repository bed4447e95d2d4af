/* base/time: instants and Indian dates.
 *
 * An instant is milliseconds since 1970 UTC in an int64_t. India has one zone without summer time, +05:30.
 * In bodies a date is "2026-11-22" and a datetime "2026-11-22T14:30:00+05:30"; canonical text is always
 * in +05:30, so that the same moment has one spelling. Years 1800-2200. */
#ifndef PANJI_BASE_TIME_H
#define PANJI_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define TIME_SECOND_MS ((int64_t)1000)
#define TIME_HOUR_MS (3600 * TIME_SECOND_MS)
#define TIME_DAY_MS (24 * TIME_HOUR_MS)
#define TIME_IST_OFFSET_MS (19800 * TIME_SECOND_MS)

struct civil { int year, month, day, hour, minute, second; };

int64_t time_now(void);                             /* system clock; only filing and sessions may ask */
struct civil time_civil(int64_t at);                /* Indian wall clock */
int64_t time_from_civil(struct civil civil);        /* the instant of an Indian wall-clock time */
int32_t time_day_number(int64_t at);                /* days since 1970-01-01 in India */
int time_weekday(int32_t day_number);               /* 0 Sunday … 6 Saturday */

/* Strict readers; false leaves *ret alone. time_parse takes RFC 3339 with any offset or 'Z', seconds
 * optional. time_parse_date takes YYYY-MM-DD and gives the day number. */
bool time_parse(const char *text, int64_t *ret);
bool time_parse_date(const char *text, int32_t *ret);

/* Reads what people type: "27/3", "27.3.26 1430", "27-03-2026", "t" or "आज" (today or now), "y" (yesterday),
 * "now" or "अभी", ISO forms, digits of Devanagari too. Two-figure years are 2000+; a missing year is now's.
 * want_time: a time of day is meant, and a date alone is refused, since nobody said midnight; otherwise a
 * time is refused and midnight given. */
bool time_parse_typed(const char *text, int64_t now, bool want_time, int64_t *ret);

/* The same moment as typed, "27/3/2026" or "27/3/2026 14:30": what "t" meant when it was typed. */
const char *time_typed_text(struct arena *arena, int64_t at, bool want_time);

const char *time_text(struct arena *arena, int64_t at);            /* 2026-11-22T14:30:00+05:30 */
const char *time_date_text(struct arena *arena, int32_t day);      /* 2026-11-22 */

/* 22 Nov 2026, 14:30 or 22 नवं 2026, 14:30; lang as in base/problem.h. */
const char *time_people_text(struct arena *arena, int64_t at, int lang);
const char *time_people_day(struct arena *arena, int32_t day_number, int lang); /* 22 Nov 2026 */
const char *time_weekday_text(int32_t day_number, int lang); /* "Sunday", "रविवार" */

#endif
