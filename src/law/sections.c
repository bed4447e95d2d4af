/* law/sections: joins the pieces of a clerk's string: which section belongs to which Act.
 *
 * People write the Act behind its sections ("302/34 IPC & 25 Arms Act") or before them ("IPC 302, 34"). What
 * comes first tells which; where the two are mixed, only what stands next to an Act is given to it. A section
 * whose Act is not clear is left with the reason, never guessed. */
#include "law/sections.h"

#include <string.h>

#include "base/text.h"

#define TEXT_BYTES_MAX 4000

struct binding {
    const struct law *law;
    struct arena *arena;
    int32_t day;
    const struct act *told[32]; /* Acts already told to be out of force */
    size_t told_count;
    struct section_reading *reading;
};

static void leave(struct binding *binding, const char *text, const char *why)
{
    struct section_reading *reading = binding->reading;
    size_t max = sizeof reading->left / sizeof reading->left[0];
    if (reading->left_count == max) {
        reading->left[max - 1].text = "…";
        reading->left[max - 1].why = "more that was not read";
        return;
    }
    reading->left[reading->left_count].text = text;
    reading->left[reading->left_count++].why = why;
}

/* Sections read all the same, but somebody should look at the date or the Act. */
static void tell_force(struct binding *binding, const struct act *act, const struct offence *offence)
{
    if (!offence->in_force)
        leave(binding, offence->name, arena_printf(binding->arena, "%s is not in force", offence->name));
    if (binding->day >= act->from_day && binding->day <= act->until_day) return;
    for (size_t i = 0; i < binding->told_count; i++)
        if (binding->told[i] == act) return;
    if (binding->told_count < sizeof binding->told / sizeof binding->told[0])
        binding->told[binding->told_count++] = act;
    leave(binding, act->code, arena_printf(binding->arena, "%s was not in force on that day", act->code));
}

static void take(struct binding *binding, const struct act *act, const struct offence *offence)
{
    struct section_reading *reading = binding->reading;
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading->offences[i], offence->name) == 0) return;
    if (reading->count == sizeof reading->offences / sizeof reading->offences[0]) {
        leave(binding, offence->name, "too many sections");
        return;
    }
    reading->offences[reading->count++] = offence->name;
    tell_force(binding, act, offence);
}

/* Some Acts are cited as prohibition/punishment, "3/8"; the law holds those pairs under that name. */
static const struct offence *pair_find(
    struct binding *binding, const struct act *act, const struct piece *first, const struct piece *end)
{
    const struct piece *second = first + 1;
    if (second == end || second->kind != PIECE_SECTION || !second->slash) return NULL;
    return offence_any_case(
        binding->law, arena_printf(binding->arena, "%s %s/%s", act->code, first->section, second->section));
}

/* Gives the sections from first up to end to the Act; why_not: the reason when there is none. */
static void bind(struct binding *binding, const struct act *act, const char *why_not,
    const struct piece *first, const struct piece *end)
{
    for (; first < end; first++) {
        if (first->kind != PIECE_SECTION) continue;
        if (first->why || !act) {
            leave(binding, first->text, first->why ? first->why : why_not);
            continue;
        }
        const struct offence *offence = pair_find(binding, act, first, end);
        if (offence) {
            first++;
        } else {
            const char *why;
            offence = section_resolve(binding->law, act->code, first->section, &why);
            if (!offence) {
                leave(binding, arena_printf(binding->arena, "%s %s", act->code, first->text), why);
                continue;
            }
        }
        take(binding, act, offence);
    }
}

static void bind_to(
    struct binding *binding, const struct piece *act, const struct piece *first, const struct piece *end)
{
    bind(binding, act->act, act->why, first, end);
}

static const struct piece *next_act(const struct piece *at, const struct piece *end)
{
    while (at < end && at->kind != PIECE_ACT) at++;
    return at;
}

static bool has_sections(const struct piece *at, const struct piece *end)
{
    for (; at < end; at++)
        if (at->kind == PIECE_SECTION) return true;
    return false;
}

/* Sections behind the last Act where Acts stand behind: theirs when only one code was named, else unclear. */
static void bind_trailing(
    struct binding *binding, const struct pieces *pieces, const struct piece *first, const struct piece *end)
{
    const struct act *only = NULL;
    bool clear = true;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->list[i];
        if (piece->kind != PIECE_ACT) continue;
        clear &= piece->act && (!only || only == piece->act);
        only = piece->act;
    }
    bool code = only && (strcmp(only->code, "IPC") == 0 || strcmp(only->code, "BNS") == 0);
    bind(binding, clear && code ? only : NULL, "it is not clear of which Act", first, end);
}

/* "302/34 IPC & 25 Arms Act": every Act closes the list before it. */
static void bind_acts_behind(struct binding *binding, const struct pieces *pieces)
{
    const struct piece *at = pieces->list, *end = at + pieces->count;
    for (;;) {
        const struct piece *act = next_act(at, end);
        if (act == end) break;
        bind_to(binding, act, at, act);
        if (!has_sections(at, act))
            leave(binding, act->text, act->why ? act->why : "an Act without a section");
        at = act + 1;
    }
    bind_trailing(binding, pieces, at, end);
}

/* "IPC 379, 411 & 25 Arms Act": where the list of the Act before ends and that of the last, empty one begins.
 * The pieces between *ret_end and the result belong to neither for certain. */
static const struct piece *split_before_last(
    const struct piece *first, const struct piece *end, const struct piece **ret_end)
{
    const struct piece *strong = NULL, *last = NULL;
    for (const struct piece *at = first; at < end; at++) {
        if (at->kind != PIECE_SECTION) continue;
        if (at->strong && last) strong = at;
        last = at;
    }
    if (strong || !last || last == first) {
        *ret_end = strong ? strong : end;
        return strong ? strong : end;
    }
    *ret_end = first + 1;
    return last;
}

/* "IPC 302, 34; Arms Act 25": every Act opens the list behind it. */
static void bind_acts_before(struct binding *binding, const struct pieces *pieces)
{
    const struct piece *act = next_act(pieces->list, pieces->list + pieces->count);
    const struct piece *end = pieces->list + pieces->count;
    while (act < end) {
        const struct piece *first = act + 1, *next = next_act(first, end);
        bool next_empty = next < end && !has_sections(next + 1, next_act(next + 1, end));
        if (next_empty && has_sections(first, next)) {
            const struct piece *own_end, *theirs = split_before_last(first, next, &own_end);
            bind_to(binding, act, first, own_end);
            bind(binding, NULL, "it is not clear of which Act", own_end, theirs);
            bind_to(binding, next, theirs, next);
            if (!has_sections(theirs, next))
                leave(binding, next->text, next->why ? next->why : "an Act without a section");
            act = next_act(next + 1, end);
            continue;
        }
        bind_to(binding, act, first, next);
        if (!has_sections(first, next))
            leave(binding, act->text, act->why ? act->why : "an Act without a section");
        act = next;
    }
}

void law_read_sections(
    const struct law *law, struct arena *arena, const char *text, int32_t day, struct section_reading *ret)
{
    ret->count = ret->left_count = 0;
    struct binding binding = {.law = law, .arena = arena, .day = day, .reading = ret};
    size_t n = strlen(text);
    if (n > TEXT_BYTES_MAX || !text_valid(text, n)) {
        leave(&binding, "", n > TEXT_BYTES_MAX ? "too long for a list of sections" : "not text");
        return;
    }
    struct pieces *pieces = ARENA_NEW(arena, struct pieces);
    section_pieces_read(law, arena, text, pieces);
    const struct piece *end = pieces->list + pieces->count, *first = pieces->list;
    for (const struct piece *at = first; at < end; at++)
        if (at->kind == PIECE_NOISE) leave(&binding, at->text, at->why);
    while (first < end && first->kind == PIECE_NOISE) first++;
    if (next_act(first, end) == end)
        bind(&binding, act_find(law, law_code_of_day(day)), NULL, first, end);
    else if (first->kind == PIECE_ACT)
        bind_acts_before(&binding, pieces);
    else
        bind_acts_behind(&binding, pieces);
    if (pieces->too_many) leave(&binding, "…", "more that was not read");
}
