/* db: one SQL face. Nothing above this room knows which database runs; today it is SQLite.
 *
 * Statements are written where they are used, in the SQL both SQLite and PostgreSQL take ($1 $2 places, no
 * AUTOINCREMENT, no triggers, no database clock), prepared on first use and kept by the address of the
 * text, so the text must be a string literal. Errors stick to the handle: a writer may run several statements
 * and ask db_status() once, before it commits. A statement that does not compile is a bug and aborts.
 * A handle belongs to one thread at a time. */
#ifndef PANJI_DB_DB_H
#define PANJI_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct db;
struct rows; /* the result of one running statement; borrowed from the handle */

enum db_mode {
    DB_READ,   /* a reader beside the writer; sees the last commit (WAL snapshot per statement or db_begin) */
    DB_WRITE,  /* the one writer; creates the file when missing */
    DB_MEMORY, /* a private database in memory, for rebuild comparisons and tests */
    DB_BULK,   /* a private scratch file without durability, for rebuild */
};

/* Opens path. Database pages carry checksums (db/pages.h); a damaged page reads as E_CORRUPT. */
enum err db_open(const char *path, enum db_mode mode, struct db **ret_db) MUST_CHECK;

/* A private database in memory that reads the table `table` of the database at path as if it were its own,
 * and nothing else of it: for views made anew beside the ones to be proved. The file is never written. */
enum err db_open_beside(const char *path, const char *table, struct db **ret_db) MUST_CHECK;

/* Pages kept in memory from here on; 0: as many as the mode has. Less memory is taken when less is used. */
void db_cache(struct db *db, size_t bytes);

void db_close(struct db *db); /* NULL allowed */
void db_closep(struct db **db); /* for CLEANUP */

/* Several statements in one text, for schemas. */
enum err db_script(struct db *db, const char *sql) MUST_CHECK;

struct value {
    enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } kind;
    int64_t integer;
    const void *data;
    size_t len;
};
struct value value_int(int64_t integer);
struct value value_text(const char *text); /* NULL becomes SQL NULL */
struct value value_blob(const void *data, size_t len);
static inline struct value value_size(size_t n) { return value_int((int64_t)n); }

#define V(x)                                                                                             \
    _Generic((x), const char *: value_text, char *: value_text, int: value_int, unsigned: value_int,     \
        long: value_int, long long: value_int, size_t: value_size, bool: value_int)(x)
#define VB(data, len) value_blob((data), (len))

/* Runs a statement that gives no rows. db_run(db, "INSERT … VALUES ($1,$2)", V(id), V(seq)); */
#define db_run(db, sql, ...)                                                                             \
    db_run_values((db), (sql), (struct value[]){__VA_ARGS__},                                            \
        sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value))
enum err db_run_values(struct db *db, const char *sql, const struct value *values, size_t count);
enum err db_do(struct db *db, const char *sql); /* the same without values */
int64_t db_changes(struct db *db); /* rows the last db_run changed */

/* Starts a query; rows are read with db_next() until it is false. Starting the same literal again on the
 * same handle while its rows are still open gets a second copy of the statement, so recursion works. */
#define db_query(db, sql, ...)                                                                           \
    db_query_values((db), (sql), (struct value[]){__VA_ARGS__},                                          \
        sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value))
struct rows *db_query_values(struct db *db, const char *sql, const struct value *values, size_t count);
struct rows *db_query_all(struct db *db, const char *sql); /* without values */

/* A query whose text is composed at run time (filters). Not cached. The text must be made of literals only,
 * values always travel as places. */
struct rows *db_query_composed(struct db *db, const char *sql, const struct value *values, size_t count);

bool db_next(struct rows *rows);      /* false at the end (rows released) or on error (see db_status) */
void db_end(struct rows *rows);       /* releases early; not needed after db_next() was false */
int64_t row_int(struct rows *rows, int column);         /* 0 for NULL */
const char *row_text(struct rows *rows, int column);    /* NULL for NULL; valid until the next db_next */
const void *row_blob(struct rows *rows, int column, size_t *ret_len);
bool row_null(struct rows *rows, int column);
/* Appends all values of the row; rows that differ give bytes that differ. */
void row_bytes(struct rows *rows, struct buf *ret);
/* Ends the rows and makes err the handle's status: for a row that cannot be as written. */
void rows_fail(struct rows *rows, enum err err, const char *message);
/* A copy in the arena. */
const char *row_dup(struct rows *rows, int column, struct arena *arena);

/* One value, or the default when there is no row or it is NULL. */
#define db_int(db, sql, otherwise, ...)                                                                  \
    db_int_values((db), (sql), (otherwise), (struct value[]){__VA_ARGS__},                               \
        sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value))
int64_t db_int_values(
    struct db *db, const char *sql, int64_t otherwise, const struct value *values, size_t count);
#define db_text(db, arena, sql, ...)                                                                     \
    db_text_values((db), (arena), (sql), (struct value[]){__VA_ARGS__},                                  \
        sizeof((struct value[]){__VA_ARGS__}) / sizeof(struct value))
const char *db_text_values(struct db *db, struct arena *arena, const char *sql, const struct value *values,
    size_t count); /* NULL when there is none */

/* The first error since the last db_clear(), E_OK when none; while it stands no statement runs. A broken
 * UNIQUE, NOT NULL or CHECK is E_PROBLEM. db_message: the database's own English words. */
enum err db_status(const struct db *db);
const char *db_message(const struct db *db);
void db_clear(struct db *db);

/* Transactions. A savepoint inside a write transaction makes one entry all or nothing. Rows still open at the
 * end of a transaction or savepoint in which they were started are released there. */
enum err db_begin(struct db *db) MUST_CHECK;        /* reader: a snapshot; writer: takes the write lock */
enum err db_commit(struct db *db) MUST_CHECK;       /* E_OK means durable */
void db_rollback(struct db *db);
enum err db_savepoint(struct db *db) MUST_CHECK;    /* one level */
enum err db_savepoint_keep(struct db *db) MUST_CHECK;
void db_savepoint_undo(struct db *db);              /* also clears the sticky error unless the disk failed */

#endif
