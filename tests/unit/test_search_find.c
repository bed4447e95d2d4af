/* Finding people: order, words, initials, relatives, aliases, keys, soft evidence, with the reasons told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "folder.h"
#include "search/search.h"

struct world {
    struct folder folder;
    struct search *search;
    struct search_reader *reader;
    struct search_result result;
};

static const struct search_key ram_phone[] = {{SEARCH_PHONE, "+91 98765-43210"}, {SEARCH_VEHICLE,
    "MP 04 AB 1234"}};

static const struct search_person people[] = {
    {.id = 1, .name = "Ram Kumar Verma", .relative = "Shyam Lal Verma", .relation = SEARCH_PARENT,
        .district = 7, .sex = SEARCH_MALE, .birth_year = 1986, .birth_spread = 2,
        .keys = ram_phone, .key_count = 2}, {.id = 3, .name = "Kamla Devi"}, {.id = 4, .name = "Kamal Dev"},
    {.id = 2, .name = "रमा वर्मा", .relative = "श्याम लाल", .sex = SEARCH_FEMALE, .district = 8},
    {.id = 5, .name = "Md. Irfan Ansari @ Pappu", .relative = "Late Md Yusuf"},
    {.id = 6, .name = "Smt. Sunita Devi W/o Rajesh Yadav"}, {.id = 7, .name = "S. K. Mishra"},
    {.id = 8, .name = "Ramkumar Pandey"}, {.id = 9, .name = "Shahab ud din Khan"},
    {.id = 10, .name = "முருகன்"}, {.id = 11, .name = "গৌতম চৌধুরী"}, {.id = 12, .name = "Anila Joseph"},
    {.id = 13, .name = "Anil Joseph"}, {.id = 14, .name = "राजेश यादव", .relative = "मोहन यादव"},
    {.id = 15, .name = "Rajesh Yadav", .relative = "Sohan Yadav", .sex = SEARCH_MALE, .district = 9,
        .birth_year = 1990, .birth_spread = 1},
    {.id = 16, .name = "Mata Prasad"}, {.id = 17, .name = "Suchetahaldar"}, {.id = 18, .name = "Purnimac"},
    {.id = 19, .name = "K. Thangaraj"}, {.id = 20, .name = "Ramkumar Sahu", .relative = "Shyamlal Sahu"},
    {.id = 21, .name = "Ramkumar Sahu", .relative = "Bholaram Sahu"}, {.id = 22, .name = "Budhram Nishad"},
    {.id = 23, .name = "ইসমাইল ইসমাইল"}, {.id = 24, .name = "Ismail Faiz Ismail"},
    {.id = 25, .name = "लाल पांडे उर्फ रानी"}, {.id = 26, .name = "Sunil Lal Pandey"},
};

static int setup(void **state)
{
    static struct world world;
    folder_make(&world.folder);
    assert_int_equal(search_create(world.folder.path, &world.search), E_OK);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        assert_int_equal(search_add(world.search, &people[i], (int64_t)i + 1), E_OK);
    world.reader = search_reader_new(world.search);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;
    search_reader_free(world->reader);
    search_close(world->search);
    folder_remove(&world->folder);
    return 0;
}

static uint64_t first(struct world *world, const struct search_query *query)
{
    search_find(world->reader, query, &world->result);
    return world->result.count ? world->result.hits[0].id : 0;
}

static uint64_t first_named(struct world *world, const char *name)
{
    return first(world, &(struct search_query){.name = name});
}

static void any_script_and_spelling_finds(void **state)
{
    static const struct { const char *asked; uint64_t id; } cases[] = {
        {"राम कुमार वर्मा", 1}, {"Verma Ram Kumar", 1}, {"Ram Verma", 1},
        {"Raam Kumaar Varma", 1}, {"Ram Kr Verma", 1}, {"R K Verma", 1}, {"RK Verma", 1},
        {"Shri Ram Kumar Verma S/o Shyam Lal", 1}, {"ramkumar verma", 1}, {"Rma Verma", 2},
        {"Rama Verma", 2}, {"رام کمار ورما", 1}, {"कमला देवी", 3}, {"Kamal Dev", 4},
        {"Mohammad Irfan Ansari", 5}, {"मो. इरफान अंसारी", 5}, {"Pappu", 5},
        {"Pappu Ansari", 5}, {"Suneeta", 6}, {"एस के मिश्रा", 7},
        {"Sushil Kumar Mishra", 7}, {"Ram Kumar Pande", 8}, {"Pandey Ramkumar", 8},
        {"Shahabuddin Khan", 9}, {"Shahab uddin Khan", 9}, {"Murugan", 10}, {"मुरुगन", 10},
        {"Gautam Chowdhury", 11}, {"Anila Joseph", 12}, {"Anil Joseph", 13}, {"anil joshep", 13},
        {"gautam chaudhari", 11}, {"माता प्रसाद", 16}, {"suc heta haldar", 17},
        {"c purnima", 18}, {"kthangaraj", 19}, {"Thangaraj K", 19}, {"Ismail Ismail", 23},
        {"Lal Pandey", 25}, {"Lal Pandey Rani", 25},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (first_named(*state, cases[i].asked) != cases[i].id)
            fail_msg("%s finds %u, not %u", cases[i].asked, (unsigned)first_named(*state, cases[i].asked),
                (unsigned)cases[i].id);
}

static const struct search_reason *reason_of(const struct search_hit *hit, const char *asked)
{
    for (size_t i = 0; i < hit->reason_count; i++)
        if (strcmp(hit->reasons[i].asked, asked) == 0) return &hit->reasons[i];
    fail_msg("nothing is said of %s", asked);
    return NULL;
}

static void every_word_has_its_reason(void **state)
{
    struct world *world = *state;
    const struct search_hit *hit = &world->result.hits[0];
    assert_int_equal(first_named(world, "राम कुमार वर्मा"), 1);
    assert_int_equal(reason_of(hit, "राम")->how, SEARCH_SCRIPT);
    assert_int_equal(first_named(world, "Raam Kumar Vermq"), 1);
    assert_int_equal(reason_of(hit, "kumar")->how, SEARCH_EXACT);
    assert_int_equal(reason_of(hit, "raam")->how, SEARCH_SOUND);
    assert_int_equal(reason_of(hit, "vermq")->how, SEARCH_SLIP);
    assert_int_equal(first_named(world, "R Kumar"), 1);
    assert_int_equal(reason_of(hit, "r")->how, SEARCH_INITIAL);
    assert_int_equal(reason_of(hit, "")->how, SEARCH_BESIDE);
    assert_int_equal(first_named(world, "Ram Kumar Verma Gwalior"), 1);
    assert_int_equal(reason_of(hit, "gwalior")->how, SEARCH_MISSING);
    assert_int_equal(first_named(world, "Ram Kumar Pandey"), 8);
    assert_int_equal(reason_of(hit, "ramkumar")->how, SEARCH_JOINED);
    assert_true(hit->score > 0.9 && hit->score <= 1 && hit->probability > 0.5 && hit->probability <= 1);
}

/* Words still being typed, of any script; a whole name stands above one it only begins. */
static void a_beginning_finds(void **state)
{
    static const char *const asked[] = {"Budh nish", "budhram nis", "Budhr nishad", "बुध निश", "nish budh"};
    struct world *world = *state;
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (first_named(world, asked[i]) != 22) fail_msg("%s does not find him", asked[i]);
    const struct search_hit *hit = &world->result.hits[0];
    assert_int_equal(first_named(world, "Budh nish"), 22);
    assert_int_equal(reason_of(hit, "nish")->how, SEARCH_BEGINS);
    assert_in_range(reason_of(hit, "nish")->likeness, 50, 85);
    assert_true(hit->score < 0.8f);
    assert_int_equal(first_named(world, "Budhram Nishad"), 22);
    assert_int_equal(reason_of(hit, "nishad")->how, SEARCH_EXACT);
    assert_int_equal(first_named(world, "Kamal Dev"), 4);
    assert_int_not_equal(first_named(world, "Bu ni"), 22); /* two letters begin too many */
}

static void the_relative_decides_between_namesakes(void **state)
{
    struct world *world = *state;
    assert_int_equal(first(world, &(struct search_query){.name = "Rajesh Yadav", .relative = "Mohan"}), 14);
    assert_int_equal(first(world, &(struct search_query){.name = "Rajesh Yadav", .relative = "सोहन यादव"}),
        15);
    assert_int_equal(world->result.count >= 2, 1); /* the other is not hidden */
    assert_int_equal(first_named(world, "Rajesh Yadav s/o Mohan Yadav"), 14);
    struct search_query initials = {.name = "R K", .relative = "Shyam Lal"};
    assert_int_equal(first(world, &initials), 1); /* initials alone, and the father */
    const struct search_result *result = &world->result;
    struct search_query father = {.name = "Ramkumar Sahu", .relative = "Shyamlal"};
    assert_int_equal(first(world, &father), 20);
    assert_int_equal(result->hits[1].id, 21); /* whoever the father is */
    assert_int_equal(reason_of(&result->hits[0], "ramkumar")->how, SEARCH_EXACT);
    assert_true(result->hits[1].score < result->hits[0].score - 0.1f);
}

static void evidence_moves_and_never_hides(void **state)
{
    struct world *world = *state;
    struct search_query query = {.name = "Ram Kumar Verma", .sex = SEARCH_FEMALE, .birth_year_from = 1950,
        .birth_year_to = 1951, .district = 99, .station = 5, .roles = 4};
    assert_int_equal(first(world, &query), 1);
    const struct search_hit *hit = &world->result.hits[0];
    assert_int_equal(hit->sex, SEARCH_DIFFERS);
    assert_int_equal(hit->age, SEARCH_DIFFERS);
    assert_int_equal(hit->district, SEARCH_DIFFERS);
    assert_int_equal(hit->station, SEARCH_SILENT);
    float against = hit->score;
    uint16_t near[] = {7};
    query = (struct search_query){.name = "Ram Kumar Verma", .sex = SEARCH_MALE, .birth_year_from = 1983,
        .birth_year_to = 1984, .district = 6, .near = near, .near_count = 1};
    assert_int_equal(first(world, &query), 1);
    assert_int_equal(hit->age, SEARCH_AGREES); /* within the uncertainty of what was written */
    assert_int_equal(hit->district, SEARCH_NEARLY);
    assert_true(hit->score > against);
}

/* One long vowel apart, and other people: each finds its own first, and the other stands below. */
static void names_never_confused(void **state)
{
    static const char *const pairs[][2] = {{"राम", "रमा"}, {"कमल", "कमला"}, {"Anil", "Anila"},
        {"Kumar", "Kumari"}, {"Sunil", "Sushil"}, {"Mohan", "Sohan"}, {"Asha", "Usha"}, {"सीता", "सविता"},
        {"ਰਾਮ", "ਰਮਾ"}, {"রাম", "রমা"}, {"ராம்", "ரமா"}};
    struct folder folder;
    struct search *search;
    static struct search_result result;
    (void)state;
    folder_make(&folder);
    assert_int_equal(search_create(folder.path, &search), E_OK);
    for (size_t i = 0; i < 2 * sizeof pairs / sizeof pairs[0]; i++)
        assert_int_equal(search_add(search, &(struct search_person){.id = i + 1, .name = pairs[i / 2][i % 2]},
            (int64_t)i), E_OK);
    for (int disk = 0; disk < 2; disk++) {
        struct search_reader *reader = search_reader_new(search);
        for (size_t i = 0; i < 2 * sizeof pairs / sizeof pairs[0]; i++) {
            search_find(reader, &(struct search_query){.name = pairs[i / 2][i % 2]}, &result);
            assert_true(result.count > 0);
            assert_int_equal(result.hits[0].id, i + 1);
            for (size_t k = 0; k < result.count; k++)
                if (result.hits[k].id == (i ^ 1) + 1) {
                    assert_true(result.hits[k].score < result.hits[0].score - 0.05f);
                    assert_int_not_equal(result.hits[k].group, result.hits[0].group);
                }
        }
        search_reader_free(reader);
        assert_int_equal(search_seal(search), E_OK);
    }
    search_close(search);
    folder_remove(&folder);
}

static void exact_keys_answer_at_once(void **state)
{
    struct world *world = *state;
    struct search_key phone = {SEARCH_PHONE, "09876543210"}, vehicle = {SEARCH_VEHICLE, "mp04ab1234"};
    assert_int_equal(first(world, &(struct search_query){.keys = &phone, .key_count = 1}), 1);
    assert_true(world->result.hits[0].by_key);
    assert_int_equal(world->result.count, 1);
    assert_int_equal(first(world, &(struct search_query){.name = "Murugan", .keys = &vehicle,
        .key_count = 1}), 1);
    assert_int_equal(world->result.hits[1].id, 10);
    phone.kind = SEARCH_IDENTITY;
    assert_int_equal(first(world, &(struct search_query){.keys = &phone, .key_count = 1}), 0);
}

/* Admits the three whose numbers end in 99, and counts how often it is asked. */
static size_t asked_about;
static bool admit_few(void *context, uint64_t id)
{
    (void)context;
    asked_about++;
    return id % 100 == 99;
}

/* Two hundred hidden namesakes among which three may be seen; with the hidden ones and without. */
static void namesakes_add(struct search *search, bool with_hidden)
{
    for (uint64_t id = 1000; id < 1300; id++) {
        bool hidden = id % 100 != 99;
        if (hidden && (!with_hidden || id % 3 == 0)) continue;
        struct search_key phone = {SEARCH_PHONE, "9000000001"};
        struct search_person person = {.id = id, .name = "Ram Kumar", .relative = hidden ? "Mohan" : "Sohan",
            .keys = &phone, .key_count = 1};
        assert_int_equal(search_add(search, &person, (int64_t)id), E_OK);
    }
}

static void hidden_namesakes_leave_no_trace(void **state)
{
    static struct search_result alone, among;
    static struct search_result *const results[] = {&alone, &among};
    struct search_key phone = {SEARCH_PHONE, "9000000001"};
    const struct search_query queries[] = {
        {.name = "Ram Kumar", .admit = admit_few},
        {.name = "Ram Kumar", .relative = "Mohan", .admit = admit_few},
        {.keys = &phone, .key_count = 1, .admit = admit_few},
    };
    (void)state;
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++)
        for (int sealed = 0; sealed < 2; sealed++) {
            for (int with = 0; with < 2; with++) {
                struct folder folder;
                struct search *search;
                folder_make(&folder);
                assert_int_equal(search_create(folder.path, &search), E_OK);
                namesakes_add(search, with);
                if (sealed) assert_int_equal(search_seal(search), E_OK);
                struct search_reader *reader = search_reader_new(search);
                asked_about = 0;
                search_find(reader, &queries[q], results[with]);
                assert_in_range(asked_about, 3, 203); /* once about each */
                search_reader_free(reader);
                search_close(search);
                folder_remove(&folder);
            }
            assert_int_equal(alone.count, 3);
            assert_int_equal(among.count, 3);
            for (size_t i = 0; i < 3; i++) {
                assert_int_equal(among.hits[i].id, alone.hits[i].id);
                assert_int_equal(among.hits[i].namesakes, alone.hits[i].namesakes);
            }
        }
}

/* Invented names of two to four words out of few, so that every pair of words has many namesakes. */
static void mixed_names_add(struct search *search)
{
    static const char *const words[] = {"Ram", "Kumar", "Singh", "Lal", "Prasad", "Devi", "Sunita", "Ramesh",
        "Rajesh", "Suresh", "Yadav", "Verma", "R", "Kumari", "Sharma", "राम"};
    for (unsigned i = 0, dice = 1; i < 480; i++) {
        char name[128] = "";
        for (unsigned k = 0, n = 0; k < 2 + i % 3; k++) {
            dice = dice * 1103515245u + 12345u;
            n += (unsigned)snprintf(name + n, sizeof name - n, "%s ",
                words[(dice >> 16) % (sizeof words / sizeof words[0])]);
        }
        struct search_person person = {.id = i + 1, .name = name};
        assert_int_equal(search_add(search, &person, (int64_t)i), E_OK);
    }
}

/* From the disk persons are passed over by what stands beside two of their words; in memory everybody is
 * looked at. */
static void passing_over_loses_nobody(void **state)
{
    static const char *const asked[] = {"Ram Kumar Singh", "Sunita Kumar Devi", "Rm Kumar Sharma",
        "Ramesh Lal", "R Kumar Verma", "Suresh Prasad Yadav", "Prasad Suresh", "Rajesh Kumari Sharm",
        "Ram Ram Singh", "राम Kumar Yadav", "Sunita Verma Devi", "Rameshlal Verma", /* words nobody bears: */
        "Sunita Gopal Devi", "Ram Kumar Singh Verma", "Gopal", "Gopal Narmada", "Rmesh Vrma", "Kumr Gopl",
        "Sunil Sharmila", "Lalita Prasadi", "Anita", "सुनील", "Ro Klash", "Dikshit Sunitaa", "R K", "P D"};
    enum { ASKED = sizeof asked / sizeof asked[0] };
    static struct search_result live[ASKED], disk;
    struct folder folder;
    struct search *search;
    (void)state;
    folder_make(&folder);
    assert_int_equal(search_create(folder.path, &search), E_OK);
    mixed_names_add(search);
    for (int sealed = 0; sealed < 2; sealed++) {
        struct search_reader *reader = search_reader_new(search);
        for (size_t i = 0; i < ASKED; i++) {
            search_find(reader, &(struct search_query){.name = asked[i]}, sealed ? &disk : &live[i]);
            if (sealed) assert_int_equal(disk.count > 0, live[i].count > 0);
            for (size_t k = 0; sealed && k < 10 && k < live[i].count; k++) {
                assert_int_equal(disk.hits[k].id, live[i].hits[k].id);
                assert_float_equal(disk.hits[k].score, live[i].hits[k].score, 1e-6);
            }
        }
        search_reader_free(reader);
        assert_int_equal(search_seal(search), E_OK);
    }
    search_close(search);
    folder_remove(&folder);
}

static void odd_queries_are_answered(void **state)
{
    struct world *world = *state;
    char long_query[4000] = "";
    for (int i = 0; i < 200; i++) strncat(long_query, "ram kumar verma ",
        sizeof long_query - strlen(long_query) - 1);
    static const char *const odd[] = {"", " ", "r", "क", "@", "s/o", "S/o S/o", "\xFF\xFE", "12345", "....",
        "ramसिंहரா",
        "\xE2\x80\x8D\xE2\x80\x8C", "्््", "اااا",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "shri", "ud ud ud ud", "\xE0\xA4"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        search_find(world->reader, &(struct search_query){.name = odd[i], .relative = odd[i]},
            &world->result);
    assert_int_equal(first_named(world, long_query), 1);
    assert_int_equal(first_named(world, "ramकुमारವರ್ಮ"), 1); /* a word ends where its script does */
    assert_int_equal(first_named(world, "Murugan"), 10);
    /* an honorific alone is a name, and nothing of the query before */
    for (int alone = 0; alone < 2; alone++) {
        assert_int_not_equal(first_named(world, alone ? "Shri" : "Shri 1"), 10);
        assert_string_equal(world->result.hits[0].reasons[0].asked, "shri");
        assert_true(world->result.hits[0].score < 0.7f);
    }
    assert_int_equal(first_named(world, "Murugan s/o Shri"), 10);
    assert_int_equal(reason_of(&world->result.hits[0], "shri")->how, SEARCH_MISSING);
    assert_int_equal(first(world, &(struct search_query){0}), 0);
    first(world, &(struct search_query){.name = "Rajesh Yadav", .limit = 1});
    assert_int_equal(world->result.count, 1);
}

static void the_answers_are_the_same_from_the_disk(void **state)
{
    struct world *world = *state;
    assert_int_equal(search_seal(world->search), E_OK);
    assert_int_equal(search_position(world->search), sizeof people / sizeof people[0]);
    any_script_and_spelling_finds(state);
    every_word_has_its_reason(state);
    a_beginning_finds(state);
    the_relative_decides_between_namesakes(state);
    evidence_moves_and_never_hides(state);
    exact_keys_answer_at_once(state);
    odd_queries_are_answered(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_script_and_spelling_finds),
        cmocka_unit_test(every_word_has_its_reason),
        cmocka_unit_test(a_beginning_finds),
        cmocka_unit_test(the_relative_decides_between_namesakes),
        cmocka_unit_test(evidence_moves_and_never_hides),
        cmocka_unit_test(names_never_confused),
        cmocka_unit_test(exact_keys_answer_at_once),
        cmocka_unit_test(hidden_namesakes_leave_no_trace),
        cmocka_unit_test(passing_over_loses_nobody),
        cmocka_unit_test(odd_queries_are_answered),
        cmocka_unit_test(the_answers_are_the_same_from_the_disk),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
