/* law/find: the picker: offences by number, by words in English or Hindi, or by the old IPC number. */
#include <ctype.h>
#include <string.h>

#include "base/script.h"
#include "base/text.h"
#include "law/sections.h"

#define WORDS_BYTES_MAX ((size_t)4 << 20) /* the titles folded once more, when slips are looked for */
#define TYPED_MAX 400
#define FIND_MAX 100
#define WORDS_MAX 8
#define MEANT_MAX 16
#define NAME_WHOLE 12 /* bytes, four letters of Devanagari */
#define LETTERS_MAX 48 /* of a word that is compared for slips */

/* What was typed, taken apart. */
struct wanted {
    size_t word_count;
    const char *words[WORDS_MAX]; /* as spelling_key() makes them; the act and the section left out */
    size_t meant_count[WORDS_MAX];
    const struct law_word *meant[WORDS_MAX][MEANT_MAX]; /* what each may stand for */
    bool slips; /* nothing fitted as typed: near misses count too */
    bool any;   /* nothing fitted all words: one is enough */
    const char *act;                         /* code, NULL when none was named */
    const char *section;                     /* "303(2)", NULL when no number was typed */
    const struct offence *old; /* the IPC section of that number, where no act or IPC is named */
};

/* Words that stand before every section and mean nothing. */
static bool is_noise(const char *word)
{
    static const char *const noise[] = {
        "धारा", "धाराएं", "section", "sections", "sec", "u/s", "s", "of", "का", "की", "के", "में",
        "से", "को", "पर", "और"};
    for (size_t i = 0; i < sizeof noise / sizeof noise[0]; i++)
        if (strcmp(word, noise[i]) == 0) return true;
    return false;
}

static const char *act_named(const struct law *law, struct arena *arena, const char *word)
{
    const char *key = act_key(arena, word);
    for (size_t i = 0; i < law->act_count; i++)
        for (size_t j = 0; j < law->acts[i].name_count; j++)
            if (strcmp(law->acts[i].names[j], key) == 0) return law->acts[i].code;
    return NULL;
}

/* A word of offences that is an Act's name too, like dowry or arms: with no section beside it, the offences.
 */
static bool word_meant(const struct law *law, const char *word)
{
    const struct law_word *meant[1];
    return words_meant(law, word, false, meant, 1) > 0;
}

/* How far the next word reaches: to a blank or comma, and to a full stop where the word with it names no Act
 * (भा.द.वि. does, u/s.379 does not). */
static size_t word_reach(const struct law *law, struct arena *arena, const char *at)
{
    size_t n = strcspn(at, " ,");
    return act_named(law, arena, arena_strndup(arena, at, n)) ? n : strcspn(at, " ,.");
}

/* "498ए" is 498A. */
static const char *section_typed(struct arena *arena, const char *word)
{
    size_t figures = strspn(word, "0123456789");
    char letter;
    size_t n = section_letter(word + figures, &letter);
    return n ? arena_printf(arena, "%.*s%c%s", (int)figures, word, letter, word + figures + n) : word;
}

static void wanted_read(const struct law *law, struct arena *arena, const char *typed, struct wanted *ret)
{
    *ret = (struct wanted){0};
    bool number = strpbrk(text_fold(arena, typed), "0123456789") != NULL;
    char *at = arena_strdup(arena, text_fold(arena, typed));
    while (*at && ret->word_count < WORDS_MAX) {
        at += strspn(at, " ,.");
        size_t n = word_reach(law, arena, at);
        if (n == 0) break;
        const char *word = arena_strndup(arena, at, n);
        at += n;
        const char *key = spelling_key(arena, word);
        const char *act = ret->act || (!number && word_meant(law, key)) ? NULL : act_named(law, arena, word);
        if (isdigit((unsigned char)*word) && !ret->section)
            ret->section = section_typed(arena, word);
        else if (act)
            ret->act = act;
        else if (!is_noise(word))
            ret->words[ret->word_count++] = key;
    }
    /* Somebody who types nothing but such a word is just beginning. */
    if (ret->word_count == 0 && !ret->section && !ret->act) {
        const char *word = spelling_key(arena, typed);
        if (*word) ret->words[ret->word_count++] = word;
    }
    if (ret->section && (!ret->act || strcmp(ret->act, "IPC") == 0))
        ret->old = offence_any_case(law, arena_printf(arena, "IPC %s", ret->section));
}

/* Whether some word of the text, or a part of it behind a hyphen, begins with the (lower-case) word. */
static bool word_in(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (bool start = true; text && *text; text++) {
        if (start && strncasecmp(text, word, n) == 0) return true;
        start = (unsigned char)*text < 0x80 && !isalnum((unsigned char)*text);
    }
    return false;
}

/* Whether some word of the text is the typed one but for a slip. */
static bool word_nearly_in(const char *text, const char *word)
{
    static const char between[] = " ,.;()-/'";
    char lower[LETTERS_MAX];
    for (const char *at = text; at && *at; at += strspn(at, between)) {
        size_t n = strcspn(at, between);
        for (size_t i = 0; i < n && i < sizeof lower; i++) lower[i] = (char)tolower((unsigned char)at[i]);
        if (n > 0 && n <= sizeof lower && word_nearly(word, lower, n)) return true;
        at += n;
    }
    return false;
}

/* Whether the Hindi title has another name of what was meant: मदिरा for शराब. Short ones must be whole
 * words, as many begin like them. */
static bool named_in(const char *title, const struct law_word *meant)
{
    for (size_t i = 0; i < meant->name_count; i++) {
        size_t n = strlen(meant->names[i]);
        const char *at = title ? strstr(title, meant->names[i]) : NULL;
        if (!at || (unsigned char)meant->names[i][0] < 0x80) continue;
        bool starts = at == title || strchr(" -(", at[-1]);
        if (starts && (n >= NAME_WHOLE || !at[n] || strchr(" -,)", at[n]))) return true;
    }
    return false;
}

/* How well one word fits: 0 not at all. */
static int word_score(
    const struct wanted *wanted, size_t i, const struct offence *offence, const struct law_key *key)
{
    const char *word = wanted->words[i];
    const char *title = offence->title[LANG_EN], *head = offence->crime_head[LANG_EN];
    if (word_in(title, word) || word_in(key->title, word)) return 10;
    for (size_t k = 0; k < wanted->meant_count[i]; k++)
        if (word_in(title, wanted->meant[i][k]->title)) return 9;
    for (size_t k = 0; k < wanted->meant_count[i]; k++)
        if (named_in(key->title, wanted->meant[i][k])) return 7;
    if (word_in(head, word) || word_in(key->head, word)) return 4;
    for (size_t k = 0; k < wanted->meant_count[i]; k++)
        if (word_in(head, wanted->meant[i][k]->title)) return 4;
    return wanted->slips && (word_nearly_in(title, word) || word_nearly_in(key->title, word)) ? 6 : 0;
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

static bool begins_with(const char *title, const char *word)
{
    return title && strncasecmp(title, word, strlen(word)) == 0;
}

/* Whether the last word of the title, up to its first comma or bracket, begins with this one. */
static bool closes_with(const char *title, const char *word)
{
    size_t end = strcspn(title, ",:(");
    while (end > 0 && title[end - 1] == ' ') end--;
    size_t at = end;
    while (at > 0 && !strchr(" -", title[at - 1])) at--;
    return begins_with(title + at, word);
}

static bool closes_with_any(const char *title, const struct law_word *meant)
{
    bool found = false;
    for (size_t i = 0; i < meant->name_count && !found; i++) found = closes_with(title, meant->names[i]);
    return found;
}

/* Whether the title is of the offence itself, not of one beside it: in English its name stands first, in
 * Hindi last (निवास-गृह में चोरी). */
static bool is_itself(const struct offence *offence, const struct law_key *key, const struct wanted *wanted)
{
    const char *title = offence->title[LANG_EN];
    bool found = begins_with(title, wanted->words[0]) ||
                 closes_with(key->title, wanted->words[wanted->word_count - 1]);
    for (size_t k = 0; k < wanted->meant_count[0] && !found; k++)
        found = begins_with(title, wanted->meant[0][k]->title) ||
                closes_with_any(key->title, wanted->meant[0][k]);
    return found;
}

static int score(const struct wanted *wanted, const struct offence *offence, const struct law_key *key,
    const char *code)
{
    int points = 1;
    if (wanted->section) {
        points = section_score(wanted, offence);
        /* A bare number is one of the code, before any special Act's. */
        if (!wanted->act && strcmp(offence->act, code) != 0) points = points * 6 / 10;
    } else if (wanted->act && strcmp(wanted->act, offence->act) != 0)
        points = 0;
    bool fits = wanted->word_count == 0 || (wanted->any && (wanted->section || wanted->act));
    for (size_t i = 0; i < wanted->word_count && points > 0; i++) {
        int word_points = word_score(wanted, i, offence, key);
        if (word_points == 0 && !wanted->any) return 0;
        fits |= word_points > 0;
        points += word_points;
    }
    if (points == 0 || !fits) return 0;
    if (wanted->word_count > 0 && is_itself(offence, key, wanted)) points += 5;
    return points * 2 + (strcmp(offence->act, code) == 0);
}

/* The best of those in force on the day, at most max. */
static size_t offences_rank(
    const struct law *law, struct wanted *wanted, int32_t day, const struct offence **ret, size_t max)
{
    int scores[FIND_MAX];
    size_t count = 0;
    for (size_t i = 0; i < wanted->word_count; i++)
        wanted->meant_count[i] =
            words_meant(law, wanted->words[i], wanted->slips, wanted->meant[i], MEANT_MAX);
    for (size_t i = 0; i < law->count && max > 0; i++) {
        const struct offence *offence = law->offences[i];
        if (!offence->in_force || day < offence->from_day || day > offence->until_day) continue;
        int points = score(wanted, offence, &law->keys[i], law_code_of_day(day));
        size_t place = count;
        while (place > 0 && scores[place - 1] < points) place--;
        if (points == 0 || place >= max) continue;
        if (count < max) count++;
        memmove(scores + place + 1, scores + place, (count - place - 1) * sizeof scores[0]);
        memmove(ret + place + 1, ret + place, (count - place - 1) * sizeof ret[0]);
        scores[place] = points;
        ret[place] = offence;
    }
    return count;
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
    size_t count = empty ? 0 : offences_rank(law, &wanted, day, ret, max);
    if (count == 0 && wanted.word_count > 0) {
        wanted.slips = true;
        count = offences_rank(law, &wanted, day, ret, max);
    }
    const char *hindi = count == 0 ? script_other(arena, words) : NULL; /* "chori", "hatya" */
    if (hindi) {
        wanted_read(law, arena, hindi, &wanted);
        count = offences_rank(law, &wanted, day, ret, max);
    }
    if (count == 0 && !empty) {
        wanted_read(law, arena, words, &wanted);
        wanted.any = true;
        count = offences_rank(law, &wanted, day, ret, max);
    }
    arena_free(arena);
    return count;
}
