/* view/clock_facts: reads an entry with the sources of law/clocks: which events it makes happen, when, to
 * whom. */
#include "view/clock_facts.h"

#include <string.h>

#include "base/json.h"
#include "base/time.h"

#define PLACES_MAX 60000 /* places are 16 bits wide; what is beyond is not counted */

/* ---- growing lists of a case ---- */

static uint16_t subject_place(struct view_step *step, struct clock_case *of, const char *id)
{
    for (size_t i = 0; i < of->subject_count; i++)
        if (strcmp(of->subjects[i].id, id) == 0) return (uint16_t)(i + 1);
    if (of->subject_count == PLACES_MAX) return 0;
    struct clock_subject *grown = ARENA_ARRAY(step->arena, struct clock_subject, of->subject_count + 1);
    if (of->subject_count) memcpy(grown, of->subjects, of->subject_count * sizeof *grown);
    of->subjects = grown;
    of->subjects[of->subject_count++] = (struct clock_subject){
        .id = arena_strdup(step->arena, id), .born_from = CLOCK_NO_DAY, .born_to = CLOCK_NO_DAY};
    return (uint16_t)of->subject_count;
}

static uint16_t office_place(struct view_step *step, struct clock_case *of, const char *office)
{
    if (!office) return 0;
    for (size_t i = 0; i < of->office_count; i++)
        if (strcmp(of->offices[i], office) == 0) return (uint16_t)(i + 1);
    if (of->office_count == PLACES_MAX) return 0;
    const char **grown = ARENA_ARRAY(step->arena, const char *, of->office_count + 1);
    if (of->office_count) memcpy(grown, of->offices, of->office_count * sizeof *grown);
    of->offices = grown;
    of->offices[of->office_count++] = arena_strdup(step->arena, office);
    return (uint16_t)of->office_count;
}

/* The facts have room for a multiple of 16: unpacking gives exactly what was kept. */
static void fact_add(
    struct view_step *step, struct clock_case *of, const struct clock_fact *fact, size_t kept)
{
    if (of->fact_count == PLACES_MAX) return;
    size_t more = of->fact_count - kept;
    if (more % 16 == 0) {
        struct clock_fact *grown = ARENA_ARRAY(step->arena, struct clock_fact, of->fact_count + 16);
        if (of->fact_count) memcpy(grown, of->facts, of->fact_count * sizeof *grown);
        of->facts = grown;
    }
    of->facts[of->fact_count++] = *fact;
}

/* ---- persons ---- */

/* Days of birth that fit what was told on a day. */
static void born_from_json(const json_t *person, int32_t day, struct clock_subject *ret)
{
    const char *date = json_text(person, "date_of_birth");
    int32_t born;
    int year = (int)json_int(person, "year_of_birth", 0);
    int from = (int)json_int(person, "age_years", json_int(person, "age_from", -1));
    int to = (int)json_int(person, "age_years", json_int(person, "age_to", from));
    if (date && time_parse_date(date, &born)) {
        ret->born_from = ret->born_to = born;
    } else if (year) {
        struct civil first = {.year = year, .month = 1, .day = 1},
                     last = {.year = year, .month = 12, .day = 31};
        ret->born_from = time_day_number(time_from_civil(first));
        ret->born_to = time_day_number(time_from_civil(last));
    } else if (from >= 0) {
        int months = (int)json_int(person, "age_months", -1);
        int most = months >= 0 ? 12 * to + months + 1 : 12 * (to + 1),
            least = 12 * from + (months >= 0 ? months : 0);
        ret->born_from = clock_day_months(day, -most) + 1;
        ret->born_to = clock_day_months(day, -least);
    }
}

static char gender_letter(const json_t *person)
{
    const char *gender = json_text(person, "gender");
    if (!gender) return 0;
    return strcmp(gender, "male") == 0          ? 'm'
           : strcmp(gender, "female") == 0      ? 'f'
           : strcmp(gender, "transgender") == 0 ? 't'
                                                : 0;
}

/* Whose age and sex a clock may ask for. Others become subjects only when an event is about them. */
static bool role_matters(const char *role)
{
    static const char *const roles[] = {
        "accused", "child", "victim", "suspect", "missing", "deceased", "examined", "patient", "respondent"};
    for (size_t i = 0; role && i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(roles[i], role) == 0) return true;
    return false;
}

static bool persons_add(struct view_step *step, struct clock_case *of)
{
    bool told = false;
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "person") != 0 || !role_matters(mention->role)) continue;
        struct clock_subject news = {.born_from = CLOCK_NO_DAY, .gender = gender_letter(mention->value)};
        born_from_json(mention->value, time_day_number(step->entry->filed_at), &news);
        if (news.born_from == CLOCK_NO_DAY && !news.gender) continue;
        uint16_t place = subject_place(step, of, mention->id);
        if (!place) continue;
        struct clock_subject *subject = &of->subjects[place - 1], before = *subject;
        if (news.gender) subject->gender = news.gender;
        if (news.born_from != CLOCK_NO_DAY) {
            subject->born_from = news.born_from;
            subject->born_to = news.born_to;
        }
        told = told || before.gender != subject->gender || before.born_from != subject->born_from ||
               before.born_to != subject->born_to;
    }
    return told;
}

/* ---- one source ---- */

/* An event on its way out of a body: its row is the object that holds the person or thing it is about. */
struct telling {
    struct view_step *step;
    struct clock_case *of;
    const struct clock_source *source;
    size_t kept; /* facts before this entry */
    const json_t *row;
    size_t row_prefix; /* of a path that stands in the row: "accused." */
    bool told;
};

/* "accused.who" stands in the rows of "accused."; a path of another section is looked up in the whole body.
 */
static const json_t *value_at(const struct telling *telling, const char *path)
{
    const char *of = telling->source->of;
    if (telling->row && strncmp(path, of, telling->row_prefix) == 0)
        return json_at(telling->row, path + telling->row_prefix);
    return json_at(telling->step->body, path);
}

struct deep_asking {
    struct condition last; /* of the innermost object */
    bool holds;
};

static void deep_ask(void *context, const char *path, const json_t *object)
{
    (void)path;
    struct deep_asking *asking = context;
    asking->holds = asking->holds || condition_holds(&asking->last, object, NULL);
}

/* A field of an object, or of objects inside it: one of them is enough ("sentences.kind"). */
static bool inside_holds(
    const struct telling *telling, const struct condition *when, const char *path, const json_t *object)
{
    const char *dot = strrchr(path, '.');
    struct deep_asking asking = {.last = *when};
    asking.last.field = dot ? dot + 1 : path;
    if (!dot) return condition_holds(&asking.last, object, NULL);
    struct arena *arena = telling->step->arena;
    form_each(object, arena_strndup(arena, path, (size_t)(dot - path)), arena, deep_ask, &asking);
    return asking.holds;
}

static bool condition_told(const struct telling *telling, const struct condition *when)
{
    const char *of = telling->source->of;
    bool of_row = telling->row && strncmp(when->field, of, telling->row_prefix) == 0;
    if (of_row) return inside_holds(telling, when, when->field + telling->row_prefix, telling->row);
    return inside_holds(telling, when, when->field, telling->step->body);
}

static bool time_read(const json_t *value, int64_t *ret, uint8_t *ret_day)
{
    const char *text = json_string_value(value);
    int32_t day;
    if (!text) return false;
    *ret_day = time_parse_date(text, &day);
    if (*ret_day) *ret = clock_day_start(day);
    return *ret_day || time_parse(text, ret);
}

static const char *addressee(const struct telling *telling)
{
    const struct clock_source *source = telling->source;
    const struct entry *entry = telling->step->entry;
    if (source->to_field) return json_string_value(value_at(telling, source->to_field));
    for (size_t i = 0; source->to_kind && i < entry->to_count; i++) {
        struct office office;
        if (office_get(telling->step->db, telling->step->arena, entry->to[i], &office) == E_OK &&
            strcmp(office.kind, source->to_kind) == 0)
            return entry->to[i];
    }
    return NULL;
}

struct offence_telling {
    struct telling *telling;
    struct clock_fact fact;
};

static void offence_tell(void *context, const char *path, const json_t *value)
{
    (void)path;
    struct offence_telling *offence = context;
    const struct telling *telling = offence->telling;
    const char *name = json_string_value(value);
    const struct offence *known = name ? law_offence(telling->step->context->law, name) : NULL;
    if (!known) return;
    offence->fact.number = known->place;
    fact_add(telling->step, telling->of, &offence->fact, telling->kept);
}

static void offences_tell(struct telling *telling, const struct clock_fact *fact)
{
    const struct clock_source *source = telling->source;
    struct arena *arena = telling->step->arena;
    struct offence_telling offence = {telling, {.at = fact->at, .day = fact->day, .seq = fact->seq}};
    const char *of = source->of;
    bool in_row = telling->row && strncmp(source->offences, of, telling->row_prefix) == 0;
    offence.fact.subject = in_row ? fact->subject : 0; /* sections of the whole entry are those of the case */
    if (source->offences_set) {
        offence.fact.event = CLOCK_EVENT_OFFENCES_GONE;
        fact_add(telling->step, telling->of, &offence.fact, telling->kept);
    }
    offence.fact.event = CLOCK_EVENT_OFFENCE;
    form_each(in_row ? telling->row : telling->step->body,
        source->offences + (in_row ? telling->row_prefix : 0), arena, offence_tell, &offence);
}

/* The fact of one row, or of the whole entry. */
static void fact_tell(struct telling *telling, uint16_t subject)
{
    const struct clock_source *source = telling->source;
    struct view_step *step = telling->step;
    for (size_t i = 0; i < source->when_count; i++)
        if (condition_told(telling, &source->when[i]) == source->unless[i]) return;
    struct clock_fact fact = {.event = source->event, .subject = subject, .seq = step->entry->seq};
    fact.at = step->entry->filed_at;
    for (size_t i = 0; i < source->at_count; i++)
        if (time_read(value_at(telling, source->at[i]), &fact.at, &fact.day)) break;
    if (source->until) time_read(value_at(telling, source->until), &fact.until, &fact.until_day);
    if (source->number) fact.number = (int32_t)json_integer_value(value_at(telling, source->number));
    fact.office = office_place(step, telling->of, step->entry->office);
    fact.to = office_place(step, telling->of, addressee(telling));
    fact_add(step, telling->of, &fact, telling->kept);
    telling->told = true;
    if (source->offences) offences_tell(telling, &fact);
}

/* A person or thing by the id it has, a paper by its own. */
static const char *subject_id(const struct telling *telling, const char *path, const json_t *value)
{
    if (json_is_string(value)) return json_string_value(value);
    const struct mention *mention = mention_at(telling->step, path);
    return mention ? mention->id : NULL;
}

static void row_tell(void *context, const char *path, const json_t *value)
{
    struct telling *telling = context;
    struct arena *arena = telling->step->arena;
    const char *id = subject_id(telling, path, value), *dot = strrchr(path, '.');
    if (!id || !dot) return;
    telling->row = json_at(telling->step->body, arena_strndup(arena, path, (size_t)(dot - path)));
    fact_tell(telling, subject_place(telling->step, telling->of, id));
}

static void source_tell(struct telling *telling)
{
    const struct clock_source *source = telling->source;
    telling->row = NULL;
    if (source->about == CLOCK_ABOUT_CASE) {
        fact_tell(telling, 0);
    } else if (source->about == CLOCK_ABOUT_ENTRY) {
        fact_tell(telling, subject_place(telling->step, telling->of, telling->step->entry->id));
    } else {
        telling->row_prefix = (size_t)(strrchr(source->of, '.') - source->of) + 1;
        form_each(telling->step->body, source->of, telling->step->arena, row_tell, telling);
    }
}

bool clock_facts_add(struct view_step *step, struct clock_case *of)
{
    if (!step->body) return false;
    struct telling telling = {.step = step, .of = of, .kept = of->fact_count};
    telling.told = persons_add(step, of);
    size_t count;
    const struct clock_source *const *sources =
        clock_sources(step->context->clocks, step->form->name, &count);
    for (size_t i = 0; i < count; i++) {
        telling.source = sources[i];
        source_tell(&telling);
    }
    if (telling.told && strcmp(step->form->pillar, "court") == 0)
        of->court = arena_strdup(step->arena, step->entry->office);
    if (of->fact_count > telling.kept) clock_facts_sort(of);
    return telling.told;
}

bool clock_facts_may(const struct view_step *step)
{
    size_t count;
    clock_sources(step->context->clocks, step->form->name, &count);
    return count > 0 || step->mention_count > 0;
}

/* ---- where it belongs ---- */

static int64_t thread_of_entry(struct view_step *step, int64_t seq)
{
    if (seq < 0) return -1;
    return db_int(step->db,
        "SELECT coalesce(c.opened_seq, i.seq) FROM entry_index i LEFT JOIN case_file c ON c.id = i.case_id"
        " WHERE i.seq = $1",
        seq, V(seq));
}

int64_t clock_thread(struct view_step *step)
{
    if (step->case_id) return step->case_opened_seq;
    size_t count;
    const struct clock_source *const *sources =
        clock_sources(step->context->clocks, step->form->name, &count);
    for (size_t i = 0; i < count && step->body; i++) {
        if (!sources[i]->thread) continue;
        if (strcmp(sources[i]->thread, "own") == 0) return step->entry->seq;
        return thread_of_entry(step, referred_seq(step, sources[i]->thread));
    }
    return -1;
}
