/* panji verify: a sound register is valid, and of each kind of tampering the right fault is named. The tamperer here has
 * the disk; where it says so, also the node's own key. */
#include <dirent.h>
#include <fcntl.h>


#include "filing_world.h"
#include "register/blob.h"
#include "register/envelope.h"
#include "register/file.h"
#include "register/hash.h"
#include "register/note.h"
#include "register/tree.h"

/* A stolen motor-cycle from the diary to the court, with a file. */
static const char *life_of_a_case(struct world *w)
{
    struct blob_writer *writer;
    char name[BLOB_NAME_SIZE];
    int64_t size;
    assert_int_equal(blob_begin(w->folder.path, &writer), E_OK);
    assert_int_equal(blob_add(writer, "A photograph", 12), E_OK);
    assert_int_equal(blob_finish(writer, name, &size), E_OK);
    const char *case_id = case_with_io(w), *thing = thing_deposited(w, case_id);
    json_t *diary = with(diary_body(w), "diary.files", "[]");
    json_array_append_new(json_at(diary, "diary.files"), json_string(name));
    filed(w, "writer1", "general_diary", NULL, diary);
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    filed(w, "sho1", "correction", case_id, correction_body(w, case_id, "complainant.who.name", "Mohan Varma"));
    const char *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    filed(w, "mag1", "charge", case_id, charge_body(w, named_in(w, report, 2)));
    return case_id;
}

static enum err verified(struct world *w, struct verify_report *report)
{
    world_close(w);
    return node_verify(w->folder.path, w->arena, report);
}

/* Changes the closed register behind its back. */
static void tamper(struct world *w, const char *sql)
{
    struct db *db;
    world_close(w);
    assert_int_equal(db_open(folder_file(&w->folder, "panji.db"), DB_WRITE, &db), E_OK);
    assert_int_equal(db_script(db, sql), E_OK);
    db_close(db);
}

static void must_find(struct world *w, int64_t seq, const char *words)
{
    struct verify_report report;
    assert_int_equal(verified(w, &report), E_CORRUPT);
    if (!report.fault.what || !strstr(report.fault.what, words))
        fail_msg("expected \"%s\", found \"%s\" at %lld", words, report.fault.what ? report.fault.what : "nothing",
            (long long)report.fault.seq);
    assert_int_equal(report.fault.seq, seq);
}

static int64_t seq_of(struct world *w, const char *form)
{
    return number_of(w, arena_printf(w->arena, "SELECT max(seq) FROM entry_index WHERE form = '%s'", form));
}

static void a_sound_register_is_valid(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t size = rows_in(w, "entry");
    struct verify_report report;
    assert_int_equal(verified(w, &report), E_OK);
    assert_int_equal(report.entries, size);
    assert_int_equal(report.erased, 0);
    assert_null(report.fault.what);
}

static void a_changed_body_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t seq = seq_of(w, "fir");
    tamper(w, "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'motor-cycle', 'bicycle') AS BLOB)"
              " WHERE seq = (SELECT max(seq) FROM entry_index WHERE form = 'fir')");
    must_find(w, seq, "the body is not the one the envelope commits to");
}

static void a_changed_leaf_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    tamper(w, "UPDATE entry SET leaf = zeroblob(32) WHERE seq = 20");
    must_find(w, 20, "leaf");
}

static void a_changed_envelope_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t seq = seq_of(w, "final_report");
    tamper(w, "UPDATE entry SET envelope = CAST(replace(CAST(envelope AS TEXT), 'io1', 'io2') AS BLOB)"
              " WHERE seq = (SELECT max(seq) FROM entry_index WHERE form = 'final_report')");
    must_find(w, seq, "the stored leaf is not the hash of the envelope");
}

static void a_deleted_last_entry_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t last = rows_in(w, "entry") - 1;
    tamper(w, "DELETE FROM checkpoint WHERE size = (SELECT count(*) FROM entry);"
              "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)");
    must_find(w, last, "the entry is missing");
}

static void a_deleted_entry_in_the_middle_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t seq = seq_of(w, "seizure");
    tamper(w, "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry_index WHERE form = 'seizure')");
    must_find(w, seq, "the entry is missing");
}

static void two_entries_swapped_are_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    tamper(w, "UPDATE entry SET seq = -1 WHERE seq = 30; UPDATE entry SET seq = 30 WHERE seq = 31;"
              "UPDATE entry SET seq = 31 WHERE seq = -1");
    struct verify_report report;
    assert_int_equal(verified(w, &report), E_CORRUPT);
    assert_in_range(report.fault.seq, 30, 31);
}

static void a_number_changed_in_a_view_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    tamper(w, "UPDATE case_file SET number = '0002/2026'");
    must_find(w, -1, "view case_file is not what the entries say");
    tamper(w, "UPDATE case_file SET number = '0001/2026'; UPDATE series SET last = last + 1 WHERE series = 'fir'");
    must_find(w, -1, "view series");
}

static void a_posting_dated_back_in_a_view_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    tamper(w, "UPDATE posting SET from_at = from_at - 86400000 WHERE officer = 'io1'");
    must_find(w, -1, "view posting is not what the entries say");
}

/* The path of the only blob. */
static const char *blob_path(struct world *w)
{
    char folder[sizeof w->folder.file];
    snprintf(folder, sizeof folder, "%s", folder_file(&w->folder, "blobs"));
    const char *path = folder;
    for (int depth = 0; depth < 2; depth++) {
        DIR *dir = opendir(path);
        assert_non_null(dir);
        const char *found = NULL;
        for (struct dirent *row; (row = readdir(dir));)
            if (row->d_name[0] != '.') found = arena_printf(w->arena, "%s/%s", path, row->d_name);
        closedir(dir);
        assert_non_null(found);
        path = found;
    }
    return path;
}

static void a_changed_file_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    const char *path = blob_path(w);
    chmod(path, 0600);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fputs("B", file);
    fclose(file);
    must_find(w, -1, "blob");
}

static void a_missing_file_is_found(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t seq = seq_of(w, "general_diary");
    assert_int_equal(unlink(blob_path(w)), 0);
    must_find(w, seq, "blob_unknown at diary.files.0");
}

/* ---- a tamperer who has the node's key ---- */

/* Builds the tree, its tiles and one checkpoint anew over the entries as they are, and publishes it. */
static void sign_anew(struct world *w, struct db *db)
{
    const char *secret;
    size_t n;
    struct note_key key;
    assert_int_equal(file_read(w->arena, folder_file(&w->folder, "node.key"), NOTE_BYTES_MAX, &secret, &n), E_OK);
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
    assert_int_equal(db_run(db, "INSERT INTO checkpoint(size, note) VALUES ($1, $2)", V(tree.size), V(note)), E_OK);
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
    assert_int_equal(db_run(db, "UPDATE entry SET envelope = $1, body = $2, leaf = $3 WHERE seq = $4",
        VB(envelope.data, envelope.len), VB(entry.body, entry.body_len), VB(leaf, HASH_SIZE), V(seq)), E_OK);
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
    entry->body = arena_printf(w->arena, "%.*s%s%s", (int)(at - entry->body), entry->body, to, at + strlen(from));
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
static void rewritten_must_be_found(struct world *w, const char *form, void (*change)(struct world *, struct entry *),
    const char *words)
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
    rewritten_must_be_found(*state, "seizure", change_to_yesterday, "it was filed before the entry in front of it");
}

static void with_the_key_a_changed_number_is_found(void **state)
{
    rewritten_must_be_found(*state, "fir", change_number, "its number is 0007/2026 where the series says 0001/2026");
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

static void erased_bodies_are_counted_and_need_no_excuse(void **state)
{
    struct world *w = *state;
    filed(w, "sho1", "leave", NULL, leave_body(w, "io2", "2026-04-03", "2026-04-04"));
    int64_t size = rows_in(w, "entry");
    tamper(w, "UPDATE entry SET body = NULL, salt = NULL WHERE seq = (SELECT max(seq) FROM entry)");
    world_reopen(w, false);
    struct register_fault fault;
    int64_t entries;
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_OK);
    struct verify_report report;
    assert_int_equal(verified(w, &report), E_OK);
    assert_int_equal(report.entries, size);
    assert_int_equal(report.erased, 1);
}

static void a_damaged_page_is_named(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    tamper(w, "PRAGMA wal_checkpoint(TRUNCATE)");
    int fd = open(folder_file(&w->folder, "panji.db"), O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "X", 1, 4096 * 5 + 100), 1);
    close(fd);
    must_find(w, -1, "page 6 of panji.db is damaged");
}

static void rebuilding_a_body_that_cannot_be_read_names_it(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t seq = seq_of(w, "fir");
    const char *id = text_of(w, "SELECT id FROM entry_index WHERE form = 'fir'");
    assert_int_equal(db_do(w->db, "UPDATE entry SET body = CAST('{' AS BLOB)"
                                  " WHERE seq = (SELECT max(seq) FROM entry_index WHERE form = 'fir')"), E_OK);
    struct register_fault fault;
    int64_t entries, cases = rows_in(w, "case_file");
    assert_int_equal(node_rebuild(w->node, w->arena, &entries, &fault), E_CORRUPT);
    assert_int_equal(fault.seq, seq);
    assert_string_equal(fault.id, id);
    assert_string_equal(fault.office, "PS1");
    assert_non_null(fault.what);
    assert_int_equal(rows_in(w, "case_file"), cases); /* the old views stand */
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_sound_register_is_valid),
        IN_WORLD(a_changed_body_is_found),
        IN_WORLD(a_changed_leaf_is_found),
        IN_WORLD(a_changed_envelope_is_found),
        IN_WORLD(a_deleted_last_entry_is_found),
        IN_WORLD(a_deleted_entry_in_the_middle_is_found),
        IN_WORLD(two_entries_swapped_are_found),
        IN_WORLD(a_number_changed_in_a_view_is_found),
        IN_WORLD(a_posting_dated_back_in_a_view_is_found),
        IN_WORLD(a_changed_file_is_found),
        IN_WORLD(a_missing_file_is_found),
        IN_WORLD(signing_anew_alone_changes_nothing),
        IN_WORLD(with_the_key_an_entry_dated_back_is_found),
        IN_WORLD(with_the_key_a_changed_number_is_found),
        IN_WORLD(with_the_key_a_report_in_anothers_name_is_found),
        IN_WORLD(with_the_key_a_changed_role_is_found),
        IN_WORLD(with_the_key_a_seizure_before_the_fir_is_found),
        IN_WORLD(with_the_key_a_body_that_is_no_form_is_found),
        IN_WORLD(with_the_key_a_body_in_another_spelling_is_found),
        IN_WORLD(erased_bodies_are_counted_and_need_no_excuse),
        IN_WORLD(a_damaged_page_is_named),
        IN_WORLD(rebuilding_a_body_that_cannot_be_read_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
