/* kit/form_draw: sections, rows with "add another", composites set in. */
#include "kit/form_draw.h"

#include <string.h>

#include "kit/control.h"

#define FEW_FIELDS 8 /* a composite with more keeps its optional fields folded away */

static void field_draw(struct form_draw *draw, const struct field *field, const struct siblings *siblings,
    const struct typed_place *place);
static void section_draw(
    struct form_draw *draw, const struct section *section, const char *path, const struct typed_place *place);

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

/* ---- composites ---- */

/* What is given most often stands open in a large composite, in the order of its declaration; the rest is
 * folded away. Of one without a row the first fields are. */
static const struct {
    const char *composite, *fields;
} often[] = {
    {"person", " name name_other aliases relation relative_name gender age_kind occupation phones "},
    {"property", " category kind nature description quantity unit value owner mark "},
    {"address", " house locality village subdistrict district state pin station station_name "},
};

static bool is_open(const struct composite *composite, size_t i)
{
    const struct field *field = &composite->fields[i];
    if (composite->field_count <= FEW_FIELDS || field->required || field->only_when.field) return true;
    for (size_t k = 0; k < sizeof often / sizeof often[0]; k++)
        if (strcmp(often[k].composite, composite->name) == 0) {
            const char *at = strstr(often[k].fields, field->name);
            size_t n = strlen(field->name);
            while (at && (at[-1] != ' ' || at[n] != ' ')) at = strstr(at + 1, field->name);
            return at != NULL;
        }
    return i < FEW_FIELDS;
}

static void composite_fields(struct form_draw *draw, const struct composite *composite, const char *path)
{
    struct html *html = &draw->page->html;
    const struct typed_place place = {path, path};
    const struct siblings all = {
        composite->fields, composite->field_count, composite->sections, composite->section_count};
    bool fold = composite->field_count > FEW_FIELDS;
    for (size_t i = 0; i < composite->field_count; i++)
        if (is_open(composite, i)) field_draw(draw, &composite->fields[i], &all, &place);
    if (fold) {
        html_open(html, "details", NULL);
        html_element(html, "summary", page_word(draw->page, "more_fields"), NULL);
        for (size_t i = 0; i < composite->field_count; i++)
            if (!is_open(composite, i)) field_draw(draw, &composite->fields[i], &all, &place);
    }
    for (size_t i = 0; i < composite->section_count; i++) {
        const struct section *section = &composite->sections[i];
        const char *here = arena_printf(draw->page->request->arena, "%s.%s", path, section->name);
        section_draw(draw, section, here, &place);
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
    bool open = field->required || typed_any(draw->typed, path) || problem_at(draw, path);
    html_open(html, "details", "class", "inner", "id", path, "open", open ? "" : NULL, NULL);
    html_element(html, "summary", label_of(draw, &field->label), "class", "label", NULL);
    problem_draw(draw, path);
    bool chosen = field->composite->by_reference && reference_draw(draw, field->composite, path);
    if (chosen) {
        bool written = typed_any(draw->typed, arena_printf(draw->page->request->arena, "%s.name", path));
        html_open(html, "details", "open", written ? "" : NULL, NULL);
        html_element(html, "summary", page_word(draw->page, "someone_new"), NULL);
    }
    bool empty = !field->required || may_be_empty(field->composite);
    draw->optional_depth += empty;
    composite_fields(draw, field->composite, path);
    draw->optional_depth -= empty;
    if (chosen) html_close(html);
    html_close(html);
}

/* ---- fields ---- */

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

static void field_draw(struct form_draw *draw, const struct field *field, const struct siblings *siblings,
    const struct typed_place *place)
{
    const char *path = arena_printf(draw->page->request->arena, "%s.%s", place->prefix, field->name);
    bool conditional = field->only_when.field || field->required_when.field;
    when_begin(draw, path, conditional);
    if (typed_holds(draw->typed, &field->only_when, place)) {
        struct control control = control_of(draw, field, path);
        if (field->required_when.field && typed_holds(draw->typed, &field->required_when, place))
            control.optional = false;
        when_source_begin(draw, field, siblings, place);
        if (field->many)
            many_draw(draw, field, &control);
        else if (field->composite)
            composite_draw(draw, field, path);
        else
            plain_draw(draw, field, &control);
        when_end(draw);
    }
    when_end(draw);
}

/* ---- sections ---- */

static void fields_of(
    struct form_draw *draw, const struct section *section, const char *path, const char *root)
{
    const struct siblings siblings = {.fields = section->fields, .field_count = section->field_count};
    for (size_t i = 0; i < section->field_count; i++)
        field_draw(draw, &section->fields[i], &siblings, &(struct typed_place){path, root});
}

static size_t rows_filled(const struct form_draw *draw, const char *path, size_t rows)
{
    size_t filled = 0;
    for (size_t i = 0; i < rows; i++)
        filled += typed_any(draw->typed, arena_printf(draw->page->request->arena, "%s.%zu", path, i));
    return filled;
}

/* Rows that were emptied are left out, but for as many as must be there. */
static void rows_draw(
    struct form_draw *draw, const struct section *section, const char *path, const char *root, size_t least)
{
    struct html *html = &draw->page->html;
    struct arena *arena = draw->page->request->arena;
    size_t rows = typed_rows(draw->typed, path, least), filled = rows_filled(draw, path, rows), shown = 0;
    size_t empty = least > filled ? least - filled : 0;
    for (size_t i = 0; i < rows; i++) {
        const char *row = arena_printf(arena, "%s.%zu", path, i);
        bool given = typed_any(draw->typed, row);
        bool asked = i + 1 == rows && draw->typed->grow && strcmp(draw->typed->grow, path) == 0;
        if (!given && !asked && empty == 0) continue;
        if (!given && !asked) empty--;
        const char *name = arena_printf(arena, "%s %zu", label_of(draw, &section->label), ++shown);
        html_open(html, "fieldset", "class", "part", "id", row, NULL);
        html_element(html, "legend", name, NULL);
        problem_draw(draw, row);
        fields_of(draw, section, row, root);
        if (given) row_remove_draw(draw->page, row, name);
        html_close(html);
    }
    row_add_draw(draw->page, path, label_of(draw, &section->label));
}

static void section_draw(
    struct form_draw *draw, const struct section *section, const char *path, const struct typed_place *place)
{
    struct html *html = &draw->page->html;
    when_begin(draw, path, section->only_when.field != NULL);
    if (typed_holds(draw->typed, &section->only_when, place)) {
        html_open(html, "fieldset", "class", "part", "id", path, NULL);
        html_element(html, "legend", label_of(draw, &section->label), NULL);
        problem_draw(draw, path);
        if (section->many)
            rows_draw(draw, section, path, place->root, (size_t)section->many_min);
        else
            fields_of(draw, section, path, place->root);
        html_close(html);
    }
    when_end(draw);
}

void form_draw(struct form_draw *draw)
{
    for (size_t i = 0; i < draw->form->section_count; i++)
        section_draw(
            draw, &draw->form->sections[i], draw->form->sections[i].name, &(struct typed_place){"", ""});
}

void form_draw_part(struct form_draw *draw, const struct section *section, const char *path)
{
    problem_draw(draw, path);
    if (section->many && strcmp(path, section->name) == 0)
        rows_draw(draw, section, path, "", section->many_min > 1 ? (size_t)section->many_min : 1);
    else
        fields_of(draw, section, path, "");
}
