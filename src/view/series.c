/* Gapless number series: the last number taken per series, office and period. A number is read before an
 * entry is appended and taken when it is applied, inside one transaction, so that a refused entry leaves no
 * hole. */
#include <assert.h>
#include <string.h>

#include "base/time.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE series(series TEXT NOT NULL, office TEXT NOT NULL, period TEXT NOT NULL,"
    "  last INTEGER NOT NULL, PRIMARY KEY(series, office, period)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE given_number(series TEXT NOT NULL, number TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;"
    "CREATE INDEX given_number_number ON given_number(series, number);";

static const char *const tables[] = {"series", "given_number", NULL};

static const char *period_of(
    struct arena *arena, const struct form_number *number, const char *case_id, int64_t filed_at)
{
    switch (number->per) {
    case NUMBER_DAY: return time_date_text(arena, time_day_number(filed_at));
    case NUMBER_CASE: return case_id;
    case NUMBER_YEAR: return arena_printf(arena, "%d", time_civil(filed_at).year);
    case NUMBER_GIVEN: break;
    }
    return NULL;
}

/* A number within a case runs on when another office takes the case over. */
static const char *office_of(const struct form_number *number, const char *office)
{
    return number->per == NUMBER_CASE ? "" : office;
}

const char *series_next(struct db *db, struct arena *arena, const struct form_number *number,
    const char *office, const char *case_id, int64_t filed_at)
{
    const char *period = period_of(arena, number, case_id, filed_at);
    assert(period); /* a given number is not ours to count; a number within a case needs one */
    int64_t next = 1 + db_int(db, "SELECT last FROM series WHERE series = $1 AND office = $2 AND period = $3",
                           0, V(number->series), V(office_of(number, office)), V(period));
    const char *prefix = number->prefix ? number->prefix : "";
    if (number->per == NUMBER_YEAR)
        return arena_printf(arena, "%s%0*lld/%s", prefix, number->width, (long long)next, period);
    return arena_printf(arena, "%s%0*lld", prefix, number->width, (long long)next);
}

static void apply(struct view_step *step)
{
    const struct entry *e = step->entry;
    if (!e->series) return;
    for (size_t i = 0; i < step->form->number_count; i++) {
        const struct form_number *number = &step->form->numbers[i];
        if (strcmp(number->series, e->series) != 0) continue;
        if (number->per == NUMBER_GIVEN)
            db_run(step->db, "INSERT INTO given_number(series, number, seq) VALUES ($1, $2, $3)",
                V(e->series), V(e->number), V(e->seq));
        else
            db_run(step->db,
                "INSERT INTO series(series, office, period, last) VALUES ($1, $2, $3, 1)"
                " ON CONFLICT(series, office, period) DO UPDATE SET last = series.last + 1",
                V(e->series), V(office_of(number, e->office)),
                V(period_of(step->arena, number, e->case_id, e->filed_at)));
        return;
    }
}

const struct view view_series = {schema, tables, apply, NULL};
