/* access/apply: the tables of this room, and which form changes which of them. */
#include "access/apply.h"

#include <string.h>

/* Times are instants: from_at is in, to_at and ended_at are out. ended_at comes from an ending filed
 * later; both stand, and the earlier counts. */
const char access_schema[] =
    "CREATE TABLE office(code TEXT PRIMARY KEY, entry TEXT NOT NULL, kind TEXT NOT NULL,"
    "  pillar TEXT NOT NULL, parent TEXT, name TEXT NOT NULL, name_hi TEXT, state TEXT, district TEXT,"
    "  station_code TEXT, closed_at INTEGER, closed_by TEXT) STRICT, WITHOUT ROWID;"
    "CREATE INDEX office_entry ON office(entry);"
    "CREATE INDEX office_parent ON office(parent);"
    "CREATE INDEX office_closed_by ON office(closed_by) WHERE closed_by IS NOT NULL;"
    "CREATE TABLE office_above(office TEXT NOT NULL, above TEXT NOT NULL, PRIMARY KEY(office, above))"
    "  STRICT, WITHOUT ROWID;"
    "CREATE INDEX office_above_below ON office_above(above, office);"
    "CREATE TABLE officer(id TEXT PRIMARY KEY, entry TEXT NOT NULL, name TEXT NOT NULL, name_hi TEXT,"
    "  rank TEXT, belt TEXT) STRICT, WITHOUT ROWID;"
    "CREATE INDEX officer_entry ON officer(entry);"
    "CREATE TABLE posting(entry TEXT PRIMARY KEY, officer TEXT NOT NULL, office TEXT NOT NULL,"
    "  role TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER, ended_at INTEGER, ended_by TEXT) STRICT;"
    "CREATE INDEX posting_officer ON posting(officer, from_at, entry, office, role, to_at, ended_at);"
    "CREATE INDEX posting_office ON posting(office, from_at);"
    "CREATE INDEX posting_ended_by ON posting(ended_by) WHERE ended_by IS NOT NULL;"
    "CREATE TABLE leave(entry TEXT PRIMARY KEY, officer TEXT NOT NULL, from_at INTEGER NOT NULL,"
    "  to_at INTEGER NOT NULL, ended_at INTEGER, ended_by TEXT) STRICT;"
    "CREATE INDEX leave_officer ON leave(officer, from_at);"
    "CREATE INDEX leave_ended_by ON leave(ended_by) WHERE ended_by IS NOT NULL;";

const char *const access_tables[] = {"office", "office_above", "officer", "posting", "leave", NULL};

void access_apply(struct db *db, const struct entry *entry, const json_t *body)
{
    static const struct {
        const char *form, *section;
        void (*apply)(struct db *db, const struct entry *entry, const json_t *section);
    } subjects[] = {
        {"office", "office", office_apply},
        {"office_close", "close", office_close_apply},
        {"officer", "officer", officer_apply},
        {"posting", "posting", posting_apply},
        {"posting_end", "end", posting_end_apply},
        {"leave", "leave", leave_apply},
        {"leave_end", "end", leave_end_apply},
    };
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        if (strcmp(subjects[i].form, entry->form) != 0) continue;
        const json_t *section = json_object_get(body, subjects[i].section); /* an erased body has none */
        if (section) subjects[i].apply(db, entry, section);
    }
}
