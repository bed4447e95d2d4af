/* page/desk: a form on somebody's desk, between opening it and its number: what was typed so far, what of it
 * is asked for, what is still missing or wrong. docs/filing.md tells how its pages follow one another. */
#ifndef PANJI_PAGE_DESK_H
#define PANJI_PAGE_DESK_H

#include "kit/form_draw.h"
#include "kit/lists.h"
#include "kit/page.h"
#include "web/typed.h"

#define ADDRESSEES "_to" /* the part of a form that is no section: the offices it is sent to */

struct desk {
    struct request *request;
    const struct form *form;
    struct draft_head head; /* version 0: nothing is saved yet */
    struct pair *pairs;     /* everything typed */
    size_t count;
    const char *to; /* codes of the addressees, blanks between */
    struct typed typed;
    struct typed live;             /* what is asked for */
    struct case_row row;           /* of the case; id NULL when none */
    struct problems judged;        /* everything that is missing or wrong with the whole form */
    struct filing_preview preview; /* body NULL unless nothing is */
};
void desk_clear(struct desk *desk); /* for CLEANUP */

/* True when who sent a form may file. Else the answer is given: to whom the session ran out, the sign-in that
 * keeps what was typed; to whom no posting holds, the refusal. */
bool desk_for_filer(struct request *request);

/* The draft named in the address, or a form just opened (?form=…&case=…, and proposed values by path).
 * Answers and gives false when there is none for this officer, or when it was begun in another posting. */
bool desk_open(struct request *request, struct desk *ret);
/* The form just opened under a new id. */
bool desk_begin(struct request *request, const char *form, struct desk *ret);

/* Sends whoever comes to what he has filed already to its receipt: the same sent twice, an answer lost on its
 * way, a draft that a failing disk left behind. False: nothing of that id is filed. */
bool desk_filed(struct request *request);

/* Lays what the request sent over what is there, in memory. */
void desk_lay(struct desk *desk);
/* Keeps what the request sent. What another tab changed meanwhile comes as problems draft_conflict beside the
 * fields; *ret_other_at tells when another tab saved (0: none did). */
enum err desk_save(struct desk *desk, int64_t *ret_other_at) MUST_CHECK;
/* Judges the whole form as filing would. */
void desk_judge(struct desk *desk);
void desk_filing(const struct desk *desk, struct filing *ret);
/* When the offence was done, as far as the form tells; else today. */
int32_t desk_act_day(const struct desk *desk);
/* The body as it would be sent. A new reference. */
json_t *desk_body(const struct desk *desk);

/* ---- its parts ---- */

/* Whether the form is short enough to stand on one page. */
bool desk_on_one_page(const struct form *form);
/* Whether the rows of a many section are so small that they stand on one page together. */
bool rows_on_one_page(const struct section *section);

/* A part: a section, a row of one ("accused.2"), or the addressees; NULL section for those. False: no such.
 */
struct part {
    const char *place;
    const struct section *section;
    bool row; /* one row on a page of its own */
};
bool part_find(const struct desk *desk, const char *place, struct part *ret);
/* The part where a path stands. */
const char *part_of_path(const struct desk *desk, const char *path);
/* What it is called. */
const char *part_title(const struct desk *desk, const struct part *part);
/* The section after this one that is asked for; NULL when it was the last. ADDRESSEES when these come next.
 */
const char *part_after(const struct desk *desk, const struct section *section);

enum step_state section_state(const struct desk *desk, const struct section *section);
/* Something not given yet, rather than given wrong. */
bool problem_is_gap(const struct problem *problem);

/* ---- addresses; before the first save they carry the form along ---- */

const char *desk_address(const struct desk *desk, const char *step); /* "", "/review", "/sign" … */
const char *part_address(
    const struct desk *desk, const char *place, const char *path); /* path NULL: its top */
/* Whether the office is among its addressees so far. */
bool desk_goes_to(const struct desk *desk, const char *office);
const char *desk_query(const struct desk *desk);                   /* "draft=…": for pickers */

/* ---- drawn on several pages ---- */

/* Everything that travels with the page besides fields; and when it was last saved. */
void desk_marks_draw(struct page *page, const struct desk *desk, int64_t other_at);
/* "Saved 14:32", as it stands in the page and as the script puts it there. */
void desk_saved_draw(struct page *page, const struct desk *desk, int64_t other_at);
/* What is still missing, each leading to its field. */
void desk_missing_draw(struct page *page, const struct desk *desk, const char *here, bool swapped);

/* ---- the pages themselves (page/draft.c), drawn again by what they send ---- */

/* other_at: another tab saved then; 0: none did. */
void draft_draw(struct desk *desk, int status, int64_t other_at);
/* The offices it goes to, where these stand beside the body: few as boxes; of many those chosen, and a place
 * to look for others. */
struct form_draw;
void addressees_draw(struct form_draw *draw, const struct desk *desk);
void draft_part_draw(struct desk *desk, const struct part *part, int status, int64_t other_at);

#endif
