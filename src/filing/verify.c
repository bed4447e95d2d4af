/* Proving a register: everything is computed again from the entries and compared with what is stored, in
 * three strands that share nothing but the file: its pages, the log with its hashes and blobs, and the views
 * with the order rules (judge.c). */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "db/pages.h"
#include "filing/judge.h"
#include "filing/node.h"
#include "register/blob.h"

#define ARENA_MAX ((size_t)256 << 20)
#define REBUILD_CACHE_BYTES ((size_t)256 << 20)

/* ---- the log and the blobs ---- */

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
        strand->err = register_verify(
            db, &(struct register_options){.folder = strand->folder}, strand->arena, &strand->fault);
    if (strand->err == E_OK) strand->err = blob_verify_all(strand->folder, strand->arena, &strand->fault);
    return NULL;
}

/* ---- the pages ---- */

/* The databases of a folder, page by page. A page that is damaged is the cause of whatever else is found. */
struct pages_strand {
    const char *folder;
    struct arena *arena;
    struct pages_proof *proof; /* of panji.db, begun */
    struct register_fault fault;
    enum err err;
    pthread_t thread;
    bool split;
};

static enum err page_fault(struct pages_strand *strand, enum err err, const char *name, int64_t page)
{
    if (err == E_OK) return E_OK;
    strand->fault = (struct register_fault){.seq = -1,
        .what = err == E_CORRUPT
                    ? arena_printf(strand->arena, "page %lld of %s is damaged", (long long)page, name)
                    : arena_printf(strand->arena, "the file %s %s", name,
                          err == E_NOT_FOUND ? "is missing" : "cannot be read")};
    return err;
}

/* The databases beside the register (db/side). Passwords and the log of who searched for whom stand in every
 * folder; the others come with their first use. */
static const struct {
    const char *name;
    bool always;
} sides[] = {{"secrets.db", true}, {"searches.db", true}, {"drafts.db", false}, {"outbox.db", false}};

static enum err side_verify(struct pages_strand *strand, const char *name, bool always)
{
    int64_t page = 0;
    enum err err = pages_verify(arena_printf(strand->arena, "%s/%s", strand->folder, name), &page);
    return err == E_NOT_FOUND && !always ? E_OK : page_fault(strand, err, name, page);
}

static void *pages_run(void *context)
{
    struct pages_strand *strand = context;
    int64_t page = 0;
    enum err err = pages_proof_finish(strand->proof, &page);
    strand->err = page_fault(strand, err, "panji.db", page);
    for (size_t i = 0; strand->err == E_OK && i < sizeof sides / sizeof *sides; i++)
        strand->err = side_verify(strand, sides[i].name, sides[i].always);
    return NULL;
}

/* What has to be whole before the database may be opened is looked at here. */
static enum err pages_begin(struct pages_strand *strand, const char *folder)
{
    int64_t page = 0;
    *strand = (struct pages_strand){.folder = folder, .arena = arena_new(ARENA_MAX)};
    const char *path = arena_printf(strand->arena, "%s/panji.db", folder);
    enum err err = pages_proof_begin(path, &strand->proof, &page);
    strand->err = page_fault(strand, err, "panji.db", page);
    if (strand->err != E_OK) return strand->err;
    strand->split = pthread_create(&strand->thread, NULL, pages_run, strand) == 0;
    if (!strand->split) pages_run(strand);
    return E_OK;
}

/* The strand's own error, which is told before the one of everything else. */
static enum err pages_end(
    struct pages_strand *strand, enum err err, struct arena *arena, struct verify_report *ret)
{
    if (strand->split) pthread_join(strand->thread, NULL);
    if (strand->err != E_OK) {
        err = strand->err;
        ret->fault = (struct register_fault){.seq = -1, .what = arena_strdup(arena, strand->fault.what)};
    }
    arena_free(strand->arena);
    return err;
}

/* ---- both ---- */

static enum err strands_run(
    struct node *node, const char *folder, struct arena *arena, struct verify_report *ret)
{
    const char *database = arena_printf(arena, "%s/panji.db", folder);
    struct arena *beside = arena_new(ARENA_MAX);
    struct log_strand log = {.folder = folder, .database = database, .arena = beside};
    pthread_t thread;
    bool split = pthread_create(&thread, NULL, log_run, &log) == 0;
    if (!split) log_run(&log);
    enum err err = judge_register(node, database, arena, ret);
    if (split) pthread_join(thread, NULL);
    if (log.err != E_OK) { /* a fault of the log explains what the views say, so it is told first */
        err = log.err;
        ret->fault = log.fault;
        ret->fault.id = arena_strdup(arena, log.fault.id);
        ret->fault.office = arena_strdup(arena, log.fault.office);
        ret->fault.what = arena_strdup(arena, log.fault.what);
    }
    arena_free(beside);
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

static enum err opened_verify(const char *folder, struct arena *arena, struct verify_report *ret)
{
    struct problems problems = {.arena = arena};
    struct node *node;
    enum err err = node_open(&(struct node_options){.folder = folder, .read_only = true}, &problems, &node);
    if (err != E_OK) {
        const struct problem *problem = problems.count ? problems.list : NULL;
        ret->fault.what = problem
                              ? arena_printf(arena, "%s %s", problem->text[LANG_EN], problem->next[LANG_EN])
                              : err_text(err);
        return err;
    }
    err = strands_run(node, folder, arena, ret);
    node_close(node);
    return err;
}

static enum err folder_verify(const char *folder, struct arena *arena, struct verify_report *ret)
{
    struct pages_strand pages;
    enum err err = pages_begin(&pages, folder);
    if (err == E_OK) err = opened_verify(folder, arena, ret);
    return pages_end(&pages, err, arena, ret);
}

enum err node_verify(const char *folder, struct arena *arena, struct verify_report *ret)
{
    *ret = (struct verify_report){.fault.seq = -1};
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

static enum err views_anew(struct node *node, struct arena *arena, struct register_fault *ret)
{
    struct db *source = NULL;
    enum err err = node_reader(node, &source);
    if (err == E_OK) err = views_rebuild(node->db, source, &node->views, arena, ret);
    db_close(source); /* its snapshot would keep the log from being copied */
    return err;
}

/* All pages of a rebuild are in one transaction: those that are still written to should not go to the log and
 * back before it ends. */
enum err node_rebuild(
    struct node *node, struct arena *arena, int64_t *ret_entries, struct register_fault *ret)
{
    db_cache(node->db, REBUILD_CACHE_BYTES);
    TRY(db_begin(node->db));
    enum err err = views_anew(node, arena, ret);
    if (err == E_OK) err = db_commit(node->db);
    else db_rollback(node->db);
    db_cache(node->db, 0);
    if (err == E_OK) *ret_entries = register_sealed_size(node->db);
    return err;
}
