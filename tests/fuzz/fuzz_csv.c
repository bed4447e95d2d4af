/* CSV rows come to an end, count upwards and hold only whole strings. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/csv.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    struct csv csv;
    csv_init(&csv, arena, (const char *)data, n);
    int row = 0;
    while (csv_next(&csv)) {
        assert(csv.row > row && csv.field_count >= 1 && csv.field_count <= CSV_FIELDS_MAX);
        row = csv.row;
        size_t bytes = 0;
        for (size_t i = 0; i < csv.field_count; i++) bytes += strlen(csv.fields[i]);
        assert(bytes <= n);
    }
    assert(csv.at == csv.end);
    arena_free(arena);
    return 0;
}
