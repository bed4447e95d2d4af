/* base/time: calendar arithmetic on day numbers, and the fixed spellings of instants.
 *
 * The clock of the C library is not used for dates: India has one zone without summer time, so a day is
 * always 86,400 seconds and a shift of 5½ hours is the whole zone. */
#include "base/time.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/time_calendar.h"

int64_t time_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Days from 1970-01-01. Years are counted from March, so that a leap day is the last of its year. */
int32_t calendar_day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int from_march = month <= 2 ? month + 9 : month - 3;
    int in_year = (153 * from_march + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + in_year - 719468;
}

int calendar_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool calendar_valid(int year, int month, int day)
{
    return year >= CALENDAR_YEAR_MIN && year <= CALENDAR_YEAR_MAX && month >= 1 && month <= 12 &&
           day >= 1 && day <= calendar_days_in_month(year, month);
}

static int64_t divide_down(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

int32_t time_day_number(int64_t at)
{
    return (int32_t)divide_down(at + TIME_IST_OFFSET_MS, TIME_DAY_MS);
}

/* Year, month and day of a day number; the way back from calendar_day_number(). */
static struct civil civil_of_day(int32_t day_number)
{
    int64_t days = (int64_t)day_number + 719468; /* since 0000-03-01 */
    int64_t era = divide_down(days, 146097);
    int64_t in_era = days - era * 146097;
    int64_t year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
    int64_t from_march = (5 * in_year + 2) / 153;
    struct civil civil = {0};
    civil.month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    civil.year = (int)(year_in_era + era * 400 + (civil.month <= 2));
    civil.day = (int)(in_year - (153 * from_march + 2) / 5 + 1);
    return civil;
}

struct civil time_civil(int64_t at)
{
    int32_t day_number = time_day_number(at);
    struct civil civil = civil_of_day(day_number);
    int64_t second = (at + TIME_IST_OFFSET_MS - day_number * TIME_DAY_MS) / TIME_SECOND_MS;
    civil.hour = (int)(second / 3600);
    civil.minute = (int)(second / 60 % 60);
    civil.second = (int)(second % 60);
    return civil;
}

int64_t time_from_civil(struct civil civil)
{
    int64_t days = calendar_day_number(civil.year, civil.month, civil.day);
    int64_t seconds = civil.hour * 3600 + civil.minute * 60 + civil.second;
    return days * TIME_DAY_MS + seconds * TIME_SECOND_MS - TIME_IST_OFFSET_MS;
}

int time_weekday(int32_t day_number)
{
    int weekday = (day_number + 4) % 7; /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

/* Exactly `digits` digits at *at, which moves behind them. */
static bool read_digits(const char **at, int digits, int *ret)
{
    int n = 0;
    for (int i = 0; i < digits; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9') return false;
        n = n * 10 + (c - '0');
    }
    *at += digits;
    *ret = n;
    return true;
}

static bool read_char(const char **at, char c)
{
    if (**at != c) return false;
    (*at)++;
    return true;
}

static bool read_date(const char **at, int32_t *ret)
{
    int year, month, day;
    if (!read_digits(at, 4, &year) || !read_char(at, '-') || !read_digits(at, 2, &month) ||
        !read_char(at, '-') || !read_digits(at, 2, &day) || !calendar_valid(year, month, day))
        return false;
    *ret = calendar_day_number(year, month, day);
    return true;
}

/* hh:mm, and :ss with up to nine decimals when there; in ms, the rest of the decimals dropped. */
static bool read_clock(const char **at, int64_t *ret)
{
    int hour, minute, second = 0;
    if (!read_digits(at, 2, &hour) || !read_char(at, ':') || !read_digits(at, 2, &minute)) return false;
    bool seconds = read_char(at, ':');
    if (seconds && !read_digits(at, 2, &second)) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    int64_t ms = (hour * 3600 + minute * 60 + second) * TIME_SECOND_MS;
    if (seconds && read_char(at, '.')) {
        int digits = 0, digit;
        int64_t worth = 100;
        for (; read_digits(at, 1, &digit); digits++, worth /= 10) ms += digit * worth;
        if (digits < 1 || digits > 9) return false;
    }
    *ret = ms;
    return true;
}

static bool read_offset(const char **at, int64_t *ret)
{
    int hour, minute, sign;
    if (read_char(at, 'Z')) {
        *ret = 0;
        return true;
    }
    if (read_char(at, '+')) sign = 1;
    else if (read_char(at, '-')) sign = -1;
    else return false;
    if (!read_digits(at, 2, &hour) || !read_char(at, ':') || !read_digits(at, 2, &minute)) return false;
    if (hour > 23 || minute > 59) return false;
    *ret = sign * (hour * 3600 + minute * 60) * TIME_SECOND_MS;
    return true;
}

bool time_parse(const char *text, int64_t *ret)
{
    int32_t day;
    int64_t clock, offset;
    if (!read_date(&text, &day) || !read_char(&text, 'T') || !read_clock(&text, &clock) ||
        !read_offset(&text, &offset) || *text)
        return false;
    int64_t at = day * TIME_DAY_MS + clock - offset;
    int year = time_civil(at).year; /* the offset may have led over the edge */
    if (year < CALENDAR_YEAR_MIN || year > CALENDAR_YEAR_MAX) return false;
    *ret = at;
    return true;
}

bool time_parse_date(const char *text, int32_t *ret)
{
    int32_t day;
    if (!read_date(&text, &day) || *text) return false;
    *ret = day;
    return true;
}

static char *number_put(char *to, char before, int number, int digits)
{
    if (before) *to++ = before;
    for (int i = digits; i-- > 0; number /= 10) to[i] = (char)('0' + number % 10);
    return to + digits;
}

static char *date_put(char *to, const struct civil *civil)
{
    to = number_put(to, '\0', civil->year, civil->year > 9999 ? 5 : 4);
    to = number_put(to, '-', civil->month, 2);
    return number_put(to, '-', civil->day, 2);
}

/* By hand: every entry has many instants, and printf takes its time. */
const char *time_text(struct arena *arena, int64_t at)
{
    static const char zone[] = "+05:30";
    struct civil c = time_civil(at);
    char text[40], *end = date_put(text, &c);
    end = number_put(end, 'T', c.hour, 2);
    end = number_put(end, ':', c.minute, 2);
    end = number_put(end, ':', c.second, 2);
    memcpy(end, zone, sizeof zone);
    return arena_strdup(arena, text);
}

const char *time_date_text(struct arena *arena, int32_t day)
{
    struct civil c = civil_of_day(day);
    char text[20], *end = date_put(text, &c);
    return arena_strndup(arena, text, (size_t)(end - text));
}

const char *time_weekday_text(int32_t day_number, int lang)
{
    static const char *const days[2][7] = {
        {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
        {"रविवार", "सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार"},
    };
    return days[lang == 1][time_weekday(day_number)];
}

const char *time_people_day(struct arena *arena, int32_t day_number, int lang)
{
    static const char *const months[2][12] = {
        {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
        {"जन", "फ़र", "मार्च", "अप्रै", "मई", "जून", "जुल", "अग", "सित", "अक्टू", "नवं", "दिसं"},
    };
    struct civil c = civil_of_day(day_number);
    return arena_printf(arena, "%d %s %d", c.day, months[lang == 1][c.month - 1], c.year);
}

const char *time_people_text(struct arena *arena, int64_t at, int lang)
{
    struct civil c = time_civil(at);
    return arena_printf(
        arena, "%s, %02d:%02d", time_people_day(arena, time_day_number(at), lang), c.hour, c.minute);
}
