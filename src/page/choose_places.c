/* page/choose_places: districts and stations of the whole country, those of one's own State first. */
#include <string.h>

#include "access/places.h"
#include "page/choose.h"

/* The code of a State in the forms' list, by its name. */
static const char *state_code(const struct request *request, const char *lgd)
{
    const struct place_state *state = place_state(lgd);
    const struct code_list *list = list_find(node_forms(request->node), "state");
    for (size_t i = 0; state && list && i < list->count; i++)
        if (strcasecmp(list->codes[i].label.text[LANG_EN], state->name) == 0) return list->codes[i].name;
    return NULL;
}

static const char *state_words(const struct request *request, const char *lgd)
{
    const struct place_state *state = place_state(lgd);
    if (!state) return NULL;
    return request->lang == LANG_HI && state->name_hi ? state->name_hi : state->name;
}

/* Places by how likely they are meant: of one's own State before others, and there those that begin with what
 * was typed before those that hold it. */
enum near { NEAR_BEGINS, NEAR_OWN, NEAR_FAR, NEAR_COUNT };

struct nearest {
    const char *own_state; /* LGD code; NULL: not known */
    size_t counts[NEAR_COUNT], places[NEAR_COUNT][CHOICES_MAX];
};

static void nearest_begin(const struct looking *search, struct nearest *ret)
{
    struct request *request = search->request;
    const struct place_state *states;
    size_t count = place_states(&states);
    struct office own;
    *ret = (struct nearest){.own_state = NULL};
    if (office_get(request->db, request->arena, request->viewer.office, &own) != E_OK || !own.state) return;
    for (size_t i = 0; i < count && !ret->own_state; i++) {
        const char *code = state_code(request, states[i].lgd);
        if (code && strcmp(code, own.state) == 0) ret->own_state = states[i].lgd;
    }
}

static void nearest_add(const struct looking *search, struct nearest *nearest, size_t place, const char *name,
    const char *state_lgd)
{
    bool own = nearest->own_state && state_lgd && strcmp(nearest->own_state, state_lgd) == 0;
    bool begins = strncasecmp(name, search->words[0], strlen(search->words[0])) == 0;
    enum near near = !own ? NEAR_FAR : begins ? NEAR_BEGINS : NEAR_OWN;
    if (nearest->counts[near] < CHOICES_MAX) nearest->places[near][nearest->counts[near]++] = place;
}

/* The next of them, likeliest first; false at their end. */
static bool nearest_next(const struct nearest *nearest, size_t at, size_t *ret)
{
    for (int near = 0; near < NEAR_COUNT; at -= nearest->counts[near++])
        if (at < nearest->counts[near]) {
            *ret = nearest->places[near][at];
            return true;
        }
    return false;
}

size_t districts_find(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    const struct place_district *districts;
    size_t count = place_districts(&districts), found = 0, place;
    struct nearest nearest;
    nearest_begin(search, &nearest);
    for (size_t i = 0; search->word_count > 0 && i < count; i++) {
        const char *texts[] = {districts[i].name, districts[i].name_hi};
        if (choice_fits(search, texts, 2))
            nearest_add(search, &nearest, i,
                choice_fits(search, texts, 1) ? districts[i].name : districts[i].name_hi,
                districts[i].state_lgd);
    }
    for (; found < max && nearest_next(&nearest, found, &place); found++) {
        const struct place_district *district = &districts[place];
        bool hindi = request->lang == LANG_HI && district->name_hi && district->name_hi[0];
        const char *name = hindi ? district->name_hi : district->name;
        ret[found] = (struct chosen){.pick = choice_pick_with(search, choice_pick(search, name), "state",
                                         state_code(request, district->state_lgd)),
            .title = name,
            .hint = state_words(request, district->state_lgd)};
    }
    return found;
}

size_t stations_find(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    const struct place_station *stations;
    size_t count = place_stations(&stations), found = 0, place;
    struct nearest nearest;
    nearest_begin(search, &nearest);
    for (size_t i = 0; search->word_count > 0 && i < count; i++) {
        const char *texts[] = {stations[i].name};
        if (choice_fits(search, texts, 1))
            nearest_add(search, &nearest, i, stations[i].name, stations[i].state_lgd);
    }
    for (; found < max && nearest_next(&nearest, found, &place); found++) {
        const struct place_station *station = &stations[place];
        const struct place_district *district = place_district(station->district_code);
        const char *pick = choice_pick(search, station->name);
        pick = choice_pick_with(search, pick, "police_district", district ? district->name : NULL);
        pick = choice_pick_with(search, pick, "state", state_code(request, station->state_lgd));
        ret[found] = (struct chosen){.pick = pick,
            .title = station->name,
            .hint = arena_printf(request->arena, "%s, %s", district ? district->name : "",
                state_words(request, station->state_lgd))};
    }
    return found;
}
