/* base/id: UUIDv7 (RFC 9562) as 36 lower-case characters, and random bytes from the system. */
#ifndef PANJI_BASE_ID_H
#define PANJI_BASE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ID_TEXT_SIZE 37 /* with the NUL */

/* A new id: 48 bits of at (ms), the rest random, monotonic within one process. Thread-safe. */
void id_new(char ret_id[ID_TEXT_SIZE], int64_t at);

/* The same from given random bytes, for seeded simulation. */
void id_from(char ret_id[ID_TEXT_SIZE], int64_t at, const uint8_t random[10]);

/* Exactly 8-4-4-4-12 lower-case hexadecimal, version 7, variant 10. */
bool id_valid(const char *text);

void id_random(void *ret_bytes, size_t n); /* from the kernel; aborts when it cannot */
void hex_encode(char *ret_text, const uint8_t *bytes, size_t n); /* 2n characters and a NUL */
bool hex_decode(uint8_t *ret_bytes, size_t n, const char *text); /* exactly 2n lower-case characters */

#endif
