/* db/pages: the VFS. The main file is wrapped here, the log in log_file.c; journal and temporary files are
 * the system's own.
 *
 * SQLite never asks for less than a page of the main file but for its header, and never writes less. It does
 * leave pages unwritten at times: freed ones, and the one that carries the file locks. Those would be holes
 * without a checksum, so whoever makes the file longer fills the gap with empty pages that have one. */
#include "db/pages.h"

#include <endian.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/gathered.h"
#include "db/log_file.h"
#include "db/settling.h"

#define VFS_NAME "panji-pages"

/* What SQLite sees as a file. */
struct page_file {
    sqlite3_file base;
    struct gathered gathered; /* its file, the system's own, follows in memory */
    struct settling *settling;
    bool is_writer; /* its handle reads without waiting (db/settling.h) */
};

static sqlite3_file *real_file(sqlite3_file *file)
{
    return ((struct page_file *)file)->gathered.real;
}

static int file_flush(sqlite3_file *file)
{
    return gathered_flush(&((struct page_file *)file)->gathered);
}

static int file_close(sqlite3_file *file)
{
    settling_leave(((struct page_file *)file)->settling);
    return gathered_close(&((struct page_file *)file)->gathered);
}

static bool is_page(int n, sqlite3_int64 offset)
{
    return n == PAGES_SIZE && offset % PAGES_SIZE == 0;
}

static int file_read(sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
    int code = file_flush(file);
    if (code == SQLITE_OK) code = real_file(file)->pMethods->xRead(real_file(file), data, n, offset);
    if (!is_page(n, offset)) return code;
    if (code == SQLITE_IOERR_SHORT_READ) return offset == 0 ? code : SQLITE_IOERR_DATA;
    if (code != SQLITE_OK) return code;
    uint64_t stored;
    memcpy(&stored, (uint8_t *)data + PAGES_SIZE - PAGES_RESERVED, sizeof stored);
    return le64toh(stored) == pages_sum(data, offset / PAGES_SIZE + 1) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int page_write(struct gathered *gathered, const void *data, sqlite3_int64 offset)
{
    uint8_t page[PAGES_SIZE];
    memcpy(page, data, PAGES_SIZE - PAGES_RESERVED);
    uint64_t sum = htole64(pages_sum(page, offset / PAGES_SIZE + 1));
    memcpy(page + PAGES_SIZE - PAGES_RESERVED, &sum, sizeof sum);
    return gathered_write(gathered, page, PAGES_SIZE, offset);
}

/* Empty pages from the end of the file up to `size`. Nothing is gathered before. */
static int gap_fill(struct gathered *gathered, sqlite3_int64 size)
{
    static const uint8_t empty[PAGES_SIZE];
    sqlite3_int64 at;
    int code = gathered->real->pMethods->xFileSize(gathered->real, &at);
    for (at -= at % PAGES_SIZE; code == SQLITE_OK && at < size; at += PAGES_SIZE)
        code = page_write(gathered, empty, at);
    return code;
}

static int file_write(sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
    struct gathered *gathered = &((struct page_file *)file)->gathered;
    if (!is_page(n, offset)) return SQLITE_IOERR_WRITE;
    int code = SQLITE_OK;
    if (!gathered_follows(gathered, offset)) {
        code = gathered_flush(gathered);
        if (code == SQLITE_OK) code = gap_fill(gathered, offset);
    }
    return code == SQLITE_OK ? page_write(gathered, data, offset) : code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct gathered *gathered = &((struct page_file *)file)->gathered;
    int code = gathered_flush(gathered);
    if (code == SQLITE_OK) code = gap_fill(gathered, size);
    if (code == SQLITE_OK) code = gathered_flush(gathered);
    return code == SQLITE_OK ? gathered->real->pMethods->xTruncate(gathered->real, size) : code;
}

static int file_sync(sqlite3_file *file, int flags)
{
    int code = file_flush(file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xSync(real_file(file), flags) : code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    int code = file_flush(file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xFileSize(real_file(file), ret_size) : code;
}

static int file_lock(sqlite3_file *file, int level)
{
    return real_file(file)->pMethods->xLock(real_file(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    int code = file_flush(file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xUnlock(real_file(file), level) : code;
}

static int file_check_lock(sqlite3_file *file, int *ret_locked)
{
    return real_file(file)->pMethods->xCheckReservedLock(real_file(file), ret_locked);
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    if (operation == SETTLING_WRITER_FILE) {
        struct page_file *pages = (struct page_file *)file;
        pages->is_writer = true;
        *(struct settling **)argument = pages->settling;
        return SQLITE_OK;
    }
    /* SQLite asks for SQLITE_FCNTL_SYNC at a commit that it does not sync: the last moment to say that the
     * disk is full. */
    int code = file_flush(file);
    if (code != SQLITE_OK) return code;
    code = real_file(file)->pMethods->xFileControl(real_file(file), operation, argument);
    if (operation == SQLITE_FCNTL_VFSNAME && code == SQLITE_OK)
        *(char **)argument = sqlite3_mprintf(VFS_NAME "/%z", *(char **)argument);
    return code;
}

static int file_sector(sqlite3_file *file)
{
    return real_file(file)->pMethods->xSectorSize(real_file(file));
}

static int file_device(sqlite3_file *file)
{
    int traits = real_file(file)->pMethods->xDeviceCharacteristics(real_file(file));
#ifdef SQLITE_IOCAP_SUBPAGE_READ
    traits &= ~SQLITE_IOCAP_SUBPAGE_READ; /* parts of a page could not be checked */
#endif
    return traits;
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret_memory)
{
    return real_file(file)->pMethods->xShmMap(real_file(file), page, size, extend, ret_memory);
}

/* A shared lock is taken by whoever begins to read, after he has seen how far the log goes: if it goes on
 * meanwhile, SQLite looks again. */
static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    struct page_file *pages = (struct page_file *)file;
    if (flags == (SQLITE_SHM_LOCK | SQLITE_SHM_SHARED) && !pages->is_writer) settling_wait(pages->settling);
    return real_file(file)->pMethods->xShmLock(real_file(file), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    real_file(file)->pMethods->xShmBarrier(real_file(file));
}

static int file_shm_unmap(sqlite3_file *file, int delete)
{
    return real_file(file)->pMethods->xShmUnmap(real_file(file), delete);
}

/* Version 2 has no mapped reads, which would go past the check. */
static const sqlite3_io_methods file_methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
    sqlite3_vfs *system = vfs->pAppData;
    if (flags & SQLITE_OPEN_WAL) return log_file_open(system, path, file, flags, ret_flags);
    if (!(flags & SQLITE_OPEN_MAIN_DB)) return system->xOpen(system, path, file, flags, ret_flags);
    struct page_file *pages = (struct page_file *)file;
    *pages = (struct page_file){.gathered.real = (sqlite3_file *)(pages + 1)};
    int code = system->xOpen(system, path, real_file(file), flags, ret_flags);
    file->pMethods = real_file(file)->pMethods ? &file_methods : NULL;
    if (file->pMethods) pages->settling = settling_join(path);
    return code;
}

/* The rest of the VFS is the system's, called with the system's own struct. */
static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xDelete(system, path, sync_folder);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret_yes)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xAccess(system, path, flags, ret_yes);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int n, char *ret_path)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xFullPathname(system, path, n, ret_path);
}

static int vfs_randomness(sqlite3_vfs *vfs, int n, char *ret_bytes)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xRandomness(system, n, ret_bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xSleep(system, microseconds);
}

static int vfs_last_error(sqlite3_vfs *vfs, int n, char *ret_text)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xGetLastError(system, n, ret_text);
}

static int vfs_time(sqlite3_vfs *vfs, sqlite3_int64 *ret_time)
{
    sqlite3_vfs *system = vfs->pAppData;
    return system->xCurrentTimeInt64(system, ret_time);
}

/* Filled once and then SQLite's for the life of the process, as its interface demands. */
static sqlite3_vfs page_vfs = {
    .iVersion = 2,
    .zName = VFS_NAME,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xGetLastError = vfs_last_error,
    .xCurrentTimeInt64 = vfs_time,
};

static void vfs_register(void)
{
    /* Counting every allocation takes a lock that all threads share. Refused when somebody used SQLite
     * before. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    page_vfs.pAppData = system;
    page_vfs.mxPathname = system->mxPathname;
    int ours = (int)sizeof(struct page_file) > log_file_size ? (int)sizeof(struct page_file) : log_file_size;
    page_vfs.szOsFile = system->szOsFile + ours;
    if (sqlite3_vfs_register(&page_vfs, 0) != SQLITE_OK) {
        fputs("panji: SQLite takes no VFS\n", stderr);
        abort();
    }
}

const char *pages_vfs(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, vfs_register);
    return VFS_NAME;
}
