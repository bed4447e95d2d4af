/* db/pages: the check of a closed database as plain bytes, independent of SQLite.
 *
 * The log is read first, as the SQLite file format describes it: a header, then frames of a page each, every
 * checksum going on from the one before. It says which pages will be replaced and how long the file
 * will be. */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/pages.h"

#define LOG_HEADER 32
#define FRAME_HEADER 24
#define FRAME (FRAME_HEADER + PAGES_SIZE)
#define READ_PAGES 64 /* at a time */
#define VERIFY_BYTES_MAX ((size_t)256 * 1024 * 1024)

struct pages_proof {
    struct arena *arena;
    int file, log;        /* log: -1 when there is none */
    int64_t file_pages;
    int64_t file_rest;    /* bytes behind the last whole page */
    int64_t frame_count;  /* whole frames in the log */
    int64_t pages_wanted; /* after the last committed transaction of the log; 0 when it has none */
    int64_t replaced_max; /* pages the bits below reach to */
    uint8_t *replaced;    /* a bit for each page that a committed frame replaces */
};

static enum err open_error(void)
{
    return errno == ENOENT ? E_NOT_FOUND : errno == EACCES ? E_DENIED : E_IO;
}

static enum err read_at(int file, void *ret_data, size_t n, int64_t offset)
{
    for (uint8_t *at = ret_data; n > 0;) {
        ssize_t got = pread(file, at, n, offset);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return E_IO;
        at += got;
        n -= (size_t)got;
        offset += got;
    }
    return E_OK;
}

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* SQLite's running checksum of the log over n bytes (a multiple of 8), in the byte order the log names. */
static void log_sum(const uint8_t *data, size_t n, bool big, uint32_t sum[2])
{
    for (size_t i = 0; i < n; i += 8) {
        uint32_t words[2];
        memcpy(words, data + i, sizeof words);
        sum[0] += (big ? be32toh(words[0]) : le32toh(words[0])) + sum[1];
        sum[1] += (big ? be32toh(words[1]) : le32toh(words[1])) + sum[0];
    }
}

static bool sum_matches(const uint32_t sum[2], const uint8_t *stored)
{
    return sum[0] == big_endian(stored) && sum[1] == big_endian(stored + 4);
}

static void replaced_note(struct pages_proof *check, int64_t page)
{
    if (page < check->replaced_max) check->replaced[page / 8] |= (uint8_t)(1U << (page % 8));
}

static bool is_replaced(const struct pages_proof *check, int64_t page)
{
    return page < check->replaced_max && (check->replaced[page / 8] >> (page % 8) & 1);
}

/* Whether, behind a faulty frame, a whole transaction of this log ends and yet another begins. Each is on
 * disk before the next is written, so such a fault is no crash. */
static enum err tail_is_damage(
    const struct pages_proof *check, int64_t frame, const uint8_t salts[8], bool *ret)
{
    bool ended = false;
    *ret = false;
    for (; frame < check->frame_count && !*ret; frame++) {
        uint8_t header[FRAME_HEADER];
        TRY(read_at(check->log, header, sizeof header, LOG_HEADER + frame * FRAME));
        if (memcmp(header + 8, salts, 8) != 0) continue;
        *ret = ended;
        if (big_endian(header + 4) > 0) ended = true;
    }
    return E_OK;
}

/* The pages of committed frames, from frame `from` up to and with `to`, are noted as replaced. */
static enum err frames_commit(struct pages_proof *check, int64_t from, int64_t to)
{
    for (; from <= to; from++) {
        uint8_t number[4];
        TRY(read_at(check->log, number, sizeof number, LOG_HEADER + from * FRAME));
        replaced_note(check, big_endian(number));
    }
    return E_OK;
}

static enum err frames_verify(
    struct pages_proof *check, const uint8_t *header, uint32_t sum[2], int64_t *ret_page)
{
    uint8_t *frame = arena_alloc(check->arena, FRAME);
    bool big = header[3] & 1;
    int64_t open = 0; /* first frame of the transaction not yet committed */
    for (int64_t i = 0; i < check->frame_count; i++) {
        TRY(read_at(check->log, frame, FRAME, LOG_HEADER + i * FRAME));
        log_sum(frame, 8, big, sum);
        log_sum(frame + FRAME_HEADER, PAGES_SIZE, big, sum);
        if (memcmp(frame + 8, header + 16, 8) != 0 || !sum_matches(sum, frame + 16)) {
            bool damage;
            TRY(tail_is_damage(check, i, header + 16, &damage));
            *ret_page = check->file_pages + i + 1;
            return damage ? E_CORRUPT : E_OK;
        }
        int64_t pages = big_endian(frame + 4);
        if (pages == 0) continue;
        check->pages_wanted = pages;
        TRY(frames_commit(check, open, i));
        open = i + 1;
    }
    return E_OK;
}

static enum err log_verify(struct pages_proof *check, int64_t *ret_page)
{
    struct stat status;
    if (fstat(check->log, &status) != 0) return E_IO;
    if (status.st_size < LOG_HEADER) return E_OK; /* SQLite takes this for no log */
    check->frame_count = (status.st_size - LOG_HEADER) / FRAME;
    uint8_t header[LOG_HEADER];
    TRY(read_at(check->log, header, sizeof header, 0));
    uint32_t sum[2] = {0, 0};
    log_sum(header, 24, header[3] & 1, sum);
    *ret_page = check->file_pages + 1;
    if ((big_endian(header) & ~1U) != 0x377F0682 || big_endian(header + 8) != PAGES_SIZE ||
        !sum_matches(sum, header + 24))
        return E_CORRUPT;
    check->replaced_max = check->file_pages + check->frame_count + 1;
    check->replaced = arena_alloc(check->arena, (size_t)check->replaced_max / 8 + 1);
    return frames_verify(check, header, sum, ret_page);
}

/* Reads `count` pages from number on. */
static enum err pages_read(const struct pages_proof *check, int64_t number, int64_t count, uint8_t *ret)
{
    return read_at(check->file, ret, (size_t)(count * PAGES_SIZE), (number - 1) * PAGES_SIZE);
}

static bool page_whole(const struct pages_proof *check, int64_t number, const uint8_t *page)
{
    uint64_t stored;
    memcpy(&stored, page + PAGES_SIZE - PAGES_RESERVED, sizeof stored);
    return le64toh(stored) == pages_sum(page, number) || is_replaced(check, number);
}

/* Page 1, which says how many there are, and that none is missing at the end. */
static enum err first_verify(struct pages_proof *check, int64_t *ret_page)
{
    uint8_t page[PAGES_SIZE];
    int64_t wanted = check->pages_wanted;
    *ret_page = 1;
    if (check->file_pages > 0) {
        TRY(pages_read(check, 1, 1, page));
        if (!page_whole(check, 1, page)) return E_CORRUPT;
    }
    if (wanted == 0) wanted = check->file_pages > 0 ? big_endian(page + 28) : 1;
    if (wanted == 0) wanted = 1; /* an empty file */
    for (int64_t number = check->file_pages + 1; number <= wanted; number++) {
        if (is_replaced(check, number)) continue;
        *ret_page = number;
        return E_CORRUPT;
    }
    return E_OK;
}

static enum err begin(struct pages_proof *check, const char *path, int64_t *ret_page)
{
    check->file = open(path, O_RDONLY | O_CLOEXEC);
    if (check->file < 0) return open_error();
    check->log = open(arena_printf(check->arena, "%s-wal", path), O_RDONLY | O_CLOEXEC);
    if (check->log < 0 && errno != ENOENT) return open_error();
    struct stat status;
    if (fstat(check->file, &status) != 0) return E_IO;
    check->file_pages = status.st_size / PAGES_SIZE;
    check->file_rest = status.st_size % PAGES_SIZE;
    if (check->log >= 0) TRY(log_verify(check, ret_page));
    return first_verify(check, ret_page);
}

void pages_proof_end(struct pages_proof *proof)
{
    if (!proof) return;
    if (proof->log >= 0) close(proof->log);
    if (proof->file >= 0) close(proof->file);
    arena_free(proof->arena);
}

enum err pages_proof_begin(const char *path, struct pages_proof **ret_proof, int64_t *ret_page)
{
    struct arena *arena = arena_new(VERIFY_BYTES_MAX);
    struct pages_proof *proof = ARENA_NEW(arena, struct pages_proof);
    *proof = (struct pages_proof){.arena = arena, .file = -1, .log = -1};
    int64_t page = 0;
    enum err err = begin(proof, path, &page);
    if (err == E_OK) {
        *ret_proof = proof;
        return E_OK;
    }
    if (err == E_CORRUPT) *ret_page = page;
    pages_proof_end(proof);
    return err;
}

enum err pages_proof_finish(struct pages_proof *proof, int64_t *ret_page)
{
    uint8_t *pages = arena_alloc(proof->arena, (size_t)READ_PAGES * PAGES_SIZE);
    enum err err = E_OK;
    int64_t number = 1; /* which was looked at */
    while (err == E_OK && number < proof->file_pages) {
        int64_t rest = proof->file_pages - number, count = rest < READ_PAGES ? rest : READ_PAGES;
        err = pages_read(proof, number + 1, count, pages);
        for (const uint8_t *page = pages; err == E_OK && count > 0; count--, page += PAGES_SIZE)
            if (!page_whole(proof, ++number, page)) err = E_CORRUPT;
    }
    if (err == E_OK && proof->file_rest != 0 && proof->pages_wanted == 0) {
        number = proof->file_pages + 1;
        err = E_CORRUPT;
    }
    if (err == E_CORRUPT) *ret_page = number;
    pages_proof_end(proof);
    return err;
}

enum err pages_verify(const char *path, int64_t *ret_page)
{
    struct pages_proof *proof;
    TRY(pages_proof_begin(path, &proof, ret_page));
    return pages_proof_finish(proof, ret_page);
}
