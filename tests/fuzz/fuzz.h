/* What every fuzz_NAME.c defines: one run on one input; libFuzzer and replay.c both call it. */
#ifndef PANJI_TESTS_FUZZ_H
#define PANJI_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
