/* base/json_plain: the JSON that nearly all bodies are, read in a fraction of the time.
 *
 * Takes only what cannot be read in two ways: valid UTF-8, strings without escapes, whole numbers up to 15
 * digits, no key twice, little nesting. Anything else, wrong or merely rare, is left to jansson, which also
 * finds the words for it. */
#include "base/json_plain.h"

#include <string.h>

#include "base/bytes.h"
#include "base/text.h"

#define DEPTH_MAX 64
#define DIGITS_MAX 15

struct scan {
    const char *at, *end;
    int depth;
};

static json_t *scan_value(struct scan *scan);

static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end &&
           (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
        scan->at++;
}

/* Steps over c, with blanks on both sides. */
static bool skip(struct scan *scan, char c)
{
    skip_blanks(scan);
    if (scan->at == scan->end || *scan->at != c) return false;
    scan->at++;
    skip_blanks(scan);
    return true;
}

size_t json_plain_length(const char *text, size_t n)
{
    size_t at = 0;
    for (; n - at >= BYTES_WORD; at += BYTES_WORD) {
        uint64_t word = bytes_load(text + at);
        uint64_t stop = bytes_below(word, 0x20) | bytes_equal(word, '"') | bytes_equal(word, '\\');
        if (stop) return at + bytes_first(stop);
    }
    while (at < n && (unsigned char)text[at] >= 0x20 && text[at] != '"' && text[at] != '\\') at++;
    return at;
}

/* The bytes of a string, whose opening quote is next. */
static bool scan_text(struct scan *scan, const char **ret_text, size_t *ret_n)
{
    if (scan->at == scan->end || *scan->at != '"') return false;
    const char *begin = ++scan->at;
    *ret_text = begin;
    *ret_n = json_plain_length(begin, (size_t)(scan->end - begin));
    scan->at += *ret_n;
    if (scan->at == scan->end || *scan->at++ != '"') return false;
    return text_valid(begin, *ret_n);
}

static json_t *scan_string(struct scan *scan)
{
    const char *text;
    size_t n;
    return scan_text(scan, &text, &n) ? json_stringn_nocheck(text, n) : NULL;
}

static json_t *scan_integer(struct scan *scan)
{
    bool negative = *scan->at == '-';
    if (negative) scan->at++;
    const char *begin = scan->at;
    json_int_t value = 0;
    for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++) {
        if (scan->at - begin == DIGITS_MAX) return NULL;
        value = value * 10 + (*scan->at - '0');
    }
    size_t digits = (size_t)(scan->at - begin);
    if (digits == 0 || (*begin == '0' && (digits > 1 || negative))) return NULL;
    if (scan->at < scan->end && strchr(".eE", *scan->at)) return NULL;
    return json_integer(negative ? -value : value);
}

static json_t *scan_word(struct scan *scan, const char *word, json_t *value)
{
    size_t n = strlen(word);
    if ((size_t)(scan->end - scan->at) < n || memcmp(scan->at, word, n) != 0) return NULL;
    scan->at += n;
    return value; /* the three of them are never freed */
}

/* A member; false when it is not plain, or its key was there. */
static bool scan_member(struct scan *scan, json_t *object, size_t members)
{
    const char *key;
    size_t n;
    if (!scan_text(scan, &key, &n) || !skip(scan, ':')) return false;
    json_t *value = scan_value(scan);
    if (!value) return false;
    return json_object_setn_new_nocheck(object, key, n, value) == 0 && json_object_size(object) == members;
}

static json_t *scan_object(struct scan *scan)
{
    json_t *object = json_object();
    scan->at++;
    skip_blanks(scan);
    if (skip(scan, '}')) return object;
    size_t members = 0;
    do {
        if (scan_member(scan, object, ++members)) continue;
        json_decref(object);
        return NULL;
    } while (skip(scan, ','));
    if (skip(scan, '}')) return object;
    json_decref(object);
    return NULL;
}

static json_t *scan_array(struct scan *scan)
{
    json_t *array = json_array();
    scan->at++;
    skip_blanks(scan);
    if (skip(scan, ']')) return array;
    do {
        json_t *value = scan_value(scan);
        if (value && json_array_append_new(array, value) == 0) continue;
        json_decref(array);
        return NULL;
    } while (skip(scan, ','));
    if (skip(scan, ']')) return array;
    json_decref(array);
    return NULL;
}

static json_t *scan_value(struct scan *scan)
{
    if (scan->at == scan->end) return NULL;
    char c = *scan->at;
    if (c == '"') return scan_string(scan);
    if (c == 't') return scan_word(scan, "true", json_true());
    if (c == 'f') return scan_word(scan, "false", json_false());
    if (c == 'n') return scan_word(scan, "null", json_null());
    if (c == '-' || (c >= '0' && c <= '9')) return scan_integer(scan);
    if ((c != '{' && c != '[') || scan->depth == DEPTH_MAX) return NULL;
    scan->depth++;
    json_t *value = c == '{' ? scan_object(scan) : scan_array(scan);
    scan->depth--;
    return value;
}

json_t *json_plain(const char *text, size_t n)
{
    struct scan scan = {.at = text, .end = text + n};
    skip_blanks(&scan);
    json_t *value = scan_value(&scan);
    skip_blanks(&scan);
    if (scan.at == scan.end) return value;
    json_decref(value);
    return NULL;
}
