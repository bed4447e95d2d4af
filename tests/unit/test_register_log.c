/* Filing into the register: what an entry becomes, what undoing leaves behind, and what opening notices. */
#include <sys/stat.h>

#include "base/id.h"
#include "db/commit.h"
#include "register/note.h"
#include "register/tree.h"
#include "register_world.h"

/* ---- the envelope ---- */

static void entry_comes_back_as_it_was_filed(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct entry filed = world_entry(&world, 0), by_id, by_seq, head;
    filed.role = "थाना प्रभारी";
    filed.case_id = "0199c0de-0000-7000-8000-000000000001";
    filed.series = "fir";
    filed.number = "0123/2026";
    filed.amends = "0199c0de-0000-7000-8000-000000000002";
    filed.claimed_at = FILED_AT - 5000;
    filed.seen_size = 0;
    filed.to_count = 2;
    filed.to[0] = "DPO-RAIPUR";
    filed.to[1] = "न्यायालय-1";
    assert_int_equal(db_begin(world.db), E_OK);
    assert_int_equal(register_append(world.reg, world.db, world.arena, &filed), E_OK);
    world_commit(&world);
    assert_int_equal(entry_by_id(world.db, world.arena, filed.id, &by_id), E_OK);
    assert_int_equal(entry_head_by_id(world.db, world.arena, filed.id, &head), E_OK);
    assert_null(head.body); /* and all that the envelope says */
    assert_string_equal(head.office, by_id.office);
    assert_int_equal(head.seq, by_id.seq);
    assert_memory_equal(head.leaf, by_id.leaf, HASH_SIZE);
    assert_int_equal(entry_by_seq(world.db, world.arena, 0, &by_seq), E_OK);
    assert_string_equal(by_id.role, "थाना प्रभारी");
    assert_string_equal(by_id.node, NODE);
    assert_string_equal(by_id.case_id, filed.case_id);
    assert_string_equal(by_id.series, "fir");
    assert_string_equal(by_id.number, "0123/2026");
    assert_string_equal(by_id.amends, filed.amends);
    assert_int_equal(by_id.form_version, 1);
    assert_int_equal(by_id.filed_at, FILED_AT);
    assert_int_equal(by_id.claimed_at, FILED_AT - 5000);
    assert_int_equal(by_id.seen_size, 0);
    assert_int_equal(by_id.to_count, 2);
    assert_string_equal(by_id.to[1], "न्यायालय-1");
    assert_string_equal(by_id.body, filed.body);
    assert_memory_equal(by_id.salt, filed.salt, SALT_SIZE);
    assert_memory_equal(by_seq.leaf, filed.leaf, HASH_SIZE);
    assert_int_equal(entry_by_seq(world.db, world.arena, 1, &by_seq), E_NOT_FOUND);
    assert_int_equal(entry_by_id(world.db, world.arena, "0199", &by_seq), E_NOT_FOUND);
    world_end(&world);
}

/* RFC 8785: the envelope is the same text that any canonical writer of its JSON gives. */
static void envelope_is_canonical_json_that_commits_to_the_body(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct entry entry = world_entry(&world, 0);
    entry.office = "थाना कोतवाली";
    assert_int_equal(db_begin(world.db), E_OK);
    assert_int_equal(register_append(world.reg, world.db, world.arena, &entry), E_OK);
    world_commit(&world);
    json_t *object = json_loadb(entry.envelope, entry.envelope_len, JSON_REJECT_DUPLICATES, NULL);
    char *canonical = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(canonical, entry.envelope);
    uint8_t hash[32];
    char hex[65];
    hash_commitment(hash, entry.salt, SALT_SIZE, entry.body, entry.body_len);
    hex_encode(hex, hash, 32);
    assert_string_equal(json_string_value(json_object_get(object, "body")), hex);
    assert_int_equal(json_integer_value(json_object_get(object, "v")), 1);
    assert_null(json_object_get(object, "case_id"));
    assert_null(json_object_get(object, "claimed_at"));
    assert_null(json_object_get(object, "seen_size"));
    assert_null(json_object_get(object, "to"));
    free(canonical);
    json_decref(object);
    world_end(&world);
}

static void append_refused(struct world *world, struct entry entry)
{
    assert_int_equal(register_append(world->reg, world->db, world->arena, &entry), E_PROBLEM);
    assert_int_equal(register_size(world->reg), 0);
}

static void envelopes_that_cannot_be_canonical_or_are_too_long_are_refused(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    assert_int_equal(db_begin(world.db), E_OK);
    static const char *const texts[] = {"", "a\"b", "a\\b", "a\nb", "\xff", "\xed\xa0\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct entry entry = world_entry(&world, 0);
        entry.number = texts[i];
        append_refused(&world, entry);
    }
    struct entry entry = world_entry(&world, 0);
    char *longest = arena_alloc(world.arena, ENVELOPE_BYTES_MAX + 1);
    memset(longest, 'x', ENVELOPE_BYTES_MAX);
    entry.number = longest;
    append_refused(&world, entry);
    entry = world_entry(&world, 0);
    entry.claimed_at = INT64_MAX;
    append_refused(&world, entry);
    db_rollback(world.db);
    world_end(&world);
}

/* One text, one meaning: whatever differs from what the register writes is not an envelope. */
static void changed_envelopes_are_not_read(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 1);
    struct entry entry, read;
    assert_int_equal(entry_by_seq(world.db, world.arena, 0, &entry), E_OK);
    assert_int_equal(entry_from_envelope(world.arena, entry.envelope, entry.envelope_len, &read), E_OK);
    for (size_t n = 0; n < entry.envelope_len; n++)
        assert_int_equal(entry_from_envelope(world.arena, entry.envelope, n, &read), E_CORRUPT);
    static const char *const changes[][2] = {{"{\"body\"", "{ \"body\""}, {"\"v\":1}", "\"v\":2}"},
        {"\"v\":1}", "\"v\":1} "}, {"\"v\":1}", "\"v\":01}"}, {"\"v\":1}", "\"v\":1.0}"},
        {"\"v\":1}", "\"w\":1}"}, {"\"v\":1}", "\"v\":1,\"w\":1}"},
        {"\"form_version\":1", "\"form_version\":-0"}, {"\"form_version\":1", "\"form_version\":4294967297"},
        {"\"role\":\"sho\"", "\"role\":\"\""}, {"\"role\":\"sho\"", "\"role\":null"},
        {"\"role\":\"sho\"", "\"role\":\"s\\u0068o\""},
        {"\"role\":\"sho\"", "\"role\":\"sho\",\"role\":\"sho\""}, {"\"role\":\"sho\",", ""},
        {"\"role\":\"sho\"", "\"role\":\"sho\",\"seen_size\":-1"}, {"\"v\":1}", "\"to\":[],\"v\":1}"},
        {"\"v\":1}", "\"to\":[\"a\",],\"v\":1}"}, {"\"v\":1}", "\"to\":[\"a\" ],\"v\":1}"}};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const char *at = strstr(entry.envelope, changes[i][0]);
        assert_non_null(at);
        char *text = arena_printf(world.arena, "%.*s%s%s", (int)(at - entry.envelope), entry.envelope,
            changes[i][1], at + strlen(changes[i][0]));
        if (entry_from_envelope(world.arena, text, strlen(text), &read) != E_CORRUPT) fail_msg("%s", text);
    }
    world_end(&world);
}

static void walk_gives_every_entry_in_order(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 20);
    struct entry entry;
    int64_t expected = 5;
    struct rows *rows = entry_walk(world.db, 5);
    while (entry_walk_next(rows, world.arena, &entry)) assert_int_equal(entry.seq, expected++);
    assert_int_equal(expected, 20);
    assert_int_equal(db_status(world.db), E_OK);
    assert_int_equal(db_do(world.db, "UPDATE entry SET envelope = x'7b7d' WHERE seq = 7"), E_OK);
    rows = entry_walk(world.db, 5);
    for (expected = 5; entry_walk_next(rows, world.arena, &entry); expected++) continue;
    assert_int_equal(expected, 7);
    assert_int_equal(db_status(world.db), E_CORRUPT); /* never a short answer that looks whole */
    world_end(&world);
}

/* ---- undoing ---- */

struct filing {
    struct commit_job job;
    struct world *world;
    bool marks, refuses;
    int count;
};

static enum err filing_run(struct commit_job *job, struct db *db)
{
    struct filing *filing = (struct filing *)job;
    (void)db;
    if (filing->marks) register_mark(filing->world->reg);
    world_append(filing->world, filing->count);
    return filing->refuses ? E_PROBLEM : E_OK;
}

static void file_in_batch(
    struct world *world, const struct commit_hooks *hooks, bool marks, int count, bool refuses)
{
    struct filing filing = {{.run = filing_run}, world, marks, refuses, count};
    enum err err = commit_batch_run(world->db, hooks, &filing.job);
    assert_int_equal(err, refuses ? E_PROBLEM : E_OK);
}

static void register_is_whole(struct world *world, int64_t size)
{
    struct register_fault fault;
    enum err err = register_verify(world->db, &world->options, world->arena, &fault);
    if (err != E_OK) fail_msg("entry %lld: %s", (long long)fault.seq, fault.what);
    assert_int_equal(register_size(world->reg), size);
    assert_int_equal(register_sealed_size(world->db), size);
}

static void refused_entries_leave_nothing_behind(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    const struct commit_hooks hooks = {world.reg, register_seal, register_committed, register_published,
        register_abandoned, register_undone};
    assert_int_equal(commit_batch_begin(world.db), E_OK);
    file_in_batch(&world, &hooks, true, 255, false);
    file_in_batch(&world, &hooks, true, 3, true); /* completes a tile, then is undone */
    assert_int_equal(register_size(world.reg), 255);
    file_in_batch(&world, &hooks, true, 2, false);
    file_in_batch(
        &world, &hooks, false, 0, true); /* a job that files nothing is undone behind one that did */
    file_in_batch(&world, &hooks, true, 300, true);
    file_in_batch(&world, &hooks, true, 1, false);
    assert_int_equal(commit_batch_end(world.db, &hooks), E_OK);
    register_is_whole(&world, 258);
    assert_int_equal(commit_batch_begin(world.db), E_OK);
    file_in_batch(&world, &hooks, true, 1, true);
    assert_int_equal(commit_batch_end(world.db, &hooks), E_OK);
    register_is_whole(&world, 258);
    world_end(&world);
}

static void abandoned_batch_returns_to_the_published_tree(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 250);
    const char *before = register_checkpoint(world.db, world.arena);
    assert_int_equal(db_begin(world.db), E_OK);
    world_append(&world, 10);
    assert_int_equal(register_seal(world.reg, world.db), E_OK);
    db_rollback(world.db);
    register_abandoned(world.reg);
    assert_int_equal(register_size(world.reg), 250);
    assert_string_equal(register_checkpoint(world.db, world.arena), before);
    world_file(&world, 7);
    register_is_whole(&world, 257);
    world_end(&world);
}

/* ---- opening ---- */

static enum err reopen(struct world *world)
{
    world_close(world);
    world_db(world, DB_WRITE);
    return register_open(world->db, &world->options, &world->reg);
}

static void register_opens_where_it_was_left(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    static const int64_t sizes[] = {0, 1, 254, 1, 1, 300};
    int64_t size = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (sizes[i] > 0) world_file(&world, sizes[i]);
        size += sizes[i];
        assert_int_equal(reopen(&world), E_OK);
        assert_string_equal(register_node(world.reg), NODE);
        register_is_whole(&world, size);
    }
    world_end(&world);
}

static void key_is_secret_and_the_registers_own(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct stat stat_key;
    assert_int_equal(stat(world_path(&world, "node.key"), &stat_key), 0);
    assert_int_equal(stat_key.st_mode & 0777, 0600);
    assert_null(strstr(register_key(world.db, world.arena), "PRIVATE"));
    struct note_key other;
    note_key_new(&other, NODE);
    FILE *file = fopen(world_path(&world, "node.key"), "w");
    fprintf(file, "%s\n", note_key_secret_text(world.arena, &other));
    fclose(file);
    assert_int_equal(reopen(&world), E_CORRUPT);
    unlink(world_path(&world, "node.key"));
    assert_int_equal(reopen(&world), E_CORRUPT);
    world_end(&world);
}

static void node_names_that_break_notes_are_refused(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    static const char *const names[] = {"", "a b", "a+b", "a\nb", "a\"b", "थाना"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct register_options options = {.folder = world.folder, .node = names[i]};
        assert_int_equal(register_create(world.db, &options), E_PROBLEM);
    }
    world_end(&world);
}

/* The database goes back to an older state, as after restoring a copy, while folder/checkpoint does not. */
static void lost_entries_are_noticed(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 5);
    world_file(&world, 5);
    assert_int_equal(db_do(world.db, "DELETE FROM entry WHERE seq >= 5"), E_OK);
    assert_int_equal(reopen(&world), E_CORRUPT); /* the checkpoint inside speaks of ten */
    assert_int_equal(db_do(world.db, "DELETE FROM checkpoint WHERE size > 5"), E_OK);
    assert_int_equal(reopen(&world), E_CORRUPT); /* the one outside too */
    struct register_fault fault;
    assert_int_equal(register_verify(world.db, &world.options, world.arena, &fault), E_CORRUPT);
    assert_int_equal(fault.seq, 5);
    world_end(&world);
}

static void older_or_torn_published_checkpoints_do_not_stop_the_start(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 9);
    const char *older = register_checkpoint(world.db, world.arena);
    world_file(&world, 1);
    const char *newest = register_checkpoint(world.db, world.arena);
    const char *texts[] = {older, "", "panji.exa", "\0\0\0\0"};
    for (size_t i = 0; i < 4; i++) {
        FILE *file = fopen(world_path(&world, "checkpoint"), "w");
        fputs(texts[i], file);
        fclose(file);
        assert_int_equal(reopen(&world), E_OK);
        register_is_whole(&world, 10);
    }
    char text[NOTE_BYTES_MAX] = {0};
    FILE *file = fopen(world_path(&world, "checkpoint"), "r");
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    assert_string_equal(text, newest);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entry_comes_back_as_it_was_filed),
        cmocka_unit_test(envelope_is_canonical_json_that_commits_to_the_body),
        cmocka_unit_test(envelopes_that_cannot_be_canonical_or_are_too_long_are_refused),
        cmocka_unit_test(changed_envelopes_are_not_read),
        cmocka_unit_test(walk_gives_every_entry_in_order),
        cmocka_unit_test(refused_entries_leave_nothing_behind),
        cmocka_unit_test(abandoned_batch_returns_to_the_published_tree),
        cmocka_unit_test(register_opens_where_it_was_left),
        cmocka_unit_test(key_is_secret_and_the_registers_own),
        cmocka_unit_test(node_names_that_break_notes_are_refused),
        cmocka_unit_test(lost_entries_are_noticed),
        cmocka_unit_test(older_or_torn_published_checkpoints_do_not_stop_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
