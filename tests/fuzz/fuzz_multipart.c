/* However a multipart body is cut into pieces on the wire, it means the same: whole and byte by byte agree,
 * and a file's name is the hash of its bytes wherever the cuts fell. */
#include <assert.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "web/multipart.h"

#define CONTENT_TYPE "multipart/form-data; boundary=----x"

static char folder_path[] = "/tmp/panji-fuzz-XXXXXX";

static int path_remove(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)status;
    (void)kind;
    (void)at;
    return remove(path);
}

static void folder_remove(void)
{
    nftw(folder_path, path_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* One folder for the whole run; the same few files are stored again and again. */
static const char *folder(void)
{
    static bool made;
    if (!made) {
        made = mkdtemp(folder_path) != NULL;
        atexit(folder_remove);
    }
    assert(made);
    return folder_path;
}

static enum err read_in_pieces(
    struct arena *arena, const char *data, size_t n, size_t piece, struct pair **ret_pairs, size_t *ret_count)
{
    struct multipart *multipart = multipart_new(arena, CONTENT_TYPE, folder());
    enum err err = E_OK;
    for (size_t at = 0; at < n && err == E_OK; at += piece)
        err = multipart_add(multipart, data + at, n - at < piece ? n - at : piece);
    if (err == E_OK) err = multipart_finish(multipart, ret_pairs, ret_count);
    multipart_cancel(multipart);
    return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct pair *whole = NULL, *cut = NULL;
    size_t whole_count = 0, cut_count = 0;
    enum err err = read_in_pieces(arena, (const char *)data, n, n + 1, &whole, &whole_count);
    assert(err == E_OK || err == E_PROBLEM);
    assert(read_in_pieces(arena, (const char *)data, n, 1, &cut, &cut_count) == err);
    assert(err != E_OK || whole_count == cut_count);
    for (size_t i = 0; err == E_OK && i < whole_count; i++)
        assert(strcmp(whole[i].name, cut[i].name) == 0 && strcmp(whole[i].value, cut[i].value) == 0);
    arena_free(arena);
    return 0;
}
