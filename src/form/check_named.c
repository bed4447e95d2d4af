/* form/check_named: the checks of what has a name or number of its own outside: offences, offices, officers,
 * entries, files, phones, vehicles, positions. Whether a name is known is asked through struct form_lookup.
 */
#include <string.h>

#include "base/id.h"
#include "base/text.h"
#include "form/type.h"

#define NAME_BYTES_MAX 64
#define OFFENCE_BYTES_MAX 80

static const char digits[] = "0123456789";

static json_t *refuse(struct check *check, const struct step *at, const char *code, const char *name,
    const char *value)
{
    problem_add(check->problems, code, fault_at(check, at), name, arena_printf(check->arena, "%.80s", value),
        NULL);
    return NULL;
}

/* A text that may be a name or number: at most `max` bytes. NULL after telling. */
static const char *name_text(struct check *check, const struct step *at, const json_t *value, size_t max)
{
    const char *text = json_string_value(value);
    if (text && strlen(text) == json_string_length(value) && strlen(text) <= max) return text;
    problem_add(check->problems, "field_type", fault_at(check, at), NULL);
    return NULL;
}

/* Act, one blank, section: "BNS 303(2)". */
json_t *check_offence(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    const char *text = name_text(check, at, value, OFFENCE_BYTES_MAX);
    if (!text) return NULL;
    const struct form_lookup *lookup = check->lookup;
    const char *clean = text_clean(check->arena, text, false);
    if (!strchr(clean, ' ')) return refuse(check, at, "field_offence", "value", text);
    if (lookup && lookup->offence && !lookup->offence(lookup->context, clean))
        return refuse(check, at, "offence_unknown", "id", clean);
    return value_text_same(value, clean);
}

static bool target_has(const struct field *field, const char *name)
{
    for (size_t i = 0; i < field->target_count; i++)
        if (strcmp(field->targets[i], name) == 0) return true;
    return field->target_count == 0;
}

/* Office codes and officer ids: printable, without blanks. */
static bool name_valid(const char *text)
{
    for (const char *at = text; *at; at++)
        if (*at <= ' ' || *at > '~') return false;
    return *text != '\0';
}

json_t *check_office(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)scope;
    const char *text = name_text(check, at, value, NAME_BYTES_MAX), *kind = NULL;
    if (!text) return NULL;
    const struct form_lookup *lookup = check->lookup;
    bool ask = lookup && lookup->office;
    if (!name_valid(text) || (ask && !lookup->office(lookup->context, text, &kind)))
        return refuse(check, at, "office_unknown", "id", text);
    if (kind && !target_has(field, kind)) return refuse(check, at, "office_kind", "id", text);
    return value_text_same(value, text);
}

json_t *check_officer(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    const char *text = name_text(check, at, value, NAME_BYTES_MAX);
    if (!text) return NULL;
    const struct form_lookup *lookup = check->lookup;
    bool ask = lookup && lookup->officer;
    if (!name_valid(text) || (ask && !lookup->officer(lookup->context, text)))
        return refuse(check, at, "officer_unknown", "id", text);
    return value_text_same(value, text);
}

json_t *check_blob(struct check *check, const struct step *at, const struct field *field, const json_t *value,
    const struct scope *scope)
{
    (void)field, (void)scope;
    uint8_t hash[32];
    const char *text = name_text(check, at, value, NAME_BYTES_MAX);
    if (!text) return NULL;
    const struct form_lookup *lookup = check->lookup;
    bool ask = lookup && lookup->blob;
    if (strlen(text) != 2 * sizeof hash || !hex_decode(hash, sizeof hash, text) ||
        (ask && !lookup->blob(lookup->context, text)))
        return refuse(check, at, "blob_unknown", "id", text);
    return value_text_same(value, text);
}

/* The forms an entry reference may name, between commas. */
static const char *targets_words(struct check *check, const struct field *field)
{
    const char *words = field->targets[0];
    for (size_t i = 1; i < field->target_count; i++)
        words = arena_printf(check->arena, "%s, %s", words, field->targets[i]);
    return words;
}

json_t *check_entry(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)scope;
    const char *text = name_text(check, at, value, NAME_BYTES_MAX), *form = NULL;
    if (!text) return NULL;
    const struct form_lookup *lookup = check->lookup;
    if (!id_valid(text)) return refuse(check, at, "id_wrong", "id", text);
    if (lookup && lookup->entry && !lookup->entry(lookup->context, text, &form))
        return refuse(check, at, "entry_unknown", "id", text);
    if (form && !target_has(field, form)) {
        problem_add(check->problems, "entry_form", fault_at(check, at), "id", text, "form", form, "wanted",
            targets_words(check, field), NULL);
        return NULL;
    }
    return value_text_same(value, text);
}

/* Letters, digits and '+' of what was typed: Indian digits made ASCII, blanks and dashes gone. */
static const char *signs_only(struct check *check, const char *text, const char *dropped)
{
    char *signs = arena_strdup(check->arena, text_fold(check->arena, text)), *to = signs;
    for (const char *from = signs; *from; from++)
        if (!strchr(dropped, *from)) *to++ = *from;
    *to = '\0';
    return signs;
}

/* "+91…" of an Indian number with or without its prefixes, "+NN…" of another country's; NULL. */
static const char *phone_normal(struct check *check, const char *signs)
{
    const char *number = signs + (*signs == '+');
    size_t n = strlen(number);
    if (n == 0 || strspn(number, digits) != n) return NULL;
    bool abroad = *signs == '+';
    if (!abroad && n > 12 && strncmp(number, "00", 2) == 0) abroad = true, number += 2, n -= 2;
    if (abroad && strncmp(number, "91", 2) != 0)
        return n >= 7 && n <= 15 && *number != '0' ? arena_printf(check->arena, "+%s", number) : NULL;
    if (n == 12 && strncmp(number, "91", 2) == 0) number += 2;
    else if (!abroad && n == 11 && *number == '0') number += 1;
    return strlen(number) == 10 && *number != '0' ? arena_printf(check->arena, "+91%s", number) : NULL;
}

json_t *check_phone(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    const char *text = name_text(check, at, value, NAME_BYTES_MAX);
    if (!text) return NULL;
    const char *phone = phone_normal(check, signs_only(check, text, " -()."));
    return phone ? value_text_same(value, phone) : refuse(check, at, "field_phone", "value", text);
}

json_t *check_vehicle(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    const char *text = name_text(check, at, value, NAME_BYTES_MAX);
    if (!text) return NULL;
    char *signs = arena_strdup(check->arena, signs_only(check, text, " -"));
    for (char *sign = signs; *sign; sign++)
        if (*sign >= 'a' && *sign <= 'z') *sign = (char)(*sign - ('a' - 'A'));
    size_t n = strlen(signs);
    bool valid = n >= 4 && n <= 13 && strspn(signs, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == n;
    return valid ? value_text_same(value, signs) : refuse(check, at, "field_vehicle", "value", text);
}

/* A number of degrees up to `most` with at most 8 decimals; what stands behind it, or NULL. */
static const char *degrees_end(const char *at, int most)
{
    at += *at == '-';
    size_t whole = strspn(at, digits);
    if (whole == 0 || whole > 3) return NULL;
    int degrees = 0;
    for (size_t i = 0; i < whole; i++) degrees = degrees * 10 + (at[i] - '0');
    at += whole;
    size_t part = *at == '.' ? strspn(at + 1, digits) : 0;
    if (*at == '.' && (part == 0 || part > 8)) return NULL;
    bool over = *at == '.' && strspn(at + 1, "0") < part;
    if (degrees > most || (degrees == most && over)) return NULL;
    return *at == '.' ? at + 1 + part : at;
}

json_t *check_point(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope)
{
    (void)field, (void)scope;
    const char *text = name_text(check, at, value, NAME_BYTES_MAX);
    if (!text) return NULL;
    const char *point = signs_only(check, text, " ");
    const char *comma = degrees_end(point, 90);
    const char *end = comma && *comma == ',' ? degrees_end(comma + 1, 180) : NULL;
    return end && !*end ? value_text_same(value, point) : refuse(check, at, "field_point", "value", text);
}
