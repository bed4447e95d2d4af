/* form/schema_value: how each field type is told in JSON Schema. Patterns are of the normal form, which the
 * check always takes; it takes looser spellings too. */
#include <string.h>

#include "form/type.h"

#define INTEGER_MAX 9007199254740991

static void put_text(json_t *schema, const char *name, const char *text)
{
    json_object_set_new(schema, name, json_string(text));
}

static void put_pattern(json_t *schema, const char *pattern, const char *example)
{
    put_text(schema, "type", "string");
    put_text(schema, "pattern", pattern);
    json_object_set_new(schema, "examples", json_pack("[s]", example));
}

void schema_text(const struct field *field, json_t *ret_schema)
{
    put_text(ret_schema, "type", "string");
    json_object_set_new(ret_schema, "minLength", json_integer(field->has_min ? field->min : 1));
    json_object_set_new(ret_schema, "maxLength", json_integer(field->max));
    if (field->pattern) put_text(ret_schema, "pattern", field->pattern);
    if (field->example) json_object_set_new(ret_schema, "examples", json_pack("[s]", field->example));
}

void schema_int(const struct field *field, json_t *ret_schema)
{
    put_text(ret_schema, "type", "integer");
    json_object_set_new(ret_schema, "minimum", json_integer(field->has_min ? field->min : -INTEGER_MAX));
    json_object_set_new(ret_schema, "maximum", json_integer(field->has_max ? field->max : INTEGER_MAX));
}

void schema_money(const struct field *field, json_t *ret_schema)
{
    schema_int(field, ret_schema);
    put_text(ret_schema, "x-panji-unit", "paise");
}

void schema_decimal(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_pattern(ret_schema, "^-?[0-9]+(\\.[0-9]+)?$", "12.50");
    json_object_set_new(ret_schema, "maxLength", json_integer(20));
}

static void put_time(const struct field *field, json_t *schema, const char *format)
{
    put_text(schema, "type", "string");
    put_text(schema, "format", format);
    if (field->past) put_text(schema, "x-panji-time", "past");
    if (field->future) put_text(schema, "x-panji-time", "future");
}

void schema_date(const struct field *field, json_t *ret_schema)
{
    put_time(field, ret_schema, "date");
}

void schema_datetime(const struct field *field, json_t *ret_schema)
{
    put_time(field, ret_schema, "date-time");
}

void schema_yesno(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_text(ret_schema, "type", "boolean");
}

void schema_code(const struct field *field, json_t *ret_schema)
{
    json_object_set_new(ret_schema, "$ref", json_sprintf("#/$defs/list.%s", field->list));
    put_text(ret_schema, "x-panji-list", field->list);
}

void schema_offence(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_pattern(ret_schema, "^[^ ]+ [^ ]+( [^ ]+)*$", "BNS 303(2)");
    json_object_set_new(ret_schema, "maxLength", json_integer(80));
}

static json_t *targets_json(const struct field *field)
{
    json_t *targets = json_array();
    for (size_t i = 0; i < field->target_count; i++)
        json_array_append_new(targets, json_string(field->targets[i]));
    return targets;
}

static void put_name(json_t *schema)
{
    put_text(schema, "type", "string");
    put_text(schema, "pattern", "^[!-~]{1,64}$");
}

void schema_office(const struct field *field, json_t *ret_schema)
{
    put_name(ret_schema);
    if (field->target_count > 0) json_object_set_new(ret_schema, "x-panji-office", targets_json(field));
}

void schema_officer(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_name(ret_schema);
}

void schema_blob(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_text(ret_schema, "type", "string");
    put_text(ret_schema, "pattern", "^[0-9a-f]{64}$");
}

void schema_entry(const struct field *field, json_t *ret_schema)
{
    put_pattern(ret_schema, "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        "01931f0c-7c00-7000-8000-000000000000");
    if (field->target_count > 0) json_object_set_new(ret_schema, "x-panji-entry", targets_json(field));
}

void schema_phone(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_pattern(ret_schema, "^\\+(91[1-9][0-9]{9}|[1-8][0-9]{6,14}|9[02-9][0-9]{5,13})$", "+919812345678");
}

void schema_vehicle(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_pattern(ret_schema, "^[A-Z0-9]{4,13}$", "CG04AB1234");
}

void schema_point(const struct field *field, json_t *ret_schema)
{
    (void)field;
    put_pattern(ret_schema, "^-?[0-8]?[0-9](\\.[0-9]{1,8})?,-?(1[0-7][0-9]|[0-9]{1,2})(\\.[0-9]{1,8})?$",
        "21.6566,82.1607");
}

void schema_composite(const struct field *field, json_t *ret_schema)
{
    json_object_set_new(ret_schema, "$ref", json_sprintf("#/$defs/%s", field->composite->name));
    if (field->role) put_text(ret_schema, "x-panji-role", field->role);
}
