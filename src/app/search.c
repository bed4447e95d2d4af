/* panji search: people by name, from the command line. For administrators: nothing is hidden, and the search
 * is written down like any other. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/open.h"
#include "base/json.h"
#include "base/words.h"
#include "people/people.h"

#define ASKED_BYTES_MAX ((size_t)1 << 16)

static const struct option_row options[] = {
    {"father", "NAME", "name of the father, husband or other relative", NULL},
    {"age", "YEARS", "age today, about", NULL},
    {"sex", "CODE", "male, female, transgender", NULL},
    {"district", "CODE", "code of a police district", NULL},
    {"phone", "NUMBER", "people with this phone", NULL},
    {"identity", "NUMBER", "people with this number of a document", NULL},
    {"vehicle", "NUMBER", "people named together with this vehicle", NULL},
    {"limit", "N", "how many people, at most 20", "10"},
    {"why", "WORDS", "what for; it is recorded with the search", NULL},
    {0},
};

static bool see_all(void *context, struct sighting *sighting)
{
    (void)context;
    (void)sighting;
    return true;
}

static bool may_all(void *context, const char *case_id)
{
    (void)context;
    (void)case_id;
    return true;
}

static bool key_all(void *context, const struct sighting *sighting, const char *confidential)
{
    (void)context;
    (void)sighting;
    (void)confidential;
    return true;
}

static enum err note(
    struct node *node, struct arguments *arguments, const struct people_query *query, size_t shown)
{
    struct buf asked;
    json_t *json CLEANUP(json_drop) = json_pack("{s:s*, s:s*, s:s*, s:s*, s:s*}", "name", query->name,
        "relative", query->relative, "phone", query->phone, "identity", query->identity, "vehicle",
        query->vehicle);
    buf_init(&asked, arguments->arena, ASKED_BYTES_MAX);
    json_canonical(&asked, json);
    int64_t id;
    return searches_note(node_searches(node),
        &(struct search_note){.at = node_clock(node),
            .officer = arena_printf(arguments->arena, "uid %u", (unsigned)getuid()),
            .office = "-",
            .kind = "search",
            .wide = true,
            .reason = argument(arguments, "why"),
            .query = asked.data,
            .shown = (int64_t)shown},
        &id);
}

static void found_print(struct arguments *arguments, const struct found_person *found)
{
    const struct mention_row *row = &found->sightings[0].row;
    printf("%s%s%s%s%s  %s\n", row->name ? row->name : "-", row->name_other ? " / " : "",
        row->name_other ? row->name_other : "", row->relative ? ", " : "", row->relative ? row->relative : "",
        found->ids[0]);
    for (size_t i = 0; found->hit && i < found->hit->reason_count; i++)
        printf("    %s\n", reason_words(arguments->arena, LANG_EN, &found->hit->reasons[i]));
    for (size_t i = 0; i < found->sighting_count; i++) {
        const struct sighting *sighting = &found->sightings[i];
        printf("    %s %s, %s: %s\n", sighting->case_row.id ? sighting->case_row.kind : "entry",
            sighting->case_row.number ? sighting->case_row.number : sighting->row.entry,
            sighting->case_row.id ? sighting->case_row.office : sighting->row.office, sighting->row.roles);
    }
}

static void answer_print(struct arguments *arguments, const struct people_answer *answer)
{
    if (!arguments->json) {
        for (size_t i = 0; i < answer->count; i++) found_print(arguments, &answer->list[i]);
        if (answer->count == 0) printf("nobody found\n");
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < answer->count; i++)
        json_array_append_new(list, found_json(arguments->arena, &answer->list[i]));
    json_t *json CLEANUP(json_drop) =
        json_pack("{s:o, s:o}", "people", list, "index", people_index_json(&answer->index));
    json_dumpf(json, stdout, JSON_INDENT(2));
    putchar('\n');
}

static enum err search_run(struct node *node, struct arguments *arguments, struct people_answer *ret)
{
    struct people *people;
    struct db *db CLEANUP(db_closep) = NULL;
    const char *age = argument(arguments, "age");
    struct people_query query = {
        .name = arguments->operand_count > 0 ? arguments->operands[0] : NULL,
        .relative = argument(arguments, "father"),
        .sex = argument(arguments, "sex"),
        .age_from = age ? (int)strtol(age, NULL, 10) : -1,
        .age_to = age ? (int)strtol(age, NULL, 10) : -1,
        .district = argument(arguments, "district"),
        .phone = argument(arguments, "phone"),
        .identity = argument(arguments, "identity"),
        .vehicle = argument(arguments, "vehicle"),
        .limit = strtoul(argument(arguments, "limit"), NULL, 10),
        .now = node_clock(node),
    };
    struct sight sight = {.may = may_all, .see = see_all, .key = key_all};
    TRY(node_reader(node, &db));
    TRY(people_open(node, false, &people));
    enum err err = people_ask(people, db, arguments->arena, &query, &sight, ret);
    people_close(people);
    return err == E_OK ? note(node, arguments, &query, ret->count) : err;
}

static int run(struct arguments *arguments)
{
    struct node *node;
    int code = open_node(arguments, false, &node);
    if (code) return code;
    struct people_answer answer = {.count = 0};
    words_load();
    enum err err = search_run(node, arguments, &answer);
    if (err == E_OK) answer_print(arguments, &answer);
    node_close(node);
    if (err == E_OK) return 0;
    fprintf(stderr, "panji search: %s\n", err_text(err));
    return err_exit_code(err);
}

const struct verb verb_search = {
    .name = "search",
    .summary = "find people by name in any script and spelling, or by an exact number",
    .operands = "[NAME]",
    .operands_max = 1,
    .description = "Finds people of this register and says why each was found. For administrators: nothing "
                   "is hidden, and the search is recorded with its reason. While the folder is being "
                   "served, search through the pages or the API.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
