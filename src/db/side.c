/* db/side: see the header. */
#include "db/side.h"

#include <fcntl.h>
#include <unistd.h>

/* The file is made here, so that nobody but the server's user ever reads it; the database's logs take its
 * mode. */
static enum err file_prepare(const char *path, bool must_exist)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | (must_exist ? 0 : O_CREAT), 0600);
    if (fd < 0) return must_exist && access(path, F_OK) != 0 ? E_NOT_FOUND : E_DENIED;
    close(fd);
    return E_OK;
}

enum err side_open(const char *folder, const char *name, bool must_exist, size_t bytes_max,
    const char *schema, struct side **ret_side)
{
    struct arena *arena = arena_new(bytes_max);
    const char *path = arena_printf(arena, "%s/%s", folder, name);
    struct side *side = ARENA_NEW(arena, struct side);
    *side = (struct side){.arena = arena};
    pthread_mutex_init(&side->lock, NULL);
    enum err err = file_prepare(path, must_exist);
    if (err == E_OK) err = db_open(path, DB_WRITE, &side->db);
    if (err == E_OK) err = db_script(side->db, schema);
    if (err == E_OK) *ret_side = side;
    else side_close(side);
    return err;
}

void side_close(struct side *side)
{
    struct arena *arena = side->arena;
    db_close(side->db);
    pthread_mutex_destroy(&side->lock);
    arena_free(arena);
}

void side_hold(struct side *side)
{
    pthread_mutex_lock(&side->lock);
}

enum err side_settle(struct side *side)
{
    enum err err = db_status(side->db);
    db_clear(side->db);
    return err;
}

enum err side_release(struct side *side)
{
    enum err err = side_settle(side);
    pthread_mutex_unlock(&side->lock);
    return err;
}
