/* Next dates: when a case comes up again, before which court and what for. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE listing(case_id TEXT PRIMARY KEY, office TEXT NOT NULL, day TEXT NOT NULL, purpose TEXT,"
    "  seq INTEGER NOT NULL) STRICT;";

static const char indexes[] = "CREATE INDEX listing_day ON listing(office, day);";

static const char *const tables[] = {"listing", NULL};

static bool speaks_of_dates(const struct view_step *step)
{
    return step->case_id && step->body && (step->form->listed_on || step->form->listed_no_more);
}

/* An order without a date leaves the one that stands: a day that has passed shows that nobody gave a next. */
static void listing_set(struct view_step *step)
{
    const json_t *day = step->form->listed_on ? json_at(step->body, step->form->listed_on) : NULL;
    const json_t *purpose = step->form->listed_for ? json_at(step->body, step->form->listed_for) : NULL;
    if (!step->form->listed_no_more && !json_is_string(day)) return;
    db_run(step->db, "DELETE FROM listing WHERE case_id = $1", V(step->case_id));
    if (json_is_string(day))
        db_run(step->db,
            "INSERT INTO listing(case_id, office, day, purpose, seq) VALUES ($1, $2, $3, $4, $5)",
            V(step->case_id), V(step->entry->office), V(json_string_value(day)),
            V(json_string_value(purpose)), V(step->entry->seq));
}

static void apply(struct view_step *step)
{
    if (speaks_of_dates(step)) listing_set(step);
}

/* A date put right counts only while no later entry has spoken of the next one. */
void listings_correct(struct view_step *step)
{
    if (!speaks_of_dates(step)) return;
    int64_t newest =
        db_int(step->db, "SELECT seq FROM listing WHERE case_id = $1", -1, V(step->case_id));
    if (newest == step->entry->seq) listing_set(step);
}

const struct view view_listings = {schema, tables, apply, indexes};

/* ---- reading ---- */

#define LISTING_COLUMNS "SELECT l.case_id, l.office, l.day, l.purpose, l.seq FROM listing l"

static struct listing_row listing_row(struct rows *rows, struct arena *arena)
{
    return (struct listing_row){
        .case_id = row_dup(rows, 0, arena),
        .office = row_dup(rows, 1, arena),
        .day = row_dup(rows, 2, arena),
        .purpose = row_dup(rows, 3, arena),
        .seq = row_int(rows, 4),
    };
}

enum err listing_get(struct db *db, struct arena *arena, const char *case_id, struct listing_row *ret)
{
    struct rows *rows = db_query(db, LISTING_COLUMNS " WHERE l.case_id = $1", V(case_id));
    if (!db_next(rows)) return db_status(db) == E_OK ? E_NOT_FOUND : db_status(db);
    *ret = listing_row(rows, arena);
    db_end(rows);
    return E_OK;
}

enum err listing_list(struct db *db, struct arena *arena, const char *office, const char *from,
    const char *until, size_t limit, struct listing_row **ret, size_t *ret_count)
{
    struct listing_row *list = NULL;
    size_t count = 0;
    struct rows *rows = db_query(db,
        LISTING_COLUMNS " JOIN case_file c ON c.id = l.case_id"
                        " WHERE l.office = $1 AND l.day >= $2 AND l.day <= $3"
                        " ORDER BY l.day, c.opened_seq LIMIT $4",
        V(office), V(from), V(until), V(limit));
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = listing_row(rows, arena);
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}
