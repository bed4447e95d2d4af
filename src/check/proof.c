/* check/proof: see proof.h. Section names are those of C2SP tlog-proof, tlog-checkpoint and signed-note. */
#include "proof.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "sha256.h"

#define TYPE_ED25519 0x01
#define SIGNATURE_BYTES_MAX 8192 /* post-quantum signatures of others reach 5 kB and have to be passed over */
#define SIGNATURES_MAX 64        /* signed-note: at least 16 */

static bool scan_hash(struct span line, uint8_t ret[32])
{
    size_t n = 0;
    return scan_base64(line, ret, 32, &n) && n == 32;
}

/* "— name base64": cut into its parts. */
static bool scan_signature(struct span line, struct span *ret_name, uint8_t *ret, size_t max, size_t *ret_n)
{
    if (!scan_prefix(&line, "\xe2\x80\x94 ")) return false;
    const char *blank = line.n ? memchr(line.p, ' ', line.n) : NULL;
    if (!blank) return false;
    *ret_name = (struct span){line.p, (size_t)(blank - line.p)};
    struct span base64 = {blank + 1, line.n - ret_name->n - 1};
    return scan_name(*ret_name, PROOF_NAME_MAX) && scan_base64(base64, ret, max, ret_n) && *ret_n > 4;
}

/* tlog-checkpoint, "Note text" and signed-note, "Format". */
static const char *note_read(struct proof *ret, struct span note)
{
    ret->note = note.p;
    ret->note_len = note.n;
    struct span line;
    if (!scan_note_text(note)) return "the checkpoint is not plain UTF-8 text";
    if (!scan_line(&note, &line) || line.n == 0 || line.n > PROOF_NAME_MAX)
        return "the checkpoint has no origin";
    memcpy(ret->origin, line.p, line.n);
    if (!scan_line(&note, &line) || !scan_decimal(line, &ret->size))
        return "the checkpoint's size is no number";
    if (!scan_line(&note, &line) || !scan_hash(line, ret->root)) return "the checkpoint's root is no hash";
    for (;;) {
        const char *after = note.p;
        if (!scan_line(&note, &line)) return "the checkpoint has no signatures";
        if (line.n > 0) continue; /* extension lines are signed with the rest and mean nothing to us */
        ret->note_text_len = (size_t)(after - ret->note);
        break;
    }
    int count = 0;
    for (; note.n > 0; count++) {
        struct span name;
        uint8_t signature[SIGNATURE_BYTES_MAX];
        size_t n = 0;
        if (!scan_line(&note, &line) || count == SIGNATURES_MAX ||
            !scan_signature(line, &name, signature, sizeof signature, &n))
            return "a signature line of the checkpoint is malformed";
    }
    return count > 0 ? NULL : "the checkpoint has no signatures";
}

static const char *extra_read(struct proof *ret, struct span line)
{
    ret->extra = malloc(line.n + 1);
    if (!ret->extra) abort();
    ret->has_extra = true;
    return scan_base64(line, ret->extra, line.n, &ret->extra_len) ? NULL : "the extra data is not base64";
}

/* tlog-proof, "Format". */
const char *proof_read(struct proof *ret, const char *text, size_t n)
{
    memset(ret, 0, sizeof *ret);
    struct span rest = {text, n}, line;
    if (n > PROOF_BYTES_MAX) return "the proof is longer than 1 MB";
    if (!scan_line(&rest, &line) || !scan_prefix(&line, "c2sp.org/tlog-proof@v1") || line.n != 0)
        return "the first line is not c2sp.org/tlog-proof@v1";
    if (!scan_line(&rest, &line)) return "the proof ends after its first line";
    if (scan_prefix(&line, "extra ")) {
        const char *wrong = extra_read(ret, line);
        if (wrong) return wrong;
        if (!scan_line(&rest, &line)) return "the proof ends after the extra data";
    }
    if (!scan_prefix(&line, "index ") || !scan_decimal(line, &ret->index))
        return "the index line is malformed";
    while (scan_line(&rest, &line) && line.n > 0) {
        if (ret->hash_count == PROOF_HASHES_MAX) return "there are too many hashes";
        if (!scan_hash(line, ret->hashes[ret->hash_count++])) return "a line of the path is no hash";
    }
    if (rest.n == 0) return "the proof holds no checkpoint";
    return note_read(ret, rest);
}

void proof_free(struct proof *proof)
{
    free(proof->extra);
    proof->extra = NULL;
}

static void hash_node(uint8_t ret[32], const uint8_t left[32], const uint8_t right[32])
{
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, "\x01", 1);
    sha256_add(&sha, left, 32);
    sha256_add(&sha, right, 32);
    sha256_end(&sha, ret);
}

/* Climbs from the leaf to the root. `last` is the place of the tree's last leaf on the same level: when we
 * are on it and it has no right neighbour, the levels without a sibling are stepped over. */
const char *proof_included(const struct proof *proof, const void *entry, size_t n)
{
    if (proof->index >= proof->size) return "the index lies outside the tree";
    uint8_t hash[32];
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, "\0", 1);
    sha256_add(&sha, entry, n);
    sha256_end(&sha, hash);
    uint64_t place = proof->index, last = proof->size - 1;
    for (int i = 0; i < proof->hash_count; i++, place >>= 1, last >>= 1) {
        while (place == last && !(place & 1) && last > 0) place >>= 1, last >>= 1;
        if (last == 0) return "the path is too long for the tree";
        if (place & 1) hash_node(hash, proof->hashes[i], hash);
        else hash_node(hash, hash, proof->hashes[i]);
    }
    if (last != 0) return "the path is too short for the tree";
    return memcmp(hash, proof->root, 32) == 0 ? NULL : "the entry is not in the tree of the checkpoint";
}

static bool ed25519_valid(const struct check_key *key, const uint8_t signature[64], struct span text)
{
    EVP_PKEY *public_key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->public_key, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool valid = public_key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, public_key) == 1 &&
        EVP_DigestVerify(context, signature, 64, (const uint8_t *)text.p, text.n) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(public_key);
    return valid;
}

/* signed-note, "Signatures": ignore unknown keys; one bad signature of the known key spoils the note. */
const char *proof_signed(const struct proof *proof, const struct check_key *key)
{
    struct span text = {proof->note, proof->note_text_len}, line;
    struct span rest = {proof->note + proof->note_text_len + 1, proof->note_len - proof->note_text_len - 1};
    if (strcmp(proof->origin, key->name) != 0) return "the checkpoint is of another node than the key";
    bool found = false;
    while (scan_line(&rest, &line)) {
        struct span name;
        uint8_t signature[SIGNATURE_BYTES_MAX];
        size_t n = 0;
        if (!scan_signature(line, &name, signature, sizeof signature, &n))
            return "a signature line is malformed";
        if (name.n != strlen(key->name) || memcmp(name.p, key->name, name.n) != 0) continue;
        if (memcmp(signature, key->id, 4) != 0) continue;
        if (n != 68 || !ed25519_valid(key, signature + 4, text))
            return "the signature of the checkpoint is not valid";
        found = true;
    }
    return found ? NULL : "the checkpoint is not signed with the key";
}

bool check_hex(uint8_t *ret, size_t n, const char *text, size_t text_len)
{
    static const char digits[] = "0123456789abcdef";
    if (text_len != 2 * n) return false;
    for (size_t i = 0; i < text_len; i++) {
        const char *digit = text[i] ? strchr(digits, text[i]) : NULL;
        if (!digit) return false;
        ret[i / 2] = (uint8_t)(ret[i / 2] << 4 | (digit - digits));
    }
    return true;
}

bool check_key_read(struct check_key *ret, const char *text, size_t n)
{
    memset(ret, 0, sizeof *ret);
    const char *plus = n ? memchr(text, '+', n) : NULL;
    struct span name = {text, plus ? (size_t)(plus - text) : 0};
    if (!scan_name(name, PROOF_NAME_MAX) || n - name.n < 10 || text[name.n + 9] != '+') return false;
    memcpy(ret->name, name.p, name.n);
    uint8_t typed[33], hash[32];
    size_t typed_len = 0;
    struct span base64 = {text + name.n + 10, n - name.n - 10};
    if (!check_hex(ret->id, 4, text + name.n + 1, 8) ||
        !scan_base64(base64, typed, sizeof typed, &typed_len) || typed_len != sizeof typed ||
        typed[0] != TYPE_ED25519)
        return false;
    memcpy(ret->public_key, typed + 1, 32);
    struct sha256 sha; /* signed-note, "Signatures": the key ID */
    sha256_init(&sha);
    sha256_add(&sha, name.p, name.n);
    sha256_add(&sha, "\n", 1);
    sha256_add(&sha, typed, sizeof typed);
    sha256_end(&sha, hash);
    return memcmp(hash, ret->id, 4) == 0;
}
