/* db/gathered: see gathered.h. */
#include "db/gathered.h"

#include <string.h>

#define GATHERED_MAX ((size_t)120 * 1024) /* the system's VFS takes less than 128 KB at once */

int gathered_flush(struct gathered *gathered)
{
    size_t count = gathered->count;
    gathered->count = 0;
    if (count == 0) return SQLITE_OK;
    return gathered->real->pMethods->xWrite(gathered->real, gathered->bytes, (int)count, gathered->begin);
}

bool gathered_follows(const struct gathered *gathered, sqlite3_int64 offset)
{
    return gathered->count > 0 && offset == gathered->begin + (sqlite3_int64)gathered->count;
}

int gathered_write(struct gathered *gathered, const void *data, size_t size, sqlite3_int64 offset)
{
    if (!gathered_follows(gathered, offset) || gathered->count + size > GATHERED_MAX) {
        int code = gathered_flush(gathered);
        if (code != SQLITE_OK) return code;
        gathered->begin = offset;
    }
    if (!gathered->bytes) gathered->bytes = sqlite3_malloc((int)GATHERED_MAX);
    if (!gathered->bytes) return SQLITE_NOMEM;
    if (size > GATHERED_MAX)
        return gathered->real->pMethods->xWrite(gathered->real, data, (int)size, offset);
    memcpy(gathered->bytes + gathered->count, data, size);
    gathered->count += size;
    return SQLITE_OK;
}

int gathered_close(struct gathered *gathered)
{
    int code = gathered_flush(gathered);
    sqlite3_free(gathered->bytes);
    int closed = gathered->real->pMethods->xClose(gathered->real);
    return code == SQLITE_OK ? closed : code;
}
