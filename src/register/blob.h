/* register/blob: files stored once under their SHA-256, folder/blobs/ab/cd….
 *
 * A blob is hashed while it arrives and never held whole in memory. It is written to a file in
 * folder/incoming, fsynced and renamed, so a name that exists is whole. Both folders are made when first
 * needed. */
#ifndef PANJI_REGISTER_BLOB_H
#define PANJI_REGISTER_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "register/register.h"

#define BLOB_BYTES_MAX ((int64_t)4 << 30)
#define BLOB_NAME_SIZE 65 /* SHA-256 in lower-case hexadecimal and a NUL */

struct blob_writer;

enum err blob_begin(const char *folder, struct blob_writer **ret_writer) MUST_CHECK;
/* E_FULL when the disk is, E_PROBLEM past BLOB_BYTES_MAX. */
enum err blob_add(struct blob_writer *writer, const void *data, size_t n) MUST_CHECK;
/* Durable under its name when E_OK. Frees the writer in any case. */
enum err blob_finish(struct blob_writer *writer, char ret_name[BLOB_NAME_SIZE], int64_t *ret_size) MUST_CHECK;
void blob_cancel(struct blob_writer *writer); /* NULL allowed */

/* An open file to stream from, closed by the caller; E_NOT_FOUND. name must be 64 hexadecimal characters. */
enum err blob_open(const char *folder, const char *name, int *ret_fd, int64_t *ret_size) MUST_CHECK;
bool blob_exists(const char *folder, const char *name);

/* Removes what interrupted uploads left in folder/incoming more than a day ago; at every opening. */
enum err blob_sweep(const char *folder) MUST_CHECK;

/* Hashes every blob again; E_CORRUPT names the first whose content is not its name, or that does not belong.
 */
enum err blob_verify_all(const char *folder, struct arena *arena, struct register_fault *ret) MUST_CHECK;

#endif
