/* Corrections: the entry they amend must be one the filer's office filed, on the same case, or one the
 * founder filed that the filer could file now; the changes must lead somewhere, touch nothing that is fixed
 * and name only what the filer may name; and what comes out must still be a valid form. */
#include <string.h>

#include "base/json.h"
#include "filing/node.h"
#include "view/correction.h"

struct amending {
    struct draft *draft;
    const struct form *form;          /* of the entry corrected */
    const json_t *before, *corrected; /* its body */
};

static void check_change(struct amending *amending, size_t row, const json_t *change)
{
    struct problems *problems = amending->draft->problems;
    const char *to = json_text(change, "path"), *value = json_text(change, "value");
    const char *path = arena_printf(problems->arena, "changes.%zu.path", row);
    bool fixed;
    const struct field *field = correction_field(amending->form, to, &fixed);
    bool led = json_at(value && *value ? amending->corrected : amending->before, to) != NULL;
    if (fixed)
        problem_add(problems, "correction_fixed", path, "path", to, NULL);
    else if (!field || !led)
        problem_add(problems, "correction_path", path, "path", to, NULL);
}

/* Offices, officers and entries that the changes name for the first time. */
static bool check_named(void *context, const struct form_visit *visit)
{
    struct amending *amending = context;
    const json_t *old = json_at(amending->before, visit->path);
    if (!old || !json_equal(old, visit->value)) draft_reference(amending->draft, visit);
    return true;
}

static void check_corrected(struct amending *amending)
{
    struct draft *draft = amending->draft;
    size_t row;
    const json_t *change;
    json_array_foreach(json_object_get(draft->body, "changes"), row, change)
        check_change(amending, row, change);
    if (draft->problems->count) return;
    json_t *checked CLEANUP(json_drop) = NULL;
    if (draft_check_form(draft->node, amending->form, amending->corrected, draft->entry.filed_at,
            draft->problems, &checked) != E_OK)
        problem_add(draft->problems, "correction_invalid", draft->form->amends, NULL);
    else
        form_walk(amending->form, checked, draft->arena, check_named, amending);
}

static bool same_case(const struct draft *draft, const struct form *form, const struct entry *target)
{
    const char *home = form->opens ? target->id : target->case_id, *here = draft->entry.case_id;
    return home && here ? strcmp(home, here) == 0 : home == here;
}

static bool refused_as_unknown(const struct draft *draft)
{
    const struct problems *problems = draft->problems;
    bool refused = false;
    for (size_t i = 0; i < problems->count; i++)
        refused = refused || strcmp(problems->list[i].code, "entry_unknown") == 0;
    return refused;
}

void draft_amendment(struct draft *draft)
{
    const json_t *value = draft->form->amends ? json_at(draft->body, draft->form->amends) : NULL;
    if (!json_is_string(value)) return;
    draft->entry.amends = json_string_value(value);
    struct entry target;
    if (entry_by_id(draft->db, draft->arena, draft->entry.amends, &target) != E_OK)
        return; /* told as a reference */
    const struct form *form = form_version(draft->node->forms, target.form, target.form_version);
    bool ours = strcmp(target.office, draft->entry.office) == 0 ||
                (form && draft_founded(&target) && may_file(form, &draft->viewer));
    if (!ours && refused_as_unknown(draft)) return; /* hidden and absent entries are told alike */
    if (!form || form->amends || !ours) {
        problem_add(draft->problems, "correction_not_ours", draft->form->amends, NULL);
        return;
    }
    if (!same_case(draft, form, &target)) {
        problem_add(draft->problems, "correction_case", "case", NULL);
        return;
    }
    json_t *before CLEANUP(json_drop) = corrected_body(draft->db, draft->arena, form, &target);
    json_t *corrected CLEANUP(json_drop) = json_deep_copy(before);
    if (!corrected) { /* erased: there is nothing left to correct */
        problem_add(draft->problems, "entry_unknown", draft->form->amends, "id", target.id, NULL);
        return;
    }
    correction_lay(corrected, form, draft->body, draft->arena);
    check_corrected(&(struct amending){draft, form, before, corrected});
}
