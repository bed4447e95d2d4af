/* panji file: one form from a JSON file, through the same door as a page. */
#include "app/open.h"
#include "base/json.h"

static const struct option_row options[] = {
    {"officer", "ID", "who files", NULL},
    {"office", "CODE", "at which of his postings", NULL},
    {"case", "ID", "the case it belongs to", NULL},
    {"to", "CODE", "office addressed", NULL},
    {"id", "UUID", "the entry's id, so that filing again files nothing", NULL},
    {"password-file", "FILE", "file with the officer's password", NULL},
    {0},
};

static void receipt_print(const struct arguments *arguments, const struct receipt *receipt)
{
    if (!arguments->json) {
        printf("%s%s%s entry %lld %s\n", receipt->number ? receipt->number : "", receipt->number ? " " : "",
            receipt->id, (long long)receipt->seq, receipt->again ? "(filed before)" : "filed");
        return;
    }
    json_t *json = json_pack("{s:s, s:I, s:s?, s:s?, s:s, s:I, s:b}", "id", receipt->id, "seq",
        (json_int_t)receipt->seq, "number", receipt->number, "case", receipt->case_id, "leaf", receipt->leaf,
        "filed_at", (json_int_t)receipt->filed_at, "again", receipt->again);
    json_dumpf(json, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(json);
}

static int file_as(struct arguments *arguments, struct node *node, const json_t *body, const char *password)
{
    struct problems problems = {.arena = arguments->arena};
    const char *officer = argument(arguments, "officer"), *to = argument(arguments, "to");
    enum err err = secrets_check(node_secrets(node), officer, password, node_clock(node), &problems);
    struct receipt receipt;
    struct filing filing = {
        .officer = officer,
        .office = argument(arguments, "office"),
        .case_id = argument(arguments, "case"),
        .id = argument(arguments, "id"),
        .form = arguments->operands[0],
        .body = body,
        .seen_size = -1,
        .to_count = to ? 1 : 0,
        .to = {to},
    };
    if (err == E_OK) err = file_entry(node, &filing, &problems, &receipt);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    receipt_print(arguments, &receipt);
    return 0;
}

static int run(struct arguments *arguments)
{
    if (!argument(arguments, "officer")) {
        fputs("panji file: needs --officer. panji file --help tells more.\n", stderr);
        return 2;
    }
    size_t n;
    const char *text = open_text(arguments, arguments->operands[1], FORM_BODY_BYTES_MAX, &n);
    if (!text) return err_exit_code(E_IO);
    struct problems problems = {.arena = arguments->arena};
    json_t *body CLEANUP(json_drop) = json_read(text, n, &problems);
    if (!body) return problems_print(arguments, &problems, E_PROBLEM);
    const char *password = open_password(arguments, "Password");
    if (!password) return 2;
    struct node *node;
    int code = open_node(arguments, false, &node);
    if (code) return code;
    code = file_as(arguments, node, body, password);
    node_close(node);
    return code;
}

const struct verb verb_file = {
    .name = "file",
    .summary = "file one form from a JSON file",
    .operands = "FORM BODY.json",
    .operands_min = 2,
    .operands_max = 2,
    .description =
        "Files one entry exactly as a page or the API would: the same checks, rules and numbers. "
        "BODY.json may be - for standard input. The folder must not be served at the time; file through "
        "the API then.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
