/* base/buf: doubling growth inside an arena. What a buffer grew out of stays in the arena until the end of
 * the request, at most as much again as the buffer itself. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define CAP_FIRST ((size_t)256)

void buf_init(struct buf *buf, struct arena *arena, size_t bytes_max)
{
    *buf = (struct buf){.arena = arena, .max = bytes_max};
    buf->cap = bytes_max < CAP_FIRST ? bytes_max : CAP_FIRST;
    buf->data = arena_alloc(arena, buf->cap + 1);
}

bool buf_grow(struct buf *buf, size_t n)
{
    if (buf->overflow || n > buf->max - buf->len) {
        buf->overflow = true;
        return false;
    }
    if (n <= buf->cap - buf->len) return true;
    size_t cap = buf->cap;
    while (cap - buf->len < n) cap = cap > buf->max / 2 ? buf->max : cap * 2;
    buf->data = arena_grow(buf->arena, buf->data, buf->len + 1, cap + 1);
    buf->cap = cap;
    return true;
}

void buf_add(struct buf *buf, const void *data, size_t n)
{
    if (n == 0 || !buf_grow(buf, n)) return;
    memcpy(buf->data + buf->len, data, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *s)
{
    if (s) buf_add(buf, s, strlen(s));
}

void buf_put_int(struct buf *buf, int64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0) digits[--at] = '-';
    buf_add(buf, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    if (buf_grow(buf, (size_t)n)) {
        vsnprintf(buf->data + buf->len, (size_t)n + 1, format, again);
        buf->len += (size_t)n;
    }
    va_end(again);
}

void buf_reset(struct buf *buf)
{
    buf->len = 0;
    buf->overflow = false;
    buf->data[0] = '\0';
}
