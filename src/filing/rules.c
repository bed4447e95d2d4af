/* Order rules: the rows of law/rules, each with the check its first word names. A check is true when the rule
 * is kept. The same checks judge an entry at filing and again when the register is verified. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "filing/node.h"
#include "filing/rules.h"

#define MINUTE_MS (60 * TIME_SECOND_MS)

static bool instant_at(const struct judging *j, const char *path, int64_t *ret)
{
    const char *text = rule_text(j, path);
    return text && time_parse(text, ret);
}

/* posted: draft_authorise found a posting, or there would be no viewer. */
static bool check_posted(struct judging *j)
{
    return j->draft->viewer.office != NULL;
}

static bool check_present(struct judging *j)
{
    return j->draft->founding || !on_leave(j->draft->db, j->draft->entry.officer, j->draft->entry.filed_at);
}

static bool check_device_clock(struct judging *j)
{
    const struct entry *e = &j->draft->entry;
    return e->claimed_at <= e->filed_at + j->draft->node->options.device_tolerance_ms;
}

/* cites FIELD: an entry of the same office, filed before this one; its times are the server's. */
static bool check_cites(struct judging *j)
{
    const char *id = rule_text(j, j->arguments[0]);
    struct entry cited;
    return id && draft_cited(j->draft, id, &cited) == E_OK &&
           cited.filed_at <= j->draft->entry.filed_at && strcmp(cited.office, j->draft->entry.office) == 0;
}

/* not_before_case KIND AT unless DIARY REASON: on a case of that kind, what happened before it was opened
 * cites its own diary entry, written before the case was opened and another than the one it was opened on,
 * and says why. */
static bool check_not_before_case(struct judging *j)
{
    const struct case_row *row = &j->draft->case_row;
    int64_t at;
    if (!row->id || strcmp(row->kind, j->arguments[0]) != 0 || !instant_at(j, j->arguments[1], &at))
        return true;
    if (at >= row->opened_at - row->opened_at % MINUTE_MS) return true; /* times are typed to the minute */
    const char *diary = rule_text(j, j->arguments[3]), *reason = rule_text(j, j->arguments[4]);
    struct entry cited;
    if (!diary || !reason || draft_cited(j->draft, diary, &cited) != E_OK)
        return false;
    bool ours = strcmp(cited.office, row->office) == 0 || strcmp(cited.office, j->draft->entry.office) == 0;
    bool opening = db_int(j->draft->db, "SELECT 1 FROM citation WHERE target = $1 AND seq = $2", 0, V(diary),
        V(row->opened_seq));
    return ours && !opening && cited.seq < row->opened_seq;
}

static bool check_officer_is_io(struct judging *j)
{
    const char *io = j->draft->case_row.io;
    return io && strcmp(io, j->draft->entry.officer) == 0;
}

/* ---- property ---- */

struct holding {
    struct judging *j;
    bool wanted_inside, kept;
    size_t count;
    const char *seen[SECTION_ROWS_MAX];
};

static void see_property(void *context, const char *path, const json_t *item)
{
    struct holding *holding = context;
    struct draft *draft = holding->j->draft;
    const char *ref = json_text(item, "ref");
    struct property_row row;
    bool there = ref && property_get(draft->db, draft->arena, ref, &row) == E_OK;
    bool inside = there && (strcmp(row.state, "deposit") == 0 || strcmp(row.state, "receive") == 0);
    bool here = there && strcmp(row.office, draft->entry.office) == 0;
    bool twice = false;
    for (size_t i = 0; ref && i < holding->count; i++) twice = twice || strcmp(holding->seen[i], ref) == 0;
    if (ref && holding->count < SECTION_ROWS_MAX) holding->seen[holding->count++] = ref;
    if (twice || (holding->wanted_inside ? !(inside && here) : inside)) {
        if (holding->kept) holding->j->path = arena_strdup(draft->arena, path);
        holding->kept = false;
    }
}

static bool property_held(struct judging *j, bool inside)
{
    struct holding *holding = ARENA_NEW(j->draft->arena, struct holding);
    *holding = (struct holding){.j = j, .wanted_inside = inside, .kept = true};
    for (size_t i = 0; i < j->count; i++)
        form_each(j->draft->body, j->arguments[i], j->draft->arena, see_property, holding);
    return holding->kept;
}

/* in_malkhana PATH…: every item is in this office's malkhana now, and is named once. */
static bool check_in_malkhana(struct judging *j)
{
    return property_held(j, true);
}

/* out_of_malkhana PATH…: no item is in a malkhana now, and each is named once. */
static bool check_out_of_malkhana(struct judging *j)
{
    return property_held(j, false);
}

/* ---- whose it is ---- */

/* A person is of the cases that name him in some role. A thing is of the case it was first recorded on, of
 * those that had it in their hands, and of a case that goes on from that one (a Zero FIR registered anew). */
static const char belonging_query[] =
    "SELECT EXISTS (SELECT 1 FROM party WHERE case_id = $1 AND person = $2)"
    " OR EXISTS (SELECT 1 FROM property WHERE id = $2 AND case_id = $1)"
    " OR EXISTS (SELECT 1 FROM custody c JOIN entry_index i ON i.seq = c.seq"
    "     WHERE c.property = $2 AND i.case_id = $1)"
    " OR EXISTS (SELECT 1 FROM property p JOIN case_link l ON l.other = p.case_id"
    "     WHERE p.id = $2 AND l.case_id = $1)";

struct belonging {
    struct judging *j;
    bool kept;
};

static void see_belonging(void *context, const char *path, const json_t *named)
{
    struct belonging *belonging = context;
    struct draft *draft = belonging->j->draft;
    const char *ref = json_text(named, "ref"), *case_id = draft->case_row.id;
    if (!ref || !case_id || db_int(draft->db, belonging_query, 0, V(case_id), V(ref))) return;
    if (belonging->kept) belonging->j->path = arena_strdup(draft->arena, path);
    belonging->kept = false;
}

/* of_this_case PATH…: whoever and whatever is referred to there belongs to the case this is filed on. */
static bool check_of_this_case(struct judging *j)
{
    struct belonging belonging = {.j = j, .kept = true};
    for (size_t i = 0; i < j->count; i++)
        form_each(j->draft->body, j->arguments[i], j->draft->arena, see_belonging, &belonging);
    return belonging.kept;
}

/* ---- what the case holds ---- */

/* case_has FORM */
static bool check_case_has(struct judging *j)
{
    return j->draft->case_row.id &&
           db_int(j->draft->db, "SELECT 1 FROM entry_index WHERE case_id = $1 AND form = $2 LIMIT 1", 0,
               V(j->draft->case_row.id), V(j->arguments[0])) != 0;
}

/* cites_decision FIELD FORM PATH VALUE OTHER: the entry FIELD names is on this case, and is a FORM with VALUE
 * at PATH or an OTHER. */
static bool check_cites_decision(struct judging *j)
{
    struct draft *draft = j->draft;
    const char *id = rule_text(j, j->arguments[0]);
    struct entry cited;
    if (!id || entry_by_id(draft->db, draft->arena, id, &cited) != E_OK) return false;
    if (!cited.case_id || !draft->case_row.id || strcmp(cited.case_id, draft->case_row.id) != 0) return false;
    if (strcmp(cited.form, j->arguments[4]) == 0) return true;
    const struct form *form = form_version(draft->node->forms, cited.form, cited.form_version);
    if (!form || strcmp(cited.form, j->arguments[1]) != 0) return false;
    json_t *body CLEANUP(json_drop) = corrected_body(draft->db, draft->arena, form, &cited);
    const char *value = json_string_value(json_at(body, j->arguments[2]));
    return value && strcmp(value, j->arguments[3]) == 0;
}

/* within FIELD HOURS: this is filed no later than that after the entry FIELD names. */
static bool check_within(struct judging *j)
{
    const char *id = rule_text(j, j->arguments[0]);
    struct entry cited;
    if (!id || draft_cited(j->draft, id, &cited) != E_OK) return true;
    return j->draft->entry.filed_at <= cited.filed_at + strtoll(j->arguments[1], NULL, 10) * TIME_HOUR_MS;
}

/* answered FIELD FORM: an entry of FORM cites the entry FIELD names. */
static bool check_answered(struct judging *j)
{
    const char *id = rule_text(j, j->arguments[0]);
    return !id || db_int(j->draft->db, "SELECT 1 FROM citation WHERE target = $1 AND form = $2 LIMIT 1", 0,
                      V(id), V(j->arguments[1])) != 0;
}

/* not_after FIELD FIELD: the first instant is not later than the second. */
static bool check_not_after(struct judging *j)
{
    int64_t first, second;
    return !instant_at(j, j->arguments[0], &first) || !instant_at(j, j->arguments[1], &second) ||
           first <= second;
}

/* filled_when PATH FIELD VALUE: PATH is there when FIELD has VALUE. */
static bool check_filled_when(struct judging *j)
{
    const char *value = rule_text(j, j->arguments[1]);
    return !value || strcmp(value, j->arguments[2]) != 0 || json_at(j->draft->body, j->arguments[0]) != NULL;
}

/* number_unused: nobody gave this number before in its series, but on the same case: a court takes a
 * supplementary report under the number it gave the first. */
static bool check_number_unused(struct judging *j)
{
    const struct entry *e = &j->draft->entry;
    return !e->series || !e->number ||
           !db_int(j->draft->db,
               "SELECT 1 FROM given_number g JOIN entry_index i ON i.seq = g.seq"
               " WHERE g.series = $1 AND g.number = $2"
               " AND ($3 IS NULL OR i.case_id IS NULL OR i.case_id <> $3) LIMIT 1",
               0, V(e->series), V(e->number), V(e->case_id));
}

/* office_unused FIELD, officer_unused FIELD: the code or id is not another's; what stands is corrected, not
 * replaced. */
static bool check_office_unused(struct judging *j)
{
    struct office office;
    const char *code = rule_text(j, j->arguments[0]);
    return !code || office_get(j->draft->db, j->draft->arena, code, &office) == E_NOT_FOUND;
}

static bool check_officer_unused(struct judging *j)
{
    struct officer officer;
    const char *id = rule_text(j, j->arguments[0]);
    return !id || officer_get(j->draft->db, j->draft->arena, id, &officer) == E_NOT_FOUND;
}

static const struct {
    const char *name;
    size_t arguments;
    bool (*kept)(struct judging *j);
} checks[] = {
    {"answered", 2, check_answered},
    {"case_has", 1, check_case_has},
    {"child_on_case", 2, check_child_on_case},
    {"cites", 1, check_cites},
    {"cites_decision", 5, check_cites_decision},
    {"decision_stands", 1, check_decision_stands},
    {"device_clock", 0, check_device_clock},
    {"filled_when", 3, check_filled_when},
    {"in_malkhana", 1, check_in_malkhana},
    {"may_know", 1, check_may_know},
    {"not_above", 2, check_not_above},
    {"not_after", 2, check_not_after},
    {"not_before_case", 5, check_not_before_case},
    {"number_unused", 0, check_number_unused},
    {"of_case_line", 0, check_of_case_line},
    {"of_this_case", 1, check_of_this_case},
    {"office_unused", 1, check_office_unused},
    {"office_in_line", 1, check_office_in_line},
    {"officer_in_line", 1, check_officer_in_line},
    {"officer_is_io", 0, check_officer_is_io},
    {"officer_unused", 1, check_officer_unused},
    {"out_of_malkhana", 1, check_out_of_malkhana},
    {"posted", 0, check_posted},
    {"present", 0, check_present},
    {"two_persons", 2, check_two_persons},
    {"undecided", 2, check_undecided},
    {"until_within", 2, check_until_within},
    {"watch_runs", 1, check_watch_runs},
    {"within", 2, check_within},
};

static bool rule_kept(struct judging *j, const struct order_rule *rule)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (strcmp(checks[i].name, rule->words[0]) != 0) continue;
        assert(rule->word_count > checks[i].arguments); /* some take more than they must */
        return checks[i].kept(j);
    }
    assert(!"a rule names a check that is not there"); /* tests load every rule */
    return false;
}

static void rule_problem(struct draft *draft, const struct order_rule *rule, const char *path)
{
    struct problem problem = {.code = rule->code, .status = rule->status, .path = path, .law = rule->law};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        problem.text[lang] = rule->text[lang];
        problem.next[lang] = rule->next[lang];
    }
    problem_add_words(draft->problems, &problem);
}

void rule_refuse(struct draft *draft, const char *code, const char *path)
{
    const struct order_rule *rule = law_rule(draft->node->law, code);
    assert(rule);
    rule_problem(draft, rule, path);
}

/* The field it is mostly about: the first that the check names. */
static const char *rule_path(const struct order_rule *rule)
{
    for (size_t i = 1; i < rule->word_count; i++)
        if (strchr(rule->words[i], '.')) return rule->words[i];
    return "";
}

void draft_rules(struct draft *draft)
{
    int32_t day = time_day_number(draft->entry.filed_at);
    size_t count;
    const struct order_rule *const *rules = law_rules_of(draft->node->law, draft->form->name, &count);
    for (size_t i = 0; i < count; i++) {
        const struct order_rule *rule = rules[i];
        if (day < rule->from_day || day > rule->until_day) continue;
        struct judging judging = {
            .draft = draft,
            .count = rule->word_count - 1,
            .arguments = rule->words + 1,
            .path = rule_path(rule),
        };
        if (!rule_kept(&judging, rule)) rule_problem(draft, rule, judging.path);
    }
}
