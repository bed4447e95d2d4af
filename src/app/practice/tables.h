/* app/practice/tables: the data of the practice district, read from practice/: places, posts, names, words,
 * stories of crimes, the steps of a case, and what is written into each form.
 *
 * A new step is a row of practice/steps and a body in practice/bodies; nothing here changes. The files are
 * built in, so a fault in them is a bug of the data: it is told with file and line and ends the command. */
#ifndef PANJI_APP_PRACTICE_TABLES_H
#define PANJI_APP_PRACTICE_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/lines.h"
#include "base/problem.h"

#define TABLE_WORDS_MAX 24

/* Words of flags, roles, steps … */
struct word_list {
    size_t count;
    const char *words[TABLE_WORDS_MAX];
};

/* "if A if B unless C": all of the first hold, none of the second. */
struct test {
    struct word_list wanted, unwanted;
};

struct table_text {
    const char *text[LANG_COUNT];
};

/* ---- the district ---- */

struct place_hours {
    const char *kind;
    int open_minute, close_minute;
    bool closed_sunday;
};

struct practice_office {
    const char *key, *code, *kind, *parent; /* key: "palari"; parent: a key, NULL when none */
    int weight; /* share of what happens there; 0 for offices that are no station */
    struct table_text name, tehsil;
    size_t village_count;
    struct table_text villages[24];
};

struct practice_post {
    const char *id, *rank, *role, *kind;
    int times;
    bool leaves;
};

/* ---- names and words ---- */

struct practice_name {
    struct table_text text;
    const char *religion, *category;
};
struct name_table {
    size_t count;
    struct practice_name *rows;
};

struct word_table {
    const char *name;
    bool codes;
    size_t count;
    struct table_text *rows;
};

/* ---- bodies ---- */

enum body_line_kind { BODY_FIELD, BODY_PERSON, BODY_THING, BODY_ADDRESS, BODY_EACH };
struct body_line {
    enum body_line_kind kind;
    const char *path, *what; /* what: the list or place that fills it */
    struct test test;
    struct table_text value;
    size_t end; /* BODY_EACH: the line after its block */
    int number; /* in the file */
};
struct body {
    const char *name, *file;
    size_t count;
    struct body_line *lines;
};

/* ---- things ---- */

struct thing_kind {
    const char *name, *division, *store;
    struct body body;
};

/* ---- stories ---- */

struct story_cast {
    const char *list, *look;
    int count_min, count_max, age_min, age_max;
};
struct story_things {
    const char *list;
    int count_min, count_max;
    struct word_list kinds;
};
struct story {
    const char *name, *group;
    double weight;
    struct table_text label, text;
    struct word_list flags;
    int known_percent, found_percent;
    int64_t reported_ms; /* median time from the event to the station */
    double reported_spread;
    const char *hours; /* day, night or any */
    size_t offence_count, cast_count, things_count;
    struct {
        int weight;
        struct word_list offences;
    } offences[8];
    struct story_cast casts[8];
    struct story_things things[6];
    size_t var_count;
    struct {
        const char *name, *value;
    } vars[10]; /* codes for forms: place_category, motive … */
};

/* ---- steps ---- */

struct step {
    const char *name, *form, *body; /* form NULL: nothing is filed */
    struct word_list roles;         /* who files, the first that is present */
    const char *place;              /* "" the station; else a key of an office, or "trial", "home", "other" */
    const char *each;               /* list it is filed for one by one; NULL */
    const char *diary;              /* kind of the diary entry written first; NULL */
    struct word_list to, sets, clears, needs;
    bool takes_other, on_origin, any_hour;
    int times; /* most per case, or per person of `each`; 0: no limit */
};
struct edge {
    size_t after, step;         /* indexes of steps */
    int chance, share;          /* percent; share: one of those with a share is drawn */
    int64_t median_ms, most_ms; /* most_ms 0: no limit */
    double spread;
    struct test test;
};
struct start {
    size_t step;
    const char *group;
    double rate;
    struct {
        const char *flag;
        int percent;
    } flags[16];
    size_t flag_count;
};

/* Offices of the district other than stations that a step names: court, lab … are found by their key. */
struct tables {
    struct arena *arena;
    struct problems *problems;
    size_t hours_count, office_count, post_count, word_count, body_count, thing_count, story_count,
        step_count, edge_count, start_count;
    struct place_hours hours[16];
    struct practice_office offices[48];
    struct practice_post posts[48];
    struct name_table men, women, surnames;
    struct word_table words[160];
    struct body bodies[160];
    struct thing_kind things[64];
    struct story stories[64];
    struct step steps[160];
    struct edge edges[320];
    struct start starts[16];
};

/* Reads everything; E_PROBLEM with practice_wrong. Lives in the arena. */
enum err tables_read(struct arena *arena, struct problems *problems, struct tables **ret) MUST_CHECK;

const struct practice_office *table_office(const struct tables *tables, const char *key);        /* NULL */
const struct practice_office *table_office_coded(const struct tables *tables, const char *code); /* NULL */
const struct word_table *table_words(const struct tables *tables, const char *name);             /* NULL */
const struct body *table_body(const struct tables *tables, const char *name);                    /* NULL */
const struct thing_kind *table_thing(const struct tables *tables, const char *name);             /* NULL */
const struct step *table_step(const struct tables *tables, const char *name);                    /* NULL */
const struct place_hours *table_hours(const struct tables *tables, const char *kind); /* NULL: always open */

bool words_hold(const struct word_list *list, const char *word);

/* ---- for the files that read tables ---- */

struct reading {
    struct tables *tables;
    const char *file;
    struct lines lines;
    struct line line;
    size_t at;  /* word to be read next */
    bool wrong; /* a fault was told; reading stops */
};

bool reading_open(struct reading *reading, struct tables *tables, const char *file);
bool reading_next(struct reading *reading);                 /* next line; false at the end or after a fault */
const char *reading_word(struct reading *reading);          /* next word of the line, "" at its end */
bool reading_is(struct reading *reading, const char *word); /* takes the next word when it is this one */
void reading_wrong(struct reading *reading, const char *what);
int reading_int(struct reading *reading);
void reading_range(struct reading *reading, int *ret_min, int *ret_max); /* "2" or "2-5" */
bool duration_read(const char *text, int64_t *ret_ms);                   /* 20m 6h 3d */
int64_t reading_duration(struct reading *reading);
double reading_spread(struct reading *reading);                /* x1.8 */
void reading_test(struct reading *reading, struct test *test); /* if and unless at the place */
void reading_list(struct reading *reading, struct word_list *ret, const char *text); /* a,b,c */
struct table_text reading_text(struct reading *reading, size_t column); /* English and Hindi behind bars */

void body_lines_read(struct reading *reading, struct body *body, int indent);

bool district_read(struct tables *tables);
bool names_read(struct tables *tables);
bool words_read(struct tables *tables);
bool bodies_read(struct tables *tables);
bool stories_read(struct tables *tables);
bool steps_read(struct tables *tables);

#endif
