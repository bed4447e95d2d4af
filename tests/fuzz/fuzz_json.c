/* Whatever json_read() takes, canonical text of it reads back and is the same again. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "fuzz.h"

static const char *canonical(struct arena *arena, const json_t *value, size_t *ret_n)
{
    struct buf buf;
    buf_init(&buf, arena, (size_t)8 << 20);
    json_canonical(&buf, value);
    assert(!buf.overflow);
    *ret_n = buf.len;
    return buf.data;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct problems problems = {.arena = arena};
    json_t *value = json_read((const char *)data, n, &problems);
    assert((value == NULL) == (problems.count > 0));
    if (value) {
        size_t once_n, twice_n;
        const char *once = canonical(arena, value, &once_n);
        json_t *again = json_read(once, once_n, &problems);
        assert(again && json_equal(value, again));
        const char *twice = canonical(arena, again, &twice_n);
        assert(once_n == twice_n && memcmp(once, twice, once_n) == 0);
        json_decref(again);
        json_decref(value);
    }
    arena_free(arena);
    return 0;
}
