/* law/clocks_files: finds the files of the law's clocks, those built in and those a State adds in its data
 * folder, and reads each in two rounds: names first, so that blocks may stand in any order. */
#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/builtin.h"
#include "law/clock_files.h"

#define CLOCKS_BYTES_MAX ((size_t)64 << 20)
#define FILE_BYTES_MAX ((size_t)1 << 20)
#define FILES_MAX 200
/* To be raised when the program makes other rows of the same facts and files: nodes compute theirs anew. */
#define ARITHMETIC "2"

static const char clocks_folder[] = "law/clocks/", settings_file[] = "law/settings",
                  holidays_file[] = "law/holidays";

struct gathered {
    struct arena *arena;
    struct problems *problems;
    size_t count;
    struct clock_file files[FILES_MAX];
};

static void file_add(struct gathered *gathered, const char *path, const char *text, size_t len)
{
    if (gathered->count == FILES_MAX)
        law_wrong(gathered->problems, path, 0, "too many files");
    else
        gathered->files[gathered->count++] = (struct clock_file){path, text, len};
}

static void builtins_gather(struct gathered *gathered)
{
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin *file = &builtin_files[i];
        if (strncmp(file->path, clocks_folder, sizeof clocks_folder - 1) == 0 ||
            strcmp(file->path, settings_file) == 0 || strcmp(file->path, holidays_file) == 0)
            file_add(gathered, file->path, file->data, file->len);
    }
}

/* A file of the data folder; one that is not there is no fault. */
static void file_gather(struct gathered *gathered, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || (size_t)info.st_size > FILE_BYTES_MAX) {
        law_wrong(gathered->problems, path, 0, "not a file of at most 1 MB");
    } else {
        size_t size = (size_t)info.st_size, len = 0;
        char *text = arena_alloc(gathered->arena, size + 1);
        for (ssize_t n; len < size && (n = read(fd, text + len, size - len)) > 0;) len += (size_t)n;
        file_add(gathered, path, text, len);
    }
    close(fd);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void folder_gather(struct gathered *gathered, const char *folder)
{
    file_gather(gathered, arena_printf(gathered->arena, "%s/%s", folder, settings_file));
    file_gather(gathered, arena_printf(gathered->arena, "%s/%s", folder, holidays_file));
    const char *clocks = arena_printf(gathered->arena, "%s/law/clocks", folder);
    struct dirent **entries;
    int count = scandir(clocks, &entries, is_shown, alphasort);
    for (int i = 0; i < count; i++) {
        file_gather(gathered, arena_printf(gathered->arena, "%s/%s", clocks, entries[i]->d_name));
        free(entries[i]);
    }
    if (count >= 0) free(entries);
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* Of everything that decides a date: how it is computed, the files, and the terms of the offences. */
static void digest_make(struct clocks *clocks, const struct gathered *gathered)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)ARITHMETIC, sizeof ARITHMETIC);
    for (size_t i = 0; i < gathered->count; i++)
        crypto_hash_sha256_update(
            &state, (const unsigned char *)gathered->files[i].text, gathered->files[i].len);
    for (size_t i = 0; i < law_offence_count(clocks->law); i++) {
        const struct offence *offence = law_offence_at(clocks->law, i);
        const char *row = arena_printf(gathered->arena, "%s %d %d %d %d %d %d %s", offence->name,
            offence->max_months, offence->min_months, offence->life, offence->death, (int)offence->cognizable,
            (int)offence->bailable, offence->court[LANG_EN] ? offence->court[LANG_EN] : "");
        crypto_hash_sha256_update(&state, (const unsigned char *)row, strlen(row));
    }
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(clocks->digest, sizeof clocks->digest, hash, sizeof hash);
}

static void files_read(struct clocks *clocks, const struct gathered *gathered)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < gathered->count; i++) {
            const struct clock_file *file = &gathered->files[i];
            if (ends_with(file->path, holidays_file)) {
                if (round == 0) holidays_read(clocks, gathered->problems, file);
            } else if (ends_with(file->path, settings_file)) {
                if (round == 0) settings_read(clocks, gathered->problems, file);
            } else {
                blocks_read(clocks, gathered->problems, file, round);
            }
        }
}

enum err clocks_load(const struct law *law, const struct forms *forms, const char *folder,
    struct problems *problems, struct clocks **ret_clocks)
{
    struct arena *arena = arena_new(CLOCKS_BYTES_MAX), *scratch = arena_new(CLOCKS_BYTES_MAX);
    struct clocks *clocks = clocks_new(arena, law);
    struct gathered *gathered = ARENA_NEW(arena, struct gathered);
    gathered->arena = scratch;
    gathered->problems = problems;
    size_t before = problems->count;
    builtins_gather(gathered);
    if (folder) folder_gather(gathered, folder);
    files_read(clocks, gathered);
    digest_make(clocks, gathered);
    if (problems->count == before) clocks_ready(clocks, problems);
    if (forms && problems->count == before) clocks_check_forms(clocks, forms, problems);
    arena_free(scratch);
    if (problems->count > before) {
        clocks_free(clocks);
        return E_PROBLEM;
    }
    *ret_clocks = clocks;
    return E_OK;
}
