/* Dates, numbers and people as clerks wrote them into registers for forty years. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/import.h"
#include "base/text.h"
#include "base/time.h"

#define PERSONS_MAX 200

/* ---- dates ---- */

static const char *const months[][3] = {{"jan", "जन", NULL}, {"feb", "फर", "फ़र"}, {"mar", "मार्च", NULL},
    {"apr", "अप्रैल", NULL}, {"may", "मई", NULL}, {"jun", "जून", NULL}, {"jul", "जुला", NULL},
    {"aug", "अग", NULL}, {"sep", "सित", NULL}, {"oct", "अक्", NULL}, {"nov", "नव", NULL},
    {"dec", "दिस", NULL}};

/* Figures, or a month's name; how many bytes. */
static size_t part_read(const char *at, int *ret, bool *ret_named)
{
    size_t digits = strspn(at, "0123456789");
    *ret_named = false;
    if (digits > 0 && digits <= 4) {
        *ret = (int)strtol(at, NULL, 10);
        return digits;
    }
    size_t letters = strcspn(at, "0123456789 ./-,");
    for (size_t i = 0; i < 12 && digits == 0; i++)
        for (size_t j = 0; j < 3 && months[i][j]; j++)
            if (strncmp(at, months[i][j], strlen(months[i][j])) == 0) {
                *ret = (int)i + 1;
                *ret_named = true;
                return letters;
            }
    return 0;
}

/* The latest year with these two figures that is not after today. */
static int year_of_two(int two, int32_t today)
{
    int now = time_civil((int64_t)today * TIME_DAY_MS).year;
    int year = now / 100 * 100 + two;
    return year > now ? year - 100 : year;
}

static bool date_valid(struct arena *arena, int year, int month, int day, int32_t *ret_day)
{
    return time_parse_date(arena_printf(arena, "%04d-%02d-%02d", year, month, day), ret_day);
}

bool import_date(struct arena *arena, const char *typed, bool month_first, int32_t today, int32_t *ret_day)
{
    const char *at = text_fold(arena, typed);
    int parts[3];
    size_t lengths[3];
    bool named[3];
    for (size_t i = 0; i < 3; i++) {
        lengths[i] = part_read(at, &parts[i], &named[i]);
        if (lengths[i] == 0) return false;
        at += lengths[i];
        size_t marks = strspn(at, " ./-,");
        if ((i < 2 && marks == 0) || marks > 3) return false;
        if (i < 2) at += marks;
    }
    if (*(at + strspn(at, " .")) != '\0') return false;
    if (lengths[0] == 4 && !named[0])
        return !named[2] && lengths[2] <= 2 && date_valid(arena, parts[0], parts[1], parts[2], ret_day);
    if (named[0] || named[2] || (lengths[2] != 2 && lengths[2] != 4) || lengths[0] > 2) return false;
    int year = lengths[2] == 2 ? year_of_two(parts[2], today) : parts[2];
    bool swap = month_first && !named[1];
    return date_valid(arena, year, parts[swap ? 0 : 1], parts[swap ? 1 : 0], ret_day);
}

bool import_minute(struct arena *arena, const char *typed, int *ret_minute)
{
    const char *at = text_fold(arena, typed);
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 4) return false;
    int hour = (int)strtol(at, NULL, 10), minute = 0;
    at += digits;
    if (digits >= 3) {
        minute = hour % 100;
        hour /= 100;
    } else if (*at == ':' || *at == '.') {
        at++;
        if (strspn(at, "0123456789") != 2) return false;
        minute = (int)strtol(at, NULL, 10);
        at += 2;
    }
    at += strspn(at, " ");
    bool after_noon = strncmp(at, "pm", 2) == 0 || strncmp(at, "p.m", 3) == 0;
    bool before_noon = strncmp(at, "am", 2) == 0 || strncmp(at, "a.m", 3) == 0;
    if ((after_noon || before_noon) && (hour < 1 || hour > 12)) return false;
    if (after_noon || before_noon)
        hour = hour % 12 + (after_noon ? 12 : 0);
    else if (digits <= 2 && minute == 0 && !strchr(typed, ':') && !strchr(typed, '.'))
        return false;
    else if (*at && strncmp(at, "hrs", 3) != 0 && strcmp(at, "बजे") != 0)
        return false;
    if (hour > 23 || minute > 59) return false;
    *ret_minute = hour * 60 + minute;
    return true;
}

bool import_number(struct arena *arena, const char *typed, int32_t today, int *ret_number, int *ret_year)
{
    const char *at = text_fold(arena, typed);
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 6) return false;
    long number = strtol(at, NULL, 10);
    at += digits;
    *ret_year = 0;
    at += strspn(at, " ");
    if (*at == '/' || *at == '-') {
        at += 1 + strspn(at + 1, " ");
        size_t figures = strspn(at, "0123456789");
        if (figures != 2 && figures != 4) return false;
        int year = (int)strtol(at, NULL, 10);
        *ret_year = figures == 2 ? year_of_two(year, today) : year;
        at += figures;
    }
    if (*at || number < 1 || number > 99999) return false;
    *ret_number = (int)number;
    return true;
}

/* ---- people ---- */

static const struct {
    const char *word, *relation;
} relations[] = {{"s/o", "father"}, {"d/o", "father"}, {"w/o", "husband"}, {"c/o", "care_of"},
    {"पिता", "father"}, {"पति", "husband"}, {"आत्मज", "father"}, {"पुत्र", "father"}, {"पुत्री", "father"},
    {"पत्नी", "husband"}, {"वल्द", "father"}};

static const char *const nobody[] = {"nil", "none", "-", "--", "na", "n/a", "निरंक", "शून्य", NULL};

static bool is_nobody(const char *folded)
{
    for (const char *const *word = nobody; *word; word++)
        if (strcmp(*word, folded) == 0) return true;
    return *folded == '\0';
}

/* Where a word stands by itself in the text; NULL. */
static const char *word_in(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = text; *at; at++) {
        if (strncasecmp(at, word, n) != 0 || (at > text && at[-1] != ' ' && at[-1] != ',')) continue;
        if (at[n] == ' ' || at[n] == '.' || (word[1] == '/' && isalpha((unsigned char)at[n]))) return at;
    }
    return NULL;
}

/* A name ends where a comma, the age or the place begins. */
static const char *name_part(struct arena *arena, const char *from, const char *end)
{
    static const char *const ends[] = {"r/o", "aged", "age", "उम्र", "निवासी", "साकिन", "सा.", "नि.", NULL};
    for (const char *const *word = ends; *word; word++) {
        const char *at = word_in(from, *word);
        if (at && at < end) end = at;
    }
    const char *comma = memchr(from, ',', (size_t)(end - from));
    return text_clean(arena, arena_strndup(arena, from, (size_t)((comma ? comma : end) - from)), false);
}

static json_t *person_read(struct arena *arena, const char *typed)
{
    const char *end = typed + strlen(typed), *found = NULL, *relation = NULL;
    size_t length = 0;
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++) {
        const char *at = word_in(typed, relations[i].word);
        if (!at || (found && at >= found) || at == typed) continue;
        found = at;
        relation = relations[i].relation;
        length = strlen(relations[i].word);
    }
    json_t *person = json_object();
    const char *name = name_part(arena, typed, found ? found : end);
    json_object_set_new(person, "name", json_string(*name ? name : typed));
    const char *relative = found ? name_part(arena, found + length + strspn(found + length, " ."), end) : "";
    if (*relative) {
        json_object_set_new(person, "relation", json_string(relation));
        json_object_set_new(person, "relative_name", json_string(relative));
    }
    return person;
}

/* "1. Ram", "2) Shyam": the number goes. */
static const char *after_count(const char *typed)
{
    size_t digits = strspn(typed, "0123456789");
    if (digits == 0 || digits > 2 || !strchr(".)", typed[digits]) || !typed[digits]) return typed;
    return typed + digits + 1 + strspn(typed + digits + 1, " ");
}

json_t *import_persons(struct arena *arena, const char *typed)
{
    json_t *persons = json_array();
    char *copy = arena_strdup(arena, typed), *rest = copy;
    while (rest && json_array_size(persons) < PERSONS_MAX) {
        char *next = strpbrk(rest, ";\n");
        if (next) *next++ = '\0';
        const char *one = after_count(text_clean(arena, rest, false));
        if (!is_nobody(text_fold(arena, one))) json_array_append_new(persons, person_read(arena, one));
        rest = next;
    }
    return persons;
}
