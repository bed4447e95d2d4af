/* Addressed entries and their four provable times: filed, received, consumed, acted on. On one node an entry
 * is received when it is filed. What nobody consumed stands on both sides' lists. */
#include <string.h>

#include "view/views.h"

static const char schema[] =
    "CREATE TABLE delivery(seq INTEGER NOT NULL, office TEXT NOT NULL, from_office TEXT NOT NULL,"
    "  form TEXT NOT NULL, case_id TEXT, filed_at INTEGER NOT NULL, received_at INTEGER,"
    "  consumed_seq INTEGER, consumed_at INTEGER, consumed_number TEXT, acted_seq INTEGER, acted_at INTEGER,"
    "  PRIMARY KEY(seq, office)) STRICT;";

static const char indexes[] = "CREATE INDEX delivery_office ON delivery(office, seq);"
                              "CREATE INDEX delivery_from ON delivery(from_office, seq);"
                              "CREATE INDEX delivery_case ON delivery(case_id) WHERE case_id IS NOT NULL;";

static const char *const tables[] = {"delivery", NULL};

static void apply(struct view_step *step)
{
    const struct entry *e = step->entry;
    for (size_t i = 0; i < e->to_count; i++)
        db_run(step->db,
            "INSERT INTO delivery(seq, office, from_office, form, case_id, filed_at, received_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT(seq, office) DO NOTHING",
            V(e->seq), V(e->to[i]), V(e->office), V(e->form), V(step->case_id), V(e->filed_at));
    if (!step->body) return;
    int64_t consumed = referred_seq(step, step->form->consumes), acted = referred_seq(step, step->form->acts);
    int64_t taken = consumed >= 0 ? consumed : acted; /* who acts on a paper has taken it into his register */
    if (taken >= 0)
        db_run(step->db,
            "UPDATE delivery SET consumed_seq = $1, consumed_at = $2, consumed_number = $3"
            " WHERE seq = $4 AND office = $5 AND consumed_seq IS NULL",
            V(e->seq), V(e->filed_at), V(e->number), V(taken), V(e->office));
    if (acted >= 0)
        db_run(step->db,
            "UPDATE delivery SET acted_seq = $1, acted_at = $2"
            " WHERE seq = $3 AND office = $4 AND acted_seq IS NULL",
            V(e->seq), V(e->filed_at), V(acted), V(e->office));
}

const struct view view_deliveries = {schema, tables, apply, indexes};

enum err delivery_list(struct db *db, struct arena *arena, const struct delivery_filter *filter,
    struct delivery_row **ret, size_t *ret_count)
{
    struct buf sql;
    buf_init(&sql, arena, 2000);
    buf_puts(&sql,
        "SELECT d.seq, i.id, d.form, i.number, d.case_id, d.from_office, d.office, d.filed_at, d.received_at,"
        " d.consumed_at, d.acted_at, d.consumed_number FROM delivery d JOIN entry_index i ON i.seq = d.seq");
    struct value values[4];
    size_t count = 0;
    const struct {
        const char *column, *value;
    } conditions[] = {
        {"d.office", filter->to_office},
        {"d.from_office", filter->from_office},
        {"d.case_id", filter->case_id},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        if (!conditions[i].value) continue;
        values[count++] = V(conditions[i].value);
        buf_printf(&sql, "%s %s = $%zu", count == 1 ? " WHERE" : " AND", conditions[i].column, count);
    }
    if (filter->open_only) buf_printf(&sql, "%s d.consumed_seq IS NULL", count ? " AND" : " WHERE");
    values[count++] = V(filter->limit);
    buf_printf(&sql, " ORDER BY d.seq DESC LIMIT $%zu", count);

    struct rows *rows = db_query_composed(db, sql.data, values, count);
    struct delivery_row *list = NULL;
    size_t found = 0;
    while (db_next(rows)) {
        ROWS_GROW(arena, list, found);
        list[found++] = (struct delivery_row){
            .seq = row_int(rows, 0),
            .id = row_dup(rows, 1, arena),
            .form = row_dup(rows, 2, arena),
            .number = row_dup(rows, 3, arena),
            .case_id = row_dup(rows, 4, arena),
            .from_office = row_dup(rows, 5, arena),
            .to_office = row_dup(rows, 6, arena),
            .filed_at = row_int(rows, 7),
            .received_at = row_int(rows, 8),
            .consumed_at = row_int(rows, 9),
            .acted_at = row_int(rows, 10),
            .consumed_number = row_dup(rows, 11, arena),
        };
    }
    *ret = list;
    *ret_count = found;
    return db_status(db);
}
