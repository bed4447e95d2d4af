/* db/log_file: see log_file.h. */
#include "db/log_file.h"

#include "db/gathered.h"
#include "db/settling.h"

struct log_file {
    sqlite3_file base;
    struct gathered gathered;  /* its file, the system's own, follows in memory */
    struct settling *settling; /* its commits are synced by somebody else; NULL: by itself */
    bool headed;               /* its header was written since it was synced */
};

const int log_file_size = (int)sizeof(struct log_file);

static sqlite3_file *real_file(sqlite3_file *file)
{
    return ((struct log_file *)file)->gathered.real;
}

static int log_flush(sqlite3_file *file)
{
    return gathered_flush(&((struct log_file *)file)->gathered);
}

static int log_write(sqlite3_file *file, const void *data, int n, sqlite3_int64 offset)
{
    struct log_file *log = (struct log_file *)file;
    log->headed |= offset == 0;
    return gathered_write(&log->gathered, data, (size_t)n, offset);
}

static int log_read(sqlite3_file *file, void *data, int n, sqlite3_int64 offset)
{
    int code = log_flush(file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xRead(real_file(file), data, n, offset) : code;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = log_flush(file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xTruncate(real_file(file), size) : code;
}

/* The header of a log begun anew must be on the disk before any frame behind it, so that is never left to
 * others. */
static int log_sync(sqlite3_file *file, int flags)
{
    struct log_file *log = (struct log_file *)file;
    int code = log_flush(file);
    if (code != SQLITE_OK) return code;
    if (log->settling && !log->headed) {
        settling_begin(log->settling);
        return SQLITE_OK;
    }
    code = real_file(file)->pMethods->xSync(real_file(file), flags);
    if (code == SQLITE_OK) log->headed = false;
    return code;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    int code = log_flush(file);
    return code == SQLITE_OK ? real_file(file)->pMethods->xFileSize(real_file(file), ret_size) : code;
}

static int log_close(sqlite3_file *file)
{
    return gathered_close(&((struct log_file *)file)->gathered);
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
    if (operation == SETTLING_WRITER_LOG) {
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
    *log = (struct log_file){.gathered.real = (sqlite3_file *)(log + 1)};
    int code = system->xOpen(system, path, real_file(file), flags, ret_flags);
    file->pMethods = real_file(file)->pMethods ? &log_methods : NULL;
    return code;
}
