/* web/url: addresses of our own, made from a pattern and values. */
#include <stdarg.h>
#include <string.h>

#include "web/request.h"

const char *url_make(struct arena *arena, const char *pattern, ...)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct buf buf;
    buf_init(&buf, arena, 64 << 10);
    va_list args;
    va_start(args, pattern);
    for (; *pattern; pattern++) {
        if (*pattern != '%') {
            buf_putc(&buf, *pattern);
            continue;
        }
        const char *text = va_arg(args, const char *);
        for (; text && *text; text++) {
            if (strchr(safe, *text))
                buf_putc(&buf, *text);
            else
                buf_printf(&buf, "%%%02X", (unsigned char)*text);
        }
    }
    va_end(args);
    return buf.data;
}
