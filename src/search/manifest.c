/* search/manifest: a header, the lists of removed persons, a checksum. */
#include "search/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "search/grow.h"
#include "search/mix.h"

#define MANIFEST_NAME "people.manifest"
#define MANIFEST_MAGIC "PNJPEOPL"
#define SEGMENT_SUFFIX ".people"
#define MANIFEST_BYTES_MAX ((size_t)1 << 30)

struct head {
    char magic[8];
    uint32_t version, rules;
    int64_t position;
    uint64_t next_number;
    uint32_t segment_count, reserved;
    struct manifest_segment segments[INDEX_SEGMENTS_MAX];
};

static bool path_in(char ret[4096], const char *folder, const char *name)
{
    return snprintf(ret, 4096, "%s/%s", folder, name) < 4096;
}

void manifest_name(char ret[32], uint64_t number)
{
    snprintf(ret, 32, "%010" PRIu64 SEGMENT_SUFFIX, number);
}

static bool name_good(const char *name)
{
    size_t n = strnlen(name, 32), end = strlen(SEGMENT_SUFFIX);
    return n > end && n < 32 && strspn(name, "0123456789") == n - end && strcmp(name + n - end,
        SEGMENT_SUFFIX) == 0;
}

static enum err parse(const char *data, size_t n, struct manifest *ret)
{
    struct head head;
    uint64_t sum;
    if (n < sizeof head + sizeof sum) return E_CORRUPT;
    memcpy(&head, data, sizeof head);
    memcpy(&sum, data + n - sizeof sum, sizeof sum);
    if (memcmp(head.magic, MANIFEST_MAGIC, 8) != 0 || sum != mix_checksum(data,
        n - sizeof sum)) return E_CORRUPT;
    if (head.version != 1 || head.rules != segment_rules() ||
        head.segment_count > INDEX_SEGMENTS_MAX) return E_CORRUPT;
    ret->position = head.position;
    ret->next_number = head.next_number;
    ret->segment_count = head.segment_count;
    size_t at = sizeof head;
    for (uint32_t i = 0; i < head.segment_count; i++) {
        const struct manifest_segment *segment = &head.segments[i];
        size_t bytes = (size_t)segment->dead_count * sizeof(uint32_t);
        if (!name_good(segment->name) || bytes > n - sizeof sum - at) return E_CORRUPT;
        ret->segments[i] = *segment;
        ret->dead[i] = pages_new(bytes + 1);
        memcpy(ret->dead[i], data + at, bytes);
        at += bytes;
        for (uint32_t k = 0; k < segment->dead_count; k++)
            if (ret->dead[i][k] >= segment->person_count) return E_CORRUPT;
    }
    return at == n - sizeof sum ? E_OK : E_CORRUPT;
}

enum err manifest_read(const char *folder, struct manifest *ret)
{
    char path[4096];
    if (!path_in(path, folder, MANIFEST_NAME)) return E_IO;
    memset(ret, 0, sizeof *ret);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno == ENOENT ? E_NOT_FOUND : errno == EACCES ? E_DENIED : E_IO;
    struct stat status;
    enum err err = fstat(file, &status) == 0 ? E_OK : E_IO;
    size_t n = err == E_OK ? (size_t)status.st_size : 0;
    if (n > MANIFEST_BYTES_MAX) err = E_CORRUPT;
    if (err == E_OK) {
        char *data = pages_new(n + 1);
        err = pread(file, data, n, 0) == (ssize_t)n ? parse(data, n, ret) : E_IO;
        pages_free(data, n + 1);
    }
    close(file);
    if (err != E_OK) manifest_free(ret);
    return err;
}

static void lay_out(const struct manifest *manifest, struct grow *bytes)
{
    struct head *head = grow_add(bytes, sizeof *head);
    memcpy(head->magic, MANIFEST_MAGIC, 8);
    head->version = 1;
    head->rules = segment_rules();
    head->position = manifest->position;
    head->next_number = manifest->next_number;
    head->segment_count = manifest->segment_count;
    memcpy(head->segments, manifest->segments, sizeof head->segments);
    for (uint32_t i = 0; i < manifest->segment_count; i++) {
        size_t n = manifest->segments[i].dead_count * sizeof(uint32_t);
        if (n) memcpy(grow_add(bytes, n), manifest->dead[i], n);
    }
    uint64_t sum = mix_checksum(bytes->data, bytes->used);
    memcpy(grow_add(bytes, sizeof sum), &sum, sizeof sum);
}

static enum err sync_folder(const char *folder)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return E_IO;
    enum err err = fsync(file) == 0 ? E_OK : E_IO;
    close(file);
    return err;
}

enum err manifest_write(const char *folder, const struct manifest *manifest)
{
    char path[4096], temporary[4096];
    if (!path_in(path, folder, MANIFEST_NAME) || !path_in(temporary, folder,
        MANIFEST_NAME ".new")) return E_IO;
    int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return errno == EACCES ? E_DENIED : E_IO;
    struct grow bytes = {0};
    lay_out(manifest, &bytes);
    ssize_t wrote = write(file, bytes.data, bytes.used);
    enum err err = wrote == (ssize_t)bytes.used ? E_OK : wrote < 0 && errno != ENOSPC ? E_IO : E_FULL;
    grow_free(&bytes);
    if (err == E_OK && fsync(file) != 0) err = E_IO;
    if (close(file) != 0 && err == E_OK) err = E_IO;
    if (err == E_OK && rename(temporary, path) != 0) err = E_IO;
    if (err != E_OK) unlink(temporary);
    return err == E_OK ? sync_folder(folder) : err;
}

void manifest_free(struct manifest *manifest)
{
    for (uint32_t i = 0; i < INDEX_SEGMENTS_MAX; i++)
        pages_free(manifest->dead[i], manifest->segments[i].dead_count * sizeof(uint32_t) + 1);
    memset(manifest, 0, sizeof *manifest);
}

void manifest_sweep(const char *folder, const struct manifest *manifest)
{
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        const char *suffix = strstr(entry->d_name, SEGMENT_SUFFIX);
        bool ours = suffix && (suffix[strlen(SEGMENT_SUFFIX)] == '\0' || strcmp(suffix,
            SEGMENT_SUFFIX ".new") == 0);
        for (uint32_t i = 0; i < manifest->segment_count; i++)
            if (strcmp(entry->d_name, manifest->segments[i].name) == 0) ours = false;
        if (ours) unlinkat(dirfd(dir), entry->d_name, 0);
    }
    closedir(dir);
}
