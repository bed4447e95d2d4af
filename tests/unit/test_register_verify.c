/* Verify finds every kind of tampering and names the first entry that is wrong. */
#include "base/id.h"
#include "register/note.h"
#include "register_world.h"

#define SIZE 520 /* two full tiles and a bit */

/* Checks, on a register that someone changed with sql, what is said and about which entry. */
static void tampering_found(const char *sql, int64_t seq, const char *what)
{
    struct world world;
    world_begin(&world);
    for (int i = 0; i < 4; i++) world_file(&world, SIZE / 4);
    struct register_fault fault;
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_OK);
    assert_int_equal(db_script(world.db, sql), E_OK);
    if (register_verify(world.db, &world.options, world.arena, &fault) != E_CORRUPT)
        fail_msg("passes: %s", sql);
    if (fault.seq != seq || !strstr(fault.what, what))
        fail_msg("%s: entry %lld, %s", sql, (long long)fault.seq, fault.what);
    if (fault.id) assert_true(id_valid(fault.id));
    else
        assert_true(
            seq < 0 || strstr(what, "missing") || strstr(what, "no checkpoint") || strstr(what, "below 0"));
    world_end(&world);
}

static void changed_entries_are_found(void **state)
{
    (void)state;
    tampering_found("UPDATE entry SET body = CAST('{}' AS BLOB) WHERE seq = 300", 300, "body");
    tampering_found("UPDATE entry SET salt = zeroblob(16) WHERE seq = 0", 0, "body");
    tampering_found("UPDATE entry SET salt = NULL WHERE seq = 3", 3, "not whole");
    tampering_found("UPDATE entry SET body = NULL WHERE seq = 3", 3, "not whole");
    tampering_found("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 519", 519, "leaf");
    tampering_found(
        "UPDATE entry SET envelope = CAST(replace(CAST(envelope AS TEXT), 'PS-RAIPUR-01', 'PS-RAIPUR-02') "
        "AS BLOB) WHERE seq = 256",
        256, "leaf");
    tampering_found("UPDATE entry SET id = '0199c0de-0000-7000-8000-000000000001' WHERE seq = 17", 17, "id");
}

/* Whoever changes an envelope and its leaf together still gives another root than was signed. */
static void changed_leaves_contradict_the_next_checkpoint(void **state)
{
    (void)state;
    struct world world;
    struct register_fault fault;
    struct entry entry;
    uint8_t leaf[32];
    world_begin(&world);
    for (int i = 0; i < 4; i++) world_file(&world, SIZE / 4);
    assert_int_equal(entry_by_seq(world.db, world.arena, 300, &entry), E_OK);
    char *changed = arena_strdup(world.arena, entry.envelope);
    *strstr(changed, "-01\",\"officer\"") = '_';
    hash_leaf(leaf, changed, strlen(changed));
    assert_int_equal(db_run(world.db, "UPDATE entry SET envelope = $1, leaf = $2 WHERE seq = 300",
                         VB(changed, strlen(changed)), VB(leaf, sizeof leaf)), E_OK);
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_CORRUPT);
    assert_string_equal(fault.what, "the checkpoint of size 390 has another root than the entries give");
    world_end(&world);
}

static void missing_added_and_moved_entries_are_found(void **state)
{
    (void)state;
    tampering_found("DELETE FROM entry WHERE seq = 519", 519, "missing");
    tampering_found("DELETE FROM entry WHERE seq = 0", 0, "missing");
    tampering_found("DELETE FROM entry WHERE seq = 100", 100, "missing");
    tampering_found("DELETE FROM entry; DELETE FROM tree_hash", 0, "missing");
    tampering_found(
        "DELETE FROM entry WHERE seq >= 390; DELETE FROM checkpoint WHERE size > 390", 390, "missing");
    tampering_found("UPDATE entry SET seq = -1 WHERE seq = 20; UPDATE entry SET seq = 20 WHERE seq = 21;"
                    "UPDATE entry SET seq = 21 WHERE seq = -1", 21, "filed before");
    tampering_found(
        "INSERT INTO entry SELECT 520, '0199c0de-0000-7000-8000-000000000001', leaf, salt, envelope, body "
        "FROM entry WHERE seq = 519",
        520, "id");
    tampering_found("UPDATE entry SET seq = -7 WHERE seq = 0", 0, "below 0");
}

static void changed_trees_and_checkpoints_are_found(void **state)
{
    (void)state;
    tampering_found("DELETE FROM tree_hash WHERE number = 1", -1, "tree_hash 1 of level 1");
    tampering_found(
        "UPDATE tree_hash SET hash = zeroblob(32) WHERE number = 0", -1, "tree_hash 0 of level 1");
    tampering_found("INSERT INTO tree_hash VALUES (1, 2, zeroblob(32))", -1, "no tile");
    tampering_found("UPDATE checkpoint SET size = 261 WHERE size = 260", -1, "another size");
    tampering_found(
        "UPDATE checkpoint SET note = replace(note, '260', '26') WHERE size = 260", -1, "another size");
    tampering_found(
        "UPDATE checkpoint SET note = note || 'x' WHERE size = 130", -1, "not one that this node writes");
    tampering_found("DELETE FROM checkpoint WHERE size = 520", 390, "no checkpoint");
    tampering_found("INSERT INTO checkpoint VALUES (600, 'x')", 520, "missing");
    tampering_found("UPDATE node SET key = 'x'", -1, "key");
}

/* A checkpoint between others promises nothing that the next does not: its loss is no fault. */
static void dropped_middle_checkpoints_and_erased_bodies_pass(void **state)
{
    (void)state;
    struct world world;
    struct register_fault fault;
    struct entry entry;
    world_begin(&world);
    for (int i = 0; i < 3; i++) world_file(&world, 10);
    assert_int_equal(db_do(world.db, "DELETE FROM checkpoint WHERE size = 20"), E_OK);
    assert_int_equal(db_do(world.db, "UPDATE entry SET body = NULL, salt = NULL WHERE seq = 12"), E_OK);
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_OK);
    assert_int_equal(entry_by_seq(world.db, world.arena, 12, &entry), E_OK);
    assert_null(entry.body);
    assert_int_equal(entry_verify(world.arena, &entry, &fault), E_OK);
    world_end(&world);
}

/* Whoever holds the key and rewrites everything in the database still contradicts what was published. */
static void rewritten_past_contradicts_the_published_checkpoint(void **state)
{
    (void)state;
    struct world world;
    struct register_fault fault;
    world_begin(&world);
    world_file(&world, 10);
    assert_int_equal(
        db_script(world.db, "DELETE FROM entry WHERE seq = 9; DELETE FROM checkpoint WHERE size = 10;"),
        E_OK);
    char key_text[NOTE_BYTES_MAX] = {0};
    FILE *file = fopen(world_path(&world, "node.key"), "r");
    assert_true(fread(key_text, 1, sizeof key_text - 1, file) > 0);
    fclose(file);
    struct note_key key;
    assert_true(note_key_secret_read(&key, key_text));
    uint8_t leaves[9][32], root[32];
    struct rows *rows = db_query_all(world.db, "SELECT leaf FROM entry ORDER BY seq");
    size_t n = 0;
    for (int i = 0; db_next(rows); i++) memcpy(leaves[i], row_blob(rows, 0, &n), 32);
    slow_root(leaves, 9, root);
    assert_int_equal(db_run(world.db, "INSERT INTO checkpoint VALUES (9, $1)",
                         V(note_sign(world.arena, &key, 9, root))), E_OK);
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_CORRUPT);
    assert_int_equal(fault.seq, 9);
    unlink(world_path(&world, "checkpoint"));
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_CORRUPT);
    assert_non_null(strstr(fault.what, "file checkpoint is missing"));
    world_end(&world);
}

static void signatures_of_another_key_are_found(void **state)
{
    (void)state;
    struct world world;
    struct register_fault fault;
    world_begin(&world);
    world_file(&world, 10);
    const char *note = register_checkpoint(world.db, world.arena);
    char *changed = arena_strdup(world.arena, note);
    char *signature = strstr(changed, "\xe2\x80\x94") + strlen("\xe2\x80\x94 " NODE " ") + 20;
    *signature = *signature == 'A' ? 'B' : 'A';
    assert_int_equal(db_run(world.db, "UPDATE checkpoint SET note = $1 WHERE size = 10", V(changed)), E_OK);
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_CORRUPT);
    assert_non_null(strstr(fault.what, "signature"));
    world_end(&world);
}

static void entry_alone_is_checked_against_its_members(void **state)
{
    (void)state;
    struct world world;
    struct register_fault fault;
    struct entry entry;
    world_begin(&world);
    world_file(&world, 1);
    assert_int_equal(entry_by_seq(world.db, world.arena, 0, &entry), E_OK);
    assert_int_equal(entry_verify(world.arena, &entry, &fault), E_OK);
    entry.office = "PS-RAIPUR-02";
    assert_int_equal(entry_verify(world.arena, &entry, &fault), E_CORRUPT);
    assert_string_equal(fault.what, "office is not what the envelope says");
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_entries_are_found),
        cmocka_unit_test(changed_leaves_contradict_the_next_checkpoint),
        cmocka_unit_test(missing_added_and_moved_entries_are_found),
        cmocka_unit_test(changed_trees_and_checkpoints_are_found),
        cmocka_unit_test(dropped_middle_checkpoints_and_erased_bodies_pass),
        cmocka_unit_test(rewritten_past_contradicts_the_published_checkpoint),
        cmocka_unit_test(signatures_of_another_key_are_found),
        cmocka_unit_test(entry_alone_is_checked_against_its_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
