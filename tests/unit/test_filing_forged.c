/* panji verify against one who has the disk and the node's own key: he rewrites an entry, its commitment, its
 * leaf, the tree, the checkpoint and the views, and what he cannot make true is still found. */
#include "filing_tamper.h"
#include "register/envelope.h"
#include "register/file.h"
#include "register/hash.h"
#include "register/note.h"
#include "register/tree.h"

/* Builds the tree, its tiles and one checkpoint anew over the entries as they are, and publishes it. */
static void sign_anew(struct world *w, struct db *db)
{
    const char *secret;
    size_t n;
    struct note_key key;
    assert_int_equal(
        file_read(w->arena, folder_file(&w->folder, "node.key"), NOTE_BYTES_MAX, &secret, &n), E_OK);
    assert_true(note_key_secret_read(&key, secret));
    assert_int_equal(db_script(db, "DELETE FROM checkpoint; DELETE FROM tree_hash;"), E_OK);
    struct tree tree = {0};
    struct rows *rows = db_query_all(db, "SELECT leaf FROM entry ORDER BY seq");
    while (db_next(rows)) {
        uint8_t tiles[TILE_LEVELS_MAX][HASH_SIZE];
        size_t len;
        assert_int_equal(tree_add(&tree, row_blob(rows, 0, &len), tiles), 0); /* too few for a tile */
    }
    uint8_t root[HASH_SIZE];
    tree_root(&tree, root);
    const char *note = note_sign(w->arena, &key, tree.size, root);
    assert_int_equal(
        db_run(db, "INSERT INTO checkpoint(size, note) VALUES ($1, $2)", V(tree.size), V(note)), E_OK);
    FILE *file = fopen(folder_file(&w->folder, "checkpoint"), "w");
    assert_non_null(file);
    fputs(note, file);
    fclose(file);
}

/* Rewrites the entry at seq by `change`, with a new salt, commitment and leaf, and signs it all anew. */
static void rewrite(struct world *w, int64_t seq, void (*change)(struct world *w, struct entry *entry))
{
    struct db *db;
    world_close(w);
    assert_int_equal(db_open(folder_file(&w->folder, "panji.db"), DB_WRITE, &db), E_OK);
    struct entry entry;
    assert_int_equal(entry_by_seq(db, w->arena, seq, &entry), E_OK);
    change(w, &entry);
    uint8_t commitment[HASH_SIZE], leaf[HASH_SIZE];
    hash_commitment(commitment, entry.salt, SALT_SIZE, entry.body, entry.body_len);
    struct buf envelope;
    buf_init(&envelope, w->arena, ENVELOPE_BYTES_MAX);
    assert_int_equal(envelope_write(&envelope, &entry, commitment), E_OK);
    hash_leaf(leaf, envelope.data, envelope.len);
    assert_int_equal(
        db_run(db, "UPDATE entry SET envelope = $1, body = $2, leaf = $3 WHERE seq = $4",
            VB(envelope.data, envelope.len), VB(entry.body, entry.body_len), VB(leaf, HASH_SIZE), V(seq)),
        E_OK);
    sign_anew(w, db);
    db_close(db);
}

static void change_nothing(struct world *w, struct entry *entry)
{
    (void)w, (void)entry;
}

static void change_to_yesterday(struct world *w, struct entry *entry)
{
    (void)w;
    entry->filed_at -= TIME_DAY_MS;
}

static void change_number(struct world *w, struct entry *entry)
{
    (void)w;
    entry->number = "0007/2026";
}

static void change_officer(struct world *w, struct entry *entry)
{
    (void)w;
    entry->officer = "io2";
}

static void change_role(struct world *w, struct entry *entry)
{
    (void)w;
    entry->role = "sho";
}

static void body_replace(struct world *w, struct entry *entry, const char *from, const char *to)
{
    const char *at = strstr(entry->body, from);
    assert_non_null(at);
    entry->body =
        arena_printf(w->arena, "%.*s%s%s", (int)(at - entry->body), entry->body, to, at + strlen(from));
    entry->body_len = strlen(entry->body);
}

static void change_arrest_time(struct world *w, struct entry *entry)
{
    body_replace(w, entry, "\"seized_at\":\"2026-03-02", "\"seized_at\":\"2026-03-01");
}

static void change_to_no_form(struct world *w, struct entry *entry)
{
    body_replace(w, entry, "\"grounds\":", "\"reasons\":");
}

static void change_spelling(struct world *w, struct entry *entry)
{
    body_replace(w, entry, "It is the", " It is the");
}

/* The views are made anew too, so that only the judging of the entries is left to find it. */
static void rewritten_must_be_found(
    struct world *w, const char *form, void (*change)(struct world *, struct entry *), const char *words)
{
    life_of_a_case(w);
    int64_t seq = seq_of(w, form);
    rewrite(w, seq, change);
    world_reopen(w, false);
    struct register_fault fault;
    int64_t entries;
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_OK);
    must_find(w, seq, words);
}

static void signing_anew_alone_changes_nothing(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    rewrite(w, seq_of(w, "seizure"), change_nothing);
    struct verify_report report;
    enum err err = verified(w, &report);
    if (err != E_OK) fail_msg("%s", report.fault.what); /* or the tests below prove nothing */
}

static void with_the_key_an_entry_dated_back_is_found(void **state)
{
    rewritten_must_be_found(
        *state, "seizure", change_to_yesterday, "it was filed before the entry in front of it");
}

static void with_the_key_a_changed_number_is_found(void **state)
{
    rewritten_must_be_found(
        *state, "fir", change_number, "its number is 0007/2026 where the series says 0001/2026");
}

static void with_the_key_a_report_in_anothers_name_is_found(void **state)
{
    rewritten_must_be_found(*state, "final_report", change_officer, "it breaks a rule (not_the_io)");
}

static void with_the_key_a_changed_role_is_found(void **state)
{
    rewritten_must_be_found(*state, "seizure", change_role, "its role");
}

static void with_the_key_a_seizure_before_the_fir_is_found(void **state)
{
    rewritten_must_be_found(*state, "seizure", change_arrest_time, "it breaks a rule (seizure_before_fir)");
}

static void with_the_key_a_body_that_is_no_form_is_found(void **state)
{
    rewritten_must_be_found(*state, "seizure", change_to_no_form, "it is not a valid form");
}

static void with_the_key_a_body_in_another_spelling_is_found(void **state)
{
    rewritten_must_be_found(*state, "seizure", change_spelling, "its body is not in normal form");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(signing_anew_alone_changes_nothing),
        IN_WORLD(with_the_key_an_entry_dated_back_is_found),
        IN_WORLD(with_the_key_a_changed_number_is_found),
        IN_WORLD(with_the_key_a_report_in_anothers_name_is_found),
        IN_WORLD(with_the_key_a_changed_role_is_found),
        IN_WORLD(with_the_key_a_seizure_before_the_fir_is_found),
        IN_WORLD(with_the_key_a_body_that_is_no_form_is_found),
        IN_WORLD(with_the_key_a_body_in_another_spelling_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
