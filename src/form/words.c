/* form/words: values in words, for pages and prints. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "form/type.h"

#define LINE_PARTS_MAX 6

static const char *string_or_empty(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? text : "";
}

const char *words_text(const struct words_request *request, const struct field *field, const json_t *value)
{
    (void)request, (void)field;
    return string_or_empty(value);
}

const char *words_int(const struct words_request *request, const struct field *field, const json_t *value)
{
    (void)field;
    return arena_printf(request->arena, "%lld", (long long)json_integer_value(value));
}

/* ₹1,23,456.78: three digits, then two and two. */
const char *words_money(const struct words_request *request, const struct field *field, const json_t *value)
{
    (void)field;
    int64_t paise = json_integer_value(value);
    uint64_t rest = paise < 0 ? 0 - (uint64_t)paise : (uint64_t)paise;
    unsigned hundredths = (unsigned)(rest % 100);
    rest /= 100;
    const char *rupees = arena_printf(request->arena, rest >= 1000 ? "%03u" : "%u", (unsigned)(rest % 1000));
    for (rest /= 1000; rest > 0; rest /= 100)
        rupees = arena_printf(request->arena, rest >= 100 ? "%02u,%s" : "%u,%s", (unsigned)(rest % 100),
            rupees);
    const char *sign = paise < 0 ? "-" : "";
    if (hundredths == 0) return arena_printf(request->arena, "%s₹%s", sign, rupees);
    return arena_printf(request->arena, "%s₹%s.%02u", sign, rupees, hundredths);
}

const char *words_date(const struct words_request *request, const struct field *field, const json_t *value)
{
    (void)field;
    int32_t day;
    const char *text = string_or_empty(value);
    if (!time_parse_date(text, &day)) return text;
    return time_people_day(request->arena, day, (int)request->lang);
}

const char *words_datetime(const struct words_request *request, const struct field *field,
    const json_t *value)
{
    (void)field;
    int64_t at;
    const char *text = string_or_empty(value);
    return time_parse(text, &at) ? time_people_text(request->arena, at, (int)request->lang) : text;
}

const char *words_yesno(const struct words_request *request, const struct field *field, const json_t *value)
{
    static const char *const words[LANG_COUNT][2] = {[LANG_EN] = {"No", "Yes"}, [LANG_HI] = {"नहीं", "हाँ"}};
    (void)field;
    return words[request->lang][json_is_true(value)];
}

const char *words_code(const struct words_request *request, const struct field *field, const json_t *value)
{
    return code_label(request->forms, field->list, string_or_empty(value), request->lang);
}

/* +91 98123 45678; numbers of other countries stay as they are. */
const char *words_phone(const struct words_request *request, const struct field *field, const json_t *value)
{
    (void)field;
    const char *text = string_or_empty(value);
    if (strncmp(text, "+91", 3) != 0 || strlen(text) != 13) return text;
    return arena_printf(request->arena, "+91 %.5s %s", text + 3, text + 8);
}

static const char *value_words(const struct words_request *request, const struct field *field,
    const json_t *value)
{
    if (!json_is_array(value)) return field_kinds[field->type].words_of(request, field, value);
    const char *words = "";
    for (size_t i = 0; i < json_array_size(value); i++)
        words = arena_printf(request->arena, "%s%s%s", words, i > 0 ? "; " : "",
            field_kinds[field->type].words_of(request, field, json_array_get(value, i)));
    return words;
}

/* Which fields of a composite make its short line, and what stands before each; a composite without a row is
 * told by its first values. */
static const struct {
    const char *composite;
    struct {
        const char *before, *field;
    } parts[LINE_PARTS_MAX];
} short_lines[] = {
    {"person", {{"", "name"}, {", ", "relation"}, {" ", "relative_name"}}},
    {"property", {{"", "kind"}, {", ", "description"}, {", ", "quantity"}, {" ", "unit"}, {", ", "mark"}}},
};

static const char *member_words(const struct words_request *request, const struct composite *composite,
    const char *name, const json_t *object)
{
    const json_t *value = json_object_get(object, name);
    for (size_t i = 0; value && i < composite->field_count; i++)
        if (strcmp(composite->fields[i].name, name) == 0)
            return value_words(request, &composite->fields[i], value);
    return "";
}

/* The row of short_lines for a composite; false when it has none. */
static bool line_from_table(const struct words_request *request, const struct composite *composite,
    const json_t *object, struct buf *line)
{
    for (size_t i = 0; i < sizeof short_lines / sizeof short_lines[0]; i++) {
        if (strcmp(short_lines[i].composite, composite->name) != 0) continue;
        for (size_t j = 0; j < LINE_PARTS_MAX && short_lines[i].parts[j].field; j++) {
            const char *words = member_words(request, composite, short_lines[i].parts[j].field, object);
            if (*words && line->len > 0) buf_puts(line, short_lines[i].parts[j].before);
            buf_puts(line, words);
        }
        return true;
    }
    return false;
}

const char *words_composite(const struct words_request *request, const struct field *field,
    const json_t *value)
{
    const struct composite *composite = field->composite;
    struct buf line;
    buf_init(&line, request->arena, FORM_BODY_BYTES_MAX);
    if (!line_from_table(request, composite, value, &line)) {
        size_t parts = 0;
        for (size_t i = 0; i < composite->field_count && parts < LINE_PARTS_MAX; i++) {
            const struct field *member = &composite->fields[i];
            const json_t *given = json_object_get(value, member->name);
            if (!given || member->composite || member->type == FIELD_BLOB || member->confidential) continue;
            if (parts++ > 0) buf_puts(&line, ", ");
            buf_puts(&line, value_words(request, member, given));
        }
    }
    if (line.len == 0) buf_puts(&line, json_text(value, "ref"));
    return line.data;
}

const char *field_words(const struct forms *forms, const struct field *field, const json_t *value,
    enum lang lang, struct arena *arena)
{
    const struct words_request request = {.forms = forms, .lang = lang, .arena = arena};
    return arena_strdup(arena, value_words(&request, field, value)); /* may outlive the value */
}
