/* register/hash: SHA-256 and the two Merkle hashes of RFC 6962 2.1.
 *
 * libcrypto does the work: on processors with SHA instructions it is five times as fast as libsodium, and
 * verify is mostly hashing. panji-check shares none of this. Every function may be called on any thread. */
#ifndef PANJI_REGISTER_HASH_H
#define PANJI_REGISTER_HASH_H

#include <stddef.h>
#include <stdint.h>

void hash_bytes(uint8_t ret[32], const void *data, size_t n);
void hash_leaf(uint8_t ret[32], const void *data, size_t n);                          /* 0x00 ‖ data */
void hash_node(uint8_t ret[32], const uint8_t left[32], const uint8_t right[32]);    /* 0x01 ‖ l ‖ r */
void hash_commitment(uint8_t ret[32], const uint8_t *salt, size_t salt_len, const void *body, size_t n);

/* Hashing piece by piece, for files. hash_end() gives the hash and frees; hash_drop() only frees. */
struct hash_stream;
struct hash_stream *hash_begin(void);
void hash_add(struct hash_stream *stream, const void *data, size_t n);
void hash_end(struct hash_stream *stream, uint8_t ret[32]);
void hash_drop(struct hash_stream *stream); /* NULL allowed */

#endif
