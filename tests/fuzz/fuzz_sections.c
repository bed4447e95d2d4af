/* The reader of sections as clerks type them: whatever the bytes, what it reads stands in the law, each once,
 * and what it leaves has a reason. */
#include <stdlib.h>
#include <string.h>

#include "law/law.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The law, read once for all runs and kept to the end. */
static struct law *law;

static void open_law(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct problems problems = {.arena = arena};
    if (law_load(&problems, &law) != E_OK) abort();
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!law) open_law();
    struct arena *arena = arena_new(4 << 20);
    const char *text = arena_strndup(arena, (const char *)data, n < 8000 ? n : 8000);
    struct section_reading reading;
    law_read_sections(law, arena, text, n % 2 ? LAW_SANHITA_DAY : LAW_SANHITA_DAY - 1, &reading);
    for (size_t i = 0; i < reading.count; i++) {
        if (!law_offence(law, reading.offences[i])) abort();
        for (size_t j = 0; j < i; j++)
            if (strcmp(reading.offences[i], reading.offences[j]) == 0) abort();
    }
    for (size_t i = 0; i < reading.left_count; i++)
        if (!reading.left[i].text || !*reading.left[i].why) abort();
    const struct offence *found[20];
    if (law_offence_find(law, text, LAW_SANHITA_DAY, found, 20) > 20) abort();
    arena_free(arena);
    return 0;
}
