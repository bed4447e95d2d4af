/* The proof reader of panji-check: whatever the bytes, it answers, and it finds nothing valid that is not
 * signed.
 *
 * The key belongs to nobody, so a proof that passes would be a forgery. */
#include <stdlib.h>
#include <string.h>

#include "check/entry.h"
#include "check/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct check_key key = {.name = "panji.example/demo", .id = {1, 2, 3, 4}, .public_key = {5}};
    struct proof proof;
    struct check_entry entry;
    const char *wrong = proof_read(&proof, (const char *)data, n);
    if (!wrong) {
        if (!proof_signed(&proof, &key)) abort();
        (void)proof_included(&proof, proof.extra ? (const void *)proof.extra : "", proof.extra_len);
    }
    if (proof.extra && !check_entry_read(&entry, (const char *)proof.extra, proof.extra_len))
        if (strlen(entry.id) != 36) abort();
    proof_free(&proof);
    (void)check_key_read(&key, (const char *)data, n);
    return 0;
}
