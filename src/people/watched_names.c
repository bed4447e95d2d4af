/* people/watched_names: the search turned round. The watches that have names are the few persons of a small
 * index in memory, and every mention that news came of is looked up in it. */
#include <string.h>
#include <sys/stat.h>

#include "access/places.h"
#include "base/time.h"
#include "people/watching.h"

#define NAME_LEAST 80 /* per cent, when both relatives are told and agree */
#define NAME_ALONE_LEAST 90
#define RELATIVE_LEAST 70
#define NAMES_BYTES_MAX ((size_t)1 << 16)
#define WATCHES_ALIKE_MAX 1000 /* watches that one mention is found under */

struct watched_names {
    struct arena *arena; /* holds this struct */
    const char *folder;
    struct search *search; /* NULL until there is a watch */
    struct search_reader *reader;
};

struct watched_names *watched_names_new(const char *folder)
{
    struct arena *arena = arena_new(NAMES_BYTES_MAX);
    struct watched_names *names = ARENA_NEW(arena, struct watched_names);
    names->arena = arena;
    names->folder = arena_printf(arena, "%s/watches", folder);
    return names;
}

void watched_names_free(struct watched_names *names)
{
    search_reader_free(names->reader);
    search_close(names->search);
    arena_free(names->arena);
}

/* A watch as the engine takes persons: one posting for each of its two names. */
static enum err watch_post(struct watched_names *names, const struct watch_row *watch)
{
    const struct place_district *district = watch->district ? place_district_named(watch->district) : NULL;
    struct search_person person = {
        .relative = watch->relative,
        .relation = posting_relation(watch->relation),
        .sex = posting_sex(watch->gender),
        .district = posting_district(district ? district->name : NULL),
    };
    if (watch->age_from >= 0) {
        int year = time_civil(watch->filed_at).year, last = year - watch->age_from;
        int first = year - 1 - watch->age_to;
        person.birth_year = (first + last) / 2;
        person.birth_spread = (last - first + 1) / 2;
    }
    const char *const borne[] = {watch->name, watch->name_other};
    for (size_t i = 0; i < 2; i++) {
        if (!borne[i]) continue;
        person.id = posting_id(watch->seq, i);
        person.name = borne[i];
        TRY(search_add(names->search, &person, watch->seq));
    }
    return E_OK;
}

enum err watched_names_add(struct watched_names *names, const struct watch_row *watch)
{
    if (!names->search) {
        (void)mkdir(names->folder, 0700); /* there already, or search_create() says why it is not */
        TRY(search_create(names->folder, &names->search));
        names->reader = search_reader_new(names->search);
    }
    return watch_post(names, watch);
}

struct naming {
    const struct watched_names *names;
    struct arena *arena;
    int64_t wanted; /* watch that is asked about; -1: all that were not told yet */
    size_t told_count;
    int64_t told[WATCHES_ALIKE_MAX];
    struct search_hit *best; /* NULL, or the hit of the one wanted */
};

static bool naming_admit(void *context, uint64_t posting)
{
    const struct naming *naming = context;
    int64_t watch = posting_mention(posting);
    if (naming->wanted >= 0) return watch == naming->wanted;
    for (size_t i = 0; i < naming->told_count; i++)
        if (naming->told[i] == watch) return false;
    return true;
}

/* Enough for an officer to be told: the name with nothing against it, and the relative's where both are told.
 * A single word is borne by too many, unless age and district agree. */
static bool is_alike(const struct search_hit *hit, const char *name)
{
    int words = 0, sum = 0, likeness = hit_likeness(hit);
    if (hit->sex == SEARCH_DIFFERS || hit->age == SEARCH_DIFFERS) return false;
    bool theirs = false, ours = false;
    for (size_t i = 0; i < hit->reason_count; i++) {
        const struct search_reason *reason = &hit->reasons[i];
        if (!reason->relative) continue;
        ours = ours || reason->asked[0];
        theirs = theirs || reason->found[0];
        if (reason->how == SEARCH_BESIDE) continue;
        words++;
        sum += reason->how == SEARCH_MISSING ? 0 : reason->likeness;
    }
    if (ours && theirs) return likeness >= NAME_LEAST && sum / words >= RELATIVE_LEAST;
    bool told = hit->age == SEARCH_AGREES && hit->district == SEARCH_AGREES;
    return likeness >= NAME_ALONE_LEAST && (strchr(name, ' ') || told);
}

/* Whoever stands far below the best is not told by the engine; so it is asked again without those told until
 * nobody is alike, and no watch hides another. */
static void posting_compare(void *context, const struct search_person *person)
{
    struct naming *naming = context;
    struct search_query query = {.name = person->name,
        .relative = person->relative,
        .relation = person->relation,
        .sex = person->sex,
        .district = person->district,
        .admit = naming_admit,
        .context = naming};
    if (person->birth_year) {
        query.birth_year_from = person->birth_year - person->birth_spread;
        query.birth_year_to = person->birth_year + person->birth_spread;
    }
    struct search_result *result = ARENA_NEW(naming->arena, struct search_result);
    for (bool more = true; more && naming->told_count < WATCHES_ALIKE_MAX;) {
        more = false;
        search_find(naming->names->reader, &query, result);
        for (size_t i = 0; i < result->count && naming->told_count < WATCHES_ALIKE_MAX; i++) {
            const struct search_hit *hit = &result->hits[i];
            if (!is_alike(hit, person->name)) continue;
            if (naming->best && (naming->told_count == 0 || hit->score > naming->best->score))
                *naming->best = *hit;
            naming->told[naming->told_count++] = posting_mention(hit->id);
            more = naming->wanted < 0;
        }
    }
}

size_t watched_names_find(const struct watched_names *names, struct arena *arena,
    const struct mention_row *mention, const int64_t **ret_watches)
{
    struct naming *naming = ARENA_NEW(arena, struct naming);
    *naming = (struct naming){.names = names, .arena = arena, .wanted = -1};
    if (names->search) posting_each(mention, arena, posting_compare, naming);
    *ret_watches = naming->told;
    return naming->told_count;
}

bool watched_names_compare(struct watched_names *names, struct arena *arena, const struct watch_row *watch,
    const struct mention_row *mention, struct search_hit *ret)
{
    if (!watch->name || watched_names_add(names, watch) != E_OK) return false;
    struct naming *naming = ARENA_NEW(arena, struct naming);
    *naming = (struct naming){.names = names, .arena = arena, .wanted = watch->seq, .best = ret};
    posting_each(mention, arena, posting_compare, naming);
    return naming->told_count > 0;
}
