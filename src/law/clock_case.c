/* law/clock_case: the facts of a case in order, and packed for keeping. The packed form is a few strings and
 * rows of fixed size in the byte order of the machine: it is made anew whenever law/ changes. */
#include <assert.h>
#include <string.h>

#include "base/time.h"
#include "law/clock_run.h"

/* A fact known by its day only stands behind those of that day whose hour is known. */
static int64_t order_of(const struct clock_fact *fact)
{
    return fact->day ? fact->at + TIME_DAY_MS - 1 : fact->at;
}

static bool stands_before(const struct clock_fact *a, const struct clock_fact *b)
{
    int64_t x = order_of(a), y = order_of(b);
    return x != y ? x < y : a->seq < b->seq;
}

/* By insertion: entries come nearly in order, and equal ones keep theirs. */
void clock_facts_sort(struct clock_case *of)
{
    for (size_t i = 1; i < of->fact_count; i++) {
        struct clock_fact fact = of->facts[i];
        size_t k = i;
        for (; k > 0 && stands_before(&fact, &of->facts[k - 1]); k--) of->facts[k] = of->facts[k - 1];
        of->facts[k] = fact;
    }
}

bool events_hold(const struct clock_events *events, uint16_t event)
{
    for (size_t i = 0; i < events->count; i++)
        if (events->list[i] == event) return true;
    return false;
}

bool fact_about(const struct clock_fact *fact, uint16_t subject)
{
    return subject == 0 || fact->subject == 0 || fact->subject == subject;
}

int32_t fact_day(const struct clock_fact *fact)
{
    return time_day_number(fact->at);
}

/* ---- packing ---- */

static void text_pack(struct buf *ret, const char *text)
{
    buf_puts(ret, text);
    buf_putc(ret, '\0');
}

static void count_pack(struct buf *ret, size_t count)
{
    uint32_t number = (uint32_t)count;
    buf_add(ret, &number, sizeof number);
}

void clock_pack(const struct clock_case *of, struct buf *ret)
{
    text_pack(ret, of->kind);
    text_pack(ret, of->state ? of->state : "");
    text_pack(ret, of->court ? of->court : "");
    count_pack(ret, of->subject_count);
    count_pack(ret, of->office_count);
    count_pack(ret, of->fact_count);
    for (size_t i = 0; i < of->subject_count; i++) {
        const struct clock_subject *subject = &of->subjects[i];
        text_pack(ret, subject->id);
        buf_putc(ret, subject->gender);
        buf_add(ret, &subject->born_from, sizeof subject->born_from);
        buf_add(ret, &subject->born_to, sizeof subject->born_to);
    }
    for (size_t i = 0; i < of->office_count; i++) text_pack(ret, of->offices[i]);
    buf_add(ret, of->facts, of->fact_count * sizeof *of->facts);
    assert(!ret->overflow);
}

struct unpacking {
    const char *at, *end;
    struct arena *arena;
    bool good;
};

static const char *text_unpack(struct unpacking *from)
{
    const char *nul = from->good ? memchr(from->at, '\0', (size_t)(from->end - from->at)) : NULL;
    from->good = nul != NULL;
    if (!nul) return "";
    const char *text = from->at;
    from->at = nul + 1;
    return text;
}

static void bytes_unpack(struct unpacking *from, void *to, size_t n)
{
    from->good = from->good && (size_t)(from->end - from->at) >= n;
    if (!from->good) return;
    memcpy(to, from->at, n);
    from->at += n;
}

#define COUNT_MAX 60000 /* places are 16 bits wide */

static size_t count_unpack(struct unpacking *from)
{
    uint32_t count = 0;
    bytes_unpack(from, &count, sizeof count);
    from->good = from->good && count <= COUNT_MAX;
    return from->good ? count : 0;
}

static const char *filled(const char *text)
{
    return *text ? text : NULL;
}

bool clock_unpack(const void *data, size_t n, struct arena *arena, struct clock_case *ret)
{
    char *kept = arena_strndup(arena, data, n); /* texts point into it */
    struct unpacking from = {kept, kept + n, arena, true};
    *ret = (struct clock_case){.kind = text_unpack(&from)};
    ret->state = filled(text_unpack(&from));
    ret->court = filled(text_unpack(&from));
    ret->subject_count = count_unpack(&from);
    ret->office_count = count_unpack(&from);
    ret->fact_count = count_unpack(&from);
    ret->subjects = ARENA_ARRAY(arena, struct clock_subject, ret->subject_count + 1);
    for (size_t i = 0; i < ret->subject_count; i++) {
        struct clock_subject *subject = &ret->subjects[i];
        subject->id = text_unpack(&from);
        bytes_unpack(&from, &subject->gender, 1);
        bytes_unpack(&from, &subject->born_from, sizeof subject->born_from);
        bytes_unpack(&from, &subject->born_to, sizeof subject->born_to);
    }
    ret->offices = ARENA_ARRAY(arena, const char *, ret->office_count + 1);
    for (size_t i = 0; i < ret->office_count; i++) ret->offices[i] = text_unpack(&from);
    ret->facts = ARENA_ARRAY(arena, struct clock_fact, ret->fact_count + 1);
    bytes_unpack(&from, ret->facts, ret->fact_count * sizeof *ret->facts);
    return from.good && from.at == from.end;
}
