/* form/pairs: what a page sent, name=value pairs, as a JSON body.
 *
 * The names come from strangers: what does not lead to a field of the form is ignored. Rows keep the number
 * they had on the page, with null for empty ones, so that problems point to where the person typed. */
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "form/check.h"
#include "form/type.h"

#define ROWS_SKIPPED_MAX 20000 /* in one body: a few names must not make a large one */
#define MONEY_DIGITS_MAX 13
#define INT_DIGITS_MAX 15

/* A text that is no text is kept as one that the check refuses as such, rather than dropped in silence. */
static json_t *text_json(const char *text)
{
    return text_valid(text, strlen(text)) ? json_string(text) : json_string("\177");
}

json_t *typed_text(const struct typed_request *request, const struct field *field, const char *text)
{
    (void)field;
    if (!strchr(text, '\r')) return text_json(text);
    char *lines = arena_strdup(request->arena, text), *to = lines;
    for (const char *from = text; *from; from++)
        if (from[0] != '\r' || from[1] != '\n') *to++ = *from;
    *to = '\0';
    return text_json(lines);
}

/* Folded, without the signs in `dropped`; NULL when it is not valid text. */
static const char *folded_without(const struct typed_request *request, const char *text, const char *dropped)
{
    if (!text_valid(text, strlen(text))) return NULL;
    char *folded = arena_strdup(request->arena, text_fold(request->arena, text)), *to = folded;
    for (const char *from = folded; *from; from++)
        if (!strchr(dropped, *from)) *to++ = *from;
    *to = '\0';
    return folded;
}

static bool read_digits(const char *text, size_t n, int64_t *ret)
{
    int64_t number = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        number = number * 10 + (text[i] - '0');
    }
    *ret = number;
    return true;
}

json_t *typed_int(const struct typed_request *request, const struct field *field, const char *text)
{
    (void)field;
    const char *folded = folded_without(request, text, " ,");
    const char *digits = folded && *folded == '-' ? folded + 1 : folded;
    size_t n = digits ? strlen(digits) : 0;
    int64_t number;
    if (n == 0 || n > INT_DIGITS_MAX || !read_digits(digits, n, &number)) return text_json(text);
    return json_integer(digits > folded ? -number : number);
}

/* "₹ 1,234.50", "Rs. 500", "1,200/-" */
json_t *typed_money(const struct typed_request *request, const struct field *field, const char *text)
{
    (void)field;
    const char *folded = folded_without(request, text, " ,");
    if (!folded) return text_json(text);
    bool minus = *folded == '-';
    folded += minus;
    static const char *const signs[] = {"₹", "rs.", "rs"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strncmp(folded, signs[i], strlen(signs[i])) != 0) continue;
        folded += strlen(signs[i]);
        break;
    }
    size_t n = strlen(folded);
    if (n > 2 && strcmp(folded + n - 2, "/-") == 0) n -= 2;
    const char *point = memchr(folded, '.', n);
    size_t whole = point ? (size_t)(point - folded) : n, part = point ? n - whole - 1 : 0;
    int64_t rupees, paise = 0;
    if (whole == 0 || whole > MONEY_DIGITS_MAX || part > 2 || (point && part == 0) ||
        !read_digits(folded, whole, &rupees) || (point && !read_digits(point + 1, part, &paise)))
        return text_json(text);
    int64_t amount = rupees * 100 + (part == 1 ? paise * 10 : paise);
    return json_integer(minus ? -amount : amount);
}

static bool typed_instant(const struct typed_request *request, const char *text, bool want_time, int64_t *ret)
{
    return text_valid(text, strlen(text)) &&
           time_parse_typed(folded_without(request, text, ""), request->now, want_time, ret);
}

json_t *typed_date(const struct typed_request *request, const struct field *field, const char *text)
{
    (void)field;
    int64_t at;
    if (!typed_instant(request, text, false, &at)) return text_json(text);
    return json_string(time_date_text(request->arena, time_day_number(at)));
}

json_t *typed_datetime(const struct typed_request *request, const struct field *field, const char *text)
{
    (void)field;
    int64_t at;
    /* Folding would make the T of ISO times small, so these are tried as they are. */
    if (!time_parse_typed(text, request->now, true, &at) && !typed_instant(request, text, true, &at))
        return text_json(text);
    return json_string(time_text(request->arena, at));
}

json_t *typed_yesno(const struct typed_request *request, const struct field *field, const char *text)
{
    static const struct {
        const char *text;
        bool yes;
    } words[] = {{"yes", true}, {"no", false}, {"true", true}, {"false", false}, {"on", true}, {"off", false},
        {"1", true}, {"0", false}};
    (void)request, (void)field;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcasecmp(text, words[i].text) == 0) return json_boolean(words[i].yes);
    return text_json(text);
}

struct build {
    struct typed_request request;
    size_t skipped; /* null rows made so far */
};

/* One step of a name: up to the next dot. */
struct piece {
    const char *text;
    size_t n;
};

static struct piece piece_take(const char **path)
{
    struct piece piece = {*path, strcspn(*path, ".")};
    *path += piece.n + ((*path)[piece.n] == '.');
    return piece;
}

static bool piece_is(struct piece piece, const char *name)
{
    return strlen(name) == piece.n && memcmp(name, piece.text, piece.n) == 0;
}

/* The number of a row, within the limit. */
static bool piece_row(struct piece piece, size_t *ret)
{
    int64_t row;
    if (piece.n == 0 || piece.n > 3 || !read_digits(piece.text, piece.n, &row) || row >= SECTION_ROWS_MAX)
        return false;
    *ret = (size_t)row;
    return true;
}

/* The member as an object or array, made when it is not there. */
static json_t *member_open(json_t *object, const char *name, bool array)
{
    json_t *member = json_object_get(object, name);
    if (member && (array ? json_is_array(member) : json_is_object(member))) return member;
    member = array ? json_array() : json_object();
    json_object_set_new(object, name, member);
    return member;
}

static bool rows_reach(struct build *build, json_t *array, size_t row)
{
    while (json_array_size(array) <= row) {
        if (build->skipped == ROWS_SKIPPED_MAX) return false;
        if (json_array_size(array) < row) build->skipped++;
        json_array_append_new(array, json_null());
    }
    return true;
}

static json_t *row_open(struct build *build, json_t *array, size_t row)
{
    if (!rows_reach(build, array, row)) return NULL;
    if (!json_is_object(json_array_get(array, row))) json_array_set_new(array, row, json_object());
    return json_array_get(array, row);
}

static void members_put(struct build *build, const struct members *members, json_t *object, const char *path,
    const char *value);

static void composite_put(struct build *build, const struct composite *composite, json_t *object,
    const char *path, const char *value)
{
    const struct members members = {.field_count = composite->field_count,
        .fields = composite->fields,
        .section_count = composite->section_count,
        .sections = composite->sections,
        .by_reference = composite->by_reference};
    members_put(build, &members, object, path, value);
}

/* A value of its own type at the end of a name. A name without a row adds one to a field of many values. */
static void scalar_put(struct build *build, const struct field *field, json_t *object, const char *path,
    const char *value)
{
    json_t *typed = field_kinds[field->type].read_typed(&build->request, field, value);
    size_t row = 0;
    if (!field->many) {
        if (!*path) json_object_set(object, field->name, typed);
    } else if (!*path) {
        json_t *array = member_open(object, field->name, true);
        if (json_array_size(array) < SECTION_ROWS_MAX) json_array_append(array, typed);
    } else if (piece_row(piece_take(&path), &row) && !*path) {
        json_t *array = member_open(object, field->name, true);
        if (rows_reach(build, array, row)) json_array_set(array, row, typed);
    }
    json_decref(typed);
}

/* Whether the rest of a name leads to a value that exists: nothing is made for a name that does not. */
static bool path_leads(const struct members *members, const char *path)
{
    struct piece name = piece_take(&path);
    size_t row;
    if (members->by_reference && piece_is(name, "ref")) return !*path;
    for (size_t i = 0; i < members->field_count; i++) {
        const struct field *field = &members->fields[i];
        const struct composite *composite = field->composite;
        if (!piece_is(name, field->name)) continue;
        if (field->many && *path && !piece_row(piece_take(&path), &row)) return false;
        if (!composite) return !*path;
        const struct members inner = {composite->field_count, composite->fields, composite->section_count,
            composite->sections, composite->by_reference, NULL, NULL};
        return path_leads(&inner, path);
    }
    for (size_t i = 0; i < members->section_count; i++) {
        const struct section *section = &members->sections[i];
        const struct members inner = {.field_count = section->field_count, .fields = section->fields};
        if (!piece_is(name, section->name)) continue;
        if (section->many && !piece_row(piece_take(&path), &row)) return false;
        return path_leads(&inner, path);
    }
    return false;
}

static void field_put(struct build *build, const struct field *field, json_t *object, const char *path,
    const char *value)
{
    size_t row = 0;
    if (!field->composite) {
        scalar_put(build, field, object, path, value);
        return;
    }
    if (field->many && !piece_row(piece_take(&path), &row)) return;
    json_t *member = member_open(object, field->name, field->many);
    json_t *inner = field->many ? row_open(build, member, row) : member;
    if (inner) composite_put(build, field->composite, inner, path, value);
}

static void section_put(struct build *build, const struct section *section, json_t *object, const char *path,
    const char *value)
{
    const struct members members = {.field_count = section->field_count, .fields = section->fields};
    size_t row = 0;
    if (section->many && !piece_row(piece_take(&path), &row)) return;
    json_t *member = member_open(object, section->name, section->many);
    json_t *inner = section->many ? row_open(build, member, row) : member;
    if (inner) members_put(build, &members, inner, path, value);
}

static void members_put(struct build *build, const struct members *members, json_t *object, const char *path,
    const char *value)
{
    struct piece name = piece_take(&path);
    if (members->by_reference && piece_is(name, "ref")) {
        json_object_set_new(object, "ref", text_json(value));
        return;
    }
    for (size_t i = 0; i < members->field_count; i++)
        if (piece_is(name, members->fields[i].name)) {
            field_put(build, &members->fields[i], object, path, value);
            return;
        }
    for (size_t i = 0; i < members->section_count; i++)
        if (piece_is(name, members->sections[i].name)) {
            section_put(build, &members->sections[i], object, path, value);
            return;
        }
}

json_t *form_body_from_pairs(const struct forms *forms, const struct form *form, const struct pair *pairs,
    size_t count, int64_t now, struct arena *arena)
{
    (void)forms;
    struct build build = {.request = {.now = now, .arena = arena}};
    const struct members members = {.section_count = form->section_count, .sections = form->sections};
    json_t *body = json_object();
    for (size_t i = 0; i < count; i++) {
        const char *name = pairs[i].name, *value = pairs[i].value;
        bool blank = value[strspn(value, " \t\r\n")] == '\0';
        bool whole = *name && name[strlen(name) - 1] != '.';
        if (!blank && whole && path_leads(&members, name)) members_put(&build, &members, body, name, value);
    }
    return body;
}
