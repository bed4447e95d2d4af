/* print/code: the square code of a paper. It holds the tlog-proof itself, so that a paper can be checked
 * without asking anybody: bytes packed (docs/prints.md), then written in the 45 letters that a QR code stores
 * best (RFC 9285). */
#include "print/code.h"

#include <qrencode.h>
#include <sodium.h>
#include <string.h>

#define PAYLOAD_MAX 2900 /* letters; more makes a code nobody can scan from paper */
#define HASH_BYTES 32
#define SIGNATURE_BYTES 68 /* key id and Ed25519 signature */
#define HASHES_MAX 63

struct packing {
    struct buf bytes;
    const char *at; /* the rest of the proof */
    bool wrong;
};

static void put_number(struct buf *buf, uint64_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--) buf_putc(buf, (char)(uint8_t)(number >> (8 * i)));
}

/* The next line without its newline; "" and wrong at the end. */
static const char *line_next(struct packing *packing)
{
    const char *line = packing->at, *end = strchr(line, '\n');
    if (!end) {
        packing->wrong = true;
        return "";
    }
    packing->at = end + 1;
    return arena_strndup(packing->bytes.arena, line, (size_t)(end - line));
}

/* What stands behind the words a line must begin with. */
static const char *line_after(struct packing *packing, const char *words)
{
    const char *line = line_next(packing);
    size_t n = strlen(words);
    if (strncmp(line, words, n) == 0) return line + n;
    packing->wrong = true;
    return "";
}

static void put_base64(struct packing *packing, const char *text, size_t wanted, bool counted)
{
    size_t n = strlen(text), len = 0;
    uint8_t *bytes = arena_alloc(packing->bytes.arena, n + 1);
    if (sodium_base642bin(bytes, n, text, n, NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        (wanted && len != wanted) || len > UINT16_MAX) {
        packing->wrong = true;
        return;
    }
    if (counted) put_number(&packing->bytes, len, 2);
    buf_add(&packing->bytes, bytes, len);
}

static uint64_t decimal(struct packing *packing, const char *text)
{
    size_t n = strlen(text);
    uint64_t number = 0;
    if (n == 0 || n > 18 || strspn(text, "0123456789") != n) packing->wrong = true;
    for (size_t i = 0; i < n && !packing->wrong; i++) number = number * 10 + (uint64_t)(text[i] - '0');
    return number;
}

static void hashes_pack(struct packing *packing)
{
    struct buf hashes;
    struct packing inner = {.at = packing->at};
    buf_init(&hashes, packing->bytes.arena, HASHES_MAX * HASH_BYTES);
    inner.bytes = hashes;
    int count = 0;
    for (const char *line; !inner.wrong && *(line = line_next(&inner)); count++)
        put_base64(&inner, line, HASH_BYTES, false);
    packing->wrong = packing->wrong || inner.wrong || inner.bytes.overflow || count > HASHES_MAX;
    packing->at = inner.at;
    put_number(&packing->bytes, (uint64_t)count, 1);
    buf_add(&packing->bytes, inner.bytes.data, inner.bytes.len);
}

/* Origin, size and root, and the signature of the origin itself. */
static void note_pack(struct packing *packing)
{
    const char *origin = line_next(packing);
    size_t n = strlen(origin);
    if (n == 0 || n > UINT8_MAX) packing->wrong = true;
    put_number(&packing->bytes, n, 1);
    buf_add(&packing->bytes, origin, n);
    put_number(&packing->bytes, decimal(packing, line_next(packing)), 8);
    put_base64(packing, line_next(packing), HASH_BYTES, false);
    if (*line_next(packing)) packing->wrong = true; /* extension lines are signed too and would be missing */
    const char *start = arena_printf(packing->bytes.arena, "— %s ", origin);
    put_base64(packing, line_after(packing, start), SIGNATURE_BYTES, false);
}

static const char *base45(struct arena *arena, const uint8_t *bytes, size_t n)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    struct buf text;
    buf_init(&text, arena, PAYLOAD_MAX);
    buf_puts(&text, PRINT_CODE_START);
    for (size_t i = 0; i < n; i += 2) {
        bool pair = i + 1 < n;
        unsigned number = pair ? bytes[i] * 256U + bytes[i + 1] : bytes[i];
        buf_putc(&text, letters[number % 45]);
        buf_putc(&text, letters[number / 45 % 45]);
        if (pair) buf_putc(&text, letters[number / 2025]);
    }
    return text.overflow ? NULL : text.data;
}

const char *print_code_payload(struct arena *arena, const char *proof)
{
    struct packing packing = {.at = proof};
    buf_init(&packing.bytes, arena, PAYLOAD_MAX);
    if (*line_after(&packing, "c2sp.org/tlog-proof@v1")) return NULL;
    put_base64(&packing, line_after(&packing, "extra "), 0, true);
    put_number(&packing.bytes, decimal(&packing, line_after(&packing, "index ")), 8);
    hashes_pack(&packing);
    note_pack(&packing);
    if (packing.wrong || packing.bytes.overflow) return NULL;
    return base45(arena, (const uint8_t *)packing.bytes.data, packing.bytes.len);
}

const char *code_page_payload(struct arena *arena, const char *id, const char *leaf)
{
    struct buf text;
    buf_init(&text, arena, PAYLOAD_MAX);
    buf_printf(&text, "%s%s:%s", PRINT_PAGE_START, id, leaf);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z') text.data[i] = (char)(text.data[i] - 'a' + 'A');
    return text.data;
}

/* Repairs a third more damage where the squares stay large enough. */
struct code *code_make(const char *text)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code && code->version <= 27) return (struct code *)code;
    QRcode_free(code);
    return (struct code *)QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
}

void code_free(struct code *code)
{
    QRcode_free((QRcode *)code);
}

int code_width(const struct code *code)
{
    return ((const QRcode *)code)->width;
}

bool code_dark(const struct code *code, int x, int y)
{
    const QRcode *squares = (const QRcode *)code;
    return squares->data[y * squares->width + x] & 1;
}
