/* base/words: what pages and prints say in both languages, from the files of lang/messages
 * (key | English | हिन्दी), one a subject. */
#ifndef PANJI_BASE_WORDS_H
#define PANJI_BASE_WORDS_H

#include "base/problem.h"

/* Reads the files; a fault in them ends the program. Called once, before any thread asks. */
void words_load(void);

/* The words for a key. A key that is not in the file is a bug and ends the program. */
const char *word(enum lang lang, const char *key);

/* "hi" is Hindi, all else English. NULL allowed. */
enum lang lang_read(const char *text);

#endif
