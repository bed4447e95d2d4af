/* check/scan: see scan.h. */
#include "scan.h"

#include <string.h>

bool scan_line(struct span *rest, struct span *ret_line)
{
    const char *newline = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    if (!newline) return false;
    *ret_line = (struct span){rest->p, (size_t)(newline - rest->p)};
    rest->n -= ret_line->n + 1;
    rest->p = newline + 1;
    return true;
}

bool scan_prefix(struct span *text, const char *prefix)
{
    size_t n = strlen(prefix);
    if (text->n < n || memcmp(text->p, prefix, n) != 0) return false;
    text->p += n;
    text->n -= n;
    return true;
}

bool scan_decimal(struct span text, uint64_t *ret)
{
    if (text.n == 0 || text.n > 18 || (text.n > 1 && text.p[0] == '0')) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') return false;
        value = value * 10 + (uint64_t)(text.p[i] - '0');
    }
    *ret = value;
    return true;
}

bool scan_id(struct span text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!text.p[i] || !strchr("0123456789abcdef-", text.p[i])) return false;
    return text.n == 36;
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool scan_base64(struct span text, uint8_t *ret, size_t max, size_t *ret_n)
{
    if (text.n % 4 != 0) return false;
    size_t padding = 0;
    while (padding < 2 && text.n > padding && text.p[text.n - 1 - padding] == '=') padding++;
    size_t n = text.n / 4 * 3 - padding;
    if (n > max) return false;
    uint32_t bits = 0;
    int count = 0;
    uint8_t *at = ret;
    for (size_t i = 0; i < text.n - padding; i++) {
        int value = base64_value(text.p[i]);
        if (value < 0) return false;
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        *at++ = (uint8_t)(bits >> count);
        bits &= (1u << count) - 1;
    }
    *ret_n = n;
    return bits == 0;
}

/* The length of the well-formed UTF-8 character at the front (Unicode table 3-7) and its code point; 0 if
 * none. */
static size_t utf8_character(struct span text, uint32_t *ret)
{
    const uint8_t *p = (const uint8_t *)text.p;
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;
    if (n == 0 || n > text.n) return 0;
    uint32_t point = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (p[i] >> 6 != 2) return 0;
        point = point << 6 | (p[i] & 0x3F);
    }
    if (point < smallest[n] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0;
    *ret = point;
    return n;
}

/* White_Space of Unicode, beyond the control characters. */
static bool is_blank(uint32_t point)
{
    return point == 0x20 || point == 0x85 || point == 0xA0 || point == 0x1680 ||
        (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
        point == 0x205F || point == 0x3000;
}

bool scan_name(struct span text, size_t max)
{
    if (text.n == 0 || text.n > max) return false;
    while (text.n > 0) {
        uint32_t point = 0;
        size_t n = utf8_character(text, &point);
        if (n == 0 || point < 0x20 || point == 0x7F || point == '+' || is_blank(point)) return false;
        text.p += n;
        text.n -= n;
    }
    return true;
}

bool scan_note_text(struct span text)
{
    while (text.n > 0) {
        uint32_t point = 0;
        size_t n = utf8_character(text, &point);
        if (n == 0 || (point < 0x20 && point != '\n')) return false;
        text.p += n;
        text.n -= n;
    }
    return true;
}
