/* Corrections: the entry they amend must be the filer's office's own, the changes must lead somewhere and touch nothing
 * that is fixed, and what comes out must still be a valid form. */
#include <string.h>

#include "base/json.h"
#include "filing/node.h"
#include "view/correction.h"

/* The field of a body path without its row numbers: "accused.0.who.name" → the field `name` of the composite. */
struct finding { const char *path; const struct field *field; bool fixed; };

static bool find_field(void *context, const struct form_visit *visit)
{
    struct finding *finding = context;
    size_t n = strlen(visit->path);
    if (strncmp(finding->path, visit->path, n) != 0 || (finding->path[n] && finding->path[n] != '.')) return false;
    finding->field = visit->field;
    finding->fixed = finding->fixed || visit->field->fixed;
    return true;
}

static void check_change(struct draft *draft, const struct form *form, const json_t *corrected, size_t row,
    const json_t *change)
{
    struct finding finding = { .path = json_text(change, "path") };
    form_walk(form, corrected, draft->arena, find_field, &finding);
    const char *path = arena_printf(draft->arena, "changes.%zu.path", row);
    const char *value = json_text(change, "value");
    if (!finding.field && value && *value)
        problem_add(draft->problems, "correction_path", path, "path", finding.path, NULL);
    else if (finding.fixed)
        problem_add(draft->problems, "correction_fixed", path, "path", finding.path, NULL);
}

static void check_corrected(struct draft *draft, const struct entry *target, const struct form *form)
{
    json_t *corrected CLEANUP(json_drop) = corrected_body(draft->db, draft->arena, target);
    if (!corrected) {
        problem_add(draft->problems, "entry_unknown", draft->form->amends, "id", target->id, NULL);
        return;
    }
    correction_lay(corrected, draft->body, draft->arena);
    size_t row;
    const json_t *change;
    json_array_foreach(json_object_get(draft->body, "changes"), row, change)
        check_change(draft, form, corrected, row, change);
    json_t *checked CLEANUP(json_drop) = NULL;
    if (draft->problems->count == 0
        && draft_check_form(draft->node, form, corrected, draft->entry.filed_at, draft->problems, &checked) != E_OK)
        problem_add(draft->problems, "correction_invalid", draft->form->amends, NULL);
}

void draft_amendment(struct draft *draft)
{
    const json_t *value = draft->form->amends ? json_at(draft->body, draft->form->amends) : NULL;
    if (!json_is_string(value)) return;
    draft->entry.amends = json_string_value(value);
    struct entry target;
    if (entry_by_id(draft->db, draft->arena, draft->entry.amends, &target) != E_OK) return; /* told as a reference */
    const struct form *form = form_version(draft->node->forms, target.form, target.form_version);
    if (!form || form->amends || strcmp(target.office, draft->entry.office) != 0)
        problem_add(draft->problems, "correction_not_ours", draft->form->amends, NULL);
    else
        check_corrected(draft, &target, form);
}
