/* panji rebuild: makes every view anew from the entries. */
#include "app/open.h"

static int run(struct arguments *arguments)
{
    struct node *node;
    int code = open_node(arguments, false, &node);
    if (code) return code;
    int64_t entries = 0;
    struct register_fault fault = {.seq = -1};
    enum err err = node_rebuild(node, arguments->arena, &entries, &fault);
    node_close(node);
    if (err == E_OK) {
        printf("rebuilt from %lld entries\n", (long long)entries);
        return 0;
    }
    fprintf(stderr, "panji rebuild: %s%s%s\n", err_text(err), fault.what ? ": " : "",
        fault.what ? fault.what : "");
    return err_exit_code(err);
}

const struct verb verb_rebuild = {
    .name = "rebuild",
    .summary = "make all views anew from the entries",
    .operands = "",
    .description =
        "Cases, people, property, tasks and all other views are computed from the entries; this throws "
        "them away and makes the same tables again, row for row, in one transaction.",
    .takes_data = true,
    .run = run,
};
