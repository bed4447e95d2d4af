/* Values that are drawn by chance, and what is told of lists of people and things. */
#include <stdlib.h>
#include <string.h>

#include "app/practice/words.h"
#include "base/time.h"

/* ---- drawn values ---- */

const char *word_pick(const struct call *call)
{
    const struct word_table *table = table_words(call->fill->simulation->tables, call_word(call, 1));
    if (!table || !table->count) return call_fault(call, "no such words");
    struct thread *thread = call->fill->thread;
    return fill_words(call->fill, table->rows[dice_below(&thread->dice, table->count)].text[thread->lang]);
}

static int bound(const struct call *call, size_t i)
{
    return (int)strtol(call_word(call, i), NULL, 10);
}

static int drawn(const struct call *call)
{
    int low = bound(call, 1), high = bound(call, 2);
    return dice_between(&call->fill->thread->dice, low, high < low ? low : high);
}

const char *word_number(const struct call *call)
{
    return arena_printf(call_arena(call), "%d", drawn(call));
}

const char *word_money(const struct call *call)
{
    int amount = drawn(call);
    return arena_printf(call_arena(call), "%d", amount > 1000 ? amount / 100 * 100 : amount);
}

const char *word_decimal(const struct call *call)
{
    return arena_printf(
        call_arena(call), "%d.%d", drawn(call), dice_between(&call->fill->thread->dice, 1, 9));
}

const char *word_digits(const struct call *call)
{
    char digits[24] = "";
    int count = bound(call, 1);
    for (int i = 0; i < count && i < 23; i++)
        digits[i] = (char)('0' + dice_between(&call->fill->thread->dice, i == 0, 9));
    return arena_strdup(call_arena(call), digits);
}

const char *word_phone(const struct call *call)
{
    return person_phone(call->fill->thread);
}

/* CG22 is the district's transport office. */
const char *word_vehicle(const struct call *call)
{
    struct dice *dice = &call->fill->thread->dice;
    return arena_printf(call_arena(call), "CG22%c%c%04d", dice_between(dice, 'A', 'H'),
        dice_between(dice, 'A', 'H'), dice_between(dice, 1, 9999));
}

const char *word_cnr(const struct call *call)
{
    struct simulation *s = call->fill->simulation;
    bool sessions = strcmp(call_word(call, 1), "sessions") == 0;
    return arena_printf(
        call_arena(call), "CGBB0%d%06d%04d", sessions ? 1 : 2, ++s->court_number, time_civil(s->now).year);
}

const char *word_year(const struct call *call)
{
    return arena_printf(call_arena(call), "%d", time_civil(call->fill->simulation->now).year);
}

/* ---- lists ---- */

const char *word_names(const struct call *call)
{
    const struct cast *cast = thread_cast(call->fill->thread, call_word(call, 1));
    enum lang lang = call->fill->thread->lang;
    struct buf text;
    buf_init(&text, call_arena(call), 4000);
    for (size_t i = 0; i < cast->count; i++) {
        if (text.len) buf_puts(&text, ", ");
        if (cast->people[i] && cast->people[i]->unknown)
            buf_puts(&text, lang == LANG_HI ? "अज्ञात व्यक्ति" : "an unknown person");
        else
            buf_puts(&text,
                cast->people[i] ? cast->people[i]->name.text[lang] : cast->things[i]->words.text[lang]);
    }
    return text.data;
}

const char *word_offences(const struct call *call)
{
    struct buf text;
    buf_init(&text, call_arena(call), 1000);
    for (size_t i = 0; i < call->fill->thread->offences->count; i++) {
        if (i) buf_puts(&text, ", ");
        buf_puts(&text, call->fill->thread->offences->words[i]);
    }
    return text.data;
}

const char *word_count(const struct call *call)
{
    return arena_printf(call_arena(call), "%zu", thread_cast(call->fill->thread, call_word(call, 1))->count);
}

const char *word_offence(const struct call *call)
{
    return call->fill->each_word ? call->fill->each_word : call->fill->thread->offences->words[0];
}

/* The gravest of the story comes first. */
const char *word_first_offence(const struct call *call)
{
    return call->fill->thread->offences->words[0];
}

const char *word_serial(const struct call *call)
{
    return arena_printf(call_arena(call), "%zu", call->fill->row + 1);
}

const char *word_letter(const struct call *call)
{
    return arena_printf(call_arena(call), "%c", (char)('A' + (char)call->fill->row));
}

const char *word_times(const struct call *call)
{
    const struct step *step = table_step(call->fill->simulation->tables, call_word(call, 1));
    return step ? arena_printf(
                      call_arena(call), "%d", thread_times(call->fill->thread, step, call->fill->subject) + 1)
                : call_fault(call, "no such step");
}

const char *word_told(const struct call *call)
{
    return fill_words(call->fill, call->fill->thread->story->text.text[call->fill->thread->lang]);
}

/* A value the story may have: a code for a field that can stay empty. */
const char *word_value(const struct call *call)
{
    const char *value = thread_var(call->fill->thread, call_word(call, 1));
    return value ? value : "";
}

/* {keep NAME VALUE}: the value, also for later lines. */
const char *word_keep(const struct call *call)
{
    const char *value = arena_strdup(call->fill->thread->arena, call_word(call, 2));
    thread_var_set(call->fill->thread, arena_strdup(call->fill->thread->arena, call_word(call, 1)), value);
    return value;
}

/* {words_of LIST CODE} */
const char *word_words_of(const struct call *call)
{
    return code_label(node_forms(call->fill->simulation->node), call_word(call, 1), call_word(call, 2),
        call->fill->thread->lang);
}

const char *word_label(const struct call *call)
{
    return call->fill->thread->story->label.text[call->fill->thread->lang];
}

/* How the thing at hand is kept and examined. */
const char *word_thing(const struct call *call)
{
    const struct thing *thing = call->fill->each_thing;
    if (!thing) return call_fault(call, "no thing here");
    const char *member = call_word(call, 1);
    if (strcmp(member, "store") == 0) return thing->kind->store ? thing->kind->store : "valuables";
    if (strcmp(member, "division") == 0) return thing->kind->division ? thing->kind->division : "physics";
    return thing->words.text[call->fill->thread->lang];
}

const char *word_division(const struct call *call)
{
    const struct cast *cast = thread_cast(call->fill->thread, call_word(call, 1));
    for (size_t i = 0; i < cast->count; i++)
        if (cast->things[i] && cast->things[i]->kind->division) return cast->things[i]->kind->division;
    return "physics";
}
