/* web/multipart: multipart/form-data (RFC 7578) as it arrives. Files go to the blob store piece by piece and
 * are never held whole; everything else is kept as pairs. */
#ifndef PANJI_WEB_MULTIPART_H
#define PANJI_WEB_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "form/form.h"

#define MULTIPART_FIELDS_MAX ((size_t)2 << 20) /* bytes of all values that are not files */
#define MULTIPART_FILES_MAX 50

struct multipart;

/* Ready to read a body with this Content-Type; NULL when that names no usable boundary. Files are stored in
 * folder; NULL: read past and dropped. */
struct multipart *multipart_new(struct arena *arena, const char *content_type, const char *folder);

/* The next bytes of the body. E_PROBLEM: malformed or past a limit; E_FULL, E_IO: the disk. Then feed no
 * more. */
enum err multipart_add(struct multipart *multipart, const char *data, size_t n) MUST_CHECK;

/* The pairs, once the body is whole; a file's value is its SHA-256, a file control left empty gives no pair.
 * E_PROBLEM when the end is missing. */
enum err multipart_finish(struct multipart *multipart, struct pair **ret_pairs, size_t *ret_count) MUST_CHECK;

/* Drops a half-written file. NULL allowed. */
void multipart_cancel(struct multipart *multipart);

#endif
