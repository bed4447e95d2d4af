/* Entries as registers and cases list them, what cites what, which files they name, and which masked fields
 * were opened. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE entry_index("
    "  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, form TEXT NOT NULL, form_version INTEGER NOT NULL,"
    "  office TEXT NOT NULL, officer TEXT NOT NULL, case_id TEXT, number TEXT,"
    "  filed_at INTEGER NOT NULL, claimed_at INTEGER NOT NULL, corrected_by INTEGER NOT NULL) STRICT;"
    "CREATE INDEX entry_index_case ON entry_index(case_id, form, seq) WHERE case_id IS NOT NULL;"
    "CREATE TABLE citation(target TEXT NOT NULL, seq INTEGER NOT NULL, form TEXT NOT NULL,"
    "  field TEXT NOT NULL, PRIMARY KEY(target, form, seq, field)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE opened_field(entry_id TEXT NOT NULL, officer TEXT NOT NULL, path TEXT NOT NULL,"
    "  seq INTEGER NOT NULL) STRICT;"
    "CREATE TABLE file_use(sha256 TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;";

static const char indexes[] = "CREATE INDEX file_use_sha256 ON file_use(sha256);"
                              "CREATE INDEX entry_index_office ON entry_index(office, form, seq);"
                              "CREATE INDEX opened_field_entry ON opened_field(entry_id, officer);";

static const char *const tables[] = {"entry_index", "citation", "opened_field", "file_use", NULL};

static void file_used(struct view_step *step, const char *sha256)
{
    db_run(step->db, "INSERT INTO file_use(sha256, seq) VALUES ($1, $2)", V(sha256), V(step->entry->seq));
}

static void cite(struct view_step *step)
{
    for (size_t i = 0; i < step->names.count; i++) {
        const struct form_visit *name = &step->names.list[i];
        const char *text = json_string_value(name->value);
        if (name->field->type == FIELD_ENTRY && text)
            db_run(step->db, "INSERT INTO citation(target, seq, form, field) VALUES ($1, $2, $3, $4)",
                V(text), V(step->entry->seq), V(step->form->name), V(name->path));
        if (name->field->type == FIELD_BLOB && text) file_used(step, text);
    }
}

/* A correction gives a file by its hash like any other value. */
static void cite_corrected(struct view_step *step)
{
    size_t i;
    const json_t *change;
    json_array_foreach (json_object_get(step->body, "changes"), i, change) {
        const char *value = json_text(change, "value");
        if (value && strlen(value) == 64 && strspn(value, "0123456789abcdef") == 64) file_used(step, value);
    }
}

static void apply(struct view_step *step)
{
    const struct entry *e = step->entry;
    db_run(step->db,
        "INSERT INTO entry_index(seq, id, form, form_version, office, officer, case_id, number, filed_at,"
        " claimed_at, corrected_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, -1)",
        V(e->seq), V(e->id), V(e->form), V(e->form_version), V(e->office), V(e->officer), V(step->case_id),
        V(e->number), V(e->filed_at), V(e->claimed_at));
    if (!step->body) return;
    cite(step);
    if (step->form->amends) cite_corrected(step);
    if (strcmp(e->form, "confidential_opening") == 0)
        db_run(step->db, "INSERT INTO opened_field(entry_id, officer, path, seq) VALUES ($1, $2, $3, $4)",
            V(json_text(json_object_get(step->body, "opening"), "entry")), V(e->officer),
            V(json_text(json_object_get(step->body, "opening"), "path")), V(e->seq));
}

const struct view view_entries = {schema, tables, apply, indexes};

size_t opened_paths(
    struct db *db, struct arena *arena, const char *entry_id, const char *officer, const char ***ret)
{
    const char **paths = NULL;
    size_t count = 0;
    struct rows *rows = db_query(
        db, "SELECT path FROM opened_field WHERE entry_id = $1 AND officer = $2", V(entry_id), V(officer));
    while (db_next(rows)) {
        ROWS_GROW(arena, paths, count);
        paths[count++] = row_dup(rows, 0, arena);
    }
    *ret = paths;
    return count;
}

size_t files_used(struct db *db, struct arena *arena, const char *sha256, int64_t **ret_seqs)
{
    int64_t *seqs = NULL;
    size_t count = 0;
    struct rows *rows = db_query(db, "SELECT seq FROM file_use WHERE sha256 = $1 ORDER BY seq", V(sha256));
    while (db_next(rows)) {
        ROWS_GROW(arena, seqs, count);
        seqs[count++] = row_int(rows, 0);
    }
    *ret_seqs = seqs;
    return count;
}

/* ---- lists ---- */

#define ENTRY_COLUMNS                                                                                    \
    "SELECT seq, id, form, form_version, office, officer, case_id, number, filed_at, claimed_at,"        \
    " corrected_by FROM entry_index"

static struct entry_row entry_row(struct rows *rows, struct arena *arena)
{
    return (struct entry_row){
        .seq = row_int(rows, 0),
        .id = row_dup(rows, 1, arena),
        .form = row_dup(rows, 2, arena),
        .form_version = (int)row_int(rows, 3),
        .office = row_dup(rows, 4, arena),
        .officer = row_dup(rows, 5, arena),
        .case_id = row_dup(rows, 6, arena),
        .number = row_dup(rows, 7, arena),
        .filed_at = row_int(rows, 8),
        .claimed_at = row_int(rows, 9),
        .corrected_by = row_int(rows, 10),
    };
}

struct query {
    struct buf sql;
    struct value values[16 + FORMS_WANTED_MAX];
    size_t count;
};

static void query_where(struct query *query, const char *condition, struct value value)
{
    query->values[query->count++] = value;
    buf_puts(&query->sql, query->count == 1 ? " WHERE " : " AND ");
    buf_printf(&query->sql, "%s $%zu", condition, query->count);
}

static void query_forms(struct query *query, const struct entry_filter *filter)
{
    if (!filter->forms) return;
    buf_puts(&query->sql, query->count == 0 ? " WHERE form IN (" : " AND form IN (");
    for (size_t i = 0; i < filter->form_count; i++) {
        query->values[query->count++] = V(filter->forms[i]);
        buf_printf(&query->sql, "%s$%zu", i ? "," : "", query->count);
    }
    buf_putc(&query->sql, ')');
}

enum err entry_list(struct db *db, struct arena *arena, const struct entry_filter *filter,
    struct entry_row **ret_rows, size_t *ret_count, bool *ret_more)
{
    struct query query = {.count = 0};
    buf_init(&query.sql, arena, 2000);
    buf_puts(&query.sql, ENTRY_COLUMNS);
    /* What the index of offices holds is sorted there; only the rows listed are read. */
    bool narrow =
        filter->office && !filter->case_id && !filter->officer && !filter->from && !filter->to;
    if (narrow) buf_puts(&query.sql, " WHERE seq IN (SELECT seq FROM entry_index");
    if (filter->case_id) query_where(&query, "case_id =", V(filter->case_id));
    if (filter->office) query_where(&query, "office =", V(filter->office));
    query_forms(&query, filter);
    if (filter->officer) query_where(&query, "officer =", V(filter->officer));
    if (filter->from) query_where(&query, "filed_at >=", V(filter->from));
    if (filter->to) query_where(&query, "filed_at <", V(filter->to));
    if (filter->after >= 0) query_where(&query, filter->case_id ? "seq >" : "seq <", V(filter->after));
    buf_puts(&query.sql, filter->case_id ? " ORDER BY seq" : " ORDER BY seq DESC");
    query.values[query.count++] = V(filter->limit + 1);
    buf_printf(&query.sql, " LIMIT $%zu", query.count);
    if (narrow) buf_puts(&query.sql, ") ORDER BY seq DESC");

    struct entry_row *list = ARENA_ARRAY(arena, struct entry_row, filter->limit);
    size_t count = 0;
    *ret_more = false;
    struct rows *rows = db_query_composed(db, query.sql.data, query.values, query.count);
    while (db_next(rows)) {
        if (count == filter->limit) {
            *ret_more = true;
            db_end(rows);
            break;
        }
        list[count++] = entry_row(rows, arena);
    }
    *ret_rows = list;
    *ret_count = count;
    return db_status(db);
}
