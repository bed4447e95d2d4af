/* register/blob: see blob.h. The first two characters of the name are a folder, so that no folder grows
 * large. */
#include "register/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/id.h"
#include "register/file.h"
#include "register/hash.h"

#define LEFTOVER_SECONDS (24 * 3600)

struct blob_writer {
    struct arena *arena; /* holds this struct too */
    const char *folder, *path;
    struct hash_stream *stream;
    int fd;
    int64_t size;
    enum err err; /* the first failure; nothing is written after it */
};

static bool hex_name(const char *text, size_t n)
{
    return strlen(text) == n && strspn(text, "0123456789abcdef") == n;
}

static const char *blob_folder(struct arena *arena, const char *folder, const char *name)
{
    return arena_printf(arena, "%s/blobs/%.2s", folder, name);
}

enum err blob_begin(const char *folder, struct blob_writer **ret_writer)
{
    struct arena *arena = arena_new((size_t)1 << 16);
    struct blob_writer *writer = ARENA_NEW(arena, struct blob_writer);
    writer->arena = arena;
    writer->folder = arena_strdup(arena, folder);
    enum err err = file_make_folder(arena_printf(arena, "%s/incoming", folder));
    uint8_t random[16];
    char name[2 * sizeof random + 1];
    id_random(random, sizeof random);
    hex_encode(name, random, sizeof random);
    writer->path = arena_printf(arena, "%s/incoming/%s", folder, name);
    if (err == E_OK) {
        writer->fd = open(writer->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0440);
        if (writer->fd < 0) err = file_error(errno);
    }
    if (err != E_OK) {
        arena_free(arena);
        return err;
    }
    writer->stream = hash_begin();
    *ret_writer = writer;
    return E_OK;
}

enum err blob_add(struct blob_writer *writer, const void *data, size_t n)
{
    if (writer->err != E_OK) return writer->err;
    if (n > (size_t)(BLOB_BYTES_MAX - writer->size)) return writer->err = E_PROBLEM;
    writer->err = file_write(writer->fd, data, n);
    if (writer->err != E_OK) return writer->err;
    hash_add(writer->stream, data, n);
    writer->size += (int64_t)n;
    return E_OK;
}

/* Puts the finished file in its place. One that is there already has the same content and is simply replaced.
 */
static enum err blob_place(struct blob_writer *writer, const char *name)
{
    const char *folder = blob_folder(writer->arena, writer->folder, name);
    if (fsync(writer->fd) != 0) return file_error(errno);
    TRY(file_make_folder(arena_printf(writer->arena, "%s/blobs", writer->folder)));
    TRY(file_make_folder(folder));
    if (rename(writer->path, arena_printf(writer->arena, "%s/%s", folder, name + 2)) != 0)
        return file_error(errno);
    return file_sync_folder(folder);
}

enum err blob_finish(struct blob_writer *writer, char ret_name[BLOB_NAME_SIZE], int64_t *ret_size)
{
    uint8_t hash[HASH_SIZE];
    hash_end(writer->stream, hash);
    writer->stream = NULL;
    hex_encode(ret_name, hash, sizeof hash);
    *ret_size = writer->size;
    enum err err = writer->err;
    if (err == E_OK) err = blob_place(writer, ret_name);
    blob_cancel(writer);
    return err;
}

void blob_cancel(struct blob_writer *writer)
{
    if (!writer) return;
    close(writer->fd);
    (void)unlink(writer->path); /* gone already when it was placed */
    hash_drop(writer->stream);
    arena_free(writer->arena);
}

/* The path of a blob in a buffer of its own, for functions without an arena; false for what is not a name. */
static bool blob_path(char ret[PATH_MAX], const char *folder, const char *name)
{
    return hex_name(name, BLOB_NAME_SIZE - 1) &&
        snprintf(ret, PATH_MAX, "%s/blobs/%.2s/%s", folder, name, name + 2) < PATH_MAX;
}

enum err blob_open(const char *folder, const char *name, int *ret_fd, int64_t *ret_size)
{
    char path[PATH_MAX];
    if (!blob_path(path, folder, name)) return E_NOT_FOUND;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return file_error(errno);
    struct stat stat;
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
        close(fd);
        return E_IO;
    }
    *ret_fd = fd;
    *ret_size = stat.st_size;
    return E_OK;
}

bool blob_exists(const char *folder, const char *name)
{
    char path[PATH_MAX];
    return blob_path(path, folder, name) && access(path, F_OK) == 0;
}

enum err blob_sweep(const char *folder)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/incoming", folder) >= (int)sizeof path) return E_IO;
    DIR *incoming = opendir(path);
    if (!incoming) return errno == ENOENT ? E_OK : file_error(errno);
    time_t before = time(NULL) - LEFTOVER_SECONDS;
    struct stat stat;
    for (struct dirent *found; (found = readdir(incoming));)
        if (fstatat(dirfd(incoming), found->d_name, &stat, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(stat.st_mode) && stat.st_mtime < before)
            (void)unlinkat(dirfd(incoming), found->d_name, 0);
    closedir(incoming);
    return E_OK;
}
