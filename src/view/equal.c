/* Comparing the views of two databases row for row: the live ones with a rebuild. */
#include <string.h>

#include "base/buf.h"
#include "view/view.h"

/* SELECT of every column of a table in row order. Both databases applied the same entries in the same order
 * to empty tables, so the same rows came and went and row order is the same when the content is. */
static int select_all(struct db *db, struct arena *arena, const char *table, const char **ret_sql)
{
    struct buf sql;
    buf_init(&sql, arena, 8192);
    int columns = 0;
    struct rows *rows = db_query(db, "SELECT name FROM pragma_table_info($1) ORDER BY cid", V(table));
    while (db_next(rows)) buf_printf(&sql, "%s%s", columns++ ? ", " : "SELECT ", row_text(rows, 0));
    buf_printf(&sql, " FROM %s ORDER BY rowid", table);
    *ret_sql = sql.data;
    return columns;
}

static bool same_value(struct rows *left, struct rows *right, int column)
{
    const char *a = row_text(left, column), *b = row_text(right, column);
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum err table_equal(
    struct db *left, struct db *right, struct arena *arena, const char *table, const char **ret_row)
{
    const char *sql, *other;
    int columns = select_all(left, arena, table, &sql);
    if (select_all(right, arena, table, &other) != columns || strcmp(sql, other) != 0) {
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
