/* Clocks: the facts of each case, kept small, and a row for each of the law's time limits that runs or ran on
 * it.
 *
 * A row holds instants and no state, so that it does not depend on when it was computed: what is due, broken
 * or alerted at an hour is a look-up in its indexes. Making views anew, rows are computed once for each case
 * when all entries are read; a case that goes on is computed whenever an entry tells it a fact. */
#include "view/clocks.h"

#include <string.h>

#include "base/json.h"
#include "view/clock_facts.h"

/* `thread` is the place of the entry that opened the case, or of a paper outside cases. The id of a row is
 * the thread's and its number within, so that the rows of a case lie together. NULL due: no end can be told.
 */
static const char schema[] =
    "CREATE TABLE clock_law(digest TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE clock_case(thread INTEGER PRIMARY KEY, office TEXT NOT NULL, facts BLOB NOT NULL) STRICT;"
    "CREATE TABLE clock(id INTEGER PRIMARY KEY, clock INTEGER NOT NULL, subject TEXT, seq INTEGER NOT NULL,"
    "  office TEXT NOT NULL, shown TEXT, list INTEGER, start_at INTEGER NOT NULL, due_at INTEGER, other_at "
    "INTEGER,"
    "  span_ms INTEGER NOT NULL, paused_at INTEGER, closed_at INTEGER, closed_seq INTEGER,"
    "  closing INTEGER NOT NULL, flags INTEGER NOT NULL, moved_seq INTEGER NOT NULL) STRICT;";

static const char indexes[] =
    "CREATE INDEX clock_due ON clock(office, due_at, clock, paused_at) WHERE closed_at IS NULL;"
    "CREATE INDEX clock_span ON clock(span_ms, due_at) WHERE closed_at IS NULL AND due_at IS NOT NULL;"
    "CREATE INDEX clock_shown ON clock(shown, due_at) WHERE closed_at IS NULL AND shown IS NOT NULL;"
    "CREATE INDEX clock_list ON clock(list, office, start_at) WHERE list IS NOT NULL;";

static const char *const tables[] = {"clock_law", "clock_case", "clock", NULL};

/* ---- rows ---- */

struct kept_row {
    int64_t id;
    struct clock_row row;
    const char *subject, *office, *shown;
    int list;
};

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static int row_flags(const struct clock_row *row)
{
    return (row->start_day ? CLOCK_ROW_START_DAY : 0) | (row->days ? CLOCK_ROW_DAYS : 0) |
           (row->doubtful ? CLOCK_ROW_DOUBTFUL : 0);
}

static bool same_row(const struct kept_row *a, const struct kept_row *b)
{
    const struct clock_row *x = &a->row, *y = &b->row;
    return x->clock == y->clock && x->seq == y->seq && x->start == y->start && x->due == y->due &&
           x->other == y->other && x->span == y->span && x->paused == y->paused && x->closed == y->closed &&
           x->closed_seq == y->closed_seq && x->closing == y->closing && x->moved_seq == y->moved_seq &&
           row_flags(x) == row_flags(y) && same_text(a->subject, b->subject) &&
           same_text(a->office, b->office) && same_text(a->shown, b->shown);
}

/* An instant that may be missing. */
static struct value instant(int64_t at, bool there)
{
    return there ? value_int(at) : value_text(NULL);
}

static void row_insert(struct db *db, const struct kept_row *kept)
{
    const struct clock_row *row = &kept->row;
    bool closed = row->closing != CLOCK_OPEN;
    db_run(db,
        "INSERT INTO clock(id, clock, subject, seq, office, shown, list, start_at, due_at, other_at, "
        "span_ms, paused_at,"
        " closed_at, closed_seq, closing, flags, moved_seq)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        V(kept->id), V((int)row->clock), V(kept->subject), V(row->seq), V(kept->office), V(kept->shown),
        instant(kept->list, kept->list), V(row->start), instant(row->due, row->due != CLOCK_NEVER),
        instant(row->other, row->other), V(row->span), instant(row->paused, row->paused),
        instant(row->closed, closed), instant(row->closed_seq, closed), V((int)row->closing),
        V(row_flags(row)), V(row->moved_seq));
}

static size_t rows_kept(struct db *db, struct arena *arena, int64_t thread, struct kept_row **ret)
{
    size_t count = 0;
    struct kept_row *list = NULL;
    struct rows *rows = db_query(db,
        "SELECT id, clock, subject, seq, office, start_at, due_at, other_at, span_ms, paused_at, closed_at,"
        " closed_seq, closing, flags, moved_seq, shown FROM clock WHERE id BETWEEN $1 AND $2 ORDER BY id",
        V(CLOCK_ROW_ID(thread, 0)), V(CLOCK_ROW_ID(thread + 1, 0) - 1));
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = (struct kept_row){.id = row_int(rows, 0),
            .subject = row_dup(rows, 2, arena),
            .office = row_dup(rows, 4, arena),
            .shown = row_dup(rows, 15, arena),
            .row = clock_row_read(rows, 1)};
    }
    *ret = list;
    return count;
}

/* By the entry that started it, then clock, then subject: what an entry adds later stands behind. */
static int row_order(const struct clock_row *a, const struct clock_row *b)
{
    if (a->seq != b->seq) return a->seq < b->seq ? -1 : 1;
    if (a->clock != b->clock) return a->clock < b->clock ? -1 : 1;
    return a->subject < b->subject ? -1 : a->subject > b->subject;
}

static void rows_sort(struct clock_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct clock_row row = rows[i];
        size_t k = i;
        for (; k > 0 && row_order(&row, &rows[k - 1]) < 0; k--) rows[k] = rows[k - 1];
        rows[k] = row;
    }
}

struct computing {
    struct db *db;
    const struct view_context *context;
    struct arena *arena;
    int64_t thread;
    const char *office; /* of the case */
    bool fresh;         /* no rows are kept yet */
};

static void rows_compute(const struct computing *computing, const struct clock_case *of)
{
    struct clock_result result;
    const struct clocks *clocks = computing->context->clocks;
    clock_run(clocks, of, CLOCK_NEVER, false, computing->arena, &result);
    rows_sort(result.rows, result.count);
    struct kept_row *before = NULL;
    size_t kept =
        computing->fresh ? 0 : rows_kept(computing->db, computing->arena, computing->thread, &before);
    if (result.count > CLOCK_ROWS_MAX) result.count = CLOCK_ROWS_MAX;
    for (size_t i = 0; i < result.count; i++) {
        const struct clock_row *row = &result.rows[i];
        struct kept_row now = {.id = CLOCK_ROW_ID(computing->thread, (int64_t)i),
            .row = *row,
            .subject = row->subject ? of->subjects[row->subject - 1].id : NULL,
            .office = row->office ? of->offices[row->office - 1] : computing->office,
            .shown = row->shown ? of->offices[row->shown - 1] : NULL,
            .list = clocks_list_of(clocks, row->clock)};
        if (i < kept && same_row(&before[i], &now)) continue;
        if (i < kept) db_run(computing->db, "DELETE FROM clock WHERE id = $1", V(now.id));
        row_insert(computing->db, &now);
    }
    if (kept > result.count)
        db_run(computing->db, "DELETE FROM clock WHERE id BETWEEN $1 AND $2",
            V(CLOCK_ROW_ID(computing->thread, (int64_t)result.count)), V(before[kept - 1].id));
}

/* ---- facts ---- */

/* A thread, its facts and the office of its case. */
struct thread {
    int64_t seq;
    bool fresh; /* nothing is kept of it yet */
    struct clock_case of;
    const char *office;
};

/* The facts kept of a thread; of one that is fresh, a new case. False: what is kept cannot be read. */
static bool facts_read(struct view_step *step, struct thread *thread)
{
    struct rows *rows = NULL;
    if (!thread->fresh)
        rows = db_query(
            step->db, "SELECT facts, office FROM clock_case WHERE thread = $1", V(thread->seq));
    if (db_next(rows)) {
        size_t n;
        const void *facts = row_blob(rows, 0, &n);
        bool good = clock_unpack(facts, n, step->arena, &thread->of);
        thread->office = row_dup(rows, 1, step->arena);
        db_end(rows);
        return good;
    }
    thread->fresh = true;
    thread->office = step->case_office ? step->case_office : step->entry->office;
    struct office office;
    bool known = office_get(step->db, step->arena, thread->office, &office) == E_OK;
    const char *kind = step->form->opens;
    if (!kind && step->case_id)
        kind = db_text(step->db, step->arena, "SELECT kind FROM case_file WHERE id = $1", V(step->case_id));
    thread->of = (struct clock_case){.kind = kind ? kind : "", .state = known ? office.state : NULL};
    return true;
}

#define FACTS_BYTES_MAX ((size_t)8 << 20)

static void facts_write(struct view_step *step, const struct thread *thread)
{
    struct buf facts;
    buf_init(&facts, step->arena, FACTS_BYTES_MAX);
    clock_pack(&thread->of, &facts);
    db_run(step->db,
        "INSERT INTO clock_case(thread, office, facts) VALUES ($1, $2, $3)"
        " ON CONFLICT(thread) DO UPDATE SET facts = excluded.facts",
        V(thread->seq), V(thread->office), VB(facts.data, facts.len));
}

static void thread_settle(struct view_step *step, const struct thread *thread)
{
    facts_write(step, thread);
    if (step->later) return;
    const struct computing computing = {
        step->db, step->context, step->arena, thread->seq, thread->office, thread->fresh};
    rows_compute(&computing, &thread->of);
}

static void apply(struct view_step *step)
{
    if (!step->context->clocks || !step->body) return;
    struct thread thread = {.seq = clock_thread(step)};
    if (thread.seq < 0 || !clock_facts_may(step)) return;
    thread.fresh = thread.seq == step->entry->seq; /* it begins with this entry */
    if (!facts_read(step, &thread)) return;
    if (clock_facts_add(step, &thread.of)) thread_settle(step, &thread);
}

const struct view view_clocks = {schema, tables, apply, indexes};

/* ---- corrections ---- */

/* One entry of the case as it reads now. */
static void entry_again(struct view_step *step, int64_t seq, struct clock_case *of)
{
    struct entry entry;
    if (entry_by_seq(step->db, step->arena, seq, &entry) != E_OK || !entry.body) return;
    const struct form *form = form_version(step->context->forms, entry.form, entry.form_version);
    struct problems problems = {.arena = step->arena};
    json_t *first = form ? json_read(entry.body, entry.body_len, &problems) : NULL;
    json_t *now = first ? corrected_body(step->db, step->arena, form, &entry) : NULL;
    if (now) {
        struct view_step again = *step;
        again.entry = &entry;
        again.form = form;
        again.case_id = form->opens ? entry.id : entry.case_id;
        again.body = first; /* ids count places in the entry as it was filed */
        again.names = body_names_find(form, first, step->arena);
        mentions_find(&again);
        again.body = now;
        mentions_follow(&again);
        clock_facts_add(&again, of);
    }
    json_decref(now);
    json_decref(first);
}

/* The entries of a thread: those of its case, and those that belong to it by what they name. */
static size_t thread_entries(
    struct view_step *step, const char *case_id, const struct clock_case *before, int64_t **ret)
{
    int64_t *list = NULL;
    size_t count = 0;
    struct rows *rows =
        db_query(step->db, "SELECT seq FROM entry_index WHERE case_id = $1 ORDER BY seq", V(case_id));
    while (db_next(rows)) {
        ROWS_GROW(step->arena, list, count);
        list[count++] = row_int(rows, 0);
    }
    for (size_t i = 0; i < before->fact_count; i++) {
        size_t k = 0;
        while (k < count && list[k] != before->facts[i].seq) k++;
        if (k < count) continue;
        ROWS_GROW(step->arena, list, count);
        for (k = count++; k > 0 && list[k - 1] > before->facts[i].seq; k--) list[k] = list[k - 1];
        list[k] = before->facts[i].seq;
    }
    *ret = list;
    return count;
}

void clocks_correct(struct view_step *step)
{
    if (!step->context->clocks) return;
    struct thread thread = {.seq = clock_thread(step)};
    if (thread.seq < 0) return;
    if (!facts_read(step, &thread)) return;
    const struct clock_case before = thread.of;
    thread.of = (struct clock_case){.kind = before.kind, .state = before.state};
    int64_t *seqs;
    size_t count = thread_entries(step, step->case_id, &before, &seqs);
    for (size_t i = 0; i < count; i++) entry_again(step, seqs[i], &thread.of);
    if (count > 0) thread_settle(step, &thread);
}

/* ---- all at once ---- */

enum err clocks_compute(struct db *db, const struct view_context *context)
{
    if (!context->clocks) return E_OK;
    db_run(db, "INSERT INTO clock_law(digest) VALUES ($1)", V(clocks_digest(context->clocks)));
    struct arena *arena = arena_new((size_t)64 << 20);
    struct rows *rows = db_query_all(db, "SELECT thread, office, facts FROM clock_case ORDER BY thread");
    while (db_next(rows)) {
        struct clock_case of;
        size_t n;
        const void *facts = row_blob(rows, 2, &n);
        struct computing computing = {db, context, arena, row_int(rows, 0), row_text(rows, 1), true};
        if (clock_unpack(facts, n, arena, &of)) rows_compute(&computing, &of);
        arena_reset(arena);
    }
    arena_free(arena);
    return db_status(db);
}
