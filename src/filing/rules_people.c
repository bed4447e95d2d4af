/* Order rules about people: whose postings and leave one keeps, and what is owed to a child. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "filing/rules.h"

#define CHILD_BELOW 18 /* years: JJ Act 2(12) */

const char *rule_text(const struct judging *judging, const char *path)
{
    return json_string_value(json_at(judging->draft->body, path));
}

/* ---- establishment ---- */

/* The administrator of the node keeps all postings; everybody else those of his own office and below it. */
static bool keeps_all(const struct judging *j)
{
    return strcmp(j->draft->viewer.role, "administrator") == 0;
}

/* office_in_line FIELD: the office FIELD names is the filer's own or below it. */
bool check_office_in_line(struct judging *j)
{
    const char *office = rule_text(j, j->arguments[0]);
    return !office || keeps_all(j) || office_under(j->draft->db, office, j->draft->entry.office);
}

/* officer_in_line FIELD: the officer FIELD names is posted at the filer's own office or below it, or nowhere.
 */
bool check_officer_in_line(struct judging *j)
{
    struct draft *draft = j->draft;
    const char *officer = rule_text(j, j->arguments[0]);
    if (!officer || keeps_all(j)) return true;
    struct posting *postings;
    size_t count = postings_at(draft->db, draft->arena, officer, draft->entry.filed_at, &postings);
    bool ours = count == 0;
    for (size_t i = 0; i < count; i++)
        ours = ours || office_under(draft->db, postings[i].office, draft->entry.office);
    return ours;
}

/* ---- persons ---- */

struct youngest {
    struct judging *j;
    bool child;
};

static void see_age(void *context, const char *path, const json_t *person)
{
    (void)path;
    struct youngest *youngest = context;
    int64_t age = person_age_low(person, youngest->j->draft->entry.filed_at);
    const char *ref = json_text(person, "ref");
    if (age < 0 && ref)
        age = db_int(youngest->j->draft->db, "SELECT age_low FROM person WHERE id = $1", -1, V(ref));
    if (age >= 0 && age < CHILD_BELOW) youngest->child = true;
}

/* child_on_case PATH KIND: a child at PATH belongs on a case of that kind. */
bool check_child_on_case(struct judging *j)
{
    struct youngest youngest = {.j = j};
    form_each(j->draft->body, j->arguments[0], j->draft->arena, see_age, &youngest);
    if (!youngest.child) return true;
    return j->draft->case_row.id && strcmp(j->draft->case_row.kind, j->arguments[1]) == 0;
}
