/* Whatever urlencoded_read() takes, its pairs written out again read back the same; nothing it gives is
 * without bounds. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "fuzz.h"
#include "web/urlencoded.h"

static void encode(struct buf *buf, const char *text)
{
    for (; *text; text++) buf_printf(buf, "%%%02X", (unsigned char)*text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct pair *pairs, *again;
    size_t count, again_count;
    if (urlencoded_read(arena, (const char *)data, n, &pairs, &count)) {
        struct buf buf;
        buf_init(&buf, arena, (size_t)64 << 20);
        assert(count <= PAIRS_COUNT_MAX);
        for (size_t i = 0; i < count; i++) {
            assert(strlen(pairs[i].name) <= PAIR_NAME_MAX);
            assert(text_valid(pairs[i].name, strlen(pairs[i].name)));
            assert(text_valid(pairs[i].value, strlen(pairs[i].value)));
            buf_puts(&buf, i > 0 ? "&" : "");
            encode(&buf, pairs[i].name);
            buf_putc(&buf, '=');
            encode(&buf, pairs[i].value);
        }
        bool long_name = false; /* three times as long when every byte is escaped */
        for (size_t i = 0; i < count; i++) long_name = long_name || 3 * strlen(pairs[i].name) > PAIR_NAME_MAX;
        if (!long_name) {
            assert(urlencoded_read(arena, buf.data, buf.len, &again, &again_count));
            assert(again_count == count);
            for (size_t i = 0; i < count; i++)
                assert(
                    strcmp(again[i].name, pairs[i].name) == 0 && strcmp(again[i].value, pairs[i].value) == 0);
        }
    }
    arena_free(arena);
    return 0;
}
