/* filing: the one way in.
 *
 * A node is one running panji with one data folder. file_entry() is called by pages, API, importer, command
 * line and simulator alike: it checks the form on the caller's thread, then on the one writer authorises,
 * applies the order rules, numbers, appends and brings the views up to date, in one transaction. E_OK means
 * durable, and the next read sees it. A refused entry leaves nothing behind. */
#ifndef PANJI_FILING_FILING_H
#define PANJI_FILING_FILING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "access/drafts.h"
#include "access/searches.h"
#include "access/secrets.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"
#include "db/commit.h"
#include "db/db.h"
#include "form/form.h"
#include "law/clocks.h"
#include "law/law.h"
#include "register/register.h"
#include "view/view.h"

struct node_options {
    const char *folder;
    bool create;                     /* a new folder; otherwise it must hold a register */
    const char *name;                /* with create: the node's name, "balodabazar.panji.example" */
    bool read_only;                  /* verify, export, show: no lock, no writer */
    bool rebuilding;                 /* takes tables of another version too: only node_rebuild() may follow */
    bool threaded;                   /* start the writer thread (serve) */
    int64_t device_tolerance_ms;     /* how far a device's clock may run ahead; 0: 5 minutes */
    int draft_days;                  /* how long a draft that nobody touches is kept; 0: 30 */
    int64_t (*clock)(void *context); /* NULL: the system's. Only a practice node may have another */
    void *clock_context;
};

struct node;

/* Opens a data folder. E_BUSY: another panji has it (one server a folder). E_CORRUPT: the register holds less
 * than was published, or a form changed under the same version. E_STALE: the views are of another version and
 * have to be rebuilt. Problems tell why in words. */
enum err node_open(
    const struct node_options *options, struct problems *problems, struct node **ret_node) MUST_CHECK;
void node_close(struct node *node); /* finishes what is queued; NULL allowed */

const char *node_folder(const struct node *node);
const char *node_name(const struct node *node);
const struct forms *node_forms(const struct node *node);
const struct law *node_law(const struct node *node);
/* clocks_load() with the roles that clocks name: each is one of law/access, and stands at the office that
 * owes. Faults are told with file and line, problem law_wrong. What a node does at start; no node is
 * needed. */
enum err clocks_declared(const struct law *law, const struct forms *forms, const char *folder,
    struct problems *problems, struct clocks **ret_clocks) MUST_CHECK;

const struct clocks *node_clocks(const struct node *node);
struct secrets *node_secrets(struct node *node);
struct searches *node_searches(struct node *node); /* NULL when read-only */
struct drafts *node_drafts(struct node *node); /* NULL when read-only */
const struct view_context *node_views(const struct node *node);
int64_t node_clock(const struct node *node);
bool node_practice(struct db *db);         /* the register's first entry says so */
struct db *node_writer(struct node *node); /* the writer's handle; only without a running writer thread */
struct entry_register *node_register(struct node *node);
struct commit_counts node_counts(struct node *node);

/* A reader's handle of its own for one thread; close with db_close. */
enum err node_reader(struct node *node, struct db **ret_db) MUST_CHECK;

/* ---- filing ---- */

struct filing {
    const char *officer; /* who files, signed in */
    const char *office;  /* NULL: the officer's only posting */
    const char *id; /* UUIDv7 chosen by the caller, or NULL: made here. The same id again answers the same */
    const char *form;
    const char *case_id; /* NULL outside cases */
    size_t to_count;
    const char *to[ENTRY_ADDRESSEES_MAX];
    int64_t claimed_at; /* the device's time; 0: none */
    int64_t seen_size;  /* tree size the writer had seen; -1: unknown */
    const json_t *body; /* as sent */
};

struct receipt {
    const char *id, *case_id, *number; /* case_id, number NULL when none */
    int64_t seq, filed_at;
    char leaf[2 * HASH_SIZE + 1];
    bool again; /* this id was filed before */
};

/* Files one entry; the receipt's strings are in problems->arena. E_PROBLEM: problems say what, where, what
 * next. */
enum err file_entry(struct node *node, const struct filing *filing, struct problems *problems,
    struct receipt *ret) MUST_CHECK;

/* What file_entry would say without filing: form check, authorisation and order rules, read from db. */
enum err filing_check(
    struct node *node, struct db *db, const struct filing *filing, struct problems *problems) MUST_CHECK;

/* For one caller that files many entries on a node without a writer thread: everything filed between begin
 * and end is made durable together, each entry still all or nothing. */
enum err filing_batch_begin(struct node *node) MUST_CHECK;
enum err filing_batch_end(struct node *node) MUST_CHECK;

/* The same, and what would stand in the register: the body in normal form (a new reference), and the number
 * that is the next one now; NULL when it gets none. Only when there are no problems. */
struct filing_preview {
    json_t *body;
    const char *number;
};
enum err filing_preview(struct node *node, struct db *db, const struct filing *filing,
    struct problems *problems, struct filing_preview *ret) MUST_CHECK;

/* The form's JSON Schema with x-panji-rules. A new reference. */
json_t *filing_schema(const struct node *node, const struct form *form);

/* ---- proving ---- */

struct verify_report {
    int64_t entries, erased, blobs;
    struct register_fault fault;
    const char *table;
};

/* Everything: pages, commitments, leaves, roots, signatures, series, order rules, blobs, views equal a
 * rebuild. E_OK, or E_CORRUPT with the first fault. The folder must not be served while this runs. */
enum err node_verify(const char *folder, struct arena *arena, struct verify_report *ret) MUST_CHECK;
/* Makes the views anew. */
enum err node_rebuild(
    struct node *node, struct arena *arena, int64_t *ret_entries, struct register_fault *ret) MUST_CHECK;

#endif
