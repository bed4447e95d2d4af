/* access/see: who may see a case and an entry. Both are asked for every row of every list, so each is at
 * most a look-up or two by key. A line runs within one pillar: police headquarters above a laboratory are
 * not on a case because the laboratory is. */
#include <assert.h>
#include <string.h>

#include "access/rules.h"

/* A role that sees no case keeps out of cases wherever it is posted; else the office's pillar decides.
 * NULL: nothing. */
static const struct pillar *viewer_pillar(const struct viewer *viewer)
{
    const struct role *role = role_find(viewer->role);
    if (role && !scope_works_on_cases(role->pillar->scope)) return role->pillar;
    return pillar_find(viewer->pillar);
}

/* The office is the viewer's own, or stands below it in the viewer's pillar. */
static bool on_line(struct db *db, const struct viewer *viewer, const char *office)
{
    if (strcmp(office, viewer->office) == 0) return true;
    return db_int(db,
        "SELECT 1 FROM office_above a JOIN office o ON o.code = a.office"
        " WHERE a.office = $1 AND a.above = $2 AND o.pillar = $3",
        0, V(office), V(viewer->office), V(viewer->pillar)) == 1;
}

bool sees_cases(const struct viewer *viewer)
{
    const struct pillar *pillar = viewer_pillar(viewer);
    return pillar && scope_works_on_cases(pillar->scope);
}

bool sees_lists(const struct viewer *viewer)
{
    const struct pillar *pillar = viewer_pillar(viewer);
    return pillar && pillar->scope == SCOPE_LISTS;
}

bool may_see_case(struct db *db, const struct viewer *viewer, const char *case_id)
{
    if (!sees_cases(viewer)) return false;
    return db_int(db,
        "SELECT 1 FROM case_office c JOIN office_above a ON a.office = c.office AND a.above = $2"
        " JOIN office o ON o.code = c.office AND o.pillar = $3 WHERE c.case_id = $1 LIMIT 1",
        0, V(case_id), V(viewer->office), V(viewer->pillar)) == 1;
}

/* Filed by the viewer's line or addressed to it. */
static bool entry_on_line(struct db *db, const struct viewer *viewer, const struct entry *entry)
{
    if (on_line(db, viewer, entry->office)) return true;
    for (size_t i = 0; i < entry->to_count; i++)
        if (on_line(db, viewer, entry->to[i])) return true;
    return false;
}

static bool pillar_named(const char *pillar, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], pillar) == 0) return true;
    return false;
}

/* BNSS 192: the police line of the case or of the diary's writer, and a court that called for it.
 * Addressing a diary to somebody does not open it. */
static bool may_see_diary(struct db *db, const struct viewer *viewer, const struct entry *entry)
{
    if (strcmp(viewer->pillar, "court") == 0)
        return entry->case_id &&
               db_int(db, "SELECT 1 FROM diary_called WHERE case_id = $1 AND office = $2 LIMIT 1", 0,
                   V(entry->case_id), V(viewer->office)) == 1;
    if (strcmp(viewer->pillar, "police") != 0) return false;
    if (on_line(db, viewer, entry->office)) return true;
    if (!entry->case_id) return false;
    return db_int(db,
        "SELECT 1 FROM case_file f JOIN office_above a ON a.office = f.office AND a.above = $2"
        " JOIN office o ON o.code = f.office AND o.pillar = $3 WHERE f.id = $1",
        0, V(entry->case_id), V(viewer->office), V(viewer->pillar)) == 1;
}

bool may_see_entry(struct db *db, const struct viewer *viewer, const struct form *form,
    const struct entry *entry)
{
    const struct pillar *pillar = viewer_pillar(viewer);
    if (!pillar || pillar->scope == SCOPE_LISTS) return false;
    if (pillar->scope == SCOPE_FORMS)
        return strcmp(form->pillar, pillar->name) == 0 && entry_on_line(db, viewer, entry);
    if (form_is_diary(form->name)) return may_see_diary(db, viewer, entry);
    if (entry_on_line(db, viewer, entry)) return true;
    const char *case_id = form->opens ? entry->id : entry->case_id;
    if (!case_id) return false;
    bool orders = pillar_named(form->name, pillar->forms, pillar->form_count);
    if (pillar->scope == SCOPE_ENTRIES && !orders) return false;
    if (form->seen_count > 0 && !pillar_named(viewer->pillar, form->seen_by, form->seen_count)) return false;
    return may_see_case(db, viewer, case_id);
}
