/* people/sight: what a viewer may know of a mention, by what law/access says (docs/people.md). The search,
 * the pages and the watches all look through this. */
#include <stdio.h>
#include <string.h>

#include "people/people.h"

#define LOOK_BYTES_MAX ((size_t)64 << 20)

bool eye_entry(const struct eye *eye, struct arena *arena, int64_t seq)
{
    struct entry entry;
    return entry_head_by_seq(eye->db, arena, seq, &entry) == E_OK &&
           entry_open(eye->db, arena, eye->forms, eye->viewer, &entry);
}

static bool case_open(struct eye *eye, const char *id)
{
    if (strcmp(eye->case_asked, id) == 0) return eye->case_open;
    snprintf(eye->case_asked, sizeof eye->case_asked, "%s", id);
    return eye->case_open = may_see_case(eye->db, eye->viewer, id);
}

/* In a case the viewer is on: the roles whose entry he reads and whose name is not covered there. */
static size_t parties_own(struct eye *eye, struct arena *arena, const struct sighting *sighting)
{
    size_t kept = 0;
    if (!case_open(eye, sighting->case_row.id)) return 0;
    for (size_t i = 0; i < sighting->party_count; i++) {
        const struct party_row *party = &sighting->parties[i];
        if (party_open(eye->viewer, arena, &sighting->case_row, party) && eye_entry(eye, arena, party->seq))
            sighting->parties[kept++] = *party;
    }
    return kept;
}

static size_t parties_elsewhere(const struct eye *eye, struct arena *arena, const struct sighting *sighting)
{
    size_t kept = 0;
    for (size_t i = 0; i < sighting->party_count; i++)
        if (party_elsewhere(eye->db, arena, eye->forms, eye->viewer, &sighting->case_row,
                &sighting->parties[i]))
            sighting->parties[kept++] = sighting->parties[i];
    return kept;
}

static bool eye_may(void *context, const char *case_id)
{
    struct eye *eye = context;
    return eye->wide || case_open(eye, case_id);
}

static bool sighting_shown(struct eye *eye, struct arena *arena, struct sighting *sighting)
{
    if (!sighting->case_row.id)
        return kinds_open(eye->viewer, arena, sighting->row.confidential, sighting->row.office) &&
               eye_entry(eye, arena, sighting->row.seq);
    size_t own = parties_own(eye, arena, sighting);
    sighting->elsewhere = own == 0;
    if (own == 0 && eye->wide) own = parties_elsewhere(eye, arena, sighting);
    sighting->party_count = own;
    return own > 0;
}

/* Hidden people may be thousands: the entries read for one are forgotten at once. */
static bool eye_see(void *context, struct sighting *sighting)
{
    struct arena *arena = arena_new(LOOK_BYTES_MAX);
    bool shown = sighting_shown(context, arena, sighting);
    arena_free(arena);
    return shown;
}

static bool eye_key(void *context, const struct sighting *sighting, const char *confidential)
{
    const struct eye *eye = context;
    if (strcmp(confidential, "-") == 0) return true;
    const char *office = sighting->case_row.id ? sighting->case_row.office : sighting->row.office;
    enum mask mask = mask_for(eye->viewer, confidential, office);
    return mask == MASK_OPEN || (mask == MASK_ASK && eye->purpose);
}

struct sight eye_sight(struct eye *eye)
{
    return (struct sight){.context = eye, .may = eye_may, .see = eye_see, .key = eye_key};
}

/* ---- one mention ---- */

bool sighting_check(struct db *db, struct arena *arena, const struct mention_row *row,
    const struct sight *sight, struct sighting *ret)
{
    *ret = (struct sighting){.row = *row};
    if (row->case_id && case_standing(db, arena, row->person, row->case_id, &ret->case_row, &ret->parties,
                            &ret->party_count) != E_OK)
        return false;
    return sight->see(sight->context, ret);
}

bool sighting_read(struct db *db, struct arena *arena, const struct mention_row *row,
    const struct sight *sight, struct sighting *ret)
{
    *ret = (struct sighting){.row = *row};
    if (row->case_id && (case_get(db, arena, row->case_id, &ret->case_row) != E_OK ||
                            person_parties(db, arena, row->person, row->case_id, &ret->parties,
                                &ret->party_count) != E_OK))
        return false;
    return sight->see(sight->context, ret);
}

enum err sighting_of(
    struct db *db, struct arena *arena, int64_t mention, const struct sight *sight, struct sighting *ret)
{
    struct mention_row row;
    TRY(mention_get(db, arena, mention, &row));
    return sighting_read(db, arena, &row, sight, ret) ? E_OK : E_NOT_FOUND;
}
