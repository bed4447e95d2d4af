/* db/log_file: the write-ahead log, written in large pieces. Private to the room.
 *
 * SQLite writes each page of a commit with two calls. Here they gather in memory and go out together before
 * the log is synced, read, measured, cut or closed. Only for logs that are synced at each commit: nobody is
 * told of pages that are not on the disk, because SQLite tells other connections of a commit after it has
 * synced the log. */
#ifndef PANJI_DB_LOG_FILE_H
#define PANJI_DB_LOG_FILE_H

#include <sqlite3.h>

/* Bytes SQLite must set aside for such a file, besides the system's own. */
extern const int log_file_size;

/* Opens the log through the system's VFS. */
int log_file_open(sqlite3_vfs *system, const char *path, sqlite3_file *file, int flags, int *ret_flags);

#endif
