/* law/acts: reads the Acts and the names under which clerks type them. */
#include <stdarg.h>
#include <string.h>

#include "base/builtin.h"
#include "base/buf.h"
#include "base/lines.h"
#include "base/text.h"
#include "base/time.h"
#include "law/tables.h"

#define ACTS_PATH "law/acts"
#define ACTS_MAX 200

void law_wrong(struct problems *problems, const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *what = arena_vprintf(problems->arena, format, args);
    va_end(args);
    const char *text = arena_printf(problems->arena, "%s:%d: %s", file, line, what);
    const struct problem problem = {.code = "law_wrong",
        .status = 500,
        .path = "",
        .text = {text, text},
        .next = {"Mend the file and start again.", "फ़ाइल ठीक करके फिर से चलाएँ।"}};
    problem_add_words(problems, &problem);
}

static bool is_letter(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

const char *act_key(struct arena *arena, const char *name)
{
    const char *folded = text_fold(arena, name);
    struct buf key;
    buf_init(&key, arena, strlen(folded));
    for (; *folded; folded++)
        if (is_letter(*folded)) buf_putc(&key, *folded);
    return key.data;
}

/* The key without the year and the word for "act" that a full name ends with. */
static const char *act_key_short(struct arena *arena, const char *name)
{
    static const char *const endings[] = {"act", "अधिनियम"};
    const char *comma = strrchr(name, ',');
    const char *key = act_key(arena, comma ? arena_strndup(arena, name, (size_t)(comma - name)) : name);
    size_t n = strlen(key);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t end = strlen(endings[i]);
        if (n > end && strcmp(key + n - end, endings[i]) == 0) return arena_strndup(arena, key, n - end);
    }
    return key;
}

static void act_name(struct act *act, const char *key, struct problems *problems, int line)
{
    for (size_t i = 0; i < act->name_count; i++)
        if (strcmp(act->names[i], key) == 0) return;
    if (act->name_count == ACT_NAMES_MAX)
        law_wrong(problems, ACTS_PATH, line, "too many names");
    else if (!*key)
        law_wrong(problems, ACTS_PATH, line, "an empty name");
    else
        act->names[act->name_count++] = key;
}

static void act_detail(struct law *law, struct act *act, const struct line *line, struct problems *problems)
{
    const char *word = line->words[0];
    if (strcmp(word, "typed") == 0) {
        for (size_t i = 0; i < line->column_count; i++)
            act_name(act, act_key(law->arena, line->columns[i]), problems, line->number);
        return;
    }
    bool since = strcmp(word, "since") == 0, until = strcmp(word, "until") == 0;
    if (since || until) {
        int32_t *day = since ? &act->from_day : &act->until_day;
        if (line->word_count != 2 || !time_parse_date(line->words[1], day))
            law_wrong(problems, ACTS_PATH, line->number, "'%s' wants a date", word);
    } else if (line->word_count != 2 || (strcmp(word, "cctns") != 0 && strcmp(word, "state") != 0)) {
        law_wrong(problems, ACTS_PATH, line->number, "'%s' is not known", word);
    }
}

void acts_load(struct law *law, struct problems *problems)
{
    law->acts = ARENA_ARRAY(law->arena, struct act, ACTS_MAX);
    const struct builtin *file = builtin_find(ACTS_PATH);
    if (!file) {
        law_wrong(problems, ACTS_PATH, 0, "the file is not built in");
        return;
    }
    struct lines lines;
    struct line line;
    lines_init(&lines, law->arena, ACTS_PATH, file->data, file->len);
    while (lines_next(&lines, &line)) {
        bool heads = line.word_count == 2 && strcmp(line.words[0], "act") == 0;
        if (heads && line.column_count > 0 && law->act_count < ACTS_MAX) {
            struct act *act = &law->acts[law->act_count++];
            *act = (struct act){.code = line.words[1], .from_day = INT32_MIN, .until_day = INT32_MAX};
            for (size_t i = 0; i < line.column_count; i++)
                act_name(act, act_key_short(law->arena, line.columns[i]), problems, line.number);
        } else if (!heads && law->act_count > 0 && line.word_count > 0) {
            act_detail(law, &law->acts[law->act_count - 1], &line, problems);
        } else {
            law_wrong(problems, ACTS_PATH, line.number, "an act is: act CODE | name | Hindi name");
        }
    }
    if (lines.too_long) law_wrong(problems, ACTS_PATH, lines.number, "too many words or columns");
}

const struct act *act_find(const struct law *law, const char *code)
{
    for (size_t i = 0; i < law->act_count; i++)
        if (strcmp(law->acts[i].code, code) == 0) return &law->acts[i];
    return NULL;
}
