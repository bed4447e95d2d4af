/* law/clocks_read_rule: what stands in the block of a clock. */
#include <string.h>

#include "law/clock_files.h"

static void read_row(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->words.row = words_rest(reader, "its row");
}

static void read_law(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->words.law = words_rest(reader, "a section");
}

static void read_mark(struct clock_reader *reader, struct clock_rule *rule)
{
    static const char *const marks[] = {"V", "S", "K", "?"};
    rule->words.mark = marks[choice_need(reader, "V, S, K or ?", marks, 4)];
}

static const char *const kinds[CLOCK_KIND_COUNT] = {"DUTY", "RIGHT", "BAR", "LIMIT", "LAPSE"};

const char *clock_kind_word(enum clock_kind kind)
{
    return kinds[kind];
}

static void read_kind(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->words.kind =
        (enum clock_kind)choice_need(reader, "DUTY, RIGHT, BAR, LIMIT or LAPSE", kinds, CLOCK_KIND_COUNT);
}

static void read_scope(struct clock_reader *reader, struct clock_rule *rule)
{
    static const char *const scopes[CLOCK_SCOPE_COUNT] = {
        "case", "accused", "victim", "person", "property", "paper"};
    rule->words.scope = (enum clock_scope)choice_need(
        reader, "case, accused, victim, person, property or paper", scopes, CLOCK_SCOPE_COUNT);
}

static void read_regime(struct clock_reader *reader, struct clock_rule *rule)
{
    static const char *const regimes[] = {"any", "BNSS", "CrPC"};
    rule->regime = (enum regime)choice_need(reader, "BNSS or CrPC", regimes, 3);
    if (reader->at < reader->line->word_count) events_need(reader, &rule->regime_by);
}

static void read_since(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->from_day = day_need(reader);
}

static void read_until(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->until_day = day_need(reader);
}

static void read_from(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->which = word_take(reader, "first") ? FROM_FIRST : word_take(reader, "last") ? FROM_LAST : FROM_EACH;
    events_need(reader, &rule->from);
}

static void read_if(struct clock_reader *reader, struct clock_rule *rule)
{
    if (rule->if_count == CLOCK_IFS_MAX)
        clock_wrong(reader, "too many if lines");
    else
        condition_read(reader, &rule->ifs[rule->if_count++]);
}

static void read_within(struct clock_reader *reader, struct clock_rule *rule)
{
    if (rule->limit_count == CLOCK_LIMITS_MAX)
        clock_wrong(reader, "too many within lines");
    else
        limit_read(reader, &rule->limits[rule->limit_count++]);
}

static void read_choose(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->choose = setting_need(reader);
}

static void read_counts(struct clock_reader *reader, struct clock_rule *rule)
{
    static const struct {
        const char *word;
        unsigned classes;
    } sets[] = {
        {"police", 1u << CUSTODY_POLICE},
        {"executive", 1u << CUSTODY_EXECUTIVE},
        {"remand",
            1u << CUSTODY_POLICE | 1u << CUSTODY_JUDICIAL | 1u << CUSTODY_EXECUTIVE | 1u << CUSTODY_HOME},
        {"detention", 1u << CUSTODY_ARREST | 1u << CUSTODY_POLICE | 1u << CUSTODY_JUDICIAL |
                          1u << CUSTODY_EXECUTIVE | 1u << CUSTODY_HOME},
    };
    static const char *const words[] = {"police", "executive", "remand", "detention"};
    do rule->counts |= sets[choice_need(reader, "remand, police, executive or detention", words, 4)].classes;
    while (!reader->failed && reader->at < reader->line->word_count);
}

static void read_court(struct clock_reader *reader, struct clock_rule *rule)
{
    (void)reader;
    rule->court = true;
}

static struct clock_change *change_open(struct clock_reader *reader, struct clock_change *list, size_t *count)
{
    if (*count == CLOCK_CHANGES_MAX) {
        clock_wrong(reader, "too many such lines");
        return &list[0];
    }
    struct clock_change *change = &list[(*count)++];
    change->event = (uint16_t)event_need(reader);
    return change;
}

static void read_adds(struct clock_reader *reader, struct clock_rule *rule)
{
    static const char *const words[] = {"minutes", "hours", "days"};
    static const enum limit_unit units[] = {LIMIT_MINUTES, LIMIT_HOURS, LIMIT_DAYS};
    struct clock_change *change = change_open(reader, rule->adds, &rule->add_count);
    change->amount = (struct clock_amount){
        .unit = units[choice_need(reader, "minutes, hours or days", words, 3)], .setting = -1};
}

static void read_pauses(struct clock_reader *reader, struct clock_rule *rule)
{
    struct clock_change *change = change_open(reader, rule->pauses, &rule->pause_count);
    if (!word_take(reader, "to"))
        clock_wrong(reader, "a pause is: pauses EVENT to EVENT…");
    else
        events_need(reader, &change->until);
}

static void read_extends(struct clock_reader *reader, struct clock_rule *rule)
{
    static const char *const words[] = {"by", "to"};
    struct clock_change *change = change_open(reader, rule->extends, &rule->extend_count);
    change->how = choice_need(reader, "by or to", words, 2) == 0 ? EXTEND_BY : EXTEND_TO;
    amount_read(reader, &change->amount);
    if (change->amount.unit == LIMIT_DATE) change->how = EXTEND_DATE;
}

static void read_restarts(struct clock_reader *reader, struct clock_rule *rule)
{
    events_need(reader, &rule->restarts);
}

static void read_met(struct clock_reader *reader, struct clock_rule *rule)
{
    events_need(reader, &rule->met);
}

static void read_barred(struct clock_reader *reader, struct clock_rule *rule)
{
    events_need(reader, &rule->barred);
}

static void read_used(struct clock_reader *reader, struct clock_rule *rule)
{
    events_need(reader, &rule->used);
}

static void read_ends(struct clock_reader *reader, struct clock_rule *rule)
{
    events_need(reader, &rule->ends);
}

static void read_owes(struct clock_reader *reader, struct clock_rule *rule)
{
    static const char *const places[] = {"case", "filer", "addressee"};
    rule->words.role = arena_strdup(reader->clocks->arena, word_need(reader, "a role"));
    if (!word_take(reader, "at")) return;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (word_take(reader, places[i])) {
            rule->words.place = (enum clock_place)i;
            return;
        }
    rule->words.place = CLOCK_AT_EVENT;
    rule->owing_event = (uint16_t)event_need(reader);
}

static void read_shown(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->words.shown = arena_strdup(reader->clocks->arena, word_need(reader, "a role"));
    if (!word_take(reader, "at"))
        clock_wrong(reader, "it is: shown ROLE at EVENT");
    else
        rule->shown_event = (uint16_t)event_need(reader);
}

static void read_district(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->words.district = arena_strdup(reader->clocks->arena, word_need(reader, "a role"));
    rule->words.district_before = word_take(reader, "before");
}

static void read_next(struct clock_reader *reader, struct clock_rule *rule)
{
    do {
        if (rule->words.next_count == CLOCK_NEXT_MAX) {
            clock_wrong(reader, "too many roles");
            return;
        }
        rule->words.next[rule->words.next_count++] =
            arena_strdup(reader->clocks->arena, word_need(reader, "a role"));
    } while (reader->at < reader->line->word_count);
}

static void read_breach(struct clock_reader *reader, struct clock_rule *rule)
{
    labels_read(reader, rule->words.breach);
}

static void read_note(struct clock_reader *reader, struct clock_rule *rule)
{
    labels_read(reader, rule->words.note);
}

static void read_custom(struct clock_reader *reader, struct clock_rule *rule)
{
    (void)reader;
    rule->words.custom = true;
}

/* "none", or the days or hours after the start, in place of the per cents or "beside" them. */
static void read_alerts(struct clock_reader *reader, struct clock_rule *rule)
{
    struct clock_words *words = &rule->words;
    bool twice = words->silent || words->rung_count > 0, days = false;
    if (twice) clock_wrong(reader, "a clock has one alerts line");
    words->silent = true;
    if (twice || word_take(reader, "none")) return;
    do {
        int before = words->rung_count ? words->rungs[words->rung_count - 1].number : 0;
        int number = number_need(reader, "none, or numbers of days or hours");
        if (!reader->failed && words->rung_count == CLOCK_RUNGS_MAX) clock_wrong(reader, "too many alerts");
        if (!reader->failed && number <= before) clock_wrong(reader, "alerts stand in order, from 1 on");
        if (reader->failed) return;
        words->rungs[words->rung_count++] = (struct clock_rung){.number = number};
        days = word_take(reader, "days");
    } while (!days && !word_take(reader, "hours"));
    for (size_t i = 0; i < words->rung_count; i++) words->rungs[i].days = days;
    words->silent = !word_take(reader, "beside");
}

static void read_list(struct clock_reader *reader, struct clock_rule *rule)
{
    rule->words.list = arena_strdup(reader->clocks->arena, word_need(reader, "a name"));
}

static const struct {
    const char *word;
    bool labelled;
    void (*read)(struct clock_reader *reader, struct clock_rule *rule);
} details[] = {{"row", false, read_row}, {"law", false, read_law}, {"mark", false, read_mark},
    {"kind", false, read_kind}, {"scope", false, read_scope}, {"regime", false, read_regime},
    {"since", false, read_since}, {"until", false, read_until}, {"from", false, read_from},
    {"if", false, read_if}, {"within", false, read_within}, {"choose", false, read_choose},
    {"counts", false, read_counts}, {"court", false, read_court}, {"adds", false, read_adds},
    {"pauses", false, read_pauses}, {"extends", false, read_extends}, {"restarts", false, read_restarts},
    {"met", false, read_met}, {"barred", false, read_barred}, {"used", false, read_used},
    {"ends", false, read_ends}, {"owes", false, read_owes}, {"shown", false, read_shown},
    {"district", false, read_district}, {"next", false, read_next}, {"breach", true, read_breach},
    {"note", true, read_note}, {"custom", false, read_custom}, {"alerts", false, read_alerts},
    {"list", false, read_list}};

void rule_line(struct clock_reader *reader, struct clock_rule *rule)
{
    const char *word = word_next(reader);
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        if (strcmp(details[i].word, word) != 0) continue;
        if (!details[i].labelled) labels_none(reader);
        details[i].read(reader, rule);
        return;
    }
    clock_wrong(reader, "'%s' is not a line of a clock", word);
}
