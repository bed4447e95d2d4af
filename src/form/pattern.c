/* form/pattern: the patterns of text fields, compiled once when a form is read. */
#include <string.h>

#include "form/set.h"

#define PATTERN_BYTES_MAX 200
#define PATTERN_REPEATS_MAX 10000

/* Product of the upper bounds of all repetitions: what the compiled pattern grows with. */
static int64_t pattern_repeats(const char *pattern)
{
    int64_t product = 1;
    for (const char *at = strchr(pattern, '{'); at; at = strchr(at + 1, '{')) {
        int64_t largest = 1, number = 0;
        for (const char *digit = at + 1; *digit && *digit != '}'; digit++) {
            bool is_digit = *digit >= '0' && *digit <= '9';
            number = is_digit && number < PATTERN_REPEATS_MAX ? number * 10 + (*digit - '0')
                     : is_digit                               ? number
                                                              : 0;
            if (number > largest) largest = number;
        }
        product *= largest;
        if (product > PATTERN_REPEATS_MAX) return product;
    }
    return product;
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
    return pattern_repeats(pattern) > PATTERN_REPEATS_MAX ? "the pattern repeats too much" : NULL;
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
