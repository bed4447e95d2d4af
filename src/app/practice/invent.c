/* Inventing people, things and the frame of an event from the tables of names, villages and stories. */
#include <assert.h>
#include <string.h>

#include "app/practice/simulation.h"

struct cast *thread_cast(struct thread *thread, const char *name)
{
    size_t i = 0;
    while (i < thread->cast_count && strcmp(thread->casts[i].name, name) != 0) i++;
    if (i == LISTS_MAX)
        return &thread->casts[LISTS_MAX - 1]; /* a story with too many lists shares its last */
    if (i == thread->cast_count) thread->casts[thread->cast_count++].name = name;
    return &thread->casts[i];
}

/* Invented numbers lie in one block that is not given to subscribers' names here. */
const char *person_phone(struct thread *thread)
{
    return arena_printf(thread->arena, "+9160000%05d", dice_between(&thread->dice, 0, 99999));
}

/* ---- people ---- */

static const struct practice_name *name_pick(
    struct thread *thread, const struct name_table *table, const char *religion)
{
    for (int tries = 0; tries < 200; tries++) {
        const struct practice_name *name = &table->rows[dice_below(&thread->dice, table->count)];
        if (!religion || strcmp(name->religion, religion) == 0) return name;
    }
    return &table->rows[0];
}

static struct table_text joined(
    struct arena *arena, const struct practice_name *given, const struct practice_name *surname)
{
    struct table_text text;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        text.text[lang] = arena_printf(arena, "%s %s", given->text.text[lang], surname->text.text[lang]);
    return text;
}

static bool look_is_woman(struct thread *thread, const char *look)
{
    if (strcmp(look, "woman") == 0 || strcmp(look, "girl") == 0) return true;
    if (strcmp(look, "any") == 0 || strcmp(look, "child") == 0) return dice_percent(&thread->dice, 35);
    return false;
}

static const char *occupation(struct simulation *s, struct thread *thread, bool woman, int age)
{
    const char *table = age < 15 ? "occupation_child" : woman ? "occupation_woman" : "occupation_man";
    const struct word_table *words = table_words(s->tables, table);
    return words ? words->rows[dice_below(&thread->dice, words->count)].text[LANG_EN] : "other";
}

static const struct practice_office *home_of_person(struct simulation *s, struct thread *thread)
{
    if (!dice_percent(&thread->dice, 18)) return thread->home;
    const struct practice_office *office =
        &s->tables->offices[dice_below(&thread->dice, s->tables->office_count)];
    return office->village_count ? office : thread->home;
}

/* A police officer who informs on his own knowledge is the officer himself, not an invented man. */
static void person_as_officer(struct simulation *s, struct thread *thread, struct person *person)
{
    const struct post *post =
        roster_pick(s, &thread->dice, &(struct word_list){2, {"io", "sho"}}, thread->home->code);
    if (!post) return;
    person->name = post->name;
    person->occupation = "police";
}

struct person *person_invent(
    struct simulation *s, struct thread *thread, const char *look, int age_min, int age_max)
{
    struct person *person = ARENA_NEW(thread->arena, struct person);
    bool woman = look_is_woman(thread, look);
    const struct practice_name *surname = name_pick(thread, &s->tables->surnames, NULL);
    person->age = dice_between(&thread->dice, age_min, age_max);
    person->name = joined(thread->arena,
        name_pick(thread, woman ? &s->tables->women : &s->tables->men, surname->religion), surname);
    person->relative = joined(thread->arena, name_pick(thread, &s->tables->men, surname->religion), surname);
    person->relation = woman && person->age > 22 && dice_percent(&thread->dice, 75) ? "husband" : "father";
    person->gender = woman ? "female" : "male";
    person->surname_religion = surname->religion;
    person->category = surname->category;
    person->occupation = occupation(s, thread, woman, person->age);
    person->phone = person->age >= 16 && dice_percent(&thread->dice, 80) ? person_phone(thread) : NULL;
    const struct practice_office *home = home_of_person(s, thread);
    person->village = home->villages[dice_below(&thread->dice, home->village_count)];
    person->tehsil = home->tehsil;
    person->station = home->code;
    flags_set(&person->flags, woman ? "woman" : "man");
    if (person->age < 18) flags_set(&person->flags, "child");
    if (strcmp(look, "police") == 0) person_as_officer(s, thread, person);
    return person;
}

static void people_invent(struct simulation *s, struct thread *thread)
{
    for (size_t i = 0; i < thread->story->cast_count; i++) {
        const struct story_cast *row = &thread->story->casts[i];
        struct cast *cast = thread_cast(thread, row->list);
        int count = dice_between(&thread->dice, row->count_min, row->count_max);
        for (int k = 0; k < count && cast->count < LIST_MEMBERS_MAX; k++) {
            struct person *person = NULL;
            if (strncmp(row->look, "as_", 3) == 0) person = thread_cast(thread, row->look + 3)->people[0];
            cast->people[cast->count++] =
                person ? person : person_invent(s, thread, row->look, row->age_min, row->age_max);
        }
    }
}

/* Who is not known is one "Unknown" in the FIR, and that very person when somebody finds out who it was. */
static void accused_name(struct thread *thread)
{
    struct cast *accused = thread_cast(thread, "accused"), *named = thread_cast(thread, "named");
    if (accused->count == 0) return;
    if (dice_percent(&thread->dice, thread->story->known_percent)) {
        flags_set(&thread->flags, "known");
        for (size_t i = 0; i < accused->count; i++) named->people[named->count++] = accused->people[i];
        return;
    }
    accused->people[0]->unknown = true;
    named->people[named->count++] = accused->people[0];
    if (dice_percent(&thread->dice, thread->story->found_percent)) flags_set(&thread->flags, "findable");
}

/* ---- things ---- */

static struct thing *thing_invent(struct simulation *s, struct thread *thread, const struct thing_kind *kind)
{
    struct thing *thing = ARENA_NEW(thread->arena, struct thing);
    struct fill *fill = ARENA_NEW(s->scratch, struct fill);
    *fill = (struct fill){.simulation = s, .thread = thread, .subpath = ""};
    thing->kind = kind;
    fill_body(fill, &kind->body);
    thing->pairs.pairs = ARENA_ARRAY(thread->arena, struct pair, fill->pair_count);
    for (size_t i = 0; i < fill->pair_count; i++) {
        struct pair pair = {arena_strdup(thread->arena, fill->pairs[i].name),
            arena_strdup(thread->arena, fill->pairs[i].value)};
        if (strcmp(pair.name, "description") == 0) thing->words.text[thread->lang] = pair.value;
        thing->pairs.pairs[thing->pairs.count++] = pair;
    }
    return thing;
}

static void things_invent(struct simulation *s, struct thread *thread)
{
    for (size_t i = 0; i < thread->story->things_count; i++) {
        const struct story_things *row = &thread->story->things[i];
        struct cast *cast = thread_cast(thread, row->list);
        int count = dice_between(&thread->dice, row->count_min, row->count_max);
        for (int k = 0; k < count && cast->count < LIST_MEMBERS_MAX; k++)
            cast->things[cast->count++] = thing_invent(s, thread,
                table_thing(s->tables, row->kinds.words[dice_below(&thread->dice, row->kinds.count)]));
    }
}

/* ---- the frame ---- */

static const struct word_list *offences_pick(struct thread *thread)
{
    const struct story *story = thread->story;
    size_t total = 0;
    for (size_t i = 0; i < story->offence_count; i++) total += (size_t)story->offences[i].weight;
    if (!total) return &story->offences[0].offences;
    size_t drawn = dice_below(&thread->dice, total);
    for (size_t i = 0; i < story->offence_count; i++) {
        if (drawn < (size_t)story->offences[i].weight) return &story->offences[i].offences;
        drawn -= (size_t)story->offences[i].weight;
    }
    return &story->offences[0].offences;
}

static void place_pick(struct simulation *s, struct thread *thread)
{
    const struct practice_office *home = thread->home;
    thread->village = home->villages[dice_below(&thread->dice, home->village_count)];
    thread->tehsil = home->tehsil;
    const struct word_table *landmarks = table_words(s->tables, "landmark");
    if (landmarks) thread->landmark = landmarks->rows[dice_below(&thread->dice, landmarks->count)];
    do thread->other = &s->tables->offices[dice_below(&thread->dice, s->tables->office_count)];
    while (thread->other == home || thread->other->weight == 0);
}

struct thread *thread_new(
    struct simulation *s, const struct story *story, const struct practice_office *home, int64_t happened_at)
{
    struct thread *thread = ARENA_NEW(s->arena, struct thread);
    *thread = (struct thread){.arena = s->arena,
        .dice = dice_seeded(s->seed, s->stream++),
        .story = story,
        .home = home,
        .happened_at = happened_at,
        .flags = story->flags};
    thread->lang = dice_percent(&thread->dice, 85) ? LANG_HI : LANG_EN;
    thread->offences = offences_pick(thread);
    thread->reported_at = happened_at + dice_delay(&thread->dice, story->reported_ms, story->reported_spread);
    place_pick(s, thread);
    for (size_t i = 0; i < story->var_count; i++)
        thread_var_set(thread, story->vars[i].name, story->vars[i].value);
    people_invent(s, thread);
    accused_name(thread);
    things_invent(s, thread);
    return thread;
}
