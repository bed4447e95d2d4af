/* db/log_file: see log_file.h. What gathered but could not be written is dropped with the error that says so:
 * the commit it belonged to fails, and the next one writes over the same place. */
#include "db/log_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "db/settling.h"

#define GATHERED_MAX ((size_t)120 * 1024) /* the system's VFS takes less than 128 KB at once */

struct log_file {
    sqlite3_file base;
    sqlite3_file *real; /* the system's own follows in memory */
    uint8_t *gathered;  /* GATHERED_MAX bytes; NULL until something is written */
    size_t count;
    sqlite3_int64 begin; /* where the gathered bytes belong */
    struct settling *settling; /* its commits are synced by somebody else; NULL: by itself */
    bool headed;               /* its header was written since it was synced */
};

const int log_file_size = (int)sizeof(struct log_file);

static sqlite3_file *real_file(sqlite3_file *file)
{
    return ((struct log_file *)file)->real;
}

static int gathered_write(struct log_file *log)
{
    size_t count = log->count;
    log->count = 0;
    return count ? log->real->pMethods->xWrite(log->real, log->gathered, (int)count, log->begin) : SQLITE_OK;
}

static int log_write(sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
    struct log_file *log = (struct log_file *)file;
    size_t size = (size_t)n;
    log->headed |= offset == 0;
    bool follows = log->count > 0 && offset == log->begin + (sqlite3_int64)log->count;
    if (!follows || log->count + size > GATHERED_MAX) {
        int code = gathered_write(log);
        if (code != SQLITE_OK) return code;
        log->begin = offset;
    }
    if (!log->gathered) log->gathered = sqlite3_malloc((int)GATHERED_MAX);
    if (!log->gathered) return SQLITE_NOMEM;
    if (size > GATHERED_MAX) return log->real->pMethods->xWrite(log->real, data, n, offset);
    memcpy(log->gathered + log->count, data, size);
    log->count += size;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
    int code = gathered_write((struct log_file *)file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xRead(real_file(file), data, n, offset) : code;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = gathered_write((struct log_file *)file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xTruncate(real_file(file), size) : code;
}

/* The header of a log begun anew must be on the disk before any frame behind it, so that is never left to
 * others. */
static int log_sync(sqlite3_file *file, int flags)
{
    struct log_file *log = (struct log_file *)file;
    int code = gathered_write(log);
    if (code != SQLITE_OK) return code;
    if (log->settling && !log->headed) {
        settling_begin(log->settling);
        return SQLITE_OK;
    }
    code = log->real->pMethods->xSync(log->real, flags);
    if (code == SQLITE_OK) log->headed = false;
    return code;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    int code = gathered_write((struct log_file *)file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xFileSize(real_file(file), ret_size) : code;
}

static int log_close(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    int code = gathered_write(log);
    sqlite3_free(log->gathered);
    int closed = log->real->pMethods->xClose(log->real);
    return code == SQLITE_OK ? closed : code;
}

/* The rest is the system's own. A log is never locked nor shared by itself. */
static int log_lock(sqlite3_file *file, int level)
{
    return real_file(file)->pMethods->xLock(real_file(file), level);
}

static int log_unlock(sqlite3_file *file, int level)
{
    return real_file(file)->pMethods->xUnlock(real_file(file), level);
}

static int log_check_lock(sqlite3_file *file, int *ret_locked)
{
    return real_file(file)->pMethods->xCheckReservedLock(real_file(file), ret_locked);
}

static int log_control(sqlite3_file *file, int operation, void *argument)
{
    if (operation == SETTLING_LOG) {
        ((struct log_file *)file)->settling = argument;
        return SQLITE_OK;
    }
    return real_file(file)->pMethods->xFileControl(real_file(file), operation, argument);
}

static int log_sector(sqlite3_file *file)
{
    return real_file(file)->pMethods->xSectorSize(real_file(file));
}

static int log_device(sqlite3_file *file)
{
    return real_file(file)->pMethods->xDeviceCharacteristics(real_file(file));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_check_lock,
    .xFileControl = log_control,
    .xSectorSize = log_sector,
    .xDeviceCharacteristics = log_device,
};

int log_file_open(sqlite3_vfs *system, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
    struct log_file *log = (struct log_file *)file;
    *log = (struct log_file){.real = (sqlite3_file *)(log + 1)};
    int code = system->xOpen(system, path, log->real, flags, ret_flags);
    file->pMethods = log->real->pMethods ? &log_methods : NULL;
    return code;
}
