/* web/urlencoded: one pass, decoding into the arena. */
#include "web/urlencoded.h"

#include <string.h>

#include "base/text.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The decoded text of a piece, NULL when it is malformed. */
static const char *piece_decode(struct arena *arena, const char *at, const char *end)
{
    char *text = arena_alloc(arena, (size_t)(end - at) + 1);
    size_t n = 0;
    while (at < end) {
        if (*at == '%') {
            if (end - at < 3) return NULL;
            int high = hex_digit(at[1]), low = hex_digit(at[2]);
            if (high < 0 || low < 0) return NULL;
            text[n++] = (char)(high * 16 + low);
            at += 3;
        } else {
            text[n++] = *at == '+' ? ' ' : *at;
            at++;
        }
    }
    return text_valid(text, n) ? text : NULL;
}

static size_t count_of(const char *text, size_t n, char wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += text[i] == wanted;
    return count;
}

bool urlencoded_read(
    struct arena *arena, const char *text, size_t n, struct pair **ret_pairs, size_t *ret_count)
{
    size_t most = count_of(text, n, '&') + 1, count = 0;
    if (most > PAIRS_COUNT_MAX) return false;
    struct pair *pairs = ARENA_ARRAY(arena, struct pair, most);
    const char *at = text, *end = text + n;
    while (at < end) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        if (!stop) stop = end;
        if (stop > at) {
            const char *equals = memchr(at, '=', (size_t)(stop - at));
            const char *name_end = equals ? equals : stop;
            if (name_end - at > PAIR_NAME_MAX) return false;
            struct pair pair = {.name = piece_decode(arena, at, name_end),
                .value = equals ? piece_decode(arena, equals + 1, stop) : ""};
            if (!pair.name || !pair.value) return false;
            pairs[count++] = pair;
        }
        at = stop < end ? stop + 1 : end;
    }
    *ret_pairs = pairs;
    *ret_count = count;
    return true;
}
