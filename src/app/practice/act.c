/* One step when its time has come: who files it, its diary entry, its body, and what follows from it. */
#include <string.h>

#include "app/practice/simulation.h"
#include "base/json.h"
#include "base/time.h"

#define TRIES_MAX 240

/* ---- filing ---- */

struct paper {
    struct simulation *simulation;
    struct thread *thread;
    struct person *subject;
    const struct step *step;
    const struct body *body;
    const struct form *form;
    const struct post *officer;
};

struct naming {
    struct fill *fill;
    const char *entry;
    int place;
};

/* People and things named here for the first time have the entry's id, a dot and their place, as views count
 * them. */
static bool name_visit(void *context, const struct form_visit *visit)
{
    struct naming *naming = context;
    if (visit->field->type != FIELD_COMPOSITE || !visit->field->composite->by_reference) return true;
    naming->place++;
    for (size_t i = 0; i < naming->fill->bind_count; i++) {
        if (strcmp(naming->fill->binds[i].path, visit->path) != 0) continue;
        struct thread *thread = naming->fill->thread;
        struct person *person = naming->fill->binds[i].person;
        struct thing *thing = naming->fill->binds[i].thing;
        const char *id = arena_printf(thread->arena, "%s.%d", naming->entry, naming->place);
        if (person && !person->id) person->id = id;
        if (person && !person->unknown) person->told = true;
        if (thing && !thing->id) thing->id = id;
    }
    return true;
}

/* What the form does not declare would be dropped in silence: a fault of practice/bodies. */
static void lost_values(struct fill *fill, const json_t *body)
{
    for (size_t i = 0; i < fill->pair_count && !fill->fault; i++)
        if (!json_at(body, fill->pairs[i].name))
            fill->fault =
                arena_printf(fill->simulation->scratch, "the form has no field %s", fill->pairs[i].name);
}

static enum err refused(struct paper *paper, const json_t *body)
{
    struct simulation *s = paper->simulation;
    struct buf text;
    buf_init(&text, s->scratch, FORM_BODY_BYTES_MAX);
    json_canonical(&text, body);
    s->refused_step = paper->step->name;
    s->refused_body = arena_printf(s->scratch, "%s by %s at %s: %s", paper->form->name,
        paper->officer->officer, paper->officer->office, text.data);
    return E_PROBLEM;
}

/* Forms that are never on a case stand alone, also when there is one. */
static const char *case_of(const struct paper *paper)
{
    if (!paper->form->on_case && !paper->form->on_any) return NULL;
    return paper->step->on_origin && paper->thread->origin ? paper->thread->origin : paper->thread->case_id;
}

static void filed(struct paper *paper, struct fill *fill, const json_t *body, const struct receipt *receipt)
{
    struct thread *thread = paper->thread;
    struct naming naming = {.fill = fill, .entry = receipt->id};
    form_walk(paper->form, body, paper->simulation->scratch, name_visit, &naming);
    const char *io =
        paper->form->assigns_io ? json_string_value(json_at(body, paper->form->assigns_io)) : NULL;
    if (io) thread->io = arena_strdup(thread->arena, io);
    if (!paper->form->opens) return;
    if (!io) thread->io = NULL;
    thread->origin = thread->case_id;
    thread->case_id = arena_strdup(thread->arena, receipt->case_id);
    thread->opened_at = receipt->filed_at;
}

static enum err paper_file(struct paper *paper, const char **ret_id)
{
    struct simulation *s = paper->simulation;
    struct thread *thread = paper->thread;
    struct fill *fill = ARENA_NEW(s->scratch, struct fill);
    *fill = (struct fill){.simulation = s,
        .thread = thread,
        .subject = paper->subject,
        .each_person = NULL,
        .officer = paper->officer};
    fill_body(fill, paper->body);
    json_t *body CLEANUP(json_drop) = form_body_from_pairs(
        node_forms(s->node), paper->form, fill->pairs, fill->pair_count, s->now, s->scratch);
    lost_values(fill, body);
    if (fill->fault) {
        problem_add(&s->problems, "practice_wrong", NULL, "what",
            arena_printf(s->scratch, "%s: body %s: %s", paper->body->file, paper->body->name, fill->fault),
            NULL);
        return refused(paper, body);
    }
    char id[ID_TEXT_SIZE];
    dice_id(&thread->dice, s->now, id);
    struct filing filing = {.officer = paper->officer->officer,
        .office = paper->officer->office,
        .id = id,
        .form = paper->form->name,
        .case_id = case_of(paper),
        .claimed_at = s->now,
        .seen_size = -1,
        .body = body};
    for (size_t i = 0; i < paper->step->to.count; i++)
        filing.to[filing.to_count++] = thread_office(s, thread, paper->step->to.words[i]);
    struct receipt receipt;
    enum err err = file_entry(s->node, &filing, &s->problems, &receipt);
    if (err != E_OK) return err == E_PROBLEM ? refused(paper, body) : err;
    s->filed++;
    filed(paper, fill, body, &receipt);
    *ret_id = arena_strdup(thread->arena, receipt.id);
    return E_OK;
}

static void done_add(struct simulation *s, struct thread *thread, const struct step *step,
    struct person *subject, const char *id)
{
    struct done *done = ARENA_NEW(thread->arena, struct done);
    *done = (struct done){step, subject, id, s->now, thread->done};
    thread->done = done;
}

/* ---- who ---- */

static void later(struct simulation *s, const struct event *event, int hours)
{
    struct event again = *event;
    again.at = working_time(s, event->thread, event->step, s->now + hours * TIME_HOUR_MS);
    again.tries++;
    if (again.tries < TRIES_MAX) queue_add(s, again);
}

/* Investigations and enquiries change hands on different forms: the one that goes with the kind of the case.
 */
static const struct step *change_step(struct simulation *s, const struct thread *thread)
{
    static const char *const names[] = {"io_change", "enquirer_change"};
    struct case_row row;
    if (!thread->case_id || case_get(node_writer(s->node), s->scratch, thread->case_id, &row) != E_OK)
        return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct step *step = table_step(s->tables, names[i]);
        const struct form *form = form_find(node_forms(s->node), step->form);
        if (form_fits_kind(form, row.kind)) return step;
    }
    return NULL;
}

/* An investigating officer who was transferred hands over; the station names another. *ret: somebody was
 * named. */
static enum err io_replace(struct simulation *s, const struct event *event, bool *ret)
{
    struct thread *thread = event->thread;
    const struct step *step = change_step(s, thread);
    *ret = false;
    if (!step) return E_OK;
    const struct post *sho = roster_pick(s, &thread->dice, &step->roles, thread->home->code);
    const struct post *io =
        roster_pick(s, &thread->dice, &(struct word_list){2, {"io", "sho"}}, thread->home->code);
    if (!sho || !io) return E_OK;
    thread->new_io = io->officer;
    const char *id;
    TRY(paper_file(&(struct paper){s, thread, NULL, step, table_body(s->tables, step->body),
                       form_find(node_forms(s->node), step->form), sho},
        &id));
    done_add(s, thread, step, NULL, id);
    thread->io = io->officer;
    *ret = true;
    return E_OK;
}

static bool still_posted(struct simulation *s, const char *officer, const char *office)
{
    return posting_at(node_writer(s->node), s->scratch, officer, office, s->now, &(struct posting){0});
}

/* The case's own investigating officer when he is named first; where others may stand in for him, one of
 * those present. */
static enum err officer_find(struct simulation *s, const struct event *event, const struct post **ret)
{
    struct thread *thread = event->thread;
    const struct word_list *roles = &event->step->roles;
    const char *office = thread_office(s, thread, event->step->place);
    *ret = NULL;
    if (strcmp(roles->words[0], "io") == 0 && thread->io) {
        bool replaced = true;
        if (!still_posted(s, thread->io, thread->home->code)) TRY(io_replace(s, event, &replaced));
        if (replaced) *ret = roster_officer(s, thread->io, thread->home->code);
    }
    bool alone = roles->count == 1 && strcmp(roles->words[0], "io") == 0;
    if (!*ret && !alone && office) *ret = roster_pick(s, &thread->dice, roles, office);
    return E_OK;
}

/* ---- the step ---- */

static void clock_set(struct simulation *s, int64_t at)
{
    if (at > s->now) s->now = at;
    *s->clock = s->now;
}

static enum err diary_write(struct simulation *s, const struct event *event)
{
    static const struct word_list writers = {4, {"head_constable", "duty_officer", "constable", "sho"}};
    struct thread *thread = event->thread;
    const struct step *step = table_step(s->tables, "diary");
    const struct post *writer = roster_pick(s, &thread->dice, &writers, thread->home->code);
    if (!writer) return E_OK;
    thread_var_set(thread, "kind", event->step->diary);
    const char *id;
    TRY(paper_file(&(struct paper){s, thread, event->subject, step, table_body(s->tables, step->body),
                       form_find(node_forms(s->node), step->form), writer},
        &id));
    done_add(s, thread, step, event->subject, id);
    clock_set(s, s->now + dice_between(&thread->dice, 2, DIARY_MINUTES_MAX) * 60000);
    return E_OK;
}

static bool ready(const struct event *event)
{
    for (size_t i = 0; i < event->step->needs.count; i++)
        if (!thread_done(event->thread, event->step->needs.words[i], event->subject)) return false;
    return true;
}

static void settle(struct simulation *s, const struct event *event, const char *id)
{
    const struct step *step = event->step;
    struct thread *thread = event->thread;
    struct word_list *flags = event->subject ? &event->subject->flags : &thread->flags;
    for (size_t i = 0; i < step->sets.count; i++) flags_set(flags, step->sets.words[i]);
    for (size_t i = 0; i < step->clears.count; i++) flags_clear(flags, step->clears.words[i]);
    if (step->takes_other) {
        const struct practice_office *home = thread->home;
        thread->home = thread->other;
        thread->other = home;
        thread->io = NULL;
    }
    if (flags_have(&step->sets, "identified"))
        for (size_t i = 0; i < thread_cast(thread, "accused")->count; i++)
            thread_cast(thread, "accused")->people[i]->unknown = false;
    done_add(s, thread, step, event->subject, id);
    if (step->form && strncmp(step->form, "posting", 7) == 0) roster_load(s);
    thread_follow(s, thread, step, event->subject);
}

/* Who files, and the investigating officer whom the form names; NULL: nobody is there. */
struct filers { const struct post *officer, *io; };

static enum err filers_find(
    struct simulation *s, const struct event *event, const struct form *form, struct filers *ret)
{
    static const struct word_list investigating = {2, {"io", "sho"}};
    TRY(officer_find(s, event, &ret->officer));
    ret->io = form->assigns_io
                  ? roster_pick(s, &event->thread->dice, &investigating, event->thread->home->code)
                  : ret->officer;
    return E_OK;
}

static bool still_there(struct simulation *s, const struct post *post)
{
    return roster_officer(s, post->officer, post->office) != NULL;
}

/* *ret_id is NULL when nobody was there to file. */
static enum err step_file(struct simulation *s, const struct event *event, const char **ret_id)
{
    const struct step *step = event->step;
    const struct form *form = form_find(node_forms(s->node), step->form);
    struct filers who;
    *ret_id = NULL;
    TRY(filers_find(s, event, form, &who));
    if (!who.officer || !who.io) return E_OK;
    event->thread->new_io = who.io->officer;
    if (step->diary) {
        TRY(diary_write(s, event)); /* its minutes may run past midnight, into somebody's leave */
        if (!still_there(s, who.officer) || !still_there(s, who.io)) TRY(filers_find(s, event, form, &who));
        if (!who.officer || !who.io) return E_OK;
        event->thread->new_io = who.io->officer;
    }
    struct paper paper = {
        s, event->thread, event->subject, step, table_body(s->tables, step->body), form, who.officer};
    return paper_file(&paper, ret_id);
}

enum err act(struct simulation *s, const struct event *event)
{
    const struct step *step = event->step;
    struct thread *thread = event->thread;
    arena_reset(s->scratch);
    s->problems = (struct problems){.arena = s->scratch};
    clock_set(s, event->at);
    if (step->times && thread_times(thread, step, event->subject) >= step->times) return E_OK;
    if (event->edge && !thread_passes(thread, event->subject, &event->edge->test)) return E_OK;
    if (!ready(event)) {
        later(s, event, 11);
        return E_OK;
    }
    const char *id = NULL;
    if (step->form) {
        TRY(step_file(s, event, &id));
        if (!id) {
            later(s, event, 9);
            return E_OK;
        }
    }
    settle(s, event, id);
    return E_OK;
}
