/* panji rebuild: makes every view anew from the entries, and the search with them. */
#include "app/open.h"
#include "people/people.h"

static const struct option_row options[] = {
    {"search", NULL, "make only the search of people anew", NULL},
    {0},
};

static int failed(const char *what, enum err err)
{
    fprintf(stderr, "panji rebuild: %s%s%s\n", err_text(err), what ? ": " : "", what ? what : "");
    return err_exit_code(err);
}

static int views_make(struct node *node, struct arena *arena)
{
    int64_t entries = 0;
    struct register_fault fault = {.seq = -1};
    enum err err = node_rebuild(node, arena, &entries, &fault);
    if (err != E_OK) return failed(fault.what, err);
    printf("rebuilt from %lld entries\n", (long long)entries);
    return 0;
}

static int run(struct arguments *arguments)
{
    struct node *node;
    bool views = !argument(arguments, "search");
    int code = views ? open_node_rebuilding(arguments, &node) : open_node(arguments, false, &node);
    if (code) return code;
    if (views) code = views_make(node, arguments->arena);
    uint64_t count = 0;
    enum err err = code == 0 ? people_rebuild(node, &count) : E_OK;
    node_close(node);
    if (err != E_OK) return failed(NULL, err);
    if (code == 0) printf("the search knows %llu names\n", (unsigned long long)count);
    return code;
}

const struct verb verb_rebuild = {
    .name = "rebuild",
    .summary = "make all views, and the search, anew from the entries",
    .operands = "",
    .description =
        "Cases, people, property, tasks and all other views are computed from the entries; this throws "
        "them away and makes the same tables again, row for row, in one transaction. Then the index of the "
        "search of people is made anew from them; it gives the same answers.",
    .options = options,
    .takes_data = true,
    .run = run,
};
