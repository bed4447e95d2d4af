/* A client that knows nothing but a form's JSON Schema builds a body, and the server takes it. */
#include "base/time.h"
#include "form_world.h"

#define NOW INT64_C(1795336200000) /* 2026-11-22T14:00:00+05:30 */
#define ROUNDS 6

struct client {
    struct arena *arena;
    const json_t *definitions;
    bool everything; /* optional members too */
};

/* ---- a text that fits a pattern: the first that one thinks of ---- */

static const char *put_group(struct buf *out, const char *at);

/* One sign of a class or literal, and where it ends. */
static const char *read_atom(const char *at, char *ret)
{
    if (*at == '\\') {
        *ret = at[1];
        return at + 2;
    }
    if (*at != '[') {
        *ret = *at == '.' ? 'a' : *at;
        return at + 1;
    }
    bool not = at[1] == '^';
    const char *first = at + 1 + not, *end = first + 1;
    while (*end != ']') end++;
    *ret = *first == '\\' ? first[1] : *first;
    if (not )
        for (*ret = 'a'; memchr(first, *ret, (size_t)(end - first)); (*ret)++) {
        }
    return end + 1;
}

/* How often a piece must stand at least, and where the words for that end. */
static const char *read_repeat(const char *at, int *ret)
{
    *ret = 1;
    if (*at == '?' || *at == '*') *ret = 0;
    if (*at == '?' || *at == '*' || *at == '+') return at + 1;
    if (*at != '{') return at;
    *ret = (int)strtol(at + 1, NULL, 10);
    return strchr(at, '}') + 1;
}

/* One branch up to '|', ')' or the end. */
static const char *put_branch(struct buf *out, const char *at)
{
    while (*at && *at != '|' && *at != ')') {
        struct buf piece;
        buf_init(&piece, out->arena, 1000);
        char sign;
        int least;
        if (*at == '(') at = put_group(&piece, at + 1);
        else if (*at == '^' || *at == '$') at++;
        else {
            at = read_atom(at, &sign);
            buf_putc(&piece, sign);
        }
        at = read_repeat(at, &least);
        for (int i = 0; i < least; i++) buf_puts(out, piece.data);
    }
    return at;
}

/* A group takes its first branch; behind its closing bracket. */
static const char *put_group(struct buf *out, const char *at)
{
    at = put_branch(out, at);
    for (int depth = 0; *at && (depth > 0 || *at != ')'); at++) depth += (*at == '(') - (*at == ')');
    return *at ? at + 1 : at;
}

static json_t *text_of(const struct client *client, const json_t *schema)
{
    const char *pattern = json_text(schema, "pattern");
    const char *example = json_string_value(json_array_get(json_object_get(schema, "examples"), 0));
    struct buf text;
    buf_init(&text, client->arena, 30000);
    if (pattern && example) buf_puts(&text, example);
    else if (pattern) put_branch(&text, pattern);
    int64_t least = json_int(schema, "minLength", 1);
    while (!pattern && (int64_t)text.len < least) buf_putc(&text, 'x');
    return json_string(text.data);
}

static json_t *time_of(const json_t *schema)
{
    const char *when = json_text(schema, "x-panji-time");
    bool future = when && strcmp(when, "future") == 0;
    if (strcmp(json_text(schema, "format"), "date") == 0)
        return json_string(future ? "2026-12-01" : "2026-11-01");
    return json_string(future ? "2026-12-01T10:00:00Z" : "2026-11-01T10:00:00Z");
}

/* ---- objects ---- */

/* Whether one of the values of a condition is what stands in the object. */
static bool condition_true(const json_t *condition, const json_t *object, const json_t *root)
{
    const char *path = json_text(condition, "field");
    const json_t *value = json_object_get(object, path);
    if (path[0] == '.') value = json_object_get(root, path + 1);
    else if (strchr(path, '.')) value = json_at(root, path);
    const json_t *wanted;
    size_t i;
    json_array_foreach(json_object_get(condition, "values"), i, wanted)
    {
        const char *word = json_string_value(wanted), *text = json_string_value(value);
        if (strcmp(word, "filled") == 0 && value) return true;
        if (json_is_boolean(value) && strcmp(word, json_is_true(value) ? "yes" : "no") == 0) return true;
        if (text && strcmp(text, word) == 0) return true;
        for (size_t j = 0; j < json_array_size(value); j++) {
            const char *one = json_string_value(json_array_get(value, j));
            if (one && strcmp(one, word) == 0) return true;
        }
    }
    return false;
}

static json_t *value_of(const struct client *client, const json_t *schema, const json_t *object,
    const json_t *root);

/* A code of a list; with a parent beside, one that belongs to it. */
static json_t *code_of(const json_t *list, const json_t *properties, const json_t *object)
{
    const json_t *codes = json_object_get(list, "enum"), *parents = json_object_get(list, "x-panji-parents");
    const char *parent_list = json_text(list, "x-panji-parent-list"), *name;
    json_t *schema;
    json_object_foreach((json_t *)(uintptr_t)properties, name, schema)
    {
        const char *its_list = json_text(schema, "x-panji-list");
        const char *parent = json_text(object, name);
        if (!parent_list || !its_list || strcmp(its_list, parent_list) != 0 || !parent) continue;
        for (size_t i = 0; i < json_array_size(codes); i++) {
            const char *code = json_string_value(json_array_get(codes, i)), *its = json_text(parents, code);
            if (!its || strcmp(its, parent) == 0) return json_string(code);
        }
        return NULL;
    }
    return json_incref(json_array_get(codes, 0));
}

static bool is_required(const json_t *schema, const char *name)
{
    size_t i;
    const json_t *one;
    json_array_foreach(json_object_get(schema, "required"), i,
        one) if (strcmp(json_string_value(one), name) == 0) return true;
    return false;
}

struct filling {
    const json_t *schema, *properties, *root;
    json_t *object;
    bool everything;
};

static bool is_wanted(const struct filling *filling, const char *name, const json_t *member, int round)
{
    const json_t *when = json_object_get(member, "x-panji-when");
    const json_t *required_when = json_object_get(member, "x-panji-required-when");
    bool inner_object = json_object_get(member, "properties") != NULL;
    if (when && (round == 0 || !condition_true(when, filling->object, filling->root))) return false;
    if (filling->everything || is_required(filling->schema, name)) return true;
    /* A section that applies may hold a field that a condition requires. */
    if (inner_object) return round > 0;
    return required_when && condition_true(required_when, filling->object, filling->root);
}

static void fill(const struct client *client, const struct filling *filling, const char *name,
    const json_t *member)
{
    const char *reference = json_text(member, "$ref");
    bool code = reference && strncmp(reference, "#/$defs/list.", 13) == 0;
    const json_t *list = code ? json_object_get(client->definitions, reference + 8) : NULL;
    json_t *value = code ? code_of(list, filling->properties, filling->object)
                         : value_of(client, member, filling->object, filling->root);
    if (value) json_object_set_new(filling->object, name, value);
}

/* Fills an object in rounds, as one condition may hang on another. */
static json_t *object_of(const struct client *client, const json_t *schema, const json_t *root)
{
    json_t *object = json_object(), *member;
    const struct filling filling = {.schema = schema,
        .properties = json_object_get(schema, "properties"),
        .root = root ? root : object,
        .object = object,
        .everything = client->everything};
    const char *name;
    assert_true(json_is_false(json_object_get(schema, "additionalProperties")));
    for (int round = 0; round < ROUNDS; round++)
        json_object_foreach((json_t *)(uintptr_t)filling.properties, name,
            member) if (!json_object_get(object, name) && is_wanted(&filling, name, member, round))
            fill(client, &filling, name, member);
    json_object_foreach((json_t *)(uintptr_t)filling.properties, name, member)
    {
        if ((int64_t)json_object_size(object) >= json_int(schema, "minProperties", 0)) break;
        if (!json_object_get(member, "x-panji-when")) fill(client, &filling, name, member);
    }
    return object;
}

static json_t *value_of(const struct client *client, const json_t *schema, const json_t *object,
    const json_t *root)
{
    const char *reference = json_text(schema, "$ref"), *type = json_text(schema, "type");
    if (reference && strncmp(reference, "#/$defs/list.", 13) == 0)
        return code_of(json_object_get(client->definitions, reference + 8), NULL, object);
    if (reference) {
        assert_memory_equal(reference, "#/$defs/", 8);
        const json_t *composite = json_object_get(client->definitions, reference + 8);
        assert_non_null(composite);
        const json_t *either = json_object_get(composite, "anyOf");
        return object_of(client, either ? json_array_get(either, 1) : composite, NULL);
    }
    assert_non_null(type);
    if (strcmp(type, "object") == 0) return object_of(client, schema, root);
    if (strcmp(type, "array") == 0) {
        json_t *rows = json_array();
        int64_t least = json_int(schema, "minItems", 0);
        for (int64_t i = 0; i < (least > 0 ? least : 1); i++)
            json_array_append_new(rows, value_of(client, json_object_get(schema, "items"), object, root));
        return rows;
    }
    if (strcmp(type, "boolean") == 0) return json_true();
    if (strcmp(type, "integer") == 0) {
        int64_t least = json_int(schema, "minimum", 0);
        return json_integer(least < 0 ? 0 : least);
    }
    assert_string_equal(type, "string");
    return json_object_get(schema, "format") ? time_of(schema) : text_of(client, schema);
}

static void client_files(struct arena *arena, const struct forms *forms, const struct form *form,
    bool everything)
{
    json_t *schema = form_schema(forms, form), *normal = NULL;
    struct client client = {arena, json_object_get(schema, "$defs"), everything};
    json_t *body = object_of(&client, schema, NULL);
    struct problems problems = {.arena = arena};
    if (form_check(forms, form, body, NOW, NULL, &problems, &normal) != E_OK)
        fail_msg("%s%s: %s %s\n%s", form->name, everything ? " with everything" : "", problems.list[0].path,
            problems.list[0].text[LANG_EN], json_line(arena, body));
    json_decref(normal);
    json_decref(body);
    json_decref(schema);
}

static void every_built_in_form_can_be_filed_from_its_schema(void **state)
{
    struct problems problems = {.arena = *state};
    struct forms *forms = NULL;
    assert_int_equal(forms_load(NULL, NULL, &problems, &forms), E_OK);
    for (size_t i = 0; i < forms_count(forms); i++) {
        struct arena *arena = arena_new((size_t)64 << 20);
        client_files(arena, forms, forms_at(forms, i), false);
        client_files(arena, forms, forms_at(forms, i), true);
        arena_free(arena);
    }
    forms_free(forms);
}

static void what_json_schema_cannot_say(void **state)
{
    const char *text = file_text(*state, tree_path(*state, "tests/forms/complete.form"));
    struct forms *forms = forms_of(*state, text);
    json_t *schema = form_schema(forms, form_find(forms, "fir"));
    assert_string_equal(json_text(schema, "title"), "First Information Report");
    assert_string_equal(json_text(schema, "x-panji-title-hi"), "प्रथम सूचना रिपोर्ट");
    assert_string_equal(json_text(schema, "x-panji-form"), "fir");
    assert_int_equal(json_int(schema, "x-panji-version", 0), 2);
    static const struct {
        const char *path, *wanted;
    } rows[] = {
        {"required", "[\"registration\",\"offences\"]"},
        {"x-panji-law", "\"BNSS 173 and 176\""},
        {"x-panji-opens", "\"fir\""},
        {"x-panji-files", "{\"kinds\":[\"ps\",\"outpost\"],\"roles\":[\"sho\",\"duty_officer\"]}"},
        {"x-panji-on", "{\"kinds\":[\"petition\"],\"required\":false}"},
        {"x-panji-after", "[\"arrest\"]"},
        {"x-panji-to",
            "{\"field\":\"registration.court\",\"kinds\":[\"court\",\"prison\"],\"required\":true}"},
        {"x-panji-effects",
            "[{\"path\":\"items.item\",\"word\":\"seize\"},"
            "{\"path\":\"accused.who\",\"when\":{\"field\":\"registration.closed\",\"values\":[\"no\"]},"
            "\"word\":\"arrested\"},{\"from\":\"accused.now\",\"path\":\"accused.who\"}]"},
        {"properties.registration.properties.officer.x-panji-required-when",
            "{\"field\":\"kind\",\"values\":[\"zero\"]}"},
        {"properties.registration.properties.sent_on.x-panji-when",
            "{\"field\":\"closed\",\"values\":[\"filled\"]}"},
        {"properties.registration.properties.sent_on.x-panji-time", "\"future\""},
        {"properties.registration.properties.report.x-panji-entry", "[\"arrest\",\"fir\"]"},
        {"properties.registration.properties.court.x-panji-office", "[\"court\",\"prison\"]"},
        {"properties.registration.properties.kind.default", "\"regular\""},
        {"properties.registration.properties.cnr.description", "\"Sixteen signs\""},
        {"properties.registration.properties.cnr.x-panji-help-hi", "\"सोलह अक्षर\""},
        {"properties.accused.x-panji-when", "{\"field\":\"registration.kind\",\"values\":[\"regular\"]}"},
        {"properties.accused.items.properties.who.x-panji-role", "\"accused\""},
        {"properties.accused.items.properties.age.minimum", "7"},
        {"properties.items.items.properties.phones.maxItems", "3"},
        {"$defs.person.anyOf.0.required", "[\"ref\"]"},
        {"$defs.person.anyOf.1.required", "[\"name\"]"},
        {"$defs.person.anyOf.1.properties.papers.items.properties.copy.x-panji-when",
            "{\"field\":\".known\",\"values\":[\"yes\"]}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const json_t *found = json_at(schema, rows[i].path);
        if (!found) fail_msg("%s is missing", rows[i].path);
        assert_string_equal(json_line(*state, found), rows[i].wanted);
    }
    assert_null(json_at(schema, "$defs.person.anyOf.1.properties.ref"));
    const json_t *list = json_object_get(json_object_get(schema, "$defs"), "list.place");
    assert_string_equal(json_line(*state, json_object_get(list, "enum")), "[\"highway\",\"flat\",\"other\"]");
    assert_string_equal(json_line(*state, json_object_get(list, "x-panji-parents")),
        "{\"flat\":\"house\",\"highway\":\"road\"}");
    assert_string_equal(json_text(list, "x-panji-parent-list"), "place_group");
    json_decref(schema);
    forms_free(forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_built_in_form_can_be_filed_from_its_schema),
        cmocka_unit_test(what_json_schema_cannot_say),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
