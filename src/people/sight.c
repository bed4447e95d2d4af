/* people/sight: what a viewer may know of a mention, by what law/access says (docs/people.md). The search,
 * the pages and the watches all look through this. */
#include <string.h>

#include "people/people.h"

#define LOOK_BYTES_MAX ((size_t)64 << 20)

bool eye_entry(const struct eye *eye, struct arena *arena, int64_t seq)
{
    struct entry entry;
    return entry_by_seq(eye->db, arena, seq, &entry) == E_OK &&
           entry_open(eye->db, arena, eye->forms, eye->viewer, &entry);
}

/* In a case the viewer is on: the roles whose entry he reads and whose name is not covered there. */
static size_t parties_own(const struct eye *eye, struct arena *arena, const struct sighting *sighting)
{
    size_t kept = 0;
    if (!may_see_case(eye->db, eye->viewer, sighting->case_row.id)) return 0;
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
    const struct eye *eye = context;
    return eye->wide || may_see_case(eye->db, eye->viewer, case_id);
}

static bool sighting_shown(const struct eye *eye, struct arena *arena, struct sighting *sighting)
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
