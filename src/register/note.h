/* register/note: signed checkpoints (C2SP signed-note and tlog-checkpoint) and the node's Ed25519 key.
 *
 * One key, one signature, no extension lines: the parts of both specifications that a log itself needs. */
#ifndef PANJI_REGISTER_NOTE_H
#define PANJI_REGISTER_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "register/register.h"

#define NOTE_NAME_MAX 100
#define NOTE_BYTES_MAX 1024

struct note_key {
    char name[NOTE_NAME_MAX + 1];
    uint8_t id[4];          /* SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public), its first bytes */
    uint8_t public_key[32];
    uint8_t secret_key[64]; /* zero in a key that only checks */
};

struct note {
    int64_t size;
    uint8_t root[HASH_SIZE];
    uint8_t signature[64];
    size_t signed_len; /* bytes of the text that are signed */
};

/* Letters, digits and "./:_-", at most NOTE_NAME_MAX: what stands in a note, in JSON and in a URL unescaped.
 */
bool note_name_valid(const char *name);

/* A fresh key for a node, from the kernel's random bytes. */
void note_key_new(struct note_key *ret, const char *name);

/* The verifier key, name+id+key, and the signer key kept in node.key. signed-note names no form for either;
 * these are the ones of golang.org/x/mod/sumdb/note, which the C2SP tools read. */
const char *note_key_text(struct arena *arena, const struct note_key *key);
const char *note_key_secret_text(struct arena *arena, const struct note_key *key);
bool note_key_read(struct note_key *ret, const char *text);
bool note_key_secret_read(struct note_key *ret, const char *text);

/* The signed checkpoint of a tree. */
const char *note_sign(
    struct arena *arena, const struct note_key *key, int64_t size, const uint8_t root[HASH_SIZE]);

/* Reads a checkpoint of the key's node, to the byte as note_sign() writes it; the signature is not yet
 * checked. */
bool note_read(const struct note_key *key, const char *text, size_t n, struct note *ret);
bool note_signed(const struct note_key *key, const char *text, const struct note *note);

#endif
