/* The reader of the square codes on papers in panji-check: whatever the letters, what it makes of them is a
 * proof to the letter or nothing, and nothing is valid that is not signed.
 *
 * The key belongs to nobody, so a code that passes would be a forgery. */
#include <stdlib.h>
#include <string.h>

#include "check/code.h"
#include "check/entry.h"
#include "fuzz.h"

static void proof_look(const char *text, size_t n)
{
    struct check_key key = {.name = "panji.example/demo", .id = {1, 2, 3, 4}, .public_key = {5}};
    struct proof proof;
    struct check_entry entry;
    if (!proof_read(&proof, text, n)) {
        if (!proof_signed(&proof, &key)) abort();
        (void)proof_included(&proof, proof.extra ? (const void *)proof.extra : "", proof.extra_len);
        if (proof.extra && !check_entry_read(&entry, (const char *)proof.extra, proof.extra_len))
            if (strlen(entry.id) != 36) abort();
    }
    proof_free(&proof);
}

/* The bytes in the letters of a code, so that the fuzzer reaches what stands behind them. */
static char *code_write(const uint8_t *data, size_t n, size_t *ret_n)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    size_t start = strlen(CODE_START);
    char *text = malloc(start + n / 2 * 3 + 3);
    if (!text) abort();
    memcpy(text, CODE_START, start);
    char *at = text + start;
    for (size_t i = 0; i < n; i += 2) {
        bool two = i + 1 < n;
        unsigned number = two ? data[i] * 256U + data[i + 1] : data[i];
        *at++ = letters[number % 45];
        *at++ = letters[number / 45 % 45];
        if (two) *at++ = letters[number / 2025];
    }
    *ret_n = (size_t)(at - text);
    return text;
}

static void code_look(const char *text, size_t n)
{
    size_t len = 0;
    char *proof = code_proof(text, n, &len);
    if (proof && !code_is(text, n)) abort();
    if (proof) proof_look(proof, len);
    free(proof);
    struct code_page page;
    if (code_page_read(&page, text, n) && strlen(page.id) != 36) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 8192) return 0;
    code_look((const char *)data, n);
    size_t len;
    char *text = code_write(data, n, &len);
    code_look(text, len);
    free(text);
    return 0;
}
