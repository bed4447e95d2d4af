/* search/build_write: the sections go to a file under another name, which is renamed when it is whole and
 * on disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "search/build.h"
#include "search/mix.h"
#include "search/segment_file.h"

#define WRITE_MOST ((size_t)64 << 20)

void *section_pages(struct build *build, enum section section, size_t n)
{
    struct section_bytes *bytes = &build->sections[section];
    bytes->pieces[0].data = pages_new(n);
    bytes->pieces[0].used = bytes->pieces[0].size = n;
    bytes->piece_count = 1;
    return bytes->pieces[0].data;
}

static enum err write_all(int file, const void *data, size_t n)
{
    const char *at = data;
    while (n) {
        ssize_t wrote = write(file, at, n < WRITE_MOST ? n : WRITE_MOST);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return errno == ENOSPC || errno == EDQUOT ? E_FULL : E_IO;
        at += wrote;
        n -= (size_t)wrote;
    }
    return E_OK;
}

/* Pieces are summed as if they were one stretch: their sums are mixed in order. */
static enum err write_section(int file, const struct section_bytes *section, struct section_place *place)
{
    static const char zeroes[SECTION_ALIGN];
    place->bytes = 0;
    for (size_t i = 0; i < section->piece_count; i++) {
        TRY(write_all(file, section->pieces[i].data, section->pieces[i].used));
        place->bytes += section->pieces[i].used;
    }
    size_t over = (size_t)(place->bytes % SECTION_ALIGN);
    return over ? write_all(file, zeroes, SECTION_ALIGN - over) : E_OK;
}

static enum err write_file(int file, const struct build *build)
{
    struct segment_header header = build->header;
    memcpy(header.magic, SEGMENT_MAGIC, sizeof header.magic);
    header.version = SEGMENT_VERSION;
    header.rules = segment_rules();
    static const char empty[SEGMENT_HEADER_BYTES];
    TRY(write_all(file, empty, sizeof empty));
    uint64_t at = SEGMENT_HEADER_BYTES;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        struct section_place *place = &header.sections[i];
        TRY(write_section(file, &build->sections[i], place));
        place->at = at;
        at += section_padded(place->bytes);
    }
    TRY(segment_sum(file, &header));
    header.checksum = mix_checksum(&header, offsetof(struct segment_header, checksum));
    if (pwrite(file, &header, sizeof header, 0) != (ssize_t)sizeof header) return E_IO;
    return fsync(file) == 0 ? E_OK : E_IO;
}

enum err build_write(const struct build *build, const char *folder, const char *name)
{
    char path[4096], temporary[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path ||
        snprintf(temporary, sizeof temporary, "%s/%s.new", folder, name) >= (int)sizeof temporary)
        return E_IO;
    int file = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return errno == EACCES ? E_DENIED : E_IO;
    enum err err = write_file(file, build);
    if (close(file) != 0 && err == E_OK) err = E_IO;
    if (err == E_OK && rename(temporary, path) != 0) err = E_IO;
    if (err != E_OK) unlink(temporary);
    return err;
}
