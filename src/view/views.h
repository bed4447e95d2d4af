/* view/views: what the files of this room share. Private to the room.
 *
 * Each view is a row of the table in views.c: its tables and the function that brings them up to date. */
#ifndef PANJI_VIEW_VIEWS_H
#define PANJI_VIEW_VIEWS_H

#include "view/view.h"

/* A person or property named in an entry, with the id it has in the register. */
struct mention {
    const char *path;         /* "accused.0.who" */
    const char *composite;    /* "person", "property" */
    const char *role;         /* of a person */
    const char *confidential; /* kind of the field that names it; NULL: none, or spared here */
    const char *spared;       /* that kind where its "unless" holds; NULL */
    const char *id;           /* the reference given, or "<entry id>.<place>" */
    bool known;               /* given by reference */
    int depth;                /* of the field that names it */
    const char *keys;         /* of a person, as in struct mention_row, without vehicles; NULL */
    const json_t *value;
};

struct view_step {
    struct db *db;
    const struct view_context *context;
    const struct entry *entry;
    const struct form *form;
    const json_t *body;
    struct body_names names; /* of the body */
    struct arena *arena;
    const char *case_id;     /* the case it belongs to, its own id when it opens one; NULL */
    const char *case_office; /* office of that case, NULL without one; */
    const char *case_io;     /* its investigating officer, by this entry if it names him; NULL; */
    int64_t case_opened_seq; /* and the entry that opened it */
    size_t mention_count;
    struct mention *mentions;
    const char *vehicles; /* keys that belong to everybody the entry names; NULL */
    bool later; /* clocks are computed when all entries are read */
};

struct view {
    const char *schema;
    const char *const *tables; /* NULL at the end */
    void (*apply)(struct view_step *step);
    const char *indexes; /* that only readers need: CREATE INDEX …; NULL when none */
};

extern const struct view view_entries, view_series, view_cases, view_listings, view_people, view_namings,
    view_person_links, view_watches, view_descriptions, view_property, view_tasks, view_deliveries,
    view_corrections, view_clocks;

/* The case the step's entry belongs to, its office and officer. `on`: that case when it was read, or NULL. */
void step_case(struct view_step *step, const struct case_row *on);

/* All persons and property of the names of the body, in the form's order. */
void mentions_find(struct view_step *step);
/* Gives the mentions the values they have in step->body; a mention that is no longer there goes. */
void mentions_follow(struct view_step *step);
/* The mention at a full path; NULL. */
const struct mention *mention_at(const struct view_step *step, const char *path);

/* Place of the entry a reference field names; -1 when the field is empty or names nothing. */
int64_t referred_seq(struct view_step *step, const char *field);

/* A correction of an entry reaches these views again: step holds the entry corrected and its body as it reads
 * now, `before` is the body as it read until now. Only what the correction changed is written, so that later
 * news stays. */
void people_correct(struct view_step *step, const json_t *before);
/* seq: of the correction itself. */
void namings_correct(struct view_step *step, const json_t *before, int64_t seq);
void property_correct(struct view_step *step, const json_t *before);
void cases_correct(struct view_step *step);
void listings_correct(struct view_step *step);
void deliveries_correct(struct view_step *step);
void descriptions_correct(struct view_step *step);
void clocks_correct(struct view_step *step);
/* The rows of every case from its facts, once all entries are read. */
enum err clocks_compute(struct db *db, const struct view_context *context) MUST_CHECK;
/* Whether a member came, went or has another value. */
bool member_changed(const json_t *before, const json_t *after, const char *member);

/* Lists of lines, NULL when empty, in the arena: with every line of `more` that was not there; without those
 * of `less`. */
const char *lines_with(struct arena *arena, const char *lines, const char *more);
const char *lines_without(struct arena *arena, const char *lines, const char *less);

/* Whether this entry took one person in on the paper and others whom it names are still to be taken in. */
bool delivery_has_rest(struct view_step *step, int64_t paper);

/* Calls visit for each mention at a directive path. */
void mentions_each(struct view_step *step, const char *path,
    void (*visit)(struct view_step *step, const struct mention *mention, const struct form_effect *effect),
    const struct form_effect *effect);

/* A list that grows in an arena: doubles *rows when count reaches a power of two from 16 up. */
#define ROWS_GROW(arena, rows, count)                                                                        \
    do {                                                                                                     \
        if ((count) == 0 || ((count) >= 16 && ((count) & ((count)-1)) == 0))                                 \
            (rows) = rows_grown((arena), (rows), (count), sizeof *(rows));                                   \
    } while (0)
void *rows_grown(struct arena *arena, const void *rows, size_t count, size_t size);

#endif
