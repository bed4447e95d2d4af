/* What stands in {braces} in the data: times, offices, people, drawn words. Places may stand inside places:
 * {pick diary_{kind}}. A new one is a row of the table. */
#include <stdlib.h>
#include <string.h>

#include "app/practice/words.h"
#include "base/time.h"
#include "register/blob.h"

struct arena *call_arena(const struct call *call)
{
    return call->fill->simulation->scratch;
}

const char *call_word(const struct call *call, size_t i)
{
    return i < call->count ? call->words[i] : "";
}

const char *call_fault(const struct call *call, const char *what)
{
    call->fill->fault =
        arena_printf(call_arena(call), "%s: {%s %s …}", what, call_word(call, 0), call_word(call, 1));
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
    if (!done) call_fault(call, "no such time");
    return done ? done->at : 0;
}

/* "-2h", "+3d", "-20m..-90m" */
static int64_t offset_read(const struct call *call, const char *text)
{
    int64_t ends[2] = {0, 0};
    for (int i = 0; i < 2 && *text; i++) {
        int sign = *text == '-' ? -1 : 1;
        size_t n = strcspn(text, ".");
        const char *one = arena_strndup(call_arena(call), text, n);
        if ((*one != '-' && *one != '+') || !duration_read(one + 1, &ends[i]))
            call_fault(call, "no such offset");
        ends[i] *= sign;
        text += n + strspn(text + n, ".");
        if (i == 0) ends[1] = ends[0];
    }
    int64_t low = ends[0] < ends[1] ? ends[0] : ends[1], high = ends[0] < ends[1] ? ends[1] : ends[0];
    return low + (int64_t)dice_below(&call->fill->thread->dice, (size_t)((high - low) / 60000 + 1)) * 60000;
}

/* {at NAME OFFSET from NAME}: not before the second time; what is told of now not before the case was opened.
 */
static int64_t instant(const struct call *call)
{
    int64_t at = time_named(call, call_word(call, 1)) + offset_read(call, call_word(call, 2));
    int64_t floor = strcmp(call_word(call, 3), "from") == 0  ? time_named(call, call_word(call, 4))
                    : strcmp(call_word(call, 1), "now") == 0 ? call->fill->thread->opened_at
                                                             : 0;
    return at < floor ? floor : at;
}

static const char *word_at(const struct call *call)
{
    return time_text(call_arena(call), instant(call));
}

static const char *word_day(const struct call *call)
{
    return time_date_text(call_arena(call), time_day_number(instant(call)));
}

static const char *word_when(const struct call *call)
{
    return time_people_text(call_arena(call), instant(call), call->fill->thread->lang);
}

/* The day of the instant when the court sits on it, else the next on which it does, or the one before. */
static int32_t court_day(const struct call *call, int step)
{
    int32_t day = time_day_number(instant(call));
    while (office_closed_on(call->fill->simulation, call->fill->officer->office, day)) day += step;
    return day;
}

static const char *word_court_day(const struct call *call)
{
    return time_date_text(call_arena(call), court_day(call, 1));
}

static const char *word_court_day_before(const struct call *call)
{
    return time_date_text(call_arena(call), court_day(call, -1));
}

/* People are called for the hour at which courts begin. */
static const char *word_court_at(const struct call *call)
{
    return time_text(call_arena(call), clock_day_start(court_day(call, 1)) + 11 * TIME_HOUR_MS);
}

/* ---- entries, offices, officers ---- */

static const char *word_entry(const struct call *call)
{
    const struct done *done = thread_done(call->fill->thread, call_word(call, 1),
        call->fill->each_person ? call->fill->each_person : call->fill->subject);
    return done ? done->id : call_fault(call, "no such entry");
}

static const char *word_office(const struct call *call)
{
    const char *code =
        thread_office(call->fill->simulation, call->fill->thread, call->count > 1 ? call_word(call, 1) : "");
    return code ? code : call_fault(call, "no such office");
}

static const char *word_office_name(const struct call *call)
{
    const char *code = word_office(call);
    const struct practice_office *office = table_office_coded(call->fill->simulation->tables, code);
    return office ? office->name.text[call->fill->thread->lang] : "";
}

/* One file for all that practice would record: no camera ran. Its hash is its name. */
static const char *word_file(const struct call *call)
{
    static const char words[] = "A file of practice. It stands for a recording that nobody made.\n";
    struct simulation *s = call->fill->simulation;
    char name[BLOB_NAME_SIZE];
    int64_t size;
    struct blob_writer *writer;
    if (s->file) return s->file;
    if (blob_begin(node_folder(s->node), &writer) != E_OK) return call_fault(call, "no file can be kept");
    enum err err = blob_add(writer, words, sizeof words - 1);
    if (err != E_OK)
        blob_cancel(writer);
    else
        err = blob_finish(writer, name, &size);
    if (err != E_OK) return call_fault(call, "no file can be kept");
    return s->file = arena_strdup(s->arena, name);
}

/* {officer ROLE PLACE}: io is the case's; me is who files. */
static const struct post *post_named(const struct call *call)
{
    struct simulation *s = call->fill->simulation;
    struct thread *thread = call->fill->thread;
    const char *role = call_word(call, 1);
    const char *office = thread_office(s, thread, call_word(call, 2));
    if (strcmp(role, "me") == 0) return call->fill->officer;
    const char *named = strcmp(role, "io") == 0       ? thread->io
                        : strcmp(role, "new_io") == 0 ? thread->new_io
                                                      : NULL;
    for (size_t i = 0; named && i < s->post_count; i++)
        if (strcmp(s->posts[i].officer, named) == 0) return &s->posts[i];
    const struct post *post =
        office ? roster_pick(s, &thread->dice, &(struct word_list){2, {role, "sho"}}, office) : NULL;
    return post ? post : call->fill->officer;
}

static const char *word_officer(const struct call *call)
{
    const struct post *post = post_named(call);
    return post ? post->officer : call_fault(call, "no such officer");
}

static const char *word_officer_name(const struct call *call)
{
    const struct post *post = post_named(call);
    return post ? post->name.text[call->fill->thread->lang] : call_fault(call, "no such officer");
}

static const struct {
    const char *name;
    const char *(*make)(const struct call *call);
} calls[] = {
    {"at", word_at},
    {"cnr", word_cnr},
    {"code", word_pick},
    {"count", word_count},
    {"court_at", word_court_at},
    {"court_day", word_court_day},
    {"court_day_before", word_court_day_before},
    {"day", word_day},
    {"decimal", word_decimal},
    {"digits", word_digits},
    {"division", word_division},
    {"entry", word_entry},
    {"file", word_file},
    {"first_offence", word_first_offence},
    {"keep", word_keep},
    {"label", word_label},
    {"letter", word_letter},
    {"money", word_money},
    {"names", word_names},
    {"number", word_number},
    {"offence", word_offence},
    {"offences", word_offences},
    {"office", word_office},
    {"office_name", word_office_name},
    {"officer", word_officer},
    {"officer_name", word_officer_name},
    {"phone", word_phone},
    {"pick", word_pick},
    {"serial", word_serial},
    {"thing", word_thing},
    {"times", word_times},
    {"told", word_told},
    {"value", word_value},
    {"vehicle", word_vehicle},
    {"when", word_when},
    {"words_of", word_words_of},
    {"year", word_year},
};

/* ---- {LIST.member} and values of the story ---- */

static const char *person_member(
    const struct person *person, const char *member, enum lang lang, struct arena *arena)
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
    const char *list = arena_strndup(call_arena(call), name, (size_t)(dot - name));
    const struct person *person = strcmp(list, "each") == 0      ? call->fill->each_person
                                  : strcmp(list, "subject") == 0 ? call->fill->subject
                                                                 : thread_cast(thread, list)->people[0];
    const char *word = person ? person_member(person, dot + 1, thread->lang, call_arena(call)) : NULL;
    return word ? word : call_fault(call, "nobody there, or no such member");
}

static const char *word_plain(const struct call *call)
{
    struct thread *thread = call->fill->thread;
    const char *name = call_word(call, 0), *var = thread_var(thread, name);
    if (var) return var;
    if (strchr(name, '.')) return word_of_list(call, name);
    if (strcmp(name, "village") == 0) return thread->village.text[thread->lang];
    if (strcmp(name, "landmark") == 0) return thread->landmark.text[thread->lang];
    if (strcmp(name, "language") == 0) return thread->lang == LANG_HI ? "hindi" : "english";
    return call_fault(call, "no such word");
}

static const char *place_fill(struct fill *fill, const char *text)
{
    struct call call = {.fill = fill};
    for (const char *at = text; *at && call.count < CALL_WORDS_MAX;) {
        at += strspn(at, " ");
        size_t n = strcspn(at, " ");
        if (n) call.words[call.count++] = arena_strndup(fill->simulation->scratch, at, n);
        at += n;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, call_word(&call, 0)) == 0) return calls[i].make(&call);
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
