/* panji import firs: a register of old FIRs from a CSV file, through the same door as a page.
 *
 * Rows in = new + already there + refused, and the three are told. Refused rows are written to
 * FILE.refused.csv with row, column and reason, so that they can be mended there and brought in again. */
#include <string.h>

#include "app/import.h"
#include "app/open.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

#define FILE_BYTES_MAX ((size_t)128 << 20)
#define MAP_BYTES_MAX ((size_t)4 << 20)
#define ROW_BYTES_MAX ((size_t)4 << 30) /* the whole file may be one row, copied several times */
#define BATCH_ROWS 500
#define FORM "fir_legacy"

static const struct option_row options[] = {
    {"map", "FILE", "which column is which field", NULL},
    {"officer", "ID", "who files", NULL},
    {"office", "CODE", "at which of his postings", NULL},
    {"password-file", "FILE", "file with the officer's password", NULL},
    {"dry-run", NULL, "check every row and file none", NULL},
    {0},
};

/* ---- one row ---- */

/* The column a problem's path belongs to. */
static enum cell cell_of_path(const char *path)
{
    static const struct {
        const char *path;
        enum cell cell;
    } paths[] = {{"register.reference", CELL_NUMBER}, {"register.number", CELL_NUMBER},
        {"register.year", CELL_YEAR}, {"register.registered_on", CELL_REGISTERED},
        {"register.registration_number", CELL_NATIONAL_NUMBER}, {"register.act_sections", CELL_SECTIONS},
        {"register.stage", CELL_STAGE}, {"register.officer_name", CELL_OFFICER},
        {"register.court_number", CELL_COURT_NUMBER}, {"register.report_number", CELL_REPORT_NUMBER},
        {"register.report_date", CELL_REPORT_DATE}, {"register.remarks", CELL_REMARKS},
        {"offences", CELL_SECTIONS}, {"occurrence.place", CELL_PLACE}, {"occurrence", CELL_OCCURRED},
        {"complainant", CELL_COMPLAINANT}, {"accused", CELL_ACCUSED}, {"contents", CELL_GIST}};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (strncmp(path, paths[i].path, strlen(paths[i].path)) == 0) return paths[i].cell;
    return CELL_COUNT;
}

/* Why file_entry() refused: the column and the words. */
static void problem_refuse(struct import *import, const struct problems *problems)
{
    const struct problem *first = &problems->list[0];
    if (strcmp(first->code, "id_used") == 0 || strcmp(first->code, "number_taken") == 0)
        import_refuse(import, import_heading(import, CELL_NUMBER),
            "this FIR number stands in the register with other content");
    else
        import_refuse(import, import_heading(import, cell_of_path(first->path)), first->text[LANG_EN]);
}

/* Files the row; E_OK also when it was refused. */
static enum err row_file(struct import *import, const struct import_row *row)
{
    struct problems problems = {.arena = import->arena};
    struct receipt receipt;
    const struct filing filing = {.officer = argument(import->arguments, "officer"),
        .office = argument(import->arguments, "office"),
        .id = row->id,
        .form = FORM,
        .seen_size = -1,
        .body = row->body};
    enum err err = file_entry(import->node, &filing, &problems, &receipt);
    if (err == E_PROBLEM) {
        problem_refuse(import, &problems);
        return E_OK;
    }
    if (err != E_OK) return err;
    import->again += receipt.again;
    import->added += !receipt.again;
    if (!row->note || receipt.again) return E_OK;
    import->noted++;
    json_array_append_new(import->notes, json_pack("{s:i, s:s, s:s}", "row", import->csv.row, "column",
                                             import_heading(import, CELL_SECTIONS), "reason", row->note));
    return E_OK;
}

/* What is wrong with the row as a row of a table; NULL. Empty cells behind the last column are no fault. */
static const char *row_fault(struct import *import)
{
    struct csv *csv = &import->csv;
    while (csv->field_count > import->column_count && !*csv->fields[csv->field_count - 1]) csv->field_count--;
    if (csv->fault) return csv->fault;
    if (csv->field_count != import->column_count)
        return arena_printf(
            import->arena, "%zu columns where the heading has %zu", csv->field_count, import->column_count);
    for (size_t i = 0; i < csv->field_count; i++)
        if (!text_valid(csv->fields[i], strlen(csv->fields[i]))) return "not UTF-8 text (an old Hindi font?)";
    return NULL;
}

static enum err row_import(struct import *import)
{
    import->rows++;
    const char *fault = row_fault(import);
    if (fault) {
        import_refuse(import, "", fault);
        return E_OK;
    }
    struct import_row row = {.arena = import->arena,
        .map = &import->map,
        .db = node_writer(import->node),
        .law = node_law(import->node),
        .today = time_day_number(node_clock(import->node)),
        .refused_cell = CELL_COUNT};
    for (size_t i = 0; i < CELL_COUNT; i++) {
        bool lines = i == CELL_ACCUSED || i == CELL_COMPLAINANT || i == CELL_GIST || i == CELL_REMARKS;
        row.cells[i] = import->places[i] < 0
                           ? ""
                           : text_clean(import->arena, import->csv.fields[import->places[i]], lines);
    }
    import_row_read(&row);
    enum err err = E_OK;
    if (row.refused)
        import_refuse(import, import_heading(import, row.refused_cell), row.refused);
    else
        err = row_file(import, &row);
    json_decref(row.body);
    return err;
}

/* ---- the file ---- */

static int malformed(const struct import *import, int row, const char *what)
{
    fprintf(stderr, "panji: %s: row %d: %s; nothing was taken\n", import->file, row, what);
    return 65;
}

/* A quote that is never closed swallows the rest of the file, so it is looked for first. */
static int file_check(struct import *import)
{
    struct csv csv;
    csv_init(&csv, import->arena, import->text, import->length);
    int rows = 0, code = 0;
    while (code == 0 && csv_next(&csv)) {
        rows++;
        if (csv.fault && csv.at == csv.end && strstr(csv.fault, "not closed"))
            code = malformed(import, csv.row, csv.fault);
        arena_reset(import->arena);
    }
    return rows == 0 ? malformed(import, 1, "the file is empty") : code;
}

/* Finds the mapped columns in the heading. */
static int heading_read(struct import *import)
{
    struct arena *kept = import->arguments->arena;
    csv_init(&import->csv, import->arena, import->text, import->length);
    import->heading_text = import->csv.at;
    if (!csv_next(&import->csv) || import->csv.fault) return malformed(import, 1, "no heading");
    import->heading_end = import->csv.at;
    while (import->csv.field_count > 0 && !*import->csv.fields[import->csv.field_count - 1])
        import->csv.field_count--;
    import->column_count = import->csv.field_count;
    import->headings = ARENA_ARRAY(kept, const char *, import->column_count + 1);
    for (size_t i = 0; i < import->column_count; i++) {
        if (!text_valid(import->csv.fields[i], strlen(import->csv.fields[i])))
            return malformed(import, 1, "the heading is not UTF-8 text");
        import->headings[i] = text_clean(kept, import->csv.fields[i], false);
    }
    for (size_t cell = 0; cell < CELL_COUNT; cell++) {
        import->places[cell] = -1;
        if (!import->map.columns[cell]) continue;
        for (size_t i = 0; i < import->column_count; i++)
            if (strcmp(import->headings[i], import->map.columns[cell]) == 0) import->places[cell] = (int)i;
        if (import->places[cell] < 0)
            return malformed(
                import, 1, arena_printf(kept, "there is no column '%s'", import->map.columns[cell]));
    }
    return 0;
}

/* A row of a spreadsheet that holds nothing at all. */
static bool row_empty(const struct csv *csv)
{
    for (size_t i = 0; i < csv->field_count; i++)
        if (csv->fields[i][strspn(csv->fields[i], " \t")]) return false;
    return !csv->fault;
}

/* Every so many rows become durable together. A dry run does all the same and makes nothing durable. */
static enum err batch_turn(struct import *import, bool dry)
{
    if (dry || ++import->batch_rows < BATCH_ROWS) return E_OK;
    import->batch_rows = 0;
    TRY(filing_batch_end(import->node));
    return filing_batch_begin(import->node);
}

static enum err rows_import(struct import *import, bool dry)
{
    TRY(filing_batch_begin(import->node));
    enum err err = E_OK;
    while (err == E_OK) {
        arena_reset(import->arena);
        import->row_text = import->csv.at;
        if (!csv_next(&import->csv)) break;
        if (row_empty(&import->csv)) continue;
        err = row_import(import);
        if (err == E_OK) err = batch_turn(import, dry);
    }
    if (dry) {
        db_rollback(node_writer(import->node));
        register_abandoned(node_register(import->node));
        return err;
    }
    enum err end = filing_batch_end(import->node);
    return err != E_OK ? err : end;
}

static int import_run(struct import *import, const char *password)
{
    struct arguments *arguments = import->arguments;
    struct problems problems = {.arena = arguments->arena};
    bool dry = argument(arguments, "dry-run") != NULL;
    enum err err = secrets_check(node_secrets(import->node), argument(arguments, "officer"), password,
        node_clock(import->node), &problems);
    if (err == E_OK) err = rows_import(import, dry);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    import_report(import, dry);
    return 0;
}

/* Reads file and map; 0, or the exit code after saying why. */
static int inputs_read(struct import *import)
{
    struct arguments *arguments = import->arguments;
    const char *map = argument(arguments, "map");
    if (strcmp(arguments->operands[0], "firs") != 0 || !map || !argument(arguments, "officer")) {
        fputs("panji import: firs FILE.csv with --map and --officer. panji import --help tells more.\n",
            stderr);
        return 2;
    }
    size_t n;
    const char *text = open_text(arguments, map, MAP_BYTES_MAX, &n);
    if (!text) return err_exit_code(E_IO);
    struct problems problems = {.arena = arguments->arena};
    if (import_map_read(arguments->arena, map, text, n, &problems, &import->map) != E_OK)
        return problems_print(arguments, &problems, E_PROBLEM);
    import->file = arguments->operands[1];
    import->text = open_text(arguments, import->file, FILE_BYTES_MAX, &import->length);
    if (!import->text) return err_exit_code(E_IO);
    int code = file_check(import);
    return code ? code : heading_read(import);
}

static int run(struct arguments *arguments)
{
    struct import import = {.arguments = arguments,
        .arena = arena_new(ROW_BYTES_MAX),
        .refusals = json_array(),
        .notes = json_array()};
    int code = inputs_read(&import);
    const char *password = code ? NULL : open_password(arguments, "Password");
    if (code == 0) code = password ? open_node(arguments, false, &import.node) : 2;
    if (code == 0) code = import_run(&import, password);
    node_close(import.node);
    if (import.refused_file && fclose(import.refused_file) != 0) code = err_exit_code(E_IO);
    json_decref(import.refusals);
    json_decref(import.notes);
    arena_free(import.arena);
    return code;
}

const struct verb verb_import = {
    .name = "import",
    .summary = "bring in a register of old FIRs",
    .operands = "firs FILE.csv",
    .operands_min = 2,
    .operands_max = 2,
    .description = "Files every row of a CSV file as an FIR from the old register. The map says which column "
                   "is which field. Rows "
                   "that cannot be taken are told and written to FILE.refused.csv with row, column and "
                   "reason; the others are taken. Running it "
                   "again takes only what is not there yet.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
