/* register/entry: reading entries back, and proving one entry on its own. */
#include "register/entry.h"

#include <string.h>

#include "base/id.h"
#include "register/envelope.h"
#include "register/hash.h"

static const void *column_dup(struct rows *rows, int column, struct arena *arena, size_t *ret_n)
{
    if (row_null(rows, column)) return NULL;
    const void *data = row_blob(rows, column, ret_n);
    return arena_strndup(arena, data ? data : "", *ret_n);
}

bool entry_row(struct rows *rows, struct arena *arena, struct entry *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->seq = row_int(rows, 0);
    ret->id = row_dup(rows, 1, arena);
    size_t leaf_len = 0, salt_len = 0;
    const void *leaf = row_blob(rows, 2, &leaf_len);
    const void *salt = row_blob(rows, 3, &salt_len);
    ret->envelope = column_dup(rows, 4, arena, &ret->envelope_len);
    ret->body = column_dup(rows, 5, arena, &ret->body_len);
    if (!ret->id || !ret->envelope || leaf_len != HASH_SIZE || salt_len != (ret->body ? SALT_SIZE : 0))
        return false;
    memcpy(ret->leaf, leaf, HASH_SIZE);
    if (ret->body) memcpy(ret->salt, salt, SALT_SIZE);
    return true;
}

enum err entry_from_envelope(struct arena *arena, const char *envelope, size_t n, struct entry *ret)
{
    uint8_t commitment[HASH_SIZE];
    return envelope_read(arena, envelope, n, ret, commitment);
}

/* A row with the members of its envelope. The cheap test of the id catches a column that was changed. */
static enum err entry_whole(struct rows *rows, struct arena *arena, struct entry *ret)
{
    if (!entry_row(rows, arena, ret)) return E_CORRUPT;
    const char *id = ret->id;
    TRY(entry_from_envelope(arena, ret->envelope, ret->envelope_len, ret));
    return strcmp(id, ret->id) == 0 ? E_OK : E_CORRUPT;
}

static enum err entry_only(struct db *db, struct rows *rows, struct arena *arena, struct entry *ret)
{
    bool found = db_next(rows);
    TRY(db_status(db));
    if (!found) return E_NOT_FOUND;
    enum err err = entry_whole(rows, arena, ret);
    db_end(rows);
    return err;
}

enum err entry_by_id(struct db *db, struct arena *arena, const char *id, struct entry *ret)
{
    return entry_only(db, db_query(db, ENTRY_SELECT "WHERE id = $1", V(id)), arena, ret);
}

enum err entry_head_by_id(struct db *db, struct arena *arena, const char *id, struct entry *ret)
{
    return entry_only(db, db_query(db, ENTRY_HEAD_SELECT "WHERE id = $1", V(id)), arena, ret);
}

enum err entry_by_seq(struct db *db, struct arena *arena, int64_t seq, struct entry *ret)
{
    return entry_only(db, db_query(db, ENTRY_SELECT "WHERE seq = $1", V(seq)), arena, ret);
}

enum err entry_head_by_seq(struct db *db, struct arena *arena, int64_t seq, struct entry *ret)
{
    return entry_only(db, db_query(db, ENTRY_HEAD_SELECT "WHERE seq = $1", V(seq)), arena, ret);
}

struct rows *entry_walk(struct db *db, int64_t from)
{
    return db_query(db, ENTRY_SELECT "WHERE seq >= $1 ORDER BY seq", V(from));
}

bool entry_walk_next(struct rows *rows, struct arena *arena, struct entry *ret)
{
    if (!db_next(rows)) return false;
    enum err err = entry_whole(rows, arena, ret);
    if (err != E_OK) rows_fail(rows, err, "an entry of the register cannot be read");
    return err == E_OK;
}

enum err entry_verify(struct arena *arena, const struct entry *entry, struct register_fault *ret)
{
    *ret = (struct register_fault){entry->seq, entry->id, entry->office, NULL};
    struct entry told = {0};
    uint8_t commitment[HASH_SIZE], hash[HASH_SIZE];
    hash_leaf(hash, entry->envelope, entry->envelope_len);
    if (memcmp(hash, entry->leaf, HASH_SIZE) != 0) {
        ret->what = "the stored leaf is not the hash of the envelope";
        return E_CORRUPT;
    }
    if (envelope_read(arena, entry->envelope, entry->envelope_len, &told, commitment) != E_OK) {
        ret->what = "the envelope is not one that the register writes";
        return E_CORRUPT;
    }
    const char *differs = envelope_difference(&told, entry);
    if (differs) {
        ret->what = arena_printf(arena, "%s is not what the envelope says", differs);
        return E_CORRUPT;
    }
    if (!id_valid(told.id)) {
        ret->what = "the id is not a UUIDv7";
        return E_CORRUPT;
    }
    if (!entry->body) return E_OK; /* erased: the commitment stays, and there is nothing left to compare */
    hash_commitment(hash, entry->salt, SALT_SIZE, entry->body, entry->body_len);
    if (memcmp(hash, commitment, HASH_SIZE) != 0) {
        ret->what = "the body is not the one the envelope commits to";
        return E_CORRUPT;
    }
    return E_OK;
}
