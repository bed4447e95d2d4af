/* law/merge: one row out of several: the punishments of a section, and the clauses of a section named whole.
 *
 * "BNS 61(2)" (conspiracy) is written in every second register, its clauses (a) and (b) hardly ever: they are
 * one offence with two punishments, so the section may be named whole and carries the widest. Numbered
 * sub-sections are different offences (103(1) murder, 103(2) by a mob) and are never named whole, nor are
 * clauses whose titles have nothing in common. */
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "law/tables.h"

#define SECTION_MAX 48

static enum answer answer_both(enum answer a, enum answer b)
{
    if (a == b) return a;
    return a == ANSWER_UNKNOWN || b == ANSWER_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_DEPENDS;
}

/* How many bytes of words both titles begin with: "Theft" of "Theft, first conviction" and "Theft under Rs
 * 5000". Commas and small words at the end do not count. */
static size_t title_common(const char *a, const char *b)
{
    static const char *const small[] = {
        "of", "to", "with", "under", "on", "for", "in", "by", "from", "a", "the"};
    size_t same = 0;
    for (size_t i = 0;; i++) {
        bool ends = strchr(" ,:(", a[i]) && strchr(" ,:(", b[i]); /* the NUL ends a word too */
        if (ends) same = i;
        if (a[i] != b[i] || !a[i]) break;
    }
    for (bool again = true; again;) {
        again = false;
        while (same > 0 && strchr(" ,:(", a[same - 1])) same--;
        for (size_t i = 0; i < sizeof small / sizeof small[0] && !again; i++) {
            size_t n = strlen(small[i]);
            again = same > n && a[same - n - 1] == ' ' && strncmp(a + same - n, small[i], n) == 0;
            if (again) same -= n;
        }
    }
    return same;
}

/* Whether the punishment is that of another offence (abetment, conspiracy, attempt), so that no figure stands
 * here. */
static bool is_open(const struct offence *offence)
{
    static const char open[] = "Court by which";
    return offence->max_months == 0 && !offence->life && !offence->death && offence->court[LANG_EN] &&
           strncmp(offence->court[LANG_EN], open, sizeof open - 1) == 0;
}

void offence_widen(struct arena *arena, struct offence *to, const struct offence *with)
{
    const char *title = to->title[LANG_EN], *other = with->title[LANG_EN];
    size_t same = title && other ? title_common(title, other) : 0;
    if (same > 0) to->title[LANG_EN] = arena_strndup(arena, title, same);
    bool open = is_open(to) || is_open(with);
    bool heavier = with->death > to->death || with->life > to->life ||
                   (with->death == to->death && with->life == to->life && with->max_months > to->max_months);
    if ((open ? is_open(with) : heavier) && with->court[LANG_EN])
        to->court[LANG_EN] = with->court[LANG_EN];
    if (with->max_months > to->max_months) to->max_months = with->max_months;
    if (open) to->max_months = 0;
    if (with->min_months < to->min_months) to->min_months = with->min_months;
    to->life |= with->life;
    to->death |= with->death;
    to->fine |= with->fine;
    to->cognizable = answer_both(to->cognizable, with->cognizable);
    to->bailable = answer_both(to->bailable, with->bailable);
    to->sexual |= with->sexual;
    to->child |= with->child;
    to->terror |= with->terror;
    to->unverified |= with->unverified;
    to->in_force |= with->in_force;
    to->variant_count += with->variant_count;
    if (!to->note) to->note = with->note;
}

bool section_regular(const char *section)
{
    const char *at = section;
    while (isdigit((unsigned char)*at)) at++;
    if (at == section) return false;
    while (isupper((unsigned char)*at)) at++;
    while (*at == '(') {
        const char *group = ++at;
        while (isalnum((unsigned char)*at)) at++;
        if (at == group || *at != ')') return false;
        at++;
    }
    return *at == '\0';
}

/* Whether the section is divided, one step down, into two or more lettered clauses and nothing else, and all
 * below it are grades of one offence: their titles begin alike. */
static bool divided_by_letters(const struct law *law, const char *name)
{
    char prefix[SECTION_MAX], first[SECTION_MAX] = "";
    if (snprintf(prefix, sizeof prefix, "%s(", name) >= (int)sizeof prefix) return false;
    size_t n = strlen(prefix), clauses = 0, start = offence_first_with(law, prefix);
    for (size_t i = start; i < law->count; i++) {
        const char *below = law->by_name[i]->name;
        if (strncasecmp(below, prefix, n) != 0) break;
        const char *title = law->by_name[i]->title[LANG_EN];
        if (!isalpha((unsigned char)below[n]) || !title) return false;
        if (i > start && title_common(law->by_name[start]->title[LANG_EN], title) == 0) return false;
        size_t group = strcspn(below, ")") - n;
        bool same = clauses > 0 && strncmp(below + n, first, strlen(first)) == 0;
        if (!same) clauses++;
        snprintf(first, sizeof first, "%.*s)", (int)group, below + n);
    }
    return clauses >= 2;
}

/* Makes the row of a section named whole out of everything below it. */
static void add_whole(struct law *law, size_t sorted_count, const char *name, const struct act *act)
{
    char prefix[SECTION_MAX];
    snprintf(prefix, sizeof prefix, "%s(", name);
    struct offence *whole = NULL;
    for (size_t i = 0; i < sorted_count; i++) {
        const struct offence *below = law->by_name[i];
        if (strncasecmp(below->name, prefix, strlen(prefix)) != 0) continue;
        if (whole) {
            offence_widen(law->arena, whole, below);
            continue;
        }
        whole = offence_add(law, act, strchr(name, ' ') + 1);
        assert(whole);
        const char *own_name = whole->name, *own_section = whole->section;
        *whole = *below;
        whole->name = own_name;
        whole->section = own_section;
        whole->bns = NULL;
        whole->note = "clause not stated: the widest punishment of its clauses";
    }
}

void offences_add_whole(struct law *law)
{
    size_t sorted_count = law->count, wanted_count = 0;
    const char **wanted = ARENA_ARRAY(law->arena, const char *, sorted_count);
    for (size_t i = 0; i < sorted_count; i++) {
        const struct offence *offence = law->by_name[i];
        char name[SECTION_MAX];
        if (!section_regular(offence->section) || strlen(offence->name) >= sizeof name) continue;
        memcpy(name, offence->name, strlen(offence->name) + 1);
        for (char *group; (group = strrchr(name, '(')) != NULL;) {
            *group = '\0';
            bool known = offence_any_case(law, name) != NULL;
            for (size_t j = 0; j < wanted_count && !known; j++) known = strcmp(wanted[j], name) == 0;
            if (!known && divided_by_letters(law, name))
                wanted[wanted_count++] = arena_strdup(law->arena, name);
        }
    }
    for (size_t i = 0; i < wanted_count; i++) {
        const char *code = arena_strndup(law->arena, wanted[i], strcspn(wanted[i], " "));
        add_whole(law, sorted_count, wanted[i], act_find(law, code));
    }
}
