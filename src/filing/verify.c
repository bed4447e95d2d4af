/* Proving a register: everything is computed again from the entries and compared with what is stored, in two strands
 * that share nothing but the file: the log with its hashes and blobs, and the views with the order rules. */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "db/pages.h"
#include "filing/node.h"
#include "register/blob.h"

#define ARENA_MAX ((size_t)256 << 20)

/* ---- strand one: pages, log, blobs ---- */

struct log_strand {
    const char *folder, *database;
    struct arena *arena;
    struct register_fault fault;
    enum err err;
};

static void *log_run(void *context)
{
    struct log_strand *strand = context;
    struct db *db CLEANUP(db_closep) = NULL;
    strand->err = db_open(strand->database, DB_READ, &db);
    if (strand->err == E_OK)
        strand->err = register_verify(db, &(struct register_options){ .folder = strand->folder }, strand->arena,
            &strand->fault);
    if (strand->err == E_OK) strand->err = blob_verify_all(strand->folder, strand->arena, &strand->fault);
    return NULL;
}

static enum err pages_check(const char *folder, const char *name, struct arena *arena, struct register_fault *fault)
{
    int64_t page = 0;
    const char *path = arena_printf(arena, "%s/%s", folder, name);
    enum err err = pages_verify(path, &page);
    if (err != E_OK)
        *fault = (struct register_fault){ .seq = -1,
            .what = arena_printf(arena, "page %lld of %s is damaged", (long long)page, name) };
    return err;
}

/* ---- strand two: judge every entry again, in order, on views made anew ---- */

struct judge_strand {
    struct node *node;
    struct db *source, *fresh;
    struct arena *arena;    /* for what outlives an entry: the fault */
    struct verify_report *report;
};

static enum err fault_of(struct judge_strand *strand, const struct entry *entry, const char *what)
{
    strand->report->fault = (struct register_fault){
        .seq = entry->seq, .id = arena_strdup(strand->arena, entry->id),
        .office = arena_strdup(strand->arena, entry->office), .what = arena_strdup(strand->arena, what),
    };
    return E_CORRUPT;
}

static bool same_text(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

/* The body must be one that the form's check lets through, in the spelling it gives. */
static enum err judge_form(struct judge_strand *strand, const struct entry *entry, const struct form *form,
    const json_t *body, struct arena *arena)
{
    struct problems problems = { .arena = arena };
    json_t *checked CLEANUP(json_drop) = NULL;
    enum err err = draft_check_form(strand->node, form, body, entry->filed_at, &problems, &checked);
    if (err == E_PROBLEM)
        return fault_of(strand, entry, arena_printf(arena, "it is not a valid form (%s at %s): %s", problems.list[0].code,
            problems.list[0].path, problems.list[0].text[LANG_EN]));
    TRY(err);
    return json_equal(checked, body) ? E_OK : fault_of(strand, entry, "its body is not in normal form");
}

/* What filing would make of the entry today, at its own time, must be what is there. */
static enum err judge_again(struct judge_strand *strand, const struct entry *entry, const struct form *form,
    const json_t *body, struct arena *arena)
{
    struct problems problems = { .arena = arena };
    struct filing filing = {
        .officer = entry->officer, .office = entry->office, .form = entry->form, .case_id = entry->case_id,
        .to_count = entry->to_count,
    };
    memcpy(filing.to, entry->to, sizeof filing.to);
    struct draft draft = {
        .node = strand->node, .db = strand->fresh, .arena = arena, .problems = &problems, .form = form, .body = body,
        .entry = { .id = entry->id, .officer = entry->officer, .form = entry->form, .form_version = entry->form_version,
            .filed_at = entry->filed_at, .claimed_at = entry->claimed_at, .seq = entry->seq },
    };
    enum err err = draft_judge(&draft, &filing);
    if (err == E_PROBLEM)
        return fault_of(strand, entry, arena_printf(arena, "it breaks a rule (%s): %s", problems.list[0].code,
            problems.list[0].text[LANG_EN]));
    TRY(err);
    if (!same_text(draft.entry.number, entry->number) || !same_text(draft.entry.series, entry->series))
        return fault_of(strand, entry, arena_printf(arena, "its number is %s where the series says %s",
            entry->number ? entry->number : "none", draft.entry.number ? draft.entry.number : "none"));
    if (!same_text(draft.entry.role, entry->role) || !same_text(draft.entry.amends, entry->amends))
        return fault_of(strand, entry, "its role or the entry it amends is not what its body and postings say");
    return E_OK;
}

static enum err judge_entry(struct judge_strand *strand, const struct entry *entry, struct arena *arena)
{
    const struct form *form = form_version(strand->node->forms, entry->form, entry->form_version);
    if (!form) return fault_of(strand, entry, "its form is not among the forms of this program");
    struct problems problems = { .arena = arena };
    json_t *body CLEANUP(json_drop) = entry->body ? json_read(entry->body, entry->body_len, &problems) : NULL;
    if (entry->body && !body) return fault_of(strand, entry, "its body is not JSON");
    if (body) {
        TRY(judge_form(strand, entry, form, body, arena));
        TRY(judge_again(strand, entry, form, body, arena));
    } else {
        strand->report->erased++;
    }
    views_apply(strand->fresh, &strand->node->views,
        &(struct view_entry){ .entry = entry, .form = form, .body = body, .arena = arena });
    strand->report->entries++;
    return db_status(strand->fresh);
}

static enum err judge_all(struct judge_strand *strand)
{
    struct arena *arena = arena_new(ARENA_MAX);
    struct entry entry;
    struct rows *rows = entry_walk(strand->source, 0);
    enum err err = E_OK;
    bool more;
    while ((more = entry_walk_next(rows, arena, &entry))) {
        err = judge_entry(strand, &entry, arena);
        if (err != E_OK) break;
        arena_reset(arena);
    }
    if (more) db_end(rows);
    arena_free(arena);
    return err != E_OK ? err : db_status(strand->source);
}

/* Views made anew live in a private database that reads the register of the proved one as its own. */
static enum err judge_run(struct judge_strand *strand, const char *database)
{
    TRY(db_open(database, DB_READ, &strand->source));
    TRY(db_open_beside(database, "entry", &strand->fresh));
    TRY(views_create(strand->fresh));
    TRY(db_begin(strand->fresh));
    TRY(judge_all(strand));
    TRY(db_commit(strand->fresh));
    const char *table = NULL, *row = NULL;
    enum err err = views_equal(strand->source, strand->fresh, strand->arena, &table, &row);
    if (err == E_CORRUPT && row) {
        strand->report->table = table;
        strand->report->fault = (struct register_fault){ .seq = -1,
            .what = arena_printf(strand->arena, "view %s is not what the entries say: %s", table, row) };
    }
    return err;
}

static enum err strands_run(struct node *node, const char *folder, struct arena *arena, struct verify_report *ret)
{
    const char *database = arena_printf(arena, "%s/panji.db", folder);
    struct arena *beside = arena_new(ARENA_MAX);
    struct log_strand log = { .folder = folder, .database = database, .arena = beside };
    struct judge_strand judge = { .node = node, .arena = arena, .report = ret };
    pthread_t thread;
    bool split = pthread_create(&thread, NULL, log_run, &log) == 0;
    if (!split) log_run(&log);
    enum err err = judge_run(&judge, database);
    if (split) pthread_join(thread, NULL);
    if (log.err != E_OK) { /* a fault of the log explains what the views say, so it is told first */
        err = log.err;
        ret->fault = log.fault;
        ret->fault.id = arena_strdup(arena, log.fault.id);
        ret->fault.office = arena_strdup(arena, log.fault.office);
        ret->fault.what = arena_strdup(arena, log.fault.what);
    }
    arena_free(beside);
    db_close(judge.fresh);
    db_close(judge.source);
    return err;
}

/* A register being written to would look damaged. Held while proving; -1 in a copy that has no lock. */
static enum err folder_hold(const char *folder, struct arena *arena, int *ret_fd)
{
    *ret_fd = open(arena_printf(arena, "%s/lock", folder), O_RDONLY | O_CLOEXEC);
    if (*ret_fd < 0 || flock(*ret_fd, LOCK_SH | LOCK_NB) == 0) return E_OK;
    close(*ret_fd);
    return E_BUSY;
}

static enum err folder_verify(const char *folder, struct arena *arena, struct verify_report *ret)
{
    TRY(pages_check(folder, "panji.db", arena, &ret->fault));
    TRY(pages_check(folder, "secrets.db", arena, &ret->fault));
    struct problems problems = { .arena = arena };
    struct node *node;
    enum err err = node_open(&(struct node_options){ .folder = folder, .read_only = true }, &problems, &node);
    if (err != E_OK) {
        ret->fault.what = problems.count ? problems.list[0].text[LANG_EN] : err_text(err);
        return err;
    }
    err = strands_run(node, folder, arena, ret);
    node_close(node);
    return err;
}

enum err node_verify(const char *folder, struct arena *arena, struct verify_report *ret)
{
    *ret = (struct verify_report){ .fault.seq = -1 };
    int lock;
    enum err err = folder_hold(folder, arena, &lock);
    if (err == E_OK) {
        err = folder_verify(folder, arena, ret);
        if (lock >= 0) close(lock);
    }
    if (err != E_OK && !ret->fault.what)
        ret->fault.what = err == E_BUSY ? "the folder is in use; stop the server first" : err_text(err);
    return err;
}

enum err node_rebuild(struct node *node, struct arena *arena, int64_t *ret_entries, struct register_fault *ret)
{
    TRY(db_begin(node->db));
    enum err err = views_rebuild(node->db, &node->views, arena, ret);
    if (err != E_OK) {
        db_rollback(node->db);
        return err;
    }
    TRY(db_commit(node->db));
    *ret_entries = register_sealed_size(node->db);
    return E_OK;
}
