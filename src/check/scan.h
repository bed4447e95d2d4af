/* check/scan: strict reading of the small parts a proof is made of. One value has one spelling. */
#ifndef PANJI_CHECK_SCAN_H
#define PANJI_CHECK_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span { const char *p; size_t n; };

/* Cuts the next line, without its newline, off the front of rest; false when no newline is left. */
bool scan_line(struct span *rest, struct span *ret_line);

/* Cuts prefix off the front; false when it is not there. */
bool scan_prefix(struct span *text, const char *prefix);

/* ASCII decimal without leading zeros, below 2^63. */
bool scan_decimal(struct span text, uint64_t *ret);

/* 36 small hexadecimal digits and dashes: an id is shown on a terminal, so nothing else may hide in it. */
bool scan_id(struct span text);

/* RFC 4648 section 4 with padding and zero spare bits. At most max bytes; false when it is malformed. */
bool scan_base64(struct span text, uint8_t *ret, size_t max, size_t *ret_n);

/* A note's key name: not empty, no blank, plus or control character, at most max bytes, valid UTF-8. */
bool scan_name(struct span text, size_t max);

/* UTF-8 without control characters other than newline (signed-note, "Format"). */
bool scan_note_text(struct span text);

#endif
