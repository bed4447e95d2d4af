/* db: opening, errors and transactions, over SQLite. */
#include "db/db.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/handle.h"
#include "db/pages.h"

#define BUSY_TIMEOUT_MS 5000
#define HANDLE_BYTES_MAX ((size_t)16 * 1024 * 1024)

/* How each mode is set up. A page is 4096 bytes everywhere: db/pages counts on it. */
static const struct {
    int flags;
    const char *setup, *cache;
} modes[] = {
    [DB_READ] = {SQLITE_OPEN_READWRITE,
        "PRAGMA query_only=1; PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-4096"},
    [DB_WRITE] = {SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=268435456; PRAGMA temp_store=MEMORY",
        "PRAGMA cache_size=-32768"},
    [DB_MEMORY] = {SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_URI,
        "PRAGMA secure_delete=0; PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-2048"},
    /* The journal is kept in memory, not off: an undone savepoint needs it. */
    [DB_BULK] = {SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        "PRAGMA page_size=4096; PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY;"
        "PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-131072"},
};

/* What a SQLite result code means to us. */
static enum err err_of(int code)
{
    if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_CORRUPTFS) return E_CORRUPT;
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return E_OK;
    case SQLITE_CONSTRAINT: return E_PROBLEM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return E_BUSY;
    case SQLITE_FULL: return E_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return E_CORRUPT;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH: return E_DENIED;
    default: return E_IO;
    }
}

/* A quota or a limit on the size of files is a full disk too, but SQLite says so of ENOSPC alone. It keeps
 * the system's error of a failed commit nowhere: errno still has it. */
static bool is_quota(int code)
{
    return code == SQLITE_IOERR_WRITE && (errno == EDQUOT || errno == EFBIG);
}

enum err db_fail(struct db *db, int code)
{
    enum err err = is_quota(code) ? E_FULL : err_of(code);
    if ((code & 0xFF) == SQLITE_NOMEM) {
        fputs("panji: memory: exhausted\n", stderr);
        abort();
    }
    if (db->status == E_OK && err != E_OK) {
        db->status = err;
        snprintf(db->message, sizeof db->message, "%s", sqlite3_errmsg(db->sqlite));
    }
    return err;
}

/* Runs a text whatever the handle's status is. */
static enum err db_exec(struct db *db, const char *sql)
{
    int code = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
    if (code == SQLITE_ERROR) {
        fprintf(stderr, "panji: database: %s\n%s\n", sqlite3_errmsg(db->sqlite), sql);
        abort();
    }
    return db_fail(db, code);
}

/* Why the file could not be opened. */
static enum err open_error(const char *path, enum db_mode mode, int code)
{
    if ((code & 0xFF) != SQLITE_CANTOPEN) return err_of(code);
    if (access(path, F_OK) != 0 && errno == ENOENT && mode == DB_READ) return E_NOT_FOUND;
    return access(path, R_OK | W_OK) != 0 && errno == EACCES ? E_DENIED : E_IO;
}

static enum err db_setup(struct db *db)
{
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_timeout(db->sqlite, BUSY_TIMEOUT_MS);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    /* Whoever only reads leaves the log where it is: proving a folder must not change it. */
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, db->mode == DB_READ, NULL);
    int reserved = PAGES_RESERVED;
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    TRY(db_exec(db, modes[db->mode].setup));
    TRY(db_exec(db, modes[db->mode].cache));
    return db_exec(db, "SELECT 1 FROM sqlite_schema LIMIT 1"); /* a file that is no database shows it here */
}

enum err db_open(const char *path, enum db_mode mode, struct db **ret_db)
{
    struct arena *arena = arena_new(HANDLE_BYTES_MAX);
    struct db *db = ARENA_NEW(arena, struct db);
    db->arena = arena;
    db->mode = mode;
    int code = sqlite3_open_v2(mode == DB_MEMORY ? ":memory:" : path, &db->sqlite,
        modes[mode].flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, pages_vfs());
    enum err err = code == SQLITE_OK ? db_setup(db) : open_error(path, mode, code);
    if (err != E_OK) {
        db_close(db);
        return err;
    }
    *ret_db = db;
    return E_OK;
}

/* The path as a URI that opens the file for reading only. */
static const char *path_uri(struct arena *arena, const char *path)
{
    struct buf uri;
    buf_init(&uri, arena, 3 * strlen(path) + 32);
    buf_puts(&uri, "file:");
    for (; *path; path++) {
        bool plain = isalnum((unsigned char)*path) || strchr("/._-", *path);
        if (plain) buf_putc(&uri, *path);
        else buf_printf(&uri, "%%%02x", (unsigned char)*path);
    }
    buf_puts(&uri, "?mode=ro");
    return uri.data;
}

/* Refuses to compile what reads another table of the database beside than the one named. */
static int beside_allow(void *table, int action, const char *name, const char *column, const char *database,
    const char *view)
{
    (void)column, (void)view;
    bool foreign = action == SQLITE_READ && database && strcmp(database, "beside") == 0;
    return foreign && strcmp(name, table) != 0 ? SQLITE_DENY : SQLITE_OK;
}

enum err db_open_beside(const char *path, const char *table, struct db **ret_db)
{
    struct db *db;
    TRY(db_open(NULL, DB_MEMORY, &db));
    const char *uri = path_uri(db->arena, path);
    enum err err = db_run(db, "ATTACH $1 AS beside", V(uri));
    /* What is looked up in the register is mostly from the last days of it, which fit into this. */
    if (err == E_OK) err = db_exec(db, "PRAGMA beside.cache_size=-32768");
    /* A temporary view comes before any table of its name. */
    if (err == E_OK)
        err = db_exec(
            db, arena_printf(db->arena, "CREATE TEMP VIEW %s AS SELECT * FROM beside.%s", table, table));
    sqlite3_set_authorizer(db->sqlite, beside_allow, arena_strdup(db->arena, table));
    if (err != E_OK) {
        if (err == E_IO && access(path, F_OK) != 0) err = E_NOT_FOUND;
        db_close(db);
        return err;
    }
    *ret_db = db;
    return E_OK;
}

void db_cache(struct db *db, size_t bytes)
{
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA cache_size=-%zu", bytes / 1024);
    db_exec(db, bytes ? pragma : modes[db->mode].cache);
}

void db_close(struct db *db)
{
    if (!db) return;
    statements_close(db);
    int code = sqlite3_close(db->sqlite);
    assert(code == SQLITE_OK);
    arena_free(db->arena);
}

void db_closep(struct db **db)
{
    db_close(*db);
}

enum err db_script(struct db *db, const char *sql)
{
    TRY(db->status);
    return db_exec(db, sql);
}

enum err db_status(const struct db *db)
{
    return db->status;
}

const char *db_message(const struct db *db)
{
    return db->message;
}

void db_clear(struct db *db)
{
    db->status = E_OK;
    db->message[0] = '\0';
}

enum err db_begin(struct db *db)
{
    TRY(db_do(db, db->mode == DB_READ ? "BEGIN" : "BEGIN IMMEDIATE"));
    db->opened_at_begin = db->opened_count;
    db->savepoints_kept = 0;
    return E_OK;
}

enum err db_commit(struct db *db)
{
    rows_end_since(db, db->opened_at_begin);
    if (db_do(db, "COMMIT") == E_OK) return E_OK;
    db_rollback(db);
    return db->status;
}

/* After some failures SQLite has rolled back by itself. */
void db_rollback(struct db *db)
{
    rows_end_since(db, db->opened_at_begin);
    if (!sqlite3_get_autocommit(db->sqlite)) db_exec(db, "ROLLBACK");
}

enum err db_savepoint(struct db *db)
{
    TRY(db_do(db, "SAVEPOINT job"));
    db->opened_at_savepoint = db->opened_count;
    return E_OK;
}

enum err db_savepoint_keep(struct db *db)
{
    rows_end_since(db, db->opened_at_savepoint);
    TRY(db_do(db, "RELEASE job"));
    db->savepoints_kept++;
    return E_OK;
}

void db_savepoint_undo(struct db *db)
{
    rows_end_since(db, db->opened_at_savepoint);
    if (!sqlite3_get_autocommit(db->sqlite)) db_exec(db, "ROLLBACK TO job; RELEASE job");
    if (db->status == E_PROBLEM || db->status == E_BUSY) db_clear(db);
}
