/* base/time_calendar: day numbers and month lengths, shared by the readers of dates in this room only. */
#ifndef PANJI_BASE_TIME_CALENDAR_H
#define PANJI_BASE_TIME_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define CALENDAR_YEAR_MIN 1800
#define CALENDAR_YEAR_MAX 2200

/* Days since 1970-01-01 of a valid date. */
int32_t calendar_day_number(int year, int month, int day);

/* Whether the date is in the calendar, between the years above. */
bool calendar_valid(int year, int month, int day);

/* Days in month 1-12. */
int calendar_days_in_month(int year, int month);

#endif
