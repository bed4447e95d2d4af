/* check/code: what the square codes on papers say. The large one on the first page is a whole proof, packed
 * and written in 45 letters; the small one on further pages names the entry and its hash in the register. */
#ifndef PANJI_CHECK_CODE_H
#define PANJI_CHECK_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proof.h"

#define CODE_START "PANJI1:"
#define CODE_PAGE_START "PANJI:"

/* Whether the text is that of a large code, and not a proof file. */
bool code_is(const char *text, size_t n);

/* The proof in the spelling proof_read() takes; NULL when the text is malformed. The caller frees. */
char *code_proof(const char *text, size_t n, size_t *ret_n);

struct code_page {
    char id[37];
    uint8_t leaf[32];
};
/* False when the text is not that of a small code. */
bool code_page_read(struct code_page *ret, const char *text, size_t n);

#endif
