/* Every order rule of law/rules, kept and broken. A rule without a case here fails the test, and so does a
 * case without a rule. Also: every rule names forms, fields and checks that exist. */
#include "filing_rules.h"

#define CASE_COUNT ((size_t)STATION_RULES + COURT_RULES + PEOPLE_RULES + WATCH_RULES)

static const struct rule_case *case_at(size_t i)
{
    if (i < STATION_RULES) return &station_rules[i];
    if (i < STATION_RULES + COURT_RULES) return &court_rules[i - STATION_RULES];
    if (i < STATION_RULES + COURT_RULES + PEOPLE_RULES)
        return &people_rules[i - STATION_RULES - COURT_RULES];
    return &watch_rules[i - STATION_RULES - COURT_RULES - PEOPLE_RULES];
}

static void rule_is_judged(void **state)
{
    const struct rule_case *rule = *state;
    struct world *world = world_new();
    world_fill(world);
    rule->broken(world);
    rule->kept(world);
    world_free(world);
}

/* ---- the list itself ---- */

static void every_rule_has_a_case_and_every_case_a_rule(void **state)
{
    struct world *world = *state;
    const struct law *law = node_law(world->node);
    for (size_t i = 0; i < law_rule_count(law); i++) {
        const struct order_rule *rule = law_rule_at(law, i);
        bool found = false;
        for (size_t k = 0; k < CASE_COUNT; k++) found = found || strcmp(case_at(k)->code, rule->code) == 0;
        if (!found) fail_msg("rule %s of law/rules has no case here", rule->code);
    }
    for (size_t k = 0; k < CASE_COUNT; k++)
        if (!law_rule(law, case_at(k)->code)) fail_msg("case %s has no rule in law/rules", case_at(k)->code);
}

/* Whether a path leads to a field or a section of the form. A check that reads one text finds none in a
 * section that stands many times, and so would be kept by everybody: `many` says whether the check goes
 * through rows. */
static bool leads_somewhere(const struct form *form, const char *path, bool many)
{
    size_t n = strcspn(path, ".");
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        if (strncmp(section->name, path, n) != 0 || section->name[n]) continue;
        if (!path[n]) return true;
        for (size_t k = 0; k < section->field_count; k++)
            if (strcmp(section->fields[k].name, path + n + 1) == 0) return many || !section->many;
    }
    return false;
}

/* Checks that look into every row; of their paths a form has those it needs. */
static const char *const through_rows[] = {"in_malkhana", "out_of_malkhana", "of_this_case", "child_on_case"};
static const char *const with_form[] = {"answered", "case_has", "cites_decision"};
#define CHECK_IS(rule, names) check_is((rule), (names), sizeof(names) / sizeof *(names))

static bool check_is(const struct order_rule *rule, const char *const *names, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) found = found || strcmp(rule->words[0], names[i]) == 0;
    return found;
}

/* A path of a rule must be in every form it looks at; of the checks that take several, in one of them. */
static void every_rule_names_forms_and_fields_that_exist(void **state)
{
    struct world *world = *state;
    const struct law *law = node_law(world->node);
    const struct forms *forms = node_forms(world->node);
    for (size_t i = 0; i < law_rule_count(law); i++) {
        const struct order_rule *rule = law_rule_at(law, i);
        for (size_t f = 0; f < rule->form_count && strcmp(rule->forms[0], "any") != 0; f++) {
            const struct form *form = form_find(forms, rule->forms[f]);
            if (!form) fail_msg("rule %s looks at %s, which is no form", rule->code, rule->forms[f]);
            size_t paths = 0, led = 0;
            for (size_t k = 1; k < rule->word_count; k++) {
                if (!strchr(rule->words[k], '.')) continue;
                bool cited =
                    strcmp(rule->words[0], "cites_decision") == 0 && k == 3; /* a path of the form cited */
                const struct form *whose = cited ? form_find(forms, rule->words[2]) : form;
                assert_non_null(whose);
                paths++;
                led += leads_somewhere(whose, rule->words[k], CHECK_IS(rule, through_rows));
            }
            bool several = CHECK_IS(rule, through_rows);
            if (paths > 0 && (several ? led == 0 : led < paths))
                fail_msg("rule %s names a field that %s has not", rule->code, form->name);
        }
        if (CHECK_IS(rule, with_form))
            assert_non_null(form_find(forms, rule->words[strcmp(rule->words[0], "case_has") == 0 ? 1 : 2]));
    }
}

static void a_schema_tells_the_rules_of_its_form(void **state)
{
    struct world *world = *state;
    json_t *schema = filing_schema(world->node, form_find(node_forms(world->node), "fir"));
    const json_t *rules = json_object_get(schema, "x-panji-rules"), *rule;
    bool found = false;
    size_t i;
    json_array_foreach(rules, i, rule)
    {
        assert_non_null(json_text(rule, "en"));
        assert_non_null(json_text(rule, "hi"));
        found = found || strcmp(json_text(rule, "code"), "fir_without_diary") == 0;
        assert_string_not_equal(json_text(rule, "code"), "not_the_io");
    }
    assert_true(found);
    json_decref(schema);
}

int main(void)
{
    struct CMUnitTest tests[CASE_COUNT + 3] = {
        cmocka_unit_test_setup_teardown(every_rule_has_a_case_and_every_case_a_rule, world_begin, world_end),
        cmocka_unit_test_setup_teardown(every_rule_names_forms_and_fields_that_exist, world_begin, world_end),
        cmocka_unit_test_setup_teardown(a_schema_tells_the_rules_of_its_form, world_begin, world_end),
    };
    for (size_t i = 0; i < CASE_COUNT; i++)
        tests[3 + i] = (struct CMUnitTest){case_at(i)->code, rule_is_judged, NULL, NULL, (void *)case_at(i)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
