/* law: opens the tables and finds rows by name. The law lives in an arena of its own from start to end. */
#include "law/law.h"

#include <stdlib.h>
#include <string.h>

#include "law/tables.h"

#define LAW_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define OFFENCES_MAX 4000

enum err law_load(struct problems *problems, struct law **ret_law)
{
    struct arena *arena = arena_new(LAW_BYTES_MAX);
    struct law *law = ARENA_NEW(arena, struct law);
    *law = (struct law){.arena = arena, .count_max = OFFENCES_MAX};
    law->offences = ARENA_ARRAY(arena, struct offence *, OFFENCES_MAX);
    law->by_name = ARENA_ARRAY(arena, struct offence *, OFFENCES_MAX);
    size_t before = problems->count;
    acts_load(law, problems);
    offences_load(law, problems);
    titles_load(law, problems);
    rules_load(law, problems);
    words_of_law_load(law, problems);
    if (problems->count > before) {
        law_free(law);
        return E_PROBLEM;
    }
    *ret_law = law;
    return E_OK;
}

void law_free(struct law *law)
{
    if (law) arena_free(law->arena);
}

struct offence *offence_add(struct law *law, const struct act *act, const char *section)
{
    if (law->count == law->count_max) return NULL;
    struct offence *offence = ARENA_NEW(law->arena, struct offence);
    *offence = (struct offence){.name = arena_printf(law->arena, "%s %s", act->code, section),
        .act = act->code,
        .from_day = act->from_day,
        .until_day = act->until_day,
        .in_force = true,
        .variant_count = 1};
    offence->section = offence->name + strlen(act->code) + 1;
    law->by_name[law->count] = offence;
    law->offences[law->count++] = offence;
    return offence;
}

static int compare_name(const void *a, const void *b)
{
    return strcasecmp((*(struct offence *const *)a)->name, (*(struct offence *const *)b)->name);
}

/* Sections as people count: 9 before 10, 64(1) before 64(2), 354 before 354A. */
static int compare_section(const char *a, const char *b)
{
    while (*a && *b) {
        char *a_end, *b_end;
        unsigned long a_number = strtoul(a, &a_end, 10), b_number = strtoul(b, &b_end, 10);
        if (a_end > a && b_end > b) {
            if (a_number != b_number) return a_number < b_number ? -1 : 1;
            a = a_end;
            b = b_end;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return *a ? 1 : *b ? -1 : 0;
}

static int compare_order(const void *a, const void *b, void *context)
{
    const struct offence *x = *(struct offence *const *)a, *y = *(struct offence *const *)b;
    if (x->act == y->act) return compare_section(x->section, y->section);
    return act_find(context, x->act) < act_find(context, y->act) ? -1 : 1;
}

void offences_sort(struct law *law)
{
    qsort(law->by_name, law->count, sizeof law->by_name[0], compare_name);
    qsort_r(law->offences, law->count, sizeof law->offences[0], compare_order, law);
    for (size_t i = 0; i < law->count; i++) law->offences[i]->place = (int)i;
}

size_t law_offence_count(const struct law *law)
{
    return law->count;
}

const struct offence *law_offence_at(const struct law *law, size_t i)
{
    return law->offences[i];
}

size_t offence_first_with(const struct law *law, const char *prefix)
{
    size_t low = 0, high = law->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcasecmp(law->by_name[middle]->name, prefix) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct offence *offence_any_case(const struct law *law, const char *name)
{
    size_t i = offence_first_with(law, name);
    return i < law->count && strcasecmp(law->by_name[i]->name, name) == 0 ? law->by_name[i] : NULL;
}

const struct offence *law_offence(const struct law *law, const char *name)
{
    const struct offence *offence = offence_any_case(law, name);
    return offence && strcmp(offence->name, name) == 0 ? offence : NULL;
}

const char *law_code_of_day(int32_t day)
{
    return day < LAW_SANHITA_DAY ? "IPC" : "BNS";
}
