/* law/clocks_read_event: what stands in the blocks of events and of lists of offences. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "law/clock_files.h"

/* ---- sources of an event ---- */

static const char *kept(struct clock_reader *reader, const char *word)
{
    return arena_strdup(reader->clocks->arena, word);
}

/* "a,b" cut into values. */
static void values_read(struct clock_reader *reader, const char *word, struct condition *condition)
{
    char *rest = arena_strdup(reader->clocks->arena, word);
    for (char *value; (value = strtok_r(rest, ",", &rest));) {
        if (condition->value_count == sizeof condition->values / sizeof *condition->values) {
            clock_wrong(reader, "too many values");
            return;
        }
        condition->values[condition->value_count++] = value;
    }
    if (condition->value_count == 0) clock_wrong(reader, "the condition names no value");
}

static void source_form(struct clock_reader *reader, struct clock_source *source)
{
    source->form = kept(reader, word_need(reader, "a form"));
    while (!reader->failed && reader->at < reader->line->word_count) {
        word_take(reader, "and");
        bool unless = word_take(reader, "unless");
        if (!unless) word_take(reader, "when");
        if (source->when_count == CLOCK_WHEN_MAX) {
            clock_wrong(reader, "too many conditions");
            return;
        }
        size_t n = source->when_count++;
        source->unless[n] = unless;
        source->when[n].field = kept(reader, word_need(reader, "a field"));
        values_read(reader, word_need(reader, "values"), &source->when[n]);
    }
}

static void source_at(struct clock_reader *reader, struct clock_source *source)
{
    do {
        if (source->at_count == CLOCK_AT_MAX) {
            clock_wrong(reader, "too many fields");
            return;
        }
        source->at[source->at_count++] = kept(reader, word_need(reader, "a field"));
    } while (!reader->failed && reader->at < reader->line->word_count);
}

static void source_until(struct clock_reader *reader, struct clock_source *source)
{
    source->until = kept(reader, word_need(reader, "a field"));
}

static void source_number(struct clock_reader *reader, struct clock_source *source)
{
    source->number = kept(reader, word_need(reader, "a field"));
}

static void source_of(struct clock_reader *reader, struct clock_source *source)
{
    const char *field = word_need(reader, "a field, or entry");
    bool entry = strcmp(field, "entry") == 0;
    source->about = entry ? CLOCK_ABOUT_ENTRY : CLOCK_ABOUT_FIELD;
    if (!entry) source->of = kept(reader, field);
}

static void source_to(struct clock_reader *reader, struct clock_source *source)
{
    const char *word = kept(reader, word_need(reader, "an office field or a kind of office"));
    *(strchr(word, '.') ? &source->to_field : &source->to_kind) = word;
}

static void source_thread(struct clock_reader *reader, struct clock_source *source)
{
    source->thread = kept(reader, word_need(reader, "a field, or own"));
}

static void source_offences(struct clock_reader *reader, struct clock_source *source)
{
    static const char *const words[] = {"add", "set"};
    source->offences_set = choice_need(reader, "add or set", words, 2) == 1;
    source->offences = kept(reader, word_need(reader, "a field"));
}

static void event_custody(struct clock_reader *reader, struct clock_event *event)
{
    static const char *const words[] = {"none", "arrest", "police", "judicial", "executive", "home"};
    int custody = (int)choice_need(reader, "a custody", words, sizeof words / sizeof words[0]);
    if (event->custody != CUSTODY_UNSAID && event->custody != custody)
        clock_wrong(reader, "the event has another custody already");
    event->custody = custody;
}

static struct clock_source *source_open(struct clock_reader *reader, size_t event)
{
    struct clocks *clocks = reader->clocks;
    if (clocks->source_count == CLOCK_SOURCES_MAX) {
        clock_wrong(reader, "too many forms in all");
        return &clocks->sources[0];
    }
    struct clock_source *source = &clocks->sources[clocks->source_count++];
    *source = (struct clock_source){.event = (uint16_t)event,
        .line = reader->line->number,
        .file = arena_strdup(clocks->arena, reader->file)};
    return source;
}

void event_line(struct clock_reader *reader, struct clock_event *event)
{
    static const struct {
        const char *word;
        void (*read)(struct clock_reader *reader, struct clock_source *source);
    } details[] = {{"at", source_at}, {"until", source_until}, {"number", source_number}, {"of", source_of},
        {"to", source_to}, {"thread", source_thread}, {"offences", source_offences}};
    struct clocks *clocks = reader->clocks;
    size_t place = (size_t)(event - clocks->events);
    const char *word = word_next(reader);
    labels_none(reader);
    if (strcmp(word, "form") == 0) {
        source_form(reader, source_open(reader, place));
        return;
    }
    if (strcmp(word, "custody") == 0) {
        event_custody(reader, event);
        return;
    }
    struct clock_source *last = clocks->source_count ? &clocks->sources[clocks->source_count - 1] : NULL;
    bool ours = last && last->event == place;
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        if (strcmp(details[i].word, word) != 0) continue;
        if (ours)
            details[i].read(reader, last);
        else
            clock_wrong(reader, "'%s' stands below its form", word);
        return;
    }
    clock_wrong(reader, "'%s' is not a line of an event", word);
}

/* ---- lists of offences ---- */

struct wanted {
    const char *act;
    const char *section;
    long from, to; /* whole numbers of a range; from 0: the section itself */
};

/* "303(2)" holds "303(2)" and "303(2)(a)"; "303" holds "303(2)", and not "303A". */
static bool section_within(const char *section, const struct wanted *wanted)
{
    if (wanted->from > 0) {
        char *end;
        long number = strtol(section, &end, 10);
        return number >= wanted->from && number <= wanted->to && (*end == '\0' || *end == '(');
    }
    size_t n = strlen(wanted->section);
    return strncmp(section, wanted->section, n) == 0 && (section[n] == '\0' || section[n] == '(');
}

static size_t members_add(struct clocks *clocks, struct clock_list *list, const struct wanted *wanted)
{
    size_t found = 0;
    for (size_t i = 0; i < law_offence_count(clocks->law); i++) {
        const struct offence *offence = law_offence_at(clocks->law, i);
        if (strcmp(offence->act, wanted->act) != 0 || !section_within(offence->section, wanted)) continue;
        list->members[i] = 1;
        found++;
    }
    return found;
}

void list_line(struct clock_reader *reader, struct clock_list *list)
{
    labels_none(reader);
    const char *word = word_next(reader);
    if (strcmp(word, "act") != 0) {
        clock_wrong(reader, "'%s' is not a line of a list of offences", word);
        return;
    }
    struct wanted wanted = {.act = word_need(reader, "an act")};
    if (!act_find(reader->clocks->law, wanted.act)) clock_wrong(reader, "'%s' is not an act", wanted.act);
    do {
        wanted.section = word_need(reader, "sections");
        char *end;
        wanted.from = strtol(wanted.section, &end, 10);
        bool range = *end == '-' && isdigit((unsigned char)end[1]);
        wanted.to = range ? strtol(end + 1, &end, 10) : 0;
        if (!range) wanted.from = 0;
        if (members_add(reader->clocks, list, &wanted) == 0)
            clock_wrong(reader, "the law has no section '%s %s'", wanted.act, wanted.section);
    } while (!reader->failed && reader->at < reader->line->word_count);
}
