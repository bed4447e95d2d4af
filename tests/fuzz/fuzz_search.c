/* The search of people: any bytes are a name to file and a name to seek; it neither crashes nor takes long,
 * what it tells stays within its bounds, and who was filed under those bytes is found by them when they hold
 * a name. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "../unit/folder.h"
#include "search/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What a query may take; the sanitizers watch every step, gcc and clang each tell in its own way. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer)
#define QUERY_MS_MAX 500.0
#else
#define QUERY_MS_MAX 50.0
#endif
#define ROUNDS 3 /* the quickest counts: the machine may be busy with other things */

/* A small index, made once for all runs and kept to the end; the person of the input takes one place in it.
 */
static struct folder folder;
static struct search *search;
static struct search_reader *reader;

static void close_index(void)
{
    search_reader_free(reader);
    search_close(search);
    folder_remove(&folder);
}

static void open_index(void)
{
    static const char *const names[] = {"Ram Kumar Verma", "राम कुमार", "রাম", "முருகன்", "محمد عرفان",
        "S. K. Mishra", "Md. Irfan @ Pappu S/o Yusuf", "Anila Joseph", "ramkumar pandey", "ᱥᱤᱫᱳ ᱢᱩᱨᱢᱩ"};
    folder_make(&folder);
    if (search_create(folder.path, &search) != E_OK || atexit(close_index) != 0) abort();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct search_person person = {.id = i + 1, .name = names[i], .relative = names[(i + 3) % 10]};
        if (search_add(search, &person, (int64_t)i) != E_OK) abort();
    }
    if (search_seal(search) != E_OK) abort();
    reader = search_reader_new(search);
}

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void check(const struct search_result *result)
{
    if (result->count > SEARCH_LIMIT_MAX) abort();
    for (size_t i = 0; i < result->count; i++) {
        const struct search_hit *hit = &result->hits[i];
        if (!(hit->score > 0 && hit->score <= 1 && hit->probability >= 0 && hit->probability <= 1)) abort();
        if (hit->reason_count > SEARCH_REASONS_MAX || hit->namesakes == 0) abort();
        for (size_t k = 0; k < hit->reason_count; k++)
            if (strnlen(hit->reasons[k].asked, 64) == 64 || strnlen(hit->reasons[k].found, 64) == 64) abort();
        for (size_t k = 0; k < i; k++)
            if (result->hits[k].id == hit->id) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!search) open_index();
    char text[8192];
    if (n >= sizeof text) n = sizeof text - 1;
    memcpy(text, data, n);
    text[n] = '\0';
    struct search_key key = {SEARCH_PHONE, text};
    struct search_person person = {.id = 100, .name = text, .relative = text, .keys = &key, .key_count = 1};
    if (search_add(search, &person, 100) != E_OK) abort();
    static struct search_result result;
    struct search_query query = {.name = text, .relative = n % 2 ? text : NULL};
    double least = QUERY_MS_MAX * 2;
    for (int round = 0; round < ROUNDS && least > QUERY_MS_MAX; round++) {
        double start = now_ms();
        search_find(reader, &query, &result);
        double took = now_ms() - start;
        if (took < least) least = took;
    }
    check(&result);
    if (least > QUERY_MS_MAX) abort();
    return 0;
}
