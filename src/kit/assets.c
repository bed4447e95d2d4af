/* kit/assets: hashed and compressed on first use, kept for the life of the process. */
#include "kit/assets.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/builtin.h"
#include "base/id.h"
#include "web/gzip.h"

#define HASH_SHOWN 6 /* bytes */

static struct asset {
    const char *name, *path, *type;
    char hash[2 * HASH_SHOWN + 1];
    const char *address;
    const struct builtin *file;
    const char *small;
    size_t small_len;
} assets[] = {
    {.name = "panji.css", .path = "src/kit/assets/panji.css", .type = "text/css; charset=utf-8"},
    {.name = "panji.js", .path = "src/kit/assets/panji.js", .type = "text/javascript; charset=utf-8"},
    {.name = "panji.svg", .path = "src/kit/assets/panji.svg", .type = "image/svg+xml"},
    {.name = "htmx.js",
        .path = "node_modules/htmx.org/dist/htmx.min.js",
        .type = "text/javascript; charset=utf-8"},
};
#define ASSET_COUNT (sizeof assets / sizeof assets[0])

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena *arena;

static void assets_make(void)
{
    arena = arena_new((size_t)16 << 20);
    for (size_t i = 0; i < ASSET_COUNT; i++) {
        struct asset *asset = &assets[i];
        asset->file = builtin_find(asset->path);
        assert(asset->file);
        unsigned char hash[crypto_hash_sha256_BYTES];
        crypto_hash_sha256(hash, (const unsigned char *)asset->file->data, asset->file->len);
        hex_encode(asset->hash, hash, HASH_SHOWN);
        asset->address = arena_printf(arena, "/assets/%s/%s", asset->hash, asset->name);
        asset->small = gzip_bytes(arena, asset->file->data, asset->file->len, 9, &asset->small_len);
    }
}

static const struct asset *asset_find(const char *name)
{
    pthread_once(&once, assets_make);
    for (size_t i = 0; i < ASSET_COUNT; i++)
        if (strcmp(assets[i].name, name) == 0) return &assets[i];
    return NULL;
}

const char *assets_address(const char *name)
{
    const struct asset *asset = asset_find(name);
    assert(asset);
    return asset->address;
}

/* A page made before the program was renewed asks by the old hash: it gets the new file, and keeps it only
 * until it asks again. */
void assets_send(struct request *request)
{
    const struct asset *asset = asset_find(request->captures[1]);
    if (!asset) {
        respond_problem(request, "not_found");
        return;
    }
    bool current = strcmp(request->captures[0], asset->hash) == 0;
    bool small = asset->small && gzip_taken(request);
    respond_text(request, 200, asset->type, small ? asset->small : asset->file->data,
        small ? asset->small_len : asset->file->len);
    request->response.gzipped = small;
    request->response.varies = true;
    request->response.cache = current ? "public, max-age=31536000, immutable" : "no-cache";
}
