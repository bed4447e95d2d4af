/* db: statements, the values that go in and the rows that come out. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/handle.h"

#define STATEMENTS_FIRST 256

struct value value_int(int64_t integer)
{
    return (struct value){.kind = VALUE_INT, .integer = integer};
}

struct value value_text(const char *text)
{
    if (!text) return (struct value){.kind = VALUE_NULL};
    return (struct value){.kind = VALUE_TEXT, .data = text, .len = strlen(text)};
}

struct value value_blob(const void *data, size_t len)
{
    if (!data) return (struct value){.kind = VALUE_NULL};
    return (struct value){.kind = VALUE_BLOB, .data = data, .len = len};
}

static _Noreturn void sql_bug(const char *sql, const char *why)
{
    fprintf(stderr, "panji: database: %s\n%s\n", why, sql);
    abort();
}

/* Compiles sql into rows->stmt and finds where each $n went. False when the database failed. */
static bool rows_prepare(struct rows *rows, const char *sql, unsigned flags)
{
    struct db *db = rows->db;
    const char *rest;
    int code = sqlite3_prepare_v3(db->sqlite, sql, -1, flags, &rows->stmt, &rest);
    if (code == SQLITE_ERROR) sql_bug(sql, sqlite3_errmsg(db->sqlite));
    if (code != SQLITE_OK) {
        db_fail(db, code);
        return false;
    }
    if (!rows->stmt || rest[strspn(rest, " \n\t;")]) sql_bug(sql, "not exactly one statement");
    rows->place_count = (size_t)sqlite3_bind_parameter_count(rows->stmt);
    rows->places = ARENA_ARRAY(db->arena, int, rows->place_count + 1);
    for (size_t i = 0; i < rows->place_count; i++) {
        char name[24];
        snprintf(name, sizeof name, "$%zu", i + 1);
        rows->places[i] = sqlite3_bind_parameter_index(rows->stmt, name);
        if (rows->places[i] == 0) sql_bug(sql, "places must be $1, $2, … without a gap");
    }
    return true;
}

/* The slot of a literal: taken by it, or free. */
static struct rows **statement_slot(struct rows **table, size_t size, const char *sql)
{
    size_t at = (size_t)(((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (size - 1);
    while (table[at] && table[at]->sql != sql) at = (at + 1) & (size - 1);
    return &table[at];
}

static void statements_grow(struct db *db)
{
    if (db->statement_count * 2 < db->statement_size) return;
    size_t size = db->statement_size ? db->statement_size * 2 : STATEMENTS_FIRST;
    struct rows **table = ARENA_ARRAY(db->arena, struct rows *, size);
    for (size_t i = 0; i < db->statement_size; i++)
        if (db->statements[i]) *statement_slot(table, size, db->statements[i]->sql) = db->statements[i];
    db->statements = table;
    db->statement_size = size;
}

/* A statement of this literal that is not running, compiled now when there is none; NULL on failure. */
static struct rows *statement_get(struct db *db, const char *sql)
{
    statements_grow(db);
    struct rows **slot = statement_slot(db->statements, db->statement_size, sql);
    if (*slot && strcmp(sqlite3_sql((*slot)->stmt), sql) != 0) sql_bug(sql, "this text is not a literal");
    struct rows *rows = *slot;
    while (rows && rows->open) rows = rows->copy;
    if (rows) return rows;
    rows = ARENA_NEW(db->arena, struct rows);
    rows->db = db;
    rows->sql = sql;
    if (!rows_prepare(rows, sql, SQLITE_PREPARE_PERSISTENT)) return NULL;
    if (!*slot) db->statement_count++;
    rows->copy = *slot;
    *slot = rows;
    return rows;
}

void statements_close(struct db *db)
{
    rows_end_since(db, 0);
    for (size_t i = 0; i < db->statement_size; i++)
        for (struct rows *rows = db->statements[i]; rows; rows = rows->copy) sqlite3_finalize(rows->stmt);
}

static int value_bind(sqlite3_stmt *stmt, int at, const struct value *value, sqlite3_destructor_type lifetime)
{
    switch (value->kind) {
    case VALUE_NULL: return sqlite3_bind_null(stmt, at);
    case VALUE_INT: return sqlite3_bind_int64(stmt, at, value->integer);
    case VALUE_TEXT: return sqlite3_bind_text64(stmt, at, value->data, value->len, lifetime, SQLITE_UTF8);
    case VALUE_BLOB: return sqlite3_bind_blob64(stmt, at, value->data, value->len, lifetime);
    }
    return SQLITE_MISUSE;
}

/* Binds the values and notes the statement as running. `lifetime` says whether SQLite copies them. */
static bool rows_start(struct rows *rows, const struct value *values, size_t count,
    sqlite3_destructor_type lifetime)
{
    if (count != rows->place_count)
        sql_bug(sqlite3_sql(rows->stmt), "the number of values is not that of places");
    struct db *db = rows->db;
    for (size_t i = 0; i < count; i++) {
        int code = value_bind(rows->stmt, rows->places[i], &values[i], lifetime);
        if (code == SQLITE_OK) continue;
        db_fail(db, code);
        return false;
    }
    rows->open = true;
    rows->opened = ++db->opened_count;
    rows->open_next = db->rows_open;
    db->rows_open = rows;
    return true;
}

void db_end(struct rows *rows)
{
    if (!rows || !rows->open) return;
    struct db *db = rows->db;
    struct rows **link = &db->rows_open;
    while (*link != rows) link = &(*link)->open_next;
    *link = rows->open_next;
    rows->open = false;
    if (rows->sql) {
        sqlite3_reset(rows->stmt);
        return;
    }
    sqlite3_finalize(rows->stmt);
    rows->stmt = NULL;
    rows->free_next = db->rows_free;
    db->rows_free = rows;
}

void rows_fail(struct rows *rows, enum err err, const char *message)
{
    struct db *db = rows->db;
    db_end(rows);
    if (db->status != E_OK) return;
    db->status = err;
    snprintf(db->message, sizeof db->message, "%s", message);
}

void rows_end_since(struct db *db, uint64_t opened)
{
    while (db->rows_open && db->rows_open->opened > opened) db_end(db->rows_open);
}

bool db_next(struct rows *rows)
{
    if (!rows || !rows->open) return false;
    int code = sqlite3_step(rows->stmt);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) db_fail(rows->db, code);
    db_end(rows);
    return false;
}

enum err db_run_values(struct db *db, const char *sql, const struct value *values, size_t count)
{
    if (db->status != E_OK) return db->status;
    struct rows *rows = statement_get(db, sql);
    if (!rows || !rows_start(rows, values, count, SQLITE_STATIC)) return db->status;
    while (db_next(rows)) continue; /* a RETURNING or PRAGMA may give rows nobody wants */
    return db->status;
}

enum err db_do(struct db *db, const char *sql)
{
    return db_run_values(db, sql, NULL, 0);
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->sqlite);
}

static struct rows *query_start(struct db *db, const char *sql, const struct value *values, size_t count,
    sqlite3_destructor_type lifetime)
{
    if (db->status != E_OK) return NULL;
    struct rows *rows = statement_get(db, sql);
    return rows && rows_start(rows, values, count, lifetime) ? rows : NULL;
}

struct rows *db_query_values(struct db *db, const char *sql, const struct value *values, size_t count)
{
    return query_start(db, sql, values, count, SQLITE_TRANSIENT);
}

struct rows *db_query_all(struct db *db, const char *sql)
{
    return db_query_values(db, sql, NULL, 0);
}

struct rows *db_query_composed(struct db *db, const char *sql, const struct value *values, size_t count)
{
    if (db->status != E_OK) return NULL;
    struct rows *rows = db->rows_free;
    if (rows) db->rows_free = rows->free_next;
    else rows = ARENA_NEW(db->arena, struct rows);
    *rows = (struct rows){.db = db};
    if (rows_prepare(rows, sql, 0) && rows_start(rows, values, count, SQLITE_TRANSIENT)) return rows;
    sqlite3_finalize(rows->stmt);
    rows->free_next = db->rows_free;
    db->rows_free = rows;
    return NULL;
}

int64_t row_int(struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->stmt, column);
}

const char *row_text(struct rows *rows, int column)
{
    return (const char *)sqlite3_column_text(rows->stmt, column);
}

const void *row_blob(struct rows *rows, int column, size_t *ret_len)
{
    const void *data = sqlite3_column_blob(rows->stmt, column);
    *ret_len = (size_t)sqlite3_column_bytes(rows->stmt, column);
    return data || row_null(rows, column) ? data : ""; /* SQLite gives NULL for an empty blob */
}

bool row_null(struct rows *rows, int column)
{
    return sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

/* A value is its kind, and if it has any a number or length, and the bytes. The values are asked for as such:
 * one call to the row each, where the column functions look it up for every question. */
void row_bytes(struct rows *rows, struct buf *ret)
{
    int columns = sqlite3_column_count(rows->stmt);
    for (int i = 0; i < columns; i++) {
        sqlite3_value *value = sqlite3_column_value(rows->stmt, i);
        int type = sqlite3_value_type(value);
        const void *data = type == SQLITE_INTEGER || type == SQLITE_NULL ? NULL : sqlite3_value_blob(value);
        int64_t number = type == SQLITE_INTEGER ? sqlite3_value_int64(value) : sqlite3_value_bytes(value);
        char head[1 + sizeof number] = {(char)type};
        memcpy(head + 1, &number, sizeof number);
        buf_add(ret, head, type == SQLITE_NULL ? 1 : sizeof head);
        if (data) buf_add(ret, data, (size_t)number);
    }
}

const char *row_dup(struct rows *rows, int column, struct arena *arena)
{
    return arena_strdup(arena, row_text(rows, column));
}

int64_t db_int_values(
    struct db *db, const char *sql, int64_t otherwise, const struct value *values, size_t count)
{
    struct rows *rows = query_start(db, sql, values, count, SQLITE_STATIC);
    int64_t n = db_next(rows) && !row_null(rows, 0) ? row_int(rows, 0) : otherwise;
    db_end(rows);
    return n;
}

const char *db_text_values(struct db *db, struct arena *arena, const char *sql, const struct value *values,
    size_t count)
{
    struct rows *rows = query_start(db, sql, values, count, SQLITE_STATIC);
    const char *text = db_next(rows) ? row_dup(rows, 0, arena) : NULL;
    db_end(rows);
    return text;
}
