/* access: offices, officers, postings and leave as views of their entries, and who may see what.
 *
 * Secrets (passwords, sessions, keys) live in access/secrets.h, outside the register. Everything here is
 * computed from entries: access_apply() is called for each in order and reads nothing else. Access =
 * posting + role + office tree + the case's addressees. law/access holds the roles, the scope of each
 * pillar and the kinds of confidential fields as data. */
#ifndef PANJI_ACCESS_ACCESS_H
#define PANJI_ACCESS_ACCESS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "form/form.h"
#include "register/register.h"

/* Tables: office, office_above (every ancestor of an office, itself included), officer, posting, leave. */
extern const char access_schema[];        /* CREATE TABLE … STRICT and indexes */
extern const char *const access_tables[]; /* names, NULL at the end */

/* Brings the tables up to date with one entry; applied again with a corrected body it replaces the first
 * (office, office_close, officer, posting, posting_end, leave, leave_end forms; others are ignored). body is
 * the normal form. Errors stick to db. */
void access_apply(struct db *db, const struct entry *entry, const json_t *body);

struct office {
    const char *code, *kind, *pillar, *parent, *name, *name_hi, *state, *district;
    int64_t closed_at; /* the instant its last day is over; 0: it stands */
};
struct officer {
    const char *id, *name, *name_hi, *rank, *belt;
};

/* In the arena; E_NOT_FOUND. */
enum err office_get(struct db *db, struct arena *arena, const char *code, struct office *ret) MUST_CHECK;
enum err officer_get(struct db *db, struct arena *arena, const char *id, struct officer *ret) MUST_CHECK;
/* Whether `above` is `code` itself or one of its ancestors. */
bool office_under(struct db *db, const char *code, const char *above);
/* Pillar of a kind of office ("ps" → "police"); "police" for kinds it does not know. */
const char *office_kind_pillar(const char *kind);

/* A posting in force at an instant, at an office that stands then. */
struct posting {
    const char *officer, *office, *office_kind, *pillar, *role;
};
size_t postings_at(struct db *db, struct arena *arena, const char *officer, int64_t at, struct posting **ret);
/* Whether the officer holds a posting at the office at that instant (ret in the arena, the first when
 * several). */
bool posting_at(struct db *db, struct arena *arena, const char *officer, const char *office, int64_t at,
    struct posting *ret);
bool on_leave(struct db *db, const char *officer, int64_t at);

/* ---- lists to look through and to choose from (access/directory.c) ---- */

struct office_filter {
    const char *const *kinds; /* only these; none: every kind */
    size_t kind_count;
    const char *parent; /* only offices right below it; NULL: everywhere */
    const char *words;  /* stands in a name, in either script, or begins the code; NULL: any */
    const char *after;  /* code of the last row seen; NULL: from the first */
    size_t limit;
};
/* By name. */
size_t offices_list(
    struct db *db, struct arena *arena, const struct office_filter *filter, struct office **ret);
/* Everybody posted at the office at that instant, longest posted first; nobody once it is closed. */
size_t postings_of_office(
    struct db *db, struct arena *arena, const char *office, int64_t at, struct posting **ret);

/* All postings an officer ever had, and his leave, newest first, at most HISTORY_MAX of each. Instants in ms;
 * until_at 0: open. */
#define HISTORY_MAX 100
struct posting_past {
    const char *entry, *office, *role;
    int64_t from_at, until_at;
};
size_t postings_of_officer(
    struct db *db, struct arena *arena, const char *officer, struct posting_past **ret);
struct leave_past {
    const char *entry;
    int64_t from_at, until_at;
};
size_t leave_of_officer(struct db *db, struct arena *arena, const char *officer, struct leave_past **ret);
/* By the beginning of a word of the name in either script, the id or the belt number; by name. */
size_t officers_find(
    struct db *db, struct arena *arena, const char *typed, size_t limit, struct officer **ret);

/* ---- who may see ---- */

/* Who looks: one posting of one officer. */
struct viewer {
    const char *officer, *office, *office_kind, *pillar, *role;
};

/* Whether the role may act as `wanted` in a form's files line: equal, "any", or implied (law/access: a sho
 * may do what a duty_officer may). */
bool role_may(const char *role, const char *wanted);

/* Whether the viewer, as he is posted, is among those the form's files line names. */
bool may_file(const struct form *form, const struct viewer *viewer);

/* Whether law/access has the role. */
bool role_known(const char *role);

/* Whether law/access has the role for offices of the pillar. */
bool role_of_pillar(const char *role, const char *pillar);

/* Whether the viewer works on cases at all: an administrator and legal aid do not,
 * wherever they are posted. */
bool sees_cases(const struct viewer *viewer);

/* Whether all that the viewer sees are lists: clocks of his district that name his role, nothing of a case
 * beside them (legal aid). */
bool sees_lists(const struct viewer *viewer);

/* Whether the viewer may see the case at all: its office or one above it, an office addressed on it, or
 * one that filed on it, within the scope of its pillar. */
bool may_see_case(struct db *db, const struct viewer *viewer, const char *case_id);

/* Whether the viewer may see this entry: form's seen_by, own line, addressed; a laboratory or hospital
 * only what was sent to it, what it filed itself, and nothing else of the case; a case diary only for the
 * police line and a court that called for it. */
bool may_see_entry(
    struct db *db, const struct viewer *viewer, const struct form *form, const struct entry *entry);

/* How a confidential field of this kind shows to the viewer, who must be allowed to see the entry already:
 * this asks neither the tree nor the case. case_office: the office that holds the case; outside cases, the
 * one that filed. */
enum mask {
    MASK_OPEN,  /* shown */
    MASK_ASK,   /* masked, opened for a stated purpose */
    MASK_NEVER, /* masked for good */
};
enum mask mask_for(const struct viewer *viewer, const char *kind, const char *case_office);

/* How the search takes the roles of persons (law/access): the bit of the roles taken together with this one,
 * 0 when none names it; and whether persons in it are found in cases one is not on, by those whom the
 * confidential kind people_elsewhere lets. */
uint8_t person_role_bit(const char *role);
bool person_role_wide(const char *role);

/* Whether the form is part of the case diary. */
bool form_is_diary(const char *form);

/* A copy of body with what the viewer may not see replaced: every confidential field becomes the string
 * "••••" (person: name "••••" only, keeping role labels; where its "unless" holds, the reference only);
 * lists in ret_masked the paths that may be opened for a purpose (may be NULL). opened: paths this officer
 * has opened (recorded), shown in clear; opened_count of them. A new reference. */
json_t *body_masked(const struct forms *forms, const struct form *form, const json_t *body,
    const struct viewer *viewer, const char *case_office, const char *const *opened, size_t opened_count,
    struct arena *arena, json_t *ret_masked);

/* Reads law/access; a fault ends the program with words (checked by a test). Called once by node_open. */
void access_load(void);

#endif
