/* law/clock_condition: the words of conditions, one function each kind. */
#include <limits.h>
#include <string.h>

#include "base/time.h"
#include "law/clock_run.h"

static bool compares(int value, enum comparison comparison, int number)
{
    switch (comparison) {
    case AT_LEAST: return value >= number;
    case OVER: return value > number;
    case BELOW: return value < number;
    case UP_TO: return value <= number;
    }
    return false;
}

/* ---- offences ---- */

static bool term_known(const struct offence *offence)
{
    return offence->max_months > 0 || offence->life || offence->death;
}

/* at_least and over: one offence is enough; below and up_to: the longest decides. */
static bool maximum_holds(const struct clock_asking *asking, const struct clock_term *term)
{
    int longest = -1;
    for (size_t i = 0; i < asking->offences->count; i++) {
        const struct offence *offence = law_offence_at(asking->run->clocks->law, asking->offences->list[i]);
        if (!term_known(offence)) continue;
        int months = offence->life || offence->death ? INT_MAX : offence->max_months;
        if (months > longest) longest = months;
    }
    return longest >= 0 && compares(longest, term->comparison, term->number);
}

static bool minimum_holds(const struct clock_asking *asking, const struct clock_term *term)
{
    int longest = -1;
    for (size_t i = 0; i < asking->offences->count; i++) {
        const struct offence *offence = law_offence_at(asking->run->clocks->law, asking->offences->list[i]);
        if (term_known(offence) && offence->min_months > longest) longest = offence->min_months;
    }
    return longest >= 0 && compares(longest, term->comparison, term->number);
}

static bool by_magistrate(const struct offence *offence)
{
    const char *court = offence->court[LANG_EN];
    return court && strstr(court, "Magistrate");
}

static bool by_sessions(const struct offence *offence)
{
    const char *court = offence->court[LANG_EN];
    return court && (strstr(court, "Session") || strstr(court, "Special"));
}

/* Whether one offence has what the word says. */
static bool offence_has(const struct clock_asking *asking, const struct clock_term *term, uint16_t place)
{
    const struct offence *offence = law_offence_at(asking->run->clocks->law, place);
    switch (term->word) {
    case IF_LIFE: return offence->life;
    case IF_DEATH: return offence->death;
    case IF_FINE_ONLY: return !term_known(offence) && offence->fine;
    case IF_COGNIZABLE: return offence->cognizable == ANSWER_YES || offence->cognizable == ANSWER_DEPENDS;
    case IF_NON_COGNIZABLE: return offence->cognizable == ANSWER_NO;
    case IF_BAILABLE: return offence->bailable == ANSWER_YES;
    case IF_NON_BAILABLE: return offence->bailable == ANSWER_NO || offence->bailable == ANSWER_DEPENDS;
    case IF_MAGISTRATE: return by_magistrate(offence);
    case IF_SESSIONS: return by_sessions(offence);
    case IF_SEXUAL: return offence->sexual;
    case IF_CHILD_OFFENCE: return offence->child;
    case IF_TERROR: return offence->terror;
    case IF_AMONG: return asking->run->clocks->lists[term->number].members[place];
    case IF_ACT: return strcmp(offence->act, term->text) == 0;
    default: return false;
    }
}

/* Some words hold only when every offence has it, the rest when one has. */
static bool offences_hold(const struct clock_asking *asking, const struct clock_term *term)
{
    bool every = term->word == IF_FINE_ONLY || term->word == IF_BAILABLE || term->word == IF_MAGISTRATE ||
                 term->word == IF_NON_COGNIZABLE;
    if (asking->offences->count == 0) return false;
    for (size_t i = 0; i < asking->offences->count; i++)
        if (offence_has(asking, term, asking->offences->list[i]) != every) return !every;
    return every;
}

/* ---- persons ---- */

static const struct clock_subject *subject_of(const struct clock_asking *asking)
{
    return asking->subject ? &asking->run->of->subjects[asking->subject - 1] : NULL;
}

static int age_on(int32_t born, int32_t day)
{
    struct civil birth = time_civil(clock_day_start(born)), now = time_civil(clock_day_start(day));
    bool had = now.month > birth.month || (now.month == birth.month && now.day >= birth.day);
    return now.year - birth.year - !had;
}

/* 1 yes, 0 no, -1 it may be so. */
static int age_holds(const struct clock_asking *asking, const struct clock_term *term)
{
    const struct clock_subject *subject = subject_of(asking);
    if (!subject || subject->born_from == CLOCK_NO_DAY) return 0;
    int32_t day = fact_day(asking->trigger);
    bool oldest = compares(age_on(subject->born_from, day), term->comparison, term->number);
    bool youngest = compares(age_on(subject->born_to, day), term->comparison, term->number);
    return oldest == youngest ? oldest : -1;
}

static bool gender_holds(const struct clock_asking *asking, char gender)
{
    const struct clock_subject *subject = subject_of(asking);
    return subject && subject->gender == gender;
}

/* ---- the rest ---- */

static bool has_event(const struct clock_asking *asking, uint16_t event)
{
    const struct clock_run *run = asking->run;
    for (size_t i = 0; i < run->fact_count; i++)
        if (run->facts[i].event == event && run->facts[i].at <= asking->known &&
            fact_about(&run->facts[i], asking->subject))
            return true;
    return false;
}

static bool setting_holds(const struct clock_asking *asking, int setting)
{
    const struct clocks *clocks = asking->run->clocks;
    int32_t day = fact_day(asking->trigger),
            value = setting_value(clocks, setting, asking->run->of->state, day);
    return clocks->settings[setting].type == SETTING_DATE ? value <= day : value != 0;
}

/* The hour of the trigger lies from the first setting to before the second, over midnight if need be. */
static bool between_holds(const struct clock_asking *asking, const struct clock_term *term)
{
    const struct clocks *clocks = asking->run->clocks;
    if (asking->trigger->day) return false;
    int32_t day = fact_day(asking->trigger);
    int64_t from = setting_value(clocks, term->number, asking->run->of->state, day);
    int64_t until = setting_value(clocks, term->until, asking->run->of->state, day);
    int64_t minute = (asking->trigger->at - clock_day_start(day)) / (60 * TIME_SECOND_MS);
    if (from <= until) return from <= minute && minute < until;
    return minute >= from || minute < until;
}

static int term_holds(const struct clock_asking *asking, const struct clock_term *term)
{
    switch (term->word) {
    case IF_MAXIMUM: return maximum_holds(asking, term);
    case IF_MINIMUM: return minimum_holds(asking, term);
    case IF_WOMAN: return gender_holds(asking, 'f');
    case IF_MAN: return gender_holds(asking, 'm');
    case IF_TRANSGENDER: return gender_holds(asking, 't');
    case IF_AGE: return age_holds(asking, term);
    case IF_IN_CUSTODY: return custody_at(asking->run, asking->subject, asking->trigger->at) != CUSTODY_NONE;
    case IF_HAS: return has_event(asking, (uint16_t)term->number);
    case IF_SETTING: return setting_holds(asking, term->number);
    case IF_BETWEEN: return between_holds(asking, term);
    case IF_CASE: return strcmp(asking->run->of->kind, term->text) == 0;
    default: return offences_hold(asking, term);
    }
}

bool condition_true(struct clock_asking *asking, const struct clock_condition *condition)
{
    bool may = condition->count == 0;
    for (size_t i = 0; i < condition->count; i++) {
        const struct clock_term *term = &condition->terms[i];
        int holds = term_holds(asking, term);
        if (holds == -1)
            may = asking->doubtful = true;
        else if ((holds != 0) != term->negated)
            return true;
    }
    return may;
}
