/* kit/form_draw: sections as fieldsets, rows with "add another", composites set in. Parts that apply only
 * under a condition that does not hold yet are named but not drawn; "Refresh" draws them once it holds. */
#include "kit/form_draw.h"

#include <string.h>

#include "kit/control.h"

#define FEW_FIELDS 8 /* a composite with more keeps its optional fields folded away */

static void fields_draw(struct form_draw *draw, const struct field *fields, size_t count, const char *prefix);

static const char *label_of(const struct form_draw *draw, const struct label *label)
{
    return label->text[draw->page->request->lang];
}

const struct problem *problem_at(const struct form_draw *draw, const char *path)
{
    const struct problems *problems = &draw->page->request->problems;
    for (size_t i = 0; i < problems->count; i++)
        if (strcmp(problems->list[i].path, path) == 0) return &problems->list[i];
    return NULL;
}

static void problem_draw(struct form_draw *draw, const char *path)
{
    const struct problem *problem = problem_at(draw, path);
    if (problem)
        html_element(&draw->page->html, "span", problem->text[draw->page->request->lang], "class", "error",
            "id", arena_printf(draw->page->request->arena, "error-%s", path), NULL);
}

/* ---- conditions ---- */

/* Where the field of a condition stands: beside the field it governs, or section.field of the form. */
static const char *condition_path(
    const struct form_draw *draw, const struct condition *condition, const char *prefix)
{
    if (strchr(condition->field, '.') || !prefix[0]) return condition->field;
    return arena_printf(draw->page->request->arena, "%s.%s", prefix, condition->field);
}

static bool condition_met(const struct form_draw *draw, const struct condition *condition, const char *prefix)
{
    if (!condition->field) return true;
    const char *path = condition_path(draw, condition, prefix);
    const char *value = typed_value(draw->typed, path);
    for (size_t i = 0; i < condition->value_count; i++) {
        bool filled = strcmp(condition->values[i], "filled") == 0;
        if (filled ? typed_any(draw->typed, path) : value && strcmp(value, condition->values[i]) == 0)
            return true;
    }
    return false;
}

/* "Only when Kind of FIR: Zero, Re-registered"; NULL when always. */
static const char *condition_words(
    const struct form_draw *draw, const struct condition *condition, const char *prefix)
{
    const struct page *page = draw->page;
    if (!condition->field) return NULL;
    const struct forms *forms = node_forms(page->request->node);
    const struct field *field = field_at(draw->form, condition_path(draw, condition, prefix));
    struct buf words;
    buf_init(&words, page->request->arena, 4000);
    buf_printf(&words, "%s %s:", page_word(page, "only_when"),
        field ? label_of(draw, &field->label) : condition->field);
    for (size_t i = 0; i < condition->value_count; i++) {
        const char *value = condition->values[i];
        bool fixed = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 || strcmp(value, "filled") == 0;
        const char *text = fixed                  ? page_word(page, value)
                           : field && field->list ? code_label(forms, field->list, value, page->request->lang)
                                                  : value;
        buf_printf(&words, "%s %s", i > 0 ? "," : "", text);
    }
    return words.data;
}

/* ---- fields ---- */

static void section_draw(struct form_draw *draw, const struct section *section, const char *path,
    const char *prefix, size_t least);

static void composite_fields(struct form_draw *draw, const struct composite *composite, const char *path)
{
    struct html *html = &draw->page->html;
    struct arena *arena = draw->page->request->arena;
    bool fold = composite->field_count > FEW_FIELDS;
    for (size_t i = 0; i < composite->field_count; i++)
        if (!fold || composite->fields[i].required) fields_draw(draw, &composite->fields[i], 1, path);
    if (fold) {
        html_open(html, "details", NULL);
        html_element(html, "summary", page_word(draw->page, "more_fields"), NULL);
        for (size_t i = 0; i < composite->field_count; i++)
            if (!composite->fields[i].required) fields_draw(draw, &composite->fields[i], 1, path);
    }
    for (size_t i = 0; i < composite->section_count; i++) {
        const struct section *section = &composite->sections[i];
        const char *here = arena_printf(arena, "%s.%s", path, section->name);
        section_draw(draw, section, here, path, section->many ? (size_t)section->many_min : 1);
    }
    if (fold) html_close(html);
}

/* Nothing in it is required of itself, like in an address: a default there would pass for an answer. */
static bool may_be_empty(const struct composite *composite)
{
    for (size_t i = 0; i < composite->field_count; i++)
        if (composite->fields[i].required && !composite->fields[i].only_when.field) return false;
    return true;
}

static void composite_draw(struct form_draw *draw, const struct field *field, const char *path)
{
    struct html *html = &draw->page->html;
    const char *label = label_of(draw, &field->label);
    bool open = field->required || typed_any(draw->typed, path) || problem_at(draw, path);
    html_open(html, "details", "class", "inner", "id", path, "open", open ? "" : NULL, NULL);
    html_element(html, "summary", label, "class", "label", NULL);
    problem_draw(draw, path);
    bool chosen = field->composite->by_reference && reference_draw(draw, field->composite, path);
    if (chosen) {
        html_open(html, "details", NULL);
        html_element(html, "summary", page_word(draw->page, "someone_new"), NULL);
    }
    bool empty = !field->required || may_be_empty(field->composite);
    draw->optional_depth += empty;
    composite_fields(draw, field->composite, path);
    draw->optional_depth -= empty;
    if (chosen) html_close(html);
    html_close(html);
}

struct control control_of(const struct form_draw *draw, const struct field *field, const char *path)
{
    enum lang lang = draw->page->request->lang;
    const struct problem *problem = problem_at(draw, path);
    const char *value = typed_value(draw->typed, path);
    if (!value && draw->first && draw->optional_depth == 0) value = field->fallback;
    return (struct control){.id = path,
        .label = field->label.text[lang],
        .hint = field->help.text[lang],
        .error = problem ? problem->text[lang] : NULL,
        .value = value,
        .example = field->example,
        .optional = !field->required};
}

static void plain_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    control_begin(draw->page, control);
    input_draw(draw, field, control);
    control_end(draw->page);
}

/* One after the other, each heard with its number. */
static void many_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    struct page *page = draw->page;
    struct arena *arena = page->request->arena;
    size_t least = field->many_min > 1 ? (size_t)field->many_min : 1;
    if (field->composite && !field->required) least = (size_t)field->many_min;
    size_t rows = typed_rows(draw->typed, control->id, least);
    control_group_begin(page, control);
    for (size_t i = 0; i < rows; i++) {
        const char *path = arena_printf(arena, "%s.%zu", control->id, i);
        struct control row = control_of(draw, field, path);
        row.label = arena_printf(arena, "%s %zu", control->label, i + 1);
        row.quiet = true;
        row.hint = NULL;
        row.optional = false;
        if (field->composite)
            composite_draw(draw, field, path);
        else
            plain_draw(draw, field, &row);
    }
    row_add_draw(page, control->id, control->label);
    control_end(page);
}

static void field_draw(
    struct form_draw *draw, const struct field *field, const char *path, const char *prefix)
{
    struct control control = control_of(draw, field, path);
    control.note =
        condition_words(draw, field->required_when.field ? &field->required_when : &field->only_when, prefix);
    if (field->many)
        many_draw(draw, field, &control);
    else if (field->composite)
        composite_draw(draw, field, path);
    else
        plain_draw(draw, field, &control);
}

static void fields_draw(struct form_draw *draw, const struct field *fields, size_t count, const char *prefix)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];
        const char *path = arena_printf(draw->page->request->arena, "%s.%s", prefix, field->name);
        bool waits = field->composite && !condition_met(draw, &field->only_when, prefix);
        if (waits && !typed_any(draw->typed, path)) continue;
        field_draw(draw, field, path, prefix);
    }
}

/* ---- sections ---- */

static void rows_draw(struct form_draw *draw, const struct section *section, const char *path, size_t least)
{
    struct html *html = &draw->page->html;
    struct arena *arena = draw->page->request->arena;
    size_t rows = typed_rows(draw->typed, path, least);
    for (size_t i = 0; i < rows; i++) {
        const char *row = arena_printf(arena, "%s.%zu", path, i);
        html_open(html, "fieldset", "class", "part", "id", row, NULL);
        html_element(
            html, "legend", arena_printf(arena, "%s %zu", label_of(draw, &section->label), i + 1), NULL);
        problem_draw(draw, row);
        fields_draw(draw, section->fields, section->field_count, row);
        html_close(html);
    }
    row_add_draw(draw->page, path, label_of(draw, &section->label));
}

static void section_draw(
    struct form_draw *draw, const struct section *section, const char *path, const char *prefix, size_t least)
{
    struct html *html = &draw->page->html;
    html_open(html, "fieldset", "class", "part", "id", path, NULL);
    html_element(html, "legend", label_of(draw, &section->label), NULL);
    problem_draw(draw, path);
    const char *words = condition_words(draw, &section->only_when, prefix);
    if (words) html_element(html, "span", words, "class", "hint", NULL);
    if (condition_met(draw, &section->only_when, prefix) || typed_any(draw->typed, path)) {
        if (section->many)
            rows_draw(draw, section, path, least);
        else
            fields_draw(draw, section->fields, section->field_count, path);
    }
    html_close(html);
}

void form_draw(struct form_draw *draw)
{
    for (size_t i = 0; i < draw->form->section_count; i++) {
        const struct section *section = &draw->form->sections[i];
        size_t least = section->many ? (size_t)section->many_min : 1;
        section_draw(draw, section, section->name, "", least);
    }
}
