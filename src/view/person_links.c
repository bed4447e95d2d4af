/* Person links: what officers decided about two persons of the register, as far as it stands. A decision is
 * an entry, person_link; its undoing is one, person_link_end; what was undone is gone from here and stays in
 * the register. Neither names a person afresh, and a correction reaches only the reason of a decision, so
 * nobody is joined or parted but by a new entry. Who belongs together follows from the pairs. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const char schema[] =
    /* low and high: the two persons, the lesser id first. One decision stands on a pair. */
    "CREATE TABLE person_link(low TEXT NOT NULL, high TEXT NOT NULL, same INTEGER NOT NULL,"
    "  seq INTEGER NOT NULL, PRIMARY KEY(low, high)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX person_link_high ON person_link(high);"
    "CREATE INDEX person_link_seq ON person_link(seq);";

static const char *const tables[] = {"person_link", NULL};

static void apply(struct view_step *step)
{
    if (!step->body) return;
    if (strcmp(step->form->name, "person_link_end") == 0) {
        int64_t seq = referred_seq(step, "end.decision");
        db_run(step->db, "DELETE FROM person_link WHERE seq = $1", V(seq));
    }
    if (strcmp(step->form->name, "person_link") != 0) return;
    const char *first = json_string_value(json_at(step->body, "link.first"));
    const char *second = json_string_value(json_at(step->body, "link.second"));
    const char *decision = json_string_value(json_at(step->body, "link.decision"));
    bool ordered = strcmp(first, second) < 0, same = strcmp(decision, "same") == 0;
    db_run(step->db, "INSERT INTO person_link(low, high, same, seq) VALUES ($1, $2, $3, $4)",
        V(ordered ? first : second), V(ordered ? second : first), V(same), V(step->entry->seq));
}

const struct view view_person_links = {schema, tables, apply, NULL};

/* ---- reading ---- */

#define LINK_COLUMNS                                                                                         \
    "SELECT l.low, l.high, l.same, l.seq, i.id, i.officer, i.office, i.filed_at FROM person_link l"          \
    " JOIN entry_index i ON i.seq = l.seq"

enum err person_links(
    struct db *db, struct arena *arena, const char *person, struct person_link **ret, size_t *ret_count)
{
    struct person_link *list = NULL;
    size_t count = 0;
    struct rows *rows =
        db_query(db, LINK_COLUMNS " WHERE l.low = $1 UNION ALL " LINK_COLUMNS " WHERE l.high = $1 ORDER BY 4",
            V(person));
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = (struct person_link){
            .first = row_dup(rows, 0, arena),
            .second = row_dup(rows, 1, arena),
            .same = row_int(rows, 2) != 0,
            .seq = row_int(rows, 3),
            .entry = row_dup(rows, 4, arena),
            .officer = row_dup(rows, 5, arena),
            .office = row_dup(rows, 6, arena),
            .filed_at = row_int(rows, 7),
        };
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}

enum link_decision person_link_of(struct db *db, const char *first, const char *second)
{
    bool ordered = strcmp(first, second) < 0;
    int64_t same = db_int(db, "SELECT same FROM person_link WHERE low = $1 AND high = $2", -1,
        V(ordered ? first : second), V(ordered ? second : first));
    return same < 0 ? LINK_OPEN : same ? LINK_SAME : LINK_NOT_SAME;
}

bool person_link_stands(struct db *db, const char *entry_id)
{
    return db_int(db, "SELECT 1 FROM person_link WHERE seq = (SELECT seq FROM entry WHERE id = $1)", 0,
               V(entry_id)) != 0;
}
