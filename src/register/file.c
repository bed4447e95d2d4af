/* register/file: see file.h. */
#include "register/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err file_error(int error_number)
{
    switch (error_number) {
    case ENOENT: return E_NOT_FOUND;
    case ENOSPC: case EDQUOT: case EFBIG: return E_FULL;
    case EACCES: case EPERM: case EROFS: case EEXIST: return E_DENIED;
    default: return E_IO;
    }
}

enum err file_write(int fd, const void *data, size_t n)
{
    const char *at = data;
    while (n > 0) {
        ssize_t written = write(fd, at, n);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return file_error(errno);
        at += written;
        n -= (size_t)written;
    }
    return E_OK;
}

enum err file_sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return file_error(errno);
    enum err err = fsync(fd) == 0 ? E_OK : file_error(errno);
    close(fd);
    return err;
}

/* Makes durable the name of something that was just put into its folder. */
static enum err file_sync_parent(const char *path)
{
    char copy[PATH_MAX];
    if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy) return E_IO;
    return file_sync_folder(dirname(copy));
}

enum err file_make_folder(const char *path)
{
    if (mkdir(path, 0750) == 0) return file_sync_parent(path);
    return errno == EEXIST ? E_OK : file_error(errno);
}

enum err file_read(
    struct arena *arena, const char *path, size_t bytes_max, const char **ret_text, size_t *ret_n)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return file_error(errno);
    char *text = arena_alloc(arena, bytes_max + 2); /* one byte to notice too much, one for the NUL */
    size_t n = 0;
    ssize_t got = 0;
    while (n <= bytes_max && (got = read(fd, text + n, bytes_max + 1 - n)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) break;
        n += (size_t)got;
    }
    int error_number = errno;
    close(fd);
    if (got < 0) return file_error(error_number);
    if (n > bytes_max) return E_CORRUPT;
    text[n] = '\0';
    *ret_text = text;
    *ret_n = n;
    return E_OK;
}

enum err file_create(const char *path, mode_t mode, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0) return file_error(errno);
    enum err err = file_write(fd, text, strlen(text));
    if (err == E_OK && fsync(fd) != 0) err = file_error(errno);
    if (close(fd) != 0 && err == E_OK) err = file_error(errno);
    if (err != E_OK) (void)unlink(path);
    return err == E_OK ? file_sync_parent(path) : err;
}
