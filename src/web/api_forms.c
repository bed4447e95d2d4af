/* web/api_forms: the forms as any client may read them. Declarations hold no secret, so nobody need sign in.
 */
#include <string.h>

#include "web/api.h"

static json_t *texts_json(const char *const *texts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, json_string(texts[i]));
    return list;
}

void api_form_list(struct request *request)
{
    const struct forms *forms = node_forms(request->node);
    json_t *list = json_array();
    for (size_t i = 0; i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        json_t *json = json_pack("{s:s, s:i, s:s, s:s?, s:{s:s, s:s}, s:{s:o, s:o}, s:s}", "name", form->name,
            "version", form->version, "pillar", form->pillar, "law", form->law, "title", "en",
            form->label.text[LANG_EN], "hi", form->label.text[LANG_HI], "files", "roles",
            texts_json(form->roles, form->role_count), "kinds", texts_json(form->kinds, form->kind_count),
            "schema", arena_printf(request->arena, "/api/v1/forms/%s", form->name));
        if (request_session(request)) {
            if (!request->posted) request_posting(request);
            json_object_set_new(
                json, "may_file", json_boolean(request->posted && may_file(form, &request->viewer)));
        }
        json_array_append_new(list, json);
    }
    respond_json(request, 200, json_pack("{s:o}", "forms", list));
}

void api_form_get(struct request *request)
{
    const struct form *form = form_find(node_forms(request->node), request->captures[0]);
    if (!form) {
        problem_add(&request->problems, "form_unknown", NULL, "form", request->captures[0], NULL);
        respond_problems(request);
        return;
    }
    respond_json(request, 200, filing_schema(request->node, form));
    request->response.type = "application/schema+json";
}
