/* db/settling: the moment between a commit and the disk having it. Private to the room.
 *
 * The group commit lets the next batch work while the disk takes the log of the last one (db/commit.h). In
 * that moment a commit stands in the log but could still be lost with the power. So every other handle of
 * this process that begins to read waits until the disk has what it would see: what is shown, signed, sent or
 * printed is durable. One such state for each database file, shared by all its handles. */
#ifndef PANJI_DB_SETTLING_H
#define PANJI_DB_SETTLING_H

#include "db/handle.h"

struct settling;

/* Told to a main file by sqlite3_file_control(): it writes its struct settling * to the argument and lets
 * its handle read without waiting, which is for the writer alone. */
#define SETTLING_WRITER_FILE 0x50414e01
/* Told to a log: argument is a struct settling *, and from here on its commits are only noted there; NULL:
 * it syncs by itself again. */
#define SETTLING_WRITER_LOG 0x50414e02

/* The state of the database at this absolute path; made by whoever comes first, gone with the last. */
struct settling *settling_join(const char *path);
void settling_leave(struct settling *settling); /* NULL allowed */

/* A commit was written to the log and is not synced. Before anybody can see it. */
void settling_begin(struct settling *settling);

/* What was begun is on the disk. */
void settling_end(struct settling *settling);

/* Returns when the disk has all that was begun before the call. */
void settling_wait(struct settling *settling);

/* From here on a commit of this handle, which must be a writer in WAL mode, does not wait for the disk: call
 * db_settle() after each, on any thread, before the next commit. E_IO. */
enum err db_settle_apart(struct db *db) MUST_CHECK;
/* As before again. Nothing may be left to settle. */
void db_settle_together(struct db *db);

/* Waits until the disk has the log. When the disk refuses, nobody knows any more what it holds, and asking
 * again would be told that all is well: the process ends with EX_IOERR, and the next start reads what is
 * really there. Nobody was told yet of what may be missing. */
void db_settle(struct db *db);

#endif
