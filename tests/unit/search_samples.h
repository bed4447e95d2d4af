/* People of the tests of the search: person i is the same in every test. */
#ifndef PANJI_TEST_SEARCH_SAMPLES_H
#define PANJI_TEST_SEARCH_SAMPLES_H

#include <stdio.h>

#include "search/search.h"

static const char *const givens[] = {"ram", "shyam", "sita", "gita", "mohan", "sohan", "राजेश", "রমেশ",
    "anil", "kamal",
    "abdul", "irfan", "முருகன்", "lakhan", "bharat", "chandan", "deepak", "farhan", "ganesh", "harish"};
static const char *const families[] = {"verma", "sharma", "yadav", "khan", "ansari", "यादव", "das",
    "pillai", "patel",
    "singh", "mishra", "gond", "lohar", "sahu", "tiwari", "joshi", "nair"};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Person i, the same in every test: a name of two words and a phone of its own. */
struct sample { char name[64], phone[24]; struct search_key key; struct search_person person; };

static inline const struct search_person *sample_make(struct sample *sample, uint64_t i)
{
    snprintf(sample->name, sizeof sample->name, "%s %s", givens[i * 7 % COUNT(givens)],
        families[i * 11 % COUNT(families)]);
    snprintf(sample->phone, sizeof sample->phone, "9%09u", (unsigned)i);
    sample->key = (struct search_key){SEARCH_PHONE, sample->phone};
    sample->person = (struct search_person){.id = i, .name = sample->name,
        .relative = givens[i % COUNT(givens)],
        .sex = SEARCH_MALE, .birth_year = 1950 + (int)(i % 50), .district = (uint16_t)(1 + i % 60),
        .keys = &sample->key, .key_count = 1};
    return &sample->person;
}

static inline void add_samples(struct search *search, uint64_t from, uint64_t to)
{
    struct sample sample;
    for (uint64_t i = from; i < to; i++) assert_int_equal(search_add(search, sample_make(&sample, i),
        (int64_t)i), E_OK);
}

static inline bool found_by_phone(struct search_reader *reader, uint64_t i)
{
    struct sample sample;
    struct search_result result;
    sample_make(&sample, i);
    search_find(reader, &(struct search_query){.keys = &sample.key, .key_count = 1}, &result);
    return result.count == 1 && result.hits[0].id == i;
}

#endif
