/* base/time_typed: dates as people type them at a counter: "27/3", "27.3.26 1430", "t", "y 0915", "२७/३".
 *
 * Days come before months, as everywhere in India. Nothing is guessed: what is not one of the known shapes is
 * refused, and a date without a time of day is refused where a time is meant, because an invented
 * midnight in a register is a false statement. */
#include <string.h>

#include "base/time.h"
#include "base/time_calendar.h"

#define TYPED_SIZE 64 /* longer than any of the shapes */

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

/* 1430, 0915, 930, 14:30, 14.30, 9:05, 14:30:45: the second of the day. */
static bool read_second(const char **at, bool seconds, int *ret)
{
    int hour, minute, second = 0;
    int digits = read_number(at, 4, &hour);
    if (digits >= 3) {
        minute = hour % 100;
        hour /= 100;
    } else {
        if (digits == 0 || (**at != ':' && **at != '.')) return false;
        (*at)++;
        if (read_number(at, 2, &minute) != 2) return false;
        if (seconds && **at == ':') {
            (*at)++;
            if (read_number(at, 2, &second) != 2) return false;
        }
    }
    if (hour > 23 || minute > 59 || second > 59) return false;
    *ret = (hour * 60 + minute) * 60 + second;
    return true;
}

static int64_t day_start(int32_t day)
{
    return day * TIME_DAY_MS - TIME_IST_OFFSET_MS;
}

/* The text with Devanagari digits made ASCII; false when it is longer than any date. */
static bool digits_plain(const char *text, char *ret, size_t size)
{
    static const unsigned char first[] = {0xE0, 0xA5, 0xA6}; /* ० in UTF-8; ९ ends in 0xAF */
    size_t n = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at; n++) {
        if (n + 1 == size) return false;
        bool digit = at[0] == first[0] && at[1] == first[1] && at[2] >= first[2] && at[2] <= first[2] + 9;
        ret[n] = (char)(digit ? '0' + (at[2] - first[2]) : *at);
        at += digit ? 3 : 1;
    }
    ret[n] = '\0';
    return true;
}

static bool read_now(const char **at)
{
    return read_word(at, "now") || read_word(at, "अभी");
}

static bool read_day(const char **at, int64_t now, int32_t *ret)
{
    int32_t today = time_day_number(now);
    if (read_word(at, "t") || read_word(at, "आज")) {
        *ret = today;
        return true;
    }
    if (read_word(at, "y")) {
        *ret = today - 1;
        return true;
    }
    return read_year_first(at, ret) || read_day_first(at, time_civil(now).year, ret);
}

bool time_parse_typed(const char *typed, int64_t now, bool want_time, int64_t *ret)
{
    char plain[TYPED_SIZE];
    const char *text = plain;
    if (!digits_plain(typed, plain, sizeof plain)) return false;
    int32_t day, today = time_day_number(now);
    skip_blanks(&text);
    if (want_time && time_parse(text, ret)) return true;
    bool is_now = read_now(&text);
    if (is_now) day = today;
    else if (!read_day(&text, now, &day)) return false;
    bool iso = *text == 'T'; /* with seconds it says its zone, and was read above */
    bool blank_or_t = *text == ' ' || *text == '\t' || iso;
    if (iso) text++;
    skip_blanks(&text);
    if (*text == '\0') {
        if (want_time && day != today) return false;
        *ret = want_time ? now : day_start(day);
        return true;
    }
    int second;
    if (is_now || !want_time || !blank_or_t || !read_second(&text, !iso, &second)) return false;
    skip_blanks(&text);
    if (*text) return false;
    *ret = day_start(day) + second * TIME_SECOND_MS;
    return true;
}

const char *time_typed_text(struct arena *arena, int64_t at, bool want_time)
{
    struct civil civil = time_civil(at);
    if (!want_time) return arena_printf(arena, "%d/%d/%d", civil.day, civil.month, civil.year);
    const char *seconds = civil.second ? arena_printf(arena, ":%02d", civil.second) : "";
    return arena_printf(arena, "%d/%d/%d %02d:%02d%s", civil.day, civil.month, civil.year, civil.hour,
        civil.minute, seconds);
}
