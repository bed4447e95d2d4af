/* kit/form_draw: a form, or one part of it, drawn from its declaration for filling, with what was typed so
 * far and what is wrong with it. What is not asked for is not drawn; its empty place is, so that the script
 * can fill it when what it hangs on changes. */
#ifndef PANJI_KIT_FORM_DRAW_H
#define PANJI_KIT_FORM_DRAW_H

#include "kit/control.h"
#include "kit/page.h"
#include "web/typed.h"

struct form_draw {
    struct page *page;
    const struct form *form;
    const char *case_id;       /* NULL outside cases */
    const char *send;          /* address the page is sent to: what hangs on a field is asked for there */
    const char *query;         /* "draft=…": what pickers carry along */
    const struct typed *typed; /* everything typed */
    int32_t act_day;           /* when the offence was done, as far as is known: which code applies */
    bool first;                /* nothing was typed yet: defaults are proposed */
    int optional_depth;        /* inside parts that may stay empty: a default there would fill them unasked */
    /* What references may be chosen from; read when the first one is drawn. */
    bool choices_read;
    struct party_row *parties;
    size_t party_count;
    struct property_row *property;
    size_t property_count;
    struct entry_row *entries; /* on the case, sent to this office, or filed here lately */
    size_t entry_count;
};

/* All sections, one under the other: a short form on one page. */
void form_draw(struct form_draw *draw);
/* The fields of one section, all its rows, or (path "accused.2") one row of it, without a frame around them.
 */
void form_draw_part(struct form_draw *draw, const struct section *section, const char *path);

/* "Only when Kind of FIR: Zero, Re-registered"; NULL when always. */
const char *condition_words(
    const struct form_draw *draw, const struct condition *condition, const struct typed_place *place);

/* hx-sync: asking anew ends an asking still under way, whose answer would be about what was typed before. */
#define ASK_LATEST "this:replace"

/* ---- between its files ---- */

/* People already known, of this case and others, for what is typed into the person at the path: shown
 * while one types, and behind a button. */
void known_draw(struct form_draw *draw, const char *path);

/* What the field is called, what is typed at the path and what is wrong with it. */
struct control control_of(const struct form_draw *draw, const struct field *field, const char *path);
/* The control for one plain value. */
void input_draw(struct form_draw *draw, const struct field *field, const struct control *control);
/* An offence, typed or looked for. */
void offence_draw(struct form_draw *draw, const struct control *control);
/* Text one may type freely, with what fits offered: districts, stations. */
void typed_picker_draw(
    struct form_draw *draw, const struct control *control, const char *kind, enum text_kind text);
/* An office, an officer, somebody known: typed in part, then chosen. `kind` names the picker. */
void picker_draw(struct form_draw *draw, const struct field *field, const struct control *control,
    const char *kind, const char *chosen_words);
/* "Someone already in the case" for a composite by reference; false when there is nobody to choose. */
bool reference_draw(struct form_draw *draw, const struct composite *composite, const char *path);
/* The name of a person in the other script, proposed beside an empty field for it. */
void proposal_draw(struct form_draw *draw, const struct field *field, const struct control *control);
/* The same for what is typed now; nothing when there is nothing to propose. */
void name_proposal_draw(struct page *page, const char *into, const char *typed);
/* "Sunday (रविवार), 22 Nov 2026, 14:30"; NULL when it cannot be read. */
const char *time_read_back(struct request *request, const char *typed, bool with_time);
/* The problem at exactly this path, NULL when there is none. */
const struct problem *problem_at(const struct form_draw *draw, const char *path);
/* The picker's address with its query: "/choose/office?into=…&…". */
const char *picker_address(const struct form_draw *draw, const char *kind, const char *path);

/* The fields and sections that stand side by side, for what hangs on one of them. */
struct siblings {
    const struct field *fields;
    size_t field_count;
    const struct section *sections;
    size_t section_count;
};
/* Opens the place of what is only asked for on a condition (any condition: `keeps`), and what must be asked
 * again when the field changes; close with when_end(). */
void when_begin(struct form_draw *draw, const char *path, bool keeps);
void when_source_begin(struct form_draw *draw, const struct field *field, const struct siblings *siblings,
    const struct typed_place *place);
void when_end(struct form_draw *draw);

#endif
