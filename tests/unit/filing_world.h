/* A small practice register in a folder of its own, for the tests of filing and views.
 *
 * Offices: HQ above D1 above the stations PS1 and PS2, outpost OP1 below PS1; courts C1 and C2; PROS, LAB,
 * HOSP, JAIL. Officers are named for what they are: "sho1" is SHO at PS1, "mag2" magistrate at C2. Posted
 * since 1 January 2026; the clock stands at 2 March 2026, 10:00, and goes on by one second with each entry.
 */
#ifndef PANJI_TESTS_FILING_WORLD_H
#define PANJI_TESTS_FILING_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/time.h"
#include "filing/filing.h"
#include "folder.h"

#define MINUTE (60 * TIME_SECOND_MS)

struct world {
    struct folder folder;
    struct arena *arena;
    struct node *node;
    struct db *db; /* the writer's, or a reader's when the node has a thread */
    bool threaded;
    int64_t now;              /* what the node's clock says */
    struct problems problems; /* of the last filing */
    struct receipt receipt;
};

/* ---- the register ---- */

/* cmocka fixtures: one world a test. */
int world_begin(void **state);
int world_end(void **state);

/* An opened, empty register: only its clock and its first entry, by the founder "founder". */
struct world *world_new(void);
void world_free(struct world *world);
/* Closes the node and opens the folder again. */
void world_reopen(struct world *world, bool threaded);
void world_close(struct world *world);

/* Opens all offices and posts all officers. */
void world_fill(struct world *world);
void world_office(struct world *world, const char *code, const char *kind, const char *parent);
void world_officer(struct world *world, const char *id, const char *office, const char *role);

/* Indian wall-clock time as an instant, and an instant as it stands in a body. */
int64_t at_ist(int year, int month, int day, int hour, int minute);
const char *when(struct world *world, int64_t at);

/* How many rows a table has. */
int64_t rows_in(struct world *world, const char *table);
/* One number or text of the views: the caller's SQL, without values. */
int64_t number_of(struct world *world, const char *sql);
const char *text_of(struct world *world, const char *sql);

/* ---- bodies ---- */

/* JSON with ' for ", printf places; a new reference. */
json_t *body_of(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same body with the value at a path replaced by JSON (' for "), or taken away when it is NULL. Rows and
 * objects on the way that are missing are made. Gives body back. */
json_t *with(json_t *body, const char *path, const char *json);
/* The same with a text. */
json_t *with_text(json_t *body, const char *path, const char *text);

/* The least body that each form takes; what it cites is given. Times are the world's now. */
json_t *diary_body(struct world *world);
json_t *fir_body(struct world *world, const char *diary);
json_t *electronic_body(struct world *world, const char *diary);
json_t *signature_body(struct world *world, const char *information);
json_t *arrest_body(struct world *world, const char *diary);
json_t *apprehension_body(struct world *world, const char *diary);
json_t *seizure_body(struct world *world);
json_t *assignment_body(struct world *world, const char *officer);
json_t *case_diary_body(struct world *world);
json_t *report_body(struct world *world, const char *kind, const char *court); /* final_report */
json_t *missing_body(struct world *world, const char *diary);
json_t *deposit_body(struct world *world, const char *item);
json_t *movement_body(struct world *world, const char *item);
json_t *receive_body(struct world *world, const char *item);
json_t *return_body(struct world *world, const char *item);
json_t *disposal_body(struct world *world, const char *item);
json_t *forwarding_body(struct world *world, const char *item);
json_t *lab_acceptance_body(struct world *world, const char *forwarding, const char *item);
/* To judicial custody, to be admitted; accused: the rows of the section. */
json_t *remand_body(struct world *world, const char *accused);
json_t *admission_body(struct world *world, const char *order, const char *person);
json_t *lab_report_body(struct world *world, const char *forwarding, const char *item);
json_t *lab_query_body(struct world *world, const char *forwarding);
json_t *lab_return_body(struct world *world, const char *acceptance, const char *item);
json_t *acceptance_body(struct world *world, const char *report, const char *taken, const char *cnr);
json_t *charge_body(struct world *world, const char *person);
json_t *judgment_body(struct world *world, const char *person);
json_t *committal_body(struct world *world, const char *person, const char *court);
json_t *sessions_body(struct world *world, const char *committal, const char *cnr);
json_t *closure_body(struct world *world, const char *report, const char *decision);
json_t *closing_body(struct world *world, const char *order);
json_t *legacy_body(struct world *world, const char *reference);
json_t *summons_body(struct world *world, const char *person);
json_t *service_body(struct world *world, const char *process, const char *person);
json_t *correction_body(struct world *world, const char *entry, const char *path, const char *value);
json_t *leave_body(struct world *world, const char *officer, const char *from, const char *to);
json_t *posting_body(
    struct world *world, const char *officer, const char *office, const char *role, const char *from);

/* ---- filing ---- */

/* Files; takes the reference to body. Problems and receipt are the world's. */
enum err file_try(
    struct world *world, const char *officer, const char *form, const char *case_id, json_t *body);
/* The same, addressed to an office (NULL: nobody). */
enum err file_to(struct world *world, const char *officer, const char *form, const char *case_id,
    const char *to, json_t *body);
/* Files with every word of the filing the caller's; officer, form and body are in it. */
enum err file_exactly(struct world *world, const struct filing *filing, json_t *body);

/* Files and must succeed; the entry's id. */
const char *filed(
    struct world *world, const char *officer, const char *form, const char *case_id, json_t *body);
const char *filed_to(struct world *world, const char *officer, const char *form, const char *case_id,
    const char *to, json_t *body);
/* Files and must be refused: with this code (at this path unless NULL) among the problems, every problem in
 * both languages, and no row of any table more or less. */
void refused(struct world *world, const char *officer, const char *form, const char *case_id, json_t *body,
    const char *code, const char *path);
void refused_to(struct world *world, const char *officer, const char *form, const char *case_id,
    const char *to, json_t *body, const char *code, const char *path);
/* Whether the last filing was told this. */
bool told(const struct world *world, const char *code, const char *path);

/* Whole steps: a diary entry and the FIR on it; an FIR with io1 in charge; a motor-cycle seized and deposited
 * on it (the id of the thing); a charge sheet accepted by C1 (the id of the report). All at PS1. */
const char *case_opened(struct world *world);
const char *diary_with_file(struct world *world); /* a diary entry that names a stored photograph */
const char *case_with_io(struct world *world);
/* Files an FIR for rape against one accused, taken up by io1; the case's id. */
const char *rape_case(struct world *world);
const char *thing_seized(struct world *world, const char *case_id);
const char *thing_deposited(struct world *world, const char *case_id);
const char *report_filed(struct world *world, const char *case_id, const char *kind);
const char *report_accepted(struct world *world, const char *case_id, const char *kind, const char *cnr);
/* The id of the n-th person or thing an entry names, from 1. */
const char *named_in(struct world *world, const char *entry, int place);

#endif
