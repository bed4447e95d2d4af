/* A folder of its own for a test, gone afterwards with all that is in it. */
#ifndef PANJI_TESTS_FOLDER_H
#define PANJI_TESTS_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct folder {
    char path[64];
    char file[128]; /* folder_file()'s answer */
};

static inline void folder_make(struct folder *folder)
{
    *folder = (struct folder){.path = "/tmp/panji-test-XXXXXX"};
    if (!mkdtemp(folder->path)) abort();
}

/* The path of a file in it; good until the next call. */
static inline const char *folder_file(struct folder *folder, const char *name)
{
    snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
    return folder->file;
}

static inline int folder_remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

static inline void folder_remove(struct folder *folder)
{
    nftw(folder->path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* cmocka fixtures: one folder a test, as its state. */
static inline int folder_begin(void **state)
{
    struct folder *folder = malloc(sizeof *folder);
    if (!folder) return -1;
    folder_make(folder);
    *state = folder;
    return 0;
}

static inline int folder_end(void **state)
{
    folder_remove(*state);
    free(*state);
    return 0;
}
#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, folder_begin, folder_end)

#endif
