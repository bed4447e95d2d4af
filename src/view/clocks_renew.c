/* Clocks under a new law/: their facts and rows are made anew from the entries as they read today; every
 * other view stays. */
#include <string.h>

#include "base/json.h"
#include "view/clocks.h"
#include "view/reading.h"

bool views_clocks_stale(struct db *db, const struct view_context *context)
{
    return db_int(db, "SELECT 1 FROM clock_law WHERE digest = $1", 0, V(clocks_digest(context->clocks))) == 0;
}

struct renewing {
    struct db *db;
    const struct view_context *context;
};

static enum err entry_tell(void *context, const struct ready *ready, struct arena *arena)
{
    const struct renewing *renewing = context;
    if (ready->fault) return E_OK;
    struct view_step step = {
        .db = renewing->db,
        .context = renewing->context,
        .entry = &ready->entry,
        .form = ready->form,
        .body = ready->body,
        .names = ready->names,
        .arena = arena,
        .later = true,
    };
    step_case(&step, NULL);
    mentions_find(&step);
    int64_t *corrections;
    bool corrected = ready->body && corrections_of(step.db, arena, step.entry->seq, &corrections) > 0;
    json_t *now CLEANUP(json_drop) = corrected ? corrected_body(step.db, arena, step.form, step.entry) : NULL;
    if (now) {
        step.body = now;
        mentions_follow(&step);
    }
    view_clocks.apply(&step);
    return db_status(renewing->db);
}

enum err views_clocks_renew(struct db *db, struct db *source, const struct view_context *context)
{
    struct renewing renewing = {db, context};
    TRY(db_script(db, "DELETE FROM clock; DELETE FROM clock_case; DELETE FROM clock_law;"));
    TRY(entries_read_ahead(
        &(struct reading_options){.source = source, .forms = context->forms}, entry_tell, &renewing));
    return clocks_compute(db, context);
}
