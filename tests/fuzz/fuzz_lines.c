/* Line files, typed dates and text: the readers that see a line of anything. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/lines.h"
#include "base/text.h"
#include "base/time.h"
#include "fuzz.h"

/* A date that is read is read the same from its own canonical text. */
static void check_dates(struct arena *arena, const char *text)
{
    int64_t now = INT64_C(1700000000000), at, again;
    for (int want_time = 0; want_time < 2; want_time++) {
        if (!time_parse_typed(text, now, want_time, &at)) continue;
        assert(time_parse(time_text(arena, at), &again));
        assert(at - again >= 0 && at - again < TIME_SECOND_MS); /* the text has whole seconds */
    }
}

/* Cleaning twice changes nothing more, and what is clean is still text. */
static void check_text(struct arena *arena, const char *text)
{
    for (int multiline = 0; multiline < 2; multiline++) {
        const char *clean = text_clean(arena, text, multiline);
        assert(text_valid(clean, strlen(clean)));
        assert(strcmp(text_clean(arena, clean, multiline), clean) == 0);
    }
    const char *folded = text_fold(arena, text);
    assert(text_valid(folded, strlen(folded)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, "input", (const char *)data, n);
    int number = 0;
    while (lines_next(&lines, &line)) {
        assert(line.number > number && line.word_count + line.column_count > 0);
        number = line.number;
        for (size_t i = 0; i < line.word_count; i++) assert(line.word_at[i] > line.indent);
    }
    const char *text = arena_strndup(arena, (const char *)data, n);
    check_dates(arena, text);
    if (text_valid(text, strlen(text))) check_text(arena, text);
    arena_free(arena);
    return 0;
}
