/* law/clocks: finding things in what was read, and making it ready once all is there. */
#include "law/clocks.h"

#include <stdlib.h>
#include <string.h>

#include "law/clock_files.h"

/* That offences join or leave a case needs no declaration. */
static const struct clock_event own_events[CLOCK_EVENT_FIRST] = {
    [CLOCK_EVENT_OFFENCE] = {"offences", {"Offences", "अपराध धाराएँ"}, CUSTODY_UNSAID},
    [CLOCK_EVENT_OFFENCES_GONE] = {"offences_gone", {"Offences dropped", "धाराएँ हटीं"}, CUSTODY_UNSAID},
};

struct clocks *clocks_new(struct arena *arena, const struct law *law)
{
    struct clocks *clocks = ARENA_NEW(arena, struct clocks);
    *clocks = (struct clocks){.arena = arena, .law = law};
    clocks->events = ARENA_ARRAY(arena, struct clock_event, CLOCK_EVENTS_MAX);
    clocks->lists = ARENA_ARRAY(arena, struct clock_list, CLOCK_LISTS_MAX);
    clocks->rules = ARENA_ARRAY(arena, struct clock_rule, CLOCK_RULES_MAX);
    clocks->settings = ARENA_ARRAY(arena, struct clock_setting, CLOCK_SETTINGS_MAX);
    clocks->sources = ARENA_ARRAY(arena, struct clock_source, CLOCK_SOURCES_MAX);
    clocks->steps = ARENA_ARRAY(arena, struct clock_step_words, CLOCK_STEPS_MAX);
    clocks->holidays = ARENA_ARRAY(arena, struct holiday, CLOCK_HOLIDAYS_MAX);
    memcpy(clocks->events, own_events, sizeof own_events);
    clocks->event_count = CLOCK_EVENT_FIRST;
    return clocks;
}

void clocks_free(struct clocks *clocks)
{
    if (clocks) arena_free(clocks->arena);
}

const char *clocks_digest(const struct clocks *clocks)
{
    return clocks->digest;
}

/* ---- once all is read ---- */

static int rule_compare(const void *a, const void *b)
{
    return strcmp(((const struct clock_rule *)a)->words.id, ((const struct clock_rule *)b)->words.id);
}

static int holiday_compare(const void *a, const void *b)
{
    const struct holiday *x = a, *y = b;
    return x->day < y->day ? -1 : x->day > y->day;
}

static const char *rule_lacks(const struct clock_rule *rule)
{
    bool bar = rule->words.kind == CLOCK_BAR;
    if (!rule->words.law) return "it has no law line";
    if (!rule->words.mark) return "it has no mark line";
    if (rule->from.count == 0) return "it has no from line";
    if (rule->limit_count == 0) return "it has no within line";
    if (!rungs_fit(rule)) return "none of its limits lasts as long as its alerts";
    if (!rule->words.role) return "it has no owes line";
    if (!rule->words.breach[LANG_EN]) return "it has no breach line";
    if (bar && rule->barred.count == 0) return "a BAR wants a barred line";
    if (rule->barred.count > 0 && !bar && rule->words.kind != CLOCK_LAPSE)
        return "only a BAR or a LAPSE has a barred line";
    if (rule->used.count > 0 && rule->words.kind != CLOCK_RIGHT) return "only a RIGHT has a used line";
    if (rule->counts && (rule->court || rule->pause_count)) return "custody knows no holidays and no pauses";
    if (rule->words.scope == CLOCK_OF_CASE && rule->counts) return "custody is a person's: it wants a scope";
    bool disputed = false;
    for (size_t i = 0; i < rule->limit_count; i++) disputed = disputed || rule->limits[i].disputed;
    return rule->choose >= 0 && !disputed ? "there is nothing to choose: no limit has an or" : NULL;
}

static int form_sources_compare(const void *a, const void *b)
{
    return strcmp(((const struct form_sources *)a)->form, ((const struct form_sources *)b)->form);
}

static void sources_index(struct clocks *clocks)
{
    clocks->forms = ARENA_ARRAY(clocks->arena, struct form_sources, clocks->source_count + 1);
    for (size_t i = 0; i < clocks->source_count; i++) {
        const struct clock_source *source = &clocks->sources[i];
        struct form_sources *of = clocks->forms;
        while (of < clocks->forms + clocks->form_count && strcmp(of->form, source->form) != 0) of++;
        if (of == clocks->forms + clocks->form_count) {
            of->form = source->form;
            of->list = ARENA_ARRAY(clocks->arena, const struct clock_source *, clocks->source_count);
            clocks->form_count++;
        }
        of->list[of->count++] = source;
    }
    qsort(clocks->forms, clocks->form_count, sizeof *clocks->forms, form_sources_compare);
}

static void parts_mark(uint16_t *parts, const struct clock_events *events, unsigned part)
{
    for (size_t i = 0; i < events->count; i++) parts[events->list[i]] |= (uint16_t)part;
}

/* The first words of conditions ask for offences. */
static bool asks_offences(const struct clock_condition *condition)
{
    for (size_t i = 0; i < condition->count; i++)
        if (condition->terms[i].word <= IF_ACT) return true;
    return false;
}

static bool rule_by_offences(const struct clock_rule *rule)
{
    for (size_t i = 0; i < rule->if_count; i++)
        if (asks_offences(&rule->ifs[i])) return true;
    for (size_t i = 0; i < rule->limit_count; i++)
        if (rule->limits[i].amount.unit == LIMIT_SHARE || asks_offences(&rule->limits[i].when)) return true;
    return false;
}

static bool condition_mark(uint16_t *parts, const struct clock_condition *condition)
{
    bool asked = false;
    for (size_t i = 0; i < condition->count; i++) {
        if (condition->terms[i].word != IF_HAS) continue;
        parts[condition->terms[i].number] |= PART_HAS;
        asked = true;
    }
    return asked;
}

static void rule_mark(struct clock_rule *rule, uint16_t *parts)
{
    parts_mark(parts, &rule->from, PART_FROM);
    parts_mark(parts, &rule->met, PART_MET);
    parts_mark(parts, &rule->barred, PART_BARRED);
    parts_mark(parts, &rule->used, PART_USED);
    parts_mark(parts, &rule->ends, PART_ENDS);
    parts_mark(parts, &rule->restarts, PART_RESTARTS);
    for (size_t i = 0; i < rule->pause_count; i++) {
        parts[rule->pauses[i].event] |= PART_PAUSES;
        parts_mark(parts, &rule->pauses[i].until, PART_RESUMES);
    }
    for (size_t i = 0; i < rule->extend_count; i++) parts[rule->extends[i].event] |= PART_EXTENDS;
    for (size_t i = 0; i < rule->add_count; i++) parts[rule->adds[i].event] |= PART_ADDS;
    for (size_t i = 0; i < rule->if_count; i++) rule->by_events |= condition_mark(parts, &rule->ifs[i]);
    for (size_t i = 0; i < rule->limit_count; i++)
        rule->by_events |= condition_mark(parts, &rule->limits[i].when);
}

/* Rules by the events that start them, so that a case looks only at those it can have. */
static void rules_index(struct clocks *clocks)
{
    size_t words = (clocks->rule_count + 63) / 64;
    clocks->rule_words = words;
    clocks->rule_events = ARENA_ARRAY(clocks->arena, uint64_t, words * clocks->event_count);
    clocks->parts = ARENA_ARRAY(clocks->arena, uint16_t, clocks->rule_count * clocks->event_count);
    clocks->registered = clock_event_find(clocks, "registered");
    for (size_t i = 0; i < clocks->rule_count; i++) {
        struct clock_rule *rule = &clocks->rules[i];
        rule->by_offences = rule_by_offences(rule);
        rule_mark(rule, clocks->parts + i * clocks->event_count);
        for (size_t k = 0; k < rule->from.count; k++)
            clocks->rule_events[rule->from.list[k] * words + i / 64] |= UINT64_C(1) << i % 64;
    }
}

void clocks_ready(struct clocks *clocks, struct problems *problems)
{
    qsort(clocks->rules, clocks->rule_count, sizeof *clocks->rules, rule_compare);
    qsort(clocks->holidays, clocks->holiday_count, sizeof *clocks->holidays, holiday_compare);
    for (size_t i = 0; i < clocks->rule_count; i++) {
        const struct clock_rule *rule = &clocks->rules[i];
        const char *lacks = rule_lacks(rule);
        if (lacks) law_wrong(problems, rule->file, rule->line, "clock %s: %s", rule->words.id, lacks);
    }
    int lists = 0;
    for (size_t i = 0; i < clocks->rule_count; i++) {
        struct clock_rule *rule = &clocks->rules[i];
        int known = rule->words.list ? clocks_list_find(clocks, rule->words.list) : 0;
        if (rule->words.list) rule->list = known ? known : ++lists;
    }
    sources_index(clocks);
    rules_index(clocks);
}

/* ---- asking ---- */

size_t clocks_count(const struct clocks *clocks)
{
    return clocks->rule_count;
}

const struct clock_words *clock_at(const struct clocks *clocks, size_t i)
{
    return &clocks->rules[i].words;
}

int clock_find(const struct clocks *clocks, const char *id)
{
    size_t low = 0, high = clocks->rule_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(clocks->rules[middle].words.id, id);
        if (order == 0) return (int)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

int clocks_list_find(const struct clocks *clocks, const char *name)
{
    for (size_t i = 0; i < clocks->rule_count; i++)
        if (clocks->rules[i].words.list && strcmp(clocks->rules[i].words.list, name) == 0)
            return clocks->rules[i].list;
    return 0;
}

int clocks_list_of(const struct clocks *clocks, size_t clock)
{
    return clocks->rules[clock].list;
}

struct clock_origin clock_origin(const struct clocks *clocks, size_t clock)
{
    const struct clock_rule *rule = &clocks->rules[clock];
    bool by_trigger = rule->words.place == CLOCK_AT_FILER || rule->words.place == CLOCK_AT_ADDRESSEE;
    bool by_event = rule->words.place == CLOCK_AT_EVENT;
    return (struct clock_origin){.file = rule->file,
        .line = rule->line,
        .owing_count = by_trigger ? rule->from.count : by_event,
        .owing = by_trigger ? rule->from.list : &rule->owing_event,
        .shown = rule->shown_event};
}

size_t clocks_event_count(const struct clocks *clocks)
{
    return clocks->event_count;
}

const char *clock_event_name(const struct clocks *clocks, size_t event)
{
    return clocks->events[event].name;
}

const char *clock_event_label(const struct clocks *clocks, size_t event, enum lang lang)
{
    return clocks->events[event].label[lang];
}

int clock_event_find(const struct clocks *clocks, const char *name)
{
    for (size_t i = 0; i < clocks->event_count; i++)
        if (strcmp(clocks->events[i].name, name) == 0) return (int)i;
    return -1;
}

int list_place(const struct clocks *clocks, const char *name)
{
    for (size_t i = 0; i < clocks->list_count; i++)
        if (strcmp(clocks->lists[i].name, name) == 0) return (int)i;
    return -1;
}

const struct clock_source *const *clock_sources(
    const struct clocks *clocks, const char *form, size_t *ret_count)
{
    const struct form_sources *of = bsearch(&(struct form_sources){.form = form}, clocks->forms,
        clocks->form_count, sizeof *clocks->forms, form_sources_compare);
    *ret_count = of ? of->count : 0;
    return of ? of->list : NULL;
}

static bool form_has_part(const struct clocks *clocks, size_t clock, const char *form, unsigned part)
{
    size_t count;
    const struct clock_source *const *sources = clock_sources(clocks, form, &count);
    for (size_t i = 0; i < count; i++)
        if (clocks->parts[clock * clocks->event_count + sources[i]->event] & part) return true;
    return false;
}

bool clock_met_by(const struct clocks *clocks, size_t clock, const char *form)
{
    return form_has_part(clocks, clock, form, PART_MET);
}

bool clock_begun_by(const struct clocks *clocks, size_t clock, const char *form)
{
    return form_has_part(clocks, clock, form, PART_FROM);
}
