/* Cases: stage, investigating officer, sections in force, the offices that take part, sensitivity. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE case_file("
    "  id TEXT PRIMARY KEY, kind TEXT NOT NULL, number TEXT, year INTEGER NOT NULL, office TEXT NOT NULL,"
    "  opened_seq INTEGER NOT NULL, opened_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,"
    "  stage TEXT NOT NULL, io TEXT, sensitive INTEGER NOT NULL, cnr TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE case_office(case_id TEXT NOT NULL, office TEXT NOT NULL, reason TEXT NOT NULL,"
    "  opened_seq INTEGER NOT NULL, PRIMARY KEY(case_id, office)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE case_section(case_id TEXT NOT NULL, from_seq INTEGER NOT NULL, place INTEGER NOT NULL,"
    "  offence TEXT NOT NULL, until_seq INTEGER, PRIMARY KEY(case_id, from_seq, place)) STRICT,"
    "  WITHOUT ROWID;"
    "CREATE TABLE case_link(case_id TEXT NOT NULL, other TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;"
    "CREATE INDEX case_link_case ON case_link(case_id);"
    "CREATE TABLE diary_called(case_id TEXT NOT NULL, office TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;"
    "CREATE INDEX diary_called_case ON diary_called(case_id, office);";

static const char indexes[] = "CREATE INDEX case_file_opened ON case_file(opened_seq);"
                              "CREATE INDEX case_file_number ON case_file(number, year);"
                              "CREATE INDEX case_file_cnr ON case_file(cnr) WHERE cnr IS NOT NULL;"
                              "CREATE INDEX case_office_office ON case_office(office, opened_seq);";

static const char *const tables[] = {
    "case_file", "case_office", "case_section", "case_link", "diary_called", NULL};

static void case_open(struct view_step *step, const char *stage)
{
    const struct entry *e = step->entry;
    db_run(step->db,
        "INSERT INTO case_file(id, kind, number, year, office, opened_seq, opened_at, changed_at, stage, io,"
        " sensitive, cnr) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, 0, NULL)",
        V(e->id), V(step->form->opens), V(e->number), V(time_civil(e->filed_at).year), V(step->case_office),
        V(e->seq), V(e->filed_at), V(stage ? stage : "registered"), V(step->case_io));
}

static void case_change(struct view_step *step, const char *stage)
{
    db_run(step->db,
        "UPDATE case_file SET changed_at = $1, stage = coalesce($2, stage), io = $3 WHERE id = $4",
        V(step->entry->filed_at), V(stage), V(step->case_io), V(step->case_id));
}

static void case_office_add(struct view_step *step, const char *office, const char *reason)
{
    db_run(step->db,
        "INSERT INTO case_office(case_id, office, reason, opened_seq) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT(case_id, office) DO NOTHING",
        V(step->case_id), V(office), V(reason), V(step->case_opened_seq));
}

/* An investigating officer posted elsewhere, at an outpost or a crime branch, brings his office on the case.
 */
static void io_office_add(struct view_step *step, const char *io)
{
    struct posting *postings;
    size_t count = postings_at(step->db, step->arena, io, step->entry->filed_at, &postings);
    for (size_t i = 0; i < count; i++)
        if (db_int(step->db, "SELECT 1 FROM case_office WHERE case_id = $1 AND office = $2", 0,
                V(step->case_id), V(postings[i].office)))
            return;
    struct office home;
    if (office_get(step->db, step->arena, step->case_office, &home) != E_OK) return;
    for (size_t i = 0; i < count; i++)
        if (strcmp(postings[i].pillar, home.pillar) == 0) case_office_add(step, postings[i].office, "io");
}

/* ---- sections ---- */

static void mark_sensitive(struct view_step *step)
{
    db_run(step->db, "UPDATE case_file SET sensitive = 1 WHERE id = $1", V(step->case_id));
}

struct adding_sections {
    struct view_step *step;
    int place; /* of the next one within the entry: they show in the order in which they were written */
};

static void section_add(void *context, const char *path, const json_t *value)
{
    (void)path;
    struct adding_sections *adding = context;
    struct view_step *step = adding->step;
    const char *name = json_string_value(value);
    if (!name) return;
    bool there = db_int(step->db,
        "SELECT 1 FROM case_section WHERE case_id = $1 AND offence = $2 AND until_seq IS NULL", 0,
        V(step->case_id), V(name));
    if (!there)
        db_run(step->db,
            "INSERT INTO case_section(case_id, from_seq, place, offence, until_seq)"
            " VALUES ($1, $2, $3, $4, NULL)",
            V(step->case_id), V(step->entry->seq), V(adding->place++), V(name));
}

/* What is sensitive by rule stays so, even when the section is dropped later. */
static void section_mark(void *context, const char *path, const json_t *value)
{
    (void)path;
    struct view_step *step = context;
    const struct offence *offence =
        json_is_string(value) ? law_offence(step->context->law, json_string_value(value)) : NULL;
    if (offence && (offence->sexual || offence->child || offence->terror)) mark_sensitive(step);
}

static const char *sections_path(const struct form *form)
{
    return form->sections_set ? form->sections_set : form->sections_add;
}

static void sections_apply(struct view_step *step)
{
    if (step->form->sections_set)
        db_run(step->db, "UPDATE case_section SET until_seq = $1 WHERE case_id = $2 AND until_seq IS NULL",
            V(step->entry->seq), V(step->case_id));
    const char *path = sections_path(step->form);
    struct adding_sections adding = {.step = step};
    if (path) form_each(step->body, path, step->arena, section_add, &adding);
}

/* ---- the rest ---- */

static void sensitive_apply(struct view_step *step)
{
    const char *rule = step->form->sensitive;
    if (rule && (strcmp(rule, "always") == 0 || json_is_true(json_at(step->body, rule))))
        mark_sensitive(step);
    const char *path = sections_path(step->form);
    if (path) form_each(step->body, path, step->arena, section_mark, step);
}

void cases_correct(struct view_step *step)
{
    if (step->case_id) sensitive_apply(step);
}

/* The stage this entry brings the case to; NULL when it leaves it where it is. */
static const char *stage_after(const struct view_step *step)
{
    for (size_t i = 0; step->body && i < step->form->stage_count; i++) {
        const struct form_stage *stage = &step->form->stages[i];
        if (condition_holds(&stage->when, NULL, step->body)) return stage->stage;
    }
    return NULL;
}

static void link_apply(struct view_step *step)
{
    const json_t *target = step->form->links ? json_at(step->body, step->form->links) : NULL;
    if (!json_is_string(target)) return;
    const char *other = db_text(step->db, step->arena,
        "SELECT case_id FROM entry_index i JOIN entry e ON e.seq = i.seq"
        " WHERE e.id = $1",
        V(json_string_value(target)));
    if (!other || strcmp(other, step->case_id) == 0) return;
    db_run(step->db, "INSERT INTO case_link(case_id, other, seq) VALUES ($1, $2, $3), ($2, $1, $3)",
        V(step->case_id), V(other), V(step->entry->seq));
}

static void apply(struct view_step *step)
{
    if (!step->case_office) return; /* outside cases */
    const json_t *io = step->form->assigns_io ? json_at(step->body, step->form->assigns_io) : NULL;
    if (json_is_string(io)) step->case_io = json_string_value(io);
    if (step->form->opens) {
        case_open(step, stage_after(step));
        case_office_add(step, step->case_office, "own");
    } else {
        case_change(step, stage_after(step));
    }
    if (strcmp(step->entry->office, step->case_office) != 0)
        case_office_add(step, step->entry->office, "filed");
    for (size_t i = 0; i < step->entry->to_count; i++) case_office_add(step, step->entry->to[i], "addressed");
    if (step->form->calls)
        db_run(step->db, "INSERT INTO diary_called(case_id, office, seq) VALUES ($1, $2, $3)",
            V(step->case_id), V(step->entry->office), V(step->entry->seq));
    if (step->entry->series && strcmp(step->entry->series, "cnr") == 0)
        db_run(step->db, "UPDATE case_file SET cnr = $1 WHERE id = $2", V(step->entry->number),
            V(step->case_id));
    if (!step->body) return;
    sections_apply(step);
    sensitive_apply(step);
    link_apply(step);
    if (json_is_string(io)) io_office_add(step, step->case_io);
}

const struct view view_cases = {schema, tables, apply, indexes};

/* ---- reading ---- */

#define CASE_FACTS                                                                                       \
    "SELECT c.id, c.kind, c.number, c.office, c.stage, c.io, c.year, c.opened_seq, c.opened_at,"         \
    " c.changed_at, c.sensitive, c.cnr"
#define CASE_COLUMNS                                                                                     \
    CASE_FACTS                                                                                           \
    ", (SELECT group_concat(s.offence, ', ') FROM case_section s"       \
    " WHERE s.case_id = c.id AND s.until_seq IS NULL)"

static struct case_row case_facts_row(struct rows *rows, struct arena *arena)
{
    return (struct case_row){
        .id = row_dup(rows, 0, arena),
        .kind = row_dup(rows, 1, arena),
        .number = row_dup(rows, 2, arena),
        .office = row_dup(rows, 3, arena),
        .stage = row_dup(rows, 4, arena),
        .io = row_dup(rows, 5, arena),
        .year = (int)row_int(rows, 6),
        .opened_seq = row_int(rows, 7),
        .opened_at = row_int(rows, 8),
        .changed_at = row_int(rows, 9),
        .sensitive = row_int(rows, 10) != 0,
        .cnr = row_dup(rows, 11, arena),
        .sections = "",
    };
}

static struct case_row case_row(struct rows *rows, struct arena *arena)
{
    struct case_row row = case_facts_row(rows, arena);
    const char *sections = row_dup(rows, 12, arena);
    if (sections) row.sections = sections;
    return row;
}

static enum err case_only(struct db *db, struct rows *rows, struct arena *arena,
    struct case_row (*read)(struct rows *rows, struct arena *arena), struct case_row *ret)
{
    if (!db_next(rows)) return db_status(db) == E_OK ? E_NOT_FOUND : db_status(db);
    *ret = read(rows, arena);
    db_end(rows);
    return E_OK;
}

enum err case_get(struct db *db, struct arena *arena, const char *id, struct case_row *ret)
{
    struct rows *rows = db_query(db, CASE_COLUMNS " FROM case_file c WHERE c.id = $1", V(id));
    return case_only(db, rows, arena, case_row, ret);
}

enum err case_facts(struct db *db, struct arena *arena, const char *id, struct case_row *ret)
{
    struct rows *rows = db_query(db, CASE_FACTS " FROM case_file c WHERE c.id = $1", V(id));
    return case_only(db, rows, arena, case_facts_row, ret);
}

enum err case_links(
    struct db *db, struct arena *arena, const char *case_id, struct case_row **ret, size_t *ret_count)
{
    struct case_row *list = NULL;
    size_t count = 0;
    struct rows *rows = db_query(db,
        CASE_COLUMNS " FROM case_file c WHERE c.id IN (SELECT other FROM case_link WHERE case_id = $1)"
                     " ORDER BY c.opened_seq",
        V(case_id));
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = case_row(rows, arena);
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}

struct query {
    struct buf sql;
    const char *opened; /* the column to order by: in the index the rows come from, so that none is sorted */
    struct value values[16];
    size_t count;
};

static const char *query_place(struct query *query, struct arena *arena, struct value value)
{
    query->values[query->count++] = value;
    return arena_printf(arena, "$%zu", query->count);
}

static void query_and(struct query *query, const char *condition, struct value value)
{
    query->values[query->count++] = value;
    buf_printf(&query->sql, " AND %s $%zu", condition, query->count);
}

static bool office_has_below(struct db *db, const char *office)
{
    return db_int(db, "SELECT 1 FROM office WHERE parent = $1 LIMIT 1", 0, V(office)) != 0;
}

/* The rows to look at: of one office by its own index; of an office tree newest first over all cases. */
static void list_source(
    struct query *query, struct db *db, const struct viewer *viewer, const struct case_filter *filter)
{
    const char *office = filter->office ? filter->office : viewer->office;
    bool below = office_has_below(db, office);
    query->values[query->count++] = V(office);
    query->opened = below ? "c.opened_seq" : "o.opened_seq";
    if (!below)
        buf_puts(&query->sql, " FROM case_office o JOIN case_file c ON c.id = o.case_id WHERE o.office = $1");
    else if (filter->office)
        buf_puts(&query->sql,
            " FROM case_file c WHERE c.office IN (SELECT office FROM office_above WHERE above = $1)");
    else
        buf_puts(&query->sql,
            " FROM case_file c WHERE EXISTS (SELECT 1 FROM case_office o JOIN office_above a"
            " ON a.office = o.office WHERE o.case_id = c.id AND a.above = $1)");
    if (filter->office && !below) query_and(query, "c.office =", V(office));
}

/* "12", "0012", "12/2026" and "0012/2026" all find 0012/2026 and the Zero FIR 0/0012/2026; anything else is
 * taken as it stands, for numbers of old registers and of courts. */
static void number_condition(struct query *query, struct arena *arena, const char *typed)
{
    bool zero = strncmp(typed, "0/", 2) == 0;
    const char *number = zero ? typed + 2 : typed;
    size_t digits = strspn(number, "0123456789");
    if (digits == 0 || (number[digits] && number[digits] != '/')) {
        const char *as_typed = query_place(query, arena, V(typed));
        buf_printf(&query->sql, " AND (c.number = %s OR c.cnr = %s)", as_typed, as_typed);
        return;
    }
    const char *padding = arena_strndup(arena, "0000", digits < 4 ? 4 - digits : 0);
    const char *end = number[digits] ? "" : "/"; /* with the year nothing comes behind it */
    const char *padded = arena_printf(arena, "%s%s%s", padding, number, end);
    buf_printf(&query->sql, " AND (c.number = %s", query_place(query, arena, V(typed)));
    static const char *const prefixes[] = {"0/", ""};
    for (size_t i = 0; i < (zero ? 1 : 2); i++) {
        const char *from = arena_printf(arena, "%s%s", prefixes[i], padded);
        const char *until = arena_printf(arena, "%s%s", from, *end ? "\xf4\x8f\xbf\xbf" : "");
        buf_printf(&query->sql, " OR c.number BETWEEN %s", query_place(query, arena, V(from)));
        buf_printf(&query->sql, " AND %s", query_place(query, arena, V(until)));
    }
    buf_putc(&query->sql, ')');
}

static void list_conditions(struct query *query, struct arena *arena, const struct case_filter *filter)
{
    if (filter->stage) query_and(query, "c.stage =", V(filter->stage));
    if (filter->kind) query_and(query, "c.kind =", V(filter->kind));
    if (filter->io) query_and(query, "c.io =", V(filter->io));
    if (filter->from) query_and(query, "c.opened_at >=", V(filter->from));
    if (filter->to) query_and(query, "c.opened_at <", V(filter->to));
    if (filter->after) query_and(query, arena_printf(arena, "%s <", query->opened), V(filter->after));
    if (filter->number) number_condition(query, arena, filter->number);
}

size_t cases_numbered(struct db *db, struct arena *arena, const char *office, const char *number,
    size_t limit, const char ***ret_ids)
{
    struct query query = {.count = 0};
    buf_init(&query.sql, arena, 4000);
    buf_puts(&query.sql, "SELECT c.id FROM case_file c WHERE 1 = 1");
    number_condition(&query, arena, number);
    query.values[query.count++] = V(office);
    buf_printf(&query.sql,
        " AND c.office IN (SELECT office FROM office_above WHERE above = $%zu) ORDER BY c.opened_seq DESC",
        query.count);
    const char **ids = ARENA_ARRAY(arena, const char *, limit);
    size_t count = 0;
    struct rows *rows = db_query_composed(db, query.sql.data, query.values, query.count);
    while (count < limit && db_next(rows)) ids[count++] = row_dup(rows, 0, arena);
    if (count == limit) db_end(rows);
    *ret_ids = ids;
    return count;
}

#define CASES_SCANNED_MAX 20000

enum err case_list(struct db *db, struct arena *arena, const struct viewer *viewer,
    const struct case_filter *filter, struct case_row **ret_rows, size_t *ret_count, bool *ret_more)
{
    struct query query = {.count = 0};
    buf_init(&query.sql, arena, 4000);
    buf_puts(&query.sql, CASE_COLUMNS);
    list_source(&query, db, viewer, filter);
    list_conditions(&query, arena, filter);
    buf_printf(&query.sql, " ORDER BY %s DESC LIMIT %d", query.opened, CASES_SCANNED_MAX);

    struct case_row *list = ARENA_ARRAY(arena, struct case_row, filter->limit);
    size_t count = 0;
    *ret_more = false;
    struct rows *rows = db_query_composed(db, query.sql.data, query.values, query.count);
    while (db_next(rows)) {
        if (!may_see_case(db, viewer, row_text(rows, 0))) continue;
        if (count == filter->limit) {
            *ret_more = true;
            db_end(rows);
            break;
        }
        list[count++] = case_row(rows, arena);
    }
    *ret_rows = list;
    *ret_count = count;
    return db_status(db);
}
