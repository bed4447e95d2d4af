/* panji export: the whole register as JSON lines: what another program needs to check it or to move it. */
#include <stdlib.h>

#include "app/open.h"
#include "base/id.h"

static const struct option_row options[] = {
    {"from", "PLACE", "first entry", "0"},
    {"without-bodies", NULL, "envelopes only: no personal data leaves", NULL},
    {0},
};

static void line_print(const struct entry *entry, bool bodies, struct arena *arena)
{
    struct buf line;
    buf_init(&line, arena, (size_t)4 << 20);
    buf_printf(&line, "{\"seq\":%lld,\"envelope\":", (long long)entry->seq);
    buf_add(&line, entry->envelope, entry->envelope_len);
    if (bodies && entry->body) {
        char salt[2 * SALT_SIZE + 1];
        hex_encode(salt, entry->salt, SALT_SIZE);
        buf_printf(&line, ",\"salt\":\"%s\",\"body\":", salt);
        buf_add(&line, entry->body, entry->body_len);
    }
    buf_puts(&line, "}\n");
    fwrite(line.data, 1, line.len, stdout);
}

static int run(struct arguments *arguments)
{
    struct node *node;
    int code = open_node(arguments, true, &node);
    if (code) return code;
    struct db *db CLEANUP(db_closep) = NULL;
    enum err err = node_reader(node, &db);
    if (err == E_OK) {
        struct arena *arena = arena_new((size_t)16 << 20);
        struct rows *rows = entry_walk(db, strtoll(argument(arguments, "from"), NULL, 10));
        for (struct entry entry; entry_walk_next(rows, arena, &entry); arena_reset(arena))
            line_print(&entry, !argument(arguments, "without-bodies"), arena);
        arena_free(arena);
        err = db_status(db);
    }
    node_close(node);
    if (err != E_OK) fprintf(stderr, "panji export: %s\n", err_text(err));
    return err_exit_code(err);
}

const struct verb verb_export = {
    .name = "export",
    .summary = "write the register as JSON lines",
    .operands = "",
    .description =
        "Writes every entry to standard output, one JSON object a line: its place, its envelope exactly "
        "as hashed, and its salt and body. Works while the folder is being served. What it writes is as "
        "confidential as the register.",
    .options = options,
    .takes_data = true,
    .run = run,
};
