/* view: cases, people, property, tasks and deliveries, computed from entries in order.
 *
 * views_apply() reads the entry, its form's directives and the tables it keeps, and nothing else: no clock,
 * no network, no randomness. Throw the tables away and views_rebuild() makes the same ones, row for row. One
 * file per view; views.c lists them. Everything above reads the tables through the functions of this header.
 */
#ifndef PANJI_VIEW_VIEW_H
#define PANJI_VIEW_VIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "form/form.h"
#include "law/clocks.h"
#include "law/law.h"
#include "register/register.h"

/* What views may know besides entries: the declarations, which never change while running. */
struct view_context {
    const struct forms *forms;
    const struct law *law;
    const struct clocks *clocks; /* NULL: none are kept */
};

/* What a body names that stands outside it: offices, officers, entries, files, persons and property, phones,
 * vehicles and numbers, in the form's order. */
struct body_names {
    size_t count;
    struct form_visit *list;
};
/* One walk finds them for filing and for every view, on whatever thread has time. The paths are in the arena,
 * the values in the body. */
struct body_names body_names_find(const struct form *form, const json_t *body, struct arena *arena);

/* One entry on its way into the views. */
struct case_row;
struct view_entry {
    const struct entry *entry;
    const struct form *form; /* the version it was filed with */
    const json_t *body;      /* normal form; NULL when erased */
    struct body_names names; /* of the body */
    struct arena *arena;
    const struct case_row *on; /* the case it is on, when that was read already; NULL: it is read */
    bool later; /* many entries in a row: views_finish() computes clocks when all are read */
};

/* Creates all tables of all views (access/ included). */
enum err views_create(struct db *db) MUST_CHECK;
/* Creates the indexes that lists and pages need and views_apply() does not: after the entries, when there are
 * many. */
enum err views_index(struct db *db) MUST_CHECK;
/* Whether the tables were made by a program whose views have other columns or indexes: then nothing may be
 * read from them before views_rebuild(). False when the database cannot be read; db_status() tells. */
bool views_stale(struct db *db);
/* Names of all view tables, NULL at the end. */
const char *const *views_tables(void);

/* The least age in years that a person told so may have at that instant: by date or year of birth, years, or
 * the lower end of a range; -1 when it was not told. */
int person_age_low(const json_t *person, int64_t at);

/* Brings every view up to date with one entry. Errors stick to db. */
void views_apply(struct db *db, const struct view_context *context, const struct view_entry *entry);

/* Computes what waited until all entries were read (`later`). */
enum err views_finish(struct db *db, const struct view_context *context) MUST_CHECK;
/* Whether clocks were computed under another law/ than this: then they are to be computed anew. */
bool views_clocks_stale(struct db *db, const struct view_context *context);
/* Computes all clocks anew from the entries of the register, in the caller's transaction; source is a
 * reader's handle on the same database. */
enum err views_clocks_renew(
    struct db *db, struct db *source, const struct view_context *context) MUST_CHECK;

/* Throws the views of db away, those of an older program too, and makes them anew from the entries of its
 * register, which are read from `source`, another handle of the same database, in the caller's transaction.
 * E_CORRUPT with *ret, in the arena, when an entry cannot be read back. */
enum err views_rebuild(struct db *db, struct db *source, const struct view_context *context,
    struct arena *arena, struct register_fault *ret) MUST_CHECK;

/* A digest of the content of every view table of a database, in the order of views_tables(), in the arena.
 * Equal digests: equal views. Others may be equal still: of an older program, or with a row too long for a
 * digest. */
struct views_digest {
    uint8_t (*tables)[HASH_SIZE];
    bool whole;
};
enum err views_digest_make(struct db *db, struct arena *arena, struct views_digest *ret) MUST_CHECK;
bool views_digest_equal(const struct views_digest *left, const struct views_digest *right);

/* Compares all view tables of two databases row for row. E_CORRUPT: *ret_table and *ret_row (in words) differ
 * first. */
enum err views_equal(struct db *left, struct db *right, struct arena *arena, const char **ret_table,
    const char **ret_row) MUST_CHECK;

/* ---- cases ---- */

struct case_row {
    const char *id, *kind, *number, *office, *stage, *io; /* io NULL when none */
    int year;
    int64_t opened_seq, opened_at, changed_at;
    bool sensitive;
    const char *cnr;      /* NULL until a court gave one */
    const char *sections; /* "BNS 303(2), BNS 317(2)" now in force */
};
enum err case_get(struct db *db, struct arena *arena, const char *id, struct case_row *ret) MUST_CHECK;
/* The same without the sections, which are empty: they cost more than all the rest. */
enum err case_facts(struct db *db, struct arena *arena, const char *id, struct case_row *ret) MUST_CHECK;

/* The cases of an office or below it that bear a number, as typed in struct case_filter; whoever asks must
 * still ask what of them may be shown. Newest first. */
size_t cases_numbered(struct db *db, struct arena *arena, const char *office, const char *number,
    size_t limit, const char ***ret_ids);

struct case_filter {
    const char *office; /* held by this office or one below it; NULL: every case the viewer may see */
    const char *stage, *kind, *io;
    const char *number; /* "0123/2026", "123/2026", "123" of any year, "0/123" of a Zero FIR, or a CNR */
    int64_t from, to;   /* opened_at, 0: open */
    int64_t after;      /* opened_seq of the last row seen; 0: from the newest. Newest first */
    size_t limit;       /* 1-200 */
};
/* Cases the viewer may see, newest first; *ret_more: there are further ones. */
enum err case_list(struct db *db, struct arena *arena, const struct viewer *viewer,
    const struct case_filter *filter, struct case_row **ret_rows, size_t *ret_count,
    bool *ret_more) MUST_CHECK;

/* ---- next dates ---- */

/* The next date of a case before a court, as the newest entry that speaks of it says. */
struct listing_row {
    const char *case_id, *office, *day, *purpose; /* day "2026-12-01"; purpose a code or NULL */
    int64_t seq;                                  /* the entry that says so */
};
/* E_NOT_FOUND: the case has none. */
enum err listing_get(
    struct db *db, struct arena *arena, const char *case_id, struct listing_row *ret) MUST_CHECK;
/* The cases of an office from one day until another, both included ("2026-12-01"), by day and then by age of
 * the case. Whoever draws them asks for each whether it may be seen. */
enum err listing_list(struct db *db, struct arena *arena, const char *office, const char *from,
    const char *until, size_t limit, struct listing_row **ret, size_t *ret_count) MUST_CHECK;

/* ---- entries of a case or a register ---- */

#define FORMS_WANTED_MAX 12


struct entry_row {
    int64_t seq, filed_at, claimed_at;
    const char *id, *form, *office, *officer, *case_id, *number; /* number, case_id NULL when none */
    int form_version;
    int64_t corrected_by; /* seq of the newest correction, -1 when none */
};
struct entry_filter {
    const char *case_id; /* of this case, oldest first; or NULL: a register, newest first */
    const char *office, *officer;
    const char *const *forms; /* of one of these, at most FORMS_WANTED_MAX; NULL: of any */
    size_t form_count;
    int64_t from, to; /* filed_at, 0: open */
    int64_t after;    /* seq of the last row seen, -1: start */
    size_t limit;
};
enum err entry_list(struct db *db, struct arena *arena, const struct entry_filter *filter,
    struct entry_row **ret_rows, size_t *ret_count, bool *ret_more) MUST_CHECK;

/* ---- people and property ---- */

struct party_row {
    const char *person, *case_id, *role, *status, *name, *name_other, *relative, *relation, *gender;
    const char *
        confidential; /* kinds of the confidential fields that named the person, blanks between; NULL: none */
    int age_low, age_high; /* years when first named; -1 unknown */
    int64_t seq;           /* entry that named the person in this role first */
};
enum err case_parties(struct db *db, struct arena *arena, const char *case_id, struct party_row **ret,
    size_t *ret_count) MUST_CHECK;
/* Cases an entry of either names as related: the Zero FIR and the FIR registered anew, a complaint and what
 * came of it. */
enum err case_links(struct db *db, struct arena *arena, const char *case_id, struct case_row **ret,
    size_t *ret_count) MUST_CHECK;
/* The roles of one person in one case. */
enum err person_parties(struct db *db, struct arena *arena, const char *person, const char *case_id,
    struct party_row **ret, size_t *ret_count) MUST_CHECK;
/* What decides whom of a case one may know: of the case its id, office and whether it is sensitive; of the
 * person's roles in it the role, the entry and what covers his name. Nothing else of either is set. */
enum err case_standing(struct db *db, struct arena *arena, const char *person, const char *case_id,
    struct case_row *ret_case, struct party_row **ret, size_t *ret_count) MUST_CHECK;

/* A mention: one person in one case, or outside cases in one entry, with everything the search knows him by.
 */
struct mention_row {
    int64_t id;
    const char *person;
    const char *case_id; /* NULL outside cases */
    int64_t seq;         /* the entry that named him there first */
    const char *entry, *office; /* its id, and who filed it */
    const char *roles;   /* in it, blanks between */
    /* A line each: p phone, i identity or v vehicle; the kind of the confidential field or "-"; text. */
    const char *keys;
    const char *name, *name_other;
    const char *names; /* what else he is or was called, a line each */
    const char *relative, *relative_other, *relation, *gender, *photo;
    const char *confidential; /* as in struct party_row */
    int age_low, age_high;    /* at the instant `aged_at`; -1 unknown */
    int64_t aged_at;
    const char *district; /* code of its police district; NULL */
};
/* Those of every person named in an entry after `after` and up to `until`, and not only the mentions that the
 * entries made: what they say of a person counts wherever he is mentioned. Read with mention_next(). */
struct rows *mentions_between(struct db *db, int64_t after, int64_t until);
struct rows *mentions_all(struct db *db);
bool mention_next(struct rows *rows, struct arena *arena, struct mention_row *ret);
enum err mention_get(struct db *db, struct arena *arena, int64_t id, struct mention_row *ret) MUST_CHECK;
/* Only whom it is of, and in which case (NULL outside cases); in the arena. */
enum err mention_whose(struct db *db, struct arena *arena, int64_t id, const char **ret_person,
    const char **ret_case) MUST_CHECK;
/* All of one person, in the order they came. */
enum err mentions_of(struct db *db, struct arena *arena, const char *person, struct mention_row **ret,
    size_t *ret_count) MUST_CHECK;
/* The entries of a mention, newest first, at most limit. */
size_t mention_entries(struct db *db, struct arena *arena, int64_t id, size_t limit, int64_t **ret_seqs);

/* ---- what missing, found and dead people look like ---- */

/* One person as an entry describes him; of the person what is known of him now. */
struct description_row {
    int64_t seq;
    const char *case_id, *person;
    const char *side;           /* "missing", "found", "body" */
    int64_t at;                 /* last seen, or found; 0 unknown */
    int height_from, height_to; /* cm; 0 unknown */
    const char *build, *complexion;
    const char *district, *office_district; /* as told; code of the office's */
    const char *marks;                      /* a line each, kind and part of the body; NULL */
    const char *gender, *name;
    int age_low, age_high; /* at the instant `aged_at`; -1 unknown */
    int64_t aged_at;
};
/* Those of a case that nobody has traced, identified or handed over yet. */
enum err descriptions_of_case(struct db *db, struct arena *arena, const char *case_id,
    struct description_row **ret, size_t *ret_count) MUST_CHECK;
/* Those of the other side that are open too: found after he was last seen (a day's error allowed), not of
 * another sex; the nearest in time first. */
enum err descriptions_against(struct db *db, struct arena *arena, const struct description_row *row,
    size_t limit, struct description_row **ret, size_t *ret_count) MUST_CHECK;

/* ---- whom a viewer may know ---- */

/* Whether all these kinds of confidential fields (blanks between; NULL: none) are open to the viewer. */
bool kinds_open(const struct viewer *viewer, struct arena *arena, const char *kinds, const char *office);
/* Whether the name of a person in a case the viewer is on is uncovered to him. */
bool party_open(const struct viewer *viewer, struct arena *arena, const struct case_row *row,
    const struct party_row *party);
/* Whether the viewer reads an entry of the case that names the person, and his name is uncovered there. A
 * prison reads little of a case; whom it admitted it knows, since it filed the admission. */
bool party_read(struct db *db, struct arena *arena, const struct forms *forms, const struct viewer *viewer,
    const char *case_id, const char *person);
/* Whether the search may show the person of a case the viewer is not on: a wide role (law/access), named in
 * an entry that is no case diary and open to the viewer's pillar, in a case that is not sensitive. */
bool party_elsewhere(struct db *db, struct arena *arena, const struct forms *forms,
    const struct viewer *viewer, const struct case_row *row, const struct party_row *party);
/* Whether what an entry of a case one is not on says of such a person may be told. */
bool entry_elsewhere(struct db *db, struct arena *arena, const struct forms *forms,
    const struct viewer *viewer, int64_t seq);
/* Whether the viewer may see an entry; a correction by those who may see what it corrects. */
bool entry_open(struct db *db, struct arena *arena, const struct forms *forms, const struct viewer *viewer,
    const struct entry *entry);
/* Whether there is any mention of the person by which the viewer may know him, elsewhere too. */
bool person_open(struct db *db, struct arena *arena, const struct forms *forms, const struct viewer *viewer,
    const char *person);

/* ---- decisions on two persons ---- */

/* One that stands. */
struct person_link {
    const char *first, *second; /* ids of persons */
    bool same;                  /* one human being; otherwise two */
    int64_t seq, filed_at;
    const char *entry, *officer, *office;
};
/* All on one person, oldest first. */
enum err person_links(struct db *db, struct arena *arena, const char *person, struct person_link **ret,
    size_t *ret_count) MUST_CHECK;
enum link_decision { LINK_OPEN, LINK_SAME, LINK_NOT_SAME };
/* What is decided on a pair. */
enum link_decision person_link_of(struct db *db, const char *first, const char *second);
/* Whether the decision filed with this entry still stands. */
bool person_link_stands(struct db *db, const char *entry_id);

/* The case a person or property was first recorded on; NULL for none. */
const char *reference_case(struct db *db, struct arena *arena, const char *composite, const char *id);

struct property_row {
    const char *id, *case_id, *category, *type, *description, *state, *office; /* state: last custody word */
    int64_t seq;
    const char *quantity, *unit;          /* as told; NULL */
    const char *moved_entry, *moved_path; /* the last custody event, and where it names the thing; before any
                                             the entry that named it first, and NULL */
    int64_t moved_at;
    int64_t deposit_seq;                  /* of its last deposit in a malkhana; -1 never */
    const char *deposit_entry, *deposit_number;
};
enum err case_property(struct db *db, struct arena *arena, const char *case_id, struct property_row **ret,
    size_t *ret_count) MUST_CHECK;
enum err property_get(
    struct db *db, struct arena *arena, const char *id, struct property_row *ret) MUST_CHECK;
struct property_filter {
    const char *office;        /* that moved the thing last */
    const char *const *states; /* last custody word is one of these, at most FORMS_WANTED_MAX */
    size_t state_count;
    const char *after; /* id of the last row seen; NULL: start. What moved last stands first */
    size_t limit;
};
enum err property_list(struct db *db, struct arena *arena, const struct property_filter *filter,
    struct property_row **ret, size_t *ret_count) MUST_CHECK;
struct custody_row {
    const char *property, *word, *office, *to_office, *officer;
    int64_t seq, at;
};
enum err property_custody(struct db *db, struct arena *arena, const char *property, struct custody_row **ret,
    size_t *ret_count) MUST_CHECK;

/* ---- tasks and addressed entries ---- */

struct task_row {
    int64_t seq;      /* entry that opened it */
    int place;        /* row of its form's tasks */
    const char *form; /* form that opened it */
    const char *label[LANG_COUNT];
    const char *wanted; /* forms that close it, blanks between */
    const char *case_id, *case_number, *case_office, *case_kind; /* numbers are an office's own */
    const char *office, *officer, *role; /* officer or role NULL when for the whole office */
    int64_t opened_at, due_at; /* due_at 0: none */
};
struct task_filter {
    const char *office, *case_id;
    const struct viewer *viewer; /* of his office only what is his to do; NULL: all of it */
    size_t limit, skip;          /* skip: of an office's, that many of the first */
};
/* Open tasks of an office or of a case; earliest due first, those without a due time last. A viewer's are
 * those that name him, those for a role that his may act as, and of those for the whole office the ones he
 * may file an answer to. */
enum err task_list(struct db *db, const struct view_context *context, struct arena *arena,
    const struct task_filter *filter, struct task_row **ret, size_t *ret_count) MUST_CHECK;

struct delivery_row {
    int64_t seq;
    const char *id, *form, *number, *case_id, *from_office, *to_office;
    int64_t filed_at, received_at, consumed_at, acted_at; /* 0: not yet */
    const char *consumed_number;
    const char *case_number, *case_office, *case_kind; /* numbers are an office's own */
};
struct delivery_filter {
    const char *to_office, *from_office, *case_id;
    const char *const *forms; /* of one of these, at most FORMS_WANTED_MAX; NULL: of any */
    size_t form_count;
    int64_t from, to; /* filed_at, 0: open */
    int64_t after;    /* seq of the last row seen, 0: from the first */
    bool waiting;     /* as work is done: the most urgent first, then what waits longest; else newest first */
    bool open_only, unanswered_only; /* not yet consumed; not yet acted on */
    size_t limit;
};
enum err delivery_list(struct db *db, struct arena *arena, const struct delivery_filter *filter,
    struct delivery_row **ret, size_t *ret_count) MUST_CHECK;

/* The deliveries of one entry, one for each addressee, in their order. */
enum err delivery_of_entry(struct db *db, struct arena *arena, const char *entry_id,
    struct delivery_row **ret, size_t *ret_count) MUST_CHECK;

/* ---- numbers ---- */

/* The next number of a series for an office at an instant, as "0123/2026". Reading it twice gives the same;
 * the number is taken when the entry is applied. */
const char *series_next(struct db *db, struct arena *arena, const struct form_number *number,
    const char *office, const char *case_id, int64_t filed_at);

/* Paths of an entry that the officer has opened for a purpose. */
size_t opened_paths(
    struct db *db, struct arena *arena, const char *entry_id, const char *officer, const char ***ret);

/* The entries that name a stored file, oldest first. */
size_t files_used(struct db *db, struct arena *arena, const char *sha256, int64_t **ret_seqs);

/* The entries that corrected the one at seq, oldest first. */
size_t corrections_of(struct db *db, struct arena *arena, int64_t seq, int64_t **ret_seqs);

/* The body of an entry of this form with its corrections laid over it, oldest first; a new reference, NULL
 * when the body was erased. */
json_t *corrected_body(
    struct db *db, struct arena *arena, const struct form *form, const struct entry *entry);

#endif
