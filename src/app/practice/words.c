/* What stands in {braces} in the data: times, offices, people, drawn words. Places may stand inside places:
 * {pick diary_{kind}}. A new one is a row of the table. */
#include <stdlib.h>
#include <string.h>

#include "app/practice/simulation.h"
#include "base/time.h"

#define ARGUMENTS_MAX 6

struct call { struct fill *fill; size_t count; const char *words[ARGUMENTS_MAX]; };

static struct arena *arena_of(const struct call *call) { return call->fill->simulation->scratch; }

static const char *argument_at(const struct call *call, size_t i) { return i < call->count ? call->words[i] : ""; }

static const char *fault(const struct call *call, const char *what)
{
    call->fill->fault = arena_printf(arena_of(call), "%s: {%s %s …}", what, argument_at(call, 0), argument_at(call, 1));
    return "";
}

/* ---- times ---- */

static int64_t time_named(const struct call *call, const char *name)
{
    const struct thread *thread = call->fill->thread;
    if (strcmp(name, "now") == 0) return call->fill->simulation->now;
    if (strcmp(name, "happened") == 0) return thread->happened_at;
    if (strcmp(name, "reported") == 0) return thread->reported_at;
    if (strcmp(name, "opened") == 0) return thread->opened_at;
    const struct done *done = thread_done(thread, name, call->fill->subject);
    if (!done) fault(call, "no such time");
    return done ? done->at : 0;
}

/* "-2h", "+3d", "-20m..-90m" */
static int64_t offset_read(const struct call *call, const char *text)
{
    int64_t ends[2] = { 0, 0 };
    for (int i = 0; i < 2 && *text; i++) {
        int sign = *text == '-' ? -1 : 1;
        size_t n = strcspn(text, ".");
        const char *one = arena_strndup(arena_of(call), text, n);
        if ((*one != '-' && *one != '+') || !duration_read(one + 1, &ends[i])) fault(call, "no such offset");
        ends[i] *= sign;
        text += n + strspn(text + n, ".");
        if (i == 0) ends[1] = ends[0];
    }
    int64_t low = ends[0] < ends[1] ? ends[0] : ends[1], high = ends[0] < ends[1] ? ends[1] : ends[0];
    return low + (int64_t)dice_below(&call->fill->thread->dice, (size_t)((high - low) / 60000 + 1)) * 60000;
}

/* {at NAME OFFSET from NAME}: not before the second time; what is told of now not before the case was opened. */
static int64_t instant(const struct call *call)
{
    int64_t at = time_named(call, argument_at(call, 1)) + offset_read(call, argument_at(call, 2));
    int64_t floor = strcmp(argument_at(call, 3), "from") == 0 ? time_named(call, argument_at(call, 4))
        : strcmp(argument_at(call, 1), "now") == 0 ? call->fill->thread->opened_at : 0;
    return at < floor ? floor : at;
}

static const char *word_at(const struct call *call) { return time_text(arena_of(call), instant(call)); }

static const char *word_day(const struct call *call)
{
    return time_date_text(arena_of(call), time_day_number(instant(call)));
}

static const char *word_when(const struct call *call)
{
    return time_people_text(arena_of(call), instant(call), call->fill->thread->lang);
}

/* ---- entries, offices, officers ---- */

static const char *word_entry(const struct call *call)
{
    const struct done *done = thread_done(call->fill->thread, argument_at(call, 1), call->fill->each_person
        ? call->fill->each_person : call->fill->subject);
    return done ? done->id : fault(call, "no such entry");
}

static const char *word_office(const struct call *call)
{
    const char *code = thread_office(call->fill->simulation, call->fill->thread,
        call->count > 1 ? argument_at(call, 1) : "");
    return code ? code : fault(call, "no such office");
}

static const char *word_office_name(const struct call *call)
{
    const char *code = word_office(call);
    const struct practice_office *office = table_office_coded(call->fill->simulation->tables, code);
    return office ? office->name.text[call->fill->thread->lang] : "";
}

/* {officer ROLE PLACE}: io is the case's; me is who files. */
static const struct post *post_named(const struct call *call)
{
    struct simulation *s = call->fill->simulation;
    struct thread *thread = call->fill->thread;
    const char *role = argument_at(call, 1);
    const char *office = thread_office(s, thread, argument_at(call, 2));
    if (strcmp(role, "me") == 0) return call->fill->officer;
    const char *named = strcmp(role, "io") == 0 ? thread->io : strcmp(role, "new_io") == 0 ? thread->new_io : NULL;
    for (size_t i = 0; named && i < s->post_count; i++)
        if (strcmp(s->posts[i].officer, named) == 0) return &s->posts[i];
    const struct post *post =
        office ? roster_pick(s, &thread->dice, &(struct word_list){ 2, { role, "sho" } }, office) : NULL;
    return post ? post : call->fill->officer;
}

static const char *word_officer(const struct call *call)
{
    const struct post *post = post_named(call);
    return post ? post->officer : fault(call, "no such officer");
}

static const char *word_officer_name(const struct call *call)
{
    const struct post *post = post_named(call);
    return post ? post->name.text[call->fill->thread->lang] : fault(call, "no such officer");
}

/* ---- drawn values ---- */

static const char *word_pick(const struct call *call)
{
    const struct word_table *table = table_words(call->fill->simulation->tables, argument_at(call, 1));
    if (!table || !table->count) return fault(call, "no such words");
    struct thread *thread = call->fill->thread;
    return fill_words(call->fill, table->rows[dice_below(&thread->dice, table->count)].text[thread->lang]);
}

static int bound(const struct call *call, size_t i) { return (int)strtol(argument_at(call, i), NULL, 10); }

static int drawn(const struct call *call)
{
    int low = bound(call, 1), high = bound(call, 2);
    return dice_between(&call->fill->thread->dice, low, high < low ? low : high);
}

static const char *word_number(const struct call *call) { return arena_printf(arena_of(call), "%d", drawn(call)); }

static const char *word_money(const struct call *call)
{
    int amount = drawn(call);
    return arena_printf(arena_of(call), "%d", amount > 1000 ? amount / 100 * 100 : amount);
}

static const char *word_decimal(const struct call *call)
{
    return arena_printf(arena_of(call), "%d.%d", drawn(call), dice_between(&call->fill->thread->dice, 1, 9));
}

static const char *word_digits(const struct call *call)
{
    char digits[24] = "";
    int count = bound(call, 1);
    for (int i = 0; i < count && i < 23; i++)
        digits[i] = (char)('0' + dice_between(&call->fill->thread->dice, i == 0, 9));
    return arena_strdup(arena_of(call), digits);
}

static const char *word_phone(const struct call *call) { return person_phone(call->fill->thread); }

/* CG22 is the district's transport office. */
static const char *word_vehicle(const struct call *call)
{
    struct dice *dice = &call->fill->thread->dice;
    return arena_printf(arena_of(call), "CG22%c%c%04d", dice_between(dice, 'A', 'H'), dice_between(dice, 'A', 'H'),
        dice_between(dice, 1, 9999));
}

static const char *word_cnr(const struct call *call)
{
    struct simulation *s = call->fill->simulation;
    bool sessions = strcmp(argument_at(call, 1), "sessions") == 0;
    return arena_printf(arena_of(call), "CGBB0%d%06d%04d", sessions ? 1 : 2, ++s->court_number, time_civil(s->now).year);
}

static const char *word_year(const struct call *call)
{
    return arena_printf(arena_of(call), "%d", time_civil(call->fill->simulation->now).year);
}

/* ---- lists ---- */

static const char *word_names(const struct call *call)
{
    const struct cast *cast = thread_cast(call->fill->thread, argument_at(call, 1));
    enum lang lang = call->fill->thread->lang;
    struct buf text;
    buf_init(&text, arena_of(call), 4000);
    for (size_t i = 0; i < cast->count; i++) {
        if (text.len) buf_puts(&text, ", ");
        if (cast->people[i] && cast->people[i]->unknown) buf_puts(&text, lang == LANG_HI ? "अज्ञात व्यक्ति" : "an unknown person");
        else buf_puts(&text, cast->people[i] ? cast->people[i]->name.text[lang] : cast->things[i]->words.text[lang]);
    }
    return text.data;
}

static const char *word_offences(const struct call *call)
{
    struct buf text;
    buf_init(&text, arena_of(call), 1000);
    for (size_t i = 0; i < call->fill->thread->offences->count; i++) {
        if (i) buf_puts(&text, ", ");
        buf_puts(&text, call->fill->thread->offences->words[i]);
    }
    return text.data;
}

static const char *word_count(const struct call *call)
{
    return arena_printf(arena_of(call), "%zu", thread_cast(call->fill->thread, argument_at(call, 1))->count);
}

static const char *word_offence(const struct call *call)
{
    return call->fill->each_word ? call->fill->each_word : call->fill->thread->offences->words[0];
}

/* The gravest of the story comes first. */
static const char *word_first_offence(const struct call *call) { return call->fill->thread->offences->words[0]; }

static const char *word_serial(const struct call *call) { return arena_printf(arena_of(call), "%zu", call->fill->row + 1); }

static const char *word_letter(const struct call *call)
{
    return arena_printf(arena_of(call), "%c", (char)('A' + (char)call->fill->row));
}

static const char *word_times(const struct call *call)
{
    const struct step *step = table_step(call->fill->simulation->tables, argument_at(call, 1));
    return step ? arena_printf(arena_of(call), "%d", thread_times(call->fill->thread, step, call->fill->subject) + 1)
                : fault(call, "no such step");
}

static const char *word_told(const struct call *call)
{
    return fill_words(call->fill, call->fill->thread->story->text.text[call->fill->thread->lang]);
}

/* A value the story may have: a code for a field that can stay empty. */
static const char *word_value(const struct call *call)
{
    const char *value = thread_var(call->fill->thread, argument_at(call, 1));
    return value ? value : "";
}

/* {keep NAME VALUE}: the value, also for later lines. */
static const char *word_keep(const struct call *call)
{
    const char *value = arena_strdup(call->fill->thread->arena, argument_at(call, 2));
    thread_var_set(call->fill->thread, arena_strdup(call->fill->thread->arena, argument_at(call, 1)), value);
    return value;
}

/* {words_of LIST CODE} */
static const char *word_words_of(const struct call *call)
{
    return code_label(node_forms(call->fill->simulation->node), argument_at(call, 1), argument_at(call, 2),
        call->fill->thread->lang);
}

static const char *word_label(const struct call *call)
{
    return call->fill->thread->story->label.text[call->fill->thread->lang];
}

/* How the thing at hand is kept and examined. */
static const char *word_thing(const struct call *call)
{
    const struct thing *thing = call->fill->each_thing;
    if (!thing) return fault(call, "no thing here");
    const char *member = argument_at(call, 1);
    if (strcmp(member, "store") == 0) return thing->kind->store ? thing->kind->store : "valuables";
    if (strcmp(member, "division") == 0) return thing->kind->division ? thing->kind->division : "physics";
    return thing->words.text[call->fill->thread->lang];
}

static const char *word_division(const struct call *call)
{
    const struct cast *cast = thread_cast(call->fill->thread, argument_at(call, 1));
    for (size_t i = 0; i < cast->count; i++)
        if (cast->things[i] && cast->things[i]->kind->division) return cast->things[i]->kind->division;
    return "physics";
}

static const struct { const char *name; const char *(*make)(const struct call *call); } calls[] = {
    { "at", word_at }, { "cnr", word_cnr }, { "code", word_pick }, { "count", word_count }, { "day", word_day },
    { "decimal", word_decimal }, { "digits", word_digits }, { "division", word_division }, { "entry", word_entry }, { "first_offence", word_first_offence },
    { "keep", word_keep }, { "label", word_label }, { "letter", word_letter }, { "money", word_money }, { "names", word_names },
    { "number", word_number }, { "offence", word_offence }, { "offences", word_offences }, { "office", word_office },
    { "office_name", word_office_name }, { "officer", word_officer }, { "officer_name", word_officer_name },
    { "phone", word_phone }, { "pick", word_pick }, { "serial", word_serial }, { "thing", word_thing },
    { "times", word_times }, { "told", word_told }, { "value", word_value }, { "vehicle", word_vehicle }, { "when", word_when },
    { "words_of", word_words_of }, { "year", word_year },
};

/* ---- {LIST.member} and values of the story ---- */

static const char *person_member(const struct person *person, const char *member, enum lang lang, struct arena *arena)
{
    const char *unknown = lang == LANG_HI ? "अज्ञात" : "Unknown";
    if (strcmp(member, "name") == 0) return person->unknown ? unknown : person->name.text[lang];
    if (strcmp(member, "relative") == 0) return person->relative.text[lang];
    if (strcmp(member, "relation") == 0) return person->relation;
    if (strcmp(member, "village") == 0) return person->village.text[lang];
    if (strcmp(member, "age") == 0) return arena_printf(arena, "%d", person->age);
    if (strcmp(member, "phone") == 0) return person->phone ? person->phone : "";
    if (strcmp(member, "gender") == 0) return person->gender;
    return NULL;
}

static const char *word_of_list(const struct call *call, const char *name)
{
    struct thread *thread = call->fill->thread;
    const char *dot = strchr(name, '.');
    const char *list = arena_strndup(arena_of(call), name, (size_t)(dot - name));
    const struct person *person = strcmp(list, "each") == 0 ? call->fill->each_person
        : strcmp(list, "subject") == 0 ? call->fill->subject : thread_cast(thread, list)->people[0];
    const char *word = person ? person_member(person, dot + 1, thread->lang, arena_of(call)) : NULL;
    return word ? word : fault(call, "nobody there, or no such member");
}

static const char *word_plain(const struct call *call)
{
    struct thread *thread = call->fill->thread;
    const char *name = argument_at(call, 0), *var = thread_var(thread, name);
    if (var) return var;
    if (strchr(name, '.')) return word_of_list(call, name);
    if (strcmp(name, "village") == 0) return thread->village.text[thread->lang];
    if (strcmp(name, "landmark") == 0) return thread->landmark.text[thread->lang];
    if (strcmp(name, "language") == 0) return thread->lang == LANG_HI ? "hindi" : "english";
    return fault(call, "no such word");
}

static const char *place_fill(struct fill *fill, const char *text)
{
    struct call call = { .fill = fill };
    for (const char *at = text; *at && call.count < ARGUMENTS_MAX;) {
        at += strspn(at, " ");
        size_t n = strcspn(at, " ");
        if (n) call.words[call.count++] = arena_strndup(fill->simulation->scratch, at, n);
        at += n;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, argument_at(&call, 0)) == 0) return calls[i].make(&call);
    return word_plain(&call);
}

/* Where the place that begins at `open` ends. */
static const char *place_end(const char *open)
{
    int depth = 0;
    for (const char *at = open; *at; at++) {
        depth += (*at == '{') - (*at == '}');
        if (depth == 0) return at;
    }
    return NULL;
}

const char *fill_words(struct fill *fill, const char *text)
{
    if (!strchr(text, '{')) return text;
    struct buf out;
    buf_init(&out, fill->simulation->scratch, 60000);
    while (*text && !fill->fault) {
        size_t plain = strcspn(text, "{");
        buf_add(&out, text, plain);
        text += plain;
        if (!*text) break;
        const char *end = place_end(text);
        if (!end) {
            fill->fault = "a brace is not closed";
            break;
        }
        const char *inner = arena_strndup(fill->simulation->scratch, text + 1, (size_t)(end - text - 1));
        buf_puts(&out, place_fill(fill, fill_words(fill, inner)));
        text = end + 1;
    }
    return out.data;
}
