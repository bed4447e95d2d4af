/* register/tlog: what outside programs read: checkpoint, key, inclusion proofs, tiles. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "register/entry.h"
#include "register/note.h"
#include "register/register.h"
#include "register/tree.h"

int64_t register_sealed_size(struct db *db)
{
    return db_int_values(db, "SELECT max(size) FROM checkpoint", 0, NULL, 0);
}

const char *register_checkpoint(struct db *db, struct arena *arena)
{
    return db_text_values(db, arena, "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", NULL, 0);
}

const char *register_key(struct db *db, struct arena *arena)
{
    return db_text_values(db, arena, "SELECT key FROM node", NULL, 0);
}

/* ---- tlog-proof ---- */

static void put_base64(struct buf *buf, struct arena *arena, const void *data, size_t n)
{
    size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(arena, size);
    buf_puts(buf, sodium_bin2base64(text, size, data, n, sodium_base64_VARIANT_ORIGINAL));
}

/* tlog-proof, "Format". The extra data, which the specification leaves to the application, is the entry
 * itself: hashing it gives the leaf, so one file is all a court needs. */
enum err register_proof(struct db *db, struct arena *arena, int64_t seq, struct buf *ret_text)
{
    struct note_key key;
    struct note note;
    const char *key_text = register_key(db, arena);
    const char *checkpoint = register_checkpoint(db, arena);
    TRY(db_status(db));
    if (!key_text || !checkpoint || !note_key_read(&key, key_text)) return E_CORRUPT;
    if (!note_read(&key, checkpoint, strlen(checkpoint), &note)) return E_CORRUPT;
    if (seq < 0 || seq >= note.size) return E_NOT_FOUND;
    struct entry entry;
    TRY(entry_by_seq(db, arena, seq, &entry));
    struct tree tree;
    TRY(tree_load(db, note.size, &tree));
    uint8_t path[TREE_HEIGHT_MAX][HASH_SIZE];
    int count = 0;
    TRY(tree_path(db, &tree, seq, path, &count));
    buf_puts(ret_text, "c2sp.org/tlog-proof@v1\nextra ");
    put_base64(ret_text, arena, entry.envelope, entry.envelope_len);
    buf_printf(ret_text, "\nindex %lld\n", (long long)seq);
    for (int i = 0; i < count; i++) {
        put_base64(ret_text, arena, path[i], HASH_SIZE);
        buf_putc(ret_text, '\n');
    }
    buf_putc(ret_text, '\n');
    buf_puts(ret_text, checkpoint);
    return E_OK;
}

/* ---- tlog-tiles ---- */

struct tile {
    int level;      /* -1: entries */
    int64_t number;
    int width;      /* TILE_WIDTH: a full tile */
};

/* A decimal without leading zeros, at most three digits, that ends where the text or a '/' does. */
static bool path_decimal(const char **at, int *ret)
{
    size_t n = strspn(*at, "0123456789");
    if (n == 0 || n > 3 || (n > 1 && **at == '0')) return false;
    *ret = 0;
    for (size_t i = 0; i < n; i++) *ret = *ret * 10 + ((*at)[i] - '0');
    *at += n;
    return true;
}

/* tlog-tiles, "Merkle Tree": elements of three digits, all but the last with an x in front. A first element
 * x000 would be a second spelling of the same number and is refused. */
static bool path_number(const char **at, int64_t *ret)
{
    int64_t number = 0;
    for (bool first = true;; first = false) {
        bool more = **at == 'x';
        if (more) ++*at;
        if (strspn(*at, "0123456789") != 3 || number > (int64_t)1 << TREE_HEIGHT_MAX) return false;
        int element = ((*at)[0] - '0') * 100 + ((*at)[1] - '0') * 10 + ((*at)[2] - '0');
        *at += 3;
        if (more && (*(*at)++ != '/' || (first && element == 0))) return false;
        number = number * 1000 + element;
        if (!more) break;
    }
    *ret = number;
    return number <= (int64_t)1 << TREE_HEIGHT_MAX;
}

static bool path_read(const char *path, struct tile *ret)
{
    static const char tiles[] = "tile/", entries[] = "entries/", partial[] = ".p/";
    if (strncmp(path, tiles, sizeof tiles - 1) != 0) return false;
    const char *at = path + sizeof tiles - 1;
    ret->level = -1;
    if (strncmp(at, entries, sizeof entries - 1) == 0) at += sizeof entries - 1;
    else if (!path_decimal(&at, &ret->level) || ret->level > 63 || *at++ != '/') return false;
    if (!path_number(&at, &ret->number)) return false;
    ret->width = TILE_WIDTH;
    if (*at == '\0') return true;
    if (strncmp(at, partial, sizeof partial - 1) != 0) return false;
    at += sizeof partial - 1;
    return path_decimal(&at, &ret->width) && *at == '\0' && ret->width >= 1 && ret->width < TILE_WIDTH;
}

/* tlog-tiles, "Log entries": big-endian length, then the entry. */
static enum err put_entries(struct db *db, int64_t first, int count, struct buf *buf)
{
    struct rows *rows = db_query(db, "SELECT envelope FROM entry WHERE seq >= $1 AND seq < $2 ORDER BY seq",
        V(first), V(first + count));
    bool fits = true;
    for (; db_next(rows); count--) {
        size_t n = 0;
        const void *envelope = row_blob(rows, 0, &n);
        fits = fits && n <= ENVELOPE_BYTES_MAX;
        buf_putc(buf, (char)(n >> 8 & 0xFF));
        buf_putc(buf, (char)(n & 0xFF));
        buf_add(buf, envelope, n);
    }
    TRY(db_status(db));
    return fits && count == 0 ? E_OK : E_CORRUPT;
}

/* tlog-tiles, "Partial Tiles": only those of signed sizes must be served; every narrower one is a part of
 * what is there anyway, so any width up to the newest signed size is. Empty tiles are not. */
enum err register_tile(
    struct db *db, struct arena *arena, const char *path, struct buf *ret_bytes, bool *ret_full)
{
    (void)arena;
    struct tile tile;
    if (!path_read(path, &tile)) return E_NOT_FOUND;
    int64_t sealed = register_sealed_size(db);
    TRY(db_status(db));
    int level = tile.level < 0 ? 0 : tile.level;
    if (level >= TILE_LEVELS_MAX) return E_NOT_FOUND;
    int64_t first = tile.number * TILE_WIDTH;
    if (tile.number > sealed / TILE_WIDTH || first + tile.width > sealed >> TILE_HEIGHT * level)
        return E_NOT_FOUND;
    *ret_full = tile.width == TILE_WIDTH;
    if (tile.level < 0) return put_entries(db, first, tile.width, ret_bytes);
    uint8_t hashes[TILE_WIDTH][HASH_SIZE];
    TRY(tree_hashes(db, level, first, tile.width, hashes));
    buf_add(ret_bytes, hashes, (size_t)tile.width * HASH_SIZE);
    return E_OK;
}
