/* base/arena: memory that lives and dies with one request or job.
 *
 * Everything a request allocates comes from its arena and is freed in one go; nothing inside is freed
 * singly. Limits are checked where input enters, so an arena that passes its maximum is a bug and ends
 * the process, as does real exhaustion. Not thread-safe: one arena belongs to one thread at a time. */
#ifndef PANJI_BASE_ARENA_H
#define PANJI_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena that may hand out at most bytes_max bytes. Aborts when memory is exhausted. */
struct arena *arena_new(size_t bytes_max);

/* Frees the arena and all it handed out. NULL is allowed. */
void arena_free(struct arena *arena);

/* Forgets all allocations but keeps one block, large enough for most of a round like the last, for loops that
 * reuse one arena. */
void arena_reset(struct arena *arena);

/* n zeroed bytes, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *arena, size_t n);

/* A piece of n bytes that begins with the first `used` of an older one; what is behind them is not zeroed. */
void *arena_grow(struct arena *arena, const void *piece, size_t used, size_t n);

/* A NUL-terminated copy of s (NULL stays NULL), or of the first n bytes at p. */
char *arena_strdup(struct arena *arena, const char *s);
char *arena_strndup(struct arena *arena, const char *p, size_t n);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* A zeroed struct or array from the arena. */
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

#endif
