/* Reach: whom of a case a viewer may know by name, on cases of his own and elsewhere. The pages ask it for
 * every person they show, and filing before somebody decides about a person. */
#include <string.h>

#include "view/view.h"

bool kinds_open(const struct viewer *viewer, struct arena *arena, const char *kinds, const char *office)
{
    while (kinds && *kinds) {
        size_t n = strcspn(kinds, " ");
        const char *kind = arena_strndup(arena, kinds, n);
        if (mask_for(viewer, kind, office) != MASK_OPEN) return false;
        kinds += n + (kinds[n] == ' ');
    }
    return true;
}

/* A person is covered as the fields that named him are, and in a sensitive case everybody who may lead to the
 * victim (BNS 72-73, POCSO 23). The accused is not: that a doctor examined him, which covers a patient, hides
 * nothing. */
bool party_open(const struct viewer *viewer, struct arena *arena, const struct case_row *row,
    const struct party_row *party)
{
    if (strcmp(party->role, "accused") == 0) return true;
    if (row->sensitive && mask_for(viewer, "victim", row->office) != MASK_OPEN) return false;
    return kinds_open(viewer, arena, party->confidential, row->office);
}

bool entry_elsewhere(struct db *db, struct arena *arena, const struct forms *forms,
    const struct viewer *viewer, int64_t seq)
{
    struct entry entry;
    if (entry_head_by_seq(db, arena, seq, &entry) != E_OK) return false;
    const struct form *form = form_version(forms, entry.form, entry.form_version);
    if (!form || form_is_diary(form->name)) return false;
    bool open = form->seen_count == 0;
    for (size_t k = 0; k < form->seen_count; k++)
        open = open || strcmp(form->seen_by[k], viewer->pillar) == 0;
    return open;
}

bool party_elsewhere(struct db *db, struct arena *arena, const struct forms *forms,
    const struct viewer *viewer, const struct case_row *row, const struct party_row *party)
{
    return !row->sensitive && person_role_wide(party->role) &&
           entry_elsewhere(db, arena, forms, viewer, party->seq);
}

bool entry_open(struct db *db, struct arena *arena, const struct forms *forms, const struct viewer *viewer,
    const struct entry *entry)
{
    struct entry target;
    const struct form *form = form_version(forms, entry->form, entry->form_version);
    if (!form || !may_see_entry(db, viewer, form, entry)) return false;
    if (!entry->amends) return true;
    if (entry_head_by_id(db, arena, entry->amends, &target) != E_OK) return false;
    const struct form *of = form_version(forms, target.form, target.form_version);
    return of && may_see_entry(db, viewer, of, &target);
}

/* An entry of the case that names the person is the viewer's to read; the newest of many. */
#define NAMINGS_LOOKED_AT 20

static bool naming_read(struct db *db, struct arena *arena, const struct forms *forms,
    const struct viewer *viewer, const char *case_id, const char *person)
{
    int64_t mention =
        db_int(db, "SELECT id FROM mention WHERE person = $1 AND place = $2", -1, V(person), V(case_id));
    int64_t *seqs;
    size_t count = mention_entries(db, arena, mention, NAMINGS_LOOKED_AT, &seqs);
    struct entry entry;
    for (size_t i = 0; i < count; i++)
        if (entry_head_by_seq(db, arena, seqs[i], &entry) == E_OK &&
            entry_open(db, arena, forms, viewer, &entry))
            return true;
    return false;
}

bool party_read(struct db *db, struct arena *arena, const struct forms *forms, const struct viewer *viewer,
    const char *case_id, const char *person)
{
    struct party_row *parties;
    struct case_row row;
    size_t count;
    if (case_standing(db, arena, person, case_id, &row, &parties, &count) != E_OK) return false;
    for (size_t i = 0; i < count; i++)
        if (party_open(viewer, arena, &row, &parties[i]))
            return naming_read(db, arena, forms, viewer, case_id, person);
    return false;
}

/* One of his roles in a case, or the entry that names him outside cases. */
static bool mention_open(struct db *db, struct arena *arena, const struct forms *forms,
    const struct viewer *viewer, const struct mention_row *mention)
{
    struct party_row *parties;
    struct case_row row;
    struct entry entry;
    size_t count;
    if (!mention->case_id) {
        if (entry_head_by_seq(db, arena, mention->seq, &entry) != E_OK) return false;
        const struct form *form = form_version(forms, entry.form, entry.form_version);
        return form && may_see_entry(db, viewer, form, &entry) &&
               kinds_open(viewer, arena, mention->confidential, mention->office);
    }
    if (case_standing(db, arena, mention->person, mention->case_id, &row, &parties, &count) != E_OK)
        return false;
    bool own = may_see_case(db, viewer, row.id), open = false;
    bool wide = mask_for(viewer, "people_elsewhere", NULL) != MASK_NEVER;
    for (size_t i = 0; i < count && !open; i++)
        open = own ? party_open(viewer, arena, &row, &parties[i])
                   : wide && party_elsewhere(db, arena, forms, viewer, &row, &parties[i]);
    return open;
}

bool person_open(struct db *db, struct arena *arena, const struct forms *forms, const struct viewer *viewer,
    const char *person)
{
    struct mention_row *mentions;
    size_t count;
    if (mentions_of(db, arena, person, &mentions, &count) != E_OK) return false;
    for (size_t i = 0; i < count; i++)
        if (mention_open(db, arena, forms, viewer, &mentions[i])) return true;
    return false;
}
