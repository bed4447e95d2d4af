/* db/gathered: writes to a file that follow one another gather in memory and go out together. Private to the
 * room.
 *
 * SQLite writes pages one by one, and a log's pages in two parts; a call of the system costs more than the
 * bytes. Whoever owns such a file flushes before it is read, measured, cut, synced, unlocked or closed. Only
 * for files that are synced before anybody else counts on what was written. */
#ifndef PANJI_DB_GATHERED_H
#define PANJI_DB_GATHERED_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gathered {
    sqlite3_file *real; /* the system's file, which the owner has opened */
    uint8_t *bytes;     /* NULL until something is written */
    size_t count;
    sqlite3_int64 begin; /* where they belong */
};

/* A SQLite result code, as all here. An error may be that of bytes written before; what could not be written
 * is dropped: the commit it belonged to fails, and the next one writes over the same place. */
int gathered_write(struct gathered *gathered, const void *data, size_t size, sqlite3_int64 offset);
int gathered_flush(struct gathered *gathered);

/* Whether a write at offset goes on where the last one ended. */
bool gathered_follows(const struct gathered *gathered, sqlite3_int64 offset);

/* Flushes, closes the file, gives back the memory. */
int gathered_close(struct gathered *gathered);

#endif
