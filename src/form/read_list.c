/* form/read_list: code lists, and what `more` adds to them. */
#include <stdlib.h>
#include <string.h>

#include "form/read.h"

static int code_compare(const void *a, const void *b)
{
    return strcmp((*(const struct code *const *)a)->name, (*(const struct code *const *)b)->name);
}

static int list_compare(const void *a, const void *b)
{
    return strcmp((*(const struct list_index *const *)a)->list.name,
        (*(const struct list_index *const *)b)->list.name);
}

/* A code may begin with a digit; else it is a name. "filled" means any value in conditions. */
static bool is_code(const char *word)
{
    size_t n = strlen(word);
    return n < FORM_NAME_MAX && strspn(word, "abcdefghijklmnopqrstuvwxyz_0123456789") == n &&
           strcmp(word, "filled") != 0;
}

/* "motorcycle of vehicle K | Motorcycle | मोटरसाइकिल" */
static void code_read(struct reader *reader, const struct declaration *declaration, const struct line *line,
    struct code *ret_code)
{
    const struct source *source = declaration->source;
    *ret_code = (struct code){.name = ""};
    reader_labels(reader, source, line, &ret_code->label, NULL);
    size_t at = 1;
    if (line->word_count > 2 && strcmp(line->words[1], "of") == 0) {
        ret_code->parent = line->words[2];
        at = 3;
    }
    if (at < line->word_count && (strcmp(line->words[at], "K") == 0 || strcmp(line->words[at], "?") == 0))
        ret_code->mark = line->words[at++];
    if (at < line->word_count)
        reader_fault(reader, source, line->number, line_column(line, at),
            "'%.60s' does not belong here: a code line is CODE [of PARENT] [K or ?] and two labels",
            line->words[at]);
    if (line->word_count > 0 && is_code(line->words[0])) ret_code->name = line->words[0];
    else
        reader_fault(reader, source, line->number, line_column(line, 0),
            "'%.60s' is not a code: lower-case letters, digits and underscores, at most %d, and not 'filled'",
            line->word_count > 0 ? line->words[0] : "", FORM_NAME_MAX - 1);
}

/* Whether a declaration adds to this list: the list's own, or `more` of it. */
static bool adds_to(const struct declaration *declaration, const char *name)
{
    return (declaration->kind == DECLARED_LIST || declaration->kind == DECLARED_MORE) &&
           strcmp(declaration->name, name) == 0;
}

static void list_sort(struct reader *reader, struct list_index *index)
{
    index->sorted = ARENA_ARRAY(reader->arena, const struct code *, index->list.count + 1);
    for (size_t i = 0; i < index->list.count; i++) index->sorted[i] = &index->list.codes[i];
    if (index->list.count > 1) qsort(index->sorted, index->list.count, sizeof *index->sorted, code_compare);
}

/* Codes that stand twice are found in the sorted index; where the second stands is looked up by its address.
 */
static void codes_read(struct reader *reader, struct list_index *index)
{
    size_t count = 0, n = 0;
    for (size_t i = 0; i < reader->count; i++)
        if (adds_to(reader->declarations[i], index->list.name))
            count += reader->declarations[i]->line_count - 1;
    struct code *codes = ARENA_ARRAY(reader->arena, struct code, count + 1);
    const struct declaration **from = ARENA_ARRAY(reader->scratch, const struct declaration *, count + 1);
    const struct line **lines = ARENA_ARRAY(reader->scratch, const struct line *, count + 1);
    for (size_t i = 0; i < reader->count; i++) {
        const struct declaration *declaration = reader->declarations[i];
        if (!adds_to(declaration, index->list.name)) continue;
        for (size_t j = 1; j < declaration->line_count; j++, n++) {
            from[n] = declaration;
            lines[n] = declaration->lines[j];
            code_read(reader, declaration, lines[n], &codes[n]);
        }
    }
    index->list.codes = codes;
    index->list.count = count;
    list_sort(reader, index);
    for (size_t i = 1; i < count; i++) {
        if (!index->sorted[i]->name[0] || code_compare(&index->sorted[i - 1], &index->sorted[i]) != 0)
            continue;
        size_t left = (size_t)(index->sorted[i - 1] - codes), right = (size_t)(index->sorted[i] - codes);
        size_t second = left > right ? left : right;
        reader_fault(reader, from[second]->source, lines[second]->number, line_column(lines[second], 0),
            "code '%s' stands twice in list '%s'", codes[second].name, index->list.name);
    }
}

static void list_read(struct reader *reader, const struct declaration *declaration)
{
    const struct line *line = declaration->lines[0];
    struct list_index *index = ARENA_NEW(reader->arena, struct list_index);
    index->list.name = declaration->name;
    reader_labels(reader, declaration->source, line, &index->list.label, NULL);
    if (line->word_count == 4 && strcmp(line->words[2], "parent") == 0) {
        index->list.parent_list = line->words[3];
        if (!declaration_find(reader, DECLARED_LIST, line->words[3]))
            reader_fault(reader, declaration->source, line->number, line_column(line, 3),
                "there is no list '%.60s'", line->words[3]);
    } else if (line->word_count > 2) {
        reader_fault(reader, declaration->source, line->number, line_column(line, 2),
            "a list line is: list NAME [parent LIST] | label | label");
    }
    codes_read(reader, index);
    if (index->list.count == 0)
        reader_fault(reader, declaration->source, line->number, line_column(line, 1),
            "list '%s' has no codes", declaration->name);
    reader->forms->lists[reader->forms->list_count++] = index;
}

/* `of CODE` must name a code of the parent list; only known when all lists are there. */
static void parents_check(struct reader *reader, const struct declaration *declaration)
{
    const struct code_list *list = list_find(reader->forms, declaration->name);
    const struct code_list *parent = list && list->parent_list ? list_find(reader->forms, list->parent_list)
                                                               : NULL;
    if (!list) {
        const struct line *heading = declaration->lines[0];
        reader_fault(reader, declaration->source, heading->number, line_column(heading, 1),
            "there is no list '%s'", declaration->name);
    }
    for (size_t i = 1; list && i < declaration->line_count; i++) {
        const struct line *line = declaration->lines[i];
        if (line->word_count < 3 || strcmp(line->words[1], "of") != 0) continue;
        if (!list->parent_list)
            reader_fault(reader, declaration->source, line->number, line_column(line, 1),
                "list '%s' has no parent list", list->name);
        else if (parent && !code_find(parent, line->words[2]))
            reader_fault(reader, declaration->source, line->number, line_column(line, 2),
                "list '%s' has no code '%.60s'", parent->name, line->words[2]);
    }
}

void lists_read(struct reader *reader)
{
    struct forms *forms = reader->forms;
    forms->lists = ARENA_ARRAY(reader->arena, const struct list_index *, reader->count + 1);
    for (size_t i = 0; i < reader->count; i++)
        if (reader->declarations[i]->kind == DECLARED_LIST) list_read(reader, reader->declarations[i]);
    if (forms->list_count > 1) qsort(forms->lists, forms->list_count, sizeof *forms->lists, list_compare);
    for (size_t i = 0; i < reader->count; i++) {
        enum declared kind = reader->declarations[i]->kind;
        if (kind == DECLARED_LIST || kind == DECLARED_MORE) parents_check(reader, reader->declarations[i]);
    }
}
