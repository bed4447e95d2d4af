/* bench/rows: see rows.h. Everything is read into memory first. */
#include "rows.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"

#define COLUMNS_MAX 20

/* The tables an FIR puts rows into, and the column that tells of which entry a row is. */
static const struct source {
    const char *table, *place;
} sources[] = {
    {"entry", "t.seq"},
    {"tree_hash", "t.number * 256 + 255"},
    {"entry_index", "t.seq"},
    {"citation", "t.seq"},
    {"case_file", "t.opened_seq"},
    {"case_office", "t.opened_seq"},
    {"case_section", "t.from_seq"},
    {"person", "t.seq"},
    {"party", "t.seq"},
    {"mention", "t.seq"},
    {"naming", "t.seq"},
    {"task", "t.seq"},
    {"delivery", "t.seq"},
    {"clock_case", "t.thread"},
    {"clock", "t.seq"},
    {"checkpoint", "t.size - 1"},
};
#define SOURCE_COUNT (sizeof sources / sizeof *sources)

struct kept {
    size_t source;
    int64_t place;
    sqlite3_value *values[COLUMNS_MAX];
};

struct put {
    sqlite3 *from, *to;
    sqlite3_stmt *inserts[SOURCE_COUNT];
    int columns[SOURCE_COUNT];
    struct kept *rows;
    size_t count, room;
};

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) give_up("%s: %s", sqlite3_errmsg(db), sql);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        give_up("%s: %s", sqlite3_errmsg(db), sql);
    return stmt;
}

/* Reads the rows of one table. */
static void rows_keep(struct put *put, size_t source, int64_t from)
{
    char sql[300];
    snprintf(sql, sizeof sql, "SELECT %s AS place, t.* FROM %s t WHERE place >= %lld ORDER BY place",
        sources[source].place, sources[source].table, (long long)from);
    sqlite3_stmt *stmt = prepared(put->from, sql);
    put->columns[source] = sqlite3_column_count(stmt) - 1;
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        if (put->count == put->room) {
            put->room = put->room ? 2 * put->room : 65536;
            put->rows = realloc(put->rows, put->room * sizeof *put->rows);
            if (!put->rows) abort();
        }
        struct kept *row = &put->rows[put->count++];
        *row = (struct kept){.source = source, .place = sqlite3_column_int64(stmt, 0)};
        for (int i = 0; i < put->columns[source]; i++)
            row->values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i + 1));
    }
    sqlite3_finalize(stmt);
    static const char places[] = "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?";
    if (put->columns[source] > COLUMNS_MAX) give_up("%s has too many columns", sources[source].table);
    snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (%.*s)", sources[source].table,
        2 * put->columns[source] - 1, places);
    put->inserts[source] = prepared(put->to, sql);
}

static int in_order(const void *left, const void *right)
{
    const struct kept *a = left, *b = right;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    if (a->source != b->source) return a->source < b->source ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void databases_open(struct put *put, const char *register_path, const char *fresh_path)
{
    if (sqlite3_open_v2(register_path, &put->from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        give_up("%s", register_path);
    if (sqlite3_open_v2(fresh_path, &put->to,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        give_up("%s", fresh_path);
    run(put->to,
        "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;"
        "PRAGMA wal_autocheckpoint=4000");
    sqlite3_stmt *stmt =
        prepared(put->from, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    while (sqlite3_step(stmt) == SQLITE_ROW) run(put->to, (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
}

/* The one row in fifteen that is counted up and not put in: the number of the FIR. */
static void series_count(sqlite3_stmt *series)
{
    sqlite3_bind_text(series, 1, "PS001", -1, SQLITE_STATIC);
    if (sqlite3_step(series) != SQLITE_DONE) give_up("series");
    sqlite3_reset(series);
}

static void row_put(struct put *put, const struct kept *row)
{
    sqlite3_stmt *insert = put->inserts[row->source];
    for (int i = 0; i < put->columns[row->source]; i++) sqlite3_bind_value(insert, i + 1, row->values[i]);
    if (sqlite3_step(insert) != SQLITE_DONE)
        give_up("%s: %s", sources[row->source].table, sqlite3_errmsg(put->to));
    sqlite3_reset(insert);
}

/* How many entries were put in. */
static int64_t entries_put(struct put *put, int batch)
{
    sqlite3_stmt *series =
        prepared(put->to, "INSERT INTO series(series, office, period, last) VALUES ('fir', ?, '2026', 1)"
                          " ON CONFLICT(series, office, period) DO UPDATE SET last = series.last + 1");
    int64_t entries = 0, place = -1;
    run(put->to, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < put->count; i++) {
        if (put->rows[i].place != place) {
            if (entries > 0 && entries % batch == 0) run(put->to, "COMMIT; BEGIN IMMEDIATE");
            place = put->rows[i].place;
            entries++;
            series_count(series);
        }
        row_put(put, &put->rows[i]);
    }
    run(put->to, "COMMIT");
    sqlite3_finalize(series);
    return entries;
}

struct rows_told rows_put(const char *folder, int64_t from, int batch)
{
    char register_path[600], fresh_path[600], wal[620];
    snprintf(register_path, sizeof register_path, "%s/panji.db", folder);
    snprintf(fresh_path, sizeof fresh_path, "%s/direct.db", folder);
    snprintf(wal, sizeof wal, "%s-wal", fresh_path);
    unlink(fresh_path);
    unlink(wal);
    struct put put = {0};
    databases_open(&put, register_path, fresh_path);
    for (size_t i = 0; i < SOURCE_COUNT; i++) rows_keep(&put, i, from);
    qsort(put.rows, put.count, sizeof *put.rows, in_order);
    double start = seconds_now();
    int64_t entries = entries_put(&put, batch);
    double took = seconds_now() - start;
    for (size_t i = 0; i < SOURCE_COUNT; i++) sqlite3_finalize(put.inserts[i]);
    for (size_t i = 0; i < put.count; i++)
        for (int c = 0; c < put.columns[put.rows[i].source]; c++) sqlite3_value_free(put.rows[i].values[c]);
    free(put.rows);
    sqlite3_close(put.from);
    sqlite3_close(put.to);
    unlink(fresh_path);
    return (struct rows_told){
        (double)entries / took, (double)(put.count + (size_t)entries) / (double)entries};
}
