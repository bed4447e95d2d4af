/* Tasks: what an office or officer owes next. A form's `task` lines open them; filing one of the wanted forms
 * closes them: on the same case, or, when that form answers one entry, only the tasks about that entry: those
 * it opened and those that answers to it opened (the laboratory that accepted the parcels owes its report on
 * them). */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE task(seq INTEGER NOT NULL, place INTEGER NOT NULL, office TEXT NOT NULL,"
    "  form TEXT NOT NULL, form_version INTEGER NOT NULL, wanted TEXT NOT NULL, case_id TEXT, role TEXT,"
    "  officer TEXT, about INTEGER, opened_at INTEGER NOT NULL, due_at INTEGER, closed_seq INTEGER,"
    "  PRIMARY KEY(seq, place, office)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX task_case ON task(case_id, wanted, role) WHERE closed_seq IS NULL AND case_id IS NOT NULL;"
    "CREATE INDEX task_about ON task(about, wanted, role) WHERE closed_seq IS NULL AND about IS NOT NULL;";

static const char indexes[] =
    "CREATE INDEX task_open ON task(office, due_at, seq, place, role, officer, wanted)"
    " WHERE closed_seq IS NULL;";

static const char *const tables[] = {"task", NULL};

struct owed {
    struct view_step *step;
    const struct form_task *task;
    int place;
    int64_t about; /* the entry this one answers; -1: none, the task is about the entry that opened it */
};

/* Stored with a blank on both sides so that one name is found without touching another. */
static const char *wanted_forms(struct arena *arena, const struct form_task *task)
{
    struct buf wanted;
    buf_init(&wanted, arena, 1000);
    buf_putc(&wanted, ' ');
    for (size_t i = 0; i < task->form_count; i++) buf_printf(&wanted, "%s ", task->forms[i]);
    return wanted.data;
}

static void task_open(const struct owed *owed, const char *office, const char *role, const char *officer)
{
    struct view_step *step = owed->step;
    int64_t due = step->entry->filed_at + owed->task->within_hours * TIME_HOUR_MS;
    db_run(step->db,
        "INSERT INTO task(seq, place, office, form, form_version, wanted, case_id, role, officer, opened_at,"
        " due_at, about, closed_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)",
        V(step->entry->seq), V(owed->place), V(office), V(step->form->name), V(step->form->version),
        V(wanted_forms(step->arena, owed->task)), V(step->case_id), V(role), V(officer),
        V(step->entry->filed_at), owed->task->within_hours ? V(due) : value_text(NULL),
        owed->about >= 0 ? V(owed->about) : value_text(NULL));
}

/* A remand order goes to the prison and to the station; only the prison owes the admission. */
static bool is_owing_kind(struct view_step *step, const struct form_task *task, const char *addressee)
{
    struct office office;
    return !task->to_kind || (office_get(step->db, step->arena, addressee, &office) == E_OK &&
                                 strcmp(office.kind, task->to_kind) == 0);
}

static void task_apply(const struct owed *owed)
{
    struct view_step *step = owed->step;
    const struct form_task *task = owed->task;
    if (!condition_holds(&task->when, NULL, step->body)) return;
    const char *home = step->case_office ? step->case_office : step->entry->office;
    if (strcmp(task->for_whom, "to") == 0) {
        for (size_t i = 0; i < step->entry->to_count; i++)
            if (is_owing_kind(step, task, step->entry->to[i]))
                task_open(owed, step->entry->to[i], NULL, NULL);
    } else if (strcmp(task->for_whom, "office") == 0) {
        task_open(owed, step->entry->office, NULL, NULL);
    } else if (strcmp(task->for_whom, "io") == 0) {
        task_open(owed, home, "io", step->case_io);
    } else {
        task_open(owed, home, task->for_whom, NULL);
    }
}

/* An open task that wants the form of this entry. */
struct wanting {
    int64_t seq, place;
    const char *office, *role;
};

/* What a role owes at the case's office may also be done above it (the district appoints the IO) or below it
 * (an outpost makes the seizure); what an office owes, only there. */
static bool is_done_here(struct view_step *step, const struct wanting *task)
{
    const char *here = step->entry->office;
    if (strcmp(task->office, here) == 0) return true;
    return task->role &&
           (office_under(step->db, task->office, here) || office_under(step->db, here, task->office));
}

/* Closes those of the open tasks that are ours. They are read before any is closed. */
static void tasks_close(struct view_step *step, struct rows *rows)
{
    struct wanting *list = NULL;
    size_t count = 0;
    while (db_next(rows)) {
        ROWS_GROW(step->arena, list, count);
        list[count++] = (struct wanting){row_int(rows, 0), row_int(rows, 1), row_dup(rows, 2, step->arena),
            row_dup(rows, 3, step->arena)};
    }
    for (size_t i = 0; i < count; i++)
        if (is_done_here(step, &list[i]))
            db_run(step->db, "UPDATE task SET closed_seq = $1 WHERE seq = $2 AND place = $3 AND office = $4",
                V(step->entry->seq), V(list[i].seq), V(list[i].place), V(list[i].office));
}

#define OPEN_TASKS                                                                                           \
    "SELECT seq, place, office, role FROM task WHERE closed_seq IS NULL AND instr(wanted, $1) > 0"

/* The indexes hold all that is asked for, so that a task which wants another form is not looked up. */
static void tasks_answer(struct view_step *step, int64_t answered)
{
    if (!form_awaited(step->context->forms, step->entry->form)) return;
    const char *form = arena_printf(step->arena, " %s ", step->entry->form);
    if (answered >= 0) { /* two statements: an OR of them would read every open task */
        tasks_close(step, db_query(step->db, OPEN_TASKS " AND seq = $2", V(form), V(answered)));
        tasks_close(step, db_query(step->db, OPEN_TASKS " AND about = $2", V(form), V(answered)));
    } else if (step->case_id)
        tasks_close(step, db_query(step->db, OPEN_TASKS " AND case_id = $2", V(form), V(step->case_id)));
}

static void apply(struct view_step *step)
{
    int64_t consumed = referred_seq(step, step->form->consumes), acted = referred_seq(step, step->form->acts);
    int64_t answered = consumed >= 0 ? consumed : acted;
    bool new_case = step->form->opens != NULL; /* nothing is owed on it yet */
    bool rest = consumed >= 0 && step->form->consumes_each && delivery_has_rest(step, consumed);
    if (!rest && (!new_case || answered >= 0)) tasks_answer(step, answered);
    if (step->case_id && step->form->assigns_io && !new_case)
        db_run(step->db,
            "UPDATE task SET officer = $2 WHERE case_id = $1 AND role = 'io' AND closed_seq IS NULL",
            V(step->case_id), V(step->case_io));
    for (size_t i = 0; step->body && i < step->form->task_count; i++)
        task_apply(&(struct owed){step, &step->form->tasks[i], (int)i, answered});
}

const struct view view_tasks = {schema, tables, apply, indexes};

/* ---- reading ---- */

static struct task_row task_row(struct rows *rows, const struct view_context *context, struct arena *arena)
{
    struct task_row row = {
        .seq = row_int(rows, 0),
        .place = (int)row_int(rows, 1),
        .office = row_dup(rows, 2, arena),
        .form = row_dup(rows, 3, arena),
        .wanted = row_dup(rows, 5, arena),
        .case_id = row_dup(rows, 6, arena),
        .role = row_dup(rows, 7, arena),
        .officer = row_dup(rows, 8, arena),
        .opened_at = row_int(rows, 9),
        .due_at = row_int(rows, 10),
        .case_number = row_dup(rows, 11, arena),
        .case_office = row_dup(rows, 12, arena),
        .case_kind = row_dup(rows, 13, arena),
    };
    const struct form *form = form_version(context->forms, row.form, (int)row_int(rows, 4));
    for (int lang = 0; lang < LANG_COUNT; lang++)
        row.label[lang] =
            form && row.place < (int)form->task_count ? form->tasks[row.place].label.text[lang] : row.wanted;
    return row;
}

/* Where a task stands: what the index alone tells. */
struct task_place {
    int64_t seq, place;
};

struct picking {
    const struct task_filter *filter;
    const struct forms *forms;
    struct arena *arena;
    size_t skipped, count;
    struct task_place *list; /* room for the filter's limit */
};

/* wanted: names of forms between blanks. */
static bool may_answer(const struct picking *picking, const char *wanted)
{
    for (const char *at = wanted + strspn(wanted, " "); *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        const struct form *form = form_find(picking->forms, arena_strndup(picking->arena, at, n));
        if (form && may_file(form, picking->filter->viewer)) return true;
        at += n;
    }
    return false;
}

/* A task for a role is for everybody who may act as it: the SHO of a small station is his own moharrir. One
 * that names an officer is for him alone. One of the whole office is for whoever there may do it. */
static bool task_wanted(
    const struct picking *picking, const char *role, const char *officer, const char *wanted)
{
    const struct viewer *viewer = picking->filter->viewer;
    if (!viewer) return true;
    if (officer) return strcmp(officer, viewer->officer) == 0;
    return role ? viewer->role && role_may(viewer->role, role) : may_answer(picking, wanted);
}

static void tasks_pick(struct picking *picking, struct rows *rows)
{
    while (db_next(rows)) {
        if (picking->count == picking->filter->limit) {
            db_end(rows);
            return;
        }
        if (!task_wanted(picking, row_text(rows, 2), row_text(rows, 3), row_text(rows, 4))) continue;
        if (picking->skipped++ < picking->filter->skip) continue;
        picking->list[picking->count++] = (struct task_place){row_int(rows, 0), row_int(rows, 1)};
    }
}

#define TASK_COLUMNS                                                                                         \
    "SELECT t.seq, t.place, t.office, t.form, t.form_version, t.wanted, t.case_id, t.role, t.officer,"       \
    " t.opened_at, t.due_at, c.number, c.office, c.kind FROM task t LEFT JOIN case_file c ON c.id = t.case_id"

/* An office owes hundreds, mostly others' than the reader's: the index gives them in order, and only those
 * that are shown are looked up. */
static enum err tasks_of_office(struct db *db, const struct view_context *context, struct arena *arena,
    const struct task_filter *filter, struct task_row *ret, size_t *ret_count)
{
    struct picking picking = {.filter = filter,
        .forms = context->forms,
        .arena = arena,
        .list = ARENA_ARRAY(arena, struct task_place, filter->limit)};
    tasks_pick(&picking, db_query(db,
                             "SELECT seq, place, role, officer, wanted FROM task WHERE closed_seq IS NULL"
                             " AND office = $1 AND due_at IS NOT NULL ORDER BY due_at, seq, place",
                             V(filter->office)));
    if (picking.count < filter->limit)
        tasks_pick(&picking, db_query(db,
                                 "SELECT seq, place, role, officer, wanted FROM task WHERE closed_seq IS NULL"
                                 " AND office = $1 AND due_at IS NULL ORDER BY seq, place",
                                 V(filter->office)));
    for (size_t i = 0; i < picking.count; i++) {
        struct rows *rows =
            db_query(db, TASK_COLUMNS " WHERE t.seq = $1 AND t.place = $2 AND t.office = $3",
                V(picking.list[i].seq), V(picking.list[i].place), V(filter->office));
        if (!db_next(rows)) return db_status(db) == E_OK ? E_CORRUPT : db_status(db);
        ret[i] = task_row(rows, context, arena);
        db_end(rows);
    }
    *ret_count = picking.count;
    return db_status(db);
}

enum err task_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct task_filter *filter, struct task_row **ret, size_t *ret_count)
{
    *ret = ARENA_ARRAY(arena, struct task_row, filter->limit);
    *ret_count = 0;
    if (!filter->case_id) return tasks_of_office(db, context, arena, filter, *ret, ret_count);
    struct rows *rows = db_query(db,
        TASK_COLUMNS " WHERE t.closed_seq IS NULL AND t.case_id = $1"
                     " ORDER BY t.due_at IS NULL, t.due_at, t.seq, t.place LIMIT $2",
        V(filter->case_id), V(filter->limit));
    while (db_next(rows)) (*ret)[(*ret_count)++] = task_row(rows, context, arena);
    return db_status(db);
}
