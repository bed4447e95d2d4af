/* form/pattern: the patterns of text fields, compiled once when a form is read. */
#include <string.h>

#include "form/set.h"

#define PATTERN_BYTES_MAX 200
#define PATTERN_DEPTH_MAX 8
#define PATTERN_REPEAT_MAX 200
#define REPEATS_SUM_MAX 1000

/* The end of a bracket expression that opens at `at`: a ']' that comes first is a member of it. */
static const char *class_end(const char *at)
{
    at += 1 + (at[1] == '^');
    if (*at == ']') at++;
    while (*at && *at != ']') at++;
    return at;
}

/* The largest number between braces. */
static int bounds_largest(const char *at)
{
    int largest = 1, number = 0;
    for (at++; *at && *at != '}'; at++) {
        bool digit = *at >= '0' && *at <= '9';
        if (!digit) number = 0;
        else if (number <= PATTERN_REPEAT_MAX) number = number * 10 + (*at - '0');
        if (number > largest) largest = number;
    }
    return largest;
}

/* Repetitions inside repetitions make compiling and matching endless, here and in other people's tools. */
static const char *repeats_fault(const char *pattern)
{
    bool repeats[PATTERN_DEPTH_MAX + 1] = {false}; /* a group at this depth holds a repetition */
    int depth = 0, sum = 0;
    bool after_repeat = false, group_repeats = false; /* of the piece just before */
    for (const char *at = pattern; *at; at++) {
        bool repeat = *at == '*' || *at == '+' || *at == '{' || *at == '?';
        if (repeat && (after_repeat || (group_repeats && *at != '?')))
            return "the pattern repeats what already repeats";
        if (*at == '{' &&
            (bounds_largest(at) > PATTERN_REPEAT_MAX || (sum += bounds_largest(at)) > REPEATS_SUM_MAX))
            return "the pattern repeats too much";
        if (repeat) repeats[depth] = true;
        after_repeat = repeat;
        group_repeats = false;
        if (*at == '{') at += strcspn(at, "}");
        else if (*at == '[') at = class_end(at);
        else if (*at == '\\' && at[1]) at++;
        else if (*at == '(' && ++depth > PATTERN_DEPTH_MAX) return "the pattern has too many brackets";
        else if (*at == '(') repeats[depth] = false;
        else if (*at == ')' && depth > 0) {
            group_repeats = repeats[depth--];
            repeats[depth] = repeats[depth] || group_repeats;
        }
        if (!*at) break;
    }
    return NULL;
}

/* Only what POSIX and JSON Schema read alike, and what cannot make matching slow or large. */
static const char *pattern_fault(const char *pattern)
{
    if (strlen(pattern) > PATTERN_BYTES_MAX) return "the pattern is too long";
    if (strstr(pattern, "[:") || strstr(pattern, "[.") || strstr(pattern, "[="))
        return "write the pattern without [:classes:], which JSON Schema does not know";
    for (const char *at = pattern; *at; at++) {
        if ((unsigned char)*at >= 0x80) return "the pattern may hold ASCII characters only";
        if (*at == '\\' && (at[1] == '\0' || !strchr("\\.[](){}*+?^$/-", at[1])))
            return "a backslash may only stand before a sign";
        if (*at == '\\') at++;
    }
    return repeats_fault(pattern);
}

const struct matcher *matcher_new(struct forms *forms, const char *pattern, const char **ret_fault)
{
    *ret_fault = pattern_fault(pattern);
    if (*ret_fault) return NULL;
    struct matcher *matcher = ARENA_NEW(forms->arena, struct matcher);
    int code = regcomp(&matcher->regex, arena_printf(forms->arena, "^(%s)$", pattern),
        REG_EXTENDED | REG_NOSUB);
    if (code != 0) {
        char words[128];
        regerror(code, &matcher->regex, words, sizeof words);
        *ret_fault = arena_printf(forms->arena, "the pattern is wrong: %s", words);
        return NULL;
    }
    matcher->next = forms->matchers;
    forms->matchers = matcher;
    return matcher;
}

bool matcher_fits(const struct matcher *matcher, const char *text)
{
    return regexec(&matcher->regex, text, 0, NULL, 0) == 0;
}
