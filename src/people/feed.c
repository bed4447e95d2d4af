/* people/feed: keeping the index with the register. What is fed is counted in entries: the postings of all
 * below `fed` are in. The feeder and whoever asks feed under one lock, in steps, so that nobody waits long;
 * asking takes no lock but that of its reader. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/id.h"
#include "base/log.h"
#include "people/watching.h"

#define STEP 200               /* entries fed at once */
#define WAIT_FOR_MAX 2000      /* entries a request feeds itself before it is answered */
#define BUILD_AT_ONCE_MAX 2000 /* entries of a register whose index is built before anything else */
#define READERS 4              /* each takes memory, and there are few processors */
#define LOOK_EVERY_MS 250
#define FEED_BYTES_MAX ((size_t)256 << 20)
#define PEOPLE_BYTES_MAX ((size_t)1 << 20)
#define NOTHING UINT64_MAX     /* the number of no posting */

struct people {
    struct arena *arena; /* holds this struct */
    struct node *node;
    const char *folder;
    _Atomic(struct search *) search; /* NULL while it is built; then the same to the end */
    atomic_llong fed, watched;

    pthread_mutex_t feeding; /* everything that adds, db and scratch */
    struct db *db;
    struct arena *scratch;
    struct watching *watching; /* at most as far as fed */
    enum err told;             /* what the log was told last */

    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    bool closing;
    bool background;
    pthread_t thread;
    struct search_reader *readers[READERS];
    bool busy[READERS];
};

static int64_t entries_of(struct db *db)
{
    return db_int_values(db, "SELECT max(seq) + 1 FROM entry_index", 0, NULL, 0);
}

/* ---- whose index it is ---- */

/* The first leaf: no two registers share it. */
static bool origin_of(struct db *db, struct arena *arena, char ret[2 * HASH_SIZE + 1])
{
    struct entry first;
    if (entry_by_seq(db, arena, 0, &first) != E_OK) return false;
    hex_encode(ret, first.leaf, HASH_SIZE);
    return true;
}

static bool origin_kept(const char *path, const char *origin)
{
    char kept[2 * HASH_SIZE + 1] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = read(fd, kept, sizeof kept - 1);
    close(fd);
    return n == sizeof kept - 1 && strcmp(kept, origin) == 0;
}

static enum err origin_keep(const char *path, const char *origin)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return errno == EACCES ? E_DENIED : E_IO;
    size_t n = strlen(origin);
    bool kept = write(fd, origin, n) == (ssize_t)n && fsync(fd) == 0;
    close(fd);
    return kept ? E_OK : errno == ENOSPC ? E_FULL : E_IO;
}

/* ---- building anew ---- */

static void builder_take(void *context, const struct search_person *person)
{
    search_builder_add(context, 0, person);
}

/* Writes the index of everything up to a moment; *ret_count postings, *ret_size entries are in it. */
static enum err build(
    struct db *db, struct arena *scratch, const char *folder, uint64_t *ret_count, int64_t *ret_size)
{
    char origin[2 * HASH_SIZE + 1] = "";
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return errno == EACCES ? E_DENIED : E_IO;
    TRY(db_begin(db));
    bool any = origin_of(db, scratch, origin);
    *ret_size = entries_of(db);
    *ret_count = 0;
    struct search_builder *builder = search_builder_new(1);
    struct rows *rows = mentions_all(db);
    struct mention_row row;
    while (mention_next(rows, scratch, &row)) {
        *ret_count += posting_each(&row, scratch, builder_take, builder);
        arena_reset(scratch);
    }
    enum err err = db_status(db);
    db_rollback(db);
    enum err finished = search_builder_finish(builder, folder, *ret_size);
    if (err == E_OK) err = finished;
    return err == E_OK && any ? origin_keep(arena_printf(scratch, "%s/register", folder), origin) : err;
}

enum err people_rebuild(struct node *node, uint64_t *ret_count)
{
    struct db *db;
    TRY(node_reader(node, &db));
    struct arena *scratch = arena_new(FEED_BYTES_MAX);
    char *folder;
    if (asprintf(&folder, "%s/people", node_folder(node)) < 0) abort();
    int64_t size;
    struct watching *watching = NULL;
    enum err err = build(db, scratch, folder, ret_count, &size);
    if (err == E_OK) err = watching_open(folder, "", &watching); /* of no register: begun anew */
    watching_close(watching);
    free(folder);
    arena_free(scratch);
    db_close(db);
    return err;
}

/* Under the lock of feeding. */
static enum err people_build(struct people *people)
{
    uint64_t count;
    int64_t size = 0;
    struct search *search;
    log_line(LOG_INFO, "search_building", NULL);
    enum err err = build(people->db, people->scratch, people->folder, &count, &size);
    if (err == E_OK) err = search_open(people->folder, &search);
    if (err != E_OK) return err;
    atomic_store(&people->fed, size);
    atomic_store(&people->search, search);
    atomic_store(&people->watched, 0);
    return watching_restart(people->watching); /* it hangs on the same rules */
}

/* ---- following ---- */

struct adding {
    struct search *search;
    int64_t position;
    enum err err;
};

static void posting_add(void *context, const struct search_person *person)
{
    struct adding *adding = context;
    if (adding->err == E_OK) adding->err = search_add(adding->search, person, adding->position);
}

/* Feeds the entries from fed up to `until`, at most a step. A seal on the way says only what is surely in. */
static enum err feed_step(struct people *people, int64_t until)
{
    int64_t from = atomic_load(&people->fed), to = until - from > STEP ? from + STEP : until;
    struct adding adding = {.search = atomic_load(&people->search), .position = from};
    struct rows *rows = mentions_between(people->db, from - 1, to - 1);
    struct mention_row row;
    while (mention_next(rows, people->scratch, &row)) {
        size_t count = posting_each(&row, people->scratch, posting_add, &adding);
        bool fed_before = row.seq < from; /* it may have had more names then */
        for (; fed_before && adding.err == E_OK && count < POSTINGS_MAX; count++)
            adding.err = search_remove(adding.search, posting_id(row.id, count), from);
        arena_reset(people->scratch);
    }
    enum err err = db_status(people->db);
    db_clear(people->db);
    if (err == E_OK) err = adding.err;
    if (err == E_OK) err = search_remove(adding.search, NOTHING, to);
    if (err == E_OK) atomic_store(&people->fed, to);
    return err;
}

/* Watches follow what is fed, at most a step. */
static enum err watch_step(struct people *people)
{
    int64_t from = watching_at(people->watching), fed = atomic_load(&people->fed);
    int64_t to = fed - from > STEP ? from + STEP : fed;
    enum err err = watching_step(people->watching, people->db, node_forms(people->node), to);
    db_clear(people->db);
    if (err == E_OK) atomic_store(&people->watched, to);
    return err;
}

static bool step_wanted(struct people *people, int64_t size)
{
    return atomic_load(&people->fed) < size || atomic_load(&people->watched) < size;
}

void people_follow(struct people *people, int64_t size)
{
    int64_t far = size - WAIT_FOR_MAX;
    if (!atomic_load(&people->search) || atomic_load(&people->fed) < far) return;
    bool watches = atomic_load(&people->watched) >= far;
    enum err err = E_OK;
    while (err == E_OK && (watches ? step_wanted(people, size) : atomic_load(&people->fed) < size)) {
        pthread_mutex_lock(&people->feeding);
        if (atomic_load(&people->fed) < size) err = feed_step(people, size);
        else if (step_wanted(people, size)) err = watch_step(people);
        pthread_mutex_unlock(&people->feeding);
    }
}

struct watching *people_watching(struct people *people)
{
    return people->watching;
}

struct people_index people_index(struct people *people, int64_t size)
{
    if (!atomic_load(&people->search)) return (struct people_index){.building = true, .behind = size};
    int64_t behind = size - atomic_load(&people->fed);
    return (struct people_index){.behind = behind > 0 ? behind : 0};
}

/* One look at the register: true when there is more to do at once. */
static bool feeder_turn(struct people *people)
{
    pthread_mutex_lock(&people->feeding);
    enum err err = E_OK;
    if (!atomic_load(&people->search)) err = people_build(people);
    int64_t size = err == E_OK ? entries_of(people->db) : 0;
    bool behind = err == E_OK && atomic_load(&people->fed) < size;
    if (behind) err = feed_step(people, size);
    bool looks = err == E_OK && atomic_load(&people->watched) < atomic_load(&people->fed);
    if (looks) err = watch_step(people);
    db_clear(people->db);
    bool news = err != people->told;
    people->told = err;
    pthread_mutex_unlock(&people->feeding);
    if (err != E_OK && news) log_line(LOG_ERROR, "search_stopped", "why", err_text(err), NULL);
    bool more = false;
    if (err == E_OK && search_merge(atomic_load(&people->search), &more) != E_OK) more = false;
    return err == E_OK && (behind || looks || more);
}

static void *feeder_run(void *context)
{
    struct people *people = context;
    for (;;) {
        bool more = feeder_turn(people);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_EVERY_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_mutex_lock(&people->lock);
        if (!more && !people->closing) pthread_cond_timedwait(&people->changed, &people->lock, &until);
        bool closing = people->closing;
        pthread_mutex_unlock(&people->lock);
        if (closing) return NULL;
    }
}

/* ---- asking the engine ---- */

static size_t reader_take(struct people *people)
{
    pthread_mutex_lock(&people->lock);
    for (;;) {
        for (size_t i = 0; i < READERS; i++) {
            if (people->busy[i]) continue;
            people->busy[i] = true;
            pthread_mutex_unlock(&people->lock);
            return i;
        }
        pthread_cond_wait(&people->changed, &people->lock);
    }
}

static void reader_give(struct people *people, size_t i)
{
    pthread_mutex_lock(&people->lock);
    people->busy[i] = false;
    pthread_cond_broadcast(&people->changed);
    pthread_mutex_unlock(&people->lock);
}

bool people_find(struct people *people, const struct search_query *query, struct search_result *ret)
{
    struct search *search = atomic_load(&people->search);
    ret->count = 0;
    if (!search) return false;
    size_t i = reader_take(people);
    if (!people->readers[i]) people->readers[i] = search_reader_new(search);
    search_find(people->readers[i], query, ret);
    reader_give(people, i);
    return true;
}

/* ---- opening and closing ---- */

/* The index as it lies there, when it is one of this register and not ahead of it. */
static enum err index_open(struct people *people, int64_t size)
{
    char origin[2 * HASH_SIZE + 1];
    const char *stamp = arena_printf(people->arena, "%s/register", people->folder);
    if (!origin_of(people->db, people->scratch, origin) || !origin_kept(stamp, origin)) return E_NOT_FOUND;
    struct search *search;
    TRY(search_open(people->folder, &search));
    if (search_position(search) > size) {
        search_close(search);
        return E_CORRUPT;
    }
    atomic_store(&people->fed, search_position(search));
    atomic_store(&people->search, search);
    return E_OK;
}

static enum err watching_begin(struct people *people)
{
    char origin[2 * HASH_SIZE + 1] = "";
    if (mkdir(people->folder, 0700) != 0 && errno != EEXIST) return errno == EACCES ? E_DENIED : E_IO;
    (void)origin_of(people->db, people->scratch, origin); /* an empty register has none yet */
    TRY(watching_open(people->folder, origin, &people->watching));
    /* A register put back from a copy holds less than was looked at. */
    if (watching_at(people->watching) > entries_of(people->db)) TRY(watching_restart(people->watching));
    atomic_store(&people->watched, watching_at(people->watching));
    return E_OK;
}

static enum err index_begin(struct people *people, bool background)
{
    int64_t size = entries_of(people->db);
    enum err err = index_open(people, size);
    bool wanted = err == E_NOT_FOUND || err == E_CORRUPT;
    if (err != E_OK && !wanted) return err;
    if (wanted && (!background || size <= BUILD_AT_ONCE_MAX)) TRY(people_build(people));
    while (!background && atomic_load(&people->fed) < size) TRY(feed_step(people, size));
    while (!background && atomic_load(&people->watched) < size) TRY(watch_step(people));
    people->background = background;
    return background && pthread_create(&people->thread, NULL, feeder_run, people) != 0 ? E_IO : E_OK;
}

enum err people_open(struct node *node, bool background, struct people **ret)
{
    struct arena *arena = arena_new(PEOPLE_BYTES_MAX);
    struct people *people = ARENA_NEW(arena, struct people);
    people->arena = arena;
    people->node = node;
    people->folder = arena_printf(arena, "%s/people", node_folder(node));
    people->scratch = arena_new(FEED_BYTES_MAX);
    pthread_mutex_init(&people->feeding, NULL);
    pthread_mutex_init(&people->lock, NULL);
    pthread_cond_init(&people->changed, NULL);
    enum err err = node_reader(node, &people->db);
    if (err == E_OK) err = watching_begin(people);
    if (err == E_OK) err = index_begin(people, background);
    if (err != E_OK) {
        people->background = false;
        people_close(people);
        return err;
    }
    *ret = people;
    return E_OK;
}

void people_close(struct people *people)
{
    if (!people) return;
    pthread_mutex_lock(&people->lock);
    people->closing = true;
    pthread_cond_broadcast(&people->changed);
    pthread_mutex_unlock(&people->lock);
    if (people->background) pthread_join(people->thread, NULL);
    struct search *search = atomic_load(&people->search);
    for (size_t i = 0; i < READERS; i++) search_reader_free(people->readers[i]);
    if (search && search_seal(search) != E_OK) log_line(LOG_WARNING, "search_unsealed", NULL);
    search_close(search);
    watching_close(people->watching);
    db_close(people->db);
    pthread_mutex_destroy(&people->feeding);
    pthread_mutex_destroy(&people->lock);
    pthread_cond_destroy(&people->changed);
    arena_free(people->scratch);
    arena_free(people->arena);
}
