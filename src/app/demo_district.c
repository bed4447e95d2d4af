/* The offices and officers of the practice district, filed one by one as an administrator would. */
#include <string.h>

#include "app/demo.h"

#define STATE_LGD "22"
#define DISTRICT_CODE "33302"

static const char *office_code(const struct tables *tables, const char *key)
{
    const struct practice_office *office = key ? table_office(tables, key) : NULL;
    return office ? office->code : NULL;
}

/* Stations of the national list keep its code; their kind is guessed there from the name. */
static enum err office_open(struct demo *demo, const struct practice_office *office)
{
    const struct place_station *station = place_station(office->code);
    bool ps = strcmp(office->kind, "ps") == 0, district = strcmp(office->kind, "district") == 0;
    return setup_office(&demo->setup,
        &(struct setup_office){.code = office->code,
            .kind = office->kind,
            .station_kind = ps ? station && strcmp(station->kind, "scst") == 0 ? "sc_st" : "regular" : NULL,
            .parent = district ? setup_state_code(demo->setup.arena, STATE_LGD)
                               : office_code(demo->tables, office->parent),
            .name = office->name.text[LANG_EN],
            .name_hi = office->name.text[LANG_HI],
            .state_lgd = STATE_LGD,
            .district = place_district(DISTRICT_CODE)->name,
            .station_code = station ? office->code : NULL});
}

/* "sho.palari", "io2.palari"; an office that is called like the post gives the whole name: "sdpo.kasdol". */
static const char *officer_id(
    struct arena *arena, const struct practice_post *post, const char *key, int number)
{
    if (strncmp(key, post->id, strlen(post->id)) == 0) return key;
    return post->times > 1 ? arena_printf(arena, "%s%d.%s", post->id, number, key)
                           : arena_printf(arena, "%s.%s", post->id, key);
}

/* A word pair and two figures, drawn for this officer: easy to read out in a classroom, worthless elsewhere.
 */
static const char *password_make(struct demo *demo)
{
    static const char *const words[] = {"mahanadi", "shivnath", "jonk", "arpa", "tendu", "mahua", "sarai",
        "palash", "dhan", "bagan", "talab", "madai", "suwa", "karma", "bastar", "sirpur"};
    size_t first = dice_below(&demo->dice, sizeof words / sizeof *words);
    size_t second = dice_below(&demo->dice, sizeof words / sizeof *words);
    return arena_printf(
        demo->setup.arena, "%s-%s-%02d", words[first], words[second], dice_between(&demo->dice, 0, 99));
}

static struct table_text name_make(struct demo *demo)
{
    const struct tables *t = demo->tables;
    const struct name_table *given = dice_percent(&demo->dice, 22) ? &t->women : &t->men;
    const struct practice_name *surname = &t->surnames.rows[dice_below(&demo->dice, t->surnames.count)],
                               *name;
    do name = &given->rows[dice_below(&demo->dice, given->count)];
    while (strcmp(name->religion, surname->religion) != 0);
    struct table_text text;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        text.text[lang] =
            arena_printf(demo->setup.arena, "%s %s", name->text.text[lang], surname->text.text[lang]);
    return text;
}

static void officer_add(
    struct demo *demo, const struct practice_post *post, const struct practice_office *office, int number)
{
    if (demo->officer_count == DEMO_OFFICERS_MAX) return;
    bool station = strcmp(office->kind, "ps") == 0;
    demo->officers[demo->officer_count++] = (struct demo_officer){
        .id = officer_id(demo->setup.arena, post, office->key, number),
        .password = password_make(demo),
        .office = office->code,
        .role = post->role,
        .rank = post->rank,
        .name = name_make(demo),
        .office_name = office->name,
        .useful = number == 1 && (!station || strcmp(office->key, "palari") == 0),
    };
}

static bool post_at(const struct practice_post *post, const struct practice_office *office)
{
    if (strncmp(post->kind, "key:", 4) == 0) return strcmp(post->kind + 4, office->key) == 0;
    return strcmp(post->kind, office->kind) == 0;
}

static void officers_make(struct demo *demo)
{
    const struct tables *t = demo->tables;
    for (size_t i = 0; i < t->office_count; i++)
        for (size_t k = 0; k < t->post_count; k++)
            for (int n = 1; n <= t->posts[k].times; n++)
                if (post_at(&t->posts[k], &t->offices[i])) officer_add(demo, &t->posts[k], &t->offices[i], n);
}

static enum err officer_open(struct demo *demo, const struct demo_officer *officer)
{
    TRY(setup_officer(&demo->setup, &(struct setup_officer){.id = officer->id,
                                        .name = officer->name.text[LANG_EN],
                                        .name_hi = officer->name.text[LANG_HI],
                                        .rank = officer->rank,
                                        .office = officer->office,
                                        .role = officer->role}));
    return secrets_set_password(
        node_secrets(demo->setup.node), officer->id, officer->password, true, demo->setup.problems);
}

/* The founder is posted first: from then on he files as administrator. */
static enum err officers_open(struct demo *demo)
{
    for (size_t i = 0; i < demo->officer_count; i++)
        if (strcmp(demo->officers[i].id, demo->setup.officer) == 0)
            TRY(officer_open(demo, &demo->officers[i]));
    for (size_t i = 0; i < demo->officer_count; i++)
        if (strcmp(demo->officers[i].id, demo->setup.officer) != 0)
            TRY(officer_open(demo, &demo->officers[i]));
    return E_OK;
}

enum err demo_district_open(struct demo *demo)
{
    officers_make(demo);
    TRY(setup_node(&demo->setup, "Practice district Baloda Bazar-Bhatapara", true));
    TRY(setup_state(&demo->setup, place_state(STATE_LGD)));
    for (size_t i = 0; i < demo->tables->office_count; i++) TRY(office_open(demo, &demo->tables->offices[i]));
    return officers_open(demo);
}
