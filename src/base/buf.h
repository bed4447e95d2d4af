/* base/buf: a growing byte buffer with a maximum, living in an arena.
 *
 * The text is always NUL-terminated. A buffer that would pass its maximum sets `overflow`, keeps what it
 * has and ignores the rest: the writer checks once at the end. */
#ifndef PANJI_BASE_BUF_H
#define PANJI_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *data;      /* NUL-terminated; "" when empty */
    size_t len;      /* bytes, without the NUL */
    size_t cap;
    size_t max;      /* largest allowed len */
    bool overflow;   /* something was cut off */
};

void buf_init(struct buf *buf, struct arena *arena, size_t bytes_max);
/* Room for n more bytes; false and `overflow` when that would pass the maximum. */
bool buf_grow(struct buf *buf, size_t n);
void buf_add(struct buf *buf, const void *data, size_t n);
void buf_puts(struct buf *buf, const char *s); /* NULL adds nothing */
void buf_put_int(struct buf *buf, int64_t n); /* decimal */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_reset(struct buf *buf); /* empties, keeps the memory */

static inline void buf_putc(struct buf *buf, char c)
{
    if ((buf->overflow || buf->len == buf->cap) && !buf_grow(buf, 1)) return;
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

#endif
