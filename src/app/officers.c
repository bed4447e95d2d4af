/* panji officers: who is posted where; set a password, for the first sign-in and when one is forgotten. */
#include "app/open.h"
#include "base/json.h"
#include "base/time.h"

static const struct option_row options[] = {
    {"password", "ID", "set this officer's password; ends his sessions", NULL},
    {"password-file", "FILE", "file with the new password", NULL},
    {0},
};

static int password_set(struct arguments *arguments, const char *officer)
{
    struct node *node;
    struct problems problems = {.arena = arguments->arena};
    int code = open_node(arguments, false, &node);
    if (code) return code;
    struct officer row;
    enum err err = officer_get(node_writer(node), arguments->arena, officer, &row);
    if (err == E_NOT_FOUND) problem_add(&problems, "officer_unknown", "password", "id", officer, NULL);
    if (err == E_OK) {
        const char *password = open_password(arguments, "New password");
        if (!password) problem_add(&problems, "password_short", "password", "min", "10", NULL);
        err = password ? secrets_set_password(node_secrets(node), officer, password, false, &problems)
                       : E_PROBLEM;
    }
    node_close(node);
    return err == E_OK ? 0 : problems_print(arguments, &problems, err);
}

static void officer_print(
    struct arguments *arguments, struct db *db, const char *id, const char *name, json_t *list)
{
    struct posting *postings;
    size_t count = postings_at(db, arguments->arena, id, time_now(), &postings);
    for (size_t i = 0; i < count || i == 0; i++) {
        const char *office = count ? postings[i].office : NULL, *role = count ? postings[i].role : NULL;
        if (arguments->json)
            json_array_append_new(list, json_pack("{s:s, s:s, s:s?, s:s?}", "officer", id, "name", name,
                                            "office", office, "role", role));
        else
            printf("%-20s %-30s %-14s %s\n", id, name, office ? office : "-", role ? role : "-");
    }
}

static int officers_list(struct arguments *arguments, struct db *db)
{
    json_t *list = json_array();
    struct rows *rows = db_query_all(db, "SELECT id, name FROM officer ORDER BY id");
    while (db_next(rows))
        officer_print(
            arguments, db, row_dup(rows, 0, arguments->arena), row_dup(rows, 1, arguments->arena), list);
    if (arguments->json) {
        json_dumpf(list, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        putchar('\n');
    }
    json_decref(list);
    return err_exit_code(db_status(db));
}

static int run(struct arguments *arguments)
{
    const char *officer = argument(arguments, "password");
    if (officer) return password_set(arguments, officer);
    struct node *node;
    int code = open_node(arguments, true, &node);
    if (code) return code;
    struct db *db CLEANUP(db_closep) = NULL;
    enum err err = node_reader(node, &db);
    code = err == E_OK ? officers_list(arguments, db) : err_exit_code(err);
    node_close(node);
    return code;
}

const struct verb verb_officers = {
    .name = "officers",
    .summary = "list officers and postings; set a password",
    .operands = "",
    .description =
        "Lists officers with their present postings. Officers, postings and leave are entries like any "
        "other and are filed through pages, API or panji file; only passwords stand outside the register.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
