/* law/clock_steps: the working in words of both languages, from the templates of law/clocks/words. */
#include <string.h>

#include "base/time.h"
#include "law/clock_run.h"
#include "law/law.h"

#define STEP_BYTES_MAX 2000

static const char *date_words(struct arena *arena, const struct step_about *about, int lang)
{
    const char *text = time_people_text(arena, about->at, lang);
    const char *comma = strrchr(text, ',');
    return about->day && comma ? arena_strndup(arena, text, (size_t)(comma - text)) : text;
}

static const char *place_words(
    const struct clock_making *making, const struct step_about *about, const char *name, size_t n, int lang)
{
    struct arena *arena = making->run->arena;
    static const char *const names[] = {"event", "date", "number", "unit", "law", "words"};
    size_t i = 0;
    while (i < sizeof names / sizeof names[0] && (strlen(names[i]) != n || strncmp(names[i], name, n) != 0))
        i++;
    switch (i) {
    case 0: return about->fact ? making->run->clocks->events[about->fact->event].label[lang] : "";
    case 1: return about->at ? date_words(arena, about, lang) : "";
    case 2: return arena_printf(arena, "%lld", (long long)about->number);
    case 3: return about->unit[lang];
    case 4: return law_citation(arena, making->rule->words.law, (enum lang)lang);
    case 5: return about->words;
    default: return NULL;
    }
}

static const char *template_fill(
    const struct clock_making *making, const struct step_about *about, const char *template, int lang)
{
    struct buf text;
    buf_init(&text, making->run->arena, STEP_BYTES_MAX);
    for (const char *at = template; *at;) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end) {
            buf_puts(&text, place_words(making, about, at + 1, (size_t)(end - at - 1), lang));
            at = end + 1;
        } else {
            buf_putc(&text, *at++);
        }
    }
    return text.data;
}

static const struct clock_step_words *words_of(const struct clocks *clocks, const char *code)
{
    for (size_t i = 0; i < clocks->step_count; i++)
        if (strcmp(clocks->steps[i].code, code) == 0) return &clocks->steps[i];
    return NULL;
}

void step_add(struct clock_making *making, const struct step_about *about)
{
    struct clock_working *working = making->working;
    if (!working) return;
    struct arena *arena = making->run->arena;
    size_t count = working->count;
    if (count == 0 || (count >= 8 && (count & (count - 1)) == 0)) {
        struct clock_step *list = ARENA_ARRAY(arena, struct clock_step, count ? 2 * count : 8);
        if (count) memcpy(list, working->list, count * sizeof *list);
        working->list = list;
    }
    struct clock_step *step = &working->list[working->count++];
    *step = (struct clock_step){.code = about->code,
        .seq = about->fact ? about->fact->seq : 0,
        .at = about->at,
        .number = about->number,
        .day = about->day};
    const struct clock_step_words *words = words_of(making->run->clocks, about->code);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        step->text[lang] = words ? template_fill(making, about, words->text[lang], lang) : about->code;
}
