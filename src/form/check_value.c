/* form/check_value: the checks of single values: text, numbers, times, codes. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"
#include "base/time.h"
#include "form/set.h"
#include "form/type.h"

#define CLOCK_SLACK_MS (5 * 60 * TIME_SECOND_MS) /* a device may be this far ahead of the server */
#define INTEGER_MAX 9007199254740991
#define DECIMAL_BYTES_MAX 20
#define QUOTE_MAX 80

/* What was given, for the words of a problem: never longer than a line. */
static const char *quote(struct check *check, const char *text)
{
    size_t n = strlen(text);
    if (n <= QUOTE_MAX) return text;
    for (n = QUOTE_MAX; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;) n--;
    return arena_printf(check->arena, "%.*s…", (int)n, text);
}

static json_t *refuse(struct check *check, const struct step *at, const char *code)
{
    problem_add(check->problems, code, fault_at(check, at), NULL);
    return NULL;
}

static json_t *refuse_value(struct check *check, const struct step *at, const char *code, const char *value)
{
    problem_add(check->problems, code, fault_at(check, at), "value", quote(check, value), NULL);
    return NULL;
}

static json_t *refuse_bound(struct check *check, const struct step *at, const char *code, const char *name,
    int64_t bound)
{
    const char *number = arena_printf(check->arena, "%lld", (long long)bound);
    problem_add(check->problems, code, fault_at(check, at), name, number, NULL);
    return NULL;
}

/* The text of a value without controls, folded when it is a number or sign that people type in many ways.
 * NULL after telling that it is none. */
static const char *plain_text(struct check *check, const struct step *at, const json_t *value)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) != json_string_length(value)) {
        refuse(check, at, "field_type");
        return NULL;
    }
    return text;
}

enum look { LOOK_CLEAN, LOOK_NEEDS_CLEANING, LOOK_WRONG };

/* Eight bytes behind `before` in which no byte has to be looked at: no control, none that begins one, no two
 * blanks in a row. */
static bool word_is_plain(uint64_t word, unsigned char before)
{
    uint64_t blanks = bytes_equal_all(word, ' ');
    uint64_t behind_blank = blanks << 8 | (before == ' ' ? 0x80 : 0);
    return !(bytes_below(word, 0x20) | bytes_equal(word, 0x7F) | bytes_equal(word, 0xC2) |
             (blanks & behind_blank));
}

/* One byte of a text. The C1 controls are the two bytes C2 80 to C2 9F. */
static enum look byte_look(const unsigned char *at, unsigned char before, bool first, bool multiline)
{
    bool line_end = *at == '\n' || *at == '\t' || *at == '\r';
    if ((*at < 0x20 && !line_end) || *at == 0x7F) return LOOK_WRONG;
    if (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) return LOOK_WRONG;
    if (*at == '\r' || (line_end && !multiline)) return LOOK_NEEDS_CLEANING;
    bool again = *at == ' ' && before == ' ' && (!multiline || first);
    return again ? LOOK_NEEDS_CLEANING : LOOK_CLEAN;
}

/* Settled text without double blanks, and with none at its ends, is in its normal form and need not be
 * copied. */
static enum look text_look(const char *text, size_t n, bool multiline)
{
    enum look look = LOOK_CLEAN;
    unsigned char before = ' ';
    uint64_t all = 0;
    for (size_t i = 0; i < n; before = (unsigned char)text[i - 1]) {
        uint64_t word = n - i >= BYTES_WORD ? bytes_load(text + i) : 0; /* 0 is not plain */
        if (word_is_plain(word, before)) {
            all |= word;
            i += BYTES_WORD;
            continue;
        }
        enum look one = byte_look((const unsigned char *)text + i, before, i == 0, multiline);
        if (one > look) look = one;
        if (look == LOOK_WRONG) return look;
        all |= (unsigned char)text[i++];
    }
    bool blank_end = before == ' ' || before == '\n' || before == '\t';
    bool blank_start = text[0] == '\n' || text[0] == '\t';
    if (blank_end || blank_start || ((all & BYTES_TOP) && !text_settled(text))) return LOOK_NEEDS_CLEANING;
    return look;
}

json_t *check_text(struct check *check, const struct step *at, const struct field *field, const json_t *value,
    const struct scope *scope)
{
    (void)scope;
    bool multiline = field->type == FIELD_LONGTEXT;
    const char *text = plain_text(check, at, value);
    if (!text) return NULL;
    size_t length_given = json_string_length(value);
    enum look look = text_look(text, length_given, multiline);
    if (look == LOOK_WRONG) return refuse(check, at, "field_text");
    if (look == LOOK_NEEDS_CLEANING) text = text_clean(check->arena, text, multiline);
    int64_t bytes = (int64_t)(look == LOOK_CLEAN ? length_given : strlen(text));
    if (bytes == 0) return json_null();
    /* A character is one to four bytes: mostly they need not be counted. */
    bool counts = bytes > field->max || (field->has_min && bytes < 4 * field->min);
    int64_t length = counts ? (int64_t)text_length(text) : field->max;
    if (field->has_min && length < field->min)
        return refuse_bound(check, at, "field_short", "min", field->min);
    if (length > field->max) return refuse_bound(check, at, "field_long", "max", field->max);
    if (field->matcher && !matcher_fits(field->matcher, text)) {
        problem_add(check->problems, "field_pattern", fault_at(check, at), "value", quote(check, text),
            "example", field->example ? field->example : field->pattern, NULL);
        return NULL;
    }
    return look == LOOK_CLEAN ? json_incref((json_t *)(uintptr_t)value) : json_string(text);
}

json_t *check_int(struct check *check, const struct step *at, const struct field *field, const json_t *value,
    const struct scope *scope)
{
    (void)scope;
    if (!json_is_integer(value)) return refuse(check, at, "field_number");
    int64_t number = json_integer_value(value);
    int64_t min = field->has_min ? field->min : -INTEGER_MAX, max = field->has_max ? field->max : INTEGER_MAX;
    if (number < min) return refuse_bound(check, at, "field_min", "min", min);
    if (number > max) return refuse_bound(check, at, "field_max", "max", max);
    return json_incref((json_t *)(uintptr_t)value);
}

/* The bounds of money are told in rupees, as it is typed. */
json_t *check_money(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)scope;
    if (!json_is_integer(value)) return refuse(check, at, "field_number");
    int64_t paise = json_integer_value(value);
    int64_t max = field->has_max ? field->max : INTEGER_MAX;
    bool low = paise < field->min;
    if (!low && paise <= max) return json_incref((json_t *)(uintptr_t)value);
    const json_t *bound = json_integer(low ? field->min : max);
    const struct words_request request = {.forms = check->forms, .lang = LANG_EN, .arena = check->arena};
    problem_add(check->problems, low ? "field_min" : "field_max", fault_at(check, at), low ? "min" : "max",
        words_money(&request, field, bound), NULL);
    json_decref((json_t *)(uintptr_t)bound);
    return NULL;
}

json_t *check_decimal(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    const char *text = plain_text(check, at, value);
    if (!text) return NULL;
    const char *folded = text_fold(check->arena, text);
    const char *digits = folded + (*folded == '-');
    size_t whole = strspn(digits, "0123456789");
    size_t part = digits[whole] == '.' ? strspn(digits + whole + 1, "0123456789") : 0;
    size_t n = digits[whole] == '.' ? whole + 1 + part : whole;
    bool wrong = whole == 0 || digits[n] || (n > whole && part == 0) || strlen(folded) > DECIMAL_BYTES_MAX;
    return wrong ? refuse_value(check, at, "field_decimal", text) : value_text_same(value, folded);
}

json_t *check_date(struct check *check, const struct step *at, const struct field *field, const json_t *value,
    const struct scope *scope)
{
    (void)scope;
    const char *text = plain_text(check, at, value);
    if (!text) return NULL;
    int32_t day, today = time_day_number(check->now);
    if (!time_parse_date(text, &day)) return refuse_value(check, at, "field_date", text);
    if (field->past && day > today) return refuse(check, at, "field_date_past");
    if (field->future && day < today) return refuse(check, at, "field_date_future");
    return value_text_same(value, text);
}

json_t *check_datetime(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)scope;
    const char *text = plain_text(check, at, value);
    if (!text) return NULL;
    int64_t instant;
    if (!time_parse(text, &instant)) return refuse_value(check, at, "field_date", text);
    if (field->past && instant > check->now + CLOCK_SLACK_MS) return refuse(check, at, "field_date_past");
    if (field->future && instant < check->now - CLOCK_SLACK_MS) return refuse(check, at, "field_date_future");
    return value_text_same(value, time_text(check->arena, instant));
}

json_t *check_yesno(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    return json_is_boolean(value) ? json_incref((json_t *)(uintptr_t)value) : refuse(check, at, "field_type");
}

/* The code in the field beside that is of the parent list, when it has one value. */
static const char *parent_given(const struct field *field, const struct scope *scope)
{
    const char *list = field->codes->parent_list;
    for (size_t i = 0; list && i < scope->field_count; i++) {
        const struct field *beside = &scope->fields[i];
        if (beside->type == FIELD_CODE && strcmp(beside->list, list) == 0)
            return json_string_value(json_object_get(scope->object, beside->name));
    }
    return NULL;
}

json_t *check_code(struct check *check, const struct step *at, const struct field *field, const json_t *value,
    const struct scope *scope)
{
    const char *text = plain_text(check, at, value);
    if (!text) return NULL;
    const struct code *code = code_find(field->codes, text);
    if (!code) return refuse_value(check, at, "field_code", text);
    const char *parent = code->parent ? parent_given(field, scope) : NULL;
    if (!parent || !*parent || strcmp(parent, code->parent) == 0) return value_text_same(value, text);
    problem_add(check->problems, "field_parent", fault_at(check, at), "value", quote(check, text), "parent",
        quote(check, parent), NULL);
    return NULL;
}
