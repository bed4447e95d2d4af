/* Comparing the views of two databases row for row: the live ones with a rebuild. */
#include <string.h>

#include "base/buf.h"
#include "register/hash.h"
#include "view/view.h"

/* SELECT of every column of a table. Rows with a key come by it. For the others row order does: both
 * databases applied the same entries in the same order to empty tables, so the same rows came and went. */
static int select_all(struct db *db, struct arena *arena, const char *table, const char **ret_sql)
{
    struct buf sql, key;
    buf_init(&sql, arena, 8192);
    buf_init(&key, arena, 8192);
    int columns = 0;
    struct rows *rows = db_query(db, "SELECT name FROM pragma_table_info($1) ORDER BY cid", V(table));
    while (db_next(rows)) buf_printf(&sql, "%s%s", columns++ ? ", " : "SELECT ", row_text(rows, 0));
    rows = db_query(db, "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", V(table));
    while (db_next(rows)) buf_printf(&key, "%s%s", key.len ? ", " : "", row_text(rows, 0));
    buf_printf(&sql, " FROM %s ORDER BY %s", table, key.len ? key.data : "rowid");
    *ret_sql = sql.data;
    return columns;
}

/* ---- digests ---- */

#define DIGEST_BYTES 65536     /* hashed at a time */
#define ROW_BYTES_MAX (2 << 20)

static void table_digest(struct db *db, const char *sql, struct buf *buf, uint8_t ret[HASH_SIZE])
{
    struct hash_stream *stream = hash_begin();
    hash_add(stream, sql, strlen(sql));
    struct rows *rows = db_query_composed(db, sql, NULL, 0);
    while (db_next(rows)) {
        row_bytes(rows, buf);
        if (buf->len < DIGEST_BYTES) continue;
        hash_add(stream, buf->data, buf->len);
        buf_reset(buf);
    }
    hash_add(stream, buf->data, buf->len);
    buf_reset(buf);
    hash_end(stream, ret);
}

enum err views_digest_make(struct db *db, struct arena *arena, struct views_digest *ret)
{
    const char *const *tables = views_tables();
    size_t count = 0;
    while (tables[count]) count++;
    ret->tables = arena_alloc(arena, count * sizeof *ret->tables);
    struct buf buf;
    buf_init(&buf, arena, DIGEST_BYTES + ROW_BYTES_MAX);
    for (size_t i = 0; i < count && db_status(db) == E_OK; i++) {
        const char *sql;
        if (select_all(db, arena, tables[i], &sql) > 0) table_digest(db, sql, &buf, ret->tables[i]);
    }
    ret->whole = !buf.overflow;
    return db_status(db);
}

bool views_digest_equal(const struct views_digest *left, const struct views_digest *right)
{
    size_t count = 0;
    while (views_tables()[count]) count++;
    return left->whole && right->whole &&
           memcmp(left->tables, right->tables, count * sizeof *left->tables) == 0;
}

/* ---- row for row ---- */

static bool same_value(struct rows *left, struct rows *right, int column)
{
    size_t n, m;
    const void *a = row_blob(left, column, &n), *b = row_blob(right, column, &m);
    return a && b ? n == m && memcmp(a, b, n) == 0 : a == b;
}

static enum err table_equal(
    struct db *left, struct db *right, struct arena *arena, const char *table, const char **ret_row)
{
    const char *sql, *other;
    int columns = select_all(left, arena, table, &other);
    bool same = select_all(right, arena, table, &sql) == columns;
    if (!same || strncmp(sql, other, (size_t)(strstr(sql, " ORDER BY ") - sql)) != 0) {
        *ret_row = "its columns differ";
        return E_CORRUPT;
    }
    struct rows *a = db_query_composed(left, sql, NULL, 0), *b = db_query_composed(right, sql, NULL, 0);
    int64_t n = 0;
    for (;; n++) {
        bool more_a = db_next(a), more_b = db_next(b);
        if (!more_a && !more_b) break;
        int column = 0;
        while (more_a && more_b && column < columns && same_value(a, b, column)) column++;
        if (more_a && more_b && column == columns) continue;
        *ret_row = arena_printf(arena, "row %lld, whose first value is %s", (long long)n + 1,
            more_a && row_text(a, 0)   ? row_text(a, 0)
            : more_b && row_text(b, 0) ? row_text(b, 0)
                                       : "empty");
        if (more_a) db_end(a);
        if (more_b) db_end(b);
        return E_CORRUPT;
    }
    TRY(db_status(left));
    return db_status(right);
}

enum err views_equal(
    struct db *left, struct db *right, struct arena *arena, const char **ret_table, const char **ret_row)
{
    const char *const *tables = views_tables();
    for (size_t i = 0; tables[i]; i++) {
        *ret_table = tables[i];
        TRY(table_equal(left, right, arena, tables[i], ret_row));
    }
    return E_OK;
}
