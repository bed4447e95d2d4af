/* print/code: square codes, private to the room. */
#ifndef PANJI_PRINT_CODE_H
#define PANJI_PRINT_CODE_H

#include "print/print.h"

#define PRINT_CODE_START "PANJI1:" /* a proof */
#define PRINT_PAGE_START "PANJI:"  /* which entry a further page belongs to */

struct code;

/* NULL when the text is too long. */
struct code *code_make(const char *text);
void code_free(struct code *code);       /* NULL allowed */
int code_width(const struct code *code); /* in squares, without the white border */
bool code_dark(const struct code *code, int x, int y);

/* What the small code on further pages says: the entry and its hash in the register. */
const char *code_page_payload(struct arena *arena, const char *id, const char *leaf);

#endif
