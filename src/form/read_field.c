/* form/read_field: one field line, "name TYPE WORDS… | label | label | help | help". */
#include <stdarg.h>
#include <string.h>

#include "form/read.h"
#include "form/type.h"

#define TEXT_LENGTH 200
#define LONGTEXT_LENGTH 20000
#define LENGTH_MAX 100000
#define INTEGER_MAX 9007199254740991

void draft_fault(const struct draft *draft, const struct line *line, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *words = arena_vprintf(draft->reader->scratch, format, args);
    va_end(args);
    reader_fault(draft->reader, draft->declaration->source, line->number, line_column(line, at), "%s", words);
}

const char *cursor_next(struct cursor *cursor)
{
    return cursor->at < cursor->line->word_count ? cursor->line->words[cursor->at++] : NULL;
}

bool cursor_take(struct cursor *cursor, const char *word)
{
    if (cursor->at >= cursor->line->word_count || strcmp(cursor->line->words[cursor->at], word) != 0)
        return false;
    cursor->at++;
    return true;
}

const char *cursor_need(struct cursor *cursor, const char *what)
{
    const char *word = cursor_next(cursor);
    if (word) return word;
    draft_fault(cursor->draft, cursor->line, cursor->at, "%s is missing", what);
    return "";
}

/* Cuts text at commas. */
static size_t split(const struct cursor *cursor, size_t at, const char *text, const char **ret_parts,
    size_t max)
{
    size_t count = 0;
    for (;;) {
        size_t n = strcspn(text, ",");
        if (n == 0 || count == max) {
            draft_fault(cursor->draft, cursor->line, at,
                n == 0 ? "nothing stands between two commas" : "at most %zu may stand here", max);
            return count;
        }
        ret_parts[count++] = arena_strndup(cursor->draft->reader->arena, text, n);
        if (!text[n]) return count;
        text += n + 1;
    }
}

size_t cursor_split(struct cursor *cursor, size_t at, const char **ret_parts, size_t max)
{
    return split(cursor, at, cursor->line->words[at], ret_parts, max);
}

void draft_code(const struct draft *draft, const struct line *line, size_t at, const char *list,
    const char *code)
{
    const struct code_list *codes = list_find(draft->reader->forms, list);
    if (codes && !code_find(codes, code))
        draft_fault(draft, line, at, "list '%s' has no code '%.60s'", list, code);
}

void cursor_condition(struct cursor *cursor, struct condition *condition, const struct section *section,
    const struct field *owner)
{
    struct draft *draft = cursor->draft;
    size_t at = cursor->at;
    const char *field = cursor_need(cursor, "the field of the condition");
    if (cursor->at == cursor->line->word_count) {
        draft_fault(draft, cursor->line, cursor->at, "the values of the condition are missing");
        return;
    }
    cursor->at++;
    size_t room = sizeof condition->values / sizeof condition->values[0];
    if (condition->field) {
        draft_fault(draft, cursor->line, at, "there is already a condition");
        return;
    }
    condition->field = field;
    condition->value_count = cursor_split(cursor, at + 1, condition->values, room);
    draft->pending[draft->pending_count++] = (struct pending){.condition = condition,
        .line = cursor->line,
        .at = at,
        .section = section,
        .owner = owner};
}

static bool field_kind_find(const char *name, size_t n, enum field_type *ret)
{
    for (int i = 0; i < FIELD_TYPE_COUNT; i++) {
        const char *known = field_kinds[i].name;
        if (!known || strlen(known) != n || memcmp(known, name, n) != 0) continue;
        *ret = (enum field_type)i;
        return true;
    }
    return false;
}

/* A kept composite is read beside kept lists alone, so it may name what is not there. */
static void entry_targets_read(struct cursor *cursor, size_t at, const char *argument, struct field *field)
{
    field->target_count = split(cursor, at, argument, field->targets,
        sizeof field->targets / sizeof *field->targets);
    bool kept = cursor->draft->declaration->source->kept;
    for (size_t i = 0; i < field->target_count && !kept; i++)
        if (!declaration_find(cursor->draft->reader, DECLARED_FORM, field->targets[i]))
            draft_fault(cursor->draft, cursor->line, at, "there is no form '%.60s'", field->targets[i]);
}

static void argument_read(struct cursor *cursor, size_t at, const char *argument, struct field *field)
{
    struct draft *draft = cursor->draft;
    switch (field_kinds[field->type].argument) {
    case ARGUMENT_LIST:
        field->list = argument;
        field->codes = list_find(draft->reader->forms, argument);
        if (!field->codes) draft_fault(draft, cursor->line, at, "there is no list '%.60s'", argument);
        return;
    case ARGUMENT_KINDS:
        field->target_count = split(cursor, at, argument, field->targets,
            sizeof field->targets / sizeof *field->targets);
        for (size_t i = 0; i < field->target_count; i++)
            draft_code(draft, cursor->line, at, "office_kind", field->targets[i]);
        return;
    case ARGUMENT_FORMS: entry_targets_read(cursor, at, argument, field); return;
    case ARGUMENT_ROLE:
        field->role = argument;
        draft_code(draft, cursor->line, at, "person_role", argument);
        if (field->composite && strcmp(field->composite->name, "person") != 0)
            draft_fault(draft, cursor->line, at, "only a person has a role");
        return;
    case ARGUMENT_NONE: break;
    }
    draft_fault(draft, cursor->line, at, "type '%s' takes nothing behind a colon",
        field_kinds[field->type].name);
}

static void composite_type_read(struct draft *draft, const struct line *line, const char *name,
    struct field *field)
{
    struct declaration *wanted = declaration_find(draft->reader, DECLARED_COMPOSITE, name);
    field->type = FIELD_COMPOSITE;
    if (!wanted) {
        draft_fault(draft, line, 1, "'%.60s' is not a field type", name);
        return;
    }
    composite_read(draft->reader, wanted);
    if (wanted->state == READING) {
        draft_fault(draft, line, 1, "composite '%s' would stand inside itself", name);
        return;
    }
    field->composite = wanted->composite;
    if (draft->declaration->depth <= wanted->depth) draft->declaration->depth = wanted->depth + 1;
    if (draft->is_composite && draft->declaration->depth > COMPOSITE_DEPTH_MAX)
        draft_fault(draft, line, 1, "composites stand more than %d deep inside one another",
            COMPOSITE_DEPTH_MAX);
}

static void type_read(struct cursor *cursor, struct field *field)
{
    struct draft *draft = cursor->draft;
    size_t at = cursor->at;
    const char *word = cursor_need(cursor, "the field type");
    if (!word[0]) return;
    size_t n = strcspn(word, ":");
    if (!field_kind_find(word, n, &field->type))
        composite_type_read(draft, cursor->line, arena_strndup(draft->reader->arena, word, n), field);
    if (word[n] && word[n + 1]) argument_read(cursor, at, word + n + 1, field);
    else if (word[n] || field_kinds[field->type].argument == ARGUMENT_LIST)
        draft_fault(draft, cursor->line, at, "what stands behind the colon of '%.60s' is missing", word);
}

static void pattern_read(struct cursor *cursor, struct field *field)
{
    size_t at = cursor->at;
    const char *pattern = cursor_need(cursor, "the pattern"), *fault = NULL;
    if (!pattern[0]) return;
    field->pattern = arena_printf(cursor->draft->reader->arena, "^(%s)$", pattern);
    field->matcher = matcher_new(cursor->draft->reader->forms, pattern, &fault);
    if (fault) draft_fault(cursor->draft, cursor->line, at, "%s", fault);
}

/* The number behind a word, between min and max; false after telling that it is none. */
static bool number_read(struct cursor *cursor, int64_t min, int64_t max, int64_t *ret)
{
    const char *of = cursor->line->words[cursor->at - 1], *word = cursor_next(cursor);
    if (word && read_number(word, min, max, ret)) return true;
    draft_fault(cursor->draft, cursor->line, cursor->at - (word != NULL),
        "a whole number from %lld to %lld is wanted behind '%s'", (long long)min, (long long)max, of);
    return false;
}

static void word_min(struct cursor *cursor, struct field *field)
{
    bool of_text = field_kinds[field->type].words & WORD_LEN;
    field->has_min = number_read(cursor, of_text ? 0 : -INTEGER_MAX, of_text ? LENGTH_MAX : INTEGER_MAX,
        &field->min);
}

static void word_max(struct cursor *cursor, struct field *field)
{
    field->has_max = number_read(cursor, -INTEGER_MAX, INTEGER_MAX, &field->max);
}

static void word_len(struct cursor *cursor, struct field *field)
{
    field->has_max = number_read(cursor, 1, LENGTH_MAX, &field->max);
}

static void word_past(struct cursor *cursor, struct field *field)
{
    (void)cursor, field->past = true;
}
static void word_future(struct cursor *cursor, struct field *field)
{
    (void)cursor, field->future = true;
}
static void word_search(struct cursor *cursor, struct field *field)
{
    (void)cursor, field->search = true;
}
static void word_index(struct cursor *cursor, struct field *field)
{
    (void)cursor, field->index = true;
}
static void word_fixed(struct cursor *cursor, struct field *field)
{
    (void)cursor, field->fixed = true;
}

static void word_default(struct cursor *cursor, struct field *field)
{
    size_t at = cursor->at;
    field->fallback = cursor_need(cursor, "the default");
    bool yes_or_no = strcmp(field->fallback, "yes") == 0 || strcmp(field->fallback, "no") == 0;
    int64_t number;
    if (field->type == FIELD_CODE && field->codes)
        draft_code(cursor->draft, cursor->line, at, field->list, field->fallback);
    else if (field->type == FIELD_YESNO && !yes_or_no)
        draft_fault(cursor->draft, cursor->line, at, "the default is yes or no");
    else if (field_kinds[field->type].words & WORD_RANGE &&
             !read_number(field->fallback, -INTEGER_MAX, INTEGER_MAX, &number))
        draft_fault(cursor->draft, cursor->line, at, "the default is a whole number");
}

/* A word, or several between double quotes. */
static void word_example(struct cursor *cursor, struct field *field)
{
    struct reader *reader = cursor->draft->reader;
    const char *word = cursor_need(cursor, "the example");
    if (word[0] != '"') {
        field->example = word;
        return;
    }
    size_t at = cursor->at;
    const char *text = word + 1;
    while (word && !(strlen(text) > 0 && text[strlen(text) - 1] == '"')) {
        word = cursor_next(cursor);
        if (word) text = arena_printf(reader->arena, "%s %s", text, word);
    }
    if (word) field->example = arena_strndup(reader->arena, text, strlen(text) - 1);
    else draft_fault(cursor->draft, cursor->line, at - 1, "the closing quotation mark is missing");
}

/* The words a field line may hold behind its type. `need` 0: every type. */
static const struct {
    const char *name;
    unsigned need;
    void (*read)(struct cursor *cursor, struct field *field);
} field_words_table[] = {
    {"len", WORD_LEN, word_len},
    {"min", WORD_LEN | WORD_RANGE, word_min},
    {"max", WORD_RANGE, word_max},
    {"pattern", WORD_PATTERN, pattern_read},
    {"example", WORD_SCALAR, word_example},
    {"past", WORD_TIME, word_past},
    {"future", WORD_TIME, word_future},
    {"default", WORD_SCALAR, word_default},
    {"index", WORD_SCALAR, word_index},
    {"search", 0, word_search},
    {"fixed", 0, word_fixed},
};

static bool table_word(struct cursor *cursor, const char *word, struct field *field)
{
    for (size_t i = 0; i < sizeof field_words_table / sizeof field_words_table[0]; i++) {
        if (strcmp(word, field_words_table[i].name) != 0) continue;
        bool known = field->type != FIELD_COMPOSITE || field->composite;
        unsigned need = known ? field_words_table[i].need : 0; /* one fault is enough for an unknown type */
        if (need && !(need & field_kinds[field->type].words))
            draft_fault(cursor->draft, cursor->line, cursor->at - 1, "'%s' does not go with this type", word);
        field_words_table[i].read(cursor, field);
        return true;
    }
    return false;
}

static void required_read(struct cursor *cursor, const struct section *section, struct field *field)
{
    if (cursor_take(cursor, "when")) cursor_condition(cursor, &field->required_when, section, field);
    else field->required = true;
}

static void only_read(struct cursor *cursor, const struct section *section, struct field *field)
{
    if (cursor_take(cursor, "when")) cursor_condition(cursor, &field->only_when, section, field);
    else draft_fault(cursor->draft, cursor->line, cursor->at - 1, "'when' is wanted behind 'only'");
}

/* Only who is known already can be spared, so the field must be one that takes a reference. */
static void confidential_read(
    struct cursor *cursor, const struct section *section, const char *kind, struct field *field)
{
    field->confidential = kind;
    if (!cursor_take(cursor, "unless")) return;
    bool told = field->type == FIELD_COMPOSITE && !field->composite; /* one fault is enough */
    if (!told && !(field->composite && field->composite->by_reference))
        draft_fault(cursor->draft, cursor->line, cursor->at - 1,
            "'unless' goes only with what may be given by reference");
    cursor_condition(cursor, &field->spared_when, section, field);
}

static void many_read(struct cursor *cursor, struct field *field)
{
    field->many = true;
    field->many_max = SECTION_ROWS_MAX;
    if (cursor->at < cursor->line->word_count &&
        read_range(cursor->line->words[cursor->at], &field->many_min, &field->many_max))
        cursor->at++;
}

static void words_read(struct cursor *cursor, const struct section *section, struct field *field)
{
    for (const char *word; (word = cursor_next(cursor)) != NULL;) {
        if (strcmp(word, "required") == 0) required_read(cursor, section, field);
        else if (strcmp(word, "only") == 0) only_read(cursor, section, field);
        else if (strcmp(word, "many") == 0) many_read(cursor, field);
        else if (strncmp(word, "confidential:", 13) == 0 && word[13])
            confidential_read(cursor, section, word + 13, field);
        else if (!table_word(cursor, word, field))
            draft_fault(cursor->draft, cursor->line, cursor->at - 1, "'%.60s' is not a word of a field",
                word);
    }
}

/* What only the whole line shows. */
static void field_finish(struct draft *draft, const struct line *line, struct field *field)
{
    if (field_kinds[field->type].words & WORD_LEN && !field->has_max) {
        field->has_max = true;
        field->max = field->type == FIELD_TEXT ? TEXT_LENGTH : LONGTEXT_LENGTH;
    }
    if (field->type == FIELD_MONEY && !field->has_min) field->has_min = true; /* 0 */
    if (field->has_min && field->has_max && field->min > field->max)
        draft_fault(draft, line, 1, "the least (%lld) is more than the most (%lld)", (long long)field->min,
            (long long)field->max);
    if (field->past && field->future) draft_fault(draft, line, 1, "a time cannot be both past and future");
    if (field->required && field->required_when.field)
        draft_fault(draft, line, 1, "'required' and 'required when' do not go together");
    if (field->matcher && field->example && !matcher_fits(field->matcher, field->example))
        draft_fault(draft, line, 1, "the example '%.60s' does not fit the pattern", field->example);
}

void field_read(struct draft *draft, const struct section *section, const struct line *line,
    struct field *ret)
{
    struct reader *reader = draft->reader;
    const struct source *source = draft->declaration->source;
    *ret = (struct field){.line = line->number};
    ret->name = reader_name(reader, source, line, 0);
    if (strcmp(ret->name, "ref") == 0)
        draft_fault(draft, line, 0, "'ref' is kept for references and cannot be a field");
    struct cursor cursor = {.draft = draft, .line = line, .at = 1};
    if (line->word_count > 0) {
        type_read(&cursor, ret);
        words_read(&cursor, section, ret);
        field_finish(draft, line, ret);
    }
    reader_labels(reader, source, line, &ret->label, &ret->help);
}
