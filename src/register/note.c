/* register/note: see note.h. Section names in comments are those of the C2SP texts. */
#include "register/note.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "register/hash.h"

#define SIGNER_PREFIX "PRIVATE+KEY+"
#define TYPE_ED25519 0x01 /* signed-note, "Signature types" */
#define BASE64_MAX 128
#define EM_DASH_LINE "\xe2\x80\x94 "

static const char name_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./:_-";

bool note_name_valid(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n <= NOTE_NAME_MAX && strspn(name, name_characters) == n;
}

static void base64_encode(char ret[BASE64_MAX], const uint8_t *bytes, size_t n)
{
    sodium_bin2base64(ret, BASE64_MAX, bytes, n, sodium_base64_VARIANT_ORIGINAL);
}

/* Exactly size bytes in the one valid spelling. */
static bool base64_decode(uint8_t *ret, size_t size, const char *text, size_t n)
{
    size_t got = 0;
    const char *end = NULL;
    return sodium_base642bin(ret, size, text, n, NULL, &got, &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
        got == size && end == text + n;
}

/* signed-note, "Signatures": the key ID as recommended there. */
static void note_key_identify(struct note_key *key)
{
    char text[NOTE_NAME_MAX + 2 + 32];
    size_t n = strlen(key->name);
    memcpy(text, key->name, n);
    text[n++] = '\n';
    text[n++] = TYPE_ED25519;
    memcpy(text + n, key->public_key, 32);
    uint8_t hash[HASH_SIZE];
    hash_bytes(hash, text, n + 32);
    memcpy(key->id, hash, sizeof key->id);
}

static void note_key_from_seed(struct note_key *key, const uint8_t seed[32])
{
    if (sodium_init() < 0) abort();
    crypto_sign_seed_keypair(key->public_key, key->secret_key, seed);
    note_key_identify(key);
}

void note_key_new(struct note_key *ret, const char *name)
{
    assert(note_name_valid(name));
    memset(ret, 0, sizeof *ret);
    memcpy(ret->name, name, strlen(name) + 1);
    uint8_t seed[32];
    id_random(seed, sizeof seed);
    note_key_from_seed(ret, seed);
    sodium_memzero(seed, sizeof seed);
}

static const char *key_line(struct arena *arena, const char *prefix, const struct note_key *key,
    const uint8_t bytes[32])
{
    uint8_t typed[33] = {TYPE_ED25519};
    memcpy(typed + 1, bytes, 32);
    char base64[BASE64_MAX], id[2 * sizeof key->id + 1];
    base64_encode(base64, typed, sizeof typed);
    hex_encode(id, key->id, sizeof key->id);
    return arena_printf(arena, "%s%s+%s+%s", prefix, key->name, id, base64);
}

const char *note_key_text(struct arena *arena, const struct note_key *key)
{
    return key_line(arena, "", key, key->public_key);
}

const char *note_key_secret_text(struct arena *arena, const struct note_key *key)
{
    return key_line(arena, SIGNER_PREFIX, key, key->secret_key); /* libsodium keeps the seed in front */
}

/* Reads "name+id+base64", with or without a newline, into the name, the id and the 32 bytes behind the type.
 */
static bool key_line_read(struct note_key *key, uint8_t ret_bytes[32], const char *text)
{
    memset(key, 0, sizeof *key);
    size_t name_len = strcspn(text, "+");
    if (name_len > NOTE_NAME_MAX || text[name_len] != '+') return false;
    memcpy(key->name, text, name_len);
    const char *id = text + name_len + 1;
    if (!note_name_valid(key->name) || strcspn(id, "+") != 8 || id[8] != '+') return false;
    char id_text[9] = {0};
    memcpy(id_text, id, 8);
    const char *base64 = id + 9;
    size_t n = strcspn(base64, "\n");
    uint8_t typed[33];
    bool fine = hex_decode(key->id, sizeof key->id, id_text) &&
                base64_decode(typed, sizeof typed, base64, n) &&
                (base64[n] == '\0' || base64[n + 1] == '\0') && typed[0] == TYPE_ED25519;
    if (fine) memcpy(ret_bytes, typed + 1, 32);
    sodium_memzero(typed, sizeof typed);
    return fine;
}

bool note_key_read(struct note_key *ret, const char *text)
{
    uint8_t bytes[32], id[4];
    if (sodium_init() < 0) abort();
    if (!key_line_read(ret, bytes, text)) return false;
    memcpy(ret->public_key, bytes, sizeof bytes);
    memcpy(id, ret->id, sizeof id);
    note_key_identify(ret);
    return memcmp(id, ret->id, sizeof id) == 0;
}

bool note_key_secret_read(struct note_key *ret, const char *text)
{
    uint8_t seed[32], id[4];
    size_t prefix = strlen(SIGNER_PREFIX);
    if (strncmp(text, SIGNER_PREFIX, prefix) != 0 || !key_line_read(ret, seed, text + prefix)) return false;
    memcpy(id, ret->id, sizeof id);
    note_key_from_seed(ret, seed);
    sodium_memzero(seed, sizeof seed);
    return memcmp(id, ret->id, sizeof id) == 0;
}

const char *note_sign(
    struct arena *arena, const struct note_key *key, int64_t size, const uint8_t root[HASH_SIZE])
{
    char base64[BASE64_MAX];
    base64_encode(base64, root, HASH_SIZE);
    const char *text = arena_printf(arena, "%s\n%lld\n%s\n", key->name, (long long)size, base64);
    uint8_t signature[4 + 64];
    memcpy(signature, key->id, 4);
    crypto_sign_detached(signature + 4, NULL, (const uint8_t *)text, strlen(text), key->secret_key);
    base64_encode(base64, signature, sizeof signature);
    return arena_printf(arena, "%s\n" EM_DASH_LINE "%s %s\n", text, key->name, base64);
}

/* A line without its newline; false when there is none. */
static bool note_line(const char **at, const char *end, const char **ret_line, size_t *ret_n)
{
    const char *newline = memchr(*at, '\n', (size_t)(end - *at));
    if (!newline) return false;
    *ret_line = *at;
    *ret_n = (size_t)(newline - *at);
    *at = newline + 1;
    return true;
}

static bool note_size(const char *line, size_t n, int64_t *ret)
{
    if (n == 0 || n > 15 || (n > 1 && line[0] == '0')) return false;
    int64_t size = 0;
    for (size_t i = 0; i < n; i++) {
        if (line[i] < '0' || line[i] > '9') return false;
        size = size * 10 + (line[i] - '0');
    }
    *ret = size;
    return true;
}

bool note_read(const struct note_key *key, const char *text, size_t n, struct note *ret)
{
    const char *at = text, *end = text + n, *line = NULL;
    size_t len = 0, name_len = strlen(key->name), dash_len = strlen(EM_DASH_LINE);
    if (!note_line(&at, end, &line, &len) || len != name_len || memcmp(line, key->name, len) != 0)
        return false;
    if (!note_line(&at, end, &line, &len) || !note_size(line, len, &ret->size)) return false;
    if (!note_line(&at, end, &line, &len) || !base64_decode(ret->root, HASH_SIZE, line, len)) return false;
    ret->signed_len = (size_t)(at - text);
    if (!note_line(&at, end, &line, &len) || len != 0) return false;
    if (!note_line(&at, end, &line, &len) || at != end || len <= dash_len + name_len + 1) return false;
    if (memcmp(line, EM_DASH_LINE, dash_len) != 0 || memcmp(line + dash_len, key->name, name_len) != 0 ||
        line[dash_len + name_len] != ' ')
        return false;
    uint8_t signature[4 + 64];
    size_t skip = dash_len + name_len + 1;
    if (!base64_decode(signature, sizeof signature, line + skip, len - skip)) return false;
    if (memcmp(signature, key->id, 4) != 0) return false;
    memcpy(ret->signature, signature + 4, sizeof ret->signature);
    return true;
}

bool note_signed(const struct note_key *key, const char *text, const struct note *note)
{
    return crypto_sign_verify_detached(note->signature, (const uint8_t *)text, note->signed_len,
               key->public_key) == 0;
}
