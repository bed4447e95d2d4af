/* register/hash: see hash.h. libcrypto fails here only when memory is exhausted, and then we abort. */
#include "register/hash.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

/* Looking the algorithm up costs more than hashing an envelope, so it is done once and kept for good. */
static pthread_once_t sha256_once = PTHREAD_ONCE_INIT;
static const EVP_MD *sha256;

static void sha256_find(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (!sha256) abort();
}

struct hash_stream *hash_begin(void)
{
    pthread_once(&sha256_once, sha256_find);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context || EVP_DigestInit_ex2(context, sha256, NULL) != 1) abort();
    return (struct hash_stream *)context;
}

void hash_add(struct hash_stream *stream, const void *data, size_t n)
{
    if (EVP_DigestUpdate((EVP_MD_CTX *)stream, data, n) != 1) abort();
}

void hash_end(struct hash_stream *stream, uint8_t ret[32])
{
    if (EVP_DigestFinal_ex((EVP_MD_CTX *)stream, ret, NULL) != 1) abort();
    hash_drop(stream);
}

void hash_drop(struct hash_stream *stream)
{
    EVP_MD_CTX_free((EVP_MD_CTX *)stream);
}

/* One hash over two pieces. */
static void hash_pieces(uint8_t ret[32], const void *first, size_t first_len, const void *second, size_t n)
{
    struct hash_stream *stream = hash_begin();
    hash_add(stream, first, first_len);
    hash_add(stream, second, n);
    hash_end(stream, ret);
}

void hash_bytes(uint8_t ret[32], const void *data, size_t n)
{
    hash_pieces(ret, data, n, "", 0);
}

void hash_leaf(uint8_t ret[32], const void *data, size_t n)
{
    hash_pieces(ret, "\x00", 1, data, n);
}

void hash_node(uint8_t ret[32], const uint8_t left[32], const uint8_t right[32])
{
    struct hash_stream *stream = hash_begin();
    hash_add(stream, "\x01", 1);
    hash_add(stream, left, 32);
    hash_add(stream, right, 32);
    hash_end(stream, ret);
}

void hash_commitment(uint8_t ret[32], const uint8_t *salt, size_t salt_len, const void *body, size_t n)
{
    hash_pieces(ret, salt, salt_len, body, n);
}
