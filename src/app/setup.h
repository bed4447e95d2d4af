/* app/setup: opening a register: its first entry, the office tree, the first officers. Used by init and demo.
 */
#ifndef PANJI_APP_SETUP_H
#define PANJI_APP_SETUP_H

#include <jansson.h>

#include "access/places.h"
#include "base/id.h"
#include "filing/filing.h"

/* A node being set up; everything is filed in the name of `officer`, first the founder. */
struct setup {
    struct node *node;
    struct arena *arena;
    struct problems *problems;
    const char *officer, *office; /* who files now, and where */
    const char *opened_on;        /* date of the postings and offices, YYYY-MM-DD */
    void (*id_make)(void *context, char ret_id[ID_TEXT_SIZE]); /* ids of the entries; NULL: random ones */
    void *id_context;
};

/* Files one entry of a form of administration; takes the reference to body. */
enum err setup_file(struct setup *setup, const char *form, json_t *body) MUST_CHECK;

/* The register's first entry. practice: for training and tests only, plainly marked for ever. */
enum err setup_node(struct setup *setup, const char *name, bool practice) MUST_CHECK;

struct setup_office {
    const char *code, *kind, *station_kind, *parent, *name, *name_hi, *state_lgd, *district, *station_code;
};
enum err setup_office(struct setup *setup, const struct setup_office *office) MUST_CHECK;

struct setup_officer {
    const char *id, *name, *name_hi, *rank, *office, *role;
};
/* The officer and his posting; without a role only the officer. */
enum err setup_officer(struct setup *setup, const struct setup_officer *officer) MUST_CHECK;

/* Offices from the directory: State headquarters; a district's office; the stations of a district, each below
 * the office that `parent_of` names (NULL: below the district's). */
enum err setup_state(struct setup *setup, const struct place_state *state) MUST_CHECK;
enum err setup_district(struct setup *setup, const struct place_district *district) MUST_CHECK;
enum err setup_stations(struct setup *setup, const struct place_district *district,
    const char *(*parent_of)(const struct place_station *station)) MUST_CHECK;

/* Code of a State's headquarters: "S22". In the arena. Districts and stations keep their national codes. */
const char *setup_state_code(struct arena *arena, const char *state_lgd);

#endif
