/* base/id: UUIDv7. Ids made for the same millisecond count upwards from a random start, so a later id of
 * one process always sorts after an earlier one as long as its clock does not run backwards. */
#include "base/id.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define ID_BYTES 16

/* The last id made: the one thing this file remembers, so that ids stay in order. */
static struct {
    pthread_mutex_t lock;
    int64_t at;
    uint8_t random[10];
} last = {.lock = PTHREAD_MUTEX_INITIALIZER, .at = -1};

void id_random(void *ret_bytes, size_t n)
{
    for (uint8_t *at = ret_bytes; n > 0;) {
        ssize_t got = getrandom(at, n, 0);
        if (got <= 0) {
            fputs("panji: the kernel gives no random bytes\n", stderr);
            abort();
        }
        at += got;
        n -= (size_t)got;
    }
}

/* Adds 1 to the 62 bits behind the variant, kept in random[2..9] with the two top bits of random[2] unused;
 * false when they run over. */
static bool count_up(uint8_t random[10])
{
    for (int i = 9; i > 2; i--)
        if (++random[i] != 0) return true;
    random[2] = (uint8_t)((random[2] + 1) & 0x3F);
    return random[2] != 0;
}

void id_new(char ret_id[ID_TEXT_SIZE], int64_t at)
{
    uint8_t random[10];
    id_random(random, sizeof random);
    random[2] &= 0x1F; /* half of the counter's space stays free above the start */
    pthread_mutex_lock(&last.lock);
    if (at == last.at && count_up(last.random)) {
        memcpy(random, last.random, sizeof random);
    } else {
        memcpy(last.random, random, sizeof random);
        last.at = at;
    }
    pthread_mutex_unlock(&last.lock);
    id_from(ret_id, at, random);
}

void id_from(char ret_id[ID_TEXT_SIZE], int64_t at, const uint8_t random[10])
{
    uint8_t bytes[ID_BYTES];
    for (int i = 0; i < 6; i++) bytes[i] = (uint8_t)((uint64_t)at >> (40 - 8 * i));
    memcpy(bytes + 6, random, 10);
    bytes[6] = (uint8_t)(0x70 | (bytes[6] & 0x0F));
    bytes[8] = (uint8_t)(0x80 | (bytes[8] & 0x3F));
    char hex[2 * ID_BYTES + 1];
    hex_encode(hex, bytes, ID_BYTES);
    snprintf(ret_id, ID_TEXT_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/* One more than the value of a digit; 0: it is none. */
static const uint8_t hex_digits[256] = {['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6,
    ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15,
    ['f'] = 16};

static bool is_hex(char c)
{
    return hex_digits[(unsigned char)c] > 0;
}

bool id_valid(const char *text)
{
    static const char shape[] = "hhhhhhhh-hhhh-7hhh-vhhh-hhhhhhhhhhhh";
    size_t i = 0;
    for (; shape[i]; i++) {
        char c = text[i];
        if (shape[i] == 'h' ? !is_hex(c) : shape[i] == 'v' ? !c || !strchr("89ab", c) : c != shape[i])
            return false;
    }
    return text[i] == '\0';
}

void hex_encode(char *ret_text, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        *ret_text++ = digits[bytes[i] >> 4];
        *ret_text++ = digits[bytes[i] & 15];
    }
    *ret_text = '\0';
}

bool hex_decode(uint8_t *ret_bytes, size_t n, const char *text)
{
    if (strlen(text) != 2 * n) return false;
    const unsigned char *at = (const unsigned char *)text;
    for (size_t i = 0; i < 2 * n; i++)
        if (!hex_digits[at[i]]) return false;
    for (size_t i = 0; i < n; i++, at += 2)
        ret_bytes[i] = (uint8_t)((hex_digits[at[0]] - 1) << 4 | (hex_digits[at[1]] - 1));
    return true;
}
