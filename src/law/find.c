/* law/find: the picker: offences by number, by words of the title, or by the old IPC number. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "law/tables.h"

#define WORDS_BYTES_MAX ((size_t)64 * 1024)
#define TYPED_MAX 400
#define FIND_MAX 100
#define WORDS_MAX 8

/* What was typed, taken apart. */
struct wanted {
    size_t word_count;
    const char *words[WORDS_MAX]; /* lower case; the act and the section left out */
    const char *act;              /* code, NULL when none was named */
    const char *section;          /* "303(2)", NULL when no number was typed */
    const struct offence *old;    /* the IPC section of that number, where no act or IPC is named */
};

static const char *act_named(const struct law *law, struct arena *arena, const char *word)
{
    const char *key = act_key(arena, word);
    for (size_t i = 0; i < law->act_count; i++)
        for (size_t j = 0; j < law->acts[i].name_count; j++)
            if (strcmp(law->acts[i].names[j], key) == 0) return law->acts[i].code;
    return NULL;
}

static void wanted_read(const struct law *law, struct arena *arena, const char *typed, struct wanted *ret)
{
    *ret = (struct wanted){0};
    char *at = arena_strdup(arena, text_fold(arena, typed));
    while (*at && ret->word_count < WORDS_MAX) {
        at += strspn(at, " ,.");
        size_t n = strcspn(at, " ,.");
        if (n == 0) break;
        const char *word = arena_strndup(arena, at, n);
        at += n;
        const char *act = ret->act ? NULL : act_named(law, arena, word);
        if (isdigit((unsigned char)*word) && !ret->section)
            ret->section = word;
        else if (act)
            ret->act = act;
        else
            ret->words[ret->word_count++] = word;
    }
    if (ret->section && (!ret->act || strcmp(ret->act, "IPC") == 0))
        ret->old = offence_any_case(law, arena_printf(arena, "IPC %s", ret->section));
}

/* Whether some word of the text begins with the (lower-case) word. */
static bool word_in(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (bool start = true; text && *text; text++) {
        if (start && strncasecmp(text, word, n) == 0) return true;
        start = !isalnum((unsigned char)*text);
    }
    return false;
}

/* Whether the name "BNS 61(2)(a)" is one of "61(2)(a);61(2)(b)". */
static bool became(const struct offence *old, const struct offence *offence)
{
    if (!old || !old->bns || strcmp(offence->act, "BNS") != 0) return false;
    size_t n = strlen(offence->section);
    for (const char *at = old->bns; *at; at += strspn(at, ";")) {
        size_t part = strcspn(at, ";");
        if (part == n && strncmp(at, offence->section, n) == 0) return true;
        at += part;
    }
    return false;
}

/* How well the number fits: 0 not at all. */
static int section_score(const struct wanted *wanted, const struct offence *offence)
{
    size_t n = strlen(wanted->section);
    if (wanted->act && strcmp(wanted->act, offence->act) != 0)
        return strcmp(wanted->act, "IPC") == 0 && became(wanted->old, offence) ? 70 : 0;
    if (strncasecmp(offence->section, wanted->section, n) == 0) {
        char after = offence->section[n];
        if (after == '\0') return 100;
        return after == '(' ? 90 : isdigit((unsigned char)after) ? 30 : 60;
    }
    return became(wanted->old, offence) ? 70 : 0;
}

static int score(const struct wanted *wanted, const struct offence *offence, const char *code)
{
    int points = 1;
    if (wanted->section)
        points = section_score(wanted, offence);
    else if (wanted->act && strcmp(wanted->act, offence->act) != 0)
        points = 0;
    for (size_t i = 0; i < wanted->word_count && points > 0; i++) {
        if (word_in(offence->title, wanted->words[i]))
            points += 10;
        else if (word_in(offence->crime_head, wanted->words[i]))
            points += 4;
        else
            points = 0;
    }
    if (points == 0) return 0;
    if (wanted->word_count > 0 && offence->title &&
        strncasecmp(offence->title, wanted->words[0], strlen(wanted->words[0])) == 0)
        points += 5;
    return points * 2 + (strcmp(offence->act, code) == 0);
}

size_t law_offence_find(
    const struct law *law, const char *words, int32_t day, const struct offence **ret, size_t max)
{
    if (max > FIND_MAX) max = FIND_MAX;
    if (strlen(words) > TYPED_MAX || !text_valid(words, strlen(words))) return 0;
    struct arena *arena = arena_new(WORDS_BYTES_MAX);
    struct wanted wanted;
    wanted_read(law, arena, words, &wanted);
    bool empty = !wanted.section && !wanted.act && wanted.word_count == 0;
    int scores[FIND_MAX];
    size_t count = 0;
    for (size_t i = 0; i < law->count && max > 0 && !empty; i++) {
        const struct offence *offence = law->offences[i];
        if (!offence->in_force || day < offence->from_day || day > offence->until_day) continue;
        int points = score(&wanted, offence, law_code_of_day(day));
        size_t place = count;
        while (place > 0 && scores[place - 1] < points) place--;
        if (points == 0 || place >= max) continue;
        if (count < max) count++;
        memmove(scores + place + 1, scores + place, (count - place - 1) * sizeof scores[0]);
        memmove(ret + place + 1, ret + place, (count - place - 1) * sizeof ret[0]);
        scores[place] = points;
        ret[place] = offence;
    }
    arena_free(arena);
    return count;
}
