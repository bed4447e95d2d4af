/* db/handle: what a database handle is inside, for the files of this room only. */
#ifndef PANJI_DB_HANDLE_H
#define PANJI_DB_HANDLE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "db/db.h"

/* One prepared statement, and the rows it gives while it runs. */
struct rows {
    struct db *db;
    sqlite3_stmt *stmt;
    const char *sql;       /* the literal it is kept under; NULL for composed text */
    int *places;           /* place $n is parameter places[n - 1]: SQLite numbers by first appearance */
    size_t place_count;
    struct rows *copy;     /* another statement of the same literal, for recursion */
    bool open;
    uint64_t opened;       /* when: counts up with each query of the handle */
    struct rows *open_next; /* the open rows of the handle, newest first */
    struct rows *free_next; /* composed rows that can be used again */
};

struct db {
    sqlite3 *sqlite;
    enum db_mode mode;
    struct arena *arena;
    struct rows **statements; /* open addressing by the literal's address; size is a power of two */
    size_t statement_count, statement_size;
    struct rows *rows_open, *rows_free;
    uint64_t opened_count;
    uint64_t opened_at_begin, opened_at_savepoint;
    size_t savepoints_kept;   /* since db_begin */
    struct settling *settling; /* commits are synced by db_settle(); NULL: by themselves (db/settling.h) */
    int log_fd;                /* with it */
    enum err status;
    char message[256];
};

/* Remembers the first error. Returns what the SQLite code means. */
enum err db_fail(struct db *db, int code);

/* Ends every query opened after `opened`. */
void rows_end_since(struct db *db, uint64_t opened);

/* Finalizes every statement. */
void statements_close(struct db *db);

#endif
