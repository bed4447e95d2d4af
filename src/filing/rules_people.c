/* Order rules about people: whose postings and leave one keeps, what is owed to a child, and
 * what may be decided about two persons. */
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

/* ---- decisions on two persons ---- */

/* two_persons FIELD FIELD: they name two persons and not one twice. */
bool check_two_persons(struct judging *j)
{
    const char *first = rule_text(j, j->arguments[0]), *second = rule_text(j, j->arguments[1]);
    return !first || !second || strcmp(first, second) != 0;
}

/* may_know FIELD…: each names a person of the register whom the filer may know, on cases of his own or as the
 * search shows people elsewhere. Who is hidden from him is refused like who is not there. */
bool check_may_know(struct judging *j)
{
    struct draft *draft = j->draft;
    for (size_t i = 0; i < j->count; i++) {
        const char *person = rule_text(j, j->arguments[i]);
        if (!person || person_open(draft->db, draft->arena, draft->node->forms, &draft->viewer, person))
            continue;
        j->path = j->arguments[i];
        return false;
    }
    return true;
}

/* undecided FIELD FIELD: no decision stands on the two. */
bool check_undecided(struct judging *j)
{
    const char *first = rule_text(j, j->arguments[0]), *second = rule_text(j, j->arguments[1]);
    return !first || !second || person_link_of(j->draft->db, first, second) == LINK_OPEN;
}

/* decision_stands FIELD: the decision of the entry it names was not undone. */
bool check_decision_stands(struct judging *j)
{
    const char *id = rule_text(j, j->arguments[0]);
    return !id || person_link_stands(j->draft->db, id);
}
