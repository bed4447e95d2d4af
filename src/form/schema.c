/* form/schema: a form as JSON Schema 2020-12, self-contained: composites and lists stand in $defs. What plain
 * JSON Schema cannot say (conditions, both languages, who files) stands in members beginning with x-panji-.
 */
#include <string.h>

#include "form/check.h"
#include "form/type.h"

static void put_text(json_t *schema, const char *name, const char *text)
{
    if (text) json_object_set_new(schema, name, json_string(text));
}

static json_t *texts_json(const char *const *texts, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(array, json_string(texts[i]));
    return array;
}

static void put_labels(json_t *schema, const struct label *label)
{
    put_text(schema, "title", label->text[LANG_EN]);
    put_text(schema, "x-panji-title-hi", label->text[LANG_HI]);
}

static void put_condition(json_t *schema, const char *name, const struct condition *condition)
{
    if (!condition->field) return;
    json_t *values = texts_json(condition->values, condition->value_count);
    json_object_set_new(schema, name, json_pack("{s:s, s:o}", "field", condition->field, "values", values));
}

static json_t *rows_schema(json_t *items, int min, int max, const struct label *label)
{
    json_t *schema = json_pack("{s:s, s:o, s:i, s:i}", "type", "array", "items", items, "minItems", min,
        "maxItems", max);
    put_labels(schema, label);
    return schema;
}

/* A default of a time or name is a word of the page, not a value. */
static void put_default(json_t *schema, const struct field *field)
{
    if (!field->fallback) return;
    if (field->type == FIELD_YESNO)
        json_object_set_new(schema, "default", json_boolean(strcmp(field->fallback, "yes") == 0));
    else if (field->type == FIELD_CODE || field->type == FIELD_TEXT)
        put_text(schema, "default", field->fallback);
}

static json_t *field_schema(const struct field *field)
{
    json_t *schema = json_object();
    field_kinds[field->type].schema(field, schema);
    put_labels(schema, &field->label);
    put_default(schema, field);
    int min = field->many_min > 0 ? field->many_min : 1;
    if (field->many) schema = rows_schema(schema, min, field->many_max, &field->label);
    const char *type = field_kinds[field->type].name;
    put_text(schema, "x-panji-type", type ? type : field->composite->name);
    put_text(schema, "description", field->help.text[LANG_EN]);
    put_text(schema, "x-panji-help-hi", field->help.text[LANG_HI]);
    put_text(schema, "x-panji-confidential", field->confidential);
    put_condition(schema, "x-panji-confidential-unless", &field->spared_when);
    if (field->fixed) json_object_set_new(schema, "x-panji-fixed", json_true());
    put_condition(schema, "x-panji-when", &field->only_when);
    put_condition(schema, "x-panji-required-when",
        field->required ? &field->only_when : &field->required_when);
    return schema;
}

static bool field_always_required(const struct field *field)
{
    return field->required && !field->only_when.field;
}

/* Whether a body without the section is refused whatever else it holds. */
static bool section_always_required(const struct section *section)
{
    if (section->only_when.field) return false;
    if (section->many) return section->many_min > 0;
    for (size_t i = 0; i < section->field_count; i++)
        if (field_always_required(&section->fields[i])) return true;
    return false;
}

static json_t *members_schema(const struct members *members);

/* An empty row or value is dropped, so it cannot stand for one that is wanted. */
static void put_not_empty(json_t *schema)
{
    json_object_set_new(schema, "minProperties", json_integer(1));
}

static json_t *section_schema(const struct section *section)
{
    const struct members members = {.field_count = section->field_count, .fields = section->fields};
    json_t *schema = members_schema(&members);
    if (section->many) put_not_empty(schema);
    if (section->many) schema = rows_schema(schema, section->many_min, section->many_max, &section->label);
    else put_labels(schema, &section->label);
    put_text(schema, "x-panji-extension", section->extension);
    put_condition(schema, "x-panji-when", &section->only_when);
    return schema;
}

static json_t *members_schema(const struct members *members)
{
    json_t *properties = json_object(), *required = json_array();
    for (size_t i = 0; i < members->field_count; i++) {
        const struct field *field = &members->fields[i];
        json_object_set_new(properties, field->name, field_schema(field));
        if (field_always_required(field)) json_array_append_new(required, json_string(field->name));
    }
    for (size_t i = 0; i < members->section_count; i++) {
        const struct section *section = &members->sections[i];
        json_object_set_new(properties, section->name, section_schema(section));
        if (section_always_required(section)) json_array_append_new(required, json_string(section->name));
    }
    return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required", required,
        "additionalProperties", 0);
}

/* By reference: either "ref" with whatever is to be added, or the whole. */
static json_t *composite_schema(const struct composite *composite)
{
    const struct members members = {.field_count = composite->field_count,
        .fields = composite->fields,
        .section_count = composite->section_count,
        .sections = composite->sections};
    json_t *schema = members_schema(&members);
    put_not_empty(schema);
    if (composite->by_reference) {
        json_t *referred = json_deep_copy(schema);
        json_object_set_new(json_object_get(referred, "properties"), "ref",
            json_pack("{s:s, s:s, s:s, s:s}", "type", "string", "pattern", "^[0-9a-f.-]{1,64}$", "title",
                "Already in the register", "x-panji-title-hi", "पहले से दर्ज"));
        json_object_set_new(referred, "required", json_pack("[s]", "ref"));
        schema = json_pack("{s:[o, o]}", "anyOf", referred, schema);
    }
    put_labels(schema, &composite->label);
    return schema;
}

static json_t *list_schema(const struct code_list *list)
{
    json_t *codes = json_array(), *labels = json_object(), *parents = json_object();
    for (size_t i = 0; i < list->count; i++) {
        const struct code *code = &list->codes[i];
        json_array_append_new(codes, json_string(code->name));
        json_object_set_new(labels, code->name,
            json_pack("{s:s, s:s}", "en", code->label.text[LANG_EN], "hi", code->label.text[LANG_HI]));
        if (code->parent) put_text(parents, code->name, code->parent);
    }
    json_t *schema = json_pack("{s:s, s:o, s:o}", "type", "string", "enum", codes, "x-panji-labels", labels);
    put_labels(schema, &list->label);
    put_text(schema, "x-panji-parent-list", list->parent_list);
    if (list->parent_list) json_object_set_new(schema, "x-panji-parents", parents);
    else json_decref(parents);
    return schema;
}

static void put_definitions(json_t *definitions, const struct field *fields, size_t count);

static void put_composite(json_t *definitions, const struct composite *composite)
{
    if (json_object_get(definitions, composite->name)) return;
    json_object_set_new(definitions, composite->name, composite_schema(composite));
    put_definitions(definitions, composite->fields, composite->field_count);
    for (size_t i = 0; i < composite->section_count; i++)
        put_definitions(definitions, composite->sections[i].fields, composite->sections[i].field_count);
}

/* A list's name is not a composite's: "list." stands before it. */
static void put_definitions(json_t *definitions, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char name[FORM_NAME_MAX + 8];
        if (fields[i].composite) put_composite(definitions, fields[i].composite);
        if (!fields[i].codes) continue;
        snprintf(name, sizeof name, "list.%s", fields[i].list);
        if (!json_object_get(definitions, name))
            json_object_set_new(definitions, name, list_schema(fields[i].codes));
    }
}

static void put_effects(json_t *schema, const struct form *form)
{
    json_t *effects = json_array();
    for (size_t i = 0; i < form->property_count + form->person_count; i++) {
        bool property = i < form->property_count;
        const struct form_effect *effect = property ? &form->properties[i]
                                                    : &form->persons[i - form->property_count];
        json_t *row = json_pack("{s:s}", "path", effect->path);
        put_text(row, "word", effect->word);
        put_text(row, "from", effect->value_field);
        put_condition(row, "when", &effect->when);
        json_array_append_new(effects, row);
    }
    json_object_set_new(schema, "x-panji-effects", effects);
}

/* What surrounds the body: who files, where, on which case. */
static void put_filing(json_t *schema, const struct form *form)
{
    put_text(schema, "x-panji-form", form->name);
    json_object_set_new(schema, "x-panji-version", json_integer(form->version));
    put_text(schema, "x-panji-law", form->law);
    json_object_set_new(schema, "x-panji-files",
        json_pack("{s:o, s:o}", "roles", texts_json(form->roles, form->role_count), "kinds",
            texts_json(form->kinds, form->kind_count)));
    put_text(schema, "x-panji-opens", form->opens);
    if (form->on_case || form->on_any)
        json_object_set_new(schema, "x-panji-on",
            json_pack("{s:b, s:o}", "required", form->on_case, "kinds",
                texts_json(form->on_kinds, form->on_count)));
    if (form->after_count > 0)
        json_object_set_new(schema, "x-panji-after", texts_json(form->after, form->after_count));
    if (form->to_count > 0) {
        json_t *to = json_pack("{s:b, s:o}", "required", form->to_required, "kinds",
            texts_json(form->to_kinds, form->to_count));
        put_text(to, "field", form->to_field);
        json_object_set_new(schema, "x-panji-to", to);
    }
    put_text(schema, "x-panji-consumes", form->consumes);
    put_text(schema, "x-panji-consumes-each", form->consumes_each);
    put_text(schema, "x-panji-acts", form->acts);
    if (form->amends)
        json_object_set_new(schema, "x-panji-amends",
            json_pack("{s:s, s:s, s:s}", "entry", form->amends, "path", "changes.path", "value",
                "changes.value"));
    put_text(schema, "x-panji-links", form->links);
    put_text(schema, "x-panji-assigns-io", form->assigns_io);
    put_text(schema, "x-panji-listed-on", form->listed_on);
    if (form->single) json_object_set_new(schema, "x-panji-single", json_true());
    put_effects(schema, form);
}

json_t *form_schema(const struct forms *forms, const struct form *form)
{
    (void)forms;
    const struct members members = {.section_count = form->section_count, .sections = form->sections};
    json_t *schema = members_schema(&members), *definitions = json_object();
    put_text(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_object_set_new(schema, "$id", json_sprintf("urn:panji:form:%s:%d", form->name, form->version));
    put_labels(schema, &form->label);
    put_filing(schema, form);
    for (size_t i = 0; i < form->section_count; i++)
        put_definitions(definitions, form->sections[i].fields, form->sections[i].field_count);
    json_object_set_new(schema, "$defs", definitions);
    return schema;
}
