/* base/json: jansson at the door, our own writer behind it.
 *
 * Integers stay within ±(2^53−1), because RFC 8785 text is read by tools that keep every number in a double
 * and would otherwise hash something else than we did. */
#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_plain.h"

#define DEPTH_MAX 64
#define INTEGER_MAX 9007199254740991

/* Nesting deeper than allowed, seen without parsing so that the parser's stack is never at risk. */
static bool is_too_deep(const char *text, size_t n)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (in_string) {
            if (c == '\\') i++;
            else if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > DEPTH_MAX) return true;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return false;
}

/* What we do not take although it is JSON, or NULL. */
static const char *value_fault(const json_t *value)
{
    const char *key, *fault = NULL;
    json_t *member;
    size_t i;
    switch (json_typeof(value)) {
    case JSON_REAL: return "a number that is not a whole number";
    case JSON_INTEGER: {
        json_int_t n = json_integer_value(value);
        return n > INTEGER_MAX || n < -INTEGER_MAX ? "a number too large" : NULL;
    }
    case JSON_OBJECT:
        json_object_foreach((json_t *)(uintptr_t)value, key, member)
            if (!fault) fault = value_fault(member);
        return fault;
    case JSON_ARRAY:
        json_array_foreach(value, i, member)
            if (!fault) fault = value_fault(member);
        return fault;
    default: return NULL;
    }
}

static void add_malformed(struct problems *problems, int line, int column, const char *reason)
{
    problem_add(problems, "json_malformed", NULL, "line", arena_printf(problems->arena, "%d", line), "column",
        arena_printf(problems->arena, "%d", column), "reason", reason, NULL);
}

json_t *json_read(const char *text, size_t n, struct problems *problems)
{
    json_t *plain = json_plain(text, n);
    if (plain) return plain;
    if (is_too_deep(text, n)) {
        problem_add(problems, "json_deep", NULL, NULL);
        return NULL;
    }
    json_error_t error;
    json_t *value = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) {
        add_malformed(problems, error.line, error.column, error.text);
        return NULL;
    }
    const char *fault = value_fault(value);
    if (fault) {
        problem_add(problems, "json_number", NULL, "reason", fault, NULL);
        json_decref(value);
        return NULL;
    }
    return value;
}

static void write_string(struct buf *buf, const char *text, size_t n)
{
    static const char letters[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    buf_putc(buf, '"');
    for (size_t at = 0; at < n; at++) {
        size_t plain = json_plain_length(text + at, n - at);
        buf_add(buf, text + at, plain);
        at += plain;
        if (at == n) break;
        unsigned char c = (unsigned char)text[at];
        if (c >= 0x20) buf_putc(buf, '\\'), buf_putc(buf, (char)c);
        else if (letters[c]) buf_putc(buf, '\\'), buf_putc(buf, letters[c]);
        else buf_printf(buf, "\\u%04x", c);
    }
    buf_putc(buf, '"');
}

/* By UTF-16 code units, as RFC 8785 wants. Bytes of UTF-8 sort the same, except that code points above
 * U+FFFF (lead byte F0 and up) are surrogates there and come before U+E000–U+FFFF (lead bytes EE, EF). */
static int key_compare(const char *a, const char *b)
{
    const unsigned char *left = (const unsigned char *)a, *right = (const unsigned char *)b;
    while (*left && *left == *right) left++, right++;
    if (*left >= 0xF0 && *right >= 0xEE && *right < 0xF0) return -1;
    if (*right >= 0xF0 && *left >= 0xEE && *left < 0xF0) return 1;
    return (*left > *right) - (*left < *right);
}

struct member { const char *key; const json_t *value; };

static int member_compare(const void *a, const void *b)
{
    return key_compare(((const struct member *)a)->key, ((const struct member *)b)->key);
}

/* Most objects have a handful of members, for which this is quicker than qsort(). */
static void members_sort(struct member *members, size_t n)
{
    if (n > 32) {
        qsort(members, n, sizeof *members, member_compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct member member = members[i];
        size_t at = i;
        for (; at > 0 && key_compare(members[at - 1].key, member.key) > 0; at--)
            members[at] = members[at - 1];
        members[at] = member;
    }
}

static void write_object(struct buf *buf, const json_t *object)
{
    size_t count = json_object_size(object), n = 0;
    struct member *members = ARENA_ARRAY(buf->arena, struct member, count + 1);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) members[n++] = (struct member){key, value};
    members_sort(members, n);
    buf_putc(buf, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0) buf_putc(buf, ',');
        write_string(buf, members[i].key, strlen(members[i].key));
        buf_putc(buf, ':');
        json_canonical(buf, members[i].value);
    }
    buf_putc(buf, '}');
}

void json_canonical(struct buf *buf, const json_t *value)
{
    json_t *member;
    size_t i;
    switch (json_typeof(value)) {
    case JSON_OBJECT: write_object(buf, value); return;
    case JSON_ARRAY:
        buf_putc(buf, '[');
        json_array_foreach(value, i, member) {
            if (i > 0) buf_putc(buf, ',');
            json_canonical(buf, member);
        }
        buf_putc(buf, ']');
        return;
    case JSON_STRING: write_string(buf, json_string_value(value), json_string_length(value)); return;
    case JSON_INTEGER: buf_put_int(buf, json_integer_value(value)); return;
    case JSON_TRUE: buf_puts(buf, "true"); return;
    case JSON_FALSE: buf_puts(buf, "false"); return;
    case JSON_NULL: buf_puts(buf, "null"); return;
    case JSON_REAL: break;
    }
    assert(!"a real number never reaches canonical text");
}

const char *json_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

int64_t json_int(const json_t *object, const char *key, int64_t otherwise)
{
    const json_t *member = json_object_get(object, key);
    return json_is_integer(member) ? json_integer_value(member) : otherwise;
}

bool json_flag(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

/* One step of a path: a member's name, or a place in an array. */
static json_t *json_step(const json_t *at, const char *name, size_t n)
{
    if (json_is_object(at)) return json_object_getn(at, name, n);
    if (!json_is_array(at) || n == 0 || n > 6) return NULL;
    size_t index = 0;
    for (size_t i = 0; i < n; i++) {
        if (name[i] < '0' || name[i] > '9') return NULL;
        index = index * 10 + (size_t)(name[i] - '0');
    }
    return json_array_get(at, index);
}

json_t *json_at(const json_t *root, const char *path)
{
    json_t *at = (json_t *)(uintptr_t)root;
    while (at && *path) {
        size_t n = strcspn(path, ".");
        at = json_step(at, path, n);
        path += n;
        if (*path == '.') path++;
    }
    return at;
}

void json_drop(json_t **json)
{
    json_decref(*json);
}

/* ---- memory ---- */

static _Thread_local struct arena *values_arena; /* see json_into_arena() */

static void *value_take(size_t n)
{
    return values_arena ? arena_alloc(values_arena, n) : malloc(n);
}

static void value_give(void *piece)
{
    if (!values_arena) free(piece);
}

/* Before there is a second thread, which would see the change half made. */
__attribute__((constructor)) static void memory_take_over(void)
{
    json_set_alloc_funcs(value_take, value_give);
}

void json_into_arena(struct arena *arena)
{
    values_arena = arena;
}
