/* names_bench: measures the search of people on files of the names generator.
 *
 *     names_bench PEOPLE.tsv QUERIES.tsv OUT [--threads N] [--father] [--evidence] [--index FOLDER]
 *
 * PEOPLE: id name father alias sex age state district script …; QUERIES: qid kind person name father sex
 * age_low age_high district …. OUT gets one line a query: qid, milliseconds, the ids found (50 at most),
 * with tabs between. The index is built, sealed, opened again and mapped before the first query; FOLDER
 * keeps it for the next run. --evidence asks with sex, age and district as well. Figures go to standard
 * error. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#include <dirent.h>

#include "search/search.h"

#define COLUMNS_MAX 12
#define TEXT_MAX 4096
#define THREADS_MAX 16
#define YEAR_NOW 2026
#define AGE_SPREAD 2
#define FILED 400
#define FILED_FROM ((uint64_t)1 << 40) /* ids of nobody in the files */

struct options {
    const char *people, *queries, *out, *index;
    size_t threads;
    bool father, evidence;
};

struct text_file { const char *data; size_t n; };

struct column { const char *at; size_t n; };

static double clock_ms(clockid_t clock)
{
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static double now_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

static struct text_file file_map(const char *path)
{
    int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        perror(path);
        exit(1);
    }
    struct text_file text = {"", (size_t)status.st_size};
    if (text.n) text.data = mmap(NULL, text.n, PROT_READ, MAP_PRIVATE | MAP_POPULATE * 0, file, 0);
    if (text.data == MAP_FAILED) {
        perror(path);
        exit(1);
    }
    close(file);
    return text;
}

/* Cuts one line at tabs and moves past it. */
static size_t line_cut(const char **at, const char *end, struct column columns[COLUMNS_MAX])
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    if (!stop) stop = end;
    size_t n = 0;
    for (const char *from = *at; n < COLUMNS_MAX;) {
        const char *tab = memchr(from, '\t', (size_t)(stop - from));
        columns[n++] = (struct column){from, (size_t)((tab ? tab : stop) - from)};
        if (!tab) break;
        from = tab + 1;
    }
    *at = stop < end ? stop + 1 : end;
    return n;
}

static uint64_t number(const struct column *column)
{
    uint64_t value = 0;
    for (size_t i = 0; i < column->n && column->at[i] >= '0' && column->at[i] <= '9'; i++)
        value = value * 10 + (uint64_t)(column->at[i] - '0');
    return value;
}

static const char *text(const struct column *column, char room[TEXT_MAX])
{
    size_t n = column->n < TEXT_MAX - 1 ? column->n : TEXT_MAX - 1;
    memcpy(room, column->at, n);
    room[n] = '\0';
    return room;
}

static enum search_sex sex_of(const struct column *column)
{
    if (column->n != 1) return SEARCH_SEX_UNKNOWN;
    return *column->at == 'M' ? SEARCH_MALE : *column->at == 'F' ? SEARCH_FEMALE : SEARCH_TRANSGENDER;
}

/* "UP07" as a number of its own. */
static uint16_t district_of(const struct column *column)
{
    if (column->n < 4) return 0;
    struct column figures = {column->at + 2, column->n - 2};
    return (uint16_t)(((column->at[0] - 'A') * 26 + (column->at[1] - 'A') + 1) * 96 + (int)number(&figures));
}

struct filling {
    struct search_builder *builder;
    size_t lane;
    const char *at, *end;
    pthread_t thread;
    uint64_t count;
};

static void *fill_lane(void *argument)
{
    struct filling *filling = argument;
    char name[TEXT_MAX], father[TEXT_MAX], alias[TEXT_MAX];
    for (const char *at = filling->at; at < filling->end;) {
        struct column columns[COLUMNS_MAX] = {0};
        size_t n = line_cut(&at, filling->end, columns);
        if (n < 2 || !columns[0].n || *columns[0].at < '0' || *columns[0].at > '9') continue;
        struct search_person person = {.id = number(&columns[0]), .name = text(&columns[1], name),
            .relative = text(&columns[2], father), .relation = SEARCH_PARENT,
            .alias = text(&columns[3], alias), .sex = sex_of(&columns[4]),
            .birth_spread = AGE_SPREAD, .district = district_of(&columns[7])};
        if (columns[5].n) person.birth_year = YEAR_NOW - (int)number(&columns[5]);
        search_builder_add(filling->builder, filling->lane, &person);
        filling->count++;
    }
    return NULL;
}

static void index_build(const struct options *options)
{
    struct text_file people = file_map(options->people);
    struct filling fillings[THREADS_MAX];
    size_t lanes = (size_t)sysconf(_SC_NPROCESSORS_ONLN);
    if (lanes > THREADS_MAX) lanes = THREADS_MAX;
    double start = now_ms();
    struct search_builder *builder = search_builder_new(lanes);
    const char *from = people.data, *end = people.data + people.n;
    for (size_t i = 0; i < lanes; i++) {
        const char *to = people.data + people.n / lanes * (i + 1);
        if (i + 1 == lanes) to = end;
        else while (to < end && to[-1] != '\n') to++;
        fillings[i] = (struct filling){.builder = builder, .lane = i, .at = from, .end = to};
        if (pthread_create(&fillings[i].thread, NULL, fill_lane, &fillings[i]) != 0) exit(1);
        from = to;
    }
    uint64_t count = 0;
    for (size_t i = 0; i < lanes; i++) {
        pthread_join(fillings[i].thread, NULL);
        count += fillings[i].count;
    }
    double read = now_ms();
    munmap((void *)(uintptr_t)people.data, people.n);
    enum err err = search_builder_finish(builder, options->index, 1);
    if (err != E_OK) {
        fprintf(stderr, "names_bench: the index cannot be written: %s\n", err_text(err));
        exit(1);
    }
    fprintf(stderr, "build: %llu persons, %zu lanes: %.1f s reading, %.1f s writing\n",
        (unsigned long long)count,
        lanes, (read - start) / 1e3, (now_ms() - read) / 1e3);
}

struct asked { char *qid, *name, *father; struct search_query query; double ms, cpu_ms; size_t count;
    uint64_t ids[SEARCH_LIMIT_MAX]; };

struct asking {
    struct search *search;
    struct asked *list;
    size_t count;
    atomic_size_t next;
};

static void *ask(void *argument)
{
    struct asking *asking = argument;
    struct search_reader *reader = search_reader_new(asking->search);
    struct search_result result;
    for (size_t i; (i = atomic_fetch_add(&asking->next, 1)) < asking->count;) {
        struct asked *asked = &asking->list[i];
        double start = now_ms(), cpu = clock_ms(CLOCK_THREAD_CPUTIME_ID);
        search_find(reader, &asked->query, &result);
        asked->cpu_ms = clock_ms(CLOCK_THREAD_CPUTIME_ID) - cpu;
        asked->ms = now_ms() - start;
        asked->count = result.count;
        for (size_t k = 0; k < result.count; k++) asked->ids[k] = result.hits[k].id;
    }
    search_reader_free(reader);
    return NULL;
}

static struct asked *queries_read(const struct options *options, size_t *ret_count)
{
    struct text_file file = file_map(options->queries);
    size_t room = 1;
    for (size_t i = 0; i < file.n; i++) room += file.data[i] == '\n';
    struct asked *list = calloc(room, sizeof *list);
    if (!list) exit(1);
    *ret_count = 0;
    for (const char *at = file.data, *end = file.data + file.n; at < end;) {
        struct column columns[COLUMNS_MAX] = {0};
        size_t n = line_cut(&at, end, columns);
        if (n < 4 || (columns[0].n == 3 && memcmp(columns[0].at, "qid", 3) == 0)) continue;
        struct asked *asked = &list[(*ret_count)++];
        asked->qid = strndup(columns[0].at, columns[0].n);
        asked->name = strndup(columns[3].at, columns[3].n);
        asked->father = strndup(columns[4].at ? columns[4].at : "", columns[4].n);
        asked->query = (struct search_query){.name = asked->name, .limit = SEARCH_LIMIT_MAX};
        if (options->father) {
            asked->query.relative = asked->father;
            asked->query.relation = SEARCH_PARENT;
        }
        if (!options->evidence) continue;
        asked->query.sex = sex_of(&columns[5]);
        if (columns[6].n && columns[7].n) {
            asked->query.birth_year_from = YEAR_NOW - (int)number(&columns[7]);
            asked->query.birth_year_to = YEAR_NOW - (int)number(&columns[6]);
        }
        asked->query.district = district_of(&columns[8]);
    }
    return list;
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The clock tells what a user waits for, the processor's time what a query costs while others use the
 * machine. */
static void times_tell(const char *what, double *times, size_t n)
{
    double sum = 0;
    qsort(times, n, sizeof *times, by_size);
    for (size_t i = 0; i < n; i++) sum += times[i];
    fprintf(stderr, "%s: p50 %.3f p95 %.3f p99 %.3f most %.1f mean %.3f ms\n", what, times[n / 2],
        times[n * 95 / 100], times[n * 99 / 100], times[n - 1], sum / (double)n);
}

static void answers_write(const struct options *options, const struct asking *asking, double seconds)
{
    FILE *out = fopen(options->out, "w");
    double *times = calloc(asking->count + 1, sizeof *times);
    size_t n = asking->count;
    if (!out || !times) {
        perror(options->out);
        exit(1);
    }
    for (size_t i = 0; i < n; i++) {
        const struct asked *asked = &asking->list[i];
        fprintf(out, "%s\t%.3f\t", asked->qid, asked->ms);
        for (size_t k = 0; k < asked->count; k++) fprintf(out, "%s%llu", k ? "," : "",
            (unsigned long long)asked->ids[k]);
        fputc('\n', out);
    }
    if (fclose(out) != 0) exit(1);
    if (n) {
        fprintf(stderr, "%zu queries, %zu threads, %.0f queries/s\n", n, options->threads,
            (double)n / seconds);
        for (size_t i = 0; i < n; i++) times[i] = asking->list[i].ms;
        times_tell("clock", times, n);
        for (size_t i = 0; i < n; i++) times[i] = asking->list[i].cpu_ms;
        times_tell("processor", times, n);
    }
    free(times);
}

/* Files people one by one, each sought at once by its phone. None is sealed: the index on disk stays as it
 * is. */
static void filing_measure(struct search *search, const struct asked *asked, size_t count)
{
    static double times[FILED];
    struct search_reader *reader = search_reader_new(search);
    struct search_result result;
    unsigned found = 0;
    for (uint64_t i = 0; count && i < FILED; i++) {
        char phone[16];
        snprintf(phone, sizeof phone, "70%08u", (unsigned)i);
        struct search_key key = {SEARCH_PHONE, phone};
        struct search_person person = {.id = FILED_FROM + i, .name = asked[i % count].name,
            .relative = asked[i % count].father, .keys = &key, .key_count = 1};
        double start = now_ms();
        if (search_add(search, &person, 1) != E_OK) exit(1);
        times[i] = now_ms() - start;
        search_find(reader, &(struct search_query){.keys = &key, .key_count = 1}, &result);
        found += result.count == 1 && result.hits[0].id == person.id;
    }
    search_reader_free(reader);
    fprintf(stderr, "filing: %u of %d found by the next query; ", found, FILED);
    times_tell("each", times, FILED);
}

static uint64_t folder_bytes(const char *folder, bool remove_all)
{
    uint64_t bytes = 0;
    DIR *dir = opendir(folder);
    if (!dir) return 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        struct stat status;
        if (entry->d_name[0] == '.' || fstatat(dirfd(dir), entry->d_name, &status, 0) != 0) continue;
        bytes += (uint64_t)status.st_size;
        if (remove_all) unlinkat(dirfd(dir), entry->d_name, 0);
    }
    closedir(dir);
    if (remove_all) rmdir(folder);
    return bytes;
}

static void run(const struct options *options)
{
    struct search *search;
    enum err err = search_open(options->index, &search);
    if (err != E_OK) {
        index_build(options);
        double start = now_ms();
        err = search_open(options->index, &search);
        fprintf(stderr, "opened and checked in %.2f s\n", (now_ms() - start) / 1e3);
    }
    if (err != E_OK) {
        fprintf(stderr, "names_bench: the index cannot be opened: %s\n", err_text(err));
        exit(1);
    }
    uint64_t count = search_count(search);
    fprintf(stderr, "%llu persons, %.1f bytes each\n", (unsigned long long)count,
        count ? (double)folder_bytes(options->index, false) / (double)count : 0);
    struct asking asking = {.search = search};
    asking.list = queries_read(options, &asking.count);
    size_t all = asking.count;
    asking.count = all < 200 ? all : 200; /* warms what a server has warm */
    ask(&asking);
    asking.count = all;
    atomic_store(&asking.next, 0);
    pthread_t threads[THREADS_MAX];
    double start = now_ms();
    for (size_t i = 0; i < options->threads; i++)
        if (pthread_create(&threads[i], NULL, ask, &asking) != 0) exit(1);
    for (size_t i = 0; i < options->threads; i++) pthread_join(threads[i], NULL);
    answers_write(options, &asking, (now_ms() - start) / 1e3);
    filing_measure(search, asking.list, asking.count);
    search_close(search);
}

int main(int argc, char **argv)
{
    struct options options = {.threads = 1};
    char folder[TEXT_MAX] = "";
    const char *names[3] = {NULL};
    int n = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--father") == 0) options.father = true;
        else if (strcmp(argv[i], "--evidence") == 0) options.evidence = true;
        else if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc) options.threads = strtoul(argv[++i],
            NULL, 10);
        else if (strcmp(argv[i], "--index") == 0 && i + 1 < argc) options.index = argv[++i];
        else if (n < 3) names[n++] = argv[i];
    }
    if (n < 3 || options.threads < 1 || options.threads > THREADS_MAX) {
        fprintf(stderr,
            "names_bench PEOPLE.tsv QUERIES.tsv OUT [--threads N] [--father] [--evidence] "
            "[--index FOLDER]\n");
        return 64;
    }
    options.people = names[0];
    options.queries = names[1];
    options.out = names[2];
    bool keep = options.index != NULL;
    if (!keep) {
        snprintf(folder, sizeof folder, "%s.index", options.out);
        options.index = folder;
        folder_bytes(folder, true);
    }
    run(&options);
    if (!keep) folder_bytes(folder, true);
    return 0;
}
