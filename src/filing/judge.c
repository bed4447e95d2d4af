/* Judging a register again, entry by entry, as it was judged at filing. What needs the form alone (reading a
 * body, checking it) is done ahead by a second thread, a basket of entries at a time; what needs the entries
 * before it (postings, rules, numbers, views) is done here, in order. */
#include "filing/judge.h"

#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "filing/node.h"

#define ARENA_MAX ((size_t)256 << 20)
#define BASKETS 4
#define BASKET_ENTRIES 64

/* An entry made ready: its form and body, or what is wrong with them. */
struct ready {
    struct entry entry;
    const struct form *form;
    json_t *body;      /* NULL when erased */
    const char *fault; /* NULL when none */
};

struct basket {
    struct arena *arena; /* of all its entries */
    size_t count;
    struct ready list[BASKET_ENTRIES];
};

/* Baskets go round: filled by the reader, judged, and cleared when they are filled again. */
struct reading {
    struct node *node;
    struct db *source;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    size_t filled, judged;  /* baskets, ever */
    bool ended;             /* by the reader: nothing more comes */
    bool stopped;           /* by the judge: nothing more is wanted */
    struct basket baskets[BASKETS];
};

struct judging {
    struct node *node;
    struct db *fresh;
    struct arena *arena; /* for what outlives an entry: the fault */
    struct verify_report *report;
};

/* ---- ahead: what the form alone can tell ---- */

/* The body must be one that the form's check lets through, in the spelling it gives. */
static const char *form_fault(struct node *node, const struct ready *ready, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    json_t *checked CLEANUP(json_drop) = NULL;
    if (draft_check_form(node, ready->form, ready->body, ready->entry.filed_at, &problems, &checked) != E_OK)
        return arena_printf(arena, "it is not a valid form (%s at %s): %s", problems.list[0].code,
            problems.list[0].path, problems.list[0].text[LANG_EN]);
    return json_equal(checked, ready->body) ? NULL : "its body is not in normal form";
}

static void ready_make(struct node *node, struct ready *ready, struct arena *arena)
{
    const struct entry *entry = &ready->entry;
    struct problems problems = {.arena = arena};
    ready->fault = NULL;
    ready->body = NULL;
    ready->form = form_version(node->forms, entry->form, entry->form_version);
    if (!ready->form) ready->fault = "its form is not among the forms of this program";
    if (ready->fault || !entry->body) return;
    ready->body = json_read(entry->body, entry->body_len, &problems);
    ready->fault = ready->body ? form_fault(node, ready, arena) : "its body is not JSON";
}

/* Throws away what the judge is done with; the reader does it, who has less to do. */
static void basket_clear(struct basket *basket)
{
    for (size_t i = 0; i < basket->count; i++) json_decref(basket->list[i].body);
    basket->count = 0;
    arena_reset(basket->arena);
}

/* False when the register ended in this basket. */
static bool basket_fill(struct reading *reading, struct basket *basket, struct rows *rows)
{
    basket_clear(basket);
    while (basket->count < BASKET_ENTRIES) {
        struct ready *ready = &basket->list[basket->count];
        if (!entry_walk_next(rows, basket->arena, &ready->entry)) return false;
        ready_make(reading->node, ready, basket->arena);
        basket->count++;
    }
    return true;
}

/* Waits for room; false when nothing more is wanted. */
static bool reading_goes_on(struct reading *reading)
{
    pthread_mutex_lock(&reading->lock);
    while (reading->filled - reading->judged == BASKETS && !reading->stopped)
        pthread_cond_wait(&reading->changed, &reading->lock);
    bool stopped = reading->stopped;
    pthread_mutex_unlock(&reading->lock);
    return !stopped;
}

static void reading_tell(struct reading *reading, size_t filled, bool ended)
{
    pthread_mutex_lock(&reading->lock);
    reading->filled += filled;
    reading->ended = ended;
    pthread_cond_signal(&reading->changed);
    pthread_mutex_unlock(&reading->lock);
}

static void *reading_run(void *context)
{
    struct reading *reading = context;
    struct rows *rows = entry_walk(reading->source, 0);
    bool more = true;
    while (more && reading_goes_on(reading)) {
        more = basket_fill(reading, &reading->baskets[reading->filled % BASKETS], rows);
        reading_tell(reading, 1, false);
    }
    if (more) db_end(rows);
    reading_tell(reading, 0, true);
    return NULL;
}

/* ---- in order ---- */

static enum err fault_of(struct judging *judging, const struct entry *entry, const char *what)
{
    judging->report->fault = (struct register_fault){
        .seq = entry->seq,
        .id = arena_strdup(judging->arena, entry->id),
        .office = arena_strdup(judging->arena, entry->office),
        .what = arena_strdup(judging->arena, what),
    };
    return E_CORRUPT;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What filing would make of the entry today, at its own time, must be what is there. */
static enum err judge_again(struct judging *judging, const struct ready *ready, struct arena *arena)
{
    const struct entry *entry = &ready->entry;
    struct problems problems = {.arena = arena};
    struct filing filing = {
        .officer = entry->officer,
        .office = entry->office,
        .form = entry->form,
        .case_id = entry->case_id,
        .to_count = entry->to_count,
    };
    memcpy(filing.to, entry->to, sizeof filing.to);
    struct draft draft = {
        .node = judging->node,
        .db = judging->fresh,
        .arena = arena,
        .problems = &problems,
        .form = ready->form,
        .body = ready->body,
        .entry = {.id = entry->id,
            .officer = entry->officer,
            .form = entry->form,
            .form_version = entry->form_version,
            .filed_at = entry->filed_at,
            .claimed_at = entry->claimed_at,
            .seq = entry->seq},
    };
    enum err err = draft_judge(&draft, &filing);
    if (err == E_PROBLEM)
        return fault_of(judging, entry,
            arena_printf(
                arena, "it breaks a rule (%s): %s", problems.list[0].code, problems.list[0].text[LANG_EN]));
    TRY(err);
    if (!same_text(draft.entry.number, entry->number) || !same_text(draft.entry.series, entry->series))
        return fault_of(judging, entry,
            arena_printf(arena, "its number is %s where the series says %s",
                entry->number ? entry->number : "none", draft.entry.number ? draft.entry.number : "none"));
    if (!same_text(draft.entry.role, entry->role) || !same_text(draft.entry.amends, entry->amends))
        return fault_of(
            judging, entry, "its role or the entry it amends is not what its body and postings say");
    return E_OK;
}

static enum err judge_entry(struct judging *judging, const struct ready *ready, struct arena *arena)
{
    if (ready->fault) return fault_of(judging, &ready->entry, ready->fault);
    if (ready->body)
        TRY(judge_again(judging, ready, arena));
    else
        judging->report->erased++;
    views_apply(judging->fresh, &judging->node->views,
        &(struct view_entry){
            .entry = &ready->entry, .form = ready->form, .body = ready->body, .arena = arena});
    judging->report->entries++;
    return db_status(judging->fresh);
}

static enum err basket_judge(struct judging *judging, const struct basket *basket)
{
    for (size_t i = 0; i < basket->count; i++)
        TRY(judge_entry(judging, &basket->list[i], basket->arena));
    return E_OK;
}

/* Judges basket after basket until the reader has ended; once an entry is found wrong the rest is let go. */
static enum err baskets_judge(struct judging *judging, struct reading *reading)
{
    enum err err = E_OK;
    for (;;) {
        pthread_mutex_lock(&reading->lock);
        while (reading->filled == reading->judged && !reading->ended)
            pthread_cond_wait(&reading->changed, &reading->lock);
        bool more = reading->filled > reading->judged;
        pthread_mutex_unlock(&reading->lock);
        if (!more) return err;
        if (err == E_OK) err = basket_judge(judging, &reading->baskets[reading->judged % BASKETS]);
        pthread_mutex_lock(&reading->lock);
        reading->judged++;
        reading->stopped = err != E_OK;
        pthread_cond_signal(&reading->changed);
        pthread_mutex_unlock(&reading->lock);
    }
}

static enum err judge_all(struct judging *judging, struct db *source)
{
    struct reading *reading = ARENA_NEW(judging->arena, struct reading);
    reading->node = judging->node;
    reading->source = source;
    pthread_mutex_init(&reading->lock, NULL);
    pthread_cond_init(&reading->changed, NULL);
    for (size_t i = 0; i < BASKETS; i++) reading->baskets[i].arena = arena_new(ARENA_MAX);
    pthread_t thread;
    enum err err = E_BUSY;
    if (pthread_create(&thread, NULL, reading_run, reading) == 0) {
        err = baskets_judge(judging, reading);
        pthread_join(thread, NULL);
    }
    for (size_t i = 0; i < BASKETS; i++) {
        basket_clear(&reading->baskets[i]);
        arena_free(reading->baskets[i].arena);
    }
    pthread_cond_destroy(&reading->changed);
    pthread_mutex_destroy(&reading->lock);
    return err != E_OK ? err : db_status(source);
}

/* ---- the whole ---- */

static enum err views_judge(struct judging *judging, struct db *source)
{
    TRY(views_create(judging->fresh));
    TRY(db_begin(judging->fresh));
    TRY(judge_all(judging, source));
    TRY(db_commit(judging->fresh));
    const char *table = NULL, *row = NULL;
    enum err err = views_equal(source, judging->fresh, judging->arena, &table, &row);
    if (err == E_CORRUPT && row) {
        judging->report->table = table;
        judging->report->fault = (struct register_fault){.seq = -1,
            .what = arena_printf(judging->arena, "view %s is not what the entries say: %s", table, row)};
    }
    return err;
}

/* Views made anew live in a private database that reads the register of the proved one as its own. */
enum err judge_register(
    struct node *node, const char *database, struct arena *arena, struct verify_report *ret)
{
    struct judging judging = {.node = node, .arena = arena, .report = ret};
    struct db *source = NULL;
    enum err err = db_open(database, DB_READ, &source);
    if (err == E_OK) err = db_open_beside(database, "entry", &judging.fresh);
    if (err == E_OK) err = views_judge(&judging, source);
    db_close(judging.fresh);
    db_close(source);
    return err;
}
