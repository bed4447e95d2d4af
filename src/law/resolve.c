/* law/resolve: which offence a typed section means. law/README.md tells the rules in words. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "law/sections.h"

#define OFFENCE_NAME_SIZE (SECTION_TEXT_MAX + 16)

/* What lies directly below a section: how many different clauses, and the first of them. */
static size_t count_below(const struct law *law, const char *name, char ret_first[OFFENCE_NAME_SIZE])
{
    char prefix[OFFENCE_NAME_SIZE];
    snprintf(prefix, sizeof prefix, "%.*s(", OFFENCE_NAME_SIZE - 2, name);
    size_t n = strlen(prefix), clauses = 0;
    for (size_t i = offence_first_with(law, prefix); i < law->count; i++) {
        const char *below = law->by_name[i]->name;
        if (strncasecmp(below, prefix, n) != 0) break;
        size_t step = n + strcspn(below + n, ")") + 1;
        if (clauses > 0 && strncmp(below, ret_first, strlen(ret_first)) == 0) continue;
        if (clauses++ == 0) snprintf(ret_first, OFFENCE_NAME_SIZE, "%.*s", (int)step, below);
    }
    return clauses;
}

/* The section itself, or its only sub-section, going down as long as there is only one. */
static const struct offence *find_down(const struct law *law, const char *name, bool *ret_several)
{
    char at[OFFENCE_NAME_SIZE], below[OFFENCE_NAME_SIZE];
    snprintf(at, sizeof at, "%s", name);
    for (;;) {
        const struct offence *offence = offence_any_case(law, at);
        if (offence) return offence;
        size_t clauses = count_below(law, at, below);
        *ret_several |= clauses > 1;
        if (clauses != 1) return NULL;
        memcpy(at, below, sizeof at);
    }
}

/* 'n' for "(2)" and "(1A)", 'l' for "(a)", 'r' for "(iv)"; the group that ends before `end`, '\0' when none
 * does. */
static char group_class(const char *name, const char *end)
{
    if (end == name || end[-1] != ')') return '\0';
    const char *open = end;
    while (open > name && *open != '(') open--;
    if (isdigit((unsigned char)open[1])) return 'n';
    return strspn(open + 1, "ivxIVX") == (size_t)(end - open) - 2 ? 'r' : 'l';
}

/* The nearest section above that the law holds as one undivided offence: a clause of it is that offence.
 * "(r)(s)" and
 * "(2)(3)" name two clauses of one step; dropping the second would lose a charge. */
static const struct offence *find_up(const struct law *law, const char *name, const char **ret_why)
{
    char at[OFFENCE_NAME_SIZE], below[OFFENCE_NAME_SIZE];
    snprintf(at, sizeof at, "%s", name);
    for (char *group; (group = strrchr(at, '(')) != NULL;) {
        char dropped = group_class(at, at + strlen(at));
        *group = '\0';
        const struct offence *offence = offence_any_case(law, at);
        if (!offence) continue;
        if (count_below(law, at, below) > 0) {
            *ret_why = "the law has no such sub-section or clause";
            return NULL;
        }
        if (dropped != 'r' && dropped == group_class(at, at + strlen(at))) {
            *ret_why = "two clauses in one: write each section";
            return NULL;
        }
        return offence;
    }
    return NULL;
}

/* "354(A)(1)" with its first letter drawn to the number: "354A(1)". False when there is no such letter. */
static bool letter_drawn(const char *name, char ret[OFFENCE_NAME_SIZE])
{
    const char *open = strchr(name, '(');
    if (!open || open == name || !isdigit((unsigned char)open[-1])) return false;
    size_t letters = strcspn(open + 1, ")");
    if (letters == 0 || letters > 2 || !isalpha((unsigned char)open[1])) return false;
    snprintf(ret, OFFENCE_NAME_SIZE, "%.*s%.*s%s", (int)(open - name), name, (int)letters, open + 1,
        open + letters + 2);
    return true;
}

const struct offence *section_resolve(
    const struct law *law, const char *code, const char *section, const char **ret_why)
{
    char name[OFFENCE_NAME_SIZE], drawn[OFFENCE_NAME_SIZE];
    snprintf(name, sizeof name, "%s %s", code, section);
    bool several = false, has_drawn = letter_drawn(name, drawn);
    *ret_why = NULL;
    const struct offence *offence = find_down(law, name, &several);
    if (!offence && !several && has_drawn) {
        offence = find_down(law, drawn, &several);
        if (!offence && !several) offence = find_up(law, drawn, ret_why);
    }
    if (!offence && !several && !*ret_why) offence = find_up(law, name, ret_why);
    if (offence)
        *ret_why = NULL;
    else if (several)
        *ret_why = "several sub-sections: say which";
    else if (!*ret_why)
        *ret_why = "the law knows no such offence in this Act";
    return offence;
}
