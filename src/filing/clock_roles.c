/* filing/clock_roles: the roles that law/clocks names are those of law/access, and stand at the offices that
 * owe: a State that writes "owes magistrate" of an act a police station files would have it owed by
 * nobody. */
#include <string.h>

#include "access/access.h"
#include "filing/filing.h"

struct checking {
    const struct clocks *clocks;
    const struct forms *forms;
    struct problems *problems;
};

static void wrong(const struct checking *checking, size_t clock, const char *role, const char *why)
{
    const struct clock_origin origin = clock_origin(checking->clocks, clock);
    law_wrong(checking->problems, origin.file, origin.line, "clock %s: '%s' %s",
        clock_at(checking->clocks, clock)->id, role, why);
}

/* Whether one of the kinds of office has the role. */
static bool kinds_have(const char *const *kinds, size_t count, const char *role)
{
    for (size_t i = 0; i < count; i++)
        if (role_of_pillar(role, office_kind_pillar(kinds[i]))) return true;
    return false;
}

/* Whether the role may be held where the form is filed; one without kinds of office is filed where its folder
 * says. */
static bool filers_have(const struct form *form, const char *role)
{
    if (form->kind_count > 0) return kinds_have(form->kinds, form->kind_count, role);
    return role_of_pillar(role, form->pillar);
}

static bool source_has(const struct form *form, const struct clock_source *source, const char *role, bool to)
{
    if (!to) return filers_have(form, role);
    return source->to_kind ? kinds_have(&source->to_kind, 1, role)
                           : kinds_have(form->to_kinds, form->to_count, role);
}

/* Whether some entry that makes the event happen comes from, or goes to, an office with the role. */
static bool event_has(const struct checking *checking, uint16_t event, const char *role, bool to)
{
    for (size_t i = 0; i < forms_count(checking->forms); i++) {
        const struct form *form = forms_at(checking->forms, i);
        size_t count;
        const struct clock_source *const *sources = clock_sources(checking->clocks, form->name, &count);
        for (size_t k = 0; k < count; k++)
            if (sources[k]->event == event && source_has(form, sources[k], role, to)) return true;
    }
    return false;
}

static void owing_check(const struct checking *checking, size_t clock)
{
    const struct clock_words *words = clock_at(checking->clocks, clock);
    const struct clock_origin origin = clock_origin(checking->clocks, clock);
    if (words->place == CLOCK_AT_CASE && !role_of_pillar(words->role, "police"))
        wrong(checking, clock, words->role, "is no role of the police, which hold the case");
    for (size_t i = 0; i < origin.owing_count; i++)
        if (!event_has(checking, origin.owing[i], words->role, words->place == CLOCK_AT_ADDRESSEE))
            wrong(checking, clock, words->role,
                arena_printf(checking->problems->arena, "is no role where '%s' is filed or sent",
                    clock_event_name(checking->clocks, origin.owing[i])));
    if (origin.shown && !event_has(checking, origin.shown, words->shown, false))
        wrong(checking, clock, words->shown,
            arena_printf(checking->problems->arena, "is no role where '%s' is filed",
                clock_event_name(checking->clocks, origin.shown)));
}

static bool role_check(const struct checking *checking, size_t clock, const char *role)
{
    if (!role || role_known(role)) return true;
    wrong(checking, clock, role, "is not a role");
    return false;
}

static void roles_check(const struct checking *checking, size_t clock)
{
    const struct clock_words *words = clock_at(checking->clocks, clock);
    bool known = role_check(checking, clock, words->role) && role_check(checking, clock, words->shown);
    for (size_t i = 0; i < words->next_count; i++) (void)role_check(checking, clock, words->next[i]);
    (void)role_check(checking, clock, words->district);
    if (known) owing_check(checking, clock);
}

enum err clocks_declared(const struct law *law, const struct forms *forms, const char *folder,
    struct problems *problems, struct clocks **ret_clocks)
{
    struct clocks *clocks;
    size_t before = problems->count;
    access_load();
    TRY(clocks_load(law, forms, folder, problems, &clocks));
    const struct checking checking = {clocks, forms, problems};
    for (size_t i = 0; i < clocks_count(clocks); i++) roles_check(&checking, i);
    if (problems->count > before) {
        clocks_free(clocks);
        return E_PROBLEM;
    }
    *ret_clocks = clocks;
    return E_OK;
}
