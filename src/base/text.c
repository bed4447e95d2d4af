/* base/text: the Unicode tables are libunistring's. Most text is ASCII and already clean, and skips them. */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/bytes.h"

/* Length of the ASCII and Devanagari in front, which is nearly all there is: quicker than the tables. */
static size_t plain_length(const unsigned char *text, size_t n)
{
    size_t at = 0;
    for (;;) {
        while (n - at >= BYTES_WORD && !(bytes_load(text + at) & BYTES_TOP)) at += BYTES_WORD;
        while (at < n && text[at] < 0x80) at++;
        bool devanagari = n - at >= 3 && text[at] == 0xE0 && (text[at + 1] & 0xFE) == 0xA4 &&
                          (text[at + 2] & 0xC0) == 0x80;
        if (!devanagari) return at;
        at += 3;
    }
}

bool text_valid(const char *text, size_t n)
{
    if (n == 0) return true;
    size_t plain = plain_length((const unsigned char *)text, n);
    return memchr(text, '\0', n) == NULL &&
           (plain == n || u8_check((const uint8_t *)text + plain, n - plain) == NULL);
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80) return false;
    return true;
}

/* A blank of any script. */
static bool is_blank(ucs4_t c)
{
    return c < 0x80 ? strchr(" \t\n\r\v\f", (int)c) != NULL : uc_is_property_white_space(c);
}

static bool is_control(ucs4_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static void put_code_point(struct buf *buf, ucs4_t c)
{
    if (c < 0x80) {
        buf_putc(buf, (char)c);
        return;
    }
    uint8_t bytes[6];
    int n = u8_uctomb(bytes, c, sizeof bytes);
    assert(n > 0);
    buf_add(buf, bytes, (size_t)n);
}

/* The text a library function allocated, moved into the arena. */
static const char *text_adopt(struct arena *arena, uint8_t *text, size_t n)
{
    if (!text) {
        fputs("panji: memory: exhausted\n", stderr);
        abort();
    }
    const char *copy = arena_strndup(arena, (const char *)text, n);
    free(text);
    return copy;
}

/* Letters of Devanagari that make one character with a nukta behind them. */
static bool joins_nukta(const unsigned char *letter)
{
    return letter[1] == 0xA4 && (letter[2] == 0xA8 || letter[2] == 0xB0 || letter[2] == 0xB3);
}

/* Length of the character at `at` when it is one that normalising neither changes nor moves: ASCII, Latin
 * below U+0300 that is no blank or control, and Devanagari: without the accents, without the letters that
 * hold a nukta, and with a nukta only behind a letter
 * (`before`, the character in front, or NULL) that keeps it apart. 0: who knows. */
static size_t settled_length(const unsigned char *at, const unsigned char *before)
{
    if (at[0] < 0x80) return 1;
    if (at[0] == 0xC2) return at[1] > 0xA0 ? 2 : 0;
    if (at[0] >= 0xC3 && at[0] <= 0xCB) return 2;
    if (at[0] != 0xE0) return 0;
    bool nukta = at[1] == 0xA4 && at[2] == 0xBC;
    bool behind_letter =
        before && before[0] == 0xE0 && before[1] == 0xA4 && before[2] >= 0x95 && before[2] <= 0xB9;
    if (nukta) return behind_letter && !joins_nukta(before) ? 3 : 0;
    if (at[1] == 0xA4) return 3;
    if (at[1] == 0xA5) return (at[2] < 0x91 || at[2] > 0x94) && (at[2] < 0x98 || at[2] > 0x9F) ? 3 : 0;
    return 0;
}

bool text_settled(const char *text)
{
    const unsigned char *before = NULL;
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        size_t n = settled_length(at, before);
        if (n == 0) return false;
        before = at;
        at += n;
    }
    return true;
}

static const char *text_nfc(struct arena *arena, const char *text)
{
    if (text_settled(text)) return text;
    size_t n;
    uint8_t *nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)text, strlen(text), NULL, &n);
    return text_adopt(arena, nfc, n);
}

static size_t read_code_point(const char *at, const char *end, ucs4_t *ret)
{
    int n = u8_mbtouc(ret, (const uint8_t *)at, (size_t)(end - at));
    return (size_t)n;
}

/* Copies without controls; blanks at the ends go, and within unless kept become one space. */
static const char *text_squeeze(struct arena *arena, const char *text, bool keep_blanks, bool digits_ascii)
{
    size_t length = strlen(text);
    struct buf buf;
    buf_init(&buf, arena, length);
    bool blank_owed = false;
    size_t len_trimmed = 0;
    for (const char *at = text, *end = text + length; at < end;) {
        ucs4_t c;
        at += read_code_point(at, end, &c);
        bool blank = is_blank(c);
        if (is_control(c) && !(blank && (!keep_blanks || c == '\n' || c == '\t'))) continue;
        if (blank && (!keep_blanks || buf.len == 0)) {
            blank_owed = true;
            continue;
        }
        if (blank_owed && buf.len > 0) buf_putc(&buf, ' ');
        blank_owed = false;
        int digit = digits_ascii && c >= 0x80 ? uc_decimal_value(c) : -1;
        put_code_point(&buf, digit >= 0 ? (ucs4_t)('0' + digit) : c);
        if (!blank) len_trimmed = buf.len;
    }
    buf.data[len_trimmed] = '\0';
    return buf.data;
}

/* Dropping a control character may bring two code points together that compose, so normalising comes last. */
const char *text_clean(struct arena *arena, const char *text, bool multiline)
{
    return text_nfc(arena, text_squeeze(arena, text, multiline, false));
}

size_t text_length(const char *text)
{
    size_t n = 0;
    for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

const char *text_fold(struct arena *arena, const char *text)
{
    const char *squeezed = text_squeeze(arena, text, false, true);
    if (is_ascii(squeezed)) {
        char *lower = arena_strdup(arena, squeezed);
        for (char *at = lower; *at; at++)
            if (*at >= 'A' && *at <= 'Z') *at = (char)(*at + ('a' - 'A'));
        return lower;
    }
    size_t n;
    uint8_t *lower = u8_tolower((const uint8_t *)squeezed, strlen(squeezed), NULL, UNINORM_NFC, NULL, &n);
    return text_adopt(arena, lower, n);
}
