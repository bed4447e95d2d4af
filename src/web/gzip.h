/* web/gzip: answers made small for slow lines.
 *
 * What travels compressed may tell its length to whoever listens; an attacker who chooses part of a page
 * could guess the rest of it by that. Our cookies are SameSite=Strict: a page another site asks for is
 * nobody's. */
#ifndef PANJI_WEB_GZIP_H
#define PANJI_WEB_GZIP_H

#include "web/request.h"

/* Whether the client takes gzip. */
bool gzip_taken(const struct request *request);

/* Compressed bytes in the arena; NULL when there was no gain. level 1-9. */
const char *gzip_bytes(struct arena *arena, const char *data, size_t n, int level, size_t *ret_n);

/* Compresses the answer when it is text, long enough, and the client takes it. On a worker thread. */
void gzip_answer(struct request *request);

#endif
