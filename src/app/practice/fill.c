/* A body from its lines: the same name=value pairs a page would send, so that the form itself types the
 * values. */
#include <string.h>

#include "app/practice/simulation.h"

static const char *full_path(struct fill *fill, const char *path)
{
    struct arena *arena = fill->simulation->scratch;
    const char *star = strchr(path, '*');
    if (star) path = arena_printf(arena, "%.*s%zu%s", (int)(star - path), path, fill->row, star + 1);
    return fill->subpath && *fill->subpath ? arena_printf(arena, "%s.%s", fill->subpath, path) : path;
}

void fill_pair(struct fill *fill, const char *path, const char *value)
{
    if (!value || !*value) return;
    if (fill->pair_count == sizeof fill->pairs / sizeof *fill->pairs)
        fill->fault = "too many values";
    else
        fill->pairs[fill->pair_count++] = (struct pair){full_path(fill, path), value};
}

static void pair_at(struct fill *fill, const char *path, const char *member, const char *value)
{
    fill_pair(fill, arena_printf(fill->simulation->scratch, "%s.%s", path, member), value);
}

static const char *number_text(struct fill *fill, int number)
{
    return arena_printf(fill->simulation->scratch, "%d", number);
}

static void bind(struct fill *fill, const char *path, struct person *person, struct thing *thing)
{
    if (fill->bind_count == sizeof fill->binds / sizeof *fill->binds) {
        fill->fault = "too many people and things";
        return;
    }
    fill->binds[fill->bind_count].path = full_path(fill, path);
    fill->binds[fill->bind_count].person = person;
    fill->binds[fill->bind_count++].thing = thing;
}

/* ---- people ---- */

static void address_put(struct fill *fill, const char *path, const struct table_text *village,
    const struct table_text *tehsil, const char *station)
{
    enum lang lang = fill->thread->lang;
    pair_at(fill, path, "village", village->text[lang]);
    pair_at(fill, path, "subdistrict", tehsil->text[lang]);
    pair_at(fill, path, "district", lang == LANG_HI ? "बलौदाबाजार-भाटापारा" : "Baloda Bazar-Bhatapara");
    pair_at(fill, path, "state", "chhattisgarh");
    pair_at(fill, path, "country", "india");
    pair_at(fill, path, "station", station);
}

static void particulars_put(struct fill *fill, const char *path, const struct person *person)
{
    struct arena *arena = fill->simulation->scratch;
    enum lang lang = fill->thread->lang, second = lang == LANG_HI ? LANG_EN : LANG_HI;
    pair_at(fill, path, "name", person->name.text[lang]);
    pair_at(fill, path, "name_other", person->name.text[second]);
    pair_at(fill, path, "relation", person->relation);
    pair_at(fill, path, "relative_name", person->relative.text[lang]);
    pair_at(fill, path, "relative_name_other", person->relative.text[second]);
    pair_at(fill, path, "gender", person->gender);
    pair_at(fill, path, "age_kind", "age");
    pair_at(fill, path, "age_years", number_text(fill, person->age));
    pair_at(fill, path, "nationality", "india");
    pair_at(fill, path, "religion", person->surname_religion);
    pair_at(fill, path, "category", person->category);
    pair_at(fill, path, "occupation", person->occupation);
    pair_at(fill, path, "phones.0", person->phone);
    pair_at(fill, path, "addresses.0.kind", "present");
    address_put(fill, arena_printf(arena, "%s.addresses.0.address", path), &person->village, &person->tehsil,
        person->station);
}

/* By reference once he is in the register; his particulars once, when they are known. */
static void person_put(struct fill *fill, const char *path, struct person *person)
{
    if (person->id)
        pair_at(fill, path, "ref", person->id);
    else if (person->unknown)
        pair_at(fill, path, "name", fill->thread->lang == LANG_HI ? "अज्ञात" : "Unknown");
    if (!person->told && !person->unknown) particulars_put(fill, path, person);
    bind(fill, path, person, NULL);
}

static void thing_put(struct fill *fill, const char *path, struct thing *thing)
{
    if (thing->id)
        pair_at(fill, path, "ref", thing->id);
    else
        for (size_t i = 0; i < thing->pairs.count; i++)
            pair_at(fill, path, thing->pairs.pairs[i].name, thing->pairs.pairs[i].value);
    bind(fill, path, NULL, thing);
}

/* ---- lines ---- */

static struct person *person_of(struct fill *fill, const char *what)
{
    if (strcmp(what, "each") == 0) return fill->each_person;
    if (strcmp(what, "subject") == 0) return fill->subject;
    struct cast *cast = thread_cast(fill->thread, what);
    return cast->count ? cast->people[0] : NULL;
}

static void address_line(struct fill *fill, const char *path, const char *what)
{
    const struct thread *thread = fill->thread;
    if (strcmp(what, "scene") == 0) {
        address_put(fill, path, &thread->village, &thread->tehsil, thread->home->code);
        pair_at(fill, path, "landmark", thread->landmark.text[thread->lang]);
    } else {
        const struct person *person = person_of(fill, what);
        if (person)
            address_put(fill, path, &person->village, &person->tehsil, person->station);
        else
            fill->fault = "there is nobody whose address is meant";
    }
}

static void lines_fill(struct fill *fill, const struct body *body, size_t from, size_t to);

/* The lines of a block for every member of a list; "offences" is the thread's, "a,b" are plain words. */
static void each_line(struct fill *fill, const struct body *body, size_t at)
{
    const struct body_line *line = &body->lines[at];
    struct fill outer = {.each_person = fill->each_person,
        .each_thing = fill->each_thing,
        .each_word = fill->each_word,
        .row = fill->row};
    const struct word_list *words = strcmp(line->what, "offences") == 0 ? fill->thread->offences : NULL;
    const struct cast *cast = words ? NULL : thread_cast(fill->thread, line->what);
    size_t count = words ? words->count : cast->count, row = 0;
    for (size_t i = 0; i < count; i++) {
        struct person *person = cast ? cast->people[i] : NULL;
        if (!thread_passes(fill->thread, person, &line->test)) continue;
        fill->each_person = person;
        fill->each_thing = cast ? cast->things[i] : NULL;
        fill->each_word = words ? words->words[i] : NULL;
        fill->row = row++;
        lines_fill(fill, body, at + 1, line->end);
    }
    fill->each_person = outer.each_person;
    fill->each_thing = outer.each_thing;
    fill->each_word = outer.each_word;
    fill->row = outer.row;
}

static void line_fill(struct fill *fill, const struct body *body, size_t at)
{
    const struct body_line *line = &body->lines[at];
    struct person *person;
    switch (line->kind) {
    case BODY_FIELD:
        fill_pair(fill, line->path, fill_words(fill, line->value.text[fill->thread->lang]));
        break;
    case BODY_PERSON:
        person = person_of(fill, line->what);
        if (person)
            person_put(fill, line->path, person);
        else
            fill->fault =
                arena_printf(fill->simulation->scratch, "line %d: nobody is on that list", line->number);
        break;
    case BODY_THING:
        if (fill->each_thing)
            thing_put(fill, line->path, fill->each_thing);
        else
            fill->fault = "a thing outside an each of things";
        break;
    case BODY_ADDRESS: address_line(fill, line->path, line->what); break;
    case BODY_EACH: each_line(fill, body, at); break;
    }
}

static void lines_fill(struct fill *fill, const struct body *body, size_t from, size_t to)
{
    for (size_t i = from; i < to && !fill->fault; i++) {
        const struct body_line *line = &body->lines[i];
        struct person *who = fill->each_person ? fill->each_person : fill->subject;
        if (line->kind == BODY_EACH || thread_passes(fill->thread, who, &line->test))
            line_fill(fill, body, i);
        if (line->kind == BODY_EACH) i = line->end - 1;
    }
}

void fill_body(struct fill *fill, const struct body *body)
{
    lines_fill(fill, body, 0, body->count);
}
