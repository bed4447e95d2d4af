/* db/log_file: the write-ahead log, written in large pieces (db/gathered.h), and its sync left to the settler
 * where there is one (db/settling.h). Private to the room. SQLite tells other connections of a commit after
 * it has synced the log, so nobody misses what has gathered. */
#ifndef PANJI_DB_LOG_FILE_H
#define PANJI_DB_LOG_FILE_H

#include <sqlite3.h>

/* Bytes SQLite must set aside for such a file, besides the system's own. */
extern const int log_file_size;

/* Opens the log through the system's VFS. */
int log_file_open(sqlite3_vfs *system, const char *path, sqlite3_file *file, int flags, int *ret_flags);

#endif
