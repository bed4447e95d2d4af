/* The list of views, their order, and making them anew. Order matters: a view may read the tables of those
 * before it, never of those after. */
#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "register/hash.h"
#include "view/reading.h"
#include "view/views.h"

static const struct view *const views[] = {
    &view_entries,
    &view_series,
    &view_cases,
    &view_listings,
    &view_people,
    &view_namings,
    &view_person_links,
    &view_watches,
    &view_descriptions,
    &view_property,
    &view_deliveries,
    &view_tasks, /* asks deliveries who is still to be taken in */
    &view_clocks,
    &view_corrections,
};
#define VIEW_COUNT (sizeof views / sizeof *views)

#define TABLES_MAX 64
#define SHAPE_SIZE (2 * HASH_SIZE + 1)

/* What the tables below were made from, so that a program with other ones does not read them. */
static const char shape_schema[] =
    "CREATE TABLE view_shape(shape TEXT PRIMARY KEY) STRICT;";

static void text_add(struct hash_stream *stream, const char *text)
{
    hash_add(stream, text, strlen(text) + 1);
}

/* A digest of every statement that makes a table or an index of a view. */
static void shape_make(char ret[SHAPE_SIZE])
{
    struct hash_stream *stream = hash_begin();
    text_add(stream, access_schema);
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        text_add(stream, views[i]->schema);
        text_add(stream, views[i]->indexes ? views[i]->indexes : "");
    }
    uint8_t hash[HASH_SIZE];
    hash_end(stream, hash);
    hex_encode(ret, hash, sizeof hash);
}

bool views_stale(struct db *db)
{
    if (db_int_values(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'view_shape'", 1, NULL, 0) == 0)
        return true;
    char shape[SHAPE_SIZE];
    shape_make(shape);
    return db_int(db, "SELECT count(*) FROM view_shape WHERE shape = $1", 1, V((const char *)shape)) == 0;
}

enum err views_create(struct db *db)
{
    char shape[SHAPE_SIZE];
    shape_make(shape);
    TRY(db_script(db, shape_schema));
    TRY(db_run(db, "INSERT INTO view_shape(shape) VALUES ($1)", V((const char *)shape)));
    TRY(db_script(db, access_schema));
    for (size_t i = 0; i < VIEW_COUNT; i++) TRY(db_script(db, views[i]->schema));
    return E_OK;
}

enum err views_index(struct db *db)
{
    for (size_t i = 0; i < VIEW_COUNT; i++)
        if (views[i]->indexes) TRY(db_script(db, views[i]->indexes));
    return E_OK;
}

static const char *table_names[TABLES_MAX]; /* written once */

static void tables_list(void)
{
    size_t n = 0;
    table_names[n++] = "view_shape";
    for (size_t i = 0; access_tables[i]; i++) table_names[n++] = access_tables[i];
    for (size_t i = 0; i < VIEW_COUNT; i++)
        for (size_t k = 0; views[i]->tables[k]; k++) table_names[n++] = views[i]->tables[k];
    assert(n < TABLES_MAX);
}

const char *const *views_tables(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, tables_list);
    return table_names;
}

void *rows_grown(struct arena *arena, const void *rows, size_t count, size_t size)
{
    void *grown = arena_alloc(arena, (count ? 2 * count : 16) * size);
    if (count) memcpy(grown, rows, count * size);
    return grown;
}

int64_t referred_seq(struct view_step *step, const char *field)
{
    const json_t *value = field ? json_at(step->body, field) : NULL;
    if (!json_is_string(value)) return -1;
    return db_int(step->db, "SELECT seq FROM entry WHERE id = $1", -1, V(json_string_value(value)));
}

void step_case(struct view_step *step, const struct case_row *on)
{
    if (step->form->opens) {
        const char *at = step->form->opens_at && step->body
                             ? json_string_value(json_at(step->body, step->form->opens_at))
                             : NULL;
        step->case_id = step->entry->id;
        step->case_office = at ? at : step->entry->office;
        step->case_opened_seq = step->entry->seq;
    } else if (on) {
        step->case_id = on->id;
        step->case_office = on->office;
        step->case_io = on->io;
        step->case_opened_seq = on->opened_seq;
    } else if (step->entry->case_id) {
        step->case_id = step->entry->case_id;
        struct rows *rows = db_query(
            step->db, "SELECT office, io, opened_seq FROM case_file WHERE id = $1", V(step->case_id));
        if (!db_next(rows)) return;
        step->case_office = row_dup(rows, 0, step->arena);
        step->case_io = row_dup(rows, 1, step->arena);
        step->case_opened_seq = row_int(rows, 2);
        db_end(rows);
    }
}

void views_apply(struct db *db, const struct view_context *context, const struct view_entry *entry)
{
    struct view_step step = {
        .db = db,
        .context = context,
        .entry = entry->entry,
        .form = entry->form,
        .body = entry->body,
        .names = entry->names,
        .arena = entry->arena,
        .later = entry->later,
    };
    step_case(&step, entry->on);
    mentions_find(&step);
    access_apply(db, step.entry, step.body);
    for (size_t i = 0; i < VIEW_COUNT; i++) views[i]->apply(&step);
}

enum err views_finish(struct db *db, const struct view_context *context)
{
    return clocks_compute(db, context);
}

struct rebuilding {
    struct db *db;
    const struct view_context *context;
    struct arena *arena; /* for the fault */
    struct register_fault *fault;
};

static enum err entry_rebuild(void *context, const struct ready *ready, struct arena *arena)
{
    const struct rebuilding *rebuilding = context;
    if (!ready->fault)
        views_apply(rebuilding->db, rebuilding->context,
            &(struct view_entry){
                &ready->entry, ready->form, ready->body, ready->names, arena, NULL, true});
    enum err err = ready->fault ? E_CORRUPT : db_status(rebuilding->db);
    if (err != E_OK)
        *rebuilding->fault = (struct register_fault){.seq = ready->entry.seq,
            .id = arena_strdup(rebuilding->arena, ready->entry.id),
            .office = arena_strdup(rebuilding->arena, ready->entry.office),
            .what = arena_strdup(
                rebuilding->arena, ready->fault ? ready->fault : db_message(rebuilding->db))};
    return err;
}

static enum err views_empty(struct db *db, struct arena *arena)
{
    const char *const *names = views_tables();
    for (size_t i = 0; names[i]; i++)
        TRY(db_script(db, arena_printf(arena, "DROP TABLE IF EXISTS %s;", names[i])));
    return views_create(db);
}

enum err views_rebuild(struct db *db, struct db *source, const struct view_context *context,
    struct arena *arena, struct register_fault *ret)
{
    *ret = (struct register_fault){.seq = -1};
    TRY(views_empty(db, arena));
    struct rebuilding rebuilding = {.db = db, .context = context, .arena = arena, .fault = ret};
    TRY(entries_read_ahead(
        &(struct reading_options){.source = source, .forms = context->forms}, entry_rebuild, &rebuilding));
    TRY(views_finish(db, context));
    return views_index(db);
}
