/* A form's JSON Schema with the order rules that look at it, so that a client is told before it files. */
#include "filing/filing.h"

json_t *filing_schema(const struct node *node, const struct form *form)
{
    json_t *schema = form_schema(node_forms(node), form);
    size_t count;
    const struct order_rule *const *rules = law_rules_of(node_law(node), form->name, &count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *check = json_array();
        for (size_t k = 0; k < rules[i]->word_count; k++)
            json_array_append_new(check, json_string(rules[i]->words[k]));
        json_array_append_new(list,
            json_pack("{s:s, s:s, s:s, s:s?, s:o}", "code", rules[i]->code, "en", rules[i]->text[LANG_EN],
                "hi", rules[i]->text[LANG_HI], "law", rules[i]->law, "check", check));
    }
    json_object_set_new(schema, "x-panji-rules", list);
    return schema;
}
