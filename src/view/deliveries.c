/* Addressed entries and their four provable times: filed, received, consumed, acted on. On one node an entry
 * is received when it is filed. What nobody consumed stands on both sides' lists. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE delivery(seq INTEGER NOT NULL, office TEXT NOT NULL, from_office TEXT NOT NULL,"
    "  form TEXT NOT NULL, case_id TEXT, filed_at INTEGER NOT NULL, received_at INTEGER,"
    "  consumed_seq INTEGER, consumed_at INTEGER, consumed_number TEXT, acted_seq INTEGER, acted_at INTEGER,"
    "  rank INTEGER NOT NULL," /* 0, the more urgent the lower: those waiting are read in its order */
    "  PRIMARY KEY(seq, office)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE delivery_person(seq INTEGER NOT NULL, person TEXT NOT NULL," /* of papers taken in for each
                                                                                */
    "  taken_seq INTEGER, PRIMARY KEY(seq, person)) STRICT, WITHOUT ROWID;";

static const char indexes[] = "CREATE INDEX delivery_office ON delivery(office, seq);"
                              "CREATE INDEX delivery_from ON delivery(from_office, seq);"
                              "CREATE INDEX delivery_open ON delivery(office, seq)"
                              " WHERE consumed_seq IS NULL;"
                              "CREATE INDEX delivery_comes ON delivery(office, rank, seq)"
                              " WHERE consumed_seq IS NULL;"
                              "CREATE INDEX delivery_waits ON delivery(from_office, rank, seq)"
                              " WHERE consumed_seq IS NULL;"
                              "CREATE INDEX delivery_unanswered ON delivery(office, form, rank, seq)"
                              " WHERE acted_seq IS NULL;"
                              "CREATE INDEX delivery_case ON delivery(case_id) WHERE case_id IS NOT NULL;";

static const char *const tables[] = {"delivery", "delivery_person", NULL};

/* The codes of the list stand from the least urgent to the most. */
static int64_t rank_of(const struct view_step *step)
{
    const char *code = step->body && step->form->urgency
                           ? json_string_value(json_at(step->body, step->form->urgency))
                           : NULL;
    const struct code_list *list = code ? list_find(step->context->forms, "urgency") : NULL;
    const struct code *found = list ? code_find(list, code) : NULL;
    return found ? list->codes - found : 0;
}

static void person_named(
    struct view_step *step, const struct mention *mention, const struct form_effect *effect)
{
    (void)effect;
    db_run(step->db,
        "INSERT INTO delivery_person(seq, person) VALUES ($1, $2) ON CONFLICT(seq, person) DO NOTHING",
        V(step->entry->seq), V(mention->id));
}

static void person_taken(
    struct view_step *step, const struct mention *mention, const struct form_effect *effect)
{
    (void)effect;
    db_run(step->db,
        "UPDATE delivery_person SET taken_seq = $1 WHERE seq = $2 AND person = $3 AND taken_seq IS NULL",
        V(step->entry->seq), V(referred_seq(step, step->form->consumes)), V(mention->id));
}

/* Whom the paper is about, and whom this entry takes in on another. */
static void persons_apply(struct view_step *step)
{
    const struct form *form = step->form;
    if (step->entry->to_count > 0 && form->person_count > 0 &&
        form_taken_each(step->context->forms, form->name))
        for (size_t i = 0; i < form->person_count; i++)
            if (condition_holds(&form->persons[i].when, NULL, step->body))
                mentions_each(step, form->persons[i].path, person_named, &form->persons[i]);
    if (form->consumes_each) mentions_each(step, form->consumes_each, person_taken, NULL);
}

bool delivery_has_rest(struct view_step *step, int64_t paper)
{
    return db_int(step->db,
               "SELECT 1 FROM delivery_person t JOIN delivery_person r ON r.seq = t.seq AND r.taken_seq IS "
               "NULL"
               " WHERE t.seq = $1 AND t.taken_seq = $2 LIMIT 1",
               0, V(paper), V(step->entry->seq)) != 0;
}

static void apply(struct view_step *step)
{
    const struct entry *e = step->entry;
    for (size_t i = 0; i < e->to_count; i++)
        db_run(step->db,
            "INSERT INTO delivery(seq, office, from_office, form, case_id, filed_at, received_at,"
            " rank) VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT(seq, office) DO NOTHING",
            V(e->seq), V(e->to[i]), V(e->office), V(e->form), V(step->case_id), V(e->filed_at),
            V(rank_of(step)));
    if (!step->body) return;
    persons_apply(step);
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

void deliveries_correct(struct view_step *step)
{
    if (step->form->urgency)
        db_run(step->db, "UPDATE delivery SET rank = $2 WHERE seq = $1", V(step->entry->seq),
            V(rank_of(step)));
}

const struct view view_deliveries = {schema, tables, apply, indexes};

struct query {
    struct buf sql;
    struct value values[8 + FORMS_WANTED_MAX];
    size_t count;
};

static void query_and(struct query *query, const char *condition, struct value value)
{
    query->values[query->count++] = value;
    buf_printf(&query->sql, " AND %s $%zu", condition, query->count);
}

static void list_conditions(struct query *query, const struct delivery_filter *filter)
{
    if (filter->to_office) query_and(query, "d.office =", V(filter->to_office));
    if (filter->from_office) query_and(query, "d.from_office =", V(filter->from_office));
    if (filter->case_id) query_and(query, "d.case_id =", V(filter->case_id));
    if (filter->from) query_and(query, "d.filed_at >=", V(filter->from));
    if (filter->to) query_and(query, "d.filed_at <", V(filter->to));
    if (filter->after && filter->waiting) {
        query->values[query->count++] = V(filter->after);
        buf_printf(&query->sql,
            " AND (d.rank, d.seq) > ((SELECT rank FROM delivery WHERE seq = $%zu LIMIT 1), $%zu)",
            query->count, query->count);
    } else if (filter->after) {
        query_and(query, "d.seq <", V(filter->after));
    }
    if (filter->open_only) buf_puts(&query->sql, " AND d.consumed_seq IS NULL");
    if (filter->unanswered_only) buf_puts(&query->sql, " AND d.acted_seq IS NULL");
    for (size_t i = 0; i < filter->form_count; i++) {
        query->values[query->count++] = V(filter->forms[i]);
        buf_printf(&query->sql, "%s$%zu", i ? "," : " AND d.form IN (", query->count);
    }
    if (filter->form_count) buf_putc(&query->sql, ')');
}

#define DELIVERY_COLUMNS                                                                                     \
    "SELECT d.seq, i.id, d.form, i.number, d.case_id, d.from_office, d.office, d.filed_at, d.received_at,"   \
    " d.consumed_at, d.acted_at, d.consumed_number, c.number, c.office, c.kind"                              \
    " FROM delivery d JOIN entry_index i ON i.seq = d.seq LEFT JOIN case_file c ON c.id = d.case_id"

static enum err rows_read(
    struct rows *rows, struct db *db, struct arena *arena, struct delivery_row **ret, size_t *ret_count)
{
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
            .case_number = row_dup(rows, 12, arena),
            .case_office = row_dup(rows, 13, arena),
            .case_kind = row_dup(rows, 14, arena),
        };
    }
    *ret = list;
    *ret_count = found;
    return db_status(db);
}

enum err delivery_list(struct db *db, struct arena *arena, const struct delivery_filter *filter,
    struct delivery_row **ret, size_t *ret_count)
{
    struct query query = {.count = 0};
    buf_init(&query.sql, arena, 4000);
    buf_puts(&query.sql, DELIVERY_COLUMNS " WHERE true");
    list_conditions(&query, filter);
    query.values[query.count++] = V(filter->limit);
    buf_printf(&query.sql, " ORDER BY %s LIMIT $%zu", filter->waiting ? "d.rank, d.seq" : "d.seq DESC",
        query.count);

    return rows_read(
        db_query_composed(db, query.sql.data, query.values, query.count), db, arena, ret, ret_count);
}

enum err delivery_of_entry(
    struct db *db, struct arena *arena, const char *entry_id, struct delivery_row **ret, size_t *ret_count)
{
    return rows_read(db_query(db, DELIVERY_COLUMNS " WHERE i.id = $1 ORDER BY d.office", V(entry_id)), db,
        arena, ret, ret_count);
}
