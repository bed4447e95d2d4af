/* notify/config: see the header. */
#include "notify/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/builtin.h"
#include "base/lines.h"
#include "base/time.h"
#include "register/file.h"

#define FILE_BYTES_MAX ((size_t)64 << 10)
#define EVERY_SECONDS 60

struct reading {
    struct arena *arena;
    struct config *config;
    struct problems *problems;
    const char *name;
    const struct line *line;
};

static void wrong(const struct reading *reading, const char *why)
{
    problem_add(reading->problems, "notify_wrong", NULL, "where",
        arena_printf(reading->arena, "%s:%d", reading->name, reading->line->number), "why", why, NULL);
}

const char *channel_word(enum channel channel)
{
    static const char *const words[CHANNEL_COUNT] = {[CHANNEL_SMS] = "sms", [CHANNEL_MAIL] = "mail"};
    return words[channel];
}

static bool channel_read(const char *word, enum channel *ret)
{
    for (int i = 0; i < CHANNEL_COUNT; i++)
        if (strcmp(channel_word((enum channel)i), word) == 0) {
            *ret = (enum channel)i;
            return true;
        }
    return false;
}

/* ---- built in: texts and rules ---- */

static void notice_read(struct reading *reading)
{
    const struct line *line = reading->line;
    struct config *config = reading->config;
    if (line->word_count != 1 || line->column_count != 2 || config->notice_count == NOTICES_MAX) {
        wrong(reading, "a row is: key | English | Hindi");
        return;
    }
    config->notices[config->notice_count++] = (struct notice_row){
        .key = line->words[0], .text = {[LANG_EN] = line->columns[0], [LANG_HI] = line->columns[1]}};
}

static void alert_read(struct reading *reading)
{
    static const char *const whom[ALERT_TO_COUNT] = {[ALERT_OWNER] = "owner",
        [ALERT_OFFICE] = "office",
        [ALERT_NEXT] = "next",
        [ALERT_SHOWN] = "shown",
        [ALERT_DISTRICT] = "district"};
    const struct line *line = reading->line;
    struct config *config = reading->config;
    struct alert_row row = {0};
    size_t to = 0;
    bool whole = line->word_count >= 4 && strcmp(line->words[0], "alert") == 0 &&
                 config->alert_count < ALERTS_MAX;
    while (whole && to < ALERT_TO_COUNT && strcmp(whom[to], line->words[2]) != 0) to++;
    if (!whole || to == ALERT_TO_COUNT || !channel_read(line->words[3], &row.channel)) {
        wrong(reading, "a row is: alert PERCENT|step owner|office|next|shown|district sms|mail [urgent]");
        return;
    }
    row.percent = strcmp(line->words[1], "step") == 0 ? 0 : (int)strtol(line->words[1], NULL, 10);
    row.to = (enum alert_to)to;
    row.urgent = line->word_count > 4 && strcmp(line->words[4], "urgent") == 0;
    config->alerts[config->alert_count++] = row;
}

/* ---- of the folder ---- */

static void read_language(struct reading *reading)
{
    reading->config->lang = strcmp(reading->line->words[1], "hi") == 0 ? LANG_HI : LANG_EN;
}

/* "21:00" as minutes of the day; -1. */
static int minutes_read(const char *text)
{
    int hours, minutes, n = 0;
    if (sscanf(text, "%2d:%2d%n", &hours, &minutes, &n) != 2 || text[n]) return -1;
    return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ? -1 : 60 * hours + minutes;
}

static void read_quiet(struct reading *reading)
{
    const struct line *line = reading->line;
    int from = minutes_read(line->words[1]);
    int until = line->word_count > 2 ? minutes_read(line->words[2]) : -1;
    if (from < 0 || until < 0) wrong(reading, "quiet FROM UNTIL, like 21:00 07:00");
    reading->config->quiet_from = from;
    reading->config->quiet_until = until;
}

static void read_every(struct reading *reading)
{
    long seconds = strtol(reading->line->words[1], NULL, 10);
    if (seconds < 1 || seconds > 3600) wrong(reading, "every SECONDS, 1 to 3600");
    reading->config->every_seconds = (int)seconds;
}

static void read_entity(struct reading *reading)
{
    reading->config->entity = reading->line->words[1];
}

/* registered KEY LANGUAGE ID */
static void read_registered(struct reading *reading)
{
    const struct line *line = reading->line;
    struct config *config = reading->config;
    for (size_t i = 0; line->word_count == 4 && i < config->notice_count; i++) {
        if (strcmp(config->notices[i].key, line->words[1]) != 0) continue;
        config->notices[i].registered[strcmp(line->words[2], "hi") == 0 ? LANG_HI : LANG_EN] = line->words[3];
        return;
    }
    wrong(reading, "registered KEY en|hi ID, with a key of the notices");
}

/* sms ADDRESS from NAME user NAME password SECRET report ADDRESS, in any order behind the address. */
static void read_way(struct reading *reading)
{
    const struct line *line = reading->line;
    enum channel channel = CHANNEL_SMS;
    (void)channel_read(line->words[0], &channel);
    struct way *way = &reading->config->ways[channel];
    *way = (struct way){.address = line->words[1]};
    const struct {
        const char *word, **value;
    } members[] = {{"from", &way->from}, {"user", &way->user}, {"password", &way->password},
        {"report", &way->report}};
    for (size_t i = 2; i + 1 < line->word_count; i += 2) {
        size_t k = 0;
        while (k < 4 && strcmp(members[k].word, line->words[i]) != 0) k++;
        if (k == 4) wrong(reading, "behind the address: from, user, password, report");
        else *members[k].value = line->words[i + 1];
    }
    if (!way->from) wrong(reading, "'from' is missing");
}

static const struct {
    const char *word;
    void (*read)(struct reading *reading);
} conf_lines[] = {
    {"language", read_language},
    {"quiet", read_quiet},
    {"every", read_every},
    {"entity", read_entity},
    {"registered", read_registered},
    {"sms", read_way},
    {"mail", read_way},
};

static void conf_read(struct reading *reading)
{
    const struct line *line = reading->line;
    size_t i = 0, count = sizeof conf_lines / sizeof *conf_lines;
    while (i < count && (line->word_count == 0 || strcmp(conf_lines[i].word, line->words[0]) != 0)) i++;
    if (i == count || line->word_count < 2)
        wrong(reading, "language, quiet, every, entity, registered, sms or mail");
    else conf_lines[i].read(reading);
}

static void text_read(struct reading *reading, const char *name, const char *text, size_t n,
    void (*read)(struct reading *reading))
{
    struct lines lines;
    struct line line;
    lines_init(&lines, reading->arena, name, text, n);
    reading->name = name;
    reading->line = &line;
    while (lines_next(&lines, &line)) read(reading);
}

static void builtin_read(struct reading *reading, const char *path, void (*read)(struct reading *reading))
{
    const struct builtin *file = builtin_find(path);
    text_read(reading, path, file->data, file->len, read);
}

enum err config_read(
    struct arena *arena, const char *folder, struct problems *problems, struct config *ret)
{
    const char *text, *path = arena_printf(arena, "%s/notify.conf", folder);
    size_t n;
    struct stat status;
    *ret = (struct config){.lang = LANG_HI, .every_seconds = EVERY_SECONDS};
    if (stat(path, &status) != 0) return E_NOT_FOUND;
    struct reading reading = {.arena = arena, .config = ret, .problems = problems};
    TRY(file_read(arena, path, FILE_BYTES_MAX, &text, &n));
    builtin_read(&reading, "notify/notices", notice_read);
    builtin_read(&reading, "notify/alerts", alert_read);
    text_read(&reading, "notify.conf", text, n, conf_read);
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        problem_add(problems, "notify_wrong", NULL, "where", "notify.conf", "why",
            "it holds passwords: chmod 600", NULL);
    return problems->count > 0 ? E_PROBLEM : E_OK;
}

const struct notice_row *notice_find(const struct config *config, const char *key)
{
    for (size_t i = 0; i < config->notice_count; i++)
        if (strcmp(config->notices[i].key, key) == 0) return &config->notices[i];
    return NULL;
}

int64_t config_not_quiet(const struct config *config, int64_t at)
{
    int from = config->quiet_from, until = config->quiet_until;
    if (from == until) return at;
    int64_t midnight = time_day_number(at) * TIME_DAY_MS - TIME_IST_OFFSET_MS;
    int minute = (int)((at - midnight) / (60 * TIME_SECOND_MS));
    bool quiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
    if (!quiet) return at;
    bool tomorrow = from > until && minute >= from;
    return midnight + (tomorrow ? TIME_DAY_MS : 0) + (int64_t)until * 60 * TIME_SECOND_MS;
}
