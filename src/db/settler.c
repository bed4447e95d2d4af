/* db/settler: the writer's side of settling.h. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "db/settling.h"

static void log_tell(struct db *db, struct settling *settling)
{
    sqlite3_file *log = NULL;
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    log->pMethods->xFileControl(log, SETTLING_WRITER_LOG, settling);
}

enum err db_settle_apart(struct db *db)
{
    db->log_fd = open(sqlite3_filename_wal(sqlite3_db_filename(db->sqlite, "main")), O_WRONLY | O_CLOEXEC);
    if (db->log_fd < 0) return E_IO;
    sqlite3_file_control(db->sqlite, "main", SETTLING_WRITER_FILE, &db->settling);
    log_tell(db, db->settling);
    return E_OK;
}

void db_settle_together(struct db *db)
{
    if (!db->settling) return;
    log_tell(db, NULL);
    db->settling = NULL;
    close(db->log_fd);
}

void db_settle(struct db *db)
{
    if (fdatasync(db->log_fd) != 0) {
        log_line(LOG_ERROR, "database", "fault", "the disk refused the log", "why", strerror(errno), NULL);
        _exit(EX_IOERR);
    }
    settling_end(db->settling);
}
