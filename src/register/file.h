/* register/file: the few small files a data folder holds beside the database, read and written whole. */
#ifndef PANJI_REGISTER_FILE_H
#define PANJI_REGISTER_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"

/* What a failed system call means. */
enum err file_error(int error_number);

/* All n bytes, however often the kernel interrupts. */
enum err file_write(int fd, const void *data, size_t n) MUST_CHECK;

/* Makes the names in a folder durable. */
enum err file_sync_folder(const char *path) MUST_CHECK;

/* A folder that is durably there, made when missing. */
enum err file_make_folder(const char *path) MUST_CHECK;

/* The whole file as text in the arena, at most bytes_max long (E_CORRUPT when longer). */
enum err file_read(
    struct arena *arena, const char *path, size_t bytes_max, const char **ret_text, size_t *ret_n) MUST_CHECK;

/* A new durable file; E_DENIED when the name is taken. */
enum err file_create(const char *path, mode_t mode, const char *text) MUST_CHECK;

#endif
