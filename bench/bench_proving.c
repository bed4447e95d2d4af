/* How fast a register is proved from its first entry, and its views are made anew. */
#include <stdio.h>
#include <stdlib.h>

#include "fill.h"
#include "measure.h"

static void verify_measure(struct arena *arena, const char *folder)
{
    struct verify_report report;
    double start = seconds_now();
    if (node_verify(folder, arena, &report) != E_OK)
        give_up(
            "the register does not verify: %s, entry %lld", report.fault.what, (long long)report.fault.seq);
    double took = seconds_now() - start;
    table_note("entries of the register", (double)report.entries, "");
    table_row("verify: everything proved", (double)report.entries / took, "entries/s", AT_LEAST, 20000);
}

static void rebuild_measure(struct arena *arena, const char *folder)
{
    struct problems problems = {.arena = arena};
    struct node *node;
    if (node_open(&(struct node_options){.folder = folder}, &problems, &node) != E_OK)
        give_up("%s does not open", folder);
    struct register_fault fault;
    int64_t entries;
    double start = seconds_now();
    if (node_rebuild(node, arena, &entries, &fault) != E_OK) give_up("no rebuild: %s", fault.what);
    double took = seconds_now() - start;
    node_close(node);
    table_row("rebuild: all views made anew", (double)entries / took, "entries/s", AT_LEAST, 10000);
}

int main(void)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    table_begin("Proving a register and making its views anew");
    const char *folder = fill_cached(arena, setting("BENCH_ENTRIES", 200000));
    verify_measure(arena, folder);
    rebuild_measure(arena, folder);
    arena_free(arena);
    return table_end();
}
