/* What the importer tells: counts and reasons for people or as JSON, and the file of refused rows. */
#include <errno.h>
#include <string.h>

#include "app/import.h"
#include "base/json.h"

#define SHOWN_MAX 20

static void csv_put(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"') fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

/* A row as it stands in the file, without its line end. */
static void raw_put(FILE *out, const char *from, const char *end)
{
    while (from < end && strchr("\r\n", *from)) from++;
    while (end > from && strchr("\r\n", end[-1])) end--;
    fputc(',', out);
    fwrite(from, 1, (size_t)(end - from), out);
    fputc('\n', out);
}

static bool refused_open(struct import *import)
{
    const char *path = arena_printf(import->arguments->arena, "%s.refused.csv", import->file);
    import->refused_file = fopen(path, "w");
    if (!import->refused_file) {
        fprintf(stderr, "panji: %s: %s\n", path, strerror(errno));
        return false;
    }
    fputs("refused_row,refused_column,refused_reason", import->refused_file);
    raw_put(import->refused_file, import->heading_text, import->heading_end);
    return true;
}

const char *import_heading(const struct import *import, enum cell cell)
{
    return cell < CELL_COUNT && import->map.columns[cell] ? import->map.columns[cell] : "";
}

void import_refuse(struct import *import, const char *column, const char *reason)
{
    import->refused++;
    json_array_append_new(import->refusals,
        json_pack("{s:i, s:s, s:s}", "row", import->csv.row, "column", column, "reason", reason));
    if (!import->refused_file && !refused_open(import)) return;
    fprintf(import->refused_file, "%d,", import->csv.row);
    csv_put(import->refused_file, column);
    fputc(',', import->refused_file);
    csv_put(import->refused_file, reason);
    raw_put(import->refused_file, import->row_text, import->csv.at);
}

static void list_print(const json_t *list, const char *title)
{
    size_t i;
    json_t *item;
    if (json_array_size(list) > 0) printf("\n%s\n", title);
    json_array_foreach(list, i, item)
    {
        const char *column = json_text(item, "column");
        if (i < SHOWN_MAX)
            printf("  row %lld%s%s: %s\n", (long long)json_int(item, "row", 0), *column ? ", " : "", column,
                json_text(item, "reason"));
    }
    if (json_array_size(list) > SHOWN_MAX) printf("  and %zu more\n", json_array_size(list) - SHOWN_MAX);
}

void import_report(const struct import *import, bool dry)
{
    if (import->arguments->json) {
        json_t *report = json_pack("{s:s, s:b, s:i, s:i, s:i, s:i, s:i, s:O, s:O}", "file", import->file,
            "dry_run", dry, "rows", import->rows, "new", import->added, "already_there", import->again,
            "refused", import->refused, "noted", import->noted, "refusals", import->refusals, "notes",
            import->notes);
        json_dumpf(report, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        putchar('\n');
        json_decref(report);
        return;
    }
    printf("%s%s\n  rows           %8d\n  new            %8d\n  already there  %8d\n  refused        %8d\n",
        import->file, dry ? " (dry run, nothing was filed)" : "", import->rows, import->added, import->again,
        import->refused);
    list_print(import->refusals, "Refused:");
    if (import->refused > 0) printf("All of them, as they were: %s.refused.csv\n", import->file);
    list_print(import->notes, "Taken, but not all sections were understood; they are kept as written:");
}
