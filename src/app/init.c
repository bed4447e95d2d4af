/* panji init: a new register with its office tree and its first administrator. */
#include <string.h>

#include "app/open.h"
#include "app/setup.h"
#include "base/time.h"

static const struct option_row options[] = {
    {"name", "NAME", "the node's name, as in checkpoints: balodabazar.example", NULL},
    {"places", "WHAT", "offices to open: a police district by name, a State by its LGD code, or all", NULL},
    {"founder", "ID", "officer id of the first administrator", "admin"},
    {"founder-name", "NAME", "his or her name", "Administrator"},
    {"password-file", "FILE", "file with the first administrator's password", NULL},
    {"practice", NULL, "a register for training: marked as such for ever", NULL},
    {0},
};

/* States and districts the word names; false when none. */
static bool state_wanted(const char *places, const struct place_state *state)
{
    const struct place_district *district = place_district_named(places);
    return strcmp(places, "all") == 0 || strcmp(places, state->lgd) == 0 ||
           (district && strcmp(district->state_lgd, state->lgd) == 0);
}

static bool district_wanted(const char *places, const struct place_district *row)
{
    const struct place_district *named = place_district_named(places);
    if (!row->state_lgd) return false; /* units of the Union, under no State */
    return strcmp(places, "all") == 0 || strcmp(places, row->state_lgd) == 0 ||
           (named && strcmp(named->code, row->code) == 0);
}

/* Opens the offices and gives the code of the office at the top of them. */
static enum err offices_open(struct setup *setup, const char *places, const char **ret_top)
{
    const struct place_state *states;
    size_t state_count = place_states(&states);
    for (size_t i = 0; i < state_count; i++) {
        if (!state_wanted(places, &states[i])) continue;
        TRY(setup_state(setup, &states[i]));
        if (!*ret_top) *ret_top = setup_state_code(setup->arena, states[i].lgd);
    }
    const struct place_district *districts;
    size_t district_count = place_districts(&districts);
    for (size_t i = 0; i < district_count; i++) {
        if (!district_wanted(places, &districts[i])) continue;
        TRY(setup_district(setup, &districts[i]));
        TRY(setup_stations(setup, &districts[i], NULL));
        if (place_district_named(places)) *ret_top = districts[i].code;
    }
    return E_OK;
}

static enum err register_fill(struct setup *setup, struct arguments *arguments)
{
    const char *top = NULL, *places = argument(arguments, "places");
    TRY(filing_batch_begin(setup->node));
    enum err err = setup_node(setup, argument(arguments, "name"), argument(arguments, "practice") != NULL);
    if (err == E_OK) err = offices_open(setup, places, &top);
    if (err == E_OK && !top) {
        problem_add(setup->problems, "place_unknown", "places", "place", places, NULL);
        err = E_PROBLEM;
    }
    if (err == E_OK)
        err = setup_officer(setup, &(struct setup_officer){.id = setup->officer,
                                       .name = argument(arguments, "founder-name"),
                                       .rank = "ministerial",
                                       .office = top,
                                       .role = "administrator"});
    enum err end = filing_batch_end(setup->node);
    return err != E_OK ? err : end;
}

static int run(struct arguments *arguments)
{
    struct problems problems = {.arena = arguments->arena};
    if (!argument(arguments, "name") || !argument(arguments, "places")) {
        fputs("panji init: needs --name and --places. panji init --help tells more.\n", stderr);
        return 2;
    }
    const char *password = open_password(arguments, "Password of the first administrator");
    if (!password) return 2;
    struct node *node;
    enum err err = node_open(
        &(struct node_options){
            .folder = arguments->data, .create = true, .name = argument(arguments, "name")},
        &problems, &node);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    const char *founder = argument(arguments, "founder");
    struct setup setup = {
        .node = node,
        .arena = arguments->arena,
        .problems = &problems,
        .officer = founder,
        .opened_on = time_date_text(arguments->arena, time_day_number(node_clock(node))),
    };
    err = secrets_set_password(node_secrets(node), founder, password, false, &problems);
    if (err == E_OK) err = register_fill(&setup, arguments);
    int64_t entries = register_size(node_register(node));
    node_close(node);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    printf("%s: %lld entries. Sign in as %s after: panji serve --data %s\n", arguments->data,
        (long long)entries, founder, arguments->data);
    return 0;
}

const struct verb verb_init = {
    .name = "init",
    .summary = "make a new register with its offices and first administrator",
    .operands = "",
    .description =
        "Makes the data folder, signs the first checkpoint, opens the offices of a district, a State or "
        "the whole country from the built-in directory, and posts the first administrator at the topmost "
        "of them.",
    .options = options,
    .takes_data = true,
    .run = run,
};
