/* What tests of pages begin with: one arena, and the words of lang/messages. */
#ifndef PANJI_TESTS_WORDS_WORLD_H
#define PANJI_TESTS_WORDS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/words.h"

static struct arena *arena;

static inline int words_begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 << 20);
    words_load();
    return 0;
}

static inline int words_end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#endif
