/* register/blob_verify: hashes every stored file again. Folders are read in sorted order so that the first
 * fault named is the same on every run. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "register/blob.h"
#include "register/file.h"
#include "register/hash.h"

#define READ_BYTES ((size_t)1 << 16)

struct blob_check {
    const char *folder;
    struct arena *arena, *scratch; /* the fault's words; one folder's names */
    struct register_fault *fault;
};

/* Says what is wrong with the file at path under folder/blobs. */
static enum err blob_fault(struct blob_check *check, const char *path, const char *what)
{
    *check->fault =
        (struct register_fault){-1, NULL, NULL, arena_printf(check->arena, "blobs/%s %s", path, what)};
    return E_CORRUPT;
}

static int not_dots(const struct dirent *found)
{
    return strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0;
}

/* The names in a folder, sorted, copied into the scratch arena. A folder that is not there has none. */
static enum err folder_names(
    struct blob_check *check, const char *path, const char ***ret_names, int *ret_count)
{
    struct dirent **found = NULL;
    int count = scandir(path, &found, not_dots, alphasort);
    *ret_count = 0;
    if (count < 0) return errno == ENOENT ? E_OK : file_error(errno);
    *ret_names = ARENA_ARRAY(check->scratch, const char *, count + 1);
    for (int i = 0; i < count; i++) {
        (*ret_names)[i] = arena_strdup(check->scratch, found[i]->d_name);
        free(found[i]);
    }
    free(found);
    *ret_count = count;
    return E_OK;
}

static enum err file_hash(int fd, uint8_t ret[HASH_SIZE])
{
    uint8_t bytes[READ_BYTES];
    struct hash_stream *stream = hash_begin();
    ssize_t got = 0;
    while ((got = read(fd, bytes, sizeof bytes)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) break;
        hash_add(stream, bytes, (size_t)got);
    }
    enum err err = got < 0 ? file_error(errno) : E_OK;
    hash_end(stream, ret);
    return err;
}

static enum err file_verify(struct blob_check *check, const char *inner, const char *rest)
{
    const char *shown = arena_printf(check->scratch, "%s/%s", inner, rest);
    const char *name = arena_printf(check->scratch, "%s%s", inner, rest);
    uint8_t hash[HASH_SIZE], expected[HASH_SIZE];
    if (!hex_decode(expected, HASH_SIZE, name)) return blob_fault(check, shown, "does not belong there");
    int fd = -1;
    int64_t size = 0;
    if (blob_open(check->folder, name, &fd, &size) != E_OK)
        return blob_fault(check, shown, "cannot be opened");
    enum err err = file_hash(fd, hash);
    close(fd);
    if (err != E_OK) return blob_fault(check, shown, "cannot be read");
    if (memcmp(hash, expected, HASH_SIZE) != 0)
        return blob_fault(check, shown, "has a content that is not its name");
    return E_OK;
}

static enum err folder_verify(struct blob_check *check, const char *inner)
{
    const char *path = arena_printf(check->scratch, "%s/blobs/%s", check->folder, inner);
    struct stat stat;
    if (strlen(inner) != 2 || strspn(inner, "0123456789abcdef") != 2 || lstat(path, &stat) != 0 ||
        !S_ISDIR(stat.st_mode))
        return blob_fault(check, inner, "does not belong there");
    const char **names = NULL;
    int count = 0;
    if (folder_names(check, path, &names, &count) != E_OK) return blob_fault(check, inner, "cannot be read");
    for (int i = 0; i < count; i++) TRY(file_verify(check, inner, names[i]));
    return E_OK;
}

enum err blob_verify_all(const char *folder, struct arena *arena, struct register_fault *ret)
{
    *ret = (struct register_fault){-1, NULL, NULL, NULL};
    struct blob_check check = {folder, arena, arena_new((size_t)1 << 20), ret};
    const char **inner = NULL;
    int count = 0;
    enum err err = folder_names(&check, arena_printf(check.scratch, "%s/blobs", folder), &inner, &count);
    struct arena *outer = check.scratch;
    check.scratch = arena_new((size_t)1 << 30);
    for (int i = 0; err == E_OK && i < count; i++) {
        err = folder_verify(&check, inner[i]);
        arena_reset(check.scratch);
    }
    arena_free(check.scratch);
    arena_free(outer);
    return err;
}
