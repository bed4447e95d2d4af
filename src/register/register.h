/* register: the append-only Merkle log of entries (RFC 6962 hashing, C2SP tlog formats).
 *
 * An entry is one filed form: an envelope (canonical JSON, the leaf of the tree), and beside it the body and
 * a salt. The envelope commits to SHA-256(salt ‖ body), so a court-ordered erasure removes body and salt and
 * leaves the log whole. The room knows nothing of forms, law or persons.
 *
 * Writing happens on the database handle of the one writer, inside its transaction: register_append() any
 * number of times, register_seal() once before the commit, register_committed() after it and
 * register_published() when the disk has it, or register_abandoned() after a rollback. Reading works on any
 * handle and needs no lock. */
#ifndef PANJI_REGISTER_REGISTER_H
#define PANJI_REGISTER_REGISTER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/problem.h"
#include "db/db.h"

#define HASH_SIZE 32
#define SALT_SIZE 16
#define ENTRY_ADDRESSEES_MAX 16
#define ENVELOPE_BYTES_MAX 60000 /* an entry bundle counts in two bytes */

struct entry {
    int64_t seq;             /* 0, 1, 2 …: the leaf's place */
    const char *id;          /* UUIDv7 */
    const char *node;        /* the node's name, the checkpoint's origin */
    const char *office;      /* office code that files */
    const char *officer;     /* officer id who files */
    const char *role;        /* the role the officer filed in */
    const char *form;
    int form_version;
    const char *case_id;     /* id of the entry that opened the case; NULL outside cases */
    const char *series;      /* number series, e.g. "fir"; NULL when the form has none */
    const char *number;      /* "0123/2026"; NULL when the form has none */
    const char *amends;      /* id of the entry this one corrects; NULL */
    int64_t filed_at;        /* server, ms */
    int64_t claimed_at;      /* the device's own claim, ms; 0 when it made none */
    int64_t seen_size;       /* tree size of the newest checkpoint the writer had seen; -1 when unknown */
    size_t to_count;
    const char *to[ENTRY_ADDRESSEES_MAX]; /* offices addressed */

    const char *envelope;    /* canonical JSON as hashed */
    size_t envelope_len;
    const char *body;        /* canonical JSON; NULL when erased */
    size_t body_len;
    uint8_t salt[SALT_SIZE];
    uint8_t leaf[HASH_SIZE];
};

struct entry_register;

struct register_options {
    const char *folder;  /* data folder: blobs/, checkpoint, node.key live in it */
    const char *node;    /* log origin, e.g. "panji.example/demo"; only read when the register is created */
    struct problems
        *problems; /* told by register_open() why a register cannot be trusted; NULL: nobody asks */
};

/* Creates the tables and the Ed25519 key (folder/node.key, mode 0600) of a new, empty register, and signs its
 * checkpoint of size 0. E_PROBLEM when the node name holds other than letters, digits and "./:_-"; E_DENIED
 * when the folder has a key already. */
enum err register_create(struct db *db, const struct register_options *options) MUST_CHECK;

/* Opens for writing: loads the frontier of the tree and compares it with the last signed checkpoint and with
 * folder/checkpoint. E_CORRUPT when they do not fit, when the database holds less than was published, or when
 * node.key is not the register's. */
enum err register_open(struct db *db, const struct register_options *options,
    struct entry_register **ret_register) MUST_CHECK;
void register_close(struct entry_register *reg);

const char *register_node(const struct entry_register *reg);
/* Entries, including the open batch; for the writer's thread, and after register_undone() not sure before the
 * next append or seal. */
int64_t register_size(const struct entry_register *reg);

/* Fills envelope, leaf, seq, salt of entry from its other members (and body), stores it, grows the tree.
 * Strings put into entry live in the arena. E_PROBLEM when the envelope is larger than allowed or a text in
 * it holds a quote, a backslash or a control character. */
enum err register_append(struct entry_register *reg, struct db *db, struct arena *arena, struct entry *entry)
    MUST_CHECK;

/* The hooks of db/commit: sign and store the checkpoint; go on from here; publish the checkpoint to
 * folder/checkpoint; go back to the last committed state; go back to before the last undone append. */
enum err register_seal(void *reg, struct db *db) MUST_CHECK;
void register_committed(void *reg);
void register_published(void *reg);
void register_abandoned(void *reg);
void register_undone(void *reg);
/* Marks the state that register_undone() returns to; called by filing before each entry. */
void register_mark(struct entry_register *reg);

/* ---- reading; db is any handle on the same database ---- */

/* Entry by id or place; everything in the arena. body NULL when erased. E_NOT_FOUND. */
enum err entry_by_id(struct db *db, struct arena *arena, const char *id, struct entry *ret) MUST_CHECK;
enum err entry_by_seq(struct db *db, struct arena *arena, int64_t seq, struct entry *ret) MUST_CHECK;
/* The same without the body: who filed it, of what form, on what and to whom, for deciding who may see it.
 * Bodies are long and lie on pages of their own, which stay unread. */
enum err entry_head_by_id(struct db *db, struct arena *arena, const char *id, struct entry *ret) MUST_CHECK;
enum err entry_head_by_seq(struct db *db, struct arena *arena, int64_t seq, struct entry *ret) MUST_CHECK;

/* Walks all entries in order from `from`. entry_walk_next fills ret with strings in `arena`; false at the end
 * or on error (db_status). The caller resets its arena between entries as it likes. */
struct rows *entry_walk(struct db *db, int64_t from);
bool entry_walk_next(struct rows *rows, struct arena *arena, struct entry *ret);

/* Reads the members of an envelope back: used on every entry read. E_CORRUPT when it is not one. */
enum err entry_from_envelope(
    struct arena *arena, const char *envelope, size_t n, struct entry *ret) MUST_CHECK;

/* Size of the newest sealed tree as stored, and its signed checkpoint (C2SP tlog-checkpoint). */
int64_t register_sealed_size(struct db *db);
const char *register_checkpoint(struct db *db, struct arena *arena);
const char *register_key(struct db *db, struct arena *arena); /* C2SP signed-note verifier key, one line */

/* C2SP tlog-proof of the entry at seq against the newest checkpoint, with the envelope as extra data. */
enum err register_proof(struct db *db, struct arena *arena, int64_t seq, struct buf *ret_text) MUST_CHECK;

/* C2SP tlog-tiles: path after "/log/", "tile/0/x001/067" or "tile/entries/000.p/12". The bytes, E_NOT_FOUND
 * for a tile that is not there (yet). *ret_full: whole tiles never change and may be cached for ever. */
enum err register_tile(struct db *db, struct arena *arena, const char *path, struct buf *ret_bytes,
    bool *ret_full) MUST_CHECK;

/* ---- proving ---- */

struct register_fault { int64_t seq; const char *id, *office, *what; }; /* seq -1: not about one entry */

/* Checks one entry on its own: body against its commitment, leaf against envelope, members against columns.
 */
enum err entry_verify(struct arena *arena, const struct entry *entry, struct register_fault *ret) MUST_CHECK;

/* Checks the whole tree: leaves in unbroken order, roots of every stored checkpoint, every signature, tiles,
 * and folder/checkpoint. E_CORRUPT with the first fault. Bodies are checked too. */
enum err register_verify(struct db *db, const struct register_options *options, struct arena *arena,
    struct register_fault *ret) MUST_CHECK;

#endif
