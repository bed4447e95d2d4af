/* base/script: by ICU, with the rules of lang/scripts. They are made ready on first use, for they take some
 * megabytes that a node which only serves programs does not need; kept for the life of the process. */
#include "base/script.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/builtin.h"
#include "base/text.h"

#define RULES_UNITS_MAX 16384
#define TEXT_UNITS_MAX 2048

enum direction { TO_LATIN, TO_DEVANAGARI, DIRECTIONS };

static UTransliterator *made[DIRECTIONS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static UTransliterator *rules_read(const char *path)
{
    const struct builtin *file = builtin_find(path);
    static UChar rules[RULES_UNITS_MAX]; /* only while the process starts to need it, on one thread */
    static const UChar name[] = {'x', 0};
    int32_t n;
    UErrorCode code = U_ZERO_ERROR;
    UParseError where;
    u_strFromUTF8(rules, RULES_UNITS_MAX, &n, file->data, (int32_t)file->len, &code);
    UTransliterator *rule = utrans_openU(name, 1, UTRANS_FORWARD, rules, n, &where, &code);
    if (U_SUCCESS(code)) return rule;
    fprintf(stderr, "panji: %s: line %d: %s\n", path, where.line, u_errorName(code));
    abort();
}

static void make(void)
{
    made[TO_LATIN] = rules_read("lang/scripts/to_latin");
    made[TO_DEVANAGARI] = rules_read("lang/scripts/to_devanagari");
}

/* Which way; DIRECTIONS when there is nothing to propose. */
static enum direction direction_of(const char *text)
{
    bool latin = false, devanagari = false, other = false;
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at < 0x80) {
            latin = latin || isalpha(*at);
        } else if (at[0] == 0xE0 && (at[1] == 0xA4 || at[1] == 0xA5)) { /* U+0900 to U+097F */
            devanagari = true;
            at += 2;
        } else if (*at >= 0xC0) {
            other = true;
        }
    }
    if (latin == devanagari || other) return DIRECTIONS;
    return latin ? TO_DEVANAGARI : TO_LATIN;
}

const char *script_other(struct arena *arena, const char *text)
{
    size_t size = strlen(text);
    if (size > SCRIPT_TEXT_MAX || !text_valid(text, size)) return NULL;
    enum direction direction = direction_of(text);
    if (direction == DIRECTIONS) return NULL;
    pthread_once(&once, make);
    UChar units[TEXT_UNITS_MAX];
    char *result = arena_alloc(arena, 4 * TEXT_UNITS_MAX);
    int32_t n;
    UErrorCode code = U_ZERO_ERROR;
    u_strFromUTF8(units, TEXT_UNITS_MAX, &n, text, (int32_t)size, &code);
    int32_t end = n;
    /* Transliterators made once and not changed are for all threads. */
    utrans_transUChars(made[direction], units, &n, TEXT_UNITS_MAX, 0, &end, &code);
    u_strToUTF8(result, 4 * TEXT_UNITS_MAX, NULL, units, n, &code);
    return U_SUCCESS(code) ? text_clean(arena, result, false) : NULL;
}
