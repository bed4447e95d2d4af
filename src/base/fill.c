/* base/fill: see the header. */
#include "base/fill.h"

#include <string.h>

#include "base/buf.h"

#define WORDS_BYTES_MAX ((size_t)64 << 10)

/* The value of the name of n bytes, or NULL. */
static const char *value_find(const struct fill *fills, size_t count, const char *name, size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(fills[i].name) == n && memcmp(fills[i].name, name, n) == 0) return fills[i].value;
    return NULL;
}

const char *words_fill(struct arena *arena, const char *words, const struct fill *fills, size_t count)
{
    struct buf buf;
    buf_init(&buf, arena, WORDS_BYTES_MAX);
    for (;;) {
        size_t plain = strcspn(words, "{");
        buf_add(&buf, words, plain);
        words += plain;
        const char *close = strchr(words, '}');
        if (!*words || !close) break;
        const char *value = value_find(fills, count, words + 1, (size_t)(close - words) - 1);
        if (value) buf_puts(&buf, value);
        else buf_add(&buf, words, (size_t)(close - words) + 1);
        words = close + 1;
    }
    buf_puts(&buf, words);
    return buf.data;
}
