/* practice/bodies and practice/things: what is written into each form, line by line.
 *
 *   body NAME
 *     PATH [if FLAG] [unless FLAG]         | value, English | value, Hindi
 *     person PATH LIST                     a person of the list: by reference once he is in the register
 *     thing PATH LIST                      the same for property
 *     address PATH scene|home|station
 *     each LIST                            the lines below, further in, once for every member; * in a path is
 * the row */
#include <string.h>

#include "app/practice/tables.h"
#include "base/builtin.h"

#define BODY_LINES_MAX 120
#define BLOCK_DEPTH_MAX 4

static enum body_line_kind line_kind(struct reading *reading)
{
    static const struct {
        const char *word;
        enum body_line_kind kind;
    } kinds[] = {
        {"person", BODY_PERSON},
        {"thing", BODY_THING},
        {"address", BODY_ADDRESS},
        {"each", BODY_EACH},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (reading_is(reading, kinds[i].word)) return kinds[i].kind;
    return BODY_FIELD;
}

static void line_read(struct reading *reading, struct body_line *line)
{
    line->number = reading->line.number;
    line->kind = line_kind(reading);
    if (line->kind != BODY_EACH) line->path = reading_word(reading);
    if (line->kind != BODY_FIELD) line->what = reading_word(reading);
    reading_test(reading, &line->test);
    if (reading->at < reading->line.word_count)
        reading_wrong(reading, "only if and unless may stand behind the path");
    line->value = reading_text(reading, 0);
    if (line->kind == BODY_FIELD && reading->line.column_count == 0)
        reading_wrong(reading, "the value is missing");
}

/* Lines deeper than `indent`, until one that is not; that one is left in the reader for the caller. */
void body_lines_read(struct reading *reading, struct body *body, int indent)
{
    struct {
        int indent;
        size_t line;
    } open[BLOCK_DEPTH_MAX];
    size_t depth = 0;
    body->lines = ARENA_ARRAY(reading->tables->arena, struct body_line, BODY_LINES_MAX);
    while (reading_next(reading) && reading->line.indent > indent) {
        while (depth && reading->line.indent <= open[depth - 1].indent)
            body->lines[open[--depth].line].end = body->count;
        if (body->count == BODY_LINES_MAX || depth == BLOCK_DEPTH_MAX) {
            reading_wrong(reading, "the body is too long or too deep");
            return;
        }
        struct body_line *line = &body->lines[body->count];
        line_read(reading, line);
        if (line->kind == BODY_EACH) {
            open[depth].indent = reading->line.indent;
            open[depth++].line = body->count;
        }
        body->count++;
    }
    while (depth) body->lines[open[--depth].line].end = body->count;
    reading->at = 0;
}

static bool bodies_file_read(struct tables *tables, const char *file)
{
    struct reading reading;
    if (!reading_open(&reading, tables, file)) return false;
    bool more = reading_next(&reading);
    while (more && !reading.wrong) {
        if (!reading_is(&reading, "body") ||
            tables->body_count == sizeof tables->bodies / sizeof *tables->bodies) {
            reading_wrong(&reading, "a body belongs here, or there are too many");
            break;
        }
        struct body *body = &tables->bodies[tables->body_count++];
        *body = (struct body){.name = reading_word(&reading), .file = file};
        int before = reading.line.number;
        body_lines_read(&reading, body, reading.line.indent);
        more = reading.line.number > before && reading.line.indent == 0;
    }
    return !reading.wrong;
}

static bool things_read(struct tables *tables)
{
    struct reading reading;
    if (!reading_open(&reading, tables, "practice/things")) return false;
    bool more = reading_next(&reading);
    while (more && !reading.wrong) {
        if (!reading_is(&reading, "thing") ||
            tables->thing_count == sizeof tables->things / sizeof *tables->things) {
            reading_wrong(&reading, "a thing belongs here, or there are too many");
            break;
        }
        struct thing_kind *thing = &tables->things[tables->thing_count++];
        *thing = (struct thing_kind){.name = reading_word(&reading), .body.file = "practice/things"};
        thing->body.name = thing->name;
        if (reading_is(&reading, "division")) thing->division = reading_word(&reading);
        if (reading_is(&reading, "store")) thing->store = reading_word(&reading);
        int before = reading.line.number;
        body_lines_read(&reading, &thing->body, reading.line.indent);
        more = reading.line.number > before && reading.line.indent == 0;
    }
    return !reading.wrong;
}

bool bodies_read(struct tables *tables)
{
    static const char folder[] = "practice/bodies/";
    bool read = things_read(tables);
    for (size_t i = 0; i < builtin_files_count && read; i++)
        if (strncmp(builtin_files[i].path, folder, sizeof folder - 1) == 0)
            read = bodies_file_read(tables, builtin_files[i].path);
    return read;
}
