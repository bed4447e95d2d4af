/* Who files, where, on which case, to whom: judged from postings, the form's declaration and the case, at the
 * server's time of filing. */
#include <string.h>

#include "base/json.h"
#include "filing/node.h"

/* ---- posting ---- */

/* Of a filer who is posted nowhere: before anybody is, only the founder, named by the register's first entry,
 * may open offices and post people. */
static bool founding(struct draft *draft, const struct filing *filing)
{
    if (db_int_values(draft->db, "SELECT 1 FROM posting LIMIT 1", 0, NULL, 0)) return false;
    bool opened = db_int_values(draft->db, "SELECT 1 FROM entry_index LIMIT 1", 0, NULL, 0) != 0;
    struct entry first;
    if (!opened || entry_by_seq(draft->db, draft->arena, 0, &first) != E_OK)
        return strcmp(draft->form->name, "node") == 0;
    json_t *body CLEANUP(json_drop) = json_read(first.body, first.body_len, draft->problems);
    const char *founder = json_text(json_object_get(body, "node"), "founder");
    static const char *const forms[] = {"office", "officer", "posting"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(draft->form->name, forms[i]) == 0) return founder && strcmp(founder, filing->officer) == 0;
    return false;
}

static struct viewer posting_viewer(const struct posting *p)
{
    return (struct viewer){p->officer, p->office, p->office_kind, p->pillar, p->role};
}

/* Of the officer's postings the first in which he may file this form, or else any; at the office asked for
 * when one was. *ret_unclear: none was asked for, and he could file it at another office too. */
static const struct posting *posting_for(struct draft *draft, const struct filing *filing,
    const struct posting *postings, size_t count, bool *ret_unclear)
{
    const struct posting *found = NULL, *able = NULL;
    *ret_unclear = false;
    for (size_t i = 0; i < count; i++) {
        const struct posting *p = &postings[i];
        if (filing->office && strcmp(p->office, filing->office) != 0) continue;
        if (!found) found = p;
        struct viewer viewer = posting_viewer(p);
        if (!may_file(draft->form, &viewer)) continue;
        if (!able) able = p;
        *ret_unclear = *ret_unclear || strcmp(able->office, p->office) != 0;
    }
    return able ? able : found;
}

static bool posting_apply(
    struct draft *draft, const struct filing *filing, const struct posting *postings, size_t count)
{
    bool unclear;
    const struct posting *posting = posting_for(draft, filing, postings, count, &unclear);
    if (!posting) {
        rule_refuse(draft, "officer_not_posted", "office");
        return false;
    }
    if (unclear) {
        problem_add(draft->problems, "posting_unclear", "office", NULL);
        return false;
    }
    draft->viewer = posting_viewer(posting);
    draft->entry.office = posting->office;
    draft->entry.role = posting->role;
    if (may_file(draft->form, &draft->viewer)) return true;
    problem_add(draft->problems, "not_allowed", "form", NULL);
    return false;
}

/* ---- case ---- */

static bool case_has(struct draft *draft, const char *form)
{
    return db_int(draft->db, "SELECT 1 FROM entry_index WHERE case_id = $1 AND form = $2 LIMIT 1", 0,
               V(draft->case_row.id), V(form)) != 0;
}

static void case_order(struct draft *draft)
{
    const struct form *form = draft->form;
    bool held = form->after_count == 0;
    for (size_t i = 0; i < form->after_count && !held; i++) held = case_has(draft, form->after[i]);
    if (!held) {
        const struct form *wanted = form_find(draft->node->forms, form->after[0]);
        problem_add(draft->problems, "case_not_ready", "case", "form",
            wanted ? wanted->label.text[LANG_EN] : form->after[0], "form_hi",
            wanted ? wanted->label.text[LANG_HI] : form->after[0], NULL);
    }
    if (form->single && case_has(draft, form->name)) problem_add(draft->problems, "form_once", "case", NULL);
}

/* A case is opened for the filer's own office or one below it. */
static void case_open_apply(struct draft *draft)
{
    const char *at =
        draft->form->opens_at ? json_string_value(json_at(draft->body, draft->form->opens_at)) : NULL;
    if (at && !office_under(draft->db, at, draft->entry.office))
        problem_add(draft->problems, "not_allowed", draft->form->opens_at, NULL);
}

static void case_apply(struct draft *draft, const struct filing *filing)
{
    const struct form *form = draft->form;
    case_open_apply(draft);
    if (!filing->case_id) {
        if (form->on_case) problem_add(draft->problems, "case_missing", "case", NULL);
        return;
    }
    if (!form->on_case && !form->on_any) {
        problem_add(draft->problems, "case_refused", "case", NULL);
        return;
    }
    enum err err = case_facts(draft->db, draft->arena, filing->case_id, &draft->case_row);
    /* The office a case belongs to is always on it. */
    bool ours = err == E_OK && strcmp(draft->case_row.office, draft->viewer.office) == 0;
    bool seen = ours ? sees_cases(&draft->viewer)
                     : err == E_OK && may_see_case(draft->db, &draft->viewer, filing->case_id);
    if (!seen) {
        draft->case_row.id = NULL;
        problem_add(draft->problems, "case_unknown", "case", "id", filing->case_id,
            NULL); /* the same words for hidden and for absent */
        return;
    }
    draft->entry.case_id = draft->case_row.id;
    if (!form_fits_kind(form, draft->case_row.kind))
        problem_add(draft->problems, "case_kind", "case", "kind", draft->case_row.kind, NULL);
    else
        case_order(draft);
}

/* ---- addressees ---- */

static void addressee_add(struct draft *draft, const char *office, const char *path)
{
    struct entry *entry = &draft->entry;
    for (size_t i = 0; i < entry->to_count; i++)
        if (strcmp(entry->to[i], office) == 0) return;
    struct office row;
    if (office_get(draft->db, draft->arena, office, &row) != E_OK) {
        problem_add(draft->problems, "office_unknown", path, "id", office, NULL);
        return;
    }
    bool fits = false;
    for (size_t i = 0; i < draft->form->to_count; i++)
        fits = fits || strcmp(draft->form->to_kinds[i], row.kind) == 0;
    bool closed = row.closed_at && row.closed_at <= entry->filed_at;
    if (closed)
        problem_add(draft->problems, "office_closed", path, "office", row.name, NULL);
    else if (!fits)
        problem_add(draft->problems, "addressee_kind", path, "office", row.name, NULL);
    else if (entry->to_count == ENTRY_ADDRESSEES_MAX)
        problem_add(draft->problems, "addressees_many", path, "max", "16", NULL);
    else
        entry->to[entry->to_count++] = row.code;
}

struct addressing {
    struct draft *draft;
};

static void addressee_of_field(void *context, const char *path, const json_t *value)
{
    struct addressing *addressing = context;
    if (json_is_string(value)) addressee_add(addressing->draft, json_string_value(value), path);
}

static void addressees_apply(struct draft *draft, const struct filing *filing)
{
    for (size_t i = 0; i < filing->to_count; i++) addressee_add(draft, filing->to[i], "to");
    if (draft->form->to_field)
        form_each(draft->body, draft->form->to_field, draft->arena, addressee_of_field,
            &(struct addressing){draft});
    if (draft->form->to_required && draft->entry.to_count == 0 && draft->problems->count == 0)
        problem_add(draft->problems, "addressee_missing", "to", NULL);
}

void draft_authorise(struct draft *draft, const struct filing *filing)
{
    struct posting *postings;
    size_t count = postings_at(draft->db, draft->arena, filing->officer, draft->entry.filed_at, &postings);
    draft->founding = count == 0 && founding(draft, filing);
    if (draft->founding) {
        draft->viewer =
            (struct viewer){filing->officer, filing->office ? filing->office : "-", "", "", "founder"};
        draft->entry.office = draft->viewer.office;
        draft->entry.role = draft->viewer.role;
        return;
    }
    if (!posting_apply(draft, filing, postings, count)) return;
    case_apply(draft, filing);
    addressees_apply(draft, filing);
}
