/* Readers beside a writer: what a query holds stays whole however much is sealed, merged and closed around
 * it, nobody is lost, and adding goes on when no merging thread runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

#include "folder.h"
#include "search/index.h"
#include "search/search.h"
#include "search_samples.h"

struct racing { struct search *search; atomic_bool stop; atomic_uint known, lost, asked; };

static void *race(void *argument)
{
    struct racing *racing = argument;
    struct search_reader *reader = search_reader_new(racing->search);
    for (unsigned i = 1; !atomic_load(&racing->stop); i = i * 1103515245 + 12345) {
        unsigned known = atomic_load(&racing->known);
        if (known == 0) continue;
        if (!found_by_phone(reader, i % known)) atomic_fetch_add(&racing->lost, 1);
        atomic_fetch_add(&racing->asked, 1);
    }
    search_reader_free(reader);
    return NULL;
}

static void *merge_along(void *argument)
{
    struct racing *racing = argument;
    bool more;
    while (!atomic_load(&racing->stop))
        if (search_merge(racing->search, &more) != E_OK) atomic_fetch_add(&racing->lost, 1);
    return NULL;
}

static void readers_lose_nobody_while_segments_merge(void **state)
{
    struct folder *folder = *state;
    struct racing racing = {0};
    assert_int_equal(search_create(folder->path, &racing.search), E_OK);
    pthread_t readers[2], merger;
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&readers[i], NULL, race, &racing), 0);
    assert_int_equal(pthread_create(&merger, NULL, merge_along, &racing), 0);
    for (uint64_t i = 0; i < 12000; i++) {
        add_samples(racing.search, i, i + 1);
        atomic_store(&racing.known, (unsigned)i + 1);
    }
    atomic_store(&racing.stop, true);
    for (int i = 0; i < 2; i++) pthread_join(readers[i], NULL);
    pthread_join(merger, NULL);
    assert_true(atomic_load(&racing.asked) > 0);
    assert_int_equal(atomic_load(&racing.lost), 0);
    assert_int_equal(search_count(racing.search), 12000);
    search_close(racing.search);
}

struct answer { uint64_t id; float score; };

/* The first page of answers to queries of every kind. */
static void answers(struct search *search, struct answer to[8][10])
{
    static const struct search_query queries[8] = {
        {.name = "ram verma"}, {.name = "राम वर्मा", .district = 7},
        {.name = "rajesh yadav", .relative = "mohan"}, {.name = "yadav rajesh"}, {.name = "shyam shrma"},
        {.name = "g khan"}, {.name = "रमेश দাস"}, {.name = "kamaldas", .sex = SEARCH_MALE}};
    static struct search_result result;
    struct search_reader *reader = search_reader_new(search);
    memset(to, 0, 8 * sizeof *to);
    for (size_t i = 0; i < 8; i++) {
        search_find(reader, &queries[i], &result);
        assert_true(result.count > 0);
        for (size_t k = 0; k < 10 && k < result.count; k++)
            to[i][k] = (struct answer){result.hits[k].id, result.hits[k].score};
    }
    search_reader_free(reader);
}

static bool as_likely(const struct answer *a, const struct answer *b)
{
    return fabsf(a->score - b->score) <= 1e-5f;
}

/* Grown, sealed and merged in whatever way, partly live, the index answers like one built at once. Of
 * equals that reach beyond the last place any may stand there. */
static void answers_are_those_of_an_index_built_anew(void **state)
{
    struct folder *folder = *state, anew;
    struct racing racing = {0};
    static struct answer grown[8][10], built[8][10];
    assert_int_equal(search_create(folder->path, &racing.search), E_OK);
    pthread_t merger;
    assert_int_equal(pthread_create(&merger, NULL, merge_along, &racing), 0);
    for (uint64_t count = 0, i = 0; count < 9000; count += 1730) {
        for (; i < count + 1730; i++) { /* the ids come in no order */
            uint64_t id = i * 7919 % 100003;
            add_samples(racing.search, id, id + 1);
            if (i % 97 == 0) assert_int_equal(search_seal(racing.search), E_OK);
        }
        struct search_builder *builder = search_builder_new(2);
        struct sample sample;
        for (uint64_t k = 0; k < i; k++)
            search_builder_add(builder, k % 2, sample_make(&sample, k * 7919 % 100003));
        struct search *search;
        folder_make(&anew);
        assert_int_equal(search_builder_finish(builder, anew.path, 1), E_OK);
        assert_int_equal(search_open(anew.path, &search), E_OK);
        answers(racing.search, grown);
        answers(search, built);
        for (size_t q = 0; q < 8; q++)
            for (size_t k = 0; k < 10; k++)
                if (!as_likely(&grown[q][k], &built[q][k]) ||
                    (grown[q][k].id != built[q][k].id && !as_likely(&built[q][k], &built[q][9])))
                    fail_msg("with %u people query %u, place %u: %u %.4f, built anew %u %.4f", (unsigned)i,
                        (unsigned)q, (unsigned)k, (unsigned)grown[q][k].id, (double)grown[q][k].score,
                        (unsigned)built[q][k].id, (double)built[q][k].score);
        search_close(search);
        folder_remove(&anew);
    }
    atomic_store(&racing.stop, true);
    pthread_join(merger, NULL);
    assert_int_equal(atomic_load(&racing.lost), 0);
    search_close(racing.search);
}

/* Every person of a view can be read: what a query in the middle of its work does. */
static uint64_t persons_read(const struct index_view *view)
{
    uint64_t count = 0;
    struct record record;
    for (size_t i = 0; i < view->segment_count; i++)
        for (uint32_t person = 0; person < view->segments[i]->header.person_count; person++)
            count += segment_record(view->segments[i], person, &record);
    return count + atomic_load(&view->live->person_count);
}

static void a_query_in_the_middle_outlives_all_that_happens(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    assert_int_equal(search_create(folder->path, &search), E_OK);
    add_samples(search, 0, 300);
    size_t slots[100];
    const struct index_view *views[100];
    for (size_t i = 0; i < 100; i++) { /* each of these queries holds another state of the index */
        uint64_t from = 300 + 3 * i;
        bool more;
        slots[i] = index_slot_take(search);
        views[i] = index_hold(search, slots[i]);
        assert_int_equal(persons_read(views[i]), from);
        add_samples(search, from, from + 3);
        assert_int_equal(search_seal(search), E_OK);
        assert_int_equal(search_merge(search, &more), E_OK);
    }
    for (size_t i = 100; i-- > 0;) { /* the live part that was held took in three more */
        assert_int_equal(persons_read(views[i]), 303 + 3 * i);
        index_let_go(search, slots[i]);
        index_slot_give(search, slots[i]);
    }
    search_close(search);
    assert_int_equal(search_open(folder->path, &search), E_OK);
    assert_int_equal(search_count(search), 600);
    search_close(search);
}

/* The last query may end between the last change and the closing: nothing is closed twice. */
static void closing_after_a_query_that_held_an_older_state(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    assert_int_equal(search_create(folder->path, &search), E_OK);
    add_samples(search, 0, 100);
    assert_int_equal(search_seal(search), E_OK);
    size_t slot = index_slot_take(search);
    assert_int_equal(persons_read(index_hold(search, slot)), 100);
    add_samples(search, 100, 200);
    assert_int_equal(search_seal(search), E_OK);
    index_let_go(search, slot);
    index_slot_give(search, slot);
    search_close(search);
}

static void adding_goes_on_where_nobody_merges(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    struct sample sample;
    assert_int_equal(search_create(folder->path, &search), E_OK);
    for (uint64_t i = 0; i < 90; i++) { /* segments of one person, then of many */
        add_samples(search, i, i + 1);
        assert_int_equal(search_seal(search), E_OK);
    }
    for (uint64_t i = 90; i < 16000; i++)
        assert_int_equal(search_add(search, sample_make(&sample, i), (int64_t)i), E_OK);
    struct search_reader *reader = search_reader_new(search);
    for (uint64_t i = 0; i < 16000; i += 61) assert_true(found_by_phone(reader, i));
    search_reader_free(reader);
    assert_int_equal(search_count(search), 16000);
    search_close(search);
}

/* Long texts fill the words of the live part before its persons: nobody's words are left out. */
static void people_with_many_words_are_found_too(void **state)
{
    struct folder *folder = *state;
    struct search *search;
    assert_int_equal(search_create(folder->path, &search), E_OK);
    struct search_reader *reader = search_reader_new(search);
    struct search_result result;
    for (unsigned i = 0; i < 400; i++) {
        char name[64], words[512] = "";
        size_t n = 0;
        snprintf(name, sizeof name, "murugan %c%c%cavarman", 'b' + (int)(i % 20), 'a', 'b' + (int)(i / 20));
        for (int k = 0; k < 22; k++)
            n += (size_t)snprintf(words + n, sizeof words - n, "%ca%co%ci ", (int)(98 + i % 23), 98 + k % 20,
                (int)(98 + i / 23)); /* from b on */
        struct search_person person = {.id = i, .name = name, .alias = words, .relative = words};
        assert_int_equal(search_add(search, &person, (int64_t)i), E_OK);
        search_find(reader, &(struct search_query){.name = name}, &result);
        assert_true(result.count > 0);
        assert_int_equal(result.hits[0].id, i);
    }
    search_reader_free(reader);
    search_close(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(readers_lose_nobody_while_segments_merge),
        FOLDER_TEST(answers_are_those_of_an_index_built_anew),
        FOLDER_TEST(a_query_in_the_middle_outlives_all_that_happens),
        FOLDER_TEST(closing_after_a_query_that_held_an_older_state),
        FOLDER_TEST(adding_goes_on_where_nobody_merges),
        FOLDER_TEST(people_with_many_words_are_found_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
