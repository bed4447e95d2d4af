/* kit/body_draw: a body as it stands, drawn from its form: sections as headings, fields as label and value,
 * composites set in. A masked value that may be opened has a small form asking what for. */
#include <string.h>

#include "base/json.h"
#include "kit/control.h"
#include "kit/lists.h"
#include "kit/rows.h"
#include "web/offences.h"
#include "web/people_seen.h"

struct drawing {
    struct page *page;
    const struct seen_entry *seen;
};

static void fields_draw(struct drawing *drawing, const struct field *fields, size_t count,
    const json_t *object, const char *path);

static bool may_open(const struct drawing *drawing, const char *path)
{
    size_t i;
    const json_t *one;
    json_array_foreach(
        drawing->seen->masked, i, one) if (strcmp(json_string_value(one), path) == 0) return true;
    return false;
}

static void opening_draw(struct drawing *drawing, const char *path)
{
    struct page *page = drawing->page;
    struct request *request = page->request;
    const struct code_list *purposes = list_find(node_forms(request->node), "opening_purpose");
    page_details_begin(page, path, page_word(page, "open_masked"), false);
    page_form_open(page, url_make(request->arena, "/entries/%/open", drawing->seen->entry.id), false, NULL);
    page_hidden(page, "path", path);
    const struct control purpose = {.id = arena_printf(request->arena, "purpose-%s", path),
        .name = "purpose",
        .label = page_word(page, "purpose")};
    control_begin(page, &purpose);
    input_select_begin(page, &purpose);
    for (size_t i = 0; purposes && i < purposes->count; i++)
        input_option(page, &purpose, purposes->codes[i].name, purposes->codes[i].label.text[request->lang]);
    html_close(&page->html);
    control_end(page);
    const struct control reason = {.id = arena_printf(request->arena, "reason-%s", path),
        .name = "reason",
        .label = page_word(page, "reason")};
    control_begin(page, &reason);
    input_text(page, &reason, TEXT_LINE);
    control_end(page);
    page_button(page, BUTTON_SECOND, page_word(page, "open_masked"), NULL, NULL);
    html_close(&page->html);
    html_close(&page->html);
}

/* Where a value leads to, NULL for plain ones. */
static const char *value_address(struct page *page, const struct field *field, const char *text)
{
    struct arena *arena = page->request->arena;
    switch (field->type) {
    case FIELD_ENTRY: return entry_words(page->request, text) ? url_make(arena, "/entries/%", text) : NULL;
    case FIELD_BLOB: return url_make(arena, "/api/v1/blobs/%", text);
    case FIELD_OFFICE: return url_make(arena, "/offices/%", text);
    default: return NULL;
    }
}

static void plain_draw(struct drawing *drawing, const struct field *field, const json_t *value)
{
    struct page *page = drawing->page;
    struct request *request = page->request;
    const char *text = json_string_value(value);
    bool masked = text && strcmp(text, MASKED) == 0;
    if (masked)
        html_text(&page->html, text);
    else if (field->type == FIELD_OFFENCE && text)
        html_text(&page->html, offences_told(request, text));
    else if (field->type == FIELD_OFFICER)
        html_text(&page->html, officer_words(request, text));
    else if (text && value_address(page, field, text))
        page_link(page, value_address(page, field, text),
            field->type == FIELD_OFFICE  ? office_words(request, text)
            : field->type == FIELD_ENTRY ? entry_words(request, text)
                                         : text);
    else
        html_text(
            &page->html, field_words(node_forms(request->node), field, value, request->lang, request->arena));
}

static void section_draw(struct drawing *drawing, const struct section *section, const json_t *value,
    const char *path, const char *heading)
{
    struct page *page = drawing->page;
    struct arena *arena = page->request->arena;
    size_t rows = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < rows; i++) {
        const json_t *object = json_is_array(value) ? json_array_get(value, i) : value;
        const char *here = json_is_array(value) ? arena_printf(arena, "%s.%zu", path, i) : path;
        const char *label = section->label.text[page->request->lang];
        html_element(&page->html, heading,
            json_is_array(value) ? arena_printf(arena, "%s %zu", label, i + 1) : label, NULL);
        summary_begin(page);
        fields_draw(drawing, section->fields, section->field_count, object, here);
        summary_end(page);
    }
}

/* Who or what is meant by one already on the case: a link by name, or no link where it may not be opened. */
static void reference_draw(struct page *page, const struct composite *composite, const char *id)
{
    struct request *request = page->request;
    bool thing = strcmp(composite->name, "property") == 0;
    const char *name = NULL;
    struct property_row row;
    struct found_person found;
    if (!thing && person_seen(request, id, 0, &found) == E_OK) name = found.sightings[0].row.name;
    if (thing && property_get(request->db, request->arena, id, &row) == E_OK && property_seen(request, &row))
        name = row.description ? row.description : page_word(page, "thing");
    if (name) {
        page_link(page, url_make(request->arena, thing ? "/property/%" : "/people/%", id), name);
        html_text(&page->html, " · ");
    }
    html_text(&page->html, page_word(page, "already_on_case"));
}

static void composite_draw(
    struct drawing *drawing, const struct composite *composite, const json_t *object, const char *path)
{
    struct page *page = drawing->page;
    struct arena *arena = page->request->arena;
    const char *id = json_text(object, "ref");
    html_open(&page->html, "div", "class", "inner", NULL);
    if (id) reference_draw(page, composite, id);
    summary_begin(page);
    fields_draw(drawing, composite->fields, composite->field_count, object, path);
    summary_end(page);
    for (size_t i = 0; i < composite->section_count; i++) {
        const json_t *value = json_object_get(object, composite->sections[i].name);
        if (value)
            section_draw(drawing, &composite->sections[i], value,
                arena_printf(arena, "%s.%s", path, composite->sections[i].name), "h4");
    }
    html_close(&page->html);
}

static void value_draw(
    struct drawing *drawing, const struct field *field, const json_t *value, const char *path)
{
    if (field->composite && json_is_object(value))
        composite_draw(drawing, field->composite, value, path);
    else
        plain_draw(drawing, field, value);
    if (may_open(drawing, path)) opening_draw(drawing, path);
}

static void fields_draw(
    struct drawing *drawing, const struct field *fields, size_t count, const json_t *object, const char *path)
{
    struct page *page = drawing->page;
    struct arena *arena = page->request->arena;
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(object, fields[i].name);
        if (!value) continue;
        const char *here = arena_printf(arena, "%s.%s", path, fields[i].name);
        html_element(&page->html, "dt", fields[i].label.text[page->request->lang], NULL);
        size_t rows = json_is_array(value) ? json_array_size(value) : 1;
        for (size_t row = 0; row < rows; row++) {
            html_open(&page->html, "dd", NULL);
            if (json_is_array(value))
                value_draw(drawing, &fields[i], json_array_get(value, row),
                    arena_printf(arena, "%s.%zu", here, row));
            else
                value_draw(drawing, &fields[i], value, here);
            html_close(&page->html);
        }
    }
}

void body_section_draw(
    struct page *page, const struct seen_entry *seen, const struct section *section, bool titled)
{
    struct drawing drawing = {page, seen};
    const json_t *value = json_object_get(seen->body, section->name);
    if (!value) return;
    if (titled || json_is_array(value)) {
        section_draw(&drawing, section, value, section->name, "h3");
        return;
    }
    summary_begin(page);
    fields_draw(&drawing, section->fields, section->field_count, value, section->name);
    summary_end(page);
}

void body_draw(struct page *page, const struct seen_entry *seen)
{
    struct drawing drawing = {page, seen};
    for (size_t i = 0; i < seen->form->section_count; i++) {
        const struct section *section = &seen->form->sections[i];
        const json_t *value = json_object_get(seen->body, section->name);
        if (value) section_draw(&drawing, section, value, section->name, "h2");
    }
}
