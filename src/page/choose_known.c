/* page/choose_known: people already known, offered while one is typed into a form: of the case first, then of
 * other cases, with the reasons. Choosing one links to him and takes the typed words back: never a copy. */
#include <string.h>

#include "page/choose.h"
#include "web/people_seen.h"
#include "web/server.h"

/* Members of a person that are looked for, and what they are called in a search. */
static const struct {
    const char *member, *query;
} members[] = {
    {"name", "name"},
    {"relative_name", "relative"},
    {"relation", "relation"},
    {"gender", "sex"},
    {"age_years", "age"},
    {"phones.0", "phone"},
};
#define MEMBER_COUNT (sizeof members / sizeof *members)

/* "accused.0.who" of "accused.0.who.ref". */
static const char *person_path(const struct looking *search)
{
    const char *dot = search->into ? strrchr(search->into, '.') : NULL;
    return dot ? arena_strndup(search->request->arena, search->into, (size_t)(dot - search->into)) : NULL;
}

/* As the page sends it along, never in its address, else as the draft keeps it. */
static const char *member_typed(const struct looking *search, const char *member)
{
    const char *person = person_path(search);
    if (!person) return NULL;
    const char *path = arena_printf(search->request->arena, "%s.%s", person, member);
    const char *typed = form_value(search->request, path);
    if (!typed && search->desk) typed = typed_value(&search->desk->typed, path);
    return typed && typed[0] ? typed : NULL;
}

const char *known_name_typed(const struct looking *search)
{
    const char *typed = member_typed(search, "name");
    return typed ? typed : "";
}

static size_t people_of_case(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    struct seen_case seen;
    size_t found = 0;
    if (!choice_case(search, &seen)) return 0;
    for (size_t i = 0; i < seen.party_count && found < max; i++) {
        const struct party_row *party = &seen.parties[i];
        const char *texts[] = {party->name, party->name_other, party->relative};
        if (choice_fits(search, texts, 3))
            ret[found++] =
                (struct chosen){.pick = url_make(request->arena, "%=%", search->into, party->person),
                    .title = party->name ? party->name : "—",
                    .hint = role_words(request, party->role)};
    }
    return found;
}

/* The search the fields amount to; false when they are too little for one. */
static bool search_make(struct looking *search, struct request *ret_asked, struct people_search *ret)
{
    struct request *request = search->request;
    struct pair *query = ARENA_ARRAY(request->arena, struct pair, MEMBER_COUNT);
    size_t count = 0;
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        bool name = strcmp(members[i].member, "name") == 0;
        const char *typed =
            name && search->typed[0] ? search->typed : member_typed(search, members[i].member);
        if (typed) query[count++] = (struct pair){members[i].query, typed};
    }
    *ret_asked = *request;
    ret_asked->query = query;
    ret_asked->query_count = count;
    ret_asked->problems = (struct problems){.arena = request->arena};
    people_search_read(ret_asked, ret);
    ret->reason = arena_printf(request->arena, "form %s", search->desk->form->name);
    return ret_asked->problems.count == 0;
}

static void hint_add(struct buf *hint, const char *text)
{
    if (!text || !*text) return;
    if (hint->len > 0) buf_puts(hint, " · ");
    buf_puts(hint, text);
}

/* Who he is, where he stands, and why he may be the one. */
static const char *hint_of(struct request *request, const struct found_person *found)
{
    const struct sighting *first = &found->sightings[0];
    struct buf hint;
    buf_init(&hint, request->arena, 4000);
    hint_add(&hint, first->row.relative);
    if (first->case_row.id)
        hint_add(&hint,
            arena_printf(request->arena, "%s %s, %s", list_words(request, "case_kind", first->case_row.kind),
                first->case_row.number ? first->case_row.number : "—",
                office_words(request, first->case_row.office)));
    if (first->party_count > 0) hint_add(&hint, role_words(request, first->parties[0].role));
    for (size_t i = 0; found->hit && i < found->hit->reason_count && i < 3; i++)
        hint_add(&hint, reason_words(request->arena, request->lang, &found->hit->reasons[i]));
    return hint.data;
}

/* The reference in, the typed words out. */
static const char *pick_of_known(struct looking *search, const char *id)
{
    struct arena *arena = search->request->arena;
    const char *person = person_path(search), *pick = url_make(arena, "%=%", search->into, id);
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        if (member_typed(search, members[i].member))
            pick = arena_printf(arena, "%s%s", pick,
                url_make(arena, "&%=", arena_printf(arena, "%s.%s", person, members[i].member)));
    return pick;
}

static bool offered(const struct chosen *list, size_t count, const char *pick)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].pick, pick) == 0) return true;
    return false;
}

size_t known_people_find(struct looking *search, struct chosen *ret, size_t max)
{
    size_t count = people_of_case(search, ret, max);
    struct request asked;
    struct people_search likely;
    if (!search->desk || !search->into || !search->request->web->people ||
        !search_make(search, &asked, &likely) ||
        people_likely(&asked, search->desk->row.id, &likely) != E_OK)
        return count;
    for (size_t i = 0; i < likely.answer.count && count < max; i++) {
        const struct found_person *found = &likely.answer.list[i];
        const char *id = found->ids[0];
        if (found->sighting_count == 0 ||
            offered(ret, count, url_make(search->request->arena, "%=%", search->into, id)))
            continue;
        ret[count++] = (struct chosen){.pick = pick_of_known(search, id),
            .title = found->sightings[0].row.name ? found->sightings[0].row.name : "—",
            .hint = hint_of(search->request, found)};
    }
    return count;
}
