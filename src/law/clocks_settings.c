/* law/clocks_settings: what varies by State (law/settings) and the days on which courts are closed
 * (law/holidays). A node's own files come after the built-in ones and override them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "law/clock_files.h"

static const char *const marks[] = {"V", "S", "K", "?"};

/* ---- settings ---- */

int setting_place(const struct clocks *clocks, const char *name)
{
    for (size_t i = 0; i < clocks->setting_count; i++)
        if (strcmp(clocks->settings[i].name, name) == 0) return (int)i;
    return -1;
}

/* An hour of the day, "18:30", as minutes from midnight. */
static int32_t minutes_need(struct clock_reader *reader)
{
    const char *word = word_need(reader, "an hour of the day");
    bool shaped = strlen(word) == 5 && word[2] == ':' && strspn(word, "0123456789:") == 5;
    long hour = strtol(word, NULL, 10), minute = shaped ? strtol(word + 3, NULL, 10) : 0;
    if (!reader->failed && (!shaped || hour > 23 || minute > 59))
        clock_wrong(reader, "'%s' is not an hour of the day, like 18:30", word);
    return (int32_t)(hour * 60 + minute);
}

static int32_t value_need(struct clock_reader *reader, enum setting_type type)
{
    static const char *const yesno[] = {"no", "yes"}, *const choices[] = {"both", "first", "second"};
    switch (type) {
    case SETTING_NUMBER: return number_need(reader, "a number");
    case SETTING_DATE: return day_need(reader);
    case SETTING_YESNO: return (int32_t)choice_need(reader, "yes or no", yesno, 2);
    case SETTING_CHOICE: return (int32_t)choice_need(reader, "both, first or second", choices, 3);
    case SETTING_TIME: return minutes_need(reader);
    }
    return 0;
}

static bool same_state(const struct setting_value *a, const struct setting_value *b)
{
    return a->state && b->state ? strcmp(a->state, b->state) == 0 : a->state == b->state;
}

/* A value of a State stands before those of everywhere, one that counts from a later day before an earlier
 * one. */
static bool stands_before(const struct setting_value *a, const struct setting_value *b)
{
    if (!a->state != !b->state) return a->state;
    return a->from_day > b->from_day;
}

/* What is said later replaces what was known: of the same State from the same day, and without a day all that
 * was said of it. */
static void value_put(struct clock_reader *reader, struct clock_setting *setting, struct setting_value value)
{
    size_t kept = 0;
    for (size_t i = 0; i < setting->value_count; i++) {
        const struct setting_value *known = &setting->values[i];
        bool replaced = value.from_day == INT32_MIN || known->from_day == value.from_day;
        if (!same_state(known, &value) || !replaced) setting->values[kept++] = *known;
    }
    setting->value_count = kept;
    if (kept == SETTING_VALUES_MAX) {
        clock_wrong(reader, "too many values");
        return;
    }
    for (; kept > 0 && stands_before(&value, &setting->values[kept - 1]); kept--)
        setting->values[kept] = setting->values[kept - 1];
    setting->values[kept] = value;
    setting->value_count++;
}

/* "from DATE", or all days. */
static int32_t from_read(struct clock_reader *reader)
{
    return word_take(reader, "from") ? day_need(reader) : INT32_MIN;
}

static void setting_open(struct clock_reader *reader)
{
    static const char *const types[] = {"number", "date", "yesno", "choice", "time"};
    struct clocks *clocks = reader->clocks;
    const char *name = arena_strdup(clocks->arena, word_need(reader, "a name"));
    if (!reader->failed && !name_regular(name)) clock_wrong(reader, "'%s' is not a name", name);
    if (setting_place(clocks, name) >= 0) clock_wrong(reader, "the setting '%s' stands there twice", name);
    if (clocks->setting_count == CLOCK_SETTINGS_MAX) clock_wrong(reader, "too many settings");
    if (reader->failed) return;
    struct clock_setting *setting = &clocks->settings[clocks->setting_count++];
    *setting = (struct clock_setting){.name = name};
    setting->type = (enum setting_type)choice_need(reader, "number, date, yesno, choice or time", types, 5);
    struct setting_value value = {.value = value_need(reader, setting->type), .from_day = INT32_MIN};
    value.mark = marks[choice_need(reader, "V, S, K or ?", marks, 4)];
    labels_read(reader, setting->label);
    value_put(reader, setting, value);
}

/* "in STATE VALUE MARK [from DATE]" below a setting. */
static void setting_state(struct clock_reader *reader, struct clock_setting *setting)
{
    struct setting_value value = {.state = arena_strdup(reader->clocks->arena, word_need(reader, "a State"))};
    value.value = value_need(reader, setting->type);
    value.mark = marks[choice_need(reader, "V, S, K or ?", marks, 4)];
    value.from_day = from_read(reader);
    value_put(reader, setting, value);
}

/* "set NAME VALUE [in STATE] [from DATE]" of a node. */
static void setting_override(struct clock_reader *reader)
{
    struct clock_setting *setting = &reader->clocks->settings[setting_need(reader)];
    if (reader->failed) return;
    struct setting_value value = {.value = value_need(reader, setting->type), .mark = "S"};
    if (word_take(reader, "in"))
        value.state = arena_strdup(reader->clocks->arena, word_need(reader, "a State"));
    value.from_day = from_read(reader);
    if (!reader->failed) value_put(reader, setting, value);
}

static void settings_line(struct clock_reader *reader)
{
    struct clocks *clocks = reader->clocks;
    struct clock_setting *last = clocks->setting_count ? &clocks->settings[clocks->setting_count - 1] : NULL;
    const char *word = word_next(reader);
    bool below = reader->line->indent > 0 && last;
    if (!word)
        clock_wrong(reader, "a line begins with a word");
    else if (!below && strcmp(word, "setting") == 0)
        setting_open(reader);
    else if (!below && strcmp(word, "set") == 0)
        setting_override(reader);
    else if (below && strcmp(word, "in") == 0)
        setting_state(reader, last);
    else if (below && strcmp(word, "law") == 0)
        last->law = words_rest(reader, "a section");
    else
        clock_wrong(reader, "'%s' does not belong here", word);
    words_end(reader);
}

static void lines_each(struct clocks *clocks, struct problems *problems, const struct clock_file *file,
    void (*read)(struct clock_reader *reader))
{
    struct lines lines;
    struct line line;
    lines_init(&lines, clocks->arena, file->path, file->text, file->len);
    while (lines_next(&lines, &line)) {
        struct clock_reader reader = {clocks, problems, file->path, &line, 0, false};
        read(&reader);
    }
    if (lines.too_long) law_wrong(problems, file->path, lines.number, "too many words or columns");
}

void settings_read(struct clocks *clocks, struct problems *problems, const struct clock_file *file)
{
    lines_each(clocks, problems, file, settings_line);
}

int32_t setting_value(const struct clocks *clocks, int setting, const char *state, int32_t day)
{
    const struct clock_setting *of = &clocks->settings[setting];
    for (size_t i = 0; i < of->value_count; i++) {
        const struct setting_value *value = &of->values[i];
        bool here = !value->state || (state && strcmp(value->state, state) == 0);
        if (here && value->from_day <= day) return value->value;
    }
    return 0;
}

int32_t clocks_setting(const struct clocks *clocks, const char *name, const char *state, int32_t day)
{
    int setting = setting_place(clocks, name);
    assert(setting >= 0);
    return setting_value(clocks, setting, state, day);
}

/* ---- holidays ---- */

static void holiday_put(struct clock_reader *reader, struct holiday holiday)
{
    struct clocks *clocks = reader->clocks;
    if (clocks->holiday_count == CLOCK_HOLIDAYS_MAX)
        clock_wrong(reader, "too many holidays");
    else if (!reader->failed)
        clocks->holidays[clocks->holiday_count++] = holiday;
}

static void holiday_day(struct clock_reader *reader)
{
    struct holiday holiday = {.day = day_need(reader)};
    const char *labels[LANG_COUNT];
    labels_read(reader, labels);
    do {
        const char *state = word_next(reader);
        holiday.state = arena_strdup(reader->clocks->arena, state);
        holiday_put(reader, holiday);
    } while (!reader->failed && reader->at < reader->line->word_count);
}

/* "court CODE DATE", "open CODE DATE". */
static void holiday_court(struct clock_reader *reader, bool open)
{
    struct holiday holiday = {.open = open};
    holiday.court = arena_strdup(reader->clocks->arena, word_need(reader, "a court"));
    holiday.day = day_need(reader);
    const char *labels[LANG_COUNT];
    if (!open) labels_read(reader, labels);
    holiday_put(reader, holiday);
}

static void holidays_line(struct clock_reader *reader)
{
    static const char *const weekdays[] = {
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    const char *word = word_next(reader);
    if (!word)
        clock_wrong(reader, "a line begins with a word");
    else if (strcmp(word, "weekly") == 0)
        reader->clocks->weekly |= 1u << choice_need(reader, "a day of the week", weekdays, 7);
    else if (strcmp(word, "holiday") == 0)
        holiday_day(reader);
    else if (strcmp(word, "court") == 0)
        holiday_court(reader, false);
    else if (strcmp(word, "open") == 0)
        holiday_court(reader, true);
    else
        clock_wrong(reader, "'%s' is not weekly, holiday, court or open", word);
    words_end(reader);
}

void holidays_read(struct clocks *clocks, struct problems *problems, const struct clock_file *file)
{
    lines_each(clocks, problems, file, holidays_line);
}

static bool same(const char *wanted, const char *given)
{
    return given && strcmp(wanted, given) == 0;
}

bool clock_court_closed(const struct clocks *clocks, const char *state, const char *court, int32_t day)
{
    bool closed = clocks->weekly >> time_weekday(day) & 1;
    size_t low = 0, high = clocks->holiday_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (clocks->holidays[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < clocks->holiday_count && clocks->holidays[low].day == day; low++) {
        const struct holiday *holiday = &clocks->holidays[low];
        if (holiday->court ? !same(holiday->court, court) : holiday->state && !same(holiday->state, state))
            continue;
        if (holiday->open) return false;
        closed = true;
    }
    return closed;
}
