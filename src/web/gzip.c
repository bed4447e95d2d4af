/* web/gzip: see the header. */
#include "web/gzip.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#define LENGTH_MIN 600 /* what fits one packet anyway gains nothing */
#define LEVEL_PAGE 3   /* two thirds of the time of level 6 for a twentieth more bytes */
#define WINDOW_BITS 14 /* pages repeat themselves within 16 KB; a quarter of the memory of the largest */
/* A long form holds the same lists again for every address in it, farther apart than that: half the bytes. */
#define LONG_FROM (48 << 10)
#define LONG_LEVEL_PAGE 8
#define LONG_WINDOW_BITS 15
#define LONG_MEMORY_LEVEL 9
#define GZIP_HEADER 16
#define MEMORY_LEVEL 7

/* "gzip;q=0" is a refusal; "*" takes whatever is offered. */
bool gzip_taken(const struct request *request)
{
    const char *at = request_header(request, "Accept-Encoding");
    while (at && *at) {
        at += strspn(at, " ,\t");
        size_t n = strcspn(at, ",;");
        size_t name = n;
        while (name > 0 && at[name - 1] == ' ') name--;
        bool ours = (name == 4 && strncasecmp(at, "gzip", 4) == 0) || (name == 1 && at[0] == '*');
        const char *end = at + strcspn(at, ",");
        const char *weight = at[n] == ';' ? strstr(at + n, "q=") : NULL;
        if (weight && weight < end && strspn(weight + 2, "0.") == strcspn(weight + 2, ", \t")) ours = false;
        if (ours) return true;
        at = end;
    }
    return false;
}

static void *memory_take(void *arena, unsigned count, unsigned size)
{
    return arena_alloc(arena, (size_t)count * size);
}

static void memory_leave(void *arena, void *at) /* goes with the arena */
{
    (void)arena;
    (void)at;
}

const char *gzip_bytes(struct arena *arena, const char *data, size_t n, int level, size_t *ret_n)
{
    z_stream stream = {.zalloc = memory_take, .zfree = memory_leave, .opaque = arena};
    bool is_long = n >= LONG_FROM;
    int ok = deflateInit2(&stream, level, Z_DEFLATED,
        (is_long ? LONG_WINDOW_BITS : WINDOW_BITS) + GZIP_HEADER, is_long ? LONG_MEMORY_LEVEL : MEMORY_LEVEL,
        Z_DEFAULT_STRATEGY);
    assert(ok == Z_OK && n <= PAGE_BYTES_MAX);
    size_t room = deflateBound(&stream, n);
    char *small = arena_alloc(arena, room);
    stream.next_in = (Bytef *)(uintptr_t)data; /* zlib only reads it */
    stream.avail_in = (uInt)n;
    stream.next_out = (Bytef *)small;
    stream.avail_out = (uInt)room;
    ok = deflate(&stream, Z_FINISH);
    assert(ok == Z_STREAM_END);
    *ret_n = room - stream.avail_out;
    deflateEnd(&stream);
    return *ret_n < n ? small : NULL;
}

static bool is_text(const char *type)
{
    static const char *const texts[] = {"text/html", "application/json", "application/problem+json"};
    for (size_t i = 0; type && i < sizeof texts / sizeof texts[0]; i++)
        if (strncmp(type, texts[i], strlen(texts[i])) == 0) return true;
    return false;
}

void gzip_answer(struct request *request)
{
    struct response *answer = &request->response;
    if (answer->fd >= 0 || answer->varies || !is_text(answer->type) || answer->len < LENGTH_MIN) return;
    answer->varies = true;
    if (!gzip_taken(request)) return;
    size_t n;
    const char *small = gzip_bytes(request->arena, answer->data, answer->len,
        answer->len < LONG_FROM ? LEVEL_PAGE : LONG_LEVEL_PAGE, &n);
    if (!small) return;
    answer->data = small;
    answer->len = n;
    answer->gzipped = true;
}
