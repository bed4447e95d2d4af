/* The default office tree from the directory of places, and the entries that open a register. */
#include "app/setup.h"

#include <ctype.h>
#include <string.h>

enum err setup_file(struct setup *setup, const char *form, json_t *body)
{
    struct receipt receipt;
    char id[ID_TEXT_SIZE];
    if (setup->id_make) setup->id_make(setup->id_context, id);
    enum err err = file_entry(setup->node,
        &(struct filing){.officer = setup->officer,
            .office = setup->office,
            .id = setup->id_make ? id : NULL,
            .form = form,
            .body = body,
            .seen_size = -1},
        setup->problems, &receipt);
    json_decref(body);
    return err;
}

enum err setup_node(struct setup *setup, const char *name, bool practice)
{
    return setup_file(setup, "node",
        json_pack(
            "{s:{s:s, s:b, s:s}}", "node", "name", name, "practice", practice, "founder", setup->officer));
}

/* Code of the list `state`: the words of the name in lower case, without "and", joined by underscores. */
static const char *state_word(struct arena *arena, const char *lgd)
{
    const struct place_state *state = place_state(lgd);
    if (!state) return NULL;
    struct buf code;
    buf_init(&code, arena, 80);
    char *rest = arena_strdup(arena, state->name);
    for (char *word; (word = strtok_r(rest, " ", &rest));) {
        if (strcmp(word, "and") == 0) continue;
        if (code.len) buf_putc(&code, '_');
        for (; *word; word++) buf_putc(&code, (char)tolower((unsigned char)*word));
    }
    return code.data;
}

enum err setup_office(struct setup *setup, const struct setup_office *office)
{
    json_t *body = json_pack("{s:{s:s, s:s, s:s*, s:s*, s:s, s:s, s:s*, s:s*, s:s*, s:s}}", "office", "code",
        office->code, "kind", office->kind, "station_kind", office->station_kind, "parent", office->parent,
        "name", office->name, "name_hi", office->name_hi ? office->name_hi : office->name, "state",
        state_word(setup->arena, office->state_lgd), "district", office->district, "station_code",
        office->station_code, "opened_on", setup->opened_on);
    return setup_file(setup, "office", body);
}

enum err setup_officer(struct setup *setup, const struct setup_officer *officer)
{
    TRY(setup_file(setup, "officer",
        json_pack("{s:{s:s, s:s, s:s, s:s}}", "officer", "id", officer->id, "name", officer->name, "name_hi",
            officer->name_hi ? officer->name_hi : officer->name, "rank", officer->rank)));
    if (!officer->role) return E_OK;
    return setup_file(setup, "posting",
        json_pack("{s:{s:s, s:s, s:s, s:s, s:s}}", "posting", "officer", officer->id, "office",
            officer->office, "role", officer->role, "from", setup->opened_on, "order",
            arena_printf(setup->arena, "1/%.4s", setup->opened_on)));
}

const char *setup_state_code(struct arena *arena, const char *state_lgd)
{
    return arena_printf(arena, "S%s", state_lgd);
}

enum err setup_state(struct setup *setup, const struct place_state *state)
{
    const struct setup_office office = {
        .code = setup_state_code(setup->arena, state->lgd),
        .kind = "state_hq",
        .name = arena_printf(setup->arena, "Police headquarters, %s", state->name),
        .name_hi = arena_printf(setup->arena, "पुलिस मुख्यालय, %s", state->name_hi),
        .state_lgd = state->lgd,
    };
    return setup_office(setup, &office);
}

/* Kinds of station as the directory guesses them from names, in the words of list station_kind. */
static const char *station_kind(const char *kind)
{
    static const struct {
        const char *directory, *list;
    } kinds[] = {
        {"ordinary", "regular"},
        {"scst", "sc_st"},
        {"special", "crime_branch"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].directory, kind) == 0) return kinds[i].list;
    return kind;
}

enum err setup_stations(struct setup *setup, const struct place_district *district,
    const char *(*parent_of)(const struct place_station *station))
{
    const struct place_station *stations;
    size_t count = place_stations(&stations);
    for (size_t i = 0; i < count; i++) {
        const struct place_station *s = &stations[i];
        if (strcmp(s->district_code, district->code) != 0) continue;
        TRY(setup_office(setup, &(struct setup_office){.code = s->code,
                                    .kind = "ps",
                                    .station_kind = station_kind(s->kind),
                                    .parent = parent_of ? parent_of(s) : district->code,
                                    .name = arena_printf(setup->arena, "%s police station", s->name),
                                    .name_hi = arena_printf(setup->arena, "थाना %s", s->name),
                                    .state_lgd = s->state_lgd,
                                    .district = district->name,
                                    .station_code = s->code}));
    }
    return E_OK;
}

enum err setup_district(struct setup *setup, const struct place_district *district)
{
    return setup_office(
        setup, &(struct setup_office){.code = district->code,
                   .kind = "district",
                   .parent = setup_state_code(setup->arena, district->state_lgd),
                   .name = arena_printf(setup->arena, "SP office, %s", district->name),
                   .name_hi = arena_printf(setup->arena, "पुलिस अधीक्षक कार्यालय, %s",
                       district->name_hi && *district->name_hi ? district->name_hi : district->name),
                   .state_lgd = district->state_lgd,
                   .district = district->name});
}
