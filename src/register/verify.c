/* register/verify: the whole tree once more from its leaves, in one pass and in the memory of one entry.
 *
 * The tree grows as the entries are read; at every size that was ever signed its root is held against the
 * checkpoint, and at every completed tile against the stored hash. Signatures cost most: about 70 µs for each
 * commit. What is not noticed, because nothing promised it: a missing checkpoint that is not the newest. */
#include <string.h>

#include "base/buf.h"
#include "register/entry.h"
#include "register/file.h"
#include "register/note.h"
#include "register/register.h"
#include "register/tree.h"

struct verify {
    struct db *db;
    struct arena *arena, *scratch; /* for the fault; for one entry */
    struct register_fault *fault;
    struct note_key key;
    struct tree tree;
    struct note published;    /* folder/checkpoint as it was before the first row was read */
    struct rows *checkpoints; /* by size; NULL when all were read */
    int64_t next_size;        /* of the checkpoint to come; -1 when there is none */
    int64_t newest;           /* of the checkpoint last compared */
    int64_t filed_at;         /* of the entry before */
    int64_t tiles;            /* completed so far */
};

static enum err say(struct verify *verify, int64_t seq, const char *what)
{
    *verify->fault = (struct register_fault){seq, NULL, NULL, what};
    return E_CORRUPT;
}

static enum err say_entry(struct verify *verify, const struct entry *entry, const char *what)
{
    *verify->fault = (struct register_fault){entry->seq, arena_strdup(verify->arena, entry->id),
        arena_strdup(verify->arena, entry->office), arena_strdup(verify->arena, what)};
    return E_CORRUPT;
}

/* ---- checkpoints ---- */

static void checkpoint_next(struct verify *verify)
{
    if (verify->checkpoints && db_next(verify->checkpoints)) {
        verify->next_size = row_int(verify->checkpoints, 0);
        return;
    }
    verify->checkpoints = NULL;
    verify->next_size = -1;
}

/* Holds the checkpoint of exactly the present size against the tree. */
static enum err checkpoint_compare(struct verify *verify, const uint8_t root[HASH_SIZE])
{
    const char *what = NULL;
    const char *text = row_text(verify->checkpoints, 1);
    struct note note;
    if (!note_read(&verify->key, text, strlen(text), &note)) what = "is not one that this node writes";
    else if (note.size != verify->next_size) what = "speaks of another size";
    else if (memcmp(note.root, root, HASH_SIZE) != 0) what = "has another root than the entries give";
    else if (!note_signed(&verify->key, text, &note)) what = "has a signature that is not valid";
    if (what)
        return say(verify, -1, arena_printf(verify->arena, "the checkpoint of size %lld %s",
                                   (long long)verify->next_size, what));
    verify->newest = verify->next_size;
    checkpoint_next(verify);
    return E_OK;
}

/* Everything signed at the present size. */
static enum err size_compare(struct verify *verify)
{
    uint8_t root[HASH_SIZE];
    if (verify->next_size != verify->tree.size && verify->published.size != verify->tree.size) return E_OK;
    tree_root(&verify->tree, root);
    if (verify->published.size == verify->tree.size && memcmp(verify->published.root, root, HASH_SIZE) != 0)
        return say(verify, -1, "the file checkpoint has another root than the entries give");
    return verify->next_size == verify->tree.size ? checkpoint_compare(verify, root) : E_OK;
}

/* ---- entries ---- */

static enum err tiles_compare(struct verify *verify, const uint8_t leaf[HASH_SIZE])
{
    uint8_t tiles[TILE_LEVELS_MAX][HASH_SIZE], stored[1][HASH_SIZE];
    int count = tree_add(&verify->tree, leaf, tiles);
    for (int level = 1; level <= count; level++) {
        int64_t number = (verify->tree.size >> TILE_HEIGHT * level) - 1;
        if (tree_hashes(verify->db, level, number, 1, stored) != E_OK ||
            memcmp(stored[0], tiles[level - 1], 32) != 0)
            return say(verify, -1,
                arena_printf(verify->arena, "tree_hash %lld of level %d is missing or wrong",
                    (long long)number, level));
    }
    verify->tiles += count;
    return E_OK;
}

/* The row as such: its place, and that a search for the id comes to it and no other. */
static enum err row_compare(struct verify *verify, struct rows *rows, struct entry *entry)
{
    int64_t expected = verify->tree.size;
    bool whole = entry_row(rows, verify->scratch, entry);
    if (entry->seq != expected)
        return say(verify, expected, entry->seq < 0 ? "a row has a place below 0" : "the entry is missing");
    if (!whole)
        return say_entry(verify, entry, "the row is not whole: only one of body and salt, or a wrong size");
    int64_t found = db_int(verify->db, "SELECT seq FROM entry WHERE id = $1", -1, V(entry->id));
    if (found != entry->seq) return say_entry(verify, entry, "looking for its id does not find it");
    return E_OK;
}

static enum err entry_compare(struct verify *verify, struct rows *rows)
{
    struct entry entry;
    TRY(row_compare(verify, rows, &entry));
    const char *id = entry.id;
    bool readable = entry_from_envelope(verify->scratch, entry.envelope, entry.envelope_len, &entry) == E_OK;
    entry.id = id; /* the column's, for the comparison */
    struct register_fault fault;
    if (entry_verify(verify->scratch, &entry, &fault) != E_OK || !readable)
        return say_entry(verify, &entry, fault.what);
    if (strcmp(entry.node, verify->key.name) != 0)
        return say_entry(verify, &entry, "it belongs to another node");
    if (entry.filed_at < verify->filed_at)
        return say_entry(verify, &entry, "it was filed before the entry in front of it");
    verify->filed_at = entry.filed_at;
    TRY(tiles_compare(verify, entry.leaf));
    return size_compare(verify);
}

/* ---- the whole ---- */

/* What must be true once every entry was read. */
static enum err end_compare(struct verify *verify)
{
    int64_t size = verify->tree.size;
    int64_t promised = verify->next_size > size ? verify->next_size : verify->published.size;
    if (promised > size)
        return say(verify, size,
            arena_printf(verify->arena, "the entry is missing: a checkpoint of size %lld was signed",
                (long long)promised));
    if (verify->next_size >= 0) return say(verify, -1, "a checkpoint has a size below 0");
    if (verify->newest != size)
        return say(
            verify, verify->newest < 0 ? 0 : verify->newest, "no checkpoint was signed over this entry");
    if (db_int_values(verify->db, "SELECT count(*) FROM tree_hash", 0, NULL, 0) != verify->tiles)
        return say(verify, -1, "tree_hash holds rows that belong to no tile");
    return E_OK;
}

/* The row of the node against its key. A trigger or view would act, or answer, in the place of what is
 * proved. */
static enum err node_compare(struct verify *verify)
{
    const char *name = db_text_values(verify->db, verify->arena, "SELECT name FROM node", NULL, 0);
    if (!name || strcmp(name, verify->key.name) != 0)
        return say(verify, -1, "the node's name is not the one in its key");
    const char *foreign = db_text_values(verify->db, verify->arena,
        "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name LIMIT 1", NULL, 0);
    if (foreign)
        return say(verify, -1,
            arena_printf(
                verify->arena, "the database holds %s, a trigger or view, and should hold none", foreign));
    return E_OK;
}

/* The key of the register and the checkpoint that was last published beside it. */
static enum err begin(struct verify *verify, const char *folder)
{
    const char *text = NULL;
    size_t n = 0;
    const char *key = register_key(verify->db, verify->arena);
    if (!key || !note_key_read(&verify->key, key))
        return say(verify, -1, "the node's key is missing or malformed");
    TRY(node_compare(verify));
    if (file_read(verify->arena, arena_printf(verify->arena, "%s/checkpoint", folder), NOTE_BYTES_MAX, &text,
            &n) != E_OK)
        return say(verify, -1, "the file checkpoint is missing or too long");
    if (!note_read(&verify->key, text, n, &verify->published) ||
        !note_signed(&verify->key, text, &verify->published))
        return say(verify, -1, "the file checkpoint is not one that this node signed");
    return E_OK;
}

static enum err walk(struct verify *verify)
{
    struct rows *rows = db_query_all(verify->db, ENTRY_SELECT "ORDER BY seq");
    verify->checkpoints = db_query_all(verify->db, "SELECT size, note FROM checkpoint ORDER BY size");
    checkpoint_next(verify);
    enum err err = size_compare(verify);
    while (err == E_OK && db_next(rows)) {
        err = entry_compare(verify, rows);
        arena_reset(verify->scratch);
        if (err != E_OK) db_end(rows);
    }
    if (err == E_OK && db_status(verify->db) == E_OK) err = end_compare(verify);
    if (verify->checkpoints) db_end(verify->checkpoints);
    return err;
}

enum err register_verify(struct db *db, const struct register_options *options, struct arena *arena,
    struct register_fault *ret)
{
    *ret = (struct register_fault){-1, NULL, NULL, NULL};
    struct verify verify = {.db = db, .arena = arena, .fault = ret, .newest = -1, .filed_at = INT64_MIN};
    TRY(begin(&verify, options->folder));
    verify.scratch = arena_new((size_t)64 << 20);
    enum err err = walk(&verify);
    arena_free(verify.scratch);
    if (db_status(db) != E_OK) /* rather than what it made us believe */
        return say(&verify, verify.tree.size,
            arena_printf(arena, "the database cannot be read: %s", db_message(db)));
    return err;
}
