/* panji clocks: the time limits this program knows; `clocks check` reads those of a folder and tells every
 * fault; with a node's folder, what is late or coming there. For administrators; names of persons are never
 * printed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/open.h"
#include "base/time.h"
#include "report/table.h"
#include "view/clock_lists.h"

#define ROWS_MAX 10000
#define CSV_BYTES_MAX ((size_t)32 << 20)

static const struct option_row options[] = {
    {"office", "CODE", "of this office and those below it; all offices otherwise", NULL},
    {"days", "N", "coming: due within so many days", "7"},
    {"clock", "ID", "this clock only", NULL},
    {0},
};

/* ---- what is declared ---- */

static void clocks_print(const struct clocks *clocks, bool check)
{
    if (check) printf("%zu clocks, %zu events, no fault\n", clocks_count(clocks), clocks_event_count(clocks));
    for (size_t i = 0; !check && i < clocks_count(clocks); i++) {
        const struct clock_words *words = clock_at(clocks, i);
        printf("%-28s %-5s %s  %-40s %s | %s\n", words->id, clock_kind_word(words->kind), words->mark,
            words->law, words->label[LANG_EN], words->label[LANG_HI]);
    }
}

/* folder NULL: only what is built in. */
static int declared(struct arguments *arguments, const char *folder, bool check)
{
    struct problems problems = {.arena = arguments->arena};
    struct law *law = NULL;
    struct forms *forms = NULL;
    struct clocks *clocks = NULL;
    const char *own = folder ? arena_printf(arguments->arena, "%s/forms", folder) : NULL;
    if (own && access(own, F_OK) != 0) own = NULL;
    enum err err = law_load(&problems, &law);
    if (err == E_OK) err = forms_load(own, NULL, &problems, &forms);
    if (err == E_OK) err = clocks_declared(law, forms, folder, &problems, &clocks);
    if (err == E_OK) clocks_print(clocks, check);
    clocks_free(clocks);
    forms_free(forms);
    law_free(law);
    return err == E_OK ? 0 : problems_print(arguments, &problems, err);
}

/* ---- what is late or coming ---- */

static void lines_print(struct arguments *arguments, const struct clock_line *lines, size_t count)
{
    struct table table;
    table_init(&table, arguments->arena, "clocks");
    static const char *const texts[] = {"case", "clock", "law", "state", "office", "officer", "case_office"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) table_column(&table, texts[i], TABLE_TEXT);
    table_column(&table, "due", TABLE_TIME);
    for (size_t i = 0; i < count; i++) {
        struct table_value *value = table_row_add(&table);
        value[0].text = lines[i].number ? lines[i].number : lines[i].thread_id;
        value[1].text = lines[i].words->id;
        value[2].text = lines[i].words->law;
        value[3].text = clock_state_word(lines[i].state);
        value[4].text = lines[i].office;
        value[5].text = lines[i].officer;
        value[6].text = lines[i].case_office;
        value[7].number = lines[i].row.due == CLOCK_NEVER ? 0 : lines[i].row.due;
    }
    struct buf text;
    buf_init(&text, arguments->arena, CSV_BYTES_MAX);
    table_csv(&table, &text);
    fwrite(text.data, 1, text.len, stdout);
}

static int listed(struct arguments *arguments, enum clock_which which)
{
    struct node *node;
    int code = open_node(arguments, true, &node);
    if (code) return code;
    int64_t now = node_clock(node);
    const struct clock_filter filter = {
        .office = argument(arguments, "office"),
        .which = which,
        .until = now + strtol(argument(arguments, "days"), NULL, 10) * TIME_DAY_MS,
        .clock = argument(arguments, "clock"),
        .kind = -1,
        .limit = ROWS_MAX,
    };
    struct clock_line *lines;
    size_t count;
    bool more;
    struct db *db CLEANUP(db_closep) = NULL;
    enum err err = node_reader(node, &db);
    if (err == E_OK)
        err = clock_list(db, node_views(node), arguments->arena, NULL, &filter, now, &lines, &count, &more);
    if (err == E_OK)
        lines_print(arguments, lines, count);
    else
        fprintf(stderr, "panji clocks: %s\n", err == E_NOT_FOUND ? "no such office" : err_text(err));
    node_close(node);
    return err == E_OK ? 0 : err_exit_code(err);
}

static int run(struct arguments *arguments)
{
    const char *what = arguments->operand_count > 0 ? arguments->operands[0] : "";
    const char *folder = arguments->operand_count > 1 ? arguments->operands[1] : NULL;
    if (strcmp(what, "late") == 0) return listed(arguments, CLOCKS_LATE);
    if (strcmp(what, "coming") == 0) return listed(arguments, CLOCKS_COMING);
    if (strcmp(what, "check") == 0 || !*what) return declared(arguments, folder, *what);
    fprintf(stderr, "panji clocks: '%s' is not check, late or coming\n", what);
    return 2;
}

const struct verb verb_clocks = {
    .name = "clocks",
    .summary = "list or check the law's time limits, or what is late or coming",
    .operands = "[check [DIR] | late | coming]",
    .operands_max = 2,
    .description =
        "Without a word lists the time limits built in. `clocks check DIR` reads those of a data folder with "
        "the "
        "built-in ones and tells every fault with file and line. `clocks late` and `clocks coming` print, as "
        "CSV, "
        "what the offices of the node at --data owe: what is over its time, or falls due within --days.",
    .options = options,
    .takes_data = true,
    .run = run,
};
