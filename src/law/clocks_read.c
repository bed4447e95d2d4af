/* law/clocks_read: the blocks of law/clocks: which block a line belongs to, and words of a line one by one.
 * The files clocks_read_*.c know what may stand in each kind of block. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "law/clock_files.h"

/* ---- words of a line ---- */

void clock_wrong(struct clock_reader *reader, const char *format, ...)
{
    if (reader->failed) return;
    reader->failed = true;
    va_list args;
    va_start(args, format);
    const char *words = arena_vprintf(reader->clocks->arena, format, args);
    va_end(args);
    law_wrong(reader->problems, reader->file, reader->line->number, "%s", words);
}

const char *word_next(struct clock_reader *reader)
{
    return reader->at < reader->line->word_count ? reader->line->words[reader->at++] : NULL;
}

const char *word_need(struct clock_reader *reader, const char *what)
{
    const char *word = word_next(reader);
    if (word) return word;
    clock_wrong(reader, "'%s' wants %s", reader->line->words[0], what);
    return "";
}

bool word_take(struct clock_reader *reader, const char *word)
{
    if (reader->at == reader->line->word_count || strcmp(reader->line->words[reader->at], word) != 0)
        return false;
    reader->at++;
    return true;
}

void words_end(struct clock_reader *reader)
{
    const char *word = word_next(reader);
    if (word) clock_wrong(reader, "'%s' does not belong here", word);
}

const char *words_rest(struct clock_reader *reader, const char *what)
{
    struct buf text;
    buf_init(&text, reader->clocks->arena, 1000);
    buf_puts(&text, word_need(reader, what));
    for (const char *word; (word = word_next(reader));) buf_printf(&text, " %s", word);
    return text.data;
}

int number_need(struct clock_reader *reader, const char *what)
{
    const char *word = word_need(reader, what);
    char *end;
    long number = strtol(word, &end, 10);
    if (end == word || *end || number < 0 || number > 100000) {
        clock_wrong(reader, "'%s' is not a number", word);
        return 0;
    }
    return (int)number;
}

int32_t day_need(struct clock_reader *reader)
{
    const char *word = word_need(reader, "a date");
    int32_t day = 0;
    if (!time_parse_date(word, &day)) clock_wrong(reader, "'%s' is not a date", word);
    return day;
}

size_t choice_need(struct clock_reader *reader, const char *what, const char *const *words, size_t count)
{
    const char *word = word_need(reader, what);
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0) return i;
    clock_wrong(reader, "'%s' is not %s", word, what);
    return 0;
}

void labels_read(struct clock_reader *reader, const char *ret[LANG_COUNT])
{
    const struct line *line = reader->line;
    if (line->column_count != LANG_COUNT || !*line->columns[0] || !*line->columns[1]) {
        clock_wrong(reader, "'%s' wants words: | English | Hindi", line->words[0]);
        return;
    }
    for (size_t i = 0; i < LANG_COUNT; i++) ret[i] = arena_strdup(reader->clocks->arena, line->columns[i]);
}

void labels_none(struct clock_reader *reader)
{
    if (reader->line->column_count > 0)
        clock_wrong(reader, "'%s' takes no words behind bars", reader->line->words[0]);
}

bool name_regular(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n < 48 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

/* ---- names of blocks ---- */

int event_need(struct clock_reader *reader)
{
    const char *word = word_need(reader, "an event");
    int place = clock_event_find(reader->clocks, word);
    if (place >= CLOCK_EVENT_FIRST) return place;
    clock_wrong(reader, "'%s' is not an event", word);
    return 0;
}

int setting_need(struct clock_reader *reader)
{
    const char *word = word_need(reader, "a setting");
    int place = setting_place(reader->clocks, word);
    if (place < 0) clock_wrong(reader, "'%s' is not a setting", word);
    return place < 0 ? 0 : place;
}

int list_need(struct clock_reader *reader)
{
    const char *word = word_need(reader, "a list of offences");
    int place = list_place(reader->clocks, word);
    if (place < 0) clock_wrong(reader, "'%s' is not a list of offences", word);
    return place < 0 ? 0 : place;
}

void events_need(struct clock_reader *reader, struct clock_events *ret)
{
    do {
        if (ret->count == CLOCK_EVENT_WORDS_MAX) {
            clock_wrong(reader, "too many events");
            return;
        }
        ret->list[ret->count++] = (uint16_t)event_need(reader);
    } while (reader->at < reader->line->word_count && !reader->failed);
}

/* ---- blocks ---- */

struct block {
    struct clock_event *event;
    struct clock_list *list;
    struct clock_rule *rule;
};

/* Round 0 makes the block, round 1 finds it again. */
static void event_block(struct clock_reader *reader, struct block *block, const char *name, int round)
{
    struct clocks *clocks = reader->clocks;
    int place = clock_event_find(clocks, name);
    if (round == 1) {
        block->event = &clocks->events[place];
    } else if (place >= 0 || clocks->event_count == CLOCK_EVENTS_MAX) {
        clock_wrong(reader, place >= 0 ? "the event '%s' stands there twice" : "'%s': too many events", name);
    } else {
        struct clock_event *event = &clocks->events[clocks->event_count++];
        *event = (struct clock_event){.name = name, .custody = CUSTODY_UNSAID};
        labels_read(reader, event->label);
    }
}

static void list_block(struct clock_reader *reader, struct block *block, const char *name, int round)
{
    struct clocks *clocks = reader->clocks;
    int place = list_place(clocks, name);
    if (round == 1) {
        block->list = &clocks->lists[place];
    } else if (place >= 0 || clocks->list_count == CLOCK_LISTS_MAX) {
        clock_wrong(reader, place >= 0 ? "the list '%s' stands there twice" : "'%s': too many lists", name);
    } else {
        struct clock_list *list = &clocks->lists[clocks->list_count++];
        list->name = name;
        list->members = arena_alloc(clocks->arena, law_offence_count(clocks->law));
        labels_read(reader, list->label);
    }
}

static struct clock_rule *rule_named(struct clocks *clocks, const char *id)
{
    for (size_t i = 0; i < clocks->rule_count; i++)
        if (strcmp(clocks->rules[i].words.id, id) == 0) return &clocks->rules[i];
    return NULL;
}

static void rule_block(struct clock_reader *reader, struct block *block, const char *id, int round)
{
    struct clocks *clocks = reader->clocks;
    struct clock_rule *rule = rule_named(clocks, id);
    if (round == 1) {
        block->rule = rule;
    } else if (rule || clocks->rule_count == CLOCK_RULES_MAX) {
        clock_wrong(reader, rule ? "the clock '%s' stands there twice" : "'%s': too many clocks", id);
    } else {
        rule = &clocks->rules[clocks->rule_count++];
        *rule = (struct clock_rule){.words.id = id,
            .file = arena_strdup(clocks->arena, reader->file),
            .line = reader->line->number,
            .from_day = INT32_MIN,
            .until_day = INT32_MAX,
            .choose = -1};
        labels_read(reader, rule->words.label);
    }
}

static void step_block(struct clock_reader *reader, struct block *block, const char *code, int round)
{
    (void)block;
    struct clocks *clocks = reader->clocks;
    if (round == 1) return;
    if (clocks->step_count == CLOCK_STEPS_MAX) {
        clock_wrong(reader, "'%s': too many steps", code);
        return;
    }
    struct clock_step_words *step = &clocks->steps[clocks->step_count++];
    step->code = code;
    labels_read(reader, step->text);
}

/* "retire CLOCK DATE": it counts for triggers of that day at the latest. So a State ends a clock that is
 * built in, and writes another one since the next day. */
static void rule_retire(struct clock_reader *reader, int round)
{
    if (round == 0) return; /* not all names are known yet */
    const char *id = word_need(reader, "a clock");
    struct clock_rule *rule = rule_named(reader->clocks, id);
    int32_t day = day_need(reader);
    if (!rule) clock_wrong(reader, "'%s' is not a clock", id);
    if (!reader->failed && day < rule->until_day) rule->until_day = day;
    words_end(reader);
    labels_none(reader);
}

static void block_open(struct clock_reader *reader, struct block *block, int round)
{
    static const struct {
        const char *word;
        void (*open)(struct clock_reader *reader, struct block *block, const char *name, int round);
    } blocks[] = {
        {"event", event_block}, {"offences", list_block}, {"clock", rule_block}, {"step", step_block}};
    *block = (struct block){0};
    const char *word = word_need(reader, "a block");
    if (strcmp(word, "retire") == 0) {
        rule_retire(reader, round);
        return;
    }
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (strcmp(blocks[i].word, word) != 0) continue;
        const char *name = word_need(reader, "a name");
        if (!reader->failed && !name_regular(name)) clock_wrong(reader, "'%s' is not a name", name);
        words_end(reader);
        if (!reader->failed) blocks[i].open(reader, block, arena_strdup(reader->clocks->arena, name), round);
        return;
    }
    clock_wrong(reader, "'%s' opens no block", word);
}

void blocks_read(struct clocks *clocks, struct problems *problems, const struct clock_file *file, int round)
{
    struct lines lines;
    struct line line;
    struct block block = {0};
    lines_init(&lines, clocks->arena, file->path, file->text, file->len);
    while (lines_next(&lines, &line)) {
        struct clock_reader reader = {clocks, problems, file->path, &line, 0, false};
        if (line.indent == 0 && line.word_count > 0) {
            block_open(&reader, &block, round);
            continue;
        }
        if (round == 0) continue;
        if (line.word_count == 0 || (!block.event && !block.list && !block.rule))
            clock_wrong(&reader, "a line of a block begins with a word, and stands below its block");
        else if (block.event)
            event_line(&reader, block.event);
        else if (block.list)
            list_line(&reader, block.list);
        else
            rule_line(&reader, block.rule);
        words_end(&reader);
    }
    if (lines.too_long) law_wrong(problems, file->path, lines.number, "too many words or columns");
}
