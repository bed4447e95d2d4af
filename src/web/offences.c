/* web/offences: see the header. */
#include "web/offences.h"

#include <string.h>

#include "base/time.h"
#include "base/words.h"

#define WORDS_MAX 8000

static bool unverified(const struct request *request, const char *name)
{
    const struct offence *offence = law_offence(node_law(request->node), name);
    return offence && offence->unverified;
}

/* The next of names joined by ", "; NULL at the end. */
static const char *next_name(const struct request *request, const char **rest)
{
    if (!*rest || !**rest) return NULL;
    size_t n = strcspn(*rest, ",");
    const char *name = arena_strndup(request->arena, *rest, n);
    *rest += n;
    *rest += strspn(*rest, ", ");
    return name;
}

const char *offences_words(const struct request *request, const char *names)
{
    struct buf words;
    buf_init(&words, request->arena, WORDS_MAX);
    for (const char *name; (name = next_name(request, &names));)
        buf_printf(&words, "%s%s%s%s", words.len ? ", " : "", name, unverified(request, name) ? " " : "",
            unverified(request, name) ? word(request->lang, "unverified") : "");
    return words.data;
}

const char *offence_line(const struct request *request, const struct offence *offence)
{
    return arena_printf(request->arena, "%s: %s%s%s", offence->name, offence->title[request->lang],
        offence->unverified ? " " : "", offence->unverified ? word(request->lang, "unverified") : "");
}

const char *offences_told(const struct request *request, const char *names)
{
    struct buf words;
    buf_init(&words, request->arena, WORDS_MAX);
    for (const char *name; (name = next_name(request, &names));) {
        const struct offence *offence = law_offence(node_law(request->node), name);
        buf_printf(&words, "%s%s", words.len ? "; " : "", offence ? offence_line(request, offence) : name);
    }
    return words.data;
}

/* By what the law threatens: death, then life, then years. */
static int gravity(const struct offence *offence)
{
    return offence->death ? 3000 : offence->life ? 2000 : offence->max_months;
}

const char *offences_brief(const struct request *request, const char *names)
{
    const struct offence *gravest = NULL;
    const char *rest = names;
    for (const char *name; (name = next_name(request, &rest));) {
        const struct offence *offence = law_offence(node_law(request->node), name);
        if (offence && (!gravest || gravity(offence) > gravity(gravest))) gravest = offence;
    }
    struct buf words;
    buf_init(&words, request->arena, WORDS_MAX);
    for (const char *name; (name = next_name(request, &names));) {
        bool told = gravest && strcmp(gravest->name, name) == 0;
        buf_printf(&words, "%s%s", words.len ? "; " : "",
            told ? offence_line(request, gravest) : offences_words(request, name));
    }
    return words.data;
}

const char *offence_both(const struct request *request, const char *name)
{
    const struct offence *offence = law_offence(node_law(request->node), name);
    if (!offence) return name;
    enum lang other = request->lang == LANG_HI ? LANG_EN : LANG_HI;
    return arena_printf(request->arena, "%s / %s", offence_line(request, offence), offence->title[other]);
}

static const char *answer_words(
    const struct request *request, enum answer answer, const char *yes, const char *no, const char *depends)
{
    switch (answer) {
    case ANSWER_YES: return word(request->lang, yes);
    case ANSWER_NO: return word(request->lang, no);
    case ANSWER_DEPENDS: return word(request->lang, depends);
    default: return NULL;
    }
}

static void part_add(struct buf *words, const char *part)
{
    if (part && part[0]) buf_printf(words, "%s%s", words->len > 0 ? " · " : "", part);
}

/* "3 years", "6 months". */
static const char *months_words(const struct request *request, int months)
{
    bool years = months >= 12 && months % 12 == 0;
    return arena_printf(request->arena, "%d %s", years ? months / 12 : months,
        word(request->lang, years ? "term_years" : "term_months"));
}

static const char *term_words(const struct request *request, const struct offence *offence)
{
    struct buf words;
    buf_init(&words, request->arena, WORDS_MAX);
    if (offence->death) part_add(&words, word(request->lang, "term_death"));
    if (offence->life) part_add(&words, word(request->lang, "term_life"));
    if (offence->max_months > 0)
        part_add(&words, arena_printf(request->arena, "%s %s", word(request->lang, "term_up_to"),
                             months_words(request, offence->max_months)));
    if (offence->min_months > 0)
        part_add(&words, arena_printf(request->arena, "%s %s", word(request->lang, "term_at_least"),
                             months_words(request, offence->min_months)));
    if (offence->fine && words.len == 0) part_add(&words, word(request->lang, "term_fine"));
    return words.data;
}

const char *offence_class_words(const struct request *request, const struct offence *offence)
{
    struct buf words;
    buf_init(&words, request->arena, WORDS_MAX);
    part_add(&words,
        answer_words(request, offence->cognizable, "cognizable", "cognizable_not", "cognizable_depends"));
    part_add(
        &words, answer_words(request, offence->bailable, "bailable", "bailable_not", "bailable_depends"));
    part_add(&words, offence->court[request->lang]);
    part_add(&words, term_words(request, offence));
    return words.data;
}

const char *offence_day_warning(const struct request *request, const struct offence *offence, int32_t day)
{
    if (day >= offence->from_day && day <= offence->until_day) return NULL;
    const char *code = law_code_of_day(day);
    return arena_printf(request->arena, "%s: %s %s", time_people_day(request->arena, day, (int)request->lang),
        word(request->lang, "offence_day"), code);
}

json_t *offences_unverified(const struct request *request, const char *names)
{
    json_t *list = json_array();
    for (const char *name; (name = next_name(request, &names));)
        if (unverified(request, name)) json_array_append_new(list, json_string(name));
    return list;
}
