/* Words with two slips of the hand, names written together, and the relative's name written together: found
 * among those being filed and from the disk, below whoever was meant more plainly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "folder.h"
#include "search/distance.h"
#include "search/rules.h"
#include "search/search.h"
#include "search/word.h"

static const struct search_person people[] = {
    {.id = 1, .name = "Sukhveer Nagpal", .relative = "Dinesh Nagpal"}, {.id = 2, .name = "Madhanagopal J"},
    {.id = 3, .name = "Mohamedhassan Mondal"}, {.id = 4, .name = "Rakesh Jain", .relative = "Sagarajain"},
    {.id = 5, .name = "Rakesh Jain", .relative = "Mohan Jain"}, {.id = 6, .name = "Laxman Kha"},
    {.id = 7, .name = "Koilu Singh", .relative = "Mukesh Singh"}, {.id = 8, .name = "Amar Jha"},
    {.id = 9, .name = "दिनेश नागपाल"},
};

struct asked { const char *name, *relative; uint64_t id; };

/* Each is another way a hand slips twice. */
static const struct asked queries[] = {
    {"Sukhveer Naal", NULL, 1},           /* two letters left out */
    {"Sukhveer Naal", "Dinesh Ngapla", 1},
    {"Madhamagopsl J", NULL, 2},          /* two neighbouring keys, beside an initial */
    {"Lazmann Kha", NULL, 6},             /* one key beside, one letter twice */
    {"Kkoilu Isngh", NULL, 7},            /* one letter twice; two that changed places */
    {"Moh amed hassan Mondal", NULL, 3},  /* three words that are one, of four */
    {"Rqkesh Jain", "Sagar Jian", 4},     /* the father's two words stand as one */
};

static void two_slips_are_found(void **state)
{
    struct folder folder;
    struct search *search;
    static struct search_result result;
    (void)state;
    folder_make(&folder);
    assert_int_equal(search_create(folder.path, &search), E_OK);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        assert_int_equal(search_add(search, &people[i], (int64_t)i), E_OK);
    float scores[2][sizeof queries / sizeof queries[0]];
    for (int disk = 0; disk < 2; disk++) {
        struct search_reader *reader = search_reader_new(search);
        for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
            struct search_query query = {.name = queries[i].name, .relative = queries[i].relative};
            search_find(reader, &query, &result);
            assert_true(result.count > 0);
            assert_int_equal(result.hits[0].id, queries[i].id);
            scores[disk][i] = result.hits[0].score;
        }
        search_reader_free(reader);
        assert_int_equal(search_seal(search), E_OK);
    }
    assert_memory_equal(scores[0], scores[1], sizeof scores[0]);
    search_close(search);
    folder_remove(&folder);
}

static const struct search_reason *reason_of(const struct search_hit *hit, const char *asked)
{
    for (size_t i = 0; i < hit->reason_count; i++)
        if (strcmp(hit->reasons[i].asked, asked) == 0) return &hit->reasons[i];
    fail_msg("no reason for %s", asked);
    return NULL;
}

static void slips_are_told_as_slips(void **state)
{
    struct folder folder;
    struct search *search;
    static struct search_result result;
    (void)state;
    folder_make(&folder);
    assert_int_equal(search_create(folder.path, &search), E_OK);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        assert_int_equal(search_add(search, &people[i], (int64_t)i), E_OK);
    struct search_reader *reader = search_reader_new(search);
    search_find(reader, &(struct search_query){.name = "Sukhveer Naal", .relative = "Dinesh Ngapla"},
        &result);
    assert_int_equal(reason_of(&result.hits[0], "naal")->how, SEARCH_SLIP);
    assert_string_equal(reason_of(&result.hits[0], "naal")->found, "nagpal");
    assert_true(reason_of(&result.hits[0], "ngapla")->relative);
    search_find(reader, &(struct search_query){.name = "Rqkesh Jain", .relative = "Sagar Jian"}, &result);
    assert_int_equal(reason_of(&result.hits[0], "sagarjian")->how, SEARCH_JOINED);
    assert_int_equal(result.hits[1].id, 5); /* the same name, another father */
    assert_true(result.hits[1].score < result.hits[0].score - 0.05f);
    search_find(reader, &(struct search_query){.name = "Sukhveer Nagpal"}, &result);
    assert_int_equal(reason_of(&result.hits[0], "nagpal")->how, SEARCH_EXACT);
    search_reader_free(reader);
    search_close(search);
    folder_remove(&folder);
}

/* What is looked over passes by no word two slips away, and passes by what is far. */
static void letters_tell_what_is_near(void **state)
{
    static const struct { const char *asked, *other; bool near; } pairs[] = {
        {"naal", "nagpal", true}, {"arm", "amar", true}, {"madhamagopsl", "madhanagopal", true},
        {"kkoilu", "koilu", true}, {"rwma", "rena", true}, {"nagpal", "naal", true},
        {"naal", "nagarpal", false}, /* four letters longer */
        {"mohan", "vikas", false}, {"naal", "नागपाल", false},
    };
    struct rules *rules = rules_new();
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct word asked, other;
        word_make(rules, pairs[i].asked, strlen(pairs[i].asked), &asked);
        word_make(rules, pairs[i].other, strlen(pairs[i].other), &other);
        uint32_t sets[2] = {word_letter_set(&other), word_letter_set(&asked)};
        uint8_t near[2];
        letters_near(word_letter_set(&asked), sets, 2, near);
        assert_int_equal(near[0], pairs[i].near);
        assert_int_equal(near[1], true);
    }
    rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_slips_are_found),
        cmocka_unit_test(slips_are_told_as_slips),
        cmocka_unit_test(letters_tell_what_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
