/* The index on disk: what is added is found at once and stays found through sealing, merging, restarting
 * and being killed in the middle; what is torn or foreign is not believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "folder.h"
#include "search/search.h"
#include "search_samples.h"

static bool found_by_name(struct search_reader *reader, const char *name, uint64_t id)
{
    struct search_result result;
    search_find(reader, &(struct search_query){.name = name}, &result);
    for (size_t i = 0; i < result.count; i++)
        if (result.hits[i].id == id) return true;
    return false;
}

static void merge_all(struct search *search)
{
    bool more = true;
    while (more) assert_int_equal(search_merge(search, &more), E_OK);
}

static void a_new_person_is_found_by_the_next_query(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    assert_int_equal(search_open(folder->path, &search), E_NOT_FOUND);
    assert_int_equal(search_create(folder->path, &search), E_OK);
    struct search_reader *reader = search_reader_new(search);
    for (uint64_t i = 0; i < 1300; i++) { /* through two seals */
        add_samples(search, i, i + 1);
        assert_true(found_by_phone(reader, i));
    }
    assert_int_equal(search_count(search), 1300);
    struct search_person person = {.id = 40, .name = "Zorawar Bhullar"};
    assert_int_equal(search_add(search, &person, 1300), E_OK); /* replaces a sealed one */
    assert_true(found_by_name(reader, "Jorawar Bhullar", 40));
    assert_false(found_by_phone(reader, 40));
    assert_int_equal(search_count(search), 1300);
    assert_int_equal(search_remove(search, 40, 1301), E_OK);
    assert_int_equal(search_remove(search, 1299, 1302), E_OK);
    assert_int_equal(search_remove(search, 999999, 1303), E_OK);
    assert_false(found_by_name(reader, "Zorawar Bhullar", 40));
    assert_false(found_by_phone(reader, 1299));
    assert_int_equal(search_count(search), 1298);
    search_reader_free(reader);
    search_close(search);
}

static void closing_keeps_what_was_sealed(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    assert_int_equal(search_create(folder->path, &search), E_OK);
    add_samples(search, 0, 700);
    assert_int_equal(search_remove(search, 5, 700), E_OK);
    assert_int_equal(search_seal(search), E_OK);
    add_samples(search, 701, 720); /* not sealed: comes again from the register */
    search_close(search);
    assert_int_equal(search_open(folder->path, &search), E_OK);
    assert_int_equal(search_position(search), 700);
    assert_int_equal(search_count(search), 699);
    struct search_reader *reader = search_reader_new(search);
    assert_true(found_by_phone(reader, 699));
    assert_false(found_by_phone(reader, 5)); /* removed stays removed */
    assert_false(found_by_phone(reader, 710));
    search_reader_free(reader);
    search_close(search);
}

/* All answers to some queries, as one text. */
static void answers(struct search *search, char *to, size_t room)
{
    struct search_reader *reader = search_reader_new(search);
    struct search_result result;
    size_t n = 0;
    static const char *const asked[] = {"ram verma", "rajesh yadav", "राम शर्मा", "r khan", "mohn shrma",
        "முருகன் pillai"};
    for (size_t i = 0; i < COUNT(asked); i++) {
        search_find(reader, &(struct search_query){.name = asked[i], .relative = "anil",
            .sex = SEARCH_MALE}, &result);
        for (size_t k = 0; k < result.count && k < 10; k++)
            n += (size_t)snprintf(to + n, room - n, "%u:%.3f ", (unsigned)result.hits[k].id,
                (double)result.hits[k].score);
    }
    search_reader_free(reader);
}

static void building_anew_gives_the_same_answers(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    struct sample sample;
    static char grown[8192], merged[8192], built[8192];
    assert_int_equal(search_create(folder->path, &search), E_OK);
    add_samples(search, 0, 6000);
    assert_int_equal(search_seal(search), E_OK);
    merge_all(search);
    answers(search, merged, sizeof merged);
    search_close(search);
    struct search_builder *builder = search_builder_new(3);
    /* any order */
    for (uint64_t i = 0; i < 6000; i++) search_builder_add(builder, i % 3, sample_make(&sample, 5999 - i));
    assert_int_equal(search_builder_finish(builder, folder->path, 5999), E_OK);
    assert_int_equal(search_open(folder->path, &search), E_OK);
    assert_int_equal(search_position(search), 5999);
    assert_int_equal(search_count(search), 6000);
    answers(search, built, sizeof built);
    assert_string_equal(merged, built);
    search_close(search);
    assert_int_equal(search_open(folder->path, &search), E_OK);
    answers(search, grown, sizeof grown);
    assert_string_equal(built, grown);
    search_close(search);
}

/* A child adds, seals and merges until it is killed; what it had said to be sealed must be there. */
static void being_killed_loses_nothing_sealed(void **state)
{
    struct folder *folder = *state;
    for (int round = 0; round < 6; round++) {
        int pipe_ends[2];
        assert_int_equal(pipe(pipe_ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct search *search;
            if ((round ? search_open(folder->path, &search) : search_create(folder->path,
                &search)) != E_OK) _exit(1);
            for (uint64_t i = (uint64_t)search_position(search) + 1;; i++) {
                struct sample sample;
                bool more;
                if (search_add(search, sample_make(&sample, i), (int64_t)i) != E_OK) _exit(1);
                if (i % 100 == 0 && (search_seal(search) != E_OK || search_merge(search,
                    &more) != E_OK)) _exit(1);
                int64_t sealed = search_position(search);
                if (i % 100 == 0 && write(pipe_ends[1], &sealed, sizeof sealed) != sizeof sealed) _exit(1);
            }
        }
        close(pipe_ends[1]);
        int64_t sealed = 0, last = 0;
        for (int i = 0; i < 7 + round && read(pipe_ends[0], &sealed, sizeof sealed) == sizeof sealed;
            i++) last = sealed;
        kill(child, SIGKILL);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        close(pipe_ends[0]);
        struct search *search;
        assert_int_equal(search_open(folder->path, &search), E_OK);
        assert_true(search_position(search) >= last && last > 0);
        struct search_reader *reader = search_reader_new(search);
        for (uint64_t i = 1; i <= (uint64_t)search_position(search);
            i += 37) assert_true(found_by_phone(reader, i));
        search_reader_free(reader);
        search_close(search);
    }
}

/* A child builds the index anew, over and over, until it is killed: what can be opened is whole. */
static void being_killed_while_building_leaves_a_whole_index(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    assert_int_equal(search_create(folder->path, &search), E_OK);
    search_close(search);
    for (int round = 0; round < 6; round++) {
        int pipe_ends[2];
        assert_int_equal(pipe(pipe_ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        for (int64_t turn = 1; child == 0; turn++) {
            struct search_builder *builder = search_builder_new(2);
            struct sample sample;
            for (uint64_t i = 0; i < 900; i++) search_builder_add(builder, i % 2, sample_make(&sample, i));
            if (write(pipe_ends[1], &turn, sizeof turn) != sizeof turn) _exit(1);
            if (search_builder_finish(builder, folder->path, 900) != E_OK) _exit(1);
        }
        close(pipe_ends[1]);
        int64_t turn;
        for (int i = 0; i <= round; i++)
            assert_int_equal(read(pipe_ends[0], &turn, sizeof turn), sizeof turn);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        close(pipe_ends[0]);
        assert_int_equal(search_open(folder->path, &search), E_OK);
        uint64_t count = search_count(search);
        assert_true(count == 900 || (round == 0 && count == 0));
        struct search_reader *reader = search_reader_new(search);
        for (uint64_t i = 0; i < count; i += 11) assert_true(found_by_phone(reader, i));
        search_reader_free(reader);
        search_close(search);
    }
}

static void damage(const char *path, off_t at)
{
    int file = open(path, O_RDWR);
    unsigned char byte;
    assert_true(file >= 0 && pread(file, &byte, 1, at) == 1);
    byte ^= 0x40;
    assert_int_equal(pwrite(file, &byte, 1, at), 1);
    close(file);
}

static void torn_and_foreign_files_are_not_believed(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    char name[400] = "";
    assert_int_equal(search_create(folder->path, &search), E_OK);
    add_samples(search, 0, 300);
    assert_int_equal(search_seal(search), E_OK);
    search_close(search);
    DIR *dir = opendir(folder->path);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strstr(entry->d_name, ".people")) snprintf(name, sizeof name, "%s/%s", folder->path,
            entry->d_name);
    closedir(dir);
    struct stat status;
    assert_int_equal(stat(name, &status), 0);
    for (off_t at = 0; at < status.st_size; at += at < 1200 ? 37 : 997) { /* one bit anywhere */
        damage(name, at);
        assert_int_equal(search_open(folder->path, &search), E_CORRUPT);
        damage(name, at);
    }
    assert_int_equal(search_open(folder->path, &search), E_OK);
    search_close(search);
    assert_int_equal(truncate(name, status.st_size - 64), 0); /* torn */
    assert_int_equal(search_open(folder->path, &search), E_CORRUPT);
    assert_int_equal(truncate(name, 100), 0);
    assert_int_equal(search_open(folder->path, &search), E_CORRUPT);
    assert_int_equal(unlink(name), 0);
    assert_int_equal(search_open(folder->path, &search), E_CORRUPT);
    damage(folder_file(folder, "people.manifest"), 20);
    assert_int_equal(search_open(folder->path, &search), E_CORRUPT);
    assert_int_equal(search_create(folder->path, &search), E_OK); /* and made anew */
    assert_int_equal(search_count(search), 0);
    search_close(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_new_person_is_found_by_the_next_query),
        FOLDER_TEST(closing_keeps_what_was_sealed),
        FOLDER_TEST(building_anew_gives_the_same_answers),
        FOLDER_TEST(being_killed_loses_nothing_sealed),
        FOLDER_TEST(being_killed_while_building_leaves_a_whole_index),
        FOLDER_TEST(torn_and_foreign_files_are_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
