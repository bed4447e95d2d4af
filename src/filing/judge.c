/* Judging a register again, entry by entry, as it was judged at filing. What needs the form alone is done
 * ahead (view/reading); what needs the entries before it (postings, rules, numbers, views) is done here, in
 * order. */
#include "filing/judge.h"

#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "filing/node.h"
#include "view/reading.h"

#define ARENA_MAX ((size_t)256 << 20)

struct judging {
    struct node *node;
    struct db *fresh;
    struct arena *arena; /* for what outlives an entry: the fault */
    struct verify_report *report;
};

/* ---- ahead: what the form alone can tell ---- */

/* The body must be one that the form's check lets through, in the spelling it gives. */
static const char *form_fault(void *node, const struct ready *ready, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    json_t *checked CLEANUP(json_drop) = NULL;
    if (draft_check_form(node, ready->form, ready->body, ready->entry.filed_at, &problems, &checked) != E_OK)
        return arena_printf(arena, "it is not a valid form (%s at %s): %s", problems.list[0].code,
            problems.list[0].path, problems.list[0].text[LANG_EN]);
    return json_equal(checked, ready->body) ? NULL : "its body is not in normal form";
}

/* ---- in order ---- */

static enum err fault_of(struct judging *judging, const struct entry *entry, const char *what)
{
    judging->report->fault = (struct register_fault){
        .seq = entry->seq,
        .id = arena_strdup(judging->arena, entry->id),
        .office = arena_strdup(judging->arena, entry->office),
        .what = arena_strdup(judging->arena, what),
    };
    return E_CORRUPT;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What filing would make of the entry today, at its own time, must be what is there. *ret_on: the case it
 * is on, its id NULL when there is none. */
static enum err judge_again(
    struct judging *judging, const struct ready *ready, struct arena *arena, struct case_row *ret_on)
{
    const struct entry *entry = &ready->entry;
    struct problems problems = {.arena = arena};
    struct filing filing = {
        .officer = entry->officer,
        .office = entry->office,
        .form = entry->form,
        .case_id = entry->case_id,
        .to_count = entry->to_count,
    };
    memcpy(filing.to, entry->to, sizeof filing.to);
    struct draft draft = {
        .node = judging->node,
        .db = judging->fresh,
        .arena = arena,
        .problems = &problems,
        .again = true,
        .form = ready->form,
        .body = ready->body,
        .names = ready->names,
        .entry = {.id = entry->id,
            .officer = entry->officer,
            .form = entry->form,
            .form_version = entry->form_version,
            .filed_at = entry->filed_at,
            .claimed_at = entry->claimed_at,
            .seq = entry->seq},
    };
    enum err err = draft_judge(&draft, &filing);
    if (err == E_PROBLEM)
        return fault_of(judging, entry,
            arena_printf(
                arena, "it breaks a rule (%s): %s", problems.list[0].code, problems.list[0].text[LANG_EN]));
    TRY(err);
    if (!same_text(draft.entry.number, entry->number) || !same_text(draft.entry.series, entry->series))
        return fault_of(judging, entry,
            arena_printf(arena, "its number is %s where the series says %s",
                entry->number ? entry->number : "none", draft.entry.number ? draft.entry.number : "none"));
    if (!same_text(draft.entry.role, entry->role) || !same_text(draft.entry.amends, entry->amends))
        return fault_of(
            judging, entry, "its role or the entry it amends is not what its body and postings say");
    *ret_on = draft.case_row;
    return E_OK;
}

static enum err judge_entry(void *context, const struct ready *ready, struct arena *arena)
{
    struct judging *judging = context;
    if (ready->fault) return fault_of(judging, &ready->entry, ready->fault);
    struct case_row on = {.id = NULL};
    if (ready->body)
        TRY(judge_again(judging, ready, arena, &on));
    else
        judging->report->erased++;
    views_apply(judging->fresh, &judging->node->views,
        &(struct view_entry){&ready->entry, ready->form, ready->body, ready->names, arena,
            on.id ? &on : NULL, true});
    judging->report->entries++;
    return db_status(judging->fresh);
}

/* ---- the stored views ---- */

/* Their digest is taken beside, so that at the end only the new ones have to be read. */
struct stored {
    const char *database;
    struct arena *arena;
    pthread_t thread;
    bool started;
    enum err err;
    struct views_digest digest;
};

static void *stored_run(void *context)
{
    struct stored *stored = context;
    struct db *db CLEANUP(db_closep) = NULL;
    stored->err = db_open(stored->database, DB_READ, &db);
    if (stored->err == E_OK) stored->err = views_digest_make(db, stored->arena, &stored->digest);
    return NULL;
}

static void stored_begin(struct stored *stored, const char *database)
{
    *stored = (struct stored){.database = database, .arena = arena_new(ARENA_MAX), .err = E_BUSY};
    stored->started = pthread_create(&stored->thread, NULL, stored_run, stored) == 0;
}

static bool stored_equals(struct stored *stored, struct db *fresh)
{
    struct views_digest digest;
    if (stored->started) pthread_join(stored->thread, NULL);
    stored->started = false;
    return stored->err == E_OK && views_digest_make(fresh, stored->arena, &digest) == E_OK &&
           views_digest_equal(&digest, &stored->digest);
}

static void stored_end(struct stored *stored)
{
    if (stored->started) pthread_join(stored->thread, NULL);
    arena_free(stored->arena);
}

/* ---- the whole ---- */

static enum err views_judge(struct judging *judging, struct db *source, struct stored *stored)
{
    TRY(views_create(judging->fresh));
    TRY(db_begin(judging->fresh));
    TRY(entries_read_ahead(&(struct reading_options){source, judging->node->forms, form_fault, judging->node},
        judge_entry, judging));
    TRY(views_finish(judging->fresh, &judging->node->views));
    TRY(db_commit(judging->fresh));
    if (stored_equals(stored, judging->fresh)) return db_status(judging->fresh);
    const char *table = NULL, *row = NULL;
    enum err err = views_equal(source, judging->fresh, judging->arena, &table, &row);
    if (err == E_CORRUPT && row) {
        judging->report->table = table;
        judging->report->fault = (struct register_fault){.seq = -1,
            .what = strcmp(table, "clock_law") == 0
                        ? "view clock_law: the clocks were computed under other files of law/;"
                          " start the node once"
                        : arena_printf(
                              judging->arena, "view %s is not what the entries say: %s", table, row)};
    }
    return err;
}

/* Views made anew live in a private database that reads the register of the proved one as its own. */
enum err judge_register(
    struct node *node, const char *database, struct arena *arena, struct verify_report *ret)
{
    struct judging judging = {.node = node, .arena = arena, .report = ret};
    struct db *source = NULL;
    struct stored stored;
    stored_begin(&stored, database);
    enum err err = db_open(database, DB_READ, &source);
    if (err == E_OK) err = db_open_beside(database, "entry", &judging.fresh);
    if (err == E_OK) err = views_judge(&judging, source, &stored);
    stored_end(&stored);
    db_close(judging.fresh);
    db_close(source);
    return err;
}
