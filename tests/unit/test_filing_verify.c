/* panji verify: a sound register is valid, and of each kind of tampering with the disk the right fault is
 * named. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "filing_tamper.h"
#include "notify/outbox.h"

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
    tamper(w,
        "UPDATE case_file SET number = '0001/2026'; UPDATE series SET last = last + 1 WHERE series = 'fir'");
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

/* Changes one byte of a page, from 0, of a file of the closed folder. */
static void byte_flip(struct world *w, const char *name, int page)
{
    int fd = open(folder_file(&w->folder, name), O_RDWR);
    assert_true(fd >= 0);
    char byte;
    off_t offset = 4096 * page + 100;
    assert_int_equal(pread(fd, &byte, 1, offset), 1);
    byte ^= 4;
    assert_int_equal(pwrite(fd, &byte, 1, offset), 1);
    close(fd);
}

static void a_damaged_page_is_named(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    tamper(w, "PRAGMA wal_checkpoint(TRUNCATE)");
    byte_flip(w, "panji.db", 5);
    must_find(w, -1, "page 6 of panji.db is damaged");
}

static void damage_beside_the_register_is_named(void **state)
{
    struct world *w = *state;
    int64_t id;
    assert_int_equal(searches_note(node_searches(w->node),
                         &(struct search_note){.at = 1, .officer = "io1", .office = "PS1", .kind = "search",
                             .purpose = "investigation", .query = "{\"name\":\"Mohan\"}", .shown = 2},
                         &id),
        E_OK);
    struct outbox *outbox;
    assert_int_equal(outbox_open(w->folder.path, &outbox), E_OK);
    outbox_close(outbox);
    world_close(w);
    static const char *const names[] = {"secrets.db", "searches.db", "drafts.db", "outbox.db"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        byte_flip(w, names[i], 1);
        must_find(w, -1, arena_printf(w->arena, "page 2 of %s is damaged", names[i]));
        byte_flip(w, names[i], 1);
    }
    assert_int_equal(unlink(folder_file(&w->folder, "drafts.db")), 0); /* nobody began anything */
    struct verify_report report;
    assert_int_equal(verified(w, &report), E_OK);
    assert_int_equal(unlink(folder_file(&w->folder, "searches.db")), 0);
    assert_int_equal(verified(w, &report), E_NOT_FOUND);
    assert_string_equal(report.fault.what, "the file searches.db is missing");
}

static void rebuilding_a_body_that_cannot_be_read_names_it(void **state)
{
    struct world *w = *state;
    life_of_a_case(w);
    int64_t seq = seq_of(w, "fir");
    const char *id = text_of(w, "SELECT id FROM entry_index WHERE form = 'fir'");
    assert_int_equal(db_do(w->db, "UPDATE entry SET body = CAST('{' AS BLOB)"
                                  " WHERE seq = (SELECT max(seq) FROM entry_index WHERE form = 'fir')"),
        E_OK);
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
        IN_WORLD(erased_bodies_are_counted_and_need_no_excuse),
        IN_WORLD(a_damaged_page_is_named),
        IN_WORLD(damage_beside_the_register_is_named),
        IN_WORLD(rebuilding_a_body_that_cannot_be_read_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
