/* form/read_form: sections, composites, forms and the extensions of a state. */
#include <stdlib.h>
#include <string.h>

#include "form/names.h"
#include "form/read.h"

static bool opens_section(const struct line *line)
{
    return line->word_count > 0 && strcmp(line->words[0], "section") == 0;
}

/* The first line from `from` on that opens a section, or the end. */
static size_t section_line(const struct declaration *declaration, size_t from)
{
    while (from < declaration->line_count && !opens_section(declaration->lines[from])) from++;
    return from;
}

static void draft_init(struct draft *draft, struct reader *reader, struct declaration *declaration)
{
    *draft = (struct draft){.reader = reader, .declaration = declaration};
    draft->pending = ARENA_ARRAY(reader->scratch, struct pending, 3 * declaration->line_count);
}

/* "section NAME [many [MIN-MAX]] [only when FIELD VALUES] | label | label" */
static void section_heading_read(struct draft *draft, const struct line *line, struct section *section)
{
    struct reader *reader = draft->reader;
    struct cursor cursor = {.draft = draft, .line = line, .at = 2};
    section->name = reader_name(reader, draft->declaration->source, line, 1);
    section->many = cursor_take(&cursor, "many");
    section->many_max = SECTION_ROWS_MAX;
    if (section->many && cursor.at < line->word_count &&
        read_range(line->words[cursor.at], &section->many_min, &section->many_max))
        cursor.at++;
    if (cursor_take(&cursor, "only")) {
        if (cursor_take(&cursor, "when")) cursor_condition(&cursor, &section->only_when, section, NULL);
        else draft_fault(draft, line, cursor.at, "'when' is wanted behind 'only'");
    }
    const char *rest = cursor_next(&cursor);
    if (rest) draft_fault(draft, line, cursor.at - 1, "'%.60s' is not a word of a section", rest);
    reader_labels(reader, draft->declaration->source, line, &section->label, NULL);
}

/* The fields on lines from `first` to before `end`. */
static struct field *fields_read(struct draft *draft, const struct section *section, size_t first, size_t end)
{
    const struct declaration *declaration = draft->declaration;
    struct field *fields = ARENA_ARRAY(draft->reader->arena, struct field, end - first + 1);
    for (size_t i = first; i < end; i++) {
        struct field *field = &fields[i - first];
        field_read(draft, section, declaration->lines[i], field);
        for (size_t j = 0; j + first < i; j++) {
            if (!field->name[0] || strcmp(fields[j].name, field->name) != 0) continue;
            draft_fault(draft, declaration->lines[i], 0, "field '%s' stands twice", field->name);
            break;
        }
    }
    if (end - first > FIELDS_MAX)
        draft_fault(draft, declaration->lines[first + FIELDS_MAX], 0, "at most %d fields may stand together",
            FIELDS_MAX);
    return fields;
}

static void section_name_check(const struct draft *draft, const struct line *line, size_t at)
{
    const char *name = draft->sections[at].name;
    for (size_t i = 0; i < at; i++)
        if (name[0] && strcmp(draft->sections[i].name, name) == 0)
            draft_fault(draft, line, 1, "section '%s' stands twice", name);
    for (size_t i = 0; i < draft->field_count; i++)
        if (name[0] && strcmp(draft->fields[i].name, name) == 0)
            draft_fault(draft, line, 1, "'%s' is already a field", name);
}

/* Composites inside one another are read innermost first, so that theirs are known. */
static uint32_t fields_types(const struct field *fields, size_t count)
{
    uint32_t types = 0;
    for (size_t i = 0; i < count; i++) {
        types |= field_types(&fields[i]);
        if (fields[i].composite) types |= fields[i].composite->types;
    }
    return types;
}

void sections_read(struct draft *draft, size_t first)
{
    struct declaration *declaration = draft->declaration;
    for (size_t i = first; i < declaration->line_count;) {
        const struct line *line = declaration->lines[i];
        size_t end = section_line(declaration, i + 1);
        struct section *section = &draft->sections[draft->section_count++];
        section_heading_read(draft, line, section);
        section_name_check(draft, line, draft->section_count - 1);
        section->field_count = end - i - 1;
        if (section->field_count == 0)
            draft_fault(draft, line, 1, "section '%s' has no fields", section->name);
        /* Conditions look at the section's fields only when all are read, so they may point to one below. */
        section->fields = fields_read(draft, section, i + 1, end);
        section->names = names_make(draft->reader->arena, section->fields, section->field_count, NULL, 0);
        section->types = fields_types(section->fields, section->field_count);
        if (declaration->kind == DECLARED_EXTEND) section->extension = declaration->form->label.text[LANG_EN];
        if (draft->section_count == SECTIONS_MAX + 1)
            draft_fault(draft, line, 0, "at most %d sections may stand together", SECTIONS_MAX);
        i = end;
    }
}

/* Room for `before` sections and those of the declaration. */
static void sections_prepare(struct draft *draft, size_t before)
{
    size_t count = before;
    for (size_t i = 1; i < draft->declaration->line_count; i++)
        count += opens_section(draft->declaration->lines[i]);
    draft->sections = ARENA_ARRAY(draft->reader->arena, struct section, count + 1);
}

void composite_read(struct reader *reader, struct declaration *declaration)
{
    if (declaration->state != UNREAD) return;
    const struct line *line = declaration->lines[0];
    struct composite *composite = ARENA_NEW(reader->arena, struct composite);
    struct draft draft;
    draft_init(&draft, reader, declaration);
    declaration->state = READING;
    declaration->depth = 1;
    declaration->composite = composite;
    draft.is_composite = true;
    composite->name = declaration->name;
    composite->by_reference = line->word_count == 4 && strcmp(line->words[2], "by") == 0 &&
                              strcmp(line->words[3], "reference") == 0;
    if (line->word_count > 2 && !composite->by_reference)
        draft_fault(&draft, line, 2, "a composite line is: composite NAME [by reference] | label | label");
    reader_labels(reader, declaration->source, line, &composite->label, NULL);
    size_t first = section_line(declaration, 1);
    draft.field_count = first - 1;
    draft.fields = fields_read(&draft, NULL, 1, first);
    sections_prepare(&draft, 0);
    sections_read(&draft, first);
    conditions_resolve(&draft);
    composite->field_count = draft.field_count;
    composite->fields = draft.fields;
    composite->section_count = draft.section_count;
    composite->sections = draft.sections;
    composite->types = fields_types(draft.fields, draft.field_count);
    for (size_t i = 0; i < draft.section_count; i++) composite->types |= draft.sections[i].types;
    composite->names =
        names_make(reader->arena, draft.fields, draft.field_count, draft.sections, draft.section_count);
    if (composite->field_count == 0)
        draft_fault(&draft, line, 1, "composite '%s' has no fields", composite->name);
    declaration->state = READ;
}

void composites_read(struct reader *reader)
{
    struct forms *forms = reader->forms;
    forms->composites = ARENA_ARRAY(reader->arena, const struct composite *, reader->count + 1);
    for (size_t i = 0; i < reader->count; i++) {
        struct declaration *declaration = reader->declarations[i];
        if (declaration->kind != DECLARED_COMPOSITE) continue;
        composite_read(reader, declaration);
        forms->composites[forms->composite_count++] = declaration->composite;
    }
}

static void form_keep(struct reader *reader, struct form *form)
{
    struct forms *forms = reader->forms;
    forms->all[forms->all_count++] = form;
    if (forms->all_count == FORMS_MAX + 1)
        problem_add(reader->problems, "form_wrong", NULL, "what",
            arena_printf(reader->scratch, "%s: there are more than %d forms", form->file, FORMS_MAX), NULL),
            reader->fault_count++;
}

/* A form says how soon the addressee should act when it asks so with the list that all forms share. */
static const char *urgency_path(struct reader *reader, const struct form *form)
{
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        for (size_t k = 0; k < section->field_count && !section->many; k++)
            if (section->fields[k].list && strcmp(section->fields[k].list, "urgency") == 0)
                return arena_printf(reader->arena, "%s.%s", section->name, section->fields[k].name);
    }
    return NULL;
}

struct form *form_read(struct reader *reader, struct declaration *declaration)
{
    const struct line *line = declaration->lines[0];
    struct form *form = ARENA_NEW(reader->arena, struct form);
    struct draft draft;
    draft_init(&draft, reader, declaration);
    declaration->form = form;
    form->name = declaration->name;
    form->version = declaration->version;
    form->file = declaration->source->name;
    form->pillar = declaration->source->pillar;
    form->locked = declaration->source->locked;
    form->text = arena_strndup(reader->arena, declaration->text, declaration->text_len);
    if (line->word_count > 3)
        draft_fault(&draft, line, 3, "a form line is: form NAME VERSION | label | label");
    reader_labels(reader, declaration->source, line, &form->label, NULL);
    size_t first = section_line(declaration, 1);
    sections_prepare(&draft, 0);
    sections_read(&draft, first);
    form->section_count = draft.section_count;
    form->sections = draft.sections;
    form->names = names_make(reader->arena, NULL, 0, draft.sections, draft.section_count);
    form->urgency = urgency_path(reader, form);
    for (size_t i = 1; i < first; i++) header_read(&draft, form, declaration->lines[i]);
    conditions_resolve(&draft);
    if (form->role_count == 0)
        draft_fault(&draft, line, 1, "form '%s' does not say who files it", form->name);
    if (form->section_count == 0) draft_fault(&draft, line, 1, "form '%s' has no section", form->name);
    return form;
}

static const struct form *core_find(const struct reader *reader, const char *name, int version)
{
    for (size_t i = 0; i < reader->count; i++) {
        const struct declaration *declaration = reader->declarations[i];
        if (declaration->kind == DECLARED_FORM && declaration->version == version &&
            strcmp(declaration->name, name) == 0)
            return declaration->form;
    }
    return NULL;
}

/* "extend FORM VERSION by N | label | label": the core form again, with sections behind its own. */
struct form *extension_read(struct reader *reader, struct declaration *declaration, const struct form *core)
{
    const struct line *line = declaration->lines[0];
    struct form *form = ARENA_NEW(reader->arena, struct form);
    struct draft draft;
    draft_init(&draft, reader, declaration);
    *form = *core;
    declaration->form = form;
    form->version = core->version + 1000 * declaration->extension;
    form->text = arena_printf(reader->arena, "%s%s%.*s", core->text,
        core->text[strlen(core->text) - 1] == '\n' ? "" : "\n", (int)declaration->text_len,
        declaration->text);
    if (line->word_count > 5)
        draft_fault(&draft, line, 5, "an extend line is: extend FORM VERSION by N | label | label");
    reader_labels(reader, declaration->source, line, &form->label, NULL);
    sections_prepare(&draft, core->section_count);
    for (size_t i = 0; i < core->section_count; i++)
        draft.sections[draft.section_count++] = core->sections[i];
    size_t first = section_line(declaration, 1);
    if (first > 1) draft_fault(&draft, declaration->lines[1], 0, "an extension holds sections only");
    if (first == declaration->line_count) draft_fault(&draft, line, 1, "the extension has no section");
    sections_read(&draft, first);
    conditions_resolve(&draft);
    form->label = core->label;
    form->section_count = draft.section_count;
    form->sections = draft.sections;
    form->names = names_make(reader->arena, NULL, 0, draft.sections, draft.section_count);
    return form;
}

static void extension_of_files_read(struct reader *reader, struct declaration *declaration)
{
    const struct form *core = core_find(reader, declaration->name, declaration->version);
    const struct line *line = declaration->lines[0];
    if (core) form_keep(reader, extension_read(reader, declaration, core));
    else
        reader_fault(reader, declaration->source, line->number, line_column(line, 1),
            "there is no form '%s' of version %d to extend", declaration->name, declaration->version);
}

void forms_and_extensions_read(struct reader *reader)
{
    struct forms *forms = reader->forms;
    forms->all = ARENA_ARRAY(reader->arena, const struct form *, reader->count + 1);
    forms->newest = ARENA_ARRAY(reader->arena, const struct form *, reader->count + 1);
    for (size_t i = 0; i < reader->count; i++)
        if (reader->declarations[i]->kind == DECLARED_FORM)
            form_keep(reader, form_read(reader, reader->declarations[i]));
    for (size_t i = 0; i < reader->count; i++)
        if (reader->declarations[i]->kind == DECLARED_EXTEND)
            extension_of_files_read(reader, reader->declarations[i]);
    if (forms->all_count > 1) qsort(forms->all, forms->all_count, sizeof *forms->all, form_compare);
    for (size_t i = 0; i < forms->all_count; i++)
        if (i + 1 == forms->all_count || strcmp(forms->all[i]->name, forms->all[i + 1]->name) != 0)
            forms->newest[forms->newest_count++] = forms->all[i];
}
