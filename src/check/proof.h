/* check/proof: reads and checks a C2SP tlog-proof. Touches no file and allocates only what proof_free()
 * frees. */
#ifndef PANJI_CHECK_PROOF_H
#define PANJI_CHECK_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROOF_BYTES_MAX ((size_t)1 << 20)
#define PROOF_HASHES_MAX 63
#define PROOF_NAME_MAX 255

/* A trusted verifier key: name+id+base64(0x01 ‖ public key). */
struct check_key {
    char name[PROOF_NAME_MAX + 1];
    uint8_t id[4];
    uint8_t public_key[32];
};

struct proof {
    bool has_extra;
    uint8_t *extra; /* the entry's envelope, where the register puts it */
    size_t extra_len;
    uint64_t index;
    int hash_count;
    uint8_t hashes[PROOF_HASHES_MAX][32];
    const char *note;       /* the checkpoint, in the text given to proof_read() */
    size_t note_text_len;   /* the part that is signed */
    size_t note_len;
    char origin[PROOF_NAME_MAX + 1];
    uint64_t size;
    uint8_t root[32];
};

/* NULL when text is a proof to the letter of the specification, else what is malformed. text must outlive
 * proof. */
const char *proof_read(struct proof *ret, const char *text, size_t n);
void proof_free(struct proof *proof);

/* NULL when the entry stands at index in the tree of the checkpoint, else why not (RFC 6962 2.1.1). */
const char *proof_included(const struct proof *proof, const void *entry, size_t n);

/* NULL when the checkpoint carries a valid signature of the key, else why not. Signatures of unknown keys
 * are ignored, as signed-note demands. */
const char *proof_signed(const struct proof *proof, const struct check_key *key);

/* False when text is not a verifier key of type Ed25519 whose id fits. */
bool check_key_read(struct check_key *ret, const char *text, size_t n);

/* Exactly n bytes of lower-case hexadecimal. */
bool check_hex(uint8_t *ret, size_t n, const char *text, size_t text_len);

#endif
