/* The list of views, their order, and making them anew. Order matters: a view may read the tables of those
 * before it, never of those after. */
#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const struct view *const views[] = {
    &view_entries,
    &view_series,
    &view_cases,
    &view_listings,
    &view_people,
    &view_property,
    &view_tasks,
    &view_deliveries,
    &view_corrections,
};
#define VIEW_COUNT (sizeof views / sizeof *views)

#define TABLES_MAX 64

enum err views_create(struct db *db)
{
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

static void step_case(struct view_step *step)
{
    if (step->form->opens) {
        const char *at = step->form->opens_at && step->body
                             ? json_string_value(json_at(step->body, step->form->opens_at))
                             : NULL;
        step->case_id = step->entry->id;
        step->case_office = at ? at : step->entry->office;
    } else if (step->entry->case_id) {
        step->case_id = step->entry->case_id;
        step->case_office =
            db_text(step->db, step->arena, "SELECT office FROM case_file WHERE id = $1", V(step->case_id));
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
        .arena = entry->arena,
    };
    step_case(&step);
    if (step.body) mentions_find(&step);
    access_apply(db, step.entry, step.body);
    for (size_t i = 0; i < VIEW_COUNT; i++) views[i]->apply(&step);
}

static enum err rebuild_entry(struct db *db, const struct view_context *context, struct arena *arena,
    const struct entry *entry, const char **ret_what)
{
    const struct form *form = form_version(context->forms, entry->form, entry->form_version);
    if (!form) {
        *ret_what = "its form is not among the forms of this program";
        return E_CORRUPT;
    }
    struct problems problems = {.arena = arena};
    json_t *body CLEANUP(json_drop) = entry->body ? json_read(entry->body, entry->body_len, &problems) : NULL;
    if (entry->body && !body) {
        *ret_what = "its body is not JSON";
        return E_CORRUPT;
    }
    views_apply(
        db, context, &(struct view_entry){.entry = entry, .form = form, .body = body, .arena = arena});
    return db_status(db);
}

static enum err views_empty(struct db *db, struct arena *arena)
{
    const char *const *names = views_tables();
    for (size_t i = 0; names[i]; i++)
        TRY(db_script(db, arena_printf(arena, "DROP TABLE IF EXISTS %s;", names[i])));
    return views_create(db);
}

enum err views_rebuild(
    struct db *db, const struct view_context *context, struct arena *arena, struct register_fault *ret)
{
    *ret = (struct register_fault){.seq = -1};
    TRY(views_empty(db, arena));
    struct arena *scratch = arena_new((size_t)256 << 20); /* of one entry */
    struct rows *rows = entry_walk(db, 0);
    struct entry entry;
    enum err err = E_OK;
    while (err == E_OK && entry_walk_next(rows, scratch, &entry)) {
        const char *what = NULL;
        err = rebuild_entry(db, context, scratch, &entry, &what);
        if (err != E_OK)
            *ret = (struct register_fault){.seq = entry.seq,
                .id = arena_strdup(arena, entry.id),
                .office = arena_strdup(arena, entry.office),
                .what = arena_strdup(arena, what ? what : db_message(db))};
        arena_reset(scratch);
    }
    if (err != E_OK) db_end(rows);
    arena_free(scratch);
    if (err == E_OK) err = db_status(db);
    return err == E_OK ? views_index(db) : err;
}
