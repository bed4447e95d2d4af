/* Opening and closing a node: the lock on its folder, the database, the declarations, the register, the
 * writer. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "filing/node.h"

#define BATCH_MAX 256
#define QUEUE_MAX 4096
#define KEPT_BYTES_MAX ((size_t)256 << 20)
#define DEVICE_TOLERANCE_MS (300 * TIME_SECOND_MS)
#define DRAFT_DAYS 30

static char *path_in(const char *folder, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0) abort();
    return path;
}

static void free_path(char **path)
{
    free(*path);
}

#define PATH CLEANUP(free_path)

/* One writer a folder: a lock the system drops when the process ends, however it ends. */
static enum err folder_lock(struct node *node, struct problems *problems)
{
    char *path PATH = path_in(node->folder, "lock");
    node->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (node->lock_fd < 0) {
        problem_add(problems, "folder_unusable", NULL, "folder", node->folder, "why", strerror(errno), NULL);
        return E_DENIED;
    }
    if (flock(node->lock_fd, LOCK_EX | LOCK_NB) == 0) return E_OK;
    problem_add(problems, "folder_in_use", NULL, "folder", node->folder, NULL);
    return E_BUSY;
}

static enum err folder_prepare(struct node *node, struct problems *problems)
{
    char *database PATH = path_in(node->folder, "panji.db");
    if (node->options.create) {
        if (mkdir(node->folder, 0700) != 0 && errno != EEXIST) {
            problem_add(
                problems, "folder_unusable", NULL, "folder", node->folder, "why", strerror(errno), NULL);
            return E_DENIED;
        }
        if (access(database, F_OK) == 0) {
            problem_add(problems, "folder_taken", NULL, "folder", node->folder, NULL);
            return E_PROBLEM;
        }
    } else if (access(database, F_OK) != 0) {
        problem_add(problems, "folder_empty", NULL, "folder", node->folder, NULL);
        return E_PROBLEM;
    }
    return node->options.read_only ? E_OK : folder_lock(node, problems);
}

/* ---- declarations: of this program, of the folder, and of the entries filed so far ---- */

static enum err kept_read(struct db *db, struct arena *arena, struct kept_texts *ret)
{
    size_t room = (size_t)db_int_values(db, "SELECT count(*) FROM form_text", 0, NULL, 0);
    struct kept_text *texts = ARENA_ARRAY(arena, struct kept_text, room + 1);
    size_t count = 0;
    struct rows *rows = db_query_all(db, "SELECT name, version, text FROM form_text ORDER BY name, version");
    while (db_next(rows)) {
        assert(count < room); /* both statements see one snapshot */
        texts[count++] =
            (struct kept_text){row_dup(rows, 0, arena), (int)row_int(rows, 1), row_dup(rows, 2, arena)};
    }
    *ret = (struct kept_texts){texts, count};
    return db_status(db);
}

/* A form's text never changes under its version, which loading has made sure of; composites and lists have
 * grown at most. */
static void texts_keep(struct db *db, struct kept_texts texts)
{
    for (size_t i = 0; i < texts.count; i++)
        db_run(db,
            "INSERT INTO form_text(name, version, text) VALUES ($1, $2, $3)"
            " ON CONFLICT(name, version) DO UPDATE SET text = excluded.text"
            " WHERE form_text.text <> excluded.text",
            V(texts.list[i].name), V(texts.list[i].version), V(texts.list[i].text));
}

static enum err forms_of_register_load(struct node *node, struct problems *problems)
{
    char *extra PATH = path_in(node->folder, "forms");
    struct arena *arena = arena_new(KEPT_BYTES_MAX);
    struct kept_texts kept = {0};
    enum err err = kept_read(node->db, arena, &kept);
    if (err == E_OK)
        err = forms_load(access(extra, F_OK) == 0 ? extra : NULL, &kept, problems, &node->forms);
    arena_free(arena);
    if (err == E_OK && !node->options.read_only) texts_keep(node->db, forms_texts(node->forms));
    return err;
}

/* Clocks computed under another law/ are computed anew, once. */
static enum err clocks_keep(struct node *node)
{
    if (!views_clocks_stale(node->db, &node->views)) return E_OK;
    struct db *source CLEANUP(db_closep) = NULL;
    TRY(node_reader(node, &source));
    TRY(db_begin(node->db));
    enum err err = views_clocks_renew(node->db, source, &node->views);
    if (err == E_OK) return db_commit(node->db);
    db_rollback(node->db);
    return err;
}

static enum err declarations_load(struct node *node, struct problems *problems)
{
    TRY(db_begin(node->db));
    enum err err = forms_of_register_load(node, problems);
    if (err != E_OK) {
        db_rollback(node->db);
        return err;
    }
    TRY(db_commit(node->db));
    TRY(law_load(problems, &node->law));
    TRY(clocks_declared(node->law, node->forms, node->folder, problems, &node->clocks));
    node->views = (struct view_context){.forms = node->forms, .law = node->law, .clocks = node->clocks};
    return node->options.read_only || node->options.rebuilding ? E_OK : clocks_keep(node);
}

static enum err database_create(struct node *node, struct problems *problems)
{
    enum err err = register_create(
        node->db, &(struct register_options){.folder = node->folder, .node = node->options.name});
    if (err == E_PROBLEM) problem_add(problems, "node_name_wrong", "name", "name", node->options.name, NULL);
    TRY(err);
    /* Forms of every version; composites and lists, which carry none, as version 0. */
    TRY(db_script(node->db,
        "CREATE TABLE form_text(name TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,"
        " PRIMARY KEY(name, version)) STRICT;"));
    TRY(views_create(node->db));
    return views_index(node->db);
}

/* Views made by another version may lack a column that this one reads. */
static enum err views_fit(struct node *node, struct problems *problems)
{
    bool stale = views_stale(node->db);
    TRY(db_status(node->db));
    if (!stale) return E_OK;
    problem_add(problems, "views_stale", NULL, "folder", node->folder, NULL);
    return E_STALE;
}

static enum err database_open(struct node *node, struct problems *problems)
{
    char *database PATH = path_in(node->folder, "panji.db");
    TRY(db_open(database, node->options.read_only ? DB_READ : DB_WRITE, &node->db));
    node->created = node->options.create;
    if (node->options.create) TRY(database_create(node, problems));
    if (!node->options.rebuilding) TRY(views_fit(node, problems));
    if (node->options.read_only) return declarations_load(node, problems);
    TRY(register_open(
        node->db, &(struct register_options){.folder = node->folder, .problems = problems}, &node->reg));
    node->name = strdup(register_node(node->reg));
    if (!node->options.rebuilding)
        node->last_filed_at =
            db_int_values(node->db, "SELECT filed_at FROM entry_index ORDER BY seq DESC LIMIT 1", 0, NULL, 0);
    TRY(declarations_load(node, problems));
    enum err err = secrets_open(node->folder, node->options.create, &node->secrets);
    if (err == E_NOT_FOUND) problem_add(problems, "secrets_missing", NULL, "folder", node->folder, NULL);
    TRY(err);
    int days = node->options.draft_days ? node->options.draft_days : DRAFT_DAYS;
    TRY(searches_open(node->folder, &node->searches));
    err = drafts_open(node->folder, days, &node->drafts);
    if (err == E_CORRUPT) problem_add(problems, "drafts_damaged", NULL, "folder", node->folder, NULL);
    return err;
}

static enum err writer_start(struct node *node)
{
    node->hooks = (struct commit_hooks){
        .context = node->reg,
        .seal = register_seal,
        .committed = register_committed,
        .published = register_published,
        .abandoned = register_abandoned,
        .undone = register_undone,
    };
    if (!node->options.threaded || node->options.read_only) return E_OK;
    char *database PATH = path_in(node->folder, "panji.db");
    TRY(log_copier_start(database, node->db, &log_lengths_usual, &node->copier));
    return committer_start(node->db, node->copier, &node->hooks, BATCH_MAX, QUEUE_MAX, &node->committer);
}

/* A register that could not be made whole would stand in the way of the next attempt. */
static void folder_clear(const char *folder)
{
    static const char *const names[] = {
        "panji.db",
        "panji.db-wal",
        "panji.db-shm",
        "secrets.db",
        "secrets.db-wal",
        "secrets.db-shm",
        "drafts.db",
        "drafts.db-wal",
        "drafts.db-shm",
        "searches.db",
        "searches.db-wal",
        "searches.db-shm",
        "node.key",
        "checkpoint",
        "lock",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path PATH = path_in(folder, names[i]);
        unlink(path);
    }
}

enum err node_open(const struct node_options *options, struct problems *problems, struct node **ret_node)
{
    struct node *node = calloc(1, sizeof *node);
    if (!node) abort();
    node->options = *options;
    node->folder = strdup(options->folder);
    node->lock_fd = -1;
    if (!node->options.device_tolerance_ms) node->options.device_tolerance_ms = DEVICE_TOLERANCE_MS;
    enum err err = folder_prepare(node, problems);
    if (err == E_OK) err = database_open(node, problems);
    if (err == E_OK) err = writer_start(node);
    if (err != E_OK) {
        const char *why = node->db ? db_message(node->db) : "";
        if (problems->count == 0)
            problem_add(problems, "node_trouble", NULL, "why", *why ? why : err_text(err), NULL);
        bool created = node->created;
        node_close(node);
        if (created) folder_clear(options->folder);
        return err;
    }
    *ret_node = node;
    return E_OK;
}

void node_close(struct node *node)
{
    if (!node) return;
    committer_stop(node->committer);
    log_copier_stop(node->copier);
    if (node->reg) register_close(node->reg);
    secrets_close(node->secrets);
    drafts_close(node->drafts);
    searches_close(node->searches);
    db_close(node->db);
    clocks_free(node->clocks);
    law_free(node->law);
    forms_free(node->forms);
    if (node->lock_fd >= 0) close(node->lock_fd);
    free(node->name);
    free(node->folder);
    free(node);
}

const char *node_folder(const struct node *node)
{
    return node->folder;
}

const char *node_name(const struct node *node)
{
    return node->name ? node->name : "";
}

const struct forms *node_forms(const struct node *node)
{
    return node->forms;
}

const struct clocks *node_clocks(const struct node *node)
{
    return node->clocks;
}

const struct law *node_law(const struct node *node)
{
    return node->law;
}

struct secrets *node_secrets(struct node *node)
{
    return node->secrets;
}

struct searches *node_searches(struct node *node)
{
    return node->searches;
}

struct drafts *node_drafts(struct node *node)
{
    return node->drafts;
}

const struct view_context *node_views(const struct node *node)
{
    return &node->views;
}

struct entry_register *node_register(struct node *node)
{
    return node->reg;
}

int64_t node_clock(const struct node *node)
{
    return node->options.clock ? node->options.clock(node->options.clock_context) : time_now();
}

bool node_practice(struct db *db)
{
    struct arena *arena = arena_new(1 << 20);
    struct problems problems = {.arena = arena};
    struct entry first;
    bool practice = false;
    if (entry_by_seq(db, arena, 0, &first) == E_OK && first.body) {
        json_t *body CLEANUP(json_drop) = json_read(first.body, first.body_len, &problems);
        practice = json_flag(json_object_get(body, "node"), "practice");
    }
    arena_free(arena);
    return practice;
}

struct db *node_writer(struct node *node)
{
    assert(!node->committer); /* its handle belongs to the writer thread */
    return node->db;
}

struct commit_counts node_counts(struct node *node)
{
    return node->committer ? committer_counts(node->committer) : (struct commit_counts){0};
}

enum err node_reader(struct node *node, struct db **ret_db)
{
    char *database PATH = path_in(node->folder, "panji.db");
    return db_open(database, DB_READ, ret_db);
}

enum err filing_batch_begin(struct node *node)
{
    assert(!node->committer && !node->in_batch);
    TRY(commit_batch_begin(node->db));
    node->in_batch = true;
    return E_OK;
}

enum err filing_batch_end(struct node *node)
{
    assert(node->in_batch);
    node->in_batch = false;
    return commit_batch_end(node->db, &node->hooks);
}
