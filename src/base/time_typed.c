/* base/time_typed: dates as people type them at a counter: "27/3", "27.3.26 1430", "t", "y 0915".
 *
 * Days come before months, as everywhere in India. Nothing is guessed: what is not one of the known shapes is
 * refused, and a date without a time of day is refused where a time is meant, because an invented
 * midnight in a register is a false statement. */
#include <string.h>

#include "base/time.h"
#include "base/time_calendar.h"

static void skip_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t') (*at)++;
}

/* Up to digits_max digits; how many there were. */
static int read_number(const char **at, int digits_max, int *ret)
{
    int digits = 0, n = 0;
    for (; digits < digits_max && **at >= '0' && **at <= '9'; digits++, (*at)++) n = n * 10 + (**at - '0');
    *ret = n;
    return digits;
}

/* The word itself, in any case, ending at a blank or the end of the text. */
static bool read_word(const char **at, const char *word)
{
    size_t n = strlen(word);
    if (strncasecmp(*at, word, n) != 0) return false;
    char after = (*at)[n];
    if (after != '\0' && after != ' ' && after != '\t') return false;
    *at += n;
    return true;
}

/* day/month, day/month/yy, day/month/yyyy with one separator used throughout: / . or -. */
static bool read_day_first(const char **at, int year_now, int32_t *ret)
{
    int day, month, year = year_now;
    if (read_number(at, 2, &day) == 0) return false;
    char separator = **at;
    if (separator == '\0' || !strchr("/.-", separator)) return false;
    (*at)++;
    if (read_number(at, 2, &month) == 0) return false;
    if (**at == separator) {
        (*at)++;
        int digits = read_number(at, 4, &year);
        if (digits != 2 && digits != 4) return false;
        if (digits == 2) year += 2000;
    }
    if (!calendar_valid(year, month, day)) return false;
    *ret = calendar_day_number(year, month, day);
    return true;
}

static bool read_year_first(const char **at, int32_t *ret)
{
    char date[11];
    for (size_t i = 0; i < 10; i++) {
        if ((*at)[i] == '\0') return false;
        date[i] = (*at)[i];
    }
    date[10] = '\0';
    if (!time_parse_date(date, ret)) return false;
    *at += 10;
    return true;
}

/* 1430, 0915, 930, 14:30, 14.30, 9:05: the minute of the day. */
static bool read_minute(const char **at, int *ret)
{
    int hour, minute;
    int digits = read_number(at, 4, &hour);
    if (digits >= 3) {
        minute = hour % 100;
        hour /= 100;
    } else {
        if (digits == 0 || (**at != ':' && **at != '.')) return false;
        (*at)++;
        if (read_number(at, 2, &minute) != 2) return false;
    }
    if (hour > 23 || minute > 59) return false;
    *ret = hour * 60 + minute;
    return true;
}

static int64_t day_start(int32_t day)
{
    return day * TIME_DAY_MS - TIME_IST_OFFSET_MS;
}

bool time_parse_typed(const char *text, int64_t now, bool want_time, int64_t *ret)
{
    int32_t day, today = time_day_number(now);
    skip_blanks(&text);
    if (want_time && time_parse(text, ret)) return true;
    bool is_now = read_word(&text, "now");
    if (is_now || read_word(&text, "t")) day = today;
    else if (read_word(&text, "y")) day = today - 1;
    else if (!read_year_first(&text, &day) && !read_day_first(&text, time_civil(now).year, &day))
        return false;
    bool blank_or_t = *text == ' ' || *text == '\t' || *text == 'T';
    if (*text == 'T') text++;
    skip_blanks(&text);
    if (*text == '\0') {
        if (want_time && day != today) return false;
        *ret = want_time ? now : day_start(day);
        return true;
    }
    int minute;
    if (is_now || !want_time || !blank_or_t || !read_minute(&text, &minute)) return false;
    skip_blanks(&text);
    if (*text) return false;
    *ret = day_start(day) + minute * 60 * TIME_SECOND_MS;
    return true;
}
