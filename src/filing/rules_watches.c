/* Order rules about watches: who may keep one, on whom, and how long. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "filing/rules.h"
#include "view/watches.h"

/* not_above FIELD FIELD: the first number is not greater than the second. */
bool check_not_above(struct judging *j)
{
    const json_t *first = json_at(j->draft->body, j->arguments[0]);
    const json_t *second = json_at(j->draft->body, j->arguments[1]);
    return !first || !second || json_integer_value(first) <= json_integer_value(second);
}

/* of_case_line: filed by the case's investigating officer, at the office that has the case, or above it. */
bool check_of_case_line(struct judging *j)
{
    const struct case_row *row = &j->draft->case_row;
    if (!row->id) return true; /* refused already */
    return (row->io && strcmp(row->io, j->draft->entry.officer) == 0) ||
           office_under(j->draft->db, row->office, j->draft->entry.office);
}

/* until_within FIELD SETTING: the day is at most so many days from today. What was let when it was filed
 * stays let, however the setting changed since. */
bool check_until_within(struct judging *j)
{
    struct draft *draft = j->draft;
    struct office office;
    int32_t day;
    const char *text = rule_text(j, j->arguments[0]);
    if (draft->again || !text || !time_parse_date(text, &day)) return true;
    const char *state =
        office_get(draft->db, draft->arena, draft->entry.office, &office) == E_OK ? office.state : NULL;
    int32_t today = time_day_number(draft->entry.filed_at);
    return day <= today + clocks_setting(draft->node->clocks, j->arguments[1], state, today);
}

/* watch_runs FIELD: the watch FIELD names is of this case, and has not ended. */
bool check_watch_runs(struct judging *j)
{
    struct watch_row watch;
    const char *id = rule_text(j, j->arguments[0]), *case_id = j->draft->case_row.id;
    return id && case_id && watch_get(j->draft->db, j->draft->arena, id, &watch) == E_OK &&
           strcmp(watch.case_id, case_id) == 0 && watch_runs(&watch, j->draft->entry.filed_at);
}
