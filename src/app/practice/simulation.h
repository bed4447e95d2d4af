/* app/practice/simulation: threads of events in a virtual time, filed through file_entry() by the officers
 * whose work it is.
 *
 * A thread is what becomes of one event: a theft, a death, a leave. Its steps stand in a queue by time; what
 * a step files is drawn from practice/bodies. Nothing random but the seed: the same seed on the same register
 * gives the same entries. */
#ifndef PANJI_APP_PRACTICE_SIMULATION_H
#define PANJI_APP_PRACTICE_SIMULATION_H

#include <jansson.h>

#include "app/practice/dice.h"
#include "app/practice/tables.h"
#include "filing/filing.h"

#define LIST_MEMBERS_MAX 8
#define LISTS_MAX 20
#define PERSON_FLAGS_MAX 10

struct person {
    struct table_text name, relative, village, tehsil;
    const char *surname_religion, *category, *relation, *gender, *occupation, *phone, *station;
    int age;
    bool unknown;   /* shown as "Unknown" until somebody finds out who it was */
    bool told;      /* his particulars stand in the register */
    const char *id; /* in the register; NULL before he is named */
    struct word_list flags;
};

struct pair_list {
    size_t count;
    struct pair *pairs;
};

struct thing {
    const struct thing_kind *kind;
    struct pair_list pairs; /* its particulars, expanded once */
    struct table_text words;
    const char *id;
};

/* A named list of people or of things. */
struct cast {
    const char *name;
    size_t count;
    struct person *people[LIST_MEMBERS_MAX];
    struct thing *things[LIST_MEMBERS_MAX];
};

struct done {
    const struct step *step;
    const struct person *subject;
    const char *id;
    int64_t at;
    struct done *next;
};

struct thread {
    struct arena *arena;
    struct dice dice;
    const struct story *story;
    const struct word_list *offences;
    const struct practice_office *home, *other; /* the station now; another one it has to do with */
    const char *case_id, *origin;
    const char *io, *new_io;
    int64_t happened_at, reported_at, opened_at;
    enum lang lang;
    struct word_list flags;
    size_t cast_count;
    struct cast casts[LISTS_MAX];
    struct table_text village, tehsil, landmark;
    size_t var_count;
    struct {
        const char *name, *value;
    } vars[16];
    struct done *done; /* newest first */
};

struct event {
    int64_t at;
    uint64_t order;
    struct thread *thread;
    const struct step *step;
    const struct edge *edge; /* by which it came; asked again when it is time. NULL for a start */
    struct person *subject;
    int tries;
};

/* An officer in a posting in force. */
struct post {
    const char *officer, *office, *role, *entry;
    struct table_text name;
    bool leaves;
};

struct simulation {
    struct node *node;
    const struct tables *tables;
    struct arena *arena;   /* everything that lives as long as the simulation */
    struct arena *scratch; /* one entry's; emptied before each */
    struct dice dice;
    uint64_t seed, stream;
    int64_t now, *clock;
    size_t event_count, event_max;
    struct event *events; /* a heap */
    uint64_t order;
    size_t post_count;
    struct post *posts;
    int64_t filed;
    int court_number;         /* last CNR serial given */
    const char *file;         /* the one stored file that stands for all recordings; NULL: not yet stored */
    struct problems problems; /* of the entry refused */
    const char *refused_step, *refused_body;
};

/* The virtual clock, for node_options: the context is an int64_t of milliseconds. */
int64_t simulation_clock(void *context);

/* Prepares a simulation on an open node; clock is what node_options.clock_context points to and follows the
 * virtual time. */
void simulation_init(struct simulation *simulation, struct node *node, const struct tables *tables,
    uint64_t seed, int64_t *clock);
void simulation_free(struct simulation *simulation);

/* Plans the threads of a span of time: crimes, complaints, deaths, diaries, leave and transfers. */
void simulation_plan(
    struct simulation *simulation, int64_t from, int64_t to, int cases_per_month, int diary_per_day);
/* One thread of the named story at a station, beginning with the named step. */
void simulation_plan_story(
    struct simulation *simulation, const char *step, const char *story, const char *station, int64_t at);
#define DIARY_MINUTES_MAX 8 /* from writing a diary entry to filing what it tells of */

/* Runs the queue until `end`. E_PROBLEM: an entry was refused, see problems, refused_step and refused_body.
 */
enum err simulation_run(struct simulation *simulation, int64_t end) MUST_CHECK;

/* ---- for the files of the simulation ---- */

/* queue.c */
void queue_add(struct simulation *simulation, struct event event);
bool queue_take(struct simulation *simulation, int64_t end, struct event *ret);
/* Offices that rest on Sundays rest on the holidays of law/holidays too. */
bool office_closed_on(struct simulation *simulation, const char *office, int32_t day);
int64_t working_time(
    struct simulation *simulation, struct thread *thread, const struct step *step, int64_t at);

/* roster.c */
void roster_load(struct simulation *simulation);
/* A random present officer of the first of the roles that has one at the office; NULL. */
const struct post *roster_pick(
    struct simulation *simulation, struct dice *dice, const struct word_list *roles, const char *office);
const struct post *roster_officer(
    struct simulation *simulation, const char *officer, const char *office); /* NULL */

/* invent.c */
struct thread *thread_new(struct simulation *simulation, const struct story *story,
    const struct practice_office *home, int64_t happened_at);
struct cast *thread_cast(struct thread *thread, const char *name); /* made when absent */
struct person *person_invent(
    struct simulation *simulation, struct thread *thread, const char *look, int age_min, int age_max);
const char *person_phone(struct thread *thread);

/* thread.c */
bool flags_have(const struct word_list *flags, const char *flag);
void flags_set(struct word_list *flags, const char *flag);
void flags_clear(struct word_list *flags, const char *flag);
const struct done *thread_done(
    const struct thread *thread, const char *step, const struct person *subject); /* newest */
int thread_times(const struct thread *thread, const struct step *step, const struct person *subject);
/* Whether a test holds: flags of the subject, flags of the thread, steps done. */
bool thread_passes(const struct thread *thread, const struct person *subject, const struct test *test);
const char *thread_var(const struct thread *thread, const char *name); /* NULL */
void thread_var_set(struct thread *thread, const char *name, const char *value);
/* Queues the steps that come after `step`. */
void thread_follow(
    struct simulation *simulation, struct thread *thread, const struct step *step, struct person *subject);
/* The code of the office a word of a step means: "" the station, "trial", "other" or a key. */
const char *thread_office(struct simulation *simulation, const struct thread *thread, const char *place);

/* fill.c: a body from its lines. */
struct fill {
    struct simulation *simulation;
    struct thread *thread;
    struct person *subject;
    const struct post *officer; /* who files */
    const char *subpath;        /* put before every path: particulars of a thing */
    struct person *each_person;
    struct thing *each_thing;
    const char *each_word;
    size_t row;
    size_t pair_count, bind_count;
    struct pair pairs[1200];
    struct {
        const char *path;
        struct person *person;
        struct thing *thing;
    } binds[120];
    const char *fault; /* what is wrong with the data of the body */
};
void fill_body(struct fill *fill, const struct body *body);
void fill_pair(struct fill *fill, const char *path, const char *value);
/* words.c: a value with its {places} filled, in the arena. */
const char *fill_words(struct fill *fill, const char *text);

/* act.c */
enum err act(struct simulation *simulation, const struct event *event);

#endif
