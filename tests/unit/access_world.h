/* What the access tests share: a database in memory with the tables of the room, the few of the views that
 * it reads, and a small district: two stations below a sub-division and a district, a neighbour, a court,
 * a laboratory below police headquarters, a prison. */
#ifndef PANJI_TESTS_ACCESS_WORLD_H
#define PANJI_TESTS_ACCESS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "base/json.h"
#include "base/time.h"

struct world {
    struct db *db;
    struct arena *arena;
};

/* Applies the entry `id` of the form; body is JSON with ' for ". */
static inline void apply(struct world *world, const char *form, const char *id, const char *body)
{
    char *text = arena_strdup(world->arena, body);
    for (char *at = text; *at; at++)
        if (*at == '\'') *at = '"';
    json_t *value = json_loads(text, 0, NULL);
    assert_non_null(value);
    struct entry entry = {.id = id, .form = form, .form_version = 1};
    access_apply(world->db, &entry, value);
    json_decref(value);
    assert_int_equal(db_status(world->db), E_OK);
}

static inline void office(struct world *world, const char *code, const char *kind, const char *parent)
{
    apply(world, "office", arena_printf(world->arena, "office-%s", code),
        arena_printf(world->arena, parent ? "{'office':{'code':'%s','kind':'%s','name':'%s','parent':'%s'}}"
                                          : "{'office':{'code':'%s','kind':'%s','name':'%s'}}",
            code, kind, code, parent));
}

static inline int world_begin(void **state)
{
    access_load();
    static struct world world;
    world.arena = arena_new((size_t)64 << 20);
    assert_int_equal(db_open(":memory:", DB_MEMORY, &world.db), E_OK);
    assert_int_equal(db_script(world.db, access_schema), E_OK);
    assert_int_equal(db_script(world.db,
        "CREATE TABLE case_file(id TEXT PRIMARY KEY, office TEXT NOT NULL);"
        "CREATE TABLE case_office(case_id TEXT NOT NULL, office TEXT NOT NULL, PRIMARY KEY(case_id, office));"
        "CREATE TABLE diary_called(case_id TEXT NOT NULL, office TEXT NOT NULL);"), E_OK);
    office(&world, "HQ", "state_hq", NULL);
    office(&world, "D1", "district", "HQ");
    office(&world, "D2", "district", "HQ");
    office(&world, "SD1", "sdpo", "D1");
    office(&world, "PS1", "ps", "SD1");
    office(&world, "PS2", "ps", "SD1");
    office(&world, "PS9", "ps", "D2");
    office(&world, "LAB", "laboratory", "HQ");
    office(&world, "CHC", "court", NULL);
    office(&world, "C1", "court", "CHC");
    office(&world, "C2", "court", "CHC");
    office(&world, "PROS", "prosecution", NULL);
    office(&world, "JAIL", "prison", NULL);
    office(&world, "HOSP", "hospital", NULL);
    *state = &world;
    return 0;
}

static inline int world_end(void **state)
{
    struct world *world = *state;
    db_close(world->db);
    arena_free(world->arena);
    return 0;
}

#endif
