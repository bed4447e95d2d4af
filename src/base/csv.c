/* base/csv: one pass over the text, each row copied field by field into the arena.
 *
 * Empty lines are skipped but counted, so that `row` is the row a spreadsheet shows. A quote that is never
 * closed swallows the rest of the file: there is no telling where the field was meant to end. */
#include "base/csv.h"

#include <string.h>

void csv_init(struct csv *csv, struct arena *arena, const char *text, size_t n)
{
    static const char mark[] = "\xEF\xBB\xBF";
    *csv = (struct csv){.arena = arena, .at = text, .end = text + n};
    if (n >= 3 && memcmp(text, mark, 3) == 0) csv->at += 3;
}

/* How many bytes end the line here: 0, 1 (LF) or 2 (CR LF). */
static size_t line_end(const struct csv *csv)
{
    if (csv->at < csv->end && *csv->at == '\n') return 1;
    if (csv->end - csv->at >= 2 && csv->at[0] == '\r' && csv->at[1] == '\n') return 2;
    return 0;
}

static void field_keep(struct csv *csv, const char *text)
{
    if (csv->field_count < CSV_FIELDS_MAX) csv->fields[csv->field_count++] = text;
    else csv->fault = "too many fields";
}

/* After the opening quote: copies up to the closing one, doubled quotes made one. */
static void field_quoted(struct csv *csv)
{
    const char *close = csv->at;
    while (close < csv->end && (*close != '"' || (close + 1 < csv->end && close[1] == '"')))
        close += *close == '"' ? 2 : 1;
    char *text = arena_alloc(csv->arena, (size_t)(close - csv->at) + 1);
    char *to = text;
    for (; csv->at < close; csv->at++) {
        *to++ = *csv->at;
        if (*csv->at == '"') csv->at++;
    }
    if (csv->at >= csv->end) {
        csv->fault = "a quote is not closed";
        csv->at = csv->end;
    } else {
        csv->at++;
    }
    if (memchr(text, '\0', (size_t)(to - text))) csv->fault = "a NUL byte";
    field_keep(csv, text);
}

static void field_plain(struct csv *csv)
{
    const char *start = csv->at;
    while (csv->at < csv->end && *csv->at != ',' && line_end(csv) == 0) {
        if (*csv->at == '"') csv->fault = "a quote inside a field without quotes";
        if (*csv->at == '\0') csv->fault = "a NUL byte";
        csv->at++;
    }
    field_keep(csv, arena_strndup(csv->arena, start, (size_t)(csv->at - start)));
}

static void field_read(struct csv *csv)
{
    if (csv->at == csv->end || *csv->at != '"') {
        field_plain(csv);
        return;
    }
    csv->at++;
    field_quoted(csv);
    if (csv->at == csv->end || *csv->at == ',' || line_end(csv) > 0) return;
    csv->fault = "text after a closing quote";
    while (csv->at < csv->end && *csv->at != ',' && line_end(csv) == 0) csv->at++;
}

bool csv_next(struct csv *csv)
{
    csv->field_count = 0;
    csv->fault = NULL;
    for (size_t n; csv->row++, (n = line_end(csv)) > 0;) csv->at += n;
    if (csv->at == csv->end) return false;
    for (;;) {
        field_read(csv);
        if (csv->at == csv->end || *csv->at != ',') break;
        csv->at++;
    }
    csv->at += line_end(csv);
    return true;
}
