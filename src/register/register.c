/* register: creating, opening and writing. The tree grows in memory beside the open transaction; its size is
 * compared with the database whenever the two could have parted. */
#include "register/register.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "base/log.h"
#include "register/blob.h"
#include "register/envelope.h"
#include "register/file.h"
#include "register/hash.h"
#include "register/note.h"
#include "register/tree.h"

struct entry_register {
    struct arena *arena;   /* for the register's whole life */
    struct arena *scratch; /* for one seal */
    struct note_key key;
    int checkpoint_fd;     /* folder/checkpoint */
    struct tree tree;      /* with the open batch */
    struct tree marked;    /* register_undone() returns here */
    struct tree committed; /* register_abandoned() returns here */
    bool certain;          /* the tree is known to have the size of the database */
    const char *note;      /* the checkpoint sealed but not yet committed; NULL */
    char unpublished[NOTE_BYTES_MAX]; /* the checkpoint committed but not yet published; "" */
};

/* The leaf stands in front of the long columns so that reading a tile never touches a body. */
static const char schema[] =
    "CREATE TABLE node (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, key TEXT NOT NULL) "
    "STRICT;"
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, leaf BLOB NOT NULL, salt BLOB,"
    "    envelope BLOB NOT NULL, body BLOB) STRICT;"
    "CREATE TABLE tree_hash (level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL,"
    "    PRIMARY KEY (level, number)) STRICT;"
    "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;";

static enum err checkpoint_store(struct db *db, struct arena *arena, const struct note_key *key,
    const struct tree *tree, const char **ret_note)
{
    uint8_t root[HASH_SIZE];
    tree_root(tree, root);
    *ret_note = note_sign(arena, key, tree->size, root);
    return db_run(db, "INSERT INTO checkpoint (size, note) VALUES ($1, $2)", V(tree->size), V(*ret_note));
}

static enum err create_in(struct db *db, const struct register_options *options, struct arena *arena)
{
    struct note_key key;
    note_key_new(&key, options->node);
    const struct tree empty = {0};
    const char *note = NULL;
    TRY(db_script(db, schema));
    TRY(db_run(db, "INSERT INTO node (one, name, key) VALUES (1, $1, $2)", V(options->node),
        V(note_key_text(arena, &key))));
    TRY(checkpoint_store(db, arena, &key, &empty, &note));
    const char *path = arena_printf(arena, "%s/node.key", options->folder);
    enum err err = file_create(path, 0600, arena_printf(arena, "%s\n", note_key_secret_text(arena, &key)));
    memset(&key, 0, sizeof key);
    TRY(err);
    return file_create(arena_printf(arena, "%s/checkpoint", options->folder), 0644, note);
}

enum err register_create(struct db *db, const struct register_options *options)
{
    if (!note_name_valid(options->node)) return E_PROBLEM;
    struct arena *arena = arena_new((size_t)1 << 20);
    enum err err = create_in(db, options, arena);
    arena_free(arena);
    return err;
}

/* ---- opening ---- */

/* Why the register cannot be trusted: told to whoever opens it, and in detail to the log. */
static enum err fault(const struct register_options *options, const char *code, const char *what)
{
    log_line(LOG_ERROR, "register", "fault", what, NULL);
    if (options->problems) problem_add(options->problems, code, NULL, "folder", options->folder, NULL);
    return E_CORRUPT;
}

static enum err key_load(struct entry_register *reg, struct db *db, const struct register_options *options)
{
    const char *text = NULL;
    size_t n = 0;
    enum err err = file_read(
        reg->scratch, arena_printf(reg->scratch, "%s/node.key", options->folder), NOTE_BYTES_MAX, &text, &n);
    if (err == E_NOT_FOUND) return fault(options, "register_key_wrong", "node.key is missing");
    TRY(err);
    if (strlen(text) != n || !note_key_secret_read(&reg->key, text))
        return fault(options, "register_key_wrong", "node.key is malformed");
    const char *stored = register_key(db, reg->scratch);
    TRY(db_status(db));
    if (!stored || strcmp(stored, note_key_text(reg->scratch, &reg->key)) != 0)
        return fault(options, "register_key_wrong", "node.key is not the key of this register");
    return E_OK;
}

/* Loads the tree and holds it against the newest signed checkpoint. */
static enum err tree_open(struct entry_register *reg, struct db *db, const struct register_options *options)
{
    int64_t size = db_int_values(db, "SELECT max(seq) + 1 FROM entry", 0, NULL, 0);
    TRY(db_status(db));
    TRY(tree_load(db, size, &reg->tree));
    uint8_t root[HASH_SIZE];
    tree_root(&reg->tree, root);
    const char *text = register_checkpoint(db, reg->scratch);
    struct note note;
    TRY(db_status(db));
    if (!text || !note_read(&reg->key, text, strlen(text), &note) || !note_signed(&reg->key, text, &note))
        return fault(options, "register_damaged", "the newest checkpoint is not signed by this node");
    if (note.size != size)
        return fault(options, "register_damaged", "the newest checkpoint has another size than the register");
    if (memcmp(note.root, root, HASH_SIZE) != 0)
        return fault(options, "register_damaged", "the newest checkpoint has another root");
    return E_OK;
}

/* Holds the published checkpoint against the database. An older one is fine: it is written without fsync. A
 * torn one proves nothing and is written again. A newer one, or another one of the same size, proves a loss.
 */
static enum err published_compare(
    struct entry_register *reg, struct db *db, const struct register_options *options, const char *path)
{
    const char *text = NULL;
    size_t n = 0;
    struct note note;
    enum err err = file_read(reg->scratch, path, NOTE_BYTES_MAX, &text, &n);
    if (err == E_NOT_FOUND || err == E_CORRUPT) return E_OK;
    TRY(err);
    if (!note_read(&reg->key, text, n, &note) || !note_signed(&reg->key, text, &note)) return E_OK;
    if (note.size > reg->tree.size)
        return fault(options, "register_short", "the database lost entries that were published");
    const char *stored =
        db_text(db, reg->scratch, "SELECT note FROM checkpoint WHERE size = $1", V(note.size));
    TRY(db_status(db));
    if (!stored || strlen(stored) != n || memcmp(stored, text, n) != 0)
        return fault(options, "register_forked", "the database holds another past than was published");
    return E_OK;
}

/* In place and without fsync: the file only has to outlive the database, not the machine. A note is shorter
 * than a disk sector and never shrinks. */
static void checkpoint_publish(struct entry_register *reg, const char *note)
{
    size_t n = strlen(note);
    if (pwrite(reg->checkpoint_fd, note, n, 0) != (ssize_t)n)
        log_line(LOG_WARNING, "checkpoint", "fault", "folder/checkpoint could not be written", NULL);
}

static enum err register_load(
    struct entry_register *reg, struct db *db, const struct register_options *options)
{
    const char *path = arena_printf(reg->arena, "%s/checkpoint", options->folder);
    TRY(key_load(reg, db, options));
    TRY(tree_open(reg, db, options));
    TRY(published_compare(reg, db, options, path));
    TRY(blob_sweep(options->folder));
    const char *note = register_checkpoint(db, reg->scratch);
    reg->checkpoint_fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (reg->checkpoint_fd < 0 || ftruncate(reg->checkpoint_fd, (off_t)strlen(note)) != 0)
        return file_error(errno);
    checkpoint_publish(reg, note);
    reg->marked = reg->committed = reg->tree;
    reg->certain = true;
    return E_OK;
}

enum err register_open(
    struct db *db, const struct register_options *options, struct entry_register **ret_register)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct entry_register *reg = ARENA_NEW(arena, struct entry_register);
    reg->arena = arena;
    reg->scratch = arena_new((size_t)1 << 20);
    reg->checkpoint_fd = -1;
    enum err err = register_load(reg, db, options);
    arena_reset(reg->scratch);
    if (err != E_OK) register_close(reg);
    else *ret_register = reg;
    return err;
}

void register_close(struct entry_register *reg)
{
    if (!reg) return;
    if (reg->checkpoint_fd >= 0) close(reg->checkpoint_fd);
    memset(&reg->key, 0, sizeof reg->key);
    arena_free(reg->scratch);
    arena_free(reg->arena);
}

const char *register_node(const struct entry_register *reg)
{
    return reg->key.name;
}

int64_t register_size(const struct entry_register *reg)
{
    return reg->tree.size;
}

/* ---- writing ---- */

/* After an undo or a failed commit only the database knows how many entries there are: a job that never
 * called register_mark() may have been undone behind one that filed. */
static enum err tree_settle(struct entry_register *reg, struct db *db)
{
    if (reg->certain) return E_OK;
    int64_t size = db_int_values(db, "SELECT max(seq) + 1 FROM entry", 0, NULL, 0);
    TRY(db_status(db));
    if (size != reg->tree.size) TRY(tree_load(db, size, &reg->tree));
    reg->certain = true;
    return E_OK;
}

static enum err tree_grow(struct entry_register *reg, struct db *db, const uint8_t leaf[HASH_SIZE])
{
    uint8_t tiles[TILE_LEVELS_MAX][HASH_SIZE];
    int count = tree_add(&reg->tree, leaf, tiles);
    for (int i = 0; i < count; i++)
        TRY(db_run(db, "INSERT INTO tree_hash (level, number, hash) VALUES ($1, $2, $3)", V(i + 1),
            V((reg->tree.size >> TILE_HEIGHT * (i + 1)) - 1), VB(tiles[i], HASH_SIZE)));
    return E_OK;
}

enum err register_append(struct entry_register *reg, struct db *db, struct arena *arena, struct entry *entry)
{
    assert(entry->id && id_valid(entry->id) && entry->body);
    TRY(tree_settle(reg, db));
    entry->node = reg->key.name;
    entry->seq = reg->tree.size;
    id_random(entry->salt, SALT_SIZE);
    uint8_t commitment[HASH_SIZE];
    hash_commitment(commitment, entry->salt, SALT_SIZE, entry->body, entry->body_len);
    struct buf envelope;
    buf_init(&envelope, arena, ENVELOPE_BYTES_MAX);
    TRY(envelope_write(&envelope, entry, commitment));
    entry->envelope = envelope.data;
    entry->envelope_len = envelope.len;
    hash_leaf(entry->leaf, envelope.data, envelope.len);
    TRY(db_run(db, "INSERT INTO entry (seq, id, leaf, salt, envelope, body) VALUES ($1, $2, $3, $4, $5, $6)",
        V(entry->seq), V(entry->id), VB(entry->leaf, HASH_SIZE), VB(entry->salt, SALT_SIZE),
        VB(entry->envelope, entry->envelope_len), VB(entry->body, entry->body_len)));
    return tree_grow(reg, db, entry->leaf);
}

enum err register_seal(void *context, struct db *db)
{
    struct entry_register *reg = context;
    TRY(tree_settle(reg, db));
    reg->note = NULL;
    if (reg->tree.size == register_sealed_size(db)) return db_status(db); /* the batch held other work only */
    arena_reset(reg->scratch);
    return checkpoint_store(db, reg->scratch, &reg->key, &reg->tree, &reg->note);
}

void register_committed(void *context)
{
    struct entry_register *reg = context;
    snprintf(reg->unpublished, sizeof reg->unpublished, "%s", reg->note ? reg->note : "");
    reg->note = NULL;
    reg->marked = reg->committed = reg->tree;
}

/* Before the disk has the entries the checkpoint must not be read outside: without them it would prove a
 * loss. */
void register_published(void *context)
{
    struct entry_register *reg = context;
    if (*reg->unpublished) checkpoint_publish(reg, reg->unpublished);
}

void register_abandoned(void *context)
{
    struct entry_register *reg = context;
    reg->tree = reg->marked = reg->committed;
    reg->note = NULL;
    reg->certain = false; /* a commit that reported an error may yet have reached the disk */
}

void register_mark(struct entry_register *reg)
{
    reg->marked = reg->tree;
}

void register_undone(void *context)
{
    struct entry_register *reg = context;
    reg->tree = reg->marked;
    reg->certain = false;
}
