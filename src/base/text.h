/* base/text: Unicode as people type it. Text is valid UTF-8 in NFC from the moment it enters. */
#ifndef PANJI_BASE_TEXT_H
#define PANJI_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

bool text_valid(const char *text, size_t n); /* well-formed UTF-8, no NUL */

/* NFC, control characters dropped (newline and tab stay when multiline), ends trimmed, runs of blanks made
 * one (not when multiline). The result is in the arena. text must be valid. */
const char *text_clean(struct arena *arena, const char *text, bool multiline);

/* Whether the text is certainly in NFC, and its only blanks and controls are those of ASCII. False is no
 * verdict. */
bool text_settled(const char *text);

size_t text_length(const char *text); /* code points */

/* Folded for plain comparison: NFC, lower case, digits of Indian scripts made ASCII, blanks made one. */
const char *text_fold(struct arena *arena, const char *text);

#endif
