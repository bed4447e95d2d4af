/* web/openapi: /openapi.json (OpenAPI 3.1), drawn from the route table and the forms, so that it cannot say
 * anything else than the server does. A client that reads it and the schemas it links to can file every form.
 */
#include <string.h>

#include "base/json.h"
#include "web/api.h"
#include "web/route.h"
#include "web/server.h"

#define DOCUMENT_BYTES_MAX ((size_t)4 << 20)

/* Schemas of requests and answers, in a short hand: NAME then members; "?" may be null or absent, types s
 * text, i integer, b yes/no, t instant, j anything, [x a list of x, $NAME another schema. */
struct shape {
    const char *name;
    const char *members;
};

static const struct shape shapes[] = {
    {"sign_in", "officer:s password:s office?:s"},
    {"posting", "office:s kind:s pillar:s role:s"},
    {"session", "token:s officer:s office?:s role?:s expires_at:t postings:[$posting"},
    {"receipt", "id:s seq:i number?:s case?:s leaf:s filed_at:t"},
    {"correction", "id:s seq:i officer:s filed_at:t"},
    {"entry", "id:s seq:i node:s office:s officer:s role:s form:s version:i case?:s number?:s amends?:s "
              "filed_at:t to:[s "
              "at?:t seen?:i leaf:s body?:j erased:b masked:[s corrections:[$correction"},
    {"entry_row", "id:s seq:i form:s version?:i office:s officer:s case?:s number?:s filed_at:t corrected:b"},
    {"entry_list", "entries:[$entry_row next?:i"},
    {"opening", "path:s purpose:s reason:s"},
    {"opened", "path:s value:j"},
    {"case_row", "id:s kind:s number?:s year:i office:s stage?:s io?:s cnr?:s sections?:s unverified:[s "
                 "sensitive:b opened_at:t "
                 "changed_at:t"},
    {"case_list", "cases:[$case_row next?:i"},
    {"party", "person:s role:s status?:s name?:s name_other?:s relative?:s relation?:s gender?:s age_low?:i "
              "age_high?:i "
              "case?:s"},
    {"custody", "word:s office?:s to?:s officer?:s seq:i at:t"},
    {"property", "id:s category?:s type?:s description?:s state?:s office?:s custody:[$custody"},
    {"words", "en:s hi:s"},
    {"task",
        "seq:i form:s label:$words wanted:[s case?:s case_number?:s case_office?:s office:s officer?:s "
        "role?:s opened_at:t due_at?:t"},
    {"delivery",
        "entry:s form:s number?:s case?:s from:s to:s filed_at:t received_at?:t consumed_at?:t acted_at?:t "
        "consumed_number?:s"},
    {"case",
        "id:s kind:s number?:s year:i office:s stage?:s io?:s cnr?:s sections?:s unverified:[s sensitive:b "
        "opened_at:t changed_at:t "
        "parties:[$party property:[$property timeline:[$entry_row tasks:[$task deliveries:[$delivery "
        "linked:[$case_row next?:i"},
    {"task_list", "tasks:[$task"},
    {"clock_step", "step:s at?:t number:i text:$words"},
    {"clock",
        "clock:s label:$words law:s mark:s kind:s custom:b case?:s case_number?:s entry?:s subject?:s "
        "name?:s state:s state_words:$words start:t due?:t whole_day:b disputed?:t paused_since?:t closed?:t "
        "next_change?:t doubtful:b office:s role:s officer?:s prison?:s case_office?:s breach:$words note?:j "
        "working?:[$clock_step"},
    {"clock_list", "clocks:[$clock next?:i"},
    {"clock_counts", "broken:i arisen:i today:i days_1:i days_3:i days_7:i"},
    {"clock_compliance",
        "group:s registered:i finished:i in_time:i late:i running:i overdue:i mature:i mature_in_time:i "
        "per_mille?:i"},
    {"clock_compliance_list", "groups:[$clock_compliance"},
    {"person_role", "role:s status?:s"},
    {"person_case", "person:s case?:s kind?:s number?:s year?:i entry?:s office:s stage?:s sections?:s "
                    "roles:[$person_role elsewhere:b"},
    {"person_reason", "code:s relative?:b asked?:s found?:s likeness?:i verdict?:s text:$words"},
    {"found_person",
        "id:s ids:[s tied:s name?:s name_other?:s names:[s relative?:s relation?:s gender?:s age_low?:i "
        "age_high?:i likeness:i by:s reasons:[$person_reason cases:[$person_case photo?:s"},
    {"person_entry", "id:s seq:i form:s number?:s office:s case?:s filed_at:t"},
    {"match", "side:s points:i reasons:[$person_reason person:$found_person"},
    {"matched_person", "person:s side:s matches:[$match"},
    {"case_matches", "persons:[$matched_person scope:s elsewhere:s"},
    {"people_pair", "first:$found_person second:$found_person"},
    {"people_pairs", "pairs:[$people_pair scope:s elsewhere:s search:i next?:i"},
    {"person_link", "entry:s first:s second:s decision:s officer:s office:s at:t reason?:s"},
    {"person",
        "id:s ids:[s tied:s name?:s name_other?:s names:[s relative?:s relation?:s gender?:s age_low?:i "
        "age_high?:i likeness:i by:s reasons:[$person_reason cases:[$person_case photo?:s "
        "entries:[$person_entry links:[$person_link"},
    {"search_index", "building:b behind:i"},
    {"people_answer", "people:[$found_person scope:s elsewhere:s search:i index:$search_index"},
    {"search_opening", "person:s at:t"},
    {"search", "id:i at:t officer:s office:s role?:s kind:s scope:s why?:s reason?:s query:j shown:i "
               "opened:[$search_opening"},
    {"search_list", "searches:[$search next?:i"},
    {"watch_match", "id:s at:t elsewhere:b likeness:i reasons:[$person_reason entry?:s form?:s number?:s "
                    "office?:s person?:$found_person opened_by?:s opened_at?:t"},
    {"watch_match_opened",
        "id:s at:t elsewhere:b likeness:i reasons:[$person_reason entry?:s form?:s number?:s "
        "office?:s person?:$found_person opened_by?:s opened_at?:t search:i"},
    {"watch",
        "id:s number?:s case:s case_number?:s office:s officer:s why:s reason?:s until:s runs:b name?:s "
        "relative?:s person?:s phones:[s vehicles:[s fresh:i matches:[$watch_match"},
    {"watch_list", "watches:[$watch"},
    {"files", "roles:[s kinds:[s"},
    {"form", "name:s version:i pillar:s law?:s title:$words files:$files schema:s may_file?:b"},
    {"form_list", "forms:[$form"},
    {"blob", "sha256:s size:i"},
    {"notice", "id:i way:s receiver:s office:s case_number?:s text:s state:s urgent:b tries:i queued_at:t "
               "sent_at?:t settled_at?:t why?:s"},
    {"notice_list", "notices:[$notice on:b"},
    {"health", "status:s node:s size:i"},
    {"problem_row", "code:s path:s text:$words next:$words law?:s"},
    {"problem", "type:s title:s status:i detail:s code:s next?:s instance?:s problems:[$problem_row"},
};

static json_t *reference(const char *name)
{
    return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", name));
}

static json_t *type_schema(const char *type, bool nullable)
{
    if (type[0] == '[')
        return json_pack("{s:s, s:o}", "type", "array", "items", type_schema(type + 1, false));
    if (type[0] == '$') return reference(type + 1);
    if (type[0] == 'j') return json_object();
    const char *name = type[0] == 'i' ? "integer" : type[0] == 'b' ? "boolean" : "string";
    json_t *json =
        nullable ? json_pack("{s:[s, s]}", "type", name, "null") : json_pack("{s:s}", "type", name);
    if (type[0] == 't') json_object_set_new(json, "format", json_string("date-time"));
    return json;
}

static json_t *shape_schema(struct arena *arena, const char *members)
{
    json_t *properties = json_object(), *required = json_array();
    while (*members) {
        size_t n = strcspn(members, " ");
        char *name = arena_strndup(arena, members, n);
        char *type = strchr(name, ':');
        *type++ = '\0';
        bool optional = type[-2] == '?';
        if (optional)
            type[-2] = '\0';
        else
            json_array_append_new(required, json_string(name));
        json_object_set_new(properties, name, type_schema(type, optional));
        members += n;
        members += strspn(members, " ");
    }
    return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required", required);
}

/* What POST /api/v1/entries takes: one alternative a form, its body by the form's own schema. */
static json_t *filing_alternatives(const struct forms *forms)
{
    json_t *list = json_array(), *mapping = json_object();
    for (size_t i = 0; i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        json_object_set_new(mapping, form->name, json_sprintf("#/components/schemas/file_%s", form->name));
        json_array_append_new(
            list, json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/file_%s", form->name)));
    }
    return json_pack(
        "{s:o, s:{s:s, s:o}}", "oneOf", list, "discriminator", "propertyName", "form", "mapping", mapping);
}

static json_t *filing_shape(const struct form *form)
{
    json_t *text = json_pack("{s:s}", "type", "string");
    json_t *properties =
        json_pack("{s:{s:s}, s:{s:s, s:s, s:s}, s:O, s:O, s:{s:[{s:s}, {s:s, s:{s:s}, s:i}]}}", "form",
            "const", form->name, "id", "type", "string", "format", "uuid", "description",
            "UUIDv7 chosen by the client; the same again answers the same and files nothing", "case", text,
            "office", text, "to", "oneOf", "type", "string", "type", "array", "items", "type", "string",
            "maxItems", ENTRY_ADDRESSEES_MAX);
    json_object_set_new(properties, "at",
        json_pack("{s:s, s:s, s:s}", "type", "string", "format", "date-time", "description",
            "The time by the client's own clock"));
    json_object_set_new(properties, "seen",
        json_pack("{s:s, s:s}", "type", "integer", "description",
            "Tree size of the newest checkpoint the client had seen"));
    json_object_set_new(
        properties, "body", json_pack("{s:o}", "$ref", json_sprintf("/api/v1/forms/%s", form->name)));
    json_t *required = json_pack("[s, s]", "form", "body");
    if (form->on_case) json_array_append_new(required, json_string("case"));
    if (form->to_required && !form->to_field) json_array_append_new(required, json_string("to"));
    json_decref(text);
    return json_pack("{s:s, s:s, s:o, s:o, s:b}", "type", "object", "title", form->label.text[LANG_EN],
        "properties", properties, "required", required, "additionalProperties", 0);
}

static json_t *schemas_all(struct arena *arena, const struct forms *forms)
{
    json_t *schemas = json_object();
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        json_object_set_new(schemas, shapes[i].name, shape_schema(arena, shapes[i].members));
    for (size_t i = 0; i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        json_object_set_new(schemas, arena_printf(arena, "file_%s", form->name), filing_shape(form));
    }
    json_object_set_new(schemas, "filing", filing_alternatives(forms));
    return schemas;
}

/* ---- paths ---- */

static json_t *parameters(struct arena *arena, const struct route *route)
{
    json_t *list = json_array();
    for (const char *at = route->pattern; (at = strchr(at, '{')) != NULL; at++) {
        size_t n = strcspn(at + 1, ".}");
        json_array_append_new(list, json_pack("{s:s%, s:s, s:b, s:{s:s}}", "name", at + 1, n, "in", "path",
                                        "required", 1, "schema", "type", "string"));
    }
    for (const char *at = route->query; at && *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        const char *name = arena_strndup(arena, at, n);
        bool number = strcmp(name, "after") == 0 || strcmp(name, "limit") == 0;
        json_array_append_new(list, json_pack("{s:s, s:s, s:{s:s}}", "name", name, "in", "query", "schema",
                                        "type", number ? "integer" : "string"));
        at += n;
    }
    return list;
}

static json_t *content(const char *answer)
{
    bool media = strchr(answer, '/') != NULL;
    bool json = !media || strstr(answer, "json");
    json_t *schema =
        media ? (json ? json_object() : json_pack("{s:s}", "type", "string")) : reference(answer);
    return json_pack("{s:{s:o}}", media ? answer : "application/json", "schema", schema);
}

static const char *body_shape(const struct route *route)
{
    if (route->handle == api_session_start) return "sign_in";
    return route->handle == api_entry_open ? "opening" : "filing";
}

static json_t *operation(struct arena *arena, const struct route *route)
{
    json_t *good = json_pack("{s:s}", "description", route->summary);
    if (route->answer) json_object_set_new(good, "content", content(route->answer));
    const char *status = !route->answer ? "204" : route->method == METHOD_POST ? "201" : "200";
    json_t *problem =
        json_pack("{s:s, s:{s:{s:o}}}", "description", "Refused: what, where, and what to do next", "content",
            "application/problem+json", "schema", reference("problem"));
    json_t *json = json_pack("{s:s, s:o, s:{s:o, s:o}}", "summary", route->summary, "parameters",
        parameters(arena, route), "responses", status, good, "default", problem);
    if (route->body == BODY_JSON)
        json_object_set_new(json, "requestBody",
            json_pack("{s:b, s:{s:{s:o}}}", "required", 1, "content", "application/json", "schema",
                reference(body_shape(route))));
    if (route->body == BODY_RAW)
        json_object_set_new(json, "requestBody",
            json_pack("{s:b, s:{s:{}}}", "required", 1, "content", "application/octet-stream"));
    if (route->entrance == ENTER_ANYONE) json_object_set_new(json, "security", json_array());
    return json;
}

static json_t *paths_all(struct arena *arena, const struct web *web)
{
    static const char *const methods[METHOD_COUNT] = {"get", "post", "delete"};
    json_t *paths = json_object();
    const struct route *routes = web->routes;
    for (size_t i = 0; i < web->route_count; i++) {
        if (!routes[i].summary) continue;
        char *path = arena_strdup(arena, routes[i].pattern);
        char *rest = strstr(path, "...}");
        if (rest) memcpy(rest, "}", 2);
        json_t *item = json_object_get(paths, path);
        if (!item) {
            item = json_object();
            json_object_set_new(paths, path, item);
        }
        json_object_set_new(item, methods[routes[i].method], operation(arena, &routes[i]));
    }
    return paths;
}

void openapi_make(struct web *web)
{
    struct arena *arena = web->arena;
    const struct forms *forms = node_forms(web->node);
    json_t *document CLEANUP(json_drop) = json_pack(
        "{s:s, s:{s:s, s:s, s:s, s:{s:s}}, s:[{s:[]}], s:o, s:{s:o, s:{s:{s:s, s:s}}}}", "openapi", "3.1.0",
        "info", "title", "Panji", "version", "1", "description",
        "File forms, follow cases, check proofs. Bodies of entries are described at /api/v1/forms/NAME.",
        "license", "name", "Apache-2.0", "security", "token", "paths", paths_all(arena, web), "components",
        "schemas", schemas_all(arena, forms), "securitySchemes", "token", "type", "http", "scheme", "bearer");
    struct buf buf;
    buf_init(&buf, arena, DOCUMENT_BYTES_MAX);
    json_canonical(&buf, document);
    buf_putc(&buf, '\n');
    web->openapi.text = buf.data;
    web->openapi.len = buf.len;
}

void api_openapi(struct request *request)
{
    respond_text(request, 200, "application/json", request->web->openapi.text, request->web->openapi.len);
    request->response.cache = "no-cache";
}
