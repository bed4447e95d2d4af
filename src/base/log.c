/* base/log: a line is put together on the stack and leaves in one write, so lines of different threads never
 * mix. What does not fit is cut: a log line has no business being long. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 2048

/* Set once at start by the command line. */
static atomic_int level_max = LOG_INFO;

struct log_text {
    size_t len;
    char data[LINE_MAX_BYTES]; /* the last byte stays free for the newline */
};

void log_set_level(enum log_level level)
{
    atomic_store(&level_max, (int)level);
}

static void put(struct log_text *line, char c)
{
    if (line->len < LINE_MAX_BYTES - 1) line->data[line->len++] = c;
}

static void put_text(struct log_text *line, const char *text)
{
    while (*text) put(line, *text++);
}

static void put_value(struct log_text *line, const char *value)
{
    bool quoted = value[0] == '\0' || strpbrk(value, " =\"\\");
    for (const char *at = value; *at && !quoted; at++) quoted = (unsigned char)*at < 0x20 || *at == 0x7F;
    if (quoted) put(line, '"');
    for (const char *at = value; *at; at++) {
        if (*at == '"' || *at == '\\') put(line, '\\');
        put(line, (unsigned char)*at < 0x20 || *at == 0x7F ? ' ' : *at);
    }
    if (quoted) put(line, '"');
}

static const char *level_text(enum log_level level)
{
    switch (level) {
    case LOG_ERROR: return "error";
    case LOG_WARNING: return "warning";
    case LOG_INFO: return "info";
    case LOG_DEBUG: return "debug";
    }
    return "unknown";
}

void log_line(enum log_level level, const char *event, ...)
{
    if ((int)level > atomic_load(&level_max)) return;
    struct log_text line;
    line.len = 0;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct tm utc;
    gmtime_r(&now.tv_sec, &utc);
    char time_text[40];
    strftime(time_text, sizeof time_text, "time=%Y-%m-%dT%H:%M:%SZ", &utc);
    put_text(&line, time_text);
    put_text(&line, " level=");
    put_text(&line, level_text(level));
    put_text(&line, " event=");
    put_value(&line, event);
    va_list args;
    va_start(args, event);
    for (const char *name; (name = va_arg(args, const char *)) != NULL;) {
        const char *value = va_arg(args, const char *);
        put(&line, ' ');
        put_text(&line, name);
        put(&line, '=');
        put_value(&line, value ? value : "");
    }
    va_end(args);
    line.data[line.len++] = '\n';
    /* A log that cannot be written must not stop the work it tells of. */
    ssize_t written = write(STDERR_FILENO, line.data, line.len);
    (void)written;
}
