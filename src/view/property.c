/* Property and its chain of custody: who held what, from whom, since which entry. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE property(id TEXT PRIMARY KEY, case_id TEXT, category TEXT, type TEXT, description TEXT,"
    "  quantity TEXT, unit TEXT, state TEXT NOT NULL, office TEXT NOT NULL, seq INTEGER NOT NULL,"
    "  moved_seq INTEGER NOT NULL, moved_path TEXT, deposit_seq INTEGER) STRICT, WITHOUT ROWID;"
    "CREATE TABLE custody(property TEXT NOT NULL, seq INTEGER NOT NULL, word TEXT NOT NULL,"
    "  office TEXT NOT NULL, to_office TEXT, officer TEXT NOT NULL, at INTEGER NOT NULL,"
    "  PRIMARY KEY(property, seq, word)) STRICT, WITHOUT ROWID;";

static const char indexes[] = "CREATE INDEX property_case ON property(case_id);"
                              "CREATE INDEX property_office ON property(office, moved_seq, id);";

static const char *const tables[] = {"property", "custody", NULL};

static void property_insert(struct view_step *step, const struct mention *mention)
{
    const json_t *v = mention->value;
    db_run(step->db,
        "INSERT INTO property(id, case_id, category, type, description, quantity, unit, state, office, seq,"
        " moved_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, 'named', $8, $9, $9)",
        V(mention->id), V(step->case_id), V(json_text(v, "category")), V(json_text(v, "kind")),
        V(json_text(v, "description")), V(json_text(v, "quantity")), V(json_text(v, "unit")),
        V(step->entry->office), V(step->entry->seq));
}

static void property_update(struct view_step *step, const struct mention *mention)
{
    const json_t *v = mention->value;
    db_run(step->db,
        "UPDATE property SET category = coalesce($2, category), type = coalesce($3, type),"
        " description = coalesce($4, description), quantity = coalesce($5, quantity),"
        " unit = coalesce($6, unit) WHERE id = $1",
        V(mention->id), V(json_text(v, "category")), V(json_text(v, "kind")), V(json_text(v, "description")),
        V(json_text(v, "quantity")), V(json_text(v, "unit")));
}

static void custody_add(
    struct view_step *step, const struct mention *mention, const struct form_effect *effect)
{
    const struct entry *e = step->entry;
    /* A memo is sent to others as well; the thing goes to them only where it is moved. */
    const char *to = strcmp(effect->word, "move") == 0 && e->to_count ? e->to[0] : NULL;
    db_run(step->db,
        "INSERT INTO custody(property, seq, word, office, to_office, officer, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT(property, seq, word) DO NOTHING",
        V(mention->id), V(e->seq), V(effect->word), V(e->office), V(to),
        V(e->officer), V(e->filed_at));
    db_run(step->db,
        "UPDATE property SET state = $2, office = $3, moved_seq = $4, moved_path = $5,"
        " deposit_seq = CASE $2 WHEN 'deposit' THEN $4 ELSE deposit_seq END WHERE id = $1",
        V(mention->id), V(effect->word), V(e->office), V(e->seq), V(mention->path));
}

static void apply(struct view_step *step)
{
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "property") != 0) continue;
        if (mention->known)
            property_update(step, mention);
        else
            property_insert(step, mention);
    }
    for (size_t i = 0; step->body && i < step->form->property_count; i++)
        if (condition_holds(&step->form->properties[i].when, NULL, step->body))
            mentions_each(step, step->form->properties[i].path, custody_add, &step->form->properties[i]);
}

void property_correct(struct view_step *step, const json_t *before)
{
    static const struct {
        const char *member, *sql;
    } columns[] = {
        {"category", "UPDATE property SET category = $2 WHERE id = $1"},
        {"kind", "UPDATE property SET type = $2 WHERE id = $1"},
        {"description", "UPDATE property SET description = $2 WHERE id = $1"},
        {"quantity", "UPDATE property SET quantity = $2 WHERE id = $1"},
        {"unit", "UPDATE property SET unit = $2 WHERE id = $1"},
    };
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "property") != 0) continue;
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            if (member_changed(json_at(before, mention->path), mention->value, columns[k].member))
                db_run(step->db, columns[k].sql, V(mention->id),
                    V(json_text(mention->value, columns[k].member)));
    }
}

const struct view view_property = {schema, tables, apply, indexes};

/* ---- reading ---- */

#define PROPERTY_COLUMNS                                                                                     \
    "SELECT p.id, p.case_id, p.category, p.type, p.description, p.state, p.office, p.seq, p.quantity,"       \
    " p.unit, p.moved_path, m.id, m.filed_at, d.seq, d.id, d.number FROM property p"                         \
    " JOIN entry_index m ON m.seq = p.moved_seq LEFT JOIN entry_index d ON d.seq = p.deposit_seq"

static struct property_row property_row(struct rows *rows, struct arena *arena)
{
    return (struct property_row){
        .id = row_dup(rows, 0, arena),
        .case_id = row_dup(rows, 1, arena),
        .category = row_dup(rows, 2, arena),
        .type = row_dup(rows, 3, arena),
        .description = row_dup(rows, 4, arena),
        .state = row_dup(rows, 5, arena),
        .office = row_dup(rows, 6, arena),
        .seq = row_int(rows, 7),
        .quantity = row_dup(rows, 8, arena),
        .unit = row_dup(rows, 9, arena),
        .moved_path = row_dup(rows, 10, arena),
        .moved_entry = row_dup(rows, 11, arena),
        .moved_at = row_int(rows, 12),
        .deposit_seq = row_null(rows, 13) ? -1 : row_int(rows, 13),
        .deposit_entry = row_dup(rows, 14, arena),
        .deposit_number = row_dup(rows, 15, arena),
    };
}

enum err case_property(
    struct db *db, struct arena *arena, const char *case_id, struct property_row **ret, size_t *ret_count)
{
    struct property_row *list = NULL;
    size_t count = 0;
    struct rows *rows =
        db_query(db, PROPERTY_COLUMNS " WHERE p.case_id = $1 ORDER BY p.seq, p.id", V(case_id));
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = property_row(rows, arena);
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}

enum err property_get(struct db *db, struct arena *arena, const char *id, struct property_row *ret)
{
    struct rows *rows = db_query(db, PROPERTY_COLUMNS " WHERE p.id = $1", V(id));
    if (!db_next(rows)) return db_status(db) == E_OK ? E_NOT_FOUND : db_status(db);
    *ret = property_row(rows, arena);
    db_end(rows);
    return E_OK;
}

enum err property_list(struct db *db, struct arena *arena, const struct property_filter *filter,
    struct property_row **ret, size_t *ret_count)
{
    struct buf sql;
    struct value values[4 + FORMS_WANTED_MAX];
    size_t count = 0, found = 0;
    buf_init(&sql, arena, 4000);
    buf_puts(&sql, PROPERTY_COLUMNS " WHERE p.office = $1 AND p.state IN (");
    values[count++] = V(filter->office);
    for (size_t i = 0; i < filter->state_count; i++) {
        values[count++] = V(filter->states[i]);
        buf_printf(&sql, "%s$%zu", i ? "," : "", count);
    }
    buf_putc(&sql, ')');
    if (filter->after) {
        values[count++] = V(filter->after);
        buf_printf(&sql,
            " AND (p.moved_seq, p.id) < ((SELECT moved_seq FROM property WHERE id = $%zu), $%zu)", count,
            count);
    }
    values[count++] = V(filter->limit);
    buf_printf(&sql, " ORDER BY p.moved_seq DESC, p.id DESC LIMIT $%zu", count);
    struct property_row *list = ARENA_ARRAY(arena, struct property_row, filter->limit);
    struct rows *rows = db_query_composed(db, sql.data, values, count);
    while (db_next(rows)) list[found++] = property_row(rows, arena);
    *ret = list;
    *ret_count = found;
    return db_status(db);
}

enum err property_custody(
    struct db *db, struct arena *arena, const char *property, struct custody_row **ret, size_t *ret_count)
{
    struct custody_row *list = NULL;
    size_t count = 0;
    struct rows *rows = db_query(db,
        "SELECT word, office, to_office, officer, seq, at FROM custody WHERE property = $1"
        " ORDER BY seq, word",
        V(property));
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = (struct custody_row){
            .property = property,
            .word = row_dup(rows, 0, arena),
            .office = row_dup(rows, 1, arena),
            .to_office = row_dup(rows, 2, arena),
            .officer = row_dup(rows, 3, arena),
            .seq = row_int(rows, 4),
            .at = row_int(rows, 5),
        };
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}
