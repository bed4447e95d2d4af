/* What a body names must exist and be the filer's to name: offices, officers, earlier entries, persons and
 * property. What he may not see is told in the same words as what does not exist. */
#include <string.h>

#include "base/json.h"
#include "filing/node.h"

static bool is_one_of(const char *const *list, size_t count, const char *word)
{
    bool found = count == 0;
    for (size_t i = 0; i < count; i++) found = found || strcmp(list[i], word) == 0;
    return found;
}

static void check_office(struct draft *draft, const struct form_visit *visit, const char *code)
{
    struct office office;
    if (office_get(draft->db, draft->arena, code, &office) != E_OK)
        problem_add(draft->problems, "office_unknown", visit->path, "id", code, NULL);
    else if (!is_one_of(visit->field->targets, visit->field->target_count, office.kind))
        problem_add(draft->problems, "office_kind", visit->path, "id", code, NULL);
}

static void check_officer(struct draft *draft, const struct form_visit *visit, const char *id)
{
    struct officer officer;
    if (officer_get(draft->db, draft->arena, id, &officer) != E_OK)
        problem_add(draft->problems, "officer_unknown", visit->path, "id", id, NULL);
}

bool draft_founded(const struct entry *entry)
{
    return strcmp(entry->role, "founder") == 0;
}

/* Papers a filer may cite: of the case he files on, of his own office, of one below it if he may read them,
 * addressed to it, or what the founder set up, which belongs to no office. */
static bool may_cite(struct draft *draft, const struct entry *entry, const char *entry_case)
{
    if (draft->case_row.id && entry_case && strcmp(draft->case_row.id, entry_case) == 0) return true;
    if (strcmp(entry->office, draft->entry.office) == 0 || draft_founded(entry)) return true;
    const struct form *form = form_version(draft->node->forms, entry->form, entry->form_version);
    if (form && office_under(draft->db, entry->office, draft->entry.office) &&
        may_see_entry(draft->db, &draft->viewer, form, entry))
        return true;
    for (size_t i = 0; i < entry->to_count; i++)
        if (strcmp(entry->to[i], draft->entry.office) == 0) return true;
    return entry_case && may_see_case(draft->db, &draft->viewer, entry_case);
}

enum err draft_cited(struct draft *draft, const char *id, struct entry *ret)
{
    if (!draft->cited.id || strcmp(draft->cited.id, id) != 0) {
        struct entry found;
        TRY(entry_head_by_id(draft->db, draft->arena, id, &found));
        draft->cited = found;
    }
    *ret = draft->cited;
    return E_OK;
}

static void check_entry(struct draft *draft, const struct form_visit *visit, const char *id)
{
    struct entry cited = {.seq = -1};
    enum err err = draft_cited(draft, id, &cited);
    bool later = draft->entry.seq > 0 && cited.seq >= draft->entry.seq; /* proving an entry filed long ago */
    if (err != E_OK || later) {
        problem_add(draft->problems, "entry_unknown", visit->path, "id", id, NULL);
        return;
    }
    const struct form *form = form_version(draft->node->forms, cited.form, cited.form_version);
    const char *cited_case = form && form->opens ? cited.id : cited.case_id;
    if (!may_cite(draft, &cited, cited_case))
        problem_add(draft->problems, "entry_unknown", visit->path, "id", id, NULL);
    else if (!is_one_of(visit->field->targets, visit->field->target_count, cited.form))
        problem_add(draft->problems, "entry_form", visit->path, "id", id, "form",
            form ? form->label.text[LANG_EN] : cited.form, "wanted", visit->field->targets[0], NULL);
}

/* Named or held on this case already, though first recorded on another: a Zero FIR's people after it was
 * registered anew, those of an electronic information, of a complaint that became an FIR. */
static bool on_this_case(struct draft *draft, const char *composite, const char *id)
{
    return draft->case_row.id &&
           db_int(draft->db,
               strcmp(composite, "person") == 0
                   ? "SELECT 1 FROM party WHERE person = $1 AND case_id = $2 LIMIT 1"
                   : "SELECT 1 FROM custody c JOIN entry_index i ON i.seq = c.seq"
                     " WHERE c.property = $1 AND i.case_id = $2 LIMIT 1",
               0, V(id), V(draft->case_row.id)) != 0;
}

static void check_reference(struct draft *draft, const struct form_visit *visit, const char *id)
{
    const char *composite = visit->field->composite->name;
    const char *home = reference_case(draft->db, draft->arena, composite, id);
    bool ours = home && ((draft->case_row.id && strcmp(home, draft->case_row.id) == 0) ||
                            may_see_case(draft->db, &draft->viewer, home));
    if (!home && strchr(id, '.')) { /* first named outside any case: by our own office */
        struct entry first;
        const char *entry_id = arena_strndup(draft->arena, id, (size_t)(strchr(id, '.') - id));
        ours = draft_cited(draft, entry_id, &first) == E_OK &&
               db_int(draft->db,
                   strcmp(composite, "person") == 0 ? "SELECT 1 FROM person WHERE id = $1"
                                                    : "SELECT 1 FROM property WHERE id = $1",
                   0, V(id)) &&
               may_cite(draft, &first, NULL);
    }
    if (!ours && !on_this_case(draft, composite, id))
        problem_add(draft->problems, "ref_unknown", visit->path, "id", id, NULL);
}

void draft_reference(struct draft *draft, const struct form_visit *visit)
{
    const char *text = json_string_value(visit->value);
    switch (visit->field->type) {
    case FIELD_OFFICE: check_office(draft, visit, text); break;
    case FIELD_OFFICER: check_officer(draft, visit, text); break;
    case FIELD_ENTRY: check_entry(draft, visit, text); break;
    case FIELD_COMPOSITE: {
        const char *ref = json_text(visit->value, "ref");
        if (ref && visit->field->composite->by_reference) check_reference(draft, visit, ref);
        break;
    }
    default: break;
    }
}

/* Of a paper taken in for each person by himself: whether the person here is one of those still to come. */
static bool person_still_comes(struct draft *draft, int64_t paper)
{
    const char *each = draft->form->consumes_each;
    const char *person = each ? json_text(json_at(draft->body, each), "ref") : NULL;
    return person && db_int(draft->db,
                         "SELECT 1 FROM delivery_person WHERE seq = $1 AND person = $2 AND taken_seq IS NULL",
                         0, V(paper), V(person)) != 0;
}

/* Taking a paper into one's own register, or acting on it, is for the office it was addressed to, on the
 * paper's own case; taking it once, or once for each person it names. */
static void check_answer(struct draft *draft, const char *field, bool consuming)
{
    const json_t *value = field ? json_at(draft->body, field) : NULL;
    if (!json_is_string(value)) return;
    struct rows *rows = db_query(draft->db,
        "SELECT d.consumed_seq, d.case_id, d.seq FROM delivery d JOIN entry e ON e.seq = d.seq"
        " WHERE e.id = $1 AND d.office = $2",
        V(json_string_value(value)), V(draft->entry.office));
    if (!db_next(rows)) {
        problem_add(draft->problems, "not_addressed", field, NULL);
        return;
    }
    const char *home = row_text(rows, 1), *here = draft->case_row.id;
    if (home && here && strcmp(home, here) != 0) problem_add(draft->problems, "paper_case", field, NULL);
    bool taken = consuming && !row_null(rows, 0);
    int64_t paper = row_int(rows, 2);
    db_end(rows);
    if (taken && !person_still_comes(draft, paper))
        problem_add(draft->problems, "consumed_already", field, NULL);
}

void draft_references(struct draft *draft)
{
    if (draft->founding) return;
    for (size_t i = 0; i < draft->names.count; i++) draft_reference(draft, &draft->names.list[i]);
    check_answer(draft, draft->form->consumes, true);
    check_answer(draft, draft->form->acts, false);
}
