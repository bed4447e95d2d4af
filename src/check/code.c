/* check/code: see code.h. The letters are those of RFC 9285. */
#include "code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"

#define BYTES_MAX 4096

struct packed {
    uint8_t bytes[BYTES_MAX];
    size_t n, at;
    bool short_of; /* more was read than there is */
};

static int letter_value(char c)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? (int)(at - letters) : -1;
}

/* Three letters are two bytes, two at the end are one. */
static bool letters_read(struct packed *ret, struct span text)
{
    if (text.n % 3 == 1 || text.n / 3 * 2 + 1 > BYTES_MAX) return false;
    for (size_t i = 0; i < text.n; i += 3) {
        bool three = i + 2 < text.n;
        int low = letter_value(text.p[i]), middle = letter_value(text.p[i + 1]);
        int high = three ? letter_value(text.p[i + 2]) : 0;
        if (low < 0 || middle < 0 || high < 0) return false;
        int number = low + 45 * middle + 2025 * high;
        if (number > (three ? 0xFFFF : 0xFF)) return false;
        if (three) ret->bytes[ret->n++] = (uint8_t)(number >> 8);
        ret->bytes[ret->n++] = (uint8_t)number;
    }
    return true;
}

static const uint8_t *take(struct packed *packed, size_t n)
{
    static const uint8_t nothing[BYTES_MAX];
    if (n > packed->n - packed->at) {
        packed->short_of = true;
        return nothing;
    }
    packed->at += n;
    return packed->bytes + packed->at - n;
}

static uint64_t take_number(struct packed *packed, int bytes)
{
    const uint8_t *p = take(packed, (size_t)bytes);
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++) number = number << 8 | p[i];
    return number;
}

static void put_base64(FILE *out, const uint8_t *p, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        uint32_t bits =
            (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
        fputc(letters[bits >> 18], out);
        fputc(letters[bits >> 12 & 63], out);
        fputc(left > 1 ? letters[bits >> 6 & 63] : '=', out);
        fputc(left > 2 ? letters[bits & 63] : '=', out);
    }
}

/* The same proof in the spelling of C2SP tlog-proof. */
static void proof_write(FILE *out, struct packed *packed)
{
    size_t entry_len = (size_t)take_number(packed, 2);
    fputs("c2sp.org/tlog-proof@v1\nextra ", out);
    const uint8_t *entry = take(packed, entry_len);
    if (packed->short_of) return;
    put_base64(out, entry, entry_len);
    fprintf(out, "\nindex %llu\n", (unsigned long long)take_number(packed, 8));
    for (uint64_t left = take_number(packed, 1); left > 0; left--) {
        put_base64(out, take(packed, 32), 32);
        fputc('\n', out);
    }
    size_t origin_len = (size_t)take_number(packed, 1);
    const uint8_t *origin = take(packed, origin_len);
    if (packed->short_of) return;
    fputc('\n', out);
    fwrite(origin, 1, origin_len, out);
    fprintf(out, "\n%llu\n", (unsigned long long)take_number(packed, 8));
    put_base64(out, take(packed, 32), 32);
    fputs("\n\n\xe2\x80\x94 ", out);
    fwrite(origin, 1, origin_len, out);
    fputc(' ', out);
    put_base64(out, take(packed, 68), 68);
    fputc('\n', out);
}

bool code_is(const char *text, size_t n)
{
    return n >= strlen(CODE_START) && memcmp(text, CODE_START, strlen(CODE_START)) == 0;
}

char *code_proof(const char *text, size_t n, size_t *ret_n)
{
    struct span rest = {text, n};
    if (!scan_prefix(&rest, CODE_START)) return NULL;
    while (rest.n > 0 && (rest.p[rest.n - 1] == '\n' || rest.p[rest.n - 1] == '\r')) rest.n--;
    struct packed packed = {.n = 0};
    if (!letters_read(&packed, rest)) return NULL;
    char *proof = NULL;
    FILE *out = open_memstream(&proof, ret_n);
    if (!out) abort();
    proof_write(out, &packed);
    if (fclose(out) != 0) abort();
    if (!packed.short_of && packed.at == packed.n) return proof;
    free(proof);
    return NULL;
}

static char *small(char *text)
{
    for (char *at = text; *at; at++)
        if (*at >= 'A' && *at <= 'Z') *at = (char)(*at - 'A' + 'a');
    return text;
}

bool code_page_read(struct code_page *ret, const char *text, size_t n)
{
    struct span rest = {text, n};
    while (rest.n > 0 && (rest.p[rest.n - 1] == '\n' || rest.p[rest.n - 1] == '\r')) rest.n--;
    if (!scan_prefix(&rest, CODE_PAGE_START) || rest.n != 36 + 1 + 64 || rest.p[36] != ':') return false;
    char leaf[65];
    memcpy(ret->id, rest.p, 36);
    ret->id[36] = '\0';
    memcpy(leaf, rest.p + 37, 64);
    leaf[64] = '\0';
    return scan_id((struct span){small(ret->id), 36}) && check_hex(ret->leaf, 32, small(leaf), 64);
}
