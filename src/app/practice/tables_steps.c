/* practice/stories and practice/steps: what happens, and what is filed about it, by whom and when. */
#include <string.h>

#include "app/practice/tables.h"

/* ---- stories ---- */

static void cast_read(struct reading *reading, struct story *story)
{
    if (story->cast_count == sizeof story->casts / sizeof *story->casts) {
        reading_wrong(reading, "too many in the cast");
        return;
    }
    struct story_cast *cast = &story->casts[story->cast_count++];
    cast->list = reading_word(reading);
    reading_range(reading, &cast->count_min, &cast->count_max);
    cast->look = reading_word(reading);
    reading_range(reading, &cast->age_min, &cast->age_max);
}

static void story_things_read(struct reading *reading, struct story *story)
{
    if (story->things_count == sizeof story->things / sizeof *story->things) {
        reading_wrong(reading, "too many things");
        return;
    }
    struct story_things *things = &story->things[story->things_count++];
    things->list = reading_word(reading);
    reading_range(reading, &things->count_min, &things->count_max);
    reading_list(reading, &things->kinds, reading_word(reading));
    for (size_t i = 0; i < things->kinds.count; i++)
        if (!table_thing(reading->tables, things->kinds.words[i]))
            reading_wrong(reading, "there is no such thing");
}

static void offences_read(struct reading *reading, struct story *story)
{
    if (story->offence_count == sizeof story->offences / sizeof *story->offences) {
        reading_wrong(reading, "too many rows of offences");
        return;
    }
    story->offences[story->offence_count].weight = reading_int(reading);
    reading_list(
        reading, &story->offences[story->offence_count++].offences, reading_text(reading, 0).text[LANG_EN]);
}

static void var_read(struct reading *reading, struct story *story)
{
    if (story->var_count == sizeof story->vars / sizeof *story->vars) {
        reading_wrong(reading, "too many values");
        return;
    }
    story->vars[story->var_count].name = reading_word(reading);
    story->vars[story->var_count++].value = reading_word(reading);
}

static void story_line_read(struct reading *reading, struct story *story)
{
    if (reading_is(reading, "flags"))
        reading_list(reading, &story->flags, reading_word(reading));
    else if (reading_is(reading, "offences"))
        offences_read(reading, story);
    else if (reading_is(reading, "cast"))
        cast_read(reading, story);
    else if (reading_is(reading, "things"))
        story_things_read(reading, story);
    else if (reading_is(reading, "known"))
        story->known_percent = reading_int(reading);
    else if (reading_is(reading, "found"))
        story->found_percent = reading_int(reading);
    else if (reading_is(reading, "hours"))
        story->hours = reading_word(reading);
    else if (reading_is(reading, "value"))
        var_read(reading, story);
    else if (reading_is(reading, "told"))
        story->text = reading_text(reading, 0);
    else if (reading_is(reading, "reported")) {
        story->reported_ms = reading_duration(reading);
        story->reported_spread = reading_spread(reading);
    } else
        reading_wrong(reading, "a story has no such line");
}

bool stories_read(struct tables *tables)
{
    struct reading reading;
    struct story *story = NULL;
    if (!reading_open(&reading, tables, "practice/stories")) return false;
    while (reading_next(&reading)) {
        if (reading_is(&reading, "story")) {
            if (tables->story_count == sizeof tables->stories / sizeof *tables->stories) {
                reading_wrong(&reading, "too many stories");
                break;
            }
            story = &tables->stories[tables->story_count++];
            *story = (struct story){.name = reading_word(&reading),
                .group = reading_word(&reading),
                .known_percent = 100,
                .hours = "any",
                .reported_ms = 1,
                .reported_spread = 1};
            story->weight = reading_int(&reading);
            story->label = reading_text(&reading, 0);
        } else if (story)
            story_line_read(&reading, story);
        else
            reading_wrong(&reading, "a story belongs here");
    }
    return !reading.wrong;
}

/* ---- steps ---- */

static void step_words_read(struct reading *reading, struct step *step)
{
    while (reading->at < reading->line.word_count && !reading->wrong) {
        if (reading_is(reading, "form"))
            step->form = reading_word(reading);
        else if (reading_is(reading, "body"))
            step->body = reading_word(reading);
        else if (reading_is(reading, "by"))
            reading_list(reading, &step->roles, reading_word(reading));
        else if (reading_is(reading, "at"))
            step->place = reading_word(reading);
        else if (reading_is(reading, "each"))
            step->each = reading_word(reading);
        else if (reading_is(reading, "diary"))
            step->diary = reading_word(reading);
        else if (reading_is(reading, "to"))
            reading_list(reading, &step->to, reading_word(reading));
        else if (reading_is(reading, "sets"))
            reading_list(reading, &step->sets, reading_word(reading));
        else if (reading_is(reading, "clears"))
            reading_list(reading, &step->clears, reading_word(reading));
        else if (reading_is(reading, "needs"))
            reading_list(reading, &step->needs, reading_word(reading));
        else if (reading_is(reading, "times"))
            step->times = reading_int(reading);
        else if (reading_is(reading, "takes_other"))
            step->takes_other = true;
        else if (reading_is(reading, "on_origin"))
            step->on_origin = true;
        else if (reading_is(reading, "any_hour"))
            step->any_hour = true;
        else
            reading_wrong(reading, "a step knows no such word");
    }
    if (step->form && !step->body) step->body = step->name;
    if (step->form && !table_body(reading->tables, step->body))
        reading_wrong(reading, "the step has no body");
    if (step->form && step->roles.count == 0) reading_wrong(reading, "nobody files the step");
}

/* Edges name steps that may stand further down, so steps are read first. */
static bool steps_pass(struct tables *tables, void (*on_step)(struct reading *, size_t *),
    void (*on_line)(struct reading *, size_t))
{
    struct reading reading;
    size_t step = 0;
    if (!reading_open(&reading, tables, "practice/steps")) return false;
    while (reading_next(&reading)) {
        if (reading_is(&reading, "step"))
            on_step(&reading, &step);
        else
            on_line(&reading, step);
    }
    return !reading.wrong;
}

static void step_add(struct reading *reading, size_t *step)
{
    struct tables *t = reading->tables;
    if (t->step_count == sizeof t->steps / sizeof *t->steps) {
        reading_wrong(reading, "too many steps");
        return;
    }
    *step = t->step_count++;
    t->steps[*step] = (struct step){.name = reading_word(reading), .place = "", .times = 1};
    step_words_read(reading, &t->steps[*step]);
}

static void line_pass(struct reading *reading, size_t step)
{
    (void)reading, (void)step;
}

static void step_find(struct reading *reading, size_t *step)
{
    *step = (size_t)(table_step(reading->tables, reading_word(reading)) - reading->tables->steps);
}

static void edge_read(struct reading *reading, size_t step)
{
    struct tables *t = reading->tables;
    const struct step *after = table_step(t, reading_word(reading));
    if (!after || t->edge_count == sizeof t->edges / sizeof *t->edges) {
        reading_wrong(reading, "there is no such step to come after, or there are too many edges");
        return;
    }
    struct edge *edge = &t->edges[t->edge_count++];
    *edge = (struct edge){.after = (size_t)(after - t->steps), .step = step, .chance = 100, .spread = 1};
    while (reading->at < reading->line.word_count && !reading->wrong) {
        if (reading_is(reading, "chance"))
            edge->chance = reading_int(reading);
        else if (reading_is(reading, "share"))
            edge->share = reading_int(reading);
        else if (reading_is(reading, "most"))
            edge->most_ms = reading_duration(reading);
        else if (reading_is(reading, "in")) {
            edge->median_ms = reading_duration(reading);
            if (reading->at < reading->line.word_count && reading->line.words[reading->at][0] == 'x')
                edge->spread = reading_spread(reading);
        } else {
            size_t before = reading->at;
            reading_test(reading, &edge->test);
            if (reading->at == before) reading_wrong(reading, "an edge knows no such word");
        }
    }
}

static void start_read(struct reading *reading, size_t step)
{
    struct tables *t = reading->tables;
    if (t->start_count == sizeof t->starts / sizeof *t->starts) {
        reading_wrong(reading, "too many starts");
        return;
    }
    struct start *start = &t->starts[t->start_count++];
    start->step = step;
    start->group = reading_word(reading);
    if (reading_is(reading, "percent")) start->rate = reading_int(reading) / 100.0;
}

static void start_flag_read(struct reading *reading)
{
    struct tables *t = reading->tables;
    struct start *start = t->start_count ? &t->starts[t->start_count - 1] : NULL;
    if (!start || start->flag_count == sizeof start->flags / sizeof *start->flags) {
        reading_wrong(reading, "no start to give the flag to, or too many");
        return;
    }
    start->flags[start->flag_count].flag = reading_word(reading);
    start->flags[start->flag_count++].percent = reading_int(reading);
}

static void step_line_read(struct reading *reading, size_t step)
{
    if (reading_is(reading, "after"))
        edge_read(reading, step);
    else if (reading_is(reading, "start"))
        start_read(reading, step);
    else if (reading_is(reading, "flag"))
        start_flag_read(reading);
    else
        reading_wrong(reading, "step, after, start or flag belongs here");
}

bool steps_read(struct tables *tables)
{
    return steps_pass(tables, step_add, line_pass) && steps_pass(tables, step_find, step_line_read);
}
