/* search/token: typed text cut into tokens: letters lowered, joiners and marks dropped, legacy forms made
 * one. */
#ifndef PANJI_SEARCH_TOKEN_H
#define PANJI_SEARCH_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#define TOKENS_MAX 24       /* of one text; the rest is not looked at */
#define TOKEN_BYTES_MAX 60

struct token {
    uint8_t bytes;
    uint8_t script; /* enum script; SCRIPT_NONE for "@" */
    char text[TOKEN_BYTES_MAX];
};

struct tokens {
    struct token list[TOKENS_MAX];
    size_t count;
};

/* Any bytes are taken; what is no letter of ours separates. "s/o" stays one token. */
void tokens_read(const char *text, size_t n, struct tokens *ret);

/* The code points of UTF-8 at *at (below end), moving it; a broken byte gives 0. */
uint32_t token_letter(const char **at, const char *end);

#endif
