/* form/read: cuts files into declarations and drives the reading of them. */
#include "form/read.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LINES_MAX 5000 /* in one file */

void reader_fault(struct reader *reader, const struct source *source, int line, int column,
    const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *words = arena_vprintf(reader->scratch, format, args);
    va_end(args);
    reader->fault_count++;
    problem_add(reader->problems, source->kept ? "form_kept_wrong" : "form_wrong", NULL, "what",
        arena_printf(reader->scratch, "%s:%d:%d: %s", source->name, line, column, words), NULL);
}

int line_column(const struct line *line, size_t at)
{
    if (at < line->word_count) return line->word_at[at];
    if (line->word_count == 0) return line->indent + 1;
    size_t last = line->word_count - 1;
    return line->word_at[last] + (int)strlen(line->words[last]);
}

bool read_number(const char *word, int64_t min, int64_t max, int64_t *ret)
{
    const char *digits = word + (*word == '-');
    size_t n = strlen(digits);
    if (n == 0 || n > 16 || strspn(digits, "0123456789") != n) return false;
    int64_t number = strtoll(word, NULL, 10);
    if (number < min || number > max) return false;
    *ret = number;
    return true;
}

bool read_range(const char *word, int *ret_min, int *ret_max)
{
    size_t first = strspn(word, "0123456789");
    int64_t min, max;
    char left[8];
    if (first == 0 || first >= sizeof left || word[first] != '-') return false;
    memcpy(left, word, first);
    left[first] = '\0';
    if (!read_number(left, 0, SECTION_ROWS_MAX, &min) ||
        !read_number(word + first + 1, 1, SECTION_ROWS_MAX, &max) || min > max)
        return false;
    *ret_min = (int)min;
    *ret_max = (int)max;
    return true;
}

const char *reader_name(struct reader *reader, const struct source *source, const struct line *line,
    size_t at)
{
    static const char *letters = "abcdefghijklmnopqrstuvwxyz_0123456789";
    if (at >= line->word_count) {
        reader_fault(reader, source, line->number, line_column(line, at), "a name is missing");
        return "";
    }
    const char *word = line->words[at];
    size_t n = strlen(word);
    if (n < FORM_NAME_MAX && word[0] >= 'a' && word[0] <= 'z' && strspn(word, letters) == n) return word;
    reader_fault(reader, source, line->number, line_column(line, at),
        "'%.60s' is not a name: lower-case letters, digits and underscores, a letter first, at most %d", word,
        FORM_NAME_MAX - 1);
    return "";
}

void reader_labels(struct reader *reader, const struct source *source, const struct line *line,
    struct label *ret_label, struct label *ret_help)
{
    static const char *const missing[] = {"the English label is missing", "the Hindi label is missing",
        "the English help is missing", "the Hindi help is missing"};
    size_t wanted = ret_help && line->column_count > 2 ? 4 : 2;
    int column = line_column(line, line->word_count);
    if (line->column_count > wanted)
        reader_fault(reader, source, line->number, column, "%zu columns are too many, %s", line->column_count,
            ret_help ? "at most 4: two labels and two helps" : "2 are wanted: English and Hindi label");
    for (size_t i = 0; i < wanted; i++) {
        bool there = i < line->column_count && line->columns[i][0];
        if (!there) reader_fault(reader, source, line->number, column, "%s", missing[i]);
        struct label *label = i < 2 ? ret_label : ret_help;
        label->text[i % 2] = there ? text_clean(reader->arena, line->columns[i], false) : "";
    }
}

static int declaration_compare(const void *a, const void *b)
{
    const struct declaration *left = *(struct declaration *const *)a,
                             *right = *(struct declaration *const *)b;
    if (left->kind != right->kind) return left->kind < right->kind ? -1 : 1;
    int order = strcmp(left->name, right->name);
    if (order == 0) order = right->source->locked - left->source->locked; /* what is built in comes first */
    if (order == 0) order = left->version - right->version;
    return order != 0 ? order : left->extension - right->extension;
}

struct declaration *declaration_find(const struct reader *reader, enum declared kind, const char *name)
{
    size_t low = 0, high = reader->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct declaration *here = reader->declarations[middle];
        bool before = here->kind != kind ? here->kind < kind : strcmp(here->name, name) < 0;
        if (before) low = middle + 1;
        else high = middle;
    }
    struct declaration *found = low < reader->count ? reader->declarations[low] : NULL;
    return found && found->kind == kind && strcmp(found->name, name) == 0 ? found : NULL;
}

static bool heading_kind(const char *word, enum declared *ret)
{
    static const char *const words[] = {[DECLARED_LIST] = "list",
        [DECLARED_MORE] = "more",
        [DECLARED_COMPOSITE] = "composite",
        [DECLARED_FORM] = "form",
        [DECLARED_EXTEND] = "extend"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i]) != 0) continue;
        *ret = (enum declared)i;
        return true;
    }
    return false;
}

/* The version numbers of "form NAME 1" and "extend NAME 1 by 2". */
static void versions_read(struct reader *reader, struct declaration *declaration)
{
    const struct line *line = declaration->lines[0];
    int64_t version, extension;
    if (line->word_count < 3 || !read_number(line->words[2], 1, FORM_VERSION_MAX, &version)) {
        reader_fault(reader, declaration->source, line->number, line_column(line, 2),
            "a version from 1 to %d is wanted", FORM_VERSION_MAX);
        return;
    }
    declaration->version = (int)version;
    if (declaration->kind != DECLARED_EXTEND) return;
    if (line->word_count < 5 || strcmp(line->words[3], "by") != 0 ||
        !read_number(line->words[4], 1, EXTENSION_VERSION_MAX, &extension)) {
        reader_fault(reader, declaration->source, line->number, line_column(line, 3),
            "'by' and the extension's version from 1 to %d are wanted", EXTENSION_VERSION_MAX);
        return;
    }
    declaration->extension = (int)extension;
}

static struct declaration *declaration_add(struct reader *reader, const struct source *source,
    enum declared kind, struct line *line)
{
    struct declaration *declaration = ARENA_NEW(reader->scratch, struct declaration);
    *declaration = (struct declaration){.kind = kind, .source = source, .line_cap = 64};
    declaration->lines = ARENA_ARRAY(reader->scratch, struct line *, declaration->line_cap);
    declaration->lines[declaration->line_count++] = line;
    declaration->name = reader_name(reader, source, line, 1);
    if (kind == DECLARED_FORM || kind == DECLARED_EXTEND) versions_read(reader, declaration);
    if (reader->count == reader->cap) {
        size_t cap = reader->cap ? reader->cap * 2 : 256;
        struct declaration **grown = ARENA_ARRAY(reader->scratch, struct declaration *, cap);
        if (reader->count > 0) memcpy(grown, reader->declarations, reader->count * sizeof *grown);
        reader->declarations = grown;
        reader->cap = cap;
    }
    reader->declarations[reader->count++] = declaration;
    return declaration;
}

static void declaration_add_line(struct reader *reader, struct declaration *declaration, struct line *line)
{
    if (declaration->line_count == declaration->line_cap) {
        struct line **grown = ARENA_ARRAY(reader->scratch, struct line *, declaration->line_cap * 2);
        memcpy(grown, declaration->lines, declaration->line_count * sizeof *grown);
        declaration->lines = grown;
        declaration->line_cap *= 2;
    }
    declaration->lines[declaration->line_count++] = line;
}

/* Where the last line read begins. A mark of byte order belongs to the file, not to the line. */
static const char *line_start(const struct source *source, const struct lines *lines)
{
    const char *at = lines->at;
    if (at > source->text && at[-1] == '\n') at--;
    while (at > source->text && at[-1] != '\n') at--;
    return at == source->text && strncmp(at, "\xEF\xBB\xBF", 3) == 0 ? at + 3 : at;
}

void source_read(struct reader *reader, const struct source *source)
{
    if (!text_valid(source->text, source->len)) {
        reader_fault(reader, source, 1, 1, "the file is not UTF-8 text");
        return;
    }
    struct lines lines;
    struct declaration *declaration = NULL;
    const char *start = source->text;
    lines_init(&lines, reader->arena, source->name, source->text, source->len);
    for (size_t count = 0;; count++) {
        struct line *line = ARENA_NEW(reader->scratch, struct line);
        if (!lines_next(&lines, line)) break;
        if (count == LINES_MAX) {
            reader_fault(reader, source, line->number, 1, "a file has at most %d lines", LINES_MAX);
            return;
        }
        enum declared kind;
        const char *first = line->word_count > 0 ? line->words[0] : "";
        if (line->indent == 0 && heading_kind(first, &kind)) {
            start = line_start(source, &lines);
            declaration = declaration_add(reader, source, kind, line);
        } else if (declaration && (line->indent > 0 || strcmp(first, "section") == 0)) {
            declaration_add_line(reader, declaration, line);
        } else {
            reader_fault(reader, source, line->number, 1,
                "'%.60s' opens nothing: form, extend, composite, list, more or section stands at the margin",
                first);
        }
        if (!declaration) continue;
        declaration->text = start;
        declaration->text_len = (size_t)(lines.at - start);
    }
    if (lines.too_long)
        reader_fault(reader, source, lines.number, 1, "a line has at most %d words and %d columns",
            LINE_WORDS_MAX, LINE_COLUMNS_MAX);
}

/* The second of two with one name, and a state's own under a built-in name. */
static void duplicates_tell(struct reader *reader)
{
    for (size_t i = 1, first = 0; i < reader->count; i++) {
        const struct declaration *right = reader->declarations[i], *left = reader->declarations[i - 1];
        if (left->kind != right->kind || strcmp(left->name, right->name) != 0) first = i;
        if (first == i || !right->name[0] || right->kind == DECLARED_MORE) continue;
        bool same = left->version == right->version && left->extension == right->extension;
        bool locked = reader->declarations[first]->source->locked && !right->source->locked;
        if (locked) left = reader->declarations[first];
        const struct line *line = right->lines[0];
        if (locked && right->kind != DECLARED_EXTEND)
            reader_fault(reader, right->source, line->number, line_column(line, 1),
                "'%s' is built in (%s:%d) and cannot be changed: use extend or more", right->name,
                left->source->name, left->lines[0]->number);
        else if (same)
            reader_fault(reader, right->source, line->number, line_column(line, 1),
                "'%s' is already declared in %s:%d", right->name, left->source->name, left->lines[0]->number);
    }
}

void declarations_sort(struct reader *reader)
{
    if (reader->count > 1)
        qsort(reader->declarations, reader->count, sizeof *reader->declarations, declaration_compare);
}

enum err forms_read(struct forms *forms, const struct source *sources, size_t count,
    const struct kept_texts *kept, struct problems *problems)
{
    struct reader reader = {.forms = forms, .arena = forms->arena, .problems = problems};
    reader.scratch = arena_new((size_t)1 << 30);
    for (size_t i = 0; i < count; i++) source_read(&reader, &sources[i]);
    declarations_sort(&reader);
    duplicates_tell(&reader);
    lists_read(&reader);
    composites_read(&reader);
    forms_and_extensions_read(&reader);
    if (reader.fault_count == 0) texts_gather(&reader);
    if (reader.fault_count == 0 && kept) growth_check(&reader, kept);
    if (reader.fault_count == 0 && kept) kept_forms_read(&reader, kept);
    awaited_index(forms);
    arena_free(reader.scratch);
    return reader.fault_count > 0 ? E_PROBLEM : E_OK;
}
